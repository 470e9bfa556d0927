/* SPDX-License-Identifier: ISC
 *
 * names, and name A.B.C.D NAME.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

struct name_args {
	struct ip_addr addr;
	char *name, *text;
};

BIND(bind_name, struct name_args, FIELD(struct name_args, F_IP, addr),
    FIELD(struct name_args, F_STR, name), FIELD(struct name_args, F_STR, text));

static void
entry_fini(struct name_entry *n)
{
	free(n->name);
	free(n->description);
}

static void
forget(struct conf *c, const struct name_entry *n)
{
	char buf[IP_TEXT_SIZE];

	free(strmap_del(&c->index->name_to_ip, n->name));
	free(strmap_del(&c->index->ip_to_name, ip_format(&n->addr, buf)));
}

static void
learn(struct conf *c, const struct name_entry *n)
{
	struct ip_addr *a = xmalloc(sizeof(*a));
	char buf[IP_TEXT_SIZE];

	*a = n->addr;
	free(strmap_set(&c->index->name_to_ip, n->name, a));
	free(strmap_set(
	    &c->index->ip_to_name, ip_format(&n->addr, buf), xstrdup(n->name)));
}

void
names_clear(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->names.n; i++)
		entry_fini(&c->names.v[i]);
	VEC_FREE(&c->names);
	strmap_clear(&c->index->name_to_ip, free);
	strmap_clear(&c->index->ip_to_name, free);
}

static bool
name_ok(const char *s)
{
	struct ip_addr a;
	size_t i;

	for (i = 0; s[i] != '\0'; i++) {
		if (!isalnum((unsigned char)s[i]) &&
		    strchr("-_.", s[i]) == NULL)
			return false;
	}
	/* A name that reads as an address would never be found. */
	return !isdigit((unsigned char)s[0]) && !ip_parse(s, &a);
}

static long
find_name(const struct conf *c, const char *name, const struct ip_addr *addr)
{
	char buf[IP_TEXT_SIZE];
	size_t i;

	if (strmap_get(&c->index->name_to_ip, name) == NULL &&
	    strmap_get(&c->index->ip_to_name, ip_format(addr, buf)) == NULL)
		return -1;
	for (i = 0; i < c->names.n; i++) {
		if (strcmp(c->names.v[i].name, name) == 0 ||
		    ip_eq(&c->names.v[i].addr, addr))
			return (long)i;
	}
	return -1;
}

static int
name_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct name_args *a = args;
	struct name_entry *n;
	long at = find_name(c, a->name, &a->addr);

	n = at >= 0 ? &c->names.v[at] : NULL;
	if (no) {
		if (n == NULL || strcmp(n->name, a->name) != 0)
			return refuse(e, "name %s is not configured", a->name);
		forget(c, n);
		entry_fini(n);
		VEC_REMOVE(&c->names, (size_t)at);
		changed(c);
		return 0;
	}
	if (!name_ok(a->name))
		return refuse_at(e, word_index(ctx, a->name));
	if (n != NULL &&
	    (strcmp(n->name, a->name) != 0 || !ip_eq(&n->addr, &a->addr)))
		return refuse(e,
		    "name %s is already in use for another "
		    "address, or the address has another name",
		    n->name);
	if (n == NULL) {
		n = VEC_PUSH(&c->names);
		n->addr = a->addr;
		str_set(&n->name, a->name);
		learn(c, n);
	}
	str_set(&n->description, a->text);
	changed(c);
	return 0;
}

static int
names_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args UNUSED, bool no,
    struct cerr *e UNUSED)
{
	c->sys.names = !no;
	changed(c);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config, "name IPANY:addr NAME<63>:name [description LINE:text]",
	  "Associate a name with an IP address\n"
	  "IP address\n"
	  "Name\n"
	  "Description\n"
	  "Text\n",
	  &bind_name, .apply = name_apply },
	{ &mode_config, "names",
	  "Enable/Disable IP address to name mapping\n",
	  .apply = names_apply },
};
/* clang-format on */
const struct row_set names_rows = { rows, ARRAY_LEN(rows) };

void
emit_names(const struct conf *c, struct emitter *em)
{
	struct emitter plain = *em;
	size_t i;

	emit_line(em, c->sys.names ? "names" : "no names");
	/* In these lines the address is an address. */
	plain.env.ip_to_name = NULL;
	for (i = 0; i < c->names.n; i++) {
		const struct name_entry *n = &c->names.v[i];
		struct name_args a = { n->addr, n->name, n->description };

		emit_row(&plain, 0, &rows[0], &a);
	}
}

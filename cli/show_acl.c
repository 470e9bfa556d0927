/* SPDX-License-Identifier: ISC
 *
 * show access-list.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

struct acl_args {
	char *name;
};
BIND(bind_acl, struct acl_args, FIELD(struct acl_args, F_STR, name));

enum { LOG_INTERVAL = 300 }; /* seconds, the device's default */

static uint32_t
name_hash(const char *name)
{
	uint32_t h = 2166136261u; /* FNV-1a: the device's hash is unknown */

	for (; *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * 16777619u;
	return h;
}

/* "permit ip any any": the line of the running config after the name. */
static void
ace_words(const struct session *s, const struct acl *acl, const struct ace *ace,
    struct strbuf *out)
{
	struct tokenv env = conf_tokenv(s->device->conf);
	struct ace copy = *ace;
	struct strbuf line;
	const char *text;
	size_t n = strlen("access-list ") + strlen(acl->name) + 1;

	if (ace->kept_text != NULL) {
		sb_puts(out, ace->kept_text);
		return;
	}
	copy.acl = acl->name;
	copy.has_line = false;
	/* A plain `log` is shown with the values it stands for. */
	if (copy.log && copy.log_mode <= 1) {
		if (copy.log_mode == 0) {
			copy.log_mode = 1;
			copy.log_severity = 6;
		}
		if (!copy.has_interval)
			copy.interval = LOG_INTERVAL;
		copy.has_interval = true;
	}
	sb_init(&line);
	gram_print(
	    s->device->gram, &acl_extended_row, &copy, false, &env, &line);
	text = sb_text(&line);
	sb_puts(out, line.length > n ? text + n : text);
	sb_free(&line);
	while (out->length > 0 && out->s[out->length - 1] == ' ')
		out->s[--out->length] = '\0';
}

static const struct pol_ace *
find_pol_ace(const struct pol_acl *acl, unsigned line, unsigned *from)
{
	for (; *from < acl->n && acl->aces[*from].line <= line; (*from)++) {
		if (acl->aces[*from].line == line)
			return &acl->aces[*from];
	}
	return NULL;
}

static void
show_ace(struct session *s, const struct pol_acl *acl, unsigned line,
    const struct pol_ace *p)
{
	const struct ace *ace = &acl->conf->aces.v[line - 1];
	bool pix = engine_policy(s->device->engine)->profile == PROFILE_PIX_6_3;
	struct strbuf text;
	const char *words;

	sb_init(&text);
	out_printf(&s->out, "access-list %s ", acl->name);
	if (!pix)
		out_printf(&s->out, "line %u ", line);
	if (ace->remark != NULL) {
		out_printf(&s->out, "remark %s\n", ace->remark);
		return;
	}
	ace_words(s, acl->conf, ace, &text);
	words = sb_text(&text);
	if (pix && strncmp(words, "extended ", 9) == 0)
		words += 9;
	out_printf(&s->out, "%s (hitcnt=%" PRIu64 ")%s", words,
	    p != NULL ? engine_count(s->device->engine, p->hits) : 0,
	    ace->inactive ? " (inactive)" : "");
	if (!pix)
		out_printf(&s->out, " 0x%08x", p != NULL ? p->hash : 0);
	out_printf(&s->out, "%s\n", acl->conf->type == ACL_EXTENDED ? " " : "");
	sb_free(&text);
}

static void
show_acl(struct session *s, const struct pol_acl *acl)
{
	bool nine =
	    engine_policy(s->device->engine)->profile == PROFILE_ASA_9_X;
	unsigned i, n = 0, from = 0;

	for (i = 0; i < acl->conf->aces.n; i++)
		n += acl->conf->aces.v[i].remark == NULL;
	out_printf(&s->out, "access-list %s; %u elements", acl->name, n);
	if (nine)
		out_printf(
		    &s->out, "; name hash: 0x%08x", name_hash(acl->name));
	out_puts(&s->out, "\n");
	for (i = 0; i < acl->conf->aces.n && !out_stopped(&s->out); i++)
		show_ace(s, acl, i + 1, find_pol_ace(acl, i + 1, &from));
}

static void
show_access_list(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct acl_args *a = args;
	const struct policy *p = engine_policy(s->device->engine);
	bool found = false;
	unsigned i;

	if (a->name == NULL)
		out_puts(&s->out,
		    "access-list cached ACL log flows: total 0, denied 0 "
		    "(deny-flow-max 4096)\n"
		    "            alert-interval 300\n");
	for (i = 0; i < p->n_acls; i++) {
		if (a->name != NULL && strcmp(p->acls[i]->name, a->name) != 0)
			continue;
		show_acl(s, p->acls[i]);
		found = true;
	}
	if (a->name != NULL && !found)
		session_error(s, "access-list <%s> does not exist", a->name);
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "show access-list [NAME:name]",
	  "Show running system information\n"
	  "Access lists and their hit counters\n"
	  "Access list name\n",
	  &bind_acl, .exec = show_access_list, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_acl = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * fixup protocol of PIX 6: what 7.0 made of it is an inspection in the class
 * inspection_default of the global policy; with a port that is not the
 * protocol's own, a class for that port.
 *
 * Source: Cisco PIX Firewall Command Reference 6.3, "fixup protocol"; Guide for
 * Cisco PIX 6.2 and 6.3 Users Upgrading to 7.0.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "conf_kept.h"

struct fixup_args {
	char *rest;
};

BIND(bind_fixup, struct fixup_args, FIELD(struct fixup_args, F_STR, rest));

struct fixup {
	const char *words; /* after "fixup protocol" */
	const char *protocol;
	uint8_t l4; /* 1 tcp, 2 udp, 0 = takes no port */
	uint32_t lo, hi;
	bool listed; /* `show fixup` says `no fixup` when it is off */
	const char *options;
};

/* In the order of `show fixup`. */
/* clang-format off */
static const struct fixup fixups[] = {
	{ "ctiqbe", "ctiqbe", 1, 2748, 2748, false, NULL },
	{ "dns maximum-length", "dns", 0, 0, 0, true, NULL },
	{ "dns", "dns", 0, 0, 0, false, NULL },
	{ "ftp strict", "ftp", 1, 21, 21, false, "strict" },
	{ "ftp", "ftp", 1, 21, 21, true, NULL },
	{ "h323 h225", "h323 h225", 1, 1720, 1720, true, NULL },
	{ "h323 ras", "h323 ras", 2, 1718, 1719, true, NULL },
	{ "h323", "h323 h225", 1, 1720, 1720, false, NULL },
	{ "http", "http", 1, 80, 80, true, NULL },
	{ "icmp error", "icmp error", 0, 0, 0, false, NULL },
	{ "ils", "ils", 1, 389, 389, false, NULL },
	{ "mgcp", "mgcp", 2, 2427, 2427, false, NULL },
	{ "pptp", "pptp", 1, 1723, 1723, false, NULL },
	{ "rsh", "rsh", 1, 514, 514, true, NULL },
	{ "rtsp", "rtsp", 1, 554, 554, true, NULL },
	{ "sip", "sip", 1, 5060, 5060, true, NULL },
	{ "sip udp", "sip", 2, 5060, 5060, true, NULL },
	{ "skinny", "skinny", 1, 2000, 2000, true, NULL },
	{ "smtp", "esmtp", 1, 25, 25, true, NULL },
	{ "snmp", "snmp", 2, 161, 162, false, NULL },
	{ "sqlnet", "sqlnet", 1, 1521, 1521, true, NULL },
	{ "tftp", "tftp", 2, 69, 69, true, NULL },
};
/* clang-format on */

/* What a line asks for. */
struct request {
	const struct fixup *fixup;
	bool has_port;
	uint32_t lo, hi;
	bool has_max; /* dns maximum-length */
	uint32_t max;
};

/* The one with the most words of the text. */
static const struct fixup *
find_fixup(const char *text, const char **rest)
{
	const struct fixup *best = NULL;
	size_t i, n, longest = 0;

	*rest = "";
	for (i = 0; i < ARRAY_LEN(fixups); i++) {
		n = strlen(fixups[i].words);
		if (n <= longest || strncmp(text, fixups[i].words, n) != 0 ||
		    (text[n] != '\0' && text[n] != ' '))
			continue;
		*rest = text + n + strspn(text + n, " ");
		best = &fixups[i];
		longest = n;
	}
	return best;
}

static bool
parse_port(const char *s, uint32_t *lo, uint32_t *hi)
{
	unsigned a, b;
	int n = 0;

	if (sscanf(s, "%5u-%5u%n", &a, &b, &n) == 2 && s[n] == '\0')
		;
	else if (sscanf(s, "%5u%n", &a, &n) == 1 && s[n] == '\0')
		b = a;
	else
		return false;
	*lo = a;
	*hi = b;
	return a >= 1 && a <= b && b <= 65535;
}

static bool
parse(const char *text, struct request *r)
{
	const char *rest;
	int n = 0;

	memset(r, 0, sizeof(*r));
	r->fixup = find_fixup(text, &rest);
	if (r->fixup == NULL)
		return false;
	if (strstr(r->fixup->words, "maximum-length") != NULL) {
		r->has_max = sscanf(rest, "%5u%n", &r->max, &n) == 1 &&
		    rest[n] == '\0' && r->max >= 512 && r->max <= 65535;
		return r->has_max;
	}
	if (rest[0] == '\0')
		return true;
	r->has_port = true;
	return r->fixup->l4 != 0 && parse_port(rest, &r->lo, &r->hi);
}

/* ---- the policy ---- */

static struct policy_class *
find_class(const struct policy_map *pm, const char *name)
{
	size_t i;

	for (i = 0; pm != NULL && i < pm->classes.n; i++) {
		if (strcmp(pm->classes.v[i]->name, name) == 0)
			return pm->classes.v[i];
	}
	return NULL;
}

static struct policy_map *
global_policy(struct conf *c)
{
	struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct service_policy *sp;
	size_t i;

	if (pm == NULL) {
		pm = xcalloc(1, sizeof(*pm));
		pm->name = xstrdup("global_policy");
		*VEC_PUSH(&c->policy_maps) = pm;
	}
	for (i = 0; i < c->service_policies.n; i++) {
		if (c->service_policies.v[i].ifname == NULL)
			return pm;
	}
	sp = VEC_PUSH(&c->service_policies);
	sp->policy_map = xstrdup("global_policy");
	return pm;
}

static struct class_map *
make_class_map(struct conf *c, const char *name)
{
	struct class_map *cm = conf_class_map_find(c, name);

	if (cm == NULL) {
		cm = xcalloc(1, sizeof(*cm));
		cm->name = xstrdup(name);
		*VEC_PUSH(&c->class_maps) = cm;
	}
	return cm;
}

static struct policy_class *
make_class(struct policy_map *pm, const char *name, size_t at)
{
	struct policy_class *pc = find_class(pm, name);

	if (pc == NULL) {
		pc = xcalloc(1, sizeof(*pc));
		pc->name = xstrdup(name);
		*VEC_INSERT(&pm->classes, at) = pc;
	}
	return pc;
}

static void
set_inspect(struct policy_class *pc, const struct request *r)
{
	struct inspect_action *a;
	size_t at;

	a = inspect_find(pc, r->fixup->protocol, &at);
	if (a == NULL) {
		a = VEC_PUSH(&pc->inspects);
		a->protocol = xstrdup(r->fixup->protocol);
	}
	str_set(&a->options, r->fixup->options);
	if (r->has_max) {
		free(a->options);
		a->options = xasprintf("maximum-length %u", r->max);
		str_set(&a->map, NULL);
	}
	lines_del(LINES(&pc->exempt), r->fixup->protocol);
	pc->factory = false;
}

static void
set_default(struct conf *c, const struct request *r, bool on)
{
	struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct policy_class *pc = find_class(pm, "inspection_default");
	struct class_map *cm;
	size_t at;

	if (on) {
		cm = make_class_map(c, "inspection_default");
		if (cm->match.kind == MATCH_NONE)
			cm->match.kind = MATCH_DEFAULT_INSPECTION;
		pc = make_class(global_policy(c), "inspection_default", 0);
		set_inspect(pc, r);
	} else if (pc != NULL &&
	    inspect_find(pc, r->fixup->protocol, &at) != NULL) {
		inspect_remove(pc, at);
		pc->factory = false;
	}
}

/* "fixup_smtp_2525", "fixup_smtp_25-30" */
static char *
port_class(const struct request *r)
{
	char *name;
	size_t i;

	name = r->lo == r->hi
	    ? xasprintf("fixup_%s_%u", r->fixup->words, r->lo)
	    : xasprintf("fixup_%s_%u-%u", r->fixup->words, r->lo, r->hi);
	for (i = 0; name[i] != '\0'; i++) {
		if (name[i] == ' ')
			name[i] = '_';
	}
	return name;
}

static void
remove_class(struct conf *c, struct policy_map *pm, const char *name)
{
	size_t i;

	for (i = 0; pm != NULL && i < pm->classes.n; i++) {
		if (strcmp(pm->classes.v[i]->name, name) == 0) {
			policy_class_free(pm->classes.v[i]);
			VEC_REMOVE(&pm->classes, i);
			break;
		}
	}
	for (i = 0; i < c->class_maps.n; i++) {
		if (strcmp(c->class_maps.v[i]->name, name) == 0 &&
		    !class_map_in_use(c, name)) {
			class_map_free(c->class_maps.v[i]);
			VEC_REMOVE(&c->class_maps, i);
			break;
		}
	}
	removed(c);
}

static void
set_port(struct conf *c, const struct request *r, bool on)
{
	char *name = port_class(r);
	struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct class_map *cm;
	size_t at;

	if (!on)
		remove_class(c, pm, name);
	else {
		cm = make_class_map(c, name);
		cm->match.kind = MATCH_PORT;
		cm->match.l4 = r->fixup->l4;
		cm->match.op = r->lo == r->hi ? 1 : 2;
		cm->match.port = r->lo;
		cm->match.high = r->lo == r->hi ? 0 : r->hi;
		pm = global_policy(c);
		at = pm->classes.n;
		if (at > 0 && find_class(pm, "class-default") != NULL)
			at--;
		set_inspect(make_class(pm, name, at), r);
	}
	free(name);
}

/* `no fixup protocol smtp`: back to the protocol's own port. */
static void
reset_ports(struct conf *c, const struct request *r)
{
	struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct request any = *r;
	char *prefix;
	size_t i, n;

	any.lo = any.hi = 0;
	prefix = port_class(&any);
	n = strlen(prefix) - 1;
	for (i = pm != NULL ? pm->classes.n : 0; i-- > 0;) {
		char *name = xstrdup(pm->classes.v[i]->name);

		if (strncmp(name, prefix, n) == 0)
			remove_class(c, pm, name);
		free(name);
	}
	free(prefix);
	set_default(c, r, true);
}

static int
fixup_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct fixup_args *a = args;
	struct request r;

	/* IKE through PAT: there is no VPN here. */
	if (strcmp(a->rest, "esp-ike") == 0)
		return kept_apply(c, ctx, row, args, no, e);
	if (!parse(a->rest, &r))
		return refuse_at(e, (no ? 1 : 0) + (r.fixup == NULL ? 2 : 3));
	confctx_say(ctx, CERR_INFO,
	    "converting '%sfixup protocol %s' to MPF commands", no ? "no " : "",
	    a->rest);
	if (no && !r.has_port && r.fixup->l4 != 0)
		reset_ports(c, &r);
	else if (!r.has_port || (r.lo == r.fixup->lo && r.hi == r.fixup->hi) ||
	    (strcmp(r.fixup->words, "mgcp") == 0 && r.lo == 2727))
		set_default(c, &r, !no);
	else
		set_port(c, &r, !no);
	changed(c);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config, "fixup protocol LINE:rest",
	  "Add or delete inspection services\n"
	  "Protocol\n"
	  "Protocol and port, for example smtp 25\n",
	  &bind_fixup, .apply = fixup_apply, .flags = ROW_HIDDEN,
	  .data = &(const struct kept_family){ SECTION_POLICY_MAP, false,
	      "VPN is not simulated", 0 } },
};
/* clang-format on */
const struct row_set fixup_rows = { rows, ARRAY_LEN(rows) };

/* ---- show fixup ---- */

static void
say_port(const struct fixup *f, uint32_t lo, uint32_t hi, struct strbuf *out)
{
	sb_printf(out, "fixup protocol %s", f->words);
	if (lo != 0)
		sb_printf(out, lo == hi ? " %u" : " %u-%u", lo, hi);
}

/* Classes that a fixup with another port made. */
static void
say_port_classes(const struct conf *c, const struct policy_map *pm,
    const struct fixup *f, void (*fn)(void *arg, const char *line), void *arg)
{
	struct request r = { .fixup = f };
	struct strbuf line;
	size_t i, at;

	sb_init(&line);
	for (i = 0; pm != NULL && i < pm->classes.n; i++) {
		struct policy_class *pc = pm->classes.v[i];
		const struct class_map *cm = conf_class_map_find(c, pc->name);
		char *name;

		if (cm == NULL || cm->match.kind != MATCH_PORT)
			continue;
		r.lo = cm->match.port;
		r.hi = cm->match.op == 1 ? r.lo : cm->match.high;
		name = port_class(&r);
		if (strcmp(name, pc->name) == 0 &&
		    inspect_find(pc, f->protocol, &at) != NULL) {
			sb_reset(&line);
			say_port(f, r.lo, r.hi, &line);
			fn(arg, sb_text(&line));
		}
		free(name);
	}
	sb_free(&line);
}

void
conf_each_fixup(
    const struct conf *c, void (*fn)(void *arg, const char *line), void *arg)
{
	const struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct policy_class *pc = find_class(pm, "inspection_default");
	struct strbuf line;
	size_t i, at;

	sb_init(&line);
	for (i = 0; i < ARRAY_LEN(fixups); i++) {
		const struct fixup *f = &fixups[i];
		const struct inspect_action *a =
		    pc != NULL ? inspect_find(pc, f->protocol, &at) : NULL;
		bool strict = a != NULL && str_eq(a->options, "strict");
		bool is_dns = strcmp(f->protocol, "dns") == 0;

		sb_reset(&line);
		/* One inspection, several spellings: the listed one. */
		if (strcmp(f->protocol, "ftp") == 0 &&
		    strict != (f->options != NULL))
			continue;
		if (strcmp(f->words, "h323") == 0 ||
		    strcmp(f->words, "dns") == 0)
			continue;
		if (a == NULL && !f->listed)
			goto ports;
		if (a == NULL)
			sb_puts(&line, "no ");
		say_port(f, f->lo, f->hi, &line);
		if (is_dns)
			sb_printf(&line, " %s",
			    a != NULL && a->options != NULL
				? a->options + strlen("maximum-length ")
				: "512");
		fn(arg, sb_text(&line));
	ports:
		say_port_classes(c, pm, f, fn, arg);
	}
	sb_free(&line);
}

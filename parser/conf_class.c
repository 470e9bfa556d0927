/* SPDX-License-Identifier: ISC
 *
 * class-map, in all its types.
 *
 * Criteria, cardinality and limits: ASA 5500 Series Configuration Guide using
 * the CLI 8.4, "Configuring a Service Policy". All types share one space of
 * names, and one limit, in which each `match` of an inspection policy map
 * counts, and what the device has built in.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "conf_imap.h"
#include "conf_int.h"

enum { CLASS_MAPS_MAX = 255, CLASS_MAPS_BUILT_IN = 20 };

const struct mode mode_cmap = { "mpf-class-map", "config-cmap", &mode_config,
	NULL };
const struct mode mode_cmap_regex = { "mpf-class-map", "config-cmap",
	&mode_config, NULL };
/* What inspection class maps of all protocols share. */
const struct mode mode_cmap_kept = { "mpf-class-map", "config-cmap",
	&mode_config, NULL };

struct cmap_args {
	char *name, *text;
	uint8_t proto, any;
	uint8_t l4, op;
	uint32_t port, high;
	uint32_t v[MATCH_VALUES_MAX];
	bool has[MATCH_VALUES_MAX]; /* has[0] is not used */
};

#define VALUE(i)                                                               \
	{                                                                      \
		.name = "v" #i,                                                \
		.offset =                                                      \
		    offsetof(struct cmap_args, v) + (i) * sizeof(uint32_t),    \
		.kind = F_U32,                                                 \
	},                                                                     \
	{                                                                      \
		.name = "has" #i,                                              \
		.offset =                                                      \
		    offsetof(struct cmap_args, has) + (i) * sizeof(bool),      \
		.kind = F_BOOL,                                                \
	}

BIND(bind_cmap, struct cmap_args, FIELD(struct cmap_args, F_STR, name),
    FIELD(struct cmap_args, F_STR, text),
    FIELD(struct cmap_args, F_BRANCH, proto),
    FIELD(struct cmap_args, F_BRANCH, any),
    FIELD(struct cmap_args, F_BRANCH, l4),
    FIELD(struct cmap_args, F_BRANCH, op), FIELD(struct cmap_args, F_U32, port),
    FIELD(struct cmap_args, F_U32, high), VALUE(0), VALUE(1), VALUE(2),
    VALUE(3), VALUE(4), VALUE(5), VALUE(6), VALUE(7));

/* Protocols with a class-map type of their own, in the order of the row. */
static const char *const protocols[] = { "diameter", "dns", "ftp", "h323",
	"http", "im", "rtsp", "scansafe", "sip" };

void
class_map_free(struct class_map *cm)
{
	lines_free(LINES(&cm->kept));
	lines_free(LINES(&cm->regexes));
	free(cm->name);
	free(cm->proto);
	free(cm->description);
	free(cm->match.acl);
	free(cm->match.tunnel_group);
	free(cm);
}

/* Does a policy map of inspections have ` class NAME`? */
static bool
imap_uses_class(const struct inspect_map *im, const char *name)
{
	static const char word[] = " class ";
	size_t i;

	for (i = 0; i < im->lines.n; i++) {
		const char *line = im->lines.v[i];

		if (strncmp(line, word, sizeof(word) - 1) == 0 &&
		    strcmp(line + sizeof(word) - 1, name) == 0)
			return true;
	}
	return false;
}

bool
class_map_in_use(const struct conf *c, const char *name)
{
	size_t i, j;

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			if (strcmp(pm->classes.v[j]->name, name) == 0)
				return true;
		}
	}
	for (i = 0; i < c->inspect_maps.n; i++) {
		if (imap_uses_class(c->inspect_maps.v[i], name))
			return true;
	}
	return regex_referred(c, name, true);
}

static size_t
match_lines(const struct inspect_map *im)
{
	size_t i, n = 0;

	for (i = 0; i < im->lines.n; i++)
		n += strncmp(im->lines.v[i], " match ", 7) == 0;
	return n;
}

int
check_class_limit(const struct conf *c, struct cerr *e)
{
	size_t i, n = CLASS_MAPS_BUILT_IN + c->class_maps.n;

	for (i = 0; i < c->esmtp_maps.n; i++)
		n += c->esmtp_maps.v[i]->matches.n;
	for (i = 0; i < c->inspect_maps.n; i++)
		n += match_lines(c->inspect_maps.v[i]);
	if (n < CLASS_MAPS_MAX)
		return 0;
	return refuse(e,
	    "%% a configuration has at most %d class-maps, the match lines of "
	    "inspection policy-maps and %d built in counted",
	    CLASS_MAPS_MAX, CLASS_MAPS_BUILT_IN);
}

/* ---- class-map ---- */

static int
class_map_delete(struct conf *c, struct class_map *cm, struct cerr *e)
{
	size_t i;

	if (class_map_in_use(c, cm->name))
		return refuse(e, "%% class-map %s is being used", cm->name);
	for (i = 0; c->class_maps.v[i] != cm; i++)
		;
	VEC_REMOVE(&c->class_maps, i);
	class_map_free(cm);
	removed(c);
	return 0;
}

static bool
reserved_name(const char *name)
{
	return strcmp(name, "class-default") == 0 ||
	    strncmp(name, "_internal", 9) == 0 ||
	    strncmp(name, "_default", 8) == 0;
}

static int
class_map_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	enum class_map_type type = *(const enum class_map_type *)row->data;
	struct class_map *cm = conf_class_map_find(c, a->name);
	const char *proto = a->proto ? protocols[a->proto - 1] : NULL;
	bool any = a->any == 2;

	if (cm != NULL &&
	    (cm->type != type || !str_eq(cm->proto, proto) ||
		(a->any != 0 && cm->match_any != any)))
		return refuse(e,
		    "class-map %s is already configured with "
		    "another type",
		    a->name);
	if (no) {
		if (cm == NULL)
			return refuse(
			    e, "%% class-map %s not configured", a->name);
		return class_map_delete(c, cm, e);
	}
	if (cm == NULL) {
		if (reserved_name(a->name))
			return refuse(
			    e, "%% class-map name %s is reserved", a->name);
		if (check_class_limit(c, e) != 0)
			return -1;
		cm = xcalloc(1, sizeof(*cm));
		cm->name = xstrdup(a->name);
		cm->type = type;
		cm->match_any = any || type == CLASS_MAP_REGEX;
		str_set(&cm->proto, proto);
		*VEC_PUSH(&c->class_maps) = cm;
		changed(c);
	}
	if (type == CLASS_MAP_INSPECT)
		confctx_enter_mode(
		    ctx, &imap_modes_of(imap_syntax_of(proto))->class_map, cm);
	else
		confctx_enter(ctx, cm);
	return 0;
}

static void
rename_uses(struct conf *c, const char *old, const char *new)
{
	size_t i, j;

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			if (strcmp(pm->classes.v[j]->name, old) == 0)
				str_set(&pm->classes.v[j]->name, new);
		}
	}
	for (i = 0; i < c->esmtp_maps.n; i++) {
		struct esmtp_map *m = c->esmtp_maps.v[i];

		for (j = 0; j < m->matches.n; j++) {
			struct esmtp_match *em = &m->matches.v[j];

			if (em->regex_is_class && str_eq(em->regex, old))
				str_set(&em->regex, new);
		}
	}
}

/* Text that is kept is not rewritten: such a class keeps its name. */
static bool
kept_text_uses(const struct conf *c, const char *name)
{
	size_t i;
	bool used = false;

	for (i = 0; i < c->inspect_maps.n; i++)
		used |= imap_uses_class(c->inspect_maps.v[i], name);
	return used || regex_kept_referred(c, name, true);
}

static int
rename_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no UNUSED, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct cmap_args *a = args;

	if (strcmp(a->name, cm->name) == 0)
		return 0;
	if (conf_class_map_find(c, a->name) != NULL)
		return refuse(
		    e, "%% class-map %s is already configured", a->name);
	if (reserved_name(a->name))
		return refuse(e, "%% class-map name %s is reserved", a->name);
	if (kept_text_uses(c, cm->name))
		return refuse(e,
		    "%% class-map %s is being used by an inspection policy-map",
		    cm->name);
	rename_uses(c, cm->name, a->name);
	str_set(&cm->name, a->name);
	changed(c);
	return 0;
}

/* ---- match ---- */

static const char too_many[] =
    "Multiple match commands are not supported except for the "
    "'match tunnel-group or default-inspect-traffic' command.";

static void
clear_match(struct class_match *m)
{
	free(m->acl);
	free(m->tunnel_group);
	memset(m, 0, sizeof(*m));
}

static bool
same_match(const struct class_match *a, const struct class_match *b)
{
	return a->kind == b->kind && str_eq(a->acl, b->acl) && a->l4 == b->l4 &&
	    a->op == b->op && a->port == b->port && a->high == b->high &&
	    a->n_values == b->n_values &&
	    memcmp(a->values, b->values, sizeof(a->values)) == 0 &&
	    str_eq(a->tunnel_group, b->tunnel_group);
}

static int
no_match(struct conf *c, struct class_map *cm, const struct class_match *m,
    struct cerr *e)
{
	struct class_match *have = &cm->match;

	/* Two criteria may stand together; each goes by itself. */
	if (have->kind == MATCH_DEFAULT_INSPECTION && have->acl != NULL &&
	    m->kind == MATCH_ACCESS_LIST && str_eq(have->acl, m->acl))
		str_set(&have->acl, NULL);
	else if (have->kind == MATCH_DEFAULT_INSPECTION &&
	    m->kind == MATCH_DEFAULT_INSPECTION)
		have->kind = have->acl ? MATCH_ACCESS_LIST : MATCH_NONE;
	else if (same_match(have, m))
		clear_match(have);
	else
		return refuse(e, "the match command is not configured");
	changed(c);
	return 0;
}

static int
set_match(struct conf *c, struct confctx *ctx, struct class_match *m, bool no,
    struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct class_match *have = &cm->match;

	/* Traffic to the device itself: told by address and port only. */
	if (!no && cm->type == CLASS_MAP_MANAGEMENT &&
	    m->kind != MATCH_ACCESS_LIST && m->kind != MATCH_PORT &&
	    m->kind != MATCH_ANY)
		return refuse_at(e, 1);
	if (no)
		return no_match(c, cm, m, e);
	if (m->acl != NULL && conf_acl_find(c, m->acl) == NULL)
		return refuse(e, "access-list <%s> does not exist", m->acl);
	if (same_match(have, m))
		return 0;
	if (have->kind == MATCH_DEFAULT_INSPECTION &&
	    m->kind == MATCH_ACCESS_LIST && have->acl == NULL)
		str_set(&have->acl, m->acl);
	else if (have->kind == MATCH_DEFAULT_INSPECTION &&
	    m->kind == MATCH_DEFAULT_INSPECTION)
		return 0;
	else if (have->kind == MATCH_DEFAULT_INSPECTION &&
	    m->kind == MATCH_ACCESS_LIST && str_eq(have->acl, m->acl))
		return 0;
	else if (have->kind == MATCH_ACCESS_LIST &&
	    m->kind == MATCH_DEFAULT_INSPECTION)
		have->kind = MATCH_DEFAULT_INSPECTION;
	else if (have->kind != MATCH_NONE)
		return refuse(e, "%s", too_many);
	else {
		*have = *m;
		have->acl = have->tunnel_group = NULL;
		str_set(&have->acl, m->acl);
		str_set(&have->tunnel_group, m->tunnel_group);
	}
	changed(c);
	return 0;
}

static int
match_acl_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	struct class_match m = { .kind = MATCH_ACCESS_LIST, .acl = a->name };

	if (set_match(c, ctx, &m, no, e) != 0)
		return -1;
	/* `match address` of tech note 117801 is IOS's word. */
	if (row->flags & ROW_HIDDEN)
		confctx_say(ctx, CERR_WARNING,
		    "there is no `match address`; "
		    "taken as: match access-list %s",
		    a->name);
	return 0;
}

static int
match_any_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct class_match m = { .kind = MATCH_ANY };

	return set_match(c, ctx, &m, no, e);
}

static int
match_default_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct class_match m = { .kind = MATCH_DEFAULT_INSPECTION };

	return set_match(c, ctx, &m, no, e);
}

static int
match_port_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	struct class_match m = { .kind = MATCH_PORT,
		.l4 = a->l4,
		.op = a->op,
		.port = a->port,
		.high = a->high };

	if (a->op == 2 && a->port > a->high)
		return refuse(e,
		    "%% Invalid port range: %u is greater than "
		    "%u",
		    a->port, a->high);
	return set_match(c, ctx, &m, no, e);
}

/* row->data: the kind, MATCH_DSCP or MATCH_PRECEDENCE. */
static int
match_values_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	struct class_match m = { .kind = *(const enum match_kind *)row->data };

	do {
		m.values[m.n_values] = a->v[m.n_values];
		m.n_values++;
	} while (m.n_values < MATCH_VALUES_MAX && a->has[m.n_values]);
	return set_match(c, ctx, &m, no, e);
}

static int
match_rtp_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	struct class_match m = {
		.kind = MATCH_RTP, .port = a->port, .high = a->high
	};

	if (a->port % 2 != 0)
		return refuse(e, "%% the first RTP port is even");
	return set_match(c, ctx, &m, no, e);
}

static int
match_tunnel_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct cmap_args *a = args;
	struct class_match m = { .kind = MATCH_TUNNEL_GROUP,
		.tunnel_group = a->name };

	return set_match(c, ctx, &m, no, e);
}

static int
match_flow_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);

	if (no && !cm->match.flow)
		return refuse(e, "the match command is not configured");
	if (!no && cm->match.kind != MATCH_NONE &&
	    cm->match.kind != MATCH_TUNNEL_GROUP)
		return refuse(e, "%s", too_many);
	if (!no && cm->match.kind != MATCH_TUNNEL_GROUP)
		return refuse(e,
		    "%% 'match flow ip destination-address' needs "
		    "'match tunnel-group' before it");
	cm->match.flow = !no;
	changed(c);
	return 0;
}

static int
match_regex_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct cmap_args *a = args;

	if (no) {
		if (!lines_del(LINES(&cm->regexes), a->name))
			return refuse(e, "the match command is not configured");
	} else {
		if (need_regex(c, a->name, false, e) != 0)
			return -1;
		lines_add(LINES(&cm->regexes), a->name);
	}
	changed(c);
	return 0;
}

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct cmap_args *a = args;

	if (!no && strlen(a->text) > MPF_DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    MPF_DESCRIPTION_MAX);
	str_set(&cm->description, no ? NULL : a->text);
	changed(c);
	return 0;
}

static const enum class_map_type l34 = CLASS_MAP_L34,
				 management = CLASS_MAP_MANAGEMENT,
				 inspect = CLASS_MAP_INSPECT,
				 regex = CLASS_MAP_REGEX;
static const enum match_kind dscp = MATCH_DSCP, precedence = MATCH_PRECEDENCE;

/* clang-format off */
#define DESCRIPTION(mode) \
	{ &mode, "description LINE:text", \
	  "Specify class-map description\n" \
	  "Up to 200 characters\n", \
	  &bind_cmap, .apply = description_apply, \
	  .no_syntax = "description [LINE:text]" }
#define RENAME(mode) \
	{ &mode, "rename NAME<40>:name", \
	  "Give the class-map another name\n" \
	  "New name\n", \
	  &bind_cmap, .apply = rename_apply, .flags = ROW_NO_NO }
/* Up to eight, or four, values. */
#define OF_4(t, more) t ":v0 [" t ":v1 [" t ":v2 [" t ":v3" more "]:has3]:has2]:has1"
#define OF_8(t) OF_4(t, " [" t ":v4 [" t ":v5 [" t ":v6 [" t ":v7]:has7]:has6]:has5]:has4")

enum { R_L34, R_MANAGEMENT, R_INSPECT, R_REGEX, R_DESCRIPTION, R_ACL,
	R_ADDRESS, R_ANY, R_DEFAULT, R_PORT, R_DSCP, R_PRECEDENCE, R_RTP,
	R_TUNNEL, R_FLOW, R_REGEX_MATCH };

static const struct row rows[] = {
	[R_L34] = { &mode_config, "class-map NAME<40>:name",
	  "Configure MPF Class Map\n"
	  "class-map name\n",
	  &bind_cmap, .apply = class_map_apply, .enters = &mode_cmap,
	  .data = &l34 },
	[R_MANAGEMENT] = { &mode_config,
	  "class-map type management NAME<40>:name",
	  "Configure MPF Class Map\n"
	  "Specifies the type of class-map\n"
	  "Traffic to the device itself\n"
	  "class-map name\n",
	  &bind_cmap, .apply = class_map_apply, .enters = &mode_cmap,
	  .data = &management },
	[R_INSPECT] = { &mode_config,
	  "class-map type inspect "
	  "<diameter|dns|ftp|h323|http|im|rtsp|scansafe|sip>:proto "
	  "[<match-all|match-any>:any] NAME<40>:name",
	  "Configure MPF Class Map\n"
	  "Specifies the type of class-map\n"
	  "Application criteria for an inspection\n"
	  "Diameter\n"
	  "DNS\n"
	  "FTP\n"
	  "H.323\n"
	  "HTTP\n"
	  "Instant messaging\n"
	  "RTSP\n"
	  "Cloud Web Security\n"
	  "SIP\n"
	  "All criteria must match\n"
	  "One criterion is enough\n"
	  "class-map name\n",
	  &bind_cmap, .apply = class_map_apply, .enters = &mode_cmap_kept,
	  .data = &inspect },
	[R_REGEX] = { &mode_config,
	  "class-map type regex match-any NAME<40>:name",
	  "Configure MPF Class Map\n"
	  "Specifies the type of class-map\n"
	  "Regular expressions\n"
	  "One expression is enough\n"
	  "class-map name\n",
	  &bind_cmap, .apply = class_map_apply, .enters = &mode_cmap_regex,
	  .data = &regex },
	[R_DESCRIPTION] = DESCRIPTION(mode_cmap),
	[R_ACL] = { &mode_cmap, "match access-list NAME<241>:name",
	  "Configure classification criteria\n"
	  "Match an Access List\n"
	  "Access list name\n",
	  &bind_cmap, .apply = match_acl_apply },
	[R_ADDRESS] = { &mode_cmap, "match address NAME<241>:name", NULL,
	  &bind_cmap, .apply = match_acl_apply, .flags = ROW_HIDDEN },
	[R_ANY] = { &mode_cmap, "match any",
	  "Configure classification criteria\n"
	  "Match any packet\n",
	  .apply = match_any_apply },
	[R_DEFAULT] = { &mode_cmap, "match default-inspection-traffic",
	  "Configure classification criteria\n"
	  "Match default inspection traffic\n",
	  .apply = match_default_apply },
	[R_PORT] = { &mode_cmap,
	  "match port <tcp|udp|sctp>:l4 "
	  "<eq PORT:port | range PORT:port PORT:high>:op ~",
	  "Configure classification criteria\n"
	  "Match TCP/UDP port(s)\n"
	  "TCP ports\n"
	  "UDP ports\n"
	  "SCTP ports\n"
	  "Match one port\n"
	  "Port number or name\n"
	  "Match a range of ports\n"
	  "First port\n"
	  "Last port\n",
	  &bind_cmap, .apply = match_port_apply },
	[R_DSCP] = { &mode_cmap, "match dscp " OF_8("DSCP"),
	  "Configure classification criteria\n"
	  "Match IP DSCP (DiffServ CodePoints)\n"
	  "Value\n" "Value\n" "Value\n" "Value\n" "Value\n" "Value\n"
	  "Value\n" "Value\n",
	  &bind_cmap, .apply = match_values_apply, .data = &dscp },
	[R_PRECEDENCE] = { &mode_cmap,
	  "match precedence " OF_4("PRECEDENCE", ""),
	  "Configure classification criteria\n"
	  "Match IP precedence\n"
	  "Value\n" "Value\n" "Value\n" "Value\n",
	  &bind_cmap, .apply = match_values_apply, .data = &precedence },
	[R_RTP] = { &mode_cmap,
	  "match rtp INT<2000-65535>:port INT<0-16383>:high",
	  "Configure classification criteria\n"
	  "Match RTP port numbers\n"
	  "First port, even\n"
	  "How many ports more\n",
	  &bind_cmap, .apply = match_rtp_apply },
	[R_TUNNEL] = { &mode_cmap, "match tunnel-group NAME:name",
	  "Configure classification criteria\n"
	  "Match a Tunnel Group\n"
	  "Tunnel group name\n",
	  &bind_cmap, .apply = match_tunnel_apply, .flags = ROW_KEPT },
	[R_FLOW] = { &mode_cmap, "match flow ip destination-address",
	  "Configure classification criteria\n"
	  "Flow based Policy\n"
	  "IP\n"
	  "A flow for each destination\n",
	  .apply = match_flow_apply, .flags = ROW_KEPT },
	[R_REGEX_MATCH] = { &mode_cmap_regex, "match regex NAME<40>:name",
	  "Configure classification criteria\n"
	  "Match a regular expression\n"
	  "Name of the expression\n",
	  &bind_cmap, .apply = match_regex_apply },
	DESCRIPTION(mode_cmap_regex),
	DESCRIPTION(mode_cmap_kept),
	RENAME(mode_cmap),
	RENAME(mode_cmap_regex),
	RENAME(mode_cmap_kept),
};
/* clang-format on */
const struct row_set class_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_match(struct emitter *em, const struct class_map *cm)
{
	const struct class_match *m = &cm->match;
	struct cmap_args a = { .name = m->acl,
		.l4 = m->l4,
		.op = m->op,
		.port = m->port,
		.high = m->high };
	size_t i;

	if (m->kind == MATCH_ANY)
		emit_row(em, 1, &rows[R_ANY], NULL);
	if (m->kind == MATCH_DEFAULT_INSPECTION)
		emit_row(em, 1, &rows[R_DEFAULT], NULL);
	if (m->acl != NULL)
		emit_row(em, 1, &rows[R_ACL], &a);
	if (m->kind == MATCH_PORT)
		emit_row(em, 1, &rows[R_PORT], &a);
	for (i = 0; i < m->n_values; i++) {
		a.v[i] = m->values[i];
		a.has[i] = true;
	}
	if (m->kind == MATCH_DSCP)
		emit_row(em, 1, &rows[R_DSCP], &a);
	if (m->kind == MATCH_PRECEDENCE)
		emit_row(em, 1, &rows[R_PRECEDENCE], &a);
	if (m->kind == MATCH_RTP)
		emit_row(em, 1, &rows[R_RTP], &a);
	if (m->kind == MATCH_TUNNEL_GROUP) {
		a.name = m->tunnel_group;
		emit_row(em, 1, &rows[R_TUNNEL], &a);
	}
	if (m->flow)
		emit_row(em, 1, &rows[R_FLOW], NULL);
	for (i = 0; i < cm->regexes.n; i++)
		emit_line(em, " match regex %s", cm->regexes.v[i]);
	for (i = 0; i < cm->kept.n; i++)
		emit_line(em, " %s", cm->kept.v[i]);
}

static void
emit_class_map(struct emitter *em, const struct class_map *cm)
{
	static const unsigned row_of[] = { [CLASS_MAP_L34] = R_L34,
		[CLASS_MAP_MANAGEMENT] = R_MANAGEMENT,
		[CLASS_MAP_INSPECT] = R_INSPECT,
		[CLASS_MAP_REGEX] = R_REGEX };
	struct cmap_args a = { .name = cm->name,
		.text = cm->description,
		.any = cm->match_any ? 2 : 1 };
	size_t i;

	for (i = 0; cm->proto != NULL && i < ARRAY_LEN(protocols); i++) {
		if (strcmp(protocols[i], cm->proto) == 0)
			a.proto = (uint8_t)(i + 1);
	}
	emit_row(em, 0, &rows[row_of[cm->type]], &a);
	if (cm->description != NULL)
		emit_row(em, 1, &rows[R_DESCRIPTION], &a);
	emit_match(em, cm);
}

/* type NULL: all of them; proto: of `type inspect` only. */
void
emit_class_maps(const struct conf *c, struct emitter *em, const char *type,
    const char *proto, const char *only)
{
	static const char *const types[] = { [CLASS_MAP_L34] = "",
		[CLASS_MAP_MANAGEMENT] = "management",
		[CLASS_MAP_INSPECT] = "inspect",
		[CLASS_MAP_REGEX] = "regex" };
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		const struct class_map *cm = c->class_maps.v[i];

		if ((only == NULL || strcmp(cm->name, only) == 0) &&
		    (type == NULL || strcmp(types[cm->type], type) == 0) &&
		    (proto == NULL || str_eq(cm->proto, proto)))
			emit_class_map(em, cm);
	}
}

/* The first criterion, without the word "match". */
static void
take_match(void *arg, const char *line)
{
	struct strbuf *out = arg;
	size_t n;

	if (out->length > 0)
		return;
	line += strlen(" match ");
	n = strlen(line);
	while (n > 0 && line[n - 1] == ' ')
		n--;
	sb_write(out, line, n);
}

void
class_match_text(const struct conf *c, const struct gram *g,
    const struct class_map *cm, struct strbuf *out)
{
	struct emitter em = {
		.gram = g, .env = conf_tokenv(c), .line = take_match, .arg = out
	};

	emit_match(&em, cm);
}

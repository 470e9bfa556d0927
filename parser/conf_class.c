/* SPDX-License-Identifier: ISC
 *
 * class-map, in all its types.
 *
 * Criteria, cardinality and texts: reference/esmtp.md 1.2 to 1.4.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

enum { CLASS_MAPS_MAX = 255, MPF_DESCRIPTION_MAX = 200 };

const struct mode mode_cmap = { "mpf-class-map", "config-cmap", &mode_config,
	NULL };
/* Inspection and regex class maps: their lines are kept. */
const struct mode mode_cmap_kept = { "mpf-class-map", "config-cmap",
	&mode_config, NULL };

struct cmap_args {
	char *name, *text;
	uint8_t proto, any, k;
	struct class_match m;
	uint8_t l4, op;
	uint32_t port, high;
};

BIND(bind_cmap, struct cmap_args, FIELD(struct cmap_args, F_STR, name),
    FIELD(struct cmap_args, F_STR, text),
    FIELD(struct cmap_args, F_BRANCH, proto),
    FIELD(struct cmap_args, F_BRANCH, any),
    FIELD(struct cmap_args, F_BRANCH, k), FIELD(struct cmap_args, F_BRANCH, l4),
    FIELD(struct cmap_args, F_BRANCH, op), FIELD(struct cmap_args, F_U32, port),
    FIELD(struct cmap_args, F_U32, high));

/* Protocols with a class-map type of their own, in the order of the row. */
static const char *const protocols[] = { "diameter", "dns", "ftp", "h323",
	"http", "im", "rtsp", "scansafe", "sip" };

void
class_map_free(struct class_map *cm)
{
	lines_free(LINES(&cm->kept));
	free(cm->name);
	free(cm->proto);
	free(cm->description);
	free(cm->match.acl);
	free(cm->match.kept_text);
	free(cm);
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
	return false;
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
		if (c->class_maps.n >= CLASS_MAPS_MAX)
			return refuse(e,
			    "%% a configuration has at most %d "
			    "class-maps",
			    CLASS_MAPS_MAX);
		cm = xcalloc(1, sizeof(*cm));
		cm->name = xstrdup(a->name);
		cm->type = type;
		cm->match_any = any || type == CLASS_MAP_REGEX;
		str_set(&cm->proto, proto);
		*VEC_PUSH(&c->class_maps) = cm;
		changed(c);
	}
	confctx_enter(ctx, cm);
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
	free(m->kept_text);
	memset(m, 0, sizeof(*m));
}

static bool
same_match(const struct class_match *a, const struct class_match *b)
{
	return a->kind == b->kind && str_eq(a->acl, b->acl) && a->l4 == b->l4 &&
	    a->op == b->op && a->port == b->port && a->high == b->high &&
	    str_eq(a->kept_text, b->kept_text);
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
	else if (m->kind == MATCH_KEPT &&
	    lines_del(LINES(&cm->kept), m->kept_text))
		;
	else if (same_match(have, m))
		clear_match(have);
	else
		return refuse(e, "the match command is not configured");
	changed(c);
	return 0;
}

/* "tunnel-group X" and "flow ip destination-address" go together. */
static bool
goes_with(const struct class_match *have, const struct class_match *m)
{
	return have->kind == MATCH_KEPT && m->kind == MATCH_KEPT &&
	    strncmp(have->kept_text, "tunnel-group ", 13) == 0 &&
	    strncmp(m->kept_text, "flow ", 5) == 0;
}

static int
set_match(struct conf *c, struct confctx *ctx, struct class_match *m, bool no,
    struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct class_match *have = &cm->match;

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
	else if (goes_with(have, m))
		lines_add(LINES(&cm->kept), m->kept_text);
	else if (have->kind != MATCH_NONE)
		return refuse(e, "%s", too_many);
	else {
		*have = *m;
		have->acl = have->kept_text = NULL;
		str_set(&have->acl, m->acl);
		str_set(&have->kept_text, m->kept_text);
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
	/* `match address` of the tech note: DECISIONS, "Lenient paste". */
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

static int
match_kept_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct tokenv env = conf_tokenv(c);
	struct class_match m = { .kind = MATCH_KEPT };
	struct strbuf text;
	int r;

	sb_init(&text);
	gram_print(ctx->gram, row, args, false, &env, &text);
	m.kept_text = xstrdup(sb_text(&text) + strlen("match "));
	sb_free(&text);
	r = set_match(c, ctx, &m, no, e);
	free(m.kept_text);
	return r;
}

/* Lines of inspection and regex class maps. */
static int
line_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);
	struct tokenv env = conf_tokenv(c);
	struct strbuf text;
	int r = 0;

	sb_init(&text);
	gram_print(ctx->gram, row, args, false, &env, &text);
	if (no) {
		if (!lines_del(LINES(&cm->kept), sb_text(&text)))
			r = refuse(e, "the match command is not configured");
	} else
		lines_add(LINES(&cm->kept), sb_text(&text));
	changed(c);
	sb_free(&text);
	return r;
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

/* clang-format off */
enum { R_L34, R_MANAGEMENT, R_INSPECT, R_REGEX, R_DESCRIPTION, R_ACL,
	R_ADDRESS, R_ANY, R_DEFAULT, R_PORT, R_KEPT, R_LINE,
	R_KEPT_DESCRIPTION };

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
	  &bind_cmap, .apply = class_map_apply, .enters = &mode_cmap_kept,
	  .data = &regex },
	[R_DESCRIPTION] = { &mode_cmap, "description LINE:text",
	  "Specify class-map description\n"
	  "Up to 200 characters\n",
	  &bind_cmap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
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
	  "match port <tcp|udp>:l4 "
	  "<eq PORT:port | range PORT:port PORT:high>:op ~",
	  "Configure classification criteria\n"
	  "Match TCP/UDP port(s)\n"
	  "TCP ports\n"
	  "UDP ports\n"
	  "Match one port\n"
	  "Port number or name\n"
	  "Match a range of ports\n"
	  "First port\n"
	  "Last port\n",
	  &bind_cmap, .apply = match_port_apply },
	[R_KEPT] = { &mode_cmap,
	  "match <dscp|precedence|rtp|tunnel-group|flow>:k LINE:text",
	  "Configure classification criteria\n"
	  "Match IP DSCP (DiffServ CodePoints)\n"
	  "Match IP precedence\n"
	  "Match RTP port numbers\n"
	  "Match a Tunnel Group\n"
	  "Flow based Policy\n"
	  "Values\n",
	  &bind_cmap, .apply = match_kept_apply, .flags = ROW_KEPT },
	[R_LINE] = { &mode_cmap_kept, "match LINE:text",
	  "Configure classification criteria\n"
	  "Criterion\n",
	  &bind_cmap, .apply = line_apply, .flags = ROW_KEPT },
	[R_KEPT_DESCRIPTION] = { &mode_cmap_kept, "description LINE:text",
	  "Specify class-map description\n"
	  "Up to 200 characters\n",
	  &bind_cmap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
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
	if (m->kind == MATCH_KEPT)
		emit_line(em, " match %s", m->kept_text);
	for (i = 0; i < cm->kept.n; i++)
		emit_line(em, " %s%s",
		    cm->type == CLASS_MAP_L34 ||
			    cm->type == CLASS_MAP_MANAGEMENT
			? "match "
			: "",
		    cm->kept.v[i]);
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

void
emit_class_maps(const struct conf *c, struct emitter *em, const char *only)
{
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		if (only == NULL || strcmp(c->class_maps.v[i]->name, only) == 0)
			emit_class_map(em, c->class_maps.v[i]);
	}
}

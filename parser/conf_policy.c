/* SPDX-License-Identifier: ISC
 *
 * policy-map, its classes, and service-policy.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

enum { POLICY_MAPS_MAX = 64, CLASSES_MAX = 63, MPF_DESCRIPTION_MAX = 200 };

const struct mode mode_pmap = { "mpf-policy-map", "config-pmap", &mode_config,
	NULL };
const struct mode mode_pmap_c = { "mpf-policy-map-class", "config-pmap-c",
	&mode_pmap, NULL };
/* policy-map type inspect of a protocol that is not simulated. */
const struct mode mode_imap = { "mpf-policy-map-inspect", "config-pmap",
	&mode_config, NULL };

struct pmap_args {
	char *name, *text, *ifname;
	uint8_t k, where;
	bool fail_close;
};

BIND(bind_pmap, struct pmap_args, FIELD(struct pmap_args, F_STR, name),
    FIELD(struct pmap_args, F_STR, text),
    FIELD(struct pmap_args, F_STR, ifname),
    FIELD(struct pmap_args, F_BRANCH, k),
    FIELD(struct pmap_args, F_BRANCH, where),
    FIELD(struct pmap_args, F_BOOL, fail_close));

/* ---- the model ---- */

void
policy_class_free(struct policy_class *pc)
{
	size_t i;

	for (i = 0; i < pc->inspects.n; i++) {
		free(pc->inspects.v[i].protocol);
		free(pc->inspects.v[i].map);
		free(pc->inspects.v[i].options);
	}
	VEC_FREE(&pc->inspects);
	lines_free(LINES(&pc->exempt));
	lines_free(LINES(&pc->kept));
	free(pc->name);
	free(pc);
}

void
policy_map_free(struct policy_map *pm)
{
	size_t i;

	for (i = 0; i < pm->classes.n; i++)
		policy_class_free(pm->classes.v[i]);
	VEC_FREE(&pm->classes);
	free(pm->description);
	free(pm->name);
	free(pm);
}

void
inspect_map_free(struct inspect_map *im)
{
	lines_free(LINES(&im->lines));
	free(im->protocol);
	free(im->name);
	free(im);
}

void
service_policy_free(struct service_policy *sp)
{
	free(sp->policy_map);
	free(sp->ifname);
}

bool
policy_map_in_use(const struct conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++) {
		if (strcmp(c->service_policies.v[i].policy_map, name) == 0)
			return true;
	}
	return false;
}

struct inspect_map *
inspect_map_find(const struct conf *c, const char *protocol, const char *name)
{
	size_t i;

	for (i = 0; i < c->inspect_maps.n; i++) {
		struct inspect_map *im = c->inspect_maps.v[i];

		if (strcmp(im->name, name) == 0 &&
		    (protocol == NULL || strcmp(im->protocol, protocol) == 0))
			return im;
	}
	return NULL;
}

/* Does a class name the map? "h323" is the protocol of "h323 ras" too. */
bool
inspect_map_in_use(const struct conf *c, const char *protocol, const char *name)
{
	size_t i, j, k, n = strlen(protocol);

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			const struct policy_class *pc = pm->classes.v[j];

			for (k = 0; k < pc->inspects.n; k++) {
				const struct inspect_action *a =
				    &pc->inspects.v[k];

				if (str_eq(a->map, name) &&
				    strncmp(a->protocol, protocol, n) == 0 &&
				    (a->protocol[n] == '\0' ||
					a->protocol[n] == ' '))
					return true;
			}
		}
	}
	return false;
}

/* ---- policy-map ---- */

static bool
reserved_name(const char *name)
{
	return strncmp(name, "_internal", 9) == 0 ||
	    strncmp(name, "_default", 8) == 0;
}

/* All kinds of policy map share one space of names. */
int
check_policy_name(const struct conf *c, const char *name, struct cerr *e)
{
	size_t n = c->policy_maps.n + c->esmtp_maps.n + c->inspect_maps.n;

	if (reserved_name(name))
		return refuse(e, "%% policy-map name %s is reserved", name);
	if (conf_policy_map_find(c, name) != NULL ||
	    conf_esmtp_map_find(c, name) != NULL ||
	    inspect_map_find(c, NULL, name) != NULL)
		return refuse(e,
		    "policy-map %s is already configured with "
		    "another type",
		    name);
	if (n >= POLICY_MAPS_MAX)
		return refuse(e,
		    "%% a configuration has at most %d "
		    "policy-maps",
		    POLICY_MAPS_MAX);
	return 0;
}

static int
policy_map_delete(struct conf *c, struct policy_map *pm, struct cerr *e)
{
	size_t i;

	if (policy_map_in_use(c, pm->name))
		return refuse(
		    e, "policy-map %s is in use, cannot be removed", pm->name);
	for (i = 0; c->policy_maps.v[i] != pm; i++)
		;
	VEC_REMOVE(&c->policy_maps, i);
	policy_map_free(pm);
	removed(c);
	return 0;
}

static int
policy_map_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct pmap_args *a = args;
	struct policy_map *pm = conf_policy_map_find(c, a->name);

	if (no) {
		if (pm == NULL)
			return refuse(
			    e, "policy-map %s not configured", a->name);
		return policy_map_delete(c, pm, e);
	}
	if (pm == NULL) {
		if (check_policy_name(c, a->name, e) != 0)
			return -1;
		pm = xcalloc(1, sizeof(*pm));
		pm->name = xstrdup(a->name);
		*VEC_PUSH(&c->policy_maps) = pm;
		changed(c);
	}
	confctx_enter(ctx, pm);
	return 0;
}

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct policy_map *pm = confctx_obj(ctx);
	struct pmap_args *a = args;

	if (!no && strlen(a->text) > MPF_DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    MPF_DESCRIPTION_MAX);
	str_set(&pm->description, no ? NULL : a->text);
	changed(c);
	return 0;
}

/* ---- class ---- */

static struct policy_class *
find_class(const struct policy_map *pm, const char *name, size_t *at)
{
	for (*at = 0; *at < pm->classes.n; (*at)++) {
		if (strcmp(pm->classes.v[*at]->name, name) == 0)
			return pm->classes.v[*at];
	}
	return NULL;
}

/* A new class stands last, but class-default is always the very last. */
static struct policy_class *
add_class(struct policy_map *pm, const char *name)
{
	struct policy_class *pc = xcalloc(1, sizeof(*pc));
	size_t at = pm->classes.n;

	pc->name = xstrdup(name);
	if (at > 0 && strcmp(pm->classes.v[at - 1]->name, "class-default") == 0)
		at--;
	*VEC_INSERT(&pm->classes, at) = pc;
	return pc;
}

static int
class_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct policy_map *pm = confctx_obj(ctx);
	struct pmap_args *a = args;
	const struct class_map *cm = conf_class_map_find(c, a->name);
	bool standard = strcmp(a->name, "class-default") == 0;
	struct policy_class *pc;
	size_t at;

	pc = find_class(pm, a->name, &at);
	if (no) {
		if (pc == NULL)
			return refuse(e,
			    "%% class %s not configured in "
			    "policy-map %s",
			    a->name, pm->name);
		VEC_REMOVE(&pm->classes, at);
		policy_class_free(pc);
		removed(c);
		return 0;
	}
	if (!standard && cm == NULL)
		return refuse(e, "%% class-map %s not configured", a->name);
	if (!standard && cm->type != CLASS_MAP_L34 &&
	    cm->type != CLASS_MAP_MANAGEMENT)
		return refuse(e, "%% class-map %s has the wrong type", a->name);
	if (pc == NULL) {
		if (pm->classes.n > CLASSES_MAX)
			return refuse(e,
			    "%% a policy-map has at most %d "
			    "classes",
			    CLASSES_MAX);
		pc = add_class(pm, a->name);
		changed(c);
	}
	confctx_enter(ctx, pc);
	return 0;
}

/* Actions that are kept: set connection, police ... */
static int
action_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct policy_class *pc = confctx_obj(ctx);
	struct tokenv env = conf_tokenv(c);
	struct strbuf text;
	int r = 0;

	sb_init(&text);
	gram_print(ctx->gram, row, args, false, &env, &text);
	if (!no)
		lines_add(LINES(&pc->kept), sb_text(&text));
	else if (!lines_del(LINES(&pc->kept), sb_text(&text)))
		r = refuse(e, "the action is not configured");
	if (r == 0)
		changed(c);
	sb_free(&text);
	return r;
}

/* ---- policy-map type inspect, other protocols ---- */

/* In the order of the row. */
static const char *const map_protocols[] = { "dcerpc", "diameter", "dns", "ftp",
	"gtp", "h323", "http", "im", "ip-options", "ipsec-pass-thru", "ipv6",
	"lisp", "m3ua", "mgcp", "netbios", "radius-accounting", "rtsp",
	"scansafe", "sctp", "sip", "skinny", "snmp" };

static int
inspect_map_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct pmap_args *a = args;
	const char *proto = map_protocols[a->k - 1];
	struct inspect_map *im = inspect_map_find(c, proto, a->name);
	size_t i;

	if (no) {
		if (im == NULL)
			return refuse(
			    e, "policy-map %s not configured", a->name);
		if (inspect_map_in_use(c, proto, a->name))
			return refuse(e,
			    "policy-map %s is in use, cannot be "
			    "removed",
			    a->name);
		for (i = 0; c->inspect_maps.v[i] != im; i++)
			;
		VEC_REMOVE(&c->inspect_maps, i);
		inspect_map_free(im);
		removed(c);
		return 0;
	}
	if (im == NULL) {
		if (check_policy_name(c, a->name, e) != 0)
			return -1;
		im = xcalloc(1, sizeof(*im));
		im->protocol = xstrdup(proto);
		im->name = xstrdup(a->name);
		*VEC_PUSH(&c->inspect_maps) = im;
		changed(c);
	}
	im->block = 0;
	confctx_enter(ctx, im);
	return 0;
}

/* End of the block that starts at line `at`. */
static size_t
block_end(const struct inspect_map *im, size_t at)
{
	for (at++; at < im->lines.n; at++) {
		if (im->lines.v[at][1] != ' ')
			break;
	}
	return at;
}

static bool
find_between(const struct inspect_map *im, size_t from, size_t to,
    const char *line, size_t *at)
{
	for (*at = from; *at < to; (*at)++) {
		if (strcmp(im->lines.v[*at], line) == 0)
			return true;
	}
	return false;
}

static void
delete_between(struct inspect_map *im, size_t from, size_t to)
{
	while (to-- > from) {
		free(im->lines.v[to]);
		VEC_REMOVE(&im->lines, to);
	}
}

/* `parameters`, `match`, `class` and `description` stand at the first level
 * and open a block. */
static int
block_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct inspect_map *im = confctx_obj(ctx);
	struct tokenv env = conf_tokenv(c);
	struct strbuf text;
	size_t at;
	bool there;

	sb_init(&text);
	sb_putc(&text, ' ');
	gram_print(ctx->gram, row, args, false, &env, &text);
	there = find_between(im, 0, im->lines.n, sb_text(&text), &at);
	if (no && there)
		delete_between(im, at, block_end(im, at));
	else if (!no && !there)
		*VEC_PUSH(&im->lines) = xstrdup(sb_text(&text));
	sb_free(&text);
	if (no && !there)
		return refuse(e, "the line is not configured");
	im->block = no ? 0 : at + 1;
	changed(c);
	return 0;
}

/* Everything else belongs to the open block. */
static int
block_line_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct inspect_map *im = confctx_obj(ctx);
	struct tokenv env = conf_tokenv(c);
	size_t at, from, to, indent = strspn(ctx->words->line, " \t");
	struct strbuf text;

	/* Not indented in a file: no line of ours. */
	if (im->block == 0 || im->block > im->lines.n ||
	    (ctx->reading_file && indent == 0))
		return refuse_at(e, 0);
	from = im->block;
	to = block_end(im, from - 1);
	if (!ctx->reading_file || indent < 2)
		indent = 2;
	sb_init(&text);
	sb_printf(&text, "%*s", (int)indent, "");
	gram_print(ctx->gram, row, args, false, &env, &text);
	if (no && find_between(im, from, to, sb_text(&text), &at))
		delete_between(im, at, at + 1);
	else {
		sb_reset(&text);
		sb_printf(&text, "%*s", (int)indent, "");
		gram_print(ctx->gram, row, args, no, &env, &text);
		if (!find_between(im, from, to, sb_text(&text), &at))
			*VEC_INSERT(&im->lines, to) = xstrdup(sb_text(&text));
	}
	sb_free(&text);
	changed(c);
	return 0;
}

/* ---- service-policy ---- */

static int
service_policy_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct pmap_args *a = args;
	struct service_policy *sp = NULL;
	size_t i;

	if (!no && conf_policy_map_find(c, a->name) == NULL)
		return refuse(e, "policy-map %s not configured", a->name);
	if (!no && a->ifname != NULL && need_nameif(c, ctx, a->ifname, e) != 0)
		return -1;
	for (i = 0; i < c->service_policies.n; i++) {
		if (str_eq(c->service_policies.v[i].ifname, a->ifname)) {
			sp = &c->service_policies.v[i];
			break;
		}
	}
	if (no) {
		if (sp == NULL || strcmp(sp->policy_map, a->name) != 0)
			return refuse(e,
			    "service-policy %s is not configured "
			    "there",
			    a->name);
		service_policy_free(sp);
		VEC_REMOVE(&c->service_policies, i);
		changed(c);
		return 0;
	}
	if (sp != NULL && strcmp(sp->policy_map, a->name) != 0)
		return refuse(e,
		    "Policy map %s is already configured as a "
		    "service policy",
		    sp->policy_map);
	if (sp == NULL) {
		sp = VEC_PUSH(&c->service_policies);
		str_set(&sp->policy_map, a->name);
		str_set(&sp->ifname, a->ifname);
	}
	sp->fail_close = a->fail_close;
	changed(c);
	return 0;
}

/* clang-format off */
enum { R_POLICY_MAP, R_DESCRIPTION, R_CLASS, R_ACTION, R_INSPECT_MAP,
	R_IMAP_BLOCK, R_IMAP_LINE, R_SERVICE_POLICY };

static const struct row rows[] = {
	[R_POLICY_MAP] = { &mode_config, "policy-map NAME<40>:name",
	  "Configure MPF Parameter Map\n"
	  "policy-map name\n",
	  &bind_pmap, .apply = policy_map_apply, .enters = &mode_pmap },
	[R_DESCRIPTION] = { &mode_pmap, "description LINE:text",
	  "Specify policy-map description\n"
	  "Up to 200 characters\n",
	  &bind_pmap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
	[R_CLASS] = { &mode_pmap, "class NAME<40>:name",
	  "Policy criteria\n"
	  "class-map name\n",
	  &bind_pmap, .apply = class_apply, .enters = &mode_pmap_c },
	[R_ACTION] = { &mode_pmap_c,
	  "<set|police|priority|shape|ips|csc|cxsc|sfr|flow-export|"
	  "user-statistics>:k [LINE:text]",
	  "Set connection values\n"
	  "Police the traffic\n"
	  "Strict scheduling priority for this class\n"
	  "Traffic shaping\n"
	  "Intrusion prevention services\n"
	  "Content security and control\n"
	  "CX module\n"
	  "FirePOWER module\n"
	  "Flow export\n"
	  "User statistics\n"
	  "Parameters\n",
	  &bind_pmap, .apply = action_apply, .flags = ROW_KEPT },
	[R_INSPECT_MAP] = { &mode_config,
	  "policy-map type inspect "
	  "<dcerpc|diameter|dns|ftp|gtp|h323|http|im|ip-options|"
	  "ipsec-pass-thru|ipv6|lisp|m3ua|mgcp|netbios|radius-accounting|rtsp|"
	  "scansafe|sctp|sip|skinny|snmp>:k NAME<40>:name",
	  "Configure MPF Parameter Map\n"
	  "Specifies the type of policy-map\n"
	  "Configure an inspection policy-map\n"
	  "DCERPC\n" "Diameter\n" "DNS\n" "FTP\n" "GTP\n" "H.323\n" "HTTP\n"
	  "Instant messaging\n" "IP options\n" "IPsec pass-through\n"
	  "IPv6\n" "LISP\n" "M3UA\n" "MGCP\n" "NetBIOS\n"
	  "RADIUS accounting\n" "RTSP\n" "Cloud Web Security\n" "SCTP\n"
	  "SIP\n" "Skinny\n" "SNMP\n"
	  "policy-map name\n",
	  &bind_pmap, .apply = inspect_map_apply, .enters = &mode_imap },
	[R_IMAP_BLOCK] = { &mode_imap,
	  "<parameters|match|class|description>:k [LINE:text]",
	  "Parameters of the inspection\n"
	  "Criterion\n"
	  "Class of criteria\n"
	  "Description\n"
	  "Criterion\n",
	  &bind_pmap, .apply = block_apply },
	[R_IMAP_LINE] = { &mode_imap, "WORD:name [LINE:text]",
	  "Action or parameter\n"
	  "Its arguments\n",
	  &bind_pmap, .apply = block_line_apply, .flags = ROW_KEPT },
	[R_SERVICE_POLICY] = { &mode_config,
	  "service-policy NAME<40>:name < global | interface IFNAME:ifname > "
	  "[fail-close]:fail_close",
	  "Configure MPF service policy\n"
	  "policy-map name\n"
	  "Apply to all interfaces\n"
	  "Apply to one interface\n"
	  "Interface name\n"
	  "Drop IPv6 traffic that an inspection does not support\n",
	  &bind_pmap, .apply = service_policy_apply },
};
/* clang-format on */
const struct row_set policy_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_class(struct emitter *em, const struct policy_class *pc)
{
	struct pmap_args a = { .name = pc->name };
	size_t i;

	emit_row(em, 1, &rows[R_CLASS], &a);
	for (i = 0; i < pc->inspects.n; i++)
		emit_inspect(em, &pc->inspects.v[i]);
	for (i = 0; i < pc->exempt.n; i++)
		emit_line(em, "  no inspect %s", pc->exempt.v[i]);
	for (i = 0; i < pc->kept.n; i++)
		emit_line(em, "  %s", pc->kept.v[i]);
}

static void
emit_policy_map(struct emitter *em, const struct policy_map *pm)
{
	struct pmap_args a = { .name = pm->name, .text = pm->description };
	size_t i;

	emit_row(em, 0, &rows[R_POLICY_MAP], &a);
	if (pm->description != NULL)
		emit_row(em, 1, &rows[R_DESCRIPTION], &a);
	for (i = 0; i < pm->classes.n; i++)
		emit_class(em, pm->classes.v[i]);
}

void
emit_policy_maps(const struct conf *c, struct emitter *em, const char *only)
{
	size_t i;

	for (i = 0; i < c->policy_maps.n; i++) {
		if (only == NULL ||
		    strcmp(c->policy_maps.v[i]->name, only) == 0)
			emit_policy_map(em, c->policy_maps.v[i]);
	}
}

static void
emit_inspect_map(struct emitter *em, const struct inspect_map *im)
{
	struct pmap_args a = { .name = im->name };
	size_t i;

	for (i = 0; i < ARRAY_LEN(map_protocols); i++) {
		if (strcmp(map_protocols[i], im->protocol) == 0)
			a.k = (uint8_t)(i + 1);
	}
	emit_row(em, 0, &rows[R_INSPECT_MAP], &a);
	for (i = 0; i < im->lines.n; i++)
		emit_line(em, "%s", im->lines.v[i]);
}

void
emit_inspect_maps(const struct conf *c, struct emitter *em,
    const char *protocol, const char *only)
{
	size_t i;

	if (protocol == NULL || strcmp(protocol, "esmtp") == 0) {
		if (em->all &&
		    (only == NULL || strcmp(only, "_default_esmtp_map") == 0))
			emit_esmtp_map(em, conf_esmtp_map_find(c, NULL));
		for (i = 0; i < c->esmtp_maps.n; i++) {
			if (only == NULL ||
			    strcmp(only, c->esmtp_maps.v[i]->name) == 0)
				emit_esmtp_map(em, c->esmtp_maps.v[i]);
		}
	}
	for (i = 0; i < c->inspect_maps.n; i++) {
		const struct inspect_map *im = c->inspect_maps.v[i];

		if ((protocol == NULL || strcmp(protocol, im->protocol) == 0) &&
		    (only == NULL || strcmp(only, im->name) == 0))
			emit_inspect_map(em, im);
	}
}

void
emit_service_policies(const struct conf *c, struct emitter *em)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++) {
		const struct service_policy *sp = &c->service_policies.v[i];
		struct pmap_args a = { .name = sp->policy_map,
			.ifname = sp->ifname,
			.fail_close = sp->fail_close };

		emit_row(em, 0, &rows[R_SERVICE_POLICY], &a);
	}
}

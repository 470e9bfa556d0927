/* SPDX-License-Identifier: ISC
 *
 * policy-map type inspect of the protocols that are not simulated: lines that
 * are checked (insp_syntax.c) and kept, in blocks as the device prints them.
 */
#include "conf_imap.h"

#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

/* What the modes of all protocols share. */
const struct mode mode_imap = { "mpf-policy-map-inspect", "config-pmap",
	&mode_config, NULL };

struct imap_args {
	char *name, *text;
	uint8_t k;
};

BIND(bind_imap, struct imap_args, FIELD(struct imap_args, F_STR, name),
    FIELD(struct imap_args, F_STR, text), FIELD(struct imap_args, F_BRANCH, k));

void
inspect_map_free(struct inspect_map *im)
{
	lines_free(LINES(&im->lines));
	free(im->protocol);
	free(im->name);
	free(im);
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

/* Does this inspection use a map of the protocol? "h323" is the protocol of
 * "h323 ras" too. */
bool
inspect_uses_map(
    const struct inspect_action *a, const char *protocol, const char *name)
{
	size_t n = strlen(protocol);

	return str_eq(a->map, name) && strncmp(a->protocol, protocol, n) == 0 &&
	    (a->protocol[n] == '\0' || a->protocol[n] == ' ');
}

bool
inspect_map_in_use(const struct conf *c, const char *protocol, const char *name)
{
	size_t i, j, k;

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			const struct policy_class *pc = pm->classes.v[j];

			for (k = 0; k < pc->inspects.n; k++) {
				if (inspect_uses_map(
					&pc->inspects.v[k], protocol, name))
					return true;
			}
		}
	}
	return false;
}

static int
inspect_map_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct imap_args *a = args;
	const struct imap_syntax *syntax = &imap_syntaxes[a->k - 1];
	struct inspect_map *im = inspect_map_find(c, syntax->name, a->name);
	size_t i;

	if (no) {
		if (im == NULL)
			return refuse(
			    e, "policy-map %s not configured", a->name);
		if (inspect_map_in_use(c, syntax->name, a->name))
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
		im->protocol = xstrdup(syntax->name);
		im->name = xstrdup(a->name);
		*VEC_PUSH(&c->inspect_maps) = im;
		changed(c);
	}
	im->block = 0;
	confctx_enter_mode(ctx, &imap_modes_of(syntax)->map, im);
	return 0;
}

/* ---- blocks: `parameters`, `match`, `class`, `description` ---- */

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

/* A line of the first level. */
static int
block(struct conf *c, struct inspect_map *im, const char *text, bool no,
    struct cerr *e)
{
	char *line = xasprintf(" %s", text);
	size_t at;
	bool there = find_between(im, 0, im->lines.n, line, &at);
	int r = 0;

	if (no && !there)
		r = refuse(e, "the line is not configured");
	else if (no)
		delete_between(im, at, block_end(im, at));
	else if (!there) {
		r = need_line_regexes(c, line, e);
		if (r == 0)
			*VEC_PUSH(&im->lines) = xstrdup(line);
	}
	free(line);
	if (r != 0)
		return r;
	im->block = no ? 0 : at + 1;
	im->factory = false;
	if (no)
		removed(c);
	else
		changed(c);
	return 0;
}

int
imap_block_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct inspect_map *im = confctx_obj(ctx);

	if (block(c, im, ctx->text, no, e) != 0)
		return -1;
	confctx_enter(ctx, im);
	return 0;
}

int
imap_class_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	const struct inspect_map *im = confctx_obj(ctx);
	const char *name = ctx->text + strlen("class ");
	const struct class_map *cm = conf_class_map_find(c, name);

	if (!no && cm == NULL)
		return refuse(e, "%% class-map %s not configured", name);
	if (!no &&
	    (cm->type != CLASS_MAP_INSPECT || !str_eq(cm->proto, im->protocol)))
		return refuse(e, "%% class-map %s has the wrong type", name);
	return imap_block_apply(c, ctx, row, args, no, e);
}

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	static const char word[] = " description ";
	struct inspect_map *im = confctx_obj(ctx);
	struct imap_args *a = args;
	size_t i;

	if (!no && strlen(a->text) > MPF_DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    MPF_DESCRIPTION_MAX);
	for (i = 0; i < im->lines.n; i++) {
		if (strncmp(im->lines.v[i], word, sizeof(word) - 1) == 0) {
			delete_between(im, i, i + 1);
			break;
		}
	}
	if (!no)
		*VEC_INSERT(&im->lines, 0) = xasprintf("%s%s", word, a->text);
	im->block = 0;
	im->factory = false;
	changed(c);
	return 0;
}

/* A line of the open block. What `no` does not find is a line of its own:
 * devices print these. */
int
imap_line_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct inspect_map *im = confctx_obj(ctx);
	size_t at, from = im->block, to;
	char *line;

	if (from == 0 || from > im->lines.n)
		return refuse_at(e, 0);
	if (!no && need_line_regexes(c, ctx->text, e) != 0)
		return -1;
	to = block_end(im, from - 1);
	line = xasprintf("  no %s", ctx->text);
	/* The opposite goes. */
	if (!no && find_between(im, from, to, line, &at)) {
		delete_between(im, at, at + 1);
		to--;
	}
	free(line);
	line = xasprintf("  %s", ctx->text);
	if (no && find_between(im, from, to, line, &at))
		delete_between(im, at, at + 1);
	else {
		free(line);
		line = xasprintf("  %s%s", no ? "no " : "", ctx->text);
		if (!find_between(im, from, to, line, &at))
			*VEC_INSERT(&im->lines, to) = xstrdup(line);
	}
	free(line);
	im->factory = false;
	changed(c);
	return 0;
}

/* ---- class-map type inspect ---- */

int
imap_class_match_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct class_map *cm = confctx_obj(ctx);

	if (no) {
		if (!lines_del(LINES(&cm->kept), ctx->text))
			return refuse(e, "the match command is not configured");
	} else {
		if (need_line_regexes(c, ctx->text, e) != 0)
			return -1;
		lines_add(LINES(&cm->kept), ctx->text);
	}
	changed(c);
	return 0;
}

static int
rename_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no UNUSED, struct cerr *e)
{
	struct inspect_map *im = confctx_obj(ctx);
	struct imap_args *a = args;

	if (strcmp(a->name, im->name) == 0)
		return 0;
	if (check_policy_name(c, a->name, e) != 0)
		return -1;
	inspect_map_renamed(c, im->protocol, im->name, a->name);
	str_set(&im->name, a->name);
	changed(c);
	return 0;
}

/* clang-format off */
enum { R_MAP, R_DESCRIPTION, R_RENAME };

/* The branches are in the order of imap_syntaxes. */
static const struct row rows[] = {
	[R_MAP] = { &mode_config,
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
	  &bind_imap, .apply = inspect_map_apply, .enters = &mode_imap },
	[R_DESCRIPTION] = { &mode_imap, "description LINE:text",
	  "Specify policy-map description\n"
	  "Up to 200 characters\n",
	  &bind_imap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
	[R_RENAME] = { &mode_imap, "rename NAME<40>:name",
	  "Give the policy-map another name\n"
	  "New name\n",
	  &bind_imap, .apply = rename_apply, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set imap_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_inspect_map(struct emitter *em, const struct inspect_map *im)
{
	struct imap_args a = { .name = im->name };
	size_t i;

	a.k = (uint8_t)(imap_syntax_of(im->protocol) - imap_syntaxes + 1);
	emit_row(em, 0, &rows[R_MAP], &a);
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

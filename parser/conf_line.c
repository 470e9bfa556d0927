/* SPDX-License-Identifier: ISC
 *
 * One configuration line: matched, applied, and the mode moved.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "conf.h"
#include "conf_int.h"
#include "conf_kept.h"

enum { LINE_MAX_LENGTH = 16384 };

void
confctx_init(struct confctx *ctx)
{
	memset(ctx, 0, sizeof(*ctx));
	ctx->mode = &mode_config;
}

static unsigned
mode_depth(const struct mode *mode)
{
	unsigned depth = 0;

	for (; mode != NULL && mode != &mode_config; mode = mode->parent)
		depth++;
	/* An EXEC mode is not below config. */
	return mode == NULL || depth >= CONFCTX_DEPTH ? 0 : depth;
}

unsigned
confctx_depth(const struct confctx *ctx)
{
	return mode_depth(ctx->mode);
}

void *
confctx_obj(const struct confctx *ctx)
{
	return ctx->obj[confctx_depth(ctx)];
}

void
confctx_enter(struct confctx *ctx, void *obj)
{
	unsigned depth = confctx_depth(ctx) + 1;

	if (depth < CONFCTX_DEPTH)
		ctx->obj[depth] = obj;
}

void
confctx_enter_mode(struct confctx *ctx, const struct mode *mode, void *obj)
{
	confctx_enter(ctx, obj);
	ctx->enters = mode;
}

void
confctx_say(struct confctx *ctx, unsigned level, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (ctx->say == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	ctx->say(ctx->say_arg, level, text);
}

void
gram_error_text(
    const struct gram_hit *hit, const struct words *ws, char *buf, size_t size)
{
	const char *line = ws->line != NULL ? ws->line : "";
	size_t length;

	switch (hit->status) {
	case GRAM_INCOMPLETE:
		snprintf(buf, size, "%% Incomplete command");
		break;
	case GRAM_AMBIGUOUS:
		line += strspn(line, " \t");
		length = strlen(line);
		while (length > 0 && isspace((unsigned char)line[length - 1]))
			length--;
		snprintf(buf, size, "%% Ambiguous command:  \"%.*s\"",
		    (int)MIN(length, 200), line);
		break;
	case GRAM_OK:
	case GRAM_EMPTY:
		snprintf(buf, size, "%s", "");
		break;
	case GRAM_INVALID:
		if (hit->err.text[0] != '\0')
			snprintf(buf, size, "%s", hit->err.text);
		else
			snprintf(buf, size,
			    "%% Invalid input detected at '^' marker.");
		break;
	}
}

static void
fail_caret(struct line_result *r, unsigned col)
{
	r->ok = false;
	r->caret = true;
	r->col = col;
	snprintf(r->text, sizeof(r->text), "%s",
	    "% Invalid input detected at '^' marker.");
}

/* Where a failed match or apply is shown. */
static void
fail_match(
    struct line_result *r, const struct gram_hit *hit, const struct words *ws)
{
	r->ok = false;
	r->col = hit->col;
	r->caret = hit->status == GRAM_INVALID && hit->err.text[0] == '\0';
	gram_error_text(hit, ws, r->text, sizeof(r->text));
}

static void
fail_apply(struct line_result *r, const struct cerr *e, const struct words *ws)
{
	unsigned col = ws->n > 0 ? ws->w[0].col : 0;

	if (e->tok >= 0 && (unsigned)e->tok < ws->n)
		col = ws->w[e->tok].col;
	if (e->text[0] == '\0') {
		fail_caret(r, col);
		return;
	}
	r->ok = false;
	r->caret = false;
	r->col = col;
	snprintf(r->text, sizeof(r->text), "%s", e->text);
}

static bool
below(const struct mode *mode, const struct mode *ancestor)
{
	for (; mode != NULL; mode = mode->parent) {
		if (mode == ancestor)
			return true;
	}
	return false;
}

void
conf_apply_hit(struct conf *c, const struct gram *g, struct confctx *ctx,
    const struct words *ws, struct gram_hit *hit, struct line_result *r)
{
	const struct mode *was = ctx->mode;
	struct kept *kept = ctx->kept;
	const struct row *row = hit->row;
	struct cerr e = { .tok = -1 };

	memset(r, 0, sizeof(*r));
	r->status = hit->status;
	r->ok = true;
	if (hit->status == GRAM_EMPTY)
		return;
	if (hit->status != GRAM_OK) {
		fail_match(r, hit, ws);
		return;
	}
	if (row->apply == NULL) {
		if (ctx->exec == NULL || !ctx->exec(ctx->exec_arg, hit))
			fail_caret(r, ws->w[0].col);
		return;
	}
	c->gram = ctx->gram = g;
	ctx->words = ws;
	ctx->text = hit->text;
	ctx->enters = NULL;
	if ((row->flags & ROW_STAY) == 0 && below(was, hit->found_in)) {
		ctx->kept = NULL;
		ctx->mode = hit->found_in;
	}
	if (row->apply(c, ctx, row, hit->args, hit->negated, &e) != 0) {
		ctx->mode = was;
		ctx->kept = ctx->reading_file ? NULL : kept;
		fail_apply(r, &e, ws);
	} else {
		if (row->enters != NULL && !hit->negated)
			ctx->mode = ctx->enters ? ctx->enters : row->enters;
		else if (ctx->enters != NULL)
			ctx->mode = ctx->enters;
		factory_follow(c);
		ctx->removals = c->removals;
	}
	ctx->gram = NULL;
	ctx->words = NULL;
	ctx->text = NULL;
}

static bool
is_exit(const struct words *ws)
{
	return ws->n == 1 &&
	    (strcmp(ws->w[0].s, "exit") == 0 ||
		strcmp(ws->w[0].s, "quit") == 0);
}

/* "308204d3 308203bb": data of a certificate. Where the indentation is lost, a
 * short word could be a command (ca, add). */
static bool
is_hex(const struct words *ws, bool short_ok)
{
	unsigned i;

	for (i = 0; i < ws->n; i++) {
		size_t n = strlen(ws->w[i].s);

		if (strspn(ws->w[i].s, "0123456789abcdefABCDEF") != n ||
		    n > 8 || (i == 0 && n < 8 && !short_ok))
			return false;
	}
	return true;
}

/* Between "certificate ..." and "quit" everything is data. */
static bool
raw_line(struct conf *c, struct confctx *ctx, const struct words *ws)
{
	bool deeper = ws->n > 0 && ws->w[0].col > ctx->kept_indent;

	if (!ctx->raw || ws->n == 0)
		return ctx->raw;
	if (!is_hex(ws, deeper || !ctx->reading_file) &&
	    strcmp(ws->w[0].s, "quit") != 0) {
		kept_close_data(c, ctx);
		return false;
	}
	kept_sub_line(c, ctx, ws->line);
	return true;
}

/* In a file a line that is not indented is a global command if it can be one;
 * a file typed by hand may leave the indentation out. */
static void
find(const struct gram *g, const struct confctx *ctx, const struct words *ws,
    const struct tokenv *env, struct gram_hit *hit)
{
	if (ctx->reading_file && !ws->indented && confctx_depth(ctx) > 0) {
		gram_match_mode(g, &mode_config, ws, env, hit);
		if (hit->status == GRAM_OK && hit->exact)
			return;
		gram_hit_fini(hit);
	}
	gram_match(g, ctx->mode, ws, env, hit);
}

/* ---- while a kept sub-mode is open ---- */

bool
kept_is_open(const struct conf *c, const struct confctx *ctx)
{
	return ctx->kept != NULL && ctx->removals == c->removals &&
	    kept_mode_of(ctx->kept) == ctx->mode;
}

/* EXEC commands that leave no doubt. Others, such as disable, are words of
 * sub-modes as well. */
static bool
is_exec_word(const char *word)
{
	static const char *const words[] = { "clear", "configure", "copy",
		"end", "exit", "help", "more", "packet-tracer", "ping", "quit",
		"reload", "show", "simulator", "terminal", "write" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++) {
		if (strcasecmp(words[i], word) == 0)
			return true;
	}
	return false;
}

/* Is it a line of the block whatever it says? */
static bool
belongs(const struct confctx *ctx, const struct words *ws)
{
	return ws->n > 0 && ws->w[0].col > ctx->kept_indent && !is_exit(ws);
}

/* A command of this mode that may be meant; tells how many of its words were
 * understood. */
static bool
find_in(const struct conf *c, const struct gram *g, const struct mode *mode,
    const struct words *ws, struct gram_hit *hit, unsigned *depth)
{
	struct tokenv env = conf_tokenv(c);
	struct cerr e = { .tok = -1 };
	unsigned understood;

	gram_match_mode(g, mode, ws, &env, hit);
	understood = hit->depth;
	if (hit->status == GRAM_OK && hit->row->apply == kept_apply &&
	    kept_check(c, hit->row, ws, &e) != 0)
		understood = e.tok > 0 ? (unsigned)e.tok : ws->n;
	else if (hit->status == GRAM_OK)
		return true;
	understood -= MIN(understood, (unsigned)hit->negated);
	*depth = MAX(*depth, understood);
	gram_hit_fini(hit);
	return false;
}

/* In a file the global command goes first, as in find(). */
static bool
find_config(const struct conf *c, const struct gram *g,
    const struct confctx *ctx, const struct words *ws, struct gram_hit *hit,
    unsigned *depth)
{
	const struct mode *mode = ctx->mode;

	if (ctx->reading_file && find_in(c, g, &mode_config, ws, hit, depth)) {
		if (hit->exact)
			return true;
		gram_hit_fini(hit);
	}
	for (; mode != NULL && below(mode, &mode_config); mode = mode->parent) {
		if (find_in(c, g, mode, ws, hit, depth))
			return true;
	}
	return false;
}

/* A file says its commands in full; at the keyboard they may be cut short. */
static bool
find_exec(const struct conf *c, const struct gram *g, const struct confctx *ctx,
    const struct words *ws, struct gram_hit *hit)
{
	struct tokenv env = conf_tokenv(c);
	char word[16];

	if (ws->n == 0 || (ctx->reading_file && !is_exec_word(ws->w[0].s)))
		return false;
	gram_match(g, &mode_exec, ws, &env, hit);
	if (hit->status == GRAM_OK) {
		snprintf(word, sizeof(word), "%.*s",
		    (int)strcspn(hit->row->syntax, " "), hit->row->syntax);
		if (is_exec_word(word))
			return true;
	}
	gram_hit_fini(hit);
	return false;
}

bool
kept_find_command(const struct conf *c, const struct gram *g,
    const struct confctx *ctx, const struct words *ws, struct gram_hit *hit)
{
	unsigned depth = 0;

	return !ctx->raw && !belongs(ctx, ws) &&
	    (find_config(c, g, ctx, ws, hit, &depth) ||
		find_exec(c, g, ctx, ws, hit));
}

/* A line that is no command belongs to the block, unless it is plainly one with
 * a mistake in it: of EXEC, or with two words that a command begins with. In a
 * file whose lines are indented it belongs to nothing. */
static bool
may_keep(const struct conf *c, const struct gram *g, const struct confctx *ctx,
    const struct words *ws)
{
	struct gram_hit hit;
	unsigned depth = 0;

	if (find_config(c, g, ctx, ws, &hit, &depth)) {
		gram_hit_fini(&hit);
		return false;
	}
	return depth < 2 && !is_exec_word(ws->w[0].s) &&
	    !(ctx->reading_file && ctx->sub_indent > 0);
}

static void
match_line(struct conf *c, const struct gram *g, struct confctx *ctx,
    const struct words *ws, struct line_result *r)
{
	bool open = kept_is_open(c, ctx);
	struct tokenv env = conf_tokenv(c);
	struct gram_hit hit;

	/* The indentation tells. */
	if (ctx->kept != NULL && (open || ctx->reading_file) &&
	    belongs(ctx, ws)) {
		kept_sub_line(c, ctx, ws->line);
		return;
	}
	if (!open)
		find(g, ctx, ws, &env, &hit);
	else if (!kept_find_command(c, g, ctx, ws, &hit)) {
		if (may_keep(c, g, ctx, ws)) {
			kept_sub_line(c, ctx, ws->line);
			return;
		}
		find(g, ctx, ws, &env, &hit);
	}
	conf_apply_hit(c, g, ctx, ws, &hit, r);
	gram_hit_fini(&hit);
}

void
conf_line(struct conf *c, const struct gram *g, struct confctx *ctx,
    const char *line, struct line_result *r)
{
	struct words ws;

	memset(r, 0, sizeof(*r));
	r->ok = true;
	if (strlen(line) > LINE_MAX_LENGTH) {
		r->status = GRAM_INVALID;
		r->ok = false;
		snprintf(r->text, sizeof(r->text),
		    "the line is longer than %d characters", LINE_MAX_LENGTH);
		return;
	}
	/* Somebody else removed objects: ours may be among them. */
	if (ctx->removals != c->removals) {
		if (confctx_depth(ctx) > 0)
			ctx->mode = &mode_config;
		ctx->kept = NULL;
		ctx->raw = false;
		ctx->removals = c->removals;
	}
	lex_line(&ws, line);
	if (raw_line(c, ctx, &ws))
		;
	else if (ws.too_many) {
		r->status = GRAM_INVALID;
		fail_caret(r, ws.w[LEX_WORDS_MAX - 1].col);
	} else if (ws.n == 0)
		r->status = GRAM_EMPTY;
	else
		match_line(c, g, ctx, &ws, r);
	lex_free(&ws);
}

/* ---- exit, end ---- */

static int
exit_apply(struct conf *c UNUSED, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no UNUSED,
    struct cerr *e UNUSED)
{
	ctx->kept = NULL;
	ctx->mode = ctx->mode->parent;
	return 0;
}

static int
end_apply(struct conf *c UNUSED, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no UNUSED,
    struct cerr *e UNUSED)
{
	ctx->kept = NULL;
	ctx->mode = &mode_exec;
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config, "exit", "Exit from the current mode\n",
	  .apply = exit_apply, .flags = ROW_STAY | ROW_NO_NO },
	{ &mode_config, "quit", "Exit from the current mode\n",
	  .apply = exit_apply, .flags = ROW_STAY | ROW_NO_NO },
	{ &mode_config, "end", "Exit to privileged EXEC mode\n",
	  .apply = end_apply, .flags = ROW_STAY | ROW_NO_NO },
};
/* clang-format on */
const struct row_set line_rows = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC */
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "conf_kept.h"

/* This session is the console; it is a monitor after `terminal monitor`. */
static void
session_log(void *arg, unsigned to, const char *line)
{
	struct session *s = arg;

	if ((to >> LOGTO_CONSOLE & 1) == 0 && !s->monitor)
		return;
	if (s->io.log != NULL)
		s->io.log(s->io.arg, line);
	else
		out_raw(&s->out, line);
}

void
session_init(struct session *s, struct device *d, const struct session_io *io,
    bool privileged)
{
	memset(s, 0, sizeof(*s));
	s->device = d;
	s->io = *io;
	s->mode = privileged ? &mode_exec : &mode_user;
	s->pager = -1;
	out_init(&s->out, &io->sink);
	confctx_init(&s->ctx);
	s->screen_before = d->logger.screen;
	d->logger.screen.line = session_log;
	d->logger.screen.arg = s;
}

void
session_fini(struct session *s)
{
	size_t i;

	s->device->logger.screen = s->screen_before;
	for (i = 0; i < s->history.n; i++)
		free(s->history.v[i]);
	VEC_FREE(&s->history);
	out_fini(&s->out);
}

const struct mode *
session_mode(const struct session *s)
{
	return s->configuring ? s->ctx.mode : s->mode;
}

bool
session_interactive(const struct session *s)
{
	return s->io.ask != NULL;
}

unsigned
session_width(const struct session *s)
{
	return s->device->conf->sys.terminal_width;
}

unsigned
session_page(const struct session *s)
{
	if (s->io.sink.key == NULL)
		return 0;
	return s->pager >= 0 ? (unsigned)s->pager
			     : s->device->conf->sys.pager_lines;
}

/* `prompt hostname context ...`: the parts that have a value, with slashes. */
static void
prompt_words(const struct conf_sys *sys, struct strbuf *out)
{
	const char *host = sys->hostname != NULL ? sys->hostname : "ciscoasa";
	struct words ws;
	size_t start = out->length;
	unsigned i;

	lex_line(&ws, sys->prompt != NULL ? sys->prompt : "hostname context");
	for (i = 0; i < ws.n; i++) {
		const char *part = NULL;

		if (strcmp(ws.w[i].s, "hostname") == 0)
			part = host;
		else if (strcmp(ws.w[i].s, "domain") == 0)
			part = sys->domain_name;
		else if (strcmp(ws.w[i].s, "priority") == 0)
			part = "pri";
		else if (strcmp(ws.w[i].s, "state") == 0)
			part = "act";
		if (part == NULL)
			continue;
		if (out->length > start)
			sb_putc(out, '/');
		sb_puts(out, part);
	}
	if (out->length == start)
		sb_puts(out, host);
	lex_free(&ws);
}

void
session_prompt(const struct session *s, struct strbuf *out)
{
	prompt_words(&s->device->conf->sys, out);
	if (s->configuring)
		sb_printf(out, "(%s)# ", s->ctx.mode->prompt);
	else
		sb_puts(out, s->mode == &mode_user ? "> " : "# ");
}

/* ---- complaints ---- */

static const char *
level_word(unsigned level)
{
	return level == CERR_ERROR ? "ERROR"
	    : level == CERR_INFO   ? "INFO"
				   : "WARNING";
}

static void
complain(struct session *s, unsigned level, unsigned col, const char *text)
{
	char *line;

	if (level == CERR_ERROR)
		s->failed = true;
	if (s->io.complain != NULL) {
		s->io.complain(s->io.arg, level, s->offset + col + 1, text);
		return;
	}
	line = xasprintf("%s: %s\n", level_word(level), text);
	out_raw(&s->out, line);
	free(line);
}

void
session_say(void *session, unsigned level, const char *text)
{
	complain(session, level, 0, text);
}

void
session_error(struct session *s, const char *fmt, ...)
{
	struct strbuf sb;
	va_list ap;

	sb_init(&sb);
	va_start(ap, fmt);
	sb_vprintf(&sb, fmt, ap);
	va_end(ap);
	complain(s, CERR_ERROR, 0, sb_text(&sb));
	sb_free(&sb);
}

/* Columns that a piece of UTF-8 takes, as far as a caret needs to know. */
static unsigned
columns(const char *s, size_t length)
{
	unsigned n = 0;

	for (; length > 0 && *s != '\0'; s++, length--)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* An error with its place: a caret under the character, counted with the
 * prompt. */
static void
error_at(struct session *s, const char *line, unsigned col, const char *text)
{
	struct strbuf sb;

	if (s->io.complain == NULL) {
		sb_init(&sb);
		session_prompt(s, &sb);
		col = columns(sb_text(&sb), sb.length) + s->offset +
		    columns(line, col);
		sb_reset(&sb);
		sb_printf(&sb, "%*s^\n", (int)col, "");
		out_raw(&s->out, sb_text(&sb));
		sb_free(&sb);
	}
	complain(s, CERR_ERROR, col, text);
}

void
session_invalid(struct session *s, unsigned tok)
{
	error_at(s, s->ws->line, tok < s->ws->n ? s->ws->w[tok].col : 0,
	    "% Invalid input detected at '^' marker.");
}

/* The answer to a line that did not match. */
static void
refuse(struct session *s, const struct words *ws, const struct gram_hit *hit)
{
	char text[320];

	gram_error_text(hit, ws, text, sizeof(text));
	if (hit->status == GRAM_INVALID && hit->err.text[0] == '\0')
		error_at(s, ws->line, hit->col, text);
	else
		complain(s, CERR_ERROR,
		    hit->tok < ws->n ? ws->w[hit->tok].col : 0, text);
}

bool
session_ask(struct session *s, const char *question, enum ask_kind kind,
    char *answer, size_t size)
{
	answer[0] = '\0';
	if (s->io.ask == NULL)
		return true;
	return s->io.ask(s->io.arg, question, kind, answer, size);
}

bool
session_confirm(struct session *s, const char *question)
{
	char answer[16];

	return session_ask(s, question, ASK_CONFIRM, answer, sizeof(answer)) &&
	    (answer[0] == '\0' || answer[0] == 'y' || answer[0] == 'Y');
}

void
session_load_complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	struct load_say *l = arg;
	char *full =
	    xasprintf("%s:%u:%u: %s", l->file, line, MAX(col, 1u), text);

	complain(l->s, level, 0, full);
	free(full);
}

/* ---- running a line ---- */

void
session_commit(struct session *s)
{
	device_commit(s->device, session_say, s);
}

void
session_leave_config(struct session *s)
{
	s->configuring = false;
	confctx_init(&s->ctx);
}

void
session_end(struct session *s)
{
	if (s->configuring)
		session_leave_config(s);
}

static void
add_history(struct session *s, const char *line)
{
	if (s->history.n == SESSION_HISTORY) {
		free(s->history.v[0]);
		VEC_REMOVE(&s->history, 0);
	}
	*VEC_PUSH(&s->history) = xstrdup(line);
}

static void
run_exec(struct session *s, struct gram_hit *hit)
{
	session_commit(s);
	hit->row->exec(s, hit->row, hit->args, hit->negated);
}

/* Word index of the `|` that cuts off a filter, or 0. */
static unsigned
find_bar(const struct words *ws)
{
	unsigned i;

	for (i = 1; i < ws->n; i++) {
		if (ws->w[i].s[0] == '|' && !ws->w[i].quoted)
			return i;
	}
	return 0;
}

/* Starts the output as the words after `|` want it. */
static bool
begin_filter(struct session *s, const char *text, unsigned offset)
{
	const struct filter_args *args;
	enum filter_kind kind;
	struct gram_hit hit;
	struct words ws;
	char err[128];
	bool ok = false;

	lex_line(&ws, text);
	s->offset = offset;
	if (ws.n == 0) {
		complain(s, CERR_ERROR, 0, "% Incomplete command");
		goto out;
	}
	gram_match_mode(s->device->gram, &mode_filter, &ws, NULL, &hit);
	if (hit.status != GRAM_OK) {
		refuse(s, &ws, &hit);
		goto out;
	}
	args = hit.args;
	kind = *(const enum filter_kind *)hit.row->data;
	if (args->invert)
		kind = FILTER_EXCLUDE;
	ok = out_begin(&s->out, kind, args->pattern, err, sizeof(err));
	if (!ok)
		session_error(s, "%% Invalid regular expression: %s", err);
	gram_hit_fini(&hit);
out:
	s->offset = 0;
	lex_free(&ws);
	return ok;
}

static void
run_listing(struct session *s, const struct words *left, struct gram_hit *hit,
    const char *filter, unsigned at)
{
	s->ws = left;
	if (begin_filter(s, filter, at))
		run_exec(s, hit);
	out_end(&s->out);
	s->ws = NULL;
}

/* The command that the line is. False if the open block of a kept line decides,
 * conf_line() that is. */
static bool
find_command(struct session *s, const struct words *ws, struct gram_hit *hit)
{
	const struct conf *c = s->device->conf;
	struct tokenv env = conf_tokenv(c);

	if (s->configuring && kept_is_open(c, &s->ctx))
		return kept_find_command(c, s->device->gram, &s->ctx, ws, hit);
	gram_match(s->device->gram, session_mode(s), ws, &env, hit);
	return true;
}

/* A listing with a filter behind it. False if the line is not one; it may then
 * still be a line that has a `|` of its own. */
static bool
run_filtered(struct session *s, const struct words *ws)
{
	unsigned bar = find_bar(ws), at;
	struct gram_hit hit;
	struct words left;
	char *text;
	bool mine = false;

	if (bar == 0)
		return false;
	text = xstrndup(ws->line, ws->w[bar].col);
	lex_line(&left, text);
	if (find_command(s, &left, &hit)) {
		mine =
		    hit.status == GRAM_OK && (hit.row->flags & ROW_PAGED) != 0;
		at = ws->w[bar].col + 1;
		if (mine)
			run_listing(s, &left, &hit, ws->line + at, at);
		gram_hit_fini(&hit);
	}
	lex_free(&left);
	free(text);
	return mine;
}

static void
run_config(struct session *s, const struct words *ws)
{
	struct line_result result;

	s->ctx.say = session_say;
	s->ctx.say_arg = s;
	conf_line(s->device->conf, s->device->gram, &s->ctx, ws->line, &result);
	if (s->ctx.mode == &mode_exec)
		session_leave_config(s); /* exit or end */
	if (result.ok)
		return;
	if (result.caret)
		error_at(s, ws->line, result.col, result.text);
	else
		complain(s, CERR_ERROR, result.col, result.text);
}

/* Settings of the simulator belong to the configuration and are typed in
 * privileged EXEC as well. */
static bool
applies_here(const struct gram_hit *hit)
{
	return hit->status == GRAM_OK && hit->row->apply != NULL &&
	    hit->found_in == &mode_exec;
}

static void
run_plain(struct session *s, const struct words *ws)
{
	struct gram_hit hit;

	s->ws = ws;
	out_begin_plain(&s->out);
	if (!find_command(s, ws, &hit))
		run_config(s, ws);
	else {
		/* EXEC rows run here also in config modes, and not from within
		 * conf_line(): some of them replace the configuration. */
		if (hit.status == GRAM_OK && hit.row->exec != NULL &&
		    !s->ctx.raw)
			run_exec(s, &hit);
		else if (s->configuring || applies_here(&hit))
			run_config(s, ws);
		else
			refuse(s, ws, &hit);
		gram_hit_fini(&hit);
	}
	out_end(&s->out);
}

bool
session_line(struct session *s, const char *line)
{
	struct words ws;

	s->failed = false;
	s->out.page = session_page(s);
	s->out.width = session_width(s);
	lex_line(&ws, line);
	if (ws.line[strspn(ws.line, " \t")] != '\0')
		add_history(s, ws.line);
	if (ws.n > 0 && !run_filtered(s, &ws))
		run_plain(s, &ws);
	s->ws = NULL;
	lex_free(&ws);
	if (session_interactive(s))
		session_commit(s);
	return !s->failed;
}

/* SPDX-License-Identifier: ISC
 *
 * A file of configuration lines: as a device prints it, as somebody pasted it
 * out of a terminal, or typed by hand.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "conf_int.h"

struct load {
	void (*complain)(void *arg, unsigned level, unsigned line, unsigned col,
	    const char *text);
	void *arg;
	unsigned line;
	unsigned refused;
	unsigned
	    header;    /* refused line that may have opened a sub-mode, or 0 */
	size_t indent; /* its blanks */
};

static void
load_say(void *arg, unsigned level, const char *text)
{
	struct load *l = arg;

	if (l->complain != NULL)
		l->complain(l->arg, level, l->line, 0, text);
}

static bool
starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* "fw(config-if)# no shutdown": a prompt in front of what was typed. Such a
 * line is an echo of a session, not configuration. */
static bool
is_prompt(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) ||
	    (s[n] != '\0' && strchr("._-/", s[n]) != NULL))
		n++;
	if (n == 0 || n > 64)
		return false;
	if (s[n] == '(') {
		while (s[n] != '\0' && s[n] != ')')
			n++;
		if (s[n] == ')')
			n++;
	}
	return (s[n] == '#' || s[n] == '>') &&
	    (s[n + 1] == ' ' || s[n + 1] == '\0');
}

/* What stands in a file but is not configuration. */
static bool
is_leftover(const char *s)
{
	return starts(s, "Cryptochecksum:") || starts(s, "<--- More --->") ||
	    starts(s, "Building configuration") || starts(s, "[OK]") ||
	    is_prompt(s);
}

/* The pager overwrites its mark with blanks: CR, 14 blanks, CR. */
static char *
after_pager(char *s)
{
	static const char mark[] = "<--- More --->";
	char *p = s + strspn(s, " \r");

	if (!starts(p, mark))
		return s;
	for (p += sizeof(mark) - 1; *p == '\r' || *p == ' ' || *p == '\b'; p++)
		;
	/* What remains of the line; its indent went with the mark. */
	return p;
}

/* The lines of a sub-mode whose first line was refused would otherwise land in
 * whatever is open. */
static bool
is_orphan(struct load *l, const char *s)
{
	size_t indent = strspn(s, " \t");
	char text[80];

	if (s[indent] == '\0' || s[indent] == '!')
		return false;
	if (l->header == 0 || indent <= l->indent) {
		l->header = 0;
		return false;
	}
	l->refused++;
	snprintf(text, sizeof(text),
	    "passed over: it belongs to line %u, which was refused", l->header);
	if (l->complain != NULL)
		l->complain(
		    l->arg, CERR_ERROR, l->line, (unsigned)indent + 1, text);
	return true;
}

static void
load_line(struct conf *c, const struct gram *g, struct confctx *ctx,
    struct load *l, char *s)
{
	struct line_result r;

	s = after_pager(s);
	if (is_leftover(s) || is_orphan(l, s))
		return;
	conf_line(c, g, ctx, s, &r);
	if (!r.ok) {
		l->refused++;
		l->header = l->line;
		l->indent = strspn(s, " \t");
		if (l->complain != NULL)
			l->complain(
			    l->arg, CERR_ERROR, l->line, r.col + 1, r.text);
	}
	/* `exit` and `end` at the top mean nothing inside a file. */
	if (ctx->mode == &mode_exec || ctx->mode == &mode_user)
		ctx->mode = &mode_config;
}

unsigned
conf_load(struct conf *c, const struct gram *g, struct confctx *ctx, FILE *fp,
    void (*complain)(void *arg, unsigned level, unsigned line, unsigned col,
	const char *text),
    void *arg)
{
	struct load l = { .complain = complain, .arg = arg };
	void (*say)(void *, unsigned, const char *) = ctx->say;
	void *say_arg = ctx->say_arg;
	bool reading_file = ctx->reading_file;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	ctx->say = load_say;
	ctx->say_arg = &l;
	ctx->reading_file = true;
	while ((n = getline(&line, &size, fp)) >= 0) {
		l.line++;
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			line[--n] = '\0';
		load_line(c, g, ctx, &l, line);
	}
	free(line);
	ctx->say = say;
	ctx->say_arg = say_arg;
	ctx->reading_file = reading_file;
	kept_close_data(c, ctx);
	ctx->mode = &mode_config;
	ctx->kept = NULL;
	return l.refused;
}

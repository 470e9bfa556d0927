/* SPDX-License-Identifier: ISC
 *
 * `?` and TAB: the grammar's choices in the device's layout.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session.h"

/* The text before the cursor, and where its words are looked up. */
struct place {
	struct words ws;
	const struct mode *mode; /* innermost */
	bool filter;             /* behind a `|` */
	unsigned complete;       /* words that are finished */
	const char *partial;     /* word at the cursor, NULL: none yet */
	struct tokenv env;
};

static void
place_init(struct place *p, const struct session *s, const char *text)
{
	const char *bar = NULL;
	unsigned i;

	memset(p, 0, sizeof(*p));
	p->env = conf_tokenv(s->device->conf);
	p->mode = session_mode(s);
	lex_line(&p->ws, text);
	for (i = 1; i < p->ws.n && bar == NULL; i++) {
		if (p->ws.w[i].s[0] == '|' && !p->ws.w[i].quoted)
			bar = p->ws.line + p->ws.w[i].col;
	}
	if (bar != NULL) {
		char *rest = xstrdup(bar + 1);

		lex_free(&p->ws);
		lex_line(&p->ws, rest);
		free(rest);
		p->mode = &mode_filter;
		p->filter = true;
	}
	p->complete = p->ws.n;
	if (p->ws.n > 0 && !p->ws.blank_end)
		p->partial = p->ws.w[--p->complete].s;
}

static void
choices_of(const struct session *s, const struct place *p,
    const struct mode *mode, struct gram_choices *out)
{
	gram_choices(s->device->gram, mode, &p->ws, p->complete, p->partial,
	    &p->env, out);
}

static void
print_wrapped(struct out *o, const char *word, unsigned pad, const char *help,
    unsigned width)
{
	size_t room = width > pad + 24 ? width - pad - 4 : SIZE_MAX;

	if (help[0] == '\0') {
		out_printf(o, "  %s\n", word);
		return;
	}
	out_printf(o, "  %-*s  ", (int)pad, word);
	while (strlen(help) > room) {
		size_t n = room;

		while (n > 0 && help[n] != ' ')
			n--;
		if (n == 0)
			n = room;
		out_printf(o, "%.*s\n%*s", (int)n, help, (int)pad + 4, "");
		for (help += n; *help == ' '; help++)
			;
	}
	out_printf(o, "%s\n", help);
}

static void
print_list(struct session *s, const struct gram_choices *c)
{
	unsigned pad = 0;
	size_t i;

	for (i = 0; i < c->list.n; i++) {
		size_t n = strlen(c->list.v[i].word);

		if (strcmp(c->list.v[i].word, "<cr>") != 0)
			pad = MAX(pad, (unsigned)n);
	}
	for (i = 0; i < c->list.n; i++)
		print_wrapped(&s->out, c->list.v[i].word, pad,
		    c->list.v[i].help, session_width(s));
}

/* Words that begin with what was typed, side by side. */
static void
print_columns(struct session *s, const struct gram_choices *c)
{
	unsigned width = session_width(s) != 0 ? session_width(s) : 511;
	unsigned pad = 0, at = 0;
	size_t i, last = 0;

	for (i = 0; i < c->list.n; i++) {
		if (c->list.v[i].keyword) {
			size_t n = strlen(c->list.v[i].word);

			pad = MAX(pad, (unsigned)n);
			last = i;
		}
	}
	for (i = 0; i <= last; i++) {
		if (!c->list.v[i].keyword)
			continue;
		if (at > 0 && at + pad + 2 > width) {
			out_puts(&s->out, "\n");
			at = 0;
		}
		at += pad + 2;
		if (i == last || at + pad + 2 > width)
			out_printf(&s->out, "  %s", c->list.v[i].word);
		else
			out_printf(
			    &s->out, "  %-*s", (int)pad, c->list.v[i].word);
	}
	out_puts(&s->out, "\n");
}

static bool
any_keyword(const struct gram_choices *c)
{
	size_t i;

	for (i = 0; i < c->list.n; i++) {
		if (c->list.v[i].keyword)
			return true;
	}
	return false;
}

/* A listing may be followed by a `|`: it stands before <cr>. */
/* LINE takes all that follows: the grammar has no more choices behind its first
 * word, but the line is complete. */
static void
add_cr(const struct session *s, const struct place *p, const struct mode *mode,
    struct gram_choices *c)
{
	struct gram_choice *choice;
	struct gram_hit hit;

	if (p->partial != NULL || p->complete == 0 || c->list.n > 0)
		return;
	gram_match_mode(s->device->gram, mode, &p->ws, &p->env, &hit);
	if (hit.status == GRAM_OK) {
		choice = VEC_PUSH(&c->list);
		choice->word = xstrdup("<cr>");
		choice->help = xstrdup("");
	}
	gram_hit_fini(&hit);
}

static void
add_bar(const struct session *s, const struct place *p, const struct mode *mode,
    struct gram_choices *c)
{
	struct gram_choice *choice;
	struct gram_hit hit;

	if (p->partial != NULL || p->filter || p->complete == 0)
		return;
	gram_match_mode(s->device->gram, mode, &p->ws, &p->env, &hit);
	if (hit.status == GRAM_OK && (hit.row->flags & ROW_PAGED) != 0) {
		size_t at = c->list.n;

		if (at > 0 && strcmp(c->list.v[at - 1].word, "<cr>") == 0)
			at--;
		choice = VEC_INSERT(&c->list, at);
		choice->word = xstrdup("|");
		choice->help = xstrdup("Output modifiers");
		choice->keyword = false;
	}
	gram_hit_fini(&hit);
}

void
session_help(struct session *s, const char *text)
{
	const struct mode *mode;
	struct place p;
	bool found = false;

	s->out.page = session_page(s);
	s->out.width = session_width(s);
	out_begin_plain(&s->out);
	place_init(&p, s, text);
	for (mode = p.mode; mode != NULL; mode = mode->parent) {
		struct gram_choices c;

		choices_of(s, &p, mode, &c);
		add_cr(s, &p, mode, &c);
		add_bar(s, &p, mode, &c);
		if (c.list.n > 0) {
			out_printf(&s->out, "\n%s mode commands/options:\n",
			    mode->label);
			if (p.partial != NULL && any_keyword(&c))
				print_columns(s, &c);
			else
				print_list(s, &c);
			found = true;
		}
		gram_choices_fini(&c);
		/* Privileged EXEC has all that user EXEC has. */
		if (mode == &mode_exec)
			break;
	}
	if (!found)
		out_puts(&s->out, "ERROR: % Unrecognized command\n");
	lex_free(&p.ws);
	out_end(&s->out);
}

bool
session_complete(struct session *s, const char *text, struct strbuf *rest)
{
	const struct mode *mode;
	char *only = NULL;
	struct place p;
	bool unique = true;
	size_t i, typed;

	place_init(&p, s, text);
	if (p.partial == NULL) {
		lex_free(&p.ws);
		return false;
	}
	typed = strlen(p.partial);
	for (mode = p.mode; mode != NULL; mode = mode->parent) {
		struct gram_choices c;

		choices_of(s, &p, mode, &c);
		for (i = 0; i < c.list.n; i++) {
			if (!c.list.v[i].keyword)
				continue;
			if (only == NULL)
				only = xstrdup(c.list.v[i].word);
			else if (strcmp(only, c.list.v[i].word) != 0)
				unique = false;
		}
		gram_choices_fini(&c);
	}
	unique = unique && only != NULL;
	if (unique)
		sb_printf(rest, "%s ", only + typed);
	free(only);
	lex_free(&p.ws);
	return unique;
}

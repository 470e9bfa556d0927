/* SPDX-License-Identifier: ISC */
#include "lex.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Copies one word from *src to *dst, both moved past it. */
static void
copy_word(struct words *ws, struct word *w, const char **src, char **dst)
{
	const char *s = *src;
	char *d = *dst;

	if (*s == '(' && strchr(s, ')') != NULL) {
		do {
			if (!is_blank(*s))
				*d++ = *s;
		} while (*s++ != ')');
	}
	for (; *s != '\0' && !is_blank(*s); s++) {
		if (*s != '"') {
			*d++ = *s;
			continue;
		}
		w->quoted = true;
		for (s++; *s != '\0' && *s != '"'; s++)
			*d++ = *s;
		if (*s == '\0') {
			ws->open_quote = true;
			break;
		}
	}
	*d++ = '\0';
	*src = s;
	*dst = d;
}

void
lex_line(struct words *ws, const char *line)
{
	size_t length = strlen(line);
	const char *s;
	char *d;

	while (length > 0 &&
	    (line[length - 1] == '\n' || line[length - 1] == '\r'))
		length--;
	memset(ws, 0, offsetof(struct words, w));
	ws->line = xstrndup(line, length);
	/* Other control characters would come back out of the running config
	 * as something else than was read. */
	for (d = ws->line; *d != '\0'; d++) {
		if (((unsigned char)*d < ' ' && *d != '\t') || *d == 0x7f)
			*d = ' ';
	}
	ws->buf = d = xmalloc(length + LEX_WORDS_MAX + 1);
	ws->indented = is_blank(ws->line[0]);
	s = ws->line;
	while (is_blank(*s))
		s++;
	if (*s == '!' || *s == ':') {
		ws->comment = true;
		return;
	}
	while (*s != '\0') {
		struct word *w;

		if (ws->n == LEX_WORDS_MAX) {
			ws->too_many = true;
			break;
		}
		w = &ws->w[ws->n++];
		memset(w, 0, sizeof(*w));
		w->s = d;
		w->col = (unsigned)(s - ws->line);
		copy_word(ws, w, &s, &d);
		w->end = (unsigned)(s - ws->line);
		ws->blank_end = is_blank(*s);
		while (is_blank(*s))
			s++;
	}
}

void
lex_free(struct words *ws)
{
	free(ws->line);
	free(ws->buf);
	ws->line = ws->buf = NULL;
	ws->n = 0;
}

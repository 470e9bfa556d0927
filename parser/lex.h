/* SPDX-License-Identifier: ISC
 *
 * A command line cut into words.
 *
 * Blanks and tabs separate; double quotes join and are taken off; a word that
 * opens with '(' runs to the matching ')' with blanks inside removed, so
 * "(inside, outside)" is one word. A line whose first character is '!' or ':'
 * is a comment and has no words.
 */
#ifndef ASASIM_LEX_H
#define ASASIM_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum { LEX_WORDS_MAX = 256 };

struct word {
	const char *s; /* text, terminated, in words.buf */
	unsigned col;  /* offset of its first character in the line */
	unsigned end;  /* offset after its last character */
	bool quoted;
};

struct words {
	char *line; /* the line as typed, without its line end */
	char *buf;
	unsigned n;
	bool indented; /* the line starts with a blank */
	bool comment;
	bool blank_end;  /* a blank follows the last word: `?` asks for the next
			  */
	bool open_quote; /* a quote was not closed */
	bool too_many;   /* more than LEX_WORDS_MAX words */
	struct word w[LEX_WORDS_MAX];
};

void lex_line(struct words *ws, const char *line);
void lex_free(struct words *ws);

#endif

/* SPDX-License-Identifier: ISC */
#include "regex_syntax.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NESTING_MAX = 32, REPEAT_MAX = 65535 };

static bool
is_octal(unsigned c)
{
	return c >= '0' && c <= '7';
}

static int
hex_value(unsigned c)
{
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	if (c >= 'a' && c <= 'f')
		return (int)c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return (int)c - 'A' + 10;
	return -1;
}

/* After a backslash at *p: the byte meant. Steps over it. */
static bool
escaped(const char **p, unsigned *byte)
{
	const unsigned char *s = (const unsigned char *)*p;
	static const char from[] = "rntf", to[] = "\r\n\t\f";
	const char *known;

	if (s[0] == '\0')
		return false;
	if (s[0] == 'x' && hex_value(s[1]) >= 0 && hex_value(s[2]) >= 0) {
		*byte = (unsigned)(hex_value(s[1]) * 16 + hex_value(s[2]));
		*p += 3;
	} else if (is_octal(s[0]) && is_octal(s[1]) && is_octal(s[2])) {
		*byte =
		    ((s[0] - '0') * 64u + (s[1] - '0') * 8u + (s[2] - '0')) &
		    0xff;
		*p += 3;
	} else {
		known = strchr(from, s[0]);
		*byte = known != NULL ? (unsigned char)to[known - from] : s[0];
		*p += 1;
	}
	return true;
}

/* \xHH is the same to PCRE2 inside and outside a class. */
static void
put_byte(struct strbuf *out, unsigned byte)
{
	bool plain = (byte >= '0' && byte <= '9') ||
	    (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');

	if (plain)
		sb_putc(out, (char)byte);
	else
		sb_printf(out, "\\x%02x", byte & 0xff);
}

static int
translate_class(const char **p, struct strbuf *out, struct cerr *e)
{
	const char *s = *p; /* after [ */
	unsigned byte, low = 0;
	bool first = true, range = false;

	sb_putc(out, '[');
	if (*s == '^') {
		sb_putc(out, '^');
		s++;
	}
	for (; *s != '\0' && (*s != ']' || first); first = false) {
		if (*s == '\\') {
			s++;
			if (!escaped(&s, &byte))
				break;
		} else if (*s == '-' && !first && s[1] != ']') {
			sb_putc(out, '-'); /* a range, not a literal */
			s++;
			range = true;
			continue;
		} else {
			byte = (unsigned char)*s++;
		}
		if (range && byte < low) {
			cerr_set(e, -1, "reversed range in regular expression");
			return -EINVAL;
		}
		range = false;
		low = byte;
		put_byte(out, byte);
	}
	if (*s != ']') {
		cerr_set(e, -1, "missing ] in regular expression");
		return -EINVAL;
	}
	sb_putc(out, ']');
	*p = s + 1;
	return 0;
}

/* {x} or {x,}: at least x. Returns the length, 0 if it is none. */
static size_t
minimum_repeat(const char *s, unsigned *x)
{
	size_t i = 1;

	*x = 0;
	while (s[i] >= '0' && s[i] <= '9' && i < 6)
		*x = *x * 10 + (unsigned)(s[i++] - '0');
	if (i == 1)
		return 0;
	if (s[i] == ',')
		i++;
	return s[i] == '}' ? i + 1 : 0;
}

/* A translation in progress. */
struct translation {
	const char *s; /* what is left of the expression */
	struct strbuf *out;
	struct cerr *e;
	size_t open[NESTING_MAX], depth; /* where groups began */
	size_t atom;                     /* where what may be repeated began */
	bool have_atom, repeated;
};

static int
wrong(struct translation *t, const char *what)
{
	cerr_set(t->e, -1, "%s in regular expression", what);
	return -EINVAL;
}

/* A second quantifier would make the first lazy or possessive in PCRE2: the
 * device knows neither, so what is quantified becomes a group. */
static void
wrap(struct translation *t)
{
	char *rest = xstrdup(sb_text(t->out) + t->atom);

	t->out->length = t->atom;
	sb_puts(t->out, "(?:");
	sb_puts(t->out, rest);
	sb_putc(t->out, ')');
	free(rest);
}

/* ? * + or, of that length, {x} {x,} */
static int
quantifier(struct translation *t, size_t length, unsigned x)
{
	if (!t->have_atom)
		return wrong(t, "nothing to repeat");
	if (x > REPEAT_MAX)
		return wrong(t, "too many repeats");
	if (t->repeated)
		wrap(t);
	if (length != 0)
		sb_printf(t->out, "{%u,}", x);
	else
		sb_putc(t->out, *t->s);
	t->s += length != 0 ? length : 1;
	t->repeated = true;
	return 0;
}

static int
group_open(struct translation *t)
{
	if (t->depth == NESTING_MAX)
		return wrong(t, "too many parentheses");
	t->open[t->depth++] = t->out->length;
	sb_puts(t->out, "(?:");
	t->have_atom = false;
	return 0;
}

static int
group_close(struct translation *t)
{
	if (t->depth == 0)
		return wrong(t, "unmatched )");
	sb_putc(t->out, ')');
	t->atom = t->open[--t->depth];
	t->have_atom = true;
	return 0;
}

/* Anything else: one step of the expression. */
static int
element(struct translation *t)
{
	char c = *t->s++;
	unsigned byte;

	t->repeated = false;
	switch (c) {
	case '(':
		return group_open(t);
	case ')':
		return group_close(t);
	case '|':
		sb_putc(t->out, c);
		t->have_atom = false;
		return 0;
	case '^':
		sb_puts(t->out, "(?<![^\\r\\n])");
		t->have_atom = false;
		return 0;
	}
	t->atom = t->out->length;
	t->have_atom = true;
	switch (c) {
	case '.':
		sb_putc(t->out, c);
		return 0;
	case '[':
		return translate_class(&t->s, t->out, t->e);
	case '\\':
		if (!escaped(&t->s, &byte))
			return wrong(t, "nothing after \\");
		put_byte(t->out, byte);
		return 0;
	default:
		put_byte(t->out, (unsigned char)c);
		return 0;
	}
}

int
regex_translate(const char *expression, struct strbuf *out, struct cerr *e)
{
	struct translation t = { .s = expression, .out = out, .e = e };
	unsigned x = 0;
	size_t length;
	int err = 0;

	while (err == 0 && *t.s != '\0') {
		length = *t.s == '{' ? minimum_repeat(t.s, &x) : 0;
		if (length != 0 || strchr("?*+", *t.s) != NULL)
			err = quantifier(&t, length, x);
		else
			err = element(&t);
	}
	if (err == 0 && t.depth != 0)
		err = wrong(&t, "missing )");
	return err;
}

int
regex_check(const char *expression, struct cerr *e)
{
	struct strbuf sb;
	int err;

	sb_init(&sb);
	err = regex_translate(expression, &sb, e);
	sb_free(&sb);
	return err;
}

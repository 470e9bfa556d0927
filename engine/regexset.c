/* SPDX-License-Identifier: ISC */
#include "regexset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "insp_esmtp.h"

/* What one match may cost; a few times what honest expressions need on a line
 * of a thousand bytes. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KB = 256 };
enum { JIT_STACK_MAX = 256 * 1024, NESTING_MAX = 32 };

struct regexset {
	size_t n;
	pcre2_code **codes;
	pcre2_match_context *context;
	pcre2_match_data *data; /* scratch, made once */
	pcre2_jit_stack *stack;
};

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
	unsigned byte;
	bool first = true;

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
			continue;
		} else {
			byte = (unsigned char)*s++;
		}
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

static pcre2_code *
compile(const char *expression, struct cerr *e)
{
	PCRE2_UCHAR message[128];
	struct strbuf sb;
	pcre2_code *code = NULL;
	PCRE2_SIZE at;
	int number;

	sb_init(&sb);
	if (regex_translate(expression, &sb, e) == 0) {
		code = pcre2_compile((PCRE2_SPTR)sb_text(&sb), sb.length,
		    PCRE2_DOTALL | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP, &number,
		    &at, NULL);
		if (code == NULL) {
			pcre2_get_error_message(
			    number, message, sizeof(message));
			cerr_set(e, -1, "%s", (const char *)message);
		} else {
			/* Without JIT the interpreter does the same. */
			(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
		}
	}
	sb_free(&sb);
	return code;
}

struct regexset *
regexset_new(const char *const *expressions, size_t n, struct cerr *e)
{
	struct regexset *r = xcalloc(1, sizeof(*r));

	r->codes = xcalloc(n, sizeof(*r->codes));
	for (; r->n < n; r->n++) {
		r->codes[r->n] = compile(expressions[r->n], e);
		if (r->codes[r->n] == NULL) {
			regexset_free(r);
			return NULL;
		}
	}
	r->context = pcre2_match_context_create(NULL);
	r->data = pcre2_match_data_create(1, NULL);
	r->stack = pcre2_jit_stack_create(16 * 1024, JIT_STACK_MAX, NULL);
	if (r->context == NULL || r->data == NULL) {
		cerr_set(e, -1, "out of memory");
		regexset_free(r);
		return NULL;
	}
	pcre2_set_match_limit(r->context, MATCH_LIMIT);
	pcre2_set_depth_limit(r->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(r->context, HEAP_LIMIT_KB);
	if (r->stack != NULL)
		pcre2_jit_stack_assign(r->context, NULL, r->stack);
	return r;
}

void
regexset_free(struct regexset *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		pcre2_code_free(r->codes[i]);
	free(r->codes);
	pcre2_match_context_free(r->context);
	pcre2_match_data_free(r->data);
	pcre2_jit_stack_free(r->stack);
	free(r);
}

bool
regexset_match(const void *regexset, const char *bytes, size_t length)
{
	const struct regexset *r = regexset;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (pcre2_match(r->codes[i], (PCRE2_SPTR)bytes, length, 0, 0,
			r->data, r->context) >= 0)
			return true;
	return false;
}

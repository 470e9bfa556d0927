/* SPDX-License-Identifier: ISC */
#include "util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
die_nomem(void)
{
	fputs("asasim: out of memory\n", stderr);
	abort();
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (p == NULL)
		die_nomem();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		die_nomem();
	return p;
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	void *q = reallocarray(p, n ? n : 1, size ? size : 1);

	if (q == NULL)
		die_nomem();
	return q;
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t length)
{
	char *p = strndup(s, length);

	if (p == NULL)
		die_nomem();
	return p;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s = NULL;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0 || s == NULL)
		die_nomem();
	return s;
}

void
str_set(char **dst, const char *src)
{
	char *copy = src != NULL ? xstrdup(src) : NULL;

	free(*dst);
	*dst = copy;
}

void
cerr_set(struct cerr *e, int tok, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return;
	e->tok = tok;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
}

void
sb_init(struct strbuf *sb)
{
	memset(sb, 0, sizeof(*sb));
}

void
sb_free(struct strbuf *sb)
{
	free(sb->s);
	sb_init(sb);
}

void
sb_reset(struct strbuf *sb)
{
	sb->length = 0;
	if (sb->s != NULL)
		sb->s[0] = '\0';
}

void
sb_write(struct strbuf *sb, const char *s, size_t length)
{
	size_t need = sb->length + length + 1;

	if (need > sb->size) {
		size_t size = sb->size ? sb->size * 2 : 128;

		while (size < need)
			size *= 2;
		sb->s = xreallocarray(sb->s, size, 1);
		sb->size = size;
	}
	memcpy(sb->s + sb->length, s, length);
	sb->length += length;
	sb->s[sb->length] = '\0';
}

void
sb_putc(struct strbuf *sb, char c)
{
	sb_write(sb, &c, 1);
}

void
sb_puts(struct strbuf *sb, const char *s)
{
	sb_write(sb, s, strlen(s));
}

void
sb_vprintf(struct strbuf *sb, const char *fmt, va_list ap)
{
	char *s = NULL;
	int n = vasprintf(&s, fmt, ap);

	if (n < 0 || s == NULL)
		die_nomem();
	sb_write(sb, s, (size_t)n);
	free(s);
}

void
sb_printf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	sb_vprintf(sb, fmt, ap);
	va_end(ap);
}

const char *
sb_text(const struct strbuf *sb)
{
	return sb->s != NULL ? sb->s : "";
}

void
vec_grow(void **v, size_t *n, size_t *cap, size_t elem_size)
{
	vec_insert(v, n, cap, elem_size, *n);
}

void
vec_insert(void **v, size_t *n, size_t *cap, size_t elem_size, size_t i)
{
	char *base;

	if (*n == *cap) {
		*cap = *cap ? *cap * 2 : 8;
		*v = xreallocarray(*v, *cap, elem_size);
	}
	base = *v;
	memmove(base + (i + 1) * elem_size, base + i * elem_size,
	    (*n - i) * elem_size);
	memset(base + i * elem_size, 0, elem_size);
	(*n)++;
}

void
vec_remove(void *v, size_t *n, size_t elem_size, size_t i)
{
	char *base = v;

	memmove(base + i * elem_size, base + (i + 1) * elem_size,
	    (*n - i - 1) * elem_size);
	(*n)--;
}

void
vec_free(void **v, size_t *n, size_t *cap)
{
	free(*v);
	*v = NULL;
	*n = *cap = 0;
}

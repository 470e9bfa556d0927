/* SPDX-License-Identifier: ISC
 *
 * Small things that every layer needs.
 *
 * xmalloc() and friends serve the control path only: they abort when memory is
 * gone, so their callers need no error branch. The data path takes memory from
 * pools that were sized at start and never calls them.
 */
#ifndef ASASIM_UTIL_H
#define ASASIM_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)    ((a) < (b) ? (a) : (b))
#define MAX(a, b)    ((a) > (b) ? (a) : (b))

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define MUST_CHECK        __attribute__((warn_unused_result))
#define UNUSED            __attribute__((unused))

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t length);
char *xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* Replaces *dst by a copy of src (NULL allowed), freeing what was there. */
void str_set(char **dst, const char *src);

/* A user's mistake: the answer that goes on the screen. tok is the index of the
 * offending word, or -1 when the line as a whole is meant. An empty text after
 * a failed call means "Invalid input detected at '^' marker". */
struct cerr {
	char text[256];
	int tok;
	unsigned level; /* CERR_ERROR, CERR_WARNING, CERR_INFO */
};

enum { CERR_ERROR, CERR_WARNING, CERR_INFO };

void cerr_set(struct cerr *e, int tok, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* A growing byte string for building text. sb_text() is always terminated. */
struct strbuf {
	char *s;
	size_t length;
	size_t size;
};

void sb_init(struct strbuf *sb);
void sb_free(struct strbuf *sb);
void sb_reset(struct strbuf *sb);
void sb_putc(struct strbuf *sb, char c);
void sb_puts(struct strbuf *sb, const char *s);
void sb_write(struct strbuf *sb, const char *s, size_t length);
void sb_printf(struct strbuf *sb, const char *fmt, ...) PRINTF_LIKE(2, 3);
void sb_vprintf(struct strbuf *sb, const char *fmt, va_list ap)
    PRINTF_LIKE(2, 0);
const char *sb_text(const struct strbuf *sb);

/* A growing array of T. VEC_PUSH() evaluates to a pointer to the new, zeroed
 * element. The array owns its elements' storage, not what they point to. */
#define VEC(T)                                                                 \
	struct {                                                               \
		T *v;                                                          \
		size_t n;                                                      \
		size_t cap;                                                    \
	}
#define VEC_PUSH(vec)                                                          \
	(vec_grow(                                                             \
	     (void **)&(vec)->v, &(vec)->n, &(vec)->cap, sizeof(*(vec)->v)),   \
	    &(vec)->v[(vec)->n - 1])
#define VEC_INSERT(vec, i)                                                     \
	(vec_insert((void **)&(vec)->v, &(vec)->n, &(vec)->cap,                \
	     sizeof(*(vec)->v), (i)),                                          \
	    &(vec)->v[(i)])
#define VEC_REMOVE(vec, i)                                                     \
	vec_remove((vec)->v, &(vec)->n, sizeof(*(vec)->v), (i))
#define VEC_FREE(vec) vec_free((void **)&(vec)->v, &(vec)->n, &(vec)->cap)

void vec_grow(void **v, size_t *n, size_t *cap, size_t elem_size);
void vec_insert(void **v, size_t *n, size_t *cap, size_t elem_size, size_t i);
void vec_remove(void *v, size_t *n, size_t elem_size, size_t i);
void vec_free(void **v, size_t *n, size_t *cap);

#endif

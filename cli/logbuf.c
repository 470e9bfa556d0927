/* SPDX-License-Identifier: ISC */
#include "logbuf.h"

#include <stdlib.h>
#include <string.h>

void
logbuf_init(struct logbuf *b, size_t size)
{
	memset(b, 0, sizeof(*b));
	b->size = size;
}

void
logbuf_clear(struct logbuf *b)
{
	size_t i;

	for (i = b->first; i < b->lines.n; i++)
		free(b->lines.v[i]);
	VEC_FREE(&b->lines);
	b->first = 0;
	b->bytes = 0;
}

void
logbuf_fini(struct logbuf *b)
{
	logbuf_clear(b);
}

/* Drops the oldest lines until so many bytes fit. The array moves only when
 * half of it is gone, so that a busy log stays linear. */
static void
make_room(struct logbuf *b, size_t want)
{
	while (b->first < b->lines.n && b->bytes + want > b->size) {
		b->bytes -= strlen(b->lines.v[b->first]) + 1;
		free(b->lines.v[b->first++]);
	}
	if (b->first * 2 <= b->lines.n)
		return;
	memmove(b->lines.v, b->lines.v + b->first,
	    (b->lines.n - b->first) * sizeof(*b->lines.v));
	b->lines.n -= b->first;
	b->first = 0;
}

void
logbuf_resize(struct logbuf *b, size_t size)
{
	b->size = size;
	make_room(b, 0);
}

void
logbuf_add(struct logbuf *b, const char *line)
{
	size_t want = strlen(line) + 1;

	make_room(b, want);
	if (want > b->size)
		return;
	b->bytes += want;
	*VEC_PUSH(&b->lines) = xstrdup(line);
}

size_t
logbuf_count(const struct logbuf *b)
{
	return b->lines.n - b->first;
}

const char *
logbuf_line(const struct logbuf *b, size_t i)
{
	return b->lines.v[b->first + i];
}

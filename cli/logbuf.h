/* SPDX-License-Identifier: ISC
 *
 * The buffer of `logging buffered`: system messages as lines, oldest first.
 *
 * Bounded in bytes as on the device (`logging buffer-size`): the oldest lines
 * make room. A line longer than the buffer is not kept.
 */
#ifndef ASASIM_LOGBUF_H
#define ASASIM_LOGBUF_H

#include "util.h"

struct logbuf {
	VEC(char *) lines; /* those before first are gone */
	size_t first;
	size_t bytes;
	size_t size; /* bytes that may be kept */
};

void logbuf_init(struct logbuf *b, size_t size);
void logbuf_fini(struct logbuf *b);
void logbuf_clear(struct logbuf *b);
/* A smaller buffer drops the oldest lines at once. */
void logbuf_resize(struct logbuf *b, size_t size);
void logbuf_add(struct logbuf *b, const char *line);
size_t logbuf_count(const struct logbuf *b);
const char *logbuf_line(const struct logbuf *b, size_t i);

#endif

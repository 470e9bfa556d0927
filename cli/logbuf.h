/* SPDX-License-Identifier: ISC
 *
 * The buffer of `logging buffered`: system messages as lines, oldest first.
 *
 * Bounded in bytes as on the device (`logging buffer-size`): the oldest lines
 * make room. A message is formatted when it arrives, with the settings of that
 * moment.
 */
#ifndef ASASIM_LOGBUF_H
#define ASASIM_LOGBUF_H

#include <stdbool.h>
#include <stdint.h>

#include "evlog.h"
#include "util.h"

struct logbuf {
	VEC(char *) lines;
	size_t bytes;
	size_t size;     /* bytes that may be kept */
	uint64_t logged; /* messages since the start */
	bool timestamp;
	bool pix; /* %PIX- instead of %ASA- */
};

void logbuf_init(struct logbuf *b);
void logbuf_fini(struct logbuf *b);
void logbuf_clear(struct logbuf *b);
/* A sink for engine_set_log(); arg is the struct logbuf. */
void logbuf_sink(void *arg, const struct evlog_record *r);

/* "Nov 24 2026 10:00:00", UTC. */
const char *log_stamp(uint64_t ts, char *buf, size_t size);

#endif

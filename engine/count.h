/* SPDX-License-Identifier: ISC
 *
 * Counters by id.
 *
 * The control side asks count_id() for an id by a stable name ("class + match
 * line", an ACE); the same name gives the same id for ever, so a counter
 * survives a recompiled policy. The packet side only does count_add(): an array
 * store, no lock. `clear` records a baseline that count_read() subtracts and
 * never writes the packet side's memory.
 *
 * Single-threaded today: replay runs in the calling thread. With a packet
 * thread the table grows only while that thread is quiescent.
 */
#ifndef ASASIM_COUNT_H
#define ASASIM_COUNT_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t count_t; /* an id; 0 is a counter nobody reads */

struct counts {
	uint64_t *v;        /* [W] written by the packet side */
	uint64_t *baseline; /* [C] value at the last clear */
	size_t n;
	size_t size;
	struct count_name *names; /* [C] hash: name -> id */
};

void count_init(struct counts *c);
void count_fini(struct counts *c);
count_t count_id(struct counts *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
uint64_t count_read(const struct counts *c, count_t id);
void count_clear(struct counts *c, count_t id);
/* Clears every counter whose name starts with prefix. */
void count_clear_prefix(struct counts *c, const char *prefix);

static inline void
count_add(struct counts *c, count_t id, uint64_t n)
{
	c->v[id] += n;
}

#endif

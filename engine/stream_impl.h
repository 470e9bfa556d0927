/* SPDX-License-Identifier: ISC
 *
 * What a stream is made of: for stream.c and stream_pool.c only.
 */
#ifndef ASASIM_STREAM_IMPL_H
#define ASASIM_STREAM_IMPL_H

#include <stddef.h>

#include "stream.h"

struct range {
	uint32_t from, to;
};

/* One direction. */
struct half {
	bool started;
	bool fin;   /* its FIN has been judged: the store's end is final */
	bool loose; /* see loose_to */
	struct bytestore store;
	uint32_t judged;
	uint32_t acked;    /* highest acknowledgement of the other side */
	uint32_t loose_to; /* up to here a snap length hid bytes */
	struct pkt *held, **held_tail;
	struct pkt *ooo; /* in order of sequence */
	unsigned n_held, n_ooo;
	struct range dropped[STREAM_DROPPED_MAX]; /* in order of sequence */
	unsigned n_dropped;
};

struct stream {
	struct stream *next_free;
	struct stream_pool *pool;
	const struct insp_instance *instance;
	bool bypass;         /* never inspected again */
	bool closed;         /* by an inspector: nothing passes */
	struct half half[2]; /* by enum dir */
	_Alignas(max_align_t) unsigned char state[];
};

#endif

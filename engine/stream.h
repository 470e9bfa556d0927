/* SPDX-License-Identifier: ISC
 *
 * In-order delivery of a TCP connection to an inspector.
 *
 * The stream keeps, for each direction, the bytes that are not yet judged and
 * those judged but not yet acknowledged. Whatever leaves the firewall is taken
 * from there: the first copy of a byte that arrived is the one that was judged
 * and the one that is sent, whatever a retransmission or an overlapping
 * segment says. A packet leaves once its last byte is judged.
 *
 * Bounds: STREAM_OOO_MAX packets out of order for each direction (the device's
 * default for inspected flows), INSPECT_HOLD_MAX unjudged bytes in order, held
 * packets and retained bytes from fixed pools. What exceeds a bound is dropped
 * and named.
 *
 * In a replay the ends do not react: when an acknowledgement proves that bytes
 * reached the peer that the capture does not show (capture loss), the stream
 * tells the inspector of the gap and goes on.
 */
#ifndef ASASIM_STREAM_H
#define ASASIM_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "inspect.h"
#include "pkt.h"

enum { STREAM_OOO_MAX = 3 };

struct stream;

/* Pools that all streams of a packet thread share. */
struct stream_pool {
	struct pktpool *packets;
	struct stream *free;
	void *chunks; /* free list of byte chunks */
	uint32_t n_streams, streams_in_use;
	uint32_t n_chunks, chunks_in_use;
	void *slab[2];
};

int stream_pool_init(struct stream_pool *pool, struct pktpool *packets,
    uint32_t n_streams, uint32_t n_chunks, size_t max_state_size);
void stream_pool_fini(struct stream_pool *pool);

/* NULL: pool empty. The inspector's init() is called. */
struct stream *stream_get(
    struct stream_pool *pool, const struct insp_instance *instance);
/* Held packets go back to the packet pool. NULL allowed. Counts how many
 * packets it still held in *held, if not NULL. */
void stream_put(struct stream_pool *pool, struct stream *s, unsigned *held);

/* The first byte's sequence number in a direction (ISN + 1), from its SYN. */
void stream_start(struct stream *s, enum dir dir, uint32_t seq);

struct stream_out {
	struct pkt *forward;       /* list by ->next, in order of sequence */
	struct pkt *drop;          /* list; each has its reason */
	enum insp_verdict verdict; /* INSP_PASS, or what becomes of the conn */
	uint64_t gap;              /* bytes skipped by this call */
	uint32_t segments;         /* segments given to the inspector */
	uint32_t inspect_drops;    /* packets the inspector discarded */
};

/* Takes a segment of this connection, with or without payload, and ownership
 * of it: afterwards it is in out->forward, in out->drop or held. Payload bytes
 * of forwarded packets are the judged ones, transport checksums are right
 * again (per p->csum). Counts instance->counters itself: packet for each
 * segment with payload that reaches the inspector, drop for those it
 * discards, reset_drop for those that INSP_RESET discards; hits of a match
 * action (INSP_DROP_CONN, INSP_RESET) are not added to drop (DECISIONS: they
 * are counted under their match only). After INSP_DROP_CONN/INSP_RESET, all
 * held packets are in out->drop. */
void stream_input(struct stream *s, struct pkt *p, enum dir dir,
    struct insp_ctx *ctx, struct stream_out *out);

/* For tests and `show`: bytes and packets now held in a direction. */
void stream_usage(
    const struct stream *s, enum dir dir, uint32_t *bytes, uint32_t *packets);

#endif

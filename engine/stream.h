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
 * tells the inspector of the gap and goes on. Bytes in front of a gap that the
 * inspector still waits to judge pass as they are. A bare ACK alone proves
 * nothing yet, as captures of two points, or of several queues, show it before
 * the bytes: the gap is taken when packets wait behind it, when the
 * acknowledging side sends data, or when the next bytes come.
 *
 * Not modelled: the device's 4 s timeout of queued packets, the urgent pointer.
 */
#ifndef ASASIM_STREAM_H
#define ASASIM_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "bytestore.h"
#include "inspect.h"
#include "pkt.h"

enum {
	STREAM_OOO_MAX = 3,
	/* Packets in order that wait for their last byte to be judged, in each
	 * direction: enough for the longest command typed byte by byte. */
	STREAM_HELD_MAX = 640,
	/* Bytes remembered in each direction, in chunks. Beyond, and when the
	 * pool is empty, the oldest judged bytes are forgotten; what sends them
	 * again unacknowledged is then dropped. */
	STREAM_RETAIN_CHUNKS = 1024,
	/* Judged bytes kept although acknowledged, so that keep-alives and
	 * retransmissions that crossed the ACK still find them. */
	STREAM_KEEP = 512,
	STREAM_DROPPED_MAX = 16, /* byte ranges that an inspector discarded */
};

struct stream;

/* Pools that all streams of a packet thread share. */
struct stream_pool {
	struct pktpool *packets;
	struct bytepool bytes;
	struct stream *free;
	uint32_t fresh; /* streams from here on were never used */
	uint32_t n_streams, streams_in_use;
	size_t state_size; /* room for an inspector's state in each stream */
	uint8_t *scratch;  /* unjudged bytes gathered for an inspector */
	void *slab;
};

/* An idle stream keeps up to two chunks (of BYTE_CHUNK_SIZE) for each
 * direction, a busy one what is in flight. 0 or -errno. */
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
	struct pkt *forward; /* list by ->next, in order of sequence */
	struct pkt *drop;    /* list; each has its reason */
	/* what becomes of the connection: INSP_PASS (also when packets were
	 * dropped), INSP_BYPASS, INSP_DROP_CONN or INSP_RESET */
	enum insp_verdict verdict;
	uint64_t gap;           /* bytes skipped by this call */
	uint32_t segments;      /* segments given to the inspector */
	uint32_t inspect_drops; /* packets the inspector discarded */
};

/* Takes a segment of this connection (one that tcp_track() let pass), with or
 * without payload, and ownership of it: afterwards it is in out->forward, in
 * out->drop or held. Payload bytes of forwarded packets are the judged ones,
 * transport checksums are right again (per p->csum). Counts instance->counters
 * itself: packet for each segment with payload that reaches the inspector, drop
 * for those it discards; hits of a match action (INSP_DROP_CONN, INSP_RESET)
 * are counted under their match only, as the tech note's own figures show (41
 * hits of a drop-connection, drop 0). After INSP_DROP_CONN/INSP_RESET, all held
 * packets are in out->drop. A RST passes; the caller then ends the connection.
 */
void stream_input(struct stream *s, struct pkt *p, enum dir dir,
    struct insp_ctx *ctx, struct stream_out *out);

/* For tests and `show`: unjudged bytes and packets now held in a direction. */
void stream_usage(
    const struct stream *s, enum dir dir, uint32_t *bytes, uint32_t *packets);

#endif

/* SPDX-License-Identifier: ISC
 *
 * A connection through engine/stream.c: segments with sequence numbers in,
 * packets out, put together again by offset. What must always hold is checked
 * here:
 *
 *  - a byte that leaves was passed by the inspector, has the value it was
 *    judged with, and has it each time it leaves;
 *  - packets keep their length, their sequence number and a right checksum;
 *  - no packet, chunk or stream is lost;
 *  - no more is held than the contract allows.
 *
 * What the inspector thinks of each byte comes from the harness, which judged
 * the same bytes without a stream (harness.trace).
 */
#ifndef ASASIM_TESTS_SMTP_WIRE_H
#define ASASIM_TESTS_SMTP_WIRE_H

#include "../frames.h"
#include "harness.h"
#include "seq.h"
#include "stream.h"

enum {
	WIRE_SEGMENT_MAX = 20000,
	WIRE_PACKETS = STREAM_HELD_MAX + 16,
	WIRE_CHUNKS = 2200,

	/* flags of a byte, in `seen` */
	WIRE_LEFT = 1, /* it left */
	WIRE_MUST = 2, /* for whoever checks */
	WIRE_MAY = 4,
};

/* One segment of a direction. */
struct wire_segment {
	enum dir dir;
	const char *bytes;
	size_t n;
	size_t from;  /* offset, gaps not counted */
	uint64_t seq; /* offset, gaps counted */
	size_t noise_from,
	    noise; /* so many bytes in it are not the true ones */
	bool fin;
	bool copy; /* nothing in it is new */
};

struct wire {
	struct pktpool packets;
	struct stream_pool pool;
	struct insp_instance instance;
	struct insp_ctx ctx;
	struct stream *s;

	const struct harness *h; /* with a trace of the same bytes */
	uint32_t isn[2];
	uint64_t end[2];               /* sequence offsets sent so far */
	struct strbuf seen[2];         /* flags of each byte */
	VEC(struct wire_segment) sent; /* by packet number - 1 */
	uint64_t segments;             /* with something new, while inspected */
	enum insp_verdict verdict;
	const char *wrong; /* the first broken promise, or NULL */
};

static inline bool
wire_setup(struct wire *w)
{
	unsigned i;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < 2; i++) {
		sb_init(&w->seen[i]);
	}
	return pktpool_init(&w->packets, WIRE_PACKETS) == 0 &&
	    stream_pool_init(&w->pool, &w->packets, 1, WIRE_CHUNKS,
		insp_esmtp.state_size) == 0;
}

static inline void
wire_teardown(struct wire *w)
{
	unsigned i;

	VEC_FREE(&w->sent);
	stream_pool_fini(&w->pool);
	pktpool_fini(&w->packets);
	for (i = 0; i < 2; i++) {
		sb_free(&w->seen[i]);
	}
}

static inline void
wire_wrong(struct wire *w, const char *what)
{
	if (w->wrong == NULL)
		w->wrong = what;
}

/* From here on h is the harness whose counters and log this run shares. */
static inline void
wire_begin(struct wire *w, struct harness *h)
{
	unsigned i;

	w->h = h;
	w->ctx = (struct insp_ctx){
		.flow = &h->flow, .counts = &h->counts, .log = &h->log
	};
	w->instance.inspector = &insp_esmtp;
	w->instance.counters.packet = count_id(&h->counts, "packet");
	w->instance.counters.drop = count_id(&h->counts, "drop");
	w->instance.counters.reset_drop = count_id(&h->counts, "reset-drop");
	w->sent.n = 0;
	w->segments = 0;
	w->wrong = NULL;
	for (i = 0; i < 2; i++) {
		sb_reset(&w->seen[i]);
		sb_write(&w->seen[i], sb_text(&h->fate[i]), h->fate[i].length);
		memset(w->seen[i].s, 0, w->seen[i].length);
	}
}

/* A connection whose first bytes have these sequence numbers. */
static inline void
wire_connect(
    struct wire *w, const void *config, uint32_t client, uint32_t server)
{
	w->instance.config = config;
	w->s = stream_get(&w->pool, &w->instance);
	assert(w->s != NULL);
	w->isn[DIR_CLIENT] = client;
	w->isn[DIR_SERVER] = server;
	w->end[0] = w->end[1] = 0;
	w->verdict = INSP_PASS;
	stream_start(w->s, DIR_CLIENT, client);
	stream_start(w->s, DIR_SERVER, server);
}

static inline void
wire_disconnect(struct wire *w)
{
	stream_put(&w->pool, w->s, NULL);
	if (w->packets.in_use != 0)
		wire_wrong(w, "packets are left");
	if (w->pool.bytes.in_use != 0)
		wire_wrong(w, "chunks are left");
	if (w->pool.streams_in_use != 0)
		wire_wrong(w, "a stream is left");
}

static inline void
wire_check_byte(struct wire *w, enum dir dir, size_t at, char byte)
{
	if (w->h->fate[dir].s[at] != 'p')
		wire_wrong(w, "a byte left that was not passed");
	else if (w->h->judged[dir].s[at] != byte)
		wire_wrong(w, "a byte left that is not the judged one");
	w->seen[dir].s[at] |= WIRE_LEFT;
}

static inline void
wire_check_packet(struct wire *w, struct pkt *p)
{
	const struct wire_segment *g = &w->sent.v[p->number - 1];
	uint32_t i;

	if (p->dir != g->dir || p->payload_len != g->n ||
	    p->seq != w->isn[g->dir] + (uint32_t)g->seq)
		wire_wrong(w, "a packet changed its place");
	for (i = 0; i < p->payload_len; i++)
		wire_check_byte(
		    w, g->dir, g->from + i, (char)p->data[p->payload + i]);
	csum_check(p);
	if (p->csum != PKT_CSUM_GOOD)
		wire_wrong(w, "a checksum became wrong");
}

static inline void
wire_take(struct wire *w, struct stream_out *out)
{
	uint32_t i, bytes, packets, held = 0;
	struct pkt *p, *next;

	for (p = out->forward; p != NULL; p = next) {
		next = p->next;
		wire_check_packet(w, p);
		pkt_put(&w->packets, p);
	}
	for (p = out->drop; p != NULL; p = next) {
		next = p->next;
		if (p->reason == REASON_NONE)
			wire_wrong(w, "a packet was dropped without a reason");
		pkt_put(&w->packets, p);
	}
	for (i = 0; i < 2; i++) {
		stream_usage(
		    w->s, i ? DIR_SERVER : DIR_CLIENT, &bytes, &packets);
		held += packets;
		if (bytes >
		    INSPECT_HOLD_MAX + STREAM_OOO_MAX * WIRE_SEGMENT_MAX)
			wire_wrong(w, "too much is held");
	}
	if (held != w->packets.in_use)
		wire_wrong(w, "a packet is lost");
	if (out->verdict != INSP_PASS)
		w->verdict = out->verdict;
}

/* Sends a segment, acknowledging all that came from the other side. */
static inline void
wire_send(struct wire *w, const struct wire_segment *g)
{
	static uint8_t bytes[WIRE_SEGMENT_MAX];
	enum dir peer = g->dir == DIR_CLIENT ? DIR_SERVER : DIR_CLIENT;
	struct frame_tcp f = {
		.src = 0x0a000001u + (uint32_t)g->dir,
		.dst = 0x0a000002u - (uint32_t)g->dir,
		.sport = g->dir == DIR_CLIENT ? 40000 : 25,
		.dport = g->dir == DIR_CLIENT ? 25 : 40000,
		.seq = w->isn[g->dir] + (uint32_t)g->seq,
		.ack = w->isn[peer] + (uint32_t)w->end[peer],
		.flags = (uint8_t)(TCP_ACK | (g->fin ? TCP_FIN : 0)),
		.window = 65535,
		.payload = bytes,
		.length = (uint32_t)g->n,
	};
	struct pkt *p = pkt_get(&w->packets);
	struct stream_out out;
	size_t i;

	assert(p != NULL && g->n <= sizeof(bytes));
	memcpy(bytes, g->bytes, g->n);
	/* uninspected, nothing is compared */
	for (i = 0; i < g->noise && w->verdict != INSP_BYPASS; i++)
		bytes[g->noise_from + i] ^= 0x0f;
	*VEC_PUSH(&w->sent) = *g;
	if (frame_make_tcp(p, &f) != REASON_NONE)
		wire_wrong(w, "a test frame is broken");
	p->dir = g->dir;
	p->number = w->sent.n;
	if (g->n != 0 && !g->copy && w->verdict == INSP_PASS)
		w->segments++;
	if (w->end[g->dir] < g->seq + g->n + g->fin)
		w->end[g->dir] = g->seq + g->n + g->fin;
	w->ctx.ts = w->h->ts;
	stream_input(w->s, p, g->dir, &w->ctx, &out);
	wire_take(w, &out);
}

/* n bytes were lost in the capture; the peer has them. */
static inline void
wire_gap(struct wire *w, enum dir dir, uint64_t n)
{
	struct wire_segment ack = { .dir = !dir, .bytes = "", .copy = true };

	ack.seq = w->end[!dir];
	w->end[dir] += n;
	wire_send(w, &ack);
}

#endif

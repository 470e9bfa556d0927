/* SPDX-License-Identifier: ISC
 *
 * A stream between two ends, for tests: segments in by offset, bytes out by
 * offset, and a watch over what must always hold:
 *
 *  - a byte that leaves is the one that the inspector judged (fakeinsp.h), and
 *    is the same whenever it leaves again;
 *  - nothing that the inspector dropped leaves;
 *  - every packet comes back, forwarded, dropped or held;
 *  - checksums stay right.
 *
 * Bytes that the receiver has acknowledged, and those around gaps or after a
 * bypass, are exempt from the first: they may pass unjudged.
 */
#ifndef ASASIM_TESTS_STREAMSIM_H
#define ASASIM_TESTS_STREAMSIM_H

#include <string.h>

#include "fakeinsp.h"
#include "frames.h"
#include "seq.h"
#include "stream.h"

enum { SIM_NO_ACK = -1 };

struct sim {
	struct pktpool packets;
	struct stream_pool pool;
	struct stream *s;
	struct counts counts;
	struct insp_ctx ctx;
	struct insp_instance instance;
	struct fake_record record[2];
	struct stream_out last; /* lists consumed */
	uint32_t isn[2];
	uint32_t acked[2]; /* offsets */
	uint64_t number;

	uint8_t out[2][FAKE_RECORD_MAX];
	uint8_t seen[2][FAKE_RECORD_MAX];
	uint32_t high; /* offsets used, so far */
	uint32_t forwarded, dropped;
	uint32_t reasons[REASON_COUNT];
	uint64_t gap;
	enum insp_verdict verdict;
	bool unjudged; /* a gap or a bypass: see above */
	bool bad_csum; /* the test breaks checksums on purpose */

	const char *wrong; /* the first broken promise, or NULL */
};

/* Pools stay from one run to the next when their sizes do. */
static inline bool
sim_pools(
    struct sim *m, uint32_t n_packets, uint32_t n_chunks, size_t state_size)
{
	if (m->packets.n != n_packets) {
		pktpool_fini(&m->packets);
		if (pktpool_init(&m->packets, n_packets) != 0)
			return false;
	}
	if (m->pool.bytes.n != n_chunks || m->pool.state_size < state_size) {
		stream_pool_fini(&m->pool);
		if (stream_pool_init(
			&m->pool, &m->packets, 1, n_chunks, state_size) != 0)
			return false;
	}
	return true;
}

static inline void
sim_reset(struct sim *m)
{
	uint32_t i;

	for (i = 0; i < 2; i++) {
		fake_reset(&m->record[i]);
		memset(m->seen[i], 0, m->high);
		m->acked[i] = 0;
	}
	m->high = 0;
	memset(m->reasons, 0, sizeof(m->reasons));
	memset(&m->ctx, 0, sizeof(m->ctx));
	m->number = m->gap = 0;
	m->forwarded = m->dropped = 0;
	m->verdict = INSP_PASS;
	m->unjudged = m->bad_csum = false;
	m->wrong = NULL;
}

/* m is static, hence zero at first. */
static inline bool
sim_start_with(struct sim *m, const struct inspector *insp, uint32_t client,
    uint32_t server, uint32_t n_packets, uint32_t n_chunks)
{
	sim_reset(m);
	if (!sim_pools(m, n_packets, n_chunks, insp->state_size))
		return false;
	count_init(&m->counts);
	m->instance.inspector = insp;
	m->instance.config = m->record;
	m->instance.counters.packet = count_id(&m->counts, "packet");
	m->instance.counters.drop = count_id(&m->counts, "drop");
	m->instance.counters.reset_drop = count_id(&m->counts, "reset");
	m->ctx.counts = &m->counts;
	m->s = stream_get(&m->pool, &m->instance);
	if (m->s == NULL)
		return false;
	m->isn[DIR_CLIENT] = client;
	m->isn[DIR_SERVER] = server;
	stream_start(m->s, DIR_CLIENT, client + 1);
	stream_start(m->s, DIR_SERVER, server + 1);
	return true;
}

static inline bool
sim_start(struct sim *m, uint32_t client, uint32_t server)
{
	return sim_start_with(m, &insp_fake, client, server, 64, 400);
}

static inline void
sim_wrong(struct sim *m, const char *what)
{
	if (m->wrong == NULL)
		m->wrong = what;
}

static inline void
sim_check_byte(struct sim *m, enum dir dir, uint32_t at, uint8_t byte)
{
	const struct fake_record *r = &m->record[dir];

	if (at >= FAKE_RECORD_MAX)
		return;
	if (!m->unjudged && at >= m->acked[dir]) {
		if (r->known[at] == 0)
			sim_wrong(m, "a byte left before it was judged");
		else if (r->known[at] == 2)
			sim_wrong(m, "a dropped byte left");
		else if (r->byte[at] != byte)
			sim_wrong(m, "a byte left that is not the judged one");
		if (m->seen[dir][at] && m->out[dir][at] != byte)
			sim_wrong(m, "a byte left twice and differs");
	}
	m->out[dir][at] = byte;
	m->seen[dir][at] = 1;
	if (m->high < at + 1)
		m->high = at + 1;
}

static inline void
sim_check_packet(struct sim *m, struct pkt *p)
{
	bool syn = (p->tcp_flags & TCP_SYN) != 0;
	uint32_t at = p->seq + syn - (m->isn[p->dir] + 1), i;
	struct pkt again = *p;

	for (i = 0; i < p->payload_len; i++)
		sim_check_byte(m, p->dir, at + i, p->data[p->payload + i]);
	csum_check(&again);
	if (!m->bad_csum && again.csum != PKT_CSUM_GOOD &&
	    again.csum != PKT_CSUM_NONE)
		sim_wrong(m, "a checksum became wrong");
}

static inline void
sim_take_out(struct sim *m, struct stream_out *out)
{
	struct pkt *p, *next;
	uint32_t i, bytes, packets, held = 0;

	if (out->gap > 0 || out->verdict == INSP_BYPASS)
		m->unjudged = true;
	for (p = out->forward; p != NULL; p = next) {
		next = p->next;
		sim_check_packet(m, p);
		m->forwarded++;
		pkt_put(&m->packets, p);
	}
	for (p = out->drop; p != NULL; p = next) {
		next = p->next;
		if (p->reason == REASON_NONE || p->reason >= REASON_COUNT)
			sim_wrong(m, "a packet was dropped without a reason");
		else
			m->reasons[p->reason]++;
		m->dropped++;
		pkt_put(&m->packets, p);
	}
	m->gap += out->gap;
	if (out->verdict != INSP_PASS)
		m->verdict = out->verdict;
	m->last = *out;
	m->last.forward = m->last.drop = NULL;
	for (i = 0; i < 2; i++) {
		stream_usage(
		    m->s, i ? DIR_SERVER : DIR_CLIENT, &bytes, &packets);
		held += packets;
	}
	if (held != m->packets.in_use)
		sim_wrong(m, "a packet is lost");
}

/* A segment at an offset of its direction; ack is an offset of the other, or
 * SIM_NO_ACK. cut bytes at its end are not captured. */
static inline void
sim_segment(struct sim *m, enum dir dir, uint8_t flags, uint32_t at,
    const void *bytes, uint32_t length, int64_t ack, uint32_t cut)
{
	struct frame_tcp f = {
		.src = 0x0a000001u + (uint32_t)dir,
		.dst = 0x0a000002u - (uint32_t)dir,
		.sport = dir == DIR_CLIENT ? 40000 : 25,
		.dport = dir == DIR_CLIENT ? 25 : 40000,
		.seq = m->isn[dir] + 1 + at,
		.flags = flags,
		.window = 65535,
		.payload = bytes,
		.length = length,
		.cut = cut,
	};
	struct pkt *p = pkt_get(&m->packets);
	struct stream_out out;

	if (p == NULL) {
		sim_wrong(m, "the packet pool is empty");
		return;
	}
	if (ack != SIM_NO_ACK) {
		f.flags |= TCP_ACK;
		f.ack = m->isn[!dir] + 1 + (uint32_t)ack;
		if ((uint32_t)ack > m->acked[!dir])
			m->acked[!dir] = (uint32_t)ack;
	}
	if (frame_make_tcp(p, &f) != REASON_NONE) {
		sim_wrong(m, "a test frame is broken");
		pkt_put(&m->packets, p);
		return;
	}
	if (m->bad_csum) {
		p->data[p->l4 + 16] ^= 0x55;
		csum_check(p);
	}
	p->dir = dir;
	p->number = ++m->number;
	m->ctx.packet_number = p->number;
	stream_input(m->s, p, dir, &m->ctx, &out);
	sim_take_out(m, &out);
}

static inline void
sim_text(struct sim *m, enum dir dir, uint32_t at, const char *text)
{
	sim_segment(
	    m, dir, TCP_PSH, at, text, (uint32_t)strlen(text), SIM_NO_ACK, 0);
}

static inline void
sim_ack(struct sim *m, enum dir dir, uint32_t ack)
{
	sim_segment(m, dir, 0, 0, "", 0, ack, 0);
}

static inline uint64_t
sim_count(const struct sim *m, count_t id)
{
	return count_read(&m->counts, id);
}

/* Ends it; says what went wrong, or NULL. */
static inline const char *
sim_stop(struct sim *m, unsigned *held)
{
	unsigned n = 0;

	stream_put(&m->pool, m->s, &n);
	if (m->packets.in_use != 0)
		sim_wrong(m, "packets are left after stream_put()");
	if (m->pool.bytes.in_use != 0)
		sim_wrong(m, "chunks are left after stream_put()");
	if (m->pool.streams_in_use != 0)
		sim_wrong(m, "a stream is left after stream_put()");
	count_fini(&m->counts);
	if (held != NULL)
		*held = n;
	return m->wrong;
}

#endif

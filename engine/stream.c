/* SPDX-License-Identifier: ISC
 *
 * For each direction there is one run of bytes in order, the store:
 *
 *	base          judged            end
 *	 |  retained    |  held           |   ooo   ooo
 *
 * New bytes are appended at the end and shown to the inspector from `judged`
 * on; its edits are written back. A packet that starts beyond the end waits in
 * the ooo list; one whose bytes are in the store but not all judged waits in
 * the held list. Every packet is made equal to what is stored, or queued, when
 * it comes (first copy wins) and again when it leaves (the inspector's edits).
 */
#include "stream.h"

#include <assert.h>
#include <string.h>

#include "csum.h"
#include "seq.h"
#include "stream_impl.h"
#include "util.h"

/* One call of stream_input(). */
struct run {
	struct stream *s;
	struct insp_ctx *ctx;
	struct stream_out *out;
	struct pkt **forward, **drop; /* ends of the lists */
	const struct pkt *direct;     /* the inspector worked in its buffer */
};

static uint32_t
start_of(const struct pkt *p)
{
	return p->seq + ((p->tcp_flags & TCP_SYN) != 0 ? 1 : 0);
}

static uint32_t
captured_end_of(const struct pkt *p)
{
	return start_of(p) + p->payload_len;
}

static uint32_t
end_of(const struct pkt *p)
{
	return start_of(p) + p->payload_wire;
}

static bool
has_fin(const struct pkt *p)
{
	return (p->tcp_flags & TCP_FIN) != 0;
}

static void
count(const struct run *run, count_t id)
{
	if (run->ctx->counts != NULL)
		count_add(run->ctx->counts, id, 1);
}

static void
forward(struct run *run, struct pkt *p)
{
	if (p->modified)
		csum_finish(p);
	p->next = NULL;
	*run->forward = p;
	run->forward = &p->next;
}

static void
drop(struct run *run, struct pkt *p, enum reason why)
{
	p->reason = why;
	p->next = NULL;
	*run->drop = p;
	run->drop = &p->next;
}

/* Bytes that are sent again are not seen twice by anybody: the packet gets the
 * copy that is stored. */
static void
conform(const struct half *h, struct pkt *p)
{
	uint32_t start = start_of(p);
	uint32_t seq = seq_max(start, h->store.base);
	uint32_t end = seq_min(captured_end_of(p), h->store.end);
	const uint8_t *piece;
	uint32_t n;

	for (; seq_lt(seq, end); seq += n) {
		piece = bytestore_piece(&h->store, seq, &n);
		n = MIN(n, end - seq);
		csum_replace(p, seq - start, piece, n);
	}
}

/* Likewise for bytes that wait out of order. */
static void
conform_ooo(const struct half *h, struct pkt *p)
{
	uint32_t start = start_of(p), seq, end;
	const struct pkt *q;

	for (q = h->ooo; q != NULL; q = q->next) {
		seq = seq_max(start, start_of(q));
		end = seq_min(captured_end_of(p), captured_end_of(q));
		if (seq_lt(seq, end))
			csum_replace(p, seq - start,
			    q->data + q->payload + (seq - start_of(q)),
			    end - seq);
	}
}

static bool
overlaps(uint32_t from, uint32_t to, const struct pkt *p)
{
	return seq_lt(from, end_of(p)) && seq_lt(start_of(p), to);
}

static bool
has_dropped(const struct half *h, const struct pkt *p)
{
	unsigned i;

	for (i = 0; i < h->n_dropped; i++)
		if (overlaps(h->dropped[i].from, h->dropped[i].to, p))
			return true;
	return false;
}

/* Ranges come in order. When there are too many, the two oldest become one with
 * what is between them: only retransmissions can reach back there. */
static void
remember_dropped(struct half *h, uint32_t from, uint32_t to)
{
	struct range *r = h->dropped;

	if (h->n_dropped > 0 && r[h->n_dropped - 1].to == from) {
		r[h->n_dropped - 1].to = to;
		return;
	}
	if (h->n_dropped == STREAM_DROPPED_MAX) {
		r[1].from = r[0].from;
		h->n_dropped--;
		memmove(r, r + 1, h->n_dropped * sizeof(*r));
	}
	r[h->n_dropped].from = from;
	r[h->n_dropped].to = to;
	h->n_dropped++;
}

/* A range need not be known any longer when nothing it covers could pass. */
static void
prune_dropped(struct half *h)
{
	unsigned n = 0;

	while (n < h->n_dropped && seq_le(h->dropped[n].to, h->store.base) &&
	    seq_le(h->dropped[n].to, h->acked))
		n++;
	h->n_dropped -= n;
	memmove(
	    h->dropped, h->dropped + n, h->n_dropped * sizeof(h->dropped[0]));
}

/* The first byte that something still waits for. */
static uint32_t
needed_from(const struct half *h)
{
	uint32_t seq = h->judged;
	const struct pkt *p;

	for (p = h->held; p != NULL; p = p->next)
		seq = seq_min(seq, start_of(p));
	return seq;
}

static uint32_t
first_chunk_end(const struct half *h)
{
	return h->store.first->seq + h->store.first->used;
}

static void
forget_acked(struct run *run, struct half *h)
{
	struct bytepool *pool = &run->s->pool->bytes;
	uint32_t limit = seq_min(h->acked, needed_from(h));

	while (h->store.first != NULL && seq_le(first_chunk_end(h), limit) &&
	    h->store.end - first_chunk_end(h) >= STREAM_KEEP)
		bytestore_drop_first(&h->store, pool);
	/* Nothing new is stored after a bypass. */
	if (run->s->bypass && seq_le(h->store.end, h->acked))
		bytestore_reset(&h->store, pool, h->store.end);
	prune_dropped(h);
}

/* Room in the store for n more bytes, at the expense of the oldest judged ones
 * of this direction if need be. */
static bool
reserve(struct run *run, struct half *h, uint32_t n)
{
	struct bytepool *pool = &run->s->pool->bytes;
	uint32_t need = bytestore_need(&h->store, n);
	uint32_t limit = needed_from(h);

	while ((pool->n - pool->in_use < need ||
		   h->store.n_chunks + need > STREAM_RETAIN_CHUNKS) &&
	    h->store.first != NULL && seq_le(first_chunk_end(h), limit)) {
		bytestore_drop_first(&h->store, pool);
		/* The partly filled last chunk may be the one that went. */
		need = bytestore_need(&h->store, n);
	}
	return pool->n - pool->in_use >= need;
}

/* Are the bytes below the store's base gone without having reached the peer?
 * Where the snap length hid some, nothing can be compared: they may pass. */
static bool
has_forgotten(const struct half *h)
{
	return seq_gt(h->store.base, h->acked) &&
	    !(h->loose && seq_le(h->store.base, h->loose_to));
}

/* Lets held packets go: those that are judged, or all. */
static void
release(struct run *run, struct half *h, bool all)
{
	struct pkt **at = &h->held;
	struct pkt *p;

	while ((p = *at) != NULL) {
		if (!all && seq_gt(end_of(p), h->judged)) {
			at = &p->next;
			continue;
		}
		*at = p->next;
		h->n_held--;
		if (has_dropped(h, p)) {
			run->out->inspect_drops++;
			count(run, run->s->instance->counters.drop);
			drop(run, p, REASON_INSPECT_DROP);
			continue;
		}
		if (p != run->direct)
			conform(h, p);
		forward(run, p);
	}
	h->held_tail = at;
}

static void
hold(struct half *h, struct pkt *p)
{
	p->next = NULL;
	*h->held_tail = p;
	h->held_tail = &p->next;
	h->n_held++;
}

static void
drop_list(struct run *run, struct pkt *p)
{
	struct pkt *next;

	for (; p != NULL; p = next) {
		next = p->next;
		drop(run, p, REASON_INSPECT_CLOSED);
	}
}

/* The inspector closes the connection because of bytes [from, to). */
static void
close_conn(struct run *run, enum dir dir, uint32_t from, uint32_t to,
    enum insp_verdict verdict, const struct pkt *current)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	struct pkt *p, *next;
	unsigned i;

	s->closed = true;
	run->out->verdict = verdict;
	for (p = h->held; p != NULL; p = next) {
		next = p->next;
		if (!overlaps(from, to, p) && !(from == to && p == current)) {
			drop(run, p, REASON_INSPECT_CLOSED);
			continue;
		}
		run->out->inspect_drops++;
		drop(run, p, REASON_INSPECT_DROP);
	}
	h->held = NULL;
	for (i = 0; i < 2; i++) {
		h = &s->half[i];
		drop_list(run, h->held);
		drop_list(run, h->ooo);
		h->held = h->ooo = NULL;
		h->held_tail = &h->held;
		h->n_held = h->n_ooo = 0;
		bytestore_reset(&h->store, &s->pool->bytes, h->store.end);
		h->judged = h->store.end;
	}
}

/* The inspector wants to see no more: everything that waits may go. */
static void
start_bypass(struct run *run, enum dir dir)
{
	struct half *h;
	struct pkt *p;
	unsigned i;

	run->s->bypass = true;
	run->out->verdict = INSP_BYPASS;
	for (i = 0; i < 2; i++, dir = !dir) {
		h = &run->s->half[dir];
		h->judged = h->store.end;
		release(run, h, true);
		while ((p = h->ooo) != NULL) {
			h->ooo = p->next;
			forward(run, p);
		}
		h->n_ooo = 0;
		forget_acked(run, h);
	}
}

/* Shows the inspector what is not judged yet; p brought the last of it. */
static void
judge(struct run *run, enum dir dir, struct pkt *p)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	uint32_t n = h->store.end - h->judged, off = 0, from;
	struct insp_result res;
	uint8_t *bytes;
	bool direct;

	if (n == 0)
		return;
	/* Most segments stand alone: their own buffer is contiguous already. A
	 * wrong checksum must be kept wrong by the difference, for which the
	 * packet has to hold the old bytes until it leaves. */
	direct = seq_ge(h->judged, start_of(p)) &&
	    captured_end_of(p) == h->store.end &&
	    (p->csum == PKT_CSUM_GOOD || p->csum == PKT_CSUM_PARTIAL);
	if (direct) {
		bytes = p->data + p->payload + (h->judged - start_of(p));
		run->direct = p;
	} else {
		assert(n <= INSPECT_HOLD_MAX + PKT_BUFFER_SIZE);
		bytes = s->pool->scratch;
		bytestore_read(&h->store, h->judged, bytes, n);
	}
	while (off < n) {
		res = s->instance->inspector->data(
		    s->state, dir, bytes + off, n - off, run->ctx);
		res.released = MIN(res.released, n - off);
		if (res.released == 0 &&
		    (res.verdict == INSP_PASS || res.verdict == INSP_DROP)) {
			if (!run->ctx->final && n - off <= INSPECT_HOLD_MAX)
				break;
			res.released = n - off; /* against the contract */
			res.verdict = INSP_PASS;
		}
		from = h->judged;
		if (bytestore_write(
			&h->store, from, bytes + off, (uint32_t)res.released) &&
		    direct)
			p->modified = true;
		h->judged += (uint32_t)res.released;
		off += (uint32_t)res.released;
		switch (res.verdict) {
		case INSP_DROP:
			remember_dropped(h, from, h->judged);
			break;
		case INSP_DROP_CONN:
		case INSP_RESET:
			close_conn(run, dir, from, h->judged, res.verdict, p);
			run->direct = NULL;
			return;
		case INSP_BYPASS:
			/* What follows in the buffer may have been edited. */
			if (bytestore_write(
				&h->store, h->judged, bytes + off, n - off) &&
			    direct)
				p->modified = true;
			start_bypass(run, dir);
			run->direct = NULL;
			return;
		default:
			break;
		}
		release(run, h, false);
	}
	if (off < n &&
	    bytestore_write(&h->store, h->judged, bytes + off, n - off) &&
	    direct)
		p->modified = true;
	run->direct = NULL;
}

/* Bytes from the store's end up to `to` will never be seen. What is still held
 * in front of them has nothing to wait for. */
static void
skip_gap(struct run *run, enum dir dir, uint32_t to)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	uint32_t n = to - h->store.end;

	h->judged = h->store.end;
	release(run, h, false);
	bytestore_reset(&h->store, &s->pool->bytes, to);
	h->judged = to;
	run->out->gap += n;
	if (s->instance->inspector->gap != NULL)
		s->instance->inspector->gap(s->state, dir, n, run->ctx);
	prune_dropped(h);
	release(run, h, false); /* the packet that the snap length cut */
}

/* A segment without bytes that are new in the order of things. */
static void
take_old(struct run *run, struct half *h, struct pkt *p)
{
	if (p->payload_wire == 0) { /* FIN, again */
		forward(run, p);
	} else if (has_dropped(h, p)) {
		drop(run, p, REASON_INSPECT_DROP);
	} else if (seq_lt(start_of(p), h->store.base) && has_forgotten(h)) {
		drop(run, p, REASON_TCP_GLOBAL_BUFFER_FULL);
	} else if (seq_le(end_of(p), h->store.base) &&
	    seq_le(end_of(p), h->acked)) {
		drop(run, p, REASON_TCP_ACKED);
	} else if (seq_le(end_of(p), h->judged)) {
		/* If it begins below the base, the receiver has those bytes
		 * already and discards them whatever they are. */
		conform(h, p);
		forward(run, p);
	} else if (seq_ge(start_of(p), h->judged)) {
		drop(run, p, REASON_TCP_DUP_IN_QUEUE);
	} else if (h->n_held >= STREAM_HELD_MAX) {
		drop(run, p, REASON_TCP_BUFFER_FULL);
	} else {
		conform(h, p);
		hold(h, p);
	}
}

/* A segment that begins at or before the store's end. */
static void
take(struct run *run, enum dir dir, struct pkt *p)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	uint32_t end = end_of(p), captured_end = captured_end_of(p), fresh = 0;
	bool fin = has_fin(p);

	if (h->fin && seq_gt(end, h->store.end)) {
		drop(run, p, REASON_TCP_DATA_PAST_FIN);
		return;
	}
	if (fin && seq_lt(end, h->store.end)) {
		drop(run, p, REASON_TCP_RSTFIN_OOO);
		return;
	}
	if (seq_le(end, h->store.end) && (!fin || h->fin)) {
		take_old(run, h, p);
		return;
	}
	if (h->n_held >= STREAM_HELD_MAX) {
		drop(run, p, REASON_TCP_BUFFER_FULL);
		return;
	}
	if (seq_gt(captured_end, h->store.end))
		fresh = captured_end - h->store.end;
	/* What is stored has been judged, so it goes over what waits; and it
	 * goes before the store forgets anything to make room. */
	conform_ooo(h, p);
	conform(h, p);
	if ((seq_lt(start_of(p), h->store.base) && has_forgotten(h)) ||
	    !reserve(run, h, fresh)) {
		drop(run, p, REASON_TCP_GLOBAL_BUFFER_FULL);
		return;
	}
	run->ctx->packet_number = p->number;
	run->ctx->segment_len = p->payload_len;
	if (fresh > 0) {
		bytestore_append(&h->store, &s->pool->bytes,
		    p->data + p->payload + (p->payload_len - fresh), fresh);
		run->out->segments++;
		count(run, s->instance->counters.packet);
	}
	hold(h, p);
	run->ctx->final = fin && captured_end == end;
	judge(run, dir, p);
	run->ctx->final = false;
	if (s->closed || s->bypass)
		return;
	if (seq_gt(end, h->store.end)) {
		h->loose = true;
		h->loose_to = end;
		skip_gap(run, dir, end);
	}
	if (fin) {
		h->fin = true;
		if (s->instance->inspector->fin != NULL)
			s->instance->inspector->fin(s->state, dir, run->ctx);
	}
	release(run, h, false);
}

/* Takes what waited out of order and no longer does. */
static void
drain(struct run *run, enum dir dir)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	struct pkt *p;

	while (!s->closed && !s->bypass && (p = h->ooo) != NULL &&
	    seq_le(start_of(p), h->store.end)) {
		h->ooo = p->next;
		h->n_ooo--;
		take(run, dir, p);
	}
}

/* The peer has acknowledged bytes that did not come: goes on behind them, but
 * not beyond `limit`. */
static void
close_gaps(struct run *run, enum dir dir, uint32_t limit)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	uint32_t to;

	while (!s->closed && !s->bypass && !h->fin &&
	    seq_gt(h->acked, h->store.end) && seq_gt(limit, h->store.end)) {
		to = seq_min(h->acked, limit);
		if (h->ooo != NULL)
			to = seq_min(to, start_of(h->ooo));
		skip_gap(run, dir, to);
		drain(run, dir);
	}
}

/* Is every byte of p in a queued packet already, and its FIN? */
static bool
is_queued(const struct half *h, const struct pkt *p)
{
	uint32_t seq = start_of(p);
	bool fin = !has_fin(p);
	const struct pkt *q;

	for (q = h->ooo; q != NULL; q = q->next) {
		if (seq_le(start_of(q), seq))
			seq = seq_max(seq, end_of(q));
		if (has_fin(q) && end_of(q) == end_of(p))
			fin = true;
	}
	return fin && seq_ge(seq, end_of(p));
}

static void
queue(struct run *run, struct half *h, struct pkt *p)
{
	struct pkt **at;

	if (h->fin) {
		drop(run, p, REASON_TCP_DATA_PAST_FIN);
		return;
	}
	if (is_queued(h, p)) {
		drop(run, p, REASON_TCP_DUP_IN_QUEUE);
		return;
	}
	if (h->n_ooo >= STREAM_OOO_MAX) {
		drop(run, p, REASON_TCP_BUFFER_FULL);
		return;
	}
	conform_ooo(h, p);
	for (at = &h->ooo; *at != NULL; at = &(*at)->next)
		if (seq_gt(start_of(*at), start_of(p)))
			break;
	p->next = *at;
	*at = p;
	h->n_ooo++;
}

/* Uninspected, but what was judged before must stay what it was. */
static void
pass_by(struct run *run, const struct half *h, struct pkt *p)
{
	if (has_dropped(h, p)) {
		drop(run, p, REASON_INSPECT_DROP);
		return;
	}
	conform(h, p);
	forward(run, p);
}

static void
take_ack(struct run *run, enum dir dir, uint32_t ack, bool data)
{
	struct half *h = &run->s->half[dir]; /* whose bytes it acknowledges */

	if (!h->started)
		return;
	h->acked = seq_max(h->acked, ack);
	forget_acked(run, h);
	if (h->ooo != NULL || data)
		close_gaps(run, dir, h->acked);
}

static void
take_segment(struct run *run, enum dir dir, struct pkt *p)
{
	struct stream *s = run->s;
	struct half *h = &s->half[dir];
	uint32_t start = start_of(p);

	if (p->payload_wire == 0 && !has_fin(p)) {
		forward(run, p);
		return;
	}
	if (!h->started)
		stream_start(s, dir, start);
	if (!s->bypass)
		close_gaps(run, dir, start);
	if (s->closed) {
		drop(run, p, REASON_INSPECT_CLOSED);
	} else if (s->bypass) {
		pass_by(run, h, p);
	} else if (seq_gt(start, h->store.end)) {
		queue(run, h, p);
	} else {
		take(run, dir, p);
		drain(run, dir);
	}
}

void
stream_input(struct stream *s, struct pkt *p, enum dir dir,
    struct insp_ctx *ctx, struct stream_out *out)
{
	struct run run = {
		.s = s,
		.ctx = ctx,
		.out = out,
		.forward = &out->forward,
		.drop = &out->drop,
	};
	uint64_t number = ctx->packet_number;
	bool data = p->payload_wire > 0 || has_fin(p);

	memset(out, 0, sizeof(*out));
	ctx->final = false;
	ctx->packet_number = p->number;
	ctx->segment_len = p->payload_len;
	if (s->closed) {
		drop(&run, p, REASON_INSPECT_CLOSED);
	} else if ((p->tcp_flags & TCP_RST) != 0) {
		forward(&run, p);
	} else {
		if ((p->tcp_flags & TCP_ACK) != 0)
			take_ack(&run, !dir, p->ack, data);
		if (s->closed)
			drop(&run, p, REASON_INSPECT_CLOSED);
		else
			take_segment(&run, dir, p);
	}
	ctx->packet_number = number;
}

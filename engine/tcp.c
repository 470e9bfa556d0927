/* SPDX-License-Identifier: ISC
 *
 * The names below are those of RFC 9293 seen from outside: what a side has
 * sent (nxt), what it has acknowledged of the other's bytes (acked), and the
 * window it offers from there. Captures lose segments that the peers did see,
 * so each check leaves one window of slack and goes on from what it learns.
 */
#include "tcp.h"

#include <string.h>

#include "seq.h"
#include "util.h"

enum {
	TCP_SLACK_MIN = 65535,   /* when a window is small or shrank */
	TCP_SLACK_MAX = 1 << 26, /* keeps sums far from half the circle */
	TCP_WSCALE_MAX = 14,     /* RFC 7323 2.3 */
	TCP_OPT_END = 0,
	TCP_OPT_NOP = 1,
	TCP_OPT_WSCALE = 3,
};

static bool
has(const struct pkt *p, uint8_t flags)
{
	return (p->tcp_flags & flags) == flags;
}

/* Combinations that no stack sends: nothing at all, FIN without ACK, SYN with
 * FIN or RST. */
static bool
flags_are_bad(const struct pkt *p)
{
	if (has(p, TCP_SYN))
		return (p->tcp_flags & (TCP_FIN | TCP_RST)) != 0;
	return (p->tcp_flags & (TCP_RST | TCP_ACK)) == 0;
}

enum reason
tcp_may_open(const struct pkt *p)
{
	if (flags_are_bad(p))
		return REASON_TCP_BAD_FLAGS;
	if (!has(p, TCP_SYN) || has(p, TCP_ACK))
		return REASON_TCP_NOT_SYN;
	return REASON_NONE;
}

/* Segment's length in sequence space (RFC 9293: SEG.LEN). */
static uint32_t
seg_len(const struct pkt *p)
{
	return p->payload_wire + (has(p, TCP_SYN) ? 1 : 0) +
	    (has(p, TCP_FIN) ? 1 : 0);
}

/* Window scale of a SYN (RFC 7323 2.2). When the snap length has cut the
 * options, the side is taken to scale by all it could. */
static void
read_wscale(const struct pkt *p, struct tcp_side *s)
{
	const uint8_t *h = p->data + p->l4;
	uint32_t header = (h[12] >> 4) * 4u;
	uint32_t end = p->payload - p->l4;
	uint32_t i, length;

	s->wscale = 0;
	s->wscale_ok = false;
	for (i = 20; i < end && h[i] != TCP_OPT_END; i += length) {
		length = 1;
		if (h[i] == TCP_OPT_NOP)
			continue;
		if (end - i < 2 || h[i + 1] < 2 || h[i + 1] > end - i)
			break;
		length = h[i + 1];
		if (h[i] == TCP_OPT_WSCALE && length == 3) {
			s->wscale = MIN(h[i + 2], TCP_WSCALE_MAX);
			s->wscale_ok = true;
			return;
		}
	}
	if (end < header) {
		s->wscale = TCP_WSCALE_MAX;
		s->wscale_ok = true;
	}
}

static void
set_window(struct tcp_side *s, uint32_t window)
{
	s->win = window;
	s->max_win = MAX(s->max_win, window);
}

static void
start_side(struct tcp_side *s, const struct pkt *p)
{
	s->isn = p->seq;
	s->nxt = p->seq + seg_len(p);
	s->seen = true;
	set_window(s, p->window); /* a SYN's own window is never scaled */
	read_wscale(p, s);
}

void
tcp_open(struct conn *c, const struct pkt *p)
{
	memset(c->tcp, 0, sizeof(c->tcp));
	c->state = CONN_SYN_SENT;
	start_side(&c->tcp[DIR_CLIENT], p);
	if (p->payload_wire > 0)
		c->data[DIR_CLIENT] = true;
}

/* How far a side's peer may be ahead of what the capture shows. */
static uint32_t
slack(const struct tcp_side *receiver)
{
	return MIN(MAX(receiver->max_win, TCP_SLACK_MIN), TCP_SLACK_MAX);
}

static bool
from_inside(const struct conn *c, enum dir dir)
{
	return (dir == DIR_CLIENT) != c->inbound;
}

static enum reason
close_by_reset(struct conn *c, enum dir dir)
{
	c->state = CONN_CLOSED;
	c->end =
	    from_inside(c, dir) ? REASON_FLOW_RESET_IN : REASON_FLOW_RESET_OUT;
	return REASON_NONE;
}

/* RFC 9293 3.10.7.3 and .4: a reset answers the SYN, or lies in the window. One
 * that the receiver would ignore must not end the connection here either. */
static enum reason
track_rst(struct conn *c, const struct pkt *p, enum dir dir)
{
	const struct tcp_side *s = &c->tcp[dir];
	const struct tcp_side *r = &c->tcp[!dir];
	uint32_t edge;

	if (c->state == CONN_SYN_SENT) {
		if (dir == DIR_CLIENT) {
			if (seq_lt(p->seq, s->isn) || seq_gt(p->seq, s->nxt))
				return REASON_TCP_RSTFIN_OOO;
		} else if (!has(p, TCP_ACK) || seq_le(p->ack, r->isn) ||
		    seq_gt(p->ack, r->nxt)) {
			return REASON_TCP_RSTFIN_OOO;
		}
		return close_by_reset(c, dir);
	}
	edge = seq_max(r->acked + MAX(r->win, 1), s->nxt);
	if (seq_lt(p->seq, r->acked) || seq_gt(p->seq, edge))
		return REASON_TCP_RSTFIN_OOO;
	return close_by_reset(c, dir);
}

static enum reason
track_syn(struct conn *c, const struct pkt *p, enum dir dir)
{
	struct tcp_side *s = &c->tcp[dir];

	if (c->state != CONN_SYN_SENT && c->state != CONN_SYN_RCVD) {
		if (dir == DIR_CLIENT && p->seq != s->isn) {
			c->syn_refused = true;
			c->refused_isn = p->seq;
		}
		return REASON_TCP_SYN_OOO;
	}
	if (dir == DIR_SERVER)
		return REASON_TCP_DUAL_OPEN;
	if (p->seq != s->isn)
		return REASON_TCP_SEQ_SYN_DIFF;
	s->nxt = seq_max(s->nxt, p->seq + seg_len(p));
	if (c->state == CONN_SYN_SENT) {
		set_window(s, p->window);
		read_wscale(p, s); /* a last try may come without options */
	}
	return REASON_NONE;
}

static enum reason
track_synack(struct conn *c, const struct pkt *p, enum dir dir)
{
	struct tcp_side *s = &c->tcp[dir];
	struct tcp_side *r = &c->tcp[!dir];
	bool embryonic = c->state == CONN_SYN_SENT || c->state == CONN_SYN_RCVD;

	if (dir == DIR_CLIENT)
		return embryonic ? REASON_TCP_3WHS_FAILED
				 : REASON_TCP_SYNACK_OOO;
	/* In a replay the server did get the SYN that was refused here. What
	 * follows belongs to a connection that does not exist, even where its
	 * numbers happen to fall into the window of the old one. */
	if (!embryonic && c->syn_refused && p->ack == c->refused_isn + 1)
		c->reopened = true;
	if (s->seen && p->seq != s->isn)
		return embryonic ? REASON_TCP_SEQ_SYN_DIFF
				 : REASON_TCP_SYNACK_OOO;
	/* The client's SYN may have carried data (RFC 7413). */
	if (seq_le(p->ack, r->isn) || seq_gt(p->ack, r->nxt))
		return embryonic ? REASON_TCP_ACK_SYN_DIFF
				 : REASON_TCP_SYNACK_OOO;
	if (s->seen) {
		/* Sent again: the client's ACK is lost behind us. */
		s->nxt = seq_max(s->nxt, p->seq + seg_len(p));
		return REASON_NONE;
	}
	start_side(s, p);
	s->acked = p->ack;
	r->acked = s->isn + 1; /* as it will say in the third ACK */
	c->state = CONN_SYN_RCVD;
	if (!s->wscale_ok || !r->wscale_ok) /* RFC 7323 1.3: both, or none */
		s->wscale = r->wscale = 0;
	return REASON_NONE;
}

static enum reason
check_ack(const struct tcp_side *s, const struct tcp_side *r, uint32_t ack)
{
	/* What it acknowledges beyond all that was seen, the capture lost. */
	if (seq_gt(ack, r->nxt) && (r->fin || ack - r->nxt > slack(s)))
		return REASON_TCP_INVALID_ACK;
	if (seq_lt(ack, s->acked - slack(s)))
		return REASON_TCP_INVALID_ACK;
	return REASON_NONE;
}

static enum reason
check_seq(
    const struct tcp_side *s, const struct tcp_side *r, const struct pkt *p)
{
	uint32_t end = p->seq + seg_len(p);
	bool fin = has(p, TCP_FIN);

	/* Two windows from the last acknowledgement seen: one that the peer
	 * offers, one for acknowledgements that the capture lost. */
	if (seq_gt(end, seq_max(r->acked + r->win + slack(r), s->nxt)))
		return fin ? REASON_TCP_RSTFIN_OOO : REASON_TCP_SEQ_PAST_WIN;
	/* RFC 9293 3.8.4 keep-alives lie one below; a retransmission starts no
	 * further back than what was unacknowledged a window ago. */
	if (seq_lt(p->seq, r->acked - slack(r) - 1))
		return REASON_TCP_ACKED;
	if (s->fin) {
		if (seq_gt(end, s->fin_seq))
			return REASON_TCP_DATA_PAST_FIN;
		if (fin && end != s->fin_seq)
			return REASON_TCP_RSTFIN_OOO;
	} else if (fin && seq_lt(end, s->nxt)) {
		return REASON_TCP_RSTFIN_OOO;
	}
	return REASON_NONE;
}

/* Segments with ACK and neither SYN nor RST. */
static enum reason
track_ack(struct conn *c, const struct pkt *p, enum dir dir)
{
	struct tcp_side *s = &c->tcp[dir];
	struct tcp_side *r = &c->tcp[!dir];
	uint32_t end = p->seq + seg_len(p);
	enum reason why;

	if (c->state == CONN_SYN_SENT)
		return REASON_TCP_3WHS_FAILED;
	if (c->state == CONN_SYN_RCVD) {
		/* The server speaks only after the third ACK: if that is not
		 * in the capture, its data still proves it. */
		if (dir == DIR_SERVER &&
		    (p->payload_wire == 0 || seq_le(p->seq, s->isn)))
			return REASON_TCP_3WHS_FAILED;
		if (dir == DIR_CLIENT &&
		    (seq_le(p->ack, r->isn) || seq_gt(p->ack, r->nxt)))
			return REASON_TCP_INVALID_ACK;
	}
	why = check_seq(s, r, p);
	if (why == REASON_NONE)
		why = check_ack(s, r, p->ack);
	if (why != REASON_NONE)
		return why;

	if (c->state == CONN_SYN_RCVD)
		c->state = CONN_ESTABLISHED;
	r->nxt = seq_max(r->nxt, p->ack);
	s->nxt = seq_max(s->nxt, end);
	if (seq_ge(p->ack, s->acked)) {
		s->acked = p->ack;
		set_window(s, (uint32_t)p->window << s->wscale);
	}
	if (p->payload_wire > 0)
		c->data[dir] = true;
	if (has(p, TCP_FIN)) {
		s->fin = true;
		s->fin_seq = end;
		c->state = CONN_CLOSING;
	}
	if (r->fin && seq_ge(p->ack, r->fin_seq))
		r->fin_acked = true;
	if (s->fin_acked && r->fin_acked) {
		c->state = CONN_CLOSED;
		c->end = REASON_FLOW_TCP_FINS;
	}
	return REASON_NONE;
}

static uint64_t
state_timeout(const struct conn *c, const struct tcp_timeouts *times)
{
	switch (c->state) {
	case CONN_SYN_SENT:
	case CONN_SYN_RCVD:
		return times->embryonic;
	case CONN_CLOSING:
	case CONN_CLOSED:
		return times->half_closed;
	default:
		return times->established;
	}
}

static enum reason
judge(struct conn *c, const struct pkt *p, enum dir dir)
{
	if (c->state == CONN_KILLED)
		return REASON_INSPECT_CLOSED;
	if (c->state == CONN_CLOSED)
		return REASON_TCP_NOT_SYN;
	if (flags_are_bad(p))
		return REASON_TCP_BAD_FLAGS;
	if (has(p, TCP_RST))
		return track_rst(c, p, dir);
	if (has(p, TCP_SYN | TCP_ACK))
		return track_synack(c, p, dir);
	if (has(p, TCP_SYN))
		return track_syn(c, p, dir);
	if (c->reopened)
		return REASON_TCP_SEQ_PAST_WIN;
	return track_ack(c, p, dir);
}

enum reason
tcp_track(struct conn *c, const struct pkt *p, enum dir dir,
    const struct tcp_timeouts *times, uint64_t *timeout)
{
	enum reason why = judge(c, p, dir);

	*timeout = state_timeout(c, times);
	return why;
}

const char *
tcp_flags_text(uint8_t flags, char buf[40])
{
	static const struct {
		uint8_t flag;
		const char *text;
	} words[] = {
		{ TCP_FIN, "FIN " },
		{ TCP_SYN, "SYN " },
		{ TCP_RST, "RST " },
		{ TCP_PSH, "PSH " },
		{ TCP_ACK, "ACK " },
		{ TCP_URG, "URG " },
	};
	char *end = buf;
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if ((flags & words[i].flag) != 0)
			end = stpcpy(end, words[i].text);
	*end = '\0';
	return buf;
}

/* Letters in the order devices print them. The embryonic ones say what is still
 * awaited: s/S the SYN, a/A the ACK, from outside/inside. UNCONFIRMED: order of
 * f F R r, place of M. */
const char *
conn_flags_text(const struct conn *c, char buf[24])
{
	enum dir inside = c->inbound ? DIR_SERVER : DIR_CLIENT;
	const struct tcp_side *in = &c->tcp[inside];
	const struct tcp_side *out = &c->tcp[!inside];
	char *b = buf;

	switch (c->state) {
	case CONN_DATAGRAM:
		*b++ = '-';
		*b = '\0';
		return buf;
	case CONN_SYN_SENT:
		b = stpcpy(b, c->inbound ? "SaA" : "saA");
		break;
	case CONN_SYN_RCVD:
		*b++ = c->inbound ? 'a' : 'A';
		break;
	default:
		*b++ = 'U';
		if (in->fin)
			*b++ = 'f';
		if (out->fin)
			*b++ = 'F';
		if (in->fin_acked) /* acknowledged by the outside */
			*b++ = 'R';
		if (out->fin_acked)
			*b++ = 'r';
		if (c->data[!inside])
			*b++ = 'I';
		if (c->data[inside])
			*b++ = 'O';
	}
	if (c->inbound)
		*b++ = 'B';
	if (c->inspect != NULL && c->inspect->inspector != NULL &&
	    strcmp(c->inspect->inspector->name, "esmtp") == 0)
		*b++ = 'M';
	*b = '\0';
	return buf;
}

/* SPDX-License-Identifier: ISC
 *
 * The stage table and the loop.
 *
 * Order for the first packet of a flow: ASA 8.2 packet flow (Cisco document
 * 113396) and, for 8.3 and later, un-NAT before the access list.
 */
#include "pipe.h"

#include <string.h>

#include "csum.h"
#include "decode.h"
#include "nat.h"
#include "route.h"

enum verdict {
	V_PASS,
	V_DROP,  /* p->reason says why */
	V_TAKEN, /* the stage has taken the packet over */
};

enum { STAGE_ALL, STAGE_NEW /* no connection yet */, STAGE_CONN };

struct stage {
	const char *name;
	enum verdict (*fn)(struct wk *w, struct pkt *p);
	int applies;
};

static enum verdict
drop(struct pkt *p, enum reason r)
{
	p->reason = r;
	return V_DROP;
}

/* A connection goes on under the policy of its creation; the numbers of its
 * interfaces are that policy's. */
static const struct policy *
policy_of(const struct wk *w, const struct pkt *p)
{
	return p->conn != NULL ? p->conn->policy : w->policy;
}

static const struct pol_iface *
iface_of(const struct wk *w, const struct pkt *p, int index)
{
	const struct policy *pol = policy_of(w, p);

	return index >= 0 && (unsigned)index < pol->n_ifaces
	    ? &pol->ifaces[index]
	    : NULL;
}

/* ---- ends of a packet's way ---- */

static void
finish_drop(struct wk *w, struct pkt *p)
{
	const struct pol_iface *i = iface_of(w, p, p->ingress);

	count_add(&w->counts, w->drops[p->reason], 1);
	if (i != NULL)
		count_add(&w->counts, i->dropped, 1);
	if (w->result != NULL) {
		w->result->dropped++;
		w->result->exhausted += p->reason == REASON_MEMORY ||
		    p->reason == REASON_FLOW_LIMIT ||
		    p->reason == REASON_TCP_GLOBAL_BUFFER_FULL;
	}
	pkt_put(&w->packets, p);
}

static void
emit(struct wk *w, struct pkt *p, const struct flow_key *leaving)
{
	const struct pol_iface *i = iface_of(w, p, p->egress);

	if (leaving != NULL)
		csum_rewrite(p, leaving);
	csum_finish(p);
	if (i != NULL) {
		count_add(&w->counts, i->out_packets, 1);
		count_add(&w->counts, i->out_bytes, p->ip_len);
	}
	if (w->sink != NULL && io_sink_write(w->sink, p) != 0 &&
	    w->result != NULL && w->result->error[0] == '\0')
		strcpy(w->result->error, "cannot write the output file");
	if (w->result != NULL)
		w->result->forwarded++;
	pkt_put(&w->packets, p);
}

/* ---- stages ---- */

static enum verdict
st_decode(struct wk *w, struct pkt *p)
{
	enum reason r;

	p->ingress = p->egress = p->capture_point = -1;
	p->conn = NULL;
	p->reason = REASON_NONE;
	p->modified = false;
	r = decode(p);
	if (r != REASON_NONE)
		return drop(p, r);
	csum_check(p);
	if (p->truncated && w->result != NULL)
		w->result->truncated++;
	return V_PASS;
}

static bool
found(struct wk *w, struct pkt *p, const struct flow_key *key)
{
	enum dir dir;

	p->conn = conn_find(&w->conns, key, &dir);
	if (p->conn == NULL)
		return false;
	p->dir = (uint8_t)dir;
	p->ingress = p->conn->ifindex[dir];
	p->egress = p->conn->ifindex[!dir];
	return true;
}

/* Where did the packet come in, and what did it look like then? A capture
 * shows packets of one direction as they arrived and those of the other as
 * they left: the latter are taken back through the translation. */
static enum verdict
st_origin(struct wk *w, struct pkt *p)
{
	const struct policy *pol = w->policy;
	struct flow_key key;
	int at = -1, in = -1, by_route;

	flow_key_of(p, &key);
	if (found(w, p, &key))
		return V_PASS;
	if (pol->bare) {
		p->ingress = 0;
		p->egress = 1;
		return V_PASS;
	}
	by_route = route_lookup(pol, &p->src);
	if (w->capture_point >= 0 && by_route < 0 &&
	    route_lookup(pol, &p->dst) != w->capture_point)
		by_route = w->capture_point;
	p->capture_point = w->capture_point;
	if (nat_take_back(pol, w->capture_point, by_route, &key, &at, &in)) {
		csum_rewrite(p, &key);
		p->capture_point = at;
		if (found(w, p, &key))
			return V_PASS;
		p->ingress = in;
	} else
		p->ingress = by_route;
	if (p->ingress < 0) {
		p->ingress =
		    route_default_ingress(pol, route_lookup(pol, &p->dst));
		if (w->result != NULL)
			w->result->unrouted++;
	}
	if (p->ingress < 0)
		return drop(p, REASON_NO_ROUTE);
	if (pol->ifaces[p->ingress].down)
		return drop(p, REASON_INTERFACE_DOWN);
	return V_PASS;
}

static void
count_ingress(struct wk *w, const struct pkt *p)
{
	const struct pol_iface *i = iface_of(w, p, p->ingress);

	if (i == NULL)
		return;
	count_add(&w->counts, i->in_packets, 1);
	count_add(&w->counts, i->in_bytes, p->ip_len);
}

static bool
is_zero(const struct ip_addr *a)
{
	static const uint8_t zero[16];

	return memcmp(a->b, zero, sizeof(zero)) == 0;
}

/* Early security checks: 106016, 106017. */
static enum verdict
st_sanity(struct wk *w, struct pkt *p)
{
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];
	bool spoof = false;

	count_ingress(w, p);
	/* Without reassembly none of them can be judged; letting the first one
	 * through would only send half a packet. */
	if (p->fragment) {
		if (w->result != NULL)
			w->result->fragments++;
		return drop(p, REASON_FRAGMENT);
	}
	if (ip_eq(&p->src, &p->dst) && p->sport == p->dport &&
	    (p->proto == IPPROTO_TCP || p->proto == IPPROTO_UDP)) {
		evlog_put(&w->log, EV_106017, ip_format(&p->src, src),
		    ip_format(&p->dst, dst));
		return drop(p, REASON_SECURITY_FAILED);
	}
	/* A bare capture may well come from a loopback device. */
	if (!w->policy->bare) {
		if (p->src.af == AF_INET)
			spoof = p->src.b[0] == 127 || p->src.b[0] >= 224 ||
			    is_zero(&p->dst);
		else
			spoof = p->src.b[0] == 0xff || is_zero(&p->dst);
	}
	if (spoof) {
		evlog_put(&w->log, EV_106016, ip_format(&p->src, src),
		    ip_format(&p->dst, dst),
		    iface_name(policy_of(w, p), p->ingress));
		return drop(p, REASON_SECURITY_FAILED);
	}
	return V_PASS;
}

/* A new SYN on a finished connection starts a new one. */
static enum verdict
st_conn(struct wk *w, struct pkt *p)
{
	struct conn *c = p->conn;
	struct flow_key key;

	flow_key_of(p, &key);
	if (c != NULL && (c->state == CONN_CLOSED || c->state == CONN_KILLED)) {
		if (p->dir != DIR_CLIENT ||
		    (p->tcp_flags & (TCP_SYN | TCP_ACK | TCP_RST)) != TCP_SYN)
			return drop(p, REASON_INSPECT_CLOSED);
		conn_end(&w->conns, c, c->end);
		p->conn = NULL;
	}
	if (p->conn == NULL) {
		memset(&w->draft, 0, sizeof(w->draft));
		w->draft.arriving = w->draft.real = w->draft.leaving = key;
	}
	return V_PASS;
}

static enum verdict
st_open(struct wk *w, struct pkt *p)
{
	enum reason r;

	if (p->proto != IPPROTO_TCP)
		return V_PASS;
	r = tcp_may_open(p);
	if (r == REASON_TCP_NOT_SYN)
		log_not_syn(w, p);
	return r == REASON_NONE ? V_PASS : drop(p, r);
}

static void
fill_tuple(const struct pkt *p, const struct flow_key *key, struct acl_tuple *t)
{
	acl_tuple_of(p, t);
	t->key = *key;
}

static bool
acl_says(struct wk *w, const struct pol_acl *acl, const struct acl_tuple *t,
    bool *matched)
{
	const struct pol_ace *a = acl_match(acl, t);

	*matched = a != NULL;
	if (a == NULL)
		return false;
	count_add(&w->counts, a->hits, 1);
	return a->permit;
}

/* Where would it leave? For messages of a packet that is refused early. */
static int
guess_egress(const struct policy *pol, const struct pkt *p)
{
	struct flow_key key;
	const struct pol_static *s;

	flow_key_of(p, &key);
	s = nat_untranslate(pol, p->ingress, &key);
	return s != NULL ? s->real_if : route_lookup(pol, &key.dst);
}

/* Interface list, then global list; both empty-handed: implicit deny, or, if
 * neither is applied, the security levels decide (st_levels). */
static enum verdict
st_acl_in(struct wk *w, struct pkt *p)
{
	const struct policy *pol = w->policy;
	const struct pol_acl *acl = pol->ifaces[p->ingress].acl_in;
	struct acl_tuple t;
	bool permit = false, matched = false;

	if (pol->bare || (acl == NULL && pol->acl_global == NULL))
		return V_PASS;
	fill_tuple(
	    p, pol->acl_on_mapped ? &w->draft.arriving : &w->draft.real, &t);
	if (acl != NULL)
		permit = acl_says(w, acl, &t, &matched);
	if (!matched && pol->acl_global != NULL) {
		acl = pol->acl_global;
		permit = acl_says(w, acl, &t, &matched);
	}
	if (permit)
		return V_PASS;
	p->egress = guess_egress(pol, p);
	log_acl_deny(w, p, acl);
	return drop(p, REASON_ACL_DROP);
}

static enum verdict
st_untranslate(struct wk *w, struct pkt *p)
{
	struct draft *d = &w->draft;

	d->dst_rule = nat_untranslate(w->policy, p->ingress, &d->real);
	d->leaving = d->real;
	if (d->dst_rule != NULL)
		p->egress = d->dst_rule->real_if;
	return V_PASS;
}

static enum verdict
st_route(struct wk *w, struct pkt *p)
{
	if (w->policy->bare || p->egress >= 0)
		return V_PASS;
	p->egress = route_lookup(w->policy, &w->draft.real.dst);
	if (p->egress < 0) {
		log_no_route(w, p);
		return drop(p, REASON_NO_ROUTE);
	}
	if (w->policy->ifaces[p->egress].down)
		return drop(p, REASON_INTERFACE_DOWN);
	return V_PASS;
}

/* Higher to lower level passes without an access list; between equal levels,
 * and back out where it came in, only what same-security-traffic permits. */
static enum verdict
st_levels(struct wk *w, struct pkt *p)
{
	const struct policy *pol = w->policy;
	const struct pol_iface *in = &pol->ifaces[p->ingress];
	const struct pol_iface *out = &pol->ifaces[p->egress];
	bool listed = in->acl_in != NULL || pol->acl_global != NULL;

	if (pol->bare)
		return V_PASS;
	if (p->ingress == p->egress) {
		if (pol->same_security_intra)
			return V_PASS;
	} else if (in->security_level == out->security_level) {
		if (pol->same_security_inter)
			return V_PASS;
	} else if (listed || in->security_level > out->security_level)
		return V_PASS;
	log_no_acl_deny(w, p);
	return drop(p, REASON_ACL_DROP);
}

static enum verdict
st_translate(struct wk *w, struct pkt *p)
{
	struct draft *d = &w->draft;

	d->src_rule =
	    nat_translate(w->policy, p->ingress, p->egress, &d->leaving);
	if (d->dst_rule != NULL)
		count_add(&w->counts, d->dst_rule->untranslate, 1);
	if (d->src_rule != NULL)
		count_add(&w->counts, d->src_rule->translate, 1);
	return V_PASS;
}

/* Outbound list of the egress interface: mapped source up to 8.2. */
static enum verdict
st_acl_out(struct wk *w, struct pkt *p)
{
	const struct policy *pol = w->policy;
	const struct pol_acl *acl = pol->ifaces[p->egress].acl_out;
	struct acl_tuple t;
	bool matched;

	if (acl == NULL)
		return V_PASS;
	fill_tuple(
	    p, pol->acl_on_mapped ? &w->draft.leaving : &w->draft.real, &t);
	if (acl_says(w, acl, &t, &matched))
		return V_PASS;
	log_acl_deny(w, p, acl);
	return drop(p, REASON_ACL_DROP);
}

static enum verdict
st_mpf(struct wk *w, struct pkt *p)
{
	struct mpf_flow f = {
		.tos = p->tos, .ingress = p->ingress, .egress = p->egress
	};

	fill_tuple(p, &w->draft.arriving, &f.arriving);
	fill_tuple(p, &w->draft.real, &f.real);
	mpf_classify(w->policy, &f, &w->draft.mpf);
	return V_PASS;
}

static bool
needs_conn(const struct wk *w, const struct pkt *p)
{
	if (p->proto == IPPROTO_TCP || p->proto == IPPROTO_UDP)
		return true;
	/* ICMP is stateful only when it is inspected. */
	return w->draft.mpf.inspect != NULL &&
	    (p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6);
}

static void
swap_ends(const struct flow_key *from, struct flow_key *to)
{
	*to = *from;
	to->src = from->dst;
	to->dst = from->src;
	to->sport = from->dport;
	to->dport = from->sport;
}

/* The real host whose connections a static limits. */
static const struct pol_static *
limiting_rule(const struct draft *d, struct ip_addr *host)
{
	if (d->dst_rule != NULL && d->dst_rule->tcp_max > 0) {
		*host = d->real.dst;
		return d->dst_rule;
	}
	if (d->src_rule != NULL && d->src_rule->tcp_max > 0) {
		*host = d->arriving.src;
		return d->src_rule;
	}
	return NULL;
}

static void
fill_conn(struct wk *w, const struct pkt *p, struct conn *c)
{
	const struct policy *pol = w->policy;
	const struct draft *d = &w->draft;
	struct insp_flow *f = &c->flow;

	c->out[DIR_CLIENT] = d->leaving;
	swap_ends(&d->arriving, &c->out[DIR_SERVER]);
	f->addr[DIR_CLIENT] = d->arriving.src;
	f->port[DIR_CLIENT] = d->arriving.sport;
	f->mapped[DIR_CLIENT] = d->leaving.src;
	f->addr[DIR_SERVER] = d->real.dst;
	f->port[DIR_SERVER] = d->real.dport;
	f->mapped[DIR_SERVER] = d->arriving.dst;
	f->ifname[DIR_CLIENT] = iface_name(pol, p->ingress);
	f->ifname[DIR_SERVER] = iface_name(pol, p->egress);
	c->ifindex[DIR_CLIENT] = p->ingress;
	c->ifindex[DIR_SERVER] = p->egress;
	c->inbound = pol->ifaces[p->ingress].security_level <
	    pol->ifaces[p->egress].security_level;
	c->rule = d->dst_rule != NULL ? d->dst_rule : d->src_rule;
	c->policy = w->policy;
	w->policy->refs++;
}

static uint64_t
datagram_timeout(const struct policy *pol, const struct pkt *p)
{
	return p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6
	    ? pol->timeout_icmp
	    : pol->timeout_udp;
}

static enum verdict
st_create(struct wk *w, struct pkt *p)
{
	const struct pol_inspect *in = w->draft.mpf.inspect;
	const struct pol_static *rule;
	struct flow_key server;
	struct ip_addr host;
	struct conn *c;

	if (!needs_conn(w, p))
		return V_PASS;
	rule = p->proto == IPPROTO_TCP ? limiting_rule(&w->draft, &host) : NULL;
	if (rule != NULL) {
		uint32_t n = hostlimit_count(&w->hosts, &host);

		if (n >= rule->tcp_max) {
			log_conn_limit(w, p, n, rule->tcp_max);
			return drop(p, REASON_CONN_LIMIT);
		}
	}
	swap_ends(&w->draft.leaving, &server);
	c = conn_create(&w->conns, &w->draft.arriving, &server, w->now);
	if (c == NULL)
		return drop(p, REASON_FLOW_LIMIT);
	fill_conn(w, p, c);
	if (rule != NULL)
		c->limit_slot = hostlimit_take(&w->hosts, &host);
	if (in != NULL) {
		c->inspect = &in->instance;
		if (in->instance.inspector != NULL) {
			c->stream = stream_get(&w->streams, &in->instance);
			if (c->stream == NULL) {
				/* Never let mail by uninspected because
				 * memory is short. */
				conn_end(&w->conns, c, REASON_MEMORY);
				return drop(p, REASON_MEMORY);
			}
		}
	}
	if (p->proto == IPPROTO_TCP)
		tcp_open(c, p);
	else {
		c->state = CONN_DATAGRAM;
		conn_set_timeout(&w->conns, c, datagram_timeout(w->policy, p));
	}
	p->conn = c;
	p->dir = DIR_CLIENT;
	log_built(w, c);
	return V_PASS;
}

static enum verdict
st_track(struct wk *w, struct pkt *p)
{
	struct conn *c = p->conn;
	uint64_t timeout = c->timeout;
	enum reason r;

	p->egress = c->ifindex[!p->dir];
	if (p->proto == IPPROTO_TCP) {
		r = tcp_track(c, p, p->dir, &w->policy->tcp, &timeout);
		if (r != REASON_NONE)
			return drop(p, r);
	}
	conn_touch(&w->conns, c, w->now);
	if (timeout != c->timeout)
		conn_set_timeout(&w->conns, c, timeout);
	c->bytes += p->payload_wire;
	if (p->payload_wire > 0)
		c->data[p->dir] = true;
	return V_PASS;
}

/* A RST towards one end, with the sequence number that end expects. */
static void
say_rst(struct wk *w, const struct conn *c, enum dir to)
{
	const struct tcp_side *peer = &c->tcp[!to];
	uint32_t seq = c->tcp[to].seen ? c->tcp[to].acked : peer->nxt;
	struct flow_key key;
	struct pkt *p;

	if (w->injector == NULL || (p = pkt_get(&w->packets)) == NULL)
		return;
	swap_ends(&c->key[to], &key); /* as the peer's packets look there */
	p->ts = w->now;
	p->number = w->packet_number;
	p->conn = NULL;
	p->ingress = -1;
	if (seq == 0)
		seq = peer->nxt;
	if (inject_rst(w->injector, p, &key, seq, c->tcp[to].nxt) != 0 ||
	    decode(p) != REASON_NONE) {
		pkt_put(&w->packets, p);
		return;
	}
	p->egress = c->ifindex[to];
	csum_check(p);
	if (w->result != NULL) {
		w->result->made++;
		w->result->forwarded--; /* emit() counts it */
	}
	emit(w, p, NULL);
}

static void
kill_conn(struct wk *w, struct conn *c, bool reset)
{
	if (reset) {
		say_rst(w, c, DIR_CLIENT);
		say_rst(w, c, DIR_SERVER);
	}
	count_add(&w->counts, w->drops[REASON_FLOW_INSPECT_FAIL], 1);
	c->end = REASON_FLOW_CLOSED_BY_INSPECTION;
	log_teardown(w, c, "Flow closed by inspection");
	hostlimit_give(&w->hosts, c->limit_slot);
	c->limit_slot = 0;
	stream_put(&w->streams, c->stream, NULL);
	c->stream = NULL;
	c->state = CONN_KILLED;
	/* It only swallows what is still on the way. */
	conn_set_timeout(&w->conns, c, w->policy->tcp.half_closed);
}

static enum verdict
st_inspect(struct wk *w, struct pkt *p)
{
	struct conn *c = p->conn;
	struct insp_ctx ctx = { .flow = &c->flow,
		.counts = &w->counts,
		.log = &w->log,
		.ts = w->now,
		.packet_number = p->number,
		.segment_len = p->payload_len };
	struct stream_out out;
	enum dir dir = p->dir;
	bool closed = c->state == CONN_CLOSED;
	struct pkt *q, *next;

	if (c->inspect == NULL)
		return V_PASS;
	if (c->stream == NULL) {
		if (p->payload_len > 0 || p->proto != IPPROTO_TCP)
			count_add(&w->counts, c->inspect->counters.packet, 1);
		return V_PASS;
	}
	if (p->tcp_flags & TCP_SYN)
		stream_start(c->stream, dir, p->seq + 1);
	stream_input(c->stream, p, dir, &ctx, &out);
	for (q = out.forward; q != NULL; q = next) {
		next = q->next;
		emit(w, q, &c->out[q->dir]);
	}
	for (q = out.drop; q != NULL; q = next) {
		next = q->next;
		finish_drop(w, q);
	}
	if (w->result != NULL)
		w->result->gap_bytes += out.gap;
	if (out.verdict == INSP_DROP_CONN || out.verdict == INSP_RESET)
		kill_conn(w, c, out.verdict == INSP_RESET);
	else if (closed)
		conn_end(&w->conns, c, c->end);
	return V_TAKEN;
}

static enum verdict
st_output(struct wk *w, struct pkt *p)
{
	struct conn *c = p->conn;
	bool closed = c != NULL && c->state == CONN_CLOSED;

	emit(w, p, c != NULL ? &c->out[p->dir] : &w->draft.leaving);
	if (closed)
		conn_end(&w->conns, c, c->end);
	return V_TAKEN;
}

/* clang-format off */
#define STAGES_BEFORE \
	{ "decode", st_decode, STAGE_ALL }, \
	{ "origin", st_origin, STAGE_ALL }, \
	{ "sanity", st_sanity, STAGE_ALL }, \
	{ "conn", st_conn, STAGE_ALL }, \
	{ "tcp-open", st_open, STAGE_NEW }
#define STAGES_AFTER \
	{ "route", st_route, STAGE_NEW }, \
	{ "security-level", st_levels, STAGE_NEW }, \
	{ "nat", st_translate, STAGE_NEW }, \
	{ "acl-out", st_acl_out, STAGE_NEW }, \
	{ "mpf", st_mpf, STAGE_NEW }, \
	{ "create", st_create, STAGE_NEW }, \
	{ "tcp", st_track, STAGE_CONN }, \
	{ "inspect", st_inspect, STAGE_CONN }, \
	{ "output", st_output, STAGE_ALL }

/* Up to 8.2 access lists name mapped addresses: they come before un-NAT. */
static const struct stage stages_8_2[] = {
	STAGES_BEFORE,
	{ "acl-in", st_acl_in, STAGE_NEW },
	{ "un-nat", st_untranslate, STAGE_NEW },
	STAGES_AFTER,
};

static const struct stage stages_8_3[] = {
	STAGES_BEFORE,
	{ "un-nat", st_untranslate, STAGE_NEW },
	{ "acl-in", st_acl_in, STAGE_NEW },
	STAGES_AFTER,
};
/* clang-format on */

void
pipe_run(struct wk *w, struct pkt *p)
{
	const struct stage *s =
	    w->policy->acl_on_mapped ? stages_8_2 : stages_8_3;
	const struct stage *end = s + ARRAY_LEN(stages_8_2);

	if (p->ts > w->now)
		w->now = p->ts;
	w->packet_number = p->number;
	w->log.ts = w->now;
	w->log.packet_number = p->number;
	conn_expire(&w->conns, w->now);
	for (; s < end; s++) {
		if ((s->applies == STAGE_NEW && p->conn != NULL) ||
		    (s->applies == STAGE_CONN && p->conn == NULL))
			continue;
		switch (s->fn(w, p)) {
		case V_PASS:
			break;
		case V_DROP:
			finish_drop(w, p);
			return;
		case V_TAKEN:
			return;
		}
	}
}

/* SPDX-License-Identifier: ISC
 *
 * show conn, show xlate, show asp drop.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session.h"
#include "tcp.h"

/* Bits of conn_args.what, in the order of the row. */
enum {
	CONN_ALL,
	CONN_COUNT,
	CONN_DETAIL,
	CONN_LONG,
	CONN_ADDRESS,
	CONN_PORT,
	CONN_PROTOCOL
};

struct conn_args {
	uint32_t what;
	struct ip_addr address;
	uint32_t port;
	uint8_t protocol; /* 1 tcp, 2 udp */
};
BIND(bind_conn, struct conn_args, FIELD(struct conn_args, F_MASK, what),
    FIELD(struct conn_args, F_IP, address),
    FIELD(struct conn_args, F_U32, port),
    FIELD(struct conn_args, F_BRANCH, protocol));

struct conn_view {
	struct session *s;
	const struct conn_args *a;
	uint64_t now;
	enum profile profile;
};

static bool
has(const struct conn_args *a, unsigned bit)
{
	return a->what >> bit & 1;
}

static const char *
proto_name(uint8_t proto, char buf[12])
{
	switch (proto) {
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	case IPPROTO_ICMP:
		return "ICMP";
	case IPPROTO_ICMPV6:
		return "ICMP6";
	default:
		snprintf(buf, 12, "%u", proto);
		return buf;
	}
}

static bool
shown(const struct conn_view *v, const struct conn *c)
{
	const struct conn_args *a = v->a;
	const struct insp_flow *f = &c->flow;

	/* An inspection has closed it: for the device it is gone. */
	if (c->state == CONN_KILLED)
		return false;
	if (has(a, CONN_ADDRESS) && !ip_eq(&f->addr[0], &a->address) &&
	    !ip_eq(&f->addr[1], &a->address))
		return false;
	if (has(a, CONN_PORT) && f->port[0] != a->port && f->port[1] != a->port)
		return false;
	return !has(a, CONN_PROTOCOL) ||
	    c->key[0].proto == (a->protocol == 1 ? IPPROTO_TCP : IPPROTO_UDP);
}

/* 0:01:02 */
static const char *
clock_text(uint64_t ns, char buf[24])
{
	uint64_t t = ns / 1000000000u;

	snprintf(buf, 24, "%" PRIu64 ":%02u:%02u", t / 3600,
	    (unsigned)(t / 60 % 60), (unsigned)(t % 60));
	return buf;
}

/* 1h0m, 1m2s, 5s: the two largest units that count. */
static const char *
span_text(uint64_t ns, char buf[24])
{
	uint64_t t = ns / 1000000000u;

	if (t >= 86400)
		snprintf(buf, 24, "%" PRIu64 "d%uh", t / 86400,
		    (unsigned)(t / 3600 % 24));
	else if (t >= 3600)
		snprintf(buf, 24, "%uh%um", (unsigned)(t / 3600),
		    (unsigned)(t / 60 % 60));
	else if (t >= 60)
		snprintf(
		    buf, 24, "%um%us", (unsigned)(t / 60), (unsigned)(t % 60));
	else
		snprintf(buf, 24, "%us", (unsigned)t);
	return buf;
}

static uint64_t
since(uint64_t now, uint64_t then)
{
	return now > then ? now - then : 0;
}

/* The end on the lower security level comes first. */
static unsigned
first_end(const struct conn *c)
{
	return c->inbound ? DIR_CLIENT : DIR_SERVER;
}

static const char *
flags_of(const struct conn *c, char buf[24])
{
	const char *flags = conn_flags_text(c, buf);

	return flags[0] == '\0' && c->key[0].proto == IPPROTO_UDP ? "-" : flags;
}

static void
show_short_end(const struct conn_view *v, const struct conn *c, unsigned end)
{
	const struct insp_flow *f = &c->flow;
	char a[IP_TEXT_SIZE];

	out_printf(&v->s->out, " %s%s%s", f->ifname[end],
	    v->profile == PROFILE_ASA_9_X ? "  " : " ",
	    ip_format(&f->addr[end], a));
	if (f->mapped[end].af != 0 && !ip_eq(&f->mapped[end], &f->addr[end]))
		out_printf(&v->s->out, "(%s)", ip_format(&f->mapped[end], a));
	out_printf(&v->s->out, ":%u", f->port[end]);
}

/* TCP outside 203.0.113.9:1025 inside 192.168.1.1:25, idle 0:00:21, ... */
static void
show_short(const struct conn_view *v, const struct conn *c)
{
	unsigned end = first_end(c);
	char idle[24], flags[24], proto[12];

	out_puts(&v->s->out, proto_name(c->key[0].proto, proto));
	show_short_end(v, c, end);
	show_short_end(v, c, !end);
	out_printf(&v->s->out, ", idle %s, bytes %" PRIu64 ", flags %s\n",
	    clock_text(since(v->now, c->last), idle), c->bytes,
	    flags_of(c, flags));
}

static void
show_detail(const struct conn_view *v, const struct conn *c)
{
	const struct insp_flow *f = &c->flow;
	unsigned i, end = first_end(c);
	char a[IP_TEXT_SIZE], t1[24], t2[24], t3[24], flags[24], proto[12];
	struct out *o = &v->s->out;

	out_puts(o, proto_name(c->key[0].proto, proto));
	for (i = 0; i < 2; i++, end = !end)
		out_printf(o, " %s:%s/%u%s", f->ifname[end],
		    ip_format(&f->addr[end], a), f->port[end],
		    i == 1 ? ",\n" : "");
	out_printf(o,
	    "    flags %s, idle %s, uptime %s, timeout %s, bytes %" PRIu64 "\n",
	    flags_of(c, flags), span_text(since(v->now, c->last), t1),
	    span_text(since(v->now, c->created), t2), span_text(c->timeout, t3),
	    c->bytes);
}

static void
show_long(const struct conn_view *v, const struct conn *c)
{
	const struct insp_flow *f = &c->flow;
	unsigned i, end = first_end(c);
	char a[IP_TEXT_SIZE], b[IP_TEXT_SIZE], t1[24], t2[24], t3[24];
	char flags[24], proto[12];
	struct out *o = &v->s->out;

	out_puts(o, proto_name(c->key[0].proto, proto));
	for (i = 0; i < 2; i++, end = !end) {
		const struct ip_addr *mapped =
		    f->mapped[end].af != 0 ? &f->mapped[end] : &f->addr[end];

		out_printf(o, " %s: %s/%u (%s/%u)%s", f->ifname[end],
		    ip_format(&f->addr[end], a), f->port[end],
		    ip_format(mapped, b), f->port[end], i == 1 ? "," : "");
	}
	out_printf(o,
	    " flags %s , idle %s, uptime %s, timeout %s, bytes %" PRIu64
	    "\n  Initiator: %s, Responder: %s\n",
	    flags_of(c, flags), span_text(since(v->now, c->last), t1),
	    span_text(since(v->now, c->created), t2), span_text(c->timeout, t3),
	    c->bytes, ip_format(&f->addr[DIR_CLIENT], a),
	    ip_format(&f->addr[DIR_SERVER], b));
}

static void
show_one(void *arg, const struct conn *c)
{
	const struct conn_view *v = arg;

	if (out_stopped(&v->s->out) || !shown(v, c))
		return;
	if (has(v->a, CONN_LONG))
		show_long(v, c);
	else if (has(v->a, CONN_DETAIL))
		show_detail(v, c);
	else
		show_short(v, c);
}

static void
count_killed(void *arg, const struct conn *c)
{
	*(uint32_t *)arg += c->state == CONN_KILLED;
}

static const char legend_old[] =
    "Flags: A - awaiting inside ACK to SYN, a - awaiting outside ACK to SYN,\n"
    "       B - initial SYN from outside, C - CTIQBE media, D - DNS, d - dump,\n"
    "       E - outside back connection, F - outside FIN, f - inside FIN,\n"
    "       G - group, g - MGCP, H - H.323, h - H.225.0, I - inbound data,\n"
    "       i - incomplete, k - Skinny media, M - SMTP data, m - SIP media,\n"
    "       O - outbound data, P - inside back connection, q - SQL*Net data,\n"
    "       R - outside acknowledged FIN,\n"
    "       R - UDP SUNRPC, r - inside acknowledged FIN, S - awaiting inside "
    "SYN,\n"
    "       s - awaiting outside SYN, T - SIP, t - SIP transient, U - up\n";

static const char legend_new[] =
    "Flags: A - awaiting inside ACK to SYN, a - awaiting outside ACK to SYN,\n"
    "       B - initial SYN from outside, b - TCP state-bypass or nailed,\n"
    "       C - CTIQBE media, c - cluster centralized,\n"
    "       D - DNS / Umbrella, d - dump, E - outside back connection, e - "
    "semi-distributed,\n"
    "       F - outside FIN, f - inside FIN,\n"
    "       G - group, g - MGCP, H - H.323, h - H.225.0, I - inbound data,\n"
    "       i - incomplete, J - GTP, j - GTP data, K - GTP t3-response\n"
    "       k - Skinny media, L - LISP triggered flow owner mobility\n"
    "       l - local director/backup stub flow\n"
    "       M - SMTP data, m - SIP media, n - GUP\n"
    "       N - inspected by Snort\n"
    "       O - outbound data, o - offloaded,\n"
    "       P - inside back connection\n"
    "       Q - Diameter, q - SQL*Net data,\n"
    "       R - outside acknowledged FIN,\n"
    "       R - UDP SUNRPC, r - inside acknowledged FIN, S - awaiting inside "
    "SYN,\n"
    "       s - awaiting outside SYN, T - SIP, t - SIP transient, U - up, u - "
    "STUN,\n"
    "       V - VPN orphan, v - M3UA W - WAAS,\n"
    "       w - secondary domain backup,\n"
    "       X - inspected by service module,\n"
    "       x - per session, Y - director stub flow, y - backup stub flow,\n"
    "       Z - Scansafe redirection, z - forwarding stub flow\n"
    "\n";

static void
show_conn(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct conn_args *a = args;
	struct conn_view v = { s, a, device_now(s->device),
		engine_policy(s->device->engine)->profile };
	uint32_t in_use, most_used, killed = 0;

	engine_conn_usage(s->device->engine, &in_use, &most_used);
	engine_conn_each(s->device->engine, count_killed, &killed);
	out_printf(
	    &s->out, "%u in use, %u most used\n", in_use - killed, most_used);
	if (has(a, CONN_COUNT))
		return;
	if (has(a, CONN_DETAIL) || has(a, CONN_LONG))
		out_puts(&s->out,
		    v.profile == PROFILE_ASA_9_X ? legend_new : legend_old);
	engine_conn_each(s->device->engine, show_one, &v);
}

/* ---- show xlate ---- */

static void
xlate_addr(const struct ip_addr *a, unsigned length, char *buf, size_t size)
{
	char text[IP_TEXT_SIZE];

	ip_format(a, text);
	if (length < 32)
		snprintf(buf, size, "%s/%u", text, length);
	else
		snprintf(buf, size, "%s", text);
}

static void
show_xlate_old(struct session *s, const struct pol_static *x)
{
	char real[IP_TEXT_SIZE], mapped[IP_TEXT_SIZE];

	ip_format(&x->real, real);
	ip_format(&x->mapped, mapped);
	if (x->proto >= 0)
		out_printf(&s->out, "PAT Global %s(%u) Local %s(%u)\n", mapped,
		    x->mapped_port, real, x->real_port);
	else
		out_printf(&s->out, "Global %s Local %s\n", mapped, real);
}

static void
show_xlate_new(
    struct session *s, const struct policy *p, const struct pol_static *x)
{
	const char *real_if = p->ifaces[x->real_if].name;
	const char *mapped_if = p->ifaces[x->mapped_if].name;
	char real[64], mapped[64];

	xlate_addr(&x->real, x->prefix_length, real, sizeof(real));
	xlate_addr(&x->mapped, x->prefix_length, mapped, sizeof(mapped));
	if (x->proto >= 0)
		out_printf(&s->out,
		    "%s PAT from %s:%s %u-%u to %s:%s %u-%u\n"
		    "    flags sr idle 0:00:00 timeout 0:00:00\n\n",
		    x->proto == IPPROTO_UDP ? "UDP" : "TCP", real_if, real,
		    x->real_port, x->real_port, mapped_if, mapped,
		    x->mapped_port, x->mapped_port);
	else
		out_printf(&s->out,
		    "NAT from %s:%s to %s:%s\n"
		    "    flags s idle 0:00:00 timeout 0:00:00\n\n",
		    real_if, real, mapped_if, mapped);
}

struct xlate_args {
	bool count;
};
BIND(bind_xlate, struct xlate_args, FIELD(struct xlate_args, F_BOOL, count));

static void
show_xlate(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct xlate_args *a = args;
	const struct policy *p = engine_policy(s->device->engine);
	bool nine = p->profile == PROFILE_ASA_9_X;
	unsigned i;

	out_printf(
	    &s->out, "%u in use, %u most used\n", p->n_statics, p->n_statics);
	if (a->count)
		return;
	if (nine)
		out_puts(&s->out,
		    "Flags: D - DNS, e - extended, I - identity, i - dynamic, "
		    "r - portmap,\n"
		    "       s - static, T - twice, N - net-to-net\n");
	for (i = 0; i < p->n_statics; i++) {
		if (nine)
			show_xlate_new(s, p, &p->statics[i]);
		else
			show_xlate_old(s, &p->statics[i]);
	}
}

/* ---- show asp drop ---- */

/* Ways for a flow to end that are no drops. */
static bool
normal_end(enum reason r)
{
	return r == REASON_FLOW_TCP_FINS || r == REASON_FLOW_RESET_IN ||
	    r == REASON_FLOW_RESET_OUT || r == REASON_FLOW_SYN_TIMEOUT ||
	    r == REASON_FLOW_FIN_TIMEOUT || r == REASON_FLOW_CONN_TIMEOUT;
}

static void
show_drops(struct session *s, bool flow)
{
	char text[160], stamp[40];
	unsigned r;

	out_printf(&s->out, "\n%s drop:\n", flow ? "Flow" : "Frame");
	for (r = 1; r < REASON_COUNT; r++) {
		uint64_t n = engine_drops(s->device->engine, (enum reason)r);

		if ((reason_is_flow((enum reason)r) != 0) != flow || n == 0 ||
		    normal_end((enum reason)r))
			continue;
		snprintf(text, sizeof(text), "%s (%s)",
		    reason_text((enum reason)r),
		    reason_keyword((enum reason)r));
		out_printf(&s->out, "  %-66s %11" PRIu64 "\n", text, n);
	}
	if (s->device->drops_cleared == 0)
		out_puts(&s->out, "\nLast clearing: Never\n");
	else
		out_printf(&s->out, "\nLast clearing: %s by enable_15\n",
		    clock_stamp(
			s->device->drops_cleared, stamp, sizeof(stamp)));
}

struct asp_args {
	uint8_t which; /* 1 frame, 2 flow */
};
BIND(bind_asp, struct asp_args, FIELD(struct asp_args, F_BRANCH, which));

static void
show_asp_drop(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	const struct asp_args *a = args;

	if (a->which != 2)
		show_drops(session, false);
	if (a->which != 1)
		show_drops(session, true);
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec,
	  "show conn {all | count | detail | long | address IPANY:address"
	  " | port PORT:port | protocol <tcp | udp>:protocol}+:what",
	  "Show running system information\n"
	  "Connections\n"
	  "Connections to the device as well\n"
	  "Only how many there are\n"
	  "Times, and a legend of the flags\n"
	  "Mapped addresses as well\n"
	  "Connections of an address\n"
	  "Address\n"
	  "Connections of a port\n"
	  "Port\n"
	  "Connections of a protocol\n"
	  "TCP\n"
	  "UDP\n",
	  &bind_conn, .exec = show_conn, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show xlate [count]:count",
	  "Show running system information\n"
	  "Translations\n"
	  "Only how many there are\n",
	  &bind_xlate, .exec = show_xlate, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show asp drop [<frame | flow>:which]",
	  "Show running system information\n"
	  "Accelerated security path\n"
	  "Packets that were dropped, by reason\n"
	  "Frame drops\n"
	  "Flow drops\n",
	  &bind_asp, .exec = show_asp_drop, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_conn = { rows, ARRAY_LEN(rows) };

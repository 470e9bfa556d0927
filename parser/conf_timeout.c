/* SPDX-License-Identifier: ISC
 *
 * The global timeouts (ASA command reference, "timeout").
 */
#include <string.h>

#include "conf_int.h"

/* Branches of the row, in the order in which they are printed. Those from
 * T_KEPT on are in the order of enum timeout_kept; rpc is what PIX 6 calls
 * sunrpc. */
enum {
	T_CONN,
	T_HALF_CLOSED,
	T_UDP,
	T_SCTP,
	T_ICMP,
	T_KEPT,
	T_RPC = T_KEPT + TIMEOUT_SCTP,
	T_COUNT
};

struct timeout_args {
	uint32_t set;
	uint32_t conn, half, udp, sctp, icmp;
	uint32_t xlate, pat, sunrpc, h323, h225, mgcp, mgcppat, sip, sipmedia,
	    sipinvite, sipdisc, sipprov, uauth, proxy, floating, holddown, igp,
	    rpc;
	uint8_t kind; /* uauth: absolute, inactivity */
};

#define F(member) FIELD(struct timeout_args, F_U32, member)
BIND(bind_timeout, struct timeout_args, FIELD(struct timeout_args, F_MASK, set),
    FIELD(struct timeout_args, F_BRANCH, kind), F(conn), F(half), F(udp),
    F(icmp), F(xlate), F(pat), F(sctp), F(sunrpc), F(h323), F(h225), F(mgcp),
    F(mgcppat), F(sip), F(sipmedia), F(sipinvite), F(sipdisc), F(sipprov),
    F(uauth), F(proxy), F(floating), F(holddown), F(igp), F(rpc));
#undef F

static const uint32_t defaults[T_COUNT] = {
	[T_CONN] = 3600,
	[T_HALF_CLOSED] = 600,
	[T_UDP] = 120,
	[T_SCTP] = 120,
	[T_ICMP] = 2,
	[T_KEPT + TIMEOUT_XLATE] = 10800,
	[T_KEPT + TIMEOUT_PAT_XLATE] = 30,
	[T_KEPT + TIMEOUT_SUNRPC] = 600,
	[T_KEPT + TIMEOUT_H323] = 300,
	[T_KEPT + TIMEOUT_H225] = 3600,
	[T_KEPT + TIMEOUT_MGCP] = 300,
	[T_KEPT + TIMEOUT_MGCP_PAT] = 300,
	[T_KEPT + TIMEOUT_SIP] = 1800,
	[T_KEPT + TIMEOUT_SIP_MEDIA] = 120,
	[T_KEPT + TIMEOUT_SIP_INVITE] = 180,
	[T_KEPT + TIMEOUT_SIP_DISCONNECT] = 120,
	[T_KEPT + TIMEOUT_SIP_PROVISIONAL_MEDIA] = 120,
	[T_KEPT + TIMEOUT_UAUTH] = 300,
	[T_KEPT + TIMEOUT_TCP_PROXY_REASSEMBLY] = 60,
	[T_KEPT + TIMEOUT_CONN_HOLDDOWN] = 15,
	[T_KEPT + TIMEOUT_IGP_STALE_ROUTE] = 70,
	[T_RPC] = 600,
};

/* The args as an array in the order of the branches. */
static const uint32_t *
value_of(const struct timeout_args *a, unsigned i)
{
	const uint32_t *v[T_COUNT] = { &a->conn, &a->half, &a->udp, &a->sctp,
		&a->icmp, &a->xlate, &a->pat, &a->sunrpc, &a->h323, &a->h225,
		&a->mgcp, &a->mgcppat, &a->sip, &a->sipmedia, &a->sipinvite,
		&a->sipdisc, &a->sipprov, &a->uauth, &a->proxy, &a->floating,
		&a->holddown, &a->igp, &a->rpc };

	return v[i];
}

static uint32_t *
setting(struct conf_sys *s, unsigned i)
{
	switch (i) {
	case T_CONN:
		return &s->timeout_conn;
	case T_HALF_CLOSED:
		return &s->timeout_half_closed;
	case T_UDP:
		return &s->timeout_udp;
	case T_SCTP:
		return &s->timeout_kept[TIMEOUT_SCTP];
	case T_ICMP:
		return &s->timeout_icmp;
	case T_RPC:
		return &s->timeout_kept[TIMEOUT_SUNRPC];
	default:
		return &s->timeout_kept[i - T_KEPT];
	}
}

void
timeouts_init(struct conf_sys *s)
{
	unsigned i;

	for (i = 0; i < T_COUNT; i++)
		*setting(s, i) = defaults[i];
	s->timeout_embryonic = 30;
	s->uauth_inactivity = false;
}

static int
timeout_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	const struct timeout_args *a = args;
	unsigned i;

	for (i = 0; i < T_COUNT; i++) {
		if (a->set >> i & 1)
			*setting(&c->sys, i) =
			    no ? defaults[i] : *value_of(a, i);
	}
	if (a->set >> (T_KEPT + TIMEOUT_UAUTH) & 1)
		c->sys.uauth_inactivity = !no && a->kind == 2;
	changed(c);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config,
	  "timeout { conn HMS:conn | half-closed HMS:half | udp HMS:udp | "
	  "sctp HMS:sctp | icmp HMS:icmp | xlate HMS:xlate | "
	  "pat-xlate HMS:pat | sunrpc HMS:sunrpc | h323 HMS:h323 | "
	  "h225 HMS:h225 | mgcp HMS:mgcp | mgcp-pat HMS:mgcppat | "
	  "sip HMS:sip | sip_media HMS:sipmedia | sip-invite HMS:sipinvite | "
	  "sip-disconnect HMS:sipdisc | sip-provisional-media HMS:sipprov | "
	  "uauth HMS:uauth [<absolute|inactivity>:kind] | "
	  "tcp-proxy-reassembly HMS:proxy | floating-conn HMS:floating | "
	  "conn-holddown HMS:holddown | igp stale-route HMS:igp | "
	  "rpc HMS:rpc }:set",
	  "Configure maximum idle times\n"
	  "Idle time after which a TCP connection state will be closed\n"
	  "Time\n"
	  "Idle time after which a TCP half-closed connection will be freed\n"
	  "Time\n"
	  "Idle time after which general UDP states will be closed\n"
	  "Time\n"
	  "Idle time after which an SCTP state will be closed\n"
	  "Time\n"
	  "Idle timeout for ICMP\n"
	  "Time\n"
	  "Idle time after which a dynamic address will be returned\n"
	  "Time\n"
	  "Idle time after which a PAT port will be returned\n"
	  "Time\n"
	  "Idle time after which a Sun RPC slot will be closed\n"
	  "Time\n"
	  "Idle time of an H.323 media connection\n"
	  "Time\n"
	  "Idle time of an H.225 signalling connection\n"
	  "Time\n"
	  "Idle time of an MGCP media connection\n"
	  "Time\n"
	  "Idle time of an MGCP PAT translation\n"
	  "Time\n"
	  "Idle time of a SIP control connection\n"
	  "Time\n"
	  "Idle time of a SIP media connection\n"
	  "Time\n"
	  "Idle time of a SIP pinhole\n"
	  "Time\n"
	  "Time after which a SIP session is deleted\n"
	  "Time\n"
	  "Timeout of SIP provisional media\n"
	  "Time\n"
	  "Idle time after which an authentication will no longer be cached\n"
	  "Time\n"
	  "Clear after the time\n"
	  "Clear after inactivity\n"
	  "Time that a segment may wait for reassembly\n"
	  "Time\n"
	  "Time after which a connection moves to a better route\n"
	  "Time\n"
	  "Time that a connection keeps its route\n"
	  "Time\n"
	  "Interior gateway protocols\n"
	  "Time that a stale route is kept\n"
	  "Time\n"
	  "PIX: idle time of an RPC slot\n"
	  "Time\n",
	  &bind_timeout, .apply = timeout_apply },
};
/* clang-format on */
const struct row_set timeout_rows = { rows, ARRAY_LEN(rows) };

/* Which timeouts the device prints on which line. */
#define K(name) (1u << (T_KEPT + TIMEOUT_##name))
static const struct {
	uint32_t set, only_9;
} lines[] = {
	{ K(XLATE), 0 },
	{ K(PAT_XLATE), K(PAT_XLATE) },
	{ 1u << T_CONN | 1u << T_HALF_CLOSED | 1u << T_UDP | 1u << T_ICMP |
		1u << T_SCTP,
	    1u << T_SCTP },
	{ K(SUNRPC) | K(H323) | K(H225) | K(MGCP) | K(MGCP_PAT), 0 },
	{ K(SIP) | K(SIP_MEDIA) | K(SIP_INVITE) | K(SIP_DISCONNECT), 0 },
	{ K(SIP_PROVISIONAL_MEDIA) | K(UAUTH), 0 },
	{ K(TCP_PROXY_REASSEMBLY), 0 },
	{ K(FLOATING_CONN), K(FLOATING_CONN) },
	{ K(CONN_HOLDDOWN), K(CONN_HOLDDOWN) },
	{ K(IGP_STALE_ROUTE), K(IGP_STALE_ROUTE) },
};
#undef K

/* What a release does not have by default is printed once it is set. */
static uint32_t
hidden(const struct conf *c, uint32_t only_9)
{
	struct conf_sys s = c->sys;
	uint32_t hide = 0;
	unsigned i;

	if (conf_profile(c) == PROFILE_ASA_9_X)
		return 0;
	for (i = 0; i < T_COUNT; i++) {
		if (only_9 >> i & 1 && *setting(&s, i) == defaults[i])
			hide |= 1u << i;
	}
	return hide;
}

void
emit_timeouts(const struct conf *c, struct emitter *em)
{
	const uint32_t *v = c->sys.timeout_kept;
	struct timeout_args a = { .conn = c->sys.timeout_conn,
		.half = c->sys.timeout_half_closed,
		.udp = c->sys.timeout_udp,
		.icmp = c->sys.timeout_icmp,
		.xlate = v[TIMEOUT_XLATE],
		.pat = v[TIMEOUT_PAT_XLATE],
		.sctp = v[TIMEOUT_SCTP],
		.sunrpc = v[TIMEOUT_SUNRPC],
		.h323 = v[TIMEOUT_H323],
		.h225 = v[TIMEOUT_H225],
		.mgcp = v[TIMEOUT_MGCP],
		.mgcppat = v[TIMEOUT_MGCP_PAT],
		.sip = v[TIMEOUT_SIP],
		.sipmedia = v[TIMEOUT_SIP_MEDIA],
		.sipinvite = v[TIMEOUT_SIP_INVITE],
		.sipdisc = v[TIMEOUT_SIP_DISCONNECT],
		.sipprov = v[TIMEOUT_SIP_PROVISIONAL_MEDIA],
		.uauth = v[TIMEOUT_UAUTH],
		.proxy = v[TIMEOUT_TCP_PROXY_REASSEMBLY],
		.floating = v[TIMEOUT_FLOATING_CONN],
		.holddown = v[TIMEOUT_CONN_HOLDDOWN],
		.igp = v[TIMEOUT_IGP_STALE_ROUTE],
		.kind = c->sys.uauth_inactivity ? 2 : 1 };
	size_t i;

	for (i = 0; i < ARRAY_LEN(lines); i++) {
		a.set = lines[i].set & ~hidden(c, lines[i].only_9);
		if (a.set != 0)
			emit_row(em, 0, &rows[0], &a);
	}
}

/* SPDX-License-Identifier: ISC
 *
 * System messages of the pipeline, in the words of a real device.
 */
#include <stdio.h>

#include "names.h"
#include "pipe.h"

struct ends {
	char a[2][IP_TEXT_SIZE];
	char m[2][IP_TEXT_SIZE];
};

const char *
iface_name(const struct policy *p, int index)
{
	return index >= 0 && (unsigned)index < p->n_ifaces
	    ? p->ifaces[index].name
	    : "unknown";
}

static void
format_ends(const struct insp_flow *f, struct ends *e)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		ip_format(&f->addr[i], e->a[i]);
		ip_format(&f->mapped[i], e->m[i]);
	}
}

/* The lower security level is written first: for an inbound connection that
 * is the client. */
static unsigned
foreign_end(const struct conn *c)
{
	return c->inbound ? DIR_CLIENT : DIR_SERVER;
}

void
log_built(struct wk *w, const struct conn *c)
{
	const struct insp_flow *f = &c->flow;
	unsigned o = foreign_end(c), i = !o;
	/* Mapped ports differ from the real ones only under a port static. */
	uint16_t mport[2] = { c->out[DIR_CLIENT].sport,
		c->key[DIR_CLIENT].dport };
	struct ends e;

	if (c->key[0].proto == IPPROTO_ICMP ||
	    c->key[0].proto == IPPROTO_ICMPV6) {
		format_ends(f, &e);
		evlog_put(&w->log, EV_302020,
		    c->inbound ? "inbound" : "outbound", e.a[o], f->port[o],
		    e.m[i], f->port[i], e.a[i], f->port[i]);
		return;
	}
	if (c->key[0].proto != IPPROTO_TCP && c->key[0].proto != IPPROTO_UDP)
		return;
	format_ends(f, &e);
	evlog_put(&w->log,
	    c->key[0].proto == IPPROTO_TCP ? EV_302013 : EV_302015,
	    c->inbound ? "inbound" : "outbound", c->id, f->ifname[o], e.a[o],
	    f->port[o], e.m[o], mport[o], f->ifname[i], e.a[i], f->port[i],
	    e.m[i], mport[i]);
}

void
log_teardown(struct wk *w, const struct conn *c, const char *why)
{
	const struct insp_flow *f = &c->flow;
	uint64_t s = (w->now - c->created) / 1000000000u;
	unsigned o = foreign_end(c), i = !o;
	char duration[32];
	struct ends e;

	format_ends(f, &e);
	snprintf(duration, sizeof(duration), "%llu:%02u:%02u",
	    (unsigned long long)(s / 3600), (unsigned)(s / 60 % 60),
	    (unsigned)(s % 60));
	if (c->key[0].proto == IPPROTO_TCP)
		evlog_put(&w->log, EV_302014, c->id, f->ifname[o], e.a[o],
		    f->port[o], f->ifname[i], e.a[i], f->port[i], duration,
		    (unsigned long long)c->bytes, why);
	else if (c->key[0].proto == IPPROTO_UDP)
		evlog_put(&w->log, EV_302016, c->id, f->ifname[o], e.a[o],
		    f->port[o], f->ifname[i], e.a[i], f->port[i], duration,
		    (unsigned long long)c->bytes);
	else if (c->key[0].proto == IPPROTO_ICMP ||
	    c->key[0].proto == IPPROTO_ICMPV6)
		evlog_put(&w->log, EV_302021, e.a[o], f->port[o], e.m[i],
		    f->port[i], e.a[i], f->port[i]);
}

static void
format_proto(const struct pkt *p, char *buf, size_t size)
{
	const char *name = protocol_to_name(p->proto);

	if (name != NULL && p->proto != 0)
		snprintf(buf, size, "%s", name);
	else
		snprintf(buf, size, "protocol %u", p->proto);
}

/* 106023: by an access list that is applied. */
void
log_acl_deny(struct wk *w, const struct pkt *p, const struct pol_acl *acl)
{
	const char *in = iface_name(w->policy, p->ingress);
	const char *out = iface_name(w->policy, p->egress);
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], proto[32], text[512];

	if (!evlog_wanted(&w->log, EV_106023))
		return;
	ip_format(&p->src, src);
	ip_format(&p->dst, dst);
	format_proto(p, proto, sizeof(proto));
	if (p->proto == IPPROTO_TCP || p->proto == IPPROTO_UDP)
		snprintf(text, sizeof(text),
		    "Deny %s src %s:%s/%u dst %s:%s/%u by access-group "
		    "\"%s\" [0x0, 0x0]",
		    proto, in, src, p->sport, out, dst, p->dport, acl->name);
	else if (p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6)
		snprintf(text, sizeof(text),
		    "Deny %s src %s:%s dst %s:%s (type %u, code %u) by "
		    "access-group \"%s\" [0x0, 0x0]",
		    proto, in, src, out, dst, p->icmp_type, p->icmp_code,
		    acl->name);
	else
		snprintf(text, sizeof(text),
		    "Deny %s src %s:%s dst %s:%s by access-group \"%s\" "
		    "[0x0, 0x0]",
		    proto, in, src, out, dst, acl->name);
	evlog_put(&w->log, EV_106023, text);
}

/* Lower to higher security level, and no access list permits it. */
void
log_no_acl_deny(struct wk *w, const struct pkt *p)
{
	const char *in = iface_name(w->policy, p->ingress);
	const char *out = iface_name(w->policy, p->egress);
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], flags[40], proto[32];

	ip_format(&p->src, src);
	ip_format(&p->dst, dst);
	if (p->proto == IPPROTO_TCP)
		evlog_put(&w->log, EV_106001, src, p->sport, dst, p->dport,
		    tcp_flags_text(p->tcp_flags, flags), in);
	else if (p->proto == IPPROTO_UDP)
		evlog_put(&w->log, EV_106006, src, p->sport, dst, p->dport, in);
	else if (p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6)
		evlog_put(&w->log, EV_106014, in, src, out, dst, p->icmp_type,
		    p->icmp_code);
	else {
		format_proto(p, proto, sizeof(proto));
		evlog_put(&w->log, EV_106010, proto, in, src, out, dst);
	}
}

void
log_not_syn(struct wk *w, const struct pkt *p)
{
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], flags[40];

	evlog_put(&w->log, EV_106015, ip_format(&p->src, src), p->sport,
	    ip_format(&p->dst, dst), p->dport,
	    tcp_flags_text(p->tcp_flags, flags),
	    iface_name(w->policy, p->ingress));
}

void
log_no_route(struct wk *w, const struct pkt *p)
{
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], proto[32];

	format_proto(p, proto, sizeof(proto));
	evlog_put(&w->log, EV_110003, proto, iface_name(w->policy, p->ingress),
	    ip_format(&p->src, src), p->sport, iface_name(w->policy, p->egress),
	    ip_format(&p->dst, dst), p->dport);
}

void
log_conn_limit(struct wk *w, const struct pkt *p, uint32_t now, uint32_t limit)
{
	const struct policy *pol = w->policy;
	bool inbound = pol->ifaces[p->ingress].security_level <
	    pol->ifaces[p->egress].security_level;
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];

	evlog_put(&w->log, EV_201011, now, limit, inbound ? "input" : "output",
	    ip_format(&p->src, src), p->sport, ip_format(&p->dst, dst),
	    p->dport, iface_name(pol, p->ingress));
}

/* SPDX-License-Identifier: ISC */
#include "mpf.h"

#include <string.h>

#include "nat.h"
#include "route.h"

static struct acl_tuple
reversed(const struct acl_tuple *t)
{
	struct acl_tuple r = *t;

	r.key.src = t->key.dst;
	r.key.dst = t->key.src;
	r.key.sport = t->key.dport;
	r.key.dport = t->key.sport;
	return r;
}

/* Is this flow on a default port of the inspection? NULL: of any. */
static bool
on_default_port(const char *protocol, const struct flow_key *k)
{
	unsigned i;

	for (i = 0; i < inspection_ports_n; i++) {
		const struct inspection_port *ip = &inspection_ports[i];
		uint16_t port = ip->source ? k->sport : k->dport;

		if (protocol != NULL && strcmp(ip->protocol, protocol) != 0)
			continue;
		if (ip->proto != 0 && ip->proto != k->proto)
			continue;
		if (ip->proto != IPPROTO_TCP && ip->proto != IPPROTO_UDP)
			return true;
		if (port >= ip->lo && port <= ip->hi)
			return true;
	}
	return false;
}

/* Does the list permit the flow? Up to 8.2 an entry may be written with the
 * addresses on either side of a translation: the first entry that fits either
 * decides. */
static bool
acl_permits(const struct policy *p, const struct pol_acl *acl,
    const struct acl_tuple *arriving, const struct acl_tuple *real,
    const struct pol_ace *(*match)(
	const struct pol_acl *acl, const struct acl_tuple *t))
{
	const struct pol_ace *a, *b;

	if (acl == NULL)
		return false;
	a = match(acl, real);
	b = p->class_acl_both ? match(acl, arriving) : NULL;
	if (a == NULL || (b != NULL && b->line < a->line))
		a = b;
	return a != NULL && a->permit;
}

static bool
has_value(const struct class_match *m, unsigned value)
{
	unsigned i;

	for (i = 0; i < m->n_values; i++) {
		if (m->values[i] == value)
			return true;
	}
	return false;
}

static bool
port_matches(const struct class_match *m, const struct flow_key *k)
{
	static const uint8_t protos[] = { IPPROTO_TCP, IPPROTO_UDP,
		IPPROTO_SCTP };

	return k->proto == protos[(m->l4 - 1) % ARRAY_LEN(protos)] &&
	    k->dport >= m->port && k->dport <= (m->op == 1 ? m->port : m->high);
}

/* The even UDP ports from the first one on. */
static bool
rtp_matches(const struct class_match *m, const struct flow_key *k)
{
	return k->proto == IPPROTO_UDP && k->dport % 2 == 0 &&
	    k->dport >= m->port && k->dport <= m->port + m->high;
}

/* The list beside default-inspection-traffic gives addresses only. */
static bool
default_matches(const struct policy *p, const struct pol_class *c,
    const struct acl_tuple *arriving, const struct acl_tuple *real)
{
	if (!on_default_port(NULL, &real->key))
		return false;
	return c->match.acl == NULL ||
	    acl_permits(p, c->acl, arriving, real, acl_match_addresses);
}

static bool
class_matches(const struct policy *p, const struct pol_class *c,
    const struct acl_tuple *arriving, const struct acl_tuple *real, uint8_t tos)
{
	const struct class_match *m = &c->match;

	if (c->is_default)
		return true;
	switch (m->kind) {
	case MATCH_ANY:
		return true;
	case MATCH_ACCESS_LIST:
		return acl_permits(p, c->acl, arriving, real, acl_match);
	case MATCH_PORT:
		return port_matches(m, &real->key);
	case MATCH_DEFAULT_INSPECTION:
		return default_matches(p, c, arriving, real);
	case MATCH_DSCP:
		return has_value(m, tos >> 2);
	case MATCH_PRECEDENCE:
		return has_value(m, tos >> 5);
	case MATCH_RTP:
		return rtp_matches(m, &real->key);
	case MATCH_NONE:
	case MATCH_TUNNEL_GROUP:
		break;
	}
	return false;
}

bool
mpf_class_matches(
    const struct policy *p, const struct pol_class *c, const struct mpf_flow *f)
{
	return class_matches(p, c, &f->arriving, &f->real, f->tos);
}

static bool
is_default_class(const struct pol_class *c)
{
	return !c->is_default && c->match.kind == MATCH_DEFAULT_INSPECTION;
}

/* Could this inspection look at such a flow at all? */
static bool
inspect_applies(const struct pol_class *c, const struct pol_inspect *i,
    const struct flow_key *k)
{
	if (is_default_class(c))
		return on_default_port(i->protocol, k);
	if (i->instance.inspector != NULL)
		return i->instance.inspector->proto == k->proto;
	/* Counted only: by the transport of its default ports. */
	if (strcmp(i->protocol, "icmp") == 0 ||
	    strcmp(i->protocol, "icmp error") == 0)
		return k->proto == IPPROTO_ICMP;
	return k->proto == IPPROTO_TCP || k->proto == IPPROTO_UDP;
}

static bool
class_exempts(const struct pol_class *c, const char *protocol)
{
	unsigned i;

	for (i = 0; i < c->n_exempt; i++) {
		if (strcmp(c->exempt[i], protocol) == 0)
			return true;
	}
	return false;
}

/* An exemption holds for a flow that matches the class either way round. */
static const struct pol_class *
exempting_class(const struct policy *p, const struct pol_map *map,
    const struct mpf_flow *f, const char *protocol)
{
	struct acl_tuple arriving = reversed(&f->arriving);
	struct acl_tuple real = reversed(&f->real);
	unsigned i;

	for (i = 0; i < map->n_classes; i++) {
		const struct pol_class *c = &map->classes[i];

		if (!class_exempts(c, protocol))
			continue;
		if (class_matches(p, c, &f->arriving, &f->real, f->tos) ||
		    class_matches(p, c, &arriving, &real, f->tos))
			return c;
	}
	return NULL;
}

/* Inspections that do not exclude others, and are features of their own. */
static int
own_feature(const char *protocol)
{
	if (strcmp(protocol, "ip-options") == 0)
		return MPF_IP_OPTIONS;
	if (strcmp(protocol, "ipv6") == 0)
		return MPF_IPV6;
	return strcmp(protocol, "waas") == 0 ? MPF_WAAS : -1;
}

static void
walk_inspections(const struct policy *p, const struct pol_attachment *at,
    const struct pol_class *c, const struct mpf_flow *f, struct mpf_verdict *v)
{
	const struct pol_class *ex;
	unsigned i;

	if (v->inspect != NULL)
		return;
	for (i = 0; i < c->n_inspects; i++) {
		const struct pol_inspect *in = c->inspects[i];

		if (own_feature(in->protocol) >= 0 ||
		    !inspect_applies(c, in, &f->real.key))
			continue;
		ex = exempting_class(p, &at->map, f, in->protocol);
		if (ex != NULL) {
			v->exempted_by = ex;
			continue;
		}
		v->attachment = at;
		v->class = c;
		v->inspect = in;
		return;
	}
}

/* Which features the class carries that hold for a flow seen at this end. */
static uint32_t
features_of(const struct pol_class *c, bool entering, bool leaving)
{
	const struct class_actions *a = &c->actions;
	uint32_t bits = 0;
	unsigned i;
	int own;

	if (a->conn.limits != 0)
		bits |= 1u << MPF_CONN_LIMITS;
	if (a->conn.timeouts != 0)
		bits |= 1u << MPF_CONN_TIMEOUTS;
	if (a->conn.tcp_map != NULL || a->conn.state_bypass)
		bits |= 1u << MPF_TCP_NORMALIZER;
	if (a->conn.decrement_ttl)
		bits |= 1u << MPF_DECREMENT_TTL;
	if (entering && a->police[POLICE_INPUT].set)
		bits |= 1u << MPF_POLICE_INPUT;
	if (leaving && a->police[POLICE_OUTPUT].set)
		bits |= 1u << MPF_POLICE_OUTPUT;
	if (leaving && a->priority)
		bits |= 1u << MPF_PRIORITY;
	for (i = 0; i < c->n_inspects; i++) {
		own = own_feature(c->inspects[i]->protocol);
		if (own >= 0)
			bits |= 1u << own;
	}
	return bits;
}

static void
walk(const struct policy *p, const struct pol_attachment *at,
    const struct mpf_flow *f, bool entering, bool leaving,
    struct mpf_verdict *v)
{
	unsigned i, k;

	for (i = 0; i < at->map.n_classes; i++) {
		const struct pol_class *c = &at->map.classes[i];
		uint32_t bits = features_of(c, entering, leaving);

		if ((c->n_inspects == 0 && bits == 0) ||
		    !mpf_class_matches(p, c, f))
			continue;
		walk_inspections(p, at, c, f, v);
		for (k = 0; bits != 0 && k < MPF_FEATURE_COUNT; k++) {
			if ((bits >> k & 1) == 0 ||
			    v->features[k].attachment != NULL)
				continue;
			v->features[k].attachment = at;
			v->features[k].class = c;
		}
	}
}

void
mpf_resolve(const struct policy *p, struct mpf_flow *f)
{
	const struct pol_static *rule;

	if (f->ingress < 0)
		f->ingress = route_lookup(p, &f->arriving.key.src);
	f->real = f->arriving;
	rule = nat_untranslate(p, f->ingress, &f->real.key);
	if (f->egress < 0)
		f->egress = rule != NULL ? rule->real_if
					 : route_lookup(p, &f->real.key.dst);
	if (f->ingress < 0)
		f->ingress = route_default_ingress(p, f->egress);
}

void
mpf_classify(
    const struct policy *p, const struct mpf_flow *f, struct mpf_verdict *v)
{
	int ends[2] = { f->ingress, f->egress };
	unsigned i;

	memset(v, 0, sizeof(*v));
	for (i = 0; i < 2; i++) {
		const struct pol_attachment *at =
		    ends[i] >= 0 ? p->ifaces[ends[i]].service : NULL;

		if (at != NULL)
			walk(p, at, f, i == 0, i == 1, v);
	}
	if (p->global != NULL)
		walk(p, p->global, f, true, true, v);
}

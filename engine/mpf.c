/* SPDX-License-Identifier: ISC */
#include "mpf.h"

#include <string.h>

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

static bool
acl_permits(const struct pol_acl *acl, const struct acl_tuple *t)
{
	const struct pol_ace *a = acl != NULL ? acl_match(acl, t) : NULL;

	return a != NULL && a->permit;
}

static bool
class_matches(const struct policy *p, const struct pol_class *c,
    const struct acl_tuple *arriving, const struct acl_tuple *real)
{
	const struct class_match *m;
	const struct pol_ace *a;

	if (c->conf == NULL)
		return true; /* class-default */
	m = &c->conf->match;
	switch (m->kind) {
	case MATCH_ANY:
		return true;
	case MATCH_ACCESS_LIST:
		return acl_permits(c->acl, real) ||
		    (p->class_acl_both && acl_permits(c->acl, arriving));
	case MATCH_PORT:
		return real->key.proto ==
		    (m->l4 == 1 ? IPPROTO_TCP : IPPROTO_UDP) &&
		    real->key.dport >= m->port &&
		    real->key.dport <= (m->op == 1 ? m->port : m->high);
	case MATCH_DEFAULT_INSPECTION:
		if (!on_default_port(NULL, &real->key))
			return false;
		if (m->acl == NULL)
			return true;
		if (c->acl == NULL)
			return false;
		a = acl_match_addresses(c->acl, real);
		if (a != NULL && a->permit)
			return true;
		if (!p->class_acl_both)
			return false;
		a = acl_match_addresses(c->acl, arriving);
		return a != NULL && a->permit;
	default:
		return false;
	}
}

static bool
is_default_class(const struct pol_class *c)
{
	return c->conf != NULL &&
	    c->conf->match.kind == MATCH_DEFAULT_INSPECTION;
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
		if (class_matches(p, c, &f->arriving, &f->real) ||
		    class_matches(p, c, &arriving, &real))
			return c;
	}
	return NULL;
}

/* True: the attachment has decided (gave an inspection). */
static bool
walk(const struct policy *p, const struct pol_attachment *at,
    const struct mpf_flow *f, struct mpf_verdict *v)
{
	unsigned i, j;

	for (i = 0; i < at->map.n_classes; i++) {
		const struct pol_class *c = &at->map.classes[i];

		if (c->n_inspects == 0 ||
		    !class_matches(p, c, &f->arriving, &f->real))
			continue;
		for (j = 0; j < c->n_inspects; j++) {
			const struct pol_inspect *in = c->inspects[j];
			const struct pol_class *ex;

			if (!inspect_applies(c, in, &f->real.key))
				continue;
			ex = exempting_class(p, &at->map, f, in->protocol);
			if (ex != NULL) {
				v->exempted_by = ex;
				continue;
			}
			v->attachment = at;
			v->class = c;
			v->inspect = in;
			return true;
		}
	}
	return false;
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

		if (at != NULL && walk(p, at, f, v))
			return;
	}
	if (p->global != NULL)
		walk(p, p->global, f, v);
}

/* SPDX-License-Identifier: ISC */
#include "nat.h"

/* Moves an address from one network into another of the same size. */
static struct ip_addr
move_host(const struct ip_addr *a, const struct ip_addr *net, unsigned length)
{
	uint32_t mask = length == 0 ? 0 : ~0u << (32 - length);

	return ip4_from_u32((ip4_to_u32(net) & mask) | (ip4_to_u32(a) & ~mask));
}

static bool
side_match(const struct pol_static *s, const struct ip_addr *net, uint16_t port,
    const struct flow_key *k, bool source)
{
	const struct ip_addr *a = source ? &k->src : &k->dst;

	if (a->af != AF_INET || !ip_in_net(a, net, s->prefix_length))
		return false;
	if (s->proto < 0)
		return true;
	return s->proto == k->proto && (source ? k->sport : k->dport) == port;
}

static void
set_side(const struct pol_static *s, const struct ip_addr *net, uint16_t port,
    struct flow_key *k, bool source)
{
	if (source) {
		k->src = move_host(&k->src, net, s->prefix_length);
		if (s->proto >= 0)
			k->sport = port;
	} else {
		k->dst = move_host(&k->dst, net, s->prefix_length);
		if (s->proto >= 0)
			k->dport = port;
	}
}

const struct pol_static *
nat_untranslate(const struct policy *p, int ingress, struct flow_key *key)
{
	unsigned i;

	for (i = 0; i < p->n_statics; i++) {
		const struct pol_static *s = &p->statics[i];

		if (s->mapped_if != ingress ||
		    !side_match(s, &s->mapped, s->mapped_port, key, false))
			continue;
		set_side(s, &s->real, s->real_port, key, false);
		return s;
	}
	return NULL;
}

const struct pol_static *
nat_translate(
    const struct policy *p, int ingress, int egress, struct flow_key *key)
{
	unsigned i;

	for (i = 0; i < p->n_statics; i++) {
		const struct pol_static *s = &p->statics[i];

		if (s->real_if != ingress || s->mapped_if != egress ||
		    !side_match(s, &s->real, s->real_port, key, true))
			continue;
		set_side(s, &s->mapped, s->mapped_port, key, true);
		return s;
	}
	return NULL;
}

/* A mapped source is seen on the mapped side only: it came from the real
 * host. */
static bool
source_back(const struct policy *p, struct flow_key *key, int *captured_at,
    int *came_in)
{
	unsigned i;

	for (i = 0; i < p->n_statics; i++) {
		const struct pol_static *s = &p->statics[i];

		if (!side_match(s, &s->mapped, s->mapped_port, key, true))
			continue;
		set_side(s, &s->real, s->real_port, key, true);
		*captured_at = s->mapped_if;
		*came_in = s->real_if;
		return true;
	}
	return false;
}

/* A real destination, from the mapped side: seen on the real side. */
static bool
destination_back(const struct policy *p, int point, int by_route,
    struct flow_key *key, int *captured_at, int *came_in)
{
	unsigned i;

	for (i = 0; i < p->n_statics; i++) {
		const struct pol_static *s = &p->statics[i];

		if ((point >= 0 && point != s->real_if) ||
		    by_route != s->mapped_if ||
		    !side_match(s, &s->real, s->real_port, key, false))
			continue;
		set_side(s, &s->mapped, s->mapped_port, key, false);
		*captured_at = s->real_if;
		*came_in = s->mapped_if;
		return true;
	}
	return false;
}

bool
nat_take_back(const struct policy *p, int point, int by_route,
    struct flow_key *key, int *captured_at, int *came_in)
{
	return source_back(p, key, captured_at, came_in) ||
	    destination_back(p, point, by_route, key, captured_at, came_in);
}

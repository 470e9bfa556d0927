/* SPDX-License-Identifier: ISC */
#include "acl.h"

#include <stdio.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "pol_int.h"

void
acl_tuple_of(const struct pkt *p, struct acl_tuple *t)
{
	bool icmp = p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6;

	flow_key_of(p, &t->key);
	t->icmp_type = icmp ? p->icmp_type : -1;
	t->icmp_code = icmp ? p->icmp_code : -1;
}

static bool
masked_equal(const struct ip_addr *a, const struct ip_addr *net,
    const struct ip_addr *mask)
{
	unsigned i, n = a->af == AF_INET ? 4 : 16;

	for (i = 0; i < n; i++) {
		if ((a->b[i] ^ net->b[i]) & mask->b[i])
			return false;
	}
	return true;
}

static bool
addresses_match(const struct pol_ace *a, const struct flow_key *k)
{
	if (!a->active || (a->af != 0 && a->af != k->src.af))
		return false;
	return (a->src.af == 0 ||
		   masked_equal(&k->src, &a->src, &a->src_mask)) &&
	    (a->dst.af == 0 || masked_equal(&k->dst, &a->dst, &a->dst_mask));
}

static bool
port_match(uint16_t port, uint16_t lo, uint16_t hi, bool not )
{
	return (port >= lo && port <= hi) != not ;
}

static bool
ace_match(const struct pol_ace *a, const struct acl_tuple *t)
{
	const struct flow_key *k = &t->key;

	if (a->proto >= 0 && a->proto != k->proto)
		return false;
	if (!addresses_match(a, k))
		return false;
	if (k->proto == IPPROTO_TCP || k->proto == IPPROTO_UDP)
		return port_match(
			   k->sport, a->sport_lo, a->sport_hi, a->sport_not) &&
		    port_match(
			k->dport, a->dport_lo, a->dport_hi, a->dport_not);
	return (a->icmp_type < 0 || a->icmp_type == t->icmp_type) &&
	    (a->icmp_code < 0 || a->icmp_code == t->icmp_code);
}

const struct pol_ace *
acl_match(const struct pol_acl *acl, const struct acl_tuple *t)
{
	unsigned i;

	for (i = 0; i < acl->n; i++) {
		if (ace_match(&acl->aces[i], t))
			return &acl->aces[i];
	}
	return NULL;
}

const struct pol_ace *
acl_match_addresses(const struct pol_acl *acl, const struct acl_tuple *t)
{
	unsigned i;

	for (i = 0; i < acl->n; i++) {
		if (addresses_match(&acl->aces[i], &t->key))
			return &acl->aces[i];
	}
	return NULL;
}

/* ---- lowering ---- */

static struct ip_addr
mask6(unsigned length)
{
	struct ip_addr ones = { .af = AF_INET6 };

	memset(ones.b, 0xff, sizeof(ones.b));
	return ip_apply_mask(&ones, length);
}

static bool
lower_addr(const struct policy *p, const struct ace_addr *from,
    struct ip_addr *net, struct ip_addr *mask, uint8_t *af)
{
	unsigned i;

	switch (from->kind) {
	case ADDR_ANY:
		return true;
	case ADDR_ANY4:
		*af = AF_INET;
		return true;
	case ADDR_ANY6:
		*af = AF_INET6;
		return true;
	case ADDR_HOST:
		*net = from->ip;
		*mask =
		    from->ip.af == AF_INET ? ip_prefix_to_mask(32) : mask6(128);
		*af = net->af;
		return true;
	case ADDR_NET:
		*net = from->ip;
		*mask = from->mask;
		*af = AF_INET;
		return true;
	case ADDR_PREFIX6:
		*net = from->prefix.addr;
		*mask = mask6(from->prefix.length);
		*af = AF_INET6;
		return true;
	case ADDR_INTERFACE:
		for (i = 0; from->name != NULL && i < p->n_ifaces; i++) {
			if (strcmp(p->ifaces[i].name, from->name) != 0 ||
			    p->ifaces[i].ip.af == 0)
				continue;
			*net = p->ifaces[i].ip;
			*mask = ip_prefix_to_mask(32);
			*af = AF_INET;
			return true;
		}
		return false;
	default:
		return false;
	}
}

/* A port range that nothing satisfies is written lo > hi. */
static bool
lower_port(const struct ace_port *from, uint16_t *lo, uint16_t *hi, bool * not )
{
	*lo = 0;
	*hi = 65535;
	*not = false;
	switch (from->op) {
	case PORT_NONE:
		return true;
	case PORT_EQ:
	case PORT_NEQ:
		*lo = *hi = (uint16_t)from->port;
		*not = from->op == PORT_NEQ;
		return true;
	case PORT_LT:
		if (from->port == 0)
			*lo = 1, *hi = 0;
		else
			*hi = (uint16_t)(from->port - 1);
		return true;
	case PORT_GT:
		if (from->port >= 65535)
			*lo = 1, *hi = 0;
		else
			*lo = (uint16_t)(from->port + 1);
		return true;
	case PORT_RANGE:
		*lo = (uint16_t)from->port;
		*hi = (uint16_t)from->high;
		return true;
	default:
		return false;
	}
}

static bool
lower_proto(const struct ace *from, struct pol_ace *to)
{
	to->icmp_type = to->icmp_code = -1;
	switch (from->proto_kind) {
	case ACE_PROTO_TCP_UDP:
		to->proto = from->l4 == 1 ? IPPROTO_TCP : IPPROTO_UDP;
		return true;
	case ACE_PROTO_ICMP:
	case ACE_PROTO_ICMP6:
		to->proto = from->proto_kind == ACE_PROTO_ICMP ? IPPROTO_ICMP
							       : IPPROTO_ICMPV6;
		if (from->icmp_group != NULL)
			return false;
		if (from->has_icmp_type)
			to->icmp_type = (int)from->icmp_type;
		if (from->has_icmp_code)
			to->icmp_code = (int)from->icmp_code;
		return true;
	case ACE_PROTO_OTHER:
		to->proto = from->proto == 0 ? -1 : (int)from->proto;
		return true;
	default:
		return false;
	}
}

/* Any stable 32-bit hash will do: the device's is unpublished. It covers what
 * the entry matches, not its line, log or hit count. */
static uint32_t
ace_hash(const char *acl, const struct pol_ace *a)
{
	struct {
		struct ip_addr addr[4];
		int32_t n[12];
	} in;

	memset(&in, 0, sizeof(in));
	in.addr[0] = a->src;
	in.addr[1] = a->src_mask;
	in.addr[2] = a->dst;
	in.addr[3] = a->dst_mask;
	in.n[0] = a->permit;
	in.n[1] = a->proto;
	in.n[2] = a->sport_lo;
	in.n[3] = a->sport_hi;
	in.n[4] = a->dport_lo;
	in.n[5] = a->dport_hi;
	in.n[6] = a->sport_not;
	in.n[7] = a->dport_not;
	in.n[8] = a->icmp_type;
	in.n[9] = a->icmp_code;
	in.n[10] = a->af;
	return XXH32(&in, sizeof(in), XXH32(acl, strlen(acl), 0));
}

static unsigned
same_hash_before(const struct pol_acl *out, unsigned n, uint32_t hash)
{
	unsigned i, same = 0;

	for (i = 0; i < n; i++)
		same += out->aces[i].hash == hash && out->aces[i].ace != NULL &&
		    !out->aces[i].active;
	return same;
}

static void
lower_ace(struct policy *p, const struct acl *conf, const struct ace *from,
    struct pol_acl *out, struct pol_ace *to, struct counts *counts)
{
	uint8_t af = 0, af2 = 0;

	to->ace = from;
	to->permit = from->action == ACE_PERMIT;
	to->log = POL_LOG_DEFAULT;
	to->log_level = 6;
	if (from->log) {
		to->log = from->log_mode == 3 ? POL_LOG_DISABLE
		    : from->log_mode == 2     ? POL_LOG_DEFAULT
					      : POL_LOG_LEVEL;
		if (from->log_mode == 1)
			to->log_level = (uint8_t)from->log_severity;
	}
	to->active = from->simulated && !from->inactive &&
	    from->time_range == NULL && lower_proto(from, to) &&
	    lower_addr(p, &from->src, &to->src, &to->src_mask, &af) &&
	    lower_addr(p, &from->dst, &to->dst, &to->dst_mask, &af2) &&
	    lower_port(
		&from->sport, &to->sport_lo, &to->sport_hi, &to->sport_not) &&
	    lower_port(
		&from->dport, &to->dport_lo, &to->dport_hi, &to->dport_not);
	if (af != 0 && af2 != 0 && af != af2)
		to->active = false;
	to->af = af != 0 ? af : af2;
	if (from->kept_text != NULL)
		to->hash = XXH32(from->kept_text, strlen(from->kept_text),
		    XXH32(conf->name, strlen(conf->name), 0));
	else
		to->hash = ace_hash(conf->name, to);
	/* Inactive entries may repeat; active duplicates are refused earlier.
	 */
	to->hits = count_id(counts, "acl/%s/%08x/%u", conf->name, to->hash,
	    to->active ? 0 : same_hash_before(out, out->n, to->hash) + 1);
}

void
acl_compile(struct policy *p, const struct acl *conf, struct pol_acl *out,
    struct counts *counts,
    void (*say)(void *arg, unsigned level, const char *text), void *arg)
{
	unsigned kept = 0;
	char text[256];
	size_t i;

	out->conf = conf;
	out->name = pol_strdup(p, conf->name);
	out->aces = pol_alloc(p, conf->aces.n * sizeof(*out->aces));
	for (i = 0; i < conf->aces.n; i++) {
		const struct ace *from = &conf->aces.v[i];
		struct pol_ace *to = &out->aces[out->n];

		if (from->remark != NULL)
			continue;
		lower_ace(p, conf, from, out, to, counts);
		to->line = (unsigned)i + 1;
		kept += !to->active && !from->inactive;
		out->n++;
	}
	if (kept > 0 && say != NULL && conf->type == ACL_EXTENDED) {
		snprintf(text, sizeof(text),
		    "access-list %s: %u of its entries kept, not simulated: "
		    "they match nothing",
		    conf->name, kept);
		say(arg, CERR_WARNING, text);
	}
}

/* SPDX-License-Identifier: ISC */
#include "csum.h"

#include <arpa/inet.h>
#include <string.h>

#include "conn.h"
#include "decode.h"
#include "util.h"

static uint16_t
get16(const uint8_t *b)
{
	return (uint16_t)(b[0] << 8 | b[1]);
}

static void
put16(uint8_t *b, uint16_t v)
{
	b[0] = (uint8_t)(v >> 8);
	b[1] = (uint8_t)v;
}

static uint16_t
fold(uint64_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* RFC 1071 2(B): the sum may be taken in the machine's byte order and in wider
 * words, and turned round at the end. */
uint32_t
csum_add(uint32_t sum, const void *bytes, size_t length)
{
	const uint8_t *b = bytes;
	uint64_t acc = 0;
	uint32_t word;

	for (; length >= sizeof(word); length -= sizeof(word)) {
		memcpy(&word, b, sizeof(word));
		acc += word;
		b += sizeof(word);
	}
	acc = ntohs(fold(acc));
	if (length >= 2) {
		acc += get16(b);
		b += 2;
		length -= 2;
	}
	if (length > 0)
		acc += (uint32_t)b[0] << 8;
	return fold(acc + sum);
}

uint16_t
csum_fold(uint32_t sum)
{
	return (uint16_t)~fold(sum);
}

/* RFC 1624 eqn. 3, on sums of any number of words. */
static uint16_t
update(uint16_t check, uint32_t from, uint32_t to)
{
	return csum_fold((uint32_t)(uint16_t)~check +
	    (uint32_t)(uint16_t)~fold(from) + fold(to));
}

uint16_t
csum_update16(uint16_t check, uint16_t from, uint16_t to)
{
	return update(check, from, to);
}

/* Where the transport checksum is, or NULL if the packet has none that we
 * know, or not all of its header. */
static uint8_t *
check_field(const struct pkt *p)
{
	uint32_t at;

	if (p->l4 == PKT_NO_OFFSET)
		return NULL;
	switch (p->proto) {
	case IPPROTO_TCP:
		at = 16;
		break;
	case IPPROTO_UDP:
		at = 6;
		break;
	case IPPROTO_ICMP:
		if (p->src.af != AF_INET)
			return NULL;
		at = 2;
		break;
	case IPPROTO_ICMPV6:
		if (p->src.af != AF_INET6)
			return NULL;
		at = 2;
		break;
	default:
		return NULL;
	}
	return p->data + p->l4 + at;
}

static size_t
addr_len(const struct ip_addr *a)
{
	return a->af == AF_INET ? 4 : 16;
}

static uint32_t
addr_sum(const struct ip_addr *src, const struct ip_addr *dst)
{
	return csum_add(
	    csum_add(0, src->b, addr_len(src)), dst->b, addr_len(dst));
}

static bool
has_pseudo(const struct pkt *p)
{
	return !(p->proto == IPPROTO_ICMP && p->src.af == AF_INET);
}

/* Transport header and payload, as the datagram says. */
static uint32_t
transport_len(const struct pkt *p)
{
	return p->payload - p->l4 + p->payload_wire;
}

static uint32_t
pseudo_sum(const struct pkt *p, uint32_t length)
{
	return fold((uint64_t)addr_sum(&p->src, &p->dst) + p->proto +
	    (length >> 16) + (length & 0xffff));
}

static bool
udp_without(const struct pkt *p, const uint8_t *field)
{
	return p->proto == IPPROTO_UDP && get16(field) == 0;
}

void
csum_check(struct pkt *p)
{
	const uint8_t *field = check_field(p);
	uint32_t length, sum = 0;

	p->csum = PKT_CSUM_NONE;
	if (field == NULL || p->fragment || p->truncated ||
	    udp_without(p, field))
		return;
	length = transport_len(p);
	if (has_pseudo(p))
		sum = pseudo_sum(p, length);
	if (csum_fold(csum_add(sum, p->data + p->l4, length)) == 0)
		p->csum = PKT_CSUM_GOOD;
	else if ((p->proto == IPPROTO_TCP || p->proto == IPPROTO_UDP) &&
	    (get16(field) == fold(sum) ||
		get16(field) == fold(pseudo_sum(p, 0)) ||
		(p->proto == IPPROTO_TCP && get16(field) == 0)))
		/* What an offloading stack leaves for its hardware: the sum of
		 * the pseudo header, with the length or without (some drivers
		 * of segmentation), or nothing at all. */
		p->csum = PKT_CSUM_PARTIAL;
	else
		p->csum = PKT_CSUM_BAD;
}

void
csum_finish(struct pkt *p)
{
	uint8_t *field = check_field(p);
	uint32_t length, sum = 0;
	uint16_t check;

	if (field == NULL || p->csum == PKT_CSUM_BAD ||
	    p->csum == PKT_CSUM_NONE)
		return;
	length = transport_len(p);
	if (has_pseudo(p))
		sum = pseudo_sum(p, length);
	put16(field, 0);
	check = csum_fold(csum_add(sum, p->data + p->l4, length));
	if (check == 0 && p->proto == IPPROTO_UDP)
		check = 0xffff; /* RFC 768: zero would mean "none" */
	put16(field, check);
}

static void
update_field(const struct pkt *p, uint8_t *field, uint32_t from, uint32_t to)
{
	uint16_t check;

	if (udp_without(p, field))
		return;
	check = update(get16(field), from, to);
	if (check == 0 && p->proto == IPPROTO_UDP)
		check = 0xffff;
	put16(field, check);
}

void
csum_replace(
    struct pkt *p, uint32_t offset, const uint8_t *bytes, uint32_t length)
{
	uint8_t *field = check_field(p);
	uint32_t from, to;
	uint8_t *at;

	if (offset >= p->payload_len)
		return;
	length = MIN(length, p->payload_len - offset);
	at = p->data + p->payload + offset;
	if (memcmp(at, bytes, length) == 0)
		return;
	if (field != NULL &&
	    (p->csum == PKT_CSUM_BAD || p->csum == PKT_CSUM_NONE)) {
		from = csum_add(0, at, length);
		to = csum_add(0, bytes, length);
		/* RFC 1071 2(B): at an odd offset a byte weighs what its
		 * neighbour does at an even one. Headers are even. */
		if ((p->payload + offset - p->l4) % 2 != 0) {
			from = __builtin_bswap16((uint16_t)from);
			to = __builtin_bswap16((uint16_t)to);
		}
		update_field(p, field, from, to);
	}
	memcpy(at, bytes, length);
	p->modified = true;
}

/* IPv4's own checksum after its addresses changed. Zero that does not verify
 * was left to the hardware, like a partial transport checksum. */
static void
update_ip4(const struct pkt *p, uint32_t from, uint32_t to, bool offloaded)
{
	uint8_t *h = p->data + p->l3;
	uint8_t *field = h + 10;

	if (offloaded)
		put16(field, csum_fold(csum_add(0, h, (h[0] & 0x0fu) * 4)));
	else
		put16(field, update(get16(field), from, to));
}

static bool
ip4_offloaded(const struct pkt *p)
{
	const uint8_t *h = p->data + p->l3;

	return get16(h + 10) == 0 &&
	    csum_fold(csum_add(0, h, (h[0] & 0x0fu) * 4)) != 0;
}

static void
put_addresses(struct pkt *p, const struct flow_key *to)
{
	uint8_t *at = p->data + p->l3 + (p->src.af == AF_INET ? 12 : 8);
	size_t n = addr_len(&p->src);

	memcpy(at, to->src.b, n);
	memcpy(at + n, to->dst.b, n);
	p->src = to->src;
	p->dst = to->dst;
}

/* Ports, or the identifier of an ICMP echo: the sums of what changed are added
 * to *from and *into. */
static void
put_ports(
    struct pkt *p, const struct flow_key *to, uint32_t *from, uint32_t *into)
{
	uint8_t *h = p->data + p->l4;

	if (p->proto == IPPROTO_TCP || p->proto == IPPROTO_UDP) {
		*from += (uint32_t)get16(h) + get16(h + 2);
		put16(h, to->sport);
		put16(h + 2, to->dport);
		*into += (uint32_t)to->sport + to->dport;
	} else if (decode_icmp_has_id(p)) {
		*from += get16(h + 4);
		put16(h + 4, to->sport);
		*into += to->sport;
	} else {
		return;
	}
	p->modified = true;
	p->sport = to->sport;
	p->dport = to->dport;
}

void
csum_rewrite(struct pkt *p, const struct flow_key *to)
{
	uint32_t addr_from, addr_to, from = 0, into = 0;
	uint8_t *field = check_field(p);
	bool offloaded;

	if (to->src.af != p->src.af || to->dst.af != p->dst.af ||
	    (p->src.af != AF_INET && p->src.af != AF_INET6))
		return;
	if (!ip_eq(&p->src, &to->src) || !ip_eq(&p->dst, &to->dst)) {
		addr_from = addr_sum(&p->src, &p->dst);
		addr_to = addr_sum(&to->src, &to->dst);
		offloaded = p->src.af == AF_INET && ip4_offloaded(p);
		put_addresses(p, to);
		if (p->src.af == AF_INET)
			update_ip4(p, addr_from, addr_to, offloaded);
		if (has_pseudo(p)) {
			from += addr_from;
			into += addr_to;
		}
		p->modified = true;
	}
	if (field == NULL)
		return;
	if (p->sport != to->sport || p->dport != to->dport)
		put_ports(p, to, &from, &into);
	/* A first fragment and a truncated packet (NONE) hold the checksum of
	 * the whole, which the update keeps right. */
	if (p->csum == PKT_CSUM_PARTIAL)
		csum_finish(p);
	else if (from != into)
		update_field(p, field, from, into);
}

/* SPDX-License-Identifier: ISC */
#include "decode.h"

#include <stddef.h>
#include <string.h>

#include "util.h"

/* Link types of capture files (the LINKTYPE_ registry of tcpdump.org), written
 * out because pcap.h stays behind io_*. */
enum {
	LINK_NULL = 0,
	LINK_ETHERNET = 1,
	LINK_RAW_BSD = 12, /* DLT_RAW of most systems */
	LINK_RAW_OPENBSD = 14,
	LINK_RAW = 101,
	LINK_LOOP = 108,
	LINK_LINUX_SLL = 113,
	LINK_IPV4 = 228,
	LINK_IPV6 = 229,
	LINK_LINUX_SLL2 = 276,
};

enum {
	ETHERTYPE_IP4 = 0x0800,
	ETHERTYPE_VLAN = 0x8100,
	ETHERTYPE_QINQ_OLD = 0x9100,
	ETHERTYPE_QINQ = 0x88a8,
	ETHERTYPE_IP6 = 0x86dd,
	ETHERTYPE_PPPOE = 0x8864,
	ETHERTYPE_MIN = 0x0600,   /* below: a length (IEEE 802.3), so LLC */
	ETHERTYPE_ANY_IP = 0,     /* ours: the link type does not say which */
	ETHERTYPE_OTHER = 0xffff, /* ours: not IP */
};

enum {
	IP6_HOP_BY_HOP = 0,
	IP6_ROUTING = 43,
	IP6_FRAGMENT = 44,
	IP6_AUTH = 51,
	IP6_NONE = 59,
	IP6_DST_OPTIONS = 60,
	IP6_MOBILITY = 135,
	IP6_HIP = 139,
	IP6_SHIM6 = 140,
	IP6_MAX_HEADERS = 8, /* RFC 8200 lists six that make sense together */
};

/* Offloading hands whole super-frames to the capture. Linux stops at eight
 * times 64 KB (GSO_MAX_SIZE); a longer datagram is a lie. */
enum { IP_LEN_MAX = 8 * 65536 };

/* A reader that cannot leave [pos, end): past it, getters give zero and
 * `cut` is set, to be tested once at the end of a header. */
struct cur {
	const uint8_t *bytes;
	uint32_t pos, end;
	bool cut;
};

static bool
cur_want(struct cur *c, uint32_t n)
{
	if (c->cut || c->end - c->pos < n) {
		c->cut = true;
		return false;
	}
	return true;
}

static uint8_t
cur_u8(struct cur *c)
{
	if (!cur_want(c, 1))
		return 0;
	return c->bytes[c->pos++];
}

static uint16_t
cur_be16(struct cur *c)
{
	uint16_t v;

	if (!cur_want(c, 2))
		return 0;
	v = (uint16_t)(c->bytes[c->pos] << 8 | c->bytes[c->pos + 1]);
	c->pos += 2;
	return v;
}

static uint32_t
cur_be32(struct cur *c)
{
	uint32_t v;

	v = (uint32_t)cur_be16(c) << 16;
	return v | cur_be16(c);
}

static void
cur_skip(struct cur *c, uint32_t n)
{
	if (cur_want(c, n))
		c->pos += n;
}

static uint16_t
cur_ethertype(struct cur *c)
{
	uint16_t type = cur_be16(c);

	return type < ETHERTYPE_MIN ? ETHERTYPE_OTHER : type;
}

static struct ip_addr
cur_addr(struct cur *c, int af)
{
	uint32_t n = af == AF_INET ? 4 : 16;
	struct ip_addr a = { .af = 0 };

	if (!cur_want(c, n))
		return a;
	a = ip_from_bytes(af, c->bytes + c->pos);
	c->pos += n;
	return a;
}

/* Link layers: each leaves the cursor at the network header and stores the
 * ethertype. */

static void
link_ethernet(struct cur *c, uint16_t *type)
{
	cur_skip(c, 12);
	*type = cur_ethertype(c);
}

static void
link_sll(struct cur *c, uint16_t *type)
{
	cur_skip(c, 14); /* packet type, ARPHRD, address length, address */
	*type = cur_ethertype(c);
}

static void
link_sll2(struct cur *c, uint16_t *type)
{
	*type = cur_ethertype(c);
	cur_skip(c, 18);
}

static void
link_raw(struct cur *c UNUSED, uint16_t *type)
{
	*type = ETHERTYPE_ANY_IP;
}

/* The family is in the byte order of the machine that captured; AF_INET6
 * differs between the BSDs and Linux. */
static void
link_loopback(struct cur *c, uint16_t *type)
{
	uint32_t family = cur_be32(c);

	if (family > 0xffff) /* small numbers only: it was the other order */
		family = __builtin_bswap32(family);
	switch (family) {
	case 2:
		*type = ETHERTYPE_IP4;
		break;
	case 10:
	case 24:
	case 28:
	case 30:
		*type = ETHERTYPE_IP6;
		break;
	default:
		*type = ETHERTYPE_OTHER;
	}
}

static const struct link {
	int linktype;
	void (*read)(struct cur *c, uint16_t *type);
} links[] = {
	{ LINK_ETHERNET, link_ethernet },
	{ LINK_LINUX_SLL, link_sll },
	{ LINK_LINUX_SLL2, link_sll2 },
	{ LINK_RAW, link_raw },
	{ LINK_RAW_BSD, link_raw },
	{ LINK_RAW_OPENBSD, link_raw },
	{ LINK_IPV4, link_raw },
	{ LINK_IPV6, link_raw },
	{ LINK_NULL, link_loopback },
	{ LINK_LOOP, link_loopback },
};

static const struct link *
link_find(int linktype)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(links); i++)
		if (links[i].linktype == linktype)
			return &links[i];
	return NULL;
}

bool
decode_knows(int linktype)
{
	return link_find(linktype) != NULL;
}

/* Tags and PPPoE between the link header and IP. */
static enum reason
read_shims(struct cur *c, struct pkt *p, uint16_t *type)
{
	bool tagged = false;
	uint16_t tci, ppp;

	while (!c->cut) {
		switch (*type) {
		case ETHERTYPE_VLAN:
		case ETHERTYPE_QINQ:
		case ETHERTYPE_QINQ_OLD:
			tci = cur_be16(c);
			if (!tagged)
				p->vlan = tci & 0x0fff;
			tagged = true;
			*type = cur_ethertype(c);
			continue;
		case ETHERTYPE_PPPOE: /* RFC 2516 4 */
			cur_skip(c, 6);
			ppp = cur_be16(c);
			*type = ppp == 0x0021 ? ETHERTYPE_IP4
			    : ppp == 0x0057   ? ETHERTYPE_IP6
					      : ETHERTYPE_OTHER;
			continue;
		default:
			return REASON_NONE;
		}
	}
	return REASON_INVALID_ENCAP;
}

/* Bytes from the IP header to the end of the frame as it was on the wire. */
static uint32_t
wire_from_l3(const struct pkt *p)
{
	uint32_t wire = MAX(p->wirelen, p->caplen);

	return wire - p->l3;
}

/* Cuts the cursor at the datagram's end, which drops link padding. */
static enum reason
set_ip_len(struct cur *c, struct pkt *p, uint32_t ip_len, uint32_t header)
{
	if (ip_len < header || ip_len > wire_from_l3(p) || ip_len > IP_LEN_MAX)
		return REASON_INVALID_IP_LENGTH;
	p->ip_len = ip_len;
	if (c->end - p->l3 > ip_len)
		c->end = p->l3 + ip_len;
	p->truncated = c->end - p->l3 < ip_len;
	return REASON_NONE;
}

static enum reason
read_ip4(struct cur *c, struct pkt *p)
{
	uint32_t header, total;
	uint16_t frag;
	enum reason r;

	header = (cur_u8(c) & 0x0fu) * 4;
	p->tos = cur_u8(c);
	total = cur_be16(c);
	cur_skip(c, 2);
	frag = cur_be16(c);
	p->ttl = cur_u8(c);
	p->proto = cur_u8(c);
	cur_skip(c, 2);
	p->src = cur_addr(c, AF_INET);
	p->dst = cur_addr(c, AF_INET);
	if (c->cut || header < 20)
		return REASON_INVALID_IP_HEADER;
	cur_skip(c, header - 20);
	if (c->cut)
		return REASON_INVALID_IP_HEADER;
	if (total == 0) /* segmentation is left to the sender's hardware */
		total = wire_from_l3(p);
	r = set_ip_len(c, p, total, header);
	if (r != REASON_NONE)
		return r;
	if ((frag & 0x3fff) != 0) { /* more fragments, or an offset */
		p->fragment = true;
		p->first_fragment = (frag & 0x1fff) == 0;
		/* RFC 791: the whole may not pass 65535. */
		if ((frag & 0x1fffu) * 8 + (total - header) > 65535)
			return REASON_FRAGMENT;
	}
	return REASON_NONE;
}

static enum reason
read_ip6(struct cur *c, struct pkt *p)
{
	uint32_t first, total, length;
	uint16_t frag;
	uint8_t next;
	unsigned n;
	enum reason r;

	first = cur_be32(c);
	p->tos = (uint8_t)(first >> 20);
	total = cur_be16(c);
	next = cur_u8(c);
	p->ttl = cur_u8(c);
	p->src = cur_addr(c, AF_INET6);
	p->dst = cur_addr(c, AF_INET6);
	if (c->cut)
		return REASON_INVALID_IP_HEADER;
	/* Length 0 is a jumbogram (RFC 2675) or an offloaded super-frame,
	 * unless there is nothing to have a length. */
	if (total == 0 && next != IP6_NONE)
		total = wire_from_l3(p);
	else
		total += 40;
	r = set_ip_len(c, p, total, 40);
	if (r != REASON_NONE)
		return r;
	for (n = 0; n < IP6_MAX_HEADERS; n++) {
		p->proto = next;
		switch (next) {
		case IP6_HOP_BY_HOP:
		case IP6_ROUTING:
		case IP6_DST_OPTIONS:
		case IP6_MOBILITY:
		case IP6_HIP:
		case IP6_SHIM6:
			next = cur_u8(c);
			length = cur_u8(c) * 8u + 6;
			cur_skip(c, length);
			break;
		case IP6_AUTH: /* RFC 4302 counts in words */
			next = cur_u8(c);
			length = cur_u8(c) * 4u + 6;
			cur_skip(c, length);
			break;
		case IP6_FRAGMENT:
			next = cur_u8(c);
			cur_skip(c, 1);
			frag = cur_be16(c);
			cur_skip(c, 4);
			if (c->cut)
				return REASON_INVALID_IP_HEADER;
			p->proto = next;
			/* RFC 6946: with neither offset nor more to come it
			 * is a whole datagram. */
			if ((frag & 0xfff9) == 0)
				break;
			p->fragment = true;
			p->first_fragment = (frag & 0xfff8) == 0;
			if ((frag & 0xfff8u) + (p->l3 + p->ip_len - c->pos) >
			    65535)
				return REASON_FRAGMENT;
			if (!p->first_fragment)
				return REASON_NONE;
			break;
		default:
			return REASON_NONE;
		}
		if (c->cut)
			return REASON_INVALID_IP_HEADER;
	}
	return REASON_UNSUPPORTED_IP6_HDR;
}

/* Bytes from the cursor to the end of the datagram, captured or not. */
static uint32_t
wire_rest(const struct cur *c, const struct pkt *p)
{
	return p->l3 + p->ip_len - c->pos;
}

static void
set_payload(const struct cur *c, struct pkt *p, uint32_t wire)
{
	p->payload = c->pos;
	p->payload_wire = wire;
	p->payload_len = MIN(c->end - c->pos, wire);
}

static enum reason
read_tcp(struct cur *c, struct pkt *p)
{
	uint32_t rest = wire_rest(c, p);
	uint32_t header, options;

	p->sport = cur_be16(c);
	p->dport = cur_be16(c);
	p->seq = cur_be32(c);
	p->ack = cur_be32(c);
	header = (cur_u8(c) >> 4) * 4u;
	p->tcp_flags = cur_u8(c);
	p->window = cur_be16(c);
	cur_skip(c, 4);
	if (c->cut)
		return p->first_fragment ? REASON_FRAGMENT
					 : REASON_INVALID_TCP_HDR;
	if (header < 20)
		return REASON_INVALID_TCP_HDR;
	if (header > rest)
		return p->first_fragment ? REASON_FRAGMENT
					 : REASON_INVALID_TCP_HDR;
	/* Options may be cut: a snap length of 68 was tcpdump's default for
	 * long, and everything that must be judged is before them. */
	options = MIN(header - 20, c->end - c->pos);
	cur_skip(c, options);
	set_payload(c, p, rest - header);
	return REASON_NONE;
}

static enum reason
read_udp(struct cur *c, struct pkt *p)
{
	uint32_t rest = wire_rest(c, p);
	uint32_t length;

	p->sport = cur_be16(c);
	p->dport = cur_be16(c);
	length = cur_be16(c);
	cur_skip(c, 2);
	if (c->cut)
		return p->first_fragment ? REASON_FRAGMENT
					 : REASON_INVALID_UDP_LENGTH;
	if (p->first_fragment || (length == 0 && rest > 65535))
		length = rest;
	if (length < 8 || length > rest)
		return REASON_INVALID_UDP_LENGTH;
	set_payload(c, p, length - 8);
	return REASON_NONE;
}

bool
decode_icmp_has_id(const struct pkt *p)
{
	if (p->proto == IPPROTO_ICMPV6)
		return p->icmp_type == 128 || p->icmp_type == 129;
	return p->icmp_type == 0 || p->icmp_type == 8 ||
	    (p->icmp_type >= 13 && p->icmp_type <= 18);
}

static enum reason
read_icmp(struct cur *c, struct pkt *p)
{
	uint32_t rest = wire_rest(c, p);
	uint16_t id;

	p->icmp_type = cur_u8(c);
	p->icmp_code = cur_u8(c);
	cur_skip(c, 2);
	id = cur_be16(c);
	cur_skip(c, 2);
	if (c->cut)
		return p->first_fragment ? REASON_FRAGMENT
					 : REASON_INVALID_IP_LENGTH;
	if (decode_icmp_has_id(p))
		p->sport = p->dport = id;
	set_payload(c, p, rest - 8);
	return REASON_NONE;
}

static enum reason
read_transport(struct cur *c, struct pkt *p)
{
	if (p->fragment && !p->first_fragment) {
		set_payload(c, p, wire_rest(c, p));
		return REASON_NONE;
	}
	p->l4 = c->pos;
	switch (p->proto) {
	case IPPROTO_TCP:
		return read_tcp(c, p);
	case IPPROTO_UDP:
		return read_udp(c, p);
	case IPPROTO_ICMP:
		if (p->src.af == AF_INET)
			return read_icmp(c, p);
		break;
	case IPPROTO_ICMPV6:
		if (p->src.af == AF_INET6)
			return read_icmp(c, p);
		break;
	default:
		break;
	}
	set_payload(c, p, wire_rest(c, p));
	return REASON_NONE;
}

/* A packet may be decoded again after it was changed. */
static void
reset(struct pkt *p)
{
	static const struct ip_addr none;

	p->l3 = 0;
	p->l4 = PKT_NO_OFFSET;
	p->payload = p->payload_len = p->payload_wire = p->ip_len = 0;
	p->src = p->dst = none;
	p->proto = p->ttl = p->tos = 0;
	p->fragment = p->first_fragment = p->truncated = false;
	p->vlan = 0;
	p->sport = p->dport = 0;
	p->icmp_type = p->icmp_code = 0;
	p->seq = p->ack = 0;
	p->window = 0;
	p->tcp_flags = 0;
	p->csum = PKT_CSUM_NONE;
}

enum reason
decode(struct pkt *p)
{
	const struct link *link = link_find(p->linktype);
	struct cur c = { .bytes = p->data, .end = p->caplen };
	uint16_t type = ETHERTYPE_OTHER;
	uint8_t version;
	enum reason r;

	reset(p);
	if (link == NULL)
		return REASON_INVALID_ENCAP;
	link->read(&c, &type);
	r = read_shims(&c, p, &type);
	if (r != REASON_NONE || c.cut)
		return REASON_INVALID_ENCAP;
	p->l3 = c.pos;
	if (type != ETHERTYPE_ANY_IP && type != ETHERTYPE_IP4 &&
	    type != ETHERTYPE_IP6)
		return REASON_L2_UNHANDLED;
	if (c.pos == c.end)
		return REASON_INVALID_IP_HEADER;
	version = c.bytes[c.pos] >> 4;
	if (version == 4 && type != ETHERTYPE_IP6)
		r = read_ip4(&c, p);
	else if (version == 6 && type != ETHERTYPE_IP4)
		r = read_ip6(&c, p);
	else
		return REASON_UNSUPPORTED_IP;
	if (r != REASON_NONE)
		return r;
	return read_transport(&c, p);
}

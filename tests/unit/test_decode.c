/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "frames.h"
#include "util.h"

static struct pktpool pool;

/* Frames are written in hexadecimal, with blanks where they help. */
static uint32_t
unhex(const char *s, uint8_t *to)
{
	uint32_t n = 0;
	unsigned v;

	for (; *s != '\0'; s++) {
		if (*s == ' ')
			continue;
		if (sscanf(s, "%2x", &v) != 1)
			break;
		to[n++] = (uint8_t)v;
		s++;
	}
	return n;
}

#define ETH  "020000000001 020000000002 "
#define SLL  "0000 0001 0006 0200000000010000 "
#define SLL2 "0000 00000001 0001 00 06 0200000000010000"
#define A4   "0a000001 0a000002 "
#define A6   "20010db8000000000000000000000001 20010db8000000000000000000000002 "
/* IPv4: total length, flags and offset, protocol */
#define IP4(total, frag, proto) "4500" total "0000" frag "40" proto "0000" A4
#define IP6(length, next)       "60000000" length next "40" A6
#define TCP_H                   "9c40 0019 00000064 000000c8 5018 ffff 0000 0000 "
#define UDP_H(length)           "9c40 0035" length "0000"

#define BAD(why) REASON_##why, 0, 0, 0, 0, 0, 0

static const struct decode_case {
	const char *what;
	int linktype;
	const char *hex;
	uint32_t more; /* bytes on the wire that were not captured */
	enum reason reason;
	uint32_t l3, payload, payload_len, payload_wire;
	uint8_t proto;
	uint16_t vlan;
} cases[] = {
	{ "TCP", 1, ETH "0800" IP4("002b", "0000", "06") TCP_H "414243", 0,
	    REASON_NONE, 14, 54, 3, 3, 6, 0 },
	{ "Ethernet padding", 1,
	    ETH "0800" IP4("0028", "0000", "06") TCP_H "000000000000", 0,
	    REASON_NONE, 14, 54, 0, 0, 6, 0 },
	{ "one tag", 1,
	    ETH "8100 6064 0800" IP4("002b", "0000", "06") TCP_H "414243", 0,
	    REASON_NONE, 18, 58, 3, 3, 6, 100 },
	{ "three tags", 1,
	    ETH "88a8 0007 8100 0008 9100 0009 0800" IP4("002b", "0000", "06")
		TCP_H "414243",
	    0, REASON_NONE, 26, 66, 3, 3, 6, 7 },
	{ "tag cut", 1, ETH "8100 00", 0, BAD(INVALID_ENCAP) },
	{ "PPPoE", 1,
	    ETH "8864 1100 0001 002d 0021" IP4("002b", "0000", "06") TCP_H
	    "414243",
	    0, REASON_NONE, 22, 62, 3, 3, 6, 0 },
	{ "PPPoE control", 1, ETH "8864 1100 0001 002d c021 0101", 0,
	    BAD(L2_UNHANDLED) },
	{ "ARP", 1, ETH "0806 0001 0800", 0, BAD(L2_UNHANDLED) },
	{ "LLC", 1, ETH "0026 424203 0000", 0, BAD(L2_UNHANDLED) },
	{ "LLC of length 0", 1, ETH "0000 45", 0, BAD(L2_UNHANDLED) },
	{ "nothing", 1, "", 0, BAD(INVALID_ENCAP) },
	{ "nothing after Ethernet", 1, ETH "0800", 0, BAD(INVALID_IP_HEADER) },
	{ "unknown link type", 147, ETH "0800", 0, BAD(INVALID_ENCAP) },
	{ "cooked", 113, SLL "0800" IP4("002b", "0000", "06") TCP_H "414243", 0,
	    REASON_NONE, 16, 56, 3, 3, 6, 0 },
	{ "cooked, tag", 113,
	    SLL "8100 0005 0800" IP4("002b", "0000", "06") TCP_H "414243", 0,
	    REASON_NONE, 20, 60, 3, 3, 6, 5 },
	{ "cooked 2", 276, "0800" SLL2 IP4("002b", "0000", "06") TCP_H "414243",
	    0, REASON_NONE, 20, 60, 3, 3, 6, 0 },
	{ "raw", 12, IP4("002b", "0000", "06") TCP_H "414243", 0, REASON_NONE,
	    0, 40, 3, 3, 6, 0 },
	{ "raw, link type number", 101, IP6("0017", "06") TCP_H "414243", 0,
	    REASON_NONE, 0, 60, 3, 3, 6, 0 },
	{ "IPv4", 228, IP4("002b", "0000", "06") TCP_H "414243", 0, REASON_NONE,
	    0, 40, 3, 3, 6, 0 },
	{ "IPv6", 229, IP6("0017", "06") TCP_H "414243", 0, REASON_NONE, 0, 60,
	    3, 3, 6, 0 },
	{ "null, little endian", 0,
	    "02000000" IP4("002b", "0000", "06") TCP_H "414243", 0, REASON_NONE,
	    4, 44, 3, 3, 6, 0 },
	{ "null, big endian", 0, "0000001e" IP6("0017", "06") TCP_H "414243", 0,
	    REASON_NONE, 4, 64, 3, 3, 6, 0 },
	{ "loop", 108, "00000002" IP4("002b", "0000", "06") TCP_H "414243", 0,
	    REASON_NONE, 4, 44, 3, 3, 6, 0 },
	{ "null, other family", 0, "00000007 45", 0, BAD(L2_UNHANDLED) },
	{ "wrong version", 12, "55", 0, BAD(UNSUPPORTED_IP) },
	{ "IPv6 under IPv4's type", 1, ETH "0800" IP6("0017", "06") TCP_H, 0,
	    BAD(UNSUPPORTED_IP) },

	{ "IPv4 header too short", 12, "44000014 0000 0000 40 06 0000" A4, 0,
	    BAD(INVALID_IP_HEADER) },
	{ "IPv4 header cut", 12, "45000028 0000 0000 40", 40,
	    BAD(INVALID_IP_HEADER) },
	{ "IPv4 options", 12,
	    "47000033 0000 0000 40 06 0000" A4 "0101010194040000" TCP_H
	    "414243",
	    0, REASON_NONE, 0, 48, 3, 3, 6, 0 },
	{ "IPv4 options cut", 12, "4f000050 0000 0000 40 06 0000" A4 "01", 100,
	    BAD(INVALID_IP_HEADER) },
	{ "total less than header", 12, IP4("0013", "0000", "06") TCP_H, 0,
	    BAD(INVALID_IP_LENGTH) },
	{ "total more than the wire", 12, IP4("0050", "0000", "06") TCP_H, 0,
	    BAD(INVALID_IP_LENGTH) },
	{ "super-frame", 12, IP4("0000", "0000", "06") TCP_H "4142434445", 0,
	    REASON_NONE, 0, 40, 5, 5, 6, 0 },
	{ "super-frame cut", 12, IP4("0000", "0000", "06") TCP_H "41", 70000,
	    REASON_NONE, 0, 40, 1, 70001, 6, 0 },
	{ "super-frame too long", 12, IP4("0000", "0000", "06") TCP_H "41",
	    4000000, BAD(INVALID_IP_LENGTH) },
	{ "payload cut", 12, IP4("0064", "0000", "06") TCP_H "414243", 57,
	    REASON_NONE, 0, 40, 3, 60, 6, 0 },

	{ "first fragment", 12, IP4("0028", "2000", "06") TCP_H, 0, REASON_NONE,
	    0, 40, 0, 0, 6, 0 },
	{ "tiny fragment", 12, IP4("001c", "2000", "06") "9c40001900000064", 0,
	    BAD(FRAGMENT) },
	{ "later fragment", 12, IP4("001c", "0005", "06") "9c40001900000064", 0,
	    REASON_NONE, 0, 20, 8, 8, 6, 0 },
	{ "ping of death", 12,
	    IP4("0024", "1fff", "01") "00000000000000000000"
				      "000000000000",
	    0, BAD(FRAGMENT) },

	{ "TCP cut", 12, IP4("0028", "0000", "06") "9c400019", 36,
	    BAD(INVALID_TCP_HDR) },
	{ "TCP short", 12, IP4("001c", "0000", "06") "9c40001900000064", 0,
	    BAD(INVALID_TCP_HDR) },
	{ "TCP offset 4", 12,
	    IP4("0028", "0000", "06") "9c40 0019 00000064 000000c8 4018 ffff "
				      "0000 0000",
	    0, BAD(INVALID_TCP_HDR) },
	{ "TCP offset past the end", 12,
	    IP4("0028", "0000", "06") "9c40 0019 00000064 000000c8 6018 ffff "
				      "0000 0000",
	    0, BAD(INVALID_TCP_HDR) },
	{ "TCP options cut by the snap length", 12,
	    IP4("003c", "0000", "06") "9c40 0019 00000064 00000000 a002 ffff "
				      "0000 0000 020405b4",
	    16, REASON_NONE, 0, 44, 0, 0, 6, 0 },

	{ "UDP", 12, IP4("0020", "0000", "11") UDP_H("000c") "41424344", 0,
	    REASON_NONE, 0, 28, 4, 4, 17, 0 },
	{ "UDP shorter than IP", 12,
	    IP4("0020", "0000", "11") UDP_H("000a") "41424344", 0, REASON_NONE,
	    0, 28, 2, 2, 17, 0 },
	{ "UDP longer than IP", 12,
	    IP4("0020", "0000", "11") UDP_H("000d") "41424344", 0,
	    BAD(INVALID_UDP_LENGTH) },
	{ "UDP length 7", 12,
	    IP4("0020", "0000", "11") UDP_H("0007") "41424344", 0,
	    BAD(INVALID_UDP_LENGTH) },
	{ "UDP length 0", 12,
	    IP4("0020", "0000", "11") UDP_H("0000") "41424344", 0,
	    BAD(INVALID_UDP_LENGTH) },
	{ "UDP cut", 12, IP4("0020", "0000", "11") "9c400035", 8,
	    BAD(INVALID_UDP_LENGTH) },
	{ "UDP first fragment", 12,
	    IP4("0020", "2000", "11") UDP_H("0400") "41424344", 0, REASON_NONE,
	    0, 28, 4, 4, 17, 0 },

	{ "ICMP echo", 12, IP4("001e", "0000", "01") "0800 0000 1234 0001 4142",
	    0, REASON_NONE, 0, 28, 2, 2, 1, 0 },
	{ "ICMP cut", 12, IP4("001e", "0000", "01") "0800", 8,
	    BAD(INVALID_IP_LENGTH) },
	{ "other protocol", 12, IP4("0018", "0000", "2f") "00000800", 0,
	    REASON_NONE, 0, 20, 4, 4, 47, 0 },
	{ "ICMPv6 over IPv4", 12, IP4("0018", "0000", "3a") "80000000", 0,
	    REASON_NONE, 0, 20, 4, 4, 58, 0 },

	{ "ICMPv6 echo", 12, IP6("0008", "3a") "8000 0000 1234 0001", 0,
	    REASON_NONE, 0, 48, 0, 0, 58, 0 },
	{ "extension headers", 12,
	    IP6("0033", "00") "2b00010400000000 3c00000000000000 "
			      "0600010400000000" TCP_H "41424344454647",
	    0, REASON_NONE, 0, 84, 7, 7, 6, 0 },
	{ "authentication header", 12,
	    IP6("0023", "33") "06010000 00000001 00000001" TCP_H "414243", 0,
	    REASON_NONE, 0, 72, 3, 3, 6, 0 },
	{ "first fragment, IPv6", 12,
	    IP6("001c", "2c") "06000001 00000001" TCP_H, 0, REASON_NONE, 0, 68,
	    0, 0, 6, 0 },
	{ "later fragment, IPv6", 12,
	    IP6("000c", "2c") "06000010 00000001 41424344", 0, REASON_NONE, 0,
	    48, 4, 4, 6, 0 },
	{ "atomic fragment", 12, IP6("001c", "2c") "06000000 00000001" TCP_H, 0,
	    REASON_NONE, 0, 68, 0, 0, 6, 0 },
	{ "no next header", 12, IP6("0000", "3b") "0000", 0, REASON_NONE, 0, 40,
	    0, 0, 59, 0 },
	{ "super-frame, IPv6", 12, IP6("0000", "06") TCP_H "4142", 0,
	    REASON_NONE, 0, 60, 2, 2, 6, 0 },
	{ "extension header past the end", 12,
	    IP6("0008", "00") "06ff010400000000", 0, BAD(INVALID_IP_HEADER) },
	{ "too many extension headers", 12,
	    IP6("0048", "00") "0000010400000000 0000010400000000 "
			      "0000010400000000 0000010400000000 "
			      "0000010400000000 0000010400000000 "
			      "0000010400000000 0000010400000000 "
			      "0600010400000000",
	    0, BAD(UNSUPPORTED_IP6_HDR) },
	{ "IPv6 header cut", 12, "60000000 0017 06", 60,
	    BAD(INVALID_IP_HEADER) },
	{ "IPv6 longer than the wire", 12, IP6("0018", "06") TCP_H "414243", 0,
	    BAD(INVALID_IP_LENGTH) },
};

/* The frame lies at the end of its buffer, where a sanitizer would see a read
 * behind it. */
static enum reason
decode_hex(struct pkt *p, int linktype, const char *hex, uint32_t more)
{
	static uint8_t bytes[2048];

	p->caplen = unhex(hex, bytes);
	p->data += PKT_BUFFER_SIZE - p->caplen;
	memcpy(p->data, bytes, p->caplen);
	p->wirelen = p->caplen + more;
	p->linktype = linktype;
	return decode(p);
}

static void
test_cases(void)
{
	const struct decode_case *c;
	struct pkt *p;
	enum reason r;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		c = &cases[i];
		p = pkt_get(&pool);
		r = decode_hex(p, c->linktype, c->hex, c->more);
		if (r != c->reason)
			printf("\n    %s: %s", c->what,
			    r == REASON_NONE ? "none" : reason_keyword(r));
		CU_ASSERT_EQUAL(r, c->reason);
		if (c->reason == REASON_NONE) {
			if (p->l3 != c->l3 || p->payload != c->payload ||
			    p->payload_len != c->payload_len ||
			    p->payload_wire != c->payload_wire ||
			    p->proto != c->proto || p->vlan != c->vlan) {
				printf("\n    %s: %u %u %u %u %u %u", c->what,
				    p->l3, p->payload, p->payload_len,
				    p->payload_wire, p->proto, p->vlan);
				CU_FAIL("members");
			}
			CU_ASSERT_EQUAL(p->truncated, c->more > 0);
		}
		pkt_put(&pool, p);
	}
}

static void
test_members(void)
{
	struct pkt *p = pkt_get(&pool);
	char text[IP_TEXT_SIZE];

	decode_hex(p, 1,
	    ETH "0800 4512 002b 0000 0000 3f 06 0000" A4 TCP_H "414243", 0);
	CU_ASSERT_STRING_EQUAL(ip_format(&p->src, text), "10.0.0.1");
	CU_ASSERT_STRING_EQUAL(ip_format(&p->dst, text), "10.0.0.2");
	CU_ASSERT_EQUAL(p->tos, 0x12);
	CU_ASSERT_EQUAL(p->ttl, 63);
	CU_ASSERT_EQUAL(p->sport, 40000);
	CU_ASSERT_EQUAL(p->dport, 25);
	CU_ASSERT_EQUAL(p->seq, 100);
	CU_ASSERT_EQUAL(p->ack, 200);
	CU_ASSERT_EQUAL(p->tcp_flags, TCP_PSH | TCP_ACK);
	CU_ASSERT_EQUAL(p->window, 65535);
	CU_ASSERT_EQUAL(p->ip_len, 43);
	CU_ASSERT_EQUAL(p->l4, 34);
	pkt_put(&pool, p);

	p = pkt_get(&pool);
	decode_hex(
	    p, 12, IP4("001e", "0000", "01") "0800 0000 1234 0001 4142", 0);
	CU_ASSERT_EQUAL(p->icmp_type, 8);
	CU_ASSERT_EQUAL(p->sport, 0x1234);
	CU_ASSERT_EQUAL(p->dport, 0x1234);
	pkt_put(&pool, p);

	p = pkt_get(&pool);
	decode_hex(
	    p, 12, IP4("001e", "0000", "01") "0301 0000 1234 0001 4142", 0);
	CU_ASSERT_EQUAL(p->icmp_type, 3);
	CU_ASSERT_EQUAL(p->icmp_code, 1);
	CU_ASSERT_EQUAL(p->sport, 0);
	pkt_put(&pool, p);

	p = pkt_get(&pool);
	decode_hex(p, 12, IP6("0008", "3a") "8100 0000 4321 0001", 0);
	CU_ASSERT_STRING_EQUAL(ip_format(&p->src, text), "2001:db8::1");
	CU_ASSERT_EQUAL(p->icmp_type, 129);
	CU_ASSERT_EQUAL(p->sport, 0x4321);
	pkt_put(&pool, p);

	p = pkt_get(&pool);
	decode_hex(p, 12, IP4("001c", "0005", "06") "9c40001900000064", 0);
	CU_ASSERT(p->fragment && !p->first_fragment);
	CU_ASSERT_EQUAL(p->l4, PKT_NO_OFFSET);
	pkt_put(&pool, p);
}

/* Every good frame, cut at every byte: whatever decode() says, it lies within
 * what was captured. */
static void
test_cut_everywhere(void)
{
	uint8_t bytes[2048];
	struct pkt *p;
	uint32_t n, cut;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		n = unhex(cases[i].hex, bytes);
		for (cut = 0; cut < n; cut++) {
			p = pkt_get(&pool);
			p->data += PKT_BUFFER_SIZE - cut;
			memcpy(p->data, bytes, cut);
			p->caplen = cut;
			p->wirelen = n + cases[i].more;
			p->linktype = cases[i].linktype;
			if (decode(p) == REASON_NONE) {
				CU_ASSERT(p->payload <= cut);
				CU_ASSERT(p->payload_len <= cut - p->payload);
			}
			pkt_put(&pool, p);
		}
	}
}

static void
test_knows(void)
{
	static const int known[] = { 0, 1, 12, 101, 108, 113, 228, 229, 276 };
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		CU_ASSERT(decode_knows(known[i]));
	CU_ASSERT_FALSE(decode_knows(147));
	CU_ASSERT_FALSE(decode_knows(-1));
}

static void
test_pool(void)
{
	struct pktpool two;
	struct pkt *a, *b;

	CU_ASSERT_EQUAL_FATAL(pktpool_init(&two, 2), 0);
	a = pkt_get(&two);
	b = pkt_get(&two);
	CU_ASSERT_PTR_NOT_NULL_FATAL(a);
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	CU_ASSERT_PTR_NULL(pkt_get(&two));
	memset(a->data, 'a', PKT_BUFFER_SIZE);
	memset(b->data, 'b', PKT_BUFFER_SIZE);
	CU_ASSERT_EQUAL(a->data[PKT_BUFFER_SIZE - 1], 'a');
	CU_ASSERT_EQUAL(two.in_use, 2);
	a->data += 100; /* a put packet gets its whole buffer back */
	a->seq = 5;
	pkt_put(&two, a);
	pkt_put(&two, NULL);
	CU_ASSERT_PTR_EQUAL(pkt_get(&two), a);
	CU_ASSERT_EQUAL(a->data[0], 'a');
	CU_ASSERT_EQUAL(a->seq, 0);
	CU_ASSERT_EQUAL(a->l4, PKT_NO_OFFSET);
	CU_ASSERT_EQUAL(a->ingress, -1);
	pkt_put(&two, a);
	pkt_put(&two, b);
	CU_ASSERT_EQUAL(two.in_use, 0);
	CU_ASSERT_EQUAL(two.most_used, 2);
	pktpool_fini(&two);
	CU_ASSERT_NOT_EQUAL(pktpool_init(&two, 0), 0);
}

int
main(void)
{
	CU_pSuite suite;
	unsigned failures;

	if (pktpool_init(&pool, 1) != 0)
		return 1;
	CU_initialize_registry();
	suite = CU_add_suite("decode", NULL, NULL);
	CU_add_test(suite, "cases", test_cases);
	CU_add_test(suite, "members", test_members);
	CU_add_test(suite, "cut everywhere", test_cut_everywhere);
	CU_add_test(suite, "knows", test_knows);
	CU_add_test(suite, "pool", test_pool);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	pktpool_fini(&pool);
	return failures != 0;
}

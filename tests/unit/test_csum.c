/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>

#include "conn.h"
#include "csum.h"
#include "frames.h"
#include "util.h"

static struct pktpool pool;

static const struct frame_tcp plain = {
	.src = 0xc0a80101,
	.dst = 0x0a000002,
	.sport = 40000,
	.dport = 25,
	.seq = 0x12345678,
	.flags = TCP_ACK,
	.payload = "MAIL FROM:<a@b>\r\n",
	.length = 17,
};

static struct pkt *
tcp_packet(const struct frame_tcp *f)
{
	struct pkt *p = pkt_get(&pool);

	CU_ASSERT_EQUAL_FATAL(frame_make_tcp(p, f), REASON_NONE);
	return p;
}

/* Changes the protocol of a made packet; its header is eight bytes. */
static struct pkt *
other_packet(uint8_t proto, const char *payload)
{
	uint32_t n = (uint32_t)strlen(payload);
	struct pkt *p = tcp_packet(&plain);
	uint8_t *ip = p->data + p->l3, *h = p->data + p->l4;

	ip[9] = proto;
	frame_put16(ip + 2, 28 + n);
	frame_put16(ip + 10, 0);
	frame_put16(ip + 10, csum_fold(csum_add(0, ip, 20)));
	memset(h, 0, 8);
	if (proto == IPPROTO_UDP) {
		frame_put16(h, 5000);
		frame_put16(h + 2, 53);
		frame_put16(h + 4, 8 + n);
	} else {
		h[0] = 8;
		frame_put16(h + 4, 0x4242);
	}
	memcpy(h + 8, payload, n);
	p->caplen = p->wirelen = 14 + 28 + n;
	CU_ASSERT_EQUAL_FATAL(decode(p), REASON_NONE);
	p->csum = PKT_CSUM_PARTIAL;
	csum_finish(p);
	csum_check(p);
	return p;
}

static uint16_t
field(const struct pkt *p, uint32_t at)
{
	return (uint16_t)(p->data[p->l4 + at] << 8 | p->data[p->l4 + at + 1]);
}

static bool
ip_right(const struct pkt *p)
{
	return csum_fold(csum_add(0, p->data + p->l3, 20)) == 0;
}

static void
test_add(void)
{
	/* RFC 1071 3 */
	static const uint8_t example[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5,
		0xf6, 0xf7 };
	uint8_t bytes[301];
	uint32_t want, i, n;

	CU_ASSERT_EQUAL(csum_add(0, example, 8), 0xddf2);
	CU_ASSERT_EQUAL(csum_fold(0xddf2), 0x220d);
	CU_ASSERT_EQUAL(csum_add(0, "", 0), 0);
	CU_ASSERT_EQUAL(csum_fold(0x1ffff), 0xfffe);
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37 + 255);
	for (n = 0; n < sizeof(bytes); n++) {
		want = 0x1234;
		for (i = 0; i < n; i++)
			want += i % 2 == 0 ? bytes[i] * 256u : bytes[i];
		while (want > 0xffff)
			want = (want & 0xffff) + (want >> 16);
		CU_ASSERT_EQUAL(csum_add(0x1234, bytes, n), want);
		/* chaining */
		CU_ASSERT_EQUAL(csum_add(csum_add(0x1234, bytes, n / 2 * 2),
				    bytes + n / 2 * 2, n % 2),
		    want);
	}
	/* RFC 1624 4 */
	CU_ASSERT_EQUAL(csum_update16(0xdd2f, 0x5555, 0x3285), 0x0000);
}

static void
test_check(void)
{
	struct frame_tcp f = plain;
	uint32_t pseudo;
	struct pkt *p = tcp_packet(&f);

	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	p->data[p->payload] ^= 1;
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_BAD);
	p->data[p->payload] ^= 1;
	/* What Linux leaves for the card, and what Windows does. */
	pseudo = csum_add(0, p->data + p->l3 + 12, 8) + 6 + 37;
	frame_put16(p->data + p->l4 + 16, (uint16_t)~csum_fold(pseudo));
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_PARTIAL);
	frame_put16(p->data + p->l4 + 16, 0);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_PARTIAL);
	csum_finish(p);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);

	f.cut = 3;
	p = tcp_packet(&f);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_NONE);
	pkt_put(&pool, p);

	p = other_packet(IPPROTO_UDP, "query");
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	frame_put16(p->data + p->l4 + 6, 0);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_NONE);
	pkt_put(&pool, p);

	p = other_packet(IPPROTO_ICMP, "ping!");
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	p->data[p->l4 + 2] ^= 0x10;
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_BAD);
	pkt_put(&pool, p);
}

static void
rewrite_to(
    struct pkt *p, uint32_t src, uint32_t dst, uint16_t sport, uint16_t dport)
{
	struct flow_key key;

	flow_key_of(p, &key);
	key.src = ip4_from_u32(src);
	key.dst = ip4_from_u32(dst);
	key.sport = sport;
	key.dport = dport;
	csum_rewrite(p, &key);
}

static void
test_rewrite(void)
{
	struct frame_tcp f = plain;
	struct pkt *p = tcp_packet(&f);
	struct flow_key key;
	uint16_t before;

	rewrite_to(p, 0x01010101, 0x0a000002, 1234, 25);
	CU_ASSERT(p->modified);
	CU_ASSERT(ip_right(p));
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	CU_ASSERT_EQUAL(p->sport, 1234);
	CU_ASSERT_EQUAL(ip4_to_u32(&p->src), 0x01010101);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);

	/* The same: nothing happens. */
	p = tcp_packet(&f);
	before = field(p, 16);
	flow_key_of(p, &key);
	csum_rewrite(p, &key);
	CU_ASSERT_FALSE(p->modified);
	CU_ASSERT_EQUAL(field(p, 16), before);
	pkt_put(&pool, p);

	/* A wrong one keeps its error: repairing what was wrong repairs it. */
	p = tcp_packet(&f);
	p->data[p->payload] ^= 0x40;
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_BAD);
	rewrite_to(p, 0x01010101, 0x02020202, 1, 2);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_BAD);
	p->data[p->payload] ^= 0x40;
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);

	/* Offloaded checksums of both layers are completed. */
	p = tcp_packet(&f);
	frame_put16(p->data + p->l3 + 10, 0);
	frame_put16(p->data + p->l4 + 16, 0);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_PARTIAL);
	rewrite_to(p, 0x01010101, 0x02020202, 1, 2);
	CU_ASSERT(ip_right(p));
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);

	/* Cut by the snap length: that of the whole is updated. */
	p = tcp_packet(&f);
	p->caplen -= 5;
	decode(p);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_NONE);
	rewrite_to(p, 0x01010101, 0x02020202, 1, 2);
	p->caplen += 5;
	decode(p);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);

	/* UDP without a checksum stays so; with one it never becomes 0. */
	p = other_packet(IPPROTO_UDP, "query");
	rewrite_to(p, 0x01010101, 0x02020202, 7, 8);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	frame_put16(p->data + p->l4 + 6, 0);
	csum_check(p);
	rewrite_to(p, 0x03010101, 0x02020202, 7, 8);
	CU_ASSERT_EQUAL(field(p, 6), 0);
	pkt_put(&pool, p);

	/* ICMP: no pseudo header, the identifier instead of ports. */
	p = other_packet(IPPROTO_ICMP, "ping!");
	rewrite_to(p, 0x01010101, 0x02020202, 0x7777, 0x7777);
	CU_ASSERT_EQUAL(field(p, 4), 0x7777);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);
}

static void
test_fragment(void)
{
	struct frame_tcp f = plain;
	struct pkt *p = tcp_packet(&f);
	uint8_t *ip = p->data + p->l3;
	uint16_t was = field(p, 16);

	/* Later fragments have addresses only. */
	frame_put16(ip + 6, 3);
	frame_put16(ip + 10, 0);
	frame_put16(ip + 10, csum_fold(csum_add(0, ip, 20)));
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_NONE);
	rewrite_to(p, 0x01010101, 0x02020202, 0, 0);
	CU_ASSERT(ip_right(p));
	CU_ASSERT_EQUAL(p->data[50] << 8 | p->data[51], was);
	pkt_put(&pool, p);
}

static void
test_replace(void)
{
	struct frame_tcp f = plain;
	struct pkt *p;
	uint32_t at, n;

	for (at = 0; at < f.length; at++) {
		for (n = 0; n <= f.length; n++) {
			/* right */
			p = tcp_packet(&f);
			csum_replace(
			    p, at, (const uint8_t *)"XXXXXXXXXXXXXXXXXX", n);
			csum_finish(p);
			csum_check(p);
			CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
			CU_ASSERT_EQUAL(p->modified, n > 0);
			pkt_put(&pool, p);

			/* wrong by one bit of the header */
			p = tcp_packet(&f);
			p->data[p->l4 + 9] ^= 2;
			csum_check(p);
			csum_replace(
			    p, at, (const uint8_t *)"XXXXXXXXXXXXXXXXXX", n);
			csum_finish(p);
			p->data[p->l4 + 9] ^= 2;
			csum_check(p);
			CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
			pkt_put(&pool, p);
		}
	}
	p = tcp_packet(&f);
	csum_replace(p, f.length, (const uint8_t *)"X", 1);
	csum_replace(p, UINT32_MAX, (const uint8_t *)"X", 1);
	csum_replace(p, 0, plain.payload, f.length);
	CU_ASSERT_FALSE(p->modified);
	pkt_put(&pool, p);
}

static void
test_super_frame(void)
{
	static uint8_t block[60000];
	struct frame_tcp f = plain;
	struct pkt *p;
	uint32_t i;

	for (i = 0; i < sizeof(block); i++)
		block[i] = (uint8_t)(i * 7);
	f.payload = block;
	f.length = sizeof(block);
	p = tcp_packet(&f);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	frame_put16(p->data + p->l3 + 2, 0); /* as segmentation leaves it */
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	CU_ASSERT_EQUAL(p->payload_len, sizeof(block));
	csum_check(p);
	CU_ASSERT_EQUAL(p->csum, PKT_CSUM_GOOD);
	pkt_put(&pool, p);
}

int
main(void)
{
	CU_pSuite suite;
	unsigned failures;

	if (pktpool_init(&pool, 1) != 0)
		return 1;
	CU_initialize_registry();
	suite = CU_add_suite("csum", NULL, NULL);
	CU_add_test(suite, "add", test_add);
	CU_add_test(suite, "check", test_check);
	CU_add_test(suite, "rewrite", test_rewrite);
	CU_add_test(suite, "fragment", test_fragment);
	CU_add_test(suite, "replace", test_replace);
	CU_add_test(suite, "super-frame", test_super_frame);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	pktpool_fini(&pool);
	return failures != 0;
}

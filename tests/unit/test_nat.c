/* SPDX-License-Identifier: ISC
 *
 * Static translation and host limits.
 */
#include <CUnit/Basic.h>
#include <string.h>

#include "hostlimit.h"
#include "nat.h"
#include "util.h"

enum { INSIDE, OUTSIDE };

static struct ip_addr
ip(const char *s)
{
	struct ip_addr a = { .af = 0 };

	CU_ASSERT_FATAL(ip_parse(s, &a));
	return a;
}

static struct flow_key
key(const char *src, uint16_t sport, const char *dst, uint16_t dport)
{
	struct flow_key k = { .src = ip(src),
		.dst = ip(dst),
		.sport = sport,
		.dport = dport,
		.proto = IPPROTO_TCP };

	return k;
}

static void
check_key(const struct flow_key *k, const char *src, uint16_t sport,
    const char *dst, uint16_t dport)
{
	struct ip_addr s = ip(src), d = ip(dst);

	CU_ASSERT(ip_eq(&k->src, &s));
	CU_ASSERT(ip_eq(&k->dst, &d));
	CU_ASSERT_EQUAL(k->sport, sport);
	CU_ASSERT_EQUAL(k->dport, dport);
}

/* static (inside,outside) 1.1.1.1 192.168.1.1
 * static (inside,outside) tcp 1.1.1.9 2525 192.168.1.9 25
 * static (inside,outside) 2.2.2.0 10.0.2.0 netmask 255.255.255.0 */
static struct pol_static statics[3];
static struct policy pol;

static void
make_policy(void)
{
	unsigned i;

	memset(&pol, 0, sizeof(pol));
	memset(statics, 0, sizeof(statics));
	for (i = 0; i < 3; i++) {
		statics[i].real_if = INSIDE;
		statics[i].mapped_if = OUTSIDE;
		statics[i].prefix_length = 32;
		statics[i].proto = -1;
	}
	statics[0].real = ip("192.168.1.1");
	statics[0].mapped = ip("1.1.1.1");
	statics[1].real = ip("192.168.1.9");
	statics[1].mapped = ip("1.1.1.9");
	statics[1].proto = IPPROTO_TCP;
	statics[1].real_port = 25;
	statics[1].mapped_port = 2525;
	statics[2].real = ip("10.0.2.0");
	statics[2].mapped = ip("2.2.2.0");
	statics[2].prefix_length = 24;
	pol.statics = statics;
	pol.n_statics = 3;
}

static void
test_inbound(void)
{
	struct flow_key k = key("9.9.9.9", 40000, "1.1.1.1", 25);

	make_policy();
	CU_ASSERT_PTR_EQUAL(nat_untranslate(&pol, OUTSIDE, &k), &statics[0]);
	check_key(&k, "9.9.9.9", 40000, "192.168.1.1", 25);

	k = key("9.9.9.9", 40000, "1.1.1.9", 2525);
	CU_ASSERT_PTR_EQUAL(nat_untranslate(&pol, OUTSIDE, &k), &statics[1]);
	check_key(&k, "9.9.9.9", 40000, "192.168.1.9", 25);

	k = key("9.9.9.9", 40000, "1.1.1.9", 25); /* other port: no rule */
	CU_ASSERT_PTR_NULL(nat_untranslate(&pol, OUTSIDE, &k));

	k = key("9.9.9.9", 1, "2.2.2.77", 25);
	CU_ASSERT_PTR_EQUAL(nat_untranslate(&pol, OUTSIDE, &k), &statics[2]);
	check_key(&k, "9.9.9.9", 1, "10.0.2.77", 25);

	k = key("192.168.1.50", 1, "1.1.1.1", 25); /* wrong side */
	CU_ASSERT_PTR_NULL(nat_untranslate(&pol, INSIDE, &k));
}

static void
test_outbound(void)
{
	struct flow_key k = key("192.168.1.1", 40000, "9.9.9.9", 25);

	make_policy();
	CU_ASSERT_PTR_EQUAL(
	    nat_translate(&pol, INSIDE, OUTSIDE, &k), &statics[0]);
	check_key(&k, "1.1.1.1", 40000, "9.9.9.9", 25);

	k = key("192.168.1.2", 40000, "9.9.9.9", 25);
	CU_ASSERT_PTR_NULL(nat_translate(&pol, INSIDE, OUTSIDE, &k));
	check_key(&k, "192.168.1.2", 40000, "9.9.9.9", 25);

	k = key("10.0.2.3", 5, "9.9.9.9", 25);
	CU_ASSERT_PTR_NULL(nat_translate(&pol, INSIDE, 2, &k));
	CU_ASSERT_PTR_EQUAL(
	    nat_translate(&pol, INSIDE, OUTSIDE, &k), &statics[2]);
	check_key(&k, "2.2.2.3", 5, "9.9.9.9", 25);
}

/* A capture taken outside shows the inside host by its mapped address; one
 * taken inside shows what came for the mapped address under the real one. */
static void
test_take_back(void)
{
	struct flow_key k = key("1.1.1.1", 25, "9.9.9.9", 40000);
	int at = -1, in = -1;

	make_policy();
	CU_ASSERT(nat_take_back(&pol, -1, OUTSIDE, &k, &at, &in));
	check_key(&k, "192.168.1.1", 25, "9.9.9.9", 40000);
	CU_ASSERT_EQUAL(at, OUTSIDE);
	CU_ASSERT_EQUAL(in, INSIDE);

	k = key("9.9.9.9", 40000, "192.168.1.1", 25);
	CU_ASSERT(nat_take_back(&pol, -1, OUTSIDE, &k, &at, &in));
	check_key(&k, "9.9.9.9", 40000, "1.1.1.1", 25);
	CU_ASSERT_EQUAL(at, INSIDE);
	CU_ASSERT_EQUAL(in, OUTSIDE);

	/* From the inside itself: nothing to take back. */
	k = key("192.168.1.7", 40000, "192.168.1.1", 25);
	CU_ASSERT_FALSE(nat_take_back(&pol, -1, INSIDE, &k, &at, &in));
	k = key("9.9.9.9", 40000, "1.1.1.1", 25);
	CU_ASSERT_FALSE(nat_take_back(&pol, -1, OUTSIDE, &k, &at, &in));
}

/* The capture point is told: what came for a real address arrived like that
 * unless the capture was taken on the real side; a mapped source was seen on
 * the mapped side in any case. */
static void
test_capture_point(void)
{
	struct flow_key k = key("1.1.1.1", 25, "9.9.9.9", 40000);
	int at = -1, in = -1;

	make_policy();
	CU_ASSERT(nat_take_back(&pol, OUTSIDE, OUTSIDE, &k, &at, &in));
	check_key(&k, "192.168.1.1", 25, "9.9.9.9", 40000);
	CU_ASSERT_EQUAL(in, INSIDE);

	k = key("9.9.9.9", 40000, "192.168.1.1", 25);
	CU_ASSERT_FALSE(nat_take_back(&pol, OUTSIDE, OUTSIDE, &k, &at, &in));
	CU_ASSERT(nat_take_back(&pol, INSIDE, OUTSIDE, &k, &at, &in));
	check_key(&k, "9.9.9.9", 40000, "1.1.1.1", 25);
	CU_ASSERT_EQUAL(in, OUTSIDE);
}

/* What goes in comes back, for every host of the network rule. */
static void
test_round_trip(void)
{
	unsigned i;

	make_policy();
	for (i = 0; i < 256; i++) {
		struct flow_key k = key("10.0.2.0", 1000, "9.9.9.9", 25);
		struct flow_key back = k, start;

		k.src.b[3] = (uint8_t)i;
		start = k;
		CU_ASSERT_PTR_NOT_NULL(
		    nat_translate(&pol, INSIDE, OUTSIDE, &k));
		back.src = k.dst;
		back.dst = k.src;
		back.sport = k.dport;
		back.dport = k.sport;
		CU_ASSERT_PTR_NOT_NULL(nat_untranslate(&pol, OUTSIDE, &back));
		CU_ASSERT(ip_eq(&back.dst, &start.src));
	}
}

static void
test_hostlimit(void)
{
	struct hostlimit h;
	struct ip_addr a = ip("10.0.0.1"), b = ip("10.0.0.2");
	uint32_t slots[300], i, refused = 0;

	CU_ASSERT_EQUAL_FATAL(hostlimit_init(&h, 128), 0);
	CU_ASSERT_EQUAL(hostlimit_count(&h, &a), 0);
	for (i = 0; i < 50; i++)
		slots[i] = hostlimit_take(&h, &a);
	CU_ASSERT_EQUAL(hostlimit_count(&h, &a), 50);
	CU_ASSERT_EQUAL(hostlimit_count(&h, &b), 0);
	for (i = 0; i < 50; i++)
		hostlimit_give(&h, slots[i]);
	CU_ASSERT_EQUAL(hostlimit_count(&h, &a), 0);
	CU_ASSERT_EQUAL(h.in_use, 0);
	/* More hosts than slots: refused ones answer 0, nothing breaks. */
	for (i = 0; i < 300; i++) {
		a = ip4_from_u32(0x0a000000 + i);
		slots[i] = hostlimit_take(&h, &a);
		refused += slots[i] == 0;
	}
	CU_ASSERT(refused >= 300 - 128);
	for (i = 0; i < 300; i++) {
		a = ip4_from_u32(0x0a000000 + i);
		CU_ASSERT_EQUAL(hostlimit_count(&h, &a), slots[i] != 0 ? 1 : 0);
		hostlimit_give(&h, slots[i]);
	}
	CU_ASSERT_EQUAL(h.in_use, 0);
	hostlimit_fini(&h);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("nat", NULL, NULL);
	CU_add_test(s, "inbound", test_inbound);
	CU_add_test(s, "outbound", test_outbound);
	CU_add_test(s, "take back", test_take_back);
	CU_add_test(s, "capture point", test_capture_point);
	CU_add_test(s, "round trip", test_round_trip);
	CU_add_test(s, "host limit", test_hostlimit);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

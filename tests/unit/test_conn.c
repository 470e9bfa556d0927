/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <string.h>

#include "conn.h"
#include "util.h"

#define SECOND UINT64_C(1000000000)

static struct conn_table t;

/* What on_end saw. */
static struct {
	uint32_t id[4096];
	enum reason why[4096];
	unsigned n;
} ended;

static void
note_end(void *arg, struct conn *c)
{
	CU_ASSERT_PTR_EQUAL(arg, &ended);
	CU_ASSERT_FATAL(ended.n < ARRAY_LEN(ended.id));
	ended.id[ended.n] = c->id;
	ended.why[ended.n++] = c->end;
}

static void
start(uint32_t max)
{
	CU_ASSERT_EQUAL_FATAL(conn_table_init(&t, max, 1), 0);
	t.on_end = note_end;
	t.on_end_arg = &ended;
	ended.n = 0;
}

static struct flow_key
key_of(uint32_t src, uint16_t sport, uint32_t dst, uint16_t dport)
{
	struct flow_key k;

	memset(&k, 0, sizeof(k));
	k.src = ip4_from_u32(src);
	k.dst = ip4_from_u32(dst);
	k.sport = sport;
	k.dport = dport;
	k.proto = IPPROTO_TCP;
	return k;
}

/* From 10.0.0.1:n to 192.0.2.1:25, translated to 198.51.100.1:n. */
static struct conn *
create(uint16_t n, uint64_t now)
{
	struct flow_key c = key_of(0x0a000001, n, 0xc0000201, 25);
	struct flow_key s = key_of(0xc0000201, 25, 0xc6336401, n);

	return conn_create(&t, &c, &s, now);
}

static void
test_find(void)
{
	struct flow_key k;
	struct conn *c, *d;
	enum dir dir = DIR_SERVER;

	start(10);
	c = create(1000, 5);
	d = create(1001, 6);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(c->created, 5);
	CU_ASSERT_EQUAL(c->last, 5);
	CU_ASSERT_NOT_EQUAL(c->id, d->id);
	k = key_of(0x0a000001, 1000, 0xc0000201, 25);
	CU_ASSERT_PTR_EQUAL(conn_find(&t, &k, &dir), c);
	CU_ASSERT_EQUAL(dir, DIR_CLIENT);
	k = key_of(0xc0000201, 25, 0xc6336401, 1000);
	CU_ASSERT_PTR_EQUAL(conn_find(&t, &k, &dir), c);
	CU_ASSERT_EQUAL(dir, DIR_SERVER);
	/* The reverse of the client's key is not the server's. */
	k = key_of(0xc0000201, 25, 0x0a000001, 1000);
	CU_ASSERT_PTR_NULL(conn_find(&t, &k, &dir));
	k = key_of(0x0a000001, 1000, 0xc0000201, 25);
	k.proto = IPPROTO_UDP;
	CU_ASSERT_PTR_NULL(conn_find(&t, &k, &dir));
	conn_end(&t, c, REASON_FLOW_TCP_FINS);
	k.proto = IPPROTO_TCP;
	CU_ASSERT_PTR_NULL(conn_find(&t, &k, &dir));
	CU_ASSERT_EQUAL(ended.n, 1);
	CU_ASSERT_EQUAL(ended.why[0], REASON_FLOW_TCP_FINS);
	conn_table_fini(&t);
	CU_ASSERT_EQUAL(ended.n, 2);
}

static void
test_to_itself(void)
{
	struct flow_key k = key_of(0x7f000001, 7, 0x7f000001, 7);
	struct conn *c;
	enum dir dir = DIR_SERVER;

	start(3);
	c = conn_create(&t, &k, &k, 0);
	CU_ASSERT_PTR_EQUAL(conn_find(&t, &k, &dir), c);
	CU_ASSERT_EQUAL(dir, DIR_CLIENT);
	conn_end(&t, c, REASON_NONE);
	CU_ASSERT_PTR_NULL(conn_find(&t, &k, &dir));
	CU_ASSERT_EQUAL(t.in_use, 0);
	conn_table_fini(&t);
}

static void
test_full(void)
{
	struct flow_key k;
	struct conn *c[3000];
	enum dir dir;
	uint16_t i;
	unsigned round;

	start(3000);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 3000; i++)
			c[i] = create(i, i);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c[2999]);
		CU_ASSERT_PTR_NULL(create(3000, 0));
		for (i = 0; i < 3000; i++) {
			k = key_of(0x0a000001, i, 0xc0000201, 25);
			CU_ASSERT_PTR_EQUAL(conn_find(&t, &k, &dir), c[i]);
		}
		/* in an order that has nothing to do with the chains' */
		for (i = 0; i < 3000; i++)
			conn_end(&t, c[i * 7 % 3000], REASON_NONE);
		CU_ASSERT_EQUAL(t.in_use, 0);
		CU_ASSERT_EQUAL(t.most_used, 3000);
		ended.n = 0;
	}
	conn_table_fini(&t);
}

static void
test_expire(void)
{
	static const struct {
		enum conn_state state;
		enum reason end, why;
	} cases[] = {
		{ CONN_SYN_SENT, REASON_NONE, REASON_FLOW_SYN_TIMEOUT },
		{ CONN_SYN_RCVD, REASON_NONE, REASON_FLOW_SYN_TIMEOUT },
		{ CONN_ESTABLISHED, REASON_NONE, REASON_FLOW_CONN_TIMEOUT },
		{ CONN_CLOSING, REASON_NONE, REASON_FLOW_FIN_TIMEOUT },
		{ CONN_DATAGRAM, REASON_NONE, REASON_FLOW_CONN_TIMEOUT },
		{ CONN_KILLED, REASON_FLOW_CLOSED_BY_INSPECTION,
		    REASON_FLOW_CLOSED_BY_INSPECTION },
	};
	struct conn *c;
	uint16_t i;

	start(10);
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		c = create(i, i * SECOND);
		c->state = cases[i].state;
		c->end = cases[i].end;
		conn_set_timeout(&t, c, 30 * SECOND);
	}
	conn_expire(&t, 30 * SECOND - 1);
	CU_ASSERT_EQUAL(ended.n, 0);
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		conn_expire(&t, (i + 30) * SECOND);
		CU_ASSERT_EQUAL(ended.n, i + 1u);
		CU_ASSERT_EQUAL(ended.why[i], cases[i].why);
	}
	conn_table_fini(&t);
}

/* Different times, activity, changes: the order is that of the deadlines. */
static void
test_order(void)
{
	struct conn *a, *b, *c, *d;

	start(10);
	a = create(1, 0);
	b = create(2, 0);
	c = create(3, 0);
	d = create(4, 0);
	conn_set_timeout(&t, a, 100 * SECOND);
	conn_set_timeout(&t, b, 30 * SECOND);
	conn_set_timeout(&t, c, 30 * SECOND);
	conn_set_timeout(&t, d, 0); /* never */
	conn_touch(&t, b, 20 * SECOND);
	conn_expire(&t, 30 * SECOND);
	CU_ASSERT_EQUAL(ended.n, 1);
	CU_ASSERT_EQUAL(ended.id[0], 3);
	conn_touch(&t, b, 40 * SECOND);
	conn_set_timeout(&t, b, 70 * SECOND); /* from its last packet: 110 */
	CU_ASSERT_EQUAL(b->timeout, 70 * SECOND);
	conn_touch(&t, a, 5 * SECOND); /* until 105 */
	conn_expire(&t, 1000 * SECOND);
	CU_ASSERT_EQUAL(ended.n, 3);
	CU_ASSERT_EQUAL(ended.id[1], 1);
	CU_ASSERT_EQUAL(ended.id[2], 2);
	/* Time going backwards is not activity in the past. */
	conn_touch(&t, d, 50 * SECOND);
	conn_touch(&t, d, 10 * SECOND);
	CU_ASSERT_EQUAL(d->last, 50 * SECOND);
	conn_set_timeout(&t, d, UINT64_MAX);
	conn_expire(&t, UINT64_MAX - 1);
	CU_ASSERT_EQUAL(t.in_use, 1);
	conn_table_fini(&t);
}

/* More idle times than lists: nothing ends too early or never. */
static void
test_many_timeouts(void)
{
	struct conn *c[200];
	uint16_t i;

	start(200);
	for (i = 0; i < 200; i++) {
		c[i] = create(i, 0);
		conn_set_timeout(&t, c[i], (i * 37 % 200 + 1) * SECOND);
		CU_ASSERT(c[i]->timeout > 0);
	}
	for (i = 1; i <= 200; i++)
		conn_expire(&t, i * SECOND);
	CU_ASSERT_EQUAL(t.in_use, 0);
	CU_ASSERT_EQUAL(ended.n, 200);
	conn_table_fini(&t);
}

static void
note_id(void *arg, const struct conn *c)
{
	uint32_t *last = arg;

	CU_ASSERT(c->id > *last);
	*last = c->id;
}

static void
test_each(void)
{
	struct conn *c[20];
	uint32_t last = 0;
	uint16_t i;

	start(20);
	for (i = 0; i < 20; i++)
		c[i] = create(i, 0);
	for (i = 0; i < 20; i += 3)
		conn_end(&t, c[i], REASON_NONE);
	for (i = 0; i < 5; i++)
		create((uint16_t)(100 + i), 0);
	conn_each(&t, note_id, &last);
	CU_ASSERT_EQUAL(last, 25);
	conn_table_fini(&t);
	conn_table_fini(&t); /* twice does no harm */
	CU_ASSERT_NOT_EQUAL(conn_table_init(&t, 0, 1), 0);
}

static void
test_key(void)
{
	struct flow_key k, same = key_of(1, 2, 3, 4);
	struct pkt p;

	memset(&p, 0xee, sizeof(p));
	p.src = ip4_from_u32(1);
	p.dst = ip4_from_u32(3);
	p.sport = 2;
	p.dport = 4;
	p.proto = IPPROTO_TCP;
	memset(&k, 0xdd, sizeof(k));
	flow_key_of(&p, &k);
	CU_ASSERT_EQUAL(memcmp(&k, &same, sizeof(k)), 0);
}

int
main(void)
{
	CU_pSuite suite;
	unsigned failures;

	CU_initialize_registry();
	suite = CU_add_suite("conn", NULL, NULL);
	CU_add_test(suite, "find", test_find);
	CU_add_test(suite, "to itself", test_to_itself);
	CU_add_test(suite, "full", test_full);
	CU_add_test(suite, "expire", test_expire);
	CU_add_test(suite, "order", test_order);
	CU_add_test(suite, "many timeouts", test_many_timeouts);
	CU_add_test(suite, "each", test_each);
	CU_add_test(suite, "key", test_key);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures != 0;
}

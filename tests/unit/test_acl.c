/* SPDX-License-Identifier: ISC
 *
 * Access lists: every form of an entry, first match, implicit deny; and a
 * plain second matcher that must agree with the compiled one on random lists.
 */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acl.h"
#include "pol_int.h"

/* policy.c is not linked: this test needs only its memory. */
static void *blocks[4096];
static unsigned n_blocks;

void *
pol_alloc(struct policy *p UNUSED, size_t size)
{
	blocks[n_blocks] = xcalloc(1, size);
	return blocks[n_blocks++];
}

char *
pol_strdup(struct policy *p UNUSED, const char *s)
{
	blocks[n_blocks] = xstrdup(s);
	return blocks[n_blocks++];
}

static void
free_blocks(void)
{
	while (n_blocks > 0)
		free(blocks[--n_blocks]);
}

static struct ip_addr
ip(const char *s)
{
	struct ip_addr a = { .af = 0 };

	CU_ASSERT_FATAL(ip_parse(s, &a));
	return a;
}

static struct acl_tuple
tuple(unsigned proto, const char *src, unsigned sport, const char *dst,
    unsigned dport)
{
	struct acl_tuple t = { .key = { .src = ip(src),
				   .dst = ip(dst),
				   .sport = (uint16_t)sport,
				   .dport = (uint16_t)dport,
				   .proto = (uint8_t)proto },
		.icmp_type = -1,
		.icmp_code = -1 };

	return t;
}

static struct acl list = { .name = (char *)(uintptr_t) "T",
	.type = ACL_EXTENDED };
static struct policy pol;
static struct counts counts;
static struct pol_acl compiled;

static struct ace *
add(unsigned action, unsigned kind)
{
	struct ace *a = VEC_PUSH(&list.aces);

	a->action = (uint8_t)action;
	a->proto_kind = (uint8_t)kind;
	a->src.kind = a->dst.kind = ADDR_ANY;
	a->simulated = true;
	return a;
}

static void
compile(void)
{
	count_init(&counts);
	memset(&compiled, 0, sizeof(compiled));
	acl_compile(&pol, &list, &compiled, &counts, NULL, NULL);
}

static void
done(void)
{
	count_fini(&counts);
	free_blocks();
	VEC_FREE(&list.aces);
}

/* 1 permitted, 0 denied by an entry, -1 none matched. */
static int
verdict(struct acl_tuple t)
{
	const struct pol_ace *a = acl_match(&compiled, &t);

	return a == NULL ? -1 : a->permit;
}

static void
test_ports(void)
{
	static const struct {
		uint8_t op;
		uint32_t port, high;
		unsigned yes, no;
	} cases[] = {
		{ PORT_EQ, 25, 0, 25, 26 },
		{ PORT_NEQ, 25, 0, 26, 25 },
		{ PORT_LT, 25, 0, 24, 25 },
		{ PORT_GT, 25, 0, 26, 25 },
		{ PORT_RANGE, 20, 30, 30, 31 },
		{ PORT_RANGE, 20, 30, 20, 19 },
		{ PORT_GT, 65534, 0, 65535, 65534 },
		{ PORT_LT, 1, 0, 0, 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct ace *a = add(ACE_PERMIT, ACE_PROTO_TCP_UDP);

		a->l4 = 1;
		a->dport.op = cases[i].op;
		a->dport.port = cases[i].port;
		a->dport.high = cases[i].high;
		compile();
		CU_ASSERT_EQUAL(
		    verdict(tuple(6, "1.1.1.1", 9, "2.2.2.2", cases[i].yes)),
		    1);
		CU_ASSERT_EQUAL(
		    verdict(tuple(6, "1.1.1.1", 9, "2.2.2.2", cases[i].no)),
		    -1);
		/* Another protocol never matches. */
		CU_ASSERT_EQUAL(
		    verdict(tuple(17, "1.1.1.1", 9, "2.2.2.2", cases[i].yes)),
		    -1);
		done();
	}
	/* gt 65535 and lt 0 match nothing. */
	add(ACE_PERMIT, ACE_PROTO_TCP_UDP)->l4 = 1;
	list.aces.v[0].dport.op = PORT_GT;
	list.aces.v[0].dport.port = 65535;
	compile();
	CU_ASSERT_EQUAL(verdict(tuple(6, "1.1.1.1", 9, "2.2.2.2", 65535)), -1);
	done();
}

static void
test_addresses(void)
{
	struct ace *a = add(ACE_PERMIT, ACE_PROTO_OTHER);

	a->src.kind = ADDR_NET;
	a->src.ip = ip("10.1.0.0");
	a->src.mask = ip("255.255.0.0");
	a->dst.kind = ADDR_HOST;
	a->dst.ip = ip("192.168.1.1");
	compile();
	CU_ASSERT_EQUAL(
	    verdict(tuple(6, "10.1.200.3", 1, "192.168.1.1", 2)), 1);
	CU_ASSERT_EQUAL(verdict(tuple(47, "10.1.0.0", 0, "192.168.1.1", 0)), 1);
	CU_ASSERT_EQUAL(verdict(tuple(6, "10.2.0.1", 1, "192.168.1.1", 2)), -1);
	CU_ASSERT_EQUAL(verdict(tuple(6, "10.1.0.1", 1, "192.168.1.2", 2)), -1);
	CU_ASSERT_EQUAL(verdict(tuple(6, "2001::1", 1, "2001::2", 2)), -1);
	done();

	a = add(ACE_PERMIT, ACE_PROTO_OTHER);
	a->src.kind = ADDR_PREFIX6;
	a->src.prefix.addr = ip("2001:db8::");
	a->src.prefix.length = 33;
	compile();
	CU_ASSERT_EQUAL(verdict(tuple(6, "2001:db8:7fff::1", 1, "::2", 2)), 1);
	CU_ASSERT_EQUAL(verdict(tuple(6, "2001:db8:8000::1", 1, "::2", 2)), -1);
	CU_ASSERT_EQUAL(verdict(tuple(6, "1.2.3.4", 1, "1.1.1.1", 2)), -1);
	done();

	/* any4, any6 */
	add(ACE_DENY, ACE_PROTO_OTHER)->src.kind = ADDR_ANY6;
	add(ACE_PERMIT, ACE_PROTO_OTHER)->src.kind = ADDR_ANY4;
	compile();
	CU_ASSERT_EQUAL(verdict(tuple(6, "::1", 1, "::2", 2)), 0);
	CU_ASSERT_EQUAL(verdict(tuple(6, "1.1.1.1", 1, "1.1.1.2", 2)), 1);
	done();
}

static void
test_icmp(void)
{
	struct ace *a = add(ACE_PERMIT, ACE_PROTO_ICMP);
	struct acl_tuple t = tuple(1, "1.1.1.1", 7, "2.2.2.2", 7);

	a->has_icmp_type = true;
	a->icmp_type = 8;
	compile();
	t.icmp_type = 8;
	t.icmp_code = 0;
	CU_ASSERT_EQUAL(verdict(t), 1);
	t.icmp_type = 0;
	CU_ASSERT_EQUAL(verdict(t), -1);
	done();
	a = add(ACE_PERMIT, ACE_PROTO_ICMP);
	a->has_icmp_type = a->has_icmp_code = true;
	a->icmp_type = 3;
	a->icmp_code = 4;
	compile();
	t.icmp_type = 3;
	t.icmp_code = 4;
	CU_ASSERT_EQUAL(verdict(t), 1);
	t.icmp_code = 3;
	CU_ASSERT_EQUAL(verdict(t), -1);
	done();
}

/* Kept, inactive and contradictory entries match nothing; remarks are not
 * entries; the line number counts them all the same. */
static void
test_not_matching(void)
{
	add(ACE_DENY, ACE_PROTO_OTHER)->simulated = false;
	add(ACE_DENY, ACE_PROTO_OTHER)->inactive = true;
	add(ACE_DENY, ACE_PROTO_OTHER)->src.kind = ADDR_OBJECT_GROUP;
	add(ACE_DENY, ACE_PROTO_NONE)->remark = (char *)(uintptr_t) "hello";
	list.aces.v[0].kept_text = NULL;
	add(ACE_PERMIT, ACE_PROTO_OTHER);
	compile();
	CU_ASSERT_EQUAL(compiled.n, 4);
	CU_ASSERT_EQUAL(verdict(tuple(6, "1.1.1.1", 1, "1.1.1.2", 2)), 1);
	CU_ASSERT_EQUAL(compiled.aces[3].line, 5);
	done();
}

/* ---- differential ---- */

static uint64_t rng = 88172645463325252u;

static unsigned
rnd(unsigned n)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	rng ^= rng << 17;
	return (unsigned)(rng >> 11) % n;
}

/* Few values, so that things meet. */
static struct ip_addr
rnd_ip(void)
{
	return ip4_from_u32(0x0a000000 + (rnd(3) << 16) + rnd(4));
}

static void
rnd_addr(struct ace_addr *a)
{
	static const uint32_t masks[] = { 0xffffff00, 0xffff0000, 0xff0000ff,
		0xfffffffe };

	a->kind =
	    (uint8_t[]){ ADDR_ANY, ADDR_HOST, ADDR_NET, ADDR_ANY4 }[rnd(4)];
	if (a->kind == ADDR_HOST || a->kind == ADDR_NET)
		a->ip = rnd_ip();
	if (a->kind == ADDR_NET)
		a->mask = ip4_from_u32(masks[rnd(4)]);
}

static void
rnd_port(struct ace_port *p)
{
	p->op = (uint8_t)rnd(PORT_RANGE + 1);
	p->port = rnd(6);
	p->high = p->port + rnd(4);
}

static bool
plain_addr(const struct ace_addr *a, const struct ip_addr *x)
{
	if (a->kind == ADDR_HOST)
		return ip4_to_u32(&a->ip) == ip4_to_u32(x);
	if (a->kind == ADDR_NET)
		return (ip4_to_u32(&a->ip) & ip4_to_u32(&a->mask)) ==
		    (ip4_to_u32(x) & ip4_to_u32(&a->mask));
	return true;
}

static bool
plain_port(const struct ace_port *p, unsigned x)
{
	switch (p->op) {
	case PORT_EQ:
		return x == p->port;
	case PORT_NEQ:
		return x != p->port;
	case PORT_LT:
		return x < p->port;
	case PORT_GT:
		return x > p->port;
	case PORT_RANGE:
		return x >= p->port && x <= p->high;
	default:
		return true;
	}
}

static int
plain_verdict(const struct acl_tuple *t)
{
	size_t i;

	for (i = 0; i < list.aces.n; i++) {
		const struct ace *a = &list.aces.v[i];
		unsigned proto = a->proto_kind == ACE_PROTO_TCP_UDP
		    ? (a->l4 == 1 ? 6u : 17u)
		    : a->proto;

		if (a->inactive || (proto != 0 && proto != t->key.proto) ||
		    !plain_addr(&a->src, &t->key.src) ||
		    !plain_addr(&a->dst, &t->key.dst))
			continue;
		if (a->proto_kind == ACE_PROTO_TCP_UDP &&
		    (!plain_port(&a->sport, t->key.sport) ||
			!plain_port(&a->dport, t->key.dport)))
			continue;
		return a->action == ACE_PERMIT;
	}
	return -1;
}

static void
test_differential(void)
{
	unsigned round, i, n, wrong = 0, hits = 0;

	printf("(seed %llu) ", (unsigned long long)rng);
	for (round = 0; round < 400; round++) {
		n = 1 + rnd(12);
		for (i = 0; i < n; i++) {
			struct ace *a = add(1 + rnd(2),
			    rnd(2) ? ACE_PROTO_TCP_UDP : ACE_PROTO_OTHER);

			if (a->proto_kind == ACE_PROTO_TCP_UDP) {
				a->l4 = (uint8_t)(1 + rnd(2));
				rnd_port(&a->sport);
				rnd_port(&a->dport);
			} else
				a->proto = (unsigned[]){ 0, 6, 47 }[rnd(3)];
			rnd_addr(&a->src);
			rnd_addr(&a->dst);
			a->inactive = rnd(8) == 0;
		}
		compile();
		for (i = 0; i < 2500; i++) {
			struct acl_tuple t = { .icmp_type = -1,
				.icmp_code = -1 };
			int v;

			t.key.src = rnd_ip();
			t.key.dst = rnd_ip();
			t.key.proto = (uint8_t[]){ 6, 17, 47 }[rnd(3)];
			t.key.sport = (uint16_t)rnd(8);
			t.key.dport = (uint16_t)rnd(8);
			v = verdict(t);
			hits += v >= 0;
			wrong += v != plain_verdict(&t);
		}
		done();
	}
	CU_ASSERT_EQUAL(wrong, 0);
	CU_ASSERT(hits > 100000); /* the packets do meet the rules */
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("acl", NULL, NULL);
	CU_add_test(s, "ports", test_ports);
	CU_add_test(s, "addresses", test_addresses);
	CU_add_test(s, "icmp", test_icmp);
	CU_add_test(s, "entries that match nothing", test_not_matching);
	CU_add_test(s, "differential, a million packets", test_differential);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

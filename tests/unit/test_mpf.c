/* SPDX-License-Identifier: ISC
 *
 * Which class inspects a flow: one row for each documented rule and example.
 * Sources: ASA CLI configuration guides, "Service Policy Using the Modular
 * Policy Framework" (feature matching, directions); Cisco tech note 117801 for
 * the exemption and for what `no inspect` in a class without it means.
 *
 * A row loads configuration lines on top of the factory's, compiles the policy
 * and classifies one flow.
 */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "mpf.h"

#define IFACES                                                                 \
	"interface GigabitEthernet0/0\n nameif outside\n security-level 0\n"   \
	" ip address 203.0.113.1 255.255.255.0\n"                              \
	"interface GigabitEthernet0/1\n nameif inside\n security-level 100\n"  \
	" ip address 192.168.1.254 255.255.255.0\n"

#define NOTE_ACL                                                               \
	"access-list ironport_esa_internal extended permit ip any host "       \
	"192.168.1.1\n"                                                        \
	"access-list ironport_esa_internal extended permit ip host "           \
	"192.168.1.1 any\n"                                                    \
	"class-map ironport_esa\n"                                             \
	" match access-list ironport_esa_internal\n"

#define NOTE                                                                   \
	NOTE_ACL                                                               \
	"policy-map global_policy\n class ironport_esa\n  no inspect esmtp\n"

struct flow {
	const char *src;
	unsigned sport;
	const char *dst, *real_dst;
	unsigned dport, proto;
	int ingress, egress; /* 0 outside, 1 inside */
	unsigned tos;
};

static const struct flow mail_in = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 25, 6, 0, 1, 0 };
static const struct flow mail_in_mapped = { "203.0.113.9", 40000, "1.1.1.1",
	"192.168.1.1", 25, 6, 0, 1, 0 };
static const struct flow mail_out = { "192.168.1.1", 40000, "203.0.113.9",
	"203.0.113.9", 25, 6, 1, 0, 0 };
static const struct flow mail_other = { "203.0.113.9", 40000, "192.168.1.2",
	"192.168.1.2", 25, 6, 0, 1, 0 };
static const struct flow mail_2525 = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 2525, 6, 0, 1, 0 };
static const struct flow ftp = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 21, 6, 0, 1, 0 };
static const struct flow dns = { "192.168.1.1", 40000, "203.0.113.9",
	"203.0.113.9", 53, 17, 1, 0, 0 };
static const struct flow web = { "192.168.1.1", 40000, "203.0.113.9",
	"203.0.113.9", 80, 6, 1, 0, 0 };
static const struct flow netbios = { "192.168.1.1", 137, "203.0.113.9",
	"203.0.113.9", 40000, 17, 1, 0, 0 };

static const struct flow mail_ef = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 25, 6, 0, 1, 46 << 2 };
static const struct flow mail_critical = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 25, 6, 0, 1, 5 << 5 };
static const struct flow rtp_even = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 16400, 17, 0, 1, 0 };
static const struct flow rtp_odd = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 16401, 17, 0, 1, 0 };
static const struct flow rtp_past = { "203.0.113.9", 40000, "192.168.1.1",
	"192.168.1.1", 16502, 17, 0, 1, 0 };

#define CLASS_WITH(match)                                                      \
	IFACES "class-map c1\n match " match "\n"                              \
	       "policy-map global_policy\n no class inspection_default\n"      \
	       " class c1\n  inspect esmtp\n"
#define RTP_CLASS                                                              \
	IFACES "class-map c1\n match rtp 16384 100\n"                          \
	       "policy-map global_policy\n class c1\n  inspect sip\n"

/* clang-format off */
static const struct {
	const char *name;
	const char *config;
	const struct flow *flow;
	const char *want; /* "class/protocol", "" = none, "!class" = exempted */
	const char *where; /* "global" or interface name, NULL: do not check */
} cases[] = {
	{ "factory: smtp by port", IFACES, &mail_in, "inspection_default/esmtp", "global" },
	{ "factory: ftp by port", IFACES, &ftp, "inspection_default/ftp", "global" },
	{ "factory: dns is udp 53", IFACES, &dns, "inspection_default/dns", "global" },
	{ "factory: netbios is matched by source port", IFACES, &netbios, "inspection_default/netbios", "global" },
	{ "factory: http is not inspected", IFACES, &web, "", NULL },
	{ "factory: smtp on another port", IFACES, &mail_2525, "", NULL },

	{ "note: exempt, to the host", IFACES NOTE, &mail_in, "!ironport_esa", NULL },
	{ "note: exempt, from the host", IFACES NOTE, &mail_out, "!ironport_esa", NULL },
	{ "note: another host is inspected", IFACES NOTE, &mail_other, "inspection_default/esmtp", NULL },
	{ "note: other protocols of the host are inspected", IFACES NOTE, &ftp, "inspection_default/ftp", NULL },
	{ "note: the mapped address in the packet", IFACES NOTE, &mail_in_mapped, "!ironport_esa", NULL },
	{ "note under the documented rules alone", IFACES "simulator exemption device\n" NOTE, &mail_in, "inspection_default/esmtp", NULL },
	{ "exemption by one ACE holds either way round",
	  IFACES
	  "access-list one extended permit ip any host 192.168.1.1\n"
	  "class-map c\n match access-list one\n"
	  "policy-map global_policy\n class c\n  no inspect esmtp\n", &mail_out, "!c", NULL },

	{ "A: own class with deny entries, exempt host",
	  IFACES
	  "access-list smtp_inspect extended deny tcp any host 192.168.1.1 eq smtp\n"
	  "access-list smtp_inspect extended deny tcp host 192.168.1.1 any eq smtp\n"
	  "access-list smtp_inspect extended permit tcp any any eq smtp\n"
	  "class-map smtp_inspect\n match access-list smtp_inspect\n"
	  "policy-map global_policy\n class inspection_default\n  no inspect esmtp\n"
	  " class smtp_inspect\n  inspect esmtp\n", &mail_in, "", NULL },
	{ "A: other host",
	  IFACES
	  "access-list smtp_inspect extended deny tcp any host 192.168.1.1 eq smtp\n"
	  "access-list smtp_inspect extended deny tcp host 192.168.1.1 any eq smtp\n"
	  "access-list smtp_inspect extended permit tcp any any eq smtp\n"
	  "class-map smtp_inspect\n match access-list smtp_inspect\n"
	  "policy-map global_policy\n class inspection_default\n  no inspect esmtp\n"
	  " class smtp_inspect\n  inspect esmtp\n", &mail_other, "smtp_inspect/esmtp", NULL },
	{ "B: default class narrowed, exempt host",
	  IFACES
	  "access-list insp extended deny ip any host 192.168.1.1\n"
	  "access-list insp extended deny ip host 192.168.1.1 any\n"
	  "access-list insp extended permit ip any any\n"
	  "class-map inspection_default\n match access-list insp\n", &mail_in, "", NULL },
	{ "B: other host",
	  IFACES
	  "access-list insp extended deny ip any host 192.168.1.1\n"
	  "access-list insp extended deny ip host 192.168.1.1 any\n"
	  "access-list insp extended permit ip any any\n"
	  "class-map inspection_default\n match access-list insp\n", &mail_other, "inspection_default/esmtp", NULL },
	{ "B: ports in the list beside the default class are ignored",
	  IFACES
	  "access-list insp extended permit tcp any any eq www\n"
	  "class-map inspection_default\n match access-list insp\n", &mail_in, "inspection_default/esmtp", NULL },
	{ "C: interface policy wins over the global one",
	  IFACES
	  "policy-map type inspect esmtp permissive\n parameters\n  allow-tls\n"
	  "policy-map out_pol\n class inspection_default\n  inspect esmtp permissive\n"
	  "service-policy out_pol interface outside\n", &mail_in, "inspection_default/esmtp", "outside" },
	{ "C: bidirectional: a flow that leaves by the interface",
	  IFACES
	  "policy-map type inspect esmtp permissive\n parameters\n  allow-tls\n"
	  "policy-map out_pol\n class inspection_default\n  inspect esmtp permissive\n"
	  "service-policy out_pol interface outside\n", &mail_out, "inspection_default/esmtp", "outside" },
	{ "interface policy without this inspection: global one applies",
	  IFACES
	  "policy-map out_pol\n class inspection_default\n  inspect ftp\n"
	  "service-policy out_pol interface outside\n", &mail_in, "inspection_default/esmtp", "global" },
	{ "E: no inspect esmtp at all",
	  IFACES "policy-map global_policy\n class inspection_default\n  no inspect esmtp\n", &mail_in, "", NULL },

	{ "A pasted twice: the second `no inspect` exempts nobody",
	  IFACES
	  "access-list smtp_inspect extended permit tcp any any eq smtp\n"
	  "class-map smtp_inspect\n match access-list smtp_inspect\n"
	  "policy-map global_policy\n class inspection_default\n  no inspect esmtp\n"
	  " class smtp_inspect\n  inspect esmtp\n"
	  "policy-map global_policy\n class inspection_default\n  no inspect esmtp\n"
	  " class smtp_inspect\n  inspect esmtp\n", &mail_in, "smtp_inspect/esmtp", NULL },

	{ "first class that carries the feature wins",
	  IFACES
	  "access-list h extended permit tcp any host 192.168.1.1 eq smtp\n"
	  "class-map c1\n match access-list h\n"
	  "policy-map global_policy\n no class inspection_default\n"
	  " class c1\n  inspect esmtp\n class inspection_default\n  inspect esmtp\n",
	  &mail_in, "c1/esmtp", NULL },
	{ "a class without actions does not stop a later one",
	  IFACES NOTE_ACL
	  "policy-map global_policy\n no class inspection_default\n"
	  " class ironport_esa\n class inspection_default\n  inspect esmtp\n",
	  &mail_in, "inspection_default/esmtp", NULL },
	{ "exclusive inspections: the first class has the flow",
	  IFACES
	  "class-map c1\n match port tcp eq 25\nclass-map c2\n match port tcp eq 25\n"
	  "policy-map global_policy\n no class inspection_default\n"
	  " class c1\n  inspect http\n class c2\n  inspect esmtp\n",
	  &mail_in, "c1/http", NULL },
	{ "outside the default class the port does not matter",
	  IFACES
	  "class-map c1\n match port tcp eq 2525\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "c1/esmtp", NULL },
	{ "port range", IFACES
	  "class-map c1\n match port tcp range 2500 2600\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "c1/esmtp", NULL },
	{ "port range: just outside", IFACES
	  "class-map c1\n match port tcp range 2526 2600\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "", NULL },
	{ "match port looks at the destination port", IFACES
	  "class-map c1\n match port tcp eq 40000\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "", NULL },
	{ "match port udp is not tcp", IFACES
	  "class-map c1\n match port udp eq 2525\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "", NULL },
	{ "match any", IFACES
	  "class-map c1\n match any\n"
	  "policy-map global_policy\n class c1\n  inspect esmtp\n",
	  &mail_2525, "c1/esmtp", NULL },
	{ "class-default may carry an inspection", IFACES
	  "policy-map global_policy\n class class-default\n  inspect esmtp\n",
	  &mail_2525, "class-default/esmtp", NULL },
	{ "class-default is last", IFACES
	  "policy-map global_policy\n class class-default\n  inspect http\n",
	  &mail_in, "inspection_default/esmtp", NULL },
	{ "no service-policy, no inspection",
	  IFACES "no service-policy global_policy global\n", &mail_in, "", NULL },
	{ "dscp", CLASS_WITH("dscp af11 ef"), &mail_ef, "c1/esmtp", NULL },
	{ "dscp: another value", CLASS_WITH("dscp af11 cs5"), &mail_ef, "", NULL },
	{ "precedence", CLASS_WITH("precedence 1 critical"), &mail_critical, "c1/esmtp", NULL },
	{ "precedence: the upper bits of a DSCP", CLASS_WITH("precedence 5"), &mail_ef, "c1/esmtp", NULL },
	{ "precedence: another value", CLASS_WITH("precedence 4"), &mail_ef, "", NULL },
	{ "rtp: even ports of the range", RTP_CLASS, &rtp_even, "c1/sip", NULL },
	{ "rtp: not the odd ones", RTP_CLASS, &rtp_odd, "", NULL },
	{ "rtp: not past the range", RTP_CLASS, &rtp_past, "", NULL },
	{ "tunnel-group matches nothing", CLASS_WITH("tunnel-group t"), &mail_in, "", NULL },
	{ "a class without a criterion matches nothing",
	  IFACES "class-map c1\npolicy-map global_policy\n no class inspection_default\n"
	  " class c1\n  inspect esmtp\n", &mail_in, "", NULL },
	{ "a management class is for traffic to the device",
	  IFACES "class-map type management m\n match any\n"
	  "policy-map global_policy\n no class inspection_default\n class m\n",
	  &mail_in, "", NULL },
	{ "D: a permissive class in front wins",
	  IFACES
	  "access-list d extended permit tcp any host 192.168.1.1 eq smtp\n"
	  "class-map c1\n match access-list d\n"
	  "policy-map type inspect esmtp permissive\n parameters\n  allow-tls\n"
	  "policy-map global_policy\n no class inspection_default\n"
	  " class c1\n  inspect esmtp permissive\n"
	  " class inspection_default\n  inspect esmtp\n  inspect ftp\n",
	  &mail_in, "c1/esmtp", NULL },
	{ "ip-options is a feature of its own and does not keep others out",
	  IFACES "class-map c1\n match any\npolicy-map global_policy\n"
	  " no class inspection_default\n class c1\n  inspect ip-options\n"
	  " class inspection_default\n  inspect esmtp\n",
	  &mail_in, "inspection_default/esmtp", NULL },
	{ "8.2: an entry that denies the real address counts before one that "
	  "permits the mapped one",
	  IFACES
	  "access-list m extended deny ip any host 192.168.1.1\n"
	  "access-list m extended permit ip any any\n"
	  "class-map inspection_default\n match access-list m\n",
	  &mail_in_mapped, "", NULL },
	{ "9.x: class lists see real addresses only",
	  "ASA Version 9.8(1)\n" IFACES
	  "access-list m extended permit ip any host 1.1.1.1\n"
	  "class-map c1\n match access-list m\n"
	  "policy-map global_policy\n no class inspection_default\n class c1\n  inspect esmtp\n",
	  &mail_in_mapped, "", NULL },
	{ "8.2: class lists see mapped addresses as well",
	  IFACES
	  "access-list m extended permit ip any host 1.1.1.1\n"
	  "class-map c1\n match access-list m\n"
	  "policy-map global_policy\n no class inspection_default\n class c1\n  inspect esmtp\n",
	  &mail_in_mapped, "c1/esmtp", NULL },
};
/* clang-format on */

static void
complain(void *arg UNUSED, unsigned level, unsigned line, unsigned col,
    const char *text)
{
	if (level == CERR_ERROR)
		printf("\n  line %u:%u: %s", line, col, text);
}

static struct conf *
load(const struct gram *g, const char *text)
{
	struct conf *c = conf_new();
	struct confctx ctx;
	FILE *fp = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	unsigned refused;

	conf_load_factory(c);
	confctx_init(&ctx);
	refused = conf_load(c, g, &ctx, fp, complain, NULL);
	CU_ASSERT_EQUAL(refused, 0);
	fclose(fp);
	return c;
}

static void
fill(const struct flow *f, struct mpf_flow *out)
{
	memset(out, 0, sizeof(*out));
	out->tos = (uint8_t)f->tos;
	out->ingress = f->ingress;
	out->egress = f->egress;
	out->real.icmp_type = out->real.icmp_code = -1;
	ip_parse(f->src, &out->real.key.src);
	ip_parse(f->real_dst, &out->real.key.dst);
	out->real.key.sport = (uint16_t)f->sport;
	out->real.key.dport = (uint16_t)f->dport;
	out->real.key.proto = (uint8_t)f->proto;
	out->arriving = out->real;
	ip_parse(f->dst, &out->arriving.key.dst);
}

static void
test_rules(void)
{
	size_t n_sets, n_frags, i;
	const struct row_set *sets = conf_row_sets(&n_sets);
	const struct fragment *frags = conf_fragments(&n_frags);
	struct gram *g = gram_new(sets, n_sets, frags, n_frags);

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct conf *c = load(g, cases[i].config);
		struct counts counts;
		struct policy *p;
		struct mpf_flow f;
		struct mpf_verdict v;
		char got[128] = "";

		count_init(&counts);
		p = policy_compile(c, &counts, NULL, NULL);
		fill(cases[i].flow, &f);
		mpf_classify(p, &f, &v);
		if (v.inspect != NULL)
			snprintf(got, sizeof(got), "%s/%s", v.class->name,
			    v.inspect->protocol);
		else if (v.exempted_by != NULL)
			snprintf(got, sizeof(got), "!%s", v.exempted_by->name);
		if (strcmp(got, cases[i].want) != 0)
			printf("\n  %s: got '%s', want '%s'", cases[i].name,
			    got, cases[i].want);
		CU_ASSERT_STRING_EQUAL(got, cases[i].want);
		if (cases[i].where != NULL && v.attachment != NULL)
			CU_ASSERT_STRING_EQUAL(v.attachment->iface < 0
				? "global"
				: p->ifaces[v.attachment->iface].name,
			    cases[i].where);
		policy_free(p);
		count_fini(&counts);
		conf_free(c);
	}
	gram_free(g);
}

/* Features besides inspection: "class@where", "" = none. */
/* clang-format off */
#define LIMITS \
	IFACES "class-map c1\n match any\nclass-map c2\n match any\n" \
	"policy-map global_policy\n class c1\n  set connection conn-max 1\n" \
	" class c2\n  set connection conn-max 2\n" \
	"  set connection timeout idle 1:0:0\n  police input 8000\n" \
	"policy-map out\n class c2\n  set connection conn-max 3\n" \
	"  police output 9000\n class c1\n  priority\n"

static const struct {
	const char *name;
	const char *config;
	const struct flow *flow;
	enum mpf_feature feature;
	const char *want;
} uses[] = {
	{ "the first class that carries it", LIMITS, &mail_in, MPF_CONN_LIMITS, "c1@global" },
	{ "a later class gives another feature", LIMITS, &mail_in, MPF_CONN_TIMEOUTS, "c2@global" },
	{ "limits beside an inspection", LIMITS, &mail_in, MPF_POLICE_INPUT, "c2@global" },
	{ "the interface's before the global one",
	  LIMITS "service-policy out interface outside\n", &mail_in, MPF_CONN_LIMITS, "c2@outside" },
	{ "feature by feature: the global one gives the rest",
	  LIMITS "service-policy out interface outside\n", &mail_in, MPF_CONN_TIMEOUTS, "c2@global" },
	{ "both ways: a flow that leaves by the interface",
	  LIMITS "service-policy out interface outside\n", &mail_out, MPF_CONN_LIMITS, "c2@outside" },
	{ "police output is for flows that leave",
	  LIMITS "service-policy out interface outside\n", &mail_out, MPF_POLICE_OUTPUT, "c2@outside" },
	{ "police output is not for flows that enter",
	  LIMITS "service-policy out interface outside\n", &mail_in, MPF_POLICE_OUTPUT, "" },
	{ "priority is for flows that leave",
	  LIMITS "service-policy out interface outside\n", &mail_out, MPF_PRIORITY, "c1@outside" },
	{ "priority is not for flows that enter",
	  LIMITS "service-policy out interface outside\n", &mail_in, MPF_PRIORITY, "" },
	{ "no class has it", LIMITS, &mail_in, MPF_DECREMENT_TTL, "" },
	{ "class-default has the rest",
	  IFACES "policy-map global_policy\n class class-default\n  set connection decrement-ttl\n",
	  &mail_in, MPF_DECREMENT_TTL, "class-default@global" },
	{ "tcp-state-bypass is a matter of the normalizer",
	  IFACES "class-map c1\n match port tcp eq 25\npolicy-map global_policy\n class c1\n"
	  "  set connection advanced-options tcp-state-bypass\n",
	  &mail_in, MPF_TCP_NORMALIZER, "c1@global" },
};
/* clang-format on */

static void
test_features(void)
{
	size_t n_sets, n_frags, i;
	const struct row_set *sets = conf_row_sets(&n_sets);
	const struct fragment *frags = conf_fragments(&n_frags);
	struct gram *g = gram_new(sets, n_sets, frags, n_frags);

	for (i = 0; i < ARRAY_LEN(uses); i++) {
		struct conf *c = load(g, uses[i].config);
		const struct mpf_use *u;
		struct counts counts;
		struct policy *p;
		struct mpf_flow f;
		struct mpf_verdict v;
		char got[128] = "";

		count_init(&counts);
		p = policy_compile(c, &counts, NULL, NULL);
		fill(uses[i].flow, &f);
		mpf_classify(p, &f, &v);
		u = &v.features[uses[i].feature];
		if (u->attachment != NULL)
			snprintf(got, sizeof(got), "%s@%s", u->class->name,
			    u->attachment->iface < 0
				? "global"
				: p->ifaces[u->attachment->iface].name);
		if (strcmp(got, uses[i].want) != 0)
			printf("\n  %s: got '%s', want '%s'", uses[i].name, got,
			    uses[i].want);
		CU_ASSERT_STRING_EQUAL(got, uses[i].want);
		policy_free(p);
		count_fini(&counts);
		conf_free(c);
	}
	gram_free(g);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("mpf", NULL, NULL);
	CU_add_test(s, "feature matching", test_rules);
	CU_add_test(s, "features besides inspection", test_features);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

static void
one_line(void)
{
	fx_open(false);
	fx_type("snmp-server community public\nno snmp-server location\n"
		"crypto map m 10 match address a\nmtu outside 1500\n"
		"mtu inside 1500\nmtu outside 1400\ntelnet timeout 5\n"
		"CRYPTO map m 10 match address a");
	fx_shows("snmp-server",
	    "snmp-server community public\n"
	    "no snmp-server location\n");
	/* One setting, one line, in its place. */
	fx_shows("mtu", "mtu outside 1400\nmtu inside 1500\n");
	fx_shows("crypto", "crypto map m 10 match address a\n");
	fx_fixpoint();
	fx_type("no snmp-server community public\nsnmp-server location here\n"
		"no mtu inside 1500");
	fx_shows("snmp-server", "snmp-server location here\n");
	fx_shows("mtu", "mtu outside 1400\n");
	fx_type("clear configure snmp-server\nclear configure crypto map");
	fx_shows("snmp-server", "");
	fx_shows("crypto", "");
	fx_close();
}

static void
unknown(void)
{
	fx_open(false);
	fx_refuse("frobnicate", 2, NULL);
	fx_refuse("snmq-server x", 3, NULL);
	/* An abbreviation would take what is meant for EXEC: conf t. */
	fx_refuse("conf t", 4, NULL);
	fx_refuse("clear configure frob", 16, NULL);
	fx_refuse(
	    "no object network x", 0, "object network x is not configured");
	fx_refuse("no username bob", 0, "username bob is not configured");
	fx_close();
}

/* At the keyboard nothing is indented. */
static void
typed_blocks(void)
{
	fx_open(false);
	fx_type("object network o");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-network-object");
	fx_type("host 10.0.0.1\ndescription a host\n"
		"object-group network g\nnetwork-object object o\n"
		"network-object host 1.2.3.4\nno network-object object o");
	CU_ASSERT_STRING_EQUAL(
	    fx_ctx.mode->prompt, "config-network-object-group");
	fx_type("hostname x");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_type("crypto isakmp policy 10\nauthentication pre-share\ngroup 2\n"
		"exit");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_shows("object",
	    "object network o\n"
	    " host 10.0.0.1\n"
	    " description a host\n");
	fx_shows("object-group",
	    "object-group network g\n"
	    " network-object host 1.2.3.4\n");
	fx_shows("crypto",
	    "crypto isakmp policy 10\n"
	    " authentication pre-share\n"
	    " group 2\n");
	/* A command of another mode that is wrong is not taken for a line of
	 * the block. */
	fx_type("object network o");
	fx_refuse("access-list a permit frob", 21, NULL);
	fx_fixpoint();
	fx_type("exit\nno object network o\nno object-group network g");
	fx_shows("object", "");
	fx_shows("object-group", "");
	fx_close();
}

static void
certificate(void)
{
	static const char block[] = "crypto ca certificate chain c\n"
				    " certificate ca 01ab\n"
				    "  308204d3 308203bb\n"
				    "  308204d3 308203bb\n"
				    "  add\n"
				    "  quit\n";

	fx_open(false);
	fx_type("crypto ca certificate chain c\ncertificate ca 01ab\n"
		"308204d3 308203bb\n308204d3 308203bb\nadd\nquit");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-cert-chain");
	fx_shows("crypto", block);
	/* Again: it is there already. */
	fx_type("certificate ca 01ab\n"
		"308204d3 308203bb\n308204d3 308203bb\nadd\nquit\nexit");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_shows("crypto", block);
	fx_fixpoint();
	fx_close();
}

struct list {
	size_t n, verdicts;
	char text[4096];
};

static void
collect(void *arg, const char *line, bool affects_verdict, const char *why)
{
	struct list *l = arg;
	size_t used = strlen(l->text);

	l->n++;
	l->verdicts += affects_verdict;
	CU_ASSERT(strlen(why) > 0);
	snprintf(l->text + used, sizeof(l->text) - used, "%s\n", line);
}

static void
listing(void)
{
	struct list l = { 0 };

	fx_open(false);
	conf_each_kept(fx_conf, collect, &l);
	CU_ASSERT_EQUAL(l.n, 0);
	fx_close();
	/* The factory's configuration is nothing to warn about. */
	fx_open(true);
	conf_each_kept(fx_conf, collect, &l);
	CU_ASSERT_EQUAL(l.n, 0);
	fx_type("interface g0/0\nspeed 100\nexit\n"
		"access-list a permit ip any object x\n"
		"access-list a permit ip any any\n"
		"class-map c\nmatch tunnel-group t\n"
		"policy-map p\nclass c\npolice output 8000\n"
		"policy-map type inspect dns d\nexit\n"
		"snmp-server community x\nglobal (outside) 1 interface");
	conf_each_kept(fx_conf, collect, &l);
	CU_ASSERT_STRING_EQUAL(l.text,
	    "interface GigabitEthernet0/0 / speed 100\n"
	    "access-list a extended permit ip any object x\n"
	    "class-map c / match tunnel-group t\n"
	    "policy-map type inspect dns d\n"
	    "policy-map p / class c / police output 8000\n"
	    "snmp-server community x\n"
	    "global (outside) 1 interface\n");
	CU_ASSERT_EQUAL(l.verdicts, 5);
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "one line", one_line },
		{ "unknown", unknown },
		{ "blocks at the keyboard", typed_blocks },
		{ "certificate", certificate },
		{ "listing", listing },
	};

	return fx_main("conf_kept", tests, ARRAY_LEN(tests));
}

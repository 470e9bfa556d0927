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

/* Pasted: the indentation tells, as in a file. */
static void
pasted_blocks(void)
{
	fx_open(false);
	fx_type("webvpn\n cache\n  disable\n error-recovery disable\n"
		"enable outside\ndisable\nkey chain KC\n key 1\n"
		"  key-string 0 abc\n  cryptographic-algorithm md5\n"
		"group-policy G attributes\n webvpn\n  url-list none\n"
		" vpn-idle-timeout 5");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-group-policy");
	fx_shows("webvpn",
	    "webvpn\n"
	    " cache\n"
	    "  disable\n"
	    " error-recovery disable\n"
	    " enable outside\n"
	    " disable\n");
	fx_shows("key",
	    "key chain KC\n"
	    " key 1\n"
	    "  key-string 0 abc\n"
	    "  cryptographic-algorithm md5\n");
	fx_shows("group-policy",
	    "group-policy G attributes\n"
	    " webvpn\n"
	    "  url-list none\n"
	    " vpn-idle-timeout 5\n");
	fx_fixpoint();
	fx_close();
}

/* What no ASA has behind a first word that one has. */
static void
nonsense(void)
{
	static const char *const lines[] = { "crypto fish", "aaa nonsense",
		"snmp-server fish", "ssh fish", "sysopt fish", "ntp fish",
		"failover fish", "threat-detection fish", "clock fish",
		"arp fish", "icmp fish", "dhcpd fish", "http fish",
		"object fish X", "object-group fish X", "telnet fish",
		"service timestamps debug datetime", "aaa new-model",
		"webvpn fish", "interface fish" };
	static const char *const short_lines[] = { "object network", "username",
		"username x", "nat (inside) 1", "crypto", "tunnel-group x",
		"nat (inside,outside)" };
	char text[80];
	size_t i;

	fx_open(false);
	for (i = 0; i < ARRAY_LEN(lines); i++) {
		unsigned col = (unsigned)strcspn(lines[i], " ") + 1;

		fx_refuse(lines[i], col, NULL);
		snprintf(text, sizeof(text), "no %s", lines[i]);
		fx_refuse(text, col + 3, NULL);
	}
	fx_refuse("no service pad", 11, NULL);
	fx_refuse("group-policy G fish", 15, NULL);
	fx_refuse("mtu inside fish", 11, NULL);
	for (i = 0; i < ARRAY_LEN(short_lines); i++)
		fx_refuse(short_lines[i], 0, "% Incomplete command");
	fx_close();
}

static void
real(void)
{
	static const char *const lines[] = {
		"asp rule-engine transactional-commit nat",
		"asp load-balance per-packet", "auto-update poll-period 720",
		"auto-update timeout 10", "auto-update server https://x/y",
		"app-agent heartbeat interval 1000 retry-count 3",
		"as-path access-list 1 permit .*",
		"community-list standard X permit 1:1",
		"community-list 1 permit 1:1", "interface vni1", "nve 1",
		"lacp system-priority 100", "bfd-template single-hop T",
		"bfd map ipv4 1.1.1.1/32 2.2.2.2/32 T",
		"timeout icmp-error 0:00:05",
		"timeout uauth 0:05:00 absolute uauth 0:01:00 inactivity",
		"umbrella-global", "route Null0 10.0.0.0 255.0.0.0 1",
		"multicast interface inside",
		"ip address outside pppoe setroute",
		"prefix-list PL seq 5 permit 10.0.0.0/8 le 24",
		"policy-list X permit", "cts sxp enable", "hpm topN enable",
		"key config-key password-encryption abc", "mdm-proxy",
		"object-group-search access-control",
		"password-policy minimum-length 8",
		"port-channel load-balance src-ip",
		"quota management-session 3", "vpnsetup ssl-remote-access",
		"ssh 10.0.0.0 255.0.0.0 inside", "ssh net 255.0.0.0 inside",
		"nat (inside) 1 10.0.0.0 255.0.0.0",
		"nat (inside,outside) after-auto source dynamic any interface",
		"username bob nopassword", "failover"
	};
	size_t i;

	fx_open(false);
	for (i = 0; i < ARRAY_LEN(lines); i++) {
		char *text;

		fx_type(lines[i]);
		fx_type("hostname x");
		text = fx_show(NULL);
		if (strstr(text, lines[i]) == NULL)
			printf("not kept: %s\n", lines[i]);
		CU_ASSERT_PTR_NOT_NULL(strstr(text, lines[i]));
		free(text);
	}
	fx_fixpoint();
	fx_close();
}

/* `no` of what is not there is no configuration, but for what devices print. */
static void
absent(void)
{
	fx_open(false);
	fx_type("no crypto map X 1 set peer 9.9.9.9\nno mtu inside");
	CU_ASSERT_STRING_EQUAL(fx_said, "INFO: mtu inside is not configured");
	fx_shows("crypto", "");
	fx_shows("mtu", "");
	fx_type("mtu inside 1400\nmtu outside 1300\nno mtu inside");
	fx_shows("mtu", "mtu outside 1300\n");
	fx_type("no failover\nno snmp-server location\n"
		"no asdm history enable\nno call-home reporting anonymous\n"
		"no monitor-interface service-module\n"
		"no threat-detection statistics tcp-intercept\n"
		"no mac-address auto\nno arp permit-nonconnected\n"
		"no service password-recovery");
	fx_shows("failover", "no failover\n");
	fx_shows("snmp-server", "no snmp-server location\n");
	fx_shows("asdm", "no asdm history enable\n");
	fx_shows("call-home", "no call-home reporting anonymous\n");
	fx_shows("service", "no service password-recovery\n");
	fx_shows("threat-detection",
	    "no threat-detection statistics tcp-intercept\n");
	fx_fixpoint();
	fx_close();
}

static void
blanks(void)
{
	fx_open(false);
	fx_type("banner login   *** x  *** \nmtu   inside   1400");
	fx_shows("banner", "banner login   *** x  ***\n");
	fx_shows("mtu", "mtu inside   1400\n");
	fx_type("no banner login   *** x  ***");
	fx_shows("banner", "");
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
		{ "pasted blocks", pasted_blocks },
		{ "nonsense", nonsense },
		{ "real lines", real },
		{ "absent", absent },
		{ "blanks", blanks },
		{ "certificate", certificate },
		{ "listing", listing },
	};

	return fx_main("conf_kept", tests, ARRAY_LEN(tests));
}

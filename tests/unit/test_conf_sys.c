/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

static void
strings(void)
{
	fx_open(false);
	fx_shows("hostname", "hostname ciscoasa\n");
	fx_type("hostname fw-1\ndomain-name example.com\n"
		"enable password 8Ry2YjIyt7RRXU24 encrypted\npasswd secret\n"
		"prompt hostname priority state");
	fx_shows("hostname", "hostname fw-1\n");
	fx_shows("domain-name", "domain-name example.com\n");
	fx_shows("enable", "enable password 8Ry2YjIyt7RRXU24 encrypted\n");
	/* A password in clear is not for the screen. */
	fx_shows("passwd", "passwd *****\n");
	CU_ASSERT_STRING_EQUAL(fx_conf->sys.passwd, "secret");
	fx_shows("prompt", "prompt hostname priority state \n");
	fx_refuse("hostname -x", 0, "% Invalid Hostname");
	fx_refuse("hostname a b", 11, NULL);
	fx_fixpoint();
	fx_type("no hostname\nno domain-name\nno enable password\nno passwd\n"
		"no prompt");
	fx_shows("hostname", "hostname ciscoasa\n");
	fx_shows("domain-name", "");
	fx_shows("enable", "");
	fx_shows("prompt", "prompt hostname context \n");
	fx_close();
}

static void
names(void)
{
	fx_open(false);
	fx_type("name 10.0.0.1 a\nname 10.0.0.2 b description two words");
	fx_shows("names",
	    "names\n"
	    "name 10.0.0.1 a\n"
	    "name 10.0.0.2 b description two words\n");
	fx_refuse("name 10.0.0.3 a", 0,
	    "name a is already in use for another address, or the address has "
	    "another name");
	fx_refuse("name 10.0.0.1 c", 0,
	    "name a is already in use for another address, or the address has "
	    "another name");
	fx_refuse("name 10.0.0.3 1x", 14, NULL);
	fx_refuse("no name 10.0.0.9 z", 0, "name z is not configured");
	fx_type("no name 10.0.0.1 a\nno names");
	fx_shows("name", "no names\nname 10.0.0.2 b description two words\n");
	fx_fixpoint();
	fx_close();
}

static void
timeouts(void)
{
	fx_open(false);
	fx_type("timeout conn 0:30:00 udp 0:01:00 sctp 0:00:30 half-closed "
		"0:05:00\ntimeout uauth 0:10:00 inactivity\n"
		"timeout igp stale-route 0:01:00");
	CU_ASSERT_EQUAL(fx_conf->sys.timeout_conn, 1800);
	CU_ASSERT_EQUAL(fx_conf->sys.timeout_udp, 60);
	CU_ASSERT_EQUAL(fx_conf->sys.timeout_half_closed, 300);
	fx_shows("timeout",
	    "timeout xlate 3:00:00\n"
	    "timeout conn 0:30:00 half-closed 0:05:00 udp 0:01:00 sctp "
	    "0:00:30 icmp 0:00:02\n"
	    "timeout sunrpc 0:10:00 h323 0:05:00 h225 1:00:00 mgcp 0:05:00 "
	    "mgcp-pat 0:05:00\n"
	    "timeout sip 0:30:00 sip_media 0:02:00 sip-invite 0:03:00 "
	    "sip-disconnect 0:02:00\n"
	    "timeout sip-provisional-media 0:02:00 uauth 0:10:00 inactivity\n"
	    "timeout tcp-proxy-reassembly 0:01:00\n"
	    "timeout igp stale-route 0:01:00\n");
	fx_fixpoint();
	fx_refuse("timeout conn 0:60:00", 13, NULL);
	fx_refuse("timeout conn", 0, "% Incomplete command");
	fx_type("no timeout conn 0:30:00");
	CU_ASSERT_EQUAL(fx_conf->sys.timeout_conn, 3600);
	fx_close();
}

static void
rest(void)
{
	fx_open(false);
	fx_type("pager 30\nterminal width 511\nnat-control\n"
		"same-security-traffic permit intra-interface\n"
		"same-security-traffic permit inter-interface");
	fx_shows("pager", "pager lines 30\n");
	fx_shows("terminal", "terminal width 511\n");
	fx_shows("nat-control", "nat-control\n");
	fx_shows("same-security-traffic",
	    "same-security-traffic permit inter-interface\n"
	    "same-security-traffic permit intra-interface\n");
	fx_refuse("terminal width 39", 15, NULL);
	fx_fixpoint();
	fx_type("no pager\nno terminal width\nno nat-control\n"
		"no same-security-traffic permit intra-interface");
	fx_shows("pager", "no pager\n");
	fx_shows("terminal", "");
	fx_shows("nat-control", "");
	fx_fixpoint();
	fx_close();
}

static void
profiles(void)
{
	static const struct {
		const char *lines;
		enum profile profile;
	} cases[] = {
		{ "", PROFILE_ASA_8_2 },
		{ "ASA Version 8.2(1)", PROFILE_ASA_8_2 },
		{ "ASA Version 8.3(2) ", PROFILE_ASA_9_X },
		{ "ASA Version 9.5(2)204", PROFILE_ASA_9_X },
		{ "PIX Version 6.3(5)", PROFILE_PIX_6_3 },
		{ "PIX Version 8.0(3)", PROFILE_ASA_8_2 },
		{ "global (outside) 1 interface", PROFILE_ASA_8_2 },
		{ "nat (inside) 1 0 0", PROFILE_ASA_8_2 },
		{ "nat (inside,outside) source dynamic any interface",
		    PROFILE_ASA_9_X },
		{ "simulator profile pix-6.3\nASA Version 9.8(1)",
		    PROFILE_PIX_6_3 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		fx_open(false);
		fx_type(cases[i].lines);
		CU_ASSERT_EQUAL(conf_profile(fx_conf), cases[i].profile);
		fx_fixpoint();
		fx_close();
	}
}

static void
simulator(void)
{
	fx_open(false);
	fx_shows("simulator", "");
	fx_type("simulator profile asa-9.x\nsimulator exemption device\n"
		"simulator default allow-tls");
	fx_shows("simulator",
	    "simulator profile asa-9.x\n"
	    "simulator exemption device\n"
	    "simulator default allow-tls\n");
	fx_fixpoint();
	fx_type("hostname x\nclear configure all");
	fx_shows("hostname", "hostname ciscoasa\n");
	fx_shows("simulator",
	    "simulator profile asa-9.x\n"
	    "simulator exemption device\n"
	    "simulator default allow-tls\n");
	fx_shows("service-policy", "service-policy global_policy global\n");
	fx_type("no simulator profile\nno simulator exemption\n"
		"no simulator default allow-tls");
	fx_shows("simulator", "");
	fx_close();
}

static void
sections(void)
{
	const char *help = NULL;
	unsigned i;

	fx_open(false);
	for (i = 0; conf_section_name(i, &help) != NULL; i++)
		CU_ASSERT(strlen(help) > 0);
	CU_ASSERT(i > 100);
	fx_shows("frob", "no such section\n");
	fx_shows("interface x y z", "no such section\n");
	fx_type("crypto map m 10 match address a\ncrypto key x");
	fx_shows("crypto map", "crypto map m 10 match address a\n");
	fx_shows("crypto", "crypto map m 10 match address a\ncrypto key x\n");
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "strings", strings },
		{ "names", names },
		{ "timeouts", timeouts },
		{ "pager, width and the like", rest },
		{ "profiles", profiles },
		{ "simulator", simulator },
		{ "sections", sections },
	};

	return fx_main("conf_sys", tests, ARRAY_LEN(tests));
}

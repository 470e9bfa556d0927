/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

static void
ready(void)
{
	fx_open(false);
	fx_type(
	    "interface g0/0\nnameif outside\ninterface g0/1\nnameif inside\n"
	    "exit\naccess-list l permit ip any any");
}

/* Forms of the command references and what the running config says. */
static const struct {
	const char *typed, *printed;
} statics[] = {
	{ "static (inside,outside) 1.1.1.1 192.168.1.1 netmask "
	  "255.255.255.255 tcp 50 100",
	    "static (inside,outside) 1.1.1.1 192.168.1.1 netmask "
	    "255.255.255.255 tcp 50 100 " },
	{ "static (inside,outside) 1.1.1.1 192.168.1.1",
	    "static (inside,outside) 1.1.1.1 192.168.1.1 netmask "
	    "255.255.255.255 " },
	{ "static ( inside , outside ) 1.1.1.1 192.168.1.1 0 0",
	    "static (inside,outside) 1.1.1.1 192.168.1.1 netmask "
	    "255.255.255.255 tcp 0 0 " },
	{ "static (inside,outside) 1.1.1.0 192.168.1.0 netmask "
	  "255.255.255.0 udp 9 norandomseq dns",
	    "static (inside,outside) 1.1.1.0 192.168.1.0 netmask "
	    "255.255.255.0 dns norandomseq udp 9 " },
	{ "static (inside,outside) tcp interface smtp 10.0.0.1 25",
	    "static (inside,outside) tcp interface smtp 10.0.0.1 smtp "
	    "netmask 255.255.255.255 " },
	{ "static (inside,outside) udp 1.1.1.1 53 10.0.0.1 5353 netmask "
	  "255.255.255.255 7",
	    "static (inside,outside) udp 1.1.1.1 domain 10.0.0.1 5353 "
	    "netmask 255.255.255.255 tcp 7 " },
	{ "static (inside,outside) interface 10.0.0.1",
	    "static (inside,outside) interface 10.0.0.1 netmask "
	    "255.255.255.255 " },
	{ "static (inside,outside) 1.1.1.1 access-list l 0 0",
	    "static (inside,outside) 1.1.1.1 access-list l tcp 0 0 " },
	{ "static (inside,outside) tcp interface www access-list l",
	    "static (inside,outside) tcp interface www access-list l " },
};

static void
forms(void)
{
	size_t i;
	char *line;

	for (i = 0; i < ARRAY_LEN(statics); i++) {
		ready();
		fx_type(statics[i].typed);
		line = xasprintf("%s\n", statics[i].printed);
		fx_shows("static", line);
		free(line);
		fx_fixpoint();
		line = xasprintf("no %s", statics[i].typed);
		fx_type(line);
		free(line);
		fx_shows("static", "");
		fx_close();
	}
}

static void
model(void)
{
	const struct static_nat *n;

	ready();
	fx_type("static (inside,outside) 1.1.1.1 192.168.1.1 netmask "
		"255.255.255.255 tcp 50 100");
	CU_ASSERT_EQUAL_FATAL(fx_conf->statics.n, 1);
	n = &fx_conf->statics.v[0];
	CU_ASSERT_STRING_EQUAL(n->ifs.real, "inside");
	CU_ASSERT_STRING_EQUAL(n->ifs.mapped, "outside");
	CU_ASSERT_EQUAL(ip4_to_u32(&n->mapped), 0x01010101);
	CU_ASSERT_EQUAL(ip4_to_u32(&n->real), 0xc0a80101);
	CU_ASSERT_TRUE(n->has_tcp && n->has_emb && !n->has_udp);
	CU_ASSERT_EQUAL(n->tcp_max, 50);
	CU_ASSERT_EQUAL(n->emb_limit, 100);
	CU_ASSERT_TRUE(n->simulated && !n->mapped_interface);
	CU_ASSERT_EQUAL(conf_profile(fx_conf), PROFILE_ASA_8_2);
	fx_type("static (inside,outside) tcp interface 80 access-list l");
	n = &fx_conf->statics.v[1];
	CU_ASSERT_TRUE(!n->simulated && n->mapped_interface && n->l4 == 1);
	fx_close();
}

static void
errors(void)
{
	ready();
	fx_refuse("static (inside,dmz) 1.1.1.1 2.2.2.2", 7, NULL);
	fx_refuse("static (inside,outside) 1.1.1.1", 0, "% Incomplete command");
	fx_refuse("static inside,outside 1.1.1.1 2.2.2.2", 7, NULL);
	fx_refuse(
	    "static (inside,outside) 1.1.1.1 2.2.2.2 tcp 65536", 44, NULL);
	fx_refuse("static (inside,outside) 1.1.1.1 2.2.2.2 netmask 255.0.0.0",
	    0, "mapped address,mask <1.1.1.1,255.0.0.0> doesn't pair");
	fx_refuse("static (inside,outside) 1.1.1.1 access-list m", 0,
	    "access-list <m> does not exist");
	fx_refuse("no static (inside,outside) 1.1.1.1 2.2.2.2", 0,
	    "static is not configured");
	fx_type("static (inside,outside) 1.1.1.1 2.2.2.2");
	fx_refuse("static (inside,outside) 1.1.1.1 2.2.2.2 netmask "
		  "255.255.255.255",
	    0, "duplicate of existing static");
	fx_refuse("static (inside,outside) 1.1.1.1 2.2.2.3", 0,
	    "mapped-address conflict with existing static");
	fx_close();
}

static void
renamed(void)
{
	ready();
	fx_type("static (inside,outside) 1.1.1.1 2.2.2.2\n"
		"interface g0/1\nnameif lan");
	fx_shows("static",
	    "static (lan,outside) 1.1.1.1 2.2.2.2 netmask "
	    "255.255.255.255 \n");
	fx_type("no static (lan,outside) 1.1.1.1 2.2.2.2\n"
		"static (lan,outside) 1.1.1.1 2.2.2.2\n"
		"no interface g0/1");
	fx_shows("static", "");
	fx_close();
}

static void
names(void)
{
	ready();
	fx_type("name 192.168.1.1 esa\n"
		"static (inside,outside) 1.1.1.1 esa");
	fx_shows("static",
	    "static (inside,outside) 1.1.1.1 esa netmask "
	    "255.255.255.255 \n");
	fx_fixpoint();
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "forms", forms },
		{ "model", model },
		{ "errors", errors },
		{ "renamed interface", renamed },
		{ "names", names },
	};

	return fx_main("conf_nat", tests, ARRAY_LEN(tests));
}

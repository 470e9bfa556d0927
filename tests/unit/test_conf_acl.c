/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

/* What is typed and what the running config says. */
static const struct {
	const char *typed, *printed;
} aces[] = {
	{ "access-list a permit ip any any",
	    "access-list a extended permit ip any any " },
	{ "access-list a extended deny tcp host 10.0.0.1 any eq 25",
	    "access-list a extended deny tcp host 10.0.0.1 any eq smtp " },
	{ "access-list a permit tcp any range 1024 65535 any eq 80",
	    "access-list a extended permit tcp any range 1024 65535 any eq "
	    "www " },
	{ "access-list a permit 6 any any",
	    "access-list a extended permit tcp any any " },
	{ "access-list a permit 47 any any",
	    "access-list a extended permit gre any any " },
	{ "access-list a permit ipsec any any",
	    "access-list a extended permit esp any any " },
	{ "access-list a permit 111 any any",
	    "access-list a extended permit 111 any any " },
	{ "access-list a permit udp any lt 53 any gt ntp",
	    "access-list a extended permit udp any lt domain any gt ntp " },
	{ "access-list a permit udp any any eq 443",
	    "access-list a extended permit udp any any eq 443 " },
	{ "access-list a permit icmp any any 8",
	    "access-list a extended permit icmp any any echo " },
	{ "access-list a permit icmp any any unreachable 3",
	    "access-list a extended permit icmp any any unreachable 3 " },
	{ "access-list a permit icmp any any 55 3",
	    "access-list a extended permit icmp any any 55 3 " },
	{ "access-list a permit icmp6 any6 any6 128",
	    "access-list a extended permit icmp6 any6 any6 echo " },
	{ "access-list a permit ip 192.168.1.1 255.255.255.255 any",
	    "access-list a extended permit ip host 192.168.1.1 any " },
	{ "access-list a permit ip any 10.0.0.0 255.0.0.0",
	    "access-list a extended permit ip any 10.0.0.0 255.0.0.0 " },
	{ "access-list a permit ip 0 0 any4",
	    "access-list a extended permit ip any any4 " },
	{ "access-list a permit tcp host 2001:db8::1 2001:db8::/32 eq 25",
	    "access-list a extended permit tcp host 2001:db8::1 "
	    "2001:db8::/32 eq smtp " },
	{ "access-list a permit ip 10.0.0.0 255.0.255.0 any",
	    "access-list a extended permit ip 10.0.0.0 255.0.255.0 any " },
	{ "access-list a deny ip any any log",
	    "access-list a extended deny ip any any log" },
	{ "access-list a deny ip any any log 4",
	    "access-list a extended deny ip any any log warnings" },
	{ "access-list a deny ip any any log disable",
	    "access-list a extended deny ip any any log disable" },
	{ "access-list a deny ip any any log default inactive",
	    "access-list a extended deny ip any any log default inactive" },
	{ "access-list a deny ip any any log debugging interval 60",
	    "access-list a extended deny ip any any log debugging interval "
	    "60" },
	{ "access-list a permit tcp any object-group HG eq 25 time-range t",
	    "access-list a extended permit tcp any object-group HG eq smtp "
	    "time-range t" },
	{ "access-list a permit object-group SVC object A interface outside",
	    "access-list a extended permit object-group SVC object A "
	    "interface outside " },
	{ "access-list a permit tcp any interface outside neq 22",
	    "access-list a extended permit tcp any interface outside neq "
	    "ssh " },
	{ "access-list a remark  two  words ",
	    "access-list a remark two  words" },
	{ "access-list a standard permit host 10.1.1.1",
	    "access-list a standard permit host 10.1.1.1" },
	{ "access-list a ethertype permit mpls-unicast",
	    "access-list a ethertype permit mpls-unicast" },
	{ "access-list a webtype permit url https://*",
	    "access-list a webtype permit url https://*" },
	{ "access-l a ext perm t any h 10.0.0.1 e 25",
	    "access-list a extended permit tcp any host 10.0.0.1 eq smtp " },
};

static void
forms(void)
{
	size_t i;
	char *line;

	for (i = 0; i < ARRAY_LEN(aces); i++) {
		fx_open(false);
		fx_type(aces[i].typed);
		line = xasprintf("%s\n", aces[i].printed);
		fx_shows("access-list", line);
		free(line);
		fx_fixpoint();
		fx_close();
	}
}

static const struct {
	const char *line;
	unsigned col;
	const char *text; /* NULL: the caret */
} refused[] = {
	{ "access-list a permit frob any any", 21, NULL },
	{ "access-list a permit ip any", 0, "% Incomplete command" },
	{ "access-list a permit tcp any 1.1.1.1 eq 25", 37, NULL },
	{ "access-list a permit tcp any any eq 65536", 36, NULL },
	{ "access-list a permit tcp any any eq tftp", 36, NULL },
	{ "access-list a permit udp any any eq smtp", 36, NULL },
	{ "access-list a permit ip any any eq 25", 32, NULL },
	{ "access-list a permit ip 10.1.1.1 10.2.2.2", 0,
	    "% Incomplete command" },
	{ "access-list a permit ip any host", 0, "% Incomplete command" },
	{ "access-list a permit ip any 192.168.1.1 log", 40, NULL },
	{ "access-list a permit ip any 0", 28, NULL },
	{ "access-list a permit tcp any range 20 10 any", 0,
	    "% Invalid port range: 20 is greater than 10" },
	{ "access-list a permit ip 10.1.1.1 255.255.255.0 any", 0,
	    "IP address,mask <10.1.1.1,255.255.255.0> doesn't pair" },
	{ "access-list a permit ip any4 host 2001:db8::1", 0,
	    "source and destination are of different address families" },
	{ "access-list a deny ip any any log ABCD", 34, NULL },
	{ "no access-list b", 0, "access-list <b> does not exist" },
	{ "no access-list b permit ip any any", 0,
	    "access-list <b> does not exist" },
	{ "access-group b in interface outside", 0,
	    "access-list <b> does not exist" },
	{ "access-group b in interface nowhere", 28, NULL },
};

static void
errors(void)
{
	size_t i;

	fx_open(false);
	fx_type("interface g0/0\nnameif outside\nexit");
	for (i = 0; i < ARRAY_LEN(refused); i++)
		fx_refuse(refused[i].line, refused[i].col, refused[i].text);
	fx_close();
}

static void
positions(void)
{
	fx_open(false);
	fx_type("access-list a permit tcp any any eq 1\n"
		"access-list a permit tcp any any eq 3\n"
		"access-list a line 2 permit tcp any any eq 2\n"
		"access-list a line 1 remark first\n"
		"access-list a line 99 permit tcp any any eq 4");
	fx_shows("access-list a",
	    "access-list a remark first\n"
	    "access-list a extended permit tcp any any eq 1 \n"
	    "access-list a extended permit tcp any any eq 2 \n"
	    "access-list a extended permit tcp any any eq 3 \n"
	    "access-list a extended permit tcp any any eq 4 \n");
	fx_type("no access-list a extended permit tcp any any eq 2\n"
		"no access-list a line 1 remark first\n"
		"no access-list a permit tcp any any eq 4");
	fx_shows("access-list a",
	    "access-list a extended permit tcp any any eq 1 \n"
	    "access-list a extended permit tcp any any eq 3 \n");
	fx_refuse("no access-list a permit tcp any any eq 4", 0,
	    "Specified access-list does not exist");
	fx_close();
}

static void
duplicates(void)
{
	fx_open(false);
	fx_type("access-list a permit tcp any any eq 25\n"
		"access-list a permit ip any any");
	fx_says("");
	fx_type("access-list a permit tcp any any eq smtp");
	fx_says("WARNING: <a> found duplicate element");
	/* Only the logging is new: the element is changed in its place. */
	fx_type("access-list a permit tcp any any eq smtp log 5");
	fx_says("");
	fx_shows("access-list a",
	    "access-list a extended permit tcp any any eq smtp log "
	    "notifications\n"
	    "access-list a extended permit ip any any \n");
	/* Remarks may repeat. */
	fx_type("access-list a remark x\naccess-list a remark x");
	CU_ASSERT_EQUAL(conf_acl_find(fx_conf, "a")->aces.n, 4);
	fx_close();
}

static void
lenient(void)
{
	fx_open(false);
	fx_type("access-list e extended permit ip any 192.168.1.1");
	fx_says("WARNING: an address without a mask needs the word host; taken "
		"as: access-list e extended permit ip any host 192.168.1.1");
	fx_type("access-list e extended permit ip 192.168.1.1 any");
	fx_says("WARNING: an address without a mask needs the word host; taken "
		"as: access-list e extended permit ip host 192.168.1.1 any");
	fx_shows("access-list",
	    "access-list e extended permit ip any host 192.168.1.1 \n"
	    "access-list e extended permit ip host 192.168.1.1 any \n");
	CU_ASSERT_EQUAL(
	    conf_acl_find(fx_conf, "e")->aces.v[0].dst.kind, ADDR_HOST);
	fx_type("no access-list e permit ip 192.168.1.1 any");
	fx_shows("access-list",
	    "access-list e extended permit ip any host 192.168.1.1 \n");
	fx_close();
}

static void
use(void)
{
	fx_open(false);
	fx_type("interface g0/0\nnameif outside\nexit\n"
		"access-list a permit ip any any\n"
		"access-list b permit ip any any\n"
		"access-group a in interface outside\n"
		"access-group b global\n"
		"class-map c\nmatch access-list b\nexit");
	fx_refuse("no access-list b", 0,
	    "access-list b is used by class-map c, cannot be removed");
	fx_refuse("no access-list b permit ip any any", 0,
	    "access-list b is used by class-map c, cannot be removed");
	fx_shows("access-group",
	    "access-group a in interface outside\n"
	    "access-group b global\n");
	/* The access-group goes with its list. */
	fx_type("no access-list a permit ip any any");
	fx_shows("access-group", "access-group b global\n");
	fx_type("access-list b rename d");
	fx_shows("access-group", "access-group d global\n");
	fx_shows("class-map", "!\nclass-map c\n match access-list d\n!\n");
	fx_fixpoint();
	fx_type("clear configure access-list");
	fx_says("WARNING: access-list d is used by class-map c and stays");
	fx_close();
}

static void
kept_elements(void)
{
	const struct acl *a;

	fx_open(false);
	fx_type("access-list a permit tcp any object x\n"
		"access-list a permit tcp any any");
	a = conf_acl_find(fx_conf, "a");
	CU_ASSERT_FALSE(a->aces.v[0].simulated);
	CU_ASSERT_TRUE(a->aces.v[1].simulated);
	fx_refuse("access-list a standard permit any4", 0,
	    "access-list a exists with another type");
	fx_close();
}

static void
pix_form(void)
{
	fx_open(false);
	fx_type("simulator profile pix-6.3\n"
		"access-list a permit tcp any host 1.2.3.4 eq smtp\n"
		"access-list a remark extended");
	fx_shows("access-list",
	    "access-list a permit tcp any host 1.2.3.4 eq "
	    "smtp \naccess-list a remark extended\n");
	fx_fixpoint();
	fx_close();
}

static void
names(void)
{
	fx_open(false);
	fx_type("name 10.1.1.1 mail description the host\n"
		"access-list a permit tcp any host mail eq 25\n"
		"access-list a permit tcp any host 10.1.1.1 eq 80");
	fx_shows("access-list",
	    "access-list a extended permit tcp any host mail eq smtp \n"
	    "access-list a extended permit tcp any host mail eq www \n");
	fx_fixpoint();
	fx_type("no names");
	fx_shows("access-list",
	    "access-list a extended permit tcp any host 10.1.1.1 eq smtp \n"
	    "access-list a extended permit tcp any host 10.1.1.1 eq www \n");
	fx_close();
}

static void
many(void)
{
	struct line_result r;
	char line[80];
	unsigned i;

	fx_open(false);
	for (i = 0; i < 20000; i++) {
		snprintf(line, sizeof(line),
		    "access-list a permit tcp host 10.0.%u.%u any", i / 256,
		    i % 256);
		conf_line(fx_conf, fx_gram, &fx_ctx, line, &r);
		CU_ASSERT_TRUE_FATAL(r.ok);
	}
	/* A duplicate of the last, not of the first. */
	fx_type(line);
	fx_says("WARNING: <a> found duplicate element");
	CU_ASSERT_EQUAL(conf_acl_find(fx_conf, "a")->aces.n, 20000);
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "forms of access-list", forms },
		{ "errors", errors },
		{ "line numbers", positions },
		{ "duplicates", duplicates },
		{ "lenient paste", lenient },
		{ "lists in use", use },
		{ "kept elements", kept_elements },
		{ "PIX form", pix_form },
		{ "names", names },
		{ "many", many },
	};

	return fx_main("conf_acl", tests, ARRAY_LEN(tests));
}

/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

struct report {
	char text[4096];
	unsigned n;
};

static void
complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	struct report *r = arg;
	size_t used = strlen(r->text);

	r->n++;
	snprintf(r->text + used, sizeof(r->text) - used, "%u:%u: %s%s\n", line,
	    col,
	    level == CERR_ERROR         ? ""
		: level == CERR_WARNING ? "W "
					: "I ",
	    text);
}

static unsigned
load(const char *text, const char *expected)
{
	struct report r = { "", 0 };
	FILE *fp = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	unsigned refused =
	    conf_load(fx_conf, fx_gram, &fx_ctx, fp, complain, &r);

	fclose(fp);
	if (strcmp(r.text, expected) != 0)
		printf("\n%s", r.text);
	CU_ASSERT_STRING_EQUAL(r.text, expected);
	return refused;
}

static void
printed_by_a_device(void)
{
	fx_open(false);
	CU_ASSERT_EQUAL(load(": Saved\r\n"
			     ":\r\n"
			     "ASA Version 8.2(1) \r\n"
			     "!\r\n"
			     "hostname fw\r\n"
			     "interface GigabitEthernet0/0\r\n"
			     " nameif outside\r\n"
			     " security-level 0\r\n"
			     " ip address 192.0.2.1 255.255.255.0 \r\n"
			     "!\r\n"
			     "banner motd  hello\r\n"
			     "banner motd\r\n"
			     "Cryptochecksum:0123\r\n"
			     ": end\r\n"
			     "\r\n",
			    ""),
	    0);
	fx_shows("interface",
	    "!\n"
	    "interface GigabitEthernet0/0\n"
	    " nameif outside\n"
	    " security-level 0\n"
	    " ip address 192.0.2.1 255.255.255.0 \n");
	fx_shows("banner", "banner motd  hello\nbanner motd\n");
	fx_fixpoint();
	fx_close();
}

static void
refusals(void)
{
	fx_open(false);
	CU_ASSERT_EQUAL(
	    load("hostname fw\n"
		 "frobnicate\n"
		 "interface Nothing0/0\n"
		 " nameif inside\n"
		 " ip address 10.0.0.1 255.0.0.0\n"
		 "!\n"
		 "interface g0/0\n"
		 " namif inside\n"
		 " nameif inside\n"
		 "\taccess-list a permit tcp any frob\n",
		"2:3: % Invalid input detected at '^' marker.\n"
		"3:11: % Invalid input detected at '^' marker.\n"
		"4:2: passed over: it belongs to line 3, which was refused\n"
		"5:2: passed over: it belongs to line 3, which was refused\n"
		"8:5: % Invalid input detected at '^' marker.\n"
		"10:31: % Invalid input detected at '^' marker.\n"),
	    6);
	fx_shows("interface",
	    "!\n"
	    "interface GigabitEthernet0/0\n"
	    " nameif inside\n"
	    " security-level 100\n"
	    " no ip address\n");
	fx_close();
}

static void
blocks(void)
{
	static const char objects[] = "object network o\n"
				      " host 10.0.0.1\n"
				      " nat (inside,outside) static 1.1.1.1\n";
	static const char home[] = "call-home\n"
				   " profile A\n"
				   "  no active\n"
				   "  destination address http x\n"
				   " profile B\n"
				   "  destination address http x\n";
	char *text;

	fx_open(false);
	text = xasprintf("object network o\n"
			 " host 10.0.0.1\n"
			 "!\n"
			 "%s"
			 "object network o\n"
			 " nat (inside,outside) static 1.1.1.1\n"
			 "crypto ca certificate chain c\n"
			 " certificate ca 01\n"
			 "    308204d3 308203bb \n"
			 "  quit\n"
			 "telnet timeout 5\n"
			 "object-group network g\n"
			 "  network-object host 1.2.3.4 \n"
			 "exit\n"
			 "username x attributes\n"
			 "service-type admin\n",
	    home);
	/* The indentation may be lost. */
	CU_ASSERT_EQUAL(load(text, ""), 0);
	free(text);
	fx_shows("object", objects);
	fx_shows("call-home", home);
	fx_shows("crypto",
	    "crypto ca certificate chain c\n"
	    " certificate ca 01\n"
	    "    308204d3 308203bb\n"
	    "  quit\n");
	fx_shows("object-group",
	    "object-group network g\n network-object host 1.2.3.4\n");
	fx_fixpoint();
	fx_close();
}

/* Indented as a whole, as text is that was copied out of a document. */
static void
indented(void)
{
	fx_open(true);
	CU_ASSERT_EQUAL(
	    load("  snmp-server community x\n"
		 "  access-list a extended permit ip any host 10.0.0.1\n"
		 "  class-map c\n"
		 "   match access-list a\n"
		 "  policy-map global_policy\n"
		 "   class c\n"
		 "    set connection conn-max 5\n"
		 "  hostname x\n",
		""),
	    0);
	fx_shows("snmp-server", "snmp-server community x\n");
	fx_shows("class-map c", "!\nclass-map c\n match access-list a\n!\n");
	fx_shows("hostname", "hostname x\n");
	fx_close();
}

/* Not indented at all. */
static void
flat(void)
{
	fx_open(true);
	CU_ASSERT_EQUAL(load("interface g0/0\n"
			     "nameif outside\n"
			     "ip address 192.0.2.1 255.255.255.0\n"
			     "class-map c\n"
			     "match any\n"
			     "policy-map global_policy\n"
			     "class c\n"
			     "set connection conn-max 5\n"
			     "class inspection_default\n"
			     "no inspect ftp\n"
			     "service-policy global_policy global\n"
			     "end\n"
			     "hostname x\n",
			    ""),
	    0);
	fx_shows("class-map c", "!\nclass-map c\n match any\n!\n");
	fx_shows("hostname", "hostname x\n");
	fx_close();
}

static void
pasted(void)
{
	fx_open(false);
	CU_ASSERT_EQUAL(load("ciscoasa# show running-config\n"
			     ": Saved\n"
			     "hostname a\n"
			     "<--- More --->\r              \rdomain-name b\n"
			     "<--- More --->\n"
			     "ciscoasa(config)#\n",
			    ""),
	    0);
	fx_shows("domain-name", "domain-name b\n");
	fx_close();
}

static void
long_lines(void)
{
	struct strbuf text;
	struct line_result r;
	size_t i;

	fx_open(false);
	sb_init(&text);
	sb_puts(&text, "snmp-server location ");
	for (i = 0; i < 20000; i++)
		sb_putc(&text, 'x');
	conf_line(fx_conf, fx_gram, &fx_ctx, sb_text(&text), &r);
	CU_ASSERT_FALSE(r.ok);
	CU_ASSERT_STRING_EQUAL(
	    r.text, "the line is longer than 16384 characters");
	sb_reset(&text);
	for (i = 0; i < 400; i++)
		sb_puts(&text, "x ");
	conf_line(fx_conf, fx_gram, &fx_ctx, sb_text(&text), &r);
	CU_ASSERT_FALSE(r.ok);
	sb_free(&text);
	fx_close();
}

/* Objects that another session removed are not touched again. */
static void
removed_elsewhere(void)
{
	struct confctx other;
	struct line_result r;

	fx_open(true);
	fx_type("policy-map p\nclass class-default");
	confctx_init(&other);
	conf_line(fx_conf, fx_gram, &other, "no policy-map p", &r);
	CU_ASSERT_TRUE(r.ok);
	conf_line(fx_conf, fx_gram, &fx_ctx, "inspect ftp", &r);
	CU_ASSERT_FALSE(r.ok);
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_close();
}

static bool
note_exec(void *arg, const struct gram_hit *hit)
{
	*(const struct row **)arg = hit->row;
	return true;
}

static void
exec_lines(void)
{
	const struct row *seen = NULL;

	fx_open(false);
	fx_ctx.exec = note_exec;
	fx_ctx.exec_arg = &seen;
	/* No EXEC row is known here; a refused word is a refused word. */
	fx_refuse("show version", 1, NULL);
	CU_ASSERT_PTR_NULL(seen);
	fx_close();
}

/* A block is as good without its indentation; with it, what is not indented is
 * none of it. */
static void
lost_indentation(void)
{
	fx_open(false);
	CU_ASSERT_EQUAL(load("router ospf 1\n"
			     "network 10.0.0.0 255.0.0.0 area 0\n"
			     "log-adj-changes\n"
			     "webvpn\n"
			     "enable outside\n"
			     "disable\n"
			     "object network o\n"
			     "host 10.0.0.1\n"
			     "nat (inside,outside) static 1.1.1.1\n"
			     "hostname x\n"
			     "router rip\n"
			     " network 10.0.0.0\n"
			     "version 2\n",
			    "13:2: % Invalid input detected at '^' marker.\n"),
	    1);
	fx_shows("router",
	    "router ospf 1\n"
	    " network 10.0.0.0 255.0.0.0 area 0\n"
	    " log-adj-changes\n"
	    "router rip\n"
	    " network 10.0.0.0\n");
	fx_shows("webvpn",
	    "webvpn\n"
	    " enable outside\n"
	    " disable\n");
	fx_shows("object",
	    "object network o\n"
	    " host 10.0.0.1\n"
	    " nat (inside,outside) static 1.1.1.1\n");
	fx_fixpoint();
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "printed by a device", printed_by_a_device },
		{ "refusals", refusals },
		{ "blocks", blocks },
		{ "lost indentation", lost_indentation },
		{ "indented", indented },
		{ "flat", flat },
		{ "pasted", pasted },
		{ "long lines", long_lines },
		{ "removed elsewhere", removed_elsewhere },
		{ "EXEC lines", exec_lines },
	};

	return fx_main("load", tests, ARRAY_LEN(tests));
}

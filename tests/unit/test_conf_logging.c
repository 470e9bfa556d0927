/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

/* Everything there is, typed in another order and other words than a device
 * prints it. */
static void
whole(void)
{
	fx_open(false);
	fx_type("logging host dmz 10.0.0.1\n"
		"logging host dmz 10.0.0.2 tcp/1470\n"
		"logging host dmz 10.0.0.3 17/1514 format emblem\n"
		"logging host dmz 2001:db8::1 6/6514 secure\n"
		"logging host dmz 10.0.0.4 TCP/6514 secure reference-identity "
		"R1\n"
		"logging list L level debug class session\n"
		"logging list L message 108001-108999\n"
		"logging list L message 507003\n"
		"logging list L level 4\n"
		"logging mail crit\nlogging asdm inf\nlogging history 3\n"
		"logging trap info\nlogging buffered L\nlogging monitor 7\n"
		"logging console warning\n"
		"logging device-id hostname\nlogging queue 100\n"
		"logging facility 23\nlogging asdm-buffer-size 200\n"
		"logging buffer-size 0x2000\n"
		"logging rate-limit 3 60 message 302013\n"
		"logging rate-limit 10 level 6\n"
		"logging rate-limit unlimited level 5\n"
		"logging message 108004 level 1\n"
		"no logging message 106015\n"
		"no logging message 106023 standby\n"
		"logging class vpn trap 4 console 6\n"
		"logging class auth buffered errors\n"
		"logging permit-hostdown\nlogging debug-trace persistent\n"
		"logging hide username\nlogging emblem\nlogging standby\n"
		"logging timestamp rfc5424\nlogging on");
	fx_shows("logging",
	    "logging enable\n"
	    "logging timestamp rfc5424\n"
	    "logging standby\n"
	    "logging emblem\n"
	    "logging hide username\n"
	    "logging list L level debugging class session\n"
	    "logging list L message 108001-108999\n"
	    "logging list L message 507003\n"
	    "logging list L level warnings\n"
	    "logging buffer-size 8192\n"
	    "logging asdm-buffer-size 200\n"
	    "logging console warnings\n"
	    "logging monitor debugging\n"
	    "logging buffered L\n"
	    "logging trap informational\n"
	    "logging history errors\n"
	    "logging asdm informational\n"
	    "logging mail critical\n"
	    "logging facility 23\n"
	    "logging queue 100\n"
	    "logging device-id hostname\n"
	    "logging host dmz 10.0.0.1\n"
	    "logging host dmz 10.0.0.2 6/1470\n"
	    "logging host dmz 10.0.0.3 17/1514 format emblem\n"
	    "logging host dmz 2001:db8::1 6/6514 secure\n"
	    "logging host dmz 10.0.0.4 6/6514 secure reference-identity R1\n"
	    "logging debug-trace persistent\n"
	    "logging permit-hostdown\n"
	    "logging class vpn console informational trap warnings\n"
	    "logging class auth buffered errors\n"
	    "no logging message 106015\n"
	    "no logging message 106023 standby\n"
	    "logging message 108004 level alerts\n"
	    "logging rate-limit 3 60 message 302013\n"
	    "logging rate-limit 10 1 level informational\n"
	    "logging rate-limit unlimited level notifications\n");
	fx_fixpoint();
	fx_type("clear configure logging");
	fx_shows("logging", "");
	fx_close();
}

static void
defaults(void)
{
	fx_open(false);
	fx_shows("logging", "");
	fx_shows("all logging",
	    "no logging enable\n"
	    "no logging timestamp\n"
	    "no logging standby\n"
	    "no logging emblem\n"
	    "logging buffer-size 4096\n"
	    "logging asdm-buffer-size 100\n"
	    "no logging console\n"
	    "no logging monitor\n"
	    "no logging buffered\n"
	    "no logging trap\n"
	    "no logging history\n"
	    "no logging asdm\n"
	    "no logging mail\n"
	    "logging facility 20\n"
	    "logging queue 512\n"
	    "no logging device-id\n"
	    "no logging debug-trace\n"
	    "no logging permit-hostdown\n");
	fx_shows("all simulator",
	    "simulator profile auto\n"
	    "simulator exemption explicit\n"
	    "simulator logging-host keep\n");
	fx_close();
}

/* Each line, and the shortest `no` that undoes it. */
static void
no_forms(void)
{
	static const struct {
		const char *line, *no;
	} cases[] = {
		{ "logging enable", "no logging enable" },
		{ "logging enable", "no logging on" },
		{ "logging timestamp", "no logging timestamp" },
		{ "logging timestamp rfc5424", "no logging timestamp" },
		{ "logging standby", "no logging standby" },
		{ "logging emblem", "no logging emblem" },
		{ "logging debug-trace", "no logging debug-trace" },
		{ "logging permit-hostdown", "no logging permit-hostdown" },
		{ "logging buffer-size 8192", "no logging buffer-size" },
		{ "logging buffer-size 8192", "no logging buffer-size 8192" },
		{ "logging asdm-buffer-size 512", "no logging asdm-buffer" },
		{ "logging facility 16", "no logging facility 16" },
		{ "logging queue 0", "no logging queue" },
		{ "logging console errors", "no logging console" },
		{ "logging monitor errors", "no logging monitor errors" },
		{ "logging buffered errors", "no logging buffered" },
		{ "logging trap errors", "no logging trap" },
		{ "logging history errors", "no logging history" },
		{ "logging asdm errors", "no logging asdm" },
		{ "logging mail errors", "no logging mail" },
		{ "logging device-id hostname", "no logging device-id" },
		{ "logging device-id string here",
		    "no logging device-id string here" },
		{ "logging device-id context-name", "no logging device-id" },
		{ "logging list L level errors", "no logging list L" },
		{ "logging list L level errors class ha",
		    "no logging list L level errors class ha" },
		{ "logging list L message 106001-106023",
		    "no logging list L message 106001-106023" },
		{ "logging class ip trap errors", "no logging class ip trap" },
		{ "logging class ip trap errors", "no logging class ip" },
		{ "no logging message 106015", "logging message 106015" },
		{ "logging message 106015 level errors",
		    "no logging message 106015 level errors" },
		{ "logging message 106015 level errors",
		    "no logging message 106015 level" },
		{ "logging rate-limit 5 2 level errors",
		    "no logging rate-limit level errors" },
		{ "logging rate-limit 5 2 message 106015",
		    "no logging rate-limit 5 2 message 106015" },
		{ "logging host in 10.0.0.1", "no logging host in 10.0.0.1" },
		{ "logging host in 10.0.0.1 6/1470",
		    "no logging host in 10.0.0.1" },
		{ "logging host in 10.0.0.1 17/99 format emblem",
		    "no logging host in 10.0.0.1 17/99 format emblem" },
	};
	size_t i;

	fx_open(false);
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		char *shown = xasprintf("%s\n", cases[i].line);

		fx_type(cases[i].line);
		fx_shows("logging", shown);
		fx_fixpoint();
		fx_type(cases[i].no);
		fx_shows("logging", "");
		/* Nothing is there any more; a device does not mind. */
		if (strncmp(cases[i].no, "no logging list", 15) != 0)
			fx_type(cases[i].no);
		fx_shows("logging", "");
		free(shown);
	}
	fx_close();
}

/* Both switches of a message are apart (command reference, logging message). */
static void
messages(void)
{
	fx_open(false);
	fx_type("logging message 403503 level 1");
	fx_shows("logging", "logging message 403503 level alerts\n");
	fx_type("no logging message 403503");
	fx_shows("logging",
	    "no logging message 403503\n"
	    "logging message 403503 level alerts\n");
	fx_fixpoint();
	fx_type("logging message 403503");
	fx_shows("logging", "logging message 403503 level alerts\n");
	fx_type("no logging message 403503 level 3");
	fx_shows("logging", "");
	/* In order of entry. */
	fx_type("no logging message 302014\nno logging message 106015\n"
		"logging message 111008 level 2\n"
		"logging message 106015 level 3");
	fx_shows("logging",
	    "no logging message 302014\n"
	    "no logging message 106015\n"
	    "logging message 106015 level errors\n"
	    "logging message 111008 level critical\n");
	fx_type("clear configure logging disabled");
	fx_shows("logging",
	    "logging message 106015 level errors\n"
	    "logging message 111008 level critical\n");
	fx_type("clear configure logging level");
	fx_shows("logging", "");
	fx_close();
}

static void
replaced(void)
{
	fx_open(false);
	fx_type("logging trap debugging\nlogging trap errors");
	fx_shows("logging", "logging trap errors\n");
	/* A server is an address behind an interface. */
	fx_type("no logging trap\nlogging host in 10.0.0.1 udp/99\n"
		"logging host in 10.0.0.2\nlogging host in 10.0.0.1 tcp");
	fx_shows("logging",
	    "logging host in 10.0.0.1 6/1470\n"
	    "logging host in 10.0.0.2\n");
	fx_type("clear configure logging\nlogging class ip trap 3 console 4\n"
		"logging class ip trap 5\nno logging class ip console");
	fx_shows("logging", "logging class ip trap notifications\n");
	fx_type("no logging class ip\nlogging rate-limit 1 level 3\n"
		"logging rate-limit 2 9 level 3");
	fx_shows("logging", "logging rate-limit 2 9 level errors\n");
	fx_type("clear configure logging\nlogging hide username\n"
		"no logging hide username");
	fx_shows("logging", "no logging hide username\n");
	fx_close();
}

static void
refused(void)
{
	static const struct {
		const char *line;
		unsigned col;
		const char *text; /* NULL: caret */
	} cases[] = {
		{ "logging frob", 11, NULL },
		{ "logging buffered 8", 17, NULL },
		{ "logging buffered nolist", 17, NULL },
		{ "logging buffered", 0, "% Incomplete command" },
		/* emergencies or errors */
		{ "logging trap e", 13, NULL },
		{ "logging buffer-size 10", 20, NULL },
		{ "logging buffer-size 4095", 20, NULL },
		{ "logging buffer-size 52428801", 20, NULL },
		{ "logging facility 15", 17, NULL },
		{ "logging facility 24", 17, NULL },
		{ "logging queue 8193", 14, NULL },
		{ "logging asdm-buffer-size 99", 25, NULL },
		{ "logging message 99999", 16, NULL },
		{ "logging message 106015 level 8", 29, NULL },
		{ "logging list errors level 3", 13, NULL },
		{ "logging list L message 106", 23, NULL },
		{ "logging list L message 106015-106001", 23, NULL },
		{ "logging list L level 3 class frob", 29, NULL },
		{ "no logging list L", 16, NULL },
		{ "logging class ip", 0, "% Incomplete command" },
		{ "logging class ip flash 3", 17, NULL },
		{ "logging device-id string abcdefghijklmnopq", 25, NULL },
		{ "logging host in 10.0.0.256", 16, NULL },
		/* s might be secure */
		{ "logging host in 10.0.0.1 sctp/514", 26, NULL },
		{ "logging host in 10.0.0.1 udp/0", 25, NULL },
		{ "logging host in 10.0.0.1 udp/65536", 25, NULL },
		/* EMBLEM is for UDP, TLS for TCP. */
		{ "logging host in 10.0.0.1 tcp/1470 format emblem", 34, NULL },
		{ "logging host in 10.0.0.1 secure", 25, NULL },
		{ "simulator logging-host always", 23, NULL },
	};
	size_t i;

	fx_open(false);
	for (i = 0; i < ARRAY_LEN(cases); i++)
		fx_refuse(cases[i].line, cases[i].col, cases[i].text);
	fx_type("logging list L level 3\nlogging trap L");
	fx_refuse("no logging list L", 0, "logging list L is in use");
	fx_refuse("no logging list L level 3", 0, "logging list L is in use");
	fx_close();
}

/* Where interfaces are configured a server must be behind one of them, and it
 * goes with the interface's name. */
static void
interfaces(void)
{
	fx_open(false);
	fx_type("interface GigabitEthernet0/0\nnameif inside\nexit");
	fx_refuse("logging host outside 10.0.0.1", 13, NULL);
	fx_refuse("logging device-id ipaddress outside", 28, NULL);
	fx_type("logging host inside 10.0.0.1\n"
		"logging device-id ipaddress inside\n"
		"interface GigabitEthernet0/0\nnameif mail\nexit");
	fx_shows("logging",
	    "logging device-id ipaddress mail\n"
	    "logging host mail 10.0.0.1\n");
	fx_type("interface GigabitEthernet0/0\nno nameif\nexit");
	fx_shows("logging", "");
	fx_close();
}

/* Nothing leaves the machine unless it is said, and a cleared configuration
 * says it no more. */
static void
sending(void)
{
	fx_open(false);
	CU_ASSERT_FALSE(fx_conf->logging.send);
	fx_shows("simulator", "");
	fx_type("simulator logging-host send");
	CU_ASSERT_TRUE(fx_conf->logging.send);
	fx_shows("simulator", "simulator logging-host send\n");
	fx_fixpoint();
	fx_type("clear configure logging");
	CU_ASSERT_TRUE(fx_conf->logging.send);
	fx_type("no simulator logging-host");
	CU_ASSERT_FALSE(fx_conf->logging.send);
	fx_type("simulator logging-host send\nsimulator logging-host keep");
	CU_ASSERT_FALSE(fx_conf->logging.send);
	fx_type("simulator logging-host send\nclear configure all");
	CU_ASSERT_FALSE(fx_conf->logging.send);
	fx_close();
}

static void
list_line(void *arg, const char *line, bool affects, const char *why)
{
	sb_printf(arg, "%s|%d|%s\n", line, affects, why);
}

static void
kept(void)
{
	struct strbuf sb;

	fx_open(false);
	sb_init(&sb);
	fx_type(
	    "logging enable\nlogging buffered 6\nlogging console 6\n"
	    "logging monitor 6\nlogging trap 6\nlogging standby\n"
	    "logging history 3\nlogging asdm 6\nlogging mail 2\n"
	    "logging host in 10.0.0.1\nlogging host in 10.0.0.2 6/99 secure\n"
	    "logging debug-trace\nlogging ftp-bufferwrap");
	conf_each_kept(fx_conf, list_line, &sb);
	CU_ASSERT_STRING_EQUAL(sb_text(&sb),
	    "logging standby|0|there is no standby unit\n"
	    "logging history errors|0|no SNMP trap is sent\n"
	    "logging asdm informational|0|there is no ASDM\n"
	    "logging mail critical|0|no mail is sent\n"
	    "logging host in 10.0.0.1|0|nothing is sent unless `simulator "
	    "logging-host send` says so\n"
	    "logging host in 10.0.0.2 6/99 secure|0|nothing is sent unless "
	    "`simulator logging-host send` says so\n"
	    "logging debug-trace|0|there is no debug output\n"
	    "logging ftp-bufferwrap|0|no mail is sent and no log is saved\n");
	sb_reset(&sb);
	fx_type("simulator logging-host send\nno logging standby\n"
		"no logging history\nno logging asdm\nno logging mail\n"
		"no logging debug-trace\nno logging ftp-bufferwrap");
	conf_each_kept(fx_conf, list_line, &sb);
	CU_ASSERT_STRING_EQUAL(sb_text(&sb),
	    "logging host in 10.0.0.2 6/99 secure|0|TLS is not simulated: "
	    "nothing is sent\n");
	sb_free(&sb);
	fx_close();
}

/* The message guide's series. */
static void
classes(void)
{
	static const struct {
		uint32_t id;
		const char *class;
	} cases[] = {
		{ 108004, "session" },
		{ 106023, "session" },
		{ 302013, "session" },
		{ 201011, "session" },
		{ 109001, "auth" },
		{ 111008, "config" },
		{ 717001, "ca" },
		{ 313005, "ip" },
		{ 733100, "ids" },
		{ 713120, "vpn" },
		{ 716001, "webvpn" },
		{ 507003, NULL },
		{ 999999, NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		const char *class = log_class_of(cases[i].id);

		CU_ASSERT_STRING_EQUAL(class != NULL ? class : "none",
		    cases[i].class != NULL ? cases[i].class : "none");
	}
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "whole", whole },
		{ "defaults", defaults },
		{ "no forms", no_forms },
		{ "messages", messages },
		{ "replaced", replaced },
		{ "refused", refused },
		{ "interfaces", interfaces },
		{ "sending", sending },
		{ "kept", kept },
		{ "classes", classes },
	};

	return fx_main("conf_logging", tests, ARRAY_LEN(tests));
}

/* SPDX-License-Identifier: ISC
 *
 * Messages on their way: which, where to, at which level, in which form.
 */
#include "conf_fixture.h"

#include "logger.h"

enum {
	CON = 1 << LOGTO_CONSOLE,
	MON = 1 << LOGTO_MONITOR,
	BUF = 1 << LOGTO_BUFFERED,
	TRAP = 1 << LOGTO_TRAP,
	HIST = 1 << LOGTO_HISTORY,
	ASDM = 1 << LOGTO_ASDM,
	MAIL = 1 << LOGTO_MAIL,
};

static struct logger log_;
static struct evlog ev_;
static struct strbuf screen;
static unsigned screen_to;

static void
on_screen(void *arg UNUSED, unsigned to, const char *line)
{
	screen_to |= to;
	sb_puts(&screen, line);
}

static void
open_logger(const char *config)
{
	fx_open(false);
	fx_type(config);
	logger_init(&log_);
	logger_configure(&log_, fx_conf);
	log_.screen.line = on_screen;
	sb_init(&screen);
	screen_to = 0;
	memset(&ev_, 0, sizeof(ev_));
	ev_.sink = logger_sink;
	ev_.sink_arg = &log_;
	ev_.filter = &log_.filter;
	/* Aug 15 2019 13:44:38 UTC */
	ev_.ts = 1565876678ull * 1000000000u + 999999999u;
}

static void
close_logger(void)
{
	logger_fini(&log_);
	sb_free(&screen);
	fx_close();
}

/* Raises the message; where did it go? */
static unsigned
raise(enum evlog_id ev)
{
	uint64_t before[LOGTO_COUNT];
	unsigned dest, to = 0;

	memcpy(before, log_.logged, sizeof(before));
	switch (ev) {
	case EV_106023:
		evlog_put(&ev_, ev, "Deny");
		break;
	case EV_108003:
		evlog_put(&ev_, ev, "out", "10.0.0.1", 1u, "in", "10.0.0.2",
		    25u, "a|b");
		break;
	case EV_108004:
		evlog_put(&ev_, ev, "ESMTP Classification",
		    "Dropped connection for", "Request", "out", "10.0.0.1", 1u,
		    "in", "10.0.0.2", 25u, "matched Class 1: cmd line length");
		break;
	case EV_108006:
		evlog_put(&ev_, ev, "out", "10.0.0.1", 1u, "in", "10.0.0.2",
		    25u, 1ull, 2ull);
		break;
	case EV_302013:
		evlog_put(&ev_, ev, "inbound", 1u, "out", "10.0.0.1", 1u,
		    "10.0.0.1", 1u, "in", "10.0.0.2", 25u, "10.0.0.2", 25u);
		break;
	case EV_507002:
		evlog_put(&ev_, ev);
		break;
	case EV_507003:
		evlog_put(&ev_, ev, "tcp", "out", "10.0.0.1", 1u, "in",
		    "10.0.0.2", 25u, "inspector drop reset");
		break;
	default:
		CU_FAIL("no arguments for this message");
	}
	for (dest = 0; dest < LOGTO_COUNT; dest++)
		to |= (unsigned)(log_.logged[dest] - before[dest]) << dest;
	return to;
}

/* Levels: 108003 is 2, 106023, 108004 and 507003 are 4, 302013 is 6, 108006 is
 * 7; all but 507003 are of class session. */
static void
routing(void)
{
	static const struct {
		const char *config;
		enum evlog_id ev;
		unsigned to;
	} cases[] = {
		/* Nothing without logging enable, nothing by default. */
		{ "logging buffered 7", EV_108003, 0 },
		{ "logging enable", EV_108003, 0 },
		{ "logging enable\nlogging buffered 7", EV_108006, BUF },
		/* by level, each destination its own */
		{ "logging enable\nlogging buffered 4", EV_108004, BUF },
		{ "logging enable\nlogging buffered 3", EV_108004, 0 },
		{ "logging enable\nlogging console 2\nlogging monitor 4\n"
		  "logging buffered 6\nlogging trap 7\nlogging history 3\n"
		  "logging asdm 5\nlogging mail 1",
		    EV_106023, MON | BUF | TRAP | ASDM },
		{ "logging enable\nlogging console 2\nlogging monitor 4\n"
		  "logging buffered 6\nlogging trap 7\nlogging history 3\n"
		  "logging asdm 5\nlogging mail 1",
		    EV_108003, CON | MON | BUF | TRAP | HIST | ASDM },
		{ "logging enable\nlogging console 2\nlogging monitor 4\n"
		  "logging buffered 6\nlogging trap 7\nlogging mail 1",
		    EV_108006, TRAP },
		/* switched off */
		{ "logging enable\nlogging buffered 7\n"
		  "no logging message 108004",
		    EV_108004, 0 },
		{ "logging enable\nlogging buffered 7\n"
		  "no logging message 108004\nlogging message 108004 level 1",
		    EV_108004, 0 },
		{ "logging enable\nlogging buffered 7\n"
		  "no logging message 108004",
		    EV_507003, BUF },
		/* another level, up and down */
		{ "logging enable\nlogging buffered 3\n"
		  "logging message 108006 level 3",
		    EV_108006, BUF },
		{ "logging enable\nlogging buffered 3\nlogging trap 7\n"
		  "logging message 108003 level 7",
		    EV_108003, TRAP },
		/* lists: by id, range, level, class */
		{ "logging enable\nlogging list L message 108004\n"
		  "logging buffered L",
		    EV_108004, BUF },
		{ "logging enable\nlogging list L message 108004\n"
		  "logging buffered L",
		    EV_108003, 0 },
		{ "logging enable\nlogging list L message 108001-108003\n"
		  "logging buffered L\nlogging trap 2",
		    EV_108003, BUF | TRAP },
		{ "logging enable\nlogging list L message 108005-108009\n"
		  "logging buffered L",
		    EV_108004, 0 },
		/* an id takes a message at whatever level */
		{ "logging enable\nlogging list L message 108006\n"
		  "logging list L level 1\nlogging mail L",
		    EV_108006, MAIL },
		{ "logging enable\nlogging list L level 4\nlogging trap L",
		    EV_507003, TRAP },
		{ "logging enable\nlogging list L level 4\nlogging trap L",
		    EV_302013, 0 },
		{ "logging enable\nlogging list L level 6 class session\n"
		  "logging trap L",
		    EV_302013, TRAP },
		{ "logging enable\nlogging list L level 6 class session\n"
		  "logging trap L",
		    EV_507003, 0 },
		{ "logging enable\nlogging list L level 5 class session\n"
		  "logging trap L",
		    EV_302013, 0 },
		{ "logging enable\nlogging list L level 6 class vpn\n"
		  "logging list L level 2\nlogging trap L",
		    EV_108003, TRAP },
		/* a list and another level: the new level counts */
		{ "logging enable\nlogging list L level 3\nlogging trap L\n"
		  "logging message 302013 level 3",
		    EV_302013, TRAP },
		/* classes decide alone, also against the destination */
		{ "logging enable\nlogging class session buffered 6", EV_302013,
		    BUF },
		{ "logging enable\nlogging class session buffered 6", EV_507003,
		    0 },
		{ "logging enable\nlogging buffered 7\n"
		  "logging class session buffered 3",
		    EV_108004, 0 },
		{ "logging enable\nlogging buffered 7\n"
		  "logging class session buffered 3",
		    EV_507003, BUF },
		{ "logging enable\nlogging buffered 7\n"
		  "logging class session trap 7",
		    EV_108004, BUF | TRAP },
		{ "logging enable\nlogging buffered 7\n"
		  "logging class vpn buffered 1",
		    EV_108004, BUF },
		{ "logging enable\nlogging list L message 108003\n"
		  "logging buffered L\nlogging class session buffered 4",
		    EV_108004, BUF },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		unsigned got;

		open_logger(cases[i].config);
		got = raise(cases[i].ev);
		if (got != cases[i].to)
			printf("\n%s\n-> %#x, not %#x\n", cases[i].config, got,
			    cases[i].to);
		CU_ASSERT_EQUAL(got, cases[i].to);
		/* What goes nowhere is not even formatted. */
		CU_ASSERT_EQUAL(
		    evlog_wanted(&ev_, cases[i].ev), cases[i].to != 0);
		close_logger();
	}
}

#define T4                                                                     \
	"ESMTP Classification: Dropped connection for ESMTP Request from "     \
	"out:10.0.0.1/1 to in:10.0.0.2/25; matched Class 1: cmd line length"

/* The prefixes of the guide: plain, timestamp, device-id, EMBLEM. */
static void
forms(void)
{
	static const struct {
		const char *config;
		const char *line;
	} cases[] = {
		{ "", "%ASA-4-108004: " T4 },
		{ "logging timestamp",
		    "Aug 15 2019 13:44:38: %ASA-4-108004: " T4 },
		{ "logging timestamp\nhostname MDF-ASA5515X\n"
		  "logging device-id hostname",
		    "Aug 15 2019 13:44:38 MDF-ASA5515X : %ASA-4-108004: " T4 },
		{ "hostname HQ-ASA5585\nlogging device-id hostname",
		    "HQ-ASA5585 : %ASA-4-108004: " T4 },
		{ "logging device-id string here",
		    "here : %ASA-4-108004: " T4 },
		{ "interface e0\nnameif inside\n"
		  "ip address 192.168.12.1 255.255.255.0\n"
		  "logging device-id ipaddress inside\nlogging timestamp",
		    "Aug 15 2019 13:44:38 192.168.12.1 : %ASA-4-108004: " T4 },
		/* Without an address there is nothing to say. */
		{ "interface e0\nnameif inside\n"
		  "logging device-id ipaddress inside",
		    "%ASA-4-108004: " T4 },
		{ "logging timestamp rfc5424\nhostname asa\n"
		  "logging device-id hostname",
		    "2019-08-15T13:44:38Z asa : %ASA-4-108004: " T4 },
		{ "logging message 108004 level 1", "%ASA-1-108004: " T4 },
		{ "logging emblem", ":%ASA-session-4-108004: " T4 },
		{ "logging emblem\nlogging timestamp\n"
		  "logging device-id hostname",
		    ":Aug 15 13:44:38 UTC: %ASA-session-4-108004: " T4 },
		{ "simulator profile pix-6.3", "%PIX-4-108004: " T4 },
		{ "PIX Version 6.3(5)", "%PIX-4-108004: " T4 },
		{ "ASA Version 9.8(1)", "%ASA-4-108004: " T4 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		char *config =
		    xasprintf("%s\nlogging enable\nlogging buffered 7\n"
			      "logging console 7\nlogging monitor 7",
			cases[i].config);
		char *line = xasprintf("%s\n", cases[i].line);

		open_logger(config);
		raise(EV_108004);
		CU_ASSERT_EQUAL_FATAL(logbuf_count(&log_.buf), 1);
		CU_ASSERT_STRING_EQUAL(
		    logbuf_line(&log_.buf, 0), cases[i].line);
		/* Once on the screen, whoever looks. */
		CU_ASSERT_STRING_EQUAL(sb_text(&screen), line);
		CU_ASSERT_EQUAL(screen_to, CON | MON);
		close_logger();
		free(config);
		free(line);
	}
}

/* A message without a class, two-digit days, and texts. */
static void
texts(void)
{
	open_logger("logging enable\nlogging buffered 7\nlogging timestamp\n"
		    "logging emblem");
	ev_.ts = 1489055104ull * 1000000000u; /* Mar 09 2017 10:25:04 */
	raise(EV_507003);
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 0),
	    ":Mar 09 10:25:04 UTC: %ASA-4-507003: tcp flow from out:10.0.0.1/1 "
	    "to in:10.0.0.2/25 terminated by inspection engine, reason - "
	    "inspector drop reset.");
	fx_type("no logging emblem");
	logger_configure(&log_, fx_conf);
	raise(EV_507002);
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 1),
	    "Mar 09 2017 10:25:04: %ASA-4-507002: Data copy in proxy-mode "
	    "exceeded the buffer limit");
	evlog_put(&ev_, EV_108002, "a|b", "10.0.0.1", "10.0.0.2", "a b");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 2),
	    "Mar 09 2017 10:25:04: %ASA-2-108002: SMTP replaced a|b: out "
	    "10.0.0.1 in 10.0.0.2 data: a b");
	evlog_put(&ev_, EV_507001, "in", "10.0.0.1", 1u, "out", "10.0.0.2", 25u,
	    65536u);
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 3),
	    "Mar 09 2017 10:25:04: %ASA-5-507001: Terminating TCP-Proxy "
	    "connection from in:10.0.0.1/1 to out:10.0.0.2/25 - reassembly "
	    "limit of 65536 bytes exceeded");
	close_logger();
}

/* An access list's own level, until logging message says another. */
static void
raised_at(void)
{
	open_logger("logging enable\nlogging buffered 4");
	evlog_put_at(&ev_, EV_106100, 6, "hit");
	CU_ASSERT_EQUAL(logbuf_count(&log_.buf), 0);
	evlog_put_at(&ev_, EV_106100, 3, "hit");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 0), "%ASA-3-106100: hit");
	fx_type("logging message 106100 level 4");
	logger_configure(&log_, fx_conf);
	evlog_put_at(&ev_, EV_106100, 7, "hit");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&log_.buf, 1), "%ASA-4-106100: hit");
	ev_.suppress = true;
	CU_ASSERT_FALSE(evlog_wanted(&ev_, EV_106100));
	evlog_put_at(&ev_, EV_106100, 3, "hit");
	CU_ASSERT_EQUAL(logbuf_count(&log_.buf), 2);
	close_logger();
}

/* Two in ten seconds of the packets' clock. */
static void
rates(void)
{
	unsigned i;

	open_logger("logging enable\nlogging buffered 7\n"
		    "logging rate-limit 2 10 level 4\n"
		    "logging rate-limit 1 1 message 108006\n"
		    "logging rate-limit unlimited level 2");
	for (i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(raise(EV_108004), i < 2 ? BUF : 0);
		CU_ASSERT_EQUAL(raise(EV_108003), BUF);
	}
	CU_ASSERT_EQUAL(log_.limited, 3);
	/* The level is shared. */
	CU_ASSERT_EQUAL(raise(EV_507003), 0);
	ev_.ts += 9999999999ull;
	CU_ASSERT_EQUAL(raise(EV_108004), 0);
	ev_.ts += 1;
	CU_ASSERT_EQUAL(raise(EV_108004), BUF);
	CU_ASSERT_EQUAL(raise(EV_108006), BUF);
	CU_ASSERT_EQUAL(raise(EV_108006), 0);
	/* A replay of an older capture. */
	ev_.ts -= 1000ull * 1000000000u;
	CU_ASSERT_EQUAL(raise(EV_108004), BUF);
	close_logger();
}

static void
settings(void)
{
	char buf[40];

	open_logger("logging enable\nlogging buffered 7");
	CU_ASSERT_TRUE(log_.any);
	raise(EV_108003);
	/* A change leaves the counts and what is in the buffer. */
	fx_type("logging buffered 1\nlogging buffer-size 8192");
	logger_configure(&log_, fx_conf);
	CU_ASSERT_EQUAL(log_.buf.size, 8192);
	CU_ASSERT_EQUAL(logbuf_count(&log_.buf), 1);
	CU_ASSERT_EQUAL(raise(EV_108003), 0);
	CU_ASSERT_EQUAL(log_.logged[LOGTO_BUFFERED], 1);
	fx_type("no logging buffered");
	logger_configure(&log_, fx_conf);
	CU_ASSERT_FALSE(log_.any);
	logger_reset(&log_);
	CU_ASSERT_EQUAL(logbuf_count(&log_.buf), 0);
	CU_ASSERT_EQUAL(log_.logged[LOGTO_BUFFERED], 0);
	CU_ASSERT_STRING_EQUAL(
	    log_stamp(1565876678ull * 1000000000u, buf, sizeof(buf)),
	    "Aug 15 2019 13:44:38");
	close_logger();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "routing", routing },
		{ "forms", forms },
		{ "texts", texts },
		{ "raised at another level", raised_at },
		{ "rates", rates },
		{ "settings", settings },
	};

	return fx_main("logger", tests, ARRAY_LEN(tests));
}

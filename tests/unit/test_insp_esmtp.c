/* SPDX-License-Identifier: ISC
 *
 * The inspector's side of the contract of inspect.h. What it thinks of SMTP is
 * in tests/smtp.
 */
#include <CUnit/Basic.h>

#include "../smtp/harness.h"

static void
say(struct harness *h, enum dir dir, const char *text)
{
	harness_segment(h, dir, text, strlen(text), false);
}

static uint64_t
event(struct harness *h, enum esmtp_event e)
{
	return count_read(&h->counts, h->policy.events[e]);
}

static void
start(struct harness *h)
{
	harness_init(h);
	harness_compile(h);
	harness_connect(h);
}

static void
test_shape(void)
{
	unsigned e;

	CU_ASSERT_STRING_EQUAL(insp_esmtp.name, "esmtp");
	CU_ASSERT_EQUAL(insp_esmtp.proto, IPPROTO_TCP);
	CU_ASSERT(insp_esmtp.state_size < 4096);
	for (e = 0; e < ESMTP_EVENT_COUNT; e++)
		CU_ASSERT(strlen(esmtp_event_text(e)) > 3);
}

/* Which packet first brought an event. */
static void
test_first_packet(void)
{
	struct harness h;

	start(&h);
	say(&h, DIR_SERVER, "220 x\r\n");
	say(&h, DIR_CLIENT, "NOOP\r\nTU");
	say(&h, DIR_CLIENT, "RN\r\n");
	say(&h, DIR_CLIENT, "TURN\r\n");
	CU_ASSERT_EQUAL(h.first_packet[ESMTP_EVENT_UNKNOWN_COMMAND], 3);
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_UNKNOWN_COMMAND), 2);
	CU_ASSERT_EQUAL(h.first_packet[ESMTP_EVENT_GAP], 0);
	h.policy.first_packet = NULL;
	say(&h, DIR_CLIENT, "A\r\n");
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_TRUNCATED_COMMAND), 1);
	harness_fini(&h);
}

/* packet-tracer logs nothing, but judges the same. */
static void
test_quiet(void)
{
	struct harness h;

	start(&h);
	h.log.suppress = true;
	say(&h, DIR_CLIENT, "MAIL FROM:<a|b>\r\n");
	CU_ASSERT_EQUAL(h.verdict, INSP_DROP_CONN);
	CU_ASSERT_EQUAL(h.logs.length, 0);
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_PIPE), 1);
	harness_fini(&h);
}

/* What is held, and how much at most. */
static void
test_hold(void)
{
	static char line[INSPECT_HOLD_MAX + 1];
	struct harness h;

	harness_init(&h);
	h.map.matches.n = 0;
	harness_compile(&h);
	harness_connect(&h);
	memset(line, 'x', sizeof(line));
	harness_segment(&h, DIR_CLIENT, line, INSPECT_HOLD_MAX - 1, false);
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, INSPECT_HOLD_MAX - 1);
	harness_segment(&h, DIR_CLIENT, line, 1, false);
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_OVERLONG_COMMAND), 1);
	say(&h, DIR_CLIENT, "\r\n");
	harness_segment(&h, DIR_SERVER, line, INSPECT_HOLD_MAX - 1, false);
	CU_ASSERT_EQUAL(h.held[DIR_SERVER].length, INSPECT_HOLD_MAX - 1);
	harness_segment(&h, DIR_SERVER, line, 1, false);
	CU_ASSERT_EQUAL(h.held[DIR_SERVER].length, 0);

	/* message text is not held, nor is any part of the final dot */
	say(&h, DIR_SERVER, "\r\n354 x\r\n");
	say(&h, DIR_CLIENT, "Subject: x");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	say(&h, DIR_CLIENT, "\r");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	say(&h, DIR_CLIENT, "\n.");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	say(&h, DIR_CLIENT, "\r");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	say(&h, DIR_CLIENT, "\nQU");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 2);
	harness_fini(&h);
}

/* With a limit that closes, no more than that is held. */
static void
test_hold_limit(void)
{
	static char line[513];
	struct harness h;

	start(&h);
	memset(line, 'x', sizeof(line));
	harness_segment(&h, DIR_CLIENT, line, 512, false);
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 512);
	CU_ASSERT_EQUAL(h.verdict, INSP_PASS);
	harness_segment(&h, DIR_CLIENT, line, 1, false);
	CU_ASSERT_EQUAL(h.verdict, INSP_DROP_CONN);
	harness_fini(&h);
}

/* A verdict is for the line or the byte that earned it, not for what stands
 * before it in the same call. */
static void
test_verdict_bytes(void)
{
	static const struct {
		const char *before, *bytes;
		size_t passed, judged;
		enum insp_verdict verdict;
	} cases[] = {
		{ "", "NOOP\r\nA\r\nNOOP\r\n", 6, 3, INSP_DROP },
		{ "", "NOOP\nNOOP\r\n", 0, 5, INSP_DROP },
		{ "", "NOOP\r\nMAIL FROM:<|>\r\nNOOP\r\n", 6, 15,
		    INSP_DROP_CONN },
	};
	struct insp_result r;
	struct harness h;
	struct insp_ctx ctx;
	uint8_t bytes[64];
	size_t i, n;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		start(&h);
		n = strlen(cases[i].bytes);
		memcpy(bytes, cases[i].bytes, n);
		ctx = (struct insp_ctx){ .flow = &h.flow,
			.counts = &h.counts,
			.log = &h.log,
			.segment_len = (uint32_t)n };
		if (cases[i].passed != 0) {
			r = insp_esmtp.data(
			    h.state, DIR_CLIENT, bytes, n, &ctx);
			CU_ASSERT_EQUAL(r.released, cases[i].passed);
			CU_ASSERT_EQUAL(r.verdict, INSP_PASS);
		}
		r = insp_esmtp.data(h.state, DIR_CLIENT,
		    bytes + cases[i].passed, n - cases[i].passed, &ctx);
		CU_ASSERT_EQUAL(r.released, cases[i].judged);
		CU_ASSERT_EQUAL(r.verdict, cases[i].verdict);
		harness_fini(&h);
	}
}

/* Once closed, nothing passes in either direction. */
static void
test_closed(void)
{
	struct insp_result r;
	struct insp_ctx ctx;
	struct harness h;
	uint8_t b[] = "NOOP\r\n";

	start(&h);
	say(&h, DIR_CLIENT, "MAIL FROM:<|>\r\n");
	ctx = (struct insp_ctx){ .flow = &h.flow,
		.counts = &h.counts,
		.log = &h.log,
		.segment_len = 6 };
	r = insp_esmtp.data(h.state, DIR_CLIENT, b, 6, &ctx);
	CU_ASSERT_EQUAL(r.released, 6);
	CU_ASSERT_EQUAL(r.verdict, INSP_DROP_CONN);
	r = insp_esmtp.data(h.state, DIR_SERVER, b, 6, &ctx);
	CU_ASSERT_EQUAL(r.verdict, INSP_DROP_CONN);
	CU_ASSERT_STRING_EQUAL((char *)b, "NOOP\r\n");
	r = insp_esmtp.data(h.state, DIR_SERVER, b, 0, &ctx);
	CU_ASSERT_EQUAL(r.released, 0);
	harness_fini(&h);
}

/* Character mode: a whole tiny segment with nothing held before it. */
static void
test_keyed(void)
{
	struct harness h;

	start(&h);
	say(&h, DIR_CLIENT, "NOOP\r\nAB"); /* held: not typed */
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 2);
	say(&h, DIR_CLIENT, "C");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 3);
	say(&h, DIR_CLIENT, "D\r\n");
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_UNKNOWN_COMMAND), 1);
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_CHARACTER_MODE), 0);
	say(&h, DIR_CLIENT, "ABC");
	CU_ASSERT_EQUAL(h.held[DIR_CLIENT].length, 0);
	CU_ASSERT_EQUAL(event(&h, ESMTP_EVENT_CHARACTER_MODE), 1);
	harness_fini(&h);
}

/* Counters and log lines of the tech note's most common failure. */
static void
test_header_line(void)
{
	struct harness h;
	struct strbuf s;
	unsigned i;

	start(&h);
	say(&h, DIR_SERVER, "220 x\r\n");
	say(&h, DIR_CLIENT, "MAIL FROM:<a@a>\r\nRCPT TO:<b@b>\r\nDATA\r\n");
	say(&h, DIR_SERVER, "250 x\r\n250 x\r\n354 x\r\n");
	sb_init(&s);
	sb_puts(&s, "References:");
	for (i = 0; i < 1000; i++)
		sb_putc(&s, 'x');
	say(&h, DIR_CLIENT, sb_text(&s));
	sb_free(&s);
	CU_ASSERT_EQUAL(h.verdict, INSP_DROP_CONN);
	CU_ASSERT_EQUAL(count_read(&h.counts, h.policy.matches[3].hits), 1);
	CU_ASSERT_STRING_EQUAL(sb_text(&h.logs),
	    "4-108004: ESMTP Classification: Dropped connection for ESMTP "
	    "Request from outside:192.0.2.1/35314 to dmz:10.0.0.25/25; matched "
	    "Class 4: header line length gt 998\n"
	    "4-507003: tcp flow from outside:192.0.2.1/35314 to "
	    "dmz:10.0.0.25/25 terminated by inspection engine, reason - "
	    "inspector disconnected, dropped packet.\n");
	harness_fini(&h);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("insp_esmtp", NULL, NULL);
	CU_add_test(s, "shape", test_shape);
	CU_add_test(s, "first packet", test_first_packet);
	CU_add_test(s, "quiet", test_quiet);
	CU_add_test(s, "hold", test_hold);
	CU_add_test(s, "hold limit", test_hold_limit);
	CU_add_test(s, "verdict bytes", test_verdict_bytes);
	CU_add_test(s, "closed", test_closed);
	CU_add_test(s, "keyed", test_keyed);
	CU_add_test(s, "header line", test_header_line);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

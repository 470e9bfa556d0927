/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include "streamsim.h"
#include "util.h"

static struct sim m;

/* Every test runs with sequence numbers that wrap as well. */
static const uint32_t isns[] = { 1000, 0xffffffff, 0xfffffff8, 0x7ffffff0 };

#define STOP()                                                                 \
	do {                                                                   \
		const char *wrong_ = sim_stop(&m, NULL);                       \
		if (wrong_ != NULL)                                            \
			printf("\n    %s:%d: %s", __func__, __LINE__, wrong_); \
		CU_ASSERT_PTR_NULL(wrong_);                                    \
	} while (0)

/* Did exactly this leave, from offset `at` on? '.' stands for a byte that must
 * not have left. */
static bool
left(enum dir dir, uint32_t at, const char *text)
{
	uint32_t i, n = (uint32_t)strlen(text);

	for (i = 0; i < n; i++)
		if (text[i] == '.' ? m.seen[dir][at + i]
				   : !m.seen[dir][at + i] ||
			    m.out[dir][at + i] != (uint8_t)text[i])
			return false;
	return !m.seen[dir][at + n];
}

static const char dialogue[] =
    "EHLO a\nXsecret\nMAIL\n\nXX\nlonger line\nend\n";
static const char judged[] = "EHLO a\nxxxxxxx\nMAIL\n\nxx\nlonger line\nend\n";

static void
send_part(const char *text, uint32_t from, uint32_t to)
{
	sim_segment(&m, DIR_CLIENT, TCP_PSH, from, text + from, to - from,
	    SIM_NO_ACK, 0);
}

static void
test_cut_at_every_byte(void)
{
	uint32_t n = sizeof(dialogue) - 1, i, j, k;

	for (k = 0; k < ARRAY_LEN(isns); k++) {
		for (i = 1; i < n; i++) {
			for (j = i; j < n; j++) {
				sim_start(&m, isns[k], 5);
				send_part(dialogue, 0, i);
				if (j > i)
					send_part(dialogue, i, j);
				send_part(dialogue, j, n);
				CU_ASSERT(left(DIR_CLIENT, 0, judged));
				CU_ASSERT_EQUAL(m.dropped, 0);
				STOP();
			}
		}
	}
}

static void
test_segments_of_every_size(void)
{
	uint32_t n = sizeof(dialogue) - 1, size, i;

	for (size = 1; size <= n; size++) {
		sim_start(&m, 0xfffffff0, 5);
		for (i = 0; i < n; i += size) {
			send_part(dialogue, i, MIN(i + size, n));
			sim_ack(&m, DIR_SERVER, MIN(i + size, n));
		}
		CU_ASSERT(left(DIR_CLIENT, 0, judged));
		CU_ASSERT_EQUAL(m.gap, 0);
		CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.packet),
		    (n + size - 1) / size);
		STOP();
	}
}

/* Four segments in all 24 orders, each perhaps twice. */
static void
test_reorder(void)
{
	uint32_t n = sizeof(dialogue) - 1, k, a, b, c, d, twice;

	for (k = 0; k < ARRAY_LEN(isns); k++) {
		for (a = 0; a < 256; a++) {
			uint32_t o[4] = { a & 3, a >> 2 & 3, a >> 4 & 3,
				a >> 6 };

			b = 1u << o[0] | 1u << o[1] | 1u << o[2] | 1u << o[3];
			if (b != 15)
				continue;
			for (twice = 0; twice < 2; twice++) {
				sim_start(&m, isns[k], 5);
				for (c = 0; c < 4; c++)
					for (d = 0; d <= twice; d++)
						send_part(dialogue,
						    o[c] * n / 4,
						    (o[c] + 1) * n / 4);
				CU_ASSERT(left(DIR_CLIENT, 0, judged));
				CU_ASSERT_EQUAL(m.dropped,
				    m.reasons[REASON_TCP_DUP_IN_QUEUE]);
				STOP();
			}
		}
	}
}

static void
test_buffer_full(void)
{
	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 4, "b2\n");
	sim_text(&m, DIR_CLIENT, 8, "c2\n");
	sim_text(&m, DIR_CLIENT, 12, "d2\n");
	CU_ASSERT_EQUAL(m.dropped, 0);
	sim_text(&m, DIR_CLIENT, 16, "e2\n");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_BUFFER_FULL], 1);
	sim_text(&m, DIR_CLIENT, 4, "b2\n");
	sim_text(&m, DIR_CLIENT, 5, "2\n");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_DUP_IN_QUEUE], 2);
	/* The missing ones come, one of them over what is queued. */
	sim_text(&m, DIR_CLIENT, 0, "aaa\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "aaa\nb2\n"));
	sim_text(&m, DIR_CLIENT, 7, "!??\n!");
	CU_ASSERT(left(DIR_CLIENT, 0, "aaa\nb2\n!c2\n!d2\n"));
	sim_text(&m, DIR_CLIENT, 12, "?");
	CU_ASSERT_EQUAL(m.out[DIR_CLIENT][12], 'd');
	STOP();
}

static const struct overlap {
	const char *what;
	struct {
		uint32_t at;
		const char *text;
	} seg[4];
	const char *out;
} overlaps[] = {
	{ "in order", { { 0, "abcdef\n" }, { 3, "XXXX\nghi\n" } },
	    "abcdef\n\nghi\n" },
	{ "in order, held", { { 0, "abcdef" }, { 3, "XXXXgh\n" } },
	    "abcdefXgh\n" },
	{ "the same again", { { 0, "abc\n" }, { 0, "zzz\n" } }, "abc\n" },
	{ "masked, sent in clear again",
	    { { 0, "Xabc\n" }, { 0, "Xabc\nnext\n" } }, "xxxx\nnext\n" },
	{ "queued first",
	    { { 4, "efgh" }, { 6, "123456\n" }, { 0, "abcd567" } },
	    "abcdefgh3456\n" },
	{ "around a queued one",
	    { { 4, "ef" }, { 2, "123456\n" }, { 0, "ab" } }, "ab12ef56\n" },
	{ "three queued, all overlapping",
	    { { 3, "ccc" }, { 5, "55d" }, { 4, "4444e\n" }, { 0, "abcX" } },
	    "abcccc5de\n" },
	{ "queued twice, masked when it comes",
	    { { 2, "b" }, { 1, "abc\n" }, { 0, "X" } }, "xxxx\n" },
	{ "queued twice, masked by what came before",
	    { { 3, "b" }, { 2, "abcd\n" }, { 0, "Xa123\n" } }, "xxxxxx\n" },
	{ "in order over a queued one",
	    { { 5, "five" }, { 0, "0123456789\n" } }, "01234five9\n" },
};

static void
test_first_copy_wins(void)
{
	const struct overlap *o;
	uint32_t i, j, k;

	for (k = 0; k < ARRAY_LEN(isns); k++) {
		for (i = 0; i < ARRAY_LEN(overlaps); i++) {
			o = &overlaps[i];
			sim_start(&m, isns[k], 5);
			for (j = 0; j < 4 && o->seg[j].text != NULL; j++)
				sim_text(&m, DIR_CLIENT, o->seg[j].at,
				    o->seg[j].text);
			if (!left(DIR_CLIENT, 0, o->out)) {
				printf("\n    %s: %.40s", o->what,
				    (char *)m.out[DIR_CLIENT]);
				CU_FAIL("overlap");
			}
			STOP();
		}
	}
}

static void
test_drop(void)
{
	sim_start(&m, 0xfffffff0, 5);
	sim_text(&m, DIR_CLIENT, 0, "ok\nDro");
	CU_ASSERT(left(DIR_CLIENT, 0, "......"));
	sim_text(&m, DIR_CLIENT, 6, "p\nfine\n");
	sim_text(&m, DIR_CLIENT, 13, "next\n");
	/* Both packets carry the line; neither leaves. */
	CU_ASSERT(left(DIR_CLIENT, 0, ".............next\n"));
	CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_DROP], 2);
	CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.drop), 2);
	CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.packet), 3);
	/* Sent again it is dropped again, whole or in part; bytes around the
	 * line were judged and pass. */
	sim_text(&m, DIR_CLIENT, 0, "ok\nDro");
	sim_text(&m, DIR_CLIENT, 5, "o");
	CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_DROP], 4);
	sim_text(&m, DIR_CLIENT, 0, "ok\n");
	sim_text(&m, DIR_CLIENT, 8, "fine\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "ok\n.....fine\nnext\n"));
	CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.drop), 2);
	STOP();

	/* Acknowledged (in a replay the peer got it) it still does not pass. */
	sim_start(&m, 3, 5);
	sim_text(&m, DIR_CLIENT, 0, "Drop\n");
	sim_ack(&m, DIR_SERVER, 5);
	sim_text(&m, DIR_CLIENT, 0, "Drop\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "....."));
	STOP();
}

/* More dropped ranges than are kept apart. */
static void
test_many_drops(void)
{
	uint32_t i;

	sim_start(&m, 0xffffff00, 5);
	for (i = 0; i < 100; i++) {
		sim_text(&m, DIR_CLIENT, i * 10, "Drop\n");
		sim_text(&m, DIR_CLIENT, i * 10 + 5, "pass\n");
	}
	for (i = 0; i < 100; i++)
		CU_ASSERT(m.seen[DIR_CLIENT][i * 10] == 0 &&
		    m.seen[DIR_CLIENT][i * 10 + 5] == 1);
	for (i = 0; i < 100; i++)
		sim_text(&m, DIR_CLIENT, i * 10, "Drop\n");
	for (i = 0; i < 100; i++)
		CU_ASSERT(m.seen[DIR_CLIENT][i * 10] == 0);
	STOP();
}

static void
test_close(void)
{
	static const struct {
		const char *text;
		enum insp_verdict verdict;
	} cases[] = {
		{ "lose\n", INSP_DROP_CONN },
		{ "eset\n", INSP_RESET },
	};
	unsigned i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		sim_start(&m, 3, 5);
		sim_text(&m, DIR_SERVER, 0, "220 part"); /* held */
		sim_text(&m, DIR_SERVER, 20, "queued\n");
		sim_text(&m, DIR_CLIENT, 50, "queued\n");
		sim_text(&m, DIR_CLIENT, 0, "ok\n");
		sim_text(&m, DIR_CLIENT, 3,
		    cases[i].verdict == INSP_RESET ? "R" : "K");
		sim_text(&m, DIR_CLIENT, 4, cases[i].text);
		CU_ASSERT_EQUAL(m.verdict, cases[i].verdict);
		CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_DROP], 2);
		CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_CLOSED], 3);
		CU_ASSERT_EQUAL(m.last.inspect_drops, 2);
		CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.drop), 0);
		/* Hits of a match action are counted under their match. */
		CU_ASSERT_EQUAL(
		    sim_count(&m, m.instance.counters.reset_drop), 0);
		CU_ASSERT_EQUAL(m.packets.in_use, 0);
		sim_text(&m, DIR_CLIENT, 9, "more\n");
		sim_ack(&m, DIR_SERVER, 3);
		CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_CLOSED], 5);
		CU_ASSERT(left(DIR_CLIENT, 0, "ok\n......"));
		STOP();
	}

	/* What stands in front of the bad line in its own packet is lost with
	 * it, what came before is not. */
	sim_start(&m, 3, 5);
	sim_text(&m, DIR_CLIENT, 0, "one\n");
	sim_text(&m, DIR_CLIENT, 4, "two\nKill\nthree\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "one\n..............."));
	STOP();
}

static void
test_bypass(void)
{
	sim_start(&m, 0xfffffffa, 5);
	sim_text(&m, DIR_CLIENT, 0, "Xyz\n");
	sim_text(&m, DIR_SERVER, 0, "held");
	sim_text(&m, DIR_CLIENT, 8, "Xqueued\n");
	sim_text(&m, DIR_CLIENT, 4, "B go\nXabc");
	CU_ASSERT_EQUAL(m.verdict, INSP_BYPASS);
	CU_ASSERT_EQUAL(m.packets.in_use, 0);
	CU_ASSERT(left(DIR_SERVER, 0, "held"));
	/* Queued before: first copy; beyond it nothing is changed any more. */
	CU_ASSERT(left(DIR_CLIENT, 0, "xxx\nB goXqueued\n"));
	sim_text(&m, DIR_CLIENT, 16, "Xclear\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "xxx\nB goXqueued\nXclear\n"));
	/* What was judged is still sent as it was. */
	memset(m.seen, 0, sizeof(m.seen));
	sim_text(&m, DIR_CLIENT, 0, "Xyz\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "xxx\n"));
	/* Acknowledged, nothing is kept. */
	sim_ack(&m, DIR_SERVER, 23);
	sim_ack(&m, DIR_CLIENT, 4);
	CU_ASSERT_EQUAL(m.pool.bytes.in_use, 0);
	STOP();
}

static void
test_gap(void)
{
	/* Packets wait behind the gap: an acknowledgement alone decides. */
	sim_start(&m, 0xfffffffa, 5);
	sim_text(&m, DIR_CLIENT, 0, "first\npart");
	sim_text(&m, DIR_CLIENT, 20, "rest\n");
	sim_text(&m, DIR_CLIENT, 25, "last\n");
	CU_ASSERT(left(DIR_CLIENT, 0, ".............................."));
	sim_ack(&m, DIR_SERVER, 30);
	CU_ASSERT_EQUAL(m.gap, 10);
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].gap, 10);
	CU_ASSERT(left(DIR_CLIENT, 0, "first\npart..........rest\nlast\n"));
	STOP();

	/* An acknowledgement that overtook the bytes does no harm. */
	sim_start(&m, 7, 5);
	sim_text(&m, DIR_CLIENT, 0, "one\n");
	sim_ack(&m, DIR_SERVER, 8);
	sim_text(&m, DIR_CLIENT, 4, "two\n");
	CU_ASSERT_EQUAL(m.gap, 0);
	CU_ASSERT(left(DIR_CLIENT, 0, "one\ntwo\n"));
	/* The next bytes, or the peer's answer, show that they are missing. */
	sim_ack(&m, DIR_SERVER, 12);
	sim_text(&m, DIR_CLIENT, 12, "four\n");
	CU_ASSERT_EQUAL(m.gap, 4);
	sim_segment(&m, DIR_SERVER, TCP_PSH, 0, "250\n", 4, 20, 0);
	CU_ASSERT_EQUAL(m.gap, 7);
	CU_ASSERT(left(DIR_CLIENT, 0, "one\ntwo\n....four\n..."));
	sim_text(&m, DIR_CLIENT, 20, "six\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "one\ntwo\n....four\n...six\n"));
	STOP();

	/* The acknowledgement reaches only part of the hole. */
	sim_start(&m, 7, 5);
	sim_text(&m, DIR_CLIENT, 10, "ten\n");
	sim_ack(&m, DIR_SERVER, 6);
	CU_ASSERT_EQUAL(m.gap, 6);
	CU_ASSERT_EQUAL(m.forwarded, 1);
	sim_text(&m, DIR_CLIENT, 6, "six\n");
	CU_ASSERT(left(DIR_CLIENT, 6, "six\nten\n"));
	/* What lies in a gap comes too late. */
	sim_text(&m, DIR_CLIENT, 0, "late\n");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_ACKED], 1);
	STOP();
}

static void
test_truncated(void)
{
	sim_start(&m, 0xfffffff0, 5);
	sim_segment(
	    &m, DIR_CLIENT, 0, 0, "abc\nXdefghijkl\n", 15, SIM_NO_ACK, 6);
	CU_ASSERT_EQUAL(m.gap, 6);
	CU_ASSERT(left(DIR_CLIENT, 0, "abc\nXdefg......"));
	sim_text(&m, DIR_CLIENT, 15, "Xnext\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "abc\nXdefg......xxxxx\n"));
	/* Sent again, cut again: cannot be compared, passes. */
	sim_segment(
	    &m, DIR_CLIENT, 0, 0, "abc\nXdefghijkl\n", 15, SIM_NO_ACK, 6);
	CU_ASSERT_EQUAL(m.dropped, 0);
	STOP();

	/* Nothing but headers. */
	sim_start(&m, 1, 5);
	sim_segment(&m, DIR_CLIENT, 0, 0, "abcdef\n", 7, SIM_NO_ACK, 7);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 7, "abcdef\n", 7, SIM_NO_ACK, 7);
	CU_ASSERT_EQUAL(m.gap, 14);
	CU_ASSERT_EQUAL(m.forwarded, 2);
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].fins, 1);
	CU_ASSERT_EQUAL(sim_count(&m, m.instance.counters.packet), 0);
	STOP();

	/* Cut and out of order. */
	sim_start(&m, 1, 5);
	sim_segment(&m, DIR_CLIENT, 0, 4, "efgh\n678", 8, SIM_NO_ACK, 3);
	sim_text(&m, DIR_CLIENT, 12, "more\n");
	sim_text(&m, DIR_CLIENT, 0, "abcd");
	CU_ASSERT(left(DIR_CLIENT, 0, "abcdefgh\n...more\n"));
	CU_ASSERT_EQUAL(m.gap, 3);
	STOP();
}

static void
test_fin(void)
{
	/* With data; without; with data held; out of order; again. */
	sim_start(&m, 0xfffffffc, 5);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 0, "Xa\nXb", 5, 0, 0);
	CU_ASSERT(left(DIR_CLIENT, 0, "xx\nxx"));
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].fins, 1);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 0, "Xa\nXb", 5, 0, 0);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 5, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.forwarded, 3);
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].fins, 1);
	sim_text(&m, DIR_CLIENT, 5, "more\n");
	sim_text(&m, DIR_CLIENT, 9, "more\n");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_DATA_PAST_FIN], 2);
	/* The peer acknowledges the FIN: that is no gap. */
	sim_segment(&m, DIR_SERVER, TCP_PSH, 0, "bye\n", 4, 6, 0);
	CU_ASSERT_EQUAL(m.gap, 0);
	STOP();

	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 0, "Xhel");
	sim_text(&m, DIR_CLIENT, 4, "d");
	CU_ASSERT_EQUAL(m.forwarded, 0);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 5, "", 0, 0, 0);
	CU_ASSERT(left(DIR_CLIENT, 0, "xxxxx"));
	CU_ASSERT_EQUAL(m.forwarded, 3);
	STOP();

	sim_start(&m, 1, 5);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 8, "", 0, 0, 0);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 8, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_DUP_IN_QUEUE], 1);
	sim_text(&m, DIR_CLIENT, 4, "two\n");
	CU_ASSERT_EQUAL(m.forwarded, 0);
	sim_text(&m, DIR_CLIENT, 0, "one\n");
	CU_ASSERT_EQUAL(m.forwarded, 3);
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].fins, 1);
	STOP();

	/* A FIN in the middle of what was sent is nonsense. */
	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 0, "one\n");
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 2, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_RSTFIN_OOO], 1);
	STOP();

	/* The last line is dropped, the FIN is not. */
	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 0, "Dr");
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 2, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_INSPECT_DROP], 1);
	CU_ASSERT_EQUAL(m.forwarded, 1);
	STOP();
}

static void
test_duplicates(void)
{
	uint32_t i;
	char line[] = "0123456789012345678901234567890123456789012345678\n";

	/* Acknowledged, but near enough to be remembered. */
	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 0, "Xone\n");
	sim_ack(&m, DIR_SERVER, 5);
	sim_text(&m, DIR_CLIENT, 0, "Xone\n");
	sim_segment(&m, DIR_CLIENT, 0, 4, "?", 1, 0, 0); /* keep-alives */
	sim_segment(&m, DIR_CLIENT, 0, 4, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.dropped, 0);
	CU_ASSERT(left(DIR_CLIENT, 0, "xxxx\n"));
	STOP();

	/* Forgotten. */
	sim_start(&m, 1, 5);
	for (i = 0; i < 100; i++)
		sim_text(&m, DIR_CLIENT, i * 50, line);
	CU_ASSERT_EQUAL(m.pool.bytes.in_use, 5);
	sim_ack(&m, DIR_SERVER, 5000);
	CU_ASSERT_EQUAL(m.pool.bytes.in_use, 1);
	sim_text(&m, DIR_CLIENT, 0, line);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_ACKED], 1);
	sim_segment(&m, DIR_CLIENT, 0, 4999, "?", 1, 0, 0);
	CU_ASSERT_EQUAL(m.out[DIR_CLIENT][4999], '\n');
	STOP();

	/* Of bytes that wait: dropped, unless it carries others too. */
	sim_start(&m, 1, 5);
	sim_text(&m, DIR_CLIENT, 0, "one\nheld");
	sim_text(&m, DIR_CLIENT, 4, "held");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_DUP_IN_QUEUE], 1);
	sim_text(&m, DIR_CLIENT, 0, "one\nheld");
	CU_ASSERT_EQUAL(m.packets.in_use, 2);
	sim_text(&m, DIR_CLIENT, 8, "!\n");
	CU_ASSERT_EQUAL(m.forwarded, 3);
	STOP();
}

/* A command typed byte by byte, and the bound. */
static void
test_held(void)
{
	char text[FAKE_LINE_MAX];
	uint32_t i;

	memset(text, 'a', sizeof(text));
	text[0] = 'X';
	text[sizeof(text) - 1] = '\n';
	sim_start_with(&m, &insp_fake, 0xffffff00, 5, 600, 100);
	for (i = 0; i < sizeof(text) - 1; i++)
		sim_segment(&m, DIR_CLIENT, TCP_PSH, i, text + i, 1, 0, 0);
	CU_ASSERT_EQUAL(m.forwarded, 0);
	/* The recorded server has acknowledged them; they still wait. */
	sim_ack(&m, DIR_SERVER, i);
	CU_ASSERT_EQUAL(m.packets.in_use, i);
	CU_ASSERT_EQUAL(m.gap, 0);
	m.acked[DIR_CLIENT] = 0; /* judge them all the same */
	sim_segment(&m, DIR_CLIENT, TCP_PSH, i, text + i, 1, 0, 0);
	CU_ASSERT_EQUAL(m.packets.in_use, 0);
	CU_ASSERT_EQUAL(m.out[DIR_CLIENT][0], 'x');
	CU_ASSERT_EQUAL(m.out[DIR_CLIENT][510], 'x');
	STOP();
}

static struct insp_result
never(void *state UNUSED, enum dir dir UNUSED, uint8_t *bytes UNUSED,
    size_t length UNUSED, struct insp_ctx *ctx UNUSED)
{
	struct insp_result r = { .released = 0, .verdict = INSP_PASS };

	return r;
}

static struct insp_result
too_much(void *state UNUSED, enum dir dir UNUSED, uint8_t *bytes UNUSED,
    size_t length, struct insp_ctx *ctx UNUSED)
{
	struct insp_result r = { .released = length + 100,
		.verdict = INSP_PASS };

	return r;
}

static void
test_bad_inspectors(void)
{
	static const struct inspector holds = { .name = "holds",
		.data = never };
	static const struct inspector lies = { .name = "lies",
		.data = too_much };
	static char block[1000];
	unsigned i, held;

	memset(block, 'b', sizeof(block));
	sim_start_with(&m, &holds, 1, 5, STREAM_HELD_MAX + 1, 100);
	m.unjudged = true;
	for (i = 0; i < STREAM_HELD_MAX; i++)
		sim_segment(&m, DIR_CLIENT, 0, i, block, 1, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.dropped, 0);
	sim_segment(&m, DIR_CLIENT, 0, i, block, 1, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_BUFFER_FULL], 1);
	CU_ASSERT_PTR_NULL(sim_stop(&m, &held));
	CU_ASSERT_EQUAL(held, STREAM_HELD_MAX);

	/* More than it may hold is judged as it is. */
	sim_start_with(&m, &holds, 1, 5, 64, 100);
	m.unjudged = true;
	for (i = 0; i < 9; i++) {
		CU_ASSERT_EQUAL(m.forwarded, 0);
		sim_segment(
		    &m, DIR_CLIENT, 0, i * 1000, block, 1000, SIM_NO_ACK, 0);
	}
	CU_ASSERT_EQUAL(m.forwarded, 9);
	sim_segment(&m, DIR_CLIENT, TCP_FIN, 9000, block, 10, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.forwarded, 10);
	STOP();

	sim_start_with(&m, &lies, 1, 5, 64, 100);
	m.unjudged = true;
	sim_text(&m, DIR_CLIENT, 0, "abc");
	CU_ASSERT(left(DIR_CLIENT, 0, "abc"));
	STOP();
}

static void
test_pools(void)
{
	static char block[3000];
	struct stream *none;
	uint32_t i;

	memset(block, 'b', sizeof(block));
	block[sizeof(block) - 1] = '\n';
	block[999] = '\n';
	/* Four chunks: the oldest judged bytes are forgotten. */
	sim_start_with(&m, &insp_fake, 0xfffff000, 5, 64, 4);
	none = stream_get(&m.pool, &m.instance);
	CU_ASSERT_PTR_NULL(none);
	for (i = 0; i < 10; i++)
		sim_segment(
		    &m, DIR_CLIENT, 0, i * 1000, block, 1000, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.forwarded, 10);
	CU_ASSERT_EQUAL(m.pool.bytes.in_use, 4);
	/* What cannot be compared any more does not pass again. */
	sim_segment(&m, DIR_CLIENT, 0, 0, block, 1000, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_GLOBAL_BUFFER_FULL], 1);
	sim_segment(&m, DIR_CLIENT, 0, 9000, block, 1000, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.forwarded, 11);
	/* Everything is taken by one direction: the other gets nothing. */
	sim_text(&m, DIR_SERVER, 0, "hello\n");
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_GLOBAL_BUFFER_FULL], 2);
	sim_ack(&m, DIR_SERVER, 10000);
	sim_text(&m, DIR_SERVER, 0, "hello\n");
	CU_ASSERT(left(DIR_SERVER, 0, "hello\n"));
	STOP();

	/* More than fits at once. */
	sim_start_with(&m, &insp_fake, 1, 5, 64, 2);
	sim_segment(&m, DIR_CLIENT, 0, 0, block, 3000, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.reasons[REASON_TCP_GLOBAL_BUFFER_FULL], 1);
	sim_segment(&m, DIR_CLIENT, 0, 0, block, 1000, SIM_NO_ACK, 0);
	CU_ASSERT_EQUAL(m.forwarded, 1);
	STOP();
	stream_put(&m.pool, NULL, NULL);
}

/* A long transfer in large segments, some of them out of order, with masked
 * lines across their borders. */
static void
test_bulk(void)
{
	enum { TOTAL = 60000 };
	static char text[TOTAL], want[TOTAL];
	static const uint32_t sizes[] = { 1460, 1448, 536, 9000, 1, 30000 };
	uint32_t i, at = 0, n, k;

	for (i = 0; i < TOTAL; i++)
		text[i] = i % 71 == 70 ? '\n'
		    : i % 71 == 0      ? (i / 71 % 3 == 0 ? 'X' : 'a')
				       : (char)('a' + i % 26);
	memcpy(want, text, TOTAL);
	for (i = 0; i < TOTAL; i++)
		if (i / 71 % 3 == 0 && want[i] != '\n')
			want[i] = 'x';
	sim_start(&m, 0xffff0000, 5);
	for (k = 0; at < TOTAL; k++) {
		n = MIN(sizes[k % ARRAY_LEN(sizes)], TOTAL - at);
		if (k % 5 == 4 && n > 20) { /* in halves, the second first */
			send_part(text, at + n / 2, at + n);
			send_part(text, at, at + n / 2);
		} else {
			send_part(text, at, at + n);
		}
		at += n;
		if (k % 3 == 0)
			sim_ack(&m, DIR_SERVER, at - n);
	}
	sim_segment(&m, DIR_CLIENT, TCP_FIN, at, "", 0, 0, 0);
	CU_ASSERT_EQUAL(m.dropped, 0);
	CU_ASSERT(memcmp(m.out[DIR_CLIENT], want, TOTAL) == 0);
	STOP();
}

/* A checksum that was wrong stays wrong by the same difference. */
static void
test_bad_checksum(void)
{
	sim_start(&m, 1, 5);
	m.bad_csum = true;
	sim_text(&m, DIR_CLIENT, 0, "Xsecret\n");
	CU_ASSERT(left(DIR_CLIENT, 0, "xxxxxxx\n"));
	STOP();
}

static void
test_passing(void)
{
	/* SYN with data (RFC 7413), a RST, bare ACKs. */
	sim_start(&m, 1, 5);
	sim_segment(
	    &m, DIR_CLIENT, TCP_SYN, (uint32_t)-1, "early\n", 6, SIM_NO_ACK, 0);
	CU_ASSERT(left(DIR_CLIENT, 0, "early\n"));
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].lines, 1);
	sim_text(&m, DIR_CLIENT, 6, "next\n");
	CU_ASSERT_EQUAL(m.record[DIR_CLIENT].lines, 2);
	sim_text(&m, DIR_CLIENT, 11, "held");
	sim_segment(&m, DIR_SERVER, TCP_RST, 0, "", 0, 11, 0);
	CU_ASSERT_EQUAL(m.forwarded, 3);
	STOP();
}

int
main(void)
{
	static const CU_TestInfo tests[] = {
		{ "cut at every byte", test_cut_at_every_byte },
		{ "segments of every size", test_segments_of_every_size },
		{ "reorder", test_reorder },
		{ "buffer full", test_buffer_full },
		{ "first copy wins", test_first_copy_wins },
		{ "drop", test_drop },
		{ "many drops", test_many_drops },
		{ "close", test_close },
		{ "bypass", test_bypass },
		{ "gap", test_gap },
		{ "truncated", test_truncated },
		{ "fin", test_fin },
		{ "duplicates", test_duplicates },
		{ "held", test_held },
		{ "bad inspectors", test_bad_inspectors },
		{ "pools", test_pools },
		{ "bulk", test_bulk },
		{ "bad checksum", test_bad_checksum },
		{ "passing", test_passing },
	};
	CU_pSuite suite;
	unsigned i, failures;

	CU_initialize_registry();
	suite = CU_add_suite("stream", NULL, NULL);
	for (i = 0; i < ARRAY_LEN(tests); i++)
		CU_add_test(suite, tests[i].pName, tests[i].pTestFunc);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures != 0;
}

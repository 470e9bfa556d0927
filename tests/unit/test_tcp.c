/* SPDX-License-Identifier: ISC
 *
 * Each case is a script of segments: "C" or "S" (client, server), flags, then
 * the sequence number, what it acknowledges, how many bytes it carries; after
 * ">" the reason if it is refused. Numbers count from the sides' ISN.
 */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include "frames.h"
#include "tcp.h"
#include "util.h"

static struct pktpool pool;
static const struct tcp_timeouts times = { 30, 3600, 600 };

static const struct tcp_case {
	const char *what;
	const char *script;
	enum conn_state state;
	const char *flags, *inbound; /* conn_flags_text() at the end */
} cases[] = {
	{ "SYN", "", CONN_SYN_SENT, "saA", "SaAB" },
	{ "SYN-ACK", "S SA 0 1 0", CONN_SYN_RCVD, "A", "aB" },
	{ "open", "S SA 0 1 0, C A 1 1 0", CONN_ESTABLISHED, "U", "UB" },
	{ "client speaks", "S SA 0 1 0, C A 1 1 5", CONN_ESTABLISHED, "UO",
	    "UIB" },
	{ "both speak", "S SA 0 1 0, C A 1 1 5, S A 1 6 9, C A 6 10 0",
	    CONN_ESTABLISHED, "UIO", "UIOB" },
	{ "client's FIN", "S SA 0 1 0, C A 1 1 5, S A 1 6 9, C FA 6 10 0",
	    CONN_CLOSING, "UfIO", "UFIOB" },
	{ "both FINs",
	    "S SA 0 1 0, C A 1 1 5, S A 1 6 9, C FA 6 10 0, S FA 10 7 0",
	    CONN_CLOSING, "UfFRIO", "UfFrIOB" },
	{ "closed", "S SA 0 1 0, C A 1 1 0, C FA 1 1 0, S FA 1 2 0, C A 2 2 0",
	    CONN_CLOSED, NULL, NULL },
	{ "closed by the server first",
	    "S SA 0 1 0, C A 1 1 0, S FA 1 1 0, C A 1 2 0, C FA 1 2 0, "
	    "S A 2 2 0",
	    CONN_CLOSED, NULL, NULL },
	{ "both close at once",
	    "S SA 0 1 0, C A 1 1 0, C FA 1 1 0, S FA 1 1 0, C A 2 2 0, "
	    "S A 2 2 0",
	    CONN_CLOSED, NULL, NULL },
	{ "half closed, server goes on",
	    "S SA 0 1 0, C FA 1 1 0, S A 1 2 100, C A 2 101 0, S A 101 2 9",
	    CONN_CLOSING, NULL, NULL },
	{ "FIN again",
	    "S SA 0 1 0, C A 1 1 0, C FA 1 1 3, C FA 1 1 3, C FA "
	    "4 1 0",
	    CONN_CLOSING, NULL, NULL },
	{ "data after FIN",
	    "S SA 0 1 0, C A 1 1 0, C FA 1 1 0, C A 2 1 5 > data-past-fin, "
	    "C A 1 1 1",
	    CONN_CLOSING, NULL, NULL },
	{ "opened anew while it is still up: nothing of it passes",
	    "S SA 0 1 0, C A 1 1 5, S A 1 6 9, C S 99 0 0 > syn-ooo, "
	    "S SA 77 100 0 > synack-ooo, C A 100 78 0 > seq-past-win, "
	    "S A 78 100 20 > seq-past-win",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "FIN before what was sent",
	    "S SA 0 1 0, C A 1 1 50, C FA 1 1 3 > rstfin-ooo", CONN_ESTABLISHED,
	    NULL, NULL },
	{ "second FIN elsewhere",
	    "S SA 0 1 0, C A 1 1 50, C FA 51 1 3, C FA 40 1 0 > rstfin-ooo",
	    CONN_CLOSING, NULL, NULL },
	{ "FIN past the window",
	    "S SA 0 1 0, C A 1 1 0, C FA 200000 1 0 > rstfin-ooo",
	    CONN_ESTABLISHED, NULL, NULL },

	{ "SYN again", "C S 0 0 0, S SA 0 1 0, C S 0 0 0, S SA 0 1 0",
	    CONN_SYN_RCVD, NULL, NULL },
	{ "SYN with another ISN", "C S 77 0 0 > seq-syn-diff", CONN_SYN_SENT,
	    NULL, NULL },
	{ "SYN-ACK with another ISN", "S SA 0 1 0, S SA 9 1 0 > seq-syn-diff",
	    CONN_SYN_RCVD, NULL, NULL },
	{ "SYN-ACK of nothing",
	    "S SA 0 2 0 > ack-syn-diff, S SA 0 0 0 > "
	    "ack-syn-diff",
	    CONN_SYN_SENT, NULL, NULL },
	{ "SYN on established", "S SA 0 1 0, C A 1 1 0, C S 5 0 0 > syn-ooo",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "SYN-ACK on established",
	    "S SA 0 1 0, C A 1 1 0, S SA 0 1 0, S SA 5 1 0 > synack-ooo",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "SYN-ACK from the client", "C SA 0 1 0 > 3whs-failed", CONN_SYN_SENT,
	    NULL, NULL },
	{ "both open", "S S 0 0 0 > dual-open", CONN_SYN_SENT, NULL, NULL },
	{ "data before the SYN-ACK",
	    "C A 1 1 5 > 3whs-failed, S A 1 1 5 > 3whs-failed", CONN_SYN_SENT,
	    NULL, NULL },
	{ "server's ACK before the client's",
	    "S SA 0 1 0, S A 1 1 0 > "
	    "3whs-failed",
	    CONN_SYN_RCVD, NULL, NULL },
	{ "third ACK wrong",
	    "S SA 0 1 0, C A 1 9 0 > invalid-ack, C A 1 0 0 > invalid-ack",
	    CONN_SYN_RCVD, NULL, NULL },
	{ "third ACK not captured", "S SA 0 1 0, S A 1 1 20, C A 1 21 0",
	    CONN_ESTABLISHED, "UI", "UOB" },
	{ "SYN-ACK with data", "S SA 0 1 10, C A 1 11 0, S A 11 1 5",
	    CONN_ESTABLISHED, NULL, NULL },

	{ "no flags", "C . 1 0 0 > bad-flags", CONN_SYN_SENT, NULL, NULL },
	{ "xmas", "S SA 0 1 0, C FPU 1 0 0 > bad-flags", CONN_SYN_RCVD, NULL,
	    NULL },
	{ "SYN FIN", "C SF 0 0 0 > bad-flags", CONN_SYN_SENT, NULL, NULL },
	{ "SYN RST", "C SR 0 0 0 > bad-flags", CONN_SYN_SENT, NULL, NULL },

	{ "refused", "S RA 0 1 0", CONN_CLOSED, "out", "in" },
	{ "refused without ACK", "S R 0 0 0 > rstfin-ooo", CONN_SYN_SENT, NULL,
	    NULL },
	{ "refused, another one's", "S RA 0 5 0 > rstfin-ooo", CONN_SYN_SENT,
	    NULL, NULL },
	{ "client gives up", "C R 1 0 0", CONN_CLOSED, "in", "out" },
	{ "client refuses the SYN-ACK", "S SA 0 1 0, C R 1 0 0", CONN_CLOSED,
	    "in", "out" },
	{ "server resets in between", "S SA 0 1 0, S RA 1 1 0", CONN_CLOSED,
	    "out", "in" },
	{ "reset", "S SA 0 1 0, C A 1 1 5, S R 1 0 0", CONN_CLOSED, "out",
	    "in" },
	{ "reset with data unacknowledged", "S SA 0 1 0, C A 1 1 5, C RA 6 1 0",
	    CONN_CLOSED, "in", "out" },
	{ "old reset",
	    "S SA 0 1 0, C A 1 1 5, S A 1 6 0, C R 3 0 0 > "
	    "rstfin-ooo",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "reset past the window",
	    "S SA 0 1 0, C A 1 1 5, S R 99999 0 0 > rstfin-ooo",
	    CONN_ESTABLISHED, NULL, NULL },

	{ "sent again",
	    "S SA 0 1 0, C A 1 1 5, C A 1 1 5, S A 1 6 0, C A 1 1 5",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "keep-alives",
	    "S SA 0 1 0, C A 1 1 5, S A 1 6 0, C A 5 1 0, C A 5 1 1",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "zero window probe",
	    "S SA 0 1 0, C A 1 1 0, S Az 1 1 0, C A 1 1 1, S Az 1 1 0",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "out of order in the window",
	    "S SA 0 1 0, C A 1 1 0, C A 1001 1 500, C A 1 1 1000",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "past the window",
	    "S SA 0 1 0, C A 1 1 0, C A 131072 1 5 > seq-past-win",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "far below the window",
	    "S SA 0 1 0, C A 1 1 0, C A -70000 1 5 > acked", CONN_ESTABLISHED,
	    NULL, NULL },
	{ "capture lost what is acknowledged",
	    "S SA 0 1 0, C A 1 1 0, C A 1 9000 10, S A 9000 11 7, C A 11 9007 0",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "acknowledges what cannot be",
	    "S SA 0 1 0, C A 1 1 0, C A 1 99000 0 > invalid-ack",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "acknowledges past the FIN",
	    "S SA 0 1 0, C A 1 1 0, S FA 1 1 0, C A 1 3 0 > invalid-ack",
	    CONN_CLOSING, NULL, NULL },
	{ "old acknowledgement",
	    "S SA 0 1 0, C A 1 1 0, S A 1 1 100, C A 1 101 0, C A 1 1 3",
	    CONN_ESTABLISHED, NULL, NULL },
	{ "acknowledgement of before the start",
	    "S SA 0 1 0, C A 1 1 0, C A 1 -70000 3 > invalid-ack",
	    CONN_ESTABLISHED, NULL, NULL },
};

static uint8_t
flags_of(const char *s, bool *zero)
{
	uint8_t flags = 0;

	*zero = false;
	for (; *s != '\0'; s++) {
		switch (*s) {
		case 'F':
			flags |= TCP_FIN;
			break;
		case 'S':
			flags |= TCP_SYN;
			break;
		case 'R':
			flags |= TCP_RST;
			break;
		case 'P':
			flags |= TCP_PSH;
			break;
		case 'A':
			flags |= TCP_ACK;
			break;
		case 'U':
			flags |= TCP_URG;
			break;
		case 'z':
			*zero = true;
			break;
		default:
			break;
		}
	}
	return flags;
}

static void
make(struct pkt *p, const uint32_t isn[2], enum dir dir, const char *flags,
    int seq, int ack, unsigned length, uint8_t wscale)
{
	static const uint8_t bytes[2000];
	struct frame_tcp f = {
		.src = 1,
		.dst = 2,
		.sport = 3,
		.dport = 4,
		.seq = isn[dir] + (uint32_t)seq,
		.ack = isn[!dir] + (uint32_t)ack,
		.window = 65535,
		.wscale = wscale,
		.payload = bytes,
		.length = length,
	};
	bool zero;

	f.flags = flags_of(flags, &zero);
	if (zero)
		f.window = 0;
	CU_ASSERT_EQUAL_FATAL(frame_make_tcp(p, &f), REASON_NONE);
}

/* Plays a script on c; tells the first line that does not go as it says. */
static const char *
play(struct conn *c, const uint32_t isn[2], const char *script)
{
	static char line[100];
	char side, flags[8], want[40];
	struct pkt *p = pkt_get(&pool);
	enum reason why;
	uint64_t timeout;
	unsigned length;
	int seq, ack;
	size_t n;

	for (; *script != '\0'; script += n) {
		script += strspn(script, ", ");
		n = strcspn(script, ",");
		snprintf(line, sizeof(line), "%.*s", (int)n, script);
		want[0] = '\0';
		if (sscanf(line, "%c %7s %d %d %u > %39s", &side, flags, &seq,
			&ack, &length, want) < 5)
			break;
		make(p, isn, side == 'C' ? DIR_CLIENT : DIR_SERVER, flags, seq,
		    ack, length, 0);
		why = tcp_track(c, p, side == 'C' ? DIR_CLIENT : DIR_SERVER,
		    &times, &timeout);
		if (why == REASON_NONE ? want[0] != '\0'
				       : want[0] == '\0' ||
			    strstr(reason_keyword(why), want) == NULL) {
			/* "bad-flags" stands for "bad-tcp-flags" */
			if (why != REASON_TCP_BAD_FLAGS ||
			    strcmp(want, "bad-flags") != 0) {
				pkt_put(&pool, p);
				return line;
			}
		}
	}
	pkt_put(&pool, p);
	return *script == '\0' ? NULL : line;
}

static void
open_conn(struct conn *c, const uint32_t isn[2], bool inbound)
{
	struct pkt *p = pkt_get(&pool);

	memset(c, 0, sizeof(*c));
	c->inbound = inbound;
	make(p, isn, DIR_CLIENT, "S", 0, 0, 0, 0);
	CU_ASSERT_EQUAL(tcp_may_open(p), REASON_NONE);
	tcp_open(c, p);
	pkt_put(&pool, p);
}

static void
test_scripts(void)
{
	static const uint32_t isns[][2] = { { 1000, 5000 },
		{ 0xffffffff, 0xfffffff0 }, { 0x7fffffff, 0x7ffffff0 } };
	const struct tcp_case *t;
	const char *line, *flags;
	struct conn c;
	char buf[24];
	size_t i, k;
	int in;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		t = &cases[i];
		for (k = 0; k < ARRAY_LEN(isns) * 2; k++) {
			in = k % 2;
			open_conn(&c, isns[k / 2], in);
			line = play(&c, isns[k / 2], t->script);
			if (line != NULL || c.state != t->state) {
				printf("\n    %s: %s state %d", t->what,
				    line == NULL ? "" : line, c.state);
				CU_FAIL("script");
			}
			flags = in ? t->inbound : t->flags;
			if (flags == NULL)
				continue;
			if (strcmp(flags, "in") == 0)
				CU_ASSERT_EQUAL(c.end, REASON_FLOW_RESET_IN)
			else if (strcmp(flags, "out") == 0)
				CU_ASSERT_EQUAL(c.end, REASON_FLOW_RESET_OUT)
			else
				CU_ASSERT_STRING_EQUAL(
				    conn_flags_text(&c, buf), flags);
			if (t->state == CONN_CLOSED && flags == NULL)
				CU_ASSERT_EQUAL(c.end, REASON_FLOW_TCP_FINS);
		}
	}
}

static void
test_may_open(void)
{
	static const struct {
		uint8_t flags;
		enum reason why;
	} t[] = {
		{ TCP_SYN, REASON_NONE },
		{ TCP_SYN | 0xc0, REASON_NONE }, /* ECN, RFC 3168 */
		{ TCP_SYN | TCP_PSH, REASON_NONE },
		{ TCP_SYN | TCP_ACK, REASON_TCP_NOT_SYN },
		{ TCP_ACK, REASON_TCP_NOT_SYN },
		{ TCP_RST, REASON_TCP_NOT_SYN },
		{ TCP_FIN | TCP_ACK, REASON_TCP_NOT_SYN },
		{ TCP_FIN, REASON_TCP_BAD_FLAGS },
		{ 0, REASON_TCP_BAD_FLAGS },
		{ TCP_SYN | TCP_FIN, REASON_TCP_BAD_FLAGS },
		{ TCP_SYN | TCP_RST, REASON_TCP_BAD_FLAGS },
	};
	struct pkt p;
	size_t i;

	memset(&p, 0, sizeof(p));
	for (i = 0; i < ARRAY_LEN(t); i++) {
		p.tcp_flags = t[i].flags;
		CU_ASSERT_EQUAL(tcp_may_open(&p), t[i].why);
	}
}

static void
test_timeouts(void)
{
	static const uint32_t isn[2] = { 5, 9 };
	struct pkt *p = pkt_get(&pool);
	uint64_t timeout = 0;
	struct conn c;

	open_conn(&c, isn, false);
	make(p, isn, DIR_SERVER, "SA", 0, 1, 0, 0);
	tcp_track(&c, p, DIR_SERVER, &times, &timeout);
	CU_ASSERT_EQUAL(timeout, 30);
	make(p, isn, DIR_CLIENT, "A", 1, 1, 0, 0);
	tcp_track(&c, p, DIR_CLIENT, &times, &timeout);
	CU_ASSERT_EQUAL(timeout, 3600);
	make(p, isn, DIR_CLIENT, "FA", 1, 1, 0, 0);
	tcp_track(&c, p, DIR_CLIENT, &times, &timeout);
	CU_ASSERT_EQUAL(timeout, 600);
	c.state = CONN_KILLED;
	CU_ASSERT_EQUAL(tcp_track(&c, p, DIR_CLIENT, &times, &timeout),
	    REASON_INSPECT_CLOSED);
	pkt_put(&pool, p);
}

static void
test_wscale(void)
{
	static const uint32_t isn[2] = { 5, 9 };
	struct pkt *p = pkt_get(&pool);
	uint64_t timeout;
	struct conn c;
	int both;

	for (both = 0; both < 2; both++) {
		memset(&c, 0, sizeof(c));
		make(p, isn, DIR_CLIENT, "S", 0, 0, 0, 7);
		tcp_open(&c, p);
		CU_ASSERT_EQUAL(c.tcp[DIR_CLIENT].win, 65535);
		make(p, isn, DIR_SERVER, "SA", 0, 1, 0, both ? 8 : 0);
		tcp_track(&c, p, DIR_SERVER, &times, &timeout);
		make(p, isn, DIR_CLIENT, "A", 1, 1, 0, 0);
		CU_ASSERT_EQUAL(tcp_track(&c, p, DIR_CLIENT, &times, &timeout),
		    REASON_NONE);
		CU_ASSERT_EQUAL(
		    c.tcp[DIR_CLIENT].win, both ? 65535u << 7 : 65535);
		/* three megabytes ahead */
		make(p, isn, DIR_SERVER, "A", 3000000, 1, 100, 0);
		CU_ASSERT_EQUAL(tcp_track(&c, p, DIR_SERVER, &times, &timeout),
		    both ? REASON_NONE : REASON_TCP_SEQ_PAST_WIN);
	}
	/* Options that the snap length has cut: no window is too far. */
	memset(&c, 0, sizeof(c));
	make(p, isn, DIR_CLIENT, "S", 0, 0, 0, 7);
	p->caplen -= 4;
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	tcp_open(&c, p);
	CU_ASSERT_EQUAL(c.tcp[DIR_CLIENT].wscale, 14);
	pkt_put(&pool, p);
}

/* Broken option lists are not read past their end. */
static void
test_options(void)
{
	static const uint32_t isn[2] = { 5, 9 };
	struct pkt *p = pkt_get(&pool);
	struct conn c;
	unsigned v;

	for (v = 0; v < 256 * 256; v++) {
		memset(&c, 0, sizeof(c));
		make(p, isn, DIR_CLIENT, "S", 0, 0, 0, 7);
		p->data[p->l4 + 20] = (uint8_t)v;
		p->data[p->l4 + 21] = (uint8_t)(v >> 8);
		tcp_open(&c, p);
		CU_ASSERT(c.tcp[DIR_CLIENT].wscale <= 14);
	}
	pkt_put(&pool, p);
}

static void
test_text(void)
{
	static const struct inspector esmtp = { .name = "esmtp" };
	static const struct inspector other = { .name = "dns" };
	struct insp_instance inst = { .inspector = &esmtp };
	struct conn c;
	char buf[40], text[24];

	CU_ASSERT_STRING_EQUAL(tcp_flags_text(0, buf), "");
	CU_ASSERT_STRING_EQUAL(
	    tcp_flags_text(TCP_FIN | TCP_ACK, buf), "FIN ACK ");
	CU_ASSERT_STRING_EQUAL(
	    tcp_flags_text(0xff, buf), "FIN SYN RST PSH ACK URG ");
	memset(&c, 0, sizeof(c));
	c.state = CONN_DATAGRAM;
	CU_ASSERT_STRING_EQUAL(conn_flags_text(&c, text), "-");
	c.state = CONN_ESTABLISHED;
	c.data[0] = c.data[1] = true;
	c.inspect = &inst;
	CU_ASSERT_STRING_EQUAL(conn_flags_text(&c, text), "UIOM");
	inst.inspector = &other;
	CU_ASSERT_STRING_EQUAL(conn_flags_text(&c, text), "UIO");
	inst.inspector = NULL;
	CU_ASSERT_STRING_EQUAL(conn_flags_text(&c, text), "UIO");
	/* all there is */
	inst.inspector = &esmtp;
	c.inbound = true;
	c.tcp[0].fin = c.tcp[1].fin = true;
	c.tcp[0].fin_acked = c.tcp[1].fin_acked = true;
	CU_ASSERT_STRING_EQUAL(conn_flags_text(&c, text), "UfFRrIOBM");
}

int
main(void)
{
	CU_pSuite suite;
	unsigned failures;

	if (pktpool_init(&pool, 2) != 0)
		return 1;
	CU_initialize_registry();
	suite = CU_add_suite("tcp", NULL, NULL);
	CU_add_test(suite, "scripts", test_scripts);
	CU_add_test(suite, "may open", test_may_open);
	CU_add_test(suite, "timeouts", test_timeouts);
	CU_add_test(suite, "window scale", test_wscale);
	CU_add_test(suite, "options", test_options);
	CU_add_test(suite, "text", test_text);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	pktpool_fini(&pool);
	return failures != 0;
}

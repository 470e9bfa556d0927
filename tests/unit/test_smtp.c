/* SPDX-License-Identifier: ISC */
#include "smtp.h"

#include <CUnit/Basic.h>
#include <string.h>

#include "util.h"

static void
test_word(void)
{
	CU_ASSERT(word_eq_nocase("mail", 4, "MAIL"));
	CU_ASSERT(word_eq_nocase("StartTLS", 8, "STARTTLS"));
	CU_ASSERT_FALSE(word_eq_nocase("mai", 3, "MAIL"));
	CU_ASSERT_FALSE(word_eq_nocase("mails", 5, "MAIL"));
	CU_ASSERT_FALSE(word_eq_nocase("", 0, "MAIL"));
	CU_ASSERT(word_eq_nocase("", 0, ""));
	/* bytes that differ in the case bit only, but are no letters */
	CU_ASSERT_FALSE(word_eq_nocase("[", 1, "{"));
	CU_ASSERT_FALSE(word_eq_nocase("\0", 1, ""));
}

static void
test_path(void)
{
	static const struct {
		const char *arg, *address, *mailbox, *domain;
		long long size; /* -1: none declared */
	} cases[] = {
		{ "FROM:<a@b.c>", "a@b.c", "a@b.c", "b.c", -1 },
		{ "from: <a@b.c>", "a@b.c", "a@b.c", "b.c", -1 },
		{ "FROM : a@b.c SIZE=5", "a@b.c", "a@b.c", "b.c", 5 },
		{ "TO:<Postmaster>", "Postmaster", "Postmaster", "", -1 },
		{ "FROM:<>", "", "", "", -1 },
		{ "FROM:<> SIZE=0", "", "", "", 0 },
		{ "FROM:", "", "", "", -1 },
		{ "", "", "", "", -1 },
		{ "a@b", "a@b", "a@b", "b", -1 },
		/* RFC 5321 appendix C: source routes */
		{ "FROM:<@x,@y.z:a@b>", "@x,@y.z:a@b", "a@b", "b", -1 },
		{ "FROM:<@x>", "@x", "@x", "x", -1 },
		/* quoted local parts hide what looks like syntax */
		{ "FROM:<\"a> b\"@c> SIZE=7", "\"a> b\"@c", "\"a> b\"@c", "c",
		    7 },
		{ "FROM:<\"a\\\"@x\"@c>", "\"a\\\"@x\"@c", "\"a\\\"@x\"@c", "c",
		    -1 },
		{ "FROM:<a@b@c>", "a@b@c", "a@b@c", "c", -1 },
		{ "FROM:<a@[192.0.2.1]>", "a@[192.0.2.1]", "a@[192.0.2.1]",
		    "[192.0.2.1]", -1 },
		/* never closed: a word */
		{ "FROM:<a@b SIZE=3", "a@b", "a@b", "b", 3 },
		{ "FROM:<\"a@b>", "\"a@b>", "\"a@b>", "", -1 },
		/* parameters: RFC 1870, case, position */
		{ "FROM:<a@b> BODY=8BITMIME size=12", "a@b", "a@b", "b", 12 },
		{ "FROM:<a@b> SIZE", "a@b", "a@b", "b", -1 },
		{ "FROM:<a@b> XSIZE=9", "a@b", "a@b", "b", -1 },
		{ "FROM:<a@b>SIZE=4", "a@b", "a@b", "b", 4 },
		{ "FROM:<a@b> SIZE=99999999999999999999999", "a@b", "a@b", "b",
		    -2 },
	};
	struct smtp_path p;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		const char *a = cases[i].arg;

		smtp_parse_path((const uint8_t *)a, strlen(a), &p);
		if (p.length != strlen(cases[i].address) ||
		    memcmp(a + p.at, cases[i].address, p.length) != 0 ||
		    p.mailbox_size != strlen(cases[i].mailbox) ||
		    memcmp(a + p.mailbox, cases[i].mailbox, p.mailbox_size) !=
			0 ||
		    p.domain_size != strlen(cases[i].domain) ||
		    memcmp(a + p.domain, cases[i].domain, p.domain_size) != 0 ||
		    p.has_size != (cases[i].size != -1) ||
		    (cases[i].size >= 0 && p.size != (uint64_t)cases[i].size) ||
		    (cases[i].size == -2 && p.size != UINT64_MAX))
			CU_FAIL(cases[i].arg);
	}
}

static void
test_chunk(void)
{
	static const char max[] = "18446744073709551615";

	CU_ASSERT_EQUAL(smtp_parse_chunk((const uint8_t *)"129 LAST", 8), 129);
	CU_ASSERT_EQUAL(smtp_parse_chunk((const uint8_t *)"LAST", 4), 0);
	CU_ASSERT_EQUAL(smtp_parse_chunk((const uint8_t *)"", 0), 0);
	CU_ASSERT_EQUAL(
	    smtp_parse_chunk((const uint8_t *)max, strlen(max)), UINT64_MAX);
}

/* One push of client bytes. */
static size_t
push(struct smtp *s, const char *b, unsigned flags, struct smtp_event *ev)
{
	return smtp_client(s, (const uint8_t *)b, strlen(b), flags, ev);
}

static void
test_lines(void)
{
	static const struct {
		const char *bytes;
		unsigned flags;
		enum smtp_ev type;
		enum smtp_end end;
		size_t used, text;
		unsigned kind;
		size_t arg;
	} cases[] = {
		{ "QUIT\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 6, 4, VERB_QUIT,
		    4 },
		{ "quit\r\nx", 0, SMTP_COMMAND, SMTP_END_CRLF, 6, 4, VERB_QUIT,
		    4 },
		{ "Mail  From:<>\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 15, 13,
		    VERB_MAIL, 6 },
		{ "HELP\tme\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 9, 7,
		    VERB_HELP, 5 },
		{ "STARTTLS\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 10, 8,
		    VERB_STARTTLS, 8 },
		{ "BDAT 5 LAST\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 13, 11,
		    SMTP_BDAT, 5 },
		{ "QUITX\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 7, 5,
		    VERB_UNKNOWN, 5 },
		{ " QUIT\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 7, 5,
		    VERB_UNKNOWN, 1 },
		{ "\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 2, 0, VERB_UNKNOWN,
		    0 },
		{ "QUIT\n", 0, SMTP_COMMAND, SMTP_END_LF, 5, 4, VERB_QUIT, 4 },
		{ "QUIT\rx", 0, SMTP_COMMAND, SMTP_END_CR, 5, 4, VERB_QUIT, 4 },
		{ "QUIT\r\r\n", 0, SMTP_COMMAND, SMTP_END_CR, 5, 4, VERB_QUIT,
		    4 },
		{ "QUIT\r", 0, SMTP_NONE, SMTP_END_CRLF, 0, 0, 0, 0 },
		{ "QUIT", 0, SMTP_NONE, SMTP_END_CRLF, 0, 0, 0, 0 },
		{ "QUIT", SMTP_FINAL, SMTP_COMMAND, SMTP_END_FIN, 4, 4,
		    VERB_QUIT, 4 },
		{ "QUI", SMTP_KEYED, SMTP_TYPED, SMTP_END_CRLF, 3, 3, 0, 0 },
		{ "Q\r", SMTP_KEYED, SMTP_NONE, SMTP_END_CRLF, 0, 0, 0, 0 },
		{ "Q\n", SMTP_KEYED, SMTP_COMMAND, SMTP_END_LF, 2, 1,
		    VERB_UNKNOWN, 1 },
		/* the limit, here 20, is that of the line with its end */
		{ "NOOP 9012345678\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 17, 15,
		    VERB_NOOP, 5 },
		{ "NOOP 90123456789012\r\n", 0, SMTP_COMMAND, SMTP_END_CRLF, 21,
		    19, VERB_NOOP, 5 },
		{ "NOOP 901234567890123\r\n", 0, SMTP_COMMAND, SMTP_END_OPEN,
		    21, 21, VERB_NOOP, 5 },
		{ "NOOP 90123456789012345678", 0, SMTP_COMMAND, SMTP_END_OPEN,
		    21, 21, VERB_NOOP, 5 },
		{ "NOOP 901234567890123", 0, SMTP_NONE, SMTP_END_CRLF, 0, 0, 0,
		    0 },
	};
	struct smtp_event ev;
	struct smtp s;
	size_t i, used;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		smtp_init(&s, 20, 100);
		used = push(&s, cases[i].bytes, cases[i].flags, &ev);
		if (used != cases[i].used || ev.type != cases[i].type ||
		    (ev.type == SMTP_COMMAND &&
			(ev.end != cases[i].end ||
			    ev.text_length != cases[i].text ||
			    ev.kind != cases[i].kind ||
			    ev.arg != cases[i].arg)))
			CU_FAIL(cases[i].bytes);
	}
}

/* Reply lines as they come; the state says which command they answer. */
static void
test_replies(void)
{
	static const struct {
		const char *line;
		unsigned code, answers;
		bool last, unexpected;
	} cases[] = {
		{ "220-hello\r\n", 220, SMTP_CONNECT, false, false },
		{ "220 hello\r\n", 220, SMTP_CONNECT, true, false },
		{ "250\r\n", 250, VERB_EHLO, true, false },
		{ "junk\r\n", 0, VERB_MAIL, false, false },
		{ "650 x\r\n", 0, VERB_MAIL, false, false },
		{ "25\r\n", 0, VERB_MAIL, false, false },
		{ "2501 x\r\n", 0, VERB_MAIL, false, false },
		{ "\n", 0, VERB_MAIL, false, false },
		{ "250-a\n", 250, VERB_MAIL, false, false },
		{ "junk\r\n", 0, VERB_MAIL, false, false },
		{ "250 b\n", 250, VERB_MAIL, true, false },
		{ "334 more\r\n", 334, VERB_AUTH, true, false },
		{ "334 more\r\n", 334, VERB_AUTH, true, false },
		{ "235 ok\r\n", 235, VERB_AUTH, true, false },
		{ "220 no\r\n", 220, VERB_NOOP, true, true },
		{ "421 bye\r\n", 421, SMTP_NOTHING, true, false },
		{ "250 what\r\n", 250, SMTP_NOTHING, true, true },
		{ "354 go\r\n", 354, SMTP_NOTHING, true, true },
	};
	struct smtp_event ev;
	struct smtp s;
	size_t i, used;

	smtp_init(&s, 100, 100);
	smtp_sent(&s, VERB_EHLO, 0);
	smtp_sent(&s, VERB_MAIL, 0);
	smtp_sent(&s, VERB_AUTH, 0);
	smtp_sent(&s, VERB_NOOP, 0);
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		used = smtp_server(&s, (const uint8_t *)cases[i].line,
		    strlen(cases[i].line), 0, &ev);
		if (used != strlen(cases[i].line) || ev.type != SMTP_REPLY ||
		    ev.code != cases[i].code ||
		    ev.answers != cases[i].answers ||
		    ev.reply_last != cases[i].last ||
		    ev.unexpected != cases[i].unexpected)
			CU_FAIL(cases[i].line);
	}
	/* the last one opened a message */
	CU_ASSERT_EQUAL(push(&s, "QUIT\r\n", 0, &ev), 6);
	CU_ASSERT_EQUAL(ev.type, SMTP_TEXT);
}

static unsigned
answer(struct smtp *s, const char *line)
{
	struct smtp_event ev;

	smtp_server(s, (const uint8_t *)line, strlen(line), 0, &ev);
	return ev.answers;
}

/* Commands beyond the queue are counted, so replies stay in step; a 354 says
 * what it is by itself. */
static void
test_queue(void)
{
	struct smtp_event ev;
	struct smtp s;
	unsigned i;

	smtp_init(&s, 100, 100);
	CU_ASSERT_EQUAL(answer(&s, "220 x\r\n"), SMTP_CONNECT);
	for (i = 0; i < SMTP_QUEUE_MAX + 10; i++)
		smtp_sent(&s, VERB_NOOP, 0);
	smtp_sent(&s, VERB_QUIT, 0);
	for (i = 0; i < SMTP_QUEUE_MAX; i++)
		CU_ASSERT_EQUAL(answer(&s, "250 x\r\n"), VERB_NOOP);
	for (i = 0; i < 11; i++)
		CU_ASSERT_EQUAL(answer(&s, "250 x\r\n"), SMTP_MASKED);
	CU_ASSERT_EQUAL(answer(&s, "250 x\r\n"), SMTP_NOTHING);
	smtp_sent(&s, VERB_RSET, 0);
	CU_ASSERT_EQUAL(answer(&s, "250 x\r\n"), VERB_RSET);
	for (i = 0; i < SMTP_QUEUE_MAX; i++)
		smtp_sent(&s, VERB_NOOP, 0);
	smtp_sent(&s, VERB_DATA, 0);
	answer(&s, "354 x\r\n");
	push(&s, "text\r\n", 0, &ev);
	CU_ASSERT_EQUAL(ev.type, SMTP_TEXT);
}

/* The text of a message whatever the cuts, without stuffing and final dot. */
static void
test_message(void)
{
	static const struct {
		const char *bytes, *text, *rest;
	} cases[] = {
		{ ".\r\nQUIT\r\n", "", "QUIT\r\n" },
		{ "a\r\n.\r\nx", "a\r\n", "x" },
		{ "..\r\n.a\r\n.\r\n", ".\r\na\r\n", "" },
		{ "\n.\r\n\r\n.\r\n", "\n.\r\n\r\n", "" },
		{ "\r\n.\n\r\n.\r\n", "\r\n\n\r\n", "" },
		{ ".\r.\r\n.\r\n", "\r.\r\n", "" },
		{ ".\r\r\n.\r\n", "\r\r\n", "" },
		{ "a\r.\r\n.\r\n", "a\r.\r\n", "" },
		{ "...\r\n..\r\n.\r\n.\r\n", "..\r\n.\r\n", ".\r\n" },
	};
	struct smtp_event ev;
	struct strbuf text;
	struct smtp s;
	size_t i, n, cut, pos, used;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		n = strlen(cases[i].bytes);
		for (cut = 1; cut <= n; cut++) {
			smtp_init(&s, 100, 100);
			answer(&s, "354 x\r\n");
			sb_init(&text);
			pos = 0;
			do {
				used = smtp_client(&s,
				    (const uint8_t *)cases[i].bytes + pos,
				    (pos < cut ? cut : n) - pos, 0, &ev);
				if (ev.type == SMTP_TEXT)
					sb_write(&text, (const char *)ev.text,
					    ev.text_length);
				pos += used;
			} while (pos < n && ev.type != SMTP_TEXT_END);
			if (strcmp(sb_text(&text), cases[i].text) != 0 ||
			    strcmp(cases[i].bytes + pos, cases[i].rest) != 0)
				CU_FAIL(cases[i].bytes);
			sb_free(&text);
		}
	}
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("smtp", NULL, NULL);
	CU_add_test(s, "word", test_word);
	CU_add_test(s, "path", test_path);
	CU_add_test(s, "chunk", test_chunk);
	CU_add_test(s, "lines", test_lines);
	CU_add_test(s, "replies", test_replies);
	CU_add_test(s, "queue", test_queue);
	CU_add_test(s, "message", test_message);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

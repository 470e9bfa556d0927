/* SPDX-License-Identifier: ISC */
#include "conf_insp.h"

#include <CUnit/Basic.h>
#include <string.h>

static void
check(const struct esmtp_match *m, const char *text, const char *action)
{
	struct strbuf sb;

	sb_init(&sb);
	esmtp_match_text(m, &sb);
	CU_ASSERT_STRING_EQUAL(sb_text(&sb), text);
	sb_reset(&sb);
	esmtp_action_text(m, &sb);
	CU_ASSERT_STRING_EQUAL(sb_text(&sb), action);
	sb_free(&sb);
}

/* As show service-policy and the log print them: the tech note's sample. */
static void
test_default(void)
{
	static const char *const lines[][2] = {
		{ "cmd line length gt 512", "drop-connection log" },
		{ "cmd RCPT count gt 100", "drop-connection log" },
		{ "body line length gt 998", "log" },
		{ "header line length gt 998", "drop-connection log" },
		{ "sender-address length gt 320", "drop-connection log" },
		{ "MIME filename length gt 255", "drop-connection log" },
		{ "ehlo-reply-parameter others", "mask" },
	};
	struct esmtp_map map;
	size_t i;

	esmtp_map_init_default(&map, false);
	CU_ASSERT_STRING_EQUAL(map.name, "_default_esmtp_map");
	CU_ASSERT_STRING_EQUAL(map.description, "Default ESMTP policy-map");
	CU_ASSERT(map.builtin);
	CU_ASSERT(map.par.mask_banner);
	CU_ASSERT_FALSE(map.par.allow_tls);
	CU_ASSERT_PTR_NULL(map.par.mail_relay);
	CU_ASSERT_EQUAL_FATAL(map.matches.n, ARRAY_LEN(lines));
	for (i = 0; i < ARRAY_LEN(lines); i++)
		check(&map.matches.v[i], lines[i][0], lines[i][1]);
	esmtp_map_free_members(&map);
	CU_ASSERT_EQUAL(map.matches.n, 0);
	esmtp_map_init_default(&map, true);
	CU_ASSERT(map.par.allow_tls);
	CU_ASSERT_FALSE(map.par.allow_tls_log);
	esmtp_map_free_members(&map);
}

static void
test_texts(void)
{
	static char name[] = "senders", type[] = "zips";
	static const struct {
		struct esmtp_match m;
		const char *text, *action;
	} cases[] = {
		{ { .criterion = ESMTP_CMD_VERB,
		      .set = 1u << VERB_VRFY | 1u << VERB_ETRN,
		      .action = ESMTP_MASK,
		      .log = true },
		    "cmd verb etrn vrfy", "mask log" },
		{ { .criterion = ESMTP_CMD_VERB,
		      .set = 1u << VERB_VRFY,
		      .rate_limit = 10 },
		    "cmd verb vrfy", "rate-limit 10" },
		{ { .criterion = ESMTP_CMD_VERB,
		      .set = 1u << VERB_VRFY,
		      .action = ESMTP_MASK,
		      .rate_limit = 10 },
		    "cmd verb vrfy", "mask rate-limit 10" },
		{ { .criterion = ESMTP_BODY_LENGTH, .gt = UINT64_MAX },
		    "body length gt 18446744073709551615", "" },
		{ { .criterion = ESMTP_HEADER_LENGTH,
		      .gt = 1,
		      .action = ESMTP_RESET },
		    "header length gt 1", "reset" },
		{ { .criterion = ESMTP_HEADER_TO_COUNT,
		      .gt = 2,
		      .action = ESMTP_LOG,
		      .log = true },
		    "header to-fields count gt 2", "log" },
		{ { .criterion = ESMTP_SENDER_REGEX,
		      .regex = name,
		      .regex_is_class = true,
		      .action = ESMTP_DROP_CONNECTION },
		    "sender-address regex class senders", "drop-connection" },
		{ { .criterion = ESMTP_MIME_FILETYPE_REGEX,
		      .regex = type,
		      .action = ESMTP_RESET,
		      .log = true },
		    "MIME filetype regex zips", "reset log" },
		{ { .criterion = ESMTP_INVALID_RCPT_COUNT, .gt = 5 },
		    "invalid-recipients count gt 5", "" },
		{ { .criterion = ESMTP_MIME_ENCODING,
		      .set = (1u << ENCODING_COUNT) - 1 },
		    "MIME encoding 7bit 8bit base64 binary others "
		    "quoted-printable",
		    "" },
		{ { .criterion = ESMTP_EHLO_PARAMETER,
		      .set = (1u << PARAM_COUNT) - 1 },
		    "ehlo-reply-parameter 8bitmime auth binaryname checkpoint "
		    "dsn ecode etrn others pipelining size vrfy",
		    "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++)
		check(&cases[i].m, cases[i].text, cases[i].action);
}

static void
test_free(void)
{
	struct esmtp_map map = { 0 };

	map.name = xstrdup("m");
	map.par.mail_relay = xstrdup("example.com");
	VEC_PUSH(&map.matches)->regex = xstrdup("r");
	esmtp_map_free_members(&map);
	esmtp_map_free_members(&map);
	CU_ASSERT_PTR_NULL(map.name);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("esmtp_map", NULL, NULL);
	CU_add_test(s, "default", test_default);
	CU_add_test(s, "texts", test_texts);
	CU_add_test(s, "free", test_free);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

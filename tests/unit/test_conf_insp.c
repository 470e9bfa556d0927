/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

/* Every match line of the ESMTP inspection guide. */
static const char *const matches[] = {
	"header length gt 1",
	"header line length gt 998",
	"header to-fields count gt 4294967295",
	"invalid-recipients count gt 3",
	"MIME filetype regex r",
	"MIME filetype regex class c",
	"MIME filename length gt 255",
	"MIME encoding 7bit 8bit base64 binary others quoted-printable",
	"sender-address regex r",
	"sender-address regex class c",
	"sender-address length gt 320",
	"ehlo-reply-parameter 8bitmime auth binaryname checkpoint dsn ecode "
	"etrn others pipelining size vrfy",
	"body length gt 5",
	"body line length gt 998",
	"cmd verb auth data ehlo etrn helo help mail noop quit rcpt rset saml "
	"send soml vrfy starttls unknown",
	"cmd line length gt 512",
	"cmd RCPT count gt 100",
};

static void
match_lines(void)
{
	struct strbuf text, expected;
	const struct esmtp_map *m;
	size_t i;
	int not ;

	for (i = 0; i < ARRAY_LEN(matches); i++) {
		for (not = 0; not < 2; not ++) {
			char *line = xasprintf(
			    "match %s%s", not ? "not " : "", matches[i]);

			fx_open(false);
			fx_type("regex r x\nclass-map type regex match-any c\n"
				"policy-map type inspect esmtp e");
			fx_type(line);
			sb_init(&expected);
			sb_printf(&expected,
			    "!\npolicy-map type inspect esmtp e\n %s\n!\n",
			    line);
			fx_shows("policy-map type inspect esmtp e",
			    sb_text(&expected));
			fx_fixpoint();
			/* The screens say the same words. */
			m = conf_esmtp_map_find(fx_conf, "e");
			CU_ASSERT_EQUAL_FATAL(m->matches.n, 1);
			CU_ASSERT_EQUAL(m->matches.v[0].negated, not == 1);
			sb_init(&text);
			esmtp_match_text(&m->matches.v[0], &text);
			CU_ASSERT_STRING_EQUAL(sb_text(&text), matches[i]);
			sb_free(&text);
			sb_free(&expected);
			free(line);
			fx_close();
		}
	}
}

static void
actions(void)
{
	fx_open(false);
	fx_type("policy-map type inspect esmtp e\n"
		"match cmd verb vrfy\n"
		"mask log\nrate-limit 10\n"
		"match header line length gt 998\n"
		"drop-connection log\n"
		"match body line length gt 998\n"
		"log\n"
		"match sender-address length gt 10\n"
		"reset");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-pmap-c");
	fx_refuse("mask", 0, NULL);
	fx_refuse("rate-limit 5", 0, NULL);
	fx_refuse("no drop-connection", 0, "the action is not configured");
	fx_type("no reset\ndrop-connection");
	fx_shows("policy-map type inspect esmtp e",
	    "!\n"
	    "policy-map type inspect esmtp e\n"
	    " match cmd verb vrfy\n"
	    "  mask log\n"
	    "  rate-limit 10\n"
	    " match header line length gt 998\n"
	    "  drop-connection log\n"
	    " match body line length gt 998\n"
	    "  log\n"
	    " match sender-address length gt 10\n"
	    "  drop-connection\n"
	    "!\n");
	fx_fixpoint();
	/* The same line again opens the same match. */
	fx_type("match body line length gt 998\nreset log\n"
		"no match cmd verb vrfy");
	fx_shows("policy-map type inspect esmtp e",
	    "!\n"
	    "policy-map type inspect esmtp e\n"
	    " match header line length gt 998\n"
	    "  drop-connection log\n"
	    " match body line length gt 998\n"
	    "  reset log\n"
	    " match sender-address length gt 10\n"
	    "  drop-connection\n"
	    "!\n");
	fx_close();
}

static void
parameters(void)
{
	const struct esmtp_map *m;

	fx_open(false);
	fx_type(
	    "policy-map type inspect esmtp e\ndescription hello\nparameters\n"
	    "mask-banner\n"
	    "mail-relay example.com action drop-connection log\n"
	    "special-character action log\n"
	    "allow-tls action log");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-pmap-p");
	m = conf_esmtp_map_find(fx_conf, "e");
	CU_ASSERT_TRUE(m->par.mask_banner && m->par.allow_tls &&
	    m->par.allow_tls_log && m->par.mail_relay_drop &&
	    m->par.mail_relay_log && m->par.special_character &&
	    !m->par.special_character_drop && m->par.special_character_log);
	fx_shows("policy-map type inspect esmtp e",
	    "!\n"
	    "policy-map type inspect esmtp e\n"
	    " description hello\n"
	    " parameters\n"
	    "  mask-banner\n"
	    "  mail-relay example.com action drop-connection log\n"
	    "  special-character action log\n"
	    "  allow-tls action log\n"
	    "!\n");
	fx_fixpoint();
	fx_type("no mail-relay\nno special-character\nno allow-tls\n"
		"no mask-banner\nexit\n");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-pmap");
	fx_shows("policy-map type inspect esmtp e",
	    "!\npolicy-map type inspect esmtp e\n description hello\n!\n");
	fx_close();
}

/* The guide's _default_esmtp_map. */
static void
built_in(void)
{
	static const char head[] =
	    "!\n"
	    "policy-map type inspect esmtp _default_esmtp_map\n"
	    " description Default ESMTP policy-map\n"
	    " parameters\n"
	    "  mask-banner\n"
	    "  no mail-relay\n"
	    "  no special-character\n";
	static const char tail[] = " match cmd line length gt 512\n"
				   "  drop-connection log\n"
				   " match cmd RCPT count gt 100\n"
				   "  drop-connection log\n"
				   " match body line length gt 998\n"
				   "  log\n"
				   " match header line length gt 998\n"
				   "  drop-connection log\n"
				   " match sender-address length gt 320\n"
				   "  drop-connection log\n"
				   " match MIME filename length gt 255\n"
				   "  drop-connection log\n"
				   " match ehlo-reply-parameter others\n"
				   "  mask\n"
				   "!\n";
	char *text;

	fx_open(true);
	fx_shows("policy-map type inspect esmtp", "!\n!\n");
	text = xasprintf("%s  no allow-tls\n%s", head, tail);
	fx_shows("all policy-map type inspect esmtp", text);
	free(text);
	fx_type("simulator default allow-tls");
	text = xasprintf("%s  allow-tls\n%s", head, tail);
	fx_shows("all policy-map type inspect esmtp", text);
	free(text);
	fx_refuse("policy-map type inspect esmtp _default_esmtp_map", 0,
	    "% policy-map name _default_esmtp_map is reserved");
	fx_type("policy-map global_policy\nclass inspection_default\n"
		"no inspect esmtp\ninspect esmtp _default_esmtp_map");
	fx_fixpoint();
	fx_close();
}

static void
errors(void)
{
	fx_open(false);
	fx_type("policy-map type inspect esmtp e");
	fx_refuse("match header line length gt 0", 28, NULL);
	fx_refuse("match header line length 5", 25, NULL);
	fx_refuse("match cmd verb", 0, "% Incomplete command");
	fx_refuse("match cmd verb frob", 15, NULL);
	fx_refuse("match recipient length gt 5", 6, NULL);
	fx_refuse("reset", 3, NULL);
	fx_refuse("no match body length gt 5", 0,
	    "the match command is not configured");
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "match lines", match_lines },
		{ "actions", actions },
		{ "parameters", parameters },
		{ "_default_esmtp_map", built_in },
		{ "errors", errors },
	};

	return fx_main("conf_insp", tests, ARRAY_LEN(tests));
}

/* SPDX-License-Identifier: ISC */
#include "session.h"

#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct device d;
	struct session s;
	struct strbuf screen;
	struct strbuf complaints;
	const char *answer; /* to every question; NULL: end of input */
	unsigned asked;
};

static int
fx_write(void *arg, const char *s, size_t length)
{
	struct fixture *f = arg;

	sb_write(&f->screen, s, length);
	return 0;
}

static bool
fx_ask(void *arg, const char *question, enum ask_kind kind UNUSED, char *answer,
    size_t size)
{
	struct fixture *f = arg;

	f->asked++;
	sb_puts(&f->screen, question);
	snprintf(answer, size, "%s", f->answer != NULL ? f->answer : "");
	return f->answer != NULL;
}

static void
fx_complain(void *arg, unsigned level, unsigned col, const char *text)
{
	struct fixture *f = arg;

	sb_printf(&f->complaints, "%u:%u:%s\n", level, col, text);
}

static void
fx_open(struct fixture *f, bool script)
{
	struct session_io io = { .sink = { .write = fx_write, .arg = f },
		.arg = f };

	memset(f, 0, sizeof(*f));
	sb_init(&f->screen);
	sb_init(&f->complaints);
	if (script)
		io.complain = fx_complain;
	else
		io.ask = fx_ask;
	if (device_init(&f->d, NULL) < 0)
		abort();
	session_init(&f->s, &f->d, &io, script);
	session_commit(&f->s);
}

static void
fx_close(struct fixture *f)
{
	session_fini(&f->s);
	device_fini(&f->d);
	sb_free(&f->screen);
	sb_free(&f->complaints);
}

static bool
prompt_is(const struct fixture *f, const char *want)
{
	struct strbuf sb;
	bool same;

	sb_init(&sb);
	session_prompt(&f->s, &sb);
	same = strcmp(sb_text(&sb), want) == 0;
	sb_free(&sb);
	return same;
}

/* ---- completion ---- */

static const struct {
	bool config;
	const char *text, *want; /* NULL: nothing */
} completions[] = {
	{ false, "conf", "igure " },
	{ false, "configure t", "erminal " },
	{ false, "CONFIGURE T", "erminal " },
	{ false, "show versi", "on " },
	{ false, "sh versi", "on " }, /* words before may be cut */
	{ false, "configure terminal", " " },
	{ false, "", NULL },
	{ false, "configure ", NULL }, /* no word at the cursor */
	{ false, "show c", NULL },     /* clock, conn, curpriv */
	{ false, "xyzzy", NULL },
	{ false, "show bogus cl", NULL },
	{ false, "show clock | inc", "lude " },
	{ false, "show clock | x", NULL },
	{ true, "hostn", "ame " },
	{ true, "show versi", "on " }, /* EXEC words work below */
	{ true, "no hostn", "ame " },
};

static void
test_completion(void)
{
	struct fixture f;
	struct strbuf rest;
	size_t i;

	fx_open(&f, true);
	for (i = 0; i < ARRAY_LEN(completions); i++) {
		bool done;

		if (completions[i].config != f.s.configuring)
			CU_ASSERT(session_line(&f.s, "configure terminal"));
		sb_init(&rest);
		done = session_complete(&f.s, completions[i].text, &rest);
		CU_ASSERT_EQUAL(done, completions[i].want != NULL);
		CU_ASSERT_STRING_EQUAL(sb_text(&rest),
		    completions[i].want != NULL ? completions[i].want : "");
		sb_free(&rest);
	}
	fx_close(&f);
}

/* ---- scripts ---- */

static const struct {
	const char *line, *want;
} refusals[] = {
	{ "frobnicate", "0:1:% Invalid input detected at '^' marker.\n" },
	{ "show clock x", "0:12:% Invalid input detected at '^' marker.\n" },
	{ "show clovk", "0:9:% Invalid input detected at '^' marker.\n" },
	{ "  show clovk", "0:11:% Invalid input detected at '^' marker.\n" },
	{ "configure", "0:1:% Incomplete command\n" },
	{ "sh a", "0:4:% Ambiguous command:  \"sh a\"\n" },
	{ "show clock | frob",
	    "0:14:% Invalid input detected at '^' marker.\n" },
	{ "show clock |", "0:13:% Incomplete command\n" },
	{ "show access-list nope", "0:1:access-list <nope> does not exist\n" },
};

static void
test_refusals(void)
{
	struct fixture f;
	size_t i;

	fx_open(&f, true);
	for (i = 0; i < ARRAY_LEN(refusals); i++) {
		sb_reset(&f.complaints);
		CU_ASSERT(!session_line(&f.s, refusals[i].line));
		CU_ASSERT_STRING_EQUAL(
		    sb_text(&f.complaints), refusals[i].want);
	}
	/* Nothing of that is output. */
	CU_ASSERT_STRING_EQUAL(sb_text(&f.screen), "");
	fx_close(&f);
}

static void
test_script_is_privileged_and_silent(void)
{
	struct fixture f;

	fx_open(&f, true);
	CU_ASSERT(prompt_is(&f, "ciscoasa# "));
	CU_ASSERT(session_line(&f.s, "configure terminal"));
	CU_ASSERT(session_line(&f.s, ""));
	CU_ASSERT(session_line(&f.s, "! comment"));
	CU_ASSERT(session_line(&f.s, "hostname fw\r\n"));
	CU_ASSERT(session_line(&f.s, "end"));
	CU_ASSERT(session_line(&f.s, "enable"));
	CU_ASSERT(prompt_is(&f, "fw# "));
	CU_ASSERT_STRING_EQUAL(sb_text(&f.screen), "");
	CU_ASSERT(session_line(&f.s, "show hostname"));
	CU_ASSERT_STRING_EQUAL(sb_text(&f.screen), "fw\n");
	sb_reset(&f.screen);
	CU_ASSERT(session_line(&f.s, "exit"));
	CU_ASSERT(f.s.over);
	CU_ASSERT_STRING_EQUAL(sb_text(&f.screen), "");
	fx_close(&f);
}

/* A script's lines are put in force together, before a command can tell. */
static void
test_commit_waits(void)
{
	struct fixture f;
	uint64_t before;

	fx_open(&f, true);
	before = engine_policy(f.d.engine)->generation;
	session_line(&f.s, "configure terminal");
	session_line(&f.s, "access-list a extended permit ip any any");
	CU_ASSERT_EQUAL(engine_policy(f.d.engine)->generation, before);
	session_line(&f.s, "show access-list a");
	CU_ASSERT_NOT_EQUAL(engine_policy(f.d.engine)->generation, before);
	CU_ASSERT_PTR_NOT_NULL(strstr(sb_text(&f.screen), "1 elements"));
	fx_close(&f);
}

static void
test_refused_line_changes_nothing(void)
{
	struct fixture f;
	uint64_t before;

	fx_open(&f, true);
	session_line(&f.s, "configure terminal");
	before = f.d.conf->generation;
	CU_ASSERT(!session_line(
	    &f.s, "access-list a extended permit ip any bogus word"));
	CU_ASSERT_EQUAL(f.d.conf->generation, before);
	CU_ASSERT(prompt_is(&f, "ciscoasa(config)# "));
	fx_close(&f);
}

/* ---- at the keyboard ---- */

static void
test_enable(void)
{
	struct fixture f;

	fx_open(&f, false);
	CU_ASSERT(prompt_is(&f, "ciscoasa> "));
	f.answer = "wrong";
	CU_ASSERT(!session_line(&f.s, "enable"));
	CU_ASSERT_EQUAL(f.asked, 3);
	CU_ASSERT_PTR_NOT_NULL(strstr(sb_text(&f.screen), "Access denied."));
	CU_ASSERT(prompt_is(&f, "ciscoasa> "));
	f.answer = NULL;
	session_line(&f.s, "enable");
	CU_ASSERT(prompt_is(&f, "ciscoasa> "));
	f.answer = "";
	CU_ASSERT(session_line(&f.s, "enable"));
	CU_ASSERT(prompt_is(&f, "ciscoasa# "));
	CU_ASSERT(session_line(&f.s, "disable"));
	CU_ASSERT(prompt_is(&f, "ciscoasa> "));
	fx_close(&f);
}

static void
test_caret_counts_the_prompt(void)
{
	struct fixture f;

	fx_open(&f, false);
	session_line(&f.s, "show clovk");
	/* "ciscoasa> " is 10 wide, "show clo" is 8 */
	CU_ASSERT_STRING_EQUAL(sb_text(&f.screen),
	    "                  ^\n"
	    "ERROR: % Invalid input detected at '^' marker.\n");
	fx_close(&f);
}

static void
test_history(void)
{
	struct fixture f;
	char line[32];
	unsigned i;

	fx_open(&f, false);
	session_line(&f.s, "");
	session_line(&f.s, "   ");
	CU_ASSERT_EQUAL(f.s.history.n, 0);
	session_line(&f.s, ": note");
	CU_ASSERT_EQUAL(f.s.history.n, 1);
	for (i = 0; i < SESSION_HISTORY + 5; i++) {
		snprintf(line, sizeof(line), "! %u", i);
		session_line(&f.s, line);
	}
	CU_ASSERT_EQUAL(f.s.history.n, SESSION_HISTORY);
	CU_ASSERT_STRING_EQUAL(f.s.history.v[0], "! 5");
	fx_close(&f);
}

/* A sub-mode must not outlive the object that it edits. */
static void
test_clear_in_sub_mode(void)
{
	struct fixture f;

	fx_open(&f, true);
	session_line(&f.s, "configure terminal");
	session_line(&f.s, "class-map x");
	CU_ASSERT(session_line(&f.s, "clear configure all"));
	session_line(&f.s, "match any");
	session_line(&f.s, "show running-config class-map");
	CU_ASSERT_PTR_NULL(strstr(sb_text(&f.screen), "class-map x"));
	CU_ASSERT(session_line(&f.s, "policy-map global_policy"));
	CU_ASSERT(session_line(&f.s, "reload noconfirm"));
	CU_ASSERT(prompt_is(&f, "ciscoasa# "));
	fx_close(&f);
}

static void
test_prompt_words(void)
{
	struct fixture f;

	fx_open(&f, true);
	session_line(&f.s, "configure terminal");
	session_line(&f.s, "domain-name example.com");
	CU_ASSERT(session_line(&f.s, "prompt hostname domain state"));
	CU_ASSERT(prompt_is(&f, "ciscoasa/example.com/act(config)# "));
	fx_close(&f);
}

int
main(void)
{
	CU_pSuite s;
	unsigned failures;

	setenv("XDG_STATE_HOME", "/nonexistent", 1);
	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	s = CU_add_suite("session", NULL, NULL);
	CU_add_test(s, "completion", test_completion);
	CU_add_test(s, "refusals", test_refusals);
	CU_add_test(s, "script", test_script_is_privileged_and_silent);
	CU_add_test(s, "commit waits", test_commit_waits);
	CU_add_test(s, "refused line", test_refused_line_changes_nothing);
	CU_add_test(s, "enable", test_enable);
	CU_add_test(s, "caret", test_caret_counts_the_prompt);
	CU_add_test(s, "history", test_history);
	CU_add_test(s, "clear in sub-mode", test_clear_in_sub_mode);
	CU_add_test(s, "prompt words", test_prompt_words);
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures > 0;
}

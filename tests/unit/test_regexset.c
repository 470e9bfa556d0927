/* SPDX-License-Identifier: ISC */
#include "regexset.h"

#include <CUnit/Basic.h>
#include <string.h>

static void
test_match(void)
{
	static const struct {
		const char *expression, *text;
		bool match;
	} cases[] = {
		/* ASDM guide: not anchored, case matters */
		{ "d.g", "doggonnit", true },
		{ "cat", "CAT", false },
		{ "[cC][aA][tT]", "a CAT", true },
		{ "user1@example.com", "user1@exampleXcom", true },
		{ "user1@example\\.com", "user1@exampleXcom", false },
		/* {x} is a minimum */
		{ "^ab(xy){2}z", "abxyxyxyz", true },
		{ "^ab(xy){2,}z", "abxyz", false },
		{ "^a{3}b", "aab", false },
		{ "^a{3}b", "aaaaab", true },
		/* other braces are literal */
		{ "a{,2}", "a{,2}", true },
		{ "a{1,2}", "a{1,2}", true },
		{ "{", "{", true },
		/* alternation, grouping, quantifiers */
		{ "^(cat|dog)s?x", "dogx", true },
		{ "^(cat|dog)+x", "catdogcatx", true },
		{ "^ab*c", "ac", true },
		{ "^ab+c", "ac", false },
		/* a second quantifier is no lazy or possessive one */
		{ "^a+?b", "b", true },
		{ "^a*+a", "aaa", true },
		{ "^(ab)?{2}x", "ababx", true },
		/* ^ after each CR and LF, never elsewhere; $ is a letter */
		{ "^b", "a\rb", true },
		{ "^b", "a\nb", true },
		{ "^b", "ab", false },
		{ "a|^b", "xb", false },
		{ "b$", "b", false },
		{ "b$", "b$", true },
		{ "a.b", "a\nb", true },
		/* classes */
		{ "^[^abc]+x", "defx", true },
		{ "^[^abc]+x", "dafx", false },
		{ "^[-a]+x", "-a-x", true },
		{ "^[a-]+x", "-a-x", true },
		{ "^[a-c]+x", "abcx", true },
		{ "^[]a]x", "]x", true },
		{ "^[[:alpha:]]", "[]", true },
		{ "^[\\]a-c]+x", "]bx", true },
		{ "^[\\x41-\\103]+x", "ABCx", true },
		{ "^[.*+?]+x", ".*+?x", true },
		/* escapes: \d and \b are just letters */
		{ "^\\x41\\x4a\\102", "AJB", true },
		{ "\\r\\n\\t\\f", "\r\n\t\f", true },
		{ "^\\d", "1", false },
		{ "^\\d", "d", true },
		{ "^\\x4", "x4", true },
		{ "^\\10", "10", true },
		{ "\\(\\)\\[\\.\\|\\^\\\\", "()[.|^\\", true },
		{ "#x y", "#x y", true },
		{ "\\xff\\200", "\xff\x80", true },
		{ "", "", true },
	};
	struct regexset *r;
	struct cerr e;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		r = regexset_new(&cases[i].expression, 1, &e);
		CU_ASSERT_PTR_NOT_NULL_FATAL(r);
		if (regexset_match(r, cases[i].text, strlen(cases[i].text)) !=
		    cases[i].match)
			CU_FAIL(cases[i].expression);
		regexset_free(r);
	}
}

static void
test_set(void)
{
	static const char *const list[] = { "^one", "two", "^three" };
	struct regexset *r;
	struct cerr e;

	r = regexset_new(list, 3, &e);
	CU_ASSERT_PTR_NOT_NULL_FATAL(r);
	CU_ASSERT(regexset_match(r, "a two", 5));
	CU_ASSERT(regexset_match(r, "three", 5));
	CU_ASSERT_FALSE(regexset_match(r, "a three", 7));
	CU_ASSERT_FALSE(regexset_match(r, "two", 2));
	CU_ASSERT_FALSE(regexset_match(r, "", 0));
	CU_ASSERT(regexset_match(r, "\0two", 4));
	regexset_free(r);
	r = regexset_new(NULL, 0, &e);
	CU_ASSERT_PTR_NOT_NULL_FATAL(r);
	CU_ASSERT_FALSE(regexset_match(r, "x", 1));
	regexset_free(r);
	regexset_free(NULL);
}

static void
test_errors(void)
{
	static const char *const cases[] = { "*a", "+", "?", "(", "a)", "(a",
		"[a", "[", "[]", "a|*", "(*a)", "a\\", "[a\\", "^*", "{2}",
		"[z-a]" };
	struct regexset *r;
	struct cerr e;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		memset(&e, 0, sizeof(e));
		r = regexset_new(&cases[i], 1, &e);
		if (r != NULL || e.text[0] == '\0')
			CU_FAIL(cases[i]);
		regexset_free(r);
	}
}

/* An expression that explodes costs its limit and then does not match. */
static void
test_limit(void)
{
	static const char *const bad = "(a*)*(a*)*(a*)*(a*)*b";
	struct regexset *r;
	struct cerr e;
	char text[2000];

	memset(text, 'a', sizeof(text));
	r = regexset_new(&bad, 1, &e);
	CU_ASSERT_PTR_NOT_NULL_FATAL(r);
	CU_ASSERT_FALSE(regexset_match(r, text, sizeof(text)));
	regexset_free(r);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("regexset", NULL, NULL);
	CU_add_test(s, "match", test_match);
	CU_add_test(s, "set", test_set);
	CU_add_test(s, "errors", test_errors);
	CU_add_test(s, "limit", test_limit);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

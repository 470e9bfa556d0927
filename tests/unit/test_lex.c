/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>

#include "lex.h"

struct lex_case {
	const char *line;
	unsigned n;
	const char *words[6];
	unsigned cols[6];
};

/* clang-format off */
static const struct lex_case cases[] = {
	{ "", 0, { NULL }, { 0 } },
	{ "   \t", 0, { NULL }, { 0 } },
	{ "show version", 2, { "show", "version" }, { 0, 5 } },
	{ "  a\tb \r\n", 2, { "a", "b" }, { 2, 4 } },
	{ "! a comment", 0, { NULL }, { 0 } },
	{ " : Saved", 0, { NULL }, { 0 } },
	{ "name \"two words\" x", 3, { "name", "two words", "x" }, { 0, 5, 17 } },
	{ "x \"\"", 2, { "x", "" }, { 0, 2 } },
	{ "static (inside, outside) 1.1.1.1", 3,
	  { "static", "(inside,outside)", "1.1.1.1" }, { 0, 7, 25 } },
	{ "a (b c", 3, { "a", "(b", "c" }, { 0, 2, 5 } },
	{ "a \"b c", 2, { "a", "b c" }, { 0, 2 } },
	{ "a!b :c", 2, { "a!b", ":c" }, { 0, 4 } },
};
/* clang-format on */

static void
words(void)
{
	struct words ws;
	size_t i;
	unsigned k;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct lex_case *c = &cases[i];

		lex_line(&ws, c->line);
		CU_ASSERT_EQUAL_FATAL(ws.n, c->n);
		for (k = 0; k < c->n; k++) {
			CU_ASSERT_STRING_EQUAL(ws.w[k].s, c->words[k]);
			CU_ASSERT_EQUAL(ws.w[k].col, c->cols[k]);
		}
		lex_free(&ws);
	}
}

static void
flags(void)
{
	struct words ws;
	char *many;
	size_t i;

	lex_line(&ws, " x ");
	CU_ASSERT_TRUE(ws.indented);
	CU_ASSERT_TRUE(ws.blank_end);
	lex_free(&ws);
	lex_line(&ws, "x");
	CU_ASSERT_FALSE(ws.indented);
	CU_ASSERT_FALSE(ws.blank_end);
	lex_free(&ws);
	lex_line(&ws, "!x");
	CU_ASSERT_TRUE(ws.comment);
	lex_free(&ws);
	lex_line(&ws, "x \"y");
	CU_ASSERT_TRUE(ws.open_quote);
	lex_free(&ws);
	/* Control characters are blanks. */
	lex_line(&ws, "a\001b\177c");
	CU_ASSERT_EQUAL(ws.n, 3);
	lex_free(&ws);
	many = malloc(2 * (LEX_WORDS_MAX + 10) + 1);
	for (i = 0; i < LEX_WORDS_MAX + 10; i++)
		memcpy(many + 2 * i, "x ", 3);
	lex_line(&ws, many);
	CU_ASSERT_TRUE(ws.too_many);
	CU_ASSERT_EQUAL(ws.n, LEX_WORDS_MAX);
	lex_free(&ws);
	free(many);
}

int
main(void)
{
	CU_pSuite suite;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	suite = CU_add_suite("lex", NULL, NULL);
	CU_add_test(suite, "words and columns", words);
	CU_add_test(suite, "flags", flags);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

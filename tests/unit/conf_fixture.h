/* SPDX-License-Identifier: ISC
 *
 * For tests of the configuration language: one conf, lines typed into it, and
 * what it says and prints.
 */
#ifndef TESTS_CONF_FIXTURE_H
#define TESTS_CONF_FIXTURE_H

#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

static struct gram *fx_gram;
static struct conf *fx_conf;
static struct confctx fx_ctx;
static char fx_said[1024]; /* the last INFO or WARNING */

static inline void
fx_say(void *arg UNUSED, unsigned level, const char *text)
{
	snprintf(fx_said, sizeof(fx_said), "%s%s",
	    level == CERR_WARNING ? "WARNING: " : "INFO: ", text);
}

static inline void
fx_open(bool factory)
{
	if (fx_gram == NULL) {
		size_t sets, fragments;
		const struct row_set *rs = conf_row_sets(&sets);
		const struct fragment *f = conf_fragments(&fragments);

		fx_gram = gram_new(rs, sets, f, fragments);
	}
	fx_conf = conf_new();
	if (factory)
		conf_load_factory(fx_conf);
	confctx_init(&fx_ctx);
	fx_ctx.say = fx_say;
	fx_said[0] = '\0';
}

static inline void
fx_close(void)
{
	conf_free(fx_conf);
	fx_conf = NULL;
}

static inline void
fx_put(void *arg, const char *line)
{
	struct strbuf *out = arg;

	sb_puts(out, line);
	sb_putc(out, '\n');
}

/* A section, or with NULL the whole. */
static inline char *
fx_show(const char *words)
{
	struct strbuf out;
	struct emitter em = { .gram = fx_gram,
		.env = conf_tokenv(fx_conf),
		.line = fx_put,
		.arg = &out };
	const char *list[8];
	struct words ws;
	unsigned i;
	char *text;

	sb_init(&out);
	lex_line(&ws, words != NULL ? words : "");
	for (i = 0; i < ws.n && i < 8; i++)
		list[i] = ws.w[i].s;
	if (i > 0 && strcmp(list[0], "all") == 0) {
		em.all = true;
		memmove(list, list + 1, --i * sizeof(list[0]));
	}
	if (!conf_emit_section(fx_conf, &em, list, i))
		sb_puts(&out, "no such section\n");
	lex_free(&ws);
	text = xstrdup(sb_text(&out));
	sb_free(&out);
	return text;
}

/* Types lines, all of which must be accepted. */
static inline void
fx_type(const char *lines)
{
	char *copy = xstrdup(lines), *next = copy, *line;
	struct line_result r;

	while ((line = strsep(&next, "\n")) != NULL) {
		conf_line(fx_conf, fx_gram, &fx_ctx, line, &r);
		if (!r.ok)
			printf("\nrefused: '%s': %s\n", line, r.text);
		CU_ASSERT_TRUE(r.ok);
	}
	free(copy);
}

/* Types a line that must be refused with this text, and change nothing. A
 * text NULL is the caret at column col. */
static inline void
fx_refuse(const char *line, unsigned col, const char *text)
{
	char *before = fx_show(NULL), *after;
	const struct mode *mode = fx_ctx.mode;
	struct line_result r;

	conf_line(fx_conf, fx_gram, &fx_ctx, line, &r);
	CU_ASSERT_FALSE(r.ok);
	CU_ASSERT_EQUAL(r.caret, text == NULL);
	if (text == NULL) {
		text = "% Invalid input detected at '^' marker.";
		if (r.col != col)
			printf("\n'%s': caret at %u\n", line, r.col);
		CU_ASSERT_EQUAL(r.col, col);
	}
	if (strcmp(r.text, text) != 0)
		printf("\n'%s': %s\n", line, r.text);
	CU_ASSERT_STRING_EQUAL(r.text, text);
	CU_ASSERT_PTR_EQUAL(mode, fx_ctx.mode);
	after = fx_show(NULL);
	CU_ASSERT_STRING_EQUAL(before, after);
	free(before);
	free(after);
}

static inline void
fx_shows(const char *words, const char *text)
{
	char *got = fx_show(words);

	if (strcmp(got, text) != 0)
		printf("\n--- show %s\n%s--- expected\n%s", words, got, text);
	CU_ASSERT_STRING_EQUAL(got, text);
	free(got);
}

static inline void
fx_says(const char *text)
{
	if (strcmp(fx_said, text) != 0)
		printf("\nsaid: %s\n", fx_said);
	CU_ASSERT_STRING_EQUAL(fx_said, text);
	fx_said[0] = '\0';
}

/* The running config loads again without a word and prints the same. */
static inline void
fx_fixpoint(void)
{
	char *before = fx_show(NULL), *after;
	struct conf *old = fx_conf;
	struct confctx ctx;
	FILE *fp = fmemopen(before, strlen(before), "r");

	fx_conf = conf_new();
	confctx_init(&ctx);
	CU_ASSERT_EQUAL(conf_load(fx_conf, fx_gram, &ctx, fp, NULL, NULL), 0);
	fclose(fp);
	after = fx_show(NULL);
	CU_ASSERT_STRING_EQUAL(before, after);
	conf_free(fx_conf);
	fx_conf = old;
	free(before);
	free(after);
}

/* Runs a table of tests as one suite. */
struct fx_test {
	const char *name;
	void (*fn)(void);
};

static inline int
fx_main(const char *suite_name, const struct fx_test *tests, size_t n)
{
	CU_pSuite suite;
	size_t i;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	suite = CU_add_suite(suite_name, NULL, NULL);
	for (i = 0; i < n; i++)
		CU_add_test(suite, tests[i].name, tests[i].fn);
	CU_basic_run_tests();
	gram_free(fx_gram);
	return CU_get_number_of_failures() != 0;
}

#endif

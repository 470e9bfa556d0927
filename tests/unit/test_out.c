/* SPDX-License-Identifier: ISC */
#include "out.h"

#include <CUnit/Basic.h>
#include <errno.h>
#include <string.h>

struct screen {
	struct strbuf text;
	const char *keys;
	size_t room; /* bytes until a write fails, SIZE_MAX: never */
};

static int
screen_write(void *arg, const char *s, size_t length)
{
	struct screen *sc = arg;

	if (length > sc->room) {
		errno = ENOSPC;
		return -1;
	}
	sc->room -= sc->room != SIZE_MAX ? length : 0;
	sb_write(&sc->text, s, length);
	return 0;
}

static int
screen_key(void *arg)
{
	struct screen *sc = arg;

	return *sc->keys != '\0' ? *sc->keys++ : -1;
}

static void
open_screen(struct screen *sc, struct out *o, unsigned page, const char *keys)
{
	struct out_sink sink = { screen_write, screen_key, sc };

	sb_init(&sc->text);
	sc->keys = keys;
	sc->room = SIZE_MAX;
	out_init(o, &sink);
	o->page = page;
	o->width = 80;
}

static void
close_screen(struct screen *sc, struct out *o)
{
	out_fini(o);
	sb_free(&sc->text);
}

#define WIPED "<--- More --->\r              \r"

/* ---- filters ---- */

static const char sample[] = "alpha 1\nbeta 2\ngamma 12\ndelta\n";

static const struct {
	enum filter_kind kind;
	const char *pattern, *want;
} filters[] = {
	{ FILTER_NONE, NULL, sample },
	{ FILTER_INCLUDE, "1", "alpha 1\ngamma 12\n" },
	{ FILTER_INCLUDE, "^d|2$", "beta 2\ngamma 12\ndelta\n" },
	{ FILTER_INCLUDE, "nothing", "" },
	{ FILTER_EXCLUDE, "1", "beta 2\ndelta\n" },
	{ FILTER_BEGIN, "gamma", "gamma 12\ndelta\n" },
	{ FILTER_BEGIN, "nothing", "" },
	{ FILTER_COUNT, "1", "Number of lines which match regexp = 2\n" },
	{ FILTER_COUNT, NULL, "Number of lines which match regexp = 4\n" },
};

static void
test_filters(void)
{
	struct screen sc;
	struct out o;
	char err[80];
	size_t i;

	for (i = 0; i < ARRAY_LEN(filters); i++) {
		open_screen(&sc, &o, 0, "");
		CU_ASSERT(out_begin(
		    &o, filters[i].kind, filters[i].pattern, err, sizeof(err)));
		out_puts(&o, sample);
		out_end(&o);
		CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), filters[i].want);
		close_screen(&sc, &o);
	}
}

static void
test_bad_pattern(void)
{
	struct screen sc;
	struct out o;
	char err[80] = "";

	open_screen(&sc, &o, 0, "");
	CU_ASSERT(!out_begin(&o, FILTER_INCLUDE, "(", err, sizeof(err)));
	CU_ASSERT(err[0] != '\0');
	/* The output is usable all the same. */
	out_puts(&o, "x\n");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "x\n");
	close_screen(&sc, &o);
}

/* A line may arrive in pieces; the last may have no end. */
static void
test_pieces(void)
{
	struct screen sc;
	struct out o;
	char err[80];

	open_screen(&sc, &o, 0, "");
	CU_ASSERT(out_begin(&o, FILTER_INCLUDE, "^ab$", err, sizeof(err)));
	out_puts(&o, "a");
	out_puts(&o, "b\nabc\na");
	out_puts(&o, "b");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "ab\nab");
	close_screen(&sc, &o);
}

static void
test_raw_keeps_order(void)
{
	struct screen sc;
	struct out o;

	open_screen(&sc, &o, 0, "");
	out_begin_plain(&o);
	out_puts(&o, "one\n");
	out_raw(&o, "ERROR: x\n");
	out_puts(&o, "two\n");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "one\nERROR: x\ntwo\n");
	close_screen(&sc, &o);
}

/* ---- pager ---- */

static const struct {
	unsigned page, lines;
	const char *keys, *want;
} pages[] = {
	{ 2, 2, "", "1\n2\n" }, /* what fits needs no key */
	{ 2, 3, " ", "1\n2\n" WIPED "3\n" },
	{ 2, 5, "  ", "1\n2\n" WIPED "3\n4\n" WIPED "5\n" },
	{ 2, 4, "\r\r", "1\n2\n" WIPED "3\n" WIPED "4\n" },
	{ 2, 5, "\r ", "1\n2\n" WIPED "3\n" WIPED "4\n5\n" },
	{ 2, 9, "q", "1\n2\n" WIPED },
	{ 2, 9, "Q", "1\n2\n" WIPED },
	{ 2, 9, "\003", "1\n2\n" WIPED },
	{ 2, 9, "", "1\n2\n" WIPED },          /* nobody there */
	{ 2, 3, "xy ", "1\n2\n" WIPED "3\n" }, /* other keys do nothing */
	{ 0, 4, "", "1\n2\n3\n4\n" },
};

static void
test_pager(void)
{
	struct screen sc;
	struct out o;
	unsigned line;
	size_t i;

	for (i = 0; i < ARRAY_LEN(pages); i++) {
		open_screen(&sc, &o, pages[i].page, pages[i].keys);
		out_begin_plain(&o);
		for (line = 1; line <= pages[i].lines; line++)
			out_printf(&o, "%u\n", line);
		out_end(&o);
		CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), pages[i].want);
		/* The next command starts with a whole page. */
		sb_reset(&sc.text);
		out_begin_plain(&o);
		out_puts(&o, "a\n");
		out_end(&o);
		CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "a\n");
		close_screen(&sc, &o);
	}
}

/* A line that wraps takes more of the page. */
static void
test_pager_counts_wrapped_lines(void)
{
	struct screen sc;
	struct out o;

	open_screen(&sc, &o, 3, "q");
	o.width = 4;
	out_begin_plain(&o);
	out_puts(&o, "12345678\nx\ny\n");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "12345678\nx\n" WIPED);
	close_screen(&sc, &o);
}

static void
test_pager_counts_what_the_filter_lets_through(void)
{
	struct screen sc;
	struct out o;
	char err[80];

	open_screen(&sc, &o, 2, "");
	CU_ASSERT(out_begin(&o, FILTER_INCLUDE, "x", err, sizeof(err)));
	out_puts(&o, "a\nx\nb\nc\nd\nx\n");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "x\nx\n");
	close_screen(&sc, &o);
}

/* ---- failures ---- */

static void
test_write_error(void)
{
	struct screen sc;
	struct out o;

	open_screen(&sc, &o, 0, "");
	sc.room = 4;
	out_begin_plain(&o);
	out_puts(&o, "ab\ncd\nef\n");
	out_end(&o);
	CU_ASSERT_EQUAL(o.error, ENOSPC);
	CU_ASSERT(out_stopped(&o));
	close_screen(&sc, &o);
}

static void
test_interrupt(void)
{
	static volatile sig_atomic_t stop;
	struct screen sc;
	struct out o;

	open_screen(&sc, &o, 0, "");
	o.stop = &stop;
	out_begin_plain(&o);
	out_puts(&o, "a\n");
	stop = 1;
	out_puts(&o, "b\n");
	out_end(&o);
	CU_ASSERT_STRING_EQUAL(sb_text(&sc.text), "a\n");
	close_screen(&sc, &o);
}

int
main(void)
{
	CU_pSuite s;
	unsigned failures;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	s = CU_add_suite("out", NULL, NULL);
	CU_add_test(s, "filters", test_filters);
	CU_add_test(s, "bad pattern", test_bad_pattern);
	CU_add_test(s, "pieces", test_pieces);
	CU_add_test(s, "raw keeps order", test_raw_keeps_order);
	CU_add_test(s, "pager", test_pager);
	CU_add_test(s, "pager, wrapped", test_pager_counts_wrapped_lines);
	CU_add_test(s, "pager, filtered",
	    test_pager_counts_what_the_filter_lets_through);
	CU_add_test(s, "write error", test_write_error);
	CU_add_test(s, "interrupt", test_interrupt);
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures > 0;
}

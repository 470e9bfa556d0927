/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include "logbuf.h"

static void
bounded(void)
{
	struct logbuf b;
	char line[16];
	unsigned i;

	/* Room for three lines of 9 bytes and their ends. */
	logbuf_init(&b, 30);
	for (i = 0; i < 1000; i++) {
		snprintf(line, sizeof(line), "line %04u", i);
		logbuf_add(&b, line);
		CU_ASSERT_TRUE(b.bytes <= 30);
		CU_ASSERT_EQUAL(logbuf_count(&b), i < 3 ? i + 1 : 3);
	}
	CU_ASSERT_STRING_EQUAL(logbuf_line(&b, 0), "line 0997");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&b, 2), "line 0999");
	/* The array does not grow with what went through it. */
	CU_ASSERT_TRUE(b.lines.cap < 32);
	logbuf_fini(&b);
}

static void
lengths(void)
{
	struct logbuf b;

	logbuf_init(&b, 10);
	logbuf_add(&b, "");
	logbuf_add(&b, "12345678");
	CU_ASSERT_EQUAL(logbuf_count(&b), 2);
	logbuf_add(&b, "123456789");
	CU_ASSERT_EQUAL(logbuf_count(&b), 1);
	CU_ASSERT_EQUAL(b.bytes, 10);
	/* Longer than the whole buffer: the others went for nothing. */
	logbuf_add(&b, "1234567890");
	CU_ASSERT_EQUAL(logbuf_count(&b), 0);
	CU_ASSERT_EQUAL(b.bytes, 0);
	logbuf_add(&b, "x");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&b, 0), "x");
	logbuf_fini(&b);
}

static void
resized(void)
{
	struct logbuf b;

	logbuf_init(&b, 100);
	logbuf_add(&b, "one");
	logbuf_add(&b, "two");
	logbuf_add(&b, "three");
	logbuf_resize(&b, 10);
	CU_ASSERT_EQUAL(logbuf_count(&b), 2);
	CU_ASSERT_STRING_EQUAL(logbuf_line(&b, 0), "two");
	logbuf_resize(&b, 1000);
	CU_ASSERT_EQUAL(logbuf_count(&b), 2);
	logbuf_clear(&b);
	CU_ASSERT_EQUAL(logbuf_count(&b), 0);
	logbuf_add(&b, "again");
	CU_ASSERT_STRING_EQUAL(logbuf_line(&b, 0), "again");
	logbuf_fini(&b);
}

int
main(void)
{
	CU_pSuite suite;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	suite = CU_add_suite("logbuf", NULL, NULL);
	CU_add_test(suite, "bounded", bounded);
	CU_add_test(suite, "lengths", lengths);
	CU_add_test(suite, "resized", resized);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

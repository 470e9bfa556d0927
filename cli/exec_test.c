/* SPDX-License-Identifier: ISC
 *
 * test regex: does an expression match?
 */
#include <string.h>

#include "regexset.h"
#include "session.h"

enum { INPUT_MAX = 201, EXPRESSION_MAX = 100 };

struct test_args {
	char *input, *expression;
};
BIND(bind_test, struct test_args, FIELD(struct test_args, F_STR, input),
    FIELD(struct test_args, F_STR, expression));

static void
test_regex(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct test_args *a = args;
	const char *const list[] = { a->expression };
	struct regexset *set;
	struct cerr e;

	if (strlen(a->input) > INPUT_MAX) {
		session_invalid(s, 2);
		return;
	}
	if (a->expression[0] == '\0' ||
	    strlen(a->expression) > EXPRESSION_MAX) {
		session_invalid(s, 3);
		return;
	}
	set = regexset_new(list, 1, &e);
	if (set == NULL) {
		session_error(s, "%% Invalid regular expression: %s", e.text);
		return;
	}
	out_printf(&s->out, "INFO: Regular expression match %s.\n",
	    regexset_match(set, a->input, strlen(a->input)) ? "succeeded"
							    : "failed");
	regexset_free(set);
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "test regex WORD:input WORD:expression",
	  "Test something\n"
	  "A regular expression\n"
	  "Text, up to 201 characters; in quotes if it has blanks\n"
	  "Expression, up to 100 characters; in quotes if it has blanks\n",
	  &bind_test, .exec = test_regex, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set rows_test = { rows, ARRAY_LEN(rows) };

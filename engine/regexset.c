/* SPDX-License-Identifier: ISC */
#include "regexset.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "regex_syntax.h"

/* What one match may cost; a few times what honest expressions need on a line
 * of a thousand bytes. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KB = 256 };
enum { JIT_STACK_MAX = 256 * 1024 };

struct regexset {
	size_t n;
	pcre2_code **codes;
	pcre2_match_context *context;
	pcre2_match_data *data; /* scratch, made once */
	pcre2_jit_stack *stack;
};

static pcre2_code *
compile(const char *expression, struct cerr *e)
{
	PCRE2_UCHAR message[128];
	struct strbuf sb;
	pcre2_code *code = NULL;
	PCRE2_SIZE at;
	int number;

	sb_init(&sb);
	if (regex_translate(expression, &sb, e) == 0) {
		code = pcre2_compile((PCRE2_SPTR)sb_text(&sb), sb.length,
		    PCRE2_DOTALL | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP, &number,
		    &at, NULL);
		if (code == NULL) {
			pcre2_get_error_message(
			    number, message, sizeof(message));
			cerr_set(e, -1, "%s", (const char *)message);
		} else {
			/* Without JIT the interpreter does the same. */
			(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
		}
	}
	sb_free(&sb);
	return code;
}

struct regexset *
regexset_new(const char *const *expressions, size_t n, struct cerr *e)
{
	struct regexset *r = xcalloc(1, sizeof(*r));

	r->codes = xcalloc(n, sizeof(*r->codes));
	for (; r->n < n; r->n++) {
		r->codes[r->n] = compile(expressions[r->n], e);
		if (r->codes[r->n] == NULL) {
			regexset_free(r);
			return NULL;
		}
	}
	r->context = pcre2_match_context_create(NULL);
	r->data = pcre2_match_data_create(1, NULL);
	r->stack = pcre2_jit_stack_create(16 * 1024, JIT_STACK_MAX, NULL);
	if (r->context == NULL || r->data == NULL) {
		cerr_set(e, -1, "out of memory");
		regexset_free(r);
		return NULL;
	}
	pcre2_set_match_limit(r->context, MATCH_LIMIT);
	pcre2_set_depth_limit(r->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(r->context, HEAP_LIMIT_KB);
	if (r->stack != NULL)
		pcre2_jit_stack_assign(r->context, NULL, r->stack);
	return r;
}

void
regexset_free(struct regexset *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		pcre2_code_free(r->codes[i]);
	free(r->codes);
	pcre2_match_context_free(r->context);
	pcre2_match_data_free(r->data);
	pcre2_jit_stack_free(r->stack);
	free(r);
}

bool
regexset_match(const void *regexset, const char *bytes, size_t length)
{
	const struct regexset *r = regexset;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (pcre2_match(r->codes[i], (PCRE2_SPTR)bytes, length, 0, 0,
			r->data, r->context) >= 0)
			return true;
	return false;
}

/* SPDX-License-Identifier: ISC
 *
 * Lexeme types of QoS: values of the IP header's type of service that have
 * names.
 */
#include <stdio.h>
#include <stdlib.h>

#include "names.h"
#include "toktype.h"

/* A number up to max, or a name. */
static bool
get(const char *s, uint32_t max, int (*to_number)(const char *), uint32_t *v)
{
	char *end;
	unsigned long n;
	int named;

	if (s[0] >= '0' && s[0] <= '9') {
		n = strtoul(s, &end, 10);
		*v = (uint32_t)n;
		return *end == '\0' && n <= max;
	}
	named = to_number(s);
	*v = (uint32_t)named;
	return named >= 0;
}

static void
put(uint32_t v, const char *name, struct strbuf *out)
{
	if (name != NULL)
		sb_puts(out, name);
	else
		sb_printf(out, "%u", v);
}

static bool
dscp_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get(w->s, 63, name_to_dscp, &v);
}

static bool
dscp_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get(ws->w[tok].s, 63, name_to_dscp, field);
}

static void
dscp_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;

	put(v, dscp_to_name(v), out);
}

static void
dscp_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0-63>");
}

static bool
precedence_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get(w->s, 7, name_to_precedence, &v);
}

static bool
precedence_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get(ws->w[tok].s, 7, name_to_precedence, field);
}

static void
precedence_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;

	put(v, precedence_to_name(v), out);
}

static void
precedence_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0-7>");
}

/* clang-format off */
const struct toktype toktypes_qos[] = {
	{ "DSCP", F_U32, 0, 0, 3, false, dscp_check, dscp_parse, dscp_print, dscp_hint },
	{ "PRECEDENCE", F_U32, 0, 0, 3, false, precedence_check, precedence_parse, precedence_print, precedence_hint },
	{ .name = NULL },
};
/* clang-format on */

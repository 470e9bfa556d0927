/* SPDX-License-Identifier: ISC */
#include "toktype.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hwname.h"
#include "names.h"

static bool
parse_number(const char *s, uint64_t *v)
{
	char *end;
	int base = s[0] == '0' && (s[1] == 'x' || s[1] == 'X') ? 16 : 10;

	if (!isdigit((unsigned char)s[0]))
		return false;
	errno = 0;
	*v = strtoull(s, &end, base);
	return errno == 0 && *end == '\0' && end != s;
}

/* ---- INT ---- */

static bool
int_check(const struct lexspec *lex, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint64_t v;

	return parse_number(w->s, &v) && v >= lex->lo && v <= lex->hi;
}

static bool
int_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	uint64_t v = 0;

	if (!parse_number(ws->w[tok].s, &v))
		return false;
	*(uint32_t *)field = (uint32_t)v;
	return true;
}

static void
int_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	sb_printf(out, "%u", *(const uint32_t *)field);
}

static void
int_hint(const struct lexspec *lex, char *buf, size_t size)
{
	snprintf(buf, size, "<%llu-%llu>", (unsigned long long)lex->lo,
	    (unsigned long long)lex->hi);
}

/* ---- NAME, WORD, LINE ---- */

static bool
name_check(const struct lexspec *lex, const struct word *w,
    const struct tokenv *env UNUSED)
{
	size_t length = strlen(w->s);

	return length > 0 && length <= lex->hi &&
	    (w->quoted || strpbrk(w->s, "()|") == NULL);
}

/* What reads as an address or a number is no name of an interface. */
static bool
ifname_check(
    const struct lexspec *lex, const struct word *w, const struct tokenv *env)
{
	return name_check(lex, w, env) &&
	    strspn(w->s, "0123456789.:") != strlen(w->s);
}

static bool
word_check(const struct lexspec *lex UNUSED, const struct word *w UNUSED,
    const struct tokenv *env UNUSED)
{
	return true;
}

static bool
str_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	str_set(field, ws->w[tok].s);
	return true;
}

/* Quotes come back where the word would not survive without them. */
static void
str_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	const char *s = *(char *const *)field;
	bool quote = s[0] == '\0' || strpbrk(s, " \t()|") != NULL;

	sb_printf(out, quote ? "\"%s\"" : "%s", s);
}

static void
word_hint(const struct lexspec *lex, char *buf, size_t size)
{
	if (lex->hi != 0 && lex->hi != lex->type->hi)
		snprintf(buf, size, "WORD < %llu char",
		    (unsigned long long)lex->hi + 1);
	else
		snprintf(buf, size, "WORD");
}

static bool
line_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->line + ws->w[tok].col;
	size_t length = strlen(s);
	char **dst = field;

	while (length > 0 && (s[length - 1] == ' ' || s[length - 1] == '\t'))
		length--;
	free(*dst);
	*dst = xstrndup(s, length);
	return true;
}

static void
line_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	sb_puts(out, *(char *const *)field);
}

static void
line_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "LINE");
}

/* ---- addresses ---- */

static bool
get_ip(const struct word *w, const struct tokenv *env, struct ip_addr *a)
{
	if (ip_parse(w->s, a))
		return true;
	return env != NULL && env->name_to_ip != NULL &&
	    env->name_to_ip(env->arg, w->s, a);
}

static bool
ip_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env)
{
	struct ip_addr a;

	return get_ip(w, env, &a) && a.af == AF_INET;
}

static bool
ip6_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env)
{
	struct ip_addr a;

	return get_ip(w, env, &a) && a.af == AF_INET6;
}

static bool
ipany_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env)
{
	struct ip_addr a;

	return get_ip(w, env, &a);
}

static bool
ip_field_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx, void *field, struct cerr *e UNUSED)
{
	return get_ip(&ws->w[tok], ctx->env, field);
}

static void
ip_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx, struct strbuf *out)
{
	const struct ip_addr *a = field;
	const char *name = NULL;
	char buf[IP_TEXT_SIZE];

	if (ctx->env != NULL && ctx->env->ip_to_name != NULL)
		name = ctx->env->ip_to_name(ctx->env->arg, a);
	sb_puts(out, name != NULL ? name : ip_format(a, buf));
}

static void
ip_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "Hostname or A.B.C.D");
}

static void
ip6_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "X:X:X:X::X");
}

static bool
mask_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	struct ip_addr a;

	return ip_parse(w->s, &a) && a.af == AF_INET;
}

static bool
netmask_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	struct ip_addr a;
	unsigned length;

	return ip_parse(w->s, &a) && a.af == AF_INET &&
	    ip_mask_to_prefix(&a, &length);
}

static bool
mask_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return ip_parse(ws->w[tok].s, field);
}

static void
mask_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	char buf[IP_TEXT_SIZE];

	sb_puts(out, ip_format(field, buf));
}

static void
mask_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "A.B.C.D");
}

static bool
get_prefix6(const char *s, struct ip_prefix *p)
{
	const char *slash = strchr(s, '/');
	char text[IP_TEXT_SIZE];
	uint64_t length;

	if (slash == NULL || (size_t)(slash - s) >= sizeof(text))
		return false;
	memcpy(text, s, (size_t)(slash - s));
	text[slash - s] = '\0';
	if (!ip_parse(text, &p->addr) || p->addr.af != AF_INET6 ||
	    !parse_number(slash + 1, &length) || length > 128)
		return false;
	p->length = (uint8_t)length;
	return true;
}

static bool
prefix6_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	struct ip_prefix p;

	return get_prefix6(w->s, &p);
}

static bool
prefix6_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get_prefix6(ws->w[tok].s, field);
}

static void
prefix6_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	const struct ip_prefix *p = field;
	char buf[IP_TEXT_SIZE];

	sb_printf(out, "%s/%u", ip_format(&p->addr, buf), p->length);
}

static void
prefix6_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "X:X:X:X::X/<0-128>");
}

/* ---- ports, protocols, ICMP types ---- */

static bool
get_number_or(const char *s, uint64_t hi, int named, uint32_t *v)
{
	uint64_t n;

	if (parse_number(s, &n)) {
		*v = (uint32_t)n;
		return n <= hi;
	}
	*v = (uint32_t)named;
	return named >= 0;
}

static bool
port_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_number_or(w->s, 65535, name_to_port(w->s, 0), &v);
}

static bool
port_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s;

	return get_number_or(s, 65535, name_to_port(s, ctx->proto), field);
}

static void
port_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;
	const char *name = port_to_name(v, ctx->proto);

	if (name != NULL)
		sb_puts(out, name);
	else
		sb_printf(out, "%u", v);
}

static void
port_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0-65535>");
}

static bool
proto_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_number_or(w->s, 255, name_to_protocol(w->s), &v);
}

static bool
proto_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s;

	if (!get_number_or(s, 255, name_to_protocol(s), field))
		return false;
	ctx->proto = *(uint32_t *)field;
	return true;
}

static void
proto_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;
	const char *name = protocol_to_name(v);

	ctx->proto = v;
	if (name != NULL)
		sb_puts(out, name);
	else
		sb_printf(out, "%u", v);
}

static void
byte_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0-255>");
}

static bool
icmp_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_number_or(w->s, 255, name_to_icmp_type(w->s), &v);
}

static bool
icmp_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s;

	return get_number_or(s, 255, name_to_icmp_type(s), field);
}

static void
icmp_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;
	const char *name = icmp_type_to_name(v);

	if (name != NULL)
		sb_puts(out, name);
	else
		sb_printf(out, "%u", v);
}

static bool
icmp6_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_number_or(w->s, 255, name_to_icmp6_type(w->s), &v);
}

static bool
icmp6_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s;

	return get_number_or(s, 255, name_to_icmp6_type(s), field);
}

static void
icmp6_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;
	const char *name = icmp6_type_to_name(v);

	if (name != NULL)
		sb_puts(out, name);
	else
		sb_printf(out, "%u", v);
}

/* ---- (real,mapped) and (name) ---- */

static bool
ifpair_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	size_t length = strlen(w->s);
	const char *comma = strchr(w->s, ',');

	return length >= 5 && w->s[0] == '(' && w->s[length - 1] == ')' &&
	    comma != NULL && comma > w->s + 1 && comma < w->s + length - 2 &&
	    strchr(comma + 1, ',') == NULL;
}

static bool
ifpair_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s, *comma = strchr(s, ',');
	struct if_pair *pair = field;

	free(pair->real);
	free(pair->mapped);
	pair->real = xstrndup(s + 1, (size_t)(comma - s - 1));
	pair->mapped = xstrndup(comma + 1, strlen(comma + 1) - 1);
	return true;
}

static void
ifpair_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	const struct if_pair *pair = field;

	sb_printf(out, "(%s,%s)", pair->real, pair->mapped);
}

static void
ifpair_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "(<real_ifc>,<mapped_ifc>)");
}

static bool
ifparen_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	size_t length = strlen(w->s);

	return length >= 3 && w->s[0] == '(' && w->s[length - 1] == ')' &&
	    strchr(w->s, ',') == NULL;
}

static bool
ifparen_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	const char *s = ws->w[tok].s;
	char **dst = field;

	free(*dst);
	*dst = xstrndup(s + 1, strlen(s) - 2);
	return true;
}

static void
ifparen_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	sb_printf(out, "(%s)", *(char *const *)field);
}

static void
ifparen_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "(<ifc>)");
}

/* ---- hh:mm:ss, severity ---- */

static bool
get_hms(const char *s, uint32_t *v)
{
	unsigned h, m, sec;
	int n = 0;

	if (sscanf(s, "%4u:%2u:%2u%n", &h, &m, &sec, &n) != 3 || s[n] != '\0' ||
	    m > 59 || sec > 59 || !isdigit((unsigned char)*s))
		return false;
	*v = h * 3600 + m * 60 + sec;
	return true;
}

static bool
hms_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_hms(w->s, &v);
}

static bool
hms_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get_hms(ws->w[tok].s, field);
}

static void
hms_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	uint32_t v = *(const uint32_t *)field;

	sb_printf(out, "%u:%02u:%02u", v / 3600, v / 60 % 60, v % 60);
}

static void
hms_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0:0:0>-<1193:0:0>");
}

/* Levels are keywords: they may be cut as long as one only fits. */
static bool
get_severity(const char *s, uint32_t *v)
{
	size_t n = strlen(s);
	unsigned i, found = 0;

	if (get_number_or(s, 7, name_to_severity(s), v))
		return true;
	for (i = 0; i <= 7; i++) {
		if (n > 0 && strncasecmp(severity_to_name(i), s, n) == 0) {
			*v = i;
			found++;
		}
	}
	return found == 1;
}

static bool
severity_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_severity(w->s, &v);
}

static bool
severity_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get_severity(ws->w[tok].s, field);
}

static void
severity_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	sb_puts(out, severity_to_name(*(const uint32_t *)field));
}

static void
severity_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<0-7>");
}

/* ---- system messages ---- */

/* Six digits, the first not 0; NULL if there are none. */
static const char *
skip_message_id(const char *s)
{
	if (strspn(s, "0123456789") != 6 || s[0] == '0')
		return NULL;
	return s + 6;
}

static bool
msgids_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	const char *end = skip_message_id(w->s);

	if (end != NULL && *end == '-')
		end = skip_message_id(end + 1);
	return end != NULL && *end == '\0';
}

static void
msgids_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<100000-999999>[-<100000-999999>]");
}

/* "udp/514", "17/514" or "udp" into "17/514"; the port that a protocol alone
 * stands for is the device's. */
static bool
get_log_port(const char *s, char *buf, size_t size)
{
	static const struct {
		const char *name;
		unsigned number, port;
	} protos[] = {
		{ "udp", 17, 514 },
		{ "17", 17, 514 },
		{ "tcp", 6, 1470 },
		{ "6", 6, 1470 },
	};
	size_t i, n = strcspn(s, "/");
	uint64_t port;

	for (i = 0; i < ARRAY_LEN(protos); i++) {
		if (strlen(protos[i].name) != n ||
		    strncasecmp(protos[i].name, s, n) != 0)
			continue;
		port = protos[i].port;
		if (s[n] == '/' &&
		    (!parse_number(s + n + 1, &port) || port == 0 ||
			port > 65535))
			return false;
		snprintf(buf, size, "%u/%u", protos[i].number, (unsigned)port);
		return true;
	}
	return false;
}

static bool
log_port_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	char buf[16];

	return get_log_port(w->s, buf, sizeof(buf));
}

static bool
log_port_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	char buf[16];

	if (!get_log_port(ws->w[tok].s, buf, sizeof(buf)))
		return false;
	str_set(field, buf);
	return true;
}

static void
log_port_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "{udp|tcp}/<1-65535>");
}

/* ---- hardware interfaces ---- */

static bool
hwif_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	char buf[HWNAME_SIZE];

	return hw_canonical(w->s, buf);
}

static bool
hwif_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	char buf[HWNAME_SIZE];

	if (!hw_canonical(ws->w[tok].s, buf))
		return false;
	str_set(field, buf);
	return true;
}

static void
hwif_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<hardware_id>");
}

static bool
hwtype_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	return hw_type(w->s) != NULL;
}

static bool
hwtype_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	str_set(field, hw_type(ws->w[tok].s));
	return true;
}

static bool
hwnum_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	return hw_number_ok(w->s);
}

static void
hwnum_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "<slot/port>");
}

/* security50, of PIX 6 */
static bool
get_security(const char *s, uint32_t *v)
{
	uint64_t n;

	if (strncasecmp(s, "security", 8) != 0 || !parse_number(s + 8, &n) ||
	    n > 100)
		return false;
	*v = (uint32_t)n;
	return true;
}

static bool
security_check(const struct lexspec *lex UNUSED, const struct word *w,
    const struct tokenv *env UNUSED)
{
	uint32_t v;

	return get_security(w->s, &v);
}

static bool
security_parse(const struct lexspec *lex UNUSED, const struct words *ws,
    unsigned tok, struct tokctx *ctx UNUSED, void *field, struct cerr *e UNUSED)
{
	return get_security(ws->w[tok].s, field);
}

static void
security_print(const struct lexspec *lex UNUSED, const void *field,
    struct tokctx *ctx UNUSED, struct strbuf *out)
{
	sb_printf(out, "security%u", *(const uint32_t *)field);
}

static void
security_hint(const struct lexspec *lex UNUSED, char *buf, size_t size)
{
	snprintf(buf, size, "security<0-100>");
}

/* clang-format off */
static const struct toktype types[] = {
	{ "INT", F_U32, 0, UINT32_MAX, 4, false, int_check, int_parse, int_print, int_hint },
	{ "NAME", F_STR, 0, 64, 2, false, name_check, str_parse, str_print, word_hint },
	{ "IFNAME", F_STR, 0, 48, 2, false, ifname_check, str_parse, str_print, word_hint },
	{ "WORD", F_STR, 0, 0, 1, false, word_check, str_parse, str_print, word_hint },
	{ "LINE", F_STR, 0, 0, 1, true, word_check, line_parse, line_print, line_hint },
	{ "IP", F_IP, 0, 0, 4, false, ip_check, ip_field_parse, ip_print, ip_hint },
	{ "IP6", F_IP, 0, 0, 4, false, ip6_check, ip_field_parse, ip_print, ip6_hint },
	{ "IPANY", F_IP, 0, 0, 4, false, ipany_check, ip_field_parse, ip_print, ip_hint },
	{ "MASK", F_IP, 0, 0, 4, false, mask_check, mask_parse, mask_print, mask_hint },
	{ "NETMASK", F_IP, 0, 0, 4, false, netmask_check, mask_parse, mask_print, mask_hint },
	{ "PREFIX6", F_PREFIX, 0, 0, 4, false, prefix6_check, prefix6_parse, prefix6_print, prefix6_hint },
	{ "PORT", F_U32, 0, 0, 3, false, port_check, port_parse, port_print, port_hint },
	{ "PROTO", F_U32, 0, 0, 3, false, proto_check, proto_parse, proto_print, byte_hint },
	{ "ICMPTYPE", F_U32, 0, 0, 3, false, icmp_check, icmp_parse, icmp_print, byte_hint },
	{ "ICMP6TYPE", F_U32, 0, 0, 3, false, icmp6_check, icmp6_parse, icmp6_print, byte_hint },
	{ "IFPAIR", F_IFPAIR, 0, 0, 4, false, ifpair_check, ifpair_parse, ifpair_print, ifpair_hint },
	{ "IFPAREN", F_STR, 0, 0, 4, false, ifparen_check, ifparen_parse, ifparen_print, ifparen_hint },
	{ "HMS", F_U32, 0, 0, 3, false, hms_check, hms_parse, hms_print, hms_hint },
	{ "HWIF", F_STR, 0, 0, 3, false, hwif_check, hwif_parse, str_print, hwif_hint },
	{ "HWTYPE", F_STR, 0, 0, 3, false, hwtype_check, hwtype_parse, str_print, hwif_hint },
	{ "HWNUM", F_STR, 0, 0, 3, false, hwnum_check, str_parse, str_print, hwnum_hint },
	{ "SECURITY", F_U32, 0, 0, 4, false, security_check, security_parse, security_print, security_hint },
	{ "SEVERITY", F_U32, 0, 0, 3, false, severity_check, severity_parse, severity_print, severity_hint },
	{ "MSGIDS", F_STR, 0, 0, 4, false, msgids_check, str_parse, str_print, msgids_hint },
	{ "LOGPORT", F_STR, 0, 0, 4, false, log_port_check, log_port_parse, str_print, log_port_hint },
};
/* clang-format on */

const struct toktype *
toktype_find(const char *name, size_t length)
{
	const struct toktype *t;
	size_t i;

	for (i = 0; i < ARRAY_LEN(types); i++) {
		if (strlen(types[i].name) == length &&
		    memcmp(types[i].name, name, length) == 0)
			return &types[i];
	}
	for (t = toktypes_qos; t->name != NULL; t++) {
		if (strlen(t->name) == length &&
		    memcmp(t->name, name, length) == 0)
			return t;
	}
	return NULL;
}

size_t
field_size(enum field_kind kind)
{
	switch (kind) {
	case F_BOOL:
		return sizeof(bool);
	case F_BRANCH:
		return sizeof(uint8_t);
	case F_MASK:
	case F_U32:
		return sizeof(uint32_t);
	case F_STR:
		return sizeof(char *);
	case F_IP:
		return sizeof(struct ip_addr);
	case F_PREFIX:
		return sizeof(struct ip_prefix);
	case F_IFPAIR:
		return sizeof(struct if_pair);
	case F_SUB:
		break;
	}
	return 0;
}

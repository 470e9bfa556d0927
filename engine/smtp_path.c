/* SPDX-License-Identifier: ISC
 *
 * The arguments of SMTP commands (RFC 5321 4.1.2).
 */
#include "smtp.h"

#include <string.h>

static unsigned
upper(unsigned c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

bool
word_eq_nocase(const void *span, size_t n, const char *word)
{
	const uint8_t *p = span;
	size_t i;

	for (i = 0; i < n; i++)
		if (word[i] == '\0' ||
		    upper(p[i]) != upper((unsigned char)word[i]))
			return false;
	return word[n] == '\0';
}

static bool
is_blank(unsigned c)
{
	return c == ' ' || c == '\t';
}

/* From a < or the first byte of a bare path to its end. */
static size_t
path_end(const uint8_t *b, size_t i, size_t n, bool bracketed)
{
	bool quoted = false;

	for (; i < n; i++) {
		if (b[i] == '\\' && quoted && i + 1 < n)
			i++;
		else if (b[i] == '"')
			quoted = !quoted;
		else if (!quoted && bracketed && b[i] == '>')
			break;
		else if (!quoted && !bracketed && is_blank(b[i]))
			break;
	}
	return i;
}

static void
parse_parameters(const uint8_t *b, size_t i, size_t n, struct smtp_path *p)
{
	size_t start;

	while (i < n) {
		while (i < n && is_blank(b[i]))
			i++;
		start = i;
		while (i < n && !is_blank(b[i]) && b[i] != '=')
			i++;
		if (i < n && b[i] == '=' &&
		    word_eq_nocase(b + start, i - start, "SIZE")) {
			p->has_size = true;
			p->size = smtp_parse_chunk(b + i + 1, n - i - 1);
		}
		while (i < n && !is_blank(b[i]))
			i++;
	}
}

void
smtp_parse_path(const uint8_t *arg, size_t n, struct smtp_path *p)
{
	size_t i, end, at;
	bool bracketed, quoted = false;

	memset(p, 0, sizeof(*p));
	for (i = 0; i < n && !is_blank(arg[i]) && arg[i] != ':'; i++)
		;
	if (word_eq_nocase(arg, i, "FROM") || word_eq_nocase(arg, i, "TO")) {
		while (i < n && is_blank(arg[i]))
			i++;
		if (i < n && arg[i] == ':')
			i++;
		while (i < n && is_blank(arg[i]))
			i++;
	} else {
		i = 0;
	}
	p->start = i;
	bracketed = i < n && arg[i] == '<';
	if (bracketed)
		i++;
	end = path_end(arg, i, n, bracketed);
	if (bracketed && end == n) /* never closed: a bare word after all */
		end = path_end(arg, i, n, false);
	p->at = p->mailbox = i;
	p->length = end - i;

	/* RFC 5321 4.1.1.3: @a,@b:user@domain; the route is of no use. */
	if (p->length != 0 && arg[i] == '@') {
		while (p->mailbox < end && arg[p->mailbox] != ':')
			p->mailbox++;
		if (p->mailbox < end)
			p->mailbox++;
		else
			p->mailbox = i;
	}
	p->mailbox_size = end - p->mailbox;
	at = end;
	for (i = p->mailbox; i < end; i++) {
		if (arg[i] == '\\' && quoted)
			i++;
		else if (arg[i] == '"')
			quoted = !quoted;
		else if (arg[i] == '@' && !quoted)
			at = i;
	}
	p->domain = at < end ? at + 1 : end;
	p->domain_size = end - p->domain;
	parse_parameters(
	    arg, bracketed && end < n && arg[end] == '>' ? end + 1 : end, n, p);
}

uint64_t
smtp_parse_chunk(const uint8_t *arg, size_t n)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < n && arg[i] >= '0' && arg[i] <= '9'; i++) {
		if (value > (UINT64_MAX - 9) / 10)
			return UINT64_MAX;
		value = value * 10 + (arg[i] - '0');
	}
	return value;
}

/* SPDX-License-Identifier: ISC */
#include "hwname.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util.h"

static const char *const types[] = {
	"Ethernet",
	"FastEthernet",
	"GigabitEthernet",
	"TenGigabitEthernet",
	"FortyGigabitEthernet",
	"Management",
	"Vlan",
	"Port-channel",
	"Redundant",
	"BVI",
	"Tunnel",
	"Loopback",
	"Internal-Data",
	"Internal-Control",
	"gb-ethernet",
};

enum {
	DIGITS_MAX = 10, /* sub-interfaces run to 4294967295 */
	LEVELS_MAX = 3,  /* Ethernet1/1/1 */
};

/* The first that fits: "g" is GigabitEthernet, "f" FastEthernet. */
static const char *
type_of(const char *text, size_t length)
{
	const char *found = NULL;
	size_t i;

	for (i = 0; length > 0 && i < ARRAY_LEN(types); i++) {
		if (strncasecmp(types[i], text, length) != 0)
			continue;
		if (types[i][length] == '\0')
			return types[i];
		if (found == NULL)
			found = types[i];
	}
	return found;
}

const char *
hw_type(const char *text)
{
	return type_of(text, strlen(text));
}

/* Copies one number without leading zeros; the text after it, or NULL. */
static const char *
copy_number(const char *s, struct strbuf *out)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	if (n == 0 || n > DIGITS_MAX)
		return NULL;
	if (out != NULL)
		sb_printf(out, "%llu", strtoull(s, NULL, 10));
	return s + n;
}

static bool
copy_numbers(const char *s, struct strbuf *out)
{
	unsigned levels = 1;

	s = copy_number(s, out);
	while (s != NULL && *s == '/' && levels++ < LEVELS_MAX) {
		if (out != NULL)
			sb_putc(out, '/');
		s = copy_number(s + 1, out);
	}
	if (s != NULL && *s == '.') {
		if (out != NULL)
			sb_putc(out, '.');
		s = copy_number(s + 1, out);
	}
	return s != NULL && *s == '\0';
}

bool
hw_number_ok(const char *text)
{
	return copy_numbers(text, NULL);
}

bool
hw_canonical(const char *text, char buf[HWNAME_SIZE])
{
	size_t length = strcspn(text, "0123456789");
	const char *type = type_of(text, length);
	struct strbuf out;
	bool ok;

	if (type == NULL)
		return false;
	sb_init(&out);
	sb_puts(&out, type);
	ok = copy_numbers(text + length, &out) && out.length < HWNAME_SIZE;
	if (ok)
		memcpy(buf, sb_text(&out), out.length + 1);
	sb_free(&out);
	return ok;
}

bool
hw_is_subinterface(const char *canonical)
{
	return strchr(canonical, '.') != NULL;
}

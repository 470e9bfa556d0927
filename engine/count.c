/* SPDX-License-Identifier: ISC */
#include "count.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "hash.h"

#include "util.h"

struct count_name {
	char *name;
	count_t id;
	UT_hash_handle hh;
};

void
count_init(struct counts *c)
{
	memset(c, 0, sizeof(*c));
	c->size = 64;
	c->v = xcalloc(c->size, sizeof(*c->v));
	c->baseline = xcalloc(c->size, sizeof(*c->baseline));
	c->n = 1; /* id 0: the counter nobody reads */
}

void
count_fini(struct counts *c)
{
	struct count_name *e, *next;

	HASH_ITER(hh, c->names, e, next) {
		HASH_DEL(c->names, e);
		free(e->name);
		free(e);
	}
	free(c->v);
	free(c->baseline);
	memset(c, 0, sizeof(*c));
}

count_t
count_id(struct counts *c, const char *fmt, ...)
{
	struct count_name *e;
	struct strbuf name;
	va_list ap;

	sb_init(&name);
	va_start(ap, fmt);
	sb_vprintf(&name, fmt, ap);
	va_end(ap);
	HASH_FIND_STR(c->names, sb_text(&name), e);
	if (e == NULL) {
		if (c->n == c->size) {
			c->v = xreallocarray(c->v, c->size * 2, sizeof(*c->v));
			c->baseline = xreallocarray(
			    c->baseline, c->size * 2, sizeof(*c->baseline));
			memset(c->v + c->size, 0, c->size * sizeof(*c->v));
			memset(c->baseline + c->size, 0,
			    c->size * sizeof(*c->baseline));
			c->size *= 2;
		}
		e = xcalloc(1, sizeof(*e));
		e->name = xstrdup(sb_text(&name));
		e->id = (count_t)c->n++;
		HASH_ADD_KEYPTR(hh, c->names, e->name, strlen(e->name), e);
	}
	sb_free(&name);
	return e->id;
}

uint64_t
count_read(const struct counts *c, count_t id)
{
	return id < c->n ? c->v[id] - c->baseline[id] : 0;
}

void
count_clear(struct counts *c, count_t id)
{
	if (id < c->n)
		c->baseline[id] = c->v[id];
}

void
count_clear_prefix(struct counts *c, const char *prefix)
{
	struct count_name *e, *next;
	size_t length = strlen(prefix);

	HASH_ITER(hh, c->names, e, next) {
		if (strncmp(e->name, prefix, length) == 0)
			count_clear(c, e->id);
	}
}

/* SPDX-License-Identifier: ISC */
#include "strmap.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "util.h"

struct strmap_node {
	char *key;
	void *value;
	UT_hash_handle hh;
};

static struct strmap_node *
find(const struct strmap *m, const char *key)
{
	struct strmap_node *n;

	HASH_FIND_STR(m->head, key, n);
	return n;
}

void *
strmap_get(const struct strmap *m, const char *key)
{
	struct strmap_node *n = find(m, key);

	return n != NULL ? n->value : NULL;
}

void *
strmap_set(struct strmap *m, const char *key, void *value)
{
	struct strmap_node *n = find(m, key);
	void *old = NULL;

	if (n == NULL) {
		n = xcalloc(1, sizeof(*n));
		n->key = xstrdup(key);
		HASH_ADD_KEYPTR(hh, m->head, n->key, strlen(n->key), n);
	} else
		old = n->value;
	n->value = value;
	return old;
}

void *
strmap_del(struct strmap *m, const char *key)
{
	struct strmap_node *n = find(m, key);
	void *value;

	if (n == NULL)
		return NULL;
	value = n->value;
	HASH_DEL(m->head, n);
	free(n->key);
	free(n);
	return value;
}

void
strmap_clear(struct strmap *m, void (*free_value)(void *))
{
	struct strmap_node *n, *next;

	HASH_ITER(hh, m->head, n, next) {
		HASH_DEL(m->head, n);
		if (free_value != NULL)
			free_value(n->value);
		free(n->key);
		free(n);
	}
}

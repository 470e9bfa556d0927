/* SPDX-License-Identifier: ISC */
#include "bytestore.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "seq.h"
#include "util.h"

int
bytepool_init(struct bytepool *pool, uint32_t n)
{
	memset(pool, 0, sizeof(*pool));
	if (n == 0)
		return -EINVAL;
	pool->slab = calloc(n, sizeof(*pool->slab));
	if (pool->slab == NULL)
		return -ENOMEM;
	pool->n = n;
	return 0;
}

void
bytepool_fini(struct bytepool *pool)
{
	free(pool->slab);
	memset(pool, 0, sizeof(*pool));
}

void
bytestore_drop_first(struct bytestore *b, struct bytepool *pool)
{
	struct byte_chunk *c = b->first;

	b->base = c->seq + c->used;
	b->first = c->next;
	if (b->first != NULL)
		b->first->prev = NULL;
	else
		b->last = NULL;
	b->n_chunks--;
	c->next = pool->free;
	pool->free = c;
	pool->in_use--;
}

void
bytestore_reset(struct bytestore *b, struct bytepool *pool, uint32_t base)
{
	while (b->first != NULL)
		bytestore_drop_first(b, pool);
	b->base = b->end = base;
}

uint32_t
bytestore_need(const struct bytestore *b, uint32_t n)
{
	uint32_t room = b->last == NULL ? 0 : BYTE_CHUNK_SIZE - b->last->used;

	return n <= room ? 0
			 : (n - room + BYTE_CHUNK_SIZE - 1) / BYTE_CHUNK_SIZE;
}

static struct byte_chunk *
grow(struct bytestore *b, struct bytepool *pool)
{
	struct byte_chunk *c = pool->free;

	if (c != NULL)
		pool->free = c->next;
	else {
		assert(pool->fresh < pool->n);
		c = &pool->slab[pool->fresh++];
	}
	pool->in_use++;
	pool->most_used = MAX(pool->most_used, pool->in_use);
	c->seq = b->end;
	c->used = 0;
	c->next = NULL;
	c->prev = b->last;
	if (b->last != NULL)
		b->last->next = c;
	else
		b->first = c;
	b->last = c;
	b->n_chunks++;
	return c;
}

void
bytestore_append(struct bytestore *b, struct bytepool *pool,
    const uint8_t *bytes, uint32_t n)
{
	struct byte_chunk *c = b->last;
	uint32_t part;

	while (n > 0) {
		if (c == NULL || c->used == BYTE_CHUNK_SIZE)
			c = grow(b, pool);
		part = MIN(n, BYTE_CHUNK_SIZE - c->used);
		memcpy(c->bytes + c->used, bytes, part);
		c->used += part;
		b->end += part;
		bytes += part;
		n -= part;
	}
}

/* Searched from the end: what is asked for is nearly always recent. */
static struct byte_chunk *
find(const struct bytestore *b, uint32_t seq)
{
	struct byte_chunk *c = b->last;

	while (c != NULL && seq_lt(seq, c->seq))
		c = c->prev;
	assert(c != NULL && seq - c->seq < c->used);
	return c;
}

const uint8_t *
bytestore_piece(const struct bytestore *b, uint32_t seq, uint32_t *n)
{
	const struct byte_chunk *c = find(b, seq);

	*n = c->used - (seq - c->seq);
	return c->bytes + (seq - c->seq);
}

void
bytestore_read(const struct bytestore *b, uint32_t seq, uint8_t *to, uint32_t n)
{
	const struct byte_chunk *c;
	uint32_t at, part;

	if (n == 0)
		return;
	c = find(b, seq);
	for (at = seq - c->seq; n > 0; at = 0, c = c->next) {
		assert(c != NULL);
		part = MIN(n, c->used - at);
		memcpy(to, c->bytes + at, part);
		to += part;
		n -= part;
	}
}

bool
bytestore_write(
    struct bytestore *b, uint32_t seq, const uint8_t *bytes, uint32_t n)
{
	struct byte_chunk *c;
	bool changed = false;
	uint32_t at, part;

	if (n == 0)
		return false;
	c = find(b, seq);
	for (at = seq - c->seq; n > 0; at = 0, c = c->next) {
		assert(c != NULL);
		part = MIN(n, c->used - at);
		if (memcmp(c->bytes + at, bytes, part) != 0) {
			memcpy(c->bytes + at, bytes, part);
			changed = true;
		}
		bytes += part;
		n -= part;
	}
	return changed;
}

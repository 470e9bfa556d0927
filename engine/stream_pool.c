/* SPDX-License-Identifier: ISC
 *
 * Streams and the memory they share; what they do is in stream.c.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "stream_impl.h"

static size_t
stream_size(const struct stream_pool *pool)
{
	return sizeof(struct stream) + pool->state_size;
}

int
stream_pool_init(struct stream_pool *pool, struct pktpool *packets,
    uint32_t n_streams, uint32_t n_chunks, size_t max_state_size)
{
	int error;

	memset(pool, 0, sizeof(*pool));
	if (n_streams == 0)
		return -EINVAL;
	pool->packets = packets;
	pool->n_streams = n_streams;
	pool->state_size = (max_state_size + sizeof(max_align_t) - 1) /
	    sizeof(max_align_t) * sizeof(max_align_t);
	error = bytepool_init(&pool->bytes, n_chunks);
	if (error != 0)
		return error;
	pool->scratch = malloc(INSPECT_HOLD_MAX + PKT_BUFFER_SIZE);
	pool->slab = calloc(n_streams, stream_size(pool));
	if (pool->scratch == NULL || pool->slab == NULL) {
		stream_pool_fini(pool);
		return -ENOMEM;
	}
	return 0;
}

void
stream_pool_fini(struct stream_pool *pool)
{
	bytepool_fini(&pool->bytes);
	free(pool->scratch);
	free(pool->slab);
	memset(pool, 0, sizeof(*pool));
}

struct stream *
stream_get(struct stream_pool *pool, const struct insp_instance *instance)
{
	const struct inspector *insp = instance->inspector;
	struct stream *s = pool->free;
	unsigned i;

	if (s != NULL)
		pool->free = s->next_free;
	else if (pool->fresh < pool->n_streams)
		s = (void *)((char *)pool->slab +
		    pool->fresh++ * stream_size(pool));
	else
		return NULL;
	pool->streams_in_use++;
	memset(s, 0, stream_size(pool));
	s->pool = pool;
	s->instance = instance;
	for (i = 0; i < 2; i++)
		s->half[i].held_tail = &s->half[i].held;
	if (insp == NULL) {
		s->bypass = true;
		return s;
	}
	assert(insp->state_size <= pool->state_size);
	if (insp->init != NULL)
		insp->init(s->state, instance->config);
	return s;
}

static unsigned
put_list(struct pktpool *pool, struct pkt *p)
{
	struct pkt *next;
	unsigned n = 0;

	for (; p != NULL; p = next) {
		next = p->next;
		pkt_put(pool, p);
		n++;
	}
	return n;
}

void
stream_put(struct stream_pool *pool, struct stream *s, unsigned *held)
{
	unsigned i, n = 0;

	for (i = 0; s != NULL && i < 2; i++) {
		n += put_list(pool->packets, s->half[i].held);
		n += put_list(pool->packets, s->half[i].ooo);
		bytestore_reset(&s->half[i].store, &pool->bytes, 0);
	}
	if (s != NULL) {
		s->next_free = pool->free;
		pool->free = s;
		pool->streams_in_use--;
	}
	if (held != NULL)
		*held = n;
}

void
stream_start(struct stream *s, enum dir dir, uint32_t seq)
{
	struct half *h = &s->half[dir];

	/* A SYN that is sent again changes nothing. */
	if (h->started && h->store.end != h->store.base)
		return;
	h->started = true;
	bytestore_reset(&h->store, &s->pool->bytes, seq);
	h->judged = h->acked = seq;
}

void
stream_usage(
    const struct stream *s, enum dir dir, uint32_t *bytes, uint32_t *packets)
{
	const struct half *h = &s->half[dir];
	const struct pkt *p;

	*bytes = h->store.end - h->judged;
	for (p = h->ooo; p != NULL; p = p->next)
		*bytes += p->payload_len;
	*packets = h->n_held + h->n_ooo;
}

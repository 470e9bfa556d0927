/* SPDX-License-Identifier: ISC */
#include "pkt.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The slab is the descriptors, then their buffers in the same order. Memory
 * comes zeroed from the kernel page by page, so buffers that were never used
 * cost address space only; the free list is a stack, which keeps it so. */

static uint8_t *
buffer_of(const struct pktpool *pool, const struct pkt *p)
{
	struct pkt *first = pool->slab;

	return (uint8_t *)(first + pool->n) +
	    (size_t)(p - first) * PKT_BUFFER_SIZE;
}

int
pktpool_init(struct pktpool *pool, unsigned n)
{
	struct pkt *p;
	unsigned i;

	memset(pool, 0, sizeof(*pool));
	if (n == 0)
		return -EINVAL;
	pool->slab = calloc(n, sizeof(struct pkt) + PKT_BUFFER_SIZE);
	if (pool->slab == NULL)
		return -ENOMEM;
	pool->n = n;
	p = pool->slab;
	for (i = n; i-- > 0;) {
		p[i].next = pool->free;
		pool->free = &p[i];
	}
	return 0;
}

void
pktpool_fini(struct pktpool *pool)
{
	free(pool->slab);
	memset(pool, 0, sizeof(*pool));
}

struct pkt *
pkt_get(struct pktpool *pool)
{
	struct pkt *p = pool->free;

	if (p == NULL)
		return NULL;
	pool->free = p->next;
	pool->in_use++;
	if (pool->in_use > pool->most_used)
		pool->most_used = pool->in_use;
	memset(p, 0, sizeof(*p));
	p->data = buffer_of(pool, p);
	p->l4 = PKT_NO_OFFSET;
	p->ingress = p->egress = p->capture_point = -1;
	p->csum = PKT_CSUM_NONE;
	return p;
}

void
pkt_put(struct pktpool *pool, struct pkt *p)
{
	if (p == NULL)
		return;
	/* A packet on the free list has no data: putting it twice, which would
	 * give it two owners later, stops here. */
	assert(p->data != NULL && pool->in_use > 0);
	p->data = NULL;
	p->next = pool->free;
	pool->free = p;
	pool->in_use--;
}

/* SPDX-License-Identifier: ISC */
#include "hostlimit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* A slot whose count fell to zero keeps its address, so that a probe sequence
 * that runs over it stays whole; the next new host takes it. */
struct host_slot {
	struct ip_addr addr; /* af 0: never used */
	uint32_t conns;
};

enum { PROBES_MAX = 64 };

int
hostlimit_init(struct hostlimit *h, uint32_t n)
{
	memset(h, 0, sizeof(*h));
	h->slots = calloc(n, sizeof(*h->slots));
	if (h->slots == NULL)
		return -ENOMEM;
	h->n = n;
	return 0;
}

void
hostlimit_fini(struct hostlimit *h)
{
	free(h->slots);
	memset(h, 0, sizeof(*h));
}

static uint32_t
home(const struct hostlimit *h, const struct ip_addr *a)
{
	return (uint32_t)XXH3_64bits(a->b, sizeof(a->b)) & (h->n - 1);
}

static struct host_slot *
find(const struct hostlimit *h, const struct ip_addr *a, bool want_free)
{
	struct host_slot *idle = NULL;
	uint32_t i, at = home(h, a);

	for (i = 0; i < PROBES_MAX; i++) {
		struct host_slot *s = &h->slots[(at + i) & (h->n - 1)];

		if (s->conns > 0 && ip_eq(&s->addr, a))
			return s;
		if (s->conns == 0 && idle == NULL)
			idle = s;
		if (s->addr.af == 0)
			break;
	}
	return want_free ? idle : NULL;
}

uint32_t
hostlimit_count(const struct hostlimit *h, const struct ip_addr *a)
{
	const struct host_slot *s = find(h, a, false);

	return s != NULL ? s->conns : 0;
}

uint32_t
hostlimit_take(struct hostlimit *h, const struct ip_addr *a)
{
	struct host_slot *s = find(h, a, true);

	if (s == NULL)
		return 0;
	if (s->conns++ == 0) {
		s->addr = *a;
		h->in_use++;
	}
	return (uint32_t)(s - h->slots) + 1;
}

void
hostlimit_give(struct hostlimit *h, uint32_t slot)
{
	if (slot == 0)
		return;
	if (--h->slots[slot - 1].conns == 0)
		h->in_use--;
}

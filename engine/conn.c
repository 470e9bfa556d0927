/* SPDX-License-Identifier: ISC
 *
 * The table is fixed buckets with chains through the connections themselves.
 * Each connection is in two chains, one for each key, so a link must name a
 * connection and which of its keys the chain goes on with: links are
 * (slab index * 2 + direction) + 1, and 0 ends a chain.
 *
 * Idle times: one list for each timeout value, in order of last activity. A
 * configuration knows few different values, and moving to a list's tail makes
 * activity O(1) and leaves the next to expire at the head. A timer wheel would
 * do as well but end connections by slots, not in order of their time; logs
 * read better this way.
 */
#include "conn.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "util.h"

enum { CONN_TIMEOUTS_MAX = 64 }; /* different idle times at once */

struct conn_idle {
	uint64_t timeout;
	struct conn *head, *tail;
};

static_assert(sizeof(struct flow_key) == 48, "a key has no padding of its own");

static uint32_t *
bucket_of(const struct conn_table *t, const struct flow_key *key)
{
	uint64_t h = XXH3_64bits_withSeed(key, sizeof(*key), t->seed);

	return &t->buckets[h & (t->n_buckets - 1)];
}

static uint32_t
link_to(const struct conn_table *t, const struct conn *c, enum dir dir)
{
	return (uint32_t)(c - t->slab) * 2 + (uint32_t)dir + 1;
}

static struct conn *
link_conn(const struct conn_table *t, uint32_t link)
{
	return &t->slab[(link - 1) / 2];
}

static enum dir
link_dir(uint32_t link)
{
	return (link - 1) % 2 == 0 ? DIR_CLIENT : DIR_SERVER;
}

int
conn_table_init(struct conn_table *t, uint32_t max, uint64_t seed)
{
	memset(t, 0, sizeof(*t));
	if (max == 0 || max > UINT32_MAX / 8)
		return -EINVAL;
	t->n_buckets = 2;
	while (t->n_buckets < max * 2) /* two keys each: chains of about one */
		t->n_buckets *= 2;
	t->slab = calloc(max, sizeof(*t->slab));
	t->buckets = calloc(t->n_buckets, sizeof(*t->buckets));
	t->idle = calloc(CONN_TIMEOUTS_MAX, sizeof(*t->idle));
	if (t->slab == NULL || t->buckets == NULL || t->idle == NULL) {
		free(t->slab);
		free(t->buckets);
		free(t->idle);
		memset(t, 0, sizeof(*t));
		return -ENOMEM;
	}
	t->max = max;
	t->seed = seed;
	t->next_id = 1;
	t->next_expiry = UINT64_MAX;
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct conn *const *x = a;
	const struct conn *const *y = b;

	return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/* The connections in order of creation; the caller frees the array. */
static struct conn **
in_order(const struct conn_table *t)
{
	struct conn **v = xcalloc(MAX(t->in_use, 1), sizeof(struct conn *));
	uint32_t i, n = 0;

	for (i = 0; i < t->fresh; i++)
		if (t->slab[i].used)
			v[n++] = &t->slab[i];
	qsort(v, n, sizeof(struct conn *), by_id);
	return v;
}

void
conn_table_fini(struct conn_table *t)
{
	uint32_t i, n = t->in_use;
	struct conn **v;

	if (t->slab == NULL)
		return;
	v = in_order(t);
	for (i = 0; i < n; i++)
		conn_end(t, v[i], v[i]->end);
	free(v);
	free(t->slab);
	free(t->buckets);
	free(t->idle);
	memset(t, 0, sizeof(*t));
}

struct conn *
conn_find(struct conn_table *t, const struct flow_key *key, enum dir *dir)
{
	struct conn *c;
	uint32_t link;

	for (link = *bucket_of(t, key); link != 0;
	     link = c->chain[link_dir(link)]) {
		c = link_conn(t, link);
		if (memcmp(&c->key[link_dir(link)], key, sizeof(*key)) == 0) {
			*dir = link_dir(link);
			return c;
		}
	}
	return NULL;
}

static void
enter(struct conn_table *t, struct conn *c, enum dir dir)
{
	uint32_t *bucket = bucket_of(t, &c->key[dir]);

	c->chain[dir] = *bucket;
	*bucket = link_to(t, c, dir);
}

static void
leave(struct conn_table *t, struct conn *c, enum dir dir)
{
	uint32_t *at = bucket_of(t, &c->key[dir]);
	uint32_t me = link_to(t, c, dir);

	while (*at != me) {
		assert(*at != 0);
		at = &link_conn(t, *at)->chain[link_dir(*at)];
	}
	*at = c->chain[dir];
}

struct conn *
conn_create(struct conn_table *t, const struct flow_key *client,
    const struct flow_key *server, uint64_t now)
{
	struct conn *c = t->free;

	if (c != NULL)
		t->free = c->idle_next;
	else if (t->fresh < t->max)
		c = &t->slab[t->fresh++];
	else
		return NULL;
	memset(c, 0, sizeof(*c));
	c->key[DIR_CLIENT] = *client;
	c->key[DIR_SERVER] = *server;
	c->id = t->next_id++;
	c->created = c->last = now;
	c->used = true;
	/* The client's key last, hence first in its chain: when both keys are
	 * the same (a packet from an address to itself) that one answers. */
	enter(t, c, DIR_SERVER);
	enter(t, c, DIR_CLIENT);
	t->in_use++;
	if (t->in_use > t->most_used)
		t->most_used = t->in_use;
	return c;
}

static void
idle_remove(struct conn_table *t, struct conn *c)
{
	struct conn_idle *l = &t->idle[c->idle_class];

	if (!c->idle)
		return;
	if (c->idle_prev != NULL)
		c->idle_prev->idle_next = c->idle_next;
	else
		l->head = c->idle_next;
	if (c->idle_next != NULL)
		c->idle_next->idle_prev = c->idle_prev;
	else
		l->tail = c->idle_prev;
	c->idle_prev = c->idle_next = NULL;
	c->idle = false;
}

static uint64_t
deadline(const struct conn *c)
{
	return c->last > UINT64_MAX - c->timeout ? UINT64_MAX
						 : c->last + c->timeout;
}

/* To its list's tail. Time going backwards in a capture leaves a list out of
 * order: then some end as late as what is before them, never too early. */
static void
idle_append(struct conn_table *t, struct conn *c)
{
	struct conn_idle *l = &t->idle[c->idle_class];

	c->idle_prev = l->tail;
	c->idle_next = NULL;
	if (l->tail != NULL)
		l->tail->idle_next = c;
	else
		l->head = c;
	l->tail = c;
	c->idle = true;
	t->next_expiry = MIN(t->next_expiry, deadline(c));
}

/* The list for a timeout: the one that has it, or an unused one. When there
 * are more values than lists, the time is rounded up to the next one known (or
 * down to the longest): late rather than early. */
static unsigned
class_for(struct conn_table *t, uint64_t ns)
{
	unsigned i, vacant = CONN_TIMEOUTS_MAX, next = 0;

	for (i = 0; i < t->n_idle; i++) {
		if (t->idle[i].timeout == ns)
			return i;
		if (t->idle[i].head == NULL && vacant == CONN_TIMEOUTS_MAX)
			vacant = i;
	}
	if (vacant == CONN_TIMEOUTS_MAX && t->n_idle < CONN_TIMEOUTS_MAX)
		vacant = t->n_idle++;
	if (vacant < CONN_TIMEOUTS_MAX) {
		t->idle[vacant].timeout = ns;
		return vacant;
	}
	for (i = 1; i < t->n_idle; i++) {
		bool fits = t->idle[i].timeout >= ns;
		bool fitted = t->idle[next].timeout >= ns;

		if (fits
			? !fitted || t->idle[i].timeout < t->idle[next].timeout
			: !fitted && t->idle[i].timeout > t->idle[next].timeout)
			next = i;
	}
	return next;
}

void
conn_set_timeout(struct conn_table *t, struct conn *c, uint64_t ns)
{
	if (c->idle && t->idle[c->idle_class].timeout == ns)
		return;
	idle_remove(t, c);
	c->timeout = ns;
	if (ns == 0)
		return;
	c->idle_class = (uint16_t)class_for(t, ns);
	c->timeout = t->idle[c->idle_class].timeout;
	idle_append(t, c);
}

void
conn_touch(struct conn_table *t, struct conn *c, uint64_t now)
{
	c->last = MAX(c->last, now);
	if (!c->idle)
		return;
	idle_remove(t, c);
	idle_append(t, c);
}

void
conn_end(struct conn_table *t, struct conn *c, enum reason why)
{
	idle_remove(t, c);
	leave(t, c, DIR_CLIENT);
	leave(t, c, DIR_SERVER);
	c->end = why;
	if (t->on_end != NULL)
		t->on_end(t->on_end_arg, c);
	c->used = false;
	c->idle_next = t->free;
	t->free = c;
	t->in_use--;
}

static enum reason
idle_reason(const struct conn *c)
{
	switch (c->state) {
	case CONN_SYN_SENT:
	case CONN_SYN_RCVD:
		return REASON_FLOW_SYN_TIMEOUT;
	case CONN_CLOSING:
		return REASON_FLOW_FIN_TIMEOUT;
	case CONN_CLOSED:
	case CONN_KILLED: /* it has ended before, and said why */
		if (c->end != REASON_NONE)
			return c->end;
		return REASON_FLOW_CONN_TIMEOUT;
	default:
		return REASON_FLOW_CONN_TIMEOUT;
	}
}

void
conn_expire(struct conn_table *t, uint64_t now)
{
	struct conn *c, *first;
	unsigned i;

	/* Asked for each packet; activity only moves deadlines away, so the
	 * earliest one known stays a lower bound. */
	while (now >= t->next_expiry) {
		first = NULL;
		for (i = 0; i < t->n_idle; i++) {
			c = t->idle[i].head;
			if (c != NULL &&
			    (first == NULL || deadline(c) < deadline(first)))
				first = c;
		}
		t->next_expiry = first == NULL ? UINT64_MAX : deadline(first);
		if (first == NULL || now < t->next_expiry)
			return;
		conn_end(t, first, idle_reason(first));
	}
}

void
conn_each(const struct conn_table *t,
    void (*fn)(void *arg, const struct conn *c), void *arg)
{
	struct conn **v = in_order(t);
	uint32_t i, n = t->in_use;

	for (i = 0; i < n; i++)
		fn(arg, v[i]);
	free(v);
}

void
flow_key_of(const struct pkt *p, struct flow_key *key)
{
	memset(key, 0, sizeof(*key));
	key->src = p->src;
	key->dst = p->dst;
	key->sport = p->sport;
	key->dport = p->dport;
	key->proto = p->proto;
}

/* SPDX-License-Identifier: ISC
 *
 * Which ACEs a list holds: finds a duplicate without looking at all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "hash.h"

struct ace_node {
	uint64_t key;
	unsigned count;
	size_t hint; /* where the last of them was put */
	UT_hash_handle hh;
};

struct ace_index {
	struct ace_node *head;
};

static uint64_t
mix(uint64_t h, const void *p, size_t n)
{
	return XXH64(p, n, h);
}

static uint64_t
mix_str(uint64_t h, const char *s)
{
	return s != NULL ? mix(h, s, strlen(s) + 1) : mix(h, "\1", 1);
}

static uint64_t
mix_addr(uint64_t h, const struct ace_addr *a)
{
	h = mix(h, &a->kind, 1);
	h = mix(h, a->ip.b, 16);
	h = mix(h, a->mask.b, 16);
	h = mix(h, a->prefix.addr.b, 16);
	h = mix(h, &a->prefix.length, 1);
	return mix_str(h, a->name);
}

static uint64_t
mix_port(uint64_t h, const struct ace_port *p)
{
	h = mix(h, &p->op, 1);
	h = mix(h, &p->port, sizeof(p->port));
	h = mix(h, &p->high, sizeof(p->high));
	return mix_str(h, p->name);
}

/* Of what the ACE matches; its logging and `inactive` are not part of it. */
static uint64_t
ace_key(const struct ace *a)
{
	uint8_t small[5] = { a->action, a->proto_kind, a->l4, a->has_icmp_type,
		a->has_icmp_code };
	uint32_t num[3] = { a->proto, a->icmp_type, a->icmp_code };
	uint64_t h = mix(0, small, sizeof(small));

	h = mix(h, num, sizeof(num));
	h = mix_str(h, a->proto_name);
	h = mix_addr(h, &a->src);
	h = mix_addr(h, &a->dst);
	h = mix_port(h, &a->sport);
	h = mix_port(h, &a->dport);
	h = mix_str(h, a->icmp_group);
	h = mix_str(h, a->time_range);
	return mix_str(h, a->kept_text);
}

static bool
same_addr(const struct ace_addr *a, const struct ace_addr *b)
{
	return a->kind == b->kind && ip_eq(&a->ip, &b->ip) &&
	    ip_eq(&a->mask, &b->mask) &&
	    ip_eq(&a->prefix.addr, &b->prefix.addr) &&
	    a->prefix.length == b->prefix.length && str_eq(a->name, b->name);
}

static bool
same_port(const struct ace_port *a, const struct ace_port *b)
{
	return a->op == b->op && a->port == b->port && a->high == b->high &&
	    str_eq(a->name, b->name);
}

bool
ace_same_match(const struct ace *a, const struct ace *b)
{
	return a->action == b->action && a->proto_kind == b->proto_kind &&
	    a->l4 == b->l4 && a->proto == b->proto &&
	    a->has_icmp_type == b->has_icmp_type &&
	    a->has_icmp_code == b->has_icmp_code &&
	    a->icmp_type == b->icmp_type && a->icmp_code == b->icmp_code &&
	    str_eq(a->proto_name, b->proto_name) &&
	    str_eq(a->icmp_group, b->icmp_group) &&
	    str_eq(a->time_range, b->time_range) &&
	    str_eq(a->kept_text, b->kept_text) &&
	    str_eq(a->remark, b->remark) && same_addr(&a->src, &b->src) &&
	    same_addr(&a->dst, &b->dst) && same_port(&a->sport, &b->sport) &&
	    same_port(&a->dport, &b->dport);
}

static struct ace_node *
index_find(const struct acl *acl, uint64_t key)
{
	struct ace_node *n;

	HASH_FIND(hh, acl->index->head, &key, sizeof(key), n);
	return n;
}

void
ace_index_add(struct acl *acl, const struct ace *a, size_t at)
{
	uint64_t key = ace_key(a);
	struct ace_node *n;

	if (a->remark != NULL)
		return;
	n = index_find(acl, key);
	if (n == NULL) {
		n = xcalloc(1, sizeof(*n));
		n->key = key;
		HASH_ADD(hh, acl->index->head, key, sizeof(n->key), n);
	}
	n->count++;
	n->hint = at;
}

void
ace_index_del(struct acl *acl, const struct ace *a)
{
	struct ace_node *n;

	if (a->remark != NULL)
		return;
	n = index_find(acl, ace_key(a));
	if (n != NULL && --n->count == 0) {
		HASH_DEL(acl->index->head, n);
		free(n);
	}
}

/* Position of the ACE that matches the same, or -1. */
long
ace_find(const struct acl *acl, const struct ace *a)
{
	size_t i;

	if (a->remark == NULL) {
		struct ace_node *n = index_find(acl, ace_key(a));

		if (n == NULL)
			return -1;
		if (n->hint < acl->aces.n &&
		    ace_same_match(&acl->aces.v[n->hint], a))
			return (long)n->hint;
	}
	for (i = 0; i < acl->aces.n; i++) {
		if (ace_same_match(&acl->aces.v[i], a))
			return (long)i;
	}
	return -1;
}

void
ace_index_init(struct acl *acl)
{
	acl->index = xcalloc(1, sizeof(*acl->index));
}

bool
ace_index_empty(const struct acl *acl)
{
	return acl->index->head == NULL;
}

void
ace_index_free(struct acl *acl)
{
	struct ace_node *n, *next;

	HASH_ITER(hh, acl->index->head, n, next) {
		HASH_DEL(acl->index->head, n);
		free(n);
	}
	free(acl->index);
	acl->index = NULL;
}

/* SPDX-License-Identifier: ISC
 *
 * static, in the forms of PIX 6 to ASA 8.2 (PIX and ASA command references).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

BIND(bind_static, struct static_nat, FIELD(struct static_nat, F_IFPAIR, ifs),
    FIELD(struct static_nat, F_BRANCH, l4),
    FIELD(struct static_nat, F_IP, mapped),
    FIELD(struct static_nat, F_U32, mapped_port),
    FIELD(struct static_nat, F_IP, real),
    FIELD(struct static_nat, F_U32, real_port),
    FIELD(struct static_nat, F_STR, acl),
    FIELD(struct static_nat, F_IP, netmask),
    FIELD(struct static_nat, F_MASK, tail),
    FIELD(struct static_nat, F_BOOL, has_emb),
    FIELD(struct static_nat, F_U32, tcp_max),
    FIELD(struct static_nat, F_U32, emb_limit),
    FIELD(struct static_nat, F_U32, udp_max));

void
static_free(struct static_nat *n)
{
	gram_args_fini(&bind_static, n);
}

/* What may stand only once: the mapped side. */
static char *
mapped_key(const struct static_nat *n)
{
	char ip[IP_TEXT_SIZE], mask[IP_TEXT_SIZE];

	return xasprintf("%s,%s %u %s %u %s %s", n->ifs.real, n->ifs.mapped,
	    n->l4, ip_format(&n->mapped, ip), n->mapped_port,
	    ip_format(&n->netmask, mask), n->acl != NULL ? n->acl : "");
}

void
static_remove(struct conf *c, size_t i)
{
	char *key = mapped_key(&c->statics.v[i]);

	strmap_del(&c->index->statics, key);
	free(key);
	static_free(&c->statics.v[i]);
	VEC_REMOVE(&c->statics, i);
}

void
statics_clear(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->statics.n; i++)
		static_free(&c->statics.v[i]);
	VEC_FREE(&c->statics);
	strmap_clear(&c->index->statics, NULL);
}

void
statics_rename(struct conf *c, const char *old, const char *new)
{
	size_t i;

	for (i = 0; i < c->statics.n; i++) {
		struct static_nat *n = &c->statics.v[i];
		char *key = mapped_key(n);

		strmap_del(&c->index->statics, key);
		free(key);
		if (strcmp(n->ifs.real, old) == 0)
			str_set(&n->ifs.real, new);
		if (strcmp(n->ifs.mapped, old) == 0)
			str_set(&n->ifs.mapped, new);
		key = mapped_key(n);
		strmap_set(&c->index->statics, key, c);
		free(key);
	}
}

static bool
same_rule(const struct static_nat *a, const struct static_nat *b)
{
	return str_eq(a->ifs.real, b->ifs.real) &&
	    str_eq(a->ifs.mapped, b->ifs.mapped) && a->l4 == b->l4 &&
	    ip_eq(&a->mapped, &b->mapped) && a->mapped_port == b->mapped_port &&
	    ip_eq(&a->real, &b->real) && a->real_port == b->real_port &&
	    str_eq(a->acl, b->acl) && ip_eq(&a->netmask, &b->netmask);
}

static int
check_pair(const char *what, const struct ip_addr *a,
    const struct ip_addr *mask, struct cerr *e)
{
	char ip[IP_TEXT_SIZE], m[IP_TEXT_SIZE];

	if (a->af == 0 || (ip4_to_u32(a) & ~ip4_to_u32(mask)) == 0)
		return 0;
	return refuse(e, "%s address,mask <%s,%s> doesn't pair", what,
	    ip_format(a, ip), ip_format(mask, m));
}

static int
check_static(struct conf *c, struct static_nat *n, struct cerr *e)
{
	if (conf_iface_by_nameif(c, n->ifs.real) == NULL ||
	    conf_iface_by_nameif(c, n->ifs.mapped) == NULL)
		return refuse_at(e, 1);
	if (strcmp(n->ifs.real, n->ifs.mapped) == 0)
		return refuse_at(e, 1);
	if (n->acl != NULL && conf_acl_find(c, n->acl) == NULL)
		return refuse(e, "access-list <%s> does not exist", n->acl);
	/* Whole networks may be mapped; ports of a host only, but the device
	 * prints the mask that was typed and so do we. */
	if (n->l4 != 0 || n->netmask.af == 0)
		return 0;
	if (check_pair("mapped", &n->mapped, &n->netmask, e) != 0)
		return -1;
	return check_pair("real", &n->real, &n->netmask, e);
}

/* Fills what the words did not say and moves the tail to its members. */
static void
settle(struct static_nat *n)
{
	n->mapped_interface = n->mapped.af == 0;
	n->has_netmask = n->netmask.af != 0;
	if (n->real.af != 0 && !n->has_netmask)
		n->netmask = ip4_from_u32(0xffffffff);
	n->dns = n->tail >> STATIC_DNS & 1;
	n->norandomseq = n->tail >> STATIC_NORANDOMSEQ & 1;
	n->has_tcp = n->tail >> STATIC_TCP & 1;
	n->has_udp = n->tail >> STATIC_UDP & 1;
	n->simulated = n->acl == NULL;
}

static int
static_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct static_nat *n = args;
	char *key;
	bool there;
	size_t i;

	settle(n);
	if (!no && check_static(c, n, e) != 0)
		return -1;
	key = mapped_key(n);
	there = strmap_get(&c->index->statics, key) != NULL;
	for (i = 0; there && i < c->statics.n; i++) {
		if (same_rule(&c->statics.v[i], n))
			break;
	}
	if (no) {
		free(key);
		if (!there || i == c->statics.n)
			return refuse(e, "static is not configured");
		static_remove(c, i);
		changed(c);
		return 0;
	}
	if (there) {
		free(key);
		if (i == c->statics.n)
			return refuse(e,
			    "mapped-address conflict with "
			    "existing static");
		return refuse(e, "duplicate of existing static");
	}
	strmap_set(&c->index->statics, key, c);
	free(key);
	*VEC_PUSH(&c->statics) = *n;
	memset(n, 0, sizeof(*n));
	changed(c);
	return 0;
}

/* clang-format off */
#define TAIL \
	"{ dns | norandomseq | " \
	"[tcp]! INT<0-65535>:tcp_max [INT<0-65535>:emb_limit]:has_emb | " \
	"udp INT<0-65535>:udp_max }+:tail ~"
#define TAIL_HELP \
	"Rewrite addresses in DNS replies\n" \
	"Keep TCP sequence numbers as they are\n" \
	"Maximum number of TCP connections\n" \
	"Simultaneous TCP connections, 0 is unlimited\n" \
	"Embryonic connections, 0 is unlimited\n" \
	"Maximum number of UDP connections\n" \
	"Simultaneous UDP connections, 0 is unlimited\n"
#define MASK_HELP \
	"Network mask of both addresses\n" \
	"Network mask\n" \
	"Translate what an access list permits\n" \
	"Access list name\n"

enum { ROW_ADDRESS, ROW_PORT };

static const struct row rows[] = {
	[ROW_ADDRESS] = { &mode_config,
	  "static IFPAIR:ifs <interface|IP:mapped> "
	  "< IP:real [netmask NETMASK:netmask] | access-list NAME<241>:acl > "
	  TAIL,
	  "Configure one-to-one address translation rule\n"
	  "Real and mapped interface names\n"
	  "Use the address of the mapped interface\n"
	  "Mapped IP address\n"
	  "Real IP address\n"
	  MASK_HELP TAIL_HELP,
	  &bind_static, .apply = static_apply },
	[ROW_PORT] = { &mode_config,
	  "static IFPAIR:ifs <tcp|udp>:l4 <interface|IP:mapped> "
	  "PORT:mapped_port < IP:real PORT:real_port "
	  "[netmask NETMASK:netmask] | access-list NAME<241>:acl > " TAIL,
	  "Configure one-to-one address translation rule\n"
	  "Real and mapped interface names\n"
	  "Static port translation for TCP\n"
	  "Static port translation for UDP\n"
	  "Use the address of the mapped interface\n"
	  "Mapped IP address\n"
	  "Mapped port\n"
	  "Real IP address\n"
	  "Real port\n"
	  MASK_HELP TAIL_HELP,
	  &bind_static, .apply = static_apply },
};
/* clang-format on */
const struct row_set nat_rows = { rows, ARRAY_LEN(rows) };

void
emit_statics(const struct conf *c, struct emitter *em)
{
	size_t i;

	for (i = 0; i < c->statics.n; i++) {
		const struct static_nat *n = &c->statics.v[i];

		emit_row(em, 0, &rows[n->l4 ? ROW_PORT : ROW_ADDRESS], n);
	}
}

/* SPDX-License-Identifier: ISC
 *
 * access-list.
 *
 * Grammar, order and texts: ASA command reference, and what devices answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

enum {
	ACL_NAME_MAX = 241,
	REMARK_MAX = 100,
};

/* ---- binding ---- */

BIND(bind_addr, struct ace_addr, FIELD(struct ace_addr, F_BRANCH, kind),
    FIELD(struct ace_addr, F_IP, ip), FIELD(struct ace_addr, F_IP, mask),
    FIELD(struct ace_addr, F_PREFIX, prefix),
    FIELD(struct ace_addr, F_STR, name));

BIND(bind_port, struct ace_port, FIELD(struct ace_port, F_BRANCH, op),
    FIELD(struct ace_port, F_U32, port), FIELD(struct ace_port, F_U32, high),
    FIELD(struct ace_port, F_STR, name));

BIND(bind_ace, struct ace, FIELD(struct ace, F_STR, acl),
    FIELD(struct ace, F_BOOL, has_line), FIELD(struct ace, F_U32, line),
    FIELD(struct ace, F_BRANCH, action),
    FIELD(struct ace, F_BRANCH, proto_kind), FIELD(struct ace, F_BRANCH, l4),
    FIELD(struct ace, F_U32, proto), FIELD(struct ace, F_STR, proto_name),
    FIELD_SUB(struct ace, src, &bind_addr),
    FIELD_SUB(struct ace, dst, &bind_addr),
    FIELD_SUB(struct ace, sport, &bind_port),
    FIELD_SUB(struct ace, dport, &bind_port),
    FIELD(struct ace, F_BOOL, has_icmp_type),
    FIELD(struct ace, F_BOOL, has_icmp_code),
    FIELD(struct ace, F_U32, icmp_type), FIELD(struct ace, F_U32, icmp_code),
    FIELD(struct ace, F_STR, icmp_group), FIELD(struct ace, F_BOOL, log),
    FIELD(struct ace, F_BRANCH, log_mode),
    FIELD(struct ace, F_U32, log_severity),
    FIELD(struct ace, F_BOOL, has_interval), FIELD(struct ace, F_U32, interval),
    FIELD(struct ace, F_STR, time_range), FIELD(struct ace, F_BOOL, inactive),
    FIELD(struct ace, F_STR, remark), FIELD(struct ace, F_STR, kept_text));

const struct fragment acl_fragments[] = {
	{ "ADDR",
	    "< any | any4 | any6 | host IPANY:ip | IP:ip MASK:mask | "
	    "PREFIX6:prefix | object NAME:name | object-group NAME:name | "
	    "interface NAME:name >:kind",
	    "Any address, IPv4 or IPv6\n"
	    "Any IPv4 address\n"
	    "Any IPv6 address\n"
	    "A single host\n"
	    "Host address or name\n"
	    "Network address\n"
	    "Network mask\n"
	    "IPv6 prefix\n"
	    "Network object\n"
	    "Object name\n"
	    "Network object-group\n"
	    "Object-group name\n"
	    "Use the address of an interface\n"
	    "Interface name\n",
	    &bind_addr },
	{ "PORTOP",
	    "< eq PORT:port | neq PORT:port | lt PORT:port | gt PORT:port | "
	    "range PORT:port PORT:high | object-group NAME:name >:op",
	    "Match only packets on a given port number\n"
	    "Port number or name\n"
	    "Match only packets not on a given port number\n"
	    "Port number or name\n"
	    "Match only packets with a lower port number\n"
	    "Port number or name\n"
	    "Match only packets with a greater port number\n"
	    "Port number or name\n"
	    "Match only packets in the range of port numbers\n"
	    "First port\n"
	    "Last port\n"
	    "Service object-group\n"
	    "Object-group name\n",
	    &bind_port },
};
const size_t acl_fragments_n = ARRAY_LEN(acl_fragments);

/* ---- the model ---- */

static void
ace_fini(struct ace *a)
{
	gram_args_fini(&bind_ace, a);
}

static struct acl *
acl_new(struct conf *c, const char *name, enum acl_type type)
{
	struct acl *acl = xcalloc(1, sizeof(*acl));

	acl->name = xstrdup(name);
	acl->type = type;
	ace_index_init(acl);
	*VEC_PUSH(&c->acls) = acl;
	strmap_set(&c->index->acls, name, acl);
	return acl;
}

static void
acl_empty(struct acl *acl)
{
	size_t i;

	for (i = 0; i < acl->aces.n; i++)
		ace_fini(&acl->aces.v[i]);
	VEC_FREE(&acl->aces);
	ace_index_free(acl);
}

void
acl_free(struct conf *c, size_t i)
{
	struct acl *acl = c->acls.v[i];

	acl_empty(acl);
	strmap_del(&c->index->acls, acl->name);
	VEC_REMOVE(&c->acls, i);
	free(acl->name);
	free(acl);
}

const char *
acl_user(const struct conf *c, const char *name, char *buf, size_t size)
{
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		if (c->class_maps.v[i]->match.acl != NULL &&
		    strcmp(c->class_maps.v[i]->match.acl, name) == 0) {
			snprintf(buf, size, "class-map %s",
			    c->class_maps.v[i]->name);
			return buf;
		}
	}
	for (i = 0; i < c->statics.n; i++) {
		if (c->statics.v[i].acl != NULL &&
		    strcmp(c->statics.v[i].acl, name) == 0)
			return "static";
	}
	return NULL;
}

/* Removes a whole list, and the access-group lines that apply it. */
static int
acl_delete(struct conf *c, struct acl *acl, struct cerr *e)
{
	char buf[128];
	const char *user = acl_user(c, acl->name, buf, sizeof(buf));
	size_t i;

	if (user != NULL)
		return refuse(e,
		    "access-list %s is used by %s, cannot be "
		    "removed",
		    acl->name, user);
	for (i = c->access_groups.n; i-- > 0;) {
		if (strcmp(c->access_groups.v[i].acl, acl->name) == 0) {
			access_group_free(&c->access_groups.v[i]);
			VEC_REMOVE(&c->access_groups, i);
		}
	}
	for (i = 0; i < c->acls.n; i++) {
		if (c->acls.v[i] == acl) {
			acl_free(c, i);
			break;
		}
	}
	removed(c);
	return 0;
}

int
no_such_acl(struct cerr *e, const char *name)
{
	return refuse(e, "access-list <%s> does not exist", name);
}

/* ---- checks ---- */

static int
check_addr(struct conf *c, struct ace_addr *a, struct cerr *e)
{
	char ip[IP_TEXT_SIZE], mask[IP_TEXT_SIZE];
	uint32_t net, bits;

	if (a->kind != ADDR_NET)
		return 0;
	net = ip4_to_u32(&a->ip);
	bits = ip4_to_u32(&a->mask);
	if ((net & ~bits) != 0)
		return refuse(e, "IP address,mask <%s,%s> doesn't pair",
		    ip_format(&a->ip, ip), ip_format(&a->mask, mask));
	/* The device shows these two in their short form. */
	if (bits == 0xffffffff) {
		a->kind = ADDR_HOST;
		memset(&a->mask, 0, sizeof(a->mask));
	} else if (bits == 0) {
		a->kind =
		    conf_profile(c) == PROFILE_ASA_9_X ? ADDR_ANY4 : ADDR_ANY;
		memset(&a->ip, 0, sizeof(a->ip));
		memset(&a->mask, 0, sizeof(a->mask));
	}
	return 0;
}

/* 4, 6, or 0 for an address that says neither. */
static int
family(const struct ace_addr *a)
{
	if (a->kind == ADDR_ANY4 || a->kind == ADDR_NET)
		return 4;
	if (a->kind == ADDR_ANY6 || a->kind == ADDR_PREFIX6)
		return 6;
	if (a->kind == ADDR_HOST)
		return a->ip.af == AF_INET ? 4 : 6;
	return 0;
}

static int
check_ports(const struct ace_port *p, struct cerr *e)
{
	if (p->op == PORT_RANGE && p->port > p->high)
		return refuse(e,
		    "%% Invalid port range: %u is greater than "
		    "%u",
		    p->port, p->high);
	return 0;
}

static bool
is_kept(const struct ace *a)
{
	return a->src.kind == ADDR_OBJECT || a->src.kind == ADDR_OBJECT_GROUP ||
	    a->dst.kind == ADDR_OBJECT || a->dst.kind == ADDR_OBJECT_GROUP ||
	    a->sport.op == PORT_OBJECT_GROUP ||
	    a->dport.op == PORT_OBJECT_GROUP || a->icmp_group != NULL ||
	    a->proto_kind == ACE_PROTO_OBJECT ||
	    a->proto_kind == ACE_PROTO_OBJECT_GROUP || a->time_range != NULL;
}

static int
check_ace(struct conf *c, struct ace *a, struct cerr *e)
{
	int src, dst;

	/* 6, 17 and 1 are tcp, udp and icmp. */
	if (a->proto_kind == ACE_PROTO_OTHER &&
	    (a->proto == IPPROTO_TCP || a->proto == IPPROTO_UDP)) {
		a->proto_kind = ACE_PROTO_TCP_UDP;
		a->l4 = a->proto == IPPROTO_TCP ? 1 : 2;
		a->proto = 0;
	} else if (a->proto_kind == ACE_PROTO_OTHER &&
	    a->proto == IPPROTO_ICMP) {
		a->proto_kind = ACE_PROTO_ICMP;
		a->proto = 0;
	} else if (a->proto_kind == ACE_PROTO_OTHER &&
	    a->proto == IPPROTO_ICMPV6) {
		a->proto_kind = ACE_PROTO_ICMP6;
		a->proto = 0;
	}
	if (check_addr(c, &a->src, e) != 0 || check_addr(c, &a->dst, e) != 0 ||
	    check_ports(&a->sport, e) != 0 || check_ports(&a->dport, e) != 0)
		return -1;
	src = family(&a->src);
	dst = family(&a->dst);
	if (src != 0 && dst != 0 && src != dst)
		return refuse(e,
		    "source and destination are of different "
		    "address families");
	a->simulated = !is_kept(a);
	return 0;
}

static int
check_name(struct conf *c, const char *name, enum acl_type type, struct cerr *e)
{
	const struct acl *acl = conf_acl_find(c, name);

	if (strlen(name) > ACL_NAME_MAX)
		return refuse_at(e, 1);
	if (acl != NULL && acl->type != type)
		return refuse(
		    e, "access-list %s exists with another type", name);
	return 0;
}

/* ---- apply ---- */

/* Takes over what args owns. */
static void
ace_insert(struct conf *c, struct acl *acl, struct ace *args)
{
	size_t at = acl->aces.n;
	struct ace *a;

	if (args->has_line && args->line > 0 && args->line <= acl->aces.n)
		at = args->line - 1;
	ace_index_add(acl, args, at);
	a = VEC_INSERT(&acl->aces, at);
	*a = *args;
	memset(args, 0, sizeof(*args));
	free(a->acl);
	a->acl = NULL;
	a->has_line = false;
	a->line = 0;
	changed(c);
}

static int
ace_remove(struct conf *c, const struct ace *args, struct cerr *e)
{
	struct acl *acl = conf_acl_find(c, args->acl);
	char buf[128];
	const char *user;
	long at;

	if (acl == NULL)
		return no_such_acl(e, args->acl);
	at = ace_find(acl, args);
	if (args->has_line && args->line > 0 && args->line <= acl->aces.n &&
	    ace_same_match(&acl->aces.v[args->line - 1], args))
		at = (long)args->line - 1;
	if (at < 0)
		return refuse(e, "Specified access-list does not exist");
	if (acl->aces.n == 1) {
		user = acl_user(c, acl->name, buf, sizeof(buf));
		if (user != NULL)
			return refuse(e,
			    "access-list %s is used by %s, cannot "
			    "be removed",
			    acl->name, user);
		return acl_delete(c, acl, e);
	}
	ace_index_del(acl, &acl->aces.v[at]);
	ace_fini(&acl->aces.v[at]);
	VEC_REMOVE(&acl->aces, (size_t)at);
	changed(c);
	return 0;
}

/* The same ACE again: only its logging and `inactive` may be new. */
static void
ace_again(struct conf *c, struct confctx *ctx, struct acl *acl, struct ace *old,
    const struct ace *a)
{
	if (old->log == a->log && old->log_mode == a->log_mode &&
	    old->log_severity == a->log_severity &&
	    old->has_interval == a->has_interval &&
	    old->interval == a->interval && old->inactive == a->inactive) {
		confctx_say(ctx, CERR_WARNING, "<%s> found duplicate element",
		    acl->name);
		return;
	}
	old->log = a->log;
	old->log_mode = a->log_mode;
	old->log_severity = a->log_severity;
	old->has_interval = a->has_interval;
	old->interval = a->interval;
	old->inactive = a->inactive;
	changed(c);
}

static int
ace_add(struct conf *c, struct confctx *ctx, struct ace *a, enum acl_type type,
    bool no, struct cerr *e)
{
	struct acl *acl;
	long at;

	if (check_name(c, a->acl, type, e) != 0)
		return -1;
	if (no)
		return ace_remove(c, a, e);
	acl = conf_acl_find(c, a->acl);
	if (acl == NULL)
		acl = acl_new(c, a->acl, type);
	else if (a->remark == NULL && (at = ace_find(acl, a)) >= 0) {
		ace_again(c, ctx, acl, &acl->aces.v[at], a);
		return 0;
	}
	ace_insert(c, acl, a);
	return 0;
}

static int
extended_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct ace *a = args;

	if (check_ace(c, a, e) != 0)
		return -1;
	return ace_add(c, ctx, a, ACL_EXTENDED, no, e);
}

struct lenient_args {
	char *acl;
	bool has_line;
	uint32_t line;
	uint8_t action;
	struct ip_addr src, dst; /* one of them */
};

BIND(bind_lenient, struct lenient_args, FIELD(struct lenient_args, F_STR, acl),
    FIELD(struct lenient_args, F_BOOL, has_line),
    FIELD(struct lenient_args, F_U32, line),
    FIELD(struct lenient_args, F_BRANCH, action),
    FIELD(struct lenient_args, F_IP, src),
    FIELD(struct lenient_args, F_IP, dst));

/* permit ip any 192.168.1.1: asasim(1), "Lenient lines". */
static int
lenient_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct lenient_args *l = args;
	bool src = l->src.af != 0;
	struct ace a = { .has_line = l->has_line,
		.line = l->line,
		.action = l->action,
		.proto_kind = ACE_PROTO_OTHER,
		.simulated = true };
	struct tokenv env = conf_tokenv(c);
	struct strbuf line;
	int r;

	a.src.kind = src ? ADDR_HOST : ADDR_ANY;
	a.src.ip = l->src;
	a.dst.kind = src ? ADDR_ANY : ADDR_HOST;
	a.dst.ip = l->dst;
	if (ip4_to_u32(src ? &l->src : &l->dst) == 0)
		return refuse_at(e, (int)ctx->words->n - (src ? 2 : 1));
	str_set(&a.acl, l->acl);
	sb_init(&line);
	gram_print(ctx->gram, &acl_extended_row, &a, no, &env, &line);
	r = ace_add(c, ctx, &a, ACL_EXTENDED, no, e);
	if (r == 0)
		confctx_say(ctx, CERR_WARNING,
		    "an address without a mask "
		    "needs the word host; taken as: %s",
		    sb_text(&line));
	sb_free(&line);
	ace_fini(&a);
	return r;
}

static int
remark_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct ace *a = args;
	const struct acl *acl = conf_acl_find(c, a->acl);

	if (strlen(a->remark) > REMARK_MAX)
		return refuse(
		    e, "a remark has at most %d characters", REMARK_MAX);
	a->simulated = true;
	return ace_add(
	    c, ctx, a, acl != NULL ? acl->type : ACL_EXTENDED, no, e);
}

/* standard, ethertype, webtype and identity ACEs stay in their place as text.
 * row->data tells which. */
static int
kept_ace_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct ace *a = args;
	struct tokenv env = conf_tokenv(c);
	struct acl *acl = conf_acl_find(c, a->acl);
	enum acl_type type = *(const enum acl_type *)row->data;
	struct ace kept = {
		.acl = a->acl, .has_line = a->has_line, .line = a->line
	};
	static char any_name[] = "x";
	struct strbuf text;
	int r;

	/* The text without "access-list NAME [line N] ". */
	a->has_line = false;
	a->acl = any_name;
	sb_init(&text);
	gram_print(ctx->gram, row, a, false, &env, &text);
	a->acl = kept.acl;
	kept.kept_text = xstrdup(sb_text(&text) + strlen("access-list x "));
	sb_free(&text);
	/* A list of remarks alone takes the type of its first ACE. */
	if (acl != NULL && ace_index_empty(acl))
		acl->type = type;
	r = ace_add(c, ctx, &kept, type, no, e);
	a->acl = kept.acl;
	free(kept.kept_text);
	return r;
}

static int
no_acl_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct ace *a = args;
	struct acl *acl = conf_acl_find(c, a->acl);

	if (acl == NULL)
		return no_such_acl(e, a->acl);
	return acl_delete(c, acl, e);
}

struct rename_args {
	char *acl, *to;
};

BIND(bind_rename, struct rename_args, FIELD(struct rename_args, F_STR, acl),
    FIELD(struct rename_args, F_STR, to));

static int
rename_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct rename_args *a = args;
	struct acl *acl = conf_acl_find(c, a->acl);
	size_t i;

	if (acl == NULL)
		return no_such_acl(e, a->acl);
	if (strlen(a->to) > ACL_NAME_MAX)
		return refuse_at(e, 3);
	if (conf_acl_find(c, a->to) != NULL)
		return refuse(e, "access-list %s exists already", a->to);
	for (i = 0; i < c->access_groups.n; i++) {
		if (strcmp(c->access_groups.v[i].acl, acl->name) == 0)
			str_set(&c->access_groups.v[i].acl, a->to);
	}
	for (i = 0; i < c->class_maps.n; i++) {
		if (str_eq(c->class_maps.v[i]->match.acl, acl->name))
			str_set(&c->class_maps.v[i]->match.acl, a->to);
	}
	for (i = 0; i < c->statics.n; i++) {
		if (str_eq(c->statics.v[i].acl, acl->name))
			str_set(&c->statics.v[i].acl, a->to);
	}
	strmap_del(&c->index->acls, acl->name);
	str_set(&acl->name, a->to);
	strmap_set(&c->index->acls, acl->name, acl);
	changed(c);
	return 0;
}

/* ---- rows ---- */

static const enum acl_type type_extended = ACL_EXTENDED,
			   type_standard = ACL_STANDARD,
			   type_ethertype = ACL_ETHERTYPE,
			   type_webtype = ACL_WEBTYPE;

/* clang-format off */
#define ACL_HEAD_HELP \
	"Configure an access control element\n" \
	"Access list identifier\n" \
	"Use this to specify line number at which ACE should be entered\n" \
	"Line number\n"
#define ACTION_HELP \
	"Specify packets to forward\n" \
	"Specify packets to reject\n"

const struct row acl_extended_row = {
	&mode_config,
	"access-list NAME<241>:acl [line INT<1-4294967295>:line]:has_line "
	"[extended]! <permit|deny>:action "
	"< <tcp|udp>:l4 ADDR:src [PORTOP:sport] ADDR:dst [PORTOP:dport] "
	"| icmp ADDR:src ADDR:dst [ICMPTYPE:icmp_type "
	"[INT<0-255>:icmp_code]:has_icmp_code]:has_icmp_type "
	"[object-group NAME:icmp_group] "
	"| icmp6 ADDR:src ADDR:dst [ICMP6TYPE:icmp_type "
	"[INT<0-255>:icmp_code]:has_icmp_code]:has_icmp_type "
	"[object-group NAME:icmp_group] "
	"| PROTO:proto ADDR:src ADDR:dst "
	"| object NAME:proto_name ADDR:src ADDR:dst "
	"| object-group NAME:proto_name ADDR:src [PORTOP:sport] "
	"ADDR:dst [PORTOP:dport] >:proto_kind "
	"[log [<SEVERITY:log_severity | default | disable>:log_mode] "
	"[interval INT<1-600>:interval]:has_interval]:log "
	"[time-range NAME:time_range] [inactive]:inactive",
	ACL_HEAD_HELP
	"Configure access policy for IP traffic through the system\n"
	ACTION_HELP
	"Transmission Control Protocol\n"
	"User Datagram Protocol\n"
	"Internet Control Message Protocol\n"
	"ICMP type\n"
	"ICMP code\n"
	"ICMP object-group\n"
	"Object-group name\n"
	"Internet Control Message Protocol for IPv6\n"
	"ICMPv6 type\n"
	"ICMPv6 code\n"
	"ICMP object-group\n"
	"Object-group name\n"
	"IP protocol, number or name\n"
	"Specify a service object after this keyword\n"
	"Object name\n"
	"Specify a service or protocol object-group after this keyword\n"
	"Object-group name\n"
	"Keyword for enabling log option on this ACL element\n"
	"Logging level\n"
	"Keyword for the default log behaviour\n"
	"Keyword for disabling log option on this ACL element\n"
	"Configure log interval, default value is 300 sec\n"
	"Log interval in seconds\n"
	"Keyword for attaching time-range option to this ACL element\n"
	"Time-range name\n"
	"Keyword for disabling an ACL element\n",
	&bind_ace, .apply = extended_apply,
};

enum { ROW_LENIENT, ROW_REMARK, ROW_STANDARD, ROW_ETHERTYPE, ROW_WEBTYPE,
	ROW_USER, ROW_NO_ACL, ROW_RENAME };

static const struct row rows[] = {
	/* The tech note's form without `host`. */
	[ROW_LENIENT] = { &mode_config,
	  "access-list NAME<241>:acl [line INT<1-4294967295>:line]:has_line "
	  "[extended]! <permit|deny>:action ip < any IP:dst | IP:src any >",
	  NULL, &bind_lenient, .apply = lenient_apply, .flags = ROW_HIDDEN },
	[ROW_REMARK] = { &mode_config,
	  "access-list NAME<241>:acl [line INT<1-4294967295>:line]:has_line "
	  "remark LINE:remark",
	  ACL_HEAD_HELP
	  "Specify a comment (remark) for the access-list after this keyword\n"
	  "Comment up to 100 characters\n",
	  &bind_ace, .apply = remark_apply },
	[ROW_STANDARD] = { &mode_config,
	  "access-list NAME<241>:acl standard <permit|deny>:action ADDR:src",
	  "Configure an access control element\n"
	  "Access list identifier\n"
	  "Use this to configure policy having destination host or network "
	  "only\n" ACTION_HELP,
	  &bind_ace, .apply = kept_ace_apply, .flags = ROW_KEPT,
	  .data = &type_standard },
	[ROW_ETHERTYPE] = { &mode_config,
	  "access-list NAME<241>:acl ethertype <permit|deny>:action "
	  "LINE:kept_text",
	  "Configure an access control element\n"
	  "Access list identifier\n"
	  "Configure access policy for non-IP traffic through the system\n"
	  ACTION_HELP
	  "Ethertype: ipx, bpdu, mpls-unicast, mpls-multicast, isis, any or a "
	  "number\n",
	  &bind_ace, .apply = kept_ace_apply, .flags = ROW_KEPT,
	  .data = &type_ethertype },
	[ROW_WEBTYPE] = { &mode_config,
	  "access-list NAME<241>:acl webtype <permit|deny>:action "
	  "LINE:kept_text",
	  "Configure an access control element\n"
	  "Access list identifier\n"
	  "Use this to configure WebVPN related policy\n"
	  ACTION_HELP
	  "url or tcp and what follows\n",
	  &bind_ace, .apply = kept_ace_apply, .flags = ROW_KEPT,
	  .data = &type_webtype },
	[ROW_USER] = { &mode_config,
	  "access-list NAME<241>:acl [line INT<1-4294967295>:line]:has_line "
	  "[extended]! <permit|deny>:action PROTO:proto "
	  "<user|user-group|object-group-user|security-group>:l4 "
	  "LINE:kept_text",
	  NULL, &bind_ace, .apply = kept_ace_apply,
	  .flags = ROW_KEPT | ROW_HIDDEN, .data = &type_extended },
	[ROW_NO_ACL] = { &mode_config, "access-list NAME<241>:acl",
	  "Configure an access control element\n"
	  "Access list identifier\n",
	  &bind_ace, .apply = no_acl_apply, .flags = ROW_ONLY_NO },
	[ROW_RENAME] = { &mode_config, "access-list NAME<241>:acl rename NAME<241>:to",
	  "Configure an access control element\n"
	  "Access list identifier\n"
	  "Give the access list another name\n"
	  "New name\n",
	  &bind_rename, .apply = rename_apply, .flags = ROW_NO_NO },
};
/* clang-format on */
static const struct row *const remark_row = &rows[ROW_REMARK];
const struct row_set acl_rows = { rows, ARRAY_LEN(rows) };
const struct row_set acl_extended_rows = { &acl_extended_row, 1 };

/* ---- printing ---- */

void
ace_text(const struct acl *acl, const struct ace *a, const struct gram *g,
    const struct tokenv *env, struct strbuf *out)
{
	struct ace copy = *a;

	copy.acl = acl->name;
	if (a->kept_text != NULL)
		sb_printf(out, "access-list %s %s", acl->name, a->kept_text);
	else
		gram_print(g, a->remark ? remark_row : &acl_extended_row, &copy,
		    false, env, out);
}

/* PIX 6 does not know the word. */
static void
drop_extended(struct strbuf *line, const char *name)
{
	size_t at = strlen("access-list ") + strlen(name);
	static const char word[] = " extended";

	if (line->length > at &&
	    strncmp(line->s + at, word, sizeof(word) - 1) == 0) {
		memmove(line->s + at, line->s + at + sizeof(word) - 1,
		    line->length - at - sizeof(word) + 2);
		line->length -= sizeof(word) - 1;
	}
}

static void
emit_acl(struct emitter *em, const struct acl *acl, bool pix)
{
	struct strbuf line;
	size_t i;

	sb_init(&line);
	for (i = 0; i < acl->aces.n; i++) {
		const struct ace *a = &acl->aces.v[i];

		sb_reset(&line);
		ace_text(acl, a, em->gram, &em->env, &line);
		if (pix)
			drop_extended(&line, acl->name);
		/* The device leaves a blank where the log option would be. */
		if (a->remark == NULL && a->kept_text == NULL && !a->log &&
		    a->time_range == NULL && !a->inactive)
			sb_putc(&line, ' ');
		em->line(em->arg, sb_text(&line));
	}
	sb_free(&line);
}

void
emit_acls(const struct conf *c, struct emitter *em, const char *only)
{
	bool pix = conf_profile(c) == PROFILE_PIX_6_3;
	size_t i;

	for (i = 0; i < c->acls.n; i++) {
		if (only == NULL || strcmp(c->acls.v[i]->name, only) == 0)
			emit_acl(em, c->acls.v[i], pix);
	}
}

void
ace_rule_text(const struct conf *c, const struct gram *g, const char *acl,
    unsigned line, struct strbuf *out)
{
	const struct acl *list = conf_acl_find(c, acl);
	struct tokenv env = conf_tokenv(c);
	struct strbuf text;
	const char *s;

	if (list == NULL || line == 0 || line > list->aces.n)
		return;
	sb_init(&text);
	ace_text(list, &list->aces.v[line - 1], g, &env, &text);
	s = sb_text(&text) + strlen("access-list ") + strlen(acl) + 1;
	if (strncmp(s, "extended ", 9) == 0)
		s += 9;
	sb_puts(out, s);
	sb_free(&text);
}

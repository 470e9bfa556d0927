/* SPDX-License-Identifier: ISC
 *
 * Access lists and where they are applied.
 *
 * struct ace is at once the args struct of its row and the model: what the
 * parser fills is what is stored and printed.
 */
#ifndef ASASIM_CONF_ACL_H
#define ASASIM_CONF_ACL_H

#include <stdbool.h>

#include "gram.h"

enum addr_kind {
	ADDR_NONE, /* absent */
	ADDR_ANY,
	ADDR_ANY4,
	ADDR_ANY6,
	ADDR_HOST,         /* host A: ip, either family */
	ADDR_NET,          /* A M: ip, mask */
	ADDR_PREFIX6,      /* prefix */
	ADDR_OBJECT,       /* name */
	ADDR_OBJECT_GROUP, /* name */
	ADDR_INTERFACE,    /* name = nameif */
};

struct ace_addr {
	uint8_t kind; /* enum addr_kind */
	struct ip_addr ip, mask;
	struct ip_prefix prefix;
	char *name;
};

enum port_op {
	PORT_NONE,
	PORT_EQ,
	PORT_NEQ,
	PORT_LT,
	PORT_GT,
	PORT_RANGE,
	PORT_OBJECT_GROUP, /* name */
};

struct ace_port {
	uint8_t op; /* enum port_op */
	uint32_t port, high;
	char *name;
};

enum ace_proto_kind {
	ACE_PROTO_NONE,
	ACE_PROTO_TCP_UDP, /* l4: 1 tcp, 2 udp */
	ACE_PROTO_ICMP,
	ACE_PROTO_ICMP6,
	ACE_PROTO_OTHER,  /* proto: "ip" = 0, or a number */
	ACE_PROTO_OBJECT, /* object / object-group proto_name */
	ACE_PROTO_OBJECT_GROUP,
};

enum { ACE_PERMIT = 1, ACE_DENY = 2 };

struct ace {
	char *acl; /* while parsing only; the list's name */
	bool has_line;
	uint32_t line;      /* likewise */
	uint8_t action;     /* ACE_PERMIT, ACE_DENY */
	uint8_t proto_kind; /* enum ace_proto_kind */
	uint8_t l4;         /* 1 tcp, 2 udp */
	uint32_t proto;
	char *proto_name;
	struct ace_addr src, dst;
	struct ace_port sport, dport;
	bool has_icmp_type, has_icmp_code;
	uint32_t icmp_type, icmp_code;
	char *icmp_group;
	bool log;
	uint8_t log_mode; /* 0 none, 1 severity, 2 default, 3 disable */
	uint32_t log_severity;
	bool has_interval;
	uint32_t interval;
	char *time_range;
	bool inactive;
	/* not bound */
	char *remark;    /* not NULL: a remark line, nothing else is set */
	bool simulated;  /* false: kept; matches nothing, warned about */
	char *kept_text; /* the whole line after the list's name, if kept */
};

enum acl_type { ACL_EXTENDED, ACL_STANDARD, ACL_ETHERTYPE, ACL_WEBTYPE };

struct acl {
	char *name;
	enum acl_type type;
	VEC(struct ace)
	aces; /* remarks included: positions are `line` numbers */
	struct ace_index *index; /* hash of the ACEs; conf_acl.c only */
};

struct access_group {
	char *acl;
	uint8_t dir; /* 1 in, 2 out, 3 global */
	char *ifname;
	uint8_t option; /* 0, 1 per-user-override, 2 control-plane */
};

/* Row that prints an ACE; the engine prints ACEs for logs with it as well. */
extern const struct row acl_extended_row;

#endif

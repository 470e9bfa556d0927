/* SPDX-License-Identifier: ISC
 *
 * Modular Policy Framework: class maps, policy maps, service policies.
 */
#ifndef ASASIM_CONF_MPF_H
#define ASASIM_CONF_MPF_H

#include <stdbool.h>

#include "gram.h"

enum match_kind {
	MATCH_NONE,
	MATCH_ACCESS_LIST,
	MATCH_ANY,
	MATCH_DEFAULT_INSPECTION,
	MATCH_PORT,
	MATCH_KEPT, /* a criterion that is kept, not simulated: never matches */
};

enum class_map_type {
	CLASS_MAP_L34,
	CLASS_MAP_MANAGEMENT,
	CLASS_MAP_INSPECT, /* kept: proto, match_any */
	CLASS_MAP_REGEX,   /* kept */
};

struct class_match {
	enum match_kind kind;
	char *acl;  /* ACCESS_LIST; also beside DEFAULT_INSPECTION */
	uint8_t l4; /* PORT: 1 tcp, 2 udp */
	uint8_t op; /* PORT: 1 eq, 2 range */
	uint32_t port, high;
	char *kept_text; /* KEPT: the words after "match" */
};

struct class_map {
	char *name;
	enum class_map_type type;
	char *proto;    /* INSPECT */
	bool match_any; /* INSPECT, REGEX */
	char *description;
	struct class_match match;
	VEC(char *) kept; /* INSPECT, REGEX: match lines as typed */
};

/* One `inspect P [MAP]`. */
struct inspect_action {
	char *protocol; /* as printed: "esmtp", "h323 h225", "icmp error" */
	char *map;      /* NULL = none named */
	char *options;  /* words between protocol and map ("strict"), or NULL */
};

struct policy_class {
	char *name; /* class map, or "class-default" */
	VEC(struct inspect_action) inspects;
	VEC(char *)
	exempt; /* `no inspect P` typed where P was not: DECISIONS */
	VEC(char *)
	kept; /* other actions as typed: set connection, police... */
};

struct policy_map {
	char *name;
	char *description;
	VEC(struct policy_class *) classes;
};

/* policy-map type inspect PROTO NAME for protocols other than esmtp. */
struct inspect_map {
	char *protocol, *name;
	VEC(char *) lines; /* as printed, leading blanks included */
	size_t block;      /* while editing: the open block's line + 1, or 0 */
};

struct service_policy {
	char *policy_map;
	char *ifname; /* NULL = global */
	bool fail_close;
};

/* Default ports of `match default-inspection-traffic`. */
struct inspection_port {
	const char *protocol; /* "esmtp", "h323 h225", ... */
	uint8_t proto;        /* IPPROTO_*; 0 = any */
	uint16_t lo, hi;
	bool source; /* matched as source port (netbios) */
};
extern const struct inspection_port inspection_ports[];
extern const unsigned inspection_ports_n;

#endif

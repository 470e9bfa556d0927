/* SPDX-License-Identifier: ISC
 *
 * Modular Policy Framework: class maps, policy maps, service policies.
 */
#ifndef ASASIM_CONF_MPF_H
#define ASASIM_CONF_MPF_H

#include <stdbool.h>

#include "gram.h"

/* regex NAME EXPRESSION */
struct regex_def {
	char *name;
	char *expression; /* without quotes */
};

enum match_kind {
	MATCH_NONE,
	MATCH_ACCESS_LIST,
	MATCH_ANY,
	MATCH_DEFAULT_INSPECTION,
	MATCH_PORT,
	MATCH_DSCP,
	MATCH_PRECEDENCE,
	MATCH_RTP,
	MATCH_TUNNEL_GROUP, /* there are no tunnels here: never matches */
};

enum class_map_type {
	CLASS_MAP_L34,
	CLASS_MAP_MANAGEMENT,
	CLASS_MAP_INSPECT, /* checked and kept: proto, match_any */
	CLASS_MAP_REGEX,
};

enum { MATCH_VALUES_MAX = 8, PRECEDENCE_VALUES_MAX = 4 };

struct class_match {
	enum match_kind kind;
	char *acl;           /* ACCESS_LIST; also beside DEFAULT_INSPECTION */
	uint8_t l4;          /* PORT: 1 tcp, 2 udp, 3 sctp */
	uint8_t op;          /* PORT: 1 eq, 2 range */
	uint32_t port, high; /* RTP: first port and how many more */
	uint32_t values[MATCH_VALUES_MAX]; /* DSCP, PRECEDENCE */
	unsigned n_values;
	char *tunnel_group;
	bool flow; /* TUNNEL_GROUP: flow ip destination-address */
};

struct class_map {
	char *name;
	enum class_map_type type;
	char *proto;    /* INSPECT */
	bool match_any; /* INSPECT, REGEX */
	char *description;
	struct class_match match;
	VEC(char *) kept;    /* INSPECT: match lines */
	VEC(char *) regexes; /* REGEX: names */
};

/* One `inspect P [MAP]`. */
struct inspect_action {
	char *protocol; /* as printed: "esmtp", "h323 h225", "icmp error" */
	char *map;      /* NULL = none named */
	char *options;  /* words between protocol and map ("strict"), or NULL */
};

/* Bits of conn_action.limits and of conn_action.timeouts: what was set. */
enum {
	LIMIT_CONN_MAX = 1 << 0,
	LIMIT_EMBRYONIC = 1 << 1,
	LIMIT_PER_CLIENT = 1 << 2,
	LIMIT_PER_CLIENT_EMBRYONIC = 1 << 3,
	LIMIT_RANDOM_SEQUENCE = 1 << 4,
};
enum {
	CONN_TIMEOUT_EMBRYONIC = 1 << 0,
	CONN_TIMEOUT_HALF_CLOSED = 1 << 1,
	CONN_TIMEOUT_IDLE = 1 << 2,
	CONN_TIMEOUT_DCD = 1 << 3,
};

/* set connection, all its lines. */
struct conn_action {
	uint32_t limits;
	uint32_t conn_max, embryonic_max, per_client_max,
	    per_client_embryonic_max;
	bool random_sequence; /* enable */
	uint32_t timeouts;
	uint32_t embryonic, half_closed, idle; /* seconds */
	bool idle_reset;
	uint32_t dcd_retry, dcd_max; /* 15 s, 5 times */
	char *tcp_map;               /* advanced-options NAME */
	bool state_bypass, decrement_ttl;
};

enum { POLICE_INPUT, POLICE_OUTPUT, POLICE_COUNT };

struct police_action {
	bool set;
	uint32_t rate, burst; /* bit/s, bytes */
	bool conform_drop;
	bool exceed_transmit;
};

/* What a class does besides inspecting. Modelled and shown; the data plane does
 * not act on it yet. */
struct class_actions {
	struct conn_action conn;
	struct police_action police[POLICE_COUNT];
	bool priority;
};

struct policy_class {
	char *name; /* class map, or "class-default" */
	VEC(struct inspect_action) inspects;
	VEC(char *)
	exempt; /* `no inspect P` typed where P was not: an exemption */
	struct class_actions actions;
	VEC(char *) kept; /* other actions as typed: ips, csc, shape ... */
	bool factory;     /* its inspections are the factory's, untouched */
};

struct policy_map {
	char *name;
	char *description;
	VEC(struct policy_class *) classes;
};

/* "conn-max 10 embryonic-conn-max 20"; "embryonic 0:00:20 idle 1:00:00", with
 * "dcd 0:00:15 5" if asked for; "police output 56000 10500". */
void conn_limits_text(const struct conn_action *a, struct strbuf *out);
void conn_timeouts_text(
    const struct conn_action *a, bool dcd, struct strbuf *out);
void police_text(
    const struct police_action *p, bool output, struct strbuf *out);
/* Each action as a line of the running config, without indent. */
void class_actions_each(const struct class_actions *a,
    void (*fn)(void *arg, const char *line), void *arg);

enum tcp_map_verdict { TCP_ALLOW = 1, TCP_CLEAR, TCP_DROP };

struct tcp_option_range {
	uint32_t low, high;
	uint8_t verdict; /* enum tcp_map_verdict */
};

/* tcp-map: the normaliser's settings, each with the device's default. */
struct tcp_map {
	char *name;
	bool check_retransmission, checksum_verification;
	bool ttl_evasion_protection;
	/* enum tcp_map_verdict */
	uint8_t exceed_mss, invalid_ack, reserved_bits, seq_past_window,
	    synack_data, syn_data, urgent_flag, window_variation;
	uint8_t selective_ack, timestamp, window_scale;
	VEC(struct tcp_option_range) options;
	uint32_t queue_limit, queue_timeout; /* 0 = the system's own; 4 s */
};

/* policy-map type inspect PROTO NAME for protocols other than esmtp. */
struct inspect_map {
	char *protocol, *name;
	VEC(char *) lines; /* as printed, leading blanks included */
	size_t block;      /* while editing: the open block's line + 1, or 0 */
	bool factory;      /* as the factory made it, untouched */
};

struct service_policy {
	char *policy_map;
	char *ifname; /* NULL = global */
	bool fail_close;
};

/* The map that an inspection uses when none is named, or NULL. */
const char *inspect_default_map(const char *protocol);

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

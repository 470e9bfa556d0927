/* SPDX-License-Identifier: ISC
 *
 * The compiled policy.
 *
 * policy_compile() turns a struct conf into this immutable structure, all of it
 * in memory of its own, so that the packet side never sees the conf and a
 * policy can be swapped whole. Counters are ids that survive recompilation.
 * The packet side and the show commands read it; nobody writes it.
 */
#ifndef ASASIM_POLICY_H
#define ASASIM_POLICY_H

#include <stdbool.h>

#include "conf.h"
#include "count.h"
#include "insp_esmtp.h"
#include "inspect.h"
#include "tcp.h"

struct regexset;

struct pol_iface {
	char *name; /* nameif */
	char *hw;
	int security_level;
	struct ip_addr ip;
	unsigned prefix_length;
	bool down;
	const struct pol_acl *acl_in, *acl_out;
	const struct pol_attachment *service; /* interface policy, or NULL */
	count_t in_packets, in_bytes, out_packets, out_bytes, dropped;
};

struct pol_route {
	struct ip_addr net;
	unsigned prefix_length;
	int iface;
	unsigned metric;
	bool connected;
};

struct pol_ace {
	bool permit;
	bool active;     /* false: inactive or not simulated; matches nothing */
	bool any_family; /* `any`: both families */
	uint8_t af;      /* family the addresses need, 0 = both */
	int proto;       /* -1 = ip */
	struct ip_addr src, src_mask, dst, dst_mask;
	uint16_t sport_lo, sport_hi, dport_lo, dport_hi;
	bool sport_not, dport_not; /* neq */
	int icmp_type, icmp_code;  /* -1 = any */
	uint8_t log;               /* enum pol_log */
	uint8_t log_level;
	const struct ace *ace; /* in the policy's own copy of the conf */
	unsigned line;
	count_t hits;
	uint32_t hash;
};

enum pol_log { POL_LOG_DEFAULT, POL_LOG_LEVEL, POL_LOG_DISABLE };

struct pol_acl {
	char *name;
	const struct acl *conf;
	struct pol_ace *aces;
	unsigned n;
};

struct pol_static {
	const struct static_nat *conf;
	int real_if, mapped_if;
	struct ip_addr real, mapped; /* network parts */
	unsigned prefix_length;
	int proto; /* -1 = whole addresses */
	uint16_t real_port, mapped_port;
	uint32_t tcp_max, emb_limit, udp_max;
	count_t translate, untranslate;
};

struct pol_inspect {
	char *protocol; /* "esmtp", "h323 h225" */
	char *title;    /* "esmtp _default_esmtp_map", "sip " */
	bool tcp_proxy; /* has a "tcp-proxy:" line */
	struct insp_instance instance;
	struct esmtp_policy *esmtp; /* NULL unless esmtp */
	uint64_t first_packet[ESMTP_EVENT_COUNT];
};

struct pol_class {
	char *name;
	bool is_default; /* class-default */
	struct class_match match;
	const struct pol_acl *acl;
	struct pol_inspect **inspects;
	unsigned n_inspects;
	char **exempt; /* protocols */
	unsigned n_exempt;
	struct class_actions actions; /* shown, not acted on yet */
};

struct pol_map {
	char *name;
	struct pol_class *classes;
	unsigned n_classes;
};

struct pol_attachment {
	int iface;          /* -1 = global */
	struct pol_map map; /* counters are the attachment's own */
};

struct policy {
	uint64_t generation;
	enum profile profile;
	bool bare; /* no interface configured: everything is permitted */
	bool acl_on_mapped;  /* up to 8.2: ACLs see mapped addresses */
	bool class_acl_both; /* class ACLs match real or mapped addresses */
	bool same_security_inter, same_security_intra;

	struct pol_iface *ifaces;
	unsigned n_ifaces;
	struct pol_route *routes; /* longest prefix first */
	unsigned n_routes;
	struct pol_acl **acls;
	unsigned n_acls;
	const struct pol_acl *acl_global;
	struct pol_static *statics;
	unsigned n_statics;
	struct pol_attachment **attachments; /* global first, then interfaces */
	unsigned n_attachments;
	const struct pol_attachment *global;

	struct tcp_timeouts tcp;
	uint64_t timeout_udp, timeout_icmp;

	unsigned refs; /* [W] connections made under it that are still there */
	/* lists for the owner, freed with the policy */
	VEC(void *) owned;
	VEC(struct regexset *) regexes;
};

/* Compiles; never fails on a conf that the parser accepted, but says what will
 * not be simulated through say() (one line each, WARNING or INFO). */
struct policy *policy_compile(const struct conf *conf, struct counts *counts,
    void (*say)(void *arg, unsigned level, const char *text), void *arg);
void policy_free(struct policy *p);

#endif

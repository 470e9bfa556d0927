/* SPDX-License-Identifier: ISC
 *
 * show service-policy, in its parts.
 */
#ifndef ASASIM_SHOW_MPF_H
#define ASASIM_SHOW_MPF_H

#include "mpf.h"
#include "session.h"

/* The branches of the row, in order. */
enum sp_what {
	SP_ALL,
	SP_INSPECT,
	SP_CONNECTION,
	SP_POLICE,
	SP_PRIORITY,
	SP_FLOW,
};

enum { WHERE_ALL, WHERE_GLOBAL, WHERE_INTERFACE };

struct sp_args {
	uint8_t where; /* WHERE_... */
	char *ifname;
	uint8_t what;  /* enum sp_what */
	uint8_t proto; /* inspection: index into a list, from 1 */
	uint8_t h323;  /* 1 h225, 2 ras */
	bool error;    /* icmp error */
	bool detail;
	bool details; /* set connection details */
	/* flow */
	uint32_t l4, sport, dport, icmp;
	uint8_t src_kind, dst_kind; /* 1 host, 2 any, 3 address and mask */
	struct ip_addr src, dst, src_mask, dst_mask;
	bool has_sport, has_dport, has_icmp;
};

struct sp_view {
	struct session *s;
	const struct policy *p;
	const struct sp_args *a;
	const char *only; /* inspection asked for, NULL = everything */
	bool nine;        /* 9.x layout */
};

/* "Global policy: ", "Interface outside:", and the policy's name. */
void sp_heading(const struct sp_view *v, const struct pol_attachment *at);
/* show_mpf_conn.c: does the class have what was asked for; its lines. */
bool sp_has_actions(const struct sp_view *v, const struct pol_class *c);
void sp_show_actions(const struct sp_view *v, const struct pol_attachment *at,
    const struct pol_class *c);
/* show_mpf_flow.c */
void sp_show_flow(const struct sp_view *v);

#endif

/* SPDX-License-Identifier: ISC
 *
 * The pipeline: the stages that judge a packet, in a table, and their owner.
 *
 * pipe_run() takes a packet from a source through the stages. Every packet
 * ends in exactly one way: forwarded, dropped with a reason, or held by a
 * stream until a later packet decides about it.
 *
 * Where releases differ in the order of stages (un-NAT and access list), the
 * policy chooses between two tables.
 */
#ifndef ASASIM_PIPE_H
#define ASASIM_PIPE_H

#include "conn.h"
#include "engine.h"
#include "hostlimit.h"
#include "io.h"
#include "io_inject.h"
#include "mpf.h"
#include "policy.h"
#include "stream.h"

/* What the stages find out about the first packet of a flow. */
struct draft {
	struct flow_key arriving; /* as it came in */
	struct flow_key real;     /* destination untranslated */
	struct flow_key leaving;  /* source translated as well */
	const struct pol_static *dst_rule, *src_rule;
	const struct pol_acl *denied_by;
	struct mpf_verdict mpf;
};

/* A packet thread and all that it owns. */
struct wk {
	struct policy *policy; /* in force for new connections */
	struct pktpool packets;
	struct pkt *spare; /* to read into when the pool is empty */
	struct stream_pool streams;
	struct conn_table conns;
	struct hostlimit hosts;
	struct counts counts;
	struct evlog log;
	struct injector *injector;
	struct io_sink *sink; /* NULL: what leaves is only counted */
	int capture_point;    /* interface index, -1 = infer */
	uint64_t now;         /* ns */
	uint64_t packet_number;
	count_t drops[REASON_COUNT];
	struct replay_result *result;
	bool closing; /* the engine goes away: log no teardowns */
	struct draft draft;
};

int wk_init(struct wk *w, const struct engine_options *options);
void wk_fini(struct wk *w);

/* Judges one packet, which the pipeline owns from here. */
void pipe_run(struct wk *w, struct pkt *p);

/* ---- shared by pipe.c and pipe_log.c ---- */

void log_built(struct wk *w, const struct conn *c);
void log_teardown(struct wk *w, const struct conn *c, const char *why);
void log_acl_deny(struct wk *w, const struct pkt *p, const struct pol_acl *acl);
void log_no_acl_deny(struct wk *w, const struct pkt *p);
void log_not_syn(struct wk *w, const struct pkt *p);
void log_no_route(struct wk *w, const struct pkt *p);
void log_conn_limit(
    struct wk *w, const struct pkt *p, uint32_t now, uint32_t limit);
const char *iface_name(const struct policy *p, int index);

#endif

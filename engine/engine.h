/* SPDX-License-Identifier: ISC
 *
 * The engine as the command line sees it: commit a configuration, replay
 * captures, ask what happened.
 *
 * Replay runs in the calling thread, on the capture's clock, with a fixed hash
 * seed: the same input gives the same output, byte for byte.
 */
#ifndef ASASIM_ENGINE_H
#define ASASIM_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "conf.h"
#include "conn.h"
#include "count.h"
#include "evlog.h"
#include "policy.h"
#include "reason.h"

struct engine;

struct engine_options {
	uint32_t max_conns;   /* 0 = default */
	uint32_t max_packets; /* packet buffers, 0 = default */
};

/* NULL when memory for the pools cannot be had. */
struct engine *engine_new(const struct engine_options *options);
void engine_free(struct engine *e);

/* Compiles conf and puts it in force. Existing connections keep the policy of
 * their creation. say() gets what will not be simulated; may be NULL. */
void engine_commit(struct engine *e, const struct conf *conf,
    void (*say)(void *arg, unsigned level, const char *text), void *arg);

/* The engine's system messages that filter wants go to sink; filter is the
 * caller's and stays. NULL: every message. */
void engine_set_log(struct engine *e,
    void (*sink)(void *arg, const struct evlog_record *r), void *arg,
    const struct evlog_filter *filter);

struct replay_request {
	const char *const *files; /* "-" = standard input */
	unsigned n_files;
	const char *output;        /* NULL = none */
	const char *capture_point; /* nameif, NULL = infer */
};

struct replay_result {
	uint64_t packets, forwarded, dropped, held_at_end, made;
	uint64_t truncated; /* packets cut by the snap length */
	uint64_t gap_bytes; /* bytes that the capture lost */
	uint64_t unrouted;  /* source on no route: ingress by default */
	uint64_t fragments; /* IP fragments: not reassembled, dropped */
	uint64_t exhausted; /* dropped for want of the simulator's memory */
	uint64_t first_ts, last_ts; /* ns; 0 if no packet */
	char error[512];            /* set when it failed */
};

/* Replays captures (merged by time stamp) through the policy in force.
 * 0, or -1 with result->error set: packets before the error were judged. The
 * connections stay, for `show conn`, until engine_reset(). */
int engine_replay(struct engine *e, const struct replay_request *req,
    struct replay_result *result);

/* ---- asking ---- */

/* The packet clock, ns since the epoch: stamp of the last packet; 0: none. */
uint64_t engine_now(const struct engine *e);
const struct policy *engine_policy(const struct engine *e);
uint64_t engine_count(const struct engine *e, count_t id);
uint64_t engine_drops(const struct engine *e, enum reason r);
struct counts *engine_counts(struct engine *e); /* for clear commands */
void engine_conn_each(const struct engine *e,
    void (*fn)(void *arg, const struct conn *c), void *arg);
void engine_conn_usage(
    const struct engine *e, uint32_t *in_use, uint32_t *most_used);
/* clear service-policy, clear asp drop, clear conn. */
void engine_clear_service_policy(struct engine *e, const char *ifname);
void engine_clear_drops(struct engine *e);
void engine_clear_conns(struct engine *e);

#endif

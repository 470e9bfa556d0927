/* SPDX-License-Identifier: ISC */
#include "engine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipe.h"

enum {
	DEFAULT_CONNS = 65536,
	DEFAULT_PACKETS = 2048,
	CHUNKS_PER_STREAM = 4, /* on average; the pool is shared */
	HOSTS = 16384,

};

/* The same input gives the same output. */
#define HASH_SEED 0x6173617369616d21u

struct engine {
	struct wk w;
	VEC(struct policy *) old; /* still used by connections */
};

/* ---- worker ---- */

static const char *
teardown_text(const struct conn *c)
{
	/* 302014 writes these two unlike `show asp drop`. */
	if (c->end == REASON_FLOW_CONN_TIMEOUT)
		return "Conn-timeout";
	if (c->end == REASON_NONE || !reason_is_flow(c->end))
		return "";
	return reason_text(c->end);
}

static void
on_conn_end(void *arg, struct conn *c)
{
	struct wk *w = arg;
	unsigned held = 0;

	if (c->state != CONN_KILLED && !w->closing) {
		if (c->end != REASON_NONE && reason_is_flow(c->end))
			count_add(&w->counts, w->drops[c->end], 1);
		log_teardown(w, c, teardown_text(c));
	}
	stream_put(&w->streams, c->stream, &held);
	c->stream = NULL;
	if (held > 0 && w->result != NULL) {
		w->result->dropped += held;
		count_add(&w->counts, w->drops[REASON_FLOW_EXPIRED], held);
	}
	hostlimit_give(&w->hosts, c->limit_slot);
	if (c->policy != NULL)
		c->policy->refs--;
}

int
wk_init(struct wk *w, const struct engine_options *options)
{
	uint32_t conns =
	    options->max_conns ? options->max_conns : DEFAULT_CONNS;
	uint32_t packets =
	    options->max_packets ? options->max_packets : DEFAULT_PACKETS;
	/* A page costs nothing before it is touched: as many streams as
	 * connections. */
	uint32_t streams = conns;
	unsigned i;
	int error;

	memset(w, 0, sizeof(*w));
	count_init(&w->counts);
	for (i = 0; i < REASON_COUNT; i++)
		w->drops[i] = count_id(&w->counts, "drop/%s/%s",
		    reason_is_flow(i) ? "flow" : "frame", reason_keyword(i));
	w->capture_point = -1;
	error = pktpool_init(&w->packets, packets);
	if (error == 0)
		error = stream_pool_init(&w->streams, &w->packets, streams,
		    streams * CHUNKS_PER_STREAM, insp_esmtp.state_size);
	if (error == 0)
		error = conn_table_init(&w->conns, conns, HASH_SEED);
	if (error == 0)
		error = hostlimit_init(&w->hosts, HOSTS);
	if (error != 0)
		return error;
	w->conns.on_end = on_conn_end;
	w->conns.on_end_arg = w;
	w->spare = pkt_get(&w->packets);
	w->injector = injector_new();
	return w->spare != NULL ? 0 : -ENOMEM;
}

void
wk_fini(struct wk *w)
{
	w->closing = true;
	conn_table_fini(&w->conns);
	pkt_put(&w->packets, w->spare);
	stream_pool_fini(&w->streams);
	pktpool_fini(&w->packets);
	hostlimit_fini(&w->hosts);
	injector_free(w->injector);
	count_fini(&w->counts);
}

/* ---- engine ---- */

struct engine *
engine_new(const struct engine_options *options)
{
	static const struct engine_options defaults;
	struct engine *e = xcalloc(1, sizeof(*e));
	struct conf *empty;

	if (wk_init(&e->w, options != NULL ? options : &defaults) != 0) {
		wk_fini(&e->w);
		free(e);
		return NULL;
	}
	empty = conf_new();
	e->w.policy = policy_compile(empty, &e->w.counts, NULL, NULL);
	conf_free(empty);
	return e;
}

static void
free_unused(struct engine *e, bool all)
{
	size_t i = 0;

	while (i < e->old.n) {
		if (!all && e->old.v[i]->refs > 0) {
			i++;
			continue;
		}
		policy_free(e->old.v[i]);
		VEC_REMOVE(&e->old, i);
	}
}

void
engine_free(struct engine *e)
{
	if (e == NULL)
		return;
	wk_fini(&e->w);
	free_unused(e, true);
	VEC_FREE(&e->old);
	policy_free(e->w.policy);
	free(e);
}

void
engine_commit(struct engine *e, const struct conf *conf,
    void (*say)(void *arg, unsigned level, const char *text), void *arg)
{
	struct policy *p = policy_compile(conf, &e->w.counts, say, arg);

	*VEC_PUSH(&e->old) = e->w.policy;
	e->w.policy = p;
	free_unused(e, false);
}

void
engine_set_log(struct engine *e,
    void (*sink)(void *arg, const struct evlog_record *r), void *arg,
    const struct evlog_filter *filter)
{
	e->w.log.sink = sink;
	e->w.log.sink_arg = arg;
	e->w.log.filter = filter;
	e->w.log.max_level = 7;
}

static struct io_source *
open_sources(const struct replay_request *req, struct replay_result *result)
{
	struct io_source **sources = xcalloc(req->n_files, sizeof(*sources));
	struct io_source *merged = NULL;
	unsigned i;

	for (i = 0; i < req->n_files; i++) {
		sources[i] = io_file_open(
		    req->files[i], result->error, sizeof(result->error));
		if (sources[i] == NULL)
			goto fail;
	}
	merged =
	    req->n_files == 1 ? sources[0] : io_merge(sources, req->n_files);
	free(sources);
	return merged;
fail:
	while (i-- > 0)
		io_source_close(sources[i]);
	free(sources);
	return NULL;
}

static int
find_capture_point(struct engine *e, const struct replay_request *req,
    struct replay_result *result)
{
	unsigned i;

	e->w.capture_point = -1;
	if (req->capture_point == NULL)
		return 0;
	for (i = 0; i < e->w.policy->n_ifaces; i++) {
		if (strcmp(e->w.policy->ifaces[i].name, req->capture_point) ==
		    0) {
			e->w.capture_point = (int)i;
			return 0;
		}
	}
	snprintf(result->error, sizeof(result->error),
	    "no interface is named '%s'", req->capture_point);
	return -1;
}

static void
replay_packet(struct engine *e, struct pkt *p, struct replay_result *result)
{
	p->number = result->packets;
	if (result->first_ts == 0)
		result->first_ts = p->ts;
	result->last_ts = MAX(result->last_ts, p->ts);
	if (p == e->w.spare) {
		/* The pool is empty: read, counted and gone. */
		count_add(&e->w.counts, e->w.drops[REASON_MEMORY], 1);
		result->dropped++;
		result->exhausted++;
		return;
	}
	pipe_run(&e->w, p);
}

static int
replay(struct engine *e, struct io_source *source, struct replay_result *result)
{
	struct pkt *p;
	int got;

	for (;;) {
		p = pkt_get(&e->w.packets);
		if (p == NULL)
			p = e->w.spare;
		got = io_source_read(source, p);
		if (got <= 0) {
			if (p != e->w.spare)
				pkt_put(&e->w.packets, p);
			break;
		}
		result->packets++;
		replay_packet(e, p, result);
	}
	if (got < 0 && result->error[0] == '\0')
		snprintf(result->error, sizeof(result->error), "%s",
		    io_source_error(source));
	return result->error[0] == '\0' ? 0 : -1;
}

int
engine_replay(struct engine *e, const struct replay_request *req,
    struct replay_result *result)
{
	struct io_source *source;
	uint64_t judged;
	int status = -1, error;

	memset(result, 0, sizeof(*result));
	if (req->n_files == 0 || find_capture_point(e, req, result) != 0)
		return -1;
	source = open_sources(req, result);
	if (source == NULL)
		return -1;
	if (req->output != NULL) {
		e->w.sink = io_file_create(
		    req->output, result->error, sizeof(result->error));
		if (e->w.sink == NULL)
			goto out;
	}
	/* A second replay may be older than the first: its clock starts anew,
	 * and with it no connection of the first can go on. */
	if (e->w.conns.in_use > 0)
		engine_clear_conns(e);
	e->w.now = 0;
	e->w.result = result;
	status = replay(e, source, result);
	e->w.result = NULL;
	judged = result->forwarded + result->dropped;
	result->held_at_end =
	    result->packets > judged ? result->packets - judged : 0;
	error = io_sink_close(e->w.sink);
	if (error != 0 && status == 0) {
		snprintf(result->error, sizeof(result->error), "%s: %s",
		    req->output, strerror(-error));
		status = -1;
	}
	e->w.sink = NULL;
out:
	io_source_close(source);
	return status;
}

uint64_t
engine_now(const struct engine *e)
{
	return e->w.now;
}

const struct policy *
engine_policy(const struct engine *e)
{
	return e->w.policy;
}

uint64_t
engine_count(const struct engine *e, count_t id)
{
	return count_read(&e->w.counts, id);
}

uint64_t
engine_drops(const struct engine *e, enum reason r)
{
	return count_read(&e->w.counts, e->w.drops[r]);
}

struct counts *
engine_counts(struct engine *e)
{
	return &e->w.counts;
}

void
engine_conn_each(const struct engine *e,
    void (*fn)(void *arg, const struct conn *c), void *arg)
{
	conn_each(&e->w.conns, fn, arg);
}

void
engine_conn_usage(const struct engine *e, uint32_t *in_use, uint32_t *most_used)
{
	*in_use = e->w.conns.in_use;
	*most_used = e->w.conns.most_used;
}

void
engine_clear_service_policy(struct engine *e, const char *ifname)
{
	char *prefix =
	    ifname != NULL ? xasprintf("sp/%s/", ifname) : xstrdup("sp/");

	count_clear_prefix(&e->w.counts, prefix);
	free(prefix);
}

void
engine_clear_drops(struct engine *e)
{
	count_clear_prefix(&e->w.counts, "drop/");
}

struct victims {
	VEC(struct conn *) list;
};

static void
collect(void *arg, const struct conn *c)
{
	struct victims *v = arg;

	*VEC_PUSH(&v->list) = (struct conn *)(uintptr_t)c;
}

void
engine_clear_conns(struct engine *e)
{
	struct victims v;
	size_t i;

	memset(&v, 0, sizeof(v));
	conn_each(&e->w.conns, collect, &v);
	e->w.closing = true;
	for (i = 0; i < v.list.n; i++)
		conn_end(&e->w.conns, v.list.v[i], REASON_NONE);
	e->w.closing = false;
	VEC_FREE(&v.list);
}

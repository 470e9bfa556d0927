/* SPDX-License-Identifier: ISC
 *
 * Drives the ESMTP inspector as engine/inspect.h says a stream does: bytes that
 * it does not release are held and shown again. Checks the contract on every
 * call. Shared by the dialogues, the unit test and the fuzz target.
 */
#ifndef ASASIM_TESTS_SMTP_HARNESS_H
#define ASASIM_TESTS_SMTP_HARNESS_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "insp_esmtp.h"

struct harness {
	struct counts counts;
	struct evlog log;
	struct insp_flow flow;
	struct esmtp_map map; /* source of the policy */
	struct esmtp_policy policy;
	uint64_t first_packet[ESMTP_EVENT_COUNT];
	const struct esmtp_policy *used; /* by the connection */
	void *state;

	struct strbuf held[2], out[2];
	/* With `trace`, for each byte that came in: what became of it (p
	 * passed, d dropped, c closed the connection, . nobody judged it) and
	 * its value when it was judged. */
	bool trace;
	struct strbuf fate[2], judged[2];
	struct strbuf logs;        /* "4-108004: text\n" */
	enum insp_verdict verdict; /* PASS, or how inspection ended */
	uint64_t packets;
	uint64_t ts;
};

static inline void
harness_sink(void *arg, const struct evlog_record *r)
{
	struct harness *h = arg;

	sb_printf(&h->logs, "%u-%u: %s\n", r->level, r->number, r->text);
}

static inline void
harness_count(struct harness *h, struct strbuf *out, count_t id,
    const char *prefix, const char *name)
{
	uint64_t n = count_read(&h->counts, id);

	if (n != 0)
		sb_printf(
		    out, "%s%s: %llu\n", prefix, name, (unsigned long long)n);
}

/* Every counter of a policy that is not 0, one a line. */
static inline void
harness_policy_counts(struct harness *h, const struct esmtp_policy *p,
    const char *prefix, struct strbuf *out)
{
	static const char *const events[] = {
#define X(id, text) #id,
		ESMTP_EVENT_LIST(X)
#undef X
	};
	unsigned i;

	harness_count(h, out, p->mask_banner, prefix, "mask-banner");
	harness_count(h, out, p->allow_tls, prefix, "allow-tls");
	harness_count(h, out, p->mail_relay, prefix, "mail-relay");
	harness_count(
	    h, out, p->special_character, prefix, "special-character");
	for (i = 0; i < p->n_matches; i++)
		harness_count(
		    h, out, p->matches[i].hits, prefix, p->matches[i].text);
	for (i = 0; i < ESMTP_EVENT_COUNT; i++)
		harness_count(h, out, p->events[i], prefix, events[i]);
}

static inline void
harness_counts(struct harness *h, struct strbuf *out)
{
	harness_policy_counts(h, &h->policy, "", out);
}

/* profile: "pix-6.3", "asa-8.2" or "asa-9.x" (asasim(1), FIDELITY), or
 * "old-image", which does not know VRFY in an EHLO reply. */
static inline void
harness_policy_profile(struct esmtp_policy *p, const char *profile)
{
	bool pix = strcmp(profile, "pix-6.3") == 0;

	p->verbs = (1u << VERB_STARTTLS) - 1;
	if (pix)
		p->verbs = 1u << VERB_HELO | 1u << VERB_MAIL | 1u << VERB_RCPT |
		    1u << VERB_DATA | 1u << VERB_RSET | 1u << VERB_NOOP |
		    1u << VERB_QUIT;
	p->known_params = (1u << PARAM_COUNT) - 1;
	if (strcmp(profile, "old-image") == 0)
		p->known_params &= ~(1u << PARAM_VRFY);
	p->pipe = pix ? ESMTP_PIPE_BLANK : ESMTP_PIPE_CLOSE;
	p->keep_banner_blank = !pix;
}

static inline void
harness_profile(struct harness *h, const char *profile)
{
	harness_policy_profile(&h->policy, profile);
}

static inline void
harness_init(struct harness *h)
{
	unsigned i;

	memset(h, 0, sizeof(*h));
	count_init(&h->counts);
	h->log.sink = harness_sink;
	h->log.sink_arg = h;
	h->log.max_level = 7;
	h->flow.addr[DIR_CLIENT] = ip4_from_u32(0xc0000201);
	h->flow.addr[DIR_SERVER] = ip4_from_u32(0x0a000019);
	h->flow.port[DIR_CLIENT] = 35314;
	h->flow.port[DIR_SERVER] = 25;
	h->flow.ifname[DIR_CLIENT] = "outside";
	h->flow.ifname[DIR_SERVER] = "dmz";
	for (i = 0; i < 2; i++) {
		sb_init(&h->held[i]);
		sb_init(&h->out[i]);
		sb_init(&h->fate[i]);
		sb_init(&h->judged[i]);
	}
	sb_init(&h->logs);
	esmtp_map_init_default(&h->map, false);
	harness_profile(h, "asa-8.2");
}

/* The policy that a map makes; its counters are told apart by prefix. */
static inline void
harness_compile_map(struct harness *h, const struct esmtp_map *map,
    struct esmtp_policy *p, const char *prefix)
{
	struct strbuf sb;
	unsigned i;

	p->par = map->par;
	p->n_matches = (unsigned)map->matches.n;
	p->matches = xcalloc(p->n_matches, sizeof(*p->matches));
	for (i = 0; i < p->n_matches; i++) {
		p->matches[i].m = map->matches.v[i];
		sb_init(&sb);
		esmtp_match_text(&p->matches[i].m, &sb);
		snprintf(p->matches[i].text, sizeof(p->matches[i].text), "%s",
		    sb_text(&sb));
		sb_free(&sb);
		p->matches[i].hits =
		    count_id(&h->counts, "%smatch %u", prefix, i);
	}
	p->mask_banner = count_id(&h->counts, "%smask-banner", prefix);
	p->allow_tls = count_id(&h->counts, "%sallow-tls", prefix);
	p->mail_relay = count_id(&h->counts, "%smail-relay", prefix);
	p->special_character =
	    count_id(&h->counts, "%sspecial-character", prefix);
	for (i = 0; i < ESMTP_EVENT_COUNT; i++)
		p->events[i] = count_id(&h->counts, "%sevent %u", prefix, i);
}

static inline void
harness_compile(struct harness *h)
{
	harness_compile_map(h, &h->map, &h->policy, "");
	h->policy.first_packet = h->first_packet;
	h->used = &h->policy;
}

static inline void
harness_trace(
    struct harness *h, enum dir dir, char fate, const void *bytes, size_t n)
{
	if (!h->trace)
		return;
	sb_write(&h->judged[dir], bytes, n);
	sb_write(&h->fate[dir], bytes, n);
	memset(h->fate[dir].s + h->fate[dir].length - n, fate, n);
}

/* What is held gets this fate. */
static inline void
harness_trace_held(struct harness *h, char fate)
{
	unsigned i;

	for (i = 0; i < 2; i++)
		harness_trace(h, i == 0 ? DIR_CLIENT : DIR_SERVER, fate,
		    sb_text(&h->held[i]), h->held[i].length);
}

/* A new connection under the compiled policy. */
static inline void
harness_connect(struct harness *h)
{
	if (h->verdict == INSP_PASS)
		harness_trace_held(h, '.');
	free(h->state);
	h->state = xcalloc(1, insp_esmtp.state_size);
	insp_esmtp.init(h->state, h->used);
	h->verdict = INSP_PASS;
	sb_reset(&h->held[0]);
	sb_reset(&h->held[1]);
}

static inline void
harness_fini(struct harness *h)
{
	unsigned i;

	free(h->state);
	free(h->policy.matches);
	esmtp_map_free_members(&h->map);
	for (i = 0; i < 2; i++) {
		sb_free(&h->held[i]);
		sb_free(&h->out[i]);
		sb_free(&h->fate[i]);
		sb_free(&h->judged[i]);
	}
	sb_free(&h->logs);
	count_fini(&h->counts);
}

/* One call of data(), on memory of exactly that size. */
static inline struct insp_result
harness_data(struct harness *h, enum dir dir, struct insp_ctx *ctx)
{
	struct strbuf *held = &h->held[dir];
	size_t n = held->length;
	uint8_t *copy = xmalloc(n);
	struct insp_result r;

	memcpy(copy, held->s, n);
	r = insp_esmtp.data(h->state, dir, copy, n, ctx);
	assert(r.released <= n);
	/* only judged bytes may change */
	assert(r.released == n ||
	    memcmp(copy + r.released, held->s + r.released, n - r.released) ==
		0);
	assert(r.verdict == INSP_PASS || r.released > 0);
	if (r.verdict == INSP_PASS || r.verdict == INSP_BYPASS)
		sb_write(&h->out[dir], (const char *)copy, r.released);
	harness_trace(h, dir,
	    r.verdict == INSP_PASS || r.verdict == INSP_BYPASS ? 'p'
		: r.verdict == INSP_DROP                       ? 'd'
							       : 'c',
	    copy, r.released);
	memmove(held->s, held->s + r.released, n - r.released);
	held->length = n - r.released;
	free(copy);
	return r;
}

static inline void
harness_segment(
    struct harness *h, enum dir dir, const void *bytes, size_t n, bool final)
{
	struct insp_ctx ctx = { .flow = &h->flow,
		.counts = &h->counts,
		.log = &h->log,
		.ts = h->ts,
		.packet_number = ++h->packets,
		.segment_len = (uint32_t)n,
		.final = final };
	struct insp_result r;

	if (h->verdict == INSP_BYPASS)
		sb_write(&h->out[dir], bytes, n);
	if (h->verdict != INSP_PASS) {
		harness_trace(
		    h, dir, h->verdict == INSP_BYPASS ? 'p' : '.', bytes, n);
		return;
	}
	sb_write(&h->held[dir], bytes, n);
	do {
		if (h->held[dir].length == 0)
			return;
		r = harness_data(h, dir, &ctx);
		if (r.verdict != INSP_PASS && r.verdict != INSP_DROP)
			h->verdict = r.verdict;
	} while (r.released != 0 && h->verdict == INSP_PASS);
	if (h->verdict != INSP_PASS)
		harness_trace_held(h, h->verdict == INSP_BYPASS ? 'p' : '.');
	if (h->verdict == INSP_BYPASS) {
		for (dir = DIR_CLIENT; dir <= DIR_SERVER; dir++) {
			sb_write(
			    &h->out[dir], h->held[dir].s, h->held[dir].length);
			sb_reset(&h->held[dir]);
		}
	}
	assert(h->held[dir % 2].length <= INSPECT_HOLD_MAX);
	assert(!final || h->verdict != INSP_PASS || h->held[dir].length == 0);
}

static inline void
harness_gap(struct harness *h, enum dir dir, uint64_t n)
{
	struct insp_ctx ctx = { .flow = &h->flow,
		.counts = &h->counts,
		.log = &h->log,
		.ts = h->ts,
		.packet_number = ++h->packets };

	if (h->verdict != INSP_PASS)
		return;
	/* What waited in front of the gap passes as it is. */
	sb_write(&h->out[dir], sb_text(&h->held[dir]), h->held[dir].length);
	harness_trace(h, dir, 'p', sb_text(&h->held[dir]), h->held[dir].length);
	sb_reset(&h->held[dir]);
	insp_esmtp.gap(h->state, dir, n, &ctx);
}

#endif

/* SPDX-License-Identifier: ISC
 *
 * tcp-map: what the TCP normaliser lets pass.
 *
 * Commands and defaults: ASA 5500 Series Configuration Guide using the CLI 8.4,
 * "Configuring Connection Settings", and the Firewall guide of 9.1. Modelled
 * and printed; the data plane uses the defaults.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

const struct mode mode_tcp_map = { "tcp-map", "config-tcp-map", &mode_config,
	NULL };

struct tmap_args {
	char *name;
	uint8_t k, option;
	bool has_timeout;
	uint32_t n, timeout, low, high;
};

BIND(bind_tmap, struct tmap_args, FIELD(struct tmap_args, F_STR, name),
    FIELD(struct tmap_args, F_BRANCH, k),
    FIELD(struct tmap_args, F_BRANCH, option),
    FIELD(struct tmap_args, F_BOOL, has_timeout),
    FIELD(struct tmap_args, F_U32, n), FIELD(struct tmap_args, F_U32, timeout),
    FIELD(struct tmap_args, F_U32, low), FIELD(struct tmap_args, F_U32, high));

static const struct tcp_map defaults = { .exceed_mss = TCP_ALLOW,
	.invalid_ack = TCP_DROP,
	.reserved_bits = TCP_ALLOW,
	.seq_past_window = TCP_DROP,
	.synack_data = TCP_DROP,
	.syn_data = TCP_ALLOW,
	.urgent_flag = TCP_CLEAR,
	.window_variation = TCP_ALLOW,
	.selective_ack = TCP_ALLOW,
	.timestamp = TCP_ALLOW,
	.window_scale = TCP_ALLOW,
	.ttl_evasion_protection = true,
	.queue_timeout = 4 };

struct tcp_map *
conf_tcp_map_find(const struct conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->tcp_maps.n; i++) {
		if (strcmp(c->tcp_maps.v[i]->name, name) == 0)
			return c->tcp_maps.v[i];
	}
	return NULL;
}

void
tcp_map_free(struct tcp_map *m)
{
	VEC_FREE(&m->options);
	free(m->name);
	free(m);
}

static bool
tcp_map_in_use(const struct conf *c, const char *name)
{
	size_t i, j;

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			if (str_eq(
				pm->classes.v[j]->actions.conn.tcp_map, name))
				return true;
		}
	}
	return false;
}

void
tcp_maps_clear(struct conf *c, struct confctx *ctx)
{
	size_t i;

	for (i = c->tcp_maps.n; i-- > 0;) {
		struct tcp_map *m = c->tcp_maps.v[i];

		if (ctx != NULL && tcp_map_in_use(c, m->name)) {
			confctx_say(ctx, CERR_WARNING,
			    "tcp-map %s is being used and stays", m->name);
			continue;
		}
		VEC_REMOVE(&c->tcp_maps, i);
		tcp_map_free(m);
	}
	removed(c);
}

static int
tcp_map_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct tmap_args *a = args;
	struct tcp_map *m = conf_tcp_map_find(c, a->name);
	size_t i;

	if (no) {
		if (m == NULL)
			return refuse(
			    e, "%% tcp-map %s not configured", a->name);
		if (tcp_map_in_use(c, a->name))
			return refuse(
			    e, "%% tcp-map %s is being used", a->name);
		for (i = 0; c->tcp_maps.v[i] != m; i++)
			;
		VEC_REMOVE(&c->tcp_maps, i);
		tcp_map_free(m);
		removed(c);
		return 0;
	}
	if (m == NULL) {
		if (strcmp(a->name, "tcp-state-bypass") == 0)
			return refuse(
			    e, "%% tcp-map name %s is reserved", a->name);
		m = xcalloc(1, sizeof(*m));
		*m = defaults;
		m->name = xstrdup(a->name);
		*VEC_PUSH(&c->tcp_maps) = m;
		changed(c);
	}
	confctx_enter(ctx, m);
	return 0;
}

/* ---- settings ---- */

/* row->data: which member, and what the branches of <...>:k stand for. */
struct setting {
	size_t offset;
	bool is_bool;
	uint8_t verdicts[3];
};

static int
setting_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e UNUSED)
{
	const struct setting *s = row->data;
	char *member = (char *)confctx_obj(ctx) + s->offset;
	const char *standard = (const char *)&defaults + s->offset;
	const struct tmap_args *a = args;

	if (s->is_bool)
		*(bool *)(void *)member = !no;
	else
		*(uint8_t *)member =
		    no ? *(const uint8_t *)standard : s->verdicts[a->k - 1];
	changed(c);
	return 0;
}

static int
queue_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct tcp_map *m = confctx_obj(ctx);
	const struct tmap_args *a = args;

	if (!no && a->has_timeout && a->n == 0)
		return refuse(e, "%% the timeout needs a limit of 1 or more");
	m->queue_limit = no ? 0 : a->n;
	m->queue_timeout = !no && a->has_timeout ? a->timeout : 4;
	changed(c);
	return 0;
}

static int
named_option_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct tcp_map *m = confctx_obj(ctx);
	const struct tmap_args *a = args;
	uint8_t verdict = no || a->k <= 1 ? TCP_ALLOW : TCP_CLEAR;

	if (a->option == 1)
		m->selective_ack = verdict;
	else if (a->option == 2)
		m->timestamp = verdict;
	else
		m->window_scale = verdict;
	changed(c);
	return 0;
}

/* 2 to 5 and 8 have names of their own; 0 and 1 are no options to judge. */
static bool
has_own_name(uint32_t option)
{
	return option < 6 || option == 8;
}

static int
range_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	static const uint8_t verdicts[] = { TCP_ALLOW, TCP_CLEAR, TCP_DROP };
	struct tcp_map *m = confctx_obj(ctx);
	const struct tmap_args *a = args;
	struct tcp_option_range *r = NULL;
	size_t i;

	if (a->low > a->high || has_own_name(a->low) || has_own_name(a->high))
		return refuse(e,
		    "%% Invalid option range: the bounds are 6, 7 or 9 to 255, "
		    "the lower first");
	for (i = 0; i < m->options.n; i++) {
		r = &m->options.v[i];
		if (r->low == a->low && r->high == a->high)
			break;
	}
	if (no) {
		if (i == m->options.n)
			return refuse(e, "the option range is not configured");
		VEC_REMOVE(&m->options, i);
		changed(c);
		return 0;
	}
	if (i == m->options.n)
		r = VEC_PUSH(&m->options);
	r->low = a->low;
	r->high = a->high;
	r->verdict = verdicts[a->k - 1];
	changed(c);
	return 0;
}

/* clang-format off */
#define MEMBER(name, ...) \
	&(const struct setting){ offsetof(struct tcp_map, name), __VA_ARGS__ }
#define FLAG(word, help, name) \
	{ &mode_tcp_map, word, help "\n", .apply = setting_apply, \
	  .data = MEMBER(name, true, { 0 }) }
#define ALLOW_DROP(word, help, name) \
	{ &mode_tcp_map, word " <allow|drop>:k", \
	  help "\n" "Let it pass\n" "Drop the packet\n", \
	  &bind_tmap, .apply = setting_apply, \
	  .no_syntax = word " [<allow|drop>:k]", \
	  .data = MEMBER(name, false, { TCP_ALLOW, TCP_DROP }) }

enum { R_TCP_MAP, R_RETRANSMISSION, R_CHECKSUM, R_MSS, R_ACK, R_QUEUE,
	R_RESERVED, R_WINDOW, R_SYN_DATA, R_SYNACK_DATA, R_RANGE, R_OPTION,
	R_TTL, R_URGENT, R_VARIATION };

static const struct row rows[] = {
	[R_TCP_MAP] = { &mode_config, "tcp-map NAME<40>:name",
	  "Configure TCP normalization parameters\n"
	  "tcp-map name\n",
	  &bind_tmap, .apply = tcp_map_apply, .enters = &mode_tcp_map },
	[R_RETRANSMISSION] = FLAG("check-retransmission",
	  "Check retransmissions for different data", check_retransmission),
	[R_CHECKSUM] = FLAG("checksum-verification",
	  "Verify the TCP checksum", checksum_verification),
	[R_MSS] = ALLOW_DROP("exceed-mss",
	  "Segments with more data than the peer's MSS", exceed_mss),
	[R_ACK] = ALLOW_DROP("invalid-ack",
	  "Packets with an invalid ACK", invalid_ack),
	[R_QUEUE] = { &mode_tcp_map,
	  "queue-limit INT<0-250>:n [timeout INT<1-20>:timeout]:has_timeout",
	  "Out-of-order packets to hold for each connection\n"
	  "Packets, 0 for the system's own limit\n"
	  "How long to hold them\n"
	  "Seconds\n",
	  &bind_tmap, .apply = queue_apply,
	  .no_syntax = "queue-limit [INT<0-250> [timeout INT<1-20>]]" },
	[R_RESERVED] = { &mode_tcp_map, "reserved-bits <allow|clear|drop>:k",
	  "Reserved bits of the TCP header\n"
	  "Let them pass\n"
	  "Clear them\n"
	  "Drop the packet\n",
	  &bind_tmap, .apply = setting_apply,
	  .no_syntax = "reserved-bits [<allow|clear|drop>:k]",
	  .data = MEMBER(reserved_bits, false,
	      { TCP_ALLOW, TCP_CLEAR, TCP_DROP }) },
	[R_WINDOW] = ALLOW_DROP("seq-past-window",
	  "Packets with data past the receiver's window", seq_past_window),
	[R_SYN_DATA] = ALLOW_DROP("syn-data",
	  "SYN packets with data", syn_data),
	[R_SYNACK_DATA] = ALLOW_DROP("synack-data",
	  "SYN ACK packets with data", synack_data),
	[R_RANGE] = { &mode_tcp_map,
	  "tcp-options range INT<6-255>:low INT<6-255>:high "
	  "<allow|clear|drop>:k",
	  "TCP options\n"
	  "Options by number\n"
	  "Lower bound\n"
	  "Upper bound\n"
	  "Let them pass\n"
	  "Clear them\n"
	  "Drop the packet\n",
	  &bind_tmap, .apply = range_apply,
	  .no_syntax = "tcp-options range INT<6-255>:low INT<6-255>:high "
	  "[<allow|clear|drop>:k]" },
	[R_OPTION] = { &mode_tcp_map,
	  "tcp-options <selective-ack|timestamp|window-scale>:option "
	  "<allow|clear>:k",
	  "TCP options\n"
	  "Selective acknowledgement\n"
	  "Timestamp\n"
	  "Window scale\n"
	  "Let it pass\n"
	  "Clear it\n",
	  &bind_tmap, .apply = named_option_apply,
	  .no_syntax =
	  "tcp-options <selective-ack|timestamp|window-scale>:option "
	  "[<allow|clear>:k]" },
	[R_TTL] = FLAG("ttl-evasion-protection",
	  "Clamp the TTL of a connection to the lowest seen",
	  ttl_evasion_protection),
	[R_URGENT] = { &mode_tcp_map, "urgent-flag <allow|clear>:k",
	  "Urgent flag and pointer\n"
	  "Let them pass\n"
	  "Clear them\n",
	  &bind_tmap, .apply = setting_apply,
	  .no_syntax = "urgent-flag [<allow|clear>:k]",
	  .data = MEMBER(urgent_flag, false, { TCP_ALLOW, TCP_CLEAR }) },
	[R_VARIATION] = ALLOW_DROP("window-variation",
	  "A window that changed without cause", window_variation),
};
/* clang-format on */
const struct row_set tcp_map_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_setting(struct emitter *em, const struct tcp_map *m, unsigned row)
{
	const struct setting *s = rows[row].data;
	const char *member = (const char *)m + s->offset;
	const char *standard = (const char *)&defaults + s->offset;
	struct tmap_args a = { 0 };

	if (s->is_bool) {
		bool on = *(const bool *)(const void *)member;

		if (!em->all && on == *(const bool *)(const void *)standard)
			return;
		if (on)
			emit_row(em, 1, &rows[row], NULL);
		else
			emit_no_row(em, 1, &rows[row], NULL);
		return;
	}
	if (!em->all && *member == *standard)
		return;
	while (a.k < 3 && s->verdicts[a.k] != (uint8_t)*member)
		a.k++;
	a.k++;
	emit_row(em, 1, &rows[row], &a);
}

static void
emit_options(struct emitter *em, const struct tcp_map *m)
{
	const uint8_t named[] = { m->selective_ack, m->timestamp,
		m->window_scale };
	size_t i;

	for (i = 0; i < m->options.n; i++) {
		const struct tcp_option_range *r = &m->options.v[i];
		struct tmap_args a = {
			.low = r->low, .high = r->high, .k = r->verdict
		};

		emit_row(em, 1, &rows[R_RANGE], &a);
	}
	for (i = 0; i < ARRAY_LEN(named); i++) {
		struct tmap_args a = { .option = (uint8_t)(i + 1),
			.k = named[i] };

		if (em->all || named[i] != TCP_ALLOW)
			emit_row(em, 1, &rows[R_OPTION], &a);
	}
}

void
emit_tcp_maps(const struct conf *c, struct emitter *em, const char *only)
{
	unsigned row;
	size_t i;

	for (i = 0; i < c->tcp_maps.n; i++) {
		const struct tcp_map *m = c->tcp_maps.v[i];
		struct tmap_args a = { .name = m->name,
			.n = m->queue_limit,
			.timeout = m->queue_timeout,
			.has_timeout =
			    m->queue_limit != 0 && m->queue_timeout != 4 };

		if (only != NULL && strcmp(only, m->name) != 0)
			continue;
		emit_row(em, 0, &rows[R_TCP_MAP], &a);
		for (row = R_RETRANSMISSION; row < ARRAY_LEN(rows); row++) {
			if (row == R_OPTION)
				continue;
			if (row == R_RANGE)
				emit_options(em, m);
			else if (row != R_QUEUE)
				emit_setting(em, m, row);
			else if (em->all || m->queue_limit != 0)
				emit_row(em, 1, &rows[R_QUEUE], &a);
		}
	}
}

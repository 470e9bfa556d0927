/* SPDX-License-Identifier: ISC
 *
 * What a class of a policy map does besides inspecting: set connection, police,
 * priority, and what the modules would do.
 *
 * Commands, ranges and defaults: ASA 5500 Series Configuration Guide using the
 * CLI 8.4, "Configuring Connection Settings" and "Configuring QoS". Separate
 * `set connection` lines become one line, as the guide says.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

enum {
	DCD_RETRY = 15,
	DCD_MAX = 5,
	POLICE_BURST = 1500,
	TIMEOUT_LONGEST = 1193 * 3600,
};

struct action_args {
	char *name, *text;
	uint8_t k, random, conform, exceed;
	uint32_t limits, timeouts;
	uint32_t conn_max, embryonic_max, per_client_max, per_client_emb_max;
	uint32_t embryonic, half_closed, idle, tcp, retry, max, rate, burst;
	bool reset, tcp_reset, has_retry, has_max, has_burst;
};

BIND(bind_action, struct action_args, FIELD(struct action_args, F_STR, name),
    FIELD(struct action_args, F_STR, text),
    FIELD(struct action_args, F_BRANCH, k),
    FIELD(struct action_args, F_BRANCH, random),
    FIELD(struct action_args, F_BRANCH, conform),
    FIELD(struct action_args, F_BRANCH, exceed),
    FIELD(struct action_args, F_MASK, limits),
    FIELD(struct action_args, F_MASK, timeouts),
    FIELD(struct action_args, F_U32, conn_max),
    FIELD(struct action_args, F_U32, embryonic_max),
    FIELD(struct action_args, F_U32, per_client_max),
    FIELD(struct action_args, F_U32, per_client_emb_max),
    FIELD(struct action_args, F_U32, embryonic),
    FIELD(struct action_args, F_U32, half_closed),
    FIELD(struct action_args, F_U32, idle),
    FIELD(struct action_args, F_U32, tcp),
    FIELD(struct action_args, F_U32, retry),
    FIELD(struct action_args, F_U32, max),
    FIELD(struct action_args, F_U32, rate),
    FIELD(struct action_args, F_U32, burst),
    FIELD(struct action_args, F_BOOL, reset),
    FIELD(struct action_args, F_BOOL, tcp_reset),
    FIELD(struct action_args, F_BOOL, has_retry),
    FIELD(struct action_args, F_BOOL, has_max),
    FIELD(struct action_args, F_BOOL, has_burst));

static const char not_configured[] = "the action is not configured";

static struct class_actions *
actions_of(struct confctx *ctx)
{
	struct policy_class *pc = confctx_obj(ctx);

	return &pc->actions;
}

/* ---- set connection ---- */

static int
limits_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct conn_action *to = &actions_of(ctx)->conn;
	const struct action_args *a = args;

	if (no) {
		uint32_t gone = a->limits != 0 ? a->limits : to->limits;

		if ((to->limits & gone) == 0)
			return refuse(e, "%s", not_configured);
		to->limits &= ~gone;
		changed(c);
		return 0;
	}
	to->limits |= a->limits;
	if (a->limits & LIMIT_CONN_MAX)
		to->conn_max = a->conn_max;
	if (a->limits & LIMIT_EMBRYONIC)
		to->embryonic_max = a->embryonic_max;
	if (a->limits & LIMIT_PER_CLIENT)
		to->per_client_max = a->per_client_max;
	if (a->limits & LIMIT_PER_CLIENT_EMBRYONIC)
		to->per_client_embryonic_max = a->per_client_emb_max;
	if (a->limits & LIMIT_RANDOM_SEQUENCE)
		to->random_sequence = a->random == 1;
	changed(c);
	return 0;
}

/* The row's branches; `tcp` is what releases up to 8.2(1) call `idle`. */
enum { T_EMBRYONIC = 1, T_HALF_CLOSED = 2, T_IDLE = 4, T_TCP = 8, T_DCD = 16 };

static uint32_t
timeout_bits(uint32_t branches)
{
	uint32_t bits = branches & (T_EMBRYONIC | T_HALF_CLOSED);

	if (branches & (T_IDLE | T_TCP))
		bits |= CONN_TIMEOUT_IDLE;
	return branches & T_DCD ? bits | CONN_TIMEOUT_DCD : bits;
}

static int
check_timeouts(const struct action_args *a, struct cerr *e)
{
	static const char wrong[] = "%% Invalid timeout: %s is %s, or 0:0:0";
	const uint32_t idle = a->timeouts & T_TCP ? a->tcp : a->idle;

	if ((a->timeouts & T_EMBRYONIC) && a->embryonic != 0 &&
	    (a->embryonic < 5 || a->embryonic > TIMEOUT_LONGEST))
		return refuse(e, wrong, "embryonic", "0:0:5 to 1193:0:0");
	if ((a->timeouts & T_HALF_CLOSED) && a->half_closed != 0 &&
	    (a->half_closed < 30 || a->half_closed > TIMEOUT_LONGEST))
		return refuse(e, wrong, "half-closed", "0:0:30 to 1193:0:0");
	if ((a->timeouts & (T_IDLE | T_TCP)) && idle > TIMEOUT_LONGEST)
		return refuse(e, wrong, "idle", "0:0:1 to 1193:0:0");
	if ((a->timeouts & T_DCD) && a->has_retry &&
	    (a->retry < 1 || a->retry > 24 * 3600))
		return refuse(e, wrong, "the DCD interval", "0:0:1 to 24:0:0");
	return 0;
}

static int
timeouts_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct conn_action *to = &actions_of(ctx)->conn;
	const struct action_args *a = args;
	uint32_t bits = timeout_bits(a->timeouts);

	if (no) {
		bits = bits != 0 ? bits : to->timeouts;
		if ((to->timeouts & bits) == 0)
			return refuse(e, "%s", not_configured);
		to->timeouts &= ~bits;
		changed(c);
		return 0;
	}
	if (check_timeouts(a, e) != 0)
		return -1;
	to->timeouts |= bits;
	if (bits & CONN_TIMEOUT_EMBRYONIC)
		to->embryonic = a->embryonic;
	if (bits & CONN_TIMEOUT_HALF_CLOSED)
		to->half_closed = a->half_closed;
	if (bits & CONN_TIMEOUT_IDLE) {
		to->idle = a->timeouts & T_TCP ? a->tcp : a->idle;
		to->idle_reset = a->reset || a->tcp_reset;
	}
	if (bits & CONN_TIMEOUT_DCD) {
		to->dcd_retry = a->has_retry ? a->retry : DCD_RETRY;
		to->dcd_max = a->has_max ? a->max : DCD_MAX;
	}
	changed(c);
	return 0;
}

static int
advanced_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct conn_action *to = &actions_of(ctx)->conn;
	const struct action_args *a = args;
	bool bypass = a->name == NULL;

	if (!no && !bypass && conf_tcp_map_find(c, a->name) == NULL)
		return refuse(e, "%% tcp-map %s not configured", a->name);
	if (no && (bypass ? !to->state_bypass : !str_eq(to->tcp_map, a->name)))
		return refuse(e, "%s", not_configured);
	/* One line of this kind: the new one takes the other's place. */
	if (!no || !bypass)
		str_set(&to->tcp_map, no || bypass ? NULL : a->name);
	if (!no || bypass)
		to->state_bypass = !no && bypass;
	changed(c);
	return 0;
}

static int
ttl_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args UNUSED, bool no, struct cerr *e)
{
	struct conn_action *to = &actions_of(ctx)->conn;

	if (no && !to->decrement_ttl)
		return refuse(e, "%s", not_configured);
	to->decrement_ttl = !no;
	changed(c);
	return 0;
}

/* ---- QoS ---- */

static int
police_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct class_actions *to = actions_of(ctx);
	const struct action_args *a = args;
	struct police_action *p = &to->police[a->k - 1];

	if (no) {
		if (!p->set)
			return refuse(e, "%s", not_configured);
		memset(p, 0, sizeof(*p));
		changed(c);
		return 0;
	}
	/* QoS guide: a class has one or the other. */
	if (to->priority)
		return refuse(e, "%% Cannot police a class with priority");
	p->set = true;
	p->rate = a->rate;
	p->burst = a->has_burst ? a->burst : POLICE_BURST;
	p->conform_drop = a->conform == 1;
	p->exceed_transmit = a->exceed == 2;
	changed(c);
	return 0;
}

static int
priority_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no, struct cerr *e)
{
	struct class_actions *to = actions_of(ctx);

	if (no && !to->priority)
		return refuse(e, "%s", not_configured);
	if (!no && (to->police[0].set || to->police[1].set))
		return refuse(e, "%% Cannot give priority to a policed class");
	to->priority = !no;
	changed(c);
	return 0;
}

/* ---- kept as typed ---- */

static int
kept_action_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct policy_class *pc = confctx_obj(ctx);
	const struct action_args *a = args;
	struct tokenv env = conf_tokenv(c);
	struct strbuf text;
	int r = 0;

	/* Traffic shaping is for what no other class took. */
	if (!no && a->k == 1 && strcmp(pc->name, "class-default") != 0)
		return refuse(e, "%% shape is for class-default only");
	sb_init(&text);
	gram_print(ctx->gram, row, args, false, &env, &text);
	if (!no)
		lines_add(LINES(&pc->kept), sb_text(&text));
	else if (!lines_del(LINES(&pc->kept), sb_text(&text)))
		r = refuse(e, "%s", not_configured);
	if (r == 0)
		changed(c);
	sb_free(&text);
	return r;
}

/* clang-format off */
#define LIMIT "INT<0-2000000>"
#define SET_HELP "Set connection values\n" "Limits and timeouts\n"
#define NO_LIMITS \
	"set connection {conn-max [" LIMIT "]|embryonic-conn-max [" LIMIT "]|" \
	"per-client-max [" LIMIT "]|per-client-embryonic-max [" LIMIT "]|" \
	"random-sequence-number [<enable|disable>]}:limits"
#define NO_TIMEOUTS \
	"set connection timeout [{embryonic [HMS]|half-closed [HMS]|" \
	"idle [HMS [reset]]|tcp [HMS [reset]]|" \
	"dcd [HMS [INT<1-255>]]}:timeouts]"

enum { R_LIMITS, R_TIMEOUTS, R_ADVANCED, R_TTL, R_POLICE, R_PRIORITY, R_KEPT };

static const struct row rows[] = {
	[R_LIMITS] = { &mode_pmap_c,
	  "set connection {conn-max " LIMIT ":conn_max|"
	  "embryonic-conn-max " LIMIT ":embryonic_max|"
	  "per-client-max " LIMIT ":per_client_max|"
	  "per-client-embryonic-max " LIMIT ":per_client_emb_max|"
	  "random-sequence-number <enable|disable>:random}:limits",
	  SET_HELP
	  "Simultaneous connections\n" "Limit, 0 for none\n"
	  "Embryonic connections\n" "Limit, 0 for none\n"
	  "Simultaneous connections of one client\n" "Limit, 0 for none\n"
	  "Embryonic connections of one client\n" "Limit, 0 for none\n"
	  "Randomize TCP sequence numbers\n" "Do\n" "Do not\n",
	  &bind_action, .apply = limits_apply, .no_syntax = NO_LIMITS },
	[R_TIMEOUTS] = { &mode_pmap_c,
	  "set connection timeout {embryonic HMS:embryonic|"
	  "half-closed HMS:half_closed|idle HMS:idle [reset]:reset|"
	  "tcp HMS:tcp [reset]:tcp_reset|"
	  "dcd [HMS:retry [INT<1-255>:max]:has_max]:has_retry}:timeouts",
	  SET_HELP
	  "Timeouts\n"
	  "Embryonic connections\n" "Time, 0:0:0 for never\n"
	  "Half-closed connections\n" "Time, 0:0:0 for never\n"
	  "Idle connections\n" "Time, 0:0:0 for never\n"
	  "Send a TCP reset to both ends\n"
	  "Idle connections, as up to 8.2(1)\n" "Time, 0:0:0 for never\n"
	  "Send a TCP reset to both ends\n"
	  "Dead connection detection\n" "Interval of the probes\n"
	  "Probes before the connection is taken for dead\n",
	  &bind_action, .apply = timeouts_apply, .no_syntax = NO_TIMEOUTS },
	[R_ADVANCED] = { &mode_pmap_c,
	  "set connection advanced-options <=tcp-state-bypass|NAME<40>:name>",
	  SET_HELP
	  "TCP normalization\n"
	  "No state checks for this class\n"
	  "tcp-map name\n",
	  &bind_action, .apply = advanced_apply },
	[R_TTL] = { &mode_pmap_c, "set connection decrement-ttl",
	  SET_HELP
	  "Decrement the time to live, so that traceroute shows the device\n",
	  .apply = ttl_apply },
	[R_POLICE] = { &mode_pmap_c,
	  "police <input|output>:k INT<8000-2000000000>:rate "
	  "[INT<1000-512000000>:burst]:has_burst "
	  "[conform-action <drop|transmit>:conform] "
	  "[exceed-action <drop|transmit>:exceed]",
	  "Police the traffic\n"
	  "Traffic that enters the interface\n"
	  "Traffic that leaves the interface\n"
	  "Rate, bits per second\n"
	  "Burst, bytes\n"
	  "For traffic within the rate\n" "Drop it\n" "Let it pass\n"
	  "For traffic above the rate\n" "Drop it\n" "Let it pass\n",
	  &bind_action, .apply = police_apply,
	  .no_syntax = "police <input|output>:k [INT<8000-2000000000> "
	  "[INT<1000-512000000>] [conform-action <drop|transmit>] "
	  "[exceed-action <drop|transmit>]]" },
	[R_PRIORITY] = { &mode_pmap_c, "priority",
	  "Strict scheduling priority for this class\n",
	  .apply = priority_apply },
	[R_KEPT] = { &mode_pmap_c,
	  "<shape|ips|csc|cxsc|sfr|flow-export|user-statistics>:k [LINE:text]",
	  "Traffic shaping\n"
	  "Intrusion prevention services\n"
	  "Content security and control\n"
	  "CX module\n"
	  "FirePOWER module\n"
	  "Flow export\n"
	  "User statistics\n"
	  "Parameters\n",
	  &bind_action, .apply = kept_action_apply, .flags = ROW_KEPT },
};
/* clang-format on */
const struct row_set action_rows = { rows, ARRAY_LEN(rows) };

/* ---- text, for the running config and for screens ---- */

static void
hms(struct strbuf *out, const char *word, uint32_t seconds)
{
	sb_printf(out, "%s%s %u:%02u:%02u", out->length > 0 ? " " : "", word,
	    seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static void
number(struct strbuf *out, const char *word, uint32_t n)
{
	sb_printf(out, "%s%s %u", out->length > 0 ? " " : "", word, n);
}

void
conn_limits_text(const struct conn_action *a, struct strbuf *out)
{
	if (a->limits & LIMIT_CONN_MAX)
		number(out, "conn-max", a->conn_max);
	if (a->limits & LIMIT_EMBRYONIC)
		number(out, "embryonic-conn-max", a->embryonic_max);
	if (a->limits & LIMIT_PER_CLIENT)
		number(out, "per-client-max", a->per_client_max);
	if (a->limits & LIMIT_PER_CLIENT_EMBRYONIC)
		number(out, "per-client-embryonic-max",
		    a->per_client_embryonic_max);
	if (a->limits & LIMIT_RANDOM_SEQUENCE)
		sb_printf(out, "%srandom-sequence-number %s",
		    out->length > 0 ? " " : "",
		    a->random_sequence ? "enable" : "disable");
}

void
conn_timeouts_text(const struct conn_action *a, bool dcd, struct strbuf *out)
{
	if (a->timeouts & CONN_TIMEOUT_EMBRYONIC)
		hms(out, "embryonic", a->embryonic);
	if (a->timeouts & CONN_TIMEOUT_HALF_CLOSED)
		hms(out, "half-closed", a->half_closed);
	if (a->timeouts & CONN_TIMEOUT_IDLE) {
		hms(out, "idle", a->idle);
		sb_puts(out, a->idle_reset ? " reset" : "");
	}
	if (dcd && (a->timeouts & CONN_TIMEOUT_DCD)) {
		hms(out, "dcd", a->dcd_retry);
		sb_printf(out, " %u", a->dcd_max);
	}
}

void
police_text(const struct police_action *p, bool output, struct strbuf *out)
{
	sb_printf(out, "police %s %u", output ? "output" : "input", p->rate);
	if (p->burst != POLICE_BURST || p->conform_drop || p->exceed_transmit)
		sb_printf(out, " %u", p->burst);
	if (p->conform_drop || p->exceed_transmit)
		sb_printf(out, " conform-action %s exceed-action %s",
		    p->conform_drop ? "drop" : "transmit",
		    p->exceed_transmit ? "transmit" : "drop");
}

void
class_actions_each(const struct class_actions *a,
    void (*fn)(void *arg, const char *line), void *arg)
{
	const struct conn_action *conn = &a->conn;
	struct strbuf sb, line;
	unsigned i;

	sb_init(&sb);
	sb_init(&line);
	conn_limits_text(conn, &sb);
	if (sb.length > 0) {
		sb_printf(&line, "set connection %s", sb_text(&sb));
		fn(arg, sb_text(&line));
	}
	sb_reset(&sb);
	conn_timeouts_text(conn, true, &sb);
	if (sb.length > 0) {
		sb_reset(&line);
		sb_printf(&line, "set connection timeout %s", sb_text(&sb));
		fn(arg, sb_text(&line));
	}
	if (conn->tcp_map != NULL) {
		sb_reset(&line);
		sb_printf(
		    &line, "set connection advanced-options %s", conn->tcp_map);
		fn(arg, sb_text(&line));
	}
	if (conn->state_bypass)
		fn(arg, "set connection advanced-options tcp-state-bypass");
	if (conn->decrement_ttl)
		fn(arg, "set connection decrement-ttl");
	for (i = 0; i < POLICE_COUNT; i++) {
		if (!a->police[i].set)
			continue;
		sb_reset(&line);
		police_text(&a->police[i], i == POLICE_OUTPUT, &line);
		fn(arg, sb_text(&line));
	}
	if (a->priority)
		fn(arg, "priority");
	sb_free(&sb);
	sb_free(&line);
}

static void
emit_one(void *arg, const char *line)
{
	struct emitter *em = arg;

	emit_line(em, "  %s", line);
}

void
emit_class_actions(struct emitter *em, const struct policy_class *pc)
{
	size_t i;

	class_actions_each(&pc->actions, emit_one, em);
	for (i = 0; i < pc->kept.n; i++)
		emit_line(em, "  %s", pc->kept.v[i]);
}

void
class_actions_fini(struct class_actions *a)
{
	free(a->conn.tcp_map);
	a->conn.tcp_map = NULL;
}

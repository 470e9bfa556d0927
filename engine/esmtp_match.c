/* SPDX-License-Identifier: ISC */
#include "esmtp_int.h"

#include <stdio.h>
#include <string.h>

#include "regexset.h"

const char *
esmtp_event_text(enum esmtp_event e)
{
	static const char *const texts[] = {
#define X(id, text) [ESMTP_EVENT_##id] = text,
		ESMTP_EVENT_LIST(X)
#undef X
	};

	return texts[e];
}

void
esmtp_note(const struct esmtp_call *c, enum esmtp_event e)
{
	count_add(c->ctx->counts, c->p->events[e], 1);
	if (c->p->first_packet != NULL && c->p->first_packet[e] == 0)
		c->p->first_packet[e] = c->ctx->packet_number;
}

/* Log lines. */

void
esmtp_names(struct esmtp_names *n, const struct insp_flow *f, enum dir dir)
{
	enum dir peer = dir == DIR_CLIENT ? DIR_SERVER : DIR_CLIENT;

	ip_format(&f->addr[dir], n->from);
	ip_format(&f->addr[peer], n->to);
	n->from_if = f->ifname[dir];
	n->to_if = f->ifname[peer];
	n->from_port = f->port[dir];
	n->to_port = f->port[peer];
}

bool
esmtp_logging(const struct esmtp_call *c, enum evlog_id ev)
{
	return c->ctx->log != NULL && evlog_wanted(c->ctx->log, ev);
}

/* 108004 with an action, 108005 without. */
static void
log_class(const struct esmtp_call *c, const char *class, const char *action,
    const char *further)
{
	const char *what = c->dir == DIR_CLIENT ? "Request" : "Response";
	struct esmtp_names n;

	if (!esmtp_logging(c, action != NULL ? EV_108004 : EV_108005))
		return;
	esmtp_names(&n, c->ctx->flow, c->dir);
	if (action != NULL)
		evlog_put(c->ctx->log, EV_108004, class, action, what,
		    n.from_if, n.from, n.from_port, n.to_if, n.to, n.to_port,
		    further);
	else
		evlog_put(c->ctx->log, EV_108005, class, what, n.from_if,
		    n.from, n.from_port, n.to_if, n.to, n.to_port, further);
}

static void
log_match(const struct esmtp_call *c, unsigned i, const char *action)
{
	const struct esmtp_compiled_match *cm = &c->p->matches[i];
	char further[sizeof(cm->text) + 40];

	if (!esmtp_logging(c, action != NULL ? EV_108004 : EV_108005))
		return;
	snprintf(further, sizeof(further), "matched Class %u: %s%s", i + 1,
	    cm->m.negated ? "not " : "", cm->text);
	log_class(c, "ESMTP Classification", action, further);
}

enum insp_verdict
esmtp_terminate(struct esmtp_call *c, enum insp_verdict v)
{
	struct esmtp_names n;

	c->s->closed = true;
	if (esmtp_logging(c, EV_507003)) {
		esmtp_names(&n, c->ctx->flow, c->dir);
		evlog_put(c->ctx->log, EV_507003, "tcp", n.from_if, n.from,
		    n.from_port, n.to_if, n.to, n.to_port,
		    v == INSP_RESET ? "inspector drop reset"
				    : "inspector disconnected, dropped packet");
	}
	return v;
}

/* Match lines. */

/* `rate-limit N`: more than N of these a second. The unit and the scope are
 * UNCONFIRMED; here it is seconds of the capture, for each connection. */
static bool
rate_exceeded(struct esmtp_call *c, unsigned i)
{
	uint64_t second = c->ctx->ts / 1000000000u;
	unsigned slot;

	for (slot = 0; slot < RATE_SLOTS - 1; slot++) {
		if (c->s->rate[slot].match == 0)
			c->s->rate[slot].match = i + 1;
		if (c->s->rate[slot].match == i + 1)
			break;
	}
	if (c->s->rate[slot].second != second) {
		c->s->rate[slot].second = second;
		c->s->rate[slot].count = 0;
	}
	return ++c->s->rate[slot].count > c->p->matches[i].m.rate_limit;
}

static enum insp_verdict
hit(struct esmtp_call *c, unsigned i)
{
	const struct esmtp_match *m = &c->p->matches[i].m;

	count_add(c->ctx->counts, c->p->matches[i].hits, 1);
	switch (m->action) {
	case ESMTP_NO_ACTION:
		break;
	case ESMTP_DROP_CONNECTION:
		if (m->log)
			log_match(c, i, "Dropped connection for");
		return esmtp_terminate(c, INSP_DROP_CONN);
	case ESMTP_RESET:
		if (m->log)
			log_match(c, i, "Reset connection for");
		return esmtp_terminate(c, INSP_RESET);
	case ESMTP_MASK:
		if (m->log)
			log_match(c, i, "Masked header flags for");
		c->mask = true;
		break;
	case ESMTP_LOG:
		log_match(c, i, NULL);
		break;
	}
	if (m->rate_limit != 0 && m->criterion == ESMTP_CMD_VERB &&
	    rate_exceeded(c, i))
		return INSP_DROP;
	return INSP_PASS;
}

bool
esmtp_is_terminal(const struct esmtp_match *m)
{
	return m->action == ESMTP_DROP_CONNECTION || m->action == ESMTP_RESET;
}

/* value is a length, a count or a member's number; text is for the regexes. */
static bool
applies(const struct esmtp_compiled_match *cm, uint64_t value, const char *text,
    size_t length)
{
	bool is;

	switch (cm->m.criterion) {
	case ESMTP_SENDER_REGEX:
	case ESMTP_MIME_FILETYPE_REGEX:
		if (cm->regex == NULL)
			return false;
		is = regexset_match(cm->regex, text, length);
		break;
	case ESMTP_CMD_VERB:
	case ESMTP_EHLO_PARAMETER:
	case ESMTP_MIME_ENCODING:
		is = (cm->m.set >> value & 1) != 0;
		break;
	default:
		is = value > cm->m.gt;
	}
	return is != cm->m.negated;
}

enum insp_verdict
esmtp_judge(struct esmtp_call *c, enum esmtp_criterion criterion,
    uint64_t value, const void *text, size_t length)
{
	enum insp_verdict v;
	unsigned i;

	for (i = 0; i < c->p->n_matches; i++) {
		if (c->p->matches[i].m.criterion != criterion ||
		    !applies(&c->p->matches[i], value, text, length))
			continue;
		v = hit(c, i);
		if (v != INSP_PASS)
			return v;
	}
	return INSP_PASS;
}

/* The growths happened together, byte by byte. Their match lines apply in the
 * order in which their limits are passed, whatever the segments. */
enum insp_verdict
esmtp_grown(struct esmtp_call *c, const struct esmtp_growth *g, size_t n)
{
	const struct esmtp_match *m;
	enum insp_verdict v = INSP_PASS;
	uint64_t offset, best, last = 0;
	unsigned i, best_i = 0, next_i = 0;
	size_t k;

	do {
		best = UINT64_MAX;
		for (i = 0; i < c->p->n_matches; i++) {
			m = &c->p->matches[i].m;
			for (k = 0; k < n; k++) {
				if (m->criterion != g[k].criterion ||
				    m->negated || m->gt < g[k].from ||
				    m->gt >= g[k].to)
					continue;
				offset = m->gt - g[k].from;
				if (offset < last ||
				    (offset == last && i < next_i))
					continue;
				if (offset < best) {
					best = offset;
					best_i = i;
				}
			}
		}
		if (best == UINT64_MAX)
			break;
		v = hit(c, best_i);
		c->offset = last = best;
		next_i = best_i + 1;
	} while (v == INSP_PASS);
	return v;
}

enum insp_verdict
esmtp_grown_by_one(
    struct esmtp_call *c, enum esmtp_criterion criterion, uint32_t *value)
{
	struct esmtp_growth g = { criterion, *value, (uint64_t)*value + 1 };

	*value += *value != UINT32_MAX;
	return esmtp_grown(c, &g, 1);
}

enum insp_verdict
esmtp_settled(
    struct esmtp_call *c, enum esmtp_criterion criterion, uint64_t value)
{
	enum insp_verdict v;
	unsigned i;

	for (i = 0; i < c->p->n_matches; i++) {
		if (c->p->matches[i].m.criterion != criterion ||
		    !c->p->matches[i].m.negated ||
		    !applies(&c->p->matches[i], value, NULL, 0))
			continue;
		v = hit(c, i);
		if (v != INSP_PASS)
			return v;
	}
	return INSP_PASS;
}

enum insp_verdict
esmtp_parameter(struct esmtp_call *c, count_t count, bool drop, bool log,
    const char *further)
{
	count_add(c->ctx->counts, count, 1);
	/* `action log` is log alone; `drop-connection` may go without. */
	if (log || !drop)
		log_class(c, "ESMTP Parameter",
		    drop ? "Dropped connection for" : NULL, further);
	return drop ? esmtp_terminate(c, INSP_DROP_CONN) : INSP_PASS;
}

void
esmtp_mask_x(uint8_t *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (b[i] != '\r' && b[i] != '\n')
			b[i] = 'X';
}

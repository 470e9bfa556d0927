/* SPDX-License-Identifier: ISC */
#include "logger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "syslog_send.h"

/* `logging rate-limit` at work: so many messages in a window that opens with
 * the first one. */
struct logger_rate {
	struct log_rate limit;
	uint64_t start, count;
};

void
logger_init(struct logger *g)
{
	memset(g, 0, sizeof(*g));
	logbuf_init(&g->buf, LOG_BUFFER_SIZE);
	g->servers = syslog_send_new();
}

void
logger_fini(struct logger *g)
{
	syslog_send_free(g->servers);
	logbuf_fini(&g->buf);
	free(g->device_id);
	free(g->rates);
	free(g->server_emblem);
	memset(g, 0, sizeof(*g));
}

void
logger_reset(struct logger *g)
{
	logbuf_clear(&g->buf);
	memset(g->logged, 0, sizeof(g->logged));
	g->limited = 0;
	syslog_send_reset(g->servers);
}

/* ---- routing ---- */

static bool
list_has(const struct log_list *list, uint32_t id, unsigned level)
{
	size_t i;

	for (i = 0; list != NULL && i < list->entries.n; i++) {
		const struct log_list_entry *e = &list->entries.v[i];

		if (e->level < 0 && id >= e->first && id <= e->last)
			return true;
		if (e->level >= 0 && level <= (unsigned)e->level &&
		    (e->class < 0 || log_class_has((unsigned)e->class, id)))
			return true;
	}
	return false;
}

/* A class that has a level for the destination decides alone; an id of several
 * such classes passes if one lets it pass. */
static bool
goes_to(
    const struct conf_logging *l, unsigned dest, uint32_t id, unsigned level)
{
	const struct log_filter *to = &l->to[dest];
	bool decided = false, pass = false;
	size_t i;

	for (i = 0; i < l->classes.n; i++) {
		const struct log_class_rule *rule = &l->classes.v[i];

		if (rule->level[dest] < 0 || !log_class_has(rule->class, id))
			continue;
		decided = true;
		pass |= level <= (unsigned)rule->level[dest];
	}
	if (decided)
		return pass;
	if (to->list != NULL)
		return list_has(log_list_find(l, to->list), id, level);
	return to->level >= 0 && level <= (unsigned)to->level;
}

unsigned
logger_route(const struct conf_logging *l, uint32_t id, unsigned level)
{
	unsigned dest, to = 0;

	for (dest = 0; dest < LOGTO_COUNT; dest++) {
		if (goes_to(l, dest, id, level))
			to |= 1u << dest;
	}
	return to;
}

static void
route_event(struct logger *g, const struct conf_logging *l, enum evlog_id ev)
{
	const struct log_message *m = NULL;
	uint32_t id = evlog_number(ev);
	unsigned level;
	size_t i;

	for (i = 0; i < l->messages.n && m == NULL; i++) {
		if (l->messages.v[i]->id == id)
			m = l->messages.v[i];
	}
	g->filter.level[ev] = EVLOG_AS_RAISED;
	g->filter.wanted[ev] = 0;
	memset(g->to[ev], 0, sizeof(g->to[ev]));
	if (!l->enable || (m != NULL && m->off))
		return;
	for (level = 0; level < 8; level++)
		g->to[ev][level] = (uint8_t)logger_route(l, id, level);
	if (m != NULL && m->level >= 0) {
		g->filter.level[ev] = (uint8_t)m->level;
		if (g->to[ev][m->level] != 0)
			g->filter.wanted[ev] = 0xff;
	} else {
		for (level = 0; level < 8; level++) {
			if (g->to[ev][level] != 0)
				g->filter.wanted[ev] |= (uint8_t)(1u << level);
		}
	}
	g->any |= g->filter.wanted[ev] != 0;
}

/* ---- settings ---- */

/* The text of `logging device-id`, or NULL; to be freed. */
static char *
device_id(const struct conf *c)
{
	const struct conf_logging *l = &c->logging;
	const struct iface *i;
	char addr[IP_TEXT_SIZE];

	switch (l->device_id) {
	case LOG_ID_NONE:
		break;
	case LOG_ID_HOSTNAME:
	case LOG_ID_CLUSTER: /* UNCONFIRMED: outside a cluster */
		return xstrdup(c->sys.hostname);
	case LOG_ID_CONTEXT: /* UNCONFIRMED: in single mode */
		return xstrdup("single_vf");
	case LOG_ID_ADDRESS:
		i = conf_iface_by_nameif(c, l->device_text);
		if (i != NULL && i->ip.af != 0)
			return xstrdup(ip_format(&i->ip, addr));
		break;
	case LOG_ID_STRING:
		return xstrdup(l->device_text);
	}
	return NULL;
}

static void
configure_rates(struct logger *g, const struct conf_logging *l)
{
	size_t i;

	free(g->rates);
	g->n_rates = l->rates.n;
	g->rates = xcalloc(MAX(l->rates.n, 1u), sizeof(*g->rates));
	for (i = 0; i < l->rates.n; i++)
		g->rates[i].limit = l->rates.v[i];
}

static void
configure_servers(struct logger *g, const struct conf_logging *l)
{
	struct syslog_server *servers =
	    xcalloc(MAX(l->hosts.n, 1u), sizeof(*servers));
	size_t i;

	free(g->server_emblem);
	g->server_emblem = xcalloc(MAX(l->hosts.n, 1u), sizeof(bool));
	for (i = 0; i < l->hosts.n; i++) {
		const struct log_host *h = &l->hosts.v[i];

		servers[i].ifname = h->ifname;
		servers[i].addr = h->addr;
		servers[i].proto = h->proto;
		servers[i].port = h->port;
		servers[i].active = l->send && !h->secure;
		g->server_emblem[i] = h->emblem;
	}
	syslog_send_configure(g->servers, servers, l->hosts.n, l->queue);
	free(servers);
}

void
logger_configure(struct logger *g, const struct conf *c)
{
	const struct conf_logging *l = &c->logging;
	unsigned ev;

	g->any = false;
	for (ev = 0; ev < EV_COUNT; ev++)
		route_event(g, l, (enum evlog_id)ev);
	g->timestamp = l->timestamp;
	g->rfc5424 = l->rfc5424;
	g->emblem = l->emblem;
	g->pix = c->sys.version_is_pix || conf_profile(c) == PROFILE_PIX_6_3;
	g->send = l->send;
	g->facility = l->facility;
	free(g->device_id);
	g->device_id = device_id(c);
	logbuf_resize(&g->buf, l->buffer_size);
	configure_rates(g, l);
	configure_servers(g, l);
}

/* ---- form ---- */

static const char *
stamp(uint64_t ts, const char *form, char *buf, size_t size)
{
	time_t seconds = (time_t)(ts / 1000000000u);
	struct tm tm;

	/* The forms are those below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(buf, size, form, &tm) == 0)
		buf[0] = '\0';
#pragma GCC diagnostic pop
	return buf;
}

const char *
log_stamp(uint64_t ts, char *buf, size_t size)
{
	return stamp(ts, "%b %d %Y %H:%M:%S", buf, size);
}

/* Aug 15 2019 13:44:38: %ASA-6-305011: ...
 * Mar 09 2017 10:25:04 MDF-ASA5515X : %ASA-6-...
 * HQ-ASA5585 : %ASA-4-... */
static void
format_plain(
    const struct logger *g, const struct evlog_record *r, struct strbuf *out)
{
	char buf[40];

	if (g->timestamp)
		sb_puts(out,
		    stamp(r->ts,
			g->rfc5424 ? "%Y-%m-%dT%H:%M:%SZ" : "%b %d %Y %H:%M:%S",
			buf, sizeof(buf)));
	if (g->device_id != NULL)
		sb_printf(out, "%s%s ", g->timestamp ? " " : "", g->device_id);
	if (g->timestamp || g->device_id != NULL)
		sb_puts(out, ": ");
	sb_printf(out, "%%%s-%u-%u: %s", g->pix ? "PIX" : "ASA", r->level,
	    r->number, r->text);
}

/* :Feb 18 10:49:41 EST: %ASA-session-6-302021: ... The year is missing and the
 * zone is there; the device id is not (configuration guide). */
static void
format_emblem(
    const struct logger *g, const struct evlog_record *r, struct strbuf *out)
{
	const char *class = log_class_of(r->number);
	char buf[40];

	sb_putc(out, ':');
	if (g->timestamp)
		sb_printf(out, "%s: ",
		    stamp(r->ts,
			g->rfc5424 ? "%Y-%m-%dT%H:%M:%SZ"
				   : "%b %d %H:%M:%S UTC",
			buf, sizeof(buf)));
	sb_printf(out, "%%%s-%s%s%u-%u: %s", g->pix ? "PIX" : "ASA",
	    class != NULL ? class : "", class != NULL ? "-" : "", r->level,
	    r->number, r->text);
}

/* ---- the sink ---- */

static bool
over_rate(struct logger *g, const struct evlog_record *r)
{
	bool over = false;
	size_t i;

	for (i = 0; i < g->n_rates; i++) {
		struct logger_rate *rate = &g->rates[i];
		const struct log_rate *limit = &rate->limit;

		if (limit->n == 0 ||
		    limit->key != (limit->by_id ? r->number : r->level))
			continue;
		/* Another replay may begin before the last one ended. */
		if (rate->count == 0 || r->ts < rate->start ||
		    r->ts - rate->start >= limit->seconds * 1000000000ull) {
			rate->start = r->ts;
			rate->count = 0;
		}
		if (rate->count >= limit->n)
			over = true;
		else
			rate->count++;
	}
	return over;
}

static void
to_servers(struct logger *g, const struct evlog_record *r, const char *plain)
{
	struct strbuf text;
	size_t i;

	sb_init(&text);
	for (i = 0; i < syslog_send_count(g->servers); i++) {
		if (!syslog_send_active(g->servers, i))
			continue;
		sb_reset(&text);
		sb_printf(&text, "<%u>", g->facility * 8 + r->level);
		if (g->server_emblem[i])
			format_emblem(g, r, &text);
		else
			sb_puts(&text, plain);
		syslog_send_put(g->servers, i, sb_text(&text), text.length);
	}
	sb_free(&text);
}

void
logger_sink(void *arg, const struct evlog_record *r)
{
	static const unsigned screens =
	    1u << LOGTO_CONSOLE | 1u << LOGTO_MONITOR;
	struct logger *g = arg;
	unsigned dest, to = g->to[r->ev][r->level & 7];
	struct strbuf plain, line;

	if (to == 0)
		return;
	if (over_rate(g, r)) {
		g->limited++;
		return;
	}
	sb_init(&plain);
	sb_init(&line);
	format_plain(g, r, &plain);
	if (g->emblem)
		format_emblem(g, r, &line);
	else
		sb_puts(&line, sb_text(&plain));
	for (dest = 0; dest < LOGTO_COUNT; dest++)
		g->logged[dest] += to >> dest & 1;
	if (to >> LOGTO_BUFFERED & 1)
		logbuf_add(&g->buf, sb_text(&line));
	if (to >> LOGTO_TRAP & 1)
		to_servers(g, r, sb_text(&plain));
	if ((to & screens) != 0 && g->screen.line != NULL) {
		sb_putc(&line, '\n');
		g->screen.line(g->screen.arg, to & screens, sb_text(&line));
	}
	sb_free(&plain);
	sb_free(&line);
}

/* ---- around a replay ---- */

void
logger_begin(struct logger *g)
{
	syslog_send_begin(g->servers);
}

void
logger_end(struct logger *g,
    void (*say)(void *arg, unsigned level, const char *text), void *arg)
{
	char text[256];

	if (g->servers == NULL)
		return; /* never initialised */
	syslog_send_flush(g->servers);
	while (syslog_send_failure(g->servers, text, sizeof(text))) {
		if (say != NULL)
			say(arg, CERR_WARNING, text);
	}
}

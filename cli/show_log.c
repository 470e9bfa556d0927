/* SPDX-License-Identifier: ISC
 *
 * show logging.
 */
#include <inttypes.h>

#include "names.h"
#include "session.h"
#include "syslog_send.h"

struct log_args {
	bool setting, all;
	uint32_t id;
};
BIND(bind_log, struct log_args, FIELD(struct log_args, F_BOOL, setting),
    FIELD(struct log_args, F_BOOL, all), FIELD(struct log_args, F_U32, id));

static const char *
on_off(bool on)
{
	return on ? "enabled" : "disabled";
}

/* What `logging class` says of a destination. UNCONFIRMED: the form. */
static bool
show_classes(struct out *o, const struct conf_logging *l, unsigned dest,
    const char *before)
{
	bool any = false;
	size_t i;

	for (i = 0; i < l->classes.n; i++) {
		const struct log_class_rule *rule = &l->classes.v[i];

		if (rule->level[dest] < 0)
			continue;
		out_printf(o, "%sclass %s %s", any ? ", " : before,
		    log_class_name(rule->class),
		    severity_to_name((unsigned)rule->level[dest]));
		any = true;
	}
	return any;
}

static bool
show_dest(struct session *s, unsigned dest, const char *name)
{
	const struct conf_logging *l = &s->device->conf->logging;
	const struct log_filter *to = &l->to[dest];
	struct out *o = &s->out;
	bool on = to->list != NULL || to->level >= 0;

	out_printf(o, "    %s logging: ", name);
	if (to->list != NULL)
		out_printf(o, "list %s", to->list);
	else if (on)
		out_printf(
		    o, "level %s", severity_to_name((unsigned)to->level));
	on |= show_classes(o, l, dest, on ? ", " : "");
	if (!on) {
		out_puts(o, "disabled\n");
		return false;
	}
	if (dest == LOGTO_TRAP)
		out_printf(o, ", facility %u", l->facility);
	out_printf(o, ", %" PRIu64 " messages logged\n",
	    s->device->logger.logged[dest]);
	return true;
}

/* UNCONFIRMED: the line of a TCP server. */
static void
show_servers(struct session *s)
{
	const struct conf_logging *l = &s->device->conf->logging;
	const struct syslog_send *servers = s->device->logger.servers;
	char addr[IP_TEXT_SIZE];
	struct out *o = &s->out;
	size_t i;

	for (i = 0; i < l->hosts.n && i < syslog_send_count(servers); i++) {
		const struct log_host *h = &l->hosts.v[i];
		struct syslog_stats st = syslog_send_stats(servers, i);

		out_printf(o, "        Logging to %s %s", h->ifname,
		    ip_format(&h->addr, addr));
		if (h->proto == IPPROTO_TCP)
			out_printf(o, " tcp/%u %s, TCP", h->port,
			    st.connected ? "connected" : "Not connected");
		else if (h->port != LOG_UDP_PORT)
			out_printf(o, " udp/%u, UDP", h->port);
		else
			out_puts(o, ", UDP");
		out_printf(o,
		    " TX:%" PRIu64 " errors: %" PRIu64 "  dropped: %" PRIu64
		    "\n",
		    st.sent, st.errors, st.dropped);
		if (!l->send)
			out_puts(o,
			    "            not sent: simulator logging-host "
			    "keep\n");
		else if (h->secure)
			out_puts(
			    o, "            not sent: TLS is not simulated\n");
	}
}

static void
show_device_id(struct session *s)
{
	const struct conf_logging *l = &s->device->conf->logging;
	const char *id = s->device->logger.device_id;
	struct out *o = &s->out;

	out_puts(o, "    Device ID: ");
	switch (l->device_id) {
	case LOG_ID_NONE:
		out_puts(o, "disabled\n");
		return;
	case LOG_ID_ADDRESS:
		out_printf(o, "'%s' interface IP address", l->device_text);
		break;
	case LOG_ID_HOSTNAME:
		out_puts(o, "hostname");
		break;
	case LOG_ID_CONTEXT:
		out_puts(o, "context name");
		break;
	case LOG_ID_CLUSTER:
		out_puts(o, "cluster ID");
		break;
	case LOG_ID_STRING:
		out_puts(o, "string");
		break;
	}
	out_printf(o, " \"%s\"\n", id != NULL ? id : "");
}

static void
show_settings(struct session *s)
{
	const struct conf_logging *l = &s->device->conf->logging;
	bool nine = conf_profile(s->device->conf) == PROFILE_ASA_9_X;
	struct out *o = &s->out;

	out_printf(o,
	    "Syslog logging: %s\n"
	    "    Facility: %u\n"
	    "    Timestamp logging: %s\n",
	    on_off(l->enable), l->facility, on_off(l->timestamp));
	if (nine)
		out_printf(o, "    Hide Username logging: %s\n",
		    on_off(l->hide_username == 1));
	out_printf(o,
	    "    Standby logging: %s\n"
	    "    Debug-trace logging: %s\n",
	    on_off(l->standby), on_off(l->debug_trace));
	show_dest(s, LOGTO_CONSOLE, "Console");
	show_dest(s, LOGTO_MONITOR, "Monitor");
	show_dest(s, LOGTO_BUFFERED, "Buffer");
	if (show_dest(s, LOGTO_TRAP, "Trap")) {
		show_servers(s);
		if (nine)
			out_puts(o,
			    "    Global TCP syslog stats::\n"
			    "        NOT_PUTABLE: 0, ALL_CHANNEL_DOWN: 0\n"
			    "        CHANNEL_FLAP_CNT: 0, SYSLOG_PKT_LOSS: 0\n"
			    "        PARTIAL_REWRITE_CNT: 0\n");
	}
	out_printf(
	    o, "    Permit-hostdown logging: %s\n", on_off(l->permit_hostdown));
	show_dest(s, LOGTO_HISTORY, "History");
	show_device_id(s);
	show_dest(s, LOGTO_MAIL, "Mail");
	show_dest(s, LOGTO_ASDM, "ASDM");
}

static void
show_logging(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct log_args *a = args;
	const struct logbuf *b = &s->device->logger.buf;
	size_t i;

	show_settings(s);
	if (a->setting)
		return;
	for (i = 0; i < logbuf_count(b) && !out_stopped(&s->out); i++)
		out_printf(&s->out, "%s\n", logbuf_line(b, i));
}

/* ---- show logging message ---- */

static const struct log_message *
find_message(const struct conf_logging *l, uint32_t id)
{
	size_t i;

	for (i = 0; i < l->messages.n; i++) {
		if (l->messages.v[i]->id == id)
			return l->messages.v[i];
	}
	return NULL;
}

/* The level of its own, or -1: no message of ours. */
static int
own_level(uint32_t id)
{
	unsigned ev;

	for (ev = 0; ev < EV_COUNT; ev++) {
		if (evlog_number((enum evlog_id)ev) == id)
			return (int)evlog_level((enum evlog_id)ev);
	}
	return -1;
}

static void
show_message(struct session *s, uint32_t id)
{
	const struct log_message *m =
	    find_message(&s->device->conf->logging, id);
	int own = own_level(id);

	out_printf(&s->out, "syslog %u:%s%s", id,
	    own >= 0 ? " default-level " : "",
	    own >= 0 ? severity_to_name((unsigned)own) : "");
	if (m != NULL && m->level >= 0 && m->level != own)
		out_printf(&s->out, "%s current-level %s", own >= 0 ? "," : "",
		    severity_to_name((unsigned)m->level));
	out_printf(&s->out, " (%s)\n", on_off(m == NULL || !m->off));
}

static void
show_logging_message(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct conf_logging *l = &s->device->conf->logging;
	const struct log_args *a = args;
	unsigned ev;
	size_t i;

	if (a->id != 0) {
		if (own_level(a->id) < 0 && find_message(l, a->id) == NULL)
			session_error(s, "asasim has no message %u", a->id);
		else
			show_message(s, a->id);
		return;
	}
	if (a->all) {
		for (ev = 0; ev < EV_COUNT; ev++)
			show_message(s, evlog_number((enum evlog_id)ev));
	}
	for (i = 0; i < l->messages.n; i++) {
		if (!a->all || own_level(l->messages.v[i]->id) < 0)
			show_message(s, l->messages.v[i]->id);
	}
}

/* ---- show logging queue ---- */

/* UNCONFIRMED: the layout. */
static void
show_logging_queue(void *session, const struct row *row UNUSED,
    void *args UNUSED, bool no UNUSED)
{
	struct session *s = session;
	size_t waiting, most;
	uint64_t lost;

	syslog_send_queue(s->device->logger.servers, &waiting, &most, &lost);
	out_printf(&s->out,
	    "\n    Logging Queue length limit : %u msg(s)\n"
	    "    %" PRIu64 " msg(s) discarded due to queue overflow\n"
	    "    0 msg(s) discarded due to memory allocation failure\n"
	    "    Current %zu msg on queue, %zu msgs most on queue\n",
	    s->device->conf->logging.queue, lost, waiting, most);
}

/* clang-format off */
#define LOGGING_HELP \
	"Show running system information\n" \
	"Logging settings and the log buffer\n"
static const struct row rows[] = {
	{ &mode_exec, "show logging [setting]:setting",
	  LOGGING_HELP
	  "Without the buffer\n",
	  &bind_log, .exec = show_logging, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show logging message [all]:all",
	  LOGGING_HELP
	  "Levels of messages that were changed\n"
	  "Of all messages that asasim has\n",
	  &bind_log, .exec = show_logging_message,
	  .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show logging message INT<100000-999999>:id",
	  LOGGING_HELP
	  "Levels of messages that were changed\n"
	  "Number of a message\n",
	  &bind_log, .exec = show_logging_message,
	  .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show logging queue",
	  LOGGING_HELP
	  "Messages that wait for syslog servers\n",
	  .exec = show_logging_queue, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_log = { rows, ARRAY_LEN(rows) };

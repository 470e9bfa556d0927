/* SPDX-License-Identifier: ISC
 *
 * show service-policy.
 *
 * Two layouts, by release: up to 8.2 the Inspect line has three counters and
 * the match lines are shown only by `inspect P`; a 9.x shows them always, with
 * a trailing blank. (reference: device outputs of 9.8(1); the tech note's of
 * 7.x/8.x.)
 */
#include <inttypes.h>
#include <string.h>

#include "session.h"

enum { WHERE_ALL, WHERE_GLOBAL, WHERE_INTERFACE };

struct sp_args {
	uint8_t where; /* WHERE_... */
	char *ifname;
	bool inspect;
	uint8_t proto; /* index into protocols[], from 1 */
	uint8_t h323;  /* 1 h225, 2 ras */
	bool error;    /* icmp error */
	bool detail;
};
BIND(bind_sp, struct sp_args, FIELD(struct sp_args, F_BRANCH, where),
    FIELD(struct sp_args, F_STR, ifname),
    FIELD(struct sp_args, F_BOOL, inspect),
    FIELD(struct sp_args, F_BRANCH, proto),
    FIELD(struct sp_args, F_BRANCH, h323), FIELD(struct sp_args, F_BOOL, error),
    FIELD(struct sp_args, F_BOOL, detail));

/* In the order of the row's branches. */
static const char *const protocols[] = { "ctiqbe", "dcerpc", "dns", "esmtp",
	"ftp", "gtp", "h323", "http", "icmp", "ils", "im", "ip-options",
	"ipsec-pass-thru", "mgcp", "netbios", "pptp", "rsh", "rtsp", "sip",
	"skinny", "snmp", "sqlnet", "sunrpc", "tftp", "waas", "xdmcp" };

struct sp_view {
	struct session *s;
	const struct policy *p;
	const char *only; /* inspection asked for, NULL = everything */
	bool detail;
	bool nine; /* 9.x layout */
};

static uint64_t
count(const struct sp_view *v, count_t id)
{
	return engine_count(v->s->device->engine, id);
}

/* "h323" asks for both of its inspections, "h323 ras" for one. */
static bool
wanted(const struct sp_view *v, const struct pol_inspect *in)
{
	size_t n;

	if (v->only == NULL)
		return true;
	n = strlen(v->only);
	return strncmp(in->protocol, v->only, n) == 0 &&
	    (in->protocol[n] == '\0' || in->protocol[n] == ' ');
}

static bool
class_wanted(const struct sp_view *v, const struct pol_class *c)
{
	unsigned i;

	if (v->only == NULL)
		return true;
	for (i = 0; i < c->n_inspects; i++) {
		if (wanted(v, c->inspects[i]))
			return true;
	}
	return false;
}

static void
show_events(const struct sp_view *v, const struct pol_inspect *in)
{
	unsigned i;

	for (i = 0; i < ESMTP_EVENT_COUNT; i++) {
		uint64_t n = count(v, in->esmtp->events[i]);

		if (n == 0)
			continue;
		out_printf(&v->s->out, "        %s, count %" PRIu64,
		    esmtp_event_text((enum esmtp_event)i), n);
		if (in->first_packet[i] != 0)
			out_printf(&v->s->out, ", first packet %" PRIu64,
			    in->first_packet[i]);
		out_puts(&v->s->out, "\n");
	}
}

static void
show_esmtp(const struct sp_view *v, const struct pol_inspect *in)
{
	const struct esmtp_policy *e = in->esmtp;
	struct out *o = &v->s->out;
	unsigned i;

	if (e->par.mask_banner)
		out_printf(o, "        mask-banner, count %" PRIu64 "\n",
		    count(v, e->mask_banner));
	if (e->par.allow_tls)
		out_printf(o, "        allow-tls, count %" PRIu64 "\n",
		    count(v, e->allow_tls));
	if (e->par.mail_relay != NULL)
		out_printf(o, "        mail-relay %s, count %" PRIu64 "\n",
		    e->par.mail_relay, count(v, e->mail_relay));
	if (e->par.special_character)
		out_printf(o, "        special-character, count %" PRIu64 "\n",
		    count(v, e->special_character));
	for (i = 0; i < e->n_matches; i++) {
		const struct esmtp_compiled_match *m = &e->matches[i];

		out_printf(o, "        match %s%s%s\n",
		    m->m.negated ? "not " : "", m->text, v->nine ? " " : "");
		out_printf(o, "          %s, packet %" PRIu64 "\n",
		    m->action_text, count(v, m->hits));
	}
	if (v->detail)
		show_events(v, in);
}

static void
show_inspect(const struct sp_view *v, const struct pol_inspect *in)
{
	const struct insp_counters *c = &in->instance.counters;
	struct out *o = &v->s->out;

	out_printf(o, "      Inspect: %s, packet %" PRIu64, in->title,
	    count(v, c->packet));
	if (v->nine)
		out_puts(o, ", lock fail 0");
	out_printf(o, ", drop %" PRIu64 ", reset-drop %" PRIu64,
	    count(v, c->drop), count(v, c->reset_drop));
	if (v->nine)
		out_puts(o,
		    ", 5-min-pkt-rate 0 pkts/sec, v6-fail-close 0 "
		    "sctp-drop-override 0");
	out_puts(o, "\n");
	if (in->tcp_proxy)
		out_puts(o,
		    "               tcp-proxy: bytes in buffer 0, "
		    "bytes dropped 0\n");
	if (in->esmtp != NULL && (v->nine || v->only != NULL))
		show_esmtp(v, in);
}

static void
show_attachment(const struct sp_view *v, const struct pol_attachment *a)
{
	struct out *o = &v->s->out;
	unsigned i, j;

	if (a->iface < 0)
		out_puts(o, "\nGlobal policy: \n");
	else
		out_printf(o, "\nInterface %s:\n", v->p->ifaces[a->iface].name);
	out_printf(o, "  Service-policy: %s\n", a->map.name);
	for (i = 0; i < a->map.n_classes; i++) {
		const struct pol_class *c = &a->map.classes[i];

		if (!class_wanted(v, c))
			continue;
		out_printf(o, "    Class-map: %s\n", c->name);
		for (j = 0; j < c->n_inspects; j++) {
			if (wanted(v, c->inspects[j]))
				show_inspect(v, c->inspects[j]);
		}
	}
}

static const char *
asked_inspection(const struct sp_args *a, char *buf, size_t size)
{
	static const char *const h323[] = { "", " h225", " ras" };

	if (!a->inspect || a->proto == 0)
		return NULL;
	snprintf(buf, size, "%s%s%s", protocols[a->proto - 1],
	    h323[a->h323 % ARRAY_LEN(h323)], a->error ? " error" : "");
	return buf;
}

static void
show_service_policy(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct sp_args *a = args;
	const struct policy *p = engine_policy(s->device->engine);
	char only[64];
	struct sp_view v = { s, p, asked_inspection(a, only, sizeof(only)),
		a->detail, p->profile == PROFILE_ASA_9_X };
	unsigned i;

	if (a->where == WHERE_INTERFACE &&
	    conf_iface_by_nameif(s->device->conf, a->ifname) == NULL) {
		session_invalid(s, 3);
		return;
	}
	for (i = 0; i < p->n_attachments; i++) {
		const struct pol_attachment *at = p->attachments[i];

		if (a->where == WHERE_GLOBAL && at->iface >= 0)
			continue;
		if (a->where == WHERE_INTERFACE &&
		    (at->iface < 0 ||
			strcmp(p->ifaces[at->iface].name, a->ifname) != 0))
			continue;
		show_attachment(&v, at);
	}
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec,
	  "show service-policy [<global | interface NAME:ifname>:where] "
	  "[inspect <ctiqbe | dcerpc | dns | esmtp | ftp | gtp"
	  " | h323 [<h225 | ras>:h323] | http | icmp [error]:error | ils | im"
	  " | ip-options | ipsec-pass-thru | mgcp | netbios | pptp | rsh | rtsp"
	  " | sip | skinny | snmp | sqlnet | sunrpc | tftp | waas | xdmcp"
	  ">:proto [detail]:detail]:inspect",
	  "Show running system information\n"
	  "Service policies and their counters\n"
	  "Only the global policy\n"
	  "Only the policy of an interface\n"
	  "Name of the interface\n"
	  "Only an inspection\n"
	  "CTIQBE\n" "DCERPC\n" "DNS\n" "Extended SMTP\n" "FTP\n" "GTP\n"
	  "H.323\n" "H.225 call setup\n" "H.323 RAS\n" "HTTP\n" "ICMP\n"
	  "ICMP error messages\n" "ILS\n" "Instant messaging\n" "IP options\n"
	  "IPsec pass-through\n" "MGCP\n" "NetBIOS\n" "PPTP\n" "RSH\n" "RTSP\n"
	  "SIP\n" "Skinny\n" "SNMP\n" "SQL*Net\n" "Sun RPC\n" "TFTP\n"
	  "WAAS\n" "XDMCP\n"
	  "What no match line counts as well\n",
	  &bind_sp, .exec = show_service_policy,
	  .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_mpf = { rows, ARRAY_LEN(rows) };

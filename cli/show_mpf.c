/* SPDX-License-Identifier: ISC
 *
 * show service-policy, and show fixup of PIX 6.
 *
 * Two layouts, by release: up to 8.2 the Inspect line has three counters and
 * the match lines are shown only by `inspect P`; a 9.x shows them always, with
 * a trailing blank. Sources: outputs of a 9.8(1); tech note 117801 for 7.x and
 * 8.x.
 */
#include <inttypes.h>
#include <string.h>

#include "show_mpf.h"

BIND(bind_sp, struct sp_args, FIELD(struct sp_args, F_BRANCH, where),
    FIELD(struct sp_args, F_STR, ifname), FIELD(struct sp_args, F_BRANCH, what),
    FIELD(struct sp_args, F_BRANCH, proto),
    FIELD(struct sp_args, F_BRANCH, h323), FIELD(struct sp_args, F_BOOL, error),
    FIELD(struct sp_args, F_BOOL, detail),
    FIELD(struct sp_args, F_BOOL, details), FIELD(struct sp_args, F_U32, l4),
    FIELD(struct sp_args, F_U32, sport), FIELD(struct sp_args, F_U32, dport),
    FIELD(struct sp_args, F_U32, icmp),
    FIELD(struct sp_args, F_BRANCH, src_kind),
    FIELD(struct sp_args, F_BRANCH, dst_kind), FIELD(struct sp_args, F_IP, src),
    FIELD(struct sp_args, F_IP, dst), FIELD(struct sp_args, F_IP, src_mask),
    FIELD(struct sp_args, F_IP, dst_mask),
    FIELD(struct sp_args, F_BOOL, has_sport),
    FIELD(struct sp_args, F_BOOL, has_dport),
    FIELD(struct sp_args, F_BOOL, has_icmp));

/* In the order of the row's branches. */
static const char *const protocols[] = { "ctiqbe", "dcerpc", "dns", "esmtp",
	"ftp", "gtp", "h323", "http", "icmp", "ils", "im", "ip-options",
	"ipsec-pass-thru", "mgcp", "netbios", "pptp", "rsh", "rtsp", "sip",
	"skinny", "snmp", "sqlnet", "sunrpc", "tftp", "waas", "xdmcp" };

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

	if (v->a->what != SP_INSPECT)
		return v->a->what == SP_ALL;
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

	if (v->a->what == SP_ALL || sp_has_actions(v, c))
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
	if (v->a->detail)
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

void
sp_heading(const struct sp_view *v, const struct pol_attachment *at)
{
	struct out *o = &v->s->out;

	if (at->iface < 0)
		out_puts(o, "\nGlobal policy: \n");
	else
		out_printf(
		    o, "\nInterface %s:\n", v->p->ifaces[at->iface].name);
	out_printf(o, "  Service-policy: %s\n", at->map.name);
}

static void
show_attachment(const struct sp_view *v, const struct pol_attachment *at)
{
	struct out *o = &v->s->out;
	unsigned i, j;

	sp_heading(v, at);
	for (i = 0; i < at->map.n_classes; i++) {
		const struct pol_class *c = &at->map.classes[i];

		if (!class_wanted(v, c))
			continue;
		out_printf(o, "    Class-map: %s\n", c->name);
		for (j = 0; j < c->n_inspects; j++) {
			if (wanted(v, c->inspects[j]))
				show_inspect(v, c->inspects[j]);
		}
		sp_show_actions(v, at, c);
	}
}

static const char *
asked_inspection(const struct sp_args *a, char *buf, size_t size)
{
	static const char *const h323[] = { "", " h225", " ras" };

	if (a->what != SP_INSPECT || a->proto == 0)
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
	struct sp_view v = { s, p, a, asked_inspection(a, only, sizeof(only)),
		p->profile == PROFILE_ASA_9_X };
	unsigned i;

	if (a->where == WHERE_INTERFACE &&
	    conf_iface_by_nameif(s->device->conf, a->ifname) == NULL) {
		session_invalid(s, 3);
		return;
	}
	if (a->what == SP_FLOW) {
		sp_show_flow(&v);
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

static void
print_fixup(void *arg, const char *line)
{
	out_printf(arg, "%s\n", line);
}

static void
show_fixup(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	conf_each_fixup(s->device->conf, print_fixup, &s->out);
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "show fixup",
	  "Show running system information\n"
	  "Inspections, as PIX 6 lists them\n",
	  .exec = show_fixup, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec,
	  "show service-policy [<global | interface NAME:ifname>:where] "
	  "[<inspect <ctiqbe | dcerpc | dns | esmtp | ftp | gtp"
	  " | h323 [<h225 | ras>:h323] | http | icmp [error]:error | ils | im"
	  " | ip-options | ipsec-pass-thru | mgcp | netbios | pptp | rsh | rtsp"
	  " | sip | skinny | snmp | sqlnet | sunrpc | tftp | waas | xdmcp"
	  ">:proto [detail]:detail"
	  " | set connection [details]:details | police | priority"
	  " | flow PROTO:l4"
	  " <host IPANY:src | any | IP:src MASK:src_mask>:src_kind"
	  " [eq PORT:sport]:has_sport"
	  " <host IPANY:dst | any | IP:dst MASK:dst_mask>:dst_kind"
	  " [eq PORT:dport]:has_dport [ICMPTYPE:icmp]:has_icmp>:what]",
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
	  "What no match line counts as well\n"
	  "Only limits and timeouts of connections\n"
	  "Limits and timeouts of connections\n"
	  "What the TCP normalizer did as well\n"
	  "Only policing\n"
	  "Only priority\n"
	  "Which classes act on a flow\n"
	  "Protocol\n"
	  "One source address\n" "Address\n" "Any source\n"
	  "Source network\n" "Its mask\n"
	  "Source port\n" "Port\n"
	  "One destination address\n" "Address\n" "Any destination\n"
	  "Destination network\n" "Its mask\n"
	  "Destination port\n" "Port\n"
	  "ICMP type\n",
	  &bind_sp, .exec = show_service_policy,
	  .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_mpf = { rows, ARRAY_LEN(rows) };

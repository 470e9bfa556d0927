/* SPDX-License-Identifier: ISC
 *
 * show service-policy: what a class does besides inspecting. The counters are
 * those of a device on which nothing was ever over a limit: the data plane does
 * not act on these lines yet.
 */
#include "show_mpf.h"

static bool
asked(const struct sp_view *v, enum sp_what what)
{
	return v->a->what == SP_ALL || v->a->what == what;
}

static bool
has_connection(const struct conn_action *a)
{
	return a->limits != 0 || a->timeouts != 0 || a->tcp_map != NULL ||
	    a->state_bypass || a->decrement_ttl;
}

bool
sp_has_actions(const struct sp_view *v, const struct pol_class *c)
{
	const struct class_actions *a = &c->actions;

	return (asked(v, SP_CONNECTION) && has_connection(&a->conn)) ||
	    (asked(v, SP_POLICE) &&
		(a->police[POLICE_INPUT].set ||
		    a->police[POLICE_OUTPUT].set)) ||
	    (asked(v, SP_PRIORITY) && a->priority);
}

static void
show_timeouts(struct out *o, const struct conn_action *a)
{
	struct strbuf text;

	if (a->timeouts == 0)
		return;
	out_puts(o, "      Set connection timeout policy:\n");
	sb_init(&text);
	conn_timeouts_text(a, false, &text);
	if (text.length > 0)
		out_printf(o, "        %s \n", sb_text(&text));
	sb_free(&text);
	if ((a->timeouts & CONN_TIMEOUT_DCD) == 0)
		return;
	out_printf(o,
	    "        DCD: enabled, retry-interval %u:%02u:%02u, "
	    "max-retries %u\n",
	    a->dcd_retry / 3600, a->dcd_retry / 60 % 60, a->dcd_retry % 60,
	    a->dcd_max);
	out_puts(o,
	    "        DCD: client-probe 0, server-probe 0, conn-expiration 0\n");
}

static void
show_tcp_map(struct out *o)
{
	out_puts(o,
	    "        Retransmission drops: 0             "
	    "TCP checksum drops : 0\n"
	    "        Exceeded MSS drops  : 0             "
	    "SYN with data drops: 0\n"
	    "        Invalid ACK drops   : 0             "
	    "SYN/ACK with data drops: 0\n"
	    "        Out-of-order (OoO) packets : 0      "
	    "OoO no buffer drops: 0\n"
	    "        OoO buffer timeout drops : 0        "
	    "SEQ past window drops: 0\n"
	    "        Reserved bit cleared: 0             "
	    "Reserved bit drops : 0\n"
	    "        IP TTL modified     : 0             "
	    "Urgent flag cleared: 0\n"
	    "        Window varied resets: 0\n"
	    "        TCP-options:\n"
	    "          Selective ACK cleared: 0          "
	    "Timestamp cleared  : 0\n"
	    "          Window scale cleared : 0\n"
	    "          Other options cleared: 0\n"
	    "          Other options drops: 0\n");
}

static void
show_connection(const struct sp_view *v, const struct conn_action *a)
{
	struct out *o = &v->s->out;
	struct strbuf text;

	if (!has_connection(a))
		return;
	sb_init(&text);
	conn_limits_text(a, &text);
	if (text.length > 0) {
		out_printf(
		    o, "      Set connection policy: %s \n", sb_text(&text));
		out_puts(o,
		    "        current embryonic conns 0, current conns 0, "
		    "drop 0\n");
	} else if (a->timeouts != 0)
		out_puts(o, "      Set connection policy:         drop 0\n");
	sb_free(&text);
	show_timeouts(o, a);
	if (a->decrement_ttl)
		out_puts(o, "      Set connection decrement-ttl\n");
	if (a->state_bypass)
		out_puts(o,
		    "      Set connection advanced-options: "
		    "tcp-state-bypass\n");
	if (a->tcp_map == NULL)
		return;
	out_printf(
	    o, "      Set connection advanced-options: %s\n", a->tcp_map);
	if (v->a->details)
		show_tcp_map(o);
}

/* A global policy polices each interface by itself. */
static void
show_police_at(const struct sp_view *v, const struct police_action *p,
    bool output, int iface)
{
	static const char *const verdicts[] = { "transmit", "drop" };
	struct out *o = &v->s->out;

	out_printf(o, "      %spolice Interface %s:\n",
	    !v->nine     ? ""
		: output ? "Output "
			 : "Input ",
	    v->p->ifaces[iface].name);
	out_printf(o, "        cir %u bps, bc %u bytes\n", p->rate, p->burst);
	out_printf(o, "        conformed 0 packets, 0 bytes; actions:  %s\n",
	    verdicts[p->conform_drop]);
	out_printf(o, "        exceeded 0 packets, 0 bytes; actions:  %s\n",
	    verdicts[!p->exceed_transmit]);
	out_puts(o, "        conformed 0 bps, exceed 0 bps\n");
}

static void
show_police(const struct sp_view *v, const struct pol_attachment *at,
    const struct class_actions *a)
{
	unsigned i, k;

	for (k = 0; k < POLICE_COUNT; k++) {
		if (!a->police[k].set)
			continue;
		for (i = 0; i < v->p->n_ifaces; i++) {
			if (at->iface < 0 || at->iface == (int)i)
				show_police_at(v, &a->police[k],
				    k == POLICE_OUTPUT, (int)i);
		}
	}
}

void
sp_show_actions(const struct sp_view *v, const struct pol_attachment *at,
    const struct pol_class *c)
{
	struct out *o = &v->s->out;
	unsigned i;

	if (asked(v, SP_CONNECTION))
		show_connection(v, &c->actions.conn);
	if (asked(v, SP_POLICE))
		show_police(v, at, &c->actions);
	if (!asked(v, SP_PRIORITY) || !c->actions.priority)
		return;
	out_puts(o, "      Priority:\n");
	for (i = 0; i < v->p->n_ifaces; i++) {
		if (at->iface < 0 || at->iface == (int)i)
			out_printf(o,
			    "        Interface %s: aggregate drop 0, "
			    "aggregate transmit 0\n",
			    v->p->ifaces[i].name);
	}
}

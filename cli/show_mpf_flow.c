/* SPDX-License-Identifier: ISC
 *
 * show service-policy flow: which classes act on a flow, and why. The verdict
 * is mpf_classify()'s, the one that packets get; this only explains it.
 *
 * Layout: ASA command reference 8.2, "show service-policy".
 */
#include <stdlib.h>
#include <string.h>

#include "show_mpf.h"

/* The criteria by which the class matches, as the class-map has them. */
static void
show_match(const struct sp_view *v, const struct pol_class *c,
    const struct mpf_flow *f)
{
	const struct conf *conf = v->s->device->conf;
	const struct class_map *cm = conf_class_map_find(conf, c->name);
	struct out *o = &v->s->out;
	const struct pol_ace *ace = NULL;
	struct strbuf text;

	if (c->is_default) {
		out_puts(o, "      Match: any\n");
		return;
	}
	sb_init(&text);
	if (cm != NULL)
		class_match_text(conf, v->s->device->gram, cm, &text);
	out_printf(o, "      Match: %s\n", sb_text(&text));
	sb_reset(&text);
	if (c->acl != NULL && c->match.kind == MATCH_DEFAULT_INSPECTION) {
		out_printf(o, "      Match: access-list %s\n", c->match.acl);
		ace = acl_match_addresses(c->acl, &f->real);
	} else if (c->acl != NULL)
		ace = acl_match(c->acl, &f->real);
	if (ace == NULL && c->acl != NULL && v->p->class_acl_both)
		ace = acl_match(c->acl, &f->arriving);
	if (ace != NULL) {
		ace_rule_text(
		    conf, v->s->device->gram, c->match.acl, ace->line, &text);
		if (text.length > 0)
			out_printf(
			    o, "        Access rule: %s\n", sb_text(&text));
	}
	sb_free(&text);
}

struct actor {
	const struct sp_view *v;
	const char *direction; /* "Input", "Output" */
};

static void
show_action(const struct actor *a, const char *text)
{
	out_printf(&a->v->s->out, "        %s flow:  %s\n", a->direction, text);
}

static void
show_features(const struct actor *a, const struct pol_attachment *at,
    const struct pol_class *c, const struct mpf_verdict *v)
{
	struct strbuf text;
	unsigned i;

	sb_init(&text);
	for (i = 0; i < MPF_FEATURE_COUNT; i++) {
		const struct conn_action *conn = &c->actions.conn;

		if (v->features[i].attachment != at ||
		    v->features[i].class != c)
			continue;
		sb_reset(&text);
		switch ((enum mpf_feature)i) {
		case MPF_CONN_LIMITS:
			conn_limits_text(conn, &text);
			break;
		case MPF_CONN_TIMEOUTS:
			conn_timeouts_text(conn, true, &text);
			break;
		case MPF_TCP_NORMALIZER:
			sb_printf(&text, "advanced-options %s",
			    conn->tcp_map != NULL ? conn->tcp_map
						  : "tcp-state-bypass");
			break;
		case MPF_DECREMENT_TTL:
			sb_puts(&text, "decrement-ttl");
			break;
		case MPF_POLICE_INPUT:
		case MPF_POLICE_OUTPUT:
			police_text(&c->actions.police[i == MPF_POLICE_INPUT
					    ? POLICE_INPUT
					    : POLICE_OUTPUT],
			    i == MPF_POLICE_OUTPUT, &text);
			break;
		case MPF_PRIORITY:
			sb_puts(&text, "priority");
			break;
		case MPF_IP_OPTIONS:
		case MPF_IPV6:
		case MPF_WAAS:
		case MPF_FEATURE_COUNT:
			/* Only packets with options, of IPv6 ... are looked
			 * at: the device lists none for a flow. */
			continue;
		}
		if (i <= MPF_DECREMENT_TTL)
			out_printf(&a->v->s->out,
			    "        %s flow:  set connection %s%s\n",
			    a->direction,
			    i == MPF_CONN_TIMEOUTS ? "timeout " : "",
			    sb_text(&text));
		else
			show_action(a, sb_text(&text));
	}
	sb_free(&text);
}

/* Does the class of this attachment do anything to the flow? */
static bool
acts(const struct pol_attachment *at, const struct pol_class *c,
    const struct mpf_verdict *v)
{
	unsigned i;

	if (v->inspect != NULL && v->attachment == at && v->class == c)
		return true;
	if (v->exempted_by == c)
		return true;
	for (i = 0; i < MPF_IP_OPTIONS; i++) {
		if (v->features[i].attachment == at &&
		    v->features[i].class == c)
			return true;
	}
	return false;
}

static void
show_class(const struct actor *a, const struct pol_attachment *at,
    const struct pol_class *c, const struct mpf_flow *f,
    const struct mpf_verdict *v)
{
	struct out *o = &a->v->s->out;
	unsigned i;

	out_printf(o, "    Class-map: %s\n", c->name);
	show_match(a->v, c, f);
	out_puts(o, "      Action:\n");
	if (v->inspect != NULL && v->attachment == at && v->class == c)
		out_printf(o, "        %s flow:  inspect %s\n", a->direction,
		    v->inspect->title);
	for (i = 0; v->exempted_by == c && i < c->n_exempt; i++)
		out_printf(o, "        %s flow:  no inspect %s\n", a->direction,
		    c->exempt[i]);
	show_features(a, at, c, v);
}

static void
show_attachment(const struct sp_view *v, const struct pol_attachment *at,
    const struct mpf_flow *f, const struct mpf_verdict *verdict)
{
	static const struct pol_class standard = {
		.name = (char *)(uintptr_t) "class-default", .is_default = true
	};
	struct actor a = { v,
		at->iface >= 0 && at->iface == f->egress &&
			at->iface != f->ingress
		    ? "Output"
		    : "Input" };
	bool listed = false;
	unsigned i;

	sp_heading(v, at);
	for (i = 0; i < at->map.n_classes; i++) {
		const struct pol_class *c = &at->map.classes[i];

		if (c->is_default || acts(at, c, verdict)) {
			show_class(&a, at, c, f, verdict);
			listed |= c->is_default;
		}
	}
	/* It ends each policy map, written or not. */
	if (!listed && at->iface < 0)
		show_class(&a, at, &standard, f, verdict);
}

static const struct ip_addr *
end_address(uint8_t kind, const struct ip_addr *given, struct ip_addr *any)
{
	if (kind != 2)
		return given;
	memset(any, 0, sizeof(*any));
	any->af = AF_INET;
	return any;
}

void
sp_show_flow(const struct sp_view *v)
{
	const struct sp_args *a = v->a;
	struct mpf_flow f = { .ingress = -1, .egress = -1 };
	struct mpf_verdict verdict;
	struct ip_addr any;
	unsigned i;

	f.arriving.key.src = *end_address(a->src_kind, &a->src, &any);
	f.arriving.key.dst = *end_address(a->dst_kind, &a->dst, &any);
	f.arriving.key.proto = (uint8_t)a->l4;
	f.arriving.key.sport = a->has_sport ? (uint16_t)a->sport : 0;
	f.arriving.key.dport = a->has_dport ? (uint16_t)a->dport : 0;
	f.arriving.icmp_type = a->has_icmp ? (int)a->icmp : -1;
	f.arriving.icmp_code = -1;
	/* An interface that is named is where the flow comes in. */
	for (i = 0; a->where == WHERE_INTERFACE && i < v->p->n_ifaces; i++) {
		if (strcmp(v->p->ifaces[i].name, a->ifname) == 0)
			f.ingress = (int)i;
	}
	mpf_resolve(v->p, &f);
	mpf_classify(v->p, &f, &verdict);
	for (i = 0; i < v->p->n_attachments; i++) {
		const struct pol_attachment *at = v->p->attachments[i];

		if (a->where == WHERE_GLOBAL && at->iface >= 0)
			continue;
		if (a->where == WHERE_INTERFACE && at->iface != f.ingress)
			continue;
		/* The flow neither enters nor leaves there. */
		if (at->iface >= 0 && at->iface != f.ingress &&
		    at->iface != f.egress)
			continue;
		show_attachment(v, at, &f, &verdict);
	}
}

/* SPDX-License-Identifier: ISC
 *
 * Interfaces, routes and names: small tables.
 */
#include <stdio.h>
#include <string.h>

#include "session.h"

/* Interfaces: named or not, as configured. */
static void
show_ip_brief(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf *c = s->device->conf;
	char ip[IP_TEXT_SIZE];
	size_t i;

	out_puts(&s->out,
	    "Interface                  IP-Address      OK? Method Status"
	    "                Protocol\n");
	for (i = 0; i < c->ifaces.n; i++) {
		const struct iface *f = c->ifaces.v[i];
		bool has_ip = f->ip.af == AF_INET;

		out_printf(&s->out, "%-26s %-15s YES %-6s %-21s %-4s\n", f->hw,
		    has_ip ? ip_format(&f->ip, ip) : "unassigned",
		    has_ip        ? "CONFIG"
			: f->dhcp ? "DHCP"
				  : "unset",
		    f->shutdown ? "administratively down" : "up",
		    f->shutdown ? "down" : "up");
	}
}

static void
show_nameif(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf *c = s->device->conf;
	size_t i;

	out_puts(&s->out,
	    "Interface                Name                     Security\n");
	for (i = 0; i < c->ifaces.n; i++) {
		const struct iface *f = c->ifaces.v[i];

		if (f->nameif != NULL)
			out_printf(&s->out, "%-24s %-24s %3d\n", f->hw,
			    f->nameif, MAX(f->security_level, 0));
	}
}

static void
ip_table(struct session *s, const char *title)
{
	const struct conf *c = s->device->conf;
	char ip[IP_TEXT_SIZE], mask[IP_TEXT_SIZE];
	size_t i;

	out_printf(&s->out,
	    "%s IP Addresses:\n"
	    "Interface                Name                   IP address      "
	    "Subnet mask     Method \n",
	    title);
	for (i = 0; i < c->ifaces.n; i++) {
		const struct iface *f = c->ifaces.v[i];

		if (f->nameif == NULL || f->ip.af != AF_INET)
			continue;
		out_printf(&s->out, "%-24s %-22s %-15s %-15s %s\n", f->hw,
		    f->nameif, ip_format(&f->ip, ip), ip_format(&f->mask, mask),
		    "CONFIG");
	}
}

static void
show_ip_address(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	ip_table(session, "System");
	ip_table(session, "Current");
}

/* ---- routes ---- */

static const char codes_new[] =
    "\n"
    "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - "
    "BGP\n"
    "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area \n"
    "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2\n"
    "       E1 - OSPF external type 1, E2 - OSPF external type 2, V - VPN\n"
    "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS "
    "level-2\n"
    "       ia - IS-IS inter area, * - candidate default, U - per-user static "
    "route\n"
    "       o - ODR, P - periodic downloaded static route, + - replicated "
    "route\n";
static const char codes_old[] =
    "\n"
    "Codes: C - connected, S - static, I - IGRP, R - RIP, M - mobile, B - "
    "BGP\n"
    "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area \n"
    "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2\n"
    "       E1 - OSPF external type 1, E2 - OSPF external type 2, E - EGP\n"
    "       i - IS-IS, L1 - IS-IS level-1, L2 - IS-IS level-2, ia - IS-IS "
    "inter area\n"
    "       * - candidate default, U - per-user static route, o - ODR\n"
    "       P - periodic downloaded static route\n\n";

struct route_view {
	struct session *s;
	unsigned pad; /* width of the code field */
	bool local;   /* L routes are shown */
};

static bool
is_default(const struct route *r)
{
	return r->dest.af == AF_INET && ip4_to_u32(&r->dest) == 0 &&
	    ip4_to_u32(&r->mask) == 0;
}

static const char *
show_address(const struct session *s, const struct ip_addr *a, char *buf)
{
	struct tokenv env = conf_tokenv(s->device->conf);
	const char *name = env.ip_to_name(env.arg, a);

	return name != NULL ? name : ip_format(a, buf);
}

static void
show_static_route(const struct route_view *v, const struct route *r)
{
	char dest[IP_TEXT_SIZE], mask[IP_TEXT_SIZE], gw[IP_TEXT_SIZE];

	if (r->dest.af != AF_INET)
		return;
	out_printf(&v->s->out, "%-*s%s %s [%u/0] via %s, %s%s\n", (int)v->pad,
	    is_default(r) ? "S*" : "S", show_address(v->s, &r->dest, dest),
	    ip_format(&r->mask, mask), r->metric,
	    show_address(v->s, &r->gateway, gw), r->ifname,
	    r->tunneled ? " tunneled" : "");
}

static void
show_connected(const struct route_view *v, const struct iface *f)
{
	struct ip_addr net;
	unsigned length = 32;
	char a[IP_TEXT_SIZE], mask[IP_TEXT_SIZE];

	if (f->nameif == NULL || f->ip.af != AF_INET || f->shutdown)
		return;
	ip_mask_to_prefix(&f->mask, &length);
	net = ip_apply_mask(&f->ip, length);
	out_printf(&v->s->out, "%-*s%s %s is directly connected, %s\n",
	    (int)v->pad, "C", show_address(v->s, &net, a),
	    ip_format(&f->mask, mask), f->nameif);
	if (v->local)
		out_printf(&v->s->out,
		    "%-*s%s 255.255.255.255 is directly connected, %s\n",
		    (int)v->pad, "L", ip_format(&f->ip, a), f->nameif);
}

static void
show_route(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf *c = s->device->conf;
	bool nine = conf_profile(c) == PROFILE_ASA_9_X;
	struct route_view v = { s, nine ? 9 : 5, nine };
	const struct route *gateway = NULL;
	char a[IP_TEXT_SIZE];
	size_t i;

	for (i = 0; i < c->routes.n && gateway == NULL; i++) {
		if (is_default(&c->routes.v[i]) && !c->routes.v[i].tunneled)
			gateway = &c->routes.v[i];
	}
	out_puts(&s->out, nine ? codes_new : codes_old);
	if (gateway != NULL)
		out_printf(&s->out,
		    "Gateway of last resort is %s to network 0.0.0.0\n\n",
		    ip_format(&gateway->gateway, a));
	else
		out_puts(&s->out, "Gateway of last resort is not set\n\n");
	for (i = 0; i < c->routes.n; i++) {
		if (is_default(&c->routes.v[i]))
			show_static_route(&v, &c->routes.v[i]);
	}
	for (i = 0; i < c->ifaces.n; i++)
		show_connected(&v, c->ifaces.v[i]);
	for (i = 0; i < c->routes.n; i++) {
		if (!is_default(&c->routes.v[i]))
			show_static_route(&v, &c->routes.v[i]);
	}
}

static void
show_names(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf *c = s->device->conf;
	char a[IP_TEXT_SIZE];
	size_t i;

	for (i = 0; i < c->names.n; i++) {
		const struct name_entry *n = &c->names.v[i];

		out_printf(&s->out, "name %s %s%s%s\n", ip_format(&n->addr, a),
		    n->name, n->description != NULL ? " description " : "",
		    n->description != NULL ? n->description : "");
	}
}

/* clang-format off */
#define SHOW_HELP "Show running system information\n"
static const struct row rows[] = {
	{ &mode_exec, "show interface ip brief",
	  SHOW_HELP
	  "Interfaces\n"
	  "Addresses of interfaces\n"
	  "One line for each\n",
	  .exec = show_ip_brief, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show nameif",
	  SHOW_HELP
	  "Names and security levels of interfaces\n",
	  .exec = show_nameif, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show ip address",
	  SHOW_HELP
	  "Addresses of interfaces\n"
	  "Addresses of interfaces\n",
	  .exec = show_ip_address, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show route",
	  SHOW_HELP
	  "Routing table\n",
	  .exec = show_route, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show names",
	  SHOW_HELP
	  "Names of addresses\n",
	  .exec = show_names, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_iface = { rows, ARRAY_LEN(rows) };

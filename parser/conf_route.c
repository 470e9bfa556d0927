/* SPDX-License-Identifier: ISC
 *
 * Static routes.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

struct route_args {
	char *ifname;
	struct ip_addr dest, mask, gateway;
	struct ip_prefix prefix; /* IPv6 */
	uint32_t metric, track;
	bool has_metric, has_track, tunneled;
};

BIND(bind_route, struct route_args, FIELD(struct route_args, F_STR, ifname),
    FIELD(struct route_args, F_IP, dest), FIELD(struct route_args, F_IP, mask),
    FIELD(struct route_args, F_IP, gateway),
    FIELD(struct route_args, F_PREFIX, prefix),
    FIELD(struct route_args, F_U32, metric),
    FIELD(struct route_args, F_U32, track),
    FIELD(struct route_args, F_BOOL, has_metric),
    FIELD(struct route_args, F_BOOL, has_track),
    FIELD(struct route_args, F_BOOL, tunneled));

static char *
route_key(const struct route *r)
{
	char dest[IP_TEXT_SIZE], mask[IP_TEXT_SIZE], gw[IP_TEXT_SIZE];

	return xasprintf("%s %s %s/%u %s", r->ifname, ip_format(&r->dest, dest),
	    ip_format(&r->mask, mask), r->prefix_length,
	    ip_format(&r->gateway, gw));
}

void
route_remove(struct conf *c, size_t i)
{
	char *key = route_key(&c->routes.v[i]);

	strmap_del(&c->index->routes, key);
	free(key);
	free(c->routes.v[i].ifname);
	VEC_REMOVE(&c->routes, i);
}

void
routes_clear(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->routes.n; i++)
		free(c->routes.v[i].ifname);
	VEC_FREE(&c->routes);
	strmap_clear(&c->index->routes, NULL);
}

void
routes_rename(struct conf *c, const char *old, const char *new)
{
	size_t i;

	for (i = 0; i < c->routes.n; i++) {
		struct route *r = &c->routes.v[i];
		char *key;

		if (strcmp(r->ifname, old) != 0)
			continue;
		key = route_key(r);
		strmap_del(&c->index->routes, key);
		free(key);
		str_set(&r->ifname, new);
		key = route_key(r);
		strmap_set(&c->index->routes, key, c);
		free(key);
	}
}

static int
check_route(
    struct conf *c, struct confctx *ctx, const struct route *r, struct cerr *e)
{
	char a[IP_TEXT_SIZE], m[IP_TEXT_SIZE];

	if (need_nameif(c, ctx, r->ifname, e) != 0)
		return -1;
	if (r->dest.af == AF_INET &&
	    (ip4_to_u32(&r->dest) & ~ip4_to_u32(&r->mask)) != 0)
		return refuse(e, "IP address,mask <%s,%s> doesn't pair",
		    ip_format(&r->dest, a), ip_format(&r->mask, m));
	return 0;
}

static long
route_find(const struct conf *c, const struct route *r)
{
	size_t i;
	char *key = route_key(r);
	bool there = strmap_get(&c->index->routes, key) != NULL;

	free(key);
	for (i = 0; there && i < c->routes.n; i++) {
		const struct route *o = &c->routes.v[i];

		if (strcmp(o->ifname, r->ifname) == 0 &&
		    ip_eq(&o->dest, &r->dest) && ip_eq(&o->mask, &r->mask) &&
		    o->prefix_length == r->prefix_length &&
		    ip_eq(&o->gateway, &r->gateway))
			return (long)i;
	}
	return -1;
}

static int
route_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct route_args *a = args;
	struct route r = { .ifname = a->ifname,
		.dest = a->dest,
		.mask = a->mask,
		.gateway = a->gateway,
		.has_metric = a->has_metric,
		.metric = a->has_metric ? a->metric : 1,
		.tunneled = a->tunneled,
		.track = a->track,
		.has_track = a->has_track };
	unsigned length;
	char *key;
	long at;

	if (a->prefix.addr.af != 0) {
		r.dest = ip_apply_mask(&a->prefix.addr, a->prefix.length);
		r.prefix_length = a->prefix.length;
	} else if (ip_mask_to_prefix(&a->mask, &length))
		r.prefix_length = length;
	if (!no && check_route(c, ctx, &r, e) != 0)
		return -1;
	at = route_find(c, &r);
	if (no) {
		if (at < 0)
			return refuse(e, "%%No matching route to delete");
		route_remove(c, (size_t)at);
		changed(c);
		return 0;
	}
	changed(c);
	if (at >= 0) {
		r.ifname = c->routes.v[at].ifname;
		c->routes.v[at] = r;
		return 0;
	}
	key = route_key(&r);
	strmap_set(&c->index->routes, key, c);
	free(key);
	*VEC_PUSH(&c->routes) = r;
	a->ifname = NULL;
	return 0;
}

/* clang-format off */
enum { ROW_ROUTE, ROW_ROUTE6 };

static const struct row rows[] = {
	[ROW_ROUTE] = { &mode_config,
	  "route IFNAME:ifname IP:dest NETMASK:mask IP:gateway "
	  "[INT<1-255>:metric]:has_metric [track INT<1-500>:track]:has_track "
	  "[tunneled]:tunneled",
	  "Configure a static route for an interface\n"
	  "Interface name\n"
	  "The foreign network for this route, 0 means default\n"
	  "The mask of this route\n"
	  "The address of the gateway by which it is reached\n"
	  "Distance metric for this route, default is 1\n"
	  "Install route depending on tracked item\n"
	  "Tracked object number\n"
	  "Default gateway for tunneled traffic\n",
	  &bind_route, .apply = route_apply },
	[ROW_ROUTE6] = { &mode_config,
	  "ipv6 route IFNAME:ifname PREFIX6:prefix IP6:gateway "
	  "[INT<1-254>:metric]:has_metric [tunneled]:tunneled",
	  "Global IPv6 configuration commands\n"
	  "Configure a static route\n"
	  "Interface name\n"
	  "Destination prefix\n"
	  "Gateway\n"
	  "Administrative distance\n"
	  "Default gateway for tunneled traffic\n",
	  &bind_route, .apply = route_apply },
};
/* clang-format on */
const struct row_set route_rows = { rows, ARRAY_LEN(rows) };

void
emit_routes(const struct conf *c, struct emitter *em)
{
	size_t i;

	for (i = 0; i < c->routes.n; i++) {
		const struct route *r = &c->routes.v[i];
		struct route_args a = { .ifname = r->ifname,
			.dest = r->dest,
			.mask = r->mask,
			.gateway = r->gateway,
			.metric = r->metric,
			.has_metric = true,
			.track = r->track,
			.has_track = r->has_track,
			.tunneled = r->tunneled };
		bool v6 = r->dest.af == AF_INET6;

		a.prefix.addr = r->dest;
		a.prefix.length = (uint8_t)r->prefix_length;
		emit_row(em, 0, &rows[v6 ? ROW_ROUTE6 : ROW_ROUTE], &a);
	}
}

/* SPDX-License-Identifier: ISC
 *
 * Interfaces: the sub-mode of 7.0 and later, and the global lines of PIX 6,
 * which fill the same model.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "conf_int.h"
#include "hwname.h"

enum { NAMEIF_MAX = 48, DESCRIPTION_MAX = 240 };

const struct mode mode_if = { "interface", "config-if", &mode_config, NULL };
const struct mode mode_subif = { "interface", "config-subif", &mode_config,
	&mode_if };

/* ---- the model ---- */

static struct iface *
iface_new(struct conf *c, const char *hw)
{
	struct iface *i = xcalloc(1, sizeof(*i));

	i->hw = xstrdup(hw);
	i->security_level = -1;
	i->subinterface = hw_is_subinterface(hw);
	*VEC_PUSH(&c->ifaces) = i;
	strmap_set(&c->index->hw, hw, i);
	changed(c);
	return i;
}

void
iface_free(struct conf *c, size_t at)
{
	struct iface *i = c->ifaces.v[at];

	strmap_del(&c->index->hw, i->hw);
	if (i->nameif != NULL)
		strmap_del(&c->index->nameifs, i->nameif);
	VEC_REMOVE(&c->ifaces, at);
	VEC_FREE(&i->ip6);
	lines_free(LINES(&i->kept));
	free(i->description);
	free(i->nameif);
	free(i->hw);
	free(i);
}

/* Lines that name an interface go when its name goes. */
void
iface_references_drop(struct conf *c, const char *nameif)
{
	size_t i;

	for (i = c->access_groups.n; i-- > 0;) {
		if (str_eq(c->access_groups.v[i].ifname, nameif)) {
			access_group_free(&c->access_groups.v[i]);
			VEC_REMOVE(&c->access_groups, i);
		}
	}
	for (i = c->service_policies.n; i-- > 0;) {
		if (str_eq(c->service_policies.v[i].ifname, nameif)) {
			service_policy_free(&c->service_policies.v[i]);
			VEC_REMOVE(&c->service_policies, i);
		}
	}
	for (i = c->statics.n; i-- > 0;) {
		if (str_eq(c->statics.v[i].ifs.real, nameif) ||
		    str_eq(c->statics.v[i].ifs.mapped, nameif))
			static_remove(c, i);
	}
	logging_iface_drop(c, nameif);
	for (i = c->routes.n; i-- > 0;) {
		if (strcmp(c->routes.v[i].ifname, nameif) == 0)
			route_remove(c, i);
	}
}

static void
rename_in(char **field, const char *old, const char *new)
{
	if (*field != NULL && strcmp(*field, old) == 0)
		str_set(field, new);
}

static void
references_rename(struct conf *c, const char *old, const char *new)
{
	size_t i;

	for (i = 0; i < c->access_groups.n; i++)
		rename_in(&c->access_groups.v[i].ifname, old, new);
	for (i = 0; i < c->service_policies.n; i++)
		rename_in(&c->service_policies.v[i].ifname, old, new);
	statics_rename(c, old, new);
	routes_rename(c, old, new);
	logging_iface_rename(c, old, new);
}

static void
drop_nameif(struct conf *c, struct iface *i)
{
	if (i->nameif == NULL)
		return;
	strmap_del(&c->index->nameifs, i->nameif);
	iface_references_drop(c, i->nameif);
	str_set(&i->nameif, NULL);
	removed(c);
}

static int
set_nameif(struct conf *c, struct iface *i, const char *name, struct cerr *e)
{
	const struct iface *other = conf_iface_by_nameif(c, name);

	if (other == i)
		return 0;
	if (other != NULL)
		return refuse(e,
		    "interface name \"%s\" is already in use by "
		    "%s",
		    name, other->hw);
	if (i->nameif != NULL) {
		strmap_del(&c->index->nameifs, i->nameif);
		references_rename(c, i->nameif, name);
	}
	str_set(&i->nameif, name);
	strmap_set(&c->index->nameifs, i->nameif, i);
	changed(c);
	return 0;
}

/* ---- interface ---- */

struct iface_args {
	char *hw, *type, *number;
	uint8_t speed; /* PIX 6 */
	bool shutdown;
};

BIND(bind_iface, struct iface_args, FIELD(struct iface_args, F_STR, hw),
    FIELD(struct iface_args, F_STR, type),
    FIELD(struct iface_args, F_STR, number),
    FIELD(struct iface_args, F_BRANCH, speed),
    FIELD(struct iface_args, F_BOOL, shutdown));

/* "gi 0/0" came as two words. */
static bool
join_hw(const struct iface_args *a, char hw[HWNAME_SIZE])
{
	char *joined;
	bool ok;

	if (a->hw != NULL)
		return hw_canonical(a->hw, hw);
	joined = xasprintf("%s%s", a->type, a->number);
	ok = hw_canonical(joined, hw);
	free(joined);
	return ok;
}

static int
interface_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	char hw[HWNAME_SIZE];
	struct iface *i;
	size_t at;

	if (!join_hw(args, hw))
		return refuse_at(e, 1);
	i = conf_iface_by_hw(c, hw);
	if (no) {
		if (i == NULL)
			return refuse_at(e, 2);
		drop_nameif(c, i);
		for (at = 0; c->ifaces.v[at] != i; at++)
			;
		iface_free(c, at);
		removed(c);
		return 0;
	}
	if (i == NULL)
		i = iface_new(c, hw);
	confctx_enter_mode(ctx, i->subinterface ? &mode_subif : &mode_if, i);
	return 0;
}

/* PIX 6: what the word after the interface means in words of 7.0. */
static const struct {
	const char *speed, *duplex;
} pix_speed[] = {
	{ NULL, NULL },                  /* auto */
	{ "speed 10", "duplex half" },   /* 10baset */
	{ "speed 10", "duplex full" },   /* 10full */
	{ "speed 100", "duplex half" },  /* 100basetx */
	{ "speed 100", "duplex full" },  /* 100full */
	{ NULL, NULL },                  /* 1000auto */
	{ "speed 1000", NULL },          /* 1000sxfull */
	{ "speed 1000", NULL },          /* 1000basesx */
	{ "speed 1000", "duplex full" }, /* 1000full */
	{ NULL, NULL },                  /* aui */
	{ NULL, NULL },                  /* bnc */
};

static int
pix_interface_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct iface_args *a = args;
	char hw[HWNAME_SIZE];
	struct iface *i;
	size_t k = a->speed - 1u;

	if (!join_hw(a, hw))
		return refuse_at(e, 1);
	i = conf_iface_by_hw(c, hw);
	if (i == NULL)
		i = iface_new(c, hw);
	if (k < ARRAY_LEN(pix_speed) && pix_speed[k].speed != NULL)
		lines_add(LINES(&i->kept), pix_speed[k].speed);
	if (k < ARRAY_LEN(pix_speed) && pix_speed[k].duplex != NULL)
		lines_add(LINES(&i->kept), pix_speed[k].duplex);
	i->shutdown = a->shutdown;
	changed(c);
	return 0;
}

/* ---- nameif, security-level, ip address ---- */

struct nameif_args {
	char *hw, *name;
	uint32_t level;
};

BIND(bind_nameif, struct nameif_args, FIELD(struct nameif_args, F_STR, hw),
    FIELD(struct nameif_args, F_STR, name),
    FIELD(struct nameif_args, F_U32, level));

static int
nameif_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct nameif_args *a = args;
	struct iface *i = confctx_obj(ctx);

	if (no) {
		drop_nameif(c, i);
		i->security_level = -1;
		return 0;
	}
	if (set_nameif(c, i, a->name, e) != 0)
		return -1;
	if (i->security_level < 0) {
		i->security_level = strcasecmp(a->name, "inside") ? 0 : 100;
		/* In a file the level follows, or the default is meant. */
		if (!ctx->reading_file)
			confctx_say(ctx, CERR_INFO,
			    "Security level for \"%s\" set to %d by default.",
			    a->name, i->security_level);
	}
	return 0;
}

static int
pix_nameif_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct nameif_args *a = args;
	struct iface *i = conf_iface_by_hw(c, a->hw);
	bool new = i == NULL;

	if (new)
		i = iface_new(c, a->hw);
	if (set_nameif(c, i, a->name, e) != 0) {
		if (new)
			iface_free(c, c->ifaces.n - 1);
		return -1;
	}
	i->security_level = (int)a->level;
	changed(c);
	return 0;
}

static int
level_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e UNUSED)
{
	struct iface *i = confctx_obj(ctx);
	const struct nameif_args *a = args;

	i->security_level = no ? -1 : (int)a->level;
	/* A named interface always has a level. */
	if (no && i->nameif != NULL)
		i->security_level = 0;
	changed(c);
	return 0;
}

struct ip_args {
	char *ifname;
	struct ip_addr ip, mask, standby;
	bool setroute;
	uint32_t retry;
	bool has_retry;
};

BIND(bind_ip, struct ip_args, FIELD(struct ip_args, F_STR, ifname),
    FIELD(struct ip_args, F_IP, ip), FIELD(struct ip_args, F_IP, mask),
    FIELD(struct ip_args, F_IP, standby),
    FIELD(struct ip_args, F_BOOL, setroute),
    FIELD(struct ip_args, F_U32, retry),
    FIELD(struct ip_args, F_BOOL, has_retry));

static void
clear_ip(struct iface *i)
{
	memset(&i->ip, 0, sizeof(i->ip));
	memset(&i->mask, 0, sizeof(i->mask));
	memset(&i->standby, 0, sizeof(i->standby));
	i->dhcp = i->dhcp_setroute = false;
	i->dhcp_retry = 0;
}

static int
check_ip(const struct ip_args *a, struct cerr *e)
{
	uint32_t ip = ip4_to_u32(&a->ip), mask = ip4_to_u32(&a->mask);
	char text[IP_TEXT_SIZE], mtext[IP_TEXT_SIZE];

	ip_format(&a->ip, text);
	ip_format(&a->mask, mtext);
	if (mask == 0 || ip >> 28 >= 0xe)
		return refuse(
		    e, "Invalid IP address or mask %s %s", text, mtext);
	/* /31 and /32 have no network or broadcast address. */
	if (mask < 0xfffffffe && (ip & ~mask) == 0 && ip != 0)
		return refuse(e, "%s %s is the network address, not a host's",
		    text, mtext);
	if (mask < 0xfffffffe && (ip & ~mask) == ~mask)
		return refuse(e, "%s %s is the broadcast address", text, mtext);
	if (a->standby.af != 0 && ((ip4_to_u32(&a->standby) ^ ip) & mask) != 0)
		return refuse(e,
		    "the standby address is not in the same "
		    "network");
	return 0;
}

/* The interface that an `ip address` line means. */
static struct iface *
ip_target(struct conf *c, struct confctx *ctx, const struct ip_args *a,
    struct cerr *e)
{
	struct iface *i;

	if (a->ifname == NULL)
		return confctx_obj(ctx);
	i = conf_iface_by_nameif(c, a->ifname);
	if (i == NULL)
		refuse_at(e, word_index(ctx, a->ifname));
	return i;
}

static int
ip_address_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	const struct ip_args *a = args;
	struct iface *i = ip_target(c, ctx, a, e);

	if (i == NULL || (!no && check_ip(a, e) != 0))
		return -1;
	clear_ip(i);
	if (!no) {
		i->ip = a->ip;
		i->mask = a->mask;
		i->standby = a->standby;
	}
	changed(c);
	return 0;
}

static int
ip_dhcp_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	const struct ip_args *a = args;
	struct iface *i = ip_target(c, ctx, a, e);

	if (i == NULL)
		return -1;
	clear_ip(i);
	i->dhcp = !no;
	i->dhcp_setroute = !no && a->setroute;
	i->dhcp_retry = !no && a->has_retry ? a->retry : 0;
	changed(c);
	return 0;
}

struct ip6_args {
	struct ip_prefix prefix;
};

BIND(bind_ip6, struct ip6_args, FIELD(struct ip6_args, F_PREFIX, prefix));

static int
ip6_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	const struct ip6_args *a = args;
	struct iface *i = confctx_obj(ctx);
	size_t k;

	for (k = 0; k < i->ip6.n; k++) {
		if (ip_eq(&i->ip6.v[k].addr, &a->prefix.addr) &&
		    i->ip6.v[k].length == a->prefix.length)
			break;
	}
	if (no) {
		if (k == i->ip6.n)
			return refuse(e, "the address is not configured");
		VEC_REMOVE(&i->ip6, k);
	} else if (k == i->ip6.n)
		*VEC_PUSH(&i->ip6) = a->prefix;
	changed(c);
	return 0;
}

/* ---- the rest of the sub-mode ---- */

struct text_args {
	char *text;
	uint32_t n;
};

BIND(bind_text, struct text_args, FIELD(struct text_args, F_STR, text),
    FIELD(struct text_args, F_U32, n));

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct iface *i = confctx_obj(ctx);
	struct text_args *a = args;

	if (!no && strlen(a->text) > DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    DESCRIPTION_MAX);
	str_set(&i->description, no ? NULL : a->text);
	changed(c);
	return 0;
}

static int
shutdown_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no,
    struct cerr *e UNUSED)
{
	struct iface *i = confctx_obj(ctx);

	i->shutdown = !no;
	changed(c);
	return 0;
}

static int
management_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no,
    struct cerr *e UNUSED)
{
	struct iface *i = confctx_obj(ctx);

	i->management_only = !no;
	changed(c);
	return 0;
}

static int
vlan_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct iface *i = confctx_obj(ctx), *o;
	const struct text_args *a = args;
	size_t k, length = strcspn(i->hw, ".");

	for (k = 0; !no && k < c->ifaces.n; k++) {
		o = c->ifaces.v[k];
		if (o != i && o->vlan == a->n &&
		    strncmp(o->hw, i->hw, length + 1) == 0)
			return refuse(
			    e, "VLAN %u is already in use by %s", a->n, o->hw);
	}
	i->vlan = no ? 0 : a->n;
	changed(c);
	return 0;
}

/* ---- rows ---- */

/* clang-format off */
#define HW_HELP \
	"Hardware interface, for example GigabitEthernet0/0\n" \
	"Hardware interface type\n" \
	"Its number\n"
enum { R_INTERFACE, R_PIX_INTERFACE, R_PIX_NAMEIF, R_PIX_IP, R_PIX_DHCP,
	R_PIX_NO_IP, R_NAMEIF, R_LEVEL, R_IP, R_DHCP, R_IP6, R_DESCRIPTION,
	R_SHUTDOWN, R_MANAGEMENT, R_VLAN };

static const struct row rows[] = {
	[R_INTERFACE] = { &mode_config,
	  "interface < HWIF:hw | HWTYPE:type HWNUM:number >",
	  "Select an interface to configure\n" HW_HELP,
	  &bind_iface, .apply = interface_apply, .enters = &mode_if },
	[R_PIX_INTERFACE] = { &mode_config,
	  "interface < HWIF:hw | HWTYPE:type HWNUM:number > "
	  "<auto|10baset|10full|100basetx|100full|1000auto|1000sxfull|"
	  "1000basesx|1000full|aui|bnc>:speed [shutdown]:shutdown",
	  "Select an interface to configure\n" HW_HELP
	  "PIX 6: negotiate speed and duplex\n"
	  "PIX 6: 10 Mbit/s, half duplex\n"
	  "PIX 6: 10 Mbit/s, full duplex\n"
	  "PIX 6: 100 Mbit/s, half duplex\n"
	  "PIX 6: 100 Mbit/s, full duplex\n"
	  "PIX 6: 1000 Mbit/s, negotiated\n"
	  "PIX 6: 1000 Mbit/s, full duplex\n"
	  "PIX 6: 1000 Mbit/s\n"
	  "PIX 6: 1000 Mbit/s, full duplex\n"
	  "PIX 6: attachment unit interface\n"
	  "PIX 6: coaxial cable\n"
	  "PIX 6: disable the interface\n",
	  &bind_iface, .apply = pix_interface_apply, .flags = ROW_NO_NO },
	[R_PIX_NAMEIF] = { &mode_config,
	  "nameif HWIF:hw IFNAME:name SECURITY:level",
	  "PIX 6: assign a name to an interface\n"
	  "Hardware interface\n"
	  "Interface name\n"
	  "Security level\n",
	  &bind_nameif, .apply = pix_nameif_apply, .flags = ROW_NO_NO },
	[R_PIX_IP] = { &mode_config,
	  "ip address IFNAME:ifname IP:ip NETMASK:mask",
	  "Configure IP address pools and interface addresses\n"
	  "PIX 6: set the address of an interface\n"
	  "Interface name\n"
	  "Interface address\n"
	  "Network mask\n",
	  &bind_ip, .apply = ip_address_apply },
	[R_PIX_DHCP] = { &mode_config,
	  "ip address IFNAME:ifname dhcp [setroute]:setroute "
	  "[retry INT<1-16>:retry]:has_retry",
	  "Configure IP address pools and interface addresses\n"
	  "PIX 6: set the address of an interface\n"
	  "Interface name\n"
	  "Get the address from a DHCP server\n"
	  "Take the default route from it\n"
	  "Number of attempts\n"
	  "Attempts\n",
	  &bind_ip, .apply = ip_dhcp_apply },
	[R_PIX_NO_IP] = { &mode_config, "ip address IFNAME:ifname",
	  "Configure IP address pools and interface addresses\n"
	  "PIX 6: set the address of an interface\n"
	  "Interface name\n",
	  &bind_ip, .apply = ip_address_apply, .flags = ROW_ONLY_NO },
	[R_NAMEIF] = { &mode_if, "nameif IFNAME:name",
	  "Assign name to interface\n"
	  "Interface name\n",
	  &bind_nameif, .apply = nameif_apply,
	  .no_syntax = "nameif [IFNAME:name]" },
	[R_LEVEL] = { &mode_if, "security-level INT<0-100>:level",
	  "Specify the security level of this interface after this keyword\n"
	  "Security level for the interface\n",
	  &bind_nameif, .apply = level_apply,
	  .no_syntax = "security-level [INT<0-100>]" },
	[R_IP] = { &mode_if,
	  "ip address IP:ip NETMASK:mask [standby IP:standby] ~",
	  "Configure the IP protocol\n"
	  "Configure the IP address\n"
	  "IP address\n"
	  "Network mask\n"
	  "Configure the IP address of the standby device\n"
	  "IP address\n",
	  &bind_ip, .apply = ip_address_apply,
	  .no_syntax = "ip address [IP:ip NETMASK:mask [standby IP:standby]]" },
	[R_DHCP] = { &mode_if,
	  "ip address dhcp [setroute]:setroute "
	  "[retry INT<1-16>:retry]:has_retry ~",
	  "Configure the IP protocol\n"
	  "Configure the IP address\n"
	  "Get the address from a DHCP server\n"
	  "Take the default route from it\n"
	  "Number of attempts\n"
	  "Attempts\n",
	  &bind_ip, .apply = ip_dhcp_apply },
	[R_IP6] = { &mode_if, "ipv6 address PREFIX6:prefix",
	  "Configure the IPv6 protocol\n"
	  "Configure an IPv6 address\n"
	  "IPv6 address and prefix length\n",
	  &bind_ip6, .apply = ip6_apply },
	[R_DESCRIPTION] = { &mode_if, "description LINE:text",
	  "Interface specific description\n"
	  "Up to 240 characters describing this interface\n",
	  &bind_text, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
	[R_SHUTDOWN] = { &mode_if, "shutdown",
	  "Shutdown the selected interface\n", .apply = shutdown_apply },
	[R_MANAGEMENT] = { &mode_if, "management-only",
	  "Dedicate the interface to management traffic\n",
	  .apply = management_apply },
	[R_VLAN] = { &mode_subif, "vlan INT<1-4094>:n",
	  "Configure VLAN identifier\n"
	  "VLAN identifier\n",
	  &bind_text, .apply = vlan_apply, .no_syntax = "vlan [INT<1-4094>]" },
};
/* clang-format on */
const struct row_set iface_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

/* A 5505: its Ethernet ports are switch ports, addresses are on Vlan N. */
static bool
has_switch(const struct conf *c)
{
	size_t i;

	for (i = 0; i < c->ifaces.n; i++) {
		if (strncmp(c->ifaces.v[i]->hw, "Vlan", 4) == 0)
			return true;
	}
	return false;
}

static void
emit_address(struct emitter *em, const struct iface *i)
{
	struct ip_args a = { .ip = i->ip,
		.mask = i->mask,
		.standby = i->standby,
		.setroute = i->dhcp_setroute,
		.retry = i->dhcp_retry,
		.has_retry = i->dhcp_retry != 0 };
	size_t k;

	if (i->dhcp)
		emit_row(em, 1, &rows[R_DHCP], &a);
	else if (i->ip.af != 0)
		emit_row(em, 1, &rows[R_IP], &a);
	else {
		/* pppoe is among the kept lines. */
		for (k = 0; k < i->kept.n; k++) {
			if (strncmp(i->kept.v[k], "ip address ", 11) == 0)
				return;
		}
		emit_line(em, " no ip address");
	}
}

static void
emit_iface(struct emitter *em, const struct iface *i, bool port)
{
	struct iface_args head = { .hw = i->hw };
	struct nameif_args name = { .name = i->nameif,
		.level = (uint32_t)i->security_level };
	struct text_args text = { .text = i->description, .n = i->vlan };
	size_t k;

	emit_row(em, 0, &rows[R_INTERFACE], &head);
	if (i->description != NULL)
		emit_row(em, 1, &rows[R_DESCRIPTION], &text);
	emit_iface_kept(em, i, true);
	if (i->management_only)
		emit_line(em, " management-only");
	if (i->shutdown)
		emit_line(em, " shutdown");
	if (i->vlan != 0)
		emit_row(em, 1, &rows[R_VLAN], &text);
	if (!port) {
		if (i->nameif != NULL)
			emit_row(em, 1, &rows[R_NAMEIF], &name);
		else
			emit_line(em, " no nameif");
		if (i->security_level >= 0)
			emit_row(em, 1, &rows[R_LEVEL], &name);
		else
			emit_line(em, " no security-level");
		emit_address(em, i);
	}
	for (k = 0; k < i->ip6.n; k++) {
		struct ip6_args a = { i->ip6.v[k] };

		emit_row(em, 1, &rows[R_IP6], &a);
	}
	emit_iface_kept(em, i, false);
}

void
emit_ifaces(const struct conf *c, struct emitter *em, const char *only)
{
	bool sw = has_switch(c);
	size_t k;

	for (k = 0; k < c->ifaces.n; k++) {
		const struct iface *i = c->ifaces.v[k];
		bool port = sw && i->nameif == NULL && i->ip.af == 0 &&
		    i->security_level < 0 && strncmp(i->hw, "Vlan", 4) != 0;

		if (only != NULL && strcmp(only, i->hw) != 0)
			continue;
		emit_line(em, "!");
		emit_iface(em, i, port);
	}
}

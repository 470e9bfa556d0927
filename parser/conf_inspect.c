/* SPDX-License-Identifier: ISC
 *
 * `inspect` and its protocols.
 *
 * Default ports: ASA configuration guides, "Supported Application Inspection
 * Engines".
 */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

/* clang-format off */
const struct inspection_port inspection_ports[] = {
	{ "ctiqbe", IPPROTO_TCP, 2748, 2748, false },
	{ "dns", IPPROTO_UDP, 53, 53, false },
	{ "esmtp", IPPROTO_TCP, 25, 25, false },
	{ "ftp", IPPROTO_TCP, 21, 21, false },
	{ "gtp", IPPROTO_UDP, 2123, 2123, false },
	{ "gtp", IPPROTO_UDP, 3386, 3386, false },
	{ "h323 h225", IPPROTO_TCP, 1720, 1720, false },
	{ "h323 ras", IPPROTO_UDP, 1718, 1719, false },
	{ "http", IPPROTO_TCP, 80, 80, false },
	{ "icmp", IPPROTO_ICMP, 0, 65535, false },
	{ "icmp error", IPPROTO_ICMP, 0, 65535, false },
	{ "ils", IPPROTO_TCP, 389, 389, false },
	{ "mgcp", IPPROTO_UDP, 2427, 2427, false },
	{ "mgcp", IPPROTO_UDP, 2727, 2727, false },
	{ "netbios", IPPROTO_UDP, 137, 138, true },
	{ "radius-accounting", IPPROTO_UDP, 1646, 1646, false },
	{ "rsh", IPPROTO_TCP, 514, 514, false },
	{ "rtsp", IPPROTO_TCP, 554, 554, false },
	{ "sip", IPPROTO_TCP, 5060, 5060, false },
	{ "sip", IPPROTO_UDP, 5060, 5060, false },
	{ "skinny", IPPROTO_TCP, 2000, 2000, false },
	{ "sqlnet", IPPROTO_TCP, 1521, 1521, false },
	{ "sunrpc", IPPROTO_UDP, 111, 111, false },
	{ "tftp", IPPROTO_UDP, 69, 69, false },
	{ "waas", IPPROTO_TCP, 1, 65535, false },
	{ "xdmcp", IPPROTO_UDP, 177, 177, false },
};
/* clang-format on */
const unsigned inspection_ports_n = ARRAY_LEN(inspection_ports);

struct inspect_args {
	char *map, *proxy;
	bool strict, has_max, snoop;
	uint32_t max;
};

BIND(bind_inspect, struct inspect_args, FIELD(struct inspect_args, F_STR, map),
    FIELD(struct inspect_args, F_STR, proxy),
    FIELD(struct inspect_args, F_BOOL, strict),
    FIELD(struct inspect_args, F_BOOL, has_max),
    FIELD(struct inspect_args, F_BOOL, snoop),
    FIELD(struct inspect_args, F_U32, max));

/* "h323 h225" out of "inspect h323 h225 [NAME:map] ~". */
static char *
protocol_of(const struct row *row)
{
	const char *s = row->syntax + strlen("inspect ");
	size_t n = strcspn(s, "[~");

	while (n > 0 && s[n - 1] == ' ')
		n--;
	/* `radius-accounting NAME` must name its map. */
	if (strncmp(s, "radius-accounting", 17) == 0)
		n = 17;
	return xstrndup(s, n);
}

static void
set_options(struct inspect_action *a, const struct inspect_args *args)
{
	free(a->options);
	a->options = NULL;
	if (args->strict)
		a->options = xstrdup("strict");
	else if (args->has_max)
		a->options = xasprintf("maximum-length %u", args->max);
	else if (args->snoop)
		a->options = xstrdup("dynamic-filter-snoop");
	else if (args->proxy != NULL)
		a->options = xasprintf("tls-proxy %s", args->proxy);
}

struct inspect_action *
inspect_find(struct policy_class *pc, const char *protocol, size_t *at)
{
	for (*at = 0; *at < pc->inspects.n; (*at)++) {
		if (strcmp(pc->inspects.v[*at].protocol, protocol) == 0)
			return &pc->inspects.v[*at];
	}
	return NULL;
}

static int
check_map(
    const struct conf *c, const char *protocol, const char *map, struct cerr *e)
{
	char family[32];
	size_t n = strcspn(protocol, " ");

	if (map == NULL || strncmp(map, "_default_", 9) == 0)
		return 0;
	memcpy(family, protocol, MIN(n, sizeof(family) - 1));
	family[MIN(n, sizeof(family) - 1)] = '\0';
	if (strcmp(protocol, "esmtp") == 0
		? conf_esmtp_map_find(c, map) != NULL
		: inspect_map_find(c, family, map) != NULL)
		return 0;
	return refuse(
	    e, "%% policy-map type inspect %s %s not configured", family, map);
}

static void
exempt(struct conf *c, struct confctx *ctx, struct policy_class *pc,
    const char *protocol)
{
	const struct class_map *cm = conf_class_map_find(c, pc->name);

	/* The class of all default traffic singles nobody out: a second `no
	 * inspect` there (a recipe pasted twice) must not take the inspection
	 * from the classes that were made to do it instead. */
	if (cm != NULL && cm->match.kind == MATCH_DEFAULT_INSPECTION &&
	    cm->match.acl == NULL) {
		confctx_say(ctx, CERR_INFO, "class %s has no inspect %s",
		    pc->name, protocol);
		return;
	}
	if (c->sys.exemption == EXEMPTION_DEVICE) {
		confctx_say(ctx, CERR_WARNING,
		    "class %s has no inspect %s to "
		    "remove. A device goes on inspecting its traffic in class "
		    "inspection_default; see 'simulator exemption'.",
		    pc->name, protocol);
		return;
	}
	lines_add(LINES(&pc->exempt), protocol);
	confctx_say(ctx, CERR_WARNING,
	    "class %s exempts its traffic from "
	    "inspect %s. A device that follows the feature-matching rules may "
	    "still inspect it in class inspection_default; see "
	    "'simulator exemption'.",
	    pc->name, protocol);
	changed(c);
}

void
inspect_remove(struct policy_class *pc, size_t at)
{
	free(pc->inspects.v[at].protocol);
	free(pc->inspects.v[at].map);
	free(pc->inspects.v[at].options);
	VEC_REMOVE(&pc->inspects, at);
}

static int
inspect_add(struct conf *c, struct policy_class *pc, const char *protocol,
    const struct inspect_args *args, struct cerr *e)
{
	struct inspect_action new = { 0 }, *have;
	size_t at;

	if (check_map(c, protocol, args->map, e) != 0)
		return -1;
	set_options(&new, args);
	have = inspect_find(pc, protocol, &at);
	if (have != NULL) {
		bool same = str_eq(have->map, args->map) &&
		    str_eq(have->options, new.options);

		free(new.options);
		if (same)
			return 0;
		return refuse(e,
		    "Inspect configuration of this type exists, "
		    "first remove that configuration and then add the new "
		    "configuration");
	}
	new.protocol = xstrdup(protocol);
	str_set(&new.map, args->map);
	*VEC_PUSH(&pc->inspects) = new;
	pc->factory = false;
	/* To inspect after all ends an exemption. */
	lines_del(LINES(&pc->exempt), protocol);
	changed(c);
	return 0;
}

static int
inspect_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct policy_class *pc = confctx_obj(ctx);
	const struct inspect_args *a = args;
	char *protocol = protocol_of(row);
	const struct inspect_action *have;
	size_t at;
	int r = 0;

	if (!no) {
		r = inspect_add(c, pc, protocol, a, e);
	} else if ((have = inspect_find(pc, protocol, &at)) == NULL) {
		exempt(c, ctx, pc, protocol);
	} else if (a->map != NULL && !str_eq(a->map, have->map)) {
		r = refuse(
		    e, "inspect %s %s is not configured", protocol, a->map);
	} else {
		inspect_remove(pc, at);
		pc->factory = false;
		changed(c);
	}
	free(protocol);
	return r;
}

/* clang-format off */
#define INSPECT(protocol, help, words, word_help) \
	{ &mode_pmap_c, "inspect " protocol words, \
	  "Protocol inspection services\n" help "\n" word_help, \
	  &bind_inspect, .apply = inspect_apply }
#define MAP " [NAME<40>:map]"
#define MAP_HELP "policy-map type inspect to use\n"

static const struct row rows[] = {
	INSPECT("ctiqbe", "CTIQBE", " ~", ""),
	INSPECT("dcerpc", "DCERPC", MAP " ~", MAP_HELP),
	INSPECT("diameter", "Diameter", MAP " ~", MAP_HELP),
	INSPECT("dns", "DNS",
	  " [maximum-length INT<512-65535>:max]:has_max" MAP
	  " [dynamic-filter-snoop]:snoop ~",
	  "7.0: maximum length of a message\n" "Length\n" MAP_HELP
	  "Enable dynamic filter snooping\n"),
	INSPECT("esmtp", "ESMTP", MAP " ~", MAP_HELP),
	INSPECT("ftp", "FTP", " [strict]:strict" MAP " ~",
	  "Hold commands to the RFC\n" MAP_HELP),
	INSPECT("gtp", "GTP", MAP " ~", MAP_HELP),
	INSPECT("h323 h225", "H.323\n" "H.225 signalling", MAP " ~", MAP_HELP),
	INSPECT("h323 ras", "H.323\n" "RAS", MAP " ~", MAP_HELP),
	INSPECT("http", "HTTP", MAP " ~", MAP_HELP),
	INSPECT("icmp", "ICMP", " ~", ""),
	INSPECT("icmp error", "ICMP\n" "ICMP error messages", " ~", ""),
	INSPECT("ils", "ILS", " ~", ""),
	INSPECT("im", "Instant messaging", MAP " ~", MAP_HELP),
	INSPECT("ip-options", "IP options", MAP " ~", MAP_HELP),
	INSPECT("ipsec-pass-thru", "IPsec pass-through", MAP " ~", MAP_HELP),
	INSPECT("ipv6", "IPv6", MAP " ~", MAP_HELP),
	INSPECT("lisp", "LISP", MAP " ~", MAP_HELP),
	INSPECT("m3ua", "M3UA", MAP " ~", MAP_HELP),
	INSPECT("mgcp", "MGCP", MAP " ~", MAP_HELP),
	INSPECT("mmp", "MMP", " [tls-proxy NAME:proxy] ~",
	  "TLS proxy\n" "Its name\n"),
	INSPECT("netbios", "NetBIOS", MAP " ~", MAP_HELP),
	INSPECT("pptp", "PPTP", " ~", ""),
	INSPECT("radius-accounting", "RADIUS accounting", " NAME<40>:map ~",
	  MAP_HELP),
	INSPECT("rsh", "RSH", " ~", ""),
	INSPECT("rtsp", "RTSP", MAP " ~", MAP_HELP),
	INSPECT("scansafe", "Cloud Web Security", MAP " ~", MAP_HELP),
	INSPECT("sctp", "SCTP", MAP " ~", MAP_HELP),
	/* The device prints two blanks after these two. */
	INSPECT("sip", "SIP", MAP " [tls-proxy NAME:proxy] ~ ~",
	  MAP_HELP "TLS proxy\n" "Its name\n"),
	INSPECT("skinny", "Skinny", MAP " [tls-proxy NAME:proxy] ~ ~",
	  MAP_HELP "TLS proxy\n" "Its name\n"),
	INSPECT("snmp", "SNMP", MAP " ~", MAP_HELP),
	INSPECT("sqlnet", "SQL*Net", " ~", ""),
	INSPECT("stun", "STUN", " ~", ""),
	INSPECT("sunrpc", "Sun RPC", " ~", ""),
	INSPECT("tftp", "TFTP", " ~", ""),
	INSPECT("vxlan", "VXLAN", " ~", ""),
	INSPECT("waas", "WAAS", " ~", ""),
	INSPECT("xdmcp", "XDMCP", " ~", ""),
};
/* clang-format on */
const struct row_set inspect_rows = { rows, ARRAY_LEN(rows) };

static const struct row *
row_of(const char *protocol)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		char *name = protocol_of(&rows[i]);
		bool same = strcmp(name, protocol) == 0;

		free(name);
		if (same)
			return &rows[i];
	}
	return NULL;
}

const char *
inspect_default_map(const char *protocol)
{
	if (strcmp(protocol, "esmtp") == 0)
		return "_default_esmtp_map";
	if (strncmp(protocol, "h323", 4) == 0)
		return "_default_h323_map";
	if (strcmp(protocol, "ip-options") == 0)
		return "_default_ip_options_map";
	return NULL;
}

void
emit_inspect(struct emitter *em, const struct inspect_action *a)
{
	static const char tls[] = "tls-proxy ", max[] = "maximum-length ";
	struct inspect_args args = { .map = a->map };
	const char *o = a->options;
	char *proxy = NULL, *map = NULL;

	/* `show running-config all` names the map that is used unnamed. */
	if (em->all && a->map == NULL) {
		str_set(&map, inspect_default_map(a->protocol));
		args.map = map;
	}
	if (o != NULL && strncmp(o, tls, sizeof(tls) - 1) == 0)
		proxy = xstrdup(o + sizeof(tls) - 1);
	else if (o != NULL && strncmp(o, max, sizeof(max) - 1) == 0) {
		args.has_max = true;
		args.max = (uint32_t)strtoul(o + sizeof(max) - 1, NULL, 10);
	} else if (o != NULL && strcmp(o, "strict") == 0)
		args.strict = true;
	else if (o != NULL)
		args.snoop = true;
	args.proxy = proxy;
	emit_row(em, 2, row_of(a->protocol), &args);
	free(proxy);
	free(map);
}

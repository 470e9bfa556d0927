/* SPDX-License-Identifier: ISC
 *
 * Lines of an interface that are kept, not simulated.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

struct text_args {
	char *text;
	uint8_t k;
	struct ip_addr ip;
	struct ip_prefix prefix;
};

BIND(bind_text, struct text_args, FIELD(struct text_args, F_STR, text),
    FIELD(struct text_args, F_BRANCH, k), FIELD(struct text_args, F_IP, ip),
    FIELD(struct text_args, F_PREFIX, prefix));

/* Of these an interface has one each: the new one replaces the old. */
static bool
once(const char *line, size_t word)
{
	static const char *const words[] = { "speed", "duplex", "media-type",
		"mac-address", "channel-group", "delay", "bridge-group" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++) {
		if (strlen(words[i]) == word &&
		    strncmp(words[i], line, word) == 0)
			return true;
	}
	return false;
}

/* Removes what begins with the same word, with or without `no`. */
static bool
drop_word(struct iface *i, const char *line, size_t word)
{
	bool found = false;
	size_t k;

	for (k = i->kept.n; k-- > 0;) {
		const char *s = i->kept.v[k];

		if (strncmp(s, "no ", 3) == 0)
			s += 3;
		if (strncmp(s, line, word) == 0 &&
		    (s[word] == ' ' || s[word] == '\0')) {
			free(i->kept.v[k]);
			VEC_REMOVE(&i->kept, k);
			found = true;
		}
	}
	return found;
}

static int
kept_if_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e UNUSED)
{
	struct iface *i = confctx_obj(ctx);
	struct tokenv env = conf_tokenv(c);
	const struct text_args *a = args;
	struct strbuf yes, neg;
	bool there;
	size_t word;

	sb_init(&yes);
	sb_init(&neg);
	gram_print(ctx->gram, row, args, false, &env, &yes);
	sb_printf(&neg, "no %s", sb_text(&yes));
	there = lines_del(LINES(&i->kept), sb_text(&yes));
	lines_del(LINES(&i->kept), sb_text(&neg));
	word = strcspn(sb_text(&yes), " ");
	if ((no && !there && a->text == NULL) ||
	    (!no && once(sb_text(&yes), word)))
		there |= drop_word(i, sb_text(&yes), word);
	if (!no)
		lines_add(LINES(&i->kept), sb_text(&yes));
	else if (!there)
		/* Some are on by default and printed in their `no` form. */
		lines_add(LINES(&i->kept), sb_text(&neg));
	changed(c);
	sb_free(&yes);
	sb_free(&neg);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_if,
	  "<allow-ssc-mgmt|asr-group|authentication|backup|bridge-group|"
	  "channel-group|cts|ddns|delay|dhcp|dhcprelay|duplex|eigrp|"
	  "flowcontrol|forward|hello-interval|hold-time|igmp|"
	  "join-failover-group|lacp|mac-address|media-type|"
	  "member-interface|mfib|multicast|nve-only|ospf|pim|"
	  "policy-route|poll-timer|port-channel|pppoe|"
	  "redundant-interface|rip|security-group-tagging|segment-id|"
	  "speed|split-horizon|summary-address|switchport|"
	  "synchronization|tunnel|vtep-nve|zone-member>:k "
	  "[LINE:text]",
	  "Let the SSC be managed over this interface\n"
	  "Asymmetric routing group\n"
	  "Routing protocol authentication\n"
	  "Backup interface\n"
	  "Bridge group of the interface\n"
	  "EtherChannel of the interface\n"
	  "Cisco TrustSec\n"
	  "Dynamic DNS\n"
	  "Throughput delay\n"
	  "DHCP client and relay\n"
	  "DHCP relay\n"
	  "Duplex operation\n"
	  "EIGRP\n"
	  "Flow control\n"
	  "Where traffic may be forwarded to\n"
	  "EIGRP hello interval\n"
	  "EIGRP hold time\n"
	  "IGMP\n"
	  "Failover group\n"
	  "LACP\n"
	  "MAC address of the interface\n"
	  "Connector\n"
	  "Member of a redundant interface\n"
	  "Multicast forwarding\n"
	  "Multicast\n"
	  "VXLAN\n"
	  "OSPF\n"
	  "PIM\n"
	  "Policy based routing\n"
	  "Poll time\n"
	  "EtherChannel\n"
	  "PPPoE\n"
	  "Redundant interface\n"
	  "RIP\n"
	  "Security group tags\n"
	  "VXLAN segment\n"
	  "Speed operation\n"
	  "EIGRP split horizon\n"
	  "EIGRP summary address\n"
	  "Switch port\n"
	  "Synchronization\n"
	  "Virtual tunnel interface\n"
	  "VXLAN\n"
	  "Traffic zone\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
	{ &mode_if,
	  "ipv6 <enable|nd|ospf|dhcp|policy|verify|mtu|router>:k [LINE:text]",
	  "Configure the IPv6 protocol\n"
	  "Enable IPv6 processing\n"
	  "Neighbor discovery\n"
	  "OSPFv3\n"
	  "DHCPv6\n"
	  "Policy\n"
	  "Verify sources\n"
	  "Path MTU\n"
	  "Router settings\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
	{ &mode_if, "ipv6 address <autoconfig|dhcp>:k [LINE:text]",
	  "Configure the IPv6 protocol\n"
	  "Configure an IPv6 address\n"
	  "Obtain the address by autoconfiguration\n"
	  "Obtain the address by DHCP\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
	{ &mode_if, "ipv6 address IP6:ip <link-local|standby>:k [LINE:text]",
	  "Configure the IPv6 protocol\n"
	  "Configure an IPv6 address\n"
	  "IPv6 address\n"
	  "Use it as the link-local address\n"
	  "Address of the standby device\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
	{ &mode_if, "ipv6 address PREFIX6:prefix <eui-64|standby>:k [LINE:text]",
	  "Configure the IPv6 protocol\n"
	  "Configure an IPv6 address\n"
	  "IPv6 prefix\n"
	  "Complete it by the interface identifier\n"
	  "Address of the standby device\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
	{ &mode_if, "ip address pppoe [LINE:text]",
	  "Configure the IP protocol\n"
	  "Configure the IP address\n"
	  "Get the address by PPPoE\n"
	  "Parameters\n",
	  &bind_text, .apply = kept_if_apply, .flags = ROW_KEPT },
};
/* clang-format on */
const struct row_set iface_kept_rows = { rows, ARRAY_LEN(rows) };

static bool
stands_first(const char *line)
{
	static const char *const words[] = { "speed", "duplex", "media-type",
		"flowcontrol", "channel-group", "lacp", "port-channel",
		"member-interface", "switchport", "no switchport",
		"mac-address", "no speed", "no duplex" };
	size_t i, n;

	for (i = 0; i < ARRAY_LEN(words); i++) {
		n = strlen(words[i]);
		if (strncmp(line, words[i], n) == 0 &&
		    (line[n] == ' ' || line[n] == '\0'))
			return true;
	}
	return false;
}

void
emit_iface_kept(struct emitter *em, const struct iface *i, bool first)
{
	size_t k;

	for (k = 0; k < i->kept.n; k++) {
		if (stands_first(i->kept.v[k]) == first)
			emit_line(em, " %s", i->kept.v[k]);
	}
}

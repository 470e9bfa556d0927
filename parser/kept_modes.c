/* SPDX-License-Identifier: ISC
 *
 * Sub-modes of the commands that are kept, and the settings of which there is
 * one.
 */
#include <stddef.h>

#include "conf_int.h"
#include "conf_kept.h"

BIND(bind_kept, struct kept_args, FIELD(struct kept_args, F_STR, rest),
    FIELD(struct kept_args, F_BRANCH, k));

/* clang-format off */
/* ---- sub-modes ---- */

#define SUBMODE(name, label, prompt) \
	static const struct mode mode_##name = { label, prompt, &mode_config, \
		NULL }

SUBMODE(aaa_group, "aaa-server-group", "config-aaa-server-group");
SUBMODE(aaa_host, "aaa-server-host", "config-aaa-server-host");
SUBMODE(callhome, "call-home", "cfg-call-home");
SUBMODE(ctx, "context", "config-ctx");
SUBMODE(cert_chain, "crypto-ca-cert-chain", "config-cert-chain");
SUBMODE(cert_map, "crypto-ca-cert-map", "config-ca-cert-map");
SUBMODE(trustpoint, "crypto-ca-trustpoint", "config-ca-trustpoint");
SUBMODE(trustpool, "crypto-ca-trustpool", "config-ca-trustpool");
SUBMODE(ca_server, "crypto-ca-server", "config-ca-server");
SUBMODE(isakmp, "crypto-isakmp-policy", "config-isakmp-policy");
SUBMODE(ikev1, "crypto-ikev1-policy", "config-ikev1-policy");
SUBMODE(ikev2, "crypto-ikev2-policy", "config-ikev2-policy");
SUBMODE(proposal, "crypto-ipsec-proposal", "config-ipsec-proposal");
SUBMODE(profile, "crypto-ipsec-profile", "config-ipsec-profile");
SUBMODE(other, "other", "config-sub");
SUBMODE(dns, "dns-server-group", "config-dns-server-group");
SUBMODE(dap, "dap-record", "config-dynamic-access-policy-record");
SUBMODE(applet, "applet", "config-applet");
SUBMODE(fover, "failover-group", "config-fover-group");
SUBMODE(map, "inspect-map", "config-inspect-map");
SUBMODE(group_policy, "group-policy", "config-group-policy");
SUBMODE(keychain, "keychain", "config-keychain");
SUBMODE(ldap, "ldap-attribute-map", "config-ldap-attribute-map");
SUBMODE(nac, "nac-policy", "config-nac-policy");
SUBMODE(object_net, "network-object", "config-network-object");
SUBMODE(object_svc, "service-object", "config-service-object");
SUBMODE(og_net, "network-object-group", "config-network-object-group");
SUBMODE(og_svc, "service-object-group", "config-service-object-group");
SUBMODE(og_proto, "protocol-object-group", "config-protocol-object-group");
SUBMODE(og_icmp, "icmp-object-group", "config-icmp-object-group");
SUBMODE(og_other, "object-group", "config-object-group");
SUBMODE(pqueue, "priority-queue", "config-priority-queue");
SUBMODE(route_map, "route-map", "config-route-map");
SUBMODE(router, "router", "config-router");
SUBMODE(sla, "sla-monitor", "config-sla-monitor");
SUBMODE(trange, "trange", "config-time-range");
SUBMODE(tg_general, "tunnel-group-general", "config-tunnel-general");
SUBMODE(tg_ipsec, "tunnel-group-ipsec", "config-tunnel-ipsec");
SUBMODE(tg_webvpn, "tunnel-group-webvpn", "config-tunnel-webvpn");
SUBMODE(tg_ppp, "tunnel-group-ppp", "config-ppp");
SUBMODE(username, "username", "config-username");
SUBMODE(webvpn, "webvpn", "config-webvpn");
SUBMODE(cluster, "cluster", "cfg-cluster");
SUBMODE(license, "smart-license", "config-smart-lic");
SUBMODE(vni, "interface", "config-if");
SUBMODE(vpnlb, "load-balancing", "config-load-balancing");
SUBMODE(zone, "zone", "config-zone");

/* Which lines open which sub-mode; * is any word. */
const struct kept_submode kept_submodes[] = {
	{ "aaa-server * * host", &mode_aaa_host },
	{ "aaa-server * protocol", &mode_aaa_group },
	{ "bfd-template *", &mode_other },
	{ "call-home", &mode_callhome },
	{ "cluster group", &mode_cluster },
	{ "context *", &mode_ctx },
	{ "crypto ca certificate chain", &mode_cert_chain },
	{ "crypto ca certificate map", &mode_cert_map },
	{ "crypto ca server", &mode_ca_server },
	{ "crypto ca trustpoint", &mode_trustpoint },
	{ "crypto ca trustpool policy", &mode_trustpool },
	{ "crypto ikev1 policy", &mode_ikev1 },
	{ "crypto ikev2 policy", &mode_ikev2 },
	{ "crypto ipsec ikev2 ipsec-proposal", &mode_proposal },
	{ "crypto ipsec profile", &mode_profile },
	{ "crypto isakmp policy", &mode_isakmp },
	{ "ctl-file *", &mode_other },
	{ "ctl-provider *", &mode_other },
	{ "dns server-group", &mode_dns },
	{ "dynamic-access-policy-record *", &mode_dap },
	{ "event manager applet", &mode_applet },
	{ "failover group", &mode_fover },
	{ "ftp-map *", &mode_map },
	{ "group-policy * attributes", &mode_group_policy },
	{ "gtp-map *", &mode_map },
	{ "h225-map *", &mode_map },
	{ "http-map *", &mode_map },
	{ "interface *", &mode_vni },
	{ "key chain", &mode_keychain },
	{ "ldap attribute-map", &mode_ldap },
	{ "license smart", &mode_license },
	{ "media-termination *", &mode_other },
	{ "mgcp-map *", &mode_map },
	{ "mount *", &mode_other },
	{ "nac-policy *", &mode_nac },
	{ "nve *", &mode_other },
	{ "object network", &mode_object_net },
	{ "object service", &mode_object_svc },
	{ "object-group icmp-object", &mode_og_icmp },
	{ "object-group icmp-type", &mode_og_icmp },
	{ "object-group network", &mode_og_net },
	{ "object-group protocol", &mode_og_proto },
	{ "object-group security", &mode_og_other },
	{ "object-group service", &mode_og_svc },
	{ "object-group user", &mode_og_other },
	{ "mdm-proxy", &mode_other },
	{ "phone-proxy *", &mode_other },
	{ "policy-list *", &mode_route_map },
	{ "priority-queue *", &mode_pqueue },
	{ "route-map *", &mode_route_map },
	{ "router *", &mode_router },
	{ "scansafe general-options", &mode_other },
	{ "sip-map *", &mode_map },
	{ "sla monitor", &mode_sla },
	{ "snmp-map *", &mode_map },
	{ "time-range *", &mode_trange },
	{ "tls-proxy *", &mode_other },
	{ "tunnel-group * general-attributes", &mode_tg_general },
	{ "tunnel-group * ipsec-attributes", &mode_tg_ipsec },
	{ "tunnel-group * ppp-attributes", &mode_tg_ppp },
	{ "tunnel-group * webvpn-attributes", &mode_tg_webvpn },
	{ "uc-ime *", &mode_other },
	{ "umbrella-global", &mode_other },
	{ "user-identity ad-agent", &mode_other },
	{ "username * attributes", &mode_username },
	{ "vpn load-balancing", &mode_vpnlb },
	{ "webvpn", &mode_webvpn },
	{ "zone *", &mode_zone },
};
const size_t kept_submodes_n = ARRAY_LEN(kept_submodes);

/* Settings of which there is one: a new line replaces the old one that has the
 * same words up to the end of the pattern. */
const char *const kept_single[] = {
	"arp timeout",
	"arp rate-limit",
	"asdm image",
	"clock timezone",
	"clock summer-time",
	"console timeout",
	"ftp mode",
	"http server idle-timeout",
	"http server session-timeout",
	"icmp unreachable",
	"mtu *",
	"ssh timeout",
	"ssh version",
	"ssh key-exchange",
	"ssh cipher",
	"telnet timeout",
	"snmp-server location",
	"snmp-server contact",
	"sysopt connection tcpmss",
	"user-identity default-domain",
	"management-access",
	"firewall",
	"config-register",
	"fragment size *",
	"fragment chain *",
	"fragment timeout *",
};
const size_t kept_single_n = ARRAY_LEN(kept_single);

/* Words of sub-modes, for help, and because some of them begin the name of a
 * global command: host, group. Other words are taken, too. */
#define KEEP_SUB(name, syntax, help) \
	{ &mode_##name, syntax, help, &bind_kept, .apply = kept_sub_apply, \
	  .flags = ROW_KEPT | ROW_STAY }

static const struct row rows[] = {
	KEEP_SUB(object_net,
	    "<description|fqdn|host|nat|range|subnet>:k [LINE:rest]",
	    "Description\n"
	    "Fully qualified domain name\n"
	    "Host address\n"
	    "Translation of the object\n"
	    "Range of addresses\n"
	    "Network\n"
	    "Arguments\n"),
	KEEP_SUB(object_svc,
	    "<description|service>:k [LINE:rest]",
	    "Description\n"
	    "Protocol and ports\n"
	    "Arguments\n"),
	KEEP_SUB(og_net,
	    "<description|group-object|network-object>:k [LINE:rest]",
	    "Description\n"
	    "Another group\n"
	    "Host, network or object\n"
	    "Arguments\n"),
	KEEP_SUB(og_svc,
	    "<description|group-object|port-object|"
	    "service-object>:k [LINE:rest]",
	    "Description\n"
	    "Another group\n"
	    "Port or range\n"
	    "Protocol and ports\n"
	    "Arguments\n"),
	KEEP_SUB(og_proto,
	    "<description|group-object|protocol-object>:k [LINE:rest]",
	    "Description\n"
	    "Another group\n"
	    "Protocol\n"
	    "Arguments\n"),
	KEEP_SUB(og_icmp,
	    "<description|group-object|icmp-object>:k [LINE:rest]",
	    "Description\n"
	    "Another group\n"
	    "ICMP type\n"
	    "Arguments\n"),
	KEEP_SUB(isakmp,
	    "<authentication|encryption|group|hash|"
	    "lifetime>:k [LINE:rest]",
	    "Method\n"
	    "Cipher\n"
	    "Diffie-Hellman group\n"
	    "Hash\n"
	    "Lifetime\n"
	    "Arguments\n"),
	KEEP_SUB(ikev1,
	    "<authentication|encryption|group|hash|"
	    "lifetime>:k [LINE:rest]",
	    "Method\n"
	    "Cipher\n"
	    "Diffie-Hellman group\n"
	    "Hash\n"
	    "Lifetime\n"
	    "Arguments\n"),
	KEEP_SUB(ikev2,
	    "<encryption|group|integrity|lifetime|prf>:k [LINE:rest]",
	    "Cipher\n"
	    "Diffie-Hellman group\n"
	    "Integrity\n"
	    "Lifetime\n"
	    "Pseudo-random function\n"
	    "Arguments\n"),
	KEEP_SUB(group_policy,
	    "<address-pools|banner|default-domain|dns-server|group-lock|"
	    "split-tunnel-network-list|split-tunnel-policy|vpn-filter|"
	    "vpn-idle-timeout|vpn-tunnel-protocol|webvpn|"
	    "wins-server>:k [LINE:rest]",
	    "Address pools\n"
	    "Banner\n"
	    "Domain\n"
	    "DNS servers\n"
	    "Tunnel group\n"
	    "Networks\n"
	    "Policy\n"
	    "Access list\n"
	    "Idle timeout\n"
	    "Protocols\n"
	    "WebVPN settings\n"
	    "WINS servers\n"
	    "Arguments\n"),
	KEEP_SUB(username,
	    "<group-lock|memberof|password-storage|service-type|"
	    "vpn-filter|vpn-group-policy|webvpn>:k [LINE:rest]",
	    "Tunnel group\n"
	    "Groups\n"
	    "Storage of passwords\n"
	    "Type of service\n"
	    "Access list\n"
	    "Group policy\n"
	    "WebVPN settings\n"
	    "Arguments\n"),
	KEEP_SUB(trange,
	    "<absolute|periodic>:k [LINE:rest]",
	    "From and to\n"
	    "Days and hours\n"
	    "Arguments\n"),
	KEEP_SUB(aaa_host,
	    "<key|ldap-base-dn|server-port|server-type|"
	    "timeout>:k [LINE:rest]",
	    "Shared secret\n"
	    "LDAP base\n"
	    "Port\n"
	    "Type\n"
	    "Timeout\n"
	    "Arguments\n"),
	KEEP_SUB(dns,
	    "<domain-name|name-server|retries|timeout>:k [LINE:rest]",
	    "Domain\n"
	    "Server\n"
	    "Retries\n"
	    "Timeout\n"
	    "Arguments\n"),
	KEEP_SUB(ctx,
	    "<allocate-interface|config-url|description|"
	    "join-failover-group>:k [LINE:rest]",
	    "Interface of the context\n"
	    "Where its configuration is\n"
	    "Description\n"
	    "Failover group\n"
	    "Arguments\n"),
};
/* clang-format on */
const struct row_set kept_sub_rows = { rows, ARRAY_LEN(rows) };

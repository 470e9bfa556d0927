/* SPDX-License-Identifier: ISC
 *
 * The commands that an ASA or PIX has and asasim keeps, not simulates: one row
 * for each first word. Sources: the device configurations counted in
 * reference/command-frequency.md and the command lists of 6.3, 8.2 and 9.x.
 */
#include <stddef.h>

#include "conf_int.h"
#include "conf_kept.h"

struct kept_args {
	char *name, *rest;
	uint8_t k;
};

BIND(bind_kept, struct kept_args,
    FIELD(struct kept_args, F_STR, name),
    FIELD(struct kept_args, F_STR, rest),
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
SUBMODE(tcp_map, "tcp-map", "config-tcp-map");
SUBMODE(trange, "trange", "config-time-range");
SUBMODE(tg_general, "tunnel-group-general", "config-tunnel-general");
SUBMODE(tg_ipsec, "tunnel-group-ipsec", "config-tunnel-ipsec");
SUBMODE(tg_webvpn, "tunnel-group-webvpn", "config-tunnel-webvpn");
SUBMODE(tg_ppp, "tunnel-group-ppp", "config-ppp");
SUBMODE(username, "username", "config-username");
SUBMODE(webvpn, "webvpn", "config-webvpn");
SUBMODE(cluster, "cluster", "cfg-cluster");
SUBMODE(license, "smart-license", "config-smart-lic");
SUBMODE(vpnlb, "load-balancing", "config-load-balancing");
SUBMODE(zone, "zone", "config-zone");

/* Which lines open which sub-mode; * is any word. */
const struct kept_submode kept_submodes[] = {
	{ "aaa-server * * host", &mode_aaa_host },
	{ "aaa-server * protocol", &mode_aaa_group },
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
	{ "key chain", &mode_keychain },
	{ "ldap attribute-map", &mode_ldap },
	{ "license smart", &mode_license },
	{ "media-termination *", &mode_other },
	{ "mgcp-map *", &mode_map },
	{ "mount *", &mode_other },
	{ "nac-policy *", &mode_nac },
	{ "object network", &mode_object_net },
	{ "object service", &mode_object_svc },
	{ "object-group icmp-object", &mode_og_icmp },
	{ "object-group icmp-type", &mode_og_icmp },
	{ "object-group network", &mode_og_net },
	{ "object-group protocol", &mode_og_proto },
	{ "object-group security", &mode_og_other },
	{ "object-group service", &mode_og_svc },
	{ "object-group user", &mode_og_other },
	{ "password-policy", &mode_other },
	{ "phone-proxy *", &mode_other },
	{ "policy-list *", &mode_route_map },
	{ "priority-queue *", &mode_pqueue },
	{ "route-map *", &mode_route_map },
	{ "router *", &mode_router },
	{ "scansafe general-options", &mode_other },
	{ "sip-map *", &mode_map },
	{ "sla monitor", &mode_sla },
	{ "snmp-map *", &mode_map },
	{ "tcp-map *", &mode_tcp_map },
	{ "time-range *", &mode_trange },
	{ "tls-proxy *", &mode_other },
	{ "tunnel-group * general-attributes", &mode_tg_general },
	{ "tunnel-group * ipsec-attributes", &mode_tg_ipsec },
	{ "tunnel-group * ppp-attributes", &mode_tg_ppp },
	{ "tunnel-group * webvpn-attributes", &mode_tg_webvpn },
	{ "uc-ime *", &mode_other },
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
	"logging asdm",
	"logging console",
	"logging facility",
	"logging history",
	"logging mail",
	"logging monitor",
	"logging queue",
	"logging trap",
	"logging device-id",
	"logging asdm-buffer-size",
	"logging message *",
	"management-access",
	"firewall",
	"config-register",
	"regex *",
	"fragment size *",
	"fragment chain *",
	"fragment timeout *",
};
const size_t kept_single_n = ARRAY_LEN(kept_single);

/* ---- rows ---- */

#define FAMILY(place, verdict, reason, how) \
	&(const struct kept_family){ SECTION_##place, verdict, reason, how }
#define KEEP(word, help, place, verdict, reason, how) \
	{ &mode_config, word " [LINE:rest]", help "\n" "Arguments\n", \
	  &bind_kept, .apply = kept_apply, .flags = ROW_KEPT, \
	  .data = FAMILY(place, verdict, reason, how) }
/* Families of which other words are simulated. */
#define KEEP_SOME(syntax, help, place, verdict, reason, how) \
	{ &mode_config, syntax, help, \
	  &bind_kept, .apply = kept_apply, .flags = ROW_KEPT, \
	  .data = FAMILY(place, verdict, reason, how) }

#define KEEP_SUB(name, syntax, help) \
	{ &mode_##name, syntax, help, &bind_kept, .apply = kept_sub_apply, \
	  .flags = ROW_KEPT | ROW_STAY }

static const struct row rows[] = {
	KEEP("aaa",
	    "Enable, disable, or view user authentication, authorization and accounting",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("aaa-server",
	    "Configure an AAA server group or server",
	    AAA, false, "AAA is not simulated", KEPT_NAMED),
	KEEP("admin-context",
	    "Set the admin context",
	    OTHER, false, "contexts are not simulated", 0),
	KEEP("alias",
	    "PIX: overlapping addresses with NAT",
	    NAT, true, "translation by alias is not simulated", 0),
	KEEP("anyconnect-custom-data",
	    "AnyConnect attributes",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("anyconnect-essentials",
	    "AnyConnect licence",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("apply",
	    "PIX: apply an outbound list",
	    ACCESS_GROUP, true, "outbound lists are not simulated", 0),
	KEEP("arp",
	    "Change or view the ARP table, set the ARP timeout",
	    ARP, false, "ARP is not simulated", 0),
	KEEP("arp-inspection",
	    "ARP inspection",
	    ARP, true, "ARP inspection is not simulated", 0),
	KEEP("asdm",
	    "Configure Device Manager",
	    ASDM, false, "there is no ASDM", 0),
	KEEP("auth-prompt",
	    "Customize authentication prompts",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("boot",
	    "Set system boot parameters",
	    BOOT, false, "there is no boot image", 0),
	KEEP("ca",
	    "PIX: certification authority",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("call-home",
	    "Smart Call Home",
	    OTHER, false, "Call Home is not simulated", 0),
	KEEP("checkheaps",
	    "Memory checks",
	    OTHER, false, "there is no such memory", 0),
	KEEP("client-update",
	    "VPN client update",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("clock",
	    "Configure time-of-day clock",
	    CLOCK, false, "the clock is the capture's", 0),
	KEEP("cluster",
	    "Cluster",
	    FAILOVER, false, "clustering is not simulated", 0),
	KEEP("command-alias",
	    "Command alias",
	    OTHER, false, "aliases are not simulated", 0),
	KEEP("compression",
	    "Compression of VPN connections",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("conduit",
	    "PIX: access through a static",
	    ACCESS_GROUP, true, "conduits are not simulated", 0),
	KEEP("config-register",
	    "Configuration register",
	    BOOT, false, "there is no boot loader", 0),
	KEEP("console",
	    "Serial console parameters",
	    CONSOLE, false, "there is no serial console", 0),
	KEEP("context",
	    "Configure a security context",
	    OTHER, true, "contexts are not simulated", KEPT_NAMED),
	KEEP("coredump",
	    "Core dumps",
	    OTHER, false, "there are none", 0),
	KEEP("crashinfo",
	    "Crash information",
	    OTHER, false, "there is none", 0),
	KEEP("crypto",
	    "Configure IPSec, ISAKMP, certification authority, key",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("csc",
	    "CSC module",
	    OTHER, false, "modules are not simulated", 0),
	KEEP("ctl-file",
	    "CTL file for the phone proxy",
	    OTHER, false, "phone proxy is not simulated", KEPT_NAMED),
	KEEP("ctl-provider",
	    "CTL provider",
	    OTHER, false, "phone proxy is not simulated", KEPT_NAMED),
	KEEP("cts",
	    "Cisco TrustSec",
	    AAA, false, "TrustSec is not simulated", 0),
	KEEP("cxsc",
	    "CX module",
	    OTHER, false, "modules are not simulated", 0),
	KEEP("ddns",
	    "Dynamic DNS",
	    DNS, false, "DDNS is not simulated", 0),
	KEEP("dhcp-client",
	    "DHCP client",
	    DHCPD, false, "DHCP is not simulated", 0),
	KEEP("dhcpd",
	    "Configure DHCP server",
	    DHCPD, false, "DHCP is not simulated", 0),
	KEEP("dhcprelay",
	    "Configure DHCP relay agent",
	    DHCPD, false, "DHCP is not simulated", 0),
	KEEP("dns",
	    "Domain name service",
	    DNS, false, "the device resolves no names here", 0),
	KEEP("dns-group",
	    "DNS server group to use",
	    DNS, false, "the device resolves no names here", 0),
	KEEP("dns-guard",
	    "DNS guard",
	    DNS, true, "DNS guard is not simulated", 0),
	KEEP("dynamic-access-policy-config",
	    "Dynamic access policy",
	    GROUP_POLICY, false, "VPN is not simulated", 0),
	KEEP("dynamic-access-policy-record",
	    "Dynamic access policy",
	    GROUP_POLICY, false, "VPN is not simulated", KEPT_NAMED),
	KEEP("dynamic-filter",
	    "Botnet traffic filter",
	    OTHER, true, "the botnet filter is not simulated", 0),
	KEEP("eou",
	    "EAP over UDP",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("established",
	    "Allow inbound connections based on established ones",
	    ACCESS_GROUP, true, "established is not simulated", 0),
	KEEP("event",
	    "Event manager",
	    OTHER, false, "the event manager is not simulated", 0),
	KEEP("failover",
	    "Enable or disable failover",
	    FAILOVER, false, "failover is not simulated", 0),
	KEEP("filter",
	    "Filter ActiveX, Java, URLs",
	    OTHER, true, "filtering is not simulated", 0),
	KEEP("fips",
	    "FIPS 140 mode",
	    OTHER, false, "FIPS mode is not simulated", 0),
	KEEP("firewall",
	    "Transparent or routed mode",
	    OTHER, true, "only routed mode is simulated", 0),
	KEEP("floodguard",
	    "PIX: flood guard",
	    OTHER, false, "flood guard is not simulated", 0),
	KEEP("flow-export",
	    "Flow export",
	    FLOW_EXPORT, false, "flow export is not simulated", 0),
	KEEP("flow-offload",
	    "Flow offload",
	    OTHER, false, "there is no hardware to offload to", 0),
	KEEP("forward-reference",
	    "Names before their definition",
	    OBJECT, false, "not needed here", 0),
	KEEP("fragment",
	    "Fragment reassembly",
	    OTHER, true, "the limits are asasim's own", 0),
	KEEP("ftp",
	    "FTP mode of the device",
	    FTP, false, "the device transfers no files", 0),
	KEEP("ftp-map",
	    "7.0: FTP map",
	    OTHER, true, "FTP inspection is not simulated", KEPT_NAMED),
	KEEP("global",
	    "Address pool for dynamic translation",
	    GLOBAL, true, "dynamic translation is not simulated yet", 0),
	KEEP("group-delimiter",
	    "Delimiter of group names",
	    GROUP_POLICY, false, "VPN is not simulated", 0),
	KEEP("group-policy",
	    "Configure a group policy",
	    GROUP_POLICY, false, "VPN is not simulated", KEPT_NAMED),
	KEEP("gtp-map",
	    "7.0: GTP map",
	    OTHER, true, "GTP inspection is not simulated", KEPT_NAMED),
	KEEP("hpm",
	    "Top statistics",
	    OTHER, false, "ASDM statistics are not simulated", 0),
	KEEP("http",
	    "Configure the HTTP server",
	    HTTP, false, "there is no HTTP server", 0),
	KEEP("http-map",
	    "7.0: HTTP map",
	    OTHER, true, "HTTP inspection is not simulated", KEPT_NAMED),
	KEEP("hw-module",
	    "Hardware modules",
	    OTHER, false, "modules are not simulated", 0),
	KEEP("icmp",
	    "Configure access for ICMP to the device",
	    ICMP, false, "ICMP to the device is not simulated", 0),
	KEEP("imap4s",
	    "IMAP over SSL proxy",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("isakmp",
	    "PIX: configure ISAKMP",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("jumbo-frame",
	    "Jumbo frames",
	    MTU, false, "frames of any size are taken", 0),
	KEEP("key",
	    "Key chain",
	    ROUTER, false, "routing protocols are not simulated", 0),
	KEEP("l2tp",
	    "L2TP",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("ldap",
	    "LDAP attribute map",
	    AAA, false, "AAA is not simulated", KEPT_NAMED),
	KEEP("license",
	    "Smart licence",
	    OTHER, false, "there are no licences", 0),
	KEEP("license-server",
	    "Shared licences",
	    OTHER, false, "there are no licences", 0),
	KEEP("lisp",
	    "LISP",
	    ROUTER, false, "LISP is not simulated", 0),
	KEEP("mac-address",
	    "Automatic MAC addresses",
	    INTERFACE, false, "MAC addresses are the capture's", 0),
	KEEP("mac-address-table",
	    "MAC address table",
	    OTHER, false, "only routed mode is simulated", 0),
	KEEP("mac-list",
	    "List of MAC addresses",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("mac-learn",
	    "MAC address learning",
	    OTHER, false, "only routed mode is simulated", 0),
	KEEP("management-access",
	    "Management access through another interface",
	    MANAGEMENT, false, "management access is not simulated", 0),
	KEEP("media-termination",
	    "Media termination",
	    OTHER, false, "phone proxy is not simulated", KEPT_NAMED),
	KEEP("mgcp-map",
	    "7.0: MGCP map",
	    OTHER, true, "MGCP inspection is not simulated", KEPT_NAMED),
	KEEP("monitor-interface",
	    "Interface monitoring of failover",
	    FAILOVER, false, "failover is not simulated", 0),
	KEEP("mount",
	    "File system",
	    OTHER, false, "there is no such file system", KEPT_NAMED),
	KEEP("mroute",
	    "Static multicast route",
	    ROUTE, false, "multicast routing is not simulated", 0),
	KEEP("mtu",
	    "Maximum transmission unit of an interface",
	    MTU, false, "packets are not fragmented here", 0),
	KEEP("multicast-routing",
	    "Multicast routing",
	    ROUTE, false, "multicast routing is not simulated", 0),
	KEEP("nac-policy",
	    "Network admission control",
	    GROUP_POLICY, false, "VPN is not simulated", KEPT_NAMED),
	KEEP("nat",
	    "Address translation",
	    NAT, true, "this form of translation is not simulated yet", 0),
	KEEP("nat-assigned-to-public-ip",
	    "VPN",
	    NAT, false, "VPN is not simulated", 0),
	KEEP("ntp",
	    "Configure NTP",
	    NTP, false, "the clock is the capture's", 0),
	KEEP("object",
	    "Configure an object",
	    OBJECT, true, "objects are not simulated yet", KEPT_NAMED),
	KEEP("object-group",
	    "Create an object group",
	    OBJECT_GROUP, true, "object groups are not simulated yet", KEPT_NAMED),
	KEEP("object-group-search",
	    "Object group search",
	    OBJECT_GROUP, false, "the result is the same", 0),
	KEEP("ospf",
	    "OSPF",
	    ROUTER, false, "routing protocols are not simulated", 0),
	KEEP("outbound",
	    "PIX: outbound list",
	    ACCESS_LIST, true, "outbound lists are not simulated", 0),
	KEEP("password-policy",
	    "Policy for passwords",
	    PASSWD, false, "there are no users", 0),
	KEEP("pdm",
	    "PIX: Device Manager",
	    ASDM, false, "there is no PDM", 0),
	KEEP("phone-proxy",
	    "Phone proxy",
	    OTHER, false, "phone proxy is not simulated", KEPT_NAMED),
	KEEP("pim",
	    "Protocol independent multicast",
	    ROUTER, false, "multicast routing is not simulated", 0),
	KEEP("policy-list",
	    "Policy list",
	    ROUTER, false, "routing protocols are not simulated", 0),
	KEEP("pop3s",
	    "POP3 over SSL proxy",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("prefix-list",
	    "Prefix list",
	    ROUTER, false, "routing protocols are not simulated", 0),
	KEEP("priority-queue",
	    "Priority queue",
	    OTHER, false, "queues are not simulated", KEPT_NAMED),
	KEEP("privilege",
	    "Command privilege levels",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("quota",
	    "Quota of management sessions",
	    OTHER, false, "management sessions are not limited", 0),
	KEEP("regex",
	    "Regular expression",
	    REGEX, true, "used by inspection maps", KEPT_NAMED),
	KEEP("rest-api",
	    "REST API",
	    OTHER, false, "there is no REST API", 0),
	KEEP("rip",
	    "RIP",
	    ROUTER, false, "routing protocols are not simulated", 0),
	KEEP("route-map",
	    "Route map",
	    ROUTER, false, "routing protocols are not simulated", KEPT_NAMED),
	KEEP("router",
	    "Routing protocol",
	    ROUTER, false, "routing protocols are not simulated", KEPT_NAMED),
	KEEP("scansafe",
	    "Cloud Web Security",
	    OTHER, true, "Cloud Web Security is not simulated", 0),
	KEEP("security-group",
	    "Security groups",
	    AAA, false, "TrustSec is not simulated", 0),
	KEEP("service",
	    "System services: resets for denied connections",
	    SERVICE, true, "resets for denied packets are not simulated", 0),
	KEEP("service-module",
	    "Service module",
	    FAILOVER, false, "modules are not simulated", 0),
	KEEP("sip-map",
	    "7.0: SIP map",
	    OTHER, true, "SIP inspection is not simulated", KEPT_NAMED),
	KEEP("sla",
	    "IP service level agreement",
	    ROUTE, false, "tracking is not simulated", 0),
	KEEP("smtp-server",
	    "Mail server for alerts",
	    OTHER, false, "no mail is sent", 0),
	KEEP("smtps",
	    "SMTP over SSL proxy",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("snmp",
	    "SNMP views",
	    SNMP, false, "SNMP is not simulated", 0),
	KEEP("snmp-map",
	    "7.0: SNMP map",
	    OTHER, true, "SNMP inspection is not simulated", KEPT_NAMED),
	KEEP("snmp-server",
	    "Configure the SNMP server",
	    SNMP, false, "SNMP is not simulated", 0),
	KEEP("ssh",
	    "Configure SSH options",
	    SSH, false, "there is no SSH server", 0),
	KEEP("ssl",
	    "SSL options",
	    SSL, false, "VPN is not simulated", 0),
	KEEP("sunrpc-server",
	    "Sun RPC services",
	    SERVICE, true, "Sun RPC inspection is not simulated", 0),
	KEEP("svc",
	    "SSL VPN client",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("sysopt",
	    "Set system functional options",
	    SYSOPT, true, "system options are not simulated", 0),
	KEEP("tcp-map",
	    "Configure TCP normalization parameters",
	    TCP_MAP, true, "the defaults of the normalizer are used", KEPT_NAMED),
	KEEP("telnet",
	    "Add telnet access",
	    TELNET, false, "there is no telnet server", 0),
	KEEP("tftp-server",
	    "Configure default TFTP server",
	    OTHER, false, "the device transfers no files", 0),
	KEEP("threat-detection",
	    "Threat detection",
	    THREAT, false, "threat detection is not simulated", 0),
	KEEP("time-range",
	    "Define time range entries",
	    TIME_RANGE, true, "time ranges are not simulated yet", KEPT_NAMED),
	KEEP("tls-proxy",
	    "TLS proxy",
	    OTHER, false, "TLS proxy is not simulated", KEPT_NAMED),
	KEEP("track",
	    "Object tracking",
	    ROUTE, false, "tracking is not simulated", 0),
	KEEP("tunnel-group",
	    "Create a tunnel group",
	    TUNNEL_GROUP, false, "VPN is not simulated", KEPT_NAMED),
	KEEP("tunnel-group-map",
	    "Map of certificates to tunnel groups",
	    TUNNEL_GROUP, false, "VPN is not simulated", 0),
	KEEP("uc-ime",
	    "Unified communications",
	    OTHER, false, "UC-IME is not simulated", KEPT_NAMED),
	KEEP("url-block",
	    "Blocks of URL responses",
	    OTHER, true, "URL filtering is not simulated", 0),
	KEEP("url-cache",
	    "Cache of URL answers",
	    OTHER, true, "URL filtering is not simulated", 0),
	KEEP("url-list",
	    "WebVPN URL list",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("url-server",
	    "URL filtering server",
	    OTHER, true, "URL filtering is not simulated", 0),
	KEEP("user-identity",
	    "Identity firewall",
	    AAA, false, "identity firewall is not simulated", 0),
	KEEP("user-statistics",
	    "User statistics",
	    AAA, false, "identity firewall is not simulated", 0),
	KEEP("username",
	    "Configure a user",
	    USERNAME, false, "there are no users", KEPT_NAMED),
	KEEP("virtual",
	    "Virtual HTTP and telnet servers",
	    AAA, false, "AAA is not simulated", 0),
	KEEP("vpdn",
	    "PIX: VPDN",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("vpn",
	    "VPN",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("vpn-addr-assign",
	    "VPN address assignment",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("vpn-sessiondb",
	    "VPN sessions",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("vpnclient",
	    "Easy VPN client",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("vpngroup",
	    "PIX: VPN group",
	    CRYPTO, false, "VPN is not simulated", 0),
	KEEP("vxlan",
	    "VXLAN",
	    INTERFACE, false, "VXLAN is not simulated", 0),
	KEEP("wccp",
	    "Web cache",
	    OTHER, true, "WCCP is not simulated", 0),
	KEEP("webvpn",
	    "WebVPN",
	    WEBVPN, false, "VPN is not simulated", 0),
	KEEP("xlate",
	    "Translation behaviour",
	    XLATE, true, "per-session PAT is not simulated", 0),
	KEEP("xlate-bypass",
	    "Connections without translation",
	    XLATE, true, "not simulated", 0),
	KEEP("zone",
	    "Traffic zone",
	    INTERFACE, true, "traffic zones are not simulated", KEPT_NAMED),
	KEEP("zonelabs-integrity",
	    "Zone Labs Integrity",
	    GROUP_POLICY, false, "VPN is not simulated", 0),
	KEEP_SOME("access-list <=alert-interval|=deny-flow-max|=compiled|=mode>:k "
	    "[LINE:rest]",
	    "Configure an access control element\n"
	    "Interval between reports of reached limits\n"
	    "Maximum number of denied flows\n"
	    "PIX: compile all lists\n"
	    "Commit mode\n"
	    "Value\n",
	    ACCESS_LIST, false, "limits of logging are not simulated", 0),
	KEEP_SOME("access-list NAME<241>:name compiled",
	    "Configure an access control element\n"
	    "Access list identifier\n"
	    "PIX: compile the list\n",
	    ACCESS_LIST, false, "lists are always compiled", 0),
	KEEP_SOME("banner <exec|login|motd|asdm>:k [LINE:rest]",
	    "Configure login/session banners\n"
	    "Before the command prompt\n"
	    "Before the login\n"
	    "Message of the day\n"
	    "In ASDM\n"
	    "Text\n",
	    BANNER, false, "there is no login", 0),
	KEEP_SOME("ip <audit|verify|rip>:k LINE:rest",
	    "Configure IP address pools and interface addresses\n"
	    "Intrusion signatures\n"
	    "Verify the reverse path\n"
	    "RIP\n"
	    "Arguments\n",
	    ICMP, true, "signatures and uRPF are not simulated", 0),
	KEEP_SOME("ip local pool LINE:rest",
	    "Configure IP address pools and interface addresses\n"
	    "Local addresses\n"
	    "Address pool\n"
	    "Name and addresses\n",
	    IP_POOL, false, "VPN is not simulated", 0),
	KEEP_SOME("ipv6 <access-list|dhcp|dhcprelay|enforce-eui64|icmp|local|"
	    "neighbor|ospf|prefix-list|router|unicast-routing>:k [LINE:rest]",
	    "Global IPv6 configuration commands\n"
	    "IPv6 access list\n"
	    "DHCPv6\n"
	    "DHCPv6 relay\n"
	    "Interface identifiers\n"
	    "ICMPv6 to the device\n"
	    "Address pool\n"
	    "Static neighbor\n"
	    "OSPFv3\n"
	    "Prefix list\n"
	    "Routing protocol\n"
	    "Routing\n"
	    "Arguments\n",
	    ICMP, true, "not simulated", 0),
	KEEP_SOME("logging <asdm|asdm-buffer-size|class|console|debug-trace|"
	    "device-id|emblem|facility|flash-bufferwrap|flash-maximum-allocation|"
	    "flash-minimum-free|flow-export-syslogs|from-address|ftp-bufferwrap|"
	    "ftp-server|hide|history|host|list|mail|message|monitor|"
	    "permit-hostdown|queue|rate-limit|recipient-address|savelog|standby|"
	    "trap>:k [LINE:rest]",
	    "Configure logging levels, recipients and other options\n"
	    "Set the level for ASDM\n" "Buffer for ASDM\n"
	    "Levels by class\n" "Set the level for the console\n"
	    "Debug output as log messages\n" "Device identifier\n"
	    "EMBLEM format\n" "Syslog facility\n" "Save to flash\n"
	    "Room in flash\n" "Room in flash\n" "Messages of flow export\n"
	    "Sender of mail\n" "Save to an FTP server\n" "FTP server\n"
	    "Hide user names\n" "Set the level for SNMP\n"
	    "Syslog server\n" "List of messages\n" "Set the level for mail\n"
	    "Level of one message\n" "Set the level for monitors\n"
	    "Go on when the server is down\n" "Size of the queue\n"
	    "Limit the rate\n" "Recipient of mail\n" "Save the buffer\n"
	    "Log on the standby device\n" "Set the level for syslog servers\n"
	    "Arguments\n",
	    LOGGING, false, "only buffered logging is simulated", 0),
	/* Words of sub-modes, for help, and because some of them begin the
	 * name of a global command: host, group. Other words are taken, too. */
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
	KEEP_SUB(tcp_map,
	    "<check-retransmission|checksum-verification|exceed-mss|"
	    "invalid-ack|queue-limit|reserved-bits|seq-past-window|"
	    "syn-data|synack-data|tcp-options|ttl-evasion-protection|"
	    "urgent-flag|window-variation>:k [LINE:rest]",
	    "Inconsistent retransmissions\n"
	    "TCP checksum\n"
	    "Segments above the MSS\n"
	    "Invalid acknowledgements\n"
	    "Queue of segments\n"
	    "Reserved bits\n"
	    "Data past the window\n"
	    "Data in a SYN\n"
	    "Data in a SYN ACK\n"
	    "TCP options\n"
	    "TTL evasion\n"
	    "Urgent flag\n"
	    "Window changes\n"
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
const struct row_set kept_rows = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * What may stand behind the first word of a kept command, and which `no` lines
 * a device prints. Sources: the command references of 6.3, 8.2 and 9.x.
 */
#include <stddef.h>

#include "conf_int.h"
#include "conf_kept.h"

/* clang-format off */
/* Alternatives, each a number of words: a keyword; * any word; # a number;
 * @ an address or a name of one; ( a word that begins with a parenthesis;
 * $ nothing. More words may follow. */
const struct kept_shape kept_shapes[] = {
	{ "aaa", "authentication|authorization|accounting|mac-exempt|"
		 "proxy-limit|local|kerberos|sdi" },
	{ "aaa-server", "* *" },
	{ "admin-context", "*" },
	{ "alias", "( * *" },
	{ "anyconnect-custom-data", "* *" },
	{ "anyconnect-essentials", "$" },
	{ "app-agent", "heartbeat" },
	{ "apply", "( * *" },
	{ "arp", "timeout|rate-limit|permit-nonconnected|* @ *" },
	{ "arp-inspection", "* *" },
	{ "as-path", "access-list" },
	{ "asdm", "image|history|location|group|disconnect" },
	{ "asp", "rule-engine|load-balance|inspect-dp" },
	{ "auth-prompt", "*" },
	{ "auto-update", "device-id|poll-at|poll-period|server|timeout" },
	{ "bfd", "map|interval|echo|slow-timers|template" },
	{ "bfd-template", "single-hop|multi-hop" },
	{ "boot", "system|config" },
	{ "ca", "authenticate|certificate|configure|crl|enroll|generate|"
		"identity|save|subject-name|trustpoint|verifycertdn|zeroize" },
	{ "call-home", "$|reporting|send|test" },
	{ "checkheaps", "check-interval|validate-checksum" },
	{ "client-update", "enable|type|component|all" },
	{ "clock", "timezone|summer-time|set" },
	{ "cluster", "group|interface-mode|enable|exec|remove|master|"
		     "control|disable|replication" },
	{ "command-alias", "* * *" },
	{ "community-list", "standard|expanded|#|* permit|* deny" },
	{ "compression", "all|anyconnect|svc|http-comp" },
	{ "conduit", "permit|deny" },
	{ "config-register", "#" },
	{ "console", "timeout|serial" },
	{ "context", "*" },
	{ "coredump", "enable|filesystem" },
	{ "crashinfo", "console|force|save|test" },
	{ "crypto", "ca|dynamic-map|engine|ikev1|ikev2|ipsec|isakmp|key|"
		    "large-cert-acceleration|map|ssl|vpn" },
	{ "csc", "*" },
	{ "ctl-file", "*" },
	{ "ctl-provider", "*" },
	{ "cts", "environment-data|import-pac|manual|refresh|role-based|"
		 "server-group|sgt|sxp" },
	{ "cxsc", "*" },
	{ "ddns", "update" },
	{ "dhcp-client", "broadcast-flag|client-id|update" },
	{ "dhcpd", "address|auto_config|dns|domain|enable|interface|lease|"
		   "option|ping_timeout|reserve-address|update|wins" },
	{ "dhcprelay", "enable|information|interface|server|setroute|"
		       "timeout" },
	{ "dns", "domain-lookup|expire-entry-timer|hosts|name-server|"
		 "poll-timer|retries|server-group|timeout|trusted-source|"
		 "update" },
	{ "dns-group", "*" },
	{ "dns-guard", "$" },
	{ "dynamic-access-policy-config", "*" },
	{ "dynamic-access-policy-record", "*" },
	{ "dynamic-filter", "ambiguous-is-black|blacklist|database|drop|"
			    "enable|updater-client|use-database|whitelist" },
	{ "eou", "allow|clientless|default|initialize|max-retry|port|"
		 "revalidate|timeout" },
	{ "established", "* *" },
	{ "event", "manager" },
	{ "failover", "$|active|cloud|cluster|exec|group|health-check|"
		      "interface|interface-policy|ip|ipsec|key|lan|link|"
		      "mac|poll|polltime|preempt|reload-standby|"
		      "replication|reset|standby|timeout|wait-disable" },
	{ "filter", "activex|ftp|http|https|java|url|#" },
	{ "fips", "enable|self-test" },
	{ "firewall", "transparent|routed" },
	{ "floodguard", "enable|disable" },
	{ "flow-export", "active|delay|destination|enable|event-type|"
			 "template" },
	{ "flow-offload", "enable|dtls|ipsec" },
	{ "forward-reference", "enable" },
	{ "fragment", "chain|reassembly|size|timeout" },
	{ "ftp", "mode" },
	{ "ftp-map", "*" },
	{ "global", "( # *" },
	{ "group-delimiter", "*" },
	{ "group-policy", "* internal|* external|* attributes" },
	{ "gtp-map", "*" },
	{ "hpm", "topn" },
	{ "http", "authentication-certificate|redirect|server|"
		  "username-from-certificate|@|* * *" },
	{ "http-map", "*" },
	{ "hw-module", "*" },
	{ "icmp", "permit|deny|unreachable" },
	{ "imap4s", "$" },
	{ "isakmp", "am-disable|client|disconnect-notify|enable|identity|"
		    "ikev1-user-authentication|ipsec-over-tcp|keepalive|key|"
		    "log|nat-traversal|peer|policy|reload-wait" },
	{ "jumbo-frame", "reservation" },
	{ "key", "chain *|config-key *" },
	{ "l2tp", "tunnel" },
	{ "lacp", "system-priority" },
	{ "ldap", "attribute-map *" },
	{ "license", "smart|feature" },
	{ "license-server", "*" },
	{ "lisp", "*" },
	{ "mac-address", "auto" },
	{ "mac-address-table", "aging-time|static" },
	{ "mac-learn", "*" },
	{ "mac-list", "* *" },
	{ "management-access", "*" },
	{ "media-termination", "*" },
	{ "mgcp-map", "*" },
	{ "monitor-interface", "*" },
	{ "mount", "*" },
	{ "mroute", "* *" },
	{ "mtu", "* #" },
	{ "multicast", "interface" },
	{ "multicast-routing", "$" },
	{ "nac-policy", "*" },
	{ "nat", "( source *|( after-auto *|( # *|source *|after-auto *|"
		 "# *" },
	{ "nat-assigned-to-public-ip", "*" },
	{ "ntp", "authenticate|authentication-key|peer|server|source|"
		 "trusted-key" },
	{ "nve", "#" },
	{ "object", "network *|service *|network-service *" },
	{ "object-group", "icmp-object *|icmp-type *|network *|"
			  "network-service *|protocol *|security *|"
			  "service *|user *" },
	{ "object-group-search", "access-control|threshold" },
	{ "ospf", "*" },
	{ "outbound", "#" },
	{ "password-policy", "authenticate|lifetime|minimum-changes|"
			     "minimum-length|minimum-lowercase|"
			     "minimum-numeric|minimum-special|"
			     "minimum-uppercase|reuse-interval|"
			     "username-check" },
	{ "pdm", "disconnect|group|history|image|location|logging" },
	{ "phone-proxy", "*" },
	{ "pim", "accept-register|bidir-neighbor-filter|dr-priority|"
		 "hello-interval|join-prune-interval|neighbor-filter|"
		 "old-register-checksum|rp-address|spt-threshold" },
	{ "policy-list", "*" },
	{ "pop3s", "$" },
	{ "port-channel", "load-balance|max-bundle|min-bundle|span-cluster" },
	{ "prefix-list", "* *" },
	{ "priority-queue", "*" },
	{ "privilege", "*" },
	{ "quota", "management-session" },
	{ "rest-api", "agent|image" },
	{ "rip", "* *" },
	{ "route-map", "*" },
	{ "router", "bgp|eigrp|isis|ospf|rip" },
	{ "security-group", "*" },
	{ "service", "call-home|internal|password-recovery|resetinbound|"
		     "resetoutbound|resetoutside|sw-reset-button" },
	{ "service-module", "*" },
	{ "sip-map", "*" },
	{ "sla", "monitor" },
	{ "smtp-server", "*" },
	{ "smtps", "$" },
	{ "snmp", "cpu|deny|interface|map|memory|version|view" },
	{ "snmp-map", "*" },
	{ "snmp-server", "community|contact|enable|engineid|group|host|"
			 "host-group|ifindex|ifmib|listen-port|location|map|"
			 "trap|user|user-list|view" },
	{ "ssh", "authentication|cipher|disconnect|key-exchange|known-host|"
		 "pubkey-chain|scopy|stack|stricthostkeycheck|timeout|"
		 "version|@|* * *" },
	{ "ssl", "certificate-authentication|cipher|client-version|"
		 "dh-group|ecdh-group|encryption|server-version|"
		 "trust-point" },
	{ "sunrpc-server", "* *" },
	{ "svc", "*" },
	{ "sysopt", "connection|ipsec|nodnsalias|noproxyarp|np|radius|route|"
		    "security|traffic|uauth" },
	{ "telnet", "timeout|@|* * *" },
	{ "tftp-server", "* *" },
	{ "threat-detection", "basic-threat|rate|scanning-threat|service|"
			      "statistics" },
	{ "time-range", "*" },
	{ "tls-proxy", "*" },
	{ "track", "#" },
	{ "tunnel-group", "* type *|* general-attributes|* ipsec-attributes|"
			  "* ppp-attributes|* webvpn-attributes" },
	{ "tunnel-group-map", "*" },
	{ "uc-ime", "*" },
	{ "umbrella-global", "$" },
	{ "url-block", "*" },
	{ "url-cache", "*" },
	{ "url-list", "*" },
	{ "url-server", "*" },
	{ "user-identity", "action|ad-agent|default-domain|domain|enable|"
			   "inactive-user-timer|logout-probe|monitor|"
			   "poll-import-user-group-timer|static|update|"
			   "user-not-found" },
	{ "username", "* *" },
	{ "virtual", "http|telnet|ssh" },
	{ "vpdn", "enable|group|username" },
	{ "vpn", "*" },
	{ "vpn-addr-assign", "aaa|dhcp|local" },
	{ "vpn-sessiondb", "*" },
	{ "vpnclient", "*" },
	{ "vpngroup", "* *" },
	{ "vpnsetup", "*" },
	{ "vxlan", "*" },
	{ "wccp", "*" },
	{ "webvpn", "$" },
	{ "xlate", "*" },
	{ "xlate-bypass", "$" },
	{ "zone", "*" },
	{ "zonelabs-integrity", "*" },
};
/* clang-format on */
const size_t kept_shapes_n = ARRAY_LEN(kept_shapes);

/* `no` lines that a running config has. */
const char *const kept_no[] = {
	"anyconnect-essentials",
	"arp permit-nonconnected",
	"arp rate-limit",
	"asdm history",
	"call-home",
	"crypto ca trustpool",
	"crypto ikev1 am-disable",
	"crypto isakmp am-disable",
	"crypto isakmp nat-traversal",
	"dns-guard",
	"failover",
	"fips",
	"floodguard",
	"flow-offload",
	"ftp mode",
	"http server",
	"isakmp nat-traversal",
	"mac-address auto",
	"monitor-interface",
	"object-group-search",
	"pdm history",
	"rest-api agent",
	"service",
	"snmp-server contact",
	"snmp-server enable",
	"snmp-server location",
	"ssh scopy",
	"ssh stack",
	"ssh stricthostkeycheck",
	"sysopt",
	"threat-detection",
	"user-identity enable",
	"vpn-addr-assign",
};
const size_t kept_no_n = ARRAY_LEN(kept_no);

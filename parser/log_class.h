/* SPDX-License-Identifier: ISC
 *
 * Classes of system messages: one list for the words of the language and for
 * the table of log_class.c. For conf_logging*.c only.
 */
#ifndef ASASIM_LOG_CLASS_H
#define ASASIM_LOG_CLASS_H

/* clang-format off */
/* Class, its help, the first three digits of its messages; the series that the
 * message guide gives, where a keyword of the command stands for them. */
#define CLASS_AUTH(X) \
	X("auth", "User authentication", 109, 113)
#define CLASS_LIST(X) \
	X("bridge", "Transparent firewall", 110, 220) \
	X("ca", "Certification authority", 717) \
	X("citrix", "Citrix client", 723) \
	X("config", "Command interface", 111, 112, 208, 308) \
	X("csd", "Secure desktop", 724) \
	X("cts", "Cisco TrustSec", 776) \
	X("dap", "Dynamic access policies", 734) \
	X("eap", "EAP for network admission control", 333) \
	X("eapoudp", "EAPoUDP for network admission control", 334) \
	X("eigrp", "EIGRP routing", 336) \
	X("email", "E-mail proxy", 719) \
	X("ha", "Failover", 101, 102, 103, 104, 105, 210, 311, 709) \
	X("ids", "Intrusion detection", 400, 401, 415, 733) \
	X("ip", "IP stack", 209, 215, 313, 317, 408) \
	X("ipaa", "IP address assignment", 735) \
	X("ips", "Intrusion protection", 400, 401, 420) \
	X("mdm-proxy", "MDM proxy", 802) \
	X("nac", "Network admission control", 731, 732) \
	X("nacpolicy", "NAC policy", 731) \
	X("nacsettings", "NAC settings", 732) \
	X("np", "Network processor", 319) \
	X("ospf", "OSPF routing", 318, 409, 503, 613) \
	X("rip", "RIP routing", 107, 312) \
	X("rm", "Resource manager", 321) \
	X("session", "User session", 106, 108, 201, 202, 204, 302, 303, 304, \
	    305, 314, 405, 406, 407, 500, 502, 607, 608, 609, 616, 620, 703, 710) \
	X("snmp", "SNMP", 212) \
	X("ssl", "SSL", 725) \
	X("svc", "SSL VPN client", 722) \
	X("sys", "System", 199, 211, 214, 216, 306, 307, 315, 414, 604, 605, \
	    606, 610, 612, 614, 615, 701, 711, 741) \
	X("tag-switching", "Service tag switching", 779) \
	X("vm", "VLAN mapping", 730) \
	X("vpdn", "PPTP and L2TP sessions", 213, 403, 603) \
	X("vpn", "IKE and IPsec", 316, 320, 402, 404, 501, 602, 702, 713, 714, \
	    715) \
	X("vpnc", "VPN client", 611) \
	X("vpnfo", "VPN failover", 720) \
	X("vpnlb", "VPN load balancing", 718) \
	X("webfo", "WebVPN failover", 721) \
	X("webvpn", "WebVPN", 716)

#define CLASS_ROW(name, help, ...) { name, { __VA_ARGS__ } },
#define CLASS_WORD(name, help, ...) "|" name
#define CLASS_TEXT(name, help, ...) help "\n"
#define CLASS_SYNTAX "<auth" CLASS_LIST(CLASS_WORD) ">:class"
#define CLASS_HELP CLASS_AUTH(CLASS_TEXT) CLASS_LIST(CLASS_TEXT)
/* clang-format on */

#endif

/* SPDX-License-Identifier: ISC */
#include "names.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "util.h"

struct name {
	const char *name;
	int number;
	bool input_only; /* another name is printed for this number */
};

/* clang-format off */
static const struct name protocols[] = {
	{ "ah", 51, false }, { "eigrp", 88, false }, { "esp", 50, false },
	{ "gre", 47, false }, { "icmp", 1, false }, { "icmp6", 58, false },
	{ "igmp", 2, false }, { "igrp", 9, false }, { "ip", 0, false },
	{ "ipinip", 4, false }, { "ipsec", 50, true }, { "nos", 94, false },
	{ "ospf", 89, false }, { "pcp", 108, false }, { "pim", 103, false },
	{ "pptp", 47, true }, { "sctp", 132, false }, { "snp", 109, false },
	{ "tcp", 6, false }, { "udp", 17, false },
};

static const struct name tcp_ports[] = {
	{ "aol", 5190, false }, { "bgp", 179, false }, { "chargen", 19, false },
	{ "cifs", 3020, false }, { "citrix-ica", 1494, false },
	{ "cmd", 514, true }, { "ctiqbe", 2748, false },
	{ "daytime", 13, false }, { "discard", 9, false },
	{ "domain", 53, false }, { "echo", 7, false }, { "exec", 512, false },
	{ "finger", 79, false }, { "ftp", 21, false }, { "ftp-data", 20, false },
	{ "gopher", 70, false }, { "h323", 1720, false },
	{ "hostname", 101, false }, { "http", 80, true }, { "https", 443, false },
	{ "ident", 113, false }, { "imap4", 143, false }, { "irc", 194, false },
	{ "kerberos", 750, false }, { "klogin", 543, false },
	{ "kshell", 544, false }, { "ldap", 389, false }, { "ldaps", 636, false },
	{ "login", 513, false }, { "lotusnotes", 1352, false },
	{ "lpd", 515, false }, { "netbios-ssn", 139, false },
	{ "nfs", 2049, false }, { "nntp", 119, false },
	{ "pcanywhere-data", 5631, false }, { "pim-auto-rp", 496, false },
	{ "pop2", 109, false }, { "pop3", 110, false }, { "pptp", 1723, false },
	{ "rsh", 514, false }, { "rtsp", 554, false }, { "sip", 5060, false },
	{ "smtp", 25, false }, { "sqlnet", 1521, false }, { "ssh", 22, false },
	{ "sunrpc", 111, false }, { "tacacs", 49, false }, { "talk", 517, false },
	{ "telnet", 23, false }, { "uucp", 540, false }, { "whois", 43, false },
	{ "www", 80, false },
};

static const struct name udp_ports[] = {
	{ "biff", 512, false }, { "bootpc", 68, false }, { "bootps", 67, false },
	{ "cifs", 3020, false }, { "discard", 9, false }, { "dnsix", 195, false },
	{ "domain", 53, false }, { "echo", 7, false }, { "http", 80, true },
	{ "isakmp", 500, false }, { "kerberos", 750, false },
	{ "mobile-ip", 434, false }, { "nameserver", 42, false },
	{ "netbios-dgm", 138, false }, { "netbios-ns", 137, false },
	{ "nfs", 2049, false }, { "ntp", 123, false },
	{ "pcanywhere-status", 5632, false }, { "pim-auto-rp", 496, false },
	{ "radius", 1645, false }, { "radius-acct", 1646, false },
	{ "rip", 520, false }, { "secureid-udp", 5510, false },
	{ "sip", 5060, false }, { "snmp", 161, false }, { "snmptrap", 162, false },
	{ "sunrpc", 111, false }, { "syslog", 514, false },
	{ "tacacs", 49, false }, { "talk", 517, false }, { "tftp", 69, false },
	{ "time", 37, false }, { "vxlan", 4789, false }, { "who", 513, false },
	{ "www", 80, false }, { "xdmcp", 177, false },
};

static const struct name icmp_types[] = {
	{ "alternate-address", 6, false }, { "conversion-error", 31, false },
	{ "echo", 8, false }, { "echo-reply", 0, false },
	{ "information-reply", 16, false }, { "information-request", 15, false },
	{ "mask-reply", 18, false }, { "mask-request", 17, false },
	{ "mobile-redirect", 32, false }, { "parameter-problem", 12, false },
	{ "redirect", 5, false }, { "router-advertisement", 9, false },
	{ "router-solicitation", 10, false }, { "source-quench", 4, false },
	{ "time-exceeded", 11, false }, { "timestamp-reply", 14, false },
	{ "timestamp-request", 13, false }, { "traceroute", 30, false },
	{ "unreachable", 3, false },
};

static const struct name icmp6_types[] = {
	{ "echo", 128, false }, { "echo-reply", 129, false },
	{ "membership-query", 130, false }, { "membership-reduction", 132, false },
	{ "membership-report", 131, false }, { "neighbor-advertisement", 136, false },
	{ "neighbor-redirect", 137, false }, { "neighbor-solicitation", 135, false },
	{ "packet-too-big", 2, false }, { "parameter-problem", 4, false },
	{ "router-advertisement", 134, false }, { "router-renumbering", 138, false },
	{ "router-solicitation", 133, false }, { "time-exceeded", 3, false },
	{ "unreachable", 1, false },
};

static const struct name dscps[] = {
	{ "af11", 10, false }, { "af12", 12, false }, { "af13", 14, false }, { "af21", 18, false },
	{ "af22", 20, false }, { "af23", 22, false }, { "af31", 26, false }, { "af32", 28, false },
	{ "af33", 30, false }, { "af41", 34, false }, { "af42", 36, false }, { "af43", 38, false },
	{ "cs1", 8, false }, { "cs2", 16, false }, { "cs3", 24, false }, { "cs4", 32, false },
	{ "cs5", 40, false }, { "cs6", 48, false }, { "cs7", 56, false }, { "default", 0, false },
	{ "ef", 46, false },
};

static const struct name precedences[] = {
	{ "critical", 5, false }, { "flash", 3, false }, { "flash-override", 4, false },
	{ "immediate", 2, false }, { "internet", 6, false }, { "network", 7, false },
	{ "priority", 1, false }, { "routine", 0, false },
};

static const struct name severities[] = {
	{ "emergencies", 0, false }, { "alerts", 1, false },
	{ "critical", 2, false }, { "errors", 3, false },
	{ "warnings", 4, false }, { "notifications", 5, false },
	{ "informational", 6, false }, { "debugging", 7, false },
};
/* clang-format on */

/* The whole name, or as much of it as belongs to one number only: these are
 * keywords, and keywords may be cut short. */
static int
to_number(const struct name *t, size_t n, const char *name)
{
	size_t i, length = strlen(name);
	int found = -1;
	bool ambiguous = false;

	for (i = 0; i < n; i++) {
		if (strncasecmp(t[i].name, name, length) != 0)
			continue;
		if (t[i].name[length] == '\0')
			return t[i].number;
		if (found >= 0 && found != t[i].number)
			ambiguous = true;
		found = t[i].number;
	}
	return ambiguous || length == 0 ? -1 : found;
}

static const char *
to_name(const struct name *t, size_t n, unsigned number)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if ((unsigned)t[i].number == number && !t[i].input_only)
			return t[i].name;
	}
	return NULL;
}

int
name_to_protocol(const char *name)
{
	return to_number(protocols, ARRAY_LEN(protocols), name);
}

const char *
protocol_to_name(unsigned number)
{
	return to_name(protocols, ARRAY_LEN(protocols), number);
}

int
name_to_port(const char *name, unsigned proto)
{
	int port = -1;

	if (proto != IPPROTO_UDP)
		port = to_number(tcp_ports, ARRAY_LEN(tcp_ports), name);
	if (port < 0 && proto != IPPROTO_TCP)
		port = to_number(udp_ports, ARRAY_LEN(udp_ports), name);
	return port;
}

const char *
port_to_name(unsigned port, unsigned proto)
{
	const char *name = NULL;

	if (proto == IPPROTO_TCP)
		return to_name(tcp_ports, ARRAY_LEN(tcp_ports), port);
	if (proto == IPPROTO_UDP)
		return to_name(udp_ports, ARRAY_LEN(udp_ports), port);
	if (proto == 0) {
		/* Valid for both or not at all. */
		name = to_name(tcp_ports, ARRAY_LEN(tcp_ports), port);
		if (to_name(udp_ports, ARRAY_LEN(udp_ports), port) == NULL)
			name = NULL;
	}
	return name;
}

int
name_to_icmp_type(const char *name)
{
	return to_number(icmp_types, ARRAY_LEN(icmp_types), name);
}

const char *
icmp_type_to_name(unsigned type)
{
	return to_name(icmp_types, ARRAY_LEN(icmp_types), type);
}

int
name_to_icmp6_type(const char *name)
{
	return to_number(icmp6_types, ARRAY_LEN(icmp6_types), name);
}

const char *
icmp6_type_to_name(unsigned type)
{
	return to_name(icmp6_types, ARRAY_LEN(icmp6_types), type);
}

int
name_to_severity(const char *name)
{
	return to_number(severities, ARRAY_LEN(severities), name);
}

const char *
severity_to_name(unsigned level)
{
	return to_name(severities, ARRAY_LEN(severities), level);
}

int
name_to_dscp(const char *name)
{
	return to_number(dscps, ARRAY_LEN(dscps), name);
}

const char *
dscp_to_name(unsigned value)
{
	return to_name(dscps, ARRAY_LEN(dscps), value);
}

int
name_to_precedence(const char *name)
{
	return to_number(precedences, ARRAY_LEN(precedences), name);
}

const char *
precedence_to_name(unsigned value)
{
	return to_name(precedences, ARRAY_LEN(precedences), value);
}

static const char *
name_at(const struct name *t, size_t n, unsigned i)
{
	return i < n ? t[i].name : NULL;
}

const char *
port_name_at(unsigned n, unsigned proto)
{
	if (proto == IPPROTO_UDP)
		return name_at(udp_ports, ARRAY_LEN(udp_ports), n);
	return name_at(tcp_ports, ARRAY_LEN(tcp_ports), n);
}

const char *
protocol_name_at(unsigned n)
{
	return name_at(protocols, ARRAY_LEN(protocols), n);
}

const char *
icmp_type_name_at(unsigned n)
{
	return name_at(icmp_types, ARRAY_LEN(icmp_types), n);
}

const char *
dscp_name_at(unsigned n)
{
	return name_at(dscps, ARRAY_LEN(dscps), n);
}

const char *
precedence_name_at(unsigned n)
{
	return name_at(precedences, ARRAY_LEN(precedences), n);
}

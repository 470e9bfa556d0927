/* SPDX-License-Identifier: ISC
 *
 * Well-known names of protocols, ports and ICMP types, both ways.
 *
 * Source: the port, protocol and ICMP type literals of the Cisco ASA command
 * references. A number without a literal of its own protocol stays a number:
 * tcp 443 is `https`, udp 443 is `443`.
 */
#ifndef ASASIM_NAMES_H
#define ASASIM_NAMES_H

#include <stdint.h>

/* -1 when the name is unknown. Names are compared without regard to case. */
int name_to_protocol(const char *name);
/* NULL when the number has no literal. 0 is "ip". */
const char *protocol_to_name(unsigned number);

/* proto: IPPROTO_TCP, IPPROTO_UDP, or 0 for either. */
int name_to_port(const char *name, unsigned proto);
const char *port_to_name(unsigned port, unsigned proto);

int name_to_icmp_type(const char *name);
const char *icmp_type_to_name(unsigned type);
int name_to_icmp6_type(const char *name);
const char *icmp6_type_to_name(unsigned type);

/* Logging severities: "emergencies" .. "debugging", 0-7. */
int name_to_severity(const char *name);
const char *severity_to_name(unsigned level);

/* DSCP values, "af11", "ef"; IP precedences, "routine", "network". */
int name_to_dscp(const char *name);
const char *dscp_to_name(unsigned value);
int name_to_precedence(const char *name);
const char *precedence_to_name(unsigned value);

/* The n-th name that a help list may show, NULL at the end. */
const char *port_name_at(unsigned n, unsigned proto);
const char *protocol_name_at(unsigned n);
const char *icmp_type_name_at(unsigned n);
const char *dscp_name_at(unsigned n);
const char *precedence_name_at(unsigned n);

#endif

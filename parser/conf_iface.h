/* SPDX-License-Identifier: ISC
 *
 * Interfaces and routes.
 */
#ifndef ASASIM_CONF_IFACE_H
#define ASASIM_CONF_IFACE_H

#include <stdbool.h>

#include "gram.h"

struct iface {
	char *hw;           /* "GigabitEthernet0/0", "GigabitEthernet0/0.10" */
	char *nameif;       /* NULL = none */
	int security_level; /* -1 = not set */
	struct ip_addr ip, mask, standby;
	VEC(struct ip_prefix) ip6;
	bool dhcp;           /* ip address dhcp */
	bool dhcp_setroute;  /* ip address dhcp setroute */
	uint32_t dhcp_retry; /* PIX: retry N, 0 = not typed */
	bool shutdown;
	bool management_only;
	bool subinterface;
	unsigned vlan; /* 0 = none */
	char *description;
	VEC(char *) kept; /* sub-mode lines that are kept, not simulated */
};

struct route {
	char *ifname;
	struct ip_addr dest, mask; /* IPv4; IPv6: dest + prefix_length */
	unsigned prefix_length;
	struct ip_addr gateway;
	uint32_t metric; /* 1 by default */
	bool has_metric;
	bool tunneled;
	uint32_t track; /* 0 = none */
	bool has_track;
};

struct name_entry {
	struct ip_addr addr;
	char *name;
	char *description;
};

#endif

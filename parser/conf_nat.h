/* SPDX-License-Identifier: ISC
 *
 * static: the translation of PIX and ASA up to 8.2.
 */
#ifndef ASASIM_CONF_NAT_H
#define ASASIM_CONF_NAT_H

#include <stdbool.h>

#include "gram.h"

enum static_tail { STATIC_DNS, STATIC_NORANDOMSEQ, STATIC_TCP, STATIC_UDP };

struct static_nat {
	struct if_pair ifs;    /* (real,mapped) */
	uint8_t l4;            /* 0 = whole addresses, 1 tcp, 2 udp */
	bool mapped_interface; /* "interface" instead of an address */
	struct ip_addr mapped;
	uint32_t mapped_port;
	struct ip_addr real; /* af 0: access-list form */
	uint32_t real_port;
	char *acl; /* policy static; kept, not simulated yet */
	struct ip_addr netmask;
	bool has_netmask; /* typed; 255.255.255.255 if not */
	bool dns, norandomseq;
	uint32_t tail; /* while parsing only: bits of enum static_tail */
	bool has_tcp, has_emb, has_udp;
	uint32_t tcp_max, emb_limit, udp_max; /* 0 = unlimited */
	bool simulated;
};

#endif

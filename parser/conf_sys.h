/* SPDX-License-Identifier: ISC
 *
 * System settings: hostname, names, timeouts, the simulator's own.
 */
#ifndef ASASIM_CONF_SYS_H
#define ASASIM_CONF_SYS_H

#include <stdbool.h>

#include "gram.h"

enum timeout_kept {
	TIMEOUT_XLATE,
	TIMEOUT_PAT_XLATE,
	TIMEOUT_SUNRPC,
	TIMEOUT_H323,
	TIMEOUT_H225,
	TIMEOUT_MGCP,
	TIMEOUT_MGCP_PAT,
	TIMEOUT_SIP,
	TIMEOUT_SIP_MEDIA,
	TIMEOUT_SIP_INVITE,
	TIMEOUT_SIP_DISCONNECT,
	TIMEOUT_SIP_PROVISIONAL_MEDIA,
	TIMEOUT_UAUTH,
	TIMEOUT_TCP_PROXY_REASSEMBLY,
	TIMEOUT_FLOATING_CONN,
	TIMEOUT_CONN_HOLDDOWN,
	TIMEOUT_IGP_STALE_ROUTE,
	TIMEOUT_SCTP, /* last: conf_timeout.c counts on it */
	TIMEOUT_KEPT_COUNT
};

enum exemption { EXEMPTION_EXPLICIT, EXEMPTION_DEVICE };

struct conf_sys {
	char *version; /* "8.2(1)" of an ASA/PIX Version line, or NULL */
	bool version_is_pix;
	char *hostname; /* "ciscoasa" */
	char *domain_name;
	char *enable_password; /* as in the config, with "encrypted" etc. */
	char *passwd;
	bool names;              /* print names for addresses */
	uint32_t pager_lines;    /* 24; 0 = off */
	uint32_t terminal_width; /* 80; 0 = no limit (511) */
	bool has_terminal_width;
	char *prompt; /* words after `prompt`, "hostname context" */

	/* timeout conn h:mm:ss half-closed ... in seconds; the device's
	 * defaults. The others are kept, not simulated. */
	uint32_t timeout_conn, timeout_half_closed, timeout_udp, timeout_icmp;
	uint32_t timeout_embryonic;
	uint32_t timeout_kept[TIMEOUT_KEPT_COUNT];
	bool uauth_inactivity;

	bool same_security_inter, same_security_intra;
	bool nat_control;

	/* simulator */
	int profile;   /* enum profile */
	int exemption; /* enum exemption */
	bool default_allow_tls;
};

#endif

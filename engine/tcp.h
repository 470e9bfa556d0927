/* SPDX-License-Identifier: ISC
 *
 * TCP state check (RFC 9293) as a firewall sees it: from the middle.
 *
 * tcp_track() judges one segment of a known connection and moves its state.
 * It allows what either end could legitimately have sent: retransmissions,
 * segments out of order within the window, keep-alives, zero-window probes. It
 * refuses what neither could: see the reasons it returns.
 */
#ifndef ASASIM_TCP_H
#define ASASIM_TCP_H

#include "conn.h"

enum {
	TCP_TIMEOUT_EMBRYONIC = 30, /* seconds, `timeout` defaults */
	TCP_TIMEOUT_CONN = 3600,
	TCP_TIMEOUT_HALF_CLOSED = 600,
};

/* Timeouts by state, in ns; part of the policy. */
struct tcp_timeouts {
	uint64_t embryonic, established, half_closed;
};

/* The first packet of a flow: REASON_NONE if it may open a connection (SYN
 * alone), else why not. */
enum reason tcp_may_open(const struct pkt *p);

/* Starts tracking; p is the SYN. */
void tcp_open(struct conn *c, const struct pkt *p);

/* Judges a segment. REASON_NONE: goes on. When the segment completes the
 * close, c->state becomes CONN_CLOSED and c->end says why (FLOW_TCP_FINS,
 * FLOW_RESET_IN or FLOW_RESET_OUT); the caller forwards the segment and then
 * ends the connection. *timeout is set to the state's idle time. */
enum reason tcp_track(struct conn *c, const struct pkt *p, enum dir dir,
    const struct tcp_timeouts *times, uint64_t *timeout);

/* "FIN ACK" as log lines write flags: each word followed by a blank. */
const char *tcp_flags_text(uint8_t flags, char buf[40]);

/* Connection flags of `show conn` ("UIOB", "saA", ...), per the flag legend;
 * an inspected SMTP connection carries M. */
const char *conn_flags_text(const struct conn *c, char buf[24]);

#endif

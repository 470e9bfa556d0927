/* SPDX-License-Identifier: ISC
 *
 * The contract between the stream and an application inspector.
 *
 * An inspector sees each direction of a TCP connection as bytes in order, each
 * byte once judged only once. It may change bytes in place, never their number
 * (the device substitutes byte for byte: no sequence number moves). It keeps
 * its state in memory that the stream's owner gives it, does no I/O and does
 * not allocate.
 *
 * data() is called with every byte that is in order and not yet judged. It
 * answers how many from the start it has judged ("released": these may leave
 * the firewall) and what to do about them. The stream calls again, with what
 * is left, until `released` comes back 0 or nothing is left; bytes that stay
 * unreleased are held and shown again in front of later ones. An inspector
 * must not hold more than INSPECT_HOLD_MAX bytes: it then has to judge them
 * as they are. Returning after each line is fine, so that a verdict applies to
 * just the packets that carry that line.
 *
 * A verdict other than INSP_PASS concerns the released bytes: the segments that
 * carry any of them are dropped (INSP_DROP), and the connection is closed
 * (INSP_DROP_CONN: nothing is sent; INSP_RESET: both ends get a RST).
 * INSP_BYPASS: these bytes pass, and the connection is never inspected again.
 */
#ifndef ASASIM_INSPECT_H
#define ASASIM_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "count.h"
#include "evlog.h"
#include "ip.h"

enum { INSPECT_HOLD_MAX = 8192 };

enum dir { DIR_CLIENT /* initiator to responder */, DIR_SERVER };

enum insp_verdict {
	INSP_PASS,
	INSP_DROP,
	INSP_DROP_CONN,
	INSP_RESET,
	INSP_BYPASS,
};

/* Who talks to whom, for log lines: real addresses, interface names. */
struct insp_flow {
	struct ip_addr addr[2]; /* by enum dir: client, server */
	uint16_t port[2];
	const char *ifname[2];
	struct ip_addr mapped[2]; /* as seen on the other side */
};

struct insp_ctx {
	const struct insp_flow *flow;
	struct counts *counts;
	struct evlog *log;
	uint64_t ts;            /* ns, the packet's clock */
	uint64_t packet_number; /* of the packet that made this call */
	uint32_t segment_len;   /* payload bytes of that packet */
	bool final; /* the sender's FIN: nothing follows, judge all */
};

struct insp_result {
	size_t released;
	enum insp_verdict verdict;
};

/* Counters that every `Inspect:` line shows. */
struct insp_counters {
	count_t packet;     /* segments given to the inspector, both ways */
	count_t drop;       /* packets the inspector discarded */
	count_t reset_drop; /* likewise, with a reset: no inspector does */
};

struct inspector {
	const char *name; /* "esmtp" */
	uint8_t proto;    /* IPPROTO_TCP */
	size_t state_size;
	/* config is the compiled policy of this `inspect` line and outlives the
	 * connection's use of it. state arrives zeroed. */
	void (*init)(void *state, const void *config);
	struct insp_result (*data)(void *state, enum dir dir, uint8_t *bytes,
	    size_t length, struct insp_ctx *ctx);
	/* n bytes are missing for good (capture loss, snap length): they passed
	 * unseen. Resynchronise. */
	void (*gap)(
	    void *state, enum dir dir, uint64_t n, struct insp_ctx *ctx);
	/* No more bytes in this direction. NULL if of no interest. */
	void (*fin)(void *state, enum dir dir, struct insp_ctx *ctx);
};

/* One configured `inspect P [MAP]` of a class. Immutable, part of the policy.
 */
struct insp_instance {
	const struct inspector
	    *inspector; /* NULL: counted only, no engine yet */
	const void *config;
	struct insp_counters counters;
};

extern const struct inspector insp_esmtp;

#endif

/* SPDX-License-Identifier: ISC
 *
 * System messages: %ASA-level-id: text.
 *
 * One X-macro names every message with its level and its printf format; a
 * format's arguments are checked by nobody but the caller, so each message has
 * exactly one call site helper or is raised through evlog_put() with the
 * arguments the format wants. The sink is a function the control side
 * installs; it gets finished records and decides where they go. What nobody
 * wants is not formatted: the filter, made from `logging message`, `logging
 * list` and the levels of all destinations, is asked first, and it is also the
 * one place where a message gets another level. Texts: Cisco ASA Series Syslog
 * Messages, or a real device line where the two differ (the device wins).
 */
#ifndef ASASIM_EVLOG_H
#define ASASIM_EVLOG_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
#define EVLOG_LIST(X) \
	X(106001, 2, "Inbound TCP connection denied from %s/%u to %s/%u flags %s on interface %s") \
	X(106006, 2, "Deny inbound UDP from %s/%u to %s/%u on interface %s") \
	X(106010, 3, "Deny inbound %s src %s:%s dst %s:%s") \
	X(106014, 3, "Deny inbound icmp src %s:%s dst %s:%s (type %u, code %u)") \
	X(106015, 6, "Deny TCP (no connection) from %s/%u to %s/%u flags %s on interface %s") \
	X(106016, 2, "Deny IP spoof from (%s) to %s on interface %s") \
	X(106017, 2, "Deny IP due to Land Attack from %s to %s") \
	X(106023, 4, "%s") \
	X(106100, 6, "%s") \
	X(108002, 2, "SMTP replaced %s: out %s in %s data: %s") \
	X(108003, 2, "Terminating ESMTP connection; malicious pattern detected in the mail address from %s:%s/%u to %s:%s/%u. Mail Address:%s") \
	X(108004, 4, "%s: %s ESMTP %s from %s:%s/%u to %s:%s/%u; %s") \
	X(108005, 6, "%s: Received ESMTP %s from %s:%s/%u to %s:%s/%u; %s") \
	X(108006, 7, "Detected ESMTP size violation from %s:%s/%u to %s:%s/%u; declared size is: %llu, actual size is %llu") \
	X(108007, 6, "TLS started on ESMTP session between client %s:%s/%u and server %s:%s/%u") \
	X(110003, 6, "Routing failed to locate next hop for %s from %s:%s/%u to %s:%s/%u") \
	X(201010, 6, "Embryonic connection limit exceeded %u/%u for %s packet from %s/%u to %s/%u on interface %s") \
	X(201011, 3, "Connection limit exceeded %u/%u for %s packet from %s/%u to %s/%u on interface %s") \
	X(201012, 6, "Per-client embryonic connection limit exceeded %u/%u for %s packet from %s/%u to %s/%u on interface %s") \
	X(201013, 3, "Per-client connection limit exceeded %u/%u for %s packet from %s/%u to %s/%u on interface %s") \
	X(302013, 6, "Built %s TCP connection %u for %s:%s/%u (%s/%u) to %s:%s/%u (%s/%u)") \
	X(302014, 6, "Teardown TCP connection %u for %s:%s/%u to %s:%s/%u duration %s bytes %llu %s") \
	X(302015, 6, "Built %s UDP connection %u for %s:%s/%u (%s/%u) to %s:%s/%u (%s/%u)") \
	X(302016, 6, "Teardown UDP connection %u for %s:%s/%u to %s:%s/%u duration %s bytes %llu") \
	X(302020, 6, "Built %s ICMP connection for faddr %s/%u gaddr %s/%u laddr %s/%u") \
	X(302021, 6, "Teardown ICMP connection for faddr %s/%u gaddr %s/%u laddr %s/%u") \
	X(500003, 5, "Bad TCP hdr length (hdrlen=%u, pktlen=%u) from %s/%u to %s/%u, flags: %s, on interface %s") \
	X(507001, 5, "Terminating TCP-Proxy connection from %s:%s/%u to %s:%s/%u - reassembly limit of %u bytes exceeded") \
	X(507002, 4, "Data copy in proxy-mode exceeded the buffer limit") \
	X(507003, 4, "%s flow from %s:%s/%u to %s:%s/%u terminated by inspection engine, reason - %s.")
/* clang-format on */

enum evlog_id {
#define X(id, level, format) EV_##id,
	EVLOG_LIST(X)
#undef X
	    EV_COUNT
};

struct evlog_record {
	enum evlog_id ev;
	unsigned number;        /* 108004 */
	unsigned level;         /* 0..7 */
	uint64_t ts;            /* ns since the epoch, the packet's clock */
	uint64_t packet_number; /* 1-based within the replay; 0: none */
	const char *text;       /* without prefix; valid during the call */
};

enum { EVLOG_AS_RAISED = 255 };

/* Who wants what, by message. */
struct evlog_filter {
	uint8_t level[EV_COUNT];  /* level to give, or EVLOG_AS_RAISED */
	uint8_t wanted[EV_COUNT]; /* bit n: somebody wants it, raised at n */
};

struct evlog {
	void (*sink)(void *arg, const struct evlog_record *r);
	void *sink_arg;
	uint64_t ts;                       /* stamp of records to come */
	uint64_t packet_number;            /* likewise */
	const struct evlog_filter *filter; /* NULL: max_level decides */
	unsigned max_level; /* records above it are not even formatted */
	bool suppress;      /* packet-tracer: log nothing */
};

unsigned evlog_number(enum evlog_id ev);
unsigned evlog_level(enum evlog_id ev);

/* Would a record go anywhere? For callers with costly arguments. */
bool evlog_wanted(const struct evlog *log, enum evlog_id ev);

/* Formats and hands over a record; the arguments follow the list above. */
void evlog_put(struct evlog *log, enum evlog_id ev, ...);
/* The same at another level than its own, as `log LEVEL` of an access list
 * wants it. `logging message` still has the last word. */
void evlog_put_at(struct evlog *log, enum evlog_id ev, unsigned level, ...);

#endif

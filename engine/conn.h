/* SPDX-License-Identifier: ISC
 *
 * Connections.
 *
 * A connection is found by either of two keys: the addresses of packets that
 * come from the client as they look on the client's side, and likewise for the
 * server. Translation makes the two differ. The table belongs to one packet
 * thread; nothing here locks. Memory is one slab sized at conn_table_init(); a
 * full table makes conn_create() return NULL, and the caller drops with
 * REASON_FLOW_LIMIT. Time is the packet's time, never the machine's.
 */
#ifndef ASASIM_CONN_H
#define ASASIM_CONN_H

#include <stdbool.h>
#include <stdint.h>

#include "inspect.h"
#include "ip.h"
#include "pkt.h"

struct policy;
struct stream;

/* Addresses of a packet, in its own direction. */
struct flow_key {
	struct ip_addr src, dst;
	uint16_t sport, dport; /* ICMP: the identifier in both */
	uint8_t proto;
	uint8_t pad[3]; /* zero: keys are hashed as bytes */
};

enum conn_state {
	CONN_SYN_SENT,    /* client's SYN seen */
	CONN_SYN_RCVD,    /* server's SYN-ACK seen: still embryonic */
	CONN_ESTABLISHED, /* third ACK seen */
	CONN_CLOSING,     /* at least one FIN */
	CONN_CLOSED,      /* both FINs acknowledged, or RST */
	CONN_DATAGRAM,    /* UDP, ICMP and other protocols */
	CONN_KILLED,      /* closed by an inspection: swallows what follows */
};

/* One direction of a TCP connection, as its sender announced it. */
struct tcp_side {
	uint32_t isn;
	uint32_t nxt;     /* highest sequence number sent, plus one */
	uint32_t acked;   /* highest acknowledgement this side has sent */
	uint32_t win;     /* window this side offers, scaled */
	uint32_t max_win; /* largest it has offered */
	uint32_t fin_seq; /* sequence number after its FIN */
	uint8_t wscale;
	bool seen, fin, fin_acked, wscale_ok;
};

struct conn {
	/* set when created */
	struct flow_key key[2]; /* by enum dir: packets as they arrive */
	struct flow_key out[2]; /* by enum dir: what to write on output */
	struct insp_flow flow;  /* names and addresses for logs and screens */
	int ifindex[2];         /* client's, server's interface */
	uint32_t id;            /* number in 302013 and friends */
	uint64_t created;       /* ns */
	bool inbound;           /* client sits on the lower security level */
	const void *rule;       /* static rule that translates it, or NULL */
	struct policy *policy;  /* policy of its creation; owner counts it */
	uint32_t limit_slot; /* host whose connection count it uses, 0 = none */

	/* moved by packets */
	enum conn_state state;
	struct tcp_side tcp[2]; /* by enum dir */
	uint64_t last;          /* ns, last packet */
	uint64_t timeout;       /* ns of idleness allowed in this state */
	uint64_t bytes;         /* payload bytes both ways */
	bool data[2];           /* payload was seen from client, server */
	enum reason end;        /* why it was taken down */
	/* A SYN that was refused because the connection is still up, and did
	 * the ends open a new connection with it all the same? */
	uint32_t refused_isn;
	bool syn_refused, reopened;

	/* inspection */
	const struct insp_instance *inspect; /* NULL: not inspected */
	struct stream *stream;               /* NULL: not inspected */

	/* table's own */
	uint32_t chain[2]; /* by enum dir: what follows in that key's bucket */
	struct conn *idle_prev, *idle_next;
	uint16_t idle_class; /* list it is on */
	bool idle;           /* is on one */
	bool used;
};

struct conn_table {
	struct conn *slab;
	struct conn *free;
	/* Slots from here on were never used: a page costs something only when
	 * it is touched, so a short run does not pay for a big table. */
	uint32_t fresh;
	uint32_t *buckets;  /* both keys live here */
	uint32_t n_buckets; /* a power of two */
	uint32_t max, in_use, most_used;
	uint32_t next_id;
	uint64_t seed;
	struct conn_idle *idle; /* idle order, one list for each timeout */
	unsigned n_idle;
	uint64_t next_expiry; /* nothing ends before this time */
	/* Called once for each connection that ends, before its slot is free:
	 * logs the teardown, frees the stream, gives back the limit slot. */
	void (*on_end)(void *arg, struct conn *c);
	void *on_end_arg;
};

int conn_table_init(struct conn_table *t, uint32_t max, uint64_t seed);
void conn_table_fini(struct conn_table *t); /* on_end is called for each */

/* Finds the connection of a packet; stores which way the packet goes. */
struct conn *conn_find(
    struct conn_table *t, const struct flow_key *key, enum dir *dir);

/* Enters a connection under both keys (copied from the arguments). All other
 * members are zero but id, created and last. NULL: table full. */
struct conn *conn_create(struct conn_table *t, const struct flow_key *client,
    const struct flow_key *server, uint64_t now);

/* Takes a connection down: sets its end reason, calls on_end (which must not
 * end other connections), frees it. */
void conn_end(struct conn_table *t, struct conn *c, enum reason why);

/* Notes activity: last = now, the state's timeout counts from here. */
void conn_touch(struct conn_table *t, struct conn *c, uint64_t now);
/* Changes the idle time allowed; takes effect from the last packet. 0: never
 * ends by idleness. */
void conn_set_timeout(struct conn_table *t, struct conn *c, uint64_t ns);

/* Ends every connection whose idle time is over at `now`, with SYN Timeout,
 * FIN Timeout or Conn-timeout by state. Cost grows with what expires, not
 * with the table. */
void conn_expire(struct conn_table *t, uint64_t now);

/* Visits connections in order of creation (id). For screens, not packets. */
void conn_each(const struct conn_table *t,
    void (*fn)(void *arg, const struct conn *c), void *arg);

/* Key of a decoded packet. */
void flow_key_of(const struct pkt *p, struct flow_key *key);

#endif

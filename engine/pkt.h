/* SPDX-License-Identifier: ISC
 *
 * The packet descriptor that travels through the stages.
 *
 * A pkt owns a buffer of PKT_BUFFER_SIZE bytes out of a fixed pool (see
 * pktpool_*). The frame is copied there once when it is read, so every stage
 * may change bytes in place. Offsets, not pointers, describe the layers;
 * offset 0xffff means "not there". Whatever a stage reads lies within caplen:
 * decode() has checked it.
 *
 * A pkt has one owner at a time: the pipeline, or the stream that holds it.
 */
#ifndef ASASIM_PKT_H
#define ASASIM_PKT_H

#include <stdbool.h>
#include <stdint.h>

#include "ip.h"
#include "reason.h"

enum { PKT_BUFFER_SIZE = 65536 + 64, PKT_NO_OFFSET = 0xffffffff };

enum tcp_flag {
	TCP_FIN = 0x01,
	TCP_SYN = 0x02,
	TCP_RST = 0x04,
	TCP_PSH = 0x08,
	TCP_ACK = 0x10,
	TCP_URG = 0x20,
};

enum pkt_csum {
	PKT_CSUM_GOOD, /* verified: keep it right when bytes change */
	PKT_CSUM_BAD,  /* wrong on arrival: stays wrong (updated, not redone) */
	PKT_CSUM_PARTIAL, /* left to the sender's hardware: completed on output
			   */
	PKT_CSUM_NONE, /* cannot be told (cut by the snap length, fragment) */
};

struct conn;

struct pkt {
	struct pkt *next; /* owner's list link */

	/* set by the source */
	uint8_t *data;    /* the frame, in this packet's own buffer */
	uint32_t caplen;  /* bytes in data */
	uint32_t wirelen; /* bytes on the wire, >= caplen */
	uint64_t ts;      /* ns since the epoch */
	uint64_t number;  /* 1-based position in the whole replay */
	int linktype;     /* DLT_* */
	uint16_t source;  /* index of the capture file or device */

	/* set by decode() */
	uint32_t l3;      /* offset of the IP header */
	uint32_t l4;      /* offset of the transport header, or PKT_NO_OFFSET */
	uint32_t payload; /* offset of the transport payload */
	uint32_t payload_len;  /* captured payload bytes (no link padding) */
	uint32_t payload_wire; /* payload bytes by the IP header's length */
	uint32_t ip_len;       /* IP header + everything it says it carries */
	struct ip_addr src, dst;
	uint8_t proto;       /* IPPROTO_* of the transport header */
	bool fragment;       /* any fragment */
	bool first_fragment; /* the one with offset 0 (has l4) */
	bool truncated;      /* cut by the snap length */
	uint8_t ttl;
	uint8_t tos;
	uint16_t vlan;         /* outer 802.1Q id, 0 = untagged */
	uint16_t sport, dport; /* TCP, UDP; ICMP: identifier in both */
	uint8_t icmp_type, icmp_code;
	uint32_t seq, ack;
	uint16_t window;
	uint8_t tcp_flags;
	enum pkt_csum csum; /* state of the transport checksum on arrival */

	/* set by the stages */
	int ingress, egress; /* interface index in the policy, -1 = none */
	int capture_point;   /* interface the capture was taken at, -1 = unknown
			      */
	struct conn *conn;
	uint8_t dir;        /* enum dir: of conn */
	enum reason reason; /* set when a stage drops */
	bool modified;      /* payload or addresses changed */
};

/* A fixed pool of packets with their buffers. pkt_get() returns NULL when it
 * is empty; the caller then drops with REASON_MEMORY. */
struct pktpool {
	struct pkt *free;
	unsigned n, in_use, most_used;
	void *slab;
};

int pktpool_init(struct pktpool *pool, unsigned n);
void pktpool_fini(struct pktpool *pool);
struct pkt *pkt_get(struct pktpool *pool);
void pkt_put(struct pktpool *pool, struct pkt *p); /* NULL allowed */

#endif

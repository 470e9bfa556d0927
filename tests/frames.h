/* SPDX-License-Identifier: ISC
 *
 * Frames for tests: one call makes a whole packet, decoded, with right
 * checksums.
 */
#ifndef ASASIM_TESTS_FRAMES_H
#define ASASIM_TESTS_FRAMES_H

#include <string.h>

#include "csum.h"
#include "decode.h"
#include "pkt.h"

enum { FRAME_ETHER = 14, FRAME_IP4 = 20, FRAME_TCP = 20, FRAME_DLT = 1 };

static inline void
frame_put16(uint8_t *b, uint32_t v)
{
	b[0] = (uint8_t)(v >> 8);
	b[1] = (uint8_t)v;
}

static inline void
frame_put32(uint8_t *b, uint32_t v)
{
	frame_put16(b, v >> 16);
	frame_put16(b + 2, v);
}

struct frame_tcp {
	uint32_t src, dst; /* IPv4, host order */
	uint16_t sport, dport;
	uint32_t seq, ack;
	uint8_t flags;
	uint16_t window;
	uint8_t wscale; /* 0: no option */
	uint32_t cut;   /* bytes at the end that the snap length takes */
	const void *payload;
	uint32_t length;
};

/* Makes p this segment. Returns what decode() says. */
static inline enum reason
frame_make_tcp(struct pkt *p, const struct frame_tcp *f)
{
	uint32_t options = f->wscale != 0 ? 4 : 0;
	uint32_t total = FRAME_IP4 + FRAME_TCP + options + f->length;
	uint8_t *e = p->data, *ip = e + FRAME_ETHER, *tcp = ip + FRAME_IP4;
	enum reason r;

	memset(e, 0, FRAME_ETHER + FRAME_IP4 + FRAME_TCP + options);
	frame_put16(e + 12, 0x0800);
	ip[0] = 0x45;
	frame_put16(ip + 2, total);
	ip[8] = 64;
	ip[9] = IPPROTO_TCP;
	frame_put32(ip + 12, f->src);
	frame_put32(ip + 16, f->dst);
	frame_put16(ip + 10, csum_fold(csum_add(0, ip, FRAME_IP4)));
	frame_put16(tcp, f->sport);
	frame_put16(tcp + 2, f->dport);
	frame_put32(tcp + 4, f->seq);
	frame_put32(tcp + 8, f->ack);
	tcp[12] = (uint8_t)((FRAME_TCP + options) / 4 << 4);
	tcp[13] = f->flags;
	frame_put16(tcp + 14, f->window);
	if (options != 0) {
		tcp[20] = 1;
		tcp[21] = 3;
		tcp[22] = 3;
		tcp[23] = f->wscale;
	}
	if (f->length > 0)
		memcpy(tcp + FRAME_TCP + options, f->payload, f->length);
	p->linktype = FRAME_DLT;
	p->wirelen = p->caplen = FRAME_ETHER + total;
	r = decode(p);
	if (r == REASON_NONE) {
		p->csum = PKT_CSUM_PARTIAL;
		csum_finish(p);
	}
	if (f->cut > 0) {
		p->caplen -= f->cut < f->length ? f->cut : f->length;
		r = decode(p);
	}
	csum_check(p);
	return r;
}

#endif

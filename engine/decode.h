/* SPDX-License-Identifier: ISC
 *
 * Link, network and transport headers into a struct pkt.
 *
 * Link types: Ethernet (with any depth of 802.1Q/802.1ad tags), Linux cooked
 * v1 and v2, raw IP, BSD null/loopback. Every length is checked against the
 * captured bytes before it is read; a header that the snap length cuts makes
 * the packet undecodable (but TCP options may be cut: p->payload is then the
 * end of what was captured), a payload that it cuts sets p->truncated.
 */
#ifndef ASASIM_DECODE_H
#define ASASIM_DECODE_H

#include "pkt.h"

/* Fills the "set by decode()" members. REASON_NONE, or why the packet cannot
 * be judged. Non-first fragments succeed with l4 == PKT_NO_OFFSET. */
enum reason decode(struct pkt *p);

/* Is this DLT_* one that decode() knows? */
bool decode_knows(int linktype);

/* Do ICMP messages of this packet's type carry an identifier (RFC 792, 950,
 * 4443)? Then p->sport and p->dport hold it; else they are 0. */
bool decode_icmp_has_id(const struct pkt *p);

#endif

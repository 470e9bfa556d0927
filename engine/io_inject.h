/* SPDX-License-Identifier: ISC
 *
 * Packets that the firewall itself says, built by libnet.
 *
 * One injector belongs to one packet thread. It needs no privilege: packets
 * are built in memory and leave by the sink like any other.
 */
#ifndef ASASIM_IO_INJECT_H
#define ASASIM_IO_INJECT_H

#include "conn.h"

struct injector;

struct injector *injector_new(void); /* NULL: libnet cannot be had */
void injector_free(struct injector *in);

/* Makes out a RST (RFC 9293, 3.10.7) that travels as key says. out is a raw IP
 * packet, not decoded. 0 or -ENOMEM. */
int inject_rst(struct injector *in, struct pkt *out, const struct flow_key *key,
    uint32_t seq, uint32_t ack);

#endif

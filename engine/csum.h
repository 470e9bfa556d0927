/* SPDX-License-Identifier: ISC
 *
 * Internet checksum (RFC 1071) and its incremental update (RFC 1624).
 */
#ifndef ASASIM_CSUM_H
#define ASASIM_CSUM_H

#include <stddef.h>
#include <stdint.h>

#include "pkt.h"

/* One's complement sum of bytes, folded to 16 bits, host order, not inverted.
 * sum is the start value (for chaining; even lengths only before the last). */
uint32_t csum_add(uint32_t sum, const void *bytes, size_t length);
/* The checksum field for a sum: folded and inverted. 0 if the sum covered a
 * right checksum. */
uint16_t csum_fold(uint32_t sum);

/* New checksum field after `from` became `to` (all as read from the wire). */
uint16_t csum_update16(uint16_t check, uint16_t from, uint16_t to);

/* Sets p->csum of a decoded packet. */
void csum_check(struct pkt *p);

/* Rewrites addresses and ports (key's direction = the packet's) and keeps IP
 * and transport checksums consistent; wrong stays wrong, a partial one is
 * completed even when nothing else changes. */
struct flow_key;
void csum_rewrite(struct pkt *p, const struct flow_key *to);

/* Transport checksum after payload bytes changed, or a partial one to be
 * completed: computes it anew unless p->csum is BAD or NONE. For BAD, the
 * caller hands the payload sums before and after instead. */
void csum_finish(struct pkt *p);
/* Replaces payload bytes at offset (within the payload), keeping the error of
 * a BAD checksum; for others csum_finish() has the last word. */
void csum_replace(
    struct pkt *p, uint32_t offset, const uint8_t *bytes, uint32_t length);

#endif

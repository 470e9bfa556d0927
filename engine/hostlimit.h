/* SPDX-License-Identifier: ISC
 *
 * Connections per real host, for `static ... tcp MAX`.
 *
 * A fixed table: a slot for each host that has connections now. A full table
 * answers 0 ("not counted") rather than refuse.
 */
#ifndef ASASIM_HOSTLIMIT_H
#define ASASIM_HOSTLIMIT_H

#include <stdint.h>

#include "ip.h"

struct hostlimit {
	struct host_slot *slots;
	uint32_t n; /* a power of two */
	uint32_t in_use;
};

int hostlimit_init(struct hostlimit *h, uint32_t n);
void hostlimit_fini(struct hostlimit *h);

/* Connections that the host has now. */
uint32_t hostlimit_count(const struct hostlimit *h, const struct ip_addr *a);
/* One more; returns the slot to give back later, 0 if the table is full. */
uint32_t hostlimit_take(struct hostlimit *h, const struct ip_addr *a);
void hostlimit_give(struct hostlimit *h, uint32_t slot); /* 0 allowed */

#endif

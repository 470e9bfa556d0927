/* SPDX-License-Identifier: ISC
 *
 * Which interface a network lies behind.
 */
#ifndef ASASIM_ROUTE_H
#define ASASIM_ROUTE_H

#include "policy.h"

/* Index of the interface that the longest matching route names, or -1. */
int route_lookup(const struct policy *p, const struct ip_addr *a);
/* For a source that no route covers: unknown networks lie behind the least
 * trusted interface that the packet does not leave by. */
int route_default_ingress(const struct policy *p, int egress);

#endif

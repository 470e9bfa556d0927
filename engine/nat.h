/* SPDX-License-Identifier: ISC
 *
 * Static translation (PIX and ASA up to 8.2).
 *
 * A static ties addresses behind one interface (real) to addresses that show
 * on another (mapped). In order of the configuration, first match wins.
 */
#ifndef ASASIM_NAT_H
#define ASASIM_NAT_H

#include "conn.h"
#include "policy.h"

/* A packet arrives on `ingress` for a mapped address: the rule, or NULL.
 * Rewrites dst/dport of *key to the real ones. */
const struct pol_static *nat_untranslate(
    const struct policy *p, int ingress, struct flow_key *key);

/* A packet goes from `ingress` to `egress`: the rule that translates its
 * source, or NULL. Rewrites src/sport of *key to the mapped ones. */
const struct pol_static *nat_translate(
    const struct policy *p, int ingress, int egress, struct flow_key *key);

/* The packet was captured where it left the firewall. Takes it back: *key
 * becomes what it was on arrival. Stores the interface it was captured at and
 * the one it came in by (-1: not told by a rule). False: no rule says that it
 * was translated. by_route is the interface its source is routed to, -1 if
 * none. point is the interface where the capture was taken, -1 if unknown: a
 * real destination is then an arriving one anywhere but there. */
bool nat_take_back(const struct policy *p, int point, int by_route,
    struct flow_key *key, int *captured_at, int *came_in);

#endif

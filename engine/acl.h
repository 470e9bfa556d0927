/* SPDX-License-Identifier: ISC
 *
 * Compiled access lists: first match wins, an implicit deny ends the list.
 */
#ifndef ASASIM_ACL_H
#define ASASIM_ACL_H

#include "conn.h"
#include "policy.h"

/* What an ACE is compared with. */
struct acl_tuple {
	struct flow_key key;
	int icmp_type, icmp_code; /* -1 unless ICMP */
};

void acl_tuple_of(const struct pkt *p, struct acl_tuple *t);

/* The first ACE that matches, or NULL: none did. */
const struct pol_ace *acl_match(
    const struct pol_acl *acl, const struct acl_tuple *t);
/* The same, comparing addresses only (match access-list beside
 * default-inspection-traffic: the guide says ports are ignored). */
const struct pol_ace *acl_match_addresses(
    const struct pol_acl *acl, const struct acl_tuple *t);

/* Lowers one list. Names of interfaces (`interface IFNAME`) are looked up in
 * p->ifaces; entries that cannot be simulated become inactive and are said. */
void acl_compile(struct policy *p, const struct acl *conf, struct pol_acl *out,
    struct counts *counts,
    void (*say)(void *arg, unsigned level, const char *text), void *arg);

#endif

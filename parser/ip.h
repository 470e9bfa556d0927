/* SPDX-License-Identifier: ISC
 *
 * IPv4 and IPv6 addresses as plain values, in network byte order.
 *
 * An IPv4 address uses the first four bytes of b[]; the rest is zero, so two
 * values may be compared with ip_eq() or hashed as a whole.
 */
#ifndef ASASIM_IP_H
#define ASASIM_IP_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ip_addr {
	uint8_t b[16];
	uint8_t af; /* AF_INET, AF_INET6, or 0: none */
	uint8_t pad[3];
};

enum { IP_TEXT_SIZE = INET6_ADDRSTRLEN };

struct ip_addr ip4_from_u32(uint32_t host_order);
uint32_t ip4_to_u32(const struct ip_addr *a); /* host order */
struct ip_addr ip_from_bytes(int af, const void *bytes);

/* Dotted quad or RFC 4291 text; "0" stands for 0.0.0.0 as on the device.
 * Returns false and leaves *a alone when s is neither. */
bool ip_parse(const char *s, struct ip_addr *a);
const char *ip_format(const struct ip_addr *a, char buf[IP_TEXT_SIZE]);

bool ip_eq(const struct ip_addr *a, const struct ip_addr *b);
int ip_cmp(const struct ip_addr *a, const struct ip_addr *b);
bool ip_in_net(
    const struct ip_addr *a, const struct ip_addr *net, unsigned prefix_length);

/* Is the IPv4 mask contiguous? Stores its length. */
bool ip_mask_to_prefix(const struct ip_addr *mask, unsigned *prefix_length);
struct ip_addr ip_prefix_to_mask(unsigned prefix_length); /* IPv4 */
struct ip_addr ip_apply_mask(const struct ip_addr *a, unsigned prefix_length);

#endif

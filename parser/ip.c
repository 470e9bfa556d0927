/* SPDX-License-Identifier: ISC */
#include "ip.h"

#include <arpa/inet.h>
#include <string.h>

struct ip_addr
ip4_from_u32(uint32_t host_order)
{
	struct ip_addr a = { .af = AF_INET };
	uint32_t n = htonl(host_order);

	memcpy(a.b, &n, sizeof(n));
	return a;
}

uint32_t
ip4_to_u32(const struct ip_addr *a)
{
	uint32_t n;

	memcpy(&n, a->b, sizeof(n));
	return ntohl(n);
}

struct ip_addr
ip_from_bytes(int af, const void *bytes)
{
	struct ip_addr a = { .af = (uint8_t)af };

	memcpy(a.b, bytes, af == AF_INET ? 4 : 16);
	return a;
}

bool
ip_parse(const char *s, struct ip_addr *a)
{
	struct ip_addr r = { .af = 0 };

	if (strcmp(s, "0") == 0 || inet_pton(AF_INET, s, r.b) == 1)
		r.af = AF_INET;
	else if (inet_pton(AF_INET6, s, r.b) == 1)
		r.af = AF_INET6;
	else
		return false;
	*a = r;
	return true;
}

const char *
ip_format(const struct ip_addr *a, char buf[IP_TEXT_SIZE])
{
	buf[0] = '\0';
	if (a->af == AF_INET || a->af == AF_INET6)
		inet_ntop(a->af, a->b, buf, IP_TEXT_SIZE);
	return buf;
}

bool
ip_eq(const struct ip_addr *a, const struct ip_addr *b)
{
	return a->af == b->af && memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

int
ip_cmp(const struct ip_addr *a, const struct ip_addr *b)
{
	if (a->af != b->af)
		return a->af < b->af ? -1 : 1;
	return memcmp(a->b, b->b, sizeof(a->b));
}

bool
ip_in_net(
    const struct ip_addr *a, const struct ip_addr *net, unsigned prefix_length)
{
	unsigned full = prefix_length / 8, rest = prefix_length % 8;
	uint8_t mask = (uint8_t)(0xff << (8 - rest));

	if (a->af != net->af || prefix_length > (a->af == AF_INET ? 32u : 128u))
		return false;
	if (memcmp(a->b, net->b, full) != 0)
		return false;
	return rest == 0 || ((a->b[full] ^ net->b[full]) & mask) == 0;
}

bool
ip_mask_to_prefix(const struct ip_addr *mask, unsigned *prefix_length)
{
	uint32_t m = ip4_to_u32(mask), inv = ~m;

	if (mask->af != AF_INET || (inv & (inv + 1)) != 0)
		return false;
	*prefix_length = m == 0 ? 0 : 32 - (unsigned)__builtin_ctz(m);
	return true;
}

struct ip_addr
ip_prefix_to_mask(unsigned prefix_length)
{
	if (prefix_length == 0)
		return ip4_from_u32(0);
	return ip4_from_u32(~0u << (32 - prefix_length));
}

struct ip_addr
ip_apply_mask(const struct ip_addr *a, unsigned prefix_length)
{
	struct ip_addr r = *a;
	unsigned i, n = a->af == AF_INET ? 4 : 16;

	for (i = 0; i < n; i++) {
		unsigned bits =
		    prefix_length > i * 8 ? prefix_length - i * 8 : 0;

		if (bits < 8)
			r.b[i] &= (uint8_t)(0xff00 >> bits);
	}
	return r;
}

/* SPDX-License-Identifier: ISC
 *
 * Any frame through decode(), the checksums and a rewrite. The first byte
 * selects the link type, the second what the wire length and the new addresses
 * are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conn.h"
#include "csum.h"
#include "decode.h"
#include "pkt.h"
#include "util.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static void
check_layers(const struct pkt *p)
{
	must(p->l3 < p->caplen, "the IP header is captured");
	must(p->payload <= p->caplen, "the payload begins in the packet");
	must(p->payload_len <= p->caplen - p->payload,
	    "the payload is captured");
	must(p->payload_len <= p->payload_wire, "captured is part of all");
	must(p->l3 + p->ip_len <= p->wirelen, "the datagram was on the wire");
	must(p->truncated || p->payload_len == p->payload_wire,
	    "what is not truncated is whole");
	if (p->fragment && !p->first_fragment)
		must(p->l4 == PKT_NO_OFFSET, "later fragments have no header");
	else
		must(p->l4 >= p->l3 && p->l4 <= p->payload,
		    "headers are in order");
}

/* Rewriting must not touch anything but headers, and keep right what was right
 * and wrong what was wrong. */
static void
rewrite(struct pkt *p, uint8_t how)
{
	struct flow_key key;
	enum pkt_csum before = p->csum;
	enum reason r;

	flow_key_of(p, &key);
	key.src.b[3] ^= how;
	key.dst.b[0] = how;
	if (how & 1)
		key.sport ^= 0x1234;
	key.dport = (uint16_t)(key.dport + how);
	if (p->proto == IPPROTO_ICMP || p->proto == IPPROTO_ICMPV6)
		key.dport = key.sport;
	csum_rewrite(p, &key);
	r = decode(p);
	must(r == REASON_NONE, "a rewritten packet decodes");
	must(ip_eq(&p->src, &key.src) && ip_eq(&p->dst, &key.dst),
	    "the addresses are the new ones");
	csum_check(p);
	if (before == PKT_CSUM_GOOD || before == PKT_CSUM_PARTIAL)
		must(p->csum == PKT_CSUM_GOOD, "a right checksum stays right");
	else if (before == PKT_CSUM_NONE)
		must(p->csum == PKT_CSUM_NONE, "none stays none");
	/* A wrong one may look partial afterwards, by chance; and an ICMP
	 * message of zeros is wrong only as +0 differs from -0. */
	else if (p->proto != IPPROTO_ICMP)
		must(p->csum != PKT_CSUM_GOOD, "wrong stays wrong");
}

static void
replace(struct pkt *p, uint8_t how)
{
	static const uint8_t bytes[] = "XXXXXXXXXXX";
	enum pkt_csum before = p->csum;

	if (p->payload_len == 0 || p->l4 == PKT_NO_OFFSET)
		return;
	csum_replace(p, how % p->payload_len, bytes, how % sizeof(bytes));
	csum_finish(p);
	csum_check(p);
	if (before == PKT_CSUM_GOOD || before == PKT_CSUM_PARTIAL)
		must(p->csum == PKT_CSUM_GOOD, "replaced: right stays right");
	else if (before == PKT_CSUM_BAD && p->proto != IPPROTO_ICMP)
		must(p->csum != PKT_CSUM_GOOD, "replaced: wrong stays wrong");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int linktypes[] = { 1, 1, 1, 12, 101, 113, 276, 0, 108,
		228, 229, 14, 147 };
	static const uint32_t beyond[] = { 0, 0, 0, 6, 1400, 70000, 4000000 };
	static struct pktpool pool;
	struct pkt *p;
	uint8_t how;

	if (size < 2)
		return 0;
	if (pool.n == 0 && pktpool_init(&pool, 1) != 0)
		abort();
	p = pkt_get(&pool);
	p->linktype = linktypes[data[0] % ARRAY_LEN(linktypes)];
	how = data[1];
	data += 2;
	size = MIN(size - 2, PKT_BUFFER_SIZE);
	/* At the buffer's end, where a sanitizer sees a read past it. */
	p->data += PKT_BUFFER_SIZE - size;
	memcpy(p->data, data, size);
	p->caplen = (uint32_t)size;
	p->wirelen = p->caplen + beyond[how % ARRAY_LEN(beyond)];
	if (decode(p) == REASON_NONE) {
		check_layers(p);
		csum_check(p);
		rewrite(p, how);
		replace(p, how);
	}
	pkt_put(&pool, p);
	return 0;
}

/* SPDX-License-Identifier: ISC */
#include "io_inject.h"

#include <errno.h>
#include <libnet.h>
#include <string.h>

#include "util.h"

enum { DLT_RAW_IP = 12, RST_TTL = 255 };

struct injector {
	libnet_t *l;
};

struct injector *
injector_new(void)
{
	struct injector *in = xcalloc(1, sizeof(*in));
	char err[LIBNET_ERRBUF_SIZE];

	in->l = libnet_init(LIBNET_NONE, NULL, err);
	if (in->l == NULL) {
		free(in);
		return NULL;
	}
	return in;
}

void
injector_free(struct injector *in)
{
	if (in == NULL)
		return;
	libnet_destroy(in->l);
	free(in);
}

static libnet_ptag_t
build_ip(libnet_t *l, const struct flow_key *key)
{
	struct libnet_in6_addr src6, dst6;
	uint32_t src, dst;

	if (key->src.af == AF_INET6) {
		memcpy(&src6, key->src.b, sizeof(src6));
		memcpy(&dst6, key->dst.b, sizeof(dst6));
		return libnet_build_ipv6(0, 0, LIBNET_TCP_H, IPPROTO_TCP,
		    RST_TTL, src6, dst6, NULL, 0, l, 0);
	}
	memcpy(&src, key->src.b, sizeof(src));
	memcpy(&dst, key->dst.b, sizeof(dst));
	return libnet_build_ipv4(LIBNET_IPV4_H + LIBNET_TCP_H, 0, 0, 0, RST_TTL,
	    IPPROTO_TCP, 0, src, dst, NULL, 0, l, 0);
}

int
inject_rst(struct injector *in, struct pkt *out, const struct flow_key *key,
    uint32_t seq, uint32_t ack)
{
	uint8_t *frame = NULL;
	uint32_t length = 0;
	int result = -ENOMEM;

	if (libnet_build_tcp(key->sport, key->dport, seq, ack, TH_RST | TH_ACK,
		0, 0, 0, LIBNET_TCP_H, NULL, 0, in->l, 0) == -1 ||
	    build_ip(in->l, key) == -1 ||
	    libnet_pblock_coalesce(in->l, &frame, &length) == -1)
		goto out;
	if (length <= PKT_BUFFER_SIZE) {
		memcpy(out->data, frame, length);
		out->caplen = out->wirelen = length;
		out->linktype = DLT_RAW_IP;
		result = 0;
	}
out:
	if (frame != NULL)
		libnet_adv_free_packet(in->l, frame);
	libnet_clear_packet(in->l);
	return result;
}

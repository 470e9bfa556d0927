/* SPDX-License-Identifier: ISC
 *
 * Sends system messages to syslog servers: UDP datagrams, or lines over TCP.
 *
 * Through the host's network, to the real address. Nothing is opened for a
 * server that is not active, and it is the configuration that makes it so
 * (`simulator logging-host send`): a pasted configuration names strangers.
 *
 * Sockets do not block. A message that cannot go at once waits in a bounded
 * queue (`logging queue`); when that is full the sender may wait a little, and
 * all waits of a replay together take no more than SYSLOG_WAIT_MS; after that
 * messages are dropped and counted. A server that failed is left alone until
 * the next syslog_send_begin().
 */
#ifndef ASASIM_SYSLOG_SEND_H
#define ASASIM_SYSLOG_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ip.h"

enum { SYSLOG_WAIT_MS = 2000, SYSLOG_QUEUE_MAX = 8192 };

struct syslog_server {
	const char *ifname; /* for complaints; copied */
	struct ip_addr addr;
	uint8_t proto;
	uint16_t port;
	bool active;
};

struct syslog_stats {
	uint64_t sent, errors, dropped;
	bool connected; /* TCP */
};

struct syslog_send;

struct syslog_send *syslog_send_new(void);
/* What waits is dropped: flush first. */
void syslog_send_free(struct syslog_send *s);

/* The servers from now on. One that was there before keeps connection and
 * counts. queue: messages that may wait, 0 = SYSLOG_QUEUE_MAX. */
void syslog_send_configure(struct syslog_send *s,
    const struct syslog_server *servers, size_t n, uint32_t queue);
/* Counts from 0. */
void syslog_send_reset(struct syslog_send *s);

size_t syslog_send_count(const struct syslog_send *s);
bool syslog_send_active(const struct syslog_send *s, size_t i);
struct syslog_stats syslog_send_stats(const struct syslog_send *s, size_t i);
/* Most messages that ever waited, for all servers, and how many were dropped
 * because the queue was full. */
void syslog_send_queue(
    const struct syslog_send *s, size_t *waiting, size_t *most, uint64_t *lost);

void syslog_send_put(
    struct syslog_send *s, size_t i, const char *text, size_t length);

/* Gives failed servers another chance and renews the time for waits. */
void syslog_send_begin(struct syslog_send *s);
/* Waits until all is sent, or the time is used up; the rest is dropped. */
void syslog_send_flush(struct syslog_send *s);
/* What went wrong with a server and was not told yet; false: nothing. */
bool syslog_send_failure(struct syslog_send *s, char *text, size_t size);

#endif

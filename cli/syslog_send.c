/* SPDX-License-Identifier: ISC */
#include "syslog_send.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "util.h"

enum { PUT_WAIT_MS = 20 };

struct message {
	char *text;
	size_t length;
};

enum state {
	ST_CLOSED,     /* opened by the first message */
	ST_CONNECTING, /* TCP */
	ST_OPEN,
	ST_DOWN, /* failed; until the next begin */
};

struct peer {
	struct syslog_server conf; /* ifname is ours */
	enum state state;
	int fd;
	struct message *queue; /* a ring */
	size_t slots, head, n;
	size_t offset; /* bytes of the first message that are sent: TCP */
	struct syslog_stats stats;
	int error; /* errno of a failure not told yet, 0: none */
	bool told;
	bool full_untold; /* messages were dropped, and nothing else failed */
	uint64_t lost;    /* for want of room in the queue */
};

struct syslog_send {
	VEC(struct peer *) peers;
	size_t slots;
	size_t most;
	int wait_ms; /* left for waits */
};

struct syslog_send *
syslog_send_new(void)
{
	struct syslog_send *s = xcalloc(1, sizeof(*s));

	s->wait_ms = SYSLOG_WAIT_MS;
	return s;
}

/* ---- one server ---- */

static void
queue_clear(struct peer *p)
{
	for (; p->n > 0; p->n--) {
		free(p->queue[p->head].text);
		p->head = (p->head + 1) % p->slots;
	}
	p->offset = 0;
}

static void
peer_close(struct peer *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
	p->state = ST_CLOSED;
	p->stats.connected = false;
}

static void
peer_free(struct peer *p)
{
	peer_close(p);
	queue_clear(p);
	free(p->queue);
	free((char *)(uintptr_t)p->conf.ifname);
	free(p);
}

static struct peer *
peer_new(const struct syslog_server *server)
{
	struct peer *p = xcalloc(1, sizeof(*p));

	p->conf = *server;
	p->conf.ifname = xstrdup(server->ifname);
	p->fd = -1;
	return p;
}

static void
fail(struct peer *p, int error)
{
	p->stats.errors++;
	if (p->error == 0)
		p->error = error;
}

/* Nothing more goes to this server for now. */
static void
peer_down(struct peer *p, int error)
{
	fail(p, error);
	peer_close(p);
	p->stats.dropped += p->n;
	queue_clear(p);
	p->state = ST_DOWN;
}

static socklen_t
peer_address(const struct peer *p, struct sockaddr_storage *ss)
{
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)ss;
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)ss;

	memset(ss, 0, sizeof(*ss));
	ss->ss_family = p->conf.addr.af;
	if (p->conf.addr.af == AF_INET6) {
		memcpy(&six->sin6_addr, p->conf.addr.b, 16);
		six->sin6_port = htons(p->conf.port);
		return sizeof(*six);
	}
	memcpy(&four->sin_addr, p->conf.addr.b, 4);
	four->sin_port = htons(p->conf.port);
	return sizeof(*four);
}

/* A UDP socket is connected as well: only then does the kernel tell that
 * nobody listens. */
static void
peer_open(struct peer *p)
{
	bool tcp = p->conf.proto == IPPROTO_TCP;
	struct sockaddr_storage ss;
	socklen_t length = peer_address(p, &ss);

	p->fd = socket(ss.ss_family,
	    (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->fd < 0)
		peer_down(p, errno);
	else if (connect(p->fd, (struct sockaddr *)&ss, length) == 0) {
		p->state = ST_OPEN;
		p->stats.connected = tcp;
	} else if (errno == EINPROGRESS)
		p->state = ST_CONNECTING;
	else
		peer_down(p, errno);
}

static void
peer_connected(struct peer *p)
{
	struct pollfd pfd = { .fd = p->fd, .events = POLLOUT };
	socklen_t length = sizeof(int);
	int error = 0;

	if (poll(&pfd, 1, 0) != 1)
		return;
	if (getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0)
		error = errno;
	if (error != 0) {
		peer_down(p, error);
		return;
	}
	p->state = ST_OPEN;
	p->stats.connected = true;
}

static void
queue_pop(struct peer *p)
{
	free(p->queue[p->head].text);
	p->head = (p->head + 1) % p->slots;
	p->n--;
	p->offset = 0;
}

/* False: the socket takes no more for now. */
static bool
send_datagram(struct peer *p)
{
	const struct message *m = &p->queue[p->head];
	ssize_t n = send(p->fd, m->text, m->length, MSG_NOSIGNAL);

	/* The answer to the last one came in the way of this one. */
	if (n < 0 && errno == ECONNREFUSED) {
		fail(p, errno);
		n = send(p->fd, m->text, m->length, MSG_NOSIGNAL);
	}
	if (n < 0 &&
	    (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS))
		return false;
	if (n < 0) {
		fail(p, errno);
		p->stats.dropped++;
	} else
		p->stats.sent++;
	queue_pop(p);
	return true;
}

static bool
send_line(struct peer *p)
{
	const struct message *m = &p->queue[p->head];
	ssize_t n = send(
	    p->fd, m->text + p->offset, m->length - p->offset, MSG_NOSIGNAL);

	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return false;
	if (n < 0) {
		peer_down(p, errno);
		return false;
	}
	p->offset += (size_t)n;
	if (p->offset == m->length) {
		p->stats.sent++;
		queue_pop(p);
	}
	return true;
}

/* Sends what can be sent without waiting. */
static void
peer_push(struct peer *p)
{
	if (p->state == ST_CLOSED && p->n > 0)
		peer_open(p);
	if (p->state == ST_CONNECTING)
		peer_connected(p);
	while (p->state == ST_OPEN && p->n > 0) {
		if (!(p->conf.proto == IPPROTO_TCP ? send_line(p)
						   : send_datagram(p)))
			break;
	}
}

static int
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int)(ts.tv_sec % 1000000) * 1000 + (int)(ts.tv_nsec / 1000000);
}

/* Waits until the server takes more, at the cost of the replay's account. */
static void
peer_wait(struct syslog_send *s, struct peer *p, int ms)
{
	struct pollfd pfd = { .fd = p->fd, .events = POLLOUT };
	int start = now_ms();

	if (p->fd < 0)
		return;
	poll(&pfd, 1, MIN(ms, s->wait_ms));
	s->wait_ms -= MAX(now_ms() - start, 1);
	if (s->wait_ms < 0)
		s->wait_ms = 0;
}

/* ---- all of them ---- */

void
syslog_send_free(struct syslog_send *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->peers.n; i++)
		peer_free(s->peers.v[i]);
	VEC_FREE(&s->peers);
	free(s);
}

static struct peer *
take_peer(struct syslog_send *s, const struct syslog_server *want)
{
	size_t i;

	for (i = 0; i < s->peers.n; i++) {
		struct peer *p = s->peers.v[i];

		if (p != NULL && p->conf.proto == want->proto &&
		    p->conf.port == want->port &&
		    ip_eq(&p->conf.addr, &want->addr) &&
		    strcmp(p->conf.ifname, want->ifname) == 0) {
			s->peers.v[i] = NULL;
			return p;
		}
	}
	return peer_new(want);
}

static void
peer_configure(struct peer *p, const struct syslog_server *want, size_t slots)
{
	if (!want->active || p->slots != slots) {
		p->stats.dropped += p->n;
		queue_clear(p);
		free(p->queue);
		p->queue = NULL;
		p->slots = p->head = 0;
	}
	p->conf.active = want->active;
	if (!want->active)
		peer_close(p);
	else if (p->queue == NULL) {
		p->queue = xcalloc(slots, sizeof(*p->queue));
		p->slots = slots;
	}
}

void
syslog_send_configure(struct syslog_send *s,
    const struct syslog_server *servers, size_t n, uint32_t queue)
{
	struct peer **peers = xcalloc(MAX(n, 1u), sizeof(struct peer *));
	size_t i;

	s->slots = queue == 0 ? SYSLOG_QUEUE_MAX : MIN(queue, SYSLOG_QUEUE_MAX);
	for (i = 0; i < n; i++) {
		peers[i] = take_peer(s, &servers[i]);
		peer_configure(peers[i], &servers[i], s->slots);
	}
	for (i = 0; i < s->peers.n; i++) {
		if (s->peers.v[i] != NULL)
			peer_free(s->peers.v[i]);
	}
	VEC_FREE(&s->peers);
	for (i = 0; i < n; i++)
		*VEC_PUSH(&s->peers) = peers[i];
	free(peers);
}

void
syslog_send_reset(struct syslog_send *s)
{
	size_t i;

	s->most = 0;
	for (i = 0; i < s->peers.n; i++) {
		struct peer *p = s->peers.v[i];

		p->stats.sent = p->stats.errors = p->stats.dropped = 0;
		p->lost = 0;
		p->told = false;
	}
}

size_t
syslog_send_count(const struct syslog_send *s)
{
	return s->peers.n;
}

bool
syslog_send_active(const struct syslog_send *s, size_t i)
{
	return s->peers.v[i]->conf.active;
}

struct syslog_stats
syslog_send_stats(const struct syslog_send *s, size_t i)
{
	return s->peers.v[i]->stats;
}

void
syslog_send_queue(
    const struct syslog_send *s, size_t *waiting, size_t *most, uint64_t *lost)
{
	size_t i;

	*waiting = 0;
	*lost = 0;
	*most = s->most;
	for (i = 0; i < s->peers.n; i++) {
		*waiting += s->peers.v[i]->n;
		*lost += s->peers.v[i]->lost;
	}
}

void
syslog_send_put(
    struct syslog_send *s, size_t i, const char *text, size_t length)
{
	struct peer *p = s->peers.v[i];
	struct message *m;

	if (!p->conf.active)
		return;
	if (p->state != ST_DOWN && p->n == p->slots) {
		if (s->wait_ms > 0)
			peer_wait(s, p, PUT_WAIT_MS);
		peer_push(p);
	}
	if (p->state == ST_DOWN || p->n == p->slots) {
		p->stats.dropped++;
		if (p->state != ST_DOWN) {
			p->lost++;
			p->full_untold = true;
		}
		return;
	}
	m = &p->queue[(p->head + p->n++) % p->slots];
	m->length = length + (p->conf.proto == IPPROTO_TCP);
	m->text = xmalloc(length + 2);
	memcpy(m->text, text, length);
	/* RFC 6587, 3.4.2: over TCP a line end divides messages. */
	memcpy(m->text + length, "\n", 2);
	s->most = MAX(s->most, p->n);
	peer_push(p);
}

void
syslog_send_begin(struct syslog_send *s)
{
	size_t i;

	s->wait_ms = SYSLOG_WAIT_MS;
	for (i = 0; i < s->peers.n; i++) {
		if (s->peers.v[i]->state == ST_DOWN)
			s->peers.v[i]->state = ST_CLOSED;
	}
}

void
syslog_send_flush(struct syslog_send *s)
{
	size_t i;

	s->wait_ms = SYSLOG_WAIT_MS;
	for (i = 0; i < s->peers.n; i++) {
		struct peer *p = s->peers.v[i];

		peer_push(p);
		while (p->n > 0 && s->wait_ms > 0) {
			peer_wait(s, p, s->wait_ms);
			peer_push(p);
		}
		if (p->n > 0)
			peer_down(p, ETIMEDOUT);
	}
}

bool
syslog_send_failure(struct syslog_send *s, char *text, size_t size)
{
	char addr[IP_TEXT_SIZE];
	size_t i;

	for (i = 0; i < s->peers.n; i++) {
		struct peer *p = s->peers.v[i];
		int error = p->error;
		bool full = p->full_untold;

		p->error = 0;
		p->full_untold = false;
		if ((error == 0 && !full) || p->told)
			continue;
		p->told = true;
		snprintf(text, size,
		    "logging host %s %s %s/%u: %s; %" PRIu64
		    " message%s not sent",
		    p->conf.ifname, ip_format(&p->conf.addr, addr),
		    p->conf.proto == IPPROTO_TCP ? "tcp" : "udp", p->conf.port,
		    error != 0 ? strerror(error) : "the queue was full",
		    p->stats.dropped, p->stats.dropped == 1 ? "" : "s");
		return true;
	}
	return false;
}

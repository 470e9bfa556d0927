/* SPDX-License-Identifier: ISC
 *
 * Sending over the loopback interface: what arrives, what is counted, and that
 * a server that does not listen or read holds nothing up.
 */
#include <CUnit/Basic.h>
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "syslog_send.h"
#include "util.h"

/* A socket on the loopback interface; its port goes to *server. -1: there is
 * no such address here. */
static int
listen_at(struct syslog_server *server, const char *addr, uint8_t proto)
{
	struct sockaddr_storage ss;
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)&ss;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&ss;
	socklen_t length = sizeof(*four);
	bool tcp = proto == IPPROTO_TCP;
	int fd;

	memset(&ss, 0, sizeof(ss));
	memset(server, 0, sizeof(*server));
	ip_parse(addr, &server->addr);
	server->ifname = "inside";
	server->proto = proto;
	server->active = true;
	ss.ss_family = server->addr.af;
	if (server->addr.af == AF_INET6) {
		six->sin6_addr = in6addr_loopback;
		length = sizeof(*six);
	} else
		four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(ss.ss_family, tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&ss, length) < 0 ||
	    (tcp && listen(fd, 1) < 0) ||
	    getsockname(fd, (struct sockaddr *)&ss, &length) < 0) {
		close(fd);
		return -1;
	}
	/* The port lies at the same place in both. */
	server->port = ntohs(four->sin_port);
	return fd;
}

/* Reads what is there within a second; "" if nothing is. */
static const char *
read_some(int fd)
{
	static char buf[65536];
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	ssize_t n = 0;

	if (poll(&pfd, 1, 1000) == 1)
		n = read(fd, buf, sizeof(buf) - 1);
	buf[n > 0 ? n : 0] = '\0';
	return buf;
}

static void
put(struct syslog_send *s, size_t i, const char *text)
{
	syslog_send_put(s, i, text, strlen(text));
}

static unsigned
milliseconds(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned)((now.tv_sec - since->tv_sec) * 1000 +
	    (now.tv_nsec - since->tv_nsec) / 1000000);
}

static void
udp(const char *addr)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	int fd = listen_at(&server, addr, IPPROTO_UDP);
	char text[256];

	if (fd >= 0) {
		syslog_send_configure(s, &server, 1, 512);
		put(s, 0, "<166>%ASA-6-302013: one");
		put(s, 0, "<162>%ASA-2-108003: two");
		/* A datagram each, without a line end. */
		CU_ASSERT_STRING_EQUAL(
		    read_some(fd), "<166>%ASA-6-302013: one");
		CU_ASSERT_STRING_EQUAL(
		    read_some(fd), "<162>%ASA-2-108003: two");
		CU_ASSERT_EQUAL(syslog_send_stats(s, 0).sent, 2);
		CU_ASSERT_EQUAL(syslog_send_stats(s, 0).errors, 0);
		CU_ASSERT_FALSE(syslog_send_failure(s, text, sizeof(text)));
		close(fd);
	}
	syslog_send_free(s);
}

static void
udp4(void)
{
	udp("127.0.0.1");
}

static void
udp6(void)
{
	udp("::1");
}

static void
tcp(void)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	int fd = listen_at(&server, "127.0.0.1", IPPROTO_TCP), conn;
	char text[256];

	CU_ASSERT_TRUE_FATAL(fd >= 0);
	syslog_send_configure(s, &server, 1, 512);
	CU_ASSERT_FALSE(syslog_send_stats(s, 0).connected);
	put(s, 0, "<166>one");
	put(s, 0, "<166>two");
	syslog_send_flush(s);
	conn = accept(fd, NULL, NULL);
	CU_ASSERT_STRING_EQUAL(read_some(conn), "<166>one\n<166>two\n");
	CU_ASSERT_TRUE(syslog_send_stats(s, 0).connected);
	/* The same server again keeps its connection and counts. */
	syslog_send_configure(s, &server, 1, 512);
	put(s, 0, "<166>three");
	CU_ASSERT_STRING_EQUAL(read_some(conn), "<166>three\n");
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).sent, 3);
	CU_ASSERT_FALSE(syslog_send_failure(s, text, sizeof(text)));
	/* It is switched off: the connection ends. */
	server.active = false;
	syslog_send_configure(s, &server, 1, 512);
	put(s, 0, "<166>four");
	CU_ASSERT_STRING_EQUAL(read_some(conn), "");
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).sent, 3);
	close(conn);
	close(fd);
	syslog_send_free(s);
}

/* Not active: not a packet, not even a connection. */
static void
inactive(void)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	int fd = listen_at(&server, "127.0.0.1", IPPROTO_TCP);
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	server.active = false;
	syslog_send_configure(s, &server, 1, 512);
	syslog_send_begin(s);
	put(s, 0, "<166>one");
	syslog_send_flush(s);
	CU_ASSERT_EQUAL(poll(&pfd, 1, 100), 0);
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).sent, 0);
	CU_ASSERT_FALSE(syslog_send_active(s, 0));
	close(fd);
	syslog_send_free(s);
}

/* Nobody listens: told once, and the rest is dropped at once. */
static void
refused(void)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	struct timespec start;
	char text[256], want[256];
	unsigned i;
	int fd = listen_at(&server, "127.0.0.1", IPPROTO_TCP);

	close(fd);
	clock_gettime(CLOCK_MONOTONIC, &start);
	syslog_send_configure(s, &server, 1, 512);
	for (i = 0; i < 1000; i++)
		put(s, 0, "<166>one");
	syslog_send_flush(s);
	CU_ASSERT_TRUE(milliseconds(&start) < 1000);
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).dropped, 1000);
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).errors, 1);
	snprintf(want, sizeof(want),
	    "logging host inside 127.0.0.1 tcp/%u: Connection refused; 1000 "
	    "messages not sent",
	    server.port);
	CU_ASSERT_TRUE(syslog_send_failure(s, text, sizeof(text)));
	CU_ASSERT_STRING_EQUAL(text, want);
	CU_ASSERT_FALSE(syslog_send_failure(s, text, sizeof(text)));
	/* The next replay tries again, and keeps quiet. */
	syslog_send_begin(s);
	put(s, 0, "<166>one");
	syslog_send_flush(s);
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).errors, 2);
	CU_ASSERT_FALSE(syslog_send_failure(s, text, sizeof(text)));
	syslog_send_free(s);
}

/* A closed UDP port: the kernel tells with the next datagram. */
static void
udp_refused(void)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	char text[256];
	unsigned i;
	int fd = listen_at(&server, "127.0.0.1", IPPROTO_UDP);

	close(fd);
	syslog_send_configure(s, &server, 1, 512);
	for (i = 0; i < 10; i++)
		put(s, 0, "<166>one");
	syslog_send_flush(s);
	CU_ASSERT_TRUE(syslog_send_stats(s, 0).errors > 0);
	CU_ASSERT_TRUE(syslog_send_failure(s, text, sizeof(text)));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "Connection refused"));
	syslog_send_free(s);
}

/* It listens and never reads: the queue fills, the waits are bounded, and
 * every message is accounted for. */
static void
stuck(void)
{
	enum { N = 20000 };
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	struct syslog_stats st;
	struct timespec start;
	static char text[1000];
	size_t waiting, most;
	uint64_t lost;
	unsigned i;
	int fd = listen_at(&server, "127.0.0.1", IPPROTO_TCP);

	memset(text, 'x', sizeof(text) - 1);
	clock_gettime(CLOCK_MONOTONIC, &start);
	syslog_send_configure(s, &server, 1, 16);
	syslog_send_begin(s);
	for (i = 0; i < N; i++)
		put(s, 0, text);
	syslog_send_queue(s, &waiting, &most, &lost);
	CU_ASSERT_EQUAL(waiting, 16);
	CU_ASSERT_EQUAL(most, 16);
	syslog_send_flush(s);
	/* Twice SYSLOG_WAIT_MS at most, and something for a busy machine. */
	CU_ASSERT_TRUE(milliseconds(&start) < 15000);
	st = syslog_send_stats(s, 0);
	CU_ASSERT_EQUAL(st.sent + st.dropped, N);
	CU_ASSERT_TRUE(st.dropped > 0);
	CU_ASSERT_TRUE(lost > 0 && lost <= st.dropped);
	CU_ASSERT_TRUE(syslog_send_failure(s, text, sizeof(text)));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "Connection timed out"));
	syslog_send_queue(s, &waiting, &most, &lost);
	CU_ASSERT_EQUAL(waiting, 0);
	close(fd);
	syslog_send_free(s);
}

/* The server goes away in the middle. */
static void
broken(void)
{
	struct syslog_send *s = syslog_send_new();
	struct syslog_server server;
	struct linger rst = { 1, 0 };
	char text[256];
	unsigned i;
	int conn, fd = listen_at(&server, "127.0.0.1", IPPROTO_TCP);

	syslog_send_configure(s, &server, 1, 512);
	put(s, 0, "<166>one");
	syslog_send_flush(s);
	conn = accept(fd, NULL, NULL);
	setsockopt(conn, SOL_SOCKET, SO_LINGER, &rst, sizeof(rst));
	close(conn);
	for (i = 0; i < 5; i++)
		put(s, 0, "<166>two");
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).sent, 1);
	CU_ASSERT_EQUAL(syslog_send_stats(s, 0).dropped, 5);
	CU_ASSERT_TRUE(syslog_send_failure(s, text, sizeof(text)));
	/* Back again with the next replay. */
	syslog_send_begin(s);
	put(s, 0, "<166>three");
	syslog_send_flush(s);
	conn = accept(fd, NULL, NULL);
	CU_ASSERT_STRING_EQUAL(read_some(conn), "<166>three\n");
	close(conn);
	close(fd);
	syslog_send_free(s);
}

int
main(void)
{
	CU_pSuite suite;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	suite = CU_add_suite("syslog_send", NULL, NULL);
	CU_add_test(suite, "UDP over IPv4", udp4);
	CU_add_test(suite, "UDP over IPv6", udp6);
	CU_add_test(suite, "TCP", tcp);
	CU_add_test(suite, "inactive", inactive);
	CU_add_test(suite, "TCP refused", refused);
	CU_add_test(suite, "UDP refused", udp_refused);
	CU_add_test(suite, "stuck", stuck);
	CU_add_test(suite, "broken", broken);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

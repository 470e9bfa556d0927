/* SPDX-License-Identifier: ISC */
#include <CUnit/Basic.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "frames.h"
#include "io.h"
#include "util.h"

static struct pktpool pool;
static char dir[] = "/tmp/test_io.XXXXXX";

static const char *
path_of(const char *name)
{
	static char path[4][200];
	static unsigned i;

	i = (i + 1) % 4;
	snprintf(path[i], sizeof(path[i]), "%s/%s", dir, name);
	return path[i];
}

static void
write_file(const char *path, const void *bytes, size_t n)
{
	FILE *fp = fopen(path, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(fp);
	CU_ASSERT_EQUAL(fwrite(bytes, 1, n, fp), n);
	fclose(fp);
}

static uint8_t *
read_file(const char *path, size_t *n)
{
	FILE *fp = fopen(path, "rb");
	uint8_t *bytes = xmalloc(1 << 20);

	*n = 0;
	if (fp != NULL) {
		*n = fread(bytes, 1, 1 << 20, fp);
		fclose(fp);
	}
	return bytes;
}

static void
make_packet(struct pkt *p, unsigned i)
{
	char text[32];
	struct frame_tcp f = {
		.src = 0x0a000001,
		.dst = 0x0a000002,
		.sport = 40000,
		.dport = 25,
		.seq = i,
		.flags = TCP_ACK,
		.payload = text,
	};

	f.length = (uint32_t)snprintf(text, sizeof(text), "packet %u\r\n", i);
	CU_ASSERT_EQUAL(frame_make_tcp(p, &f), REASON_NONE);
	p->ts = UINT64_C(1700000000123456789) + i * UINT64_C(1000000001);
	p->number = i + 1;
}

/* Writes n packets, beginning with number `from`, each `step` further. */
static void
make_capture(const char *path, unsigned from, unsigned n, unsigned step)
{
	struct pkt *p = pkt_get(&pool);
	char err[200] = "";
	struct io_sink *s = io_file_create(path, err, sizeof(err));
	unsigned i;

	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	for (i = 0; i < n; i++) {
		make_packet(p, from + i * step);
		CU_ASSERT_EQUAL(io_sink_write(s, p), 0);
	}
	/* It appears only when it is complete. */
	CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
	CU_ASSERT_EQUAL(io_sink_close(s), 0);
	CU_ASSERT_EQUAL(access(path, F_OK), 0);
	pkt_put(&pool, p);
}

/* Reads all packets; they must be numbers from, from + step ... */
static int
read_all(struct io_source *s, unsigned from, unsigned step, unsigned *n)
{
	struct pkt *p = pkt_get(&pool), *want = pkt_get(&pool);
	int r;

	*n = 0;
	while ((r = io_source_read(s, p)) == 1) {
		make_packet(want, from + *n * step);
		CU_ASSERT_EQUAL(p->ts, want->ts);
		CU_ASSERT_EQUAL(p->linktype, 1);
		CU_ASSERT_EQUAL(p->wirelen, want->wirelen);
		CU_ASSERT_EQUAL_FATAL(p->caplen, want->caplen);
		CU_ASSERT_EQUAL(memcmp(p->data, want->data, p->caplen), 0);
		++*n;
	}
	pkt_put(&pool, p);
	pkt_put(&pool, want);
	return r;
}

static void
expect(const char *path, unsigned n)
{
	char err[300] = "";
	struct io_source *s = io_file_open(path, err, sizeof(err));
	unsigned got;

	if (s == NULL)
		printf("\n    %s", err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	CU_ASSERT_EQUAL(read_all(s, 0, 1, &got), 0);
	CU_ASSERT_EQUAL(got, n);
	io_source_close(s);
}

static void
test_round_trip(void)
{
	make_capture(path_of("a.pcap"), 0, 100, 1);
	expect(path_of("a.pcap"), 100);
	make_capture(path_of("none.pcap"), 0, 0, 1);
	expect(path_of("none.pcap"), 0);
}

static size_t
gzip(const uint8_t *in, size_t n, uint8_t *out, size_t size)
{
	z_stream z = { .next_in = NULL };

	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.avail_in = (uInt)n;
	z.next_in = xmalloc(n + 1);
	memcpy(z.next_in, in, n);
	in = z.next_in;
	z.next_out = out;
	z.avail_out = (uInt)size;
	CU_ASSERT_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
	n = size - z.avail_out;
	deflateEnd(&z);
	free(z.next_in - z.total_in);
	return n;
}

static void
test_compressed(void)
{
	size_t n, m, k;
	uint8_t *raw, *out = xmalloc(1 << 20);

	make_capture(path_of("b.pcap"), 0, 100, 1);
	raw = read_file(path_of("b.pcap"), &n);

	m = gzip(raw, n, out, 1 << 20);
	write_file(path_of("b.gz"), out, m);
	expect(path_of("b.gz"), 100);
	/* two members, and padding after them */
	m = gzip(raw, 1000, out, 1 << 20);
	m += gzip(raw + 1000, n - 1000, out + m, (1 << 20) - m);
	memset(out + m, 0, 512);
	write_file(path_of("b2.gz"), out, m + 512);
	expect(path_of("b2.gz"), 100);

	m = ZSTD_compress(out, 1 << 20, raw, n, 3);
	write_file(path_of("b.zst"), out, m);
	expect(path_of("b.zst"), 100);
	m = ZSTD_compress(out, 1 << 20, raw, 1000, 3);
	k = ZSTD_compress(out + m, (1 << 20) - m, raw + 1000, n - 1000, 3);
	write_file(path_of("b2.zst"), out, m + k);
	expect(path_of("b2.zst"), 100);
	free(raw);
	free(out);
}

/* Opens a damaged file: packets that are whole come, then an error that names
 * the file; or it does not open at all, and says why. */
static void
expect_broken(const char *path, const char *text)
{
	char err[300] = "";
	struct io_source *s = io_file_open(path, err, sizeof(err));
	unsigned got;

	if (s != NULL) {
		CU_ASSERT_EQUAL(read_all(s, 0, 1, &got), -1);
		snprintf(err, sizeof(err), "%s", io_source_error(s));
		/* It stays broken. */
		CU_ASSERT_EQUAL(read_all(s, 0, 1, &got), -1);
		io_source_close(s);
	}
	if (strstr(err, text) == NULL || strstr(err, path) == NULL)
		printf("\n    %s", err);
	CU_ASSERT_PTR_NOT_NULL(strstr(err, path));
	CU_ASSERT_PTR_NOT_NULL(strstr(err, text));
}

static void
test_broken(void)
{
	uint8_t *raw, *out = xmalloc(1 << 20);
	char err[300];
	size_t n, m, i;

	make_capture(path_of("c.pcap"), 0, 20, 1);
	raw = read_file(path_of("c.pcap"), &n);
	expect_broken(path_of("missing.pcap"), "No such file");
	expect_broken(dir, "Is a directory");
	write_file(path_of("empty"), "", 0);
	expect_broken(path_of("empty"), "empty");
	write_file(path_of("text"), "hello, this is no capture at all\n", 33);
	expect_broken(path_of("text"), "not a capture file");
	write_file(path_of("cut"), raw, n - 7);
	expect_broken(path_of("cut"), "truncated");
	write_file(path_of("head"), raw, 10);
	expect_broken(path_of("head"), "not a capture file");

	m = gzip(raw, n, out, 1 << 20);
	write_file(path_of("cut.gz"), out, m - 20);
	expect_broken(path_of("cut.gz"), "cut short");
	out[m / 2] ^= 0xff;
	write_file(path_of("bad.gz"), out, m);
	expect_broken(path_of("bad.gz"), "damaged gzip");
	m = ZSTD_compress(out, 1 << 20, raw, n, 3);
	write_file(path_of("cut.zst"), out, m - 20);
	expect_broken(path_of("cut.zst"), "cut short");

	/* Any one byte wrong: no crash, whatever comes out. */
	for (i = 0; i < MIN(n, 200); i++) {
		struct pkt *p = pkt_get(&pool);
		struct io_source *s;

		raw[i] ^= 0xff;
		write_file(path_of("flip"), raw, n);
		raw[i] ^= 0xff;
		s = io_file_open(path_of("flip"), err, sizeof(err));
		while (s != NULL && io_source_read(s, p) == 1)
			CU_ASSERT(p->caplen <= PKT_BUFFER_SIZE &&
			    p->caplen <= p->wirelen);
		io_source_close(s);
		pkt_put(&pool, p);
	}
	free(raw);
	free(out);
}

static void
test_stdin(void)
{
	int saved = dup(STDIN_FILENO), fd;
	char err[300] = "";
	struct io_source *s;
	unsigned got;

	make_capture(path_of("d.pcap"), 0, 30, 1);
	fd = open(path_of("d.pcap"), O_RDONLY);
	dup2(fd, STDIN_FILENO);
	close(fd);
	s = io_file_open("-", err, sizeof(err));
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	CU_ASSERT_EQUAL(read_all(s, 0, 1, &got), 0);
	CU_ASSERT_EQUAL(got, 30);
	io_source_close(s);
	dup2(saved, STDIN_FILENO);
	close(saved);
}

static void
test_merge(void)
{
	struct io_source *s[3], *m;
	char err[300];
	unsigned got;
	struct pkt *p;
	uint8_t *raw;
	size_t n;

	make_capture(path_of("m0"), 0, 10, 3);
	make_capture(path_of("m1"), 1, 10, 3);
	make_capture(path_of("m2"), 2, 10, 3);
	s[0] = io_file_open(path_of("m0"), err, sizeof(err));
	s[1] = io_file_open(path_of("m1"), err, sizeof(err));
	s[2] = io_file_open(path_of("m2"), err, sizeof(err));
	m = io_merge(s, 3);
	CU_ASSERT_EQUAL(read_all(m, 0, 1, &got), 0);
	CU_ASSERT_EQUAL(got, 30);
	io_source_close(m);

	/* At the same time: in the order given, and it tells from where. */
	s[0] = io_file_open(path_of("m1"), err, sizeof(err));
	s[1] = io_file_open(path_of("m1"), err, sizeof(err));
	m = io_merge(s, 2);
	p = pkt_get(&pool);
	for (got = 0; io_source_read(m, p) == 1; got++)
		CU_ASSERT_EQUAL(p->source, got % 2);
	CU_ASSERT_EQUAL(got, 20);
	io_source_close(m);

	/* One is broken: the other is read to its end, then it is told. */
	raw = read_file(path_of("m0"), &n);
	write_file(path_of("m0cut"), raw, n / 2);
	free(raw);
	s[0] = io_file_open(path_of("m0cut"), err, sizeof(err));
	s[1] = io_file_open(path_of("m1"), err, sizeof(err));
	m = io_merge(s, 2);
	got = 0;
	while (io_source_read(m, p) == 1)
		got += p->source;
	CU_ASSERT_EQUAL(got, 10);
	CU_ASSERT_EQUAL(io_source_read(m, p), -1);
	CU_ASSERT_PTR_NOT_NULL(strstr(io_source_error(m), "m0cut"));
	io_source_close(m);

	s[0] = io_file_open(path_of("m0"), err, sizeof(err));
	m = io_merge(s, 1);
	CU_ASSERT_EQUAL(read_all(m, 0, 3, &got), 0);
	io_source_close(m);
	m = io_merge(s, 0);
	CU_ASSERT_EQUAL(io_source_read(m, p), 0);
	io_source_close(m);
	io_source_close(NULL);
	pkt_put(&pool, p);
}

static void
test_made_header(void)
{
	struct pkt *p = pkt_get(&pool);
	struct io_source *in;
	struct io_sink *s;
	char err[300];

	make_packet(p, 7);
	/* The same packet as if it had come without a link header. */
	memmove(p->data, p->data + 14, p->caplen - 14);
	p->caplen -= 14;
	p->wirelen -= 14;
	p->wirelen += 100; /* as if cut */
	p->linktype = 12;
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	s = io_file_create(path_of("raw"), err, sizeof(err));
	CU_ASSERT_EQUAL_FATAL(io_sink_write(s, p), 0);
	p->l3 = p->caplen; /* nothing there: refused, no harm */
	CU_ASSERT_EQUAL(io_sink_write(s, p), -EINVAL);
	CU_ASSERT_EQUAL(io_sink_close(s), 0);
	in = io_file_open(path_of("raw"), err, sizeof(err));
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	CU_ASSERT_EQUAL(io_source_read(in, p), 1);
	CU_ASSERT_EQUAL(p->linktype, 1);
	CU_ASSERT_EQUAL(
	    memcmp(p->data, "\2\0\0\0\0\1\2\0\0\0\0\2\x08\0\x45", 15), 0);
	CU_ASSERT_EQUAL(p->wirelen, p->caplen + 100);
	CU_ASSERT_EQUAL(decode(p), REASON_NONE);
	CU_ASSERT_EQUAL(p->seq, 7);
	CU_ASSERT_EQUAL(io_source_read(in, p), 0);
	io_source_close(in);
	pkt_put(&pool, p);
}

static void
test_sink(void)
{
	struct pkt *p = pkt_get(&pool);
	struct io_sink *s;
	struct stat st;
	char err[300] = "";
	int r = 0;
	unsigned i;

	CU_ASSERT_PTR_NULL(
	    io_file_create(path_of("no/such/dir"), err, sizeof(err)));
	CU_ASSERT_PTR_NOT_NULL(strstr(err, "no/such/dir"));
	/* A device is written, not replaced. */
	s = io_file_create("/dev/null", err, sizeof(err));
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	make_packet(p, 1);
	CU_ASSERT_EQUAL(io_sink_write(s, p), 0);
	CU_ASSERT_EQUAL(io_sink_close(s), 0);
	CU_ASSERT(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
	if (access("/dev/full", W_OK) == 0) {
		s = io_file_create("/dev/full", err, sizeof(err));
		for (i = 0; s != NULL && i < 1000; i++)
			r = io_sink_write(s, p);
		CU_ASSERT_EQUAL(r, -ENOSPC);
		CU_ASSERT_EQUAL(io_sink_close(s), -ENOSPC);
	}
	CU_ASSERT_EQUAL(io_sink_close(NULL), 0);
	pkt_put(&pool, p);
}

int
main(void)
{
	char command[100];
	CU_pSuite suite;
	unsigned failures;

	if (pktpool_init(&pool, 4) != 0 || mkdtemp(dir) == NULL)
		return 1;
	CU_initialize_registry();
	suite = CU_add_suite("io", NULL, NULL);
	CU_add_test(suite, "round trip", test_round_trip);
	CU_add_test(suite, "compressed", test_compressed);
	CU_add_test(suite, "broken", test_broken);
	CU_add_test(suite, "stdin", test_stdin);
	CU_add_test(suite, "merge", test_merge);
	CU_add_test(suite, "made header", test_made_header);
	CU_add_test(suite, "sink", test_sink);
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	pktpool_fini(&pool);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	if (system(command) != 0)
		printf("%s is left over\n", dir);
	return failures != 0;
}

/* SPDX-License-Identifier: ISC
 *
 * Capture files. libpcap reads pcap and pcapng but no compressed ones, so it is
 * given a stream of our own that finds out by the first bytes what to unpack.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "io.h"
#include "decode.h"
#include "io_impl.h"
#include "util.h"

enum { UNPACK_BUFFER = 64 * 1024, ETHER_HEADER = 14 };
#define NS_PER_S UINT64_C(1000000000)

/* Bytes of a file, unpacked. */
struct unpack {
	int fd;
	enum { UNPACK_PLAIN, UNPACK_GZIP, UNPACK_ZSTD } kind;
	uint8_t in[UNPACK_BUFFER];
	size_t pos, length; /* unread bytes of in[] */
	bool eof;
	bool inside;     /* a compressed member or frame is not finished */
	bool unpacked;   /* at least one of them is */
	char error[128]; /* what is wrong with the file, or empty */
	z_stream gz;
	ZSTD_DStream *zstd;
};

static void
unpack_fill(struct unpack *u)
{
	ssize_t n;

	if (u->pos < u->length || u->eof)
		return;
	u->pos = u->length = 0;
	do
		n = read(u->fd, u->in, sizeof(u->in));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		snprintf(u->error, sizeof(u->error), "%s", strerror(errno));
	if (n <= 0)
		u->eof = true;
	else
		u->length = (size_t)n;
}

static size_t
unpack_plain(struct unpack *u, uint8_t *out, size_t size)
{
	size_t n;

	unpack_fill(u);
	n = MIN(size, u->length - u->pos);
	memcpy(out, u->in + u->pos, n);
	u->pos += n;
	return n;
}

static size_t
unpack_gzip(struct unpack *u, uint8_t *out, size_t size)
{
	int r;

	u->gz.next_out = out;
	u->gz.avail_out = (uInt)MIN(size, UINT_MAX);
	while (u->gz.avail_out > 0 && u->error[0] == '\0') {
		unpack_fill(u);
		if (u->pos == u->length)
			break;
		if (!u->inside) { /* a file may hold several members */
			if (u->unpacked && u->in[u->pos] != 0x1f) {
				u->pos = u->length; /* padding after them */
				u->eof = true;
				break;
			}
			inflateReset(&u->gz);
			u->inside = true;
		}
		u->gz.next_in = u->in + u->pos;
		u->gz.avail_in = (uInt)(u->length - u->pos);
		r = inflate(&u->gz, Z_NO_FLUSH);
		u->pos = u->length - u->gz.avail_in;
		if (r == Z_STREAM_END) {
			u->inside = false;
			u->unpacked = true;
		} else if (r != Z_OK && r != Z_BUF_ERROR)
			snprintf(u->error, sizeof(u->error),
			    "damaged gzip data (%s)",
			    u->gz.msg != NULL ? u->gz.msg : "unknown");
	}
	return size - u->gz.avail_out;
}

static size_t
unpack_zstd(struct unpack *u, uint8_t *out, size_t size)
{
	ZSTD_outBuffer o = { .dst = out, .size = size };
	ZSTD_inBuffer i;
	size_t r;

	while (o.pos < o.size && u->error[0] == '\0') {
		unpack_fill(u);
		/* At the end of the file the decoder may still hold output. */
		if (u->pos == u->length && !u->inside)
			break;
		i.src = u->in;
		i.size = u->length;
		i.pos = u->pos;
		r = ZSTD_decompressStream(u->zstd, &o, &i);
		if (ZSTD_isError(r)) {
			snprintf(u->error, sizeof(u->error),
			    "damaged zstd data (%s)", ZSTD_getErrorName(r));
			break;
		}
		u->inside = r != 0;
		if (i.pos == u->pos && u->pos == u->length && o.pos < o.size)
			break;
		u->pos = i.pos;
	}
	return o.pos;
}

static ssize_t
unpack_read(void *cookie, char *out, size_t size)
{
	struct unpack *u = cookie;
	uint8_t *to = (uint8_t *)out;
	size_t n;

	switch (u->kind) {
	case UNPACK_GZIP:
		n = unpack_gzip(u, to, size);
		break;
	case UNPACK_ZSTD:
		n = unpack_zstd(u, to, size);
		break;
	default:
		n = unpack_plain(u, to, size);
	}
	if (n == 0 && u->inside && u->error[0] == '\0')
		snprintf(
		    u->error, sizeof(u->error), "compressed file is cut short");
	/* What was unpacked before the damage is still good. */
	if (n == 0 && u->error[0] != '\0') {
		errno = EIO;
		return -1;
	}
	return (ssize_t)n;
}

static int
unpack_close(void *cookie)
{
	struct unpack *u = cookie;

	if (u->kind == UNPACK_GZIP)
		inflateEnd(&u->gz);
	ZSTD_freeDStream(u->zstd);
	if (u->fd != STDIN_FILENO)
		close(u->fd);
	free(u);
	return 0;
}

/* Takes fd over. The kind follows from the magic number: RFC 1952 2.3.1, RFC
 * 8878 3.1.1. */
static struct unpack *
unpack_new(int fd)
{
	static const uint8_t gzip[] = { 0x1f, 0x8b };
	static const uint8_t zstd[] = { 0x28, 0xb5, 0x2f, 0xfd };
	struct unpack *u = xcalloc(1, sizeof(*u));
	ssize_t n;

	u->fd = fd;
	while (u->length < sizeof(zstd)) { /* a pipe may give less */
		n = read(fd, u->in + u->length, sizeof(zstd) - u->length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			snprintf(
			    u->error, sizeof(u->error), "%s", strerror(errno));
		if (n <= 0) {
			u->eof = true;
			break;
		}
		u->length += (size_t)n;
	}
	if (u->length >= sizeof(gzip) && memcmp(u->in, gzip, 2) == 0) {
		u->kind = UNPACK_GZIP;
		if (inflateInit2(&u->gz, 15 + 16) != Z_OK) {
			u->kind = UNPACK_PLAIN;
			snprintf(u->error, sizeof(u->error), "out of memory");
		}
	} else if (u->length >= sizeof(zstd) && memcmp(u->in, zstd, 4) == 0) {
		u->kind = UNPACK_ZSTD;
		u->zstd = ZSTD_createDStream();
		if (u->zstd == NULL || ZSTD_isError(ZSTD_initDStream(u->zstd)))
			snprintf(u->error, sizeof(u->error), "out of memory");
	}
	return u;
}

struct file_source {
	struct io_source base;
	struct unpack *unpack; /* owned by pcap's FILE */
	pcap_t *pcap;
	char *path;
};

/* libpcap's times are signed and a hostile file may say anything. */
static uint64_t
stamp(const struct timeval *tv)
{
	uint64_t s = tv->tv_sec < 0 ? 0 : (uint64_t)tv->tv_sec;
	uint64_t ns = tv->tv_usec < 0 ? 0 : (uint64_t)tv->tv_usec;

	return MIN(s, UINT64_MAX / NS_PER_S - 1) * NS_PER_S +
	    MIN(ns, NS_PER_S - 1);
}

static int
file_read(struct io_source *s, struct pkt *p)
{
	struct file_source *f = (struct file_source *)s;
	struct pcap_pkthdr *h;
	const u_char *bytes;
	int r;

	if (s->error[0] != '\0')
		return -1;
	r = pcap_next_ex(f->pcap, &h, &bytes);
	if (r != 1) {
		if (f->unpack->error[0] != '\0')
			snprintf(s->error, sizeof(s->error), "%s: %s", f->path,
			    f->unpack->error);
		else if (r == PCAP_ERROR)
			snprintf(s->error, sizeof(s->error), "%s: %s", f->path,
			    pcap_geterr(f->pcap));
		return s->error[0] == '\0' ? 0 : -1;
	}
	p->caplen = MIN(h->caplen, PKT_BUFFER_SIZE);
	p->wirelen = MAX(h->len, h->caplen);
	p->ts = stamp(&h->ts);
	p->linktype = pcap_datalink(f->pcap);
	p->source = 0;
	memcpy(p->data, bytes, p->caplen);
	return 1;
}

static void
file_close(struct io_source *s)
{
	struct file_source *f = (struct file_source *)s;

	pcap_close(f->pcap); /* closes the FILE, and that frees f->unpack */
	free(f->path);
	free(f);
}

struct io_source *
io_file_open(const char *path, char *err, size_t err_size)
{
	static const struct io_source_ops ops = {
		.read = file_read,
		.close = file_close,
	};
	static const cookie_io_functions_t io = {
		.read = unpack_read,
		.close = unpack_close,
	};
	bool is_stdin = strcmp(path, "-") == 0;
	const char *name = is_stdin ? "standard input" : path;
	char text[PCAP_ERRBUF_SIZE] = "";
	struct file_source *f;
	struct unpack *u;
	pcap_t *pcap;
	FILE *fp;
	int fd;

	fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		snprintf(err, err_size, "%s: %s", name, strerror(errno));
		return NULL;
	}
	u = unpack_new(fd);
	if (u->error[0] != '\0' || u->length == 0) {
		snprintf(err, err_size, "%s: %s", name,
		    u->error[0] != '\0' ? u->error : "file is empty");
		unpack_close(u);
		return NULL;
	}
	fp = fopencookie(u, "r", io);
	if (fp == NULL) {
		snprintf(err, err_size, "%s: out of memory", name);
		unpack_close(u);
		return NULL;
	}
	pcap = pcap_fopen_offline_with_tstamp_precision(
	    fp, PCAP_TSTAMP_PRECISION_NANO, text);
	if (pcap == NULL) {
		snprintf(err, err_size, "%s: not a capture file (%s)", name,
		    u->error[0] != '\0' ? u->error : text);
		fclose(fp);
		return NULL;
	}
	if (!decode_knows(pcap_datalink(pcap))) {
		const char *type =
		    pcap_datalink_val_to_name(pcap_datalink(pcap));

		snprintf(err, err_size, "%s: link type %s is not supported",
		    name, type != NULL ? type : "of this capture");
		pcap_close(pcap);
		return NULL;
	}
	f = xcalloc(1, sizeof(*f));
	f->base.ops = &ops;
	f->unpack = u;
	f->pcap = pcap;
	f->path = xstrdup(name);
	return &f->base;
}

struct file_sink {
	struct io_sink base;
	pcap_t *pcap;
	pcap_dumper_t *dumper;
	FILE *fp;   /* the dumper's */
	char *path; /* final name; NULL: written in place */
	char *temp;
	int error; /* errno of the first failed write */
	uint8_t frame[ETHER_HEADER + PKT_BUFFER_SIZE];
};

/* A frame that had another link layer, or none, under a made-up Ethernet
 * header (locally administered addresses). */
static const uint8_t *
make_ethernet(struct file_sink *f, const struct pkt *p, struct pcap_pkthdr *h)
{
	static const uint8_t addresses[] = { 0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0,
		0, 0, 0x02 };
	uint32_t length;
	bool ip6;

	if (p->l3 >= p->caplen || p->caplen > PKT_BUFFER_SIZE)
		return NULL;
	length = p->caplen - p->l3;
	ip6 = p->data[p->l3] >> 4 == 6;
	memcpy(f->frame, addresses, sizeof(addresses));
	f->frame[12] = ip6 ? 0x86 : 0x08;
	f->frame[13] = ip6 ? 0xdd : 0x00;
	memcpy(f->frame + ETHER_HEADER, p->data + p->l3, length);
	h->caplen = ETHER_HEADER + length;
	h->len = ETHER_HEADER + (MAX(p->wirelen, p->caplen) - p->l3);
	return f->frame;
}

static int
sink_write(struct io_sink *s, const struct pkt *p)
{
	struct file_sink *f = (struct file_sink *)s;
	struct pcap_pkthdr h;
	const uint8_t *bytes = p->data;

	if (f->error != 0)
		return -f->error;
	memset(&h, 0, sizeof(h));
	h.ts.tv_sec = (time_t)(p->ts / NS_PER_S);
	h.ts.tv_usec = (suseconds_t)(p->ts % NS_PER_S); /* it takes ns */
	h.caplen = p->caplen;
	h.len = MAX(p->wirelen, p->caplen);
	if (p->linktype != DLT_EN10MB)
		bytes = make_ethernet(f, p, &h);
	if (bytes == NULL)
		return -EINVAL;
	errno = 0;
	pcap_dump((u_char *)f->dumper, &h, bytes);
	if (ferror(f->fp)) {
		f->error = errno != 0 ? errno : EIO;
		return -f->error;
	}
	return 0;
}

static void
sink_free(struct file_sink *f)
{
	if (f->dumper != NULL)
		pcap_dump_close(f->dumper);
	else if (f->fp != NULL)
		fclose(f->fp);
	if (f->pcap != NULL)
		pcap_close(f->pcap);
	if (f->temp != NULL)
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	free(f);
}

static int
sink_close(struct io_sink *s)
{
	struct file_sink *f = (struct file_sink *)s;
	int error = f->error;

	if (pcap_dump_flush(f->dumper) != 0 && error == 0)
		error = errno != 0 ? errno : EIO;
	if (error == 0 && f->temp != NULL) {
		if (fsync(fileno(f->fp)) != 0 ||
		    rename(f->temp, f->path) != 0) {
			error = errno;
		} else {
			free(f->temp);
			f->temp = NULL; /* nothing to clean up */
		}
	}
	sink_free(f);
	return -error;
}

/* Opens what will be written: a temporary file beside a regular one, but a
 * device, a pipe or standard output themselves. */
static int
sink_open(struct file_sink *f, const char *path)
{
	struct stat st;
	mode_t mask;
	int fd;

	if (strcmp(path, "-") == 0)
		return dup(STDOUT_FILENO);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return open(path, O_WRONLY | O_CLOEXEC);
	f->path = xstrdup(path);
	f->temp = xasprintf("%s.XXXXXX", path);
	fd = mkostemp(f->temp, O_CLOEXEC);
	if (fd < 0) {
		free(f->temp);
		f->temp = NULL;
		return -1;
	}
	mask = umask(0);
	umask(mask);
	if (fchmod(fd, 0666 & ~mask) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

struct io_sink *
io_file_create(const char *path, char *err, size_t err_size)
{
	static const struct io_sink_ops ops = {
		.write = sink_write,
		.close = sink_close,
	};
	const char *name = strcmp(path, "-") == 0 ? "standard output" : path;
	struct file_sink *f = xcalloc(1, sizeof(*f));
	int fd;

	f->base.ops = &ops;
	fd = sink_open(f, path);
	if (fd < 0) {
		snprintf(err, err_size, "%s: %s", name, strerror(errno));
		goto fail;
	}
	f->fp = fdopen(fd, "wb");
	if (f->fp == NULL) {
		snprintf(err, err_size, "%s: %s", name, strerror(errno));
		close(fd);
		goto fail;
	}
	f->pcap = pcap_open_dead_with_tstamp_precision(DLT_EN10MB,
	    ETHER_HEADER + PKT_BUFFER_SIZE, PCAP_TSTAMP_PRECISION_NANO);
	if (f->pcap == NULL) {
		snprintf(err, err_size, "%s: out of memory", name);
		goto fail;
	}
	f->dumper = pcap_dump_fopen(f->pcap, f->fp);
	if (f->dumper == NULL) {
		snprintf(err, err_size, "%s: %s", name, pcap_geterr(f->pcap));
		f->fp = NULL; /* libpcap has closed it */
		goto fail;
	}
	return &f->base;
fail:
	sink_free(f);
	return NULL;
}

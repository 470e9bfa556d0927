/* SPDX-License-Identifier: ISC
 *
 * Where packets come from and where they go.
 *
 * A source fills packets one by one; a sink takes frames. Files now, devices
 * later: the pipeline knows only these two tables of functions. libpcap stays
 * behind io_file.c and io_live.c.
 */
#ifndef ASASIM_IO_H
#define ASASIM_IO_H

#include <stdbool.h>
#include <stdint.h>

#include "pkt.h"

struct io_source;

/* Opens a capture file (pcap, pcapng, also gzip or zstd compressed; "-" is
 * standard input). NULL and a message in err[] on failure: the message names
 * the file. */
struct io_source *io_file_open(const char *path, char *err, size_t err_size);

/* Merges sources by time stamp (ties: in the order given); takes them over. */
struct io_source *io_merge(struct io_source **sources, unsigned n);

/* Reads the next packet into p (data, caplen, wirelen, ts, linktype, source).
 * 1 = got one, 0 = end, -1 = broken file: io_source_error() says where. A
 * frame longer than the buffer is cut to it. */
int io_source_read(struct io_source *s, struct pkt *p);
const char *io_source_error(const struct io_source *s);
void io_source_close(struct io_source *s); /* NULL allowed */

struct io_sink;

/* Writes a pcap file with nanosecond stamps, link type Ethernet. A packet that
 * came without an Ethernet header gets one, with locally administered
 * addresses. "-" is standard output. The file appears under its name only
 * when io_sink_close() has succeeded (temporary file, then rename). */
struct io_sink *io_file_create(const char *path, char *err, size_t err_size);
int io_sink_write(struct io_sink *s, const struct pkt *p);
/* 0, or -errno; the sink is gone either way. NULL allowed. */
int io_sink_close(struct io_sink *s);

#endif

/* SPDX-License-Identifier: ISC
 *
 * What a source and a sink are made of: for the io_*.c files only.
 *
 * An implementation embeds the struct as its first member and fills the table.
 */
#ifndef ASASIM_IO_IMPL_H
#define ASASIM_IO_IMPL_H

#include "io.h"

struct io_source_ops {
	int (*read)(struct io_source *s, struct pkt *p);
	void (*close)(struct io_source *s);
};

struct io_source {
	const struct io_source_ops *ops;
	char error[512]; /* why read() said -1 */
};

struct io_sink_ops {
	int (*write)(struct io_sink *s, const struct pkt *p);
	int (*close)(struct io_sink *s);
};

struct io_sink {
	const struct io_sink_ops *ops;
};

#endif

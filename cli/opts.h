/* SPDX-License-Identifier: ISC
 *
 * The program's options, and what they mean together.
 */
#ifndef ASASIM_OPTS_H
#define ASASIM_OPTS_H

#include <stdbool.h>

#include "util.h"

/* Exit codes; man/asasim.1 documents them. */
enum {
	EXIT_OK = 0,
	EXIT_REFUSED = 1, /* a line was refused */
	EXIT_USAGE = 2,
	EXIT_IO = 3, /* a file cannot be read or written, a capture is broken */
};

struct opts {
	VEC(const char *) configs;
	VEC(const char *) captures;
	VEC(const char *) commands;
	const char *write;
	const char *startup;
	bool interactive; /* -i */
	bool manual_rows; /* hidden: print the rows for the manual */
};

enum opts_result { OPTS_RUN, OPTS_DONE, OPTS_BAD };

/* OPTS_DONE: -h or -V has been answered. OPTS_BAD: complained. */
enum opts_result opts_parse(struct opts *o, int argc, char **argv);
void opts_fini(struct opts *o);

/* Is standard input one of the files? */
bool opts_stdin_taken(const struct opts *o);

#endif

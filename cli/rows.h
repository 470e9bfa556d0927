/* SPDX-License-Identifier: ISC
 *
 * The rows of the command line's own: EXEC commands.
 *
 * Tables are const, one in each exec_*.c and show_*.c; rows_new() gathers them
 * with the config rows, adds a row of `show running-config` for each section
 * of the configuration, and doubles rows that user EXEC has as well.
 */
#ifndef ASASIM_ROWS_H
#define ASASIM_ROWS_H

#include "gram.h"

enum {
	ROW_USER = 1 << 8,  /* also in user EXEC */
	ROW_PAGED = 1 << 9, /* a listing: takes `| include` and the pager */
};

/* What may stand after `|`: rows without handlers, told apart by data. */
extern const struct mode mode_filter;
struct filter_args {
	bool invert;
	char *pattern;
};
extern const struct row_set rows_filter;

extern const struct row_set rows_mode, rows_terminal, rows_file, rows_clear,
    rows_sim, rows_show_run, rows_show_mpf, rows_show_acl, rows_show_conn,
    rows_show_iface, rows_show_misc, rows_show_log, rows_test;

/* For rows of `show running-config SECTION`. */
extern const struct row show_run_section_row;
struct show_run_args {
	bool all;
	char *rest; /* words after the section's name */
};

struct rows;

struct rows *rows_new(void);
void rows_free(struct rows *r);
struct gram *rows_gram(const struct rows *r);

#endif

/* SPDX-License-Identifier: ISC
 *
 * The way of a command's text to the screen: lines, filter, pager.
 *
 * Handlers print with out_printf() and know nothing else. Text is cut into
 * lines; a filter (`| include ...`) lets lines through or not; the pager stops
 * after a page and asks its sink for a key. Nothing here knows a terminal, so a
 * test can be the sink.
 *
 *	out_begin(o, FILTER_INCLUDE, "^access-list", err, sizeof(err));
 *	out_printf(o, "...");
 *	out_end(o);
 */
#ifndef ASASIM_OUT_H
#define ASASIM_OUT_H

#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "util.h"

struct out_sink {
	/* 0, or -1 with errno set. */
	int (*write)(void *arg, const char *s, size_t length);
	/* Waits for a key at the pager's prompt; -1: none will come. NULL
	 * switches the pager off. */
	int (*key)(void *arg);
	void *arg;
};

enum filter_kind {
	FILTER_NONE,
	FILTER_INCLUDE,
	FILTER_EXCLUDE,
	FILTER_BEGIN,
	FILTER_COUNT,
};

struct out {
	struct out_sink sink;
	unsigned page;  /* lines of a page, 0 = no pager */
	unsigned width; /* columns, for counting wrapped lines; 0 = no limit */
	/* Set by ^C: what the command still prints is thrown away. */
	const volatile sig_atomic_t *stop;
	int error; /* errno of the first write that failed */

	/* the current command's */
	struct strbuf line; /* not yet ended by a newline */
	enum filter_kind kind;
	bool have_re;
	regex_t re;
	bool begun;       /* FILTER_BEGIN has seen its line */
	uint64_t matched; /* FILTER_COUNT */
	unsigned left;    /* lines until the pager stops */
	bool quit;        /* q at the pager */
};

void out_init(struct out *o, const struct out_sink *sink);
void out_fini(struct out *o);

/* Starts a command's output. pattern is a POSIX extended regular expression,
 * NULL = every line. False, with err filled, when it is not one. */
bool out_begin(struct out *o, enum filter_kind kind, const char *pattern,
    char *err, size_t err_size) MUST_CHECK;
/* Without a filter. */
void out_begin_plain(struct out *o);
/* Ends it: an unfinished line goes out as it is. */
void out_end(struct out *o);

void out_write(struct out *o, const char *s, size_t length);
void out_puts(struct out *o, const char *s);
void out_printf(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Past filter and pager: prompts, errors. */
void out_raw(struct out *o, const char *s);

/* Is what the command prints still wanted? Long listings may ask. */
bool out_stopped(const struct out *o);

#endif

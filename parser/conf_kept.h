/* SPDX-License-Identifier: ISC
 *
 * Lines that are kept, not simulated: how they are told apart.
 */
#ifndef ASASIM_CONF_KEPT_H
#define ASASIM_CONF_KEPT_H

#include "conf.h"

enum {
	KEPT_NAMED = 1,  /* `no` must find it; a part of its words will do */
	KEPT_BLANKS = 2, /* leading blanks of the text count */
};

/* What its rows have for arguments. */
struct kept_args {
	char *name, *rest;
	uint8_t k;
};

/* A row's data. */
struct kept_family {
	enum section section;
	bool affects_verdict;
	const char *why;
	unsigned flags;
};

struct kept_submode {
	const char *pattern; /* words; * is any word */
	const struct mode *mode;
};

struct kept_shape {
	const char *word;
	const char *shape; /* see kept_words.c */
};

extern const struct kept_shape kept_shapes[];
extern const size_t kept_shapes_n;
extern const char *const kept_no[];
extern const size_t kept_no_n;
extern const struct kept_submode kept_submodes[];
extern const size_t kept_submodes_n;
extern const char *const kept_single[];
extern const size_t kept_single_n;

/* The sub-mode that the line opens, or NULL. */
const struct mode *kept_mode_of(const struct kept *k);

/* Is the sub-mode of a kept line open? */
bool kept_is_open(const struct conf *c, const struct confctx *ctx);
/* Does the row's family know the words of the line? If not, -1 and *e. */
int kept_check(const struct conf *c, const struct row *row,
    const struct words *ws, struct cerr *e);
/* The command that a line is while a kept sub-mode is open. False if it is none
 * or none that may be run here: conf_line() then keeps or refuses it. */
bool kept_find_command(const struct conf *c, const struct gram *g,
    const struct confctx *ctx, const struct words *ws, struct gram_hit *hit);

#endif

/* SPDX-License-Identifier: ISC
 *
 * Lines that are kept, not simulated: how they are told apart.
 */
#ifndef ASASIM_CONF_KEPT_H
#define ASASIM_CONF_KEPT_H

#include "conf.h"

enum { KEPT_NAMED = 1 }; /* `no` must find it; a part of its words will do */

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

extern const struct kept_submode kept_submodes[];
extern const size_t kept_submodes_n;
extern const char *const kept_single[];
extern const size_t kept_single_n;

/* The sub-mode that the line opens, or NULL. */
const struct mode *kept_mode_of(const struct kept *k);

#endif

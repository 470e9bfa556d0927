/* SPDX-License-Identifier: ISC
 *
 * Sets of the device's regular expressions, any of which may match.
 *
 * Each expression is translated to PCRE2 (regex_syntax.h says what the language
 * is) and matched as bytes; the search is not anchored and minds case. What one
 * match may cost is limited; a match that exceeds the limits is no match.
 *
 * A set is compiled on the control side. Matching uses scratch memory of the
 * set and so belongs to one thread at a time; it does not allocate.
 */
#ifndef ASASIM_REGEXSET_H
#define ASASIM_REGEXSET_H

#include <stdbool.h>
#include <stddef.h>

#include "util.h"

struct regexset;

/* NULL, with the reason in *e, when one of the n expressions is wrong. */
struct regexset *regexset_new(
    const char *const *expressions, size_t n, struct cerr *e);
void regexset_free(struct regexset *r);

/* r: a struct regexset (void, so that a policy may hold it without knowing). */
bool regexset_match(const void *r, const char *bytes, size_t length);

#endif

/* SPDX-License-Identifier: ISC
 *
 * Sets of the device's regular expressions, any of which may match.
 *
 * The device's language is small (ASA "regex" command): . ( ) | ? * + {x} {x,}
 * [abc] [^abc] ^ and the escapes \r \n \t \f \xNN \NNN. It has no $, no lazy
 * quantifiers and no back-references; {x} means "at least x"; ^ is the
 * beginning of any line; every other escaped character stands for itself. The
 * search is not anchored and minds case. Each expression is translated to
 * PCRE2, matched as bytes, with limits on the work one match may cost; a match
 * that exceeds them is no match.
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

/* r: a struct regexset (void, so that a policy may hold it without knowing).
 * Declared in insp_esmtp.h too. */
bool regexset_match(const void *r, const char *bytes, size_t length);

/* The device's expression as PCRE2 has it. Returns 0, or -EINVAL and *e. */
MUST_CHECK int regex_translate(
    const char *expression, struct strbuf *out, struct cerr *e);

#endif

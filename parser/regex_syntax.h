/* SPDX-License-Identifier: ISC
 *
 * The device's regular expressions: is this one, and what is it in PCRE2?
 *
 * The language is small (ASA "regex" command): . ( ) | ? * + {x} {x,} [abc]
 * [^abc] ^ and the escapes \r \n \t \f \xNN \NNN. It has no $, no lazy
 * quantifiers and no back-references; {x} means "at least x"; ^ is the
 * beginning of any line; every other escaped character stands for itself.
 *
 * Only the text is handled here; engine/regexset.h matches.
 */
#ifndef ASASIM_REGEX_SYNTAX_H
#define ASASIM_REGEX_SYNTAX_H

#include "util.h"

/* The device's expression as PCRE2 has it. Returns 0, or -EINVAL and *e. */
MUST_CHECK int regex_translate(
    const char *expression, struct strbuf *out, struct cerr *e);
/* The same without the result. */
MUST_CHECK int regex_check(const char *expression, struct cerr *e);

#endif

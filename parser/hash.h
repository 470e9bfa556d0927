/* SPDX-License-Identifier: ISC
 *
 * uthash with XXH3 as its hash: uthash's own falls through switch labels in a
 * way that -Wimplicit-fallthrough of clang refuses.
 */
#ifndef ASASIM_HASH_H
#define ASASIM_HASH_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#define HASH_FUNCTION(key, length, hashv)                                      \
	((hashv) = (unsigned)XXH3_64bits((key), (length)))
#include <uthash.h>

#endif

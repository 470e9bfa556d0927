/* SPDX-License-Identifier: ISC
 *
 * A run of bytes addressed by TCP sequence number, in chunks from a pool.
 *
 * Bytes are appended at one end and forgotten, a chunk at a time, at the other.
 * In between they can be read and changed. One packet thread; no allocation
 * after bytepool_init().
 */
#ifndef ASASIM_BYTESTORE_H
#define ASASIM_BYTESTORE_H

#include <stdbool.h>
#include <stdint.h>

enum { BYTE_CHUNK_SIZE = 1000 }; /* with its header, about 1 KB */

struct byte_chunk {
	struct byte_chunk *prev, *next;
	uint32_t seq;  /* of bytes[0] */
	uint32_t used; /* all but a store's last chunk are full */
	uint8_t bytes[BYTE_CHUNK_SIZE];
};

struct bytepool {
	struct byte_chunk *free;
	uint32_t fresh; /* chunks from here on were never used */
	struct byte_chunk *slab;
	uint32_t n, in_use, most_used;
};

int bytepool_init(struct bytepool *pool, uint32_t n);
void bytepool_fini(struct bytepool *pool);

/* Holds [base, end). Zeroed and given a base, it is ready. */
struct bytestore {
	struct byte_chunk *first, *last;
	uint32_t base, end;
	uint32_t n_chunks;
};

/* Forgets everything; the next byte appended is number `base`. */
void bytestore_reset(struct bytestore *b, struct bytepool *pool, uint32_t base);

/* Chunks that appending n more bytes would take from the pool. */
uint32_t bytestore_need(const struct bytestore *b, uint32_t n);

/* Appends; the pool must have bytestore_need() chunks. */
void bytestore_append(struct bytestore *b, struct bytepool *pool,
    const uint8_t *bytes, uint32_t n);

/* Forgets the first chunk, which must exist. */
void bytestore_drop_first(struct bytestore *b, struct bytepool *pool);

/* Ranges below must lie within [base, end). */
void bytestore_read(
    const struct bytestore *b, uint32_t seq, uint8_t *to, uint32_t n);

/* Makes the range equal to bytes; was anything different? */
bool bytestore_write(
    struct bytestore *b, uint32_t seq, const uint8_t *bytes, uint32_t n);

/* Stored bytes at seq that are contiguous in memory, and how many: for walking
 * a range piece by piece. */
const uint8_t *bytestore_piece(
    const struct bytestore *b, uint32_t seq, uint32_t *n);

#endif

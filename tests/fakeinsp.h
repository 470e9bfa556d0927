/* SPDX-License-Identifier: ISC
 *
 * An inspector for tests: it judges lines by their first letter and keeps a
 * record of every byte as it judged it, by offset in its direction.
 *
 *	X  masked: its letters become x       D  INSP_DROP
 *	K  INSP_DROP_CONN                     R  INSP_RESET
 *	B  INSP_BYPASS                        others pass
 *
 * A line waits for its LF up to FAKE_LINE_MAX bytes, then passes as it is.
 */
#ifndef ASASIM_TESTS_FAKEINSP_H
#define ASASIM_TESTS_FAKEINSP_H

#include <string.h>

#include "inspect.h"

enum { FAKE_LINE_MAX = 512, FAKE_RECORD_MAX = 1 << 16 };

struct fake_record {
	uint8_t byte[FAKE_RECORD_MAX];
	uint8_t known[FAKE_RECORD_MAX]; /* 1 judged, 2 dropped */
	uint32_t high;                  /* offsets used, so far */
	uint32_t lines, fins;
	uint64_t gap;
};

static inline void
fake_reset(struct fake_record *r)
{
	memset(r->known, 0, r->high);
	r->high = r->lines = r->fins = 0;
	r->gap = 0;
}

struct fake_state {
	struct fake_record *record; /* [2], the config */
	uint32_t at[2];
};

static inline void
fake_init(void *state, const void *config)
{
	struct fake_state *s = state;
	void *record;

	memcpy(&record, &config, sizeof(record)); /* tests may write there */
	s->record = record;
}

/* Length of the first line; 0 while it must wait. */
static inline size_t
fake_line(const uint8_t *bytes, size_t length, bool final)
{
	const uint8_t *lf = memchr(bytes, '\n', length);

	if (lf != NULL)
		return (size_t)(lf - bytes) + 1;
	return final || length > FAKE_LINE_MAX ? length : 0;
}

static inline enum insp_verdict
fake_judge_line(uint8_t *line, size_t n)
{
	size_t i;

	switch (line[0]) {
	case 'X':
		for (i = 0; i < n; i++)
			if (line[i] != '\n')
				line[i] = 'x';
		return INSP_PASS;
	case 'D':
		return INSP_DROP;
	case 'K':
		return INSP_DROP_CONN;
	case 'R':
		return INSP_RESET;
	case 'B':
		return INSP_BYPASS;
	default:
		return INSP_PASS;
	}
}

static inline struct insp_result
fake_data(void *state, enum dir dir, uint8_t *bytes, size_t length,
    struct insp_ctx *ctx)
{
	struct fake_state *s = state;
	struct fake_record *r = &s->record[dir];
	struct insp_result res = { .verdict = INSP_PASS };
	size_t i;

	res.released = fake_line(bytes, length, ctx->final);
	if (res.released == 0)
		return res;
	res.verdict = fake_judge_line(bytes, res.released);
	r->lines++;
	for (i = 0; i < res.released; i++)
		if (s->at[dir] + i < FAKE_RECORD_MAX) {
			r->byte[s->at[dir] + i] = bytes[i];
			r->known[s->at[dir] + i] =
			    res.verdict == INSP_DROP ? 2 : 1;
			if (r->high < s->at[dir] + i + 1)
				r->high = s->at[dir] + (uint32_t)i + 1;
		}
	s->at[dir] += (uint32_t)res.released;
	return res;
}

static inline void
fake_gap(void *state, enum dir dir, uint64_t n, struct insp_ctx *ctx)
{
	struct fake_state *s = state;

	(void)ctx;
	s->record[dir].gap += n;
	/* Bytes that were still waiting passed unjudged: the record only
	 * stays in step in tests that know where the gap is. */
	s->at[dir] += (uint32_t)n;
}

static inline void
fake_fin(void *state, enum dir dir, struct insp_ctx *ctx)
{
	struct fake_state *s = state;

	(void)ctx;
	s->record[dir].fins++;
}

static const struct inspector insp_fake = {
	.name = "fake",
	.proto = IPPROTO_TCP,
	.state_size = sizeof(struct fake_state),
	.init = fake_init,
	.data = fake_data,
	.gap = fake_gap,
	.fin = fake_fin,
};

#endif

/* SPDX-License-Identifier: ISC
 *
 * ESMTP inspection of any dialogue. The first byte picks the policy; then come
 * records of a byte `op`, two bytes of length and so many bytes:
 *
 *	op & 1	direction: 0 client, 1 server
 *	op & 6	0 segment, 2 gap of that length, 4 segment with FIN, 6 both
 *		directions start over (a new connection)
 *
 * The harness checks the inspector's contract. Each dialogue is then run again
 * with its segments cut differently, and must give the same bytes, counters and
 * log lines. Pieces of 4 bytes and more only: less is character-mode input.
 */
#include <stdint.h>

#include "../smtp/harness.h"
#include "regexset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add_match(struct harness *h, struct esmtp_match m)
{
	*VEC_PUSH(&h->map.matches) = m;
}

/* Every criterion, with limits small enough to be met, half of them closing. */
static void
strict_map(struct harness *h, bool negated)
{
	unsigned c;

	h->map.matches.n = 0;
	for (c = 0; c < ESMTP_CRITERION_COUNT; c++) {
		add_match(h,
		    (struct esmtp_match){ .criterion = c,
			.negated = negated,
			.gt = 20,
			.set = 0x5555,
			.action = ESMTP_LOG });
		add_match(h,
		    (struct esmtp_match){ .criterion = c,
			.gt = 40,
			.set = c == ESMTP_EHLO_PARAMETER ? 0xffff : 0x10,
			.action = c == ESMTP_EHLO_PARAMETER ? ESMTP_MASK
			    : c % 2 != 0                    ? ESMTP_RESET
					 : ESMTP_DROP_CONNECTION,
			.log = true });
	}
	h->map.par.special_character = true;
	h->map.par.mail_relay = xstrdup("example.com");
}

static void
set_up(struct harness *h, unsigned choice, struct regexset *regex)
{
	unsigned i;

	harness_init(h);
	harness_profile(h, (choice & 1) != 0 ? "pix-6.3" : "asa-8.2");
	h->map.par.allow_tls = (choice & 2) != 0;
	if ((choice & 4) != 0)
		strict_map(h, (choice & 8) != 0);
	if ((choice & 16) != 0)
		h->map.matches.n = 0;
	harness_compile(h);
	for (i = 0; i < h->policy.n_matches; i++)
		h->policy.matches[i].regex = regex;
	harness_connect(h);
}

static void
segment(struct harness *h, enum dir dir, const uint8_t *b, size_t n, bool final,
    size_t cut)
{
	size_t k;

	while (cut != 0 && n >= 8) {
		k = cut < n - 4 ? cut : n - 4;
		harness_segment(h, dir, b, k, false);
		b += k;
		n -= k;
	}
	harness_segment(h, dir, b, n, final);
}

static void
play(struct harness *h, const uint8_t *data, size_t size, size_t cut)
{
	enum dir dir;
	unsigned op;
	size_t n;

	while (size >= 3) {
		op = data[0];
		dir = (op & 1) != 0 ? DIR_SERVER : DIR_CLIENT;
		n = (size_t)data[1] << 8 | data[2];
		data += 3;
		size -= 3;
		if ((op & 6) == 6) {
			harness_connect(h);
			continue;
		}
		if ((op & 6) == 2) {
			harness_gap(h, dir, n);
			continue;
		}
		if (n > size)
			n = size;
		segment(h, dir, data, n, (op & 6) == 4, cut);
		data += n;
		size -= n;
	}
}

static void
check_same(struct harness *a, struct harness *b)
{
	struct strbuf ca, cb;
	unsigned i;

	sb_init(&ca);
	sb_init(&cb);
	harness_counts(a, &ca);
	harness_counts(b, &cb);
	assert(strcmp(sb_text(&ca), sb_text(&cb)) == 0);
	assert(strcmp(sb_text(&a->logs), sb_text(&b->logs)) == 0);
	assert(a->verdict == b->verdict);
	for (i = 0; i < 2; i++) {
		assert(a->out[i].length == b->out[i].length);
		assert(memcmp(sb_text(&a->out[i]), sb_text(&b->out[i]),
			   a->out[i].length) == 0);
	}
	sb_free(&ca);
	sb_free(&cb);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const expression = "^a[0-9]+|zip";
	static const size_t cuts[] = { 4, 5, 17 };
	static struct regexset *regex;
	struct harness whole, cut;
	struct cerr e;
	unsigned i;

	if (regex == NULL)
		regex = regexset_new(&expression, 1, &e);
	if (size < 1)
		return 0;
	set_up(&whole, data[0], regex);
	play(&whole, data + 1, size - 1, 0);
	for (i = 0; i < ARRAY_LEN(cuts); i++) {
		set_up(&cut, data[0], regex);
		play(&cut, data + 1, size - 1, cuts[i]);
		check_same(&whole, &cut);
		harness_fini(&cut);
	}
	harness_fini(&whole);
	return 0;
}

/* SPDX-License-Identifier: ISC
 *
 * A script of segments against a stream with the inspector of fakeinsp.h; what
 * must always hold is in streamsim.h.
 *
 * Byte 0 selects the sequence numbers, byte 1 the pool. Then four bytes for
 * each segment: what kind; where it begins, relative to the highest byte sent;
 * how long it is; what it acknowledges, relative to the highest byte of the
 * other side.
 */
#include <stdio.h>
#include <stdlib.h>

#include "streamsim.h"
#include "util.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct sim m;

enum { SEGMENTS_MAX = 300, OFFSET_MAX = 20000 };

/* What a byte of the input says as text: lines of a few letters, with now and
 * then one that ends the inspection or the connection. */
static uint8_t
letter(uint8_t v)
{
	static const char common[] = "aXD\nbX\ncD\n";

	if (v >= 254)
		return v == 255 ? 'K' : 'R';
	if (v == 253)
		return 'B';
	return (uint8_t)common[v % (sizeof(common) - 1)];
}

/* The text of a direction is the input itself; a liar sends something else. */
static uint8_t
text_at(const uint8_t *data, size_t size, uint32_t at, bool lie)
{
	uint8_t v = data[(at * 7 + at / 64) % size];

	return letter(lie ? (uint8_t)(v + at + 1) : v);
}

static void
one_segment(
    const uint8_t *data, size_t size, const uint8_t *op, uint32_t high[2])
{
	enum dir dir = (op[0] & 1) != 0 ? DIR_SERVER : DIR_CLIENT;
	bool lie = (op[0] & 2) != 0;
	bool far = (op[0] & 0xf0) == 0xf0;
	uint32_t length = op[2] < 240 ? op[2] % 32u : op[2] * 12u;
	int64_t at = (int64_t)high[dir] + (int8_t)op[1] / 4;
	int64_t ack = SIM_NO_ACK;
	uint8_t text[4096], flags = 0;
	uint32_t cut = 0, i;

	if (far)
		at += (int64_t)(int8_t)op[1] * 8;
	if (at < 0)
		at = 0;
	if (at + length > OFFSET_MAX)
		return;
	for (i = 0; i < length; i++)
		text[i] = text_at(data, size, (uint32_t)at + i, lie);
	switch (op[0] >> 2 & 0x0f) {
	case 0:
		flags = TCP_FIN;
		break;
	case 1:
		flags = (op[3] & 0x0f) == 0 ? TCP_RST : 0;
		break;
	case 2:
		cut = op[3] % (length + 1);
		if (cut > 0)
			m.unjudged = true;
		break;
	case 3:
	case 4:
	case 5:
	case 6:
		ack = (int64_t)high[!dir] - op[3] % 64;
		break;
	case 7: /* what the capture lost */
		ack = (int64_t)high[!dir] + op[3] % 32;
		break;
	default:
		break;
	}
	if (ack < 0)
		ack = SIM_NO_ACK;
	if ((flags & TCP_RST) != 0)
		length = 0;
	sim_segment(&m, dir, flags, (uint32_t)at, text, length, ack, cut);
	if (high[dir] < at + length)
		high[dir] = (uint32_t)at + length;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t isn[] = { 1, 0xffffffff, 0xffffff80, 0x7fffff80 };
	uint32_t high[2] = { 0, 0 };
	const char *wrong;
	size_t at, n = 0;

	if (size < 6)
		return 0;
	if (!sim_start_with(&m, &insp_fake, isn[data[0] % ARRAY_LEN(isn)],
		isn[data[0] / 4 % ARRAY_LEN(isn)], 96,
		data[1] % 4 == 0 ? 6 : 200))
		abort();
	m.bad_csum = data[1] % 16 == 1;
	for (at = 2; at + 4 <= size && n < SEGMENTS_MAX; at += 4, n++) {
		/* Held packets end with the pool, not before. */
		if (m.packets.in_use == m.packets.n)
			break;
		one_segment(data, size, data + at, high);
	}
	wrong = sim_stop(&m, NULL);
	if (wrong != NULL) {
		fprintf(stderr, "%s\n", wrong);
		abort();
	}
	return 0;
}

/* SPDX-License-Identifier: ISC */
#include "reason.h"

static const struct {
	const char *keyword;
	const char *text;
} reasons[REASON_COUNT] = { [REASON_NONE] = { "none", "None" },
#define X(id, keyword, text) [REASON_##id] = { keyword, text },
	REASON_FRAME_LIST(X) REASON_FLOW_LIST(X)
#undef X
};

const char *
reason_keyword(enum reason r)
{
	return reasons[r].keyword;
}

const char *
reason_text(enum reason r)
{
	return reasons[r].text;
}

/* SPDX-License-Identifier: ISC */
#include "evlog.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	unsigned number;
	unsigned level;
	const char *format;
} events[EV_COUNT] = {
#define X(id, level, format) [EV_##id] = { id, level, format },
	EVLOG_LIST(X)
#undef X
};

unsigned
evlog_number(enum evlog_id ev)
{
	return events[ev].number;
}

unsigned
evlog_level(enum evlog_id ev)
{
	return events[ev].level;
}

void
evlog_put(struct evlog *log, enum evlog_id ev, ...)
{
	struct evlog_record r;
	char text[1024];
	va_list ap;

	if (log->suppress || log->sink == NULL ||
	    events[ev].level > log->max_level)
		return;
	va_start(ap, ev);
	/* The format is a string of the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	vsnprintf(text, sizeof(text), events[ev].format, ap);
#pragma GCC diagnostic pop
	va_end(ap);
	r.ev = ev;
	r.number = events[ev].number;
	r.level = events[ev].level;
	r.ts = log->ts;
	r.packet_number = log->packet_number;
	r.text = text;
	log->sink(log->sink_arg, &r);
}

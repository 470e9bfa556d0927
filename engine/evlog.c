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

static bool
wanted_at(const struct evlog *log, enum evlog_id ev, unsigned level)
{
	if (log->suppress || log->sink == NULL)
		return false;
	return log->filter != NULL ? (log->filter->wanted[ev] >> level & 1) != 0
				   : level <= log->max_level;
}

bool
evlog_wanted(const struct evlog *log, enum evlog_id ev)
{
	return wanted_at(log, ev, events[ev].level);
}

static void
put(struct evlog *log, enum evlog_id ev, unsigned level, va_list ap)
{
	struct evlog_record r;
	char text[1024];

	/* The format is a string of the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	vsnprintf(text, sizeof(text), events[ev].format, ap);
#pragma GCC diagnostic pop
	r.ev = ev;
	r.number = events[ev].number;
	r.level = level;
	if (log->filter != NULL && log->filter->level[ev] != EVLOG_AS_RAISED)
		r.level = log->filter->level[ev];
	r.ts = log->ts;
	r.packet_number = log->packet_number;
	r.text = text;
	log->sink(log->sink_arg, &r);
}

void
evlog_put(struct evlog *log, enum evlog_id ev, ...)
{
	va_list ap;

	if (!evlog_wanted(log, ev))
		return;
	va_start(ap, ev);
	put(log, ev, events[ev].level, ap);
	va_end(ap);
}

void
evlog_put_at(struct evlog *log, enum evlog_id ev, unsigned level, ...)
{
	va_list ap;

	if (!wanted_at(log, ev, level))
		return;
	va_start(ap, level);
	put(log, ev, level, ap);
	va_end(ap);
}

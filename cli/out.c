/* SPDX-License-Identifier: ISC */
#include "out.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char more_text[] = "<--- More --->";

void
out_init(struct out *o, const struct out_sink *sink)
{
	memset(o, 0, sizeof(*o));
	o->sink = *sink;
	sb_init(&o->line);
}

void
out_fini(struct out *o)
{
	if (o->have_re)
		regfree(&o->re);
	o->have_re = false;
	sb_free(&o->line);
}

bool
out_begin(struct out *o, enum filter_kind kind, const char *pattern, char *err,
    size_t err_size)
{
	int rc;

	out_begin_plain(o);
	if (pattern != NULL) {
		rc = regcomp(&o->re, pattern, REG_EXTENDED | REG_NOSUB);
		if (rc != 0) {
			regerror(rc, &o->re, err, err_size);
			return false;
		}
		o->have_re = true;
	}
	o->kind = kind;
	return true;
}

void
out_begin_plain(struct out *o)
{
	if (o->have_re)
		regfree(&o->re);
	o->have_re = false;
	o->kind = FILTER_NONE;
	o->begun = false;
	o->matched = 0;
	o->left = o->page;
	o->quit = false;
	sb_reset(&o->line);
}

bool
out_stopped(const struct out *o)
{
	return o->quit || o->error != 0 || (o->stop != NULL && *o->stop != 0);
}

static void
emit(struct out *o, const char *s, size_t length)
{
	if (o->error == 0 && length > 0 &&
	    o->sink.write(o->sink.arg, s, length) < 0)
		o->error = errno != 0 ? errno : EIO;
}

/* How many rows of the screen a line takes. */
static unsigned
rows_of(const struct out *o, size_t length)
{
	if (o->width == 0 || length <= o->width)
		return 1;
	return (unsigned)((length + o->width - 1) / o->width);
}

/* Stops at the end of a page. Space: a page more; Enter: a line; q: no more. */
static void
pager_wait(struct out *o, unsigned rows)
{
	char wipe[sizeof(more_text) + 2];
	int key;

	emit(o, more_text, sizeof(more_text) - 1);
	do {
		key = o->sink.key(o->sink.arg);
	} while (key >= 0 && strchr(" \r\nqQ\003", key) == NULL);
	memset(wipe, ' ', sizeof(wipe));
	wipe[0] = wipe[sizeof(wipe) - 2] = '\r';
	emit(o, wipe, sizeof(wipe) - 1);
	if (key == ' ')
		o->left = o->page;
	else if (key == '\r' || key == '\n')
		o->left = rows;
	else
		o->quit = true;
}

static void
show(struct out *o, const char *s, size_t length, bool newline)
{
	unsigned rows = rows_of(o, length);

	if (o->page != 0 && o->sink.key != NULL) {
		if (o->left < rows && o->left < o->page)
			pager_wait(o, rows);
		if (out_stopped(o))
			return;
		o->left -= MIN(rows, o->left);
	}
	emit(o, s, length);
	if (newline)
		emit(o, "\n", 1);
}

static bool
passes(struct out *o, const char *s)
{
	bool match;

	if (o->kind == FILTER_NONE || (o->kind == FILTER_BEGIN && o->begun))
		return true;
	match = !o->have_re || regexec(&o->re, s, 0, NULL, 0) == 0;
	switch (o->kind) {
	case FILTER_NONE:
	case FILTER_INCLUDE:
		return match;
	case FILTER_EXCLUDE:
		return !match;
	case FILTER_BEGIN:
		o->begun = match;
		return match;
	case FILTER_COUNT:
		o->matched += match;
		return false;
	}
	return true;
}

static void
end_line(struct out *o, bool newline)
{
	if (!out_stopped(o) && passes(o, sb_text(&o->line)))
		show(o, sb_text(&o->line), o->line.length, newline);
	sb_reset(&o->line);
}

void
out_write(struct out *o, const char *s, size_t length)
{
	const char *end;

	while (length > 0) {
		end = memchr(s, '\n', length);
		if (end == NULL) {
			sb_write(&o->line, s, length);
			return;
		}
		sb_write(&o->line, s, (size_t)(end - s));
		end_line(o, true);
		length -= (size_t)(end - s) + 1;
		s = end + 1;
	}
}

void
out_puts(struct out *o, const char *s)
{
	out_write(o, s, strlen(s));
}

void
out_printf(struct out *o, const char *fmt, ...)
{
	struct strbuf sb;
	va_list ap;

	sb_init(&sb);
	va_start(ap, fmt);
	sb_vprintf(&sb, fmt, ap);
	va_end(ap);
	out_write(o, sb_text(&sb), sb.length);
	sb_free(&sb);
}

void
out_end(struct out *o)
{
	char text[80];

	if (o->line.length > 0)
		end_line(o, false);
	if (o->kind == FILTER_COUNT && !out_stopped(o)) {
		snprintf(text, sizeof(text),
		    "Number of lines which match regexp = %" PRIu64 "\n",
		    o->matched);
		emit(o, text, strlen(text));
	}
	out_begin_plain(o);
}

void
out_raw(struct out *o, const char *s)
{
	if (o->line.length > 0)
		end_line(o, false);
	emit(o, s, strlen(s));
}

/* SPDX-License-Identifier: ISC */
#include "logbuf.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOGBUF_DEFAULT_SIZE = 4096 };

void
logbuf_init(struct logbuf *b)
{
	memset(b, 0, sizeof(*b));
	b->size = LOGBUF_DEFAULT_SIZE;
}

void
logbuf_clear(struct logbuf *b)
{
	size_t i;

	for (i = 0; i < b->lines.n; i++)
		free(b->lines.v[i]);
	VEC_FREE(&b->lines);
	b->bytes = 0;
}

void
logbuf_fini(struct logbuf *b)
{
	logbuf_clear(b);
}

const char *
log_stamp(uint64_t ts, char *buf, size_t size)
{
	time_t seconds = (time_t)(ts / 1000000000u);
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(buf, size, "%b %d %Y %H:%M:%S", &tm) == 0)
		buf[0] = '\0';
	return buf;
}

/* Drops the oldest lines; in one go, so that a busy log stays linear. */
static void
make_room(struct logbuf *b, size_t want)
{
	size_t drop = 0;

	while (drop < b->lines.n && b->bytes + want > b->size) {
		b->bytes -= strlen(b->lines.v[drop]) + 1;
		free(b->lines.v[drop++]);
	}
	if (drop == 0)
		return;
	memmove(b->lines.v, b->lines.v + drop,
	    (b->lines.n - drop) * sizeof(*b->lines.v));
	b->lines.n -= drop;
}

void
logbuf_sink(void *arg, const struct evlog_record *r)
{
	struct logbuf *b = arg;
	char stamp[40];
	char *line;

	line = xasprintf("%s%s%%%s-%u-%u: %s",
	    b->timestamp ? log_stamp(r->ts, stamp, sizeof(stamp)) : "",
	    b->timestamp ? ": " : "", b->pix ? "PIX" : "ASA", r->level,
	    r->number, r->text);
	make_room(b, strlen(line) + 1);
	b->bytes += strlen(line) + 1;
	*VEC_PUSH(&b->lines) = line;
	b->logged++;
}

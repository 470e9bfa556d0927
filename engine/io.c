/* SPDX-License-Identifier: ISC */
#include "io.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io_impl.h"
#include "util.h"

int
io_source_read(struct io_source *s, struct pkt *p)
{
	return s->ops->read(s, p);
}

const char *
io_source_error(const struct io_source *s)
{
	return s->error;
}

void
io_source_close(struct io_source *s)
{
	if (s != NULL)
		s->ops->close(s);
}

int
io_sink_write(struct io_sink *s, const struct pkt *p)
{
	return s->ops->write(s, p);
}

int
io_sink_close(struct io_sink *s)
{
	return s == NULL ? 0 : s->ops->close(s);
}

/* Merging holds one packet of each source and hands over the oldest. */

struct feed {
	struct io_source *source;
	struct pkt *head; /* NULL: nothing left */
};

struct merge {
	struct io_source base;
	struct pktpool pool;
	struct feed *feeds;
	unsigned n;
};

/* A source that breaks does not keep the others from being read to their end;
 * the first complaint is told then. */
static void
feed_next(struct merge *m, struct feed *f)
{
	int r = io_source_read(f->source, f->head);

	if (r == 1)
		return;
	if (r < 0 && m->base.error[0] == '\0')
		snprintf(m->base.error, sizeof(m->base.error), "%s",
		    io_source_error(f->source));
	pkt_put(&m->pool, f->head);
	f->head = NULL;
}

static int
merge_read(struct io_source *s, struct pkt *p)
{
	struct merge *m = (struct merge *)s;
	struct feed *oldest = NULL;
	unsigned i;

	for (i = 0; i < m->n; i++)
		if (m->feeds[i].head != NULL &&
		    (oldest == NULL || m->feeds[i].head->ts < oldest->head->ts))
			oldest = &m->feeds[i];
	if (oldest == NULL)
		return m->base.error[0] == '\0' ? 0 : -1;
	memcpy(p->data, oldest->head->data, oldest->head->caplen);
	p->caplen = oldest->head->caplen;
	p->wirelen = oldest->head->wirelen;
	p->ts = oldest->head->ts;
	p->linktype = oldest->head->linktype;
	p->source = (uint16_t)(oldest - m->feeds);
	feed_next(m, oldest);
	return 1;
}

static void
merge_close(struct io_source *s)
{
	struct merge *m = (struct merge *)s;
	unsigned i;

	for (i = 0; i < m->n; i++)
		io_source_close(m->feeds[i].source);
	pktpool_fini(&m->pool);
	free(m->feeds);
	free(m);
}

struct io_source *
io_merge(struct io_source **sources, unsigned n)
{
	static const struct io_source_ops ops = {
		.read = merge_read,
		.close = merge_close,
	};
	struct merge *m;
	unsigned i;

	if (n == 1)
		return sources[0];
	m = xcalloc(1, sizeof(*m));
	m->base.ops = &ops;
	m->feeds = xcalloc(MAX(n, 1), sizeof(*m->feeds));
	m->n = n;
	for (i = 0; i < n; i++)
		m->feeds[i].source = sources[i];
	if (n > 0 && pktpool_init(&m->pool, n) != 0) {
		snprintf(m->base.error, sizeof(m->base.error),
		    "out of memory for %u captures", n);
		return &m->base;
	}
	for (i = 0; i < n; i++) {
		m->feeds[i].head = pkt_get(&m->pool);
		feed_next(m, &m->feeds[i]);
	}
	return &m->base;
}

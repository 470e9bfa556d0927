/* SPDX-License-Identifier: ISC
 *
 * run FILE... [-q FILE...]: dialogues (dialogue.h) through the ESMTP inspector,
 * first as the harness drives it, then as engine/stream.c does.
 *
 * Each dialogue is run as it stands, then with each segment cut in two at each
 * byte, then with all segments cut in pieces of N bytes. The same bytes must
 * come out, the same counters and log lines. In a stream, segments are also
 * swapped, repeated with the same and with other bytes, and made to overlap
 * with other bytes in the overlap: the first copy is the one that counts. A
 * stream drops whole segments, so what has to come out of it is computed from
 * what the inspector thought of each byte. For long dialogues and those behind
 * -q each cut is tried in one of these ways, not in all.
 *
 * One cut is left out: a segment of fewer than 4 bytes without line end at the
 * start of a command is character-mode input by definition (asasim(1),
 * FIDELITY).
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialogue.h"
#include "esmtp_int.h"
#include "profile.h"
#include "wire.h"

enum order {
	IN_ORDER,
	SWAPPED,       /* runs of four, the last first */
	REPEATED,      /* each twice, and the one before it after it */
	LATE_OVERLAP,  /* each begins with noise instead of the last's end */
	EARLY_OVERLAP, /* pairs, the second first; the first ends with noise */
	SWAPPED_ITEMS, /* two neighbours of one direction */
	ORDER_COUNT
};

static const char *const order_names[ORDER_COUNT] = { "in order", "swapped",
	"repeated", "overlapping what came", "overlapping what comes",
	"segments swapped" };

/* How segments are cut: all in pieces of `every` bytes (0: as they are), and
 * number `which` in two, at `at` (0: not). */
struct plan {
	size_t every, which, at;
	enum order order;
};

struct runner {
	struct wire wire;
	unsigned long direct, streamed;
	bool quick;
	struct strbuf fate[2]; /* of the dialogue as it stands */
};

static bool
is_keyed(const char *s, size_t n)
{
	return n < 4 && memchr(s, '\r', n) == NULL &&
	    memchr(s, '\n', n) == NULL;
}

/* Would a cut here make character-mode input of what is none? */
static bool
cut_is_keyed(const struct item *it, size_t at)
{
	const char *s = sb_text(&it->text);
	size_t n = it->text.length;

	return it->type == SEGMENT && it->dir == DIR_CLIENT &&
	    ((it->command && is_keyed(s, at)) ||
		(s[at - 1] == '\n' && is_keyed(s + at, n - at)));
}

/* The one thing about the inspector's state that matters here. */
static bool
at_command(const struct harness *h)
{
	const struct esmtp_state *s = h->state;

	return s->smtp.client == 0 && h->held[DIR_CLIENT].length == 0;
}

/* Length of the piece of item number i that begins at pos. */
static size_t
piece(const struct dialogue *d, const struct plan *plan, size_t i, size_t pos)
{
	const struct item *it = &d->items.v[i];
	size_t n = it->text.length - pos;

	if (i == plan->which && pos == 0 && plan->at != 0)
		n = plan->at;
	else if (plan->every != 0 && n > plan->every &&
	    !cut_is_keyed(it, pos + plan->every))
		n = plan->every;
	return n < WIRE_SEGMENT_MAX ? n : WIRE_SEGMENT_MAX;
}

static const struct esmtp_policy *
policy_of(const struct dialogue *d, const struct item *it)
{
	return it->n != 0 ? &d->other : &d->h.policy;
}

static void
reset_results(struct dialogue *d)
{
	struct harness *h = &d->h;

	sb_reset(&h->logs);
	memset(h->counts.v, 0, h->counts.n * sizeof(*h->counts.v));
	h->packets = h->ts = 0;
}

/* Without a stream. */
static void
play(struct dialogue *d, const struct plan *plan)
{
	struct harness *h = &d->h;
	struct item *it;
	size_t i, pos, n;

	reset_results(d);
	for (i = 0; i < 2; i++) {
		sb_reset(&h->out[i]);
		sb_reset(&h->held[i]);
		sb_reset(&h->fate[i]);
		sb_reset(&h->judged[i]);
	}
	h->used = &h->policy;
	harness_connect(h);
	for (i = 0; i < d->items.n; i++) {
		it = &d->items.v[i];
		if (it->type == GAP)
			harness_gap(h, it->dir, it->n);
		if (it->type == FIN)
			harness_segment(h, it->dir, "", 0, true);
		if (it->type == CONNECT) {
			h->used = policy_of(d, it);
			harness_connect(h);
		}
		if (it->type == CLOCK)
			h->ts = it->n * 1000000000u;
		if (it->type != SEGMENT)
			continue;
		if (plan->at == 0 && plan->every == 0)
			it->command = at_command(h);
		for (pos = 0; pos < it->text.length; pos += n) {
			n = piece(d, plan, i, pos);
			harness_segment(h, it->dir, it->text.s + pos, n, false);
		}
	}
	if (h->verdict == INSP_PASS)
		harness_trace_held(h, '.');
}

/* From the line of the first difference on, some lines. */
static void
show(const char *what, const struct strbuf *got, const struct strbuf *want)
{
	const struct strbuf *both[2] = { want, got };
	unsigned i, lines;
	size_t k, at = 0;

	for (k = 0; k < got->length && k < want->length; k++) {
		if (got->s[k] != want->s[k])
			break;
		if (got->s[k] == '\n')
			at = k + 1;
	}
	for (i = 0; i < 2; i++) {
		printf("  %s %s, from byte %zu on:\n    ", what,
		    i == 0 ? "expected" : "got", at);
		for (k = at, lines = 0;
		     k < both[i]->length && lines < 5 && k < at + 1000; k++) {
			unsigned char c = (unsigned char)both[i]->s[k];

			if (c == '\n' && ++lines)
				printf(what[0] == 'b' ? "\\n\n    " : "\n    ");
			else if (c >= 0x20 && c < 0x7f)
				putchar(c);
			else
				printf(c == '\r' ? "\\r" : "\\x%02x", c);
		}
		putchar('\n');
	}
}

static bool
differ(const struct strbuf *a, const struct strbuf *b)
{
	return a->length != b->length ||
	    memcmp(sb_text(a), sb_text(b), a->length) != 0;
}

static void
failed(const struct dialogue *d, const struct plan *plan, const char *how)
{
	printf("FAIL %s (%s, pieces of %zu, segment %zu cut at %zu, %s)\n",
	    d->file, how, plan->every, plan->which, plan->at,
	    order_names[plan->order]);
}

/* Counters, log lines and the end. */
static bool
check_results(struct dialogue *d, const struct plan *plan, const char *how,
    enum insp_verdict verdict)
{
	struct harness *h = &d->h;
	struct strbuf counts;
	bool ok;

	sb_init(&counts);
	harness_counts(h, &counts);
	if (d->has_other)
		harness_policy_counts(h, &d->other, "other ", &counts);
	ok = !differ(&h->logs, &d->logs) && !differ(&counts, &d->counts) &&
	    verdict == d->end;
	if (!ok) {
		failed(d, plan, how);
		if (differ(&h->logs, &d->logs))
			show("log", &h->logs, &d->logs);
		if (differ(&counts, &d->counts))
			show("counters", &counts, &d->counts);
		if (verdict != d->end)
			printf("  ended with %d, not %d\n", verdict, d->end);
	}
	sb_free(&counts);
	return ok;
}

static bool
check_direct(struct dialogue *d, const struct plan *plan)
{
	static const char *const to[2] = { "bytes to the server",
		"bytes to the client" };
	struct harness *h = &d->h;
	bool ok = check_results(d, plan, "direct", h->verdict);
	unsigned i;

	for (i = 0; i < 2; i++) {
		if (!differ(&h->out[i], &d->out[i]))
			continue;
		failed(d, plan, "direct");
		show(to[i], &h->out[i], &d->out[i]);
		ok = false;
	}
	return ok;
}

/* What became of a byte is no matter of segments, except how many bytes more
 * are said to have closed the connection. */
static bool
check_fate(struct runner *r, struct dialogue *d, const struct plan *plan)
{
	const struct strbuf *a, *b;
	unsigned i;
	size_t k;

	for (i = 0; i < 2; i++) {
		a = &r->fate[i];
		b = &d->h.fate[i];
		for (k = 0; k < a->length && k < b->length; k++)
			if (a->s[k] != b->s[k] &&
			    (strchr("pd", a->s[k]) || strchr("pd", b->s[k])))
				break;
		if (k == a->length && k == b->length)
			continue;
		failed(d, plan, "direct");
		printf("  byte %zu %s has another fate\n", k,
		    i == 0 ? "of the client" : "of the server");
		return false;
	}
	return true;
}

/* With a stream: the segments of one item. */

typedef VEC(struct wire_segment) segments;

static void
add(segments *list, struct wire_segment g, size_t from, size_t n, bool copy)
{
	g.bytes += from;
	g.from += from;
	g.seq += from;
	g.n = n;
	g.copy = copy;
	*VEC_PUSH(list) = g;
}

static void
cut_item(const struct dialogue *d, const struct plan *plan, size_t i,
    struct wire_segment base, segments *list)
{
	const struct item *it = &d->items.v[i];
	size_t pos, n;

	for (pos = 0; pos < it->text.length; pos += n) {
		n = piece(d, plan, i, pos);
		add(list, base, pos, n, false);
	}
}

static void
reverse(struct wire_segment *v, size_t n)
{
	struct wire_segment g;
	size_t i;

	for (i = 0; i < n / 2; i++) {
		g = v[i];
		v[i] = v[n - 1 - i];
		v[n - 1 - i] = g;
	}
}

static void
swap_runs(segments *list)
{
	size_t i, n;

	for (i = 0; i < list->n; i += n) {
		n = list->n - i < STREAM_OOO_MAX + 1 ? list->n - i
						     : STREAM_OOO_MAX + 1;
		reverse(list->v + i, n);
	}
}

/* Each again, every other time as noise; then the one before it. */
static void
repeat(segments *list)
{
	segments twice = { 0 };
	struct wire_segment g;
	size_t i;

	for (i = 0; i < list->n; i++) {
		g = list->v[i];
		*VEC_PUSH(&twice) = g;
		g.copy = true;
		g.noise = i % 2 == 0 ? g.n : 0;
		*VEC_PUSH(&twice) = g;
		if (i == 0)
			continue;
		g = list->v[i - 1];
		g.copy = true;
		g.noise = g.n / 2;
		*VEC_PUSH(&twice) = g;
	}
	VEC_FREE(list);
	*list = twice;
}

static size_t
shared(const struct wire_segment *g, const struct plan *plan)
{
	size_t most = 1 + plan->at % 7;

	return most < g->n ? most : g->n;
}

static void
overlap_late(segments *list, const struct plan *plan)
{
	struct wire_segment *g;
	size_t i, k;

	for (i = list->n; i-- > 1;) {
		g = &list->v[i];
		k = shared(g - 1, plan);
		if (g->n + k > WIRE_SEGMENT_MAX)
			continue;
		g->bytes -= k;
		g->from -= k;
		g->seq -= k;
		g->n += k;
		g->noise = k;
	}
}

static void
overlap_early(segments *list, const struct plan *plan)
{
	struct wire_segment *g;
	size_t i, k;

	for (i = 0; i + 1 < list->n; i += 2) {
		g = &list->v[i];
		k = shared(g + 1, plan);
		if (g->n + k > WIRE_SEGMENT_MAX)
			continue;
		g->noise_from = g->n;
		g->noise = k;
		g->n += k;
		g[1].copy = k == g[1].n; /* though it came first */
		reverse(g, 2);
	}
}

static void
arrange(segments *list, const struct plan *plan)
{
	switch (plan->order) {
	case SWAPPED:
		swap_runs(list);
		break;
	case REPEATED:
		repeat(list);
		break;
	case LATE_OVERLAP:
		overlap_late(list, plan);
		break;
	case EARLY_OVERLAP:
		overlap_early(list, plan);
		break;
	default:
		break;
	}
}

/* Two segments of one direction, neither of them typed. */
static bool
can_swap(const struct dialogue *d, size_t i)
{
	const struct item *a = &d->items.v[i], *b = a + 1;

	return i + 1 < d->items.n && a->type == SEGMENT && b->type == SEGMENT &&
	    a->dir == b->dir && a->text.length < WIRE_SEGMENT_MAX &&
	    b->text.length < WIRE_SEGMENT_MAX;
}

static size_t
send_item(struct runner *r, const struct dialogue *d, const struct plan *plan,
    size_t i, size_t offset[2])
{
	const struct item *it = &d->items.v[i];
	struct wire_segment base = { .dir = it->dir,
		.bytes = sb_text(&it->text),
		.from = offset[it->dir],
		.seq = r->wire.end[it->dir] };
	segments list = { 0 };
	size_t k, items = 1;

	if (plan->order == SWAPPED_ITEMS && i == plan->which) {
		add(&list, base, 0, it->text.length, false);
		base.from += it->text.length;
		base.seq += it->text.length;
		base.bytes = sb_text(&it[1].text);
		add(&list, base, 0, it[1].text.length, false);
		reverse(list.v, 2);
		offset[it->dir] += it[1].text.length;
		items = 2;
	} else {
		cut_item(d, plan, i, base, &list);
		arrange(&list, plan);
	}
	offset[it->dir] += it->text.length;
	/* The FIN that comes next may come with the last bytes. */
	if (plan->every % 2 != 0 && i + 1 < d->items.n && it[1].type == FIN &&
	    it[1].dir == it->dir) {
		for (k = 0; k < list.n; k++)
			list.v[k].fin =
			    list.v[k].from + list.v[k].n == offset[it->dir];
		items = 2;
	}
	for (k = 0; k < list.n; k++)
		wire_send(&r->wire, &list.v[k]);
	VEC_FREE(&list);
	return items;
}

static void
connect_stream(struct runner *r, const struct dialogue *d,
    const struct plan *plan, const struct esmtp_policy *policy)
{
	/* sequence numbers wrap somewhere in each direction */
	uint32_t client = 0u - (uint32_t)(d->out[0].length / 2 + plan->at);
	uint32_t server = 0u - (uint32_t)(d->out[1].length / 3);

	wire_connect(&r->wire, policy, client, server);
}

static void
play_stream(struct runner *r, struct dialogue *d, const struct plan *plan)
{
	struct wire *w = &r->wire;
	struct wire_segment fin = { .bytes = "", .fin = true };
	size_t i, step, offset[2] = { 0, 0 };
	const struct item *it;

	reset_results(d);
	wire_begin(w, &d->h);
	connect_stream(r, d, plan, &d->h.policy);
	for (i = 0; i < d->items.n; i += step) {
		it = &d->items.v[i];
		step = 1;
		switch (it->type) {
		case GAP:
			wire_gap(w, it->dir, it->n);
			break;
		case FIN:
			fin.dir = it->dir;
			fin.from = offset[it->dir];
			fin.seq = w->end[it->dir];
			wire_send(w, &fin);
			break;
		case CONNECT:
			wire_disconnect(w);
			connect_stream(r, d, plan, policy_of(d, it));
			break;
		case CLOCK:
			d->h.ts = it->n * 1000000000u;
			break;
		case SEGMENT:
			step = send_item(r, d, plan, i, offset);
			break;
		}
	}
	wire_disconnect(w);
}

/* How many bytes of a segment met this fate? */
static size_t
bytes_of(const struct harness *h, const struct wire_segment *g, char fate)
{
	const char *s = h->fate[g->dir].s + g->from;
	size_t i, n = 0;

	for (i = 0; i < g->n; i++)
		n += s[i] == fate;
	return n;
}

static bool
expect(const struct dialogue *d, const struct plan *plan, const char *what,
    uint64_t got, uint64_t want)
{
	if (got == want)
		return true;
	failed(d, plan, "stream");
	printf("  %s is %llu, not %llu\n", what, (unsigned long long)got,
	    (unsigned long long)want);
	return false;
}

/* What has to leave, may leave and did leave. A segment leaves if all of its
 * bytes pass: those bytes and no others. */
static bool
check_bytes(struct runner *r, struct dialogue *d, const struct plan *plan)
{
	static const char *const from[2] = { "the client's byte that leaves",
		"the server's byte that leaves" };
	struct wire *w = &r->wire;
	unsigned seen;
	size_t i, k;

	for (i = 0; i < w->sent.n; i++) {
		const struct wire_segment *g = &w->sent.v[i];

		if (bytes_of(&d->h, g, 'p') != g->n)
			continue;
		for (k = 0; k < g->n; k++)
			w->seen[g->dir].s[g->from + k] |=
			    g->copy ? WIRE_MAY : WIRE_MUST;
	}
	for (i = 0; i < 2; i++)
		for (k = 0; k < w->seen[i].length; k++) {
			seen = (unsigned char)w->seen[i].s[k];
			if (seen == WIRE_LEFT || seen == WIRE_MUST ||
			    seen == (WIRE_MUST | WIRE_MAY))
				return expect(d, plan, from[i],
				    seen == WIRE_LEFT ? k : SIZE_MAX,
				    seen == WIRE_LEFT ? SIZE_MAX : k);
		}
	return true;
}

static bool
check_counters(struct runner *r, struct dialogue *d, const struct plan *plan)
{
	struct harness *h = &d->h;
	struct wire *w = &r->wire;
	uint64_t drop = count_read(&h->counts, w->instance.counters.drop);
	uint64_t drops = 0, copies = 0;
	size_t i;
	bool ok = true;

	for (i = 0; i < w->sent.n; i++) {
		const struct wire_segment *g = &w->sent.v[i];
		size_t passed = bytes_of(h, g, 'p');
		bool dropped =
		    passed != g->n && passed + bytes_of(h, g, 'd') == g->n;

		if (g->copy)
			copies += dropped;
		else
			drops += dropped;
	}
	/* A copy that comes while its original waits is dropped with it. */
	if (drop < drops || drop > drops + copies)
		ok = expect(d, plan, "drop", drop, drops);
	if (plan->order == IN_ORDER || w->verdict == INSP_PASS)
		ok &= expect(d, plan, "packet",
		    count_read(&h->counts, w->instance.counters.packet),
		    w->segments);
	if (plan->order == IN_ORDER)
		ok &= expect(d, plan, "reset-drop",
		    count_read(&h->counts, w->instance.counters.reset_drop),
		    0); /* a match action's hits are the match's */
	return ok;
}

static bool
stream(struct runner *r, struct dialogue *d, struct plan plan, enum order order)
{
	plan.order = order;
	play_stream(r, d, &plan);
	r->streamed++;
	if (r->wire.wrong != NULL) {
		failed(d, &plan, "stream");
		printf("  %s\n", r->wire.wrong);
		return false;
	}
	return check_results(d, &plan, "stream", r->wire.verdict) &&
	    check_bytes(r, d, &plan) && check_counters(r, d, &plan);
}

/* More than a stream holds packets for (STREAM_HELD_MAX)? */
static bool
too_many_pieces(const struct dialogue *d, const struct plan *plan)
{
	size_t i;

	for (i = 0; plan->every != 0 && i < d->items.n; i++)
		if (d->items.v[i].text.length / plan->every >=
		    STREAM_HELD_MAX / 2)
			return true;
	return false;
}

static bool
run_plan(struct runner *r, struct dialogue *d, struct plan plan)
{
	enum order order;
	bool ok;

	play(d, &plan);
	r->direct++;
	ok = check_direct(d, &plan) && check_fate(r, d, &plan) &&
	    (too_many_pieces(d, &plan) || stream(r, d, plan, IN_ORDER));
	if (too_many_pieces(d, &plan) || (plan.at == 0 && plan.every == 0))
		return ok;
	for (order = SWAPPED; ok && order <= EARLY_OVERLAP; order++)
		if ((!r->quick && d->out[0].length + d->out[1].length < 4000) ||
		    (plan.at + plan.every) % 4 + SWAPPED == order)
			ok = stream(r, d, plan, order);
	return ok;
}

static bool
is_short(const struct dialogue *d)
{
	return d->out[0].length + d->out[1].length < 50000;
}

/* Is a cut at this byte of a long text worth its time? Every byte of the first
 * and the last lines, and a hundred between. */
static bool
worth_cutting(const struct strbuf *text, size_t at)
{
	size_t n = text->length, i;

	if (n > 30000)
		return at < 3 || at + 3 > n || at % (n / 2) == 0;
	if (n < 1000 || at < 100 || at + 100 > n || at % (n / 100) == 0)
		return true;
	for (i = at - 3; i < at + 3; i++) /* an end of a long line */
		if (text->s[i] == '\n' &&
		    memchr(text->s + at - 90, '\n', 80) == NULL)
			return true;
	return false;
}

/* *more: there is another profile to run it under. */
static bool
run(struct runner *r, const char *file, unsigned profile, bool *more)
{
	static const size_t sizes[] = { 1460, 8948 };
	struct dialogue d;
	struct plan plan = { 0 };
	size_t i;
	bool ok;

	load(&d, file, profile);
	*more = profile + 1 < d.n_profiles;
	play(&d, &plan);
	ok = check_direct(&d, &plan);
	for (i = 0; i < 2; i++) {
		sb_reset(&r->fate[i]);
		sb_write(
		    &r->fate[i], sb_text(&d.h.fate[i]), d.h.fate[i].length);
	}
	ok = ok && run_plan(r, &d, plan);
	for (i = 0; ok && i < d.items.n; i++) {
		plan = (struct plan){ .which = i };
		if (can_swap(&d, i))
			ok = stream(r, &d, plan, SWAPPED_ITEMS);
		for (plan.at = 1; ok && plan.at < d.items.v[i].text.length;
		     plan.at++)
			if (!cut_is_keyed(&d.items.v[i], plan.at) &&
			    worth_cutting(&d.items.v[i].text, plan.at))
				ok = run_plan(r, &d, plan);
	}
	plan = (struct plan){ 0 };
	/* small pieces, or, of long dialogues, common sizes of segments */
	for (plan.every = 4; ok && is_short(&d) && plan.every < 40;
	     plan.every++)
		ok = run_plan(r, &d, plan);
	for (i = 0; ok && !is_short(&d) && i < ARRAY_LEN(sizes); i++) {
		plan.every = sizes[i];
		ok = run_plan(r, &d, plan);
	}
	unload(&d);
	return ok;
}

int
main(int argc, char **argv)
{
	static struct runner r;
	unsigned passed = 0, bad = 0, profile;
	bool more, ok = profiles_agree();
	int i;

	if (!wire_setup(&r.wire))
		die("run", 0, "no memory", "");
	sb_init(&r.fate[0]);
	sb_init(&r.fate[1]);
	passed += ok;
	bad += !ok;
	for (i = 1; i < argc; i++) {
		more = strcmp(argv[i], "-q") != 0;
		r.quick |= !more;
		for (profile = 0; more; profile++) {
			ok = run(&r, argv[i], profile, &more);
			passed += ok;
			bad += !ok;
		}
	}
	sb_free(&r.fate[0]);
	sb_free(&r.fate[1]);
	wire_teardown(&r.wire);
	printf("%lu segmentations, %lu streams gave the same\n", r.direct,
	    r.streamed);
	printf("%u passed, %u failed, 0 skipped\n", passed, bad);
	return bad != 0;
}

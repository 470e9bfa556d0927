/* SPDX-License-Identifier: ISC
 *
 * run FILE...: dialogues through the ESMTP inspector.
 *
 * A dialogue file has one item on a line:
 *
 *	# text                  a comment
 *	profile NAME            see harness_profile()
 *	no match                an empty map instead of the default one
 *	match [not] TEXT: ACTION [log] [rate-limit N]
 *	parameters NAME...      [no] mask-banner, allow-tls [log],
 *	                        mail-relay DOMAIN [drop-connection] [log],
 *	                        special-character [drop-connection] [log]
 *	>>> text                what the client sends, one segment
 *	<<< text                what the server sends
 *	+++ text                more of the same segment
 *	=== text                what comes out of it, if it is not the same;
 *	                        again for more
 *	gap client|server N
 *	fin client|server       with the bytes still held
 *	connect                 another connection
 *	clock N                 seconds
 *	count NAME N            a counter at the end; others are 0
 *	log LEVEL-NUMBER: TEXT  a log line; there are no others
 *	end drop-connection|reset|bypass
 *
 * Text knows \r \n \t \\ \xHH and \{N*text} for repetition.
 *
 * Each dialogue is run as it stands, then with each segment cut in two at each
 * byte, then with all segments cut in pieces of N bytes. The same bytes must
 * come out, the same counters and log lines. One cut is left out: a segment of
 * fewer than 4 bytes without line end at the start of a command is
 * character-mode input by definition (DECISIONS).
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "regexset.h"

enum item_type { SEGMENT, GAP, FIN, CONNECT, CLOCK };

struct item {
	enum item_type type;
	enum dir dir;
	struct strbuf text;
	struct strbuf expected;
	bool differs; /* expected was given */
	bool command; /* the client's, at the start of a command */
	uint64_t n;
};

struct dialogue {
	const char *file;
	struct harness h; /* profile and map */
	VEC(struct item) items;
	struct strbuf out[2], logs, counts;
	enum insp_verdict end;
	VEC(struct regexset *) regexes; /* by match line */
};

static void
die(const char *file, unsigned line, const char *what, const char *text)
{
	fprintf(stderr, "%s:%u: %s: %s\n", file, line, what, text);
	exit(2);
}

/* Text with escapes. Stops at `stop`, returns where. */
static const char *
unescape(const char *s, char stop, struct strbuf *out)
{
	struct strbuf piece;
	unsigned long n;
	char *end, hex[3] = "";

	while (*s != '\0' && *s != stop) {
		if (*s != '\\') {
			sb_putc(out, *s++);
			continue;
		}
		s++;
		switch (*s++) {
		case 'r':
			sb_putc(out, '\r');
			break;
		case 'n':
			sb_putc(out, '\n');
			break;
		case 't':
			sb_putc(out, '\t');
			break;
		case 'x':
			hex[0] = s[0];
			hex[1] = s[0] != '\0' ? s[1] : '\0';
			sb_putc(out, (char)strtoul(hex, NULL, 16));
			s += strlen(hex);
			break;
		case '{':
			n = strtoul(s, &end, 10);
			if (*end != '*') {
				fprintf(stderr, "bad repetition: %s\n", s);
				exit(2);
			}
			sb_init(&piece);
			s = unescape(end + 1, '}', &piece);
			s += *s == '}';
			while (n-- != 0)
				sb_write(out, sb_text(&piece), piece.length);
			sb_free(&piece);
			break;
		default:
			sb_putc(out, s[-1]);
		}
	}
	return s;
}

static bool
skip(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0 ||
	    ((*s)[n] != '\0' && (*s)[n] != ' ' && (*s)[n] != ':'))
		return false;
	*s += n;
	*s += strspn(*s, " ");
	return true;
}

static char *
take_word(const char **s)
{
	size_t n = strcspn(*s, " :");
	char *word = xstrndup(*s, n);

	*s += n;
	*s += strspn(*s, " ");
	return word;
}

static bool
take_set(const char **s, const char *const *names, unsigned n, uint32_t *set)
{
	unsigned i;

	*set = 0;
	while (**s != ':' && **s != '\0') {
		for (i = 0; i < n; i++)
			if (skip(s, names[i]))
				break;
		if (i == n)
			return false;
		*set |= 1u << i;
	}
	return *set != 0;
}

/* The words before the argument, as the map itself prints them. */
static bool
take_criterion(const char **s, struct esmtp_match *m)
{
	struct strbuf sb;
	size_t n;
	unsigned i;
	bool found = false;

	for (i = 0; i < ESMTP_CRITERION_COUNT && !found; i++) {
		struct esmtp_match empty = { .criterion = i };

		sb_init(&sb);
		esmtp_match_text(&empty, &sb);
		n = sb.length;
		if (n > 5 && strcmp(sb_text(&sb) + n - 5, " gt 0") == 0)
			n -= 2; /* keep "gt" */
		if (sb_text(&sb)[n - 1] == ' ')
			n--;
		if (strncmp(*s, sb_text(&sb), n) == 0 && (*s)[n] == ' ') {
			m->criterion = i;
			*s += n + 1;
			found = true;
		}
		sb_free(&sb);
	}
	return found;
}

static bool
take_argument(struct dialogue *d, const char **s, struct esmtp_match *m)
{
	struct regexset **set = VEC_PUSH(&d->regexes);
	const char *expression;
	struct cerr e;

	switch (m->criterion) {
	case ESMTP_CMD_VERB:
		return take_set(s, esmtp_verb_names, VERB_COUNT, &m->set);
	case ESMTP_EHLO_PARAMETER:
		return take_set(s, esmtp_param_names, PARAM_COUNT, &m->set);
	case ESMTP_MIME_ENCODING:
		return take_set(
		    s, esmtp_encoding_names, ENCODING_COUNT, &m->set);
	case ESMTP_SENDER_REGEX:
	case ESMTP_MIME_FILETYPE_REGEX:
		m->regex = take_word(s);
		expression = m->regex;
		*set = regexset_new(&expression, 1, &e);
		return *set != NULL;
	default:
		m->gt = strtoull(*s, NULL, 10);
		*s += strcspn(*s, ":");
		return true;
	}
}

static bool
parse_match(struct dialogue *d, const char *s)
{
	struct esmtp_match m = { .action = ESMTP_NO_ACTION };

	m.negated = skip(&s, "not");
	if (!take_criterion(&s, &m) || !take_argument(d, &s, &m) || *s != ':')
		return false;
	s += 1 + strspn(s + 1, " ");
	if (skip(&s, "drop-connection"))
		m.action = ESMTP_DROP_CONNECTION;
	else if (skip(&s, "reset"))
		m.action = ESMTP_RESET;
	else if (skip(&s, "mask"))
		m.action = ESMTP_MASK;
	if (skip(&s, "log")) {
		m.log = m.action != ESMTP_NO_ACTION;
		if (!m.log)
			m.action = ESMTP_LOG;
	}
	if (skip(&s, "rate-limit")) {
		m.rate_limit = (uint32_t)strtoul(s, NULL, 10);
		s = "";
	}
	*VEC_PUSH(&d->h.map.matches) = m;
	return *s == '\0';
}

static bool
parse_parameters(struct esmtp_parameters *par, const char *s)
{
	bool no = skip(&s, "no");

	if (skip(&s, "mask-banner")) {
		par->mask_banner = !no;
	} else if (skip(&s, "allow-tls")) {
		par->allow_tls = !no;
		par->allow_tls_log = skip(&s, "log");
	} else if (skip(&s, "mail-relay")) {
		par->mail_relay = take_word(&s);
		par->mail_relay_drop = skip(&s, "drop-connection");
		par->mail_relay_log = skip(&s, "log");
	} else if (skip(&s, "special-character")) {
		par->special_character = true;
		par->special_character_drop = skip(&s, "drop-connection");
		par->special_character_log = skip(&s, "log");
	}
	return *s == '\0';
}

static struct item *
new_item(struct dialogue *d, enum item_type type, const char *s)
{
	struct item *it = VEC_PUSH(&d->items);

	it->type = type;
	it->dir = skip(&s, "server") ? DIR_SERVER : DIR_CLIENT;
	skip(&s, "client");
	it->n = strtoull(s, NULL, 10);
	sb_init(&it->text);
	sb_init(&it->expected);
	return it;
}

static bool
parse_line(struct dialogue *d, const char *s)
{
	struct item *last =
	    d->items.n != 0 ? &d->items.v[d->items.n - 1] : NULL;
	struct strbuf sb;
	size_t i;
	char *word;

	if (*s == '\0' || *s == '#')
		return true;
	if (skip(&s, "profile")) {
		harness_profile(&d->h, s);
		return true;
	}
	if (strcmp(s, "no match") == 0) {
		d->h.map.matches.n = 0;
		d->regexes.n = 0;
		return true;
	}
	if (skip(&s, "match"))
		return parse_match(d, s);
	if (skip(&s, "parameters"))
		return parse_parameters(&d->h.map.par, s);
	if (skip(&s, ">>>") || skip(&s, "<<<")) {
		last = new_item(d, SEGMENT, "");
		last->dir = s[-4] == '<' ? DIR_SERVER : DIR_CLIENT;
		unescape(s, '\0', &last->text);
		return true;
	}
	if (skip(&s, "+++") && last != NULL) {
		unescape(s, '\0', &last->text);
		return true;
	}
	if (skip(&s, "===") && last != NULL) {
		last->differs = true;
		unescape(s, '\0', &last->expected);
		return true;
	}
	if (skip(&s, "gap"))
		return new_item(d, GAP, s) != NULL;
	if (skip(&s, "fin"))
		return new_item(d, FIN, s) != NULL;
	if (skip(&s, "connect"))
		return new_item(d, CONNECT, s) != NULL;
	if (skip(&s, "clock"))
		return new_item(d, CLOCK, s) != NULL;
	if (skip(&s, "log")) {
		sb_printf(&d->logs, "%s\n", s);
		return true;
	}
	if (skip(&s, "count")) {
		i = strlen(s);
		while (i > 0 && s[i - 1] != ' ')
			i--;
		sb_init(&sb);
		sb_write(&sb, s, i - (i > 0));
		sb_printf(&d->counts, "%s: %s\n", sb_text(&sb), s + i);
		sb_free(&sb);
		return true;
	}
	if (skip(&s, "end")) {
		word = take_word(&s);
		d->end = strcmp(word, "reset") == 0 ? INSP_RESET
		    : strcmp(word, "bypass") == 0   ? INSP_BYPASS
						    : INSP_DROP_CONN;
		free(word);
		return true;
	}
	return false;
}

/* Which segments begin where a command may? Only in these is a tiny first
 * piece character-mode input. */
static void
mark_commands(struct dialogue *d)
{
	bool message = false, challenge = false;
	bool ahead = false; /* a message that did not wait for the 354 */
	struct strbuf sent;
	struct item *it;
	const char *s;
	size_t i, n;

	sb_init(&sent);
	for (i = 0; i < d->items.n; i++) {
		it = &d->items.v[i];
		s = sb_text(&it->text);
		n = it->text.length;
		if (it->type == CONNECT) {
			message = challenge = false;
			sb_reset(&sent);
		}
		if (it->type == GAP && it->dir == DIR_CLIENT)
			sb_puts(&sent, "?");
		if (it->type != SEGMENT)
			continue;
		if (it->dir == DIR_SERVER) {
			if (memmem(s, n, "354", 3) != NULL) {
				message = !ahead;
				ahead = false;
			}
			if (n >= 3 && strncmp(s, "334", 3) == 0)
				challenge = true;
			continue;
		}
		it->command = !message && !challenge &&
		    (sent.length == 0 ||
			strchr("\r\n", sb_text(&sent)[sent.length - 1]));
		challenge = false;
		sb_write(&sent, s, n);
		if (sent.length < 5 ||
		    memcmp(sent.s + sent.length - 5, "\r\n.\r\n", 5) != 0)
			continue;
		if (memmem(s, n, "DATA\r\n", 6) != NULL)
			ahead = true;
		message = false;
	}
	sb_free(&sent);
}

static void
load(struct dialogue *d, const char *file)
{
	FILE *fp = fopen(file, "r");
	char *line = NULL;
	size_t size = 0, i;
	ssize_t n;
	unsigned number = 0;
	struct item *it;

	memset(d, 0, sizeof(*d));
	d->file = file;
	harness_init(&d->h);
	for (i = 0; i < d->h.map.matches.n; i++)
		*VEC_PUSH(&d->regexes) = NULL;
	sb_init(&d->out[0]);
	sb_init(&d->out[1]);
	sb_init(&d->logs);
	sb_init(&d->counts);
	if (fp == NULL)
		die(file, 0, "cannot open", "");
	while ((n = getline(&line, &size, fp)) != -1) {
		number++;
		if (n > 0 && line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (!parse_line(d, line))
			die(file, number, "what is this", line);
	}
	free(line);
	fclose(fp);
	mark_commands(d);
	for (i = 0; i < d->items.n; i++) {
		it = &d->items.v[i];
		sb_write(&d->out[it->dir],
		    sb_text(it->differs ? &it->expected : &it->text),
		    it->differs ? it->expected.length : it->text.length);
	}
	harness_compile(&d->h);
	for (i = 0; i < d->regexes.n; i++)
		d->h.policy.matches[i].regex = d->regexes.v[i];
}

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

	return it->type == SEGMENT && it->dir == DIR_CLIENT && it->command &&
	    (is_keyed(s, at) ||
		(s[at - 1] == '\n' && is_keyed(s + at, n - at)));
}

/* Runs the dialogue, each segment in pieces of `every` bytes (0: whole), or
 * segment `which` in two, cut at `at`. */
static void
play(struct dialogue *d, size_t every, size_t which, size_t at)
{
	struct harness *h = &d->h;
	struct item *it;
	size_t i, pos, n;

	sb_reset(&h->out[0]);
	sb_reset(&h->out[1]);
	sb_reset(&h->logs);
	memset(h->counts.v, 0, h->counts.n * sizeof(*h->counts.v));
	h->packets = h->ts = 0;
	harness_connect(h);
	for (i = 0; i < d->items.n; i++) {
		it = &d->items.v[i];
		if (it->type == GAP)
			harness_gap(h, it->dir, it->n);
		if (it->type == FIN)
			harness_segment(h, it->dir, "", 0, true);
		if (it->type == CONNECT)
			harness_connect(h);
		if (it->type == CLOCK)
			h->ts = it->n * 1000000000u;
		if (it->type != SEGMENT)
			continue;
		for (pos = 0; pos < it->text.length; pos += n) {
			n = it->text.length - pos;
			if (i == which && pos == 0 && at != 0)
				n = at;
			else if (every != 0 && n > every &&
			    !cut_is_keyed(it, pos + every))
				n = every;
			harness_segment(h, it->dir, it->text.s + pos, n, false);
		}
	}
}

static void
show(const char *what, const struct strbuf *got, const struct strbuf *want)
{
	const struct strbuf *both[2] = { want, got };
	unsigned i;
	size_t k;

	for (i = 0; i < 2; i++) {
		printf("  %s %s:\n    ", what, i == 0 ? "expected" : "got");
		for (k = 0; k < both[i]->length; k++) {
			unsigned char c = (unsigned char)both[i]->s[k];

			if (c == '\n')
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

static bool
check(struct dialogue *d, const char *how, size_t which, size_t at)
{
	struct harness *h = &d->h;
	struct strbuf counts;
	bool wrong;

	sb_init(&counts);
	harness_counts(h, &counts);
	wrong = differ(&h->out[0], &d->out[0]) ||
	    differ(&h->out[1], &d->out[1]) || differ(&h->logs, &d->logs) ||
	    differ(&counts, &d->counts) || h->verdict != d->end;
	if (wrong) {
		printf("FAIL %s (%s, segment %zu, byte %zu)\n", d->file, how,
		    which, at);
		if (differ(&h->out[0], &d->out[0]))
			show("bytes to the server", &h->out[0], &d->out[0]);
		if (differ(&h->out[1], &d->out[1]))
			show("bytes to the client", &h->out[1], &d->out[1]);
		if (differ(&h->logs, &d->logs))
			show("log", &h->logs, &d->logs);
		if (differ(&counts, &d->counts))
			show("counters", &counts, &d->counts);
		if (h->verdict != d->end)
			printf("  ended with %d, not %d\n", h->verdict, d->end);
	}
	sb_free(&counts);
	return !wrong;
}

static void
unload(struct dialogue *d)
{
	size_t i;

	for (i = 0; i < d->items.n; i++) {
		sb_free(&d->items.v[i].text);
		sb_free(&d->items.v[i].expected);
	}
	VEC_FREE(&d->items);
	for (i = 0; i < d->regexes.n; i++)
		regexset_free(d->regexes.v[i]);
	VEC_FREE(&d->regexes);
	sb_free(&d->out[0]);
	sb_free(&d->out[1]);
	sb_free(&d->logs);
	sb_free(&d->counts);
	harness_fini(&d->h);
}

static bool
run(const char *file, unsigned long *cuts)
{
	struct dialogue d;
	const struct strbuf *text;
	size_t i, at, every;
	bool ok;

	load(&d, file);
	play(&d, 0, 0, 0);
	ok = check(&d, "whole", 0, 0);
	for (i = 0; ok && i < d.items.n; i++) {
		text = &d.items.v[i].text;
		for (at = 1; ok && at < text->length; at++) {
			if (cut_is_keyed(&d.items.v[i], at))
				continue;
			play(&d, 0, i, at);
			ok = check(&d, "cut", i, at);
			(*cuts)++;
		}
	}
	for (every = 4; ok && every < 40; every++) {
		play(&d, every, 0, 0);
		ok = check(&d, "pieces", 0, every);
		(*cuts)++;
	}
	unload(&d);
	return ok;
}

int
main(int argc, char **argv)
{
	unsigned passed = 0, failed = 0;
	unsigned long cuts = 0;
	int i;

	for (i = 1; i < argc; i++) {
		if (run(argv[i], &cuts))
			passed++;
		else
			failed++;
	}
	printf("%lu other segmentations gave the same\n", cuts);
	printf("%u passed, %u failed, 0 skipped\n", passed, failed);
	return failed != 0;
}

/* SPDX-License-Identifier: ISC
 *
 * A dialogue: what is said, what has to come of it. A file has one item on a
 * line:
 *
 *	# text                  a comment
 *	profile NAME            see harness_profile(); pix-6.3 has no match
 *	                        lines but those that follow
 *	profiles NAME...        run it under each of them
 *	no match                an empty map instead of the default one
 *	regex NAME EXPRESSION   a regular expression, and a class of some,
 *	class NAME REGEX...     for the match lines that follow
 *	match [not] TEXT: ACTION [log] [rate-limit N]
 *	                        a regex in TEXT is `class NAME`, a NAME or an
 *	                        expression without blanks and colons
 *	parameters NAME...      [no] mask-banner, allow-tls [log],
 *	                        mail-relay DOMAIN [drop-connection] [log],
 *	                        special-character [drop-connection] [log]
 *	other policy            the lines above, from here on, make another
 *	                        policy, which starts with the default map
 *	>>> text                what the client sends, one segment
 *	<<< text                what the server sends
 *	+++ text                more of the same segment
 *	=== text                what comes out of it, if it is not the same;
 *	                        again for more
 *	gap client|server N
 *	fin client|server       with the bytes still held
 *	connect [other]         another connection, perhaps under that policy
 *	clock N                 seconds
 *	count [other] NAME N    a counter at the end; others are 0
 *	log LEVEL-NUMBER: TEXT  a log line; there are no others
 *	end drop-connection|reset|bypass
 *
 * Text knows \r \n \t \\ \xHH and \{N*text} for repetition.
 */
#ifndef ASASIM_TESTS_SMTP_DIALOGUE_H
#define ASASIM_TESTS_SMTP_DIALOGUE_H

#include "harness.h"
#include "regexset.h"

enum item_type { SEGMENT, GAP, FIN, CONNECT, CLOCK };

struct item {
	enum item_type type;
	enum dir dir;
	struct strbuf text;
	struct strbuf expected;
	bool differs; /* expected was given */
	bool command; /* when it came, the client was to begin a command */
	uint64_t n;
};

/* A named expression, or a class of some. */
struct pattern {
	char *name;
	VEC(char *) expressions;
};

/* A policy in the making. */
struct draft {
	struct esmtp_map *map;
	struct esmtp_policy *policy;
	VEC(struct regexset *) regexes; /* by match line, NULL: none */
};

struct dialogue {
	const char *file;
	struct harness h; /* profile and map */
	VEC(struct item) items;
	struct strbuf out[2], logs, counts; /* expected */
	enum insp_verdict end;
	VEC(struct pattern) patterns;
	struct draft drafts[2], *draft;
	bool has_other;
	unsigned profile, n_profiles; /* which of how many this run is for */
	struct esmtp_map other_map;
	struct esmtp_policy other;
};

static inline void
die(const char *file, unsigned line, const char *what, const char *text)
{
	fprintf(stderr, "%s:%u: %s: %s\n", file, line, what, text);
	exit(2);
}

/* Text with escapes. Stops at `stop`, returns where. */
static inline const char *
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

static inline bool
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

static inline char *
take_word(const char **s)
{
	size_t n = strcspn(*s, " :");
	char *word = xstrndup(*s, n);

	*s += n;
	*s += strspn(*s, " ");
	return word;
}

static inline bool
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
static inline bool
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

static inline struct pattern *
find_pattern(struct dialogue *d, const char *name)
{
	size_t i;

	for (i = 0; i < d->patterns.n; i++)
		if (strcmp(d->patterns.v[i].name, name) == 0)
			return &d->patterns.v[i];
	return NULL;
}

static inline struct pattern *
new_pattern(struct dialogue *d, const char **s)
{
	struct pattern *p = VEC_PUSH(&d->patterns);

	memset(p, 0, sizeof(*p));
	p->name = take_word(s);
	return p;
}

static inline bool
parse_class(struct dialogue *d, const char *s)
{
	struct pattern *p = new_pattern(d, &s), *member;
	char *word;

	while (*s != '\0') {
		word = take_word(&s);
		member = find_pattern(d, word);
		free(word);
		if (member == NULL || member->expressions.n != 1)
			return false;
		*VEC_PUSH(&p->expressions) = xstrdup(member->expressions.v[0]);
	}
	return p->expressions.n != 0;
}

static inline struct regexset *
take_regex(struct dialogue *d, const char **s, struct esmtp_match *m)
{
	const struct pattern *p;
	const char *one;
	struct cerr e;

	m->regex_is_class = skip(s, "class");
	m->regex = take_word(s);
	one = m->regex;
	p = find_pattern(d, m->regex);
	if (p == NULL)
		return m->regex_is_class ? NULL : regexset_new(&one, 1, &e);
	return regexset_new(
	    (const char *const *)p->expressions.v, p->expressions.n, &e);
}

static inline bool
take_argument(struct dialogue *d, const char **s, struct esmtp_match *m)
{
	struct regexset **set = VEC_PUSH(&d->draft->regexes);

	*set = NULL;
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
		*set = take_regex(d, s, m);
		return *set != NULL;
	default:
		m->gt = strtoull(*s, NULL, 10);
		*s += strcspn(*s, ":");
		return true;
	}
}

static inline bool
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
	*VEC_PUSH(&d->draft->map->matches) = m;
	return *s == '\0';
}

static inline bool
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

static inline struct item *
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

static inline void
no_matches(struct draft *f)
{
	size_t i;

	for (i = 0; i < f->regexes.n; i++)
		regexset_free(f->regexes.v[i]);
	f->map->matches.n = f->regexes.n = 0;
}

static inline void
new_draft(struct dialogue *d, struct draft *f, struct esmtp_map *map,
    struct esmtp_policy *policy)
{
	size_t i;

	f->map = map;
	f->policy = policy;
	for (i = 0; i < map->matches.n; i++)
		*VEC_PUSH(&f->regexes) = NULL;
	d->draft = f;
}

static inline void
use_profile(struct dialogue *d, const char *name)
{
	harness_policy_profile(d->draft->policy, name);
	if (strcmp(name, "pix-6.3") == 0)
		no_matches(d->draft);
}

/* Lines about the policy. Returns 0 if it is none, -1 if it is wrong. */
static inline int
parse_policy_line(struct dialogue *d, const char *s)
{
	struct pattern *p;
	char *word;

	if (strcmp(s, "other policy") == 0) {
		d->has_other = true;
		esmtp_map_init_default(&d->other_map, false);
		harness_policy_profile(&d->other, "asa-8.2");
		new_draft(d, &d->drafts[1], &d->other_map, &d->other);
		return 1;
	}
	if (skip(&s, "profiles")) {
		while (*s != '\0') {
			word = take_word(&s);
			if (d->n_profiles++ == d->profile)
				use_profile(d, word);
			free(word);
		}
		return 1;
	}
	if (skip(&s, "profile")) {
		use_profile(d, s);
		return 1;
	}
	if (strcmp(s, "no match") == 0) {
		no_matches(d->draft);
		return 1;
	}
	if (skip(&s, "regex")) {
		p = new_pattern(d, &s);
		*VEC_PUSH(&p->expressions) = xstrdup(s);
		return 1;
	}
	if (skip(&s, "class"))
		return parse_class(d, s) ? 1 : -1;
	if (skip(&s, "match"))
		return parse_match(d, s) ? 1 : -1;
	if (skip(&s, "parameters"))
		return parse_parameters(&d->draft->map->par, s) ? 1 : -1;
	return 0;
}

/* Lines about what comes of it. */
static inline bool
parse_expectation(struct dialogue *d, const char *s)
{
	struct strbuf sb;
	size_t i;

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
		d->end = strcmp(s, "reset") == 0 ? INSP_RESET
		    : strcmp(s, "bypass") == 0   ? INSP_BYPASS
						 : INSP_DROP_CONN;
		return true;
	}
	return false;
}

static inline bool
parse_item(struct dialogue *d, const char *s)
{
	struct item *last =
	    d->items.n != 0 ? &d->items.v[d->items.n - 1] : NULL;

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
	if (skip(&s, "clock"))
		return new_item(d, CLOCK, s) != NULL;
	if (skip(&s, "connect")) {
		last = new_item(d, CONNECT, "");
		last->n = strcmp(s, "other") == 0;
		return *s == '\0' || last->n != 0;
	}
	return false;
}

static inline bool
parse_line(struct dialogue *d, const char *s)
{
	int known;

	if (*s == '\0' || *s == '#')
		return true;
	known = parse_policy_line(d, s);
	if (known != 0)
		return known > 0;
	return parse_item(d, s) || parse_expectation(d, s);
}

static inline void
compile_policy(struct dialogue *d, const struct draft *f, const char *prefix)
{
	size_t i;

	if (f->policy == &d->h.policy)
		harness_compile(&d->h);
	else
		harness_compile_map(&d->h, f->map, f->policy, prefix);
	for (i = 0; i < f->regexes.n; i++)
		f->policy->matches[i].regex = f->regexes.v[i];
}

static inline void
read_lines(struct dialogue *d, const char *file)
{
	FILE *fp = fopen(file, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	unsigned number = 0;

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
}

static inline void
load(struct dialogue *d, const char *file, unsigned profile)
{
	size_t i;
	struct item *it;

	memset(d, 0, sizeof(*d));
	d->file = file;
	d->profile = profile;
	harness_init(&d->h);
	d->h.trace = true;
	new_draft(d, &d->drafts[0], &d->h.map, &d->h.policy);
	sb_init(&d->out[0]);
	sb_init(&d->out[1]);
	sb_init(&d->logs);
	sb_init(&d->counts);
	read_lines(d, file);
	for (i = 0; i < d->items.n; i++) {
		it = &d->items.v[i];
		sb_write(&d->out[it->dir],
		    sb_text(it->differs ? &it->expected : &it->text),
		    it->differs ? it->expected.length : it->text.length);
	}
	compile_policy(d, &d->drafts[0], "");
	if (d->has_other)
		compile_policy(d, &d->drafts[1], "other ");
}

static inline void
unload(struct dialogue *d)
{
	struct pattern *p;
	size_t i, k;

	for (i = 0; i < d->items.n; i++) {
		sb_free(&d->items.v[i].text);
		sb_free(&d->items.v[i].expected);
	}
	VEC_FREE(&d->items);
	for (i = 0; i < d->patterns.n; i++) {
		p = &d->patterns.v[i];
		for (k = 0; k < p->expressions.n; k++)
			free(p->expressions.v[k]);
		VEC_FREE(&p->expressions);
		free(p->name);
	}
	VEC_FREE(&d->patterns);
	for (i = 0; i < 2; i++) {
		for (k = 0; k < d->drafts[i].regexes.n; k++)
			regexset_free(d->drafts[i].regexes.v[k]);
		VEC_FREE(&d->drafts[i].regexes);
	}
	esmtp_map_free_members(&d->other_map);
	free(d->other.matches);
	sb_free(&d->out[0]);
	sb_free(&d->out[1]);
	sb_free(&d->logs);
	sb_free(&d->counts);
	harness_fini(&d->h);
}

#endif

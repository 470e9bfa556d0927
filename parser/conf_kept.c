/* SPDX-License-Identifier: ISC
 *
 * Lines that are kept: stored as typed, printed again in their place.
 */
#include "conf_kept.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "conf_int.h"

/* ---- words ---- */

/* Length of the part of line that matches the pattern, or -1. */
static long
match_pattern(const char *pattern, const char *line)
{
	const char *s = line;
	size_t p, w;

	for (;;) {
		p = strcspn(pattern, " ");
		w = strcspn(s, " ");
		if (w == 0 ||
		    ((p != 1 || pattern[0] != '*') &&
			(p != w || strncmp(pattern, s, w) != 0)))
			return -1;
		if (pattern[p] == '\0')
			return s + w - line;
		pattern += p + 1;
		s += w;
		s += strspn(s, " ");
	}
}

static bool
starts_words(const char *line, const char *words)
{
	size_t n = strlen(words);

	return strncmp(line, words, n) == 0 &&
	    (line[n] == '\0' || line[n] == ' ');
}

const struct mode *
kept_mode_of(const struct kept *k)
{
	size_t i;

	for (i = 0; i < kept_submodes_n; i++) {
		if (match_pattern(kept_submodes[i].pattern, k->line) >= 0)
			return kept_submodes[i].mode;
	}
	return NULL;
}

/* "mtu outside" of "mtu outside 1500"; NULL if there may be several. */
static char *
single_key(const char *line)
{
	size_t i;

	if (strncmp(line, "no ", 3) == 0)
		line += 3;
	for (i = 0; i < kept_single_n; i++) {
		long n = match_pattern(kept_single[i], line);

		if (n >= 0)
			return xstrndup(line, (size_t)n);
	}
	return NULL;
}

/* ---- what a family knows ---- */

static const char *
shape_of(const struct row *row)
{
	const char *word = row->syntax + 1;
	size_t i, n;

	if (row->apply != kept_apply || row->syntax[0] != '=')
		return NULL;
	n = strcspn(word, " ");
	for (i = 0; i < kept_shapes_n; i++) {
		if (strncmp(kept_shapes[i].word, word, n) == 0 &&
		    kept_shapes[i].word[n] == '\0')
			return kept_shapes[i].shape;
	}
	return NULL;
}

/* Does the word fit the first n characters of shape? */
static bool
fits_shape(const struct conf *c, const char *shape, size_t n, const char *word)
{
	struct tokenv env = conf_tokenv(c);
	struct ip_addr a;

	if (n != 1)
		return word[0] != '\0' && strlen(word) <= n &&
		    strncasecmp(shape, word, strlen(word)) == 0;
	switch (shape[0]) {
	case '*':
		return true;
	case '#':
		return isdigit((unsigned char)word[0]);
	case '@':
		return isdigit((unsigned char)word[0]) ||
		    strchr(word, ':') != NULL ||
		    (env.name_to_ip != NULL &&
			env.name_to_ip(env.arg, word, &a));
	default:
		return word[0] == shape[0];
	}
}

/* How many words from the one at `first` on fit one alternative; *all if it is
 * satisfied. */
static unsigned
follow_shape(const struct conf *c, const char *shape, size_t length,
    const struct words *ws, unsigned first, bool *all)
{
	const char *end = shape + length;
	unsigned tok = first;

	*all = false;
	if (length == 1 && shape[0] == '$') {
		*all = first == ws->n;
		return 0;
	}
	while (shape < end) {
		size_t n = strcspn(shape, " |");

		if (tok >= ws->n || !fits_shape(c, shape, n, ws->w[tok].s))
			return tok - first;
		tok++;
		shape += n + (shape + n < end);
	}
	*all = true;
	return tok - first;
}

int
kept_check(const struct conf *c, const struct row *row, const struct words *ws,
    struct cerr *e)
{
	bool no = strcasecmp(ws->w[0].s, "no") == 0, all;
	bool any_word = true; /* no alternative begins with a word of its own */
	unsigned first = no ? 2 : 1, best = 0, n;
	const char *shape = shape_of(row), *s;
	size_t length;

	if (shape == NULL)
		return 0;
	for (s = shape; s != NULL; s = strchr(s, '|')) {
		s += *s == '|';
		any_word &= s[0] == '*';
	}
	for (s = shape;; s += length + 1) {
		length = strcspn(s, "|");
		n = follow_shape(c, s, length, ws, first, &all);
		if (all)
			return 0;
		if (any_word || s[0] != '*')
			best = MAX(best, n);
		if (s[length] == '\0')
			break;
	}
	if (first + best < ws->n)
		return refuse_at(e, (int)(first + best));
	/* `no` finds the line with a part of its words. */
	if (no && best > 0)
		return 0;
	return refuse(e, "%% Incomplete command");
}

/* Which release's translation is this? +1 old, -1 new. */
static int
nat_style(const char *line)
{
	if (strncmp(line, "global (", 8) == 0)
		return 1;
	if (strncmp(line, "nat (", 5) == 0)
		return strchr(line, ',') != NULL &&
			strchr(line, ',') < strchr(line, ')')
		    ? -1
		    : 1;
	return 0;
}

/* ---- the model ---- */

void
kept_free(struct kept *k)
{
	lines_free(LINES(&k->sub));
	free(k->line);
	free(k);
}

static void
index_kept(struct conf *c, struct kept *k)
{
	char *key = single_key(k->line);
	int nat = nat_style(k->line);

	strmap_set(&c->index->kept, k->line, k);
	if (key != NULL)
		strmap_set(&c->index->kept_single, key, k);
	free(key);
	c->index->old_nat += nat > 0;
	c->index->new_nat += nat < 0;
}

static void
unindex_kept(struct conf *c, struct kept *k)
{
	char *key = single_key(k->line);
	int nat = nat_style(k->line);

	strmap_del(&c->index->kept, k->line);
	if (key != NULL)
		strmap_del(&c->index->kept_single, key);
	free(key);
	c->index->old_nat -= nat > 0;
	c->index->new_nat -= nat < 0;
}

/* Sub-lines are found by kept line, block and text. */
static char *
sub_key(const struct kept *k, const char *line)
{
	const char *block =
	    k->block > 0 && k->block <= k->sub.n && line[0] == ' '
	    ? k->sub.v[k->block - 1]
	    : "";

	return xasprintf("%s\n%s\n%s", k->line, block, line);
}

static void
unindex_subs(struct conf *c, struct kept *k)
{
	size_t i;

	for (i = 0; i < k->sub.n; i++) {
		char *key;

		if (k->sub.v[i][0] != ' ')
			k->block = i + 1;
		key = sub_key(k, k->sub.v[i]);
		strmap_del(&c->index->kept_sub, key);
		free(key);
	}
}

void
kept_remove(struct conf *c, size_t i)
{
	struct kept *k = c->kept.v[i];

	unindex_subs(c, k);
	unindex_kept(c, k);
	VEC_REMOVE(&c->kept, i);
	kept_free(k);
	removed(c);
}

void
kept_clear(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->kept.n; i++)
		kept_free(c->kept.v[i]);
	VEC_FREE(&c->kept);
	strmap_clear(&c->index->kept, NULL);
	strmap_clear(&c->index->kept_single, NULL);
	strmap_clear(&c->index->kept_sub, NULL);
	c->index->old_nat = c->index->new_nat = 0;
}

static void
remove_kept(struct conf *c, const struct kept *k)
{
	size_t i;

	for (i = 0; i < c->kept.n; i++) {
		if (c->kept.v[i] == k) {
			kept_remove(c, i);
			return;
		}
	}
}

static struct kept *
keep(struct conf *c, const struct kept_family *family, const char *line)
{
	struct kept *k = strmap_get(&c->index->kept, line);
	char *key;

	if (k != NULL)
		return k;
	key = single_key(line);
	k = key != NULL ? strmap_get(&c->index->kept_single, key) : NULL;
	free(key);
	if (k == NULL) {
		k = xcalloc(1, sizeof(*k));
		*VEC_PUSH(&c->kept) = k;
	} else
		unindex_kept(c, k);
	k->section = family->section;
	k->family = family;
	k->affects_verdict = family->affects_verdict;
	k->why = family->why;
	str_set(&k->line, line);
	index_kept(c, k);
	changed(c);
	return k;
}

/* ---- apply ---- */

/* Removes the line, or for named things all lines that begin so. */
static bool
drop(struct conf *c, const struct kept_family *family, const char *line)
{
	struct kept *k = strmap_get(&c->index->kept, line);
	bool found = k != NULL;
	size_t i;

	if (found) {
		remove_kept(c, k);
		return true;
	}
	if ((family->flags & KEPT_NAMED) == 0 || strchr(line, ' ') == NULL)
		return false;
	for (i = c->kept.n; i-- > 0;) {
		if (starts_words(c->kept.v[i]->line, line)) {
			kept_remove(c, i);
			found = true;
		}
	}
	return found;
}

static bool
prints_no(const char *line)
{
	size_t i;

	for (i = 0; i < kept_no_n; i++) {
		if (match_pattern(kept_no[i], line) >= 0)
			return true;
	}
	return false;
}

/* The setting of which there is one goes, whatever its value. */
static bool
drop_single(struct conf *c, const char *line)
{
	struct kept *k = strmap_get(&c->index->kept_single, line);

	if (k == NULL || strncmp(k->line, "no ", 3) == 0)
		return false;
	remove_kept(c, k);
	return true;
}

static int
apply_no(struct conf *c, struct confctx *ctx, const struct kept_family *family,
    const char *line, struct cerr *e)
{
	char *no_line;

	if (drop(c, family, line))
		return 0;
	if (family->flags & KEPT_NAMED)
		return refuse(e, "%s is not configured", line);
	/* Devices print some of these: `no snmp-server location`. */
	if (!ctx->reading_file && !prints_no(line)) {
		if (!drop_single(c, line))
			confctx_say(
			    ctx, CERR_INFO, "%s is not configured", line);
		return 0;
	}
	no_line = xasprintf("no %s", line);
	ctx->kept = keep(c, family, no_line);
	ctx->sub_indent = 0;
	free(no_line);
	return 0;
}

/* A banner's text begins after one blank. */
static void
put_blanks_back(const struct words *ws, struct kept_args *args)
{
	char *rest = args->rest;
	size_t gap;
	unsigned i;

	for (i = 1; rest != NULL && i < ws->n; i++) {
		gap = ws->w[i].col - ws->w[i - 1].end;
		if (gap > 1 &&
		    strncmp(ws->line + ws->w[i].col, rest, strlen(rest)) == 0) {
			args->rest = xasprintf("%*s%s", (int)gap - 1, "", rest);
			free(rest);
			return;
		}
	}
}

static void
apply_yes(struct conf *c, struct confctx *ctx, const struct kept_family *family,
    const char *line)
{
	char *no_line = xasprintf("no %s", line);
	struct kept *k = strmap_get(&c->index->kept, no_line);
	const struct mode *mode;

	if (k != NULL)
		remove_kept(c, k);
	free(no_line);
	k = keep(c, family, line);
	k->block = 0;
	ctx->kept = k;
	ctx->sub_indent = 0;
	mode = kept_mode_of(k);
	if (mode != NULL)
		confctx_enter_mode(ctx, mode, k);
}

int
kept_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	const struct kept_family *family = row->data;
	struct tokenv env = conf_tokenv(c);
	struct strbuf line;
	int r = 0;

	if (kept_check(c, row, ctx->words, e) != 0)
		return -1;
	if (family->flags & KEPT_BLANKS)
		put_blanks_back(ctx->words, args);
	sb_init(&line);
	gram_print(ctx->gram, row, args, false, &env, &line);
	ctx->kept_indent = ctx->words->w[0].col;
	if (no)
		r = apply_no(c, ctx, family, sb_text(&line), e);
	else
		apply_yes(c, ctx, family, sb_text(&line));
	sb_free(&line);
	return r;
}

/* ---- lines of a sub-mode ---- */

static bool
is_certificate(const struct kept *k, const char *line)
{
	return strncmp(line, "certificate ", 12) == 0 &&
	    starts_words(k->line, "crypto ca certificate chain");
}

static size_t
end_of_block(const struct kept *k)
{
	size_t at = k->block;

	while (at < k->sub.n && k->sub.v[at][0] == ' ')
		at++;
	return at;
}

static void
open_block(struct confctx *ctx, struct kept *k, const char *line, bool there)
{
	size_t i;

	k->block = k->sub.n;
	for (i = 0; there && i < k->sub.n; i++) {
		if (strcmp(k->sub.v[i], line) == 0)
			k->block = i + 1;
	}
	ctx->skip = there && is_certificate(k, line);
	ctx->raw = is_certificate(k, line);
}

/* `no X`: X goes if it is there, else "no X" is a line like any other. */
static bool
drop_sub(struct conf *c, struct kept *k, const char *line)
{
	const char *rest;
	char *key;
	size_t i;

	if (strncmp(line, "no ", 3) != 0)
		return false;
	rest = line + 3;
	for (i = 0; i < k->sub.n; i++) {
		if (strcmp(k->sub.v[i], rest) != 0)
			continue;
		do {
			k->block = k->sub.v[i][0] == ' ' ? k->block : 0;
			key = sub_key(k, k->sub.v[i]);
			strmap_del(&c->index->kept_sub, key);
			free(key);
			free(k->sub.v[i]);
			VEC_REMOVE(&k->sub, i);
		} while (i < k->sub.n && k->sub.v[i][0] == ' ');
		k->block = 0;
		changed(c);
		return true;
	}
	return false;
}

/* The data was cut off: what follows is none of it. */
void
kept_close_data(struct conf *c, struct confctx *ctx)
{
	struct kept *k = ctx->kept;
	size_t at;

	if (ctx->raw && k != NULL && !ctx->skip) {
		at = end_of_block(k);
		*VEC_INSERT(&k->sub, at) = xstrdup(" quit");
		changed(c);
	}
	ctx->raw = false;
}

void
kept_sub_line(struct conf *c, struct confctx *ctx, const char *text)
{
	struct kept *k = ctx->kept;
	char *line, *key, *p;
	size_t n, indent;
	bool there, raw = ctx->raw;

	indent = strspn(text, " \t");
	text += indent;
	n = strlen(text);
	while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		n--;
	if (n == 0)
		return;
	/* The first line tells the first level, more blanks a deeper one. */
	if (ctx->sub_indent == 0)
		ctx->sub_indent = (unsigned)indent;
	indent -= MIN(indent, ctx->sub_indent);
	if (raw && indent == 0)
		indent = 1;
	line = xasprintf("%*s%.*s", (int)indent, "", (int)n, text);
	for (p = line; *p != '\0'; p++) {
		if (*p == '\t')
			*p = ' ';
	}
	if (raw && strcmp(text, "quit") == 0)
		ctx->raw = false;
	if (!raw && drop_sub(c, k, line)) {
		free(line);
		return;
	}
	/* Nothing is open that a deeper line could belong to. */
	if (k->block == 0 && line[0] == ' ' && !raw)
		memmove(line, line + strspn(line, " "),
		    strlen(line + strspn(line, " ")) + 1);
	key = sub_key(k, line);
	there = strmap_get(&c->index->kept_sub, key) != NULL;
	if (line[0] != ' ') {
		if (!there) {
			*VEC_PUSH(&k->sub) = xstrdup(line);
			strmap_set(&c->index->kept_sub, key, k);
			changed(c);
		}
		open_block(ctx, k, line, there);
	} else if (raw ? !ctx->skip : !there) {
		n = end_of_block(k);
		*VEC_INSERT(&k->sub, n) = xstrdup(line);
		strmap_set(&c->index->kept_sub, key, k);
		changed(c);
	}
	free(key);
	free(line);
}

/* A line of a sub-mode whose word is known. */
int
kept_sub_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct tokenv env = conf_tokenv(c);
	struct strbuf line;
	size_t i;

	if (ctx->kept == NULL)
		return refuse_at(e, 0);
	sb_init(&line);
	for (i = 0; i < ctx->sub_indent; i++)
		sb_putc(&line, ' ');
	gram_print(ctx->gram, row, args, no, &env, &line);
	kept_sub_line(c, ctx, sb_text(&line));
	sb_free(&line);
	return 0;
}

/* ---- printing ---- */

static void
emit_one(struct emitter *em, const struct kept *k)
{
	bool data = false;
	size_t i;

	emit_line(em, "%s", k->line);
	for (i = 0; i < k->sub.n; i++) {
		const char *s = k->sub.v[i];

		emit_line(em, " %s", s);
		if (is_certificate(k, s))
			data = true;
		else if (strcmp(s + strspn(s, " "), "quit") == 0)
			data = false;
		/* A certificate that was cut off is closed all the same. */
		if (data && (i + 1 == k->sub.n || k->sub.v[i + 1][0] != ' ')) {
			emit_line(em, "  quit");
			data = false;
		}
	}
}

void
emit_kept(const struct conf *c, struct emitter *em, enum section s)
{
	size_t i;

	for (i = 0; i < c->kept.n; i++) {
		if (c->kept.v[i]->section == s)
			emit_one(em, c->kept.v[i]);
	}
}

static bool
fits_words(const char *line, const char *const *words, unsigned n)
{
	unsigned i;

	if (strncmp(line, "no ", 3) == 0)
		line += 3;
	for (i = 0; i < n; i++) {
		size_t w = strcspn(line, " ");

		if (strlen(words[i]) != w || strncmp(words[i], line, w) != 0)
			return false;
		line += w;
		line += strspn(line, " ");
	}
	return true;
}

bool
emit_kept_words(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n)
{
	bool known = false;
	const char *word;
	unsigned k;
	size_t i;

	for (k = 0; (word = kept_family_word(k, NULL)) != NULL; k++)
		known |= strcmp(word, words[0]) == 0;
	if (!known)
		return false;
	for (i = 0; i < c->kept.n; i++) {
		if (fits_words(c->kept.v[i]->line, words, n))
			emit_one(em, c->kept.v[i]);
	}
	return true;
}

const char *
kept_family_word(unsigned i, const char **help)
{
	static char words[256][40], helps[256][96];
	static unsigned n;
	const char *s;
	size_t r, w, h;

	if (n == 0) {
		for (r = 0; r < kept_rows.n && n < 256; r++) {
			const struct row *row = &kept_rows.rows[r];

			if (row->mode != &mode_config)
				continue;
			s = row->syntax + (row->syntax[0] == '=');
			w = MIN(strcspn(s, " "), sizeof(*words) - 1);
			h = MIN(strcspn(row->help, "\n"), sizeof(*helps) - 1);
			memcpy(words[n], s, w);
			memcpy(helps[n], row->help, h);
			n++;
		}
	}
	if (i >= n)
		return NULL;
	if (help != NULL)
		*help = helps[i];
	return words[i];
}

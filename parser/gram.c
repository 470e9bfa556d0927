/* SPDX-License-Identifier: ISC
 *
 * Matching: the NFA of all rows of a mode is run over the words at once, so
 * that one pass finds the row, or the word at which every row gave up, or the
 * keywords among which an abbreviation cannot choose.
 */
#include "gram.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gram_int.h"

/* ---- arena for captures: thrown away with the match ---- */

enum { ARENA_CAPS = 256 };

struct arena {
	struct arena *next;
	unsigned n;
	struct cap caps[ARENA_CAPS];
};

static const struct cap *
cap_new(struct sim *s, const struct cap *prev, const struct node *node,
    unsigned tok)
{
	struct arena *a = s->arena;
	struct cap *c;

	if (a == NULL || a->n == ARENA_CAPS) {
		a = xmalloc(sizeof(*a));
		a->next = s->arena;
		a->n = 0;
		s->arena = a;
	}
	c = &a->caps[a->n++];
	c->prev = prev;
	c->node = node;
	c->tok = tok;
	return c;
}

void
sim_init(struct sim *s, const struct words *ws, const struct tokenv *env)
{
	memset(s, 0, sizeof(*s));
	s->ws = ws;
	s->env = env;
	s->ambiguous = ~0u;
}

void
sim_fini(struct sim *s)
{
	struct arena *a, *next;

	for (a = s->arena; a != NULL; a = next) {
		next = a->next;
		free(a);
	}
	VEC_FREE(&s->now);
	VEC_FREE(&s->accepted);
}

/* Follows everything that takes no word. */
static void
add_thread(struct sim *s, struct thread t, unsigned tok)
{
	const struct node *n = t.node;
	size_t i;

	switch (n->type) {
	case NODE_FORK:
		for (i = 0; i < n->forks.n; i++) {
			t.node = n->forks.v[i];
			add_thread(s, t, tok);
		}
		return;
	case NODE_MARK:
		if (n->tree->bound)
			t.caps = cap_new(s, t.caps, n, tok);
		break;
	case NODE_GUARD:
		if (t.used[n->tree->set_index] & (1u << n->branch))
			return;
		t.used[n->tree->set_index] |= 1u << n->branch;
		break;
	case NODE_EXIT:
		if (t.used[n->tree->set_index] == 0 && !n->tree->may_be_empty)
			return;
		break;
	default:
		*VEC_PUSH(&s->now) = t;
		return;
	}
	t.node = n->next;
	add_thread(s, t, tok);
}

/* Spares starting a thread for the hundreds of rows that begin otherwise. */
static bool
may_begin(const struct node *entry, const char *word)
{
	return word == NULL || entry->type != NODE_KEYWORD ||
	    strncasecmp(entry->tree->text, word, strlen(word)) == 0;
}

void
sim_start(struct sim *s, const struct mode_rows *rows, bool negated,
    bool visible_only)
{
	unsigned first = negated ? 1 : 0;
	const char *word =
	    !visible_only && s->ws->n > first ? s->ws->w[first].s : NULL;
	size_t i;

	for (i = 0; i < rows->rows.n; i++) {
		const struct crow *c = rows->rows.v[i];
		const struct node *entry = negated ? c->no_entry : c->entry;
		struct thread t = { .node = entry };

		if (entry == NULL || !may_begin(entry, word) ||
		    (visible_only && (c->row->flags & ROW_HIDDEN)))
			continue;
		add_thread(s, t, first);
	}
}

static bool
keyword_fits(const struct node *n, const struct word *w, bool *exact)
{
	size_t length = strlen(w->s);

	*exact = false;
	if (length == 0 || strncasecmp(n->tree->text, w->s, length) != 0)
		return false;
	*exact = n->tree->text[length] == '\0';
	return *exact || !n->tree->whole;
}

bool
sim_step(struct sim *s, unsigned tok)
{
	const struct word *w = &s->ws->w[tok];
	const char *prefix_of = NULL;
	bool any_exact = false, ambiguous = false, exact;
	VEC(struct thread) old = { s->now.v, s->now.n, s->now.cap };
	size_t i;

	for (i = 0; i < old.n; i++) {
		const struct node *n = old.v[i].node;

		if (n->type != NODE_KEYWORD || !keyword_fits(n, w, &exact))
			continue;
		if (exact)
			any_exact = true;
		else if (prefix_of == NULL)
			prefix_of = n->tree->text;
		else if (strcasecmp(prefix_of, n->tree->text) != 0)
			ambiguous = true;
	}
	memset(&s->now, 0, sizeof(s->now));
	for (i = 0; i < old.n; i++) {
		struct thread t = old.v[i];
		const struct node *n = t.node;
		unsigned class;

		if (n->type == NODE_KEYWORD) {
			if (!keyword_fits(n, w, &exact) ||
			    (any_exact ? !exact : ambiguous))
				continue;
			class = exact ? 7 : 6;
		} else if (n->type == NODE_LEXEME) {
			const struct toktype *type = n->tree->lex.type;

			/* A keyword typed in full is meant. */
			if ((any_exact && type->specific <= 2) ||
			    !type->check(&n->tree->lex, w, s->env))
				continue;
			class = type->specific;
			if (type->to_end) {
				t.caps = cap_new(s, t.caps, n, tok);
				if (tok < 20)
					t.score |= (uint64_t) class << (3 *
						       (20 - tok));
				t.node = n->next;
				*VEC_PUSH(&s->accepted) = t;
				continue;
			}
		} else
			continue;
		t.caps = cap_new(s, t.caps, n, tok);
		if (tok < 20)
			t.score |= (uint64_t) class << (3 * (20 - tok));
		t.node = n->next;
		add_thread(s, t, tok + 1);
	}
	if (ambiguous && !any_exact && s->ambiguous == ~0u)
		s->ambiguous = tok;
	if (s->now.n == 0) {
		s->now.v = old.v;
		s->now.n = old.n;
		s->now.cap = old.cap;
		return false;
	}
	VEC_FREE(&old);
	return true;
}

/* ---- from captures to an args struct ---- */

static void
store_mark(const struct node *n, void *args)
{
	char *field = (char *)args + n->tree->offset;

	switch (n->tree->kind) {
	case F_BOOL:
		*(bool *)(void *)field = true;
		break;
	case F_BRANCH:
		*(uint8_t *)field = (uint8_t)(n->branch + 1);
		break;
	case F_MASK:
		*(uint32_t *)(void *)field |= 1u << n->branch;
		break;
	default:
		break;
	}
}

static unsigned
keyword_proto(const char *text, unsigned proto)
{
	if (strcmp(text, "tcp") == 0)
		return IPPROTO_TCP;
	if (strcmp(text, "udp") == 0)
		return IPPROTO_UDP;
	return strcmp(text, "tcp-udp") == 0 ? 0 : proto;
}

static bool
bind_args(const struct sim *s, const struct thread *t, void *args,
    unsigned *bad_tok, struct cerr *e)
{
	const struct cap *caps[LEX_WORDS_MAX * 4], *c;
	struct tokctx ctx = { .env = s->env };
	size_t n = 0;

	for (c = t->caps; c != NULL && n < ARRAY_LEN(caps); c = c->prev)
		caps[n++] = c;
	while (n-- > 0) {
		const struct node *node = caps[n]->node;

		if (node->type == NODE_MARK)
			store_mark(node, args);
		else if (node->type == NODE_KEYWORD)
			ctx.proto = keyword_proto(node->tree->text, ctx.proto);
		else {
			/* A lexeme without a field is read all the same. */
			union {
				uint32_t u;
				char *s;
				struct ip_addr a;
				struct ip_prefix p;
				struct if_pair i;
			} scratch;
			void *field = &scratch;
			const struct lexspec *lex = &node->tree->lex;

			memset(&scratch, 0, sizeof(scratch));
			if (node->tree->bound)
				field = (char *)args + node->tree->offset;
			*bad_tok = caps[n]->tok;
			if (!lex->type->parse(
				lex, s->ws, caps[n]->tok, &ctx, field, e))
				return false;
			if (field == &scratch && lex->type->kind == F_STR)
				free(scratch.s);
		}
	}
	return true;
}

/* The line with its keywords in full; what is no keyword stays as typed. */
static char *
verbatim(const struct sim *s, const struct thread *t)
{
	const struct cap *caps[LEX_WORDS_MAX * 4], *c;
	struct strbuf out;
	size_t n = 0;
	char *text;

	sb_init(&out);
	for (c = t->caps; c != NULL && n < ARRAY_LEN(caps); c = c->prev)
		caps[n++] = c;
	while (n-- > 0) {
		const struct node *node = caps[n]->node;
		const struct word *w = &s->ws->w[caps[n]->tok];
		const char *typed = s->ws->line + w->col;
		size_t length =
		    node->tree->lex.type != NULL && node->tree->lex.type->to_end
		    ? strlen(typed)
		    : w->end - w->col;

		if (node->type == NODE_MARK)
			continue;
		while (length > 0 && isspace((unsigned char)typed[length - 1]))
			length--;
		if (out.length > 0)
			sb_putc(&out, ' ');
		if (node->type == NODE_KEYWORD)
			sb_puts(&out, node->tree->text);
		else
			sb_write(&out, typed, length);
	}
	text = xstrdup(sb_text(&out));
	sb_free(&out);
	return text;
}

static unsigned
common_prefix(const char *a, const char *b)
{
	unsigned n = 0;

	while (a[n] != '\0' &&
	    tolower((unsigned char)a[n]) == tolower((unsigned char)b[n]))
		n++;
	return n;
}

/* The caret stands under the first character that no keyword shares. */
static unsigned
caret_column(const struct sim *s, const struct mode_rows *rows, bool negated,
    unsigned tok)
{
	const struct word *w = &s->ws->w[tok];
	unsigned best = 0;
	size_t i;

	for (i = 0; i < s->now.n; i++) {
		const struct node *n = s->now.v[i].node;

		if (n->type == NODE_KEYWORD)
			best = MAX(best, common_prefix(w->s, n->tree->text));
	}
	/* The first word: rows that never got a thread count as well. */
	for (i = 0; tok == (negated ? 1u : 0u) && i < rows->rows.n; i++) {
		const struct crow *c = rows->rows.v[i];
		const struct node *n = negated ? c->no_entry : c->entry;

		if (n != NULL && n->type == NODE_KEYWORD &&
		    !(c->row->flags & ROW_HIDDEN))
			best = MAX(best, common_prefix(w->s, n->tree->text));
	}
	if (tok == 0)
		best = MAX(best, common_prefix(w->s, "no"));
	return w->quoted ? w->col : MIN(w->col + best, w->end);
}

static const struct thread *
best_accepted(const struct sim *s)
{
	const struct thread *best = NULL;
	size_t i;

	for (i = 0; i < s->accepted.n; i++) {
		if (best == NULL || s->accepted.v[i].score > best->score)
			best = &s->accepted.v[i];
	}
	return best;
}

static void
finish(struct sim *s, const struct thread *t, struct gram_hit *hit)
{
	const struct node *n = t->node;
	unsigned tok = 0;
	const struct row *row;

	/* A to-the-end lexeme left its thread in front of ACCEPT. */
	while (n->type != NODE_ACCEPT)
		n = n->type == NODE_FORK ? n->forks.v[n->forks.n - 1] : n->next;
	row = n->crow->row;
	if (row->bind != NULL) {
		hit->args = xcalloc(1, row->bind->size);
		if (!bind_args(s, t, hit->args, &tok, &hit->err)) {
			gram_args_fini(row->bind, hit->args);
			free(hit->args);
			hit->args = NULL;
			hit->status = GRAM_INVALID;
			hit->tok = hit->depth = tok;
			hit->col = s->ws->w[tok].col;
			return;
		}
	}
	if (row->flags & ROW_VERBATIM)
		hit->text = verbatim(s, t);
	hit->status = GRAM_OK;
	hit->row = row;
	hit->exact = (t->score >> (3 * (20 - hit->negated)) & 7) == 7;
	hit->depth = s->ws->n;
}

void
gram_match_mode(const struct gram *g, const struct mode *mode,
    const struct words *ws, const struct tokenv *env, struct gram_hit *hit)
{
	const struct mode_rows *rows = gram_mode_rows(g, mode);
	const struct thread *best;
	struct sim s;
	unsigned tok;
	size_t i;

	memset(hit, 0, sizeof(*hit));
	hit->err.tok = -1;
	hit->found_in = mode;
	if (ws->n == 0) {
		hit->status = GRAM_EMPTY;
		return;
	}
	hit->negated = strcasecmp(ws->w[0].s, "no") == 0;
	hit->status = GRAM_INVALID;
	hit->col = ws->w[0].col;
	if (rows == NULL)
		return;
	tok = hit->negated ? 1 : 0;
	sim_init(&s, ws, env);
	sim_start(&s, rows, hit->negated, false);
	for (; tok < ws->n; tok++) {
		if (sim_step(&s, tok))
			continue;
		if (s.accepted.n > 0)
			break;
		hit->tok = hit->depth = tok;
		hit->status =
		    s.ambiguous == tok ? GRAM_AMBIGUOUS : GRAM_INVALID;
		hit->col = caret_column(&s, rows, hit->negated, tok);
		goto out;
	}
	if (tok == ws->n) {
		for (i = 0; i < s.now.n; i++) {
			if (s.now.v[i].node->type == NODE_ACCEPT)
				*VEC_PUSH(&s.accepted) = s.now.v[i];
		}
	}
	best = best_accepted(&s);
	if (best != NULL) {
		finish(&s, best, hit);
		goto out;
	}
	hit->depth = ws->n;
	hit->tok = ws->n - 1;
	hit->status = GRAM_INCOMPLETE;
	if (s.ambiguous == ws->n - 1)
		hit->status = GRAM_AMBIGUOUS;
out:
	sim_fini(&s);
}

bool
gram_knows_first(
    const struct gram *g, const struct mode *mode, const char *word)
{
	const struct mode_rows *rows = gram_mode_rows(g, mode);
	size_t i;

	for (i = 0; rows != NULL && i < rows->rows.n; i++) {
		const struct node *n = rows->rows.v[i]->entry;

		if (n != NULL && n->type == NODE_KEYWORD &&
		    strcasecmp(n->tree->text, word) == 0)
			return true;
	}
	return false;
}

void
gram_match(const struct gram *g, const struct mode *mode,
    const struct words *ws, const struct tokenv *env, struct gram_hit *hit)
{
	struct gram_hit next;
	bool have = false;

	for (; mode != NULL; mode = mode->parent) {
		bool better;

		gram_match_mode(g, mode, ws, env, &next);
		if (!have)
			better = true;
		else if (next.status == GRAM_OK)
			better = hit->status != GRAM_OK ||
			    (next.exact && !hit->exact);
		else if (hit->status == GRAM_OK)
			better = false;
		else
			better = next.depth > hit->depth ||
			    (next.depth == hit->depth &&
				next.status == GRAM_INVALID &&
				hit->status == GRAM_INVALID &&
				next.col > hit->col);
		if (better) {
			if (have)
				gram_hit_fini(hit);
			*hit = next;
			have = true;
		} else
			gram_hit_fini(&next);
		if (hit->status == GRAM_EMPTY ||
		    (hit->status == GRAM_OK && hit->exact))
			return;
	}
}

void
gram_hit_fini(struct gram_hit *hit)
{
	if (hit->args != NULL && hit->row != NULL)
		gram_args_fini(hit->row->bind, hit->args);
	free(hit->args);
	free(hit->text);
	hit->args = NULL;
	hit->text = NULL;
}

/* SPDX-License-Identifier: ISC
 *
 * Syntax strings to trees and NFAs. Runs once, at start; a faulty row is a
 * programmer's mistake and ends the program with its text.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glossary.h"
#include "gram_int.h"
#include "hash.h"

struct row_index {
	const struct row *row;
	struct crow *crow;
	UT_hash_handle hh;
};

struct parser {
	const struct gram *g;
	const char *whole; /* for messages */
	const char *s;
	const char *help; /* next help line, NULL: none wanted */
	bool glossary;    /* none given: the glossary's */
	const struct bind *bind;
	uint32_t base;
	unsigned n_sets;
};

static void
die(const struct parser *p, const char *what)
{
	fprintf(stderr, "asasim: row '%s': %s at '%s'\n", p->whole, what, p->s);
	abort();
}

static struct tree *
tree_new(enum tree_type type)
{
	struct tree *t = xcalloc(1, sizeof(*t));

	t->type = type;
	t->help = "";
	return t;
}

static void
tree_free(struct tree *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->kids.n; i++)
		tree_free(t->kids.v[i]);
	VEC_FREE(&t->kids);
	if (t->help[0] != '\0')
		free((void *)(uintptr_t)t->help);
	free(t->text);
	free(t);
}

static void
tree_add(struct tree *t, struct tree *kid)
{
	*VEC_PUSH(&t->kids) = kid;
}

/* The help line of the next word. */
static const char *
next_help(struct parser *p)
{
	const char *end, *start = p->help;

	if (start == NULL)
		return "";
	if (*start == '\0')
		die(p, "a help line is missing for the word before this");
	end = strchr(start, '\n');
	p->help = end != NULL ? end + 1 : start + strlen(start);
	if (end == start)
		return "";
	return xstrndup(
	    start, end != NULL ? (size_t)(end - start) : strlen(start));
}

static const struct field *
find_field(const struct parser *p, const char *name, size_t length)
{
	unsigned i;

	for (i = 0; p->bind != NULL && i < p->bind->n; i++) {
		const struct field *f = &p->bind->fields[i];

		if (strlen(f->name) == length &&
		    memcmp(f->name, name, length) == 0)
			return f;
	}
	return NULL;
}

/* Reads ":field" if it is there. */
static const struct field *
parse_field(struct parser *p)
{
	const struct field *f;
	size_t length = 0;

	if (*p->s != ':')
		return NULL;
	p->s++;
	while (isalnum((unsigned char)p->s[length]) || p->s[length] == '_')
		length++;
	f = find_field(p, p->s, length);
	if (f == NULL)
		die(p, "no such field");
	p->s += length;
	return f;
}

static void
bind_field(struct parser *p, struct tree *t, enum field_kind kind)
{
	const struct field *f = parse_field(p);

	if (f == NULL)
		return;
	if (f->kind != kind)
		die(p, "the field has another kind");
	t->bound = true;
	t->kind = kind;
	t->offset = p->base + f->offset;
}

static struct tree *parse_seq(struct parser *p);

/* Does the tree print something that tells presence by itself? */
static bool
says_presence(const struct tree *t)
{
	size_t i;

	switch (t->type) {
	case TREE_LEXEME:
		return t->bound && t->kind != F_U32;
	case TREE_CHOICE:
	case TREE_SET:
		if (t->bound)
			return true;
		break;
	case TREE_OPTION:
		if (t->bound)
			return true;
		break;
	default:
		break;
	}
	for (i = 0; i < t->kids.n; i++) {
		if (says_presence(t->kids.v[i]))
			return true;
	}
	return false;
}

static struct tree *
parse_option(struct parser *p)
{
	struct tree *t = tree_new(TREE_OPTION);

	p->s++;
	tree_add(t, parse_seq(p));
	if (*p->s != ']')
		die(p, "']' expected");
	p->s++;
	if (*p->s == '!') {
		t->always = true;
		p->s++;
	}
	bind_field(p, t, F_BOOL);
	if (!t->bound && !t->always && p->help != NULL &&
	    !says_presence(t->kids.v[0]))
		die(p, "the option before this has no presence bit");
	return t;
}

static struct tree *
parse_choice(struct parser *p, enum tree_type type, char close)
{
	struct tree *t = tree_new(type);

	do {
		p->s++;
		tree_add(t, parse_seq(p));
	} while (*p->s == '|');
	if (*p->s != close)
		die(p, "closing bracket expected");
	p->s++;
	if (type == TREE_SET) {
		if (*p->s == '+') {
			t->may_be_empty = true;
			p->s++;
		}
		if (t->kids.n > 32)
			die(p, "more than 32 branches");
		if (p->n_sets == GRAM_SETS_MAX)
			die(p, "too many { } groups");
		t->set_index = p->n_sets++;
	}
	bind_field(p, t, type == TREE_SET ? F_MASK : F_BRANCH);
	return t;
}

static struct tree *
parse_fragment(struct parser *p, const struct fragment *frag)
{
	struct parser sub = { .g = p->g,
		.whole = frag->syntax,
		.s = frag->syntax,
		.help = frag->help,
		.bind = frag->bind,
		.n_sets = p->n_sets };
	const struct field *f = parse_field(p);
	struct tree *t;

	if (frag->bind != NULL) {
		if (f == NULL || f->kind != F_SUB || f->sub != frag->bind)
			die(p, "the fragment needs a sub-struct field");
		sub.base = p->base + f->offset;
	}
	t = parse_seq(&sub);
	if (*sub.s != '\0')
		die(&sub, "unexpected character");
	p->n_sets = sub.n_sets;
	return t;
}

static struct tree *
parse_lexeme(struct parser *p)
{
	const char *name = p->s;
	size_t i, length = 0;
	struct tree *t;
	char *end;

	while (isupper((unsigned char)name[length]) ||
	    isdigit((unsigned char)name[length]))
		length++;
	p->s += length;
	for (i = 0; i < p->g->n_fragments; i++) {
		const struct fragment *frag = &p->g->fragments[i];

		if (strlen(frag->name) == length &&
		    memcmp(frag->name, name, length) == 0)
			return parse_fragment(p, frag);
	}
	t = tree_new(TREE_LEXEME);
	t->lex.type = toktype_find(name, length);
	if (t->lex.type == NULL)
		die(p, "no such lexeme type or fragment");
	t->lex.lo = t->lex.type->lo;
	t->lex.hi = t->lex.type->hi;
	if (*p->s == '<') {
		t->lex.hi = strtoull(p->s + 1, &end, 10);
		if (*end == '-') {
			t->lex.lo = t->lex.hi;
			t->lex.hi = strtoull(end + 1, &end, 10);
		}
		if (*end != '>')
			die(p, "'>' expected");
		p->s = end + 1;
	}
	bind_field(p, t, t->lex.type->kind);
	t->help = p->glossary ? xstrdup(glossary_lexeme(t->lex.type->name))
			      : next_help(p);
	return t;
}

static struct tree *
parse_keyword(struct parser *p)
{
	struct tree *t = tree_new(TREE_KEYWORD);
	size_t length;

	if (*p->s == '=') {
		t->whole = true;
		p->s++;
	}
	if (*p->s == '\'') {
		length = strcspn(++p->s, "'");
		t->text = xstrndup(p->s, length);
		p->s += length;
		if (*p->s++ != '\'')
			die(p, "quote not closed");
	} else {
		length = strcspn(p->s, " []<>{}|:");
		if (length == 0)
			die(p, "a word is expected");
		t->text = xstrndup(p->s, length);
		p->s += length;
	}
	t->help = p->glossary ? xstrdup(glossary_word(t->text)) : next_help(p);
	return t;
}

static struct tree *
parse_seq(struct parser *p)
{
	struct tree *t = tree_new(TREE_SEQ);

	for (;;) {
		while (*p->s == ' ')
			p->s++;
		if (*p->s == '\0' || strchr("]>}|", *p->s) != NULL)
			return t;
		if (*p->s == '[')
			tree_add(t, parse_option(p));
		else if (*p->s == '<')
			tree_add(t, parse_choice(p, TREE_CHOICE, '>'));
		else if (*p->s == '{')
			tree_add(t, parse_choice(p, TREE_SET, '}'));
		else if (*p->s == '~') {
			p->s++;
			tree_add(t, tree_new(TREE_BLANK));
		} else if (isupper((unsigned char)*p->s))
			tree_add(t, parse_lexeme(p));
		else
			tree_add(t, parse_keyword(p));
	}
}

/* ---- NFA ---- */

static struct node *
node_new(struct gram *g, enum node_type type, const struct tree *t,
    struct node *next)
{
	struct node *n = xcalloc(1, sizeof(*n));

	n->type = type;
	n->tree = t;
	n->next = next;
	*VEC_PUSH(&g->nodes) = n;
	return n;
}

static struct node *
build(struct gram *g, const struct tree *t, struct node *next)
{
	struct node *fork, *mark;
	size_t i;

	switch (t->type) {
	case TREE_KEYWORD:
		return node_new(g, NODE_KEYWORD, t, next);
	case TREE_LEXEME:
		return node_new(g, NODE_LEXEME, t, next);
	case TREE_BLANK:
		return next;
	case TREE_SEQ:
		for (i = t->kids.n; i-- > 0;)
			next = build(g, t->kids.v[i], next);
		return next;
	case TREE_OPTION:
		fork = node_new(g, NODE_FORK, t, NULL);
		mark = node_new(g, NODE_MARK, t, build(g, t->kids.v[0], next));
		*VEC_PUSH(&fork->forks) = mark;
		*VEC_PUSH(&fork->forks) = next;
		return fork;
	case TREE_CHOICE:
		fork = node_new(g, NODE_FORK, t, NULL);
		for (i = 0; i < t->kids.n; i++) {
			mark = node_new(
			    g, NODE_MARK, t, build(g, t->kids.v[i], next));
			mark->branch = (unsigned)i;
			*VEC_PUSH(&fork->forks) = mark;
		}
		return fork;
	case TREE_SET:
		fork = node_new(g, NODE_FORK, t, NULL);
		for (i = 0; i < t->kids.n; i++) {
			struct node *guard;

			mark = node_new(
			    g, NODE_MARK, t, build(g, t->kids.v[i], fork));
			mark->branch = (unsigned)i;
			guard = node_new(g, NODE_GUARD, t, mark);
			guard->branch = (unsigned)i;
			*VEC_PUSH(&fork->forks) = guard;
		}
		*VEC_PUSH(&fork->forks) = node_new(g, NODE_EXIT, t, next);
		return fork;
	}
	return NULL;
}

/* Words of a `no` syntax borrow the help of the same word in the syntax. */
static const char *
borrow_help(const struct tree *from, const struct tree *for_word)
{
	size_t i;

	if (from->type == for_word->type && from->help[0] != '\0' &&
	    (from->type == TREE_KEYWORD
		    ? strcmp(from->text, for_word->text) == 0
		    : from->lex.type == for_word->lex.type))
		return from->help;
	for (i = 0; i < from->kids.n; i++) {
		const char *help = borrow_help(from->kids.v[i], for_word);

		if (help != NULL)
			return help;
	}
	return NULL;
}

static void
fill_help(struct tree *t, const struct tree *from)
{
	size_t i;

	if (t->type == TREE_KEYWORD || t->type == TREE_LEXEME) {
		const char *help = borrow_help(from, t);

		if (help != NULL && t->help[0] == '\0')
			t->help = xstrdup(help);
	}
	for (i = 0; i < t->kids.n; i++)
		fill_help(t->kids.v[i], from);
}

static void
synopsis(const struct tree *t, struct strbuf *out)
{
	char hint[64];
	size_t i;

	if (out->length > 0 && sb_text(out)[out->length - 1] != ' ' &&
	    sb_text(out)[out->length - 1] != '[' && t->type != TREE_SEQ &&
	    t->type != TREE_BLANK && sb_text(out)[out->length - 1] != '{')
		sb_putc(out, ' ');
	switch (t->type) {
	case TREE_KEYWORD:
		sb_puts(out, t->text);
		break;
	case TREE_LEXEME:
		t->lex.type->hint(&t->lex, hint, sizeof(hint));
		sb_puts(out, hint);
		break;
	case TREE_SEQ:
		for (i = 0; i < t->kids.n; i++)
			synopsis(t->kids.v[i], out);
		break;
	case TREE_OPTION:
		sb_putc(out, '[');
		synopsis(t->kids.v[0], out);
		sb_putc(out, ']');
		break;
	case TREE_CHOICE:
	case TREE_SET:
		sb_putc(out, '{');
		for (i = 0; i < t->kids.n; i++) {
			if (i > 0)
				sb_puts(out, " | ");
			synopsis(t->kids.v[i], out);
		}
		sb_puts(out, t->type == TREE_SET ? "}..." : "}");
		break;
	case TREE_BLANK:
		break;
	}
}

static struct mode_rows *
mode_rows_for(struct gram *g, const struct mode *mode)
{
	struct mode_rows *mr;
	size_t i;

	for (i = 0; i < g->modes.n; i++) {
		if (g->modes.v[i].mode == mode)
			return &g->modes.v[i];
	}
	mr = VEC_PUSH(&g->modes);
	mr->mode = mode;
	return mr;
}

static struct tree *
compile_syntax(const struct gram *g, const struct row *row, const char *syntax,
    const char *help)
{
	struct parser p = { .g = g,
		.whole = syntax,
		.s = syntax,
		.help = help,
		.glossary = (row->flags & ROW_VERBATIM) != 0,
		.bind = row->bind };
	struct tree *t = parse_seq(&p);

	if (*p.s != '\0')
		die(&p, "unexpected character");
	if (p.help != NULL && *p.help != '\0')
		die(&p, "more help lines than words");
	return t;
}

static void
add_row(struct gram *g, const struct row *row)
{
	struct crow *c = xcalloc(1, sizeof(*c));
	struct row_index *ri = xcalloc(1, sizeof(*ri));
	struct node *accept = node_new(g, NODE_ACCEPT, NULL, NULL);
	struct strbuf text;

	accept->crow = c;
	c->row = row;
	c->tree = compile_syntax(g, row, row->syntax, row->help);
	if ((row->flags & ROW_ONLY_NO) == 0)
		c->entry = build(g, c->tree, accept);
	if ((row->flags & ROW_NO_NO) == 0) {
		const struct tree *t = c->tree;

		if (row->no_syntax != NULL && row->no_syntax[0] != '\0') {
			c->no_tree =
			    compile_syntax(g, row, row->no_syntax, NULL);
			fill_help(c->no_tree, c->tree);
			t = c->no_tree;
		}
		c->no_entry = build(g, t, accept);
	}
	sb_init(&text);
	synopsis(c->tree, &text);
	c->synopsis = xstrdup(sb_text(&text));
	sb_free(&text);
	*VEC_PUSH(&g->rows) = c;
	*VEC_PUSH(&mode_rows_for(g, row->mode)->rows) = c;
	ri->row = row;
	ri->crow = c;
	HASH_ADD_PTR(g->index, row, ri);
}

/* Modes that take the rows of another mode as well. */
static void
share_rows(struct gram *g)
{
	size_t i, j;

	for (i = 0; i < g->modes.n; i++) {
		const struct mode *from = g->modes.v[i].mode->same_as;

		for (j = 0; from != NULL && j < g->rows.n; j++) {
			if (g->rows.v[j]->row->mode == from)
				*VEC_PUSH(&g->modes.v[i].rows) = g->rows.v[j];
		}
	}
}

struct gram *
gram_new(const struct row_set *sets, size_t n_sets,
    const struct fragment *fragments, size_t n_fragments)
{
	struct gram *g = xcalloc(1, sizeof(*g));
	size_t i, j;

	g->fragments = fragments;
	g->n_fragments = n_fragments;
	for (i = 0; i < n_sets; i++) {
		for (j = 0; j < sets[i].n; j++)
			add_row(g, &sets[i].rows[j]);
	}
	share_rows(g);
	return g;
}

void
gram_free(struct gram *g)
{
	struct row_index *ri, *next;
	size_t i;

	if (g == NULL)
		return;
	HASH_ITER(hh, g->index, ri, next) {
		HASH_DEL(g->index, ri);
		free(ri);
	}
	for (i = 0; i < g->rows.n; i++) {
		tree_free(g->rows.v[i]->tree);
		tree_free(g->rows.v[i]->no_tree);
		free(g->rows.v[i]->synopsis);
		free(g->rows.v[i]);
	}
	for (i = 0; i < g->nodes.n; i++) {
		VEC_FREE(&g->nodes.v[i]->forks);
		free(g->nodes.v[i]);
	}
	for (i = 0; i < g->modes.n; i++)
		VEC_FREE(&g->modes.v[i].rows);
	VEC_FREE(&g->modes);
	VEC_FREE(&g->rows);
	VEC_FREE(&g->nodes);
	free(g);
}

const struct crow *
gram_find_row(const struct gram *g, const struct row *row)
{
	struct row_index *ri;

	HASH_FIND_PTR(g->index, &row, ri);
	return ri != NULL ? ri->crow : NULL;
}

const struct mode_rows *
gram_mode_rows(const struct gram *g, const struct mode *mode)
{
	size_t i;

	for (i = 0; i < g->modes.n; i++) {
		if (g->modes.v[i].mode == mode)
			return &g->modes.v[i];
	}
	return NULL;
}

void
gram_each_row(const struct gram *g,
    void (*fn)(void *arg, const struct row *row, const char *synopsis),
    void *arg)
{
	size_t i;

	for (i = 0; i < g->rows.n; i++)
		fn(arg, g->rows.v[i]->row, g->rows.v[i]->synopsis);
}

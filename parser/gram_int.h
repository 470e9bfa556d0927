/* SPDX-License-Identifier: ISC
 *
 * Inside of the grammar, shared by gram_*.c only.
 */
#ifndef ASASIM_GRAM_INT_H
#define ASASIM_GRAM_INT_H

#include "gram.h"
#include "toktype.h"

enum { GRAM_SETS_MAX = 3 }; /* { | } groups in one row */

/* The syntax as a tree: what printing walks. */
enum tree_type {
	TREE_KEYWORD,
	TREE_LEXEME,
	TREE_SEQ,
	TREE_OPTION,
	TREE_CHOICE,
	TREE_SET,
	TREE_BLANK,
};

struct tree {
	enum tree_type type;
	char *text;       /* keyword, in the case it is printed */
	const char *help; /* keyword, lexeme; "" if none */
	struct lexspec lex;
	bool bound;           /* has a field */
	enum field_kind kind; /* of the field */
	uint32_t offset;      /* of the field in the args struct */
	bool whole;           /* keyword: may not be abbreviated */
	bool always;          /* option: always printed */
	bool may_be_empty;    /* set */
	unsigned set_index;
	VEC(struct tree *) kids;
};

/* The same as an NFA: what matching and completion walk. */
enum node_type {
	NODE_KEYWORD,
	NODE_LEXEME,
	NODE_FORK,
	NODE_MARK,  /* store presence, a branch number or a bit */
	NODE_GUARD, /* enter a branch of a set, once */
	NODE_EXIT,  /* leave a set */
	NODE_ACCEPT,
};

struct crow;

struct node {
	enum node_type type;
	const struct tree *tree;
	unsigned branch; /* MARK, GUARD */
	struct node *next;
	VEC(struct node *) forks;
	const struct crow *crow; /* ACCEPT */
};

/* A compiled row. */
struct crow {
	const struct row *row;
	struct tree *tree, *no_tree; /* no_tree NULL: same as tree */
	struct node *entry, *no_entry;
	char *synopsis;
};

struct mode_rows {
	const struct mode *mode;
	VEC(struct crow *) rows;
};

struct gram {
	const struct fragment *fragments;
	size_t n_fragments;
	VEC(struct crow *) rows;
	VEC(struct mode_rows) modes;
	VEC(struct node *) nodes;
	struct row_index *index; /* hash: row -> crow */
};

const struct crow *gram_find_row(const struct gram *g, const struct row *row);
const struct mode_rows *gram_mode_rows(
    const struct gram *g, const struct mode *mode);

/* ---- matching, shared with completion ---- */

struct cap {
	const struct cap *prev;
	const struct node *node;
	unsigned tok;
};

struct thread {
	const struct node *node;
	const struct cap *caps;
	uint32_t used[GRAM_SETS_MAX];
	uint64_t score; /* how specific the words so far were taken */
};

struct sim {
	const struct words *ws;
	const struct tokenv *env;
	VEC(struct thread) now;
	VEC(struct thread) accepted; /* threads that took the whole line */
	void *arena;
	unsigned ambiguous; /* word that fitted several keywords, or ~0 */
};

void sim_init(struct sim *s, const struct words *ws, const struct tokenv *env);
void sim_fini(struct sim *s);
void sim_start(struct sim *s, const struct mode_rows *rows, bool negated,
    bool visible_only);
/* Takes word tok; false: no thread survived (s->now is left as it was). */
bool sim_step(struct sim *s, unsigned tok);

#endif

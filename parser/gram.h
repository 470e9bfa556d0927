/* SPDX-License-Identifier: ISC
 *
 * The grammar: each command is said once, as a row of data.
 *
 * A row's syntax string names its words. Out of it come parsing, abbreviation,
 * the error caret, `?` help, completion, the `no` form, the line of the running
 * config, and the manual. Rows are compiled once, by gram_new(): to a tree for
 * printing and to an NFA for everything else. A row that does not compile ends
 * the program at start, with the row's name: a programmer's mistake.
 *
 * The syntax language
 *	access-list     a keyword (lower case). 'RCPT' in quotes: with its case.
 *	=compiled       a keyword that stands where a name may stand as well:
 *	                it may not be abbreviated
 *	NAME:acl        a lexeme of a type (toktype.h), stored in field acl
 *	INT<0-255>:n    likewise, with a parameter
 *	[ ... ]         optional; [ ... ]:f stores presence in the bool field f
 *	[ ... ]!        optional on input, always printed
 *	< a | b >:k     one of; the branch's number (from 1) goes to field k
 *	{ a | b }:m     one or more of, any order, each once; a bit for each
 *	                branch (bit 0 is the first) goes to field m
 *	{ a | b }+:m    likewise, at least none: may be empty
 *	ADDR:src        a fragment: a named sub-syntax with fields of its own,
 *	                stored in the sub-struct src
 *	~               prints a trailing blank, as the device does
 *
 * Presence is a bit, never "non-zero": an optional group must either store a
 * presence bit or contain a field that says so itself (a string, an address, a
 * branch number); gram_new() refuses others.
 *
 * Example
 *	{ &mode_config, "access-group NAME:acl <in|out>:dir",
 *	  "Bind an access-list\n"    (one help line for each word,
 *	  "Access-list name\n"       in order of appearance)
 *	  ..., &bind_access_group, .apply = access_group_apply }
 */
#ifndef ASASIM_GRAM_H
#define ASASIM_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ip.h"
#include "lex.h"
#include "mode.h"
#include "util.h"

/* What a field of an args struct holds. */
enum field_kind {
	F_BOOL,   /* bool: presence of [ ... ]:f */
	F_BRANCH, /* uint8_t: < | >:k, 0 = absent */
	F_MASK,   /* uint32_t: { | }:m */
	F_U32,    /* uint32_t */
	F_STR,    /* char *, owned by the args, NULL = absent */
	F_IP,     /* struct ip_addr, af 0 = absent */
	F_PREFIX, /* struct ip_prefix, addr.af 0 = absent */
	F_IFPAIR, /* struct if_pair, real NULL = absent */
	F_SUB,    /* a struct of its own, for fragments */
};

struct ip_prefix {
	struct ip_addr addr;
	uint8_t length;
};

struct if_pair {
	char *real, *mapped;
};

struct bind;
struct field {
	const char *name;
	uint32_t offset;
	enum field_kind kind;
	const struct bind *sub; /* F_SUB */
};

struct bind {
	size_t size;
	const struct field *fields;
	unsigned n;
};

/* BIND(bind_x, struct x_args, FIELD(struct x_args, F_IP, dest), ...); */
#define FIELD(type, fkind, member)                                             \
	{                                                                      \
		.name = #member, .offset = offsetof(type, member),             \
		.kind = fkind,                                                 \
	}
#define FIELD_SUB(type, member, bind)                                          \
	{                                                                      \
		.name = #member, .offset = offsetof(type, member),             \
		.kind = F_SUB, .sub = bind,                                    \
	}
#define BIND(bind_name, type, ...)                                             \
	static const struct field bind_name##_fields[] = { __VA_ARGS__ };      \
	static const struct bind bind_name = { sizeof(type),                   \
		bind_name##_fields, ARRAY_LEN(bind_name##_fields) }

struct fragment {
	const char *name; /* "ADDR" */
	const char *syntax;
	const char *help;
	const struct bind *bind;
};

struct conf;
struct confctx;
struct row;

/* Applies a config row to the model. args was filled by the parser; whatever
 * the function wants to keep it takes over by clearing the pointer in args.
 * 0, or -1 with *e set and nothing changed. */
typedef int row_apply(struct conf *conf, struct confctx *ctx,
    const struct row *row, void *args, bool no, struct cerr *e);

/* Runs an EXEC row; session is the CLI's. */
typedef void row_exec(
    void *session, const struct row *row, void *args, bool no);

enum {
	ROW_HIDDEN = 1 << 0,  /* parses, but not in help or completion */
	ROW_NO_NO = 1 << 1,   /* has no `no` form */
	ROW_ONLY_NO = 1 << 2, /* has only a `no` form */
	ROW_STAY = 1 << 3,    /* found in a parent mode: do not climb first */
	ROW_KEPT = 1 << 4,    /* an ASA line that is kept, not simulated */
	/* Has no arguments: the handler gets the line as text, keywords in
	 * full. Its words take their help from glossary.h. */
	ROW_VERBATIM = 1 << 5,
};

struct row {
	const struct mode *mode;
	const char *syntax;
	const char *help;
	const struct bind *bind;   /* NULL: no arguments */
	row_apply *apply;          /* config rows */
	row_exec *exec;            /* EXEC rows */
	const struct mode *enters; /* sub-mode entered after success */
	/* `no` form where it differs; "" = same words. Words that are not in
	 * the syntax get no help of their own. */
	const char *no_syntax;
	unsigned flags;
	const void *data; /* whatever apply/exec wants to tell rows apart */
};

struct row_set {
	const struct row *rows;
	size_t n;
};

/* What parsing and printing of a word may depend on. Members may be NULL. */
struct tokenv {
	const void *arg;
	/* A name of `name A.B.C.D NAME`. */
	bool (*name_to_ip)(
	    const void *arg, const char *name, struct ip_addr *a);
	/* The name to print for an address, or NULL. */
	const char *(*ip_to_name)(const void *arg, const struct ip_addr *a);
};

struct gram;

struct gram *gram_new(const struct row_set *sets, size_t n_sets,
    const struct fragment *fragments, size_t n_fragments);
void gram_free(struct gram *g);

enum gram_status {
	GRAM_OK,
	GRAM_EMPTY,      /* comment or blank line */
	GRAM_INCOMPLETE, /* more words are needed */
	GRAM_AMBIGUOUS,  /* word tok fits several keywords */
	GRAM_INVALID,    /* word tok fits nothing; caret under col */
};

struct gram_hit {
	enum gram_status status;
	const struct row *row;       /* GRAM_OK */
	const struct mode *found_in; /* mode whose row matched */
	void *args; /* GRAM_OK: bind->size bytes, NULL without bind */
	char *text; /* GRAM_OK of a ROW_VERBATIM, without a leading `no` */
	bool negated;
	unsigned tok;    /* offending word, 0-based */
	unsigned col;    /* column of the caret, from the line's start */
	unsigned depth;  /* words understood, for choosing among modes */
	bool exact;      /* the first word is a keyword typed in full */
	struct cerr err; /* a lexeme's own complaint, text "" if none */
};

/* Matches a line against the rows of mode, then of its ancestors. The best
 * answer wins: a full match (nearest mode first, but a mode that knows the
 * first word in full beats one that only knows it as an abbreviation), else
 * the failure that got furthest. Free with gram_hit_fini(). */
void gram_match(const struct gram *g, const struct mode *mode,
    const struct words *ws, const struct tokenv *env, struct gram_hit *hit);
/* The same, for the rows of this one mode. */
void gram_match_mode(const struct gram *g, const struct mode *mode,
    const struct words *ws, const struct tokenv *env, struct gram_hit *hit);
void gram_hit_fini(struct gram_hit *hit);
/* Does a row of this mode begin with exactly this keyword? */
bool gram_knows_first(
    const struct gram *g, const struct mode *mode, const char *word);

/* Frees what an args struct owns (not the struct). */
void gram_args_fini(const struct bind *bind, void *args);
/* Deep copy / compare of args structs of the same bind. */
void gram_args_copy(const struct bind *bind, void *dst, const void *src);
bool gram_args_equal(const struct bind *bind, const void *a, const void *b);

/* Appends the command line of a row with these arguments, without indent and
 * without line end. negated prints the `no` form's own syntax if the row has
 * one. */
void gram_print(const struct gram *g, const struct row *row, const void *args,
    bool negated, const struct tokenv *env, struct strbuf *out);

/* Help and completion: what can stand at a position. */
struct gram_choice {
	const char *word; /* "access-list", "WORD", "<0-255>", "<cr>" */
	const char *help; /* "" if none */
	bool keyword;     /* can be completed to */
};

struct gram_choices {
	VEC(struct gram_choice) list; /* sorted, no duplicates */
};

/* The choices of one mode for the word after the first `complete` words; if
 * partial is not NULL only those that can begin with it. */
void gram_choices(const struct gram *g, const struct mode *mode,
    const struct words *ws, unsigned complete, const char *partial,
    const struct tokenv *env, struct gram_choices *out);
void gram_choices_fini(struct gram_choices *c);

/* Calls fn for each row with its syntax printed for people:
 * "access-group WORD {in | out} interface WORD". */
void gram_each_row(const struct gram *g,
    void (*fn)(void *arg, const struct row *row, const char *synopsis),
    void *arg);

#endif

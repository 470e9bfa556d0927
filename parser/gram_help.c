/* SPDX-License-Identifier: ISC
 *
 * What can stand next: `?` and TAB, out of the same NFA that parses.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gram_int.h"
#include "names.h"

static void
add_choice(
    struct gram_choices *out, const char *word, const char *help, bool keyword)
{
	struct gram_choice *c;
	size_t i;

	for (i = 0; i < out->list.n; i++) {
		if (strcmp(out->list.v[i].word, word) == 0)
			return;
	}
	c = VEC_PUSH(&out->list);
	c->word = xstrdup(word);
	c->help = xstrdup(help);
	c->keyword = keyword;
}

static bool
begins(const char *word, const char *partial)
{
	return partial == NULL ||
	    strncasecmp(word, partial, strlen(partial)) == 0;
}

/* Lexemes whose values have names show the names too. */
static void
add_names(struct gram_choices *out, const char *type, const char *partial)
{
	const char *name;
	unsigned i;

	if (strcmp(type, "PORT") == 0) {
		for (i = 0; (name = port_name_at(i, IPPROTO_TCP)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
		for (i = 0; (name = port_name_at(i, IPPROTO_UDP)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
	} else if (strcmp(type, "PROTO") == 0) {
		for (i = 0; (name = protocol_name_at(i)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
	} else if (strcmp(type, "ICMPTYPE") == 0) {
		for (i = 0; (name = icmp_type_name_at(i)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
	} else if (strcmp(type, "DSCP") == 0) {
		for (i = 0; (name = dscp_name_at(i)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
	} else if (strcmp(type, "PRECEDENCE") == 0) {
		for (i = 0; (name = precedence_name_at(i)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, "", true);
	} else if (strcmp(type, "SEVERITY") == 0) {
		/* clang-format off */
		static const char *const help[] = {
			"System is unusable                (severity=0)",
			"Immediate action needed           (severity=1)",
			"Critical conditions               (severity=2)",
			"Error conditions                  (severity=3)",
			"Warning conditions                (severity=4)",
			"Normal but significant conditions (severity=5)",
			"Informational messages            (severity=6)",
			"Debugging messages                (severity=7)",
		};
		/* clang-format on */
		for (i = 0; (name = severity_to_name(i)) != NULL; i++)
			if (begins(name, partial))
				add_choice(out, name, help[i], true);
	}
}

static void
add_node(struct gram_choices *out, const struct node *n, const char *partial,
    const struct tokenv *env)
{
	char hint[64];

	if (n->type == NODE_ACCEPT) {
		if (partial == NULL)
			add_choice(out, "<cr>", "", false);
	} else if (n->type == NODE_KEYWORD) {
		if (begins(n->tree->text, partial))
			add_choice(out, n->tree->text, n->tree->help, true);
	} else {
		const struct toktype *type = n->tree->lex.type;
		struct word w = { .s = partial };

		add_names(out, type->name, partial);
		if (partial != NULL && !type->check(&n->tree->lex, &w, env))
			return;
		type->hint(&n->tree->lex, hint, sizeof(hint));
		add_choice(out, hint, n->tree->help, false);
	}
}

static int
by_word(const void *a, const void *b)
{
	const struct gram_choice *x = a, *y = b;
	bool cr_x = strcmp(x->word, "<cr>") == 0;
	bool cr_y = strcmp(y->word, "<cr>") == 0;

	if (cr_x != cr_y)
		return cr_x ? 1 : -1;
	return strcmp(x->word, y->word);
}

static bool
has_negatable(const struct mode_rows *rows)
{
	size_t i;

	for (i = 0; i < rows->rows.n; i++) {
		if (rows->rows.v[i]->no_entry != NULL &&
		    rows->rows.v[i]->row->apply != NULL)
			return true;
	}
	return false;
}

void
gram_choices(const struct gram *g, const struct mode *mode,
    const struct words *ws, unsigned complete, const char *partial,
    const struct tokenv *env, struct gram_choices *out)
{
	const struct mode_rows *rows = gram_mode_rows(g, mode);
	bool negated = complete > 0 && strcasecmp(ws->w[0].s, "no") == 0;
	struct sim s;
	unsigned tok;
	size_t i;

	memset(out, 0, sizeof(*out));
	if (rows == NULL)
		return;
	sim_init(&s, ws, env);
	sim_start(&s, rows, negated, true);
	for (tok = negated ? 1 : 0; tok < complete; tok++) {
		if (!sim_step(&s, tok))
			goto out;
	}
	for (i = 0; i < s.now.n; i++)
		add_node(out, s.now.v[i].node, partial, env);
	if (complete == 0 && begins("no", partial) && has_negatable(rows))
		add_choice(
		    out, "no", "Negate a command or set its defaults", true);
	if (out->list.n > 0)
		qsort(out->list.v, out->list.n, sizeof(*out->list.v), by_word);
out:
	sim_fini(&s);
}

void
gram_choices_fini(struct gram_choices *c)
{
	size_t i;

	for (i = 0; i < c->list.n; i++) {
		free((void *)(uintptr_t)c->list.v[i].word);
		free((void *)(uintptr_t)c->list.v[i].help);
	}
	VEC_FREE(&c->list);
}

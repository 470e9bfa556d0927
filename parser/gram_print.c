/* SPDX-License-Identifier: ISC
 *
 * From an args struct back to the line, and copies of args structs.
 */
#include <stdlib.h>
#include <string.h>

#include "gram_int.h"

static const void *
field_of(const struct tree *t, const void *args)
{
	return (const char *)args + t->offset;
}

static bool
field_present(enum field_kind kind, const void *field)
{
	switch (kind) {
	case F_BOOL:
		return *(const bool *)field;
	case F_BRANCH:
		return *(const uint8_t *)field != 0;
	case F_MASK:
		return *(const uint32_t *)field != 0;
	case F_STR:
		return *(char *const *)field != NULL;
	case F_IP:
		return ((const struct ip_addr *)field)->af != 0;
	case F_PREFIX:
		return ((const struct ip_prefix *)field)->addr.af != 0;
	case F_IFPAIR:
		return ((const struct if_pair *)field)->real != NULL;
	case F_U32:
	case F_SUB:
		break;
	}
	return false;
}

/* Do the fields say that this part of the syntax was typed? */
static bool
present(const struct tree *t, const void *args)
{
	size_t i;

	if (t->bound && args != NULL)
		return field_present(t->kind, field_of(t, args));
	for (i = 0; i < t->kids.n; i++) {
		if (present(t->kids.v[i], args))
			return true;
	}
	return false;
}

struct printer {
	struct tokctx ctx;
	struct strbuf *out;
	bool first;
};

static void
separate(struct printer *p)
{
	if (!p->first)
		sb_putc(p->out, ' ');
	p->first = false;
}

static void
print_tree(const struct tree *t, const void *args, struct printer *p)
{
	unsigned k = 0;
	size_t i;

	switch (t->type) {
	case TREE_KEYWORD:
		separate(p);
		sb_puts(p->out, t->text);
		if (strcmp(t->text, "tcp") == 0)
			p->ctx.proto = IPPROTO_TCP;
		else if (strcmp(t->text, "udp") == 0)
			p->ctx.proto = IPPROTO_UDP;
		else if (strcmp(t->text, "tcp-udp") == 0)
			p->ctx.proto = 0;
		break;
	case TREE_LEXEME:
		if (!t->bound || (t->kind != F_U32 && !present(t, args)))
			break;
		separate(p);
		t->lex.type->print(&t->lex, field_of(t, args), &p->ctx, p->out);
		break;
	case TREE_SEQ:
		for (i = 0; i < t->kids.n; i++)
			print_tree(t->kids.v[i], args, p);
		break;
	case TREE_OPTION:
		if (t->always || present(t, args))
			print_tree(t->kids.v[0], args, p);
		break;
	case TREE_CHOICE:
		if (t->bound) {
			k = *(const uint8_t *)field_of(t, args);
			if (k == 0 || k > t->kids.n)
				break;
			k--;
		} else {
			while (k < t->kids.n && !present(t->kids.v[k], args))
				k++;
			if (k == t->kids.n)
				k = 0;
		}
		print_tree(t->kids.v[k], args, p);
		break;
	case TREE_SET:
		for (i = 0; i < t->kids.n; i++) {
			if (t->bound
				? *(const uint32_t *)field_of(t, args) >> i & 1
				: present(t->kids.v[i], args))
				print_tree(t->kids.v[i], args, p);
		}
		break;
	case TREE_BLANK:
		sb_putc(p->out, ' ');
		break;
	}
}

void
gram_print(const struct gram *g, const struct row *row, const void *args,
    bool negated, const struct tokenv *env, struct strbuf *out)
{
	const struct crow *c = gram_find_row(g, row);
	struct printer p = { .ctx = { .env = env }, .out = out, .first = true };

	if (negated) {
		separate(&p);
		sb_puts(out, "no");
	}
	print_tree(
	    negated && c->no_tree != NULL ? c->no_tree : c->tree, args, &p);
}

void
gram_args_fini(const struct bind *bind, void *args)
{
	unsigned i;

	for (i = 0; bind != NULL && i < bind->n; i++) {
		void *field = (char *)args + bind->fields[i].offset;

		if (bind->fields[i].kind == F_STR) {
			free(*(char **)field);
			*(char **)field = NULL;
		} else if (bind->fields[i].kind == F_IFPAIR) {
			struct if_pair *pair = field;

			free(pair->real);
			free(pair->mapped);
			pair->real = pair->mapped = NULL;
		} else if (bind->fields[i].kind == F_SUB)
			gram_args_fini(bind->fields[i].sub, field);
	}
}

void
gram_args_copy(const struct bind *bind, void *dst, const void *src)
{
	unsigned i;

	memcpy(dst, src, bind->size);
	for (i = 0; i < bind->n; i++) {
		void *to = (char *)dst + bind->fields[i].offset;
		const void *from = (const char *)src + bind->fields[i].offset;

		if (bind->fields[i].kind == F_STR) {
			*(char **)to = NULL;
			str_set(to, *(char *const *)from);
		} else if (bind->fields[i].kind == F_IFPAIR) {
			const struct if_pair *pair = from;
			struct if_pair *copy = to;

			copy->real = copy->mapped = NULL;
			str_set(&copy->real, pair->real);
			str_set(&copy->mapped, pair->mapped);
		} else if (bind->fields[i].kind == F_SUB)
			gram_args_copy(bind->fields[i].sub, to, from);
	}
}

static bool
str_equal(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool
gram_args_equal(const struct bind *bind, const void *a, const void *b)
{
	unsigned i;

	for (i = 0; bind != NULL && i < bind->n; i++) {
		const struct field *f = &bind->fields[i];
		const void *x = (const char *)a + f->offset;
		const void *y = (const char *)b + f->offset;
		const struct if_pair *p = x, *q = y;
		const struct ip_prefix *m = x, *n = y;
		bool same = false;

		switch (f->kind) {
		case F_STR:
			same = str_equal(*(char *const *)x, *(char *const *)y);
			break;
		case F_IP:
			same = ip_eq(x, y);
			break;
		case F_PREFIX:
			same =
			    ip_eq(&m->addr, &n->addr) && m->length == n->length;
			break;
		case F_IFPAIR:
			same = str_equal(p->real, q->real) &&
			    str_equal(p->mapped, q->mapped);
			break;
		case F_SUB:
			same = gram_args_equal(f->sub, x, y);
			break;
		case F_BOOL:
			same = *(const bool *)x == *(const bool *)y;
			break;
		case F_BRANCH:
			same = *(const uint8_t *)x == *(const uint8_t *)y;
			break;
		case F_MASK:
		case F_U32:
			same = *(const uint32_t *)x == *(const uint32_t *)y;
			break;
		}
		if (!same)
			return false;
	}
	return true;
}

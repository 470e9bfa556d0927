/* SPDX-License-Identifier: ISC
 *
 * The grammar engine on a small grammar of its own, and every row of the real
 * one: it compiles, each word has a help text, what it prints it reads again,
 * and no other row of its mode takes the same line.
 */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "gram_int.h"

/* ---- a small grammar ---- */

struct args {
	char *name;
	uint32_t n, mask;
	uint8_t k;
	bool b;
	struct ip_addr ip;
};

BIND(bind_args_, struct args, FIELD(struct args, F_STR, name),
    FIELD(struct args, F_U32, n), FIELD(struct args, F_MASK, mask),
    FIELD(struct args, F_BRANCH, k), FIELD(struct args, F_BOOL, b),
    FIELD(struct args, F_IP, ip));

static int
nothing(struct conf *c UNUSED, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args UNUSED, bool no UNUSED,
    struct cerr *e UNUSED)
{
	return 0;
}

static const struct mode top = { "configure", "config", NULL, NULL };
static const struct mode sub = { "sub", "config-sub", &top, NULL };

/* clang-format off */
static const struct row small[] = {
	{ &top, "show version", "Show\n" "Version\n", .apply = nothing },
	{ &top, "show vlan", "Show\n" "VLAN\n", .apply = nothing },
	{ &top, "set INT<1-10>:n [<fast|slow>:k] [now]:b",
	  "Set\n" "Number\n" "Fast\n" "Slow\n" "Now\n", &bind_args_,
	  .apply = nothing },
	{ &top, "pick {a|b|c}:mask", "Pick\n" "A\n" "B\n" "C\n", &bind_args_,
	  .apply = nothing },
	{ &top, "host IP:ip", "Host\n" "Address\n", &bind_args_,
	  .apply = nothing, .no_syntax = "host [IP:ip]" },
	{ &top, "call <=home|NAME:name> [loud]:b", "Call\n" "Home\n" "Name\n"
	  "Loud\n", &bind_args_, .apply = nothing },
	{ &top, "text LINE:name", "Text\n" "Words\n", &bind_args_,
	  .apply = nothing },
	{ &sub, "setting NAME:name", "Setting\n" "Name\n", &bind_args_,
	  .apply = nothing },
	{ &sub, "bare ~", "Trailing blank\n", .apply = nothing },
};
/* clang-format on */

static struct gram *
small_gram(void)
{
	struct row_set set = { small, ARRAY_LEN(small) };

	return gram_new(&set, 1, NULL, 0);
}

struct match_case {
	const struct mode *mode;
	const char *line;
	enum gram_status status;
	unsigned col;
	const char *printed; /* GRAM_OK */
};

/* clang-format off */
static const struct match_case matches[] = {
	{ &top, "show version", GRAM_OK, 0, "show version" },
	{ &top, "sh ver", GRAM_OK, 0, "show version" },
	{ &top, "SHOW VERSION", GRAM_OK, 0, "show version" },
	{ &top, "show v", GRAM_AMBIGUOUS, 5, NULL },
	{ &top, "s", GRAM_AMBIGUOUS, 0, NULL },
	{ &top, "show", GRAM_INCOMPLETE, 0, NULL },
	{ &top, "show conduit", GRAM_INVALID, 5, NULL },
	{ &top, "show vex", GRAM_INVALID, 7, NULL },
	{ &top, "show version now", GRAM_INVALID, 13, NULL },
	{ &top, "frob", GRAM_INVALID, 0, NULL },
	{ &top, "", GRAM_EMPTY, 0, NULL },
	{ &top, "! show", GRAM_EMPTY, 0, NULL },
	{ &top, "set 5", GRAM_OK, 0, "set 5" },
	{ &top, "set 11", GRAM_INVALID, 4, NULL },
	{ &top, "set 0x0a slow now", GRAM_OK, 0, "set 10 slow now" },
	{ &top, "set 5 now", GRAM_OK, 0, "set 5 now" },
	{ &top, "pick c a", GRAM_OK, 0, "pick a c" },
	{ &top, "pick", GRAM_INCOMPLETE, 0, NULL },
	{ &top, "pick a a", GRAM_INVALID, 7, NULL },
	{ &top, "no host 1.2.3.4", GRAM_OK, 0, "no host 1.2.3.4" },
	{ &top, "no host", GRAM_OK, 0, "no host" },
	{ &top, "host", GRAM_INCOMPLETE, 0, NULL },
	{ &top, "host 1.2.3", GRAM_INVALID, 5, NULL },
	{ &top, "call home", GRAM_OK, 0, "call home" },
	{ &top, "call ho l", GRAM_OK, 0, "call ho loud" },
	{ &top, "text  two   words ", GRAM_OK, 0, "text two   words" },
	{ &sub, "set 5", GRAM_OK, 0, "set 5" },
	{ &sub, "setting \"a b\"", GRAM_OK, 0, "setting \"a b\"" },
	{ &sub, "sett x", GRAM_OK, 0, "setting x" },
	{ &sub, "bare", GRAM_OK, 0, "bare " },
};
/* clang-format on */

static void
matching(void)
{
	struct gram *g = small_gram();
	size_t i;

	for (i = 0; i < ARRAY_LEN(matches); i++) {
		const struct match_case *m = &matches[i];
		struct gram_hit hit;
		struct words ws;
		struct strbuf out;

		lex_line(&ws, m->line);
		gram_match(g, m->mode, &ws, NULL, &hit);
		if (hit.status != m->status ||
		    (m->status == GRAM_INVALID && hit.col != m->col))
			printf("\n'%s': status %d col %u\n", m->line,
			    (int)hit.status, hit.col);
		CU_ASSERT_EQUAL(hit.status, m->status);
		if (m->status == GRAM_INVALID)
			CU_ASSERT_EQUAL(hit.col, m->col);
		if (hit.status == GRAM_OK && m->printed != NULL) {
			sb_init(&out);
			gram_print(
			    g, hit.row, hit.args, hit.negated, NULL, &out);
			CU_ASSERT_STRING_EQUAL(sb_text(&out), m->printed);
			sb_free(&out);
		}
		gram_hit_fini(&hit);
		lex_free(&ws);
	}
	gram_free(g);
}

static char *
choices_text(const struct gram *g, const struct mode *mode, const char *line,
    const char *partial)
{
	struct gram_choices choices;
	struct strbuf out;
	struct words ws;
	char *text;
	size_t i;

	lex_line(&ws, line);
	gram_choices(g, mode, &ws, ws.n, partial, NULL, &choices);
	sb_init(&out);
	for (i = 0; i < choices.list.n; i++)
		sb_printf(&out, "%s%s", i ? " " : "", choices.list.v[i].word);
	text = xstrdup(sb_text(&out));
	sb_free(&out);
	gram_choices_fini(&choices);
	lex_free(&ws);
	return text;
}

struct choice_case {
	const char *line, *partial, *words;
};

static const struct choice_case choice_cases[] = {
	{ "", NULL, "call host no pick set show text" },
	{ "", "s", "set show" },
	{ "show", NULL, "version vlan" },
	{ "show", "ve", "version" },
	{ "show version", NULL, "<cr>" },
	{ "set", NULL, "<1-10>" },
	{ "set 3", NULL, "fast now slow <cr>" },
	{ "pick a", NULL, "b c <cr>" },
	{ "no host", NULL, "Hostname or A.B.C.D <cr>" },
	{ "frob", NULL, "" },
};

static void
choosing(void)
{
	struct gram *g = small_gram();
	size_t i;

	for (i = 0; i < ARRAY_LEN(choice_cases); i++) {
		char *text = choices_text(
		    g, &top, choice_cases[i].line, choice_cases[i].partial);

		if (strcmp(text, choice_cases[i].words) != 0)
			printf("\n'%s': %s\n", choice_cases[i].line, text);
		CU_ASSERT_STRING_EQUAL(text, choice_cases[i].words);
		free(text);
	}
	gram_free(g);
}

/* ---- the real grammar ---- */

static struct gram *real;

static bool
has_help(const struct tree *t)
{
	size_t i;

	if (t->type == TREE_KEYWORD && t->help[0] == '\0')
		return false;
	for (i = 0; i < t->kids.n; i++) {
		if (!has_help(t->kids.v[i]))
			return false;
	}
	return true;
}

static void
helps(void)
{
	size_t i;

	CU_ASSERT(real->rows.n > 150);
	for (i = 0; i < real->rows.n; i++) {
		const struct crow *c = real->rows.v[i];

		if (c->row->flags & ROW_HIDDEN)
			continue;
		if (!has_help(c->tree)) {
			printf("\nno help: %s\n", c->row->syntax);
			CU_FAIL("a word has no help text");
		}
	}
}

static unsigned seed = 1;

static unsigned
rnd(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return seed / 65536 % n;
}

static void
random_ip(struct strbuf *out)
{
	sb_printf(
	    out, "%u.%u.%u.%u", 1 + rnd(222), rnd(256), rnd(256), rnd(256));
}

static void
random_ip6(struct strbuf *out)
{
	sb_printf(out, "2001:db8:%x::%x", rnd(65536), 1 + rnd(65535));
}

/* A word that is no keyword and no number. */
static void
random_name(struct strbuf *out, uint64_t max)
{
	unsigned i, n = rnd(6);

	sb_puts(out, "Zq");
	for (i = 0; i < n && i + 3 < max; i++)
		sb_putc(out, "abcXYZ019_-."[rnd(12)]);
}

static void
random_lexeme(const struct lexspec *lex, struct strbuf *out)
{
	static const char *const hw[] = { "GigabitEthernet0/0", "e1", "Vlan10",
		"g0/1.20", "Management0/0", "po3" };
	static const char *const types_[] = { "gi", "Ethernet", "fa" };
	/* Names that tcp and udp have both. */
	static const char *const ports[] = { "domain", "0", "65535", "echo",
		"8080", "sunrpc" };
	const char *type = lex->type->name;

	if (strcmp(type, "INT") == 0)
		sb_printf(out, "%llu",
		    (unsigned long long)(lex->lo +
			rnd(30000) % (lex->hi - lex->lo + 1)));
	else if (strcmp(type, "NAME") == 0 || strcmp(type, "IFNAME") == 0)
		random_name(out, lex->hi);
	else if (strcmp(type, "WORD") == 0)
		random_name(out, 20);
	else if (strcmp(type, "LINE") == 0)
		sb_puts(out, "Zq some  \"words\" (x y)!");
	else if (strcmp(type, "IP") == 0)
		random_ip(out);
	else if (strcmp(type, "IP6") == 0)
		random_ip6(out);
	else if (strcmp(type, "IPANY") == 0)
		(rnd(2) ? random_ip : random_ip6)(out);
	else if (strcmp(type, "MASK") == 0 || strcmp(type, "NETMASK") == 0)
		sb_puts(out, rnd(2) ? "255.255.254.0" : "255.255.255.255");
	else if (strcmp(type, "PREFIX6") == 0) {
		random_ip6(out);
		sb_printf(out, "/%u", rnd(129));
	} else if (strcmp(type, "PORT") == 0)
		sb_puts(out, ports[rnd(ARRAY_LEN(ports))]);
	else if (strcmp(type, "PROTO") == 0)
		sb_puts(out, rnd(2) ? "gre" : "200");
	else if (strcmp(type, "ICMPTYPE") == 0 ||
	    strcmp(type, "ICMP6TYPE") == 0)
		sb_puts(out, rnd(2) ? "echo-reply" : "77");
	else if (strcmp(type, "IFPAIR") == 0)
		sb_puts(out, "(inside,outside)");
	else if (strcmp(type, "IFPAREN") == 0)
		sb_puts(out, "(inside)");
	else if (strcmp(type, "HMS") == 0)
		sb_printf(out, "%u:%02u:%02u", rnd(1000), rnd(60), rnd(60));
	else if (strcmp(type, "HWIF") == 0)
		sb_puts(out, hw[rnd(ARRAY_LEN(hw))]);
	else if (strcmp(type, "HWTYPE") == 0)
		sb_puts(out, types_[rnd(ARRAY_LEN(types_))]);
	else if (strcmp(type, "HWNUM") == 0)
		sb_puts(out, rnd(2) ? "0/1" : "7.12");
	else if (strcmp(type, "SECURITY") == 0)
		sb_printf(out, "security%u", rnd(101));
	else if (strcmp(type, "DSCP") == 0)
		sb_puts(out, rnd(2) ? "ef" : "63");
	else if (strcmp(type, "PRECEDENCE") == 0)
		sb_puts(out, rnd(2) ? "flash" : "7");
	else if (strcmp(type, "SEVERITY") == 0)
		sb_puts(out, rnd(2) ? "errors" : "7");
	else if (strcmp(type, "MSGIDS") == 0)
		sb_puts(out, rnd(2) ? "106023" : "106001-106023");
	else if (strcmp(type, "LOGPORT") == 0)
		sb_puts(out, rnd(2) ? "udp/1514" : "6/1470");
	else {
		printf("\nunknown lexeme %s\n", type);
		CU_FAIL("a lexeme type has no generator here");
	}
}

/* True when a to-the-end lexeme was written: nothing may follow. */
static bool
random_line(const struct tree *t, struct strbuf *out)
{
	unsigned order[32], n = 0;
	size_t i, j;

	switch (t->type) {
	case TREE_KEYWORD:
		if (out->length > 0)
			sb_putc(out, ' ');
		sb_puts(out, t->text);
		return false;
	case TREE_LEXEME:
		if (out->length > 0)
			sb_putc(out, ' ');
		random_lexeme(&t->lex, out);
		return t->lex.type->to_end;
	case TREE_SEQ:
		for (i = 0; i < t->kids.n; i++) {
			if (random_line(t->kids.v[i], out))
				return true;
		}
		return false;
	case TREE_OPTION:
		return rnd(2) ? random_line(t->kids.v[0], out) : false;
	case TREE_CHOICE:
		return random_line(t->kids.v[rnd((unsigned)t->kids.n)], out);
	case TREE_SET:
		for (i = 0; i < t->kids.n; i++) {
			if (rnd(3) == 0)
				order[n++] = (unsigned)i;
		}
		if (n == 0 && !t->may_be_empty)
			order[n++] = rnd((unsigned)t->kids.n);
		for (i = 0; i < n; i++) {
			unsigned swap = order[i];

			j = rnd(n);
			order[i] = order[j];
			order[j] = swap;
		}
		for (i = 0; i < n; i++)
			random_line(t->kids.v[order[i]], out);
		return false;
	case TREE_BLANK:
		break;
	}
	return false;
}

/* Do the threads that took the whole line belong to one row? */
static unsigned
rows_that_accept(const struct mode *mode, const struct words *ws, bool no)
{
	const struct mode_rows *rows = gram_mode_rows(real, mode);
	const struct crow *found = NULL;
	unsigned tok, n = 0;
	struct sim s;
	size_t i;

	sim_init(&s, ws, NULL);
	sim_start(&s, rows, no, false);
	for (tok = no; tok < ws->n && sim_step(&s, tok); tok++)
		;
	if (tok == ws->n) {
		for (i = 0; i < s.now.n; i++) {
			if (s.now.v[i].node->type == NODE_ACCEPT)
				*VEC_PUSH(&s.accepted) = s.now.v[i];
		}
	}
	for (i = 0; i < s.accepted.n; i++) {
		const struct node *node = s.accepted.v[i].node;

		while (node->type != NODE_ACCEPT)
			node = node->type == NODE_FORK
			    ? node->forks.v[node->forks.n - 1]
			    : node->next;
		n += node->crow != found;
		found = node->crow;
	}
	sim_fini(&s);
	return n;
}

static void
check_line(const struct crow *c, const char *line, bool no)
{
	const struct row *row = c->row;
	struct gram_hit first, second;
	struct strbuf out;
	struct words ws;

	memset(&second, 0, sizeof(second));
	sb_init(&out);
	lex_line(&ws, line);
	gram_match_mode(real, row->mode, &ws, NULL, &first);
	if (first.status != GRAM_OK || first.row != row ||
	    rows_that_accept(row->mode, &ws, no) != 1)
		printf("\n'%s' of '%s': status %d, col %u, row '%s', %u rows\n",
		    line, row->syntax, (int)first.status, first.col,
		    first.row ? first.row->syntax : "",
		    rows_that_accept(row->mode, &ws, no));
	CU_ASSERT_EQUAL(first.status, GRAM_OK);
	CU_ASSERT_PTR_EQUAL(first.row, row);
	CU_ASSERT_EQUAL(rows_that_accept(row->mode, &ws, no), 1);
	lex_free(&ws);
	if (first.status == GRAM_OK) {
		if (row->flags & ROW_VERBATIM)
			sb_printf(&out, "%s%s", no ? "no " : "", first.text);
		else
			gram_print(real, row, first.args, no, NULL, &out);
		lex_line(&ws, sb_text(&out));
		gram_match_mode(real, row->mode, &ws, NULL, &second);
		lex_free(&ws);
		if (second.status != GRAM_OK || second.row != row ||
		    (row->bind != NULL &&
			!gram_args_equal(row->bind, first.args, second.args)))
			printf("\n'%s' printed as '%s' is not the same\n", line,
			    sb_text(&out));
		CU_ASSERT_EQUAL(second.status, GRAM_OK);
		CU_ASSERT_PTR_EQUAL(second.row, row);
		if (first.text != NULL && second.text != NULL)
			CU_ASSERT_STRING_EQUAL(first.text, second.text);
		if (row->bind != NULL && second.status == GRAM_OK)
			CU_ASSERT_TRUE(gram_args_equal(
			    row->bind, first.args, second.args));
	}
	sb_free(&out);
	gram_hit_fini(&first);
	gram_hit_fini(&second);
}

static void
prints_what_it_reads(void)
{
	struct strbuf line;
	size_t i;
	unsigned k;

	sb_init(&line);
	for (i = 0; i < real->rows.n; i++) {
		const struct crow *c = real->rows.v[i];

		for (k = 0; k < 40; k++) {
			bool no = k % 4 == 3;

			if ((no ? c->no_entry : c->entry) == NULL)
				continue;
			sb_reset(&line);
			if (no)
				sb_puts(&line, "no");
			random_line(
			    no && c->no_tree ? c->no_tree : c->tree, &line);
			check_line(c, sb_text(&line), no);
		}
	}
	sb_free(&line);
}

static void
synopses(void)
{
	size_t i;

	for (i = 0; i < real->rows.n; i++)
		CU_ASSERT(strlen(real->rows.v[i]->synopsis) > 0);
}

static void
count_row(void *arg, const struct row *row UNUSED, const char *synopsis UNUSED)
{
	++*(size_t *)arg;
}

static void
each_row(void)
{
	size_t n = 0;

	gram_each_row(real, count_row, &n);
	CU_ASSERT_EQUAL(n, real->rows.n);
}

int
main(void)
{
	const struct row_set *sets;
	const struct fragment *fragments;
	size_t n_sets, n_fragments;
	CU_pSuite suite;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	sets = conf_row_sets(&n_sets);
	fragments = conf_fragments(&n_fragments);
	real = gram_new(sets, n_sets, fragments, n_fragments);
	suite = CU_add_suite("gram", NULL, NULL);
	CU_add_test(suite, "matching and carets", matching);
	CU_add_test(suite, "choices", choosing);
	CU_add_test(suite, "every word has help", helps);
	CU_add_test(
	    suite, "every row reads what it prints", prints_what_it_reads);
	CU_add_test(suite, "synopses", synopses);
	CU_add_test(suite, "each row", each_row);
	CU_basic_run_tests();
	gram_free(real);
	return CU_get_number_of_failures() != 0;
}

/* SPDX-License-Identifier: ISC */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

const struct mode mode_filter = { "exec", "", NULL, NULL };

static const struct row_set *const own_sets[] = { &rows_mode, &rows_terminal,
	&rows_file, &rows_clear, &rows_sim, &rows_show_run, &rows_show_mpf,
	&rows_show_acl, &rows_show_conn, &rows_show_iface, &rows_show_misc,
	&rows_show_log, &rows_test, &rows_filter };

struct rows {
	VEC(struct row_set) sets;
	VEC(char *) strings;
	struct row *sections; /* show running-config SECTION */
	struct row *user;     /* user EXEC's copies */
};

static char *
keep(struct rows *r, char *s)
{
	*VEC_PUSH(&r->strings) = s;
	return s;
}

/* Help of "show running-config [all] WORDS [LINE]": a line for each word; the
 * section's own help stands at its last word. */
static char *
section_help(const char *name, const char *help)
{
	struct strbuf sb;
	const char *s;
	char *text;

	sb_init(&sb);
	sb_puts(&sb,
	    "Show running system information\n"
	    "Current operating configuration\n"
	    "Current operating configuration, defaults included\n");
	for (s = strchr(name, ' '); s != NULL; s = strchr(s + 1, ' '))
		sb_putc(&sb, '\n');
	sb_printf(&sb, "%s\nPart of it\n", help != NULL ? help : "");
	text = xstrdup(sb_text(&sb));
	sb_free(&sb);
	return text;
}

static void
add_sections(struct rows *r)
{
	struct row_set *set;
	const char *name, *help;
	unsigned i, n = 0;

	while (conf_section_name(n, &help) != NULL)
		n++;
	if (n == 0)
		return;
	r->sections = xcalloc(n, sizeof(*r->sections));
	for (i = 0; i < n; i++) {
		struct row *row = &r->sections[i];

		name = conf_section_name(i, &help);
		*row = show_run_section_row;
		row->syntax = keep(r,
		    xasprintf(
			"show running-config [all]:all %s [LINE:rest]", name));
		row->help = keep(r, section_help(name, help));
		row->data = name;
	}
	set = VEC_PUSH(&r->sets);
	set->rows = r->sections;
	set->n = n;
}

static void
add_user_rows(struct rows *r)
{
	struct row_set *set;
	size_t i, j, n = 0;

	for (i = 0; i < ARRAY_LEN(own_sets); i++) {
		for (j = 0; j < own_sets[i]->n; j++)
			n += (own_sets[i]->rows[j].flags & ROW_USER) != 0;
	}
	r->user = xcalloc(n, sizeof(*r->user));
	n = 0;
	for (i = 0; i < ARRAY_LEN(own_sets); i++) {
		for (j = 0; j < own_sets[i]->n; j++) {
			const struct row *row = &own_sets[i]->rows[j];

			if ((row->flags & ROW_USER) == 0)
				continue;
			r->user[n] = *row;
			r->user[n++].mode = &mode_user;
		}
	}
	set = VEC_PUSH(&r->sets);
	set->rows = r->user;
	set->n = n;
}

struct rows *
rows_new(void)
{
	struct rows *r = xcalloc(1, sizeof(*r));
	const struct row_set *conf_sets;
	size_t i, n;

	conf_sets = conf_row_sets(&n);
	for (i = 0; i < n; i++)
		*VEC_PUSH(&r->sets) = conf_sets[i];
	for (i = 0; i < ARRAY_LEN(own_sets); i++)
		*VEC_PUSH(&r->sets) = *own_sets[i];
	add_sections(r);
	add_user_rows(r);
	return r;
}

void
rows_free(struct rows *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->strings.n; i++)
		free(r->strings.v[i]);
	VEC_FREE(&r->strings);
	VEC_FREE(&r->sets);
	free(r->sections);
	free(r->user);
	free(r);
}

struct gram *
rows_gram(const struct rows *r)
{
	const struct fragment *fragments;
	size_t n;

	fragments = conf_fragments(&n);
	return gram_new(r->sets.v, r->sets.n, fragments, n);
}

/* SPDX-License-Identifier: ISC */
#include "manrows.h"

#include <stdlib.h>
#include <string.h>

#include "rows.h"

struct entry {
	const struct mode *mode;
	bool kept;
	char *text;
};

struct walk {
	VEC(struct entry) list;
};

/* Roff would take these for its own: a backslash anywhere, a dot or a quote
 * at the start of a line (lines here start with a macro). */
static void
put_escaped(FILE *fp, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			fputs("\\e", fp);
		else if (*s == '"')
			fputs("\\(dq", fp);
		else if (*s == '-')
			fputs("\\-", fp);
		else
			fputc(*s, fp);
	}
}

static void
collect(void *arg, const struct row *row, const char *synopsis)
{
	struct walk *w = arg;
	struct entry *e;
	const char *no = "";

	if (row->flags & ROW_HIDDEN)
		return;
	if (row->apply != NULL && (row->flags & ROW_ONLY_NO))
		no = "no ";
	else if (row->apply != NULL && !(row->flags & ROW_NO_NO))
		no = "[no] ";
	e = VEC_PUSH(&w->list);
	e->mode = row->mode;
	e->kept = (row->flags & ROW_KEPT) != 0;
	e->text = xasprintf("%s%s", no, synopsis);
}

/* By mode in order of appearance (stable), then by text without "[no] ". */
static int
by_text(const void *a, const void *b)
{
	const char *x = ((const struct entry *)a)->text;
	const char *y = ((const struct entry *)b)->text;

	x += strncmp(x, "[no] ", 5) == 0 ? 5 : 0;
	y += strncmp(y, "[no] ", 5) == 0 ? 5 : 0;
	return strcmp(x, y);
}

static void
mode_title(FILE *fp, const struct mode *mode)
{
	if (mode == &mode_user)
		fputs(".Ss User EXEC\n", fp);
	else if (mode == &mode_exec)
		fputs(".Ss Privileged EXEC\n", fp);
	else if (mode == &mode_filter)
		fputs(".Ss Behind a vertical bar\n", fp);
	else if (mode == &mode_config)
		fputs(".Ss Global configuration\n", fp);
	else
		fprintf(fp, ".Ss %s (%s)\n", mode->label, mode->prompt);
}

static void
print_list(FILE *fp, const struct walk *w, const struct mode *mode, bool kept)
{
	const char *last = "";
	size_t i;

	fputs(".Bl -item -compact\n", fp);
	for (i = 0; i < w->list.n; i++) {
		if (w->list.v[i].mode != mode || w->list.v[i].kept != kept ||
		    strcmp(last, w->list.v[i].text) == 0)
			continue;
		last = w->list.v[i].text;
		fputs(".It\n.Li \"", fp);
		put_escaped(fp, last);
		fputs("\"\n", fp);
	}
	fputs(".El\n", fp);
}

static bool
has_rows(const struct walk *w, const struct mode *mode, bool kept)
{
	size_t i;

	for (i = 0; i < w->list.n; i++) {
		if (w->list.v[i].mode == mode && w->list.v[i].kept == kept)
			return true;
	}
	return false;
}

static void
print_mode(FILE *fp, const struct walk *w, const struct mode *mode)
{
	mode_title(fp, mode);
	if (has_rows(w, mode, false))
		print_list(fp, w, mode, false);
	if (has_rows(w, mode, true)) {
		/* No paragraph begins right under a heading. */
		if (has_rows(w, mode, false))
			fputs(".Pp\n", fp);
		fputs("Kept, not simulated:\n.Pp\n", fp);
		print_list(fp, w, mode, true);
	}
}

void
manrows(const struct gram *g, FILE *fp)
{
	VEC(const struct mode *) modes;
	struct walk w;
	size_t i, j;

	memset(&modes, 0, sizeof(modes));
	memset(&w, 0, sizeof(w));
	gram_each_row(g, collect, &w);
	for (i = 0; i < w.list.n; i++) {
		for (j = 0; j < modes.n && modes.v[j] != w.list.v[i].mode; j++)
			;
		if (j == modes.n)
			*VEC_PUSH(&modes) = w.list.v[i].mode;
	}
	if (w.list.n > 0)
		qsort(w.list.v, w.list.n, sizeof(*w.list.v), by_text);
	for (i = 0; i < modes.n; i++)
		print_mode(fp, &w, modes.v[i]);
	for (i = 0; i < w.list.n; i++)
		free(w.list.v[i].text);
	VEC_FREE(&w.list);
	VEC_FREE(&modes);
}

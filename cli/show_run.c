/* SPDX-License-Identifier: ISC
 *
 * show running-config: the whole, or one section.
 */
#include <stdlib.h>
#include <string.h>

#include "session.h"

BIND(bind_run, struct show_run_args, FIELD(struct show_run_args, F_BOOL, all),
    FIELD(struct show_run_args, F_STR, rest));

static void
print_line(void *arg, const char *line)
{
	struct out *o = arg;

	if (out_stopped(o))
		return;
	out_puts(o, line);
	out_puts(o, "\n");
}

static void
init_emitter(
    struct session *s, const struct show_run_args *a, struct emitter *em)
{
	memset(em, 0, sizeof(*em));
	em->gram = s->device->gram;
	em->env = conf_tokenv(s->device->conf);
	em->line = print_line;
	em->arg = &s->out;
	em->all = a->all;
}

static void
show_run(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	struct emitter em;

	init_emitter(s, args, &em);
	conf_emit(s->device->conf, &em);
}

static void
show_run_section(
    void *session, const struct row *row, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct show_run_args *a = args;
	const char *words[LEX_WORDS_MAX];
	struct emitter em;
	struct words ws;
	unsigned i, tail = 0;
	char *line;

	line = xasprintf(
	    "%s %s", (const char *)row->data, a->rest != NULL ? a->rest : "");
	lex_line(&ws, line);
	for (i = 0; i < ws.n; i++)
		words[i] = ws.w[i].s;
	init_emitter(s, a, &em);
	if (!conf_emit_section(s->device->conf, &em, words, ws.n)) {
		lex_free(&ws);
		lex_line(&ws, a->rest != NULL ? a->rest : "");
		tail = ws.n;
		session_invalid(s, s->ws->n - MAX(tail, 1u));
	}
	lex_free(&ws);
	free(line);
}

/* What rows.c fills in for each section. */
const struct row show_run_section_row = { &mode_exec, NULL, NULL, &bind_run,
	.exec = show_run_section, .flags = ROW_NO_NO | ROW_PAGED };

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "show running-config [all]:all",
	  "Show running system information\n"
	  "Current operating configuration\n"
	  "Current operating configuration, defaults included\n",
	  &bind_run, .exec = show_run, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_run = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * Moving between the EXEC modes, leaving, help; what stands behind a `|`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session.h"

/* ---- enable, disable, configure, exit ---- */

/* A password is checked where it can be: the factory's is empty, one stored in
 * clear can be compared, and a hash lets everybody in. */
static bool
password_fits(const struct conf_sys *sys, const char *answer)
{
	const char *stored = sys->enable_password;
	struct words ws;
	bool fits;

	if (stored == NULL || strncmp(stored, "8Ry2YjIyt7RRXU24", 16) == 0)
		return answer[0] == '\0';
	lex_line(&ws, stored);
	fits = ws.n != 1 || strcmp(ws.w[0].s, answer) == 0;
	lex_free(&ws);
	return fits;
}

static void
exec_enable(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	char answer[128];
	unsigned tries;

	if (s->mode == &mode_exec)
		return;
	for (tries = 0; tries < 3; tries++) {
		if (!session_ask(
			s, "Password: ", ASK_PASSWORD, answer, sizeof(answer)))
			return;
		if (!session_interactive(s) ||
		    password_fits(&s->device->conf->sys, answer)) {
			s->mode = &mode_exec;
			return;
		}
		out_puts(&s->out, "Invalid password\n");
	}
	out_puts(&s->out, "Access denied.\n");
	s->failed = true;
}

static void
exec_disable(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	session_leave_config(s);
	s->mode = &mode_user;
}

static void
exec_configure(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	confctx_init(&s->ctx);
	s->ctx.removals = s->device->conf->removals;
	s->configuring = true;
}

static void
exec_exit(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	if (session_interactive(s))
		out_puts(&s->out, "\nLogoff\n\n");
	s->over = true;
}

/* ---- help ---- */

struct help_args {
	char *topic;
};
BIND(bind_help, struct help_args, FIELD(struct help_args, F_STR, topic));

struct help_walk {
	struct session *s;
	const char *topic;
	bool found;
};

static bool
reachable(const struct session *s, const struct mode *mode)
{
	const struct mode *m;

	for (m = session_mode(s); m != NULL; m = m->parent) {
		if (m == mode)
			return true;
	}
	return false;
}

static void
help_row(void *arg, const struct row *row, const char *synopsis)
{
	struct help_walk *w = arg;
	size_t n = strlen(w->topic);

	if ((row->flags & ROW_HIDDEN) || !reachable(w->s, row->mode) ||
	    (row->mode == &mode_user && w->s->mode != &mode_user) ||
	    strncasecmp(synopsis, w->topic, n) != 0)
		return;
	if (!w->found)
		out_puts(&w->s->out, "\nUSAGE:\n\n");
	w->found = true;
	if (row->apply != NULL && (row->flags & ROW_ONLY_NO))
		out_printf(&w->s->out, "        no %s\n", synopsis);
	else
		out_printf(&w->s->out, "        %s%s\n",
		    row->apply != NULL && !(row->flags & ROW_NO_NO) ? "[no] "
								    : "",
		    synopsis);
}

static void
exec_help(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct help_args *a = args;
	struct help_walk w = { s, a->topic, false };

	if (a->topic == NULL) {
		out_puts(&s->out,
		    "\nHelp may be asked for at any point of a line:\n"
		    "  ?             the words that can stand next\n"
		    "  abc?          the words that begin with abc\n"
		    "  abc<TAB>      completes abc if one word only fits\n"
		    "  help WORDS    the syntax of the commands that begin so\n"
		    "\n");
		return;
	}
	gram_each_row(s->device->gram, help_row, &w);
	if (w.found)
		out_puts(&s->out, "\n");
	else
		session_error(s, "%% Unrecognized command");
}

/* clang-format off */
static const struct row mode_rows[] = {
	{ &mode_exec, "enable",
	  "Turn on privileged commands\n",
	  .exec = exec_enable, .flags = ROW_NO_NO | ROW_USER },
	{ &mode_exec, "disable",
	  "Exit from privileged mode\n",
	  .exec = exec_disable, .flags = ROW_NO_NO },
	{ &mode_exec, "configure terminal",
	  "Configure using various methods\n"
	  "Configure from the terminal\n",
	  .exec = exec_configure, .flags = ROW_NO_NO },
	{ &mode_exec, "exit",
	  "Exit from the EXEC\n",
	  .exec = exec_exit, .flags = ROW_NO_NO | ROW_USER },
	{ &mode_exec, "quit",
	  "Exit from the EXEC\n",
	  .exec = exec_exit, .flags = ROW_NO_NO | ROW_USER },
	{ &mode_exec, "logout",
	  "Logoff from the current session\n",
	  .exec = exec_exit, .flags = ROW_NO_NO | ROW_USER },
	{ &mode_exec, "help [LINE:topic]",
	  "Interactive help for commands\n"
	  "Words that the commands begin with\n",
	  &bind_help, .exec = exec_help, .flags = ROW_NO_NO | ROW_USER },
};
/* clang-format on */
const struct row_set rows_mode = { mode_rows, ARRAY_LEN(mode_rows) };

/* ---- behind a `|` ---- */

BIND(bind_filter, struct filter_args, FIELD(struct filter_args, F_BOOL, invert),
    FIELD(struct filter_args, F_STR, pattern));

static const enum filter_kind kind_begin = FILTER_BEGIN;
static const enum filter_kind kind_count = FILTER_COUNT;
static const enum filter_kind kind_exclude = FILTER_EXCLUDE;
static const enum filter_kind kind_include = FILTER_INCLUDE;

/* clang-format off */
static const struct row filter_rows[] = {
	{ &mode_filter, "begin LINE:pattern",
	  "Begin with the line that matches\n"
	  "Regular expression\n",
	  &bind_filter, .data = &kind_begin, .flags = ROW_NO_NO },
	{ &mode_filter, "count [LINE:pattern]",
	  "Count the lines that match\n"
	  "Regular expression\n",
	  &bind_filter, .data = &kind_count, .flags = ROW_NO_NO },
	{ &mode_filter, "exclude LINE:pattern",
	  "Exclude lines that match\n"
	  "Regular expression\n",
	  &bind_filter, .data = &kind_exclude, .flags = ROW_NO_NO },
	{ &mode_filter, "grep [-v]:invert LINE:pattern",
	  "Include or exclude lines that match\n"
	  "Exclude lines that match\n"
	  "Regular expression\n",
	  &bind_filter, .data = &kind_include, .flags = ROW_NO_NO },
	{ &mode_filter, "include LINE:pattern",
	  "Include lines that match\n"
	  "Regular expression\n",
	  &bind_filter, .data = &kind_include, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set rows_filter = { filter_rows, ARRAY_LEN(filter_rows) };

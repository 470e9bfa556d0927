/* SPDX-License-Identifier: ISC
 *
 * Settings of the session's terminal. (`terminal width` is configuration.)
 */
#include "session.h"

struct pager_args {
	bool word;
	uint32_t lines;
};
BIND(bind_pager, struct pager_args, FIELD(struct pager_args, F_BOOL, word),
    FIELD(struct pager_args, F_U32, lines));

static void
exec_pager(void *session, const struct row *row UNUSED, void *args, bool no)
{
	struct session *s = session;
	const struct pager_args *a = args;

	s->pager = no ? 0 : (int)a->lines;
}

static void
exec_monitor(void *session, const struct row *row, void *args UNUSED, bool no)
{
	struct session *s = session;

	s->monitor = row->data == NULL && !no;
}

static void
show_terminal(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	unsigned width = session_width(s);

	out_printf(&s->out, "\nWidth = %u, %smonitor\nterminal interactive\n",
	    width != 0 ? width : 511, s->monitor ? "" : "no ");
}

static void
show_pager(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	unsigned lines = s->pager >= 0 ? (unsigned)s->pager
				       : s->device->conf->sys.pager_lines;

	if (lines == 0)
		out_puts(&s->out, "no pager\n");
	else
		out_printf(&s->out, "pager lines %u\n", lines);
}

static void
show_history(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	size_t i;

	for (i = 0; i < s->history.n; i++)
		out_printf(&s->out, "  %s\n", s->history.v[i]);
}

static void
show_curpriv(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	bool privileged = s->mode == &mode_exec;

	out_printf(&s->out,
	    "Username : enable_%s\n"
	    "Current privilege level : %s\n"
	    "Current Mode/s : %s%s\n",
	    privileged ? "15" : "1", privileged ? "15" : "1",
	    privileged ? "P_PRIV" : "P_UNPR", s->configuring ? " P_CONF" : "");
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "terminal pager [lines]:word INT<0-2147483647>:lines",
	  "Set terminal line parameters\n"
	  "Control page length for pagination\n"
	  "Number of lines on a page\n"
	  "Lines on a page, 0 means no paging\n",
	  &bind_pager, .exec = exec_pager, .no_syntax = "terminal pager" },
	{ &mode_exec, "terminal monitor",
	  "Set terminal line parameters\n"
	  "Display syslog messages on this terminal\n",
	  .exec = exec_monitor },
	{ &mode_exec, "terminal no monitor",
	  "Set terminal line parameters\n"
	  "Turn an option off\n"
	  "Display syslog messages on this terminal\n",
	  .exec = exec_monitor, .data = "off",
	  .flags = ROW_NO_NO | ROW_HIDDEN },
	{ &mode_exec, "show terminal",
	  "Show running system information\n"
	  "Terminal settings of this session\n",
	  .exec = show_terminal, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show pager",
	  "Show running system information\n"
	  "Page length of this session\n",
	  .exec = show_pager, .flags = ROW_NO_NO | ROW_PAGED | ROW_USER },
	{ &mode_exec, "show history",
	  "Show running system information\n"
	  "Commands of this session\n",
	  .exec = show_history, .flags = ROW_NO_NO | ROW_PAGED | ROW_USER },
	{ &mode_exec, "show curpriv",
	  "Show running system information\n"
	  "Current privilege level\n",
	  .exec = show_curpriv, .flags = ROW_NO_NO | ROW_PAGED | ROW_USER },
};
/* clang-format on */
const struct row_set rows_terminal = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * show logging.
 */
#include <inttypes.h>

#include "names.h"
#include "session.h"

static const char *
on_off(bool on)
{
	return on ? "enabled" : "disabled";
}

static void
show_logging(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf_sys *sys = &s->device->conf->sys;
	const struct logbuf *log = &s->device->log;
	bool nine = conf_profile(s->device->conf) == PROFILE_ASA_9_X;
	struct out *o = &s->out;
	size_t i;

	out_printf(o,
	    "Syslog logging: %s\n"
	    "    Facility: 20\n"
	    "    Timestamp logging: %s\n"
	    "%s"
	    "    Standby logging: disabled\n"
	    "    Debug-trace logging: disabled\n"
	    "    Console logging: disabled\n"
	    "    Monitor logging: disabled\n",
	    on_off(sys->logging_enable), on_off(sys->logging_timestamp),
	    nine ? "    Hide Username logging: disabled\n" : "");
	if (sys->logging_buffered >= 0)
		out_printf(o,
		    "    Buffer logging: level %s, %" PRIu64
		    " messages logged\n",
		    severity_to_name((unsigned)sys->logging_buffered),
		    log->logged);
	else
		out_puts(o, "    Buffer logging: disabled\n");
	out_puts(o,
	    "    Trap logging: disabled\n"
	    "    Permit-hostdown logging: disabled\n"
	    "    History logging: disabled\n"
	    "    Device ID: disabled\n"
	    "    Mail logging: disabled\n"
	    "    ASDM logging: disabled\n");
	for (i = 0; i < log->lines.n && !out_stopped(o); i++)
		out_printf(o, "%s\n", log->lines.v[i]);
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_exec, "show logging",
	  "Show running system information\n"
	  "Logging settings and the log buffer\n",
	  .exec = show_logging, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_log = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * simulator: what a device does not have.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "session.h"

/* ---- simulator replay ---- */

struct replay_args {
	char *file, *point, *output;
};
BIND(bind_replay, struct replay_args, FIELD(struct replay_args, F_STR, file),
    FIELD(struct replay_args, F_STR, point),
    FIELD(struct replay_args, F_STR, output));

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void
print_figures(struct session *s, const struct replay_result *r)
{
	out_printf(&s->out,
	    "%" PRIu64 " packet%s, %" PRIu64 " forwarded, %" PRIu64 " dropped",
	    r->packets, plural(r->packets), r->forwarded, r->dropped);
	if (r->held_at_end > 0)
		out_printf(
		    &s->out, ", %" PRIu64 " held at the end", r->held_at_end);
	if (r->made > 0)
		out_printf(
		    &s->out, ", %" PRIu64 " made by the firewall", r->made);
	out_puts(&s->out, "\n");
}

/* A path, or NULL after a complaint. The standard streams are the session's
 * own. */
static char *
replay_path(struct session *s, const char *name)
{
	char *path = NULL;

	if (strcmp(name, "-") != 0)
		path = files_path(s->device->state_dir, name);
	if (path == NULL)
		session_error(s, "%% Error opening %s (No such file)", name);
	return path;
}

static void
exec_replay(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct replay_args *a = args;
	struct device *d = s->device;
	char *path = replay_path(s, a->file), *output = NULL;
	const char *files[1];
	struct replay_request req = {
		.files = files, .n_files = 1, .capture_point = a->point
	};
	int rc;

	if (path == NULL)
		return;
	if (a->output != NULL) {
		output = replay_path(s, a->output);
		if (output == NULL)
			goto out;
	}
	files[0] = path;
	req.output = output;
	rc = device_replay(d, &req, session_say, s);
	if (rc < 0)
		session_error(s, "%% %s", d->replay.error);
	if (rc == 0 || d->replay.packets > 0) {
		out_printf(&s->out, "%s: ", a->file);
		print_figures(s, &d->replay);
	}
out:
	free(path);
	free(output);
}

/* ---- simulator show replay ---- */

static void
show_replay(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct device *d = s->device;
	const struct replay_result *r = &d->replay;
	char stamp[64];

	if (d->replay_files == NULL) {
		out_puts(&s->out, "No capture has been replayed\n");
		return;
	}
	out_printf(&s->out, "Capture: %s\n", d->replay_files);
	if (r->packets > 0) {
		out_printf(&s->out, "  first packet %s\n",
		    clock_stamp(r->first_ts, stamp, sizeof(stamp)));
		out_printf(&s->out, "  last packet %s\n",
		    clock_stamp(r->last_ts, stamp, sizeof(stamp)));
	}
	out_puts(&s->out, "  ");
	print_figures(s, r);
	out_printf(&s->out,
	    "  %" PRIu64 " cut by the snap length, %" PRIu64
	    " bytes missing, %" PRIu64 " without a route\n",
	    r->truncated, r->gap_bytes, r->unrouted);
	if (r->error[0] != '\0')
		out_printf(&s->out, "  stopped: %s\n", r->error);
}

/* ---- simulator show import ---- */

struct import {
	struct session *s;
	uint64_t kept, affecting;
};

static void
show_kept(void *arg, const char *line, bool affects, const char *why)
{
	struct import *im = arg;

	im->kept++;
	im->affecting += affects;
	out_printf(&im->s->out, "%s\n  kept, not simulated; %s%s%s\n", line,
	    affects ? "may change verdicts" : "does not change verdicts",
	    why != NULL && why[0] != '\0' ? ": " : "", why != NULL ? why : "");
}

static void
show_import(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	struct import im = { s, 0, 0 };

	conf_each_kept(s->device->conf, show_kept, &im);
	out_printf(&s->out,
	    "%" PRIu64 " line%s kept, not simulated; %" PRIu64
	    " may change verdicts\n",
	    im.kept, plural(im.kept), im.affecting);
}

/* clang-format off */
#define SIM_HELP "Commands that only the simulator has\n"
static const struct row rows[] = {
	{ &mode_exec,
	  "simulator replay WORD:file [capture-point NAME:point]"
	  " [output WORD:output]",
	  SIM_HELP
	  "Replay a capture through the firewall\n"
	  "Capture file, pcap or pcapng\n"
	  "Where the capture was taken\n"
	  "Name of the interface\n"
	  "Write the packets that leave the firewall\n"
	  "File to write\n",
	  &bind_replay, .exec = exec_replay, .flags = ROW_NO_NO },
	{ &mode_exec, "simulator show import",
	  SIM_HELP
	  "Show what only the simulator knows\n"
	  "Lines that are kept, not simulated\n",
	  .exec = show_import, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "simulator show replay",
	  SIM_HELP
	  "Show what only the simulator knows\n"
	  "Figures of the last replay\n",
	  .exec = show_replay, .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_sim = { rows, ARRAY_LEN(rows) };

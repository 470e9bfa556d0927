/* SPDX-License-Identifier: ISC
 *
 * Saving, copying, showing files, reloading.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "session.h"

static void
file_error(struct session *s, const char *doing, const char *name, int rc)
{
	session_error(s, "%% Error %s %s (%s)", doing, name,
	    rc == 0 ? "No such device" : strerror(-rc));
}

/* ---- saving ---- */

static double
elapsed(const struct session *s, const struct timespec *since)
{
	struct timespec now;

	if (s->device->fixed_clock != 0)
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - since->tv_sec) +
	    (double)(now.tv_nsec - since->tv_nsec) / 1e9;
}

/* "Cryptochecksum: ... " and "N bytes copied". */
static void
save(struct session *s, const char *path, const char *name)
{
	char sum[33];
	struct timespec start;
	size_t bytes;
	int rc;

	clock_gettime(CLOCK_MONOTONIC, &start);
	rc = path == NULL ? device_save_startup(s->device, &bytes, sum)
			  : device_save(s->device, path, &bytes, sum);
	if (rc < 0) {
		file_error(s, "writing", name, rc);
		return;
	}
	out_printf(&s->out,
	    "Cryptochecksum: %.8s %.8s %.8s %.8s \n\n"
	    "%zu bytes copied in %.3f secs\n",
	    sum, sum + 8, sum + 16, sum + 24, bytes, elapsed(s, &start));
}

static const char *
startup_name(const struct session *s)
{
	return s->device->startup_path != NULL ? s->device->startup_path
					       : "startup-config";
}

static void
write_memory(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	out_puts(&s->out, "Building configuration...\n");
	save(s, NULL, startup_name(s));
	out_puts(&s->out, s->failed ? "[FAILED]\n" : "[OK]\n");
}

static void
write_terminal(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	struct strbuf text;

	sb_init(&text);
	device_config_text(s->device, false, &text);
	if (conf_profile(s->device->conf) == PROFILE_PIX_6_3)
		out_puts(&s->out, "Building configuration...\n");
	out_puts(&s->out, sb_text(&text));
	if (conf_profile(s->device->conf) == PROFILE_PIX_6_3)
		out_puts(&s->out, "[OK]\n");
	sb_free(&text);
}

static void
write_erase(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const char *path = s->device->startup_path;

	if (!session_confirm(
		s, "Erase configuration in flash memory? [confirm]"))
		return;
	if (path != NULL && unlink(path) < 0 && errno != ENOENT) {
		file_error(s, "erasing", path, -errno);
		return;
	}
	s->device->saved = UINT64_MAX;
	out_puts(&s->out, "[OK]\n");
}

/* ---- copy ---- */

enum { END_RUNNING = 1, END_STARTUP, END_FILE };

struct copy_args {
	bool noconfirm;
	uint8_t from, to;
	char *src, *dst;
};
BIND(bind_copy, struct copy_args, FIELD(struct copy_args, F_BOOL, noconfirm),
    FIELD(struct copy_args, F_BRANCH, from),
    FIELD(struct copy_args, F_BRANCH, to), FIELD(struct copy_args, F_STR, src),
    FIELD(struct copy_args, F_STR, dst));

static const char *
end_name(uint8_t end, const char *name)
{
	return end == END_RUNNING ? "running-config"
	    : end == END_STARTUP  ? "startup-config"
				  : name;
}

/* "Source filename [x]? ": Enter takes what stands in the brackets. */
static bool
ask_name(struct session *s, const char *what, const char *preset, char **name)
{
	char question[512], answer[512];

	snprintf(
	    question, sizeof(question), "%s filename [%s]? ", what, preset);
	if (!session_ask(s, question, ASK_LINE, answer, sizeof(answer)))
		return false;
	if (answer[0] != '\0' && name != NULL)
		str_set(name, answer);
	return true;
}

static bool
ask_copy(struct session *s, struct copy_args *a)
{
	if (a->noconfirm || !session_interactive(s))
		return true;
	out_raw(&s->out, "\n");
	if (!ask_name(s, "Source", end_name(a->from, a->src),
		a->from == END_FILE ? &a->src : NULL))
		return false;
	if (a->to == END_STARTUP && a->from == END_RUNNING) {
		out_raw(&s->out, "\n");
		return true;
	}
	if (!ask_name(s, "Destination", end_name(a->to, a->dst),
		a->to == END_FILE ? &a->dst : NULL))
		return false;
	out_raw(&s->out, "\n");
	return true;
}

/* Merges a file into the running configuration. */
static void
load_into_running(struct session *s, const char *path, const char *name)
{
	struct load_say say = { s, name };
	unsigned refused;
	int rc;

	rc = device_load(
	    s->device, path, LOAD_ADD, session_load_complain, &say, &refused);
	if (rc < 0)
		file_error(s, "opening", name, rc);
}

static int
read_file(const char *path, struct strbuf *out)
{
	char buf[8192];
	FILE *fp = fopen(path, "re");
	int rc = 0;
	size_t n;

	if (fp == NULL)
		return -errno;
	while ((n = fread(buf, 1, sizeof(buf), fp)) > 0)
		sb_write(out, buf, n);
	if (ferror(fp))
		rc = errno != 0 ? -errno : -EIO;
	fclose(fp);
	return rc;
}

static void
copy_file(struct session *s, const char *from, const char *to)
{
	struct strbuf text;
	int rc;

	sb_init(&text);
	rc = read_file(from, &text);
	if (rc < 0)
		file_error(s, "opening", from, rc);
	else {
		rc = files_replace(to, sb_text(&text), text.length);
		if (rc < 0)
			file_error(s, "writing", to, rc);
		else
			out_printf(&s->out, "%zu bytes copied\n", text.length);
	}
	sb_free(&text);
}

/* The path of one end; NULL after a complaint. */
static char *
end_path(struct session *s, uint8_t end, const char *name)
{
	char *path = NULL;

	if (end == END_STARTUP) {
		if (s->device->startup_path != NULL)
			path = xstrdup(s->device->startup_path);
	} else
		path = files_path(s->device->state_dir, name);
	if (path == NULL)
		file_error(s, "opening", end_name(end, name), -ENOENT);
	return path;
}

static void
exec_copy(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	struct copy_args *a = args;
	char *from = NULL, *to = NULL;

	if (a->to == END_RUNNING && a->from == END_RUNNING) {
		session_invalid(s, s->ws->n - 1);
		return;
	}
	if (!ask_copy(s, a))
		return;
	if (a->from != END_RUNNING) {
		from = end_path(s, a->from, a->src);
		if (from == NULL)
			return;
	}
	if (a->to != END_RUNNING) {
		to = end_path(s, a->to, a->dst);
		if (to == NULL)
			goto out;
	}
	if (a->to == END_RUNNING)
		load_into_running(s, from, end_name(a->from, a->src));
	else if (a->from == END_RUNNING)
		save(s, a->to == END_STARTUP ? NULL : to,
		    end_name(a->to, a->dst));
	else
		copy_file(s, from, to);
out:
	free(from);
	free(to);
}

static void
configure_memory(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	char *path = end_path(s, END_STARTUP, NULL);

	if (path != NULL)
		load_into_running(s, path, "startup-config");
	free(path);
}

/* ---- more, show startup-config ---- */

struct more_args {
	char *name;
};
BIND(bind_more, struct more_args, FIELD(struct more_args, F_STR, name));

/* A file may hold anything; a terminal should not be told to do it. */
static void
print_file(struct session *s, struct strbuf *text)
{
	size_t i;

	for (i = 0; i < text->length; i++) {
		unsigned char c = (unsigned char)text->s[i];

		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
			text->s[i] = c == '\r' ? ' ' : '.';
	}
	out_write(&s->out, sb_text(text), text->length);
	if (text->length > 0 && text->s[text->length - 1] != '\n')
		out_puts(&s->out, "\n");
}

static void
exec_more(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct more_args *a = args;
	struct strbuf text;
	char *path;
	int rc;

	sb_init(&text);
	if (strcmp(a->name, "system:running-config") == 0) {
		device_config_text(s->device, true, &text);
		out_puts(&s->out, sb_text(&text));
	} else {
		path = files_path(s->device->state_dir, a->name);
		rc = path != NULL ? read_file(path, &text) : -ENOENT;
		if (rc < 0)
			file_error(s, "opening", a->name, rc);
		else
			print_file(s, &text);
		free(path);
	}
	sb_free(&text);
}

static void
show_startup(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const char *path = s->device->startup_path;
	struct strbuf text;
	int rc;

	sb_init(&text);
	rc = path != NULL ? read_file(path, &text) : -ENOENT;
	if (rc == -ENOENT)
		out_puts(&s->out, "No Configuration\n");
	else if (rc < 0)
		file_error(s, "opening", path, rc);
	else
		print_file(s, &text);
	sb_free(&text);
}

/* ---- reload ---- */

struct reload_args {
	bool noconfirm;
};
BIND(bind_reload, struct reload_args,
    FIELD(struct reload_args, F_BOOL, noconfirm));

static bool
ask_reload(struct session *s)
{
	char answer[16];

	if (s->device->conf->generation != s->device->saved) {
		if (!session_ask(s,
			"System config has been modified. "
			"Save? [Y]es/[N]o:  ",
			ASK_LINE, answer, sizeof(answer)))
			return false;
		if (tolower((unsigned char)answer[0]) == 'y')
			save(s, NULL, startup_name(s));
		if (s->failed)
			return false;
	}
	return session_confirm(s, "Proceed with reload? [confirm]");
}

static void
exec_reload(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct reload_args *a = args;
	struct load_say say = { s, "startup-config" };
	unsigned refused;
	int rc;

	if (session_interactive(s) && !a->noconfirm) {
		if (!ask_reload(s))
			return;
		out_puts(&s->out,
		    "***\n"
		    "*** --- START GRACEFUL SHUTDOWN ---\n"
		    "***\n"
		    "*** --- SHUTDOWN NOW ---\n"
		    "Process shutdown finished\n"
		    "Rebooting...\n\n");
	}
	session_leave_config(s);
	rc = device_load_startup(
	    s->device, session_load_complain, &say, &refused);
	if (rc < 0 && rc != -ENOENT)
		file_error(s, "opening", startup_name(s), rc);
	/* What is said below the new configuration may repeat the old. */
	device_reset(s->device);
	session_commit(s);
	s->pager = -1;
	if (session_interactive(s)) {
		s->mode = &mode_user;
		out_puts(&s->out,
		    "Type help or '?' for a list of available commands.\n");
	}
}

/* clang-format off */
#define COPY_END(dir) \
	"<running-config | startup-config | WORD:" dir ">"
static const struct row rows[] = {
	{ &mode_exec, "write memory",
	  "Write running configuration to memory or terminal\n"
	  "Write to the startup configuration\n",
	  .exec = write_memory, .flags = ROW_NO_NO },
	{ &mode_exec, "write terminal",
	  "Write running configuration to memory or terminal\n"
	  "Write to this terminal\n",
	  .exec = write_terminal, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "write erase",
	  "Write running configuration to memory or terminal\n"
	  "Erase the startup configuration\n",
	  .exec = write_erase, .flags = ROW_NO_NO },
	{ &mode_exec,
	  "copy [/noconfirm]:noconfirm " COPY_END("src") ":from "
	  COPY_END("dst") ":to",
	  "Copy from one file to another\n"
	  "Do not ask\n"
	  "Running configuration\n"
	  "Startup configuration\n"
	  "File name, disk0:/name for a file of the device\n"
	  "Running configuration\n"
	  "Startup configuration\n"
	  "File name, disk0:/name for a file of the device\n",
	  &bind_copy, .exec = exec_copy, .flags = ROW_NO_NO },
	{ &mode_exec, "configure memory",
	  "Configure using various methods\n"
	  "Merge the startup configuration\n",
	  .exec = configure_memory, .flags = ROW_NO_NO },
	{ &mode_exec, "more WORD:name",
	  "Display the contents of a file\n"
	  "File name, or system:running-config\n",
	  &bind_more, .exec = exec_more, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show startup-config",
	  "Show running system information\n"
	  "Startup configuration\n",
	  .exec = show_startup, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "reload [noconfirm]:noconfirm",
	  "Load the startup configuration in place of everything\n"
	  "Do not ask\n",
	  &bind_reload, .exec = exec_reload, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set rows_file = { rows, ARRAY_LEN(rows) };

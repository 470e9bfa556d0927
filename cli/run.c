/* SPDX-License-Identifier: ISC */
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "manrows.h"
#include "session.h"
#include "term.h"

struct program {
	const struct opts *o;
	struct device device;
	bool refused; /* a line was */
	bool io_failed;
	/* where the line at work comes from */
	const char *source;
	unsigned line;
};

static const char *
level_word(unsigned level)
{
	return level == CERR_ERROR ? "ERROR"
	    : level == CERR_INFO   ? "INFO"
				   : "WARNING";
}

static void
io_error(struct program *p, const char *name, int error)
{
	fprintf(stderr, "asasim: %s: %s\n", name, strerror(error));
	p->io_failed = true;
}

/* ---- scripts ---- */

static int
batch_write(void *arg UNUSED, const char *s, size_t length)
{
	return fwrite(s, 1, length, stdout) == length ? 0 : -1;
}

static void
batch_complain(void *arg, unsigned level, unsigned col, const char *text)
{
	const struct program *p = arg;

	/* In order with what commands print, where both go to one place. */
	fflush(stdout);
	fprintf(stderr, "%s:%u:%u: %s: %s\n", p->source, p->line, MAX(col, 1u),
	    level_word(level), text);
}

/* The console of a script is standard error, so that standard output holds
 * what commands print. */
static void
batch_log(void *arg UNUSED, const char *line)
{
	fflush(stdout);
	fputs(line, stderr);
}

static void
console_log(void *arg, unsigned to, const char *line)
{
	if (to >> LOGTO_CONSOLE & 1)
		batch_log(arg, line);
}

static void
batch_line(struct program *p, struct session *s, const char *source,
    unsigned number, const char *line)
{
	p->source = source;
	p->line = number;
	if (!session_line(s, line))
		p->refused = true;
}

/* Ends a script: the last lines take effect, and what is left in the buffer of
 * standard output must have got through. */
static void
batch_end(struct program *p, struct session *s)
{
	session_commit(s);
	if (fflush(stdout) != 0 && s->out.error == 0)
		s->out.error = errno;
	if (s->out.error != 0)
		io_error(p, "standard output", s->out.error);
	session_fini(s);
}

static void
batch_begin(struct program *p, struct session *s)
{
	struct session_io io = { .sink = { .write = batch_write },
		.complain = batch_complain,
		.log = batch_log,
		.arg = p };

	session_init(s, &p->device, &io, true);
}

static void
run_commands(struct program *p)
{
	struct session s;
	size_t i;

	batch_begin(p, &s);
	for (i = 0; i < p->o->commands.n && !s.over && s.out.error == 0; i++)
		batch_line(p, &s, "-e", (unsigned)i + 1, p->o->commands.v[i]);
	batch_end(p, &s);
}

static void
run_script(struct program *p)
{
	struct session s;
	char *line = NULL;
	size_t size = 0;
	unsigned n = 0;

	batch_begin(p, &s);
	while (!s.over && s.out.error == 0 && getline(&line, &size, stdin) >= 0)
		batch_line(p, &s, "stdin", ++n, line);
	if (ferror(stdin))
		io_error(p, "standard input", errno);
	free(line);
	batch_end(p, &s);
}

/* ---- loading and replaying ---- */

static void
load_complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	const struct program *p = arg;

	fprintf(stderr, "%s:%u:%u: %s: %s\n", p->source, line, MAX(col, 1u),
	    level_word(level), text);
}

static void
say(void *arg, unsigned level, const char *text)
{
	const struct program *p = arg;

	fprintf(stderr, "%s: %s: %s\n", p->source, level_word(level), text);
}

static bool
load_configs(struct program *p)
{
	unsigned refused;
	size_t i;
	int rc;

	for (i = 0; i < p->o->configs.n; i++) {
		const char *path = p->o->configs.v[i];

		p->source = strcmp(path, "-") == 0 ? "stdin" : path;
		/* The first may be a whole configuration. */
		rc = device_load(&p->device, path,
		    i == 0 ? LOAD_CONFIG : LOAD_ADD, load_complain, p,
		    &refused);
		if (rc < 0) {
			io_error(p, p->source, -rc);
			return false;
		}
		p->refused |= refused > 0;
	}
	p->source = "asasim";
	if (p->o->configs.n == 1)
		p->source = strcmp(p->o->configs.v[0], "-") == 0
		    ? "stdin"
		    : p->o->configs.v[0];
	device_commit(&p->device, say, p);
	return true;
}

static bool
load_startup(struct program *p)
{
	unsigned refused;
	int rc;

	p->source = "startup-config";
	rc = device_load_startup(&p->device, load_complain, p, &refused);
	if (rc < 0 && rc != -ENOENT) {
		io_error(p, p->device.startup_path, -rc);
		return false;
	}
	device_commit(&p->device, say, p);
	return true;
}

static void
replay(struct program *p)
{
	struct replay_request req = { .files = p->o->captures.v,
		.n_files = (unsigned)p->o->captures.n,
		.output = p->o->write };

	p->source = "asasim";
	if (device_replay(&p->device, &req, say, p) < 0) {
		fprintf(stderr, "asasim: %s\n", p->device.replay.error);
		p->io_failed = true;
	}
}

/* ---- the order of things ---- */

static bool
wants_shell(const struct opts *o)
{
	if (o->interactive)
		return true;
	if (o->commands.n > 0 || opts_stdin_taken(o) ||
	    (o->write != NULL && strcmp(o->write, "-") == 0))
		return false;
	return isatty(STDIN_FILENO);
}

static bool
wants_script(const struct opts *o)
{
	return !o->interactive && o->commands.n == 0 && !opts_stdin_taken(o) &&
	    !(o->write != NULL && strcmp(o->write, "-") == 0) &&
	    !isatty(STDIN_FILENO);
}

static void
do_all(struct program *p)
{
	const struct opts *o = p->o;
	int error;

	/* A configuration that was given stands for the startup one. */
	if (o->configs.n == 0 && (o->startup != NULL || wants_shell(o)) &&
	    !load_startup(p))
		return;
	if (!load_configs(p))
		return;
	if (o->captures.n > 0)
		replay(p);
	if (o->commands.n > 0)
		run_commands(p);
	if (wants_script(o))
		run_script(p);
	else if (wants_shell(o)) {
		error = term_run(&p->device);
		if (error != 0)
			io_error(p, "standard output", error);
	}
}

int
run(const struct opts *o)
{
	struct program p = { .o = o };

	if (device_init(&p.device, o->startup) < 0) {
		fputs("asasim: no memory for the packet engine\n", stderr);
		return EXIT_IO;
	}
	p.device.logger.screen.line = console_log;
	if (o->manual_rows)
		manrows(p.device.gram, stdout);
	else
		do_all(&p);
	device_fini(&p.device);
	if (fflush(stdout) != 0)
		p.io_failed = true;
	if (p.io_failed)
		return EXIT_IO;
	return p.refused ? EXIT_REFUSED : EXIT_OK;
}

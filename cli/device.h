/* SPDX-License-Identifier: ISC
 *
 * The simulated box: grammar, configuration, engine, log, files.
 *
 * There is one; a session is a dialogue with it. Functions that can complain
 * take a say(): each text is one WARNING, INFO or ERROR without that word.
 */
#ifndef ASASIM_DEVICE_H
#define ASASIM_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "conf.h"
#include "engine.h"
#include "logger.h"

struct rows;

typedef void device_say(void *arg, unsigned level, const char *text);
typedef void device_complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text);

struct device {
	struct rows *rows; /* rows made at start; the grammar points to them */
	struct gram *gram;
	struct conf *conf;
	struct engine *engine;
	struct logger logger;

	char *state_dir;    /* holds disk0:, NULL: no home */
	char *startup_path; /* NULL: nowhere to save */

	uint64_t committed;  /* generation in force */
	uint64_t saved;      /* generation that startup-config holds */
	uint64_t changed_at; /* ns, last change since the start; 0: none */
	VEC(char *) said;    /* engine's remarks already shown */

	struct replay_result replay; /* of the last replay */
	char *replay_files;          /* NULL: none yet */
	bool bare_said;

	uint64_t started;       /* ns */
	uint64_t fixed_clock;   /* tests: ns, 0 = the machine's */
	uint64_t drops_cleared; /* ns, 0: never */
};

/* A device with factory configuration. startup: path or NULL for the default
 * place. 0, or -1: no memory for the engine. */
int device_init(struct device *d, const char *startup) MUST_CHECK;
void device_fini(struct device *d);

/* Puts the configuration in force if it has changed. */
void device_commit(struct device *d, device_say *say, void *arg);

enum load_as {
	LOAD_ADD,     /* to what is there: copy FILE running-config */
	LOAD_CONFIG,  /* a whole running-config replaces what is there */
	LOAD_STARTUP, /* likewise, and the factory's policy as well */
};

/* Loads a file into the configuration ("-": standard input). A file that is a
 * whole running-config (it has a version line) replaces what is there as `as`
 * says; anything else is added. 0, or -errno; *refused counts lines.
 * Does not commit. */
int device_load(struct device *d, const char *path, enum load_as as,
    device_complain *complain, void *arg, unsigned *refused) MUST_CHECK;

/* Loads the startup configuration, if there is one, in place of everything.
 * 0, -ENOENT, or -errno. Does not commit. */
int device_load_startup(struct device *d, device_complain *complain, void *arg,
    unsigned *refused) MUST_CHECK;

/* What a reload does besides: connections, counters, log, clock. */
void device_reset(struct device *d);

/* Writes the running configuration; *bytes and the checksum words (32 hex
 * digits) for the screen. 0, or -errno. */
int device_save(struct device *d, const char *path, size_t *bytes,
    char checksum[33]) MUST_CHECK;
/* Likewise, to the startup configuration. */
int device_save_startup(
    struct device *d, size_t *bytes, char checksum[33]) MUST_CHECK;

/* Replays; the result is left in d->replay. -1: broken, text in its error. */
int device_replay(struct device *d, const struct replay_request *req,
    device_say *say, void *arg) MUST_CHECK;

/* The capture's clock if there is one, else the machine's; ns. */
uint64_t device_now(const struct device *d);
uint64_t device_wall(const struct device *d);

/* The running configuration as text (secrets in clear if asked). */
void device_config_text(
    const struct device *d, bool secrets, struct strbuf *out);

/* Release text: "8.2(1)". */
const char *device_release(const struct device *d);

#endif

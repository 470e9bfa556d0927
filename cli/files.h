/* SPDX-License-Identifier: ISC
 *
 * Files of the device: names, and replacing one as a whole.
 */
#ifndef ASASIM_FILES_H
#define ASASIM_FILES_H

#include <stddef.h>

#include "util.h"

/* $XDG_STATE_HOME/asasim or ~/.local/state/asasim; NULL without a home. To be
 * freed. */
char *files_state_dir(void);

/* The path behind a name: disk0:/x, flash:/x and flash:x lie in state_dir;
 * anything else is a path already. NULL for a name that would leave the state
 * directory, or without one. To be freed. */
char *files_path(const char *state_dir, const char *name);

/* Replaces path by these bytes so that a crash leaves the old file or the new
 * one: a temporary file beside it, fsync, rename, fsync of the directory.
 * Directories that are missing are made. What is not a regular file (a pipe,
 * /dev/stdout) is written to directly. 0, or -errno. */
int files_replace(const char *path, const char *data, size_t length) MUST_CHECK;

#endif

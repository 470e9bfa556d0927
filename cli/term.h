/* SPDX-License-Identifier: ISC
 *
 * The terminal: the only file that knows libedit.
 *
 * Keys become lines, questions for help, completions; what the session prints
 * goes to standard output. `?` and TAB end libedit's line, and the text is
 * offered again by pushing it back, so that long lines that wrap are redrawn by
 * libedit from a clean state.
 */
#ifndef ASASIM_TERM_H
#define ASASIM_TERM_H

#include "device.h"

/* Runs a session until it is closed. Without a terminal (-i with a pipe) it
 * prints prompts and reads lines, and has no keys. 0, or the errno of a failed
 * write. */
int term_run(struct device *d);

#endif

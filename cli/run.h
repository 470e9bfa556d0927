/* SPDX-License-Identifier: ISC
 *
 * What the options ask for, in its order: load, replay, -e, script or shell.
 */
#ifndef ASASIM_RUN_H
#define ASASIM_RUN_H

#include "opts.h"

/* Returns the program's exit code. */
int run(const struct opts *o);

#endif

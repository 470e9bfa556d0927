/* SPDX-License-Identifier: ISC
 *
 * The rows as the body of man/asasim-commands.5 (mdoc).
 */
#ifndef ASASIM_MANROWS_H
#define ASASIM_MANROWS_H

#include <stdio.h>

#include "gram.h"

void manrows(const struct gram *g, FILE *fp);

#endif

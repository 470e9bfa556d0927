/* SPDX-License-Identifier: ISC
 *
 * Inside of policy compilation: memory that lives as long as the policy.
 */
#ifndef ASASIM_POL_INT_H
#define ASASIM_POL_INT_H

#include "policy.h"

void *pol_alloc(struct policy *p, size_t size);    /* zeroed */
char *pol_strdup(struct policy *p, const char *s); /* NULL stays NULL */

#endif

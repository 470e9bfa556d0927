/* SPDX-License-Identifier: ISC */
#include "mode.h"

#include <stddef.h>

const struct mode mode_user = { "exec", "", NULL, NULL };
const struct mode mode_exec = { "exec", "", &mode_user, NULL };
const struct mode mode_config = { "configure", "config", &mode_exec, NULL };

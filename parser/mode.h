/* SPDX-License-Identifier: ISC
 *
 * Modes of the command line.
 *
 * A mode is a row of data owned by the feature that needs it. A line that does
 * not parse in a mode is tried in its parent: that is how `object-group X`
 * typed inside another object-group works, and how show commands work
 * everywhere.
 */
#ifndef ASASIM_MODE_H
#define ASASIM_MODE_H

struct mode {
	const char *label;  /* heading of its help block: "configure" */
	const char *prompt; /* "config-cmap"; "" for the EXEC modes */
	const struct mode *parent;
	/* A mode whose rows this one has as well, or NULL: a sub-interface
	 * takes what an interface takes. */
	const struct mode *same_as;
};

extern const struct mode mode_user;   /* user EXEC, "host> " */
extern const struct mode mode_exec;   /* privileged EXEC, "host# " */
extern const struct mode mode_config; /* "host(config)# " */

#endif

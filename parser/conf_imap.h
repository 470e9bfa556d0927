/* SPDX-License-Identifier: ISC
 *
 * policy-map type inspect and class-map type inspect of the protocols that are
 * not simulated: rows made of lists of syntaxes.
 */
#ifndef ASASIM_CONF_IMAP_H
#define ASASIM_CONF_IMAP_H

#include "conf.h"

struct imap_syntax {
	const char *name; /* "http" */
	const char *help;
	bool has_class; /* has a class-map type of its own */
	/* NULL-terminated, or NULL; with no matches and no parameters any
	 * line is taken. A match is what follows `match [not]`. */
	const char *const *matches, *const *parameters, *const *actions;
};

extern const struct imap_syntax imap_syntaxes[];
extern const size_t imap_syntaxes_n;
const struct imap_syntax *imap_syntax_of(const char *proto);

struct imap_modes {
	struct mode map, actions, parameters, class_map;
};

const struct imap_modes *imap_modes_of(const struct imap_syntax *s);
/* Made at the first call. */
struct row_set imap_made_rows(void);

/* conf_imap.c: apply functions of the made rows. */
int imap_block_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e);
int imap_class_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e);
int imap_line_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e);
int imap_class_match_apply(struct conf *c, struct confctx *ctx,
    const struct row *row, void *args, bool no, struct cerr *e);

#endif

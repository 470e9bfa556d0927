/* SPDX-License-Identifier: ISC
 *
 * policy-map type inspect esmtp: its lines. Source: ASA Series Firewall CLI
 * Configuration Guide 9.3, "ESMTP Inspection".
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

const struct mode mode_emap = { "mpf-policy-map-inspect", "config-pmap",
	&mode_config, NULL };
const struct mode mode_emap_c = { "mpf-policy-map-inspect-class",
	"config-pmap-c", &mode_emap, NULL };
const struct mode mode_emap_p = { "mpf-policy-map-param", "config-pmap-p",
	&mode_emap, NULL };

struct emap_args {
	char *name, *text;
	bool negated, is_class, log;
	uint8_t criterion, action;
	uint32_t gt, verbs, params, encodings, rate;
};

BIND(bind_emap, struct emap_args, FIELD(struct emap_args, F_STR, name),
    FIELD(struct emap_args, F_STR, text),
    FIELD(struct emap_args, F_BOOL, negated),
    FIELD(struct emap_args, F_BOOL, is_class),
    FIELD(struct emap_args, F_BOOL, log),
    FIELD(struct emap_args, F_BRANCH, criterion),
    FIELD(struct emap_args, F_BRANCH, action),
    FIELD(struct emap_args, F_U32, gt), FIELD(struct emap_args, F_MASK, verbs),
    FIELD(struct emap_args, F_MASK, params),
    FIELD(struct emap_args, F_MASK, encodings),
    FIELD(struct emap_args, F_U32, rate));

void
esmtp_map_free(struct esmtp_map *m)
{
	esmtp_map_free_members(m);
	free(m);
}

const struct esmtp_map *
esmtp_default_map(bool allow_tls)
{
	static struct esmtp_map maps[2];
	static bool ready;

	if (!ready) {
		esmtp_map_init_default(&maps[0], false);
		esmtp_map_init_default(&maps[1], true);
		ready = true;
	}
	return &maps[allow_tls];
}

/* ---- the map ---- */

static int
emap_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct emap_args *a = args;
	struct esmtp_map *m = NULL;
	size_t i;

	for (i = 0; i < c->esmtp_maps.n && m == NULL; i++) {
		if (strcmp(c->esmtp_maps.v[i]->name, a->name) == 0)
			m = c->esmtp_maps.v[i];
	}
	if (no) {
		if (m == NULL)
			return refuse(
			    e, "policy-map %s not configured", a->name);
		if (inspect_map_in_use(c, "esmtp", a->name))
			return refuse(e,
			    "policy-map %s is in use, cannot be "
			    "removed",
			    a->name);
		VEC_REMOVE(&c->esmtp_maps, i - 1);
		esmtp_map_free(m);
		removed(c);
		return 0;
	}
	if (m == NULL) {
		if (check_policy_name(c, a->name, e) != 0)
			return -1;
		m = xcalloc(1, sizeof(*m));
		m->name = xstrdup(a->name);
		*VEC_PUSH(&c->esmtp_maps) = m;
		changed(c);
	}
	confctx_enter(ctx, m);
	return 0;
}

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct esmtp_map *m = confctx_obj(ctx);
	struct emap_args *a = args;

	if (!no && strlen(a->text) > MPF_DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    MPF_DESCRIPTION_MAX);
	str_set(&m->description, no ? NULL : a->text);
	changed(c);
	return 0;
}

static int
rename_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no UNUSED, struct cerr *e)
{
	struct esmtp_map *m = confctx_obj(ctx);
	struct emap_args *a = args;

	if (strcmp(a->name, m->name) == 0)
		return 0;
	if (check_policy_name(c, a->name, e) != 0)
		return -1;
	inspect_map_renamed(c, "esmtp", m->name, a->name);
	str_set(&m->name, a->name);
	changed(c);
	return 0;
}

/* ---- match ---- */

static bool
takes_mask(enum esmtp_criterion k)
{
	return k == ESMTP_EHLO_PARAMETER || k == ESMTP_CMD_VERB;
}

static struct esmtp_match
match_of(const struct emap_args *a)
{
	struct esmtp_match m = { .negated = a->negated,
		.gt = a->gt,
		.set = a->verbs | a->params | a->encodings,
		.regex = a->name,
		.regex_is_class = a->is_class };

	m.criterion = (enum esmtp_criterion)(a->criterion - 1);
	return m;
}

static bool
same_match(const struct esmtp_match *a, const struct esmtp_match *b)
{
	return a->criterion == b->criterion && a->negated == b->negated &&
	    a->gt == b->gt && a->set == b->set && str_eq(a->regex, b->regex) &&
	    a->regex_is_class == b->regex_is_class;
}

/* The sub-mode's object is the position of the match line, not its address:
 * the array may move. Position 0 is stored as 1. */
static struct esmtp_match *
open_match(struct confctx *ctx)
{
	struct esmtp_map *m = ctx->obj[confctx_depth(ctx) - 1];
	size_t at = (size_t)(uintptr_t)confctx_obj(ctx);

	return at >= 1 && at <= m->matches.n ? &m->matches.v[at - 1] : NULL;
}

static int
match_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct esmtp_map *m = confctx_obj(ctx);
	struct emap_args *a = args;
	struct esmtp_match new = match_of(a);
	size_t i;

	for (i = 0; i < m->matches.n; i++) {
		if (same_match(&m->matches.v[i], &new))
			break;
	}
	if (no) {
		if (i == m->matches.n)
			return refuse(e, "the match command is not configured");
		free(m->matches.v[i].regex);
		VEC_REMOVE(&m->matches, i);
		removed(c);
		return 0;
	}
	if (i == m->matches.n) {
		if (check_class_limit(c, e) != 0 ||
		    (new.regex !=
			NULL &&need_regex(
			    c, new.regex, new.regex_is_class, e) != 0))
			return -1;
		*VEC_PUSH(&m->matches) = new;
		a->name = NULL;
		changed(c);
	}
	confctx_enter(ctx, (void *)(uintptr_t)(i + 1));
	return 0;
}

static int
action_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct esmtp_match *m = open_match(ctx);
	const struct emap_args *a = args;
	enum esmtp_action action = (enum esmtp_action)a->action;

	if (m == NULL)
		return refuse_at(e, 0);
	if (no) {
		if (m->action != action)
			return refuse(e, "the action is not configured");
		m->action = ESMTP_NO_ACTION;
		m->log = false;
		changed(c);
		return 0;
	}
	if (action == ESMTP_MASK && !takes_mask(m->criterion))
		return refuse_at(e, 0);
	m->action = action;
	m->log = a->log;
	changed(c);
	return 0;
}

static int
rate_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct esmtp_match *m = open_match(ctx);
	const struct emap_args *a = args;

	if (m == NULL || (!no && m->criterion != ESMTP_CMD_VERB))
		return refuse_at(e, 0);
	m->rate_limit = no ? 0 : a->rate;
	changed(c);
	return 0;
}

/* ---- parameters ---- */

static int
parameters_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args UNUSED, bool no,
    struct cerr *e UNUSED)
{
	struct esmtp_map *m = confctx_obj(ctx);

	if (no) {
		free(m->par.mail_relay);
		memset(&m->par, 0, sizeof(m->par));
		changed(c);
		return 0;
	}
	confctx_enter(ctx, m);
	return 0;
}

static struct esmtp_parameters *
par_of(struct confctx *ctx)
{
	struct esmtp_map *m = confctx_obj(ctx);

	return &m->par;
}

static int
banner_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args UNUSED, bool no, struct cerr *e UNUSED)
{
	par_of(ctx)->mask_banner = !no;
	changed(c);
	return 0;
}

static int
relay_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e UNUSED)
{
	struct esmtp_parameters *p = par_of(ctx);
	const struct emap_args *a = args;

	str_set(&p->mail_relay, no ? NULL : a->name);
	p->mail_relay_drop = !no && a->action == 1;
	p->mail_relay_log = !no && (a->action == 2 || a->log);
	changed(c);
	return 0;
}

static int
special_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e UNUSED)
{
	struct esmtp_parameters *p = par_of(ctx);
	const struct emap_args *a = args;

	p->special_character = !no;
	p->special_character_drop = !no && a->action == 1;
	p->special_character_log = !no && (a->action == 2 || a->log);
	changed(c);
	return 0;
}

static int
tls_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e UNUSED)
{
	struct esmtp_parameters *p = par_of(ctx);
	const struct emap_args *a = args;

	p->allow_tls = !no;
	p->allow_tls_log = !no && a->log;
	changed(c);
	return 0;
}

/* clang-format off */
#define GT "gt INT<1-4294967295>:gt"
#define GT_HELP "Greater than\n" "Limit\n"
#define REGEX "regex [class]:is_class NAME<40>:name"
#define REGEX_HELP \
	"Match a regular expression\n" \
	"A class-map of expressions\n" \
	"Name of the expression or class-map\n"

enum { R_EMAP, R_DESCRIPTION, R_RENAME, R_MATCH, R_DROP, R_RATE, R_PARAMETERS, R_BANNER,
	R_RELAY, R_SPECIAL, R_TLS };

static const struct row rows[] = {
	[R_EMAP] = { &mode_config, "policy-map type inspect esmtp NAME<40>:name",
	  "Configure MPF Parameter Map\n"
	  "Specifies the type of policy-map\n"
	  "Configure an inspection policy-map\n"
	  "ESMTP\n"
	  "policy-map name\n",
	  &bind_emap, .apply = emap_apply, .enters = &mode_emap },
	[R_DESCRIPTION] = { &mode_emap, "description LINE:text",
	  "Specify policy-map description\n"
	  "Up to 200 characters\n",
	  &bind_emap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
	[R_RENAME] = { &mode_emap, "rename NAME<40>:name",
	  "Give the policy-map another name\n"
	  "New name\n",
	  &bind_emap, .apply = rename_apply, .flags = ROW_NO_NO },
	/* The branches are in the order of enum esmtp_criterion, the words of
	 * a set in the order of its enum. */
	[R_MATCH] = { &mode_emap,
	  "match [not]:negated < cmd line length " GT
	  " | cmd 'RCPT' count " GT
	  " | cmd verb {auth|data|ehlo|etrn|helo|help|mail|noop|quit|rcpt|rset|"
	  "saml|send|soml|vrfy|starttls|unknown}:verbs"
	  " | body length " GT
	  " | body line length " GT
	  " | header length " GT
	  " | header line length " GT
	  " | header to-fields count " GT
	  " | sender-address length " GT
	  " | sender-address " REGEX
	  " | invalid-recipients count " GT
	  " | 'MIME' filename length " GT
	  " | 'MIME' filetype " REGEX
	  " | 'MIME' encoding {7bit|8bit|base64|binary|others|"
	  "quoted-printable}:encodings"
	  " | ehlo-reply-parameter {8bitmime|auth|binaryname|checkpoint|dsn|"
	  "ecode|etrn|others|pipelining|size|vrfy}:params >:criterion",
	  "Configure criteria\n"
	  "Negate this criterion\n"
	  "Match on a command\n" "Length of the line\n" "Length\n" GT_HELP
	  "Match on a command\n" "RCPT commands\n" "Number\n" GT_HELP
	  "Match on a command\n" "The command's verb\n"
	  "AUTH\n" "DATA\n" "EHLO\n" "ETRN\n" "HELO\n" "HELP\n" "MAIL\n"
	  "NOOP\n" "QUIT\n" "RCPT\n" "RSET\n" "SAML\n" "SEND\n" "SOML\n"
	  "VRFY\n" "STARTTLS\n" "Commands that are not known\n"
	  "Match on the body\n" "Length of the body\n" GT_HELP
	  "Match on the body\n" "One line\n" "Length\n" GT_HELP
	  "Match on the header\n" "Length of the header\n" GT_HELP
	  "Match on the header\n" "One line\n" "Length\n" GT_HELP
	  "Match on the header\n" "To: fields\n" "Number\n" GT_HELP
	  "Match on the sender\n" "Length of the address\n" GT_HELP
	  "Match on the sender\n" REGEX_HELP
	  "Match on recipients that the server refused\n" "Number\n" GT_HELP
	  "Match on MIME\n" "File name of an attachment\n" "Length\n" GT_HELP
	  "Match on MIME\n" "Type of an attachment\n" REGEX_HELP
	  "Match on MIME\n" "Transfer encoding\n"
	  "7bit\n" "8bit\n" "base64\n" "binary\n" "All other encodings\n"
	  "quoted-printable\n"
	  "Match on what the server offers after EHLO\n"
	  "8BITMIME\n" "AUTH\n" "BINARYMIME\n" "CHECKPOINT\n" "DSN\n"
	  "ENHANCEDSTATUSCODES\n" "ETRN\n" "All other extensions\n"
	  "PIPELINING\n" "SIZE\n" "VRFY\n",
	  &bind_emap, .apply = match_apply, .enters = &mode_emap_c },
	/* In the order of enum esmtp_action. */
	[R_DROP] = { &mode_emap_c,
	  "< drop-connection [log]:log | reset [log]:log | mask [log]:log | "
	  "log >:action",
	  "Drop the packet and close the connection\n"
	  "Generate a log message\n"
	  "Drop the packet, close the connection and send a TCP reset\n"
	  "Generate a log message\n"
	  "Mask the matching part\n"
	  "Generate a log message\n"
	  "Generate a log message\n",
	  &bind_emap, .apply = action_apply },
	[R_RATE] = { &mode_emap_c, "rate-limit INT<1-4294967295>:rate",
	  "Limit the rate of messages\n"
	  "Messages a second\n",
	  &bind_emap, .apply = rate_apply,
	  .no_syntax = "rate-limit [INT<1-4294967295>]" },
	[R_PARAMETERS] = { &mode_emap, "parameters",
	  "Parameters of the inspection\n",
	  .apply = parameters_apply, .enters = &mode_emap_p },
	[R_BANNER] = { &mode_emap_p, "mask-banner",
	  "Mask the server's banner\n", .apply = banner_apply },
	[R_RELAY] = { &mode_emap_p,
	  "mail-relay NAME<255>:name action "
	  "< drop-connection [log]:log | log >:action",
	  "Prevent mail relay\n"
	  "Local domain\n"
	  "What to do\n"
	  "Close the connection\n"
	  "Generate a log message\n"
	  "Generate a log message\n",
	  &bind_emap, .apply = relay_apply,
	  .no_syntax = "mail-relay [NAME<255> [action "
	  "< drop-connection [log] | log >]]" },
	[R_SPECIAL] = { &mode_emap_p,
	  "special-character action < drop-connection [log]:log | log >:action",
	  "Special characters in a sender or receiver address\n"
	  "What to do\n"
	  "Close the connection\n"
	  "Generate a log message\n"
	  "Generate a log message\n",
	  &bind_emap, .apply = special_apply,
	  .no_syntax = "special-character [action "
	  "< drop-connection [log] | log >]" },
	[R_TLS] = { &mode_emap_p, "allow-tls [action log]:log",
	  "Allow STARTTLS\n"
	  "What to do\n"
	  "Generate a log message\n",
	  &bind_emap, .apply = tls_apply },
};
/* clang-format on */
const struct row_set esmtp_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_parameters(struct emitter *em, const struct esmtp_map *m)
{
	const struct esmtp_parameters *p = &m->par;
	struct emap_args relay = { .name = p->mail_relay,
		.action = p->mail_relay_drop ? 1 : 2,
		.log = p->mail_relay_drop && p->mail_relay_log };
	struct emap_args special = { .action =
					 p->special_character_drop ? 1 : 2,
		.log = p->special_character_drop && p->special_character_log };
	struct emap_args tls = { .log = p->allow_tls_log };

	if (!em->all && !p->mask_banner && !p->allow_tls &&
	    p->mail_relay == NULL && !p->special_character)
		return;
	emit_row(em, 1, &rows[R_PARAMETERS], NULL);
	if (p->mask_banner)
		emit_row(em, 2, &rows[R_BANNER], NULL);
	else if (em->all)
		emit_line(em, "  no mask-banner");
	if (p->mail_relay != NULL)
		emit_row(em, 2, &rows[R_RELAY], &relay);
	else if (em->all)
		emit_line(em, "  no mail-relay");
	if (p->special_character)
		emit_row(em, 2, &rows[R_SPECIAL], &special);
	else if (em->all)
		emit_line(em, "  no special-character");
	if (p->allow_tls)
		emit_row(em, 2, &rows[R_TLS], &tls);
	else if (em->all)
		emit_line(em, "  no allow-tls");
}

static void
emit_match(struct emitter *em, const struct esmtp_match *m)
{
	struct emap_args a = { .negated = m->negated,
		.gt = (uint32_t)m->gt,
		.name = m->regex,
		.is_class = m->regex_is_class,
		.criterion = (uint8_t)(m->criterion + 1),
		.action = (uint8_t)m->action,
		.log = m->log,
		.rate = m->rate_limit };

	a.verbs = a.params = a.encodings = m->set;
	emit_row(em, 1, &rows[R_MATCH], &a);
	if (m->action != ESMTP_NO_ACTION)
		emit_row(em, 2, &rows[R_DROP], &a);
	if (m->rate_limit != 0)
		emit_row(em, 2, &rows[R_RATE], &a);
}

void
emit_esmtp_map(struct emitter *em, const struct esmtp_map *m)
{
	struct emap_args a = { .name = m->name, .text = m->description };
	size_t i;

	emit_row(em, 0, &rows[R_EMAP], &a);
	if (m->description != NULL)
		emit_row(em, 1, &rows[R_DESCRIPTION], &a);
	emit_parameters(em, m);
	for (i = 0; i < m->matches.n; i++)
		emit_match(em, &m->matches.v[i]);
}

/* SPDX-License-Identifier: ISC */
#include "conf_insp.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const esmtp_verb_names[VERB_COUNT] = {
	[VERB_AUTH] = "auth",
	[VERB_DATA] = "data",
	[VERB_EHLO] = "ehlo",
	[VERB_ETRN] = "etrn",
	[VERB_HELO] = "helo",
	[VERB_HELP] = "help",
	[VERB_MAIL] = "mail",
	[VERB_NOOP] = "noop",
	[VERB_QUIT] = "quit",
	[VERB_RCPT] = "rcpt",
	[VERB_RSET] = "rset",
	[VERB_SAML] = "saml",
	[VERB_SEND] = "send",
	[VERB_SOML] = "soml",
	[VERB_VRFY] = "vrfy",
	[VERB_STARTTLS] = "starttls",
	[VERB_UNKNOWN] = "unknown",
};

const char *const esmtp_param_names[PARAM_COUNT] = {
	[PARAM_8BITMIME] = "8bitmime",
	[PARAM_AUTH] = "auth",
	[PARAM_BINARYNAME] = "binaryname",
	[PARAM_CHECKPOINT] = "checkpoint",
	[PARAM_DSN] = "dsn",
	[PARAM_ECODE] = "ecode",
	[PARAM_ETRN] = "etrn",
	[PARAM_OTHERS] = "others",
	[PARAM_PIPELINING] = "pipelining",
	[PARAM_SIZE] = "size",
	[PARAM_VRFY] = "vrfy",
};

const char *const esmtp_encoding_names[ENCODING_COUNT] = {
	[ENCODING_7BIT] = "7bit",
	[ENCODING_8BIT] = "8bit",
	[ENCODING_BASE64] = "base64",
	[ENCODING_BINARY] = "binary",
	[ENCODING_OTHERS] = "others",
	[ENCODING_QUOTED_PRINTABLE] = "quoted-printable",
};

/* How each criterion is printed. The capitals of RCPT and MIME are those of
 * the device's default map (Firewall CLI guide 9.3, "ESMTP Inspection"). */
static const struct {
	const char *text;
	enum { ARG_GT, ARG_SET, ARG_REGEX } arg;
	const char *const *names; /* ARG_SET */
	unsigned n_names;
} criteria[ESMTP_CRITERION_COUNT] = {
	[ESMTP_CMD_LINE_LENGTH] = { "cmd line length", ARG_GT, NULL, 0 },
	[ESMTP_CMD_RCPT_COUNT] = { "cmd RCPT count", ARG_GT, NULL, 0 },
	[ESMTP_CMD_VERB] = { "cmd verb", ARG_SET, esmtp_verb_names,
	    VERB_COUNT },
	[ESMTP_BODY_LENGTH] = { "body length", ARG_GT, NULL, 0 },
	[ESMTP_BODY_LINE_LENGTH] = { "body line length", ARG_GT, NULL, 0 },
	[ESMTP_HEADER_LENGTH] = { "header length", ARG_GT, NULL, 0 },
	[ESMTP_HEADER_LINE_LENGTH] = { "header line length", ARG_GT, NULL, 0 },
	[ESMTP_HEADER_TO_COUNT] = { "header to-fields count", ARG_GT, NULL, 0 },
	[ESMTP_SENDER_LENGTH] = { "sender-address length", ARG_GT, NULL, 0 },
	[ESMTP_SENDER_REGEX] = { "sender-address regex", ARG_REGEX, NULL, 0 },
	[ESMTP_INVALID_RCPT_COUNT] = { "invalid-recipients count", ARG_GT, NULL,
	    0 },
	[ESMTP_MIME_FILENAME_LENGTH] = { "MIME filename length", ARG_GT, NULL,
	    0 },
	[ESMTP_MIME_FILETYPE_REGEX] = { "MIME filetype regex", ARG_REGEX, NULL,
	    0 },
	[ESMTP_MIME_ENCODING] = { "MIME encoding", ARG_SET,
	    esmtp_encoding_names, ENCODING_COUNT },
	[ESMTP_EHLO_PARAMETER] = { "ehlo-reply-parameter", ARG_SET,
	    esmtp_param_names, PARAM_COUNT },
};

void
esmtp_match_text(const struct esmtp_match *m, struct strbuf *out)
{
	unsigned i;

	sb_puts(out, criteria[m->criterion].text);
	switch (criteria[m->criterion].arg) {
	case ARG_GT:
		sb_printf(out, " gt %" PRIu64, m->gt);
		break;
	case ARG_SET:
		for (i = 0; i < criteria[m->criterion].n_names; i++)
			if (m->set >> i & 1)
				sb_printf(out, " %s",
				    criteria[m->criterion].names[i]);
		break;
	case ARG_REGEX:
		sb_printf(out, " %s%s", m->regex_is_class ? "class " : "",
		    m->regex != NULL ? m->regex : "");
		break;
	}
}

void
esmtp_action_text(const struct esmtp_match *m, struct strbuf *out)
{
	static const char *const names[] = {
		[ESMTP_NO_ACTION] = "",
		[ESMTP_DROP_CONNECTION] = "drop-connection",
		[ESMTP_RESET] = "reset",
		[ESMTP_MASK] = "mask",
		[ESMTP_LOG] = "log",
	};

	sb_puts(out, names[m->action]);
	if (m->log && m->action != ESMTP_LOG && m->action != ESMTP_NO_ACTION)
		sb_puts(out, " log");
	if (m->rate_limit != 0)
		sb_printf(out, "%srate-limit %" PRIu32,
		    m->action == ESMTP_NO_ACTION ? "" : " ", m->rate_limit);
}

/* Firewall CLI guide 9.3, "Defaults for ESMTP Inspection"; 9.4 and later ship
 * the same map with allow-tls. */
void
esmtp_map_init_default(struct esmtp_map *map, bool allow_tls)
{
	static const struct esmtp_match lines[] = {
		{ .criterion = ESMTP_CMD_LINE_LENGTH,
		    .gt = 512,
		    .action = ESMTP_DROP_CONNECTION,
		    .log = true },
		{ .criterion = ESMTP_CMD_RCPT_COUNT,
		    .gt = 100,
		    .action = ESMTP_DROP_CONNECTION,
		    .log = true },
		{ .criterion = ESMTP_BODY_LINE_LENGTH,
		    .gt = 998,
		    .action = ESMTP_LOG },
		{ .criterion = ESMTP_HEADER_LINE_LENGTH,
		    .gt = 998,
		    .action = ESMTP_DROP_CONNECTION,
		    .log = true },
		{ .criterion = ESMTP_SENDER_LENGTH,
		    .gt = 320,
		    .action = ESMTP_DROP_CONNECTION,
		    .log = true },
		{ .criterion = ESMTP_MIME_FILENAME_LENGTH,
		    .gt = 255,
		    .action = ESMTP_DROP_CONNECTION,
		    .log = true },
		{ .criterion = ESMTP_EHLO_PARAMETER,
		    .set = 1u << PARAM_OTHERS,
		    .action = ESMTP_MASK },
	};
	size_t i;

	memset(map, 0, sizeof(*map));
	map->name = xstrdup("_default_esmtp_map");
	map->description = xstrdup("Default ESMTP policy-map");
	map->builtin = true;
	map->par.mask_banner = true;
	map->par.allow_tls = allow_tls;
	for (i = 0; i < ARRAY_LEN(lines); i++)
		*VEC_PUSH(&map->matches) = lines[i];
}

void
esmtp_map_free_members(struct esmtp_map *map)
{
	size_t i;

	for (i = 0; i < map->matches.n; i++)
		free(map->matches.v[i].regex);
	VEC_FREE(&map->matches);
	free(map->par.mail_relay);
	free(map->description);
	free(map->name);
	memset(map, 0, sizeof(*map));
}

/* SPDX-License-Identifier: ISC
 *
 * `policy-map type inspect esmtp`: the model of its lines.
 *
 * Source of the lines and their names: Cisco ASA Series Firewall CLI
 * Configuration Guide, "ESMTP Inspection". Numeric arguments are bytes or
 * counts; "gt N" means strictly more than N.
 */
#ifndef ASASIM_CONF_INSP_H
#define ASASIM_CONF_INSP_H

#include <stdbool.h>
#include <stdint.h>

#include "util.h"

enum esmtp_criterion {
	ESMTP_CMD_LINE_LENGTH,
	ESMTP_CMD_RCPT_COUNT,
	ESMTP_CMD_VERB,
	ESMTP_BODY_LENGTH,
	ESMTP_BODY_LINE_LENGTH,
	ESMTP_HEADER_LENGTH,
	ESMTP_HEADER_LINE_LENGTH,
	ESMTP_HEADER_TO_COUNT,
	ESMTP_SENDER_LENGTH,
	ESMTP_SENDER_REGEX,
	ESMTP_INVALID_RCPT_COUNT,
	ESMTP_MIME_FILENAME_LENGTH,
	ESMTP_MIME_FILETYPE_REGEX,
	ESMTP_MIME_ENCODING,
	ESMTP_EHLO_PARAMETER,
	ESMTP_CRITERION_COUNT
};

/* Bits of esmtp_match.set for ESMTP_CMD_VERB. */
enum esmtp_verb {
	VERB_AUTH,
	VERB_DATA,
	VERB_EHLO,
	VERB_ETRN,
	VERB_HELO,
	VERB_HELP,
	VERB_MAIL,
	VERB_NOOP,
	VERB_QUIT,
	VERB_RCPT,
	VERB_RSET,
	VERB_SAML,
	VERB_SEND,
	VERB_SOML,
	VERB_VRFY,
	VERB_STARTTLS,
	VERB_UNKNOWN,
	VERB_COUNT
};

/* Bits of esmtp_match.set for ESMTP_EHLO_PARAMETER. */
enum esmtp_param {
	PARAM_8BITMIME,
	PARAM_AUTH,
	PARAM_BINARYNAME, /* BINARYMIME on the wire */
	PARAM_CHECKPOINT,
	PARAM_DSN,
	PARAM_ECODE, /* ENHANCEDSTATUSCODES on the wire */
	PARAM_ETRN,
	PARAM_OTHERS,
	PARAM_PIPELINING,
	PARAM_SIZE,
	PARAM_VRFY,
	PARAM_COUNT
};

/* Bits of esmtp_match.set for ESMTP_MIME_ENCODING. */
enum esmtp_encoding {
	ENCODING_7BIT,
	ENCODING_8BIT,
	ENCODING_BASE64,
	ENCODING_BINARY,
	ENCODING_OTHERS,
	ENCODING_QUOTED_PRINTABLE,
	ENCODING_COUNT
};

enum esmtp_action {
	ESMTP_NO_ACTION, /* the match line has no action yet */
	ESMTP_DROP_CONNECTION,
	ESMTP_RESET,
	ESMTP_MASK,
	ESMTP_LOG, /* log alone */
};

struct esmtp_match {
	enum esmtp_criterion criterion;
	bool negated; /* match not */
	uint64_t gt;
	uint32_t set;
	char *regex; /* regex or class-map name, NULL if none */
	bool regex_is_class;
	enum esmtp_action action;
	bool log;            /* with an action other than ESMTP_LOG */
	uint32_t rate_limit; /* messages per second, 0 = none */
};

struct esmtp_parameters {
	bool mask_banner;
	bool allow_tls;
	bool allow_tls_log;
	char *mail_relay; /* domain, NULL = no mail-relay */
	bool mail_relay_drop, mail_relay_log;
	bool special_character;
	bool special_character_drop, special_character_log;
};

struct esmtp_map {
	char *name;
	char *description;
	bool builtin; /* _default_esmtp_map: printed by `all` only */
	struct esmtp_parameters par;
	VEC(struct esmtp_match) matches;
};

/* Keyword tables, both ways, in the device's spelling ("rcpt", "8bitmime"). */
extern const char *const esmtp_verb_names[VERB_COUNT];
extern const char *const esmtp_param_names[PARAM_COUNT];
extern const char *const esmtp_encoding_names[ENCODING_COUNT];

/* The text after "match [not] " as show commands and log lines print it, for
 * example "header line length gt 998". */
void esmtp_match_text(const struct esmtp_match *m, struct strbuf *out);
/* "drop-connection log", "mask", ... */
void esmtp_action_text(const struct esmtp_match *m, struct strbuf *out);

/* Fills a map with what the device's _default_esmtp_map holds. */
void esmtp_map_init_default(struct esmtp_map *map, bool allow_tls);
void esmtp_map_free_members(struct esmtp_map *map);

#endif

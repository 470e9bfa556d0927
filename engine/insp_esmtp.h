/* SPDX-License-Identifier: ISC
 *
 * ESMTP inspection: what the compiled policy hands to the inspector.
 *
 * The map itself is the parser's (struct esmtp_map, read-only); this adds what
 * compiling found out: counters, and how this release of the device behaves.
 *
 * Memory of a connection: insp_esmtp.state_size, which is less than
 * ESMTP_STATE_MAX, and what the stream holds because it is not judged yet,
 * which is at most one unfinished line in each direction: of the client's, no
 * more than the largest `cmd line length` limit that closes the connection (at
 * least 512 bytes; without one INSPECT_HOLD_MAX), of the server's
 * INSPECT_HOLD_MAX. Nothing else grows, whatever the length of lines and
 * messages or the number of commands; the inspector does not allocate.
 */
#ifndef ASASIM_INSP_ESMTP_H
#define ASASIM_INSP_ESMTP_H

#include "conf_insp.h"
#include "inspect.h"

enum { ESMTP_STATE_MAX = 4096 };

enum esmtp_pipe {
	ESMTP_PIPE_CLOSE, /* close the session, 108003 */
	ESMTP_PIPE_BLANK, /* turn '|' into a blank, 108002 */
};

/* Drops and edits that no match line owns; `detail` shows them. */
#define ESMTP_EVENT_LIST(X)                                                    \
	X(UNKNOWN_COMMAND, "unknown command masked")                           \
	X(CHARACTER_MODE, "character-mode input masked")                       \
	X(TRUNCATED_COMMAND, "truncated command")                              \
	X(BAD_TERMINATOR, "bad command terminator")                            \
	X(PIPE, "pipe in mail address")                                        \
	X(ANGLE_BRACKET, "stray angle bracket in mail address")                \
	X(UNEXPECTED_REPLY, "unexpected reply")                                \
	X(BAD_REPLY, "reply without a code")                                   \
	X(STARTTLS_HIDDEN, "STARTTLS removed from EHLO reply")                 \
	X(SIZE_EXCEEDED, "message larger than declared")                       \
	X(INCOMPLETE_AT_END, "incomplete command at end of stream")            \
	X(OVERLONG_COMMAND, "command too long to hold")                        \
	X(GAP, "gap in the stream")

enum esmtp_event {
#define X(id, text) ESMTP_EVENT_##id,
	ESMTP_EVENT_LIST(X)
#undef X
	    ESMTP_EVENT_COUNT
};

const char *esmtp_event_text(enum esmtp_event e);

struct esmtp_compiled_match {
	struct esmtp_match m; /* copy; its strings are the policy's */
	char text[128];       /* "header line length gt 998" */
	char action_text[48]; /* "drop-connection log" */
	const void *regex;    /* compiled, NULL if none: struct regexset */
	count_t hits;
};

/* Config of one `inspect esmtp [MAP]`. Immutable. */
struct esmtp_policy {
	const char *map_name; /* as configured; NULL: the default map */
	struct esmtp_parameters par;
	struct esmtp_compiled_match *matches;
	unsigned n_matches;

	/* by release profile */
	uint32_t verbs;        /* allowed verbs, bits of enum esmtp_verb */
	uint32_t known_params; /* EHLO keywords that are not "others" */
	enum esmtp_pipe pipe;
	bool keep_banner_blank; /* the byte after "220" survives */

	count_t mask_banner, allow_tls, mail_relay, special_character;
	count_t events[ESMTP_EVENT_COUNT];
	/* first packet number of each event, written by the inspector through
	 * this indirection (the policy itself is const) */
	uint64_t *first_packet; /* [ESMTP_EVENT_COUNT], may be NULL */
};

#endif

/* SPDX-License-Identifier: ISC
 *
 * The SMTP dialogue: lines, commands, replies and where a message starts and
 * ends (RFC 5321, 2920, 3030, 3207, 4954). It knows no packets, no policy and
 * changes no byte.
 *
 * Each direction is pushed the bytes that are not yet consumed; one call gives
 * at most one event and says how many bytes from the start it consumed. The
 * caller repeats while the event is not SMTP_NONE (an event may consume 0
 * bytes). Bytes that SMTP_NONE leaves unconsumed have to be shown again in
 * front of later ones; there are never more of them than command_limit or
 * reply_limit. A line longer than that is given as it is, its rest as a tail.
 *
 *	used = smtp_client(&s, bytes, n, 0, &ev);
 *	if (ev.type == SMTP_COMMAND)
 *		smtp_sent(&s, masked ? SMTP_MASKED : ev.kind);
 *
 * Replies are paired with commands through a queue of what was sent and is not
 * answered, because commands may be pipelined (RFC 2920). The queue is bounded:
 * SMTP_QUEUE_MAX commands are remembered by name, later ones only counted. If
 * there is an EHLO among those, any of their answers may be the one to it.
 *
 * What the server sees decides, so a caller that changes a command has to say
 * so (smtp_sent() with SMTP_MASKED).
 *
 * Where the two ends may disagree about what is a command, the server's answers
 * tell who was right: a 354 begins a message; a refused DATA, or an answer that
 * nothing asked for, ends one. What a client sent before that answer has gone
 * by as text. It can be commands, but only one flight of them: text sent ahead
 * of the 354, or behind LF . LF for servers that take it for the end.
 */
#ifndef ASASIM_SMTP_H
#define ASASIM_SMTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "conf_insp.h"

enum { SMTP_QUEUE_MAX = 512 };

/* What a reply answers: a verb of enum esmtp_verb, or one of these. */
enum smtp_kind {
	SMTP_CONNECT = VERB_COUNT, /* the connection: its reply is a greeting */
	SMTP_END_OF_DATA,          /* CRLF . CRLF */
	SMTP_BDAT,
	SMTP_MASKED,  /* something the server does not know */
	SMTP_NOTHING, /* a reply that nothing asked for */
};

enum smtp_ev {
	SMTP_NONE,       /* more bytes wanted, or all consumed */
	SMTP_COMMAND,    /* one command line; answer with smtp_sent() */
	SMTP_TAIL,       /* the rest of a line too long to hold */
	SMTP_TYPED,      /* character-mode input */
	SMTP_OPAQUE,     /* answer to an AUTH challenge */
	SMTP_CHUNK,      /* bytes that BDAT announced */
	SMTP_TEXT,       /* message text, dot-stuffing removed: text[] */
	SMTP_DOT,        /* a stuffing dot, or part of the final one */
	SMTP_TEXT_END,   /* the LF of CRLF . CRLF */
	SMTP_SKIPPED,    /* after a gap: up to the next line end */
	SMTP_REFUSED,    /* the rest of a line of text that the server takes
			  * for a command */
	SMTP_REPLY,      /* one reply line */
	SMTP_REPLY_TAIL, /* the rest of a reply line too long to hold */
};

/* How a line ended. */
enum smtp_end {
	SMTP_END_CRLF,
	SMTP_END_LF,   /* LF without CR */
	SMTP_END_CR,   /* CR without LF */
	SMTP_END_FIN,  /* the sender closed */
	SMTP_END_OPEN, /* not at all: too long to hold */
};

/* Flags of a push. */
enum {
	SMTP_FINAL = 1, /* nothing will follow these bytes */
	SMTP_KEYED = 2, /* they are one whole, tiny segment with nothing held */
};

struct smtp_event {
	enum smtp_ev type;
	enum smtp_end end;
	size_t text_length; /* without the line end */

	/* SMTP_COMMAND */
	unsigned kind; /* a verb, VERB_UNKNOWN or SMTP_BDAT */
	size_t word;   /* length of the first word */
	size_t arg;    /* offset of what follows it */

	/* SMTP_TYPED: first bytes of the line; SMTP_TYPED, SMTP_TAIL and
	 * SMTP_REPLY_TAIL: these bytes hold the line's end. */
	bool first, last;
	/* SMTP_TAIL: length of the line before and after these bytes. */
	uint64_t from, to;

	/* SMTP_TEXT: borrowed, valid until the next call. */
	const uint8_t *text;

	/* SMTP_REPLY */
	unsigned answers;    /* enum smtp_kind or verb */
	unsigned code;       /* 0: the line has none */
	unsigned reply_line; /* 0: first of the reply */
	bool reply_last;
	bool unexpected; /* an unexpected transition (first line only) */
	bool partial;    /* too long to hold: SMTP_REPLY_TAIL follows */
};

struct smtp {
	size_t command_limit, reply_limit;

	/* client to server */
	uint8_t client;      /* state, private */
	uint8_t text_state;  /* where in a message line */
	bool predicted;      /* message text before the 354 */
	uint32_t ahead;      /* lines of such text */
	bool mid_line;       /* of typed, opaque or message text */
	bool open_dot;       /* text ends with a dot after CR or LF */
	bool loose_dot;      /* text had a dot alone between CR or LF */
	uint8_t last;        /* byte of the text */
	bool chunk_begun;    /* a byte of the chunk was seen */
	uint64_t chunk_left; /* BDAT bytes to come */
	uint64_t line_length;
	uint32_t rcpts, refused; /* RCPT of this transaction */
	uint32_t message;        /* number of the message in progress */

	/* server to client */
	uint8_t server;       /* state, private */
	unsigned reply_lines; /* of the reply in progress */
	unsigned reply_to;

	/* sent and not answered: lines of a message that was refused after it
	 * had been sent, which were commands to the server; the queue */
	uint32_t refused_lines;
	uint8_t queue[SMTP_QUEUE_MAX];
	uint16_t queue_head, queue_length;
	uint32_t unnamed; /* more commands, behind the queue */
	bool unnamed_ehlo;
	/* After a gap the queue may be short or long by some. */
	bool loose;
	bool client_gap;
};

void smtp_init(struct smtp *s, size_t command_limit, size_t reply_limit);
size_t smtp_client(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev);
size_t smtp_server(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev);
/* The command of the last SMTP_COMMAND goes to the server as kind. Not called
 * when the server does not get it as a line. chunk: BDAT's size. */
void smtp_sent(struct smtp *s, unsigned kind, uint64_t chunk);
void smtp_gap(struct smtp *s, bool from_client, uint64_t n);

/* The path and parameters of MAIL, RCPT, SEND, SOML, SAML. Offsets into the
 * argument that was given. */
struct smtp_path {
	size_t start;                 /* after FROM: or TO: */
	size_t at, length;            /* between < and >, or the bare word */
	size_t mailbox, mailbox_size; /* likewise without a source route */
	size_t domain, domain_size;   /* after the last @ that is not quoted */
	bool has_size;                /* SIZE= (RFC 1870) */
	uint64_t size;
};

void smtp_parse_path(const uint8_t *arg, size_t n, struct smtp_path *p);

/* "BDAT 129 LAST": the size, saturating. */
uint64_t smtp_parse_chunk(const uint8_t *arg, size_t n);

/* Is the span this word, whatever its case? ASCII only. */
bool word_eq_nocase(const void *span, size_t n, const char *word);

#endif

/* SPDX-License-Identifier: ISC
 *
 * A walk through one message (RFC 5322) and its MIME structure (RFC 2045-2047,
 * 2231): how long lines, header and body are, which media types, encodings and
 * attachment names occur. Nothing is stored but a few bounded prefixes, so a
 * line of a megabyte costs a counter.
 *
 * mime_push() is given message text without dot-stuffing and without the final
 * dot. It consumes some of it, from the start, and gives one event; the caller
 * repeats until MIME_NONE, which has consumed all. An event may consume 0
 * bytes. The last consumed byte is the one that made the event true; if it is
 * not, because it had to be known that no LF or no continuation follows, the
 * event says so.
 *
 * "header" is the first block of lines, up to the first empty line; the header
 * of a body part belongs to the body, but its fields are looked at. Lines end
 * with LF, with or without a CR before it; a lone CR is text.
 *
 * A name's length is that of the decoded name in its own character set, in
 * bytes: RFC 2231 pieces are added up, percent-encoding and RFC 2047 encoded
 * words undone (which mailers use in parameters although RFC 2047 5 forbids).
 *
 * Boundaries are remembered up to MIME_BOUNDARY_MAX bytes and MIME_DEPTH_MAX
 * levels. Of a longer one the beginning decides; in parts nested deeper any
 * line that begins with -- may begin a part. So a part may be seen where there
 * is none, but none is missed.
 *
 * Not modelled: messages inside an encoded part.
 */
#ifndef ASASIM_MIME_H
#define ASASIM_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MIME_DEPTH_MAX = 8,
	MIME_BOUNDARY_MAX = 70, /* RFC 2046 5.1.1 */
	MIME_VALUE_MAX = 127,   /* of a media type, RFC 4288 4.2 */
};

enum mime_ev {
	MIME_NONE,       /* all consumed */
	MIME_TEXT,       /* line and section grew */
	MIME_LINE_END,   /* line: its length; section grew */
	MIME_HEADER_END, /* the empty line after the header */
	MIME_TO_FIELD,   /* a To field of the header */
	MIME_TYPE,       /* text: "image/gif" */
	MIME_ENCODING,   /* text: "base64" */
	MIME_FILENAME,   /* name grew: the longest of this part */
};

struct mime_growth {
	uint64_t from, to;
};

struct mime_event {
	enum mime_ev type;
	bool header;                /* the header, not the body */
	bool ahead;                 /* the next byte, not consumed yet, told */
	struct mime_growth line;    /* without the line end */
	struct mime_growth section; /* header or body, with line ends */
	struct mime_growth name;
	const char *text; /* valid until the next call */
	size_t length;
	/* MIME_LINE_END, MIME_HEADER_END: the header of a part ended here that
	 * gave it a name, name.to bytes long. */
	bool named;
};

/* An RFC 2047 encoded word in progress; see mime.c. */
struct mime_word {
	uint8_t state;
	uint8_t encoding; /* 'B' or 'Q' */
	uint8_t hex;      /* Q: hexadecimal digits to come */
	uint64_t raw, decoded;
	uint64_t blanks; /* after a word: dropped if one follows */
};

struct mime {
	bool in_header;
	bool in_part_header;
	bool cr;          /* a CR that may belong to a line end */
	bool line_begun;  /* the line's first byte was looked at */
	bool line_broken; /* its start fell into a gap */
	uint64_t line;    /* length of the current line */
	uint64_t header_length, body_length;
	enum mime_ev pending; /* to be given before more is consumed */
	bool pending_ahead;   /* likewise its event's ahead */

	/* the field */
	uint8_t field, value_state, comment_depth, comment_return;
	uint8_t attribute; /* what the parameter's value is for */
	uint8_t quotes_left, hex_left, hex;
	bool value_done;
	char name[32]; /* of the field, of a parameter: lower case */
	uint8_t name_length;
	char value[MIME_VALUE_MAX + 1];
	uint8_t value_length;
	struct mime_word word;
	uint64_t plain, extended; /* file name in progress */
	uint64_t extended_raw;    /* if it has no charset'lang' after all */
	bool named;               /* the part's header has a name */
	uint64_t filename, filename_given;

	/* the part */
	bool multipart, message;
	char boundary[MIME_BOUNDARY_MAX];
	uint8_t boundary_length;
	bool boundary_cut; /* there is more of it */

	/* the parts around it */
	uint8_t depth;
	uint8_t cut; /* which of them are cut, by bit */
	bool deep;   /* and more than MIME_DEPTH_MAX */
	uint8_t boundary_lengths[MIME_DEPTH_MAX];
	char boundaries[MIME_DEPTH_MAX][MIME_BOUNDARY_MAX];
	uint8_t prefix_length;
	char prefix[MIME_BOUNDARY_MAX + 4]; /* of the line: -- and -- */

	/* the header that the line in progress ended */
	bool ended_named;
	uint64_t ended_name;
};

void mime_begin(struct mime *m);
size_t mime_push(
    struct mime *m, const uint8_t *b, size_t n, struct mime_event *ev);
/* n bytes are missing. */
void mime_gap(struct mime *m, uint64_t n);

#endif

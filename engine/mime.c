/* SPDX-License-Identifier: ISC */
#include "mime.h"

#include <string.h>

#include "smtp.h"

enum field {
	FIELD_NAME,  /* before the colon */
	FIELD_OTHER, /* of no interest, or no field at all */
	FIELD_TYPE,
	FIELD_DISPOSITION,
	FIELD_ENCODING,
};

/* Where in a structured field (RFC 2045 5.1). */
enum value_state {
	VALUE,     /* the media type, disposition or encoding */
	BETWEEN,   /* after a value, before a semicolon */
	ATTRIBUTE, /* a parameter's name */
	EQUALS,    /* after = */
	TOKEN,
	QUOTED,
	QUOTED_PAIR,
	COMMENT,
	COMMENT_PAIR,
};

enum attribute {
	IGNORED,
	BOUNDARY,
	BOUNDARY_EXTENDED,
	NAME,
	NAME_PIECE,
	NAME_PIECE_EXTENDED,
};

/* =?charset?B?text?= : what was seen of it. */
enum word_state {
	WORD_NONE,
	WORD_EQUALS,
	WORD_CHARSET,
	WORD_ENCODING,
	WORD_ENCODING_END,
	WORD_TEXT,
	WORD_TEXT_END, /* the ? that = should follow */
	WORD_AFTER,    /* a whole word, and blanks */
};

static char
lower(unsigned c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool
is_blank(unsigned c)
{
	return c == ' ' || c == '\t';
}

static bool
is_hex(unsigned c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

static void
part_begin(struct mime *m)
{
	if (m->named) {
		m->ended_named = true;
		m->ended_name = m->filename;
	}
	m->field = FIELD_OTHER;
	m->multipart = m->message = m->named = false;
	m->boundary_length = 0;
	m->boundary_cut = false;
	m->filename = m->filename_given = 0;
}

void
mime_begin(struct mime *m)
{
	memset(m, 0, sizeof(*m));
	m->in_header = true;
	part_begin(m);
}

/* File names. */

static void
name_update(struct mime *m)
{
	if (m->plain > m->filename)
		m->filename = m->plain;
	if (m->extended > m->filename)
		m->filename = m->extended;
	if (m->filename > m->filename_given)
		m->pending = MIME_FILENAME;
}

/* The bytes since = are no encoded word: they count as they are. */
static void
word_break(struct mime *m)
{
	struct mime_word *w = &m->word;

	m->plain += w->state == WORD_AFTER ? w->blanks : w->raw;
	memset(w, 0, sizeof(*w));
}

static void
name_byte_plain(struct mime *m, unsigned c)
{
	struct mime_word *w = &m->word;

	if (w->state == WORD_AFTER) {
		if (is_blank(c)) {
			w->blanks++;
			return;
		}
		if (c != '=')
			word_break(m);
	}
	/* Charset and text have no blanks: RFC 2047 2. */
	if (w->state > WORD_NONE && w->state < WORD_AFTER && is_blank(c))
		word_break(m);
	w->raw++;
	switch (w->state) {
	case WORD_NONE:
	case WORD_AFTER:
		if (c != '=') {
			m->plain++;
			w->raw = 0;
			break;
		}
		w->raw = 1;
		if (w->state == WORD_AFTER) {
			/* as if the blanks belonged to the text, until it is
			 * known that a word follows */
			w->raw += w->blanks;
		}
		w->state = WORD_EQUALS;
		break;
	case WORD_EQUALS:
		if (c == '?')
			w->state = WORD_CHARSET;
		else
			word_break(m);
		break;
	case WORD_CHARSET:
		if (c == '?')
			w->state = WORD_ENCODING;
		break;
	case WORD_ENCODING:
		w->encoding = (uint8_t)(lower(c) - 'a' + 'A');
		if (w->encoding == 'B' || w->encoding == 'Q')
			w->state = WORD_ENCODING_END;
		else
			word_break(m);
		break;
	case WORD_ENCODING_END:
		w->decoded = 0;
		w->hex = 0;
		if (c == '?')
			w->state = WORD_TEXT;
		else
			word_break(m);
		break;
	case WORD_TEXT:
		if (c == '?')
			w->state = WORD_TEXT_END;
		else if (w->encoding == 'B')
			w->decoded += c != '=';
		else if (w->hex != 0 && is_hex(c))
			w->hex--;
		else {
			w->decoded++;
			w->hex = c == '=' ? 2 : 0;
		}
		break;
	case WORD_TEXT_END:
		if (c != '=') {
			word_break(m);
			break;
		}
		m->plain +=
		    w->encoding == 'B' ? w->decoded * 6 / 8 : w->decoded;
		memset(w, 0, sizeof(*w));
		w->state = WORD_AFTER;
		break;
	}
}

/* charset'language'percent-encoded: RFC 2231 4. */
static void
name_byte_extended(struct mime *m, unsigned c)
{
	if (m->quotes_left != 0) {
		m->extended_raw++;
		if (c == '\'' && --m->quotes_left == 0)
			m->extended_raw = 0;
		return;
	}
	if (m->hex_left != 0 && is_hex(c)) {
		m->hex_left--;
		return;
	}
	m->extended++;
	m->hex_left = c == '%' ? 2 : 0;
}

static void
boundary_byte(struct mime *m, unsigned c)
{
	if (m->boundary_length < MIME_BOUNDARY_MAX)
		m->boundary[m->boundary_length++] = (char)c;
	else
		m->boundary_cut = true;
}

static void
boundary_byte_extended(struct mime *m, unsigned c)
{
	unsigned digit = c <= '9' ? c - '0' : (unsigned)lower(c) - 'a' + 10;

	if (m->quotes_left != 0) {
		m->quotes_left -= c == '\'';
	} else if (m->hex_left != 0 && is_hex(c)) {
		m->hex = (uint8_t)(m->hex << 4 | digit);
		if (--m->hex_left == 0)
			boundary_byte(m, m->hex);
	} else if (c == '%') {
		m->hex_left = 2;
	} else {
		m->hex_left = 0;
		boundary_byte(m, c);
	}
}

static void
parameter_byte(struct mime *m, unsigned c)
{
	switch (m->attribute) {
	case BOUNDARY:
		boundary_byte(m, c);
		return;
	case BOUNDARY_EXTENDED:
		boundary_byte_extended(m, c);
		return;
	case NAME:
		name_byte_plain(m, c);
		break;
	case NAME_PIECE:
		m->extended++;
		break;
	case NAME_PIECE_EXTENDED:
		name_byte_extended(m, c);
		break;
	default:
		return;
	}
	name_update(m);
}

/* At the = : name, name*, name*2, name*2* */
static void
parameter_begin(struct mime *m)
{
	size_t n = m->name_length, base;
	bool extended, first;

	m->attribute = IGNORED;
	for (base = 0; base < n && m->name[base] != '*'; base++)
		;
	extended = base < n && m->name[n - 1] == '*';
	first = base == n || base + 1 == n || m->name[base + 1] == '0';
	m->hex_left = 0;
	m->extended_raw = 0;
	/* Only the first piece names the character set. */
	m->quotes_left = extended && first ? 2 : 0;
	if (m->field == FIELD_TYPE &&
	    word_eq_nocase(m->name, base, "boundary")) {
		m->attribute = extended ? BOUNDARY_EXTENDED : BOUNDARY;
		if (first) {
			m->boundary_length = 0;
			m->boundary_cut = false;
		}
		return;
	}
	if (!word_eq_nocase(m->name, base, "name") &&
	    !word_eq_nocase(m->name, base, "filename"))
		return;
	m->attribute = base == n ? NAME
	    : extended           ? NAME_PIECE_EXTENDED
				 : NAME_PIECE;
	m->named = true;
	if (m->attribute == NAME)
		m->plain = 0;
	memset(&m->word, 0, sizeof(m->word));
}

static void
parameter_end(struct mime *m)
{
	if (m->attribute == NAME)
		word_break(m);
	if (m->attribute == NAME_PIECE_EXTENDED) {
		m->extended += m->extended_raw;
		m->extended_raw = 0;
	}
	m->attribute = IGNORED;
	name_update(m);
}

/* Fields. */

static void
value_end(struct mime *m)
{
	m->value_state = BETWEEN;
	m->value[m->value_length] = '\0';
	if (m->field == FIELD_TYPE) {
		m->pending = MIME_TYPE;
		m->multipart = m->value_length > 10 &&
		    word_eq_nocase(m->value, 10, "multipart/");
		m->message =
		    word_eq_nocase(m->value, m->value_length, "message/rfc822");
	} else if (m->field == FIELD_ENCODING) {
		m->pending = MIME_ENCODING;
	}
}

static void
attribute_begin(struct mime *m)
{
	m->value_state = ATTRIBUTE;
	m->name_length = 0;
}

static void
attribute_byte(struct mime *m, unsigned c)
{
	if (m->name_length < sizeof(m->name))
		m->name[m->name_length++] = lower(c);
}

static void
comment_begin(struct mime *m)
{
	m->comment_return = m->value_state;
	m->comment_depth = 1;
	m->value_state = COMMENT;
}

static void
comment_byte(struct mime *m, unsigned c)
{
	if (c == '\\')
		m->value_state = COMMENT_PAIR;
	else if (c == '(' && m->comment_depth < UINT8_MAX)
		m->comment_depth++;
	else if (c == ')' && --m->comment_depth == 0)
		m->value_state = m->comment_return;
}

static void
value_byte(struct mime *m, unsigned c)
{
	switch (m->value_state) {
	case VALUE:
		if (c == ';' || is_blank(c) || c == '(') {
			if (m->value_length != 0)
				value_end(m);
			if (c == ';')
				attribute_begin(m);
			else if (c == '(')
				comment_begin(m);
		} else if (m->value_length < MIME_VALUE_MAX) {
			m->value[m->value_length++] = (char)c;
		}
		break;
	case BETWEEN:
		if (c == '(') {
			comment_begin(m);
		} else if (!is_blank(c)) {
			attribute_begin(m);
			if (c != ';')
				attribute_byte(m, c);
		}
		break;
	case ATTRIBUTE:
		if (c == ';') {
			attribute_begin(m);
		} else if (c == '(') {
			comment_begin(m);
		} else if (c == '=') {
			parameter_begin(m);
			m->value_state = EQUALS;
		} else if (!is_blank(c)) {
			attribute_byte(m, c);
		}
		break;
	case EQUALS:
		if (is_blank(c))
			break;
		m->value_state = c == '"' ? QUOTED : TOKEN;
		if (c == '"')
			break;
		value_byte(m, c);
		break;
	case TOKEN:
		if (c == ';' || is_blank(c)) {
			parameter_end(m);
			m->value_state = BETWEEN;
			if (c == ';')
				attribute_begin(m);
		} else {
			parameter_byte(m, c);
		}
		break;
	case QUOTED:
		if (c == '\\') {
			m->value_state = QUOTED_PAIR;
		} else if (c == '"') {
			parameter_end(m);
			m->value_state = BETWEEN;
		} else {
			parameter_byte(m, c);
		}
		break;
	case QUOTED_PAIR:
		m->value_state = QUOTED;
		parameter_byte(m, c);
		break;
	case COMMENT:
		comment_byte(m, c);
		break;
	case COMMENT_PAIR:
		m->value_state = COMMENT;
		break;
	}
}

static void
field_identify(struct mime *m)
{
	static const struct {
		const char *name;
		enum field field;
	} fields[] = {
		{ "content-type", FIELD_TYPE },
		{ "content-disposition", FIELD_DISPOSITION },
		{ "content-transfer-encoding", FIELD_ENCODING },
	};
	size_t i;

	/* RFC 5322 4.5.8: blanks before the colon are obsolete, not wrong. */
	while (m->name_length != 0 &&
	    is_blank((unsigned char)m->name[m->name_length - 1]))
		m->name_length--;
	m->field = FIELD_OTHER;
	if (m->in_header && word_eq_nocase(m->name, m->name_length, "to"))
		m->pending = MIME_TO_FIELD;
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (word_eq_nocase(m->name, m->name_length, fields[i].name))
			m->field = fields[i].field;
	m->value_state = VALUE;
	m->value_length = 0;
	m->plain = m->extended = 0;
}

static void
field_byte(struct mime *m, unsigned c)
{
	if (m->field == FIELD_NAME) {
		if (c == ':')
			field_identify(m);
		else if (m->name_length == sizeof(m->name))
			m->field = FIELD_OTHER;
		else
			m->name[m->name_length++] = lower(c);
	} else {
		value_byte(m, c);
	}
}

/* The field's line ends; it may be continued. */
static void
field_line_end(struct mime *m)
{
	if (m->field < FIELD_TYPE)
		return;
	if (m->value_state == VALUE && m->value_length != 0)
		value_end(m);
	else if (m->value_state == TOKEN) {
		parameter_end(m);
		m->value_state = BETWEEN;
	}
}

/* The first byte of a header line says whether the field goes on (folding,
 * RFC 5322 2.2.3). */
static void
field_line_begin(struct mime *m, unsigned c)
{
	m->line_begun = true;
	if (is_blank(c))
		return;
	if (m->field >= FIELD_TYPE &&
	    (m->value_state == QUOTED || m->value_state == QUOTED_PAIR))
		parameter_end(m);
	m->field = FIELD_NAME;
	m->name_length = 0;
}

/* Structure. */

static void
part_header_end(struct mime *m)
{
	bool message = m->message;

	m->in_header = m->in_part_header = false;
	if (m->multipart && m->boundary_length != 0 &&
	    m->depth == MIME_DEPTH_MAX) {
		m->deep = true;
	} else if (m->multipart && m->boundary_length != 0) {
		memcpy(
		    m->boundaries[m->depth], m->boundary, m->boundary_length);
		m->cut &= (uint8_t) ~(1u << m->depth);
		m->cut |= (uint8_t)(m->boundary_cut << m->depth);
		m->boundary_lengths[m->depth++] = m->boundary_length;
	}
	part_begin(m);
	/* RFC 2046 5.2.1: its body starts with a header of its own. */
	m->in_part_header = message;
}

/* A part begins inside the known parts up to `depth`. */
static void
part_header_begin(struct mime *m, unsigned depth)
{
	m->depth = (uint8_t)depth;
	part_begin(m);
	m->in_part_header = true;
}

static void
check_boundary(struct mime *m)
{
	const char *p = m->prefix;
	size_t n = m->prefix_length, length;
	unsigned i = m->depth;
	bool begins, ends;

	if (n < 3 || p[0] != '-' || p[1] != '-')
		return;
	p += 2;
	n -= 2;
	while (i-- != 0) {
		length = m->boundary_lengths[i];
		if (n < length || memcmp(p, m->boundaries[i], length) != 0)
			continue;
		begins = n == length || is_blank((unsigned char)p[length]) ||
		    (m->cut >> i & 1) != 0;
		ends =
		    n >= length + 2 && p[length] == '-' && p[length + 1] == '-';
		if (!begins && !ends)
			continue;
		m->deep = false;
		part_header_begin(m, begins ? i + 1 : i);
		m->in_part_header = begins;
		return;
	}
	if (m->deep && !is_blank((unsigned char)p[0]))
		part_header_begin(m, m->depth);
}

static uint64_t *
section(struct mime *m)
{
	return m->in_header ? &m->header_length : &m->body_length;
}

static void
grow(struct mime *m, size_t n, struct mime_event *ev)
{
	uint64_t *length = section(m);

	ev->header = m->in_header;
	ev->section.from = *length;
	ev->section.to = *length += n;
}

static void
line_end(struct mime *m, size_t terminator, struct mime_event *ev)
{
	bool header = m->in_header || m->in_part_header;
	bool empty = m->line == 0 && !m->line_broken;

	m->ended_named = false;
	ev->type = MIME_LINE_END;
	ev->line.from = ev->line.to = m->line;
	if (m->in_header && empty) {
		ev->type = MIME_HEADER_END;
		ev->header = true;
		ev->section.from = ev->section.to = m->header_length;
	} else {
		grow(m, terminator, ev);
	}
	if (header && empty)
		part_header_end(m);
	else if (header)
		field_line_end(m);
	if (m->depth != 0 && !ev->header)
		check_boundary(m);
	ev->named = m->ended_named;
	ev->name.to = m->ended_name;
	m->line = 0;
	m->line_begun = m->line_broken = m->cr = false;
	m->prefix_length = 0;
}

/* n bytes of a line, or as many as it takes for a field to tell something. */
static size_t
line_text(struct mime *m, const uint8_t *b, size_t n, struct mime_event *ev)
{
	size_t i, k;

	if ((m->in_header || m->in_part_header) && m->field != FIELD_OTHER) {
		for (i = 0; i < n && m->pending == MIME_NONE &&
		     m->field != FIELD_OTHER;
		     i++)
			field_byte(m, b[i]);
		n = i;
	}
	if (m->depth != 0 && !m->line_broken) {
		k = sizeof(m->prefix) - m->prefix_length;
		k = k < n ? k : n;
		memcpy(m->prefix + m->prefix_length, b, k);
		m->prefix_length += (uint8_t)k;
	}
	ev->type = MIME_TEXT;
	grow(m, n, ev);
	ev->line.from = m->line;
	ev->line.to = m->line += n;
	return n;
}

static bool
give_pending(struct mime *m, struct mime_event *ev)
{
	if (m->pending == MIME_NONE)
		return false;
	ev->type = m->pending;
	ev->ahead = m->pending_ahead;
	m->pending = MIME_NONE;
	ev->header = m->in_header;
	ev->text = m->value;
	ev->length = m->value_length;
	ev->name.from = m->filename_given;
	ev->name.to = m->filename;
	if (ev->type == MIME_FILENAME)
		m->filename_given = m->filename;
	return true;
}

size_t
mime_push(struct mime *m, const uint8_t *b, size_t n, struct mime_event *ev)
{
	static const uint8_t cr[] = { '\r' };
	const uint8_t *end;
	size_t used = 0, k;

	memset(ev, 0, sizeof(*ev));
	if (give_pending(m, ev) || n == 0)
		return 0;
	m->pending_ahead = false;
	if (!m->cr && b[0] == '\r') {
		m->cr = true;
		used = 1;
		if (n == 1)
			return 1;
	}
	if ((m->in_header || m->in_part_header) && !m->line_begun) {
		field_line_begin(m, m->cr && b[used] != '\n' ? '\r' : b[used]);
		if (give_pending(m, ev)) {
			ev->ahead = true;
			return used;
		}
	}
	if (b[used] == '\n') {
		line_end(m, m->cr ? 2 : 1, ev);
		return used + 1;
	}
	if (m->cr) { /* a lone CR */
		m->cr = false;
		line_text(m, cr, 1, ev);
		ev->ahead = m->pending_ahead = true;
		return used;
	}
	k = n - used;
	end = memchr(b + used, '\n', k);
	if (end != NULL)
		k = (size_t)(end - b) - used;
	end = memchr(b + used, '\r', k);
	if (end != NULL)
		k = (size_t)(end - b) - used;
	return used + line_text(m, b + used, k, ev);
}

void
mime_gap(struct mime *m, uint64_t n)
{
	*section(m) += n;
	m->cr = false;
	m->line = 0;
	m->line_begun = m->line_broken = true;
	m->field = FIELD_OTHER;
	m->prefix_length = 0;
}

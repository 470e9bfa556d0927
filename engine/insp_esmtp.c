/* SPDX-License-Identifier: ISC
 *
 * ESMTP inspection: messages, replies and the inspector's contract. smtp.c says
 * what goes on, mime.c what a message holds, the policy what is not wanted.
 */
#include "esmtp_int.h"

#include <assert.h>
#include <string.h>

/* State is memory the stream keeps for each connection. */
static_assert(
    sizeof(struct esmtp_state) < ESMTP_STATE_MAX, "esmtp state too large");

/* Messages. */

/* The message before may have been broken off. */
static void
message_begin(struct esmtp_state *s)
{
	if (s->message == s->smtp.message)
		return;
	s->message = s->smtp.message;
	mime_begin(&s->mime);
	s->text_length = 0;
	s->to_fields = 0;
}

static unsigned
encoding_number(const char *text, size_t n)
{
	unsigned i;

	for (i = 0; i < ENCODING_COUNT; i++)
		if (word_eq_nocase(text, n, esmtp_encoding_names[i]))
			return i;
	return ENCODING_OTHERS;
}

static enum insp_verdict
header_end(struct esmtp_call *c, uint64_t length)
{
	enum insp_verdict v;

	v = esmtp_settled(c, ESMTP_HEADER_LENGTH, length);
	if (v == INSP_PASS)
		v = esmtp_settled(c, ESMTP_HEADER_TO_COUNT, c->s->to_fields);
	return v;
}

static enum insp_verdict
name_final(struct esmtp_call *c, bool named, uint64_t length)
{
	return named ? esmtp_settled(c, ESMTP_MIME_FILENAME_LENGTH, length)
		     : INSP_PASS;
}

static enum insp_verdict
mime_event(struct esmtp_call *c, const struct mime_event *ev)
{
	struct esmtp_growth g[] = {
		{ ev->header ? ESMTP_HEADER_LINE_LENGTH
			     : ESMTP_BODY_LINE_LENGTH,
		    ev->line.from, ev->line.to },
		{ ev->header ? ESMTP_HEADER_LENGTH : ESMTP_BODY_LENGTH,
		    ev->section.from, ev->section.to },
	};
	struct esmtp_growth name = { ESMTP_MIME_FILENAME_LENGTH, ev->name.from,
		ev->name.to };
	enum insp_verdict v;

	switch (ev->type) {
	case MIME_TEXT:
		return esmtp_grown(c, g, 2);
	case MIME_LINE_END:
		v = esmtp_grown(c, g, 2);
		if (v == INSP_PASS)
			v = esmtp_settled(c, g[0].criterion, ev->line.to);
		if (v == INSP_PASS)
			v = name_final(c, ev->named, ev->name.to);
		return v;
	case MIME_HEADER_END:
		v = header_end(c, ev->section.to);
		if (v == INSP_PASS)
			v = name_final(c, ev->named, ev->name.to);
		return v;
	case MIME_TO_FIELD:
		return esmtp_grown_by_one(
		    c, ESMTP_HEADER_TO_COUNT, &c->s->to_fields);
	case MIME_TYPE:
		return esmtp_judge(
		    c, ESMTP_MIME_FILETYPE_REGEX, 0, ev->text, ev->length);
	case MIME_ENCODING:
		return esmtp_judge(c, ESMTP_MIME_ENCODING,
		    encoding_number(ev->text, ev->length), NULL, 0);
	case MIME_FILENAME:
		return esmtp_grown(c, &name, 1);
	default:
		return INSP_PASS;
	}
}

/* The offending byte's offset: the one that passed a limit in a run of text,
 * else the event's last, which may have been consumed with the event before. */
static size_t
offending(const struct mime_event *ev, size_t pos, size_t used, uint64_t offset)
{
	if (ev->ahead)
		return pos + used;
	if (ev->type == MIME_TEXT && offset < used)
		return pos + (size_t)offset;
	return pos + used != 0 ? pos + used - 1 : 0;
}

/* Sets c->offset to the offending byte. */
static enum insp_verdict
message_text(struct esmtp_call *c, const uint8_t *b, size_t n)
{
	struct mime_event ev;
	enum insp_verdict v;
	size_t pos = 0, used;

	c->s->text_length += n;
	for (;;) {
		used = mime_push(&c->s->mime, b + pos, n - pos, &ev);
		if (ev.type == MIME_NONE) {
			assert(pos + used == n);
			return INSP_PASS;
		}
		v = mime_event(c, &ev);
		if (v != INSP_PASS) {
			c->offset = offending(&ev, pos, used, c->offset);
			return v;
		}
		pos += used;
	}
}

static enum insp_verdict
message_end(struct esmtp_call *c)
{
	struct esmtp_state *s = c->s;
	struct esmtp_names n;
	enum insp_verdict v = INSP_PASS;

	/* RFC 1870 3: the size counts line ends, not the stuffing dots. */
	if (s->has_size && s->text_length > s->size) {
		esmtp_note(c, ESMTP_EVENT_SIZE_EXCEEDED);
		if (esmtp_logging(c, EV_108006)) {
			esmtp_names(&n, c->ctx->flow, c->dir);
			evlog_put(c->ctx->log, EV_108006, n.from_if, n.from,
			    n.from_port, n.to_if, n.to, n.to_port,
			    (unsigned long long)s->size,
			    (unsigned long long)s->text_length);
		}
	}
	if (s->mime.in_header)
		v = header_end(c, s->mime.header_length);
	if (v == INSP_PASS)
		v = name_final(c, s->mime.named, s->mime.filename);
	if (v == INSP_PASS)
		v = esmtp_settled(c, ESMTP_BODY_LENGTH, s->mime.body_length);
	s->has_size = false;
	s->refused = 0;
	esmtp_transaction_over(s);
	return v;
}

/* Replies. */

static enum esmtp_param
param_number(const struct esmtp_policy *p, const uint8_t *b, size_t n)
{
	static const struct {
		const char *keyword; /* on the wire */
		enum esmtp_param param;
	} keywords[] = {
		{ "8BITMIME", PARAM_8BITMIME },
		{ "AUTH", PARAM_AUTH },
		{ "BINARYMIME", PARAM_BINARYNAME },
		{ "CHECKPOINT", PARAM_CHECKPOINT },
		{ "DSN", PARAM_DSN },
		{ "ENHANCEDSTATUSCODES", PARAM_ECODE },
		{ "ETRN", PARAM_ETRN },
		{ "PIPELINING", PARAM_PIPELINING },
		{ "SIZE", PARAM_SIZE },
		{ "VRFY", PARAM_VRFY },
	};
	unsigned i;

	for (i = 0; i < ARRAY_LEN(keywords); i++)
		if (word_eq_nocase(b, n, keywords[i].keyword) &&
		    (p->known_params >> keywords[i].param & 1) != 0)
			return keywords[i].param;
	return PARAM_OTHERS;
}

/* All of it becomes X but the last byte, a letter that counts the masked lines
 * of this reply and so keeps the dummy keywords apart. A line too long to hold
 * gets none. */
static void
mask_parameter(struct esmtp_call *c, uint8_t *b, size_t n, bool partial)
{
	if (n == 0)
		return;
	esmtp_mask_x(b, n);
	if (partial)
		return;
	b[n - 1] = (uint8_t)c->s->letter;
	c->s->letter = c->s->letter == 'Z' ? 'A' : (char)(c->s->letter + 1);
}

/* A line of the reply to EHLO after the first: keyword and parameters. */
static enum insp_verdict
ehlo_parameter(struct esmtp_call *c, uint8_t *b, size_t n, bool partial)
{
	enum insp_verdict v;
	size_t word;
	bool tls;

	for (word = 0; word < n && b[word] != ' ' && b[word] != '\t'; word++)
		;
	tls = word_eq_nocase(b, word, "STARTTLS");
	if (n == 0 || (tls && c->p->par.allow_tls))
		return INSP_PASS;
	v = esmtp_judge(
	    c, ESMTP_EHLO_PARAMETER, param_number(c->p, b, word), NULL, 0);
	if (v != INSP_PASS)
		return v;
	if (tls && !c->mask) { /* encrypted sessions cannot be inspected */
		esmtp_note(c, ESMTP_EVENT_STARTTLS_HIDDEN);
		c->mask = true;
	}
	if (c->mask) {
		mask_parameter(c, b, n, partial);
		c->s->reply_tail = TAIL_PARAMETER;
	}
	return v;
}

static void
mask_banner(uint8_t *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strchr("20\r\n", b[i]) == NULL || b[i] == '\0')
			b[i] = '*';
}

static void
greeting(
    struct esmtp_call *c, uint8_t *b, size_t n, const struct smtp_event *ev)
{
	/* PIX masks the byte after the code as well. */
	size_t keep = c->p->keep_banner_blank ? 4 : 3;

	if (ev->code != 220 || !c->p->par.mask_banner)
		return;
	if (ev->reply_line == 0)
		count_add(c->ctx->counts, c->p->mask_banner, 1);
	if (n > keep)
		mask_banner(b + keep, n - keep);
	c->s->reply_tail = TAIL_BANNER;
}

/* RFC 3207: after 220 the bytes are TLS. */
static enum insp_verdict
tls_started(struct esmtp_call *c)
{
	struct esmtp_names n;

	count_add(c->ctx->counts, c->p->allow_tls, 1);
	if (c->p->par.allow_tls_log && esmtp_logging(c, EV_108007)) {
		esmtp_names(&n, c->ctx->flow, DIR_CLIENT);
		evlog_put(c->ctx->log, EV_108007, n.from_if, n.from,
		    n.from_port, n.to_if, n.to, n.to_port);
	}
	return INSP_BYPASS;
}

/* Answers come in order, so refusals are counted from the answer that opens a
 * transaction to the one to DATA, whatever was sent meanwhile. */
static enum insp_verdict
transaction_reply(struct esmtp_call *c, const struct smtp_event *ev)
{
	struct esmtp_state *s = c->s;
	bool accepted = ev->code < 300;

	if (ev->code == 354 || (ev->answers == VERB_DATA && !accepted))
		return esmtp_settled(c, ESMTP_INVALID_RCPT_COUNT, s->refused);
	switch (ev->answers) {
	case VERB_MAIL:
	case VERB_SEND:
	case VERB_SOML:
	case VERB_SAML:
		if (accepted)
			s->refused = 0;
		esmtp_mail_answered(s, accepted);
		return INSP_PASS;
	case VERB_RCPT:
		if (ev->code < 400)
			return INSP_PASS;
		return esmtp_grown_by_one(
		    c, ESMTP_INVALID_RCPT_COUNT, &s->refused);
	case VERB_RSET:
	case VERB_HELO:
	case VERB_EHLO:
		if (accepted)
			s->refused = 0;
		return INSP_PASS;
	default:
		return INSP_PASS;
	}
}

static enum insp_verdict
reply(struct esmtp_call *c, uint8_t *b, size_t n, const struct smtp_event *ev)
{
	enum insp_verdict v = INSP_PASS;

	c->s->reply_tail = TAIL_PLAIN;
	if (ev->code == 0) {
		esmtp_note(c, ESMTP_EVENT_BAD_REPLY);
		return INSP_PASS;
	}
	if (ev->unexpected)
		esmtp_note(c, ESMTP_EVENT_UNEXPECTED_REPLY);
	if (ev->answers == SMTP_CONNECT) {
		greeting(c, b, n, ev);
	} else if (ev->answers == VERB_EHLO && ev->code < 300) {
		if (ev->reply_line == 0)
			c->s->letter = 'A';
		else if (ev->text_length > 4)
			v = ehlo_parameter(
			    c, b + 4, ev->text_length - 4, ev->partial);
	} else if (ev->answers == VERB_STARTTLS && ev->code == 220 &&
	    ev->reply_last) {
		v = tls_started(c);
	}
	if (v == INSP_PASS && ev->reply_last)
		v = transaction_reply(c, ev);
	return v;
}

static void
reply_tail(struct esmtp_call *c, uint8_t *b, const struct smtp_event *ev)
{
	size_t n = ev->text_length;

	if (c->s->reply_tail == TAIL_BANNER)
		mask_banner(b, n);
	else if (c->s->reply_tail == TAIL_PARAMETER)
		esmtp_mask_x(b, n);
}

/* The inspector's contract. */

/* A command is held until its line ends, or until it is certain that a match
 * line closes the connection for its length. */
static size_t
command_limit(const struct esmtp_policy *p)
{
	const struct esmtp_match *m;
	uint64_t limit = 0;
	unsigned i;

	for (i = 0; i < p->n_matches; i++) {
		m = &p->matches[i].m;
		if (m->criterion == ESMTP_CMD_LINE_LENGTH && !m->negated &&
		    esmtp_is_terminal(m))
			limit = MAX(limit, MAX(m->gt, 512));
	}
	if (limit == 0 || limit > INSPECT_HOLD_MAX - 1)
		return INSPECT_HOLD_MAX - 1;
	return (size_t)limit;
}

static void
esmtp_init(void *state, const void *config)
{
	struct esmtp_state *s = state;

	s->p = config;
	s->letter = 'A';
	smtp_init(&s->smtp, command_limit(s->p), INSPECT_HOLD_MAX - 1);
	mime_begin(&s->mime);
}

/* One event. offset: where in the bytes it consumed the verdict begins. */
static enum insp_verdict
client_event(struct esmtp_call *c, uint8_t *b, size_t used,
    const struct smtp_event *ev, size_t *offset)
{
	struct esmtp_growth line = { ESMTP_CMD_LINE_LENGTH, ev->from, ev->to };
	enum insp_verdict v;

	switch (ev->type) {
	case SMTP_COMMAND:
		return esmtp_command(c, b, used, ev);
	case SMTP_TAIL:
		if (c->s->mask_tail)
			esmtp_mask_x(b, used);
		v = esmtp_grown(c, &line, 1);
		*offset = (size_t)c->offset;
		if (v == INSP_PASS && ev->last)
			v = esmtp_settled(c, ESMTP_CMD_LINE_LENGTH, ev->to);
		return v;
	case SMTP_TYPED:
		return esmtp_typed(c, b, ev);
	case SMTP_CHUNK:
		/* The server does not know the X'd BDAT and takes these bytes
		 * for commands; nothing may be smuggled in them. */
	case SMTP_REFUSED:
		esmtp_mask_x(b, used);
		return INSP_PASS;
	case SMTP_TEXT:
		message_begin(c->s);
		v = message_text(c, ev->text, ev->text_length);
		*offset = v == INSP_PASS || used == 0 ? 0 : (size_t)c->offset;
		return v;
	case SMTP_TEXT_END:
		message_begin(c->s);
		return message_end(c);
	default:
		return INSP_PASS;
	}
}

static enum insp_verdict
server_event(
    struct esmtp_call *c, uint8_t *b, size_t used, const struct smtp_event *ev)
{
	if (ev->type == SMTP_REPLY)
		return reply(c, b, used, ev);
	if (ev->type == SMTP_REPLY_TAIL)
		reply_tail(c, b, ev);
	return INSP_PASS;
}

static struct insp_result
judge_bytes(struct esmtp_call *c, uint8_t *b, size_t n)
{
	struct esmtp_state *s = c->s;
	struct insp_result r = { 0, INSP_PASS };
	struct smtp_event ev;
	unsigned flags = c->ctx->final ? SMTP_FINAL : 0;
	size_t used, offset = 0;

	/* A person types: one character a segment (TAC document 113423). */
	if (n < 4 && n == c->ctx->segment_len && s->held[c->dir] == 0)
		flags |= SMTP_KEYED;
	do {
		used = c->dir == DIR_CLIENT
		    ? smtp_client(&s->smtp, b, n, flags, &ev)
		    : smtp_server(&s->smtp, b, n, flags, &ev);
		if (ev.type == SMTP_NONE) {
			r.released = used;
			return r;
		}
		c->mask = false;
		c->offset = 0;
		r.verdict = c->dir == DIR_CLIENT
		    ? client_event(c, b, used, &ev, &offset)
		    : server_event(c, b, used, &ev);
	} while (used == 0 && r.verdict == INSP_PASS);
	if (used == 0) /* the byte to come shows what is wrong before it */
		used = 1;
	r.released = used;
	if (r.verdict != INSP_PASS && offset != 0) {
		s->due[c->dir] = r;
		s->due[c->dir].released = used - offset;
		r.released = offset;
		r.verdict = INSP_PASS;
	}
	return r;
}

static struct insp_result
esmtp_data(void *state, enum dir dir, uint8_t *bytes, size_t length,
    struct insp_ctx *ctx)
{
	struct esmtp_state *s = state;
	struct esmtp_call c = { .s = s, .p = s->p, .ctx = ctx, .dir = dir };
	struct insp_result r = s->due[dir];

	if (length == 0)
		return (struct insp_result){ 0, INSP_PASS };
	if (r.released != 0)
		memset(&s->due[dir], 0, sizeof(s->due[dir]));
	else if (s->closed)
		r = (struct insp_result){ length, INSP_DROP_CONN };
	else
		r = judge_bytes(&c, bytes, length);
	s->held[dir] = length - r.released;
	return r;
}

static void
esmtp_gap(void *state, enum dir dir, uint64_t n, struct insp_ctx *ctx)
{
	struct esmtp_state *s = state;
	struct esmtp_call c = { .s = s, .p = s->p, .ctx = ctx, .dir = dir };

	esmtp_note(&c, ESMTP_EVENT_GAP);
	s->held[dir] = 0; /* they passed unseen, or come again as new */
	s->mail_sent = s->mail_accepted = false; /* who knows */
	if (dir == DIR_CLIENT) {
		/* no harm outside a message: its start resets these */
		mime_gap(&s->mime, n);
		s->text_length += n;
	}
	smtp_gap(&s->smtp, dir == DIR_CLIENT, n);
}

const struct inspector insp_esmtp = {
	.name = "esmtp",
	.proto = IPPROTO_TCP,
	.state_size = sizeof(struct esmtp_state),
	.init = esmtp_init,
	.data = esmtp_data,
	.gap = esmtp_gap,
};

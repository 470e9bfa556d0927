/* SPDX-License-Identifier: ISC */
#include "esmtp_int.h"

#include <string.h>

enum { LOG_ADDRESS_MAX = 128 };

/* Mail addresses. */

/* Text for a log line: bytes that would harm a terminal become '?'. */
static const char *
printable(char out[LOG_ADDRESS_MAX], const uint8_t *b, size_t n)
{
	size_t i;

	if (n > LOG_ADDRESS_MAX - 1)
		n = LOG_ADDRESS_MAX - 1;
	for (i = 0; i < n; i++)
		out[i] = b[i] >= 0x20 && b[i] < 0x7f ? (char)b[i] : '?';
	out[n] = '\0';
	return out;
}

/* 108002: "out" is the sender, "in" the receiver of the command. */
static void
log_replaced(
    const struct esmtp_call *c, const char *what, const uint8_t *b, size_t n)
{
	char address[LOG_ADDRESS_MAX];
	struct esmtp_names names;

	if (!esmtp_logging(c, EV_108002))
		return;
	esmtp_names(&names, c->ctx->flow, c->dir);
	evlog_put(c->ctx->log, EV_108002, what, names.from, names.to,
	    printable(address, b, n));
}

/* < and > are to delimit an address: > only after <, not nested, and each < is
 * closed (ASDM guide, "SMTP inspection"). Blanks those that do not; returns
 * what was replaced. */
static const char *
blank_brackets(uint8_t *b, size_t n, bool dry)
{
	size_t i, open = n;
	bool quoted = false;
	const char *replaced = NULL;

	for (i = 0; i < n; i++) {
		if (b[i] == '\\' && quoted) {
			i++;
		} else if (b[i] == '"') {
			quoted = !quoted;
		} else if (quoted) {
			continue;
		} else if (b[i] == '<' && open == n) {
			open = i;
		} else if (b[i] == '>' && open != n) {
			open = n;
		} else if (b[i] == '<' || b[i] == '>') {
			replaced = b[i] == '<' ? "<" : ">";
			if (!dry)
				b[i] = ' ';
		}
	}
	if (open != n) {
		replaced = "<";
		if (!dry)
			b[open] = ' ';
	}
	return replaced;
}

static bool
has_special(const uint8_t *b, size_t n)
{
	/* The command reference names pipe, back quote and NUL. */
	return memchr(b, '|', n) != NULL || memchr(b, '`', n) != NULL ||
	    memchr(b, '\0', n) != NULL;
}

/* The argument of MAIL, RCPT, ...: characters that do not belong there. */
static enum insp_verdict
check_characters(struct esmtp_call *c, uint8_t *arg, size_t n)
{
	const struct esmtp_parameters *par = &c->p->par;
	char address[LOG_ADDRESS_MAX];
	enum insp_verdict v = INSP_PASS;
	const char *replaced;
	struct smtp_path path;
	struct esmtp_names names;
	uint8_t *pipe;

	smtp_parse_path(arg, n, &path); /* 108002 and 108003 show its part */
	arg += path.start;
	n -= path.start;
	if (par->special_character && has_special(arg, n)) {
		v = esmtp_parameter(c, c->p->special_character,
		    par->special_character_drop, par->special_character_log,
		    "special-character: Special character in mail address");
		if (v != INSP_PASS)
			return v;
	}
	pipe = memchr(arg, '|', n);
	if (pipe != NULL && c->p->pipe == ESMTP_PIPE_CLOSE) {
		esmtp_note(c, ESMTP_EVENT_PIPE);
		if (esmtp_logging(c, EV_108003)) {
			esmtp_names(&names, c->ctx->flow, c->dir);
			evlog_put(c->ctx->log, EV_108003, names.from_if,
			    names.from, names.from_port, names.to_if, names.to,
			    names.to_port, printable(address, arg, n));
		}
		return esmtp_terminate(c, INSP_DROP_CONN);
	}
	if (c->p->pipe != ESMTP_PIPE_BLANK)
		return INSP_PASS;
	if (pipe != NULL) {
		esmtp_note(c, ESMTP_EVENT_PIPE);
		log_replaced(c, "|", arg, n);
		for (; pipe < arg + n; pipe++)
			if (*pipe == '|')
				*pipe = ' ';
	}
	replaced = blank_brackets(arg, n, true);
	if (replaced != NULL) {
		esmtp_note(c, ESMTP_EVENT_ANGLE_BRACKET);
		log_replaced(c, replaced, arg, n);
		blank_brackets(arg, n, false);
	}
	return INSP_PASS;
}

/* Is the span domain, or below it? */
static bool
domain_inside(const uint8_t *b, size_t n, const char *domain)
{
	size_t length = strlen(domain);

	if (n > length && b[n - length - 1] == '.') {
		b += n - length;
		n = length;
	}
	return word_eq_nocase(b, n, domain);
}

void
esmtp_transaction_over(struct esmtp_state *s)
{
	s->rcpts = s->nested_rcpts = 0;
	s->mail_sent = s->mail_accepted = false;
}

void
esmtp_mail_answered(struct esmtp_state *s, bool accepted)
{
	if (accepted && s->mail_accepted) { /* the one before was over */
		s->rcpts -= MIN(s->rcpts, s->nested_rcpts);
		s->nested_rcpts = 0;
		s->sender_inside = s->nested_inside;
	} else if (!s->mail_accepted) {
		s->mail_sent = s->mail_accepted = accepted;
	}
}

/* A MAIL inside a transaction will be refused (RFC 5321 4.1.4): it must not
 * start a new count of recipients, nor lend its sender. */
static enum insp_verdict
sender(struct esmtp_call *c, const uint8_t *arg, size_t n)
{
	struct esmtp_state *s = c->s;
	struct smtp_path path;
	enum insp_verdict v;
	bool inside = false;

	smtp_parse_path(arg, n, &path);
	s->has_size = path.has_size;
	s->size = path.size;
	if (c->p->par.mail_relay != NULL)
		inside = domain_inside(
		    arg + path.domain, path.domain_size, c->p->par.mail_relay);
	if (s->mail_sent) {
		s->nested_rcpts = s->rcpts;
		s->nested_inside = inside;
		s->sender_inside &= inside;
	} else {
		s->rcpts = 0;
		s->sender_inside = inside;
	}
	s->mail_sent = true;
	v = esmtp_judge(c, ESMTP_SENDER_LENGTH, path.length, NULL, 0);
	if (v == INSP_PASS)
		v = esmtp_judge(c, ESMTP_SENDER_REGEX, 0, arg + path.mailbox,
		    path.mailbox_size);
	return v;
}

static enum insp_verdict
recipient(struct esmtp_call *c, const uint8_t *arg, size_t n)
{
	const struct esmtp_parameters *par = &c->p->par;
	struct smtp_path path;
	enum insp_verdict v;

	v = esmtp_grown_by_one(c, ESMTP_CMD_RCPT_COUNT, &c->s->rcpts);
	if (v != INSP_PASS || par->mail_relay == NULL || c->s->sender_inside)
		return v;
	smtp_parse_path(arg, n, &path);
	/* Without a domain it is the server's own, as <postmaster> is. */
	if (path.domain_size == 0 ||
	    domain_inside(arg + path.domain, path.domain_size, par->mail_relay))
		return v;
	return esmtp_parameter(c, c->p->mail_relay, par->mail_relay_drop,
	    par->mail_relay_log, "mail-relay: No Mail Relay allowed");
}

/* Commands. */

static bool
verb_allowed(const struct esmtp_policy *p, unsigned kind)
{
	if (kind == VERB_STARTTLS)
		return p->par.allow_tls;
	return kind < VERB_UNKNOWN && (p->verbs >> kind & 1) != 0;
}

/* What a known verb brings with it. */
static enum insp_verdict
command_argument(struct esmtp_call *c, unsigned kind, uint8_t *arg, size_t n)
{
	enum insp_verdict v;

	switch (kind) {
	case VERB_MAIL:
	case VERB_SEND:
	case VERB_SOML:
	case VERB_SAML:
		v = check_characters(c, arg, n);
		return v != INSP_PASS ? v : sender(c, arg, n);
	case VERB_RCPT:
		v = check_characters(c, arg, n);
		return v != INSP_PASS ? v : recipient(c, arg, n);
	case VERB_DATA:
		return esmtp_settled(c, ESMTP_CMD_RCPT_COUNT, c->s->rcpts);
	case VERB_EHLO:
	case VERB_HELO:
	case VERB_RSET:
		esmtp_transaction_over(c->s);
		return INSP_PASS;
	default:
		return INSP_PASS;
	}
}

enum insp_verdict
esmtp_command(
    struct esmtp_call *c, uint8_t *b, size_t n, const struct smtp_event *ev)
{
	struct esmtp_state *s = c->s;
	struct esmtp_growth line = { ESMTP_CMD_LINE_LENGTH, 0, n };
	uint64_t chunk = 0;
	unsigned verb = ev->kind < VERB_COUNT ? ev->kind : VERB_UNKNOWN;
	unsigned kind = ev->kind;
	enum insp_verdict v;

	s->mask_tail = false;
	if (ev->end == SMTP_END_OPEN) /* its length is not final */
		v = esmtp_grown(c, &line, 1);
	else
		v = esmtp_judge(c, ESMTP_CMD_LINE_LENGTH, n, NULL, 0);
	if (v != INSP_PASS)
		return v;
	switch (ev->end) {
	case SMTP_END_CRLF:
		break;
	case SMTP_END_LF:
	case SMTP_END_CR:
		esmtp_note(c, ESMTP_EVENT_BAD_TERMINATOR);
		/* In a replay the server has answered the line all the same,
		 * unless it saw none. */
		if (ev->end == SMTP_END_LF)
			smtp_sent(&s->smtp, SMTP_MASKED, 0);
		return INSP_DROP;
	case SMTP_END_FIN:
		esmtp_note(c, ESMTP_EVENT_INCOMPLETE_AT_END);
		esmtp_mask_x(b, n);
		return INSP_PASS;
	case SMTP_END_OPEN:
		esmtp_note(c, ESMTP_EVENT_OVERLONG_COMMAND);
		esmtp_mask_x(b, n);
		s->mask_tail = true;
		smtp_sent(&s->smtp, SMTP_MASKED, 0);
		return INSP_PASS;
	}
	if (ev->text_length < 4) {
		esmtp_note(c, ESMTP_EVENT_TRUNCATED_COMMAND);
		smtp_sent(&s->smtp, SMTP_MASKED, 0);
		return INSP_DROP;
	}
	v = esmtp_judge(c, ESMTP_CMD_VERB, verb, NULL, 0);
	if (v == INSP_PASS && verb_allowed(c->p, kind))
		v = command_argument(
		    c, kind, b + ev->arg, ev->text_length - ev->arg);
	else if (v == INSP_PASS && !c->mask)
		esmtp_note(c, ESMTP_EVENT_UNKNOWN_COMMAND);
	/* The chunk follows whatever the server says (RFC 3030 2). */
	if (kind == SMTP_BDAT)
		chunk =
		    smtp_parse_chunk(b + ev->arg, ev->text_length - ev->arg);
	else if (c->mask || v != INSP_PASS || !verb_allowed(c->p, kind))
		kind = SMTP_MASKED;
	if (v == INSP_PASS && (c->mask || !verb_allowed(c->p, kind)))
		esmtp_mask_x(b, n);
	smtp_sent(&s->smtp, kind, chunk);
	return v;
}

enum insp_verdict
esmtp_typed(struct esmtp_call *c, uint8_t *b, const struct smtp_event *ev)
{
	if (ev->first)
		esmtp_note(c, ESMTP_EVENT_CHARACTER_MODE);
	esmtp_mask_x(b, ev->text_length);
	if (!ev->last || ev->end == SMTP_END_CRLF)
		return INSP_PASS;
	esmtp_note(c, ESMTP_EVENT_BAD_TERMINATOR);
	return INSP_DROP;
}

/* SPDX-License-Identifier: ISC */
#include "smtp.h"

#include <string.h>

enum client_state {
	COMMAND, /* at the start of a command line */
	TAIL,    /* in a line that was too long to hold */
	TYPED,   /* in a line that began as single characters */
	OPAQUE,  /* in the answer to an AUTH challenge */
	CHUNK,   /* in the bytes of a BDAT */
	MESSAGE, /* between 354 and CRLF . CRLF */
	SKIP,    /* after a gap, until the line ends */
	REFUSED, /* in a line of text that the server takes for a command */
};

/* Only CRLF starts a line that may be the final dot: RFC 5321 4.1.1.4 forbids
 * to take LF . LF for the end, and what the firewall takes for the end must
 * not differ from what the server does. */
enum text_state {
	TEXT_LINE_START,
	TEXT_DOT,    /* . at the start of a line */
	TEXT_DOT_CR, /* . CR at the start of a line */
	TEXT_MID,
	TEXT_CR,
};

enum server_state { REPLY, REPLY_TAIL, REPLY_SKIP };

static const struct {
	const char *word;
	unsigned kind;
} verbs[] = {
	{ "AUTH", VERB_AUTH },
	{ "BDAT", SMTP_BDAT },
	{ "DATA", VERB_DATA },
	{ "EHLO", VERB_EHLO },
	{ "ETRN", VERB_ETRN },
	{ "HELO", VERB_HELO },
	{ "HELP", VERB_HELP },
	{ "MAIL", VERB_MAIL },
	{ "NOOP", VERB_NOOP },
	{ "QUIT", VERB_QUIT },
	{ "RCPT", VERB_RCPT },
	{ "RSET", VERB_RSET },
	{ "SAML", VERB_SAML },
	{ "SEND", VERB_SEND },
	{ "SOML", VERB_SOML },
	{ "STARTTLS", VERB_STARTTLS },
	{ "VRFY", VERB_VRFY },
};

static bool
is_blank(unsigned c)
{
	return c == ' ' || c == '\t';
}

void
smtp_init(struct smtp *s, size_t command_limit, size_t reply_limit)
{
	memset(s, 0, sizeof(*s));
	s->command_limit = command_limit;
	s->reply_limit = reply_limit;
	s->queue[0] = SMTP_CONNECT;
	s->queue_length = 1;
}

/* The queue of outstanding commands. */

static void
queue_push(struct smtp *s, unsigned kind)
{
	if (s->queue_length == SMTP_QUEUE_MAX || s->unnamed != 0) {
		s->unnamed++;
		s->unnamed_ehlo |= kind == VERB_EHLO;
		return;
	}
	s->queue[(s->queue_head + s->queue_length++) % SMTP_QUEUE_MAX] =
	    (uint8_t)kind;
}

static unsigned
queue_at(const struct smtp *s, unsigned i)
{
	if (s->refused_lines != 0)
		return VERB_EHLO; /* it may be one of them */
	if (i < s->queue_length)
		return s->queue[(s->queue_head + i) % SMTP_QUEUE_MAX];
	if (i - s->queue_length >= s->unnamed)
		return SMTP_NOTHING;
	return s->unnamed_ehlo ? VERB_EHLO : SMTP_MASKED;
}

static void
queue_pop(struct smtp *s)
{
	if (s->refused_lines != 0) {
		s->refused_lines--;
	} else if (s->queue_length != 0) {
		s->queue_head = (s->queue_head + 1) % SMTP_QUEUE_MAX;
		s->queue_length--;
	} else if (s->unnamed != 0 && --s->unnamed == 0) {
		s->unnamed_ehlo = false;
	}
}

static void
queue_clear(struct smtp *s)
{
	s->queue_length = 0;
	s->unnamed = s->refused_lines = 0;
	s->unnamed_ehlo = false;
}

/* Client to server. */

static void
message_begin(struct smtp *s, bool predicted)
{
	s->client = MESSAGE;
	s->message++;
	s->text_state = TEXT_LINE_START;
	s->predicted = predicted;
	s->ahead = 0;
	s->mid_line = false;
	s->open_dot = s->loose_dot = false;
	s->last = 0;
}

static void
transaction_reset(struct smtp *s)
{
	s->rcpts = s->refused = 0;
}

/* A line's end within the first limit bytes. Returns the length of the line
 * with its end, 0 if it has none there. A CR that is the last byte to see may
 * yet be followed by LF: *wait. */
static size_t
find_end(
    const uint8_t *b, size_t n, size_t limit, enum smtp_end *end, bool *wait)
{
	size_t i, window = n < limit ? n : limit;

	*wait = false;
	for (i = 0; i < window; i++) {
		if (b[i] == '\n') {
			*end = SMTP_END_LF;
			return i + 1;
		}
		if (b[i] != '\r')
			continue;
		if (i + 1 == window) {
			*wait = true;
			return 0;
		}
		*end = b[i + 1] == '\n' ? SMTP_END_CRLF : SMTP_END_CR;
		return b[i + 1] == '\n' ? i + 2 : i + 1;
	}
	return 0;
}

static void
parse_command(const uint8_t *b, struct smtp_event *ev)
{
	size_t i, n = ev->text_length;

	for (i = 0; i < n && !is_blank(b[i]); i++)
		;
	ev->word = i;
	while (i < n && is_blank(b[i]))
		i++;
	ev->arg = i;
	ev->kind = VERB_UNKNOWN;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (word_eq_nocase(b, ev->word, verbs[i].word))
			ev->kind = verbs[i].kind;
}

static size_t
client_command(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev)
{
	static const uint8_t end_size[] = {
		[SMTP_END_CRLF] = 2,
		[SMTP_END_LF] = 1,
		[SMTP_END_CR] = 1,
		[SMTP_END_FIN] = 0,
		[SMTP_END_OPEN] = 0,
	};
	bool wait;
	size_t length = find_end(b, n, s->command_limit + 1, &ev->end, &wait);

	if (length == 0 && n > s->command_limit) {
		ev->end = SMTP_END_OPEN;
		length = s->command_limit + 1;
		s->client = TAIL;
		s->line_length = length;
	} else if (length == 0 && flags & SMTP_FINAL) {
		ev->end = SMTP_END_FIN;
		length = n;
	} else if (length == 0 && flags & SMTP_KEYED && !wait) {
		s->client = TYPED;
		ev->type = SMTP_TYPED;
		ev->first = true;
		ev->text_length = n;
		return n;
	} else if (length == 0) {
		return 0;
	}
	ev->type = SMTP_COMMAND;
	ev->text_length = length - end_size[ev->end];
	parse_command(b, ev);
	return length;
}

void
smtp_sent(struct smtp *s, unsigned kind, uint64_t chunk)
{
	queue_push(s, kind);
	switch (kind) {
	case VERB_MAIL:
	case VERB_SEND:
	case VERB_SOML:
	case VERB_SAML:
	case VERB_RSET:
	case VERB_HELO:
	case VERB_EHLO:
		transaction_reset(s);
		break;
	case VERB_RCPT:
		s->rcpts++;
		break;
	case VERB_DATA:
		/* DATA ends a pipelined group (RFC 2920 3.1), so what follows
		 * before its answer is message text, unless the server is
		 * bound to refuse it, or its answer will not be known. */
		if (s->client == COMMAND && s->unnamed == 0 &&
		    (s->rcpts > s->refused || s->loose))
			message_begin(s, true);
		break;
	case SMTP_BDAT:
		if (chunk != 0) {
			s->client = CHUNK;
			s->chunk_left = chunk;
			s->chunk_begun = false;
		}
		break;
	}
}

/* The rest of a line that nobody holds: up to LF, with it. */
static size_t
client_tail(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    enum smtp_ev t, struct smtp_event *ev)
{
	const uint8_t *lf = memchr(b, '\n', n);
	size_t used = lf != NULL ? (size_t)(lf - b) + 1 : n;

	ev->type = t;
	ev->last = lf != NULL || flags & SMTP_FINAL;
	ev->from = s->line_length;
	ev->to = s->line_length += used;
	ev->text_length = used;
	s->mid_line = !ev->last;
	if (ev->last)
		s->client = COMMAND;
	return used;
}

static size_t
client_typed(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev)
{
	bool wait;
	size_t length = find_end(b, n, n, &ev->end, &wait);

	ev->type = SMTP_TYPED;
	if (length == 0 && (!wait || flags & SMTP_FINAL)) {
		ev->text_length = n;
		return n;
	}
	if (length == 0) { /* text, and a CR that may get its LF */
		ev->text_length = n - 1;
		if (n == 1)
			ev->type = SMTP_NONE;
		return n - 1;
	}
	ev->text_length = length - (ev->end == SMTP_END_CRLF ? 2 : 1);
	if (ev->end != SMTP_END_CRLF && ev->text_length != 0)
		return ev->text_length; /* the text passes, its end will not */
	ev->last = true;
	s->client = COMMAND;
	/* The server sees a line of X, except where the firewall drops its
	 * end; a later answer is then to that line all the same. */
	if (ev->end != SMTP_END_CR)
		queue_push(s, SMTP_MASKED);
	return length;
}

static size_t
client_chunk(struct smtp *s, size_t n, struct smtp_event *ev)
{
	size_t used = n < s->chunk_left ? n : (size_t)s->chunk_left;

	ev->type = SMTP_CHUNK;
	ev->text_length = used;
	s->chunk_begun = true;
	s->chunk_left -= used;
	if (s->chunk_left == 0)
		s->client = COMMAND;
	return used;
}

/* Message text as one run, up to a line that begins with a dot. */
static size_t
text_run(struct smtp *s, const uint8_t *b, size_t n)
{
	const uint8_t *p = b, *end = b + n, *lf;

	while ((lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		bool crlf = lf == b ? s->text_state == TEXT_CR : lf[-1] == '\r';

		p = lf + 1;
		s->ahead += s->predicted;
		if (crlf && (p == end || *p == '.')) {
			s->text_state = TEXT_LINE_START;
			return (size_t)(p - b);
		}
		if (p == end) {
			s->text_state = TEXT_MID;
			return n;
		}
	}
	s->text_state = end[-1] == '\r' ? TEXT_CR : TEXT_MID;
	return n;
}

static bool
is_cr_or_lf(unsigned c)
{
	return c == '\r' || c == '\n';
}

/* A dot alone on a line is the end for some servers, though CR or LF alone
 * surround it. */
static void
look_for_dots(struct smtp *s, const uint8_t *b, size_t n)
{
	const uint8_t *p = b, *end = b + n;

	if (s->open_dot && is_cr_or_lf(b[0]))
		s->loose_dot = true;
	s->open_dot = false;
	while (!s->loose_dot && p < end &&
	    (p = memchr(p, '.', (size_t)(end - p))) != NULL) {
		if (is_cr_or_lf(p == b ? s->last : p[-1])) {
			s->open_dot = p + 1 == end;
			s->loose_dot = !s->open_dot && is_cr_or_lf(p[1]);
		}
		p++;
	}
	s->last = end[-1];
}

static size_t
client_message(
    struct smtp *s, const uint8_t *b, size_t n, struct smtp_event *ev)
{
	static const uint8_t cr[] = { '\r' };

	s->mid_line = true;
	switch (s->text_state) {
	case TEXT_LINE_START:
		if (b[0] != '.')
			break;
		s->text_state = TEXT_DOT;
		s->last = '.';
		ev->type = SMTP_DOT;
		return 1;
	case TEXT_DOT:
		/* RFC 5321 4.5.2: a first dot is deleted when more follows. */
		if (b[0] != '\r') {
			s->text_state = TEXT_MID;
			s->loose_dot |= b[0] == '\n';
			break;
		}
		s->text_state = TEXT_DOT_CR;
		ev->type = SMTP_DOT;
		return 1;
	case TEXT_DOT_CR:
		if (b[0] != '\n') {
			s->text_state = TEXT_CR;
			s->loose_dot = true;
			s->last = '\r';
			ev->type = SMTP_TEXT;
			ev->text = cr;
			ev->text_length = 1;
			return 0;
		}
		s->ahead += s->predicted;
		s->client = COMMAND;
		s->predicted = false;
		s->mid_line = false;
		s->client_gap = false;
		transaction_reset(s);
		queue_push(s, SMTP_END_OF_DATA);
		ev->type = SMTP_TEXT_END;
		return 1;
	}
	ev->type = SMTP_TEXT;
	ev->text = b;
	ev->text_length = text_run(s, b, n);
	look_for_dots(s, b, ev->text_length);
	s->mid_line = s->text_state != TEXT_LINE_START;
	return ev->text_length;
}

size_t
smtp_client(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev)
{
	memset(ev, 0, sizeof(*ev));
	if (n == 0)
		return 0;
	switch (s->client) {
	case COMMAND:
		return client_command(s, b, n, flags, ev);
	case TAIL:
		return client_tail(s, b, n, flags, SMTP_TAIL, ev);
	case TYPED:
		return client_typed(s, b, n, flags, ev);
	case OPAQUE:
		return client_tail(s, b, n, flags, SMTP_OPAQUE, ev);
	case CHUNK:
		return client_chunk(s, n, ev);
	case MESSAGE:
		return client_message(s, b, n, ev);
	case REFUSED:
		n = client_tail(s, b, n, flags, SMTP_REFUSED, ev);
		if (ev->last)
			queue_push(s, SMTP_MASKED);
		return n;
	default:
		return client_tail(s, b, n, flags, SMTP_SKIPPED, ev);
	}
}

/* Server to client. */

/* Both ends agree that a message is on its way: the server asked for it. This
 * holds even when the DATA went by unseen, or was masked in a replay. */
static void
reply_354(struct smtp *s)
{
	unsigned i;

	s->refused_lines = 0;
	for (i = 0; i < s->queue_length; i++)
		if (queue_at(s, i) == VERB_DATA)
			break;
	if (i == s->queue_length)
		i = 0;
	while (i-- != 0)
		queue_pop(s);
	queue_pop(s);
	if (queue_at(s, 0) == SMTP_END_OF_DATA)
		return; /* sent ahead of this reply, and over */
	if (s->client == MESSAGE) {
		s->predicted = false;
		return;
	}
	/* What was sent behind DATA as commands is text to the server. */
	queue_clear(s);
	message_begin(s, false);
}

/* The message that was expected is not wanted, or ended in a gap, or where this
 * side saw no end: the server takes commands. */
static void
message_cancel(struct smtp *s)
{
	if (!s->mid_line || s->last == '\n')
		s->client = COMMAND;
	else
		s->client = s->client_gap ? SKIP : REFUSED;
	s->line_length = 0;
	s->predicted = false;
	s->client_gap = false;
	transaction_reset(s);
}

/* Does an answer that nothing asked for tell that the message is over? Some
 * servers refuse one early and read on, so a refusal tells only if the text had
 * something that looks like an end. */
static bool
tells_end(const struct smtp *s, unsigned code)
{
	if (s->client != MESSAGE)
		return false;
	if (s->client_gap)
		return true;
	return !s->predicted && !s->loose && code != 421 &&
	    (code < 300 || s->loose_dot);
}

static void
data_refused(struct smtp *s)
{
	if (s->client == MESSAGE && s->predicted) {
		message_cancel(s);
		s->refused_lines = s->ahead;
	} else if (queue_at(s, 0) == SMTP_END_OF_DATA) {
		/* its text is over already */
		queue_pop(s);
		s->refused_lines = s->ahead;
	}
}

static void
reply_done(struct smtp *s, unsigned code)
{
	unsigned kind = s->reply_to;

	if (code == 354) {
		reply_354(s);
		return;
	}
	if (code == 334) { /* RFC 4954 4: a challenge, the command goes on */
		if (s->client == COMMAND) {
			s->client = OPAQUE;
			s->mid_line = false;
			s->line_length = 0;
		}
		/* SMTP_MASKED: an AUTH that the server of a replay saw. */
		if (kind != VERB_AUTH && kind != SMTP_MASKED)
			queue_pop(s);
		return;
	}
	/* After a gap: DATA is never answered 2yz, so this reply belongs to a
	 * command that went by unseen. */
	if (s->loose && kind == VERB_DATA && code < 400)
		return;
	queue_pop(s);
	if (kind == VERB_AUTH && s->client == OPAQUE && !s->mid_line)
		s->client = COMMAND;
	if (kind == VERB_RCPT && code >= 400)
		s->refused++;
	if (kind == VERB_DATA)
		data_refused(s);
	/* RFC 3030 has the client send its chunk without waiting. If none of
	 * it came before the refusal, none will. */
	if (kind == SMTP_BDAT && code >= 400 && s->client == CHUNK &&
	    !s->chunk_begun)
		s->client = COMMAND;
	if (kind == SMTP_NOTHING && tells_end(s, code))
		message_cancel(s);
	if (kind == SMTP_END_OF_DATA)
		s->loose = false;
}

/* "Unexpected transition by the server". RFC 5321 3.8 allows 421 always. */
static bool
is_unexpected(const struct smtp *s, unsigned kind, unsigned code)
{
	if (s->loose || code == 421)
		return false;
	if (s->queue_length == 0 && s->unnamed != 0)
		return false; /* to what is not known */
	if (kind == SMTP_NOTHING && s->client == MESSAGE && s->client_gap)
		return false; /* the message's end was in the gap */
	switch (code) {
	case 354:
		return kind != VERB_DATA;
	case 334:
		return kind != VERB_AUTH;
	case 220:
		return kind != SMTP_CONNECT && kind != VERB_STARTTLS &&
		    kind != SMTP_MASKED;
	default:
		return kind == SMTP_NOTHING;
	}
}

static unsigned
reply_code(const uint8_t *b, size_t n)
{
	if (n < 3 || b[0] < '2' || b[0] > '5' || b[1] < '0' || b[1] > '9' ||
	    b[2] < '0' || b[2] > '9')
		return 0;
	if (n > 3 && b[3] != ' ' && b[3] != '-')
		return 0;
	return (b[0] - '0') * 100u + (b[1] - '0') * 10u + (b[2] - '0');
}

static size_t
server_reply(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev)
{
	size_t window = n <= s->reply_limit ? n : s->reply_limit + 1;
	const uint8_t *lf = memchr(b, '\n', window);
	size_t used = window;

	if (lf != NULL) {
		used = (size_t)(lf - b) + 1;
		ev->text_length = used - 1;
		ev->end = SMTP_END_LF;
		if (ev->text_length != 0 && lf[-1] == '\r') {
			ev->text_length--;
			ev->end = SMTP_END_CRLF;
		}
	} else if (n > s->reply_limit) {
		s->server = REPLY_TAIL;
		ev->partial = true;
		ev->end = SMTP_END_OPEN;
		ev->text_length = used;
	} else if (flags & SMTP_FINAL) {
		ev->end = SMTP_END_FIN;
		ev->text_length = used;
	} else {
		return 0;
	}
	ev->type = SMTP_REPLY;
	ev->code = reply_code(b, ev->text_length);
	ev->reply_line = s->reply_lines;
	if (s->reply_lines == 0)
		s->reply_to = queue_at(s, 0);
	ev->answers = s->reply_to;
	if (ev->code == 0)
		return used;
	ev->unexpected =
	    s->reply_lines == 0 && is_unexpected(s, s->reply_to, ev->code);
	ev->reply_last = ev->text_length == 3 || b[3] == ' ';
	if (s->reply_lines != UINT32_MAX)
		s->reply_lines++;
	if (ev->reply_last) {
		s->reply_lines = 0;
		reply_done(s, ev->code);
	}
	return used;
}

size_t
smtp_server(struct smtp *s, const uint8_t *b, size_t n, unsigned flags,
    struct smtp_event *ev)
{
	const uint8_t *lf;
	size_t used;

	memset(ev, 0, sizeof(*ev));
	if (n == 0)
		return 0;
	if (s->server == REPLY)
		return server_reply(s, b, n, flags, ev);
	lf = memchr(b, '\n', n);
	used = lf != NULL ? (size_t)(lf - b) + 1 : n;
	ev->type = s->server == REPLY_TAIL ? SMTP_REPLY_TAIL : SMTP_SKIPPED;
	ev->text_length = used;
	ev->last = lf != NULL;
	if (ev->last)
		s->server = REPLY;
	return used;
}

void
smtp_gap(struct smtp *s, bool from_client, uint64_t n)
{
	unsigned kind;

	if (!from_client) {
		/* Most likely what is lost answers all that was asked; a reply
		 * of which some lines are lost goes on. */
		kind = s->reply_lines != 0 ? s->reply_to : SMTP_NOTHING;
		queue_clear(s);
		if (kind != SMTP_NOTHING)
			queue_push(s, kind);
		s->server = REPLY_SKIP;
		s->loose = true;
		return;
	}
	switch (s->client) {
	case MESSAGE:
		s->text_state = TEXT_MID;
		s->mid_line = true;
		s->client_gap = true;
		s->open_dot = false;
		s->last = 0;
		return;
	case CHUNK:
		if (n > s->chunk_left)
			break;
		s->chunk_begun = true;
		s->chunk_left -= n;
		if (s->chunk_left == 0)
			s->client = COMMAND;
		return;
	}
	s->client = SKIP;
	s->line_length = 0;
	s->mid_line = true;
	s->loose = true;
}

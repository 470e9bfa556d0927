/* SPDX-License-Identifier: ISC */
#include "term.h"

#include <ctype.h>
#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "session.h"

enum { CTRL_C = 3, CTRL_U = 21, BACKSPACE = 8, DELETE = 127 };

/* Why libedit's line ended. */
enum action { ACT_RUN, ACT_HELP, ACT_COMPLETE, ACT_DISCARD, ACT_END };

struct term {
	struct session s;
	EditLine *el;
	History *history;
	struct strbuf prompt;
	enum action action;
	char *before, *after; /* line around the cursor at `?` or TAB */
	bool tty;
};

static volatile sig_atomic_t interrupted;

static void
on_sigint(int sig UNUSED)
{
	interrupted = 1;
}

/* ---- the session's side ---- */

static int
term_write(void *arg UNUSED, const char *s, size_t length)
{
	return fwrite(s, 1, length, stdout) == length ? 0 : -1;
}

/* A key, as it is typed. -1: end of input. */
static int
read_key(void)
{
	unsigned char c;
	ssize_t n;

	fflush(stdout);
	do {
		n = read(STDIN_FILENO, &c, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? c : -1;
}

static void
raw_on(struct termios *saved)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, saved) < 0)
		return;
	raw = *saved;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	raw.c_iflag &= ~(tcflag_t)ICRNL;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static int
term_key(void *arg UNUSED)
{
	struct termios saved;
	int key;

	raw_on(&saved);
	key = read_key();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
	return key;
}

/* Reads an answer key by key; false at ^C or the end of input. */
static bool
read_answer(enum ask_kind kind, char *answer, size_t size)
{
	size_t n = 0;
	int c;

	for (;;) {
		c = read_key();
		if (c < 0 || c == CTRL_C)
			return false;
		if (kind == ASK_CONFIRM && c != '\r' && c != '\n') {
			answer[0] = isprint(c) ? (char)c : 'n';
			answer[1] = '\0';
			return true;
		}
		if (c == '\r' || c == '\n')
			break;
		if (c == BACKSPACE || c == DELETE || c == CTRL_U) {
			while (n > 0) {
				fputs("\b \b", stdout);
				n--;
				if (c != CTRL_U)
					break;
			}
		} else if (c >= ' ' && n + 1 < size) {
			answer[n++] = (char)c;
			putchar(kind == ASK_PASSWORD ? '*' : c);
		}
	}
	answer[n] = '\0';
	return true;
}

static bool
term_ask(void *arg, const char *question, enum ask_kind kind, char *answer,
    size_t size)
{
	const struct term *t = arg;
	struct termios saved;
	bool ok;

	fputs(question, stdout);
	fflush(stdout);
	answer[0] = '\0';
	if (!t->tty) {
		ok = fgets(answer, (int)size, stdin) != NULL;
		answer[strcspn(answer, "\r\n")] = '\0';
	} else {
		raw_on(&saved);
		ok = read_answer(kind, answer, size);
		tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
	}
	putchar('\n');
	return ok;
}

/* ---- libedit's side ---- */

static char *
el_prompt(EditLine *el)
{
	struct term *t;

	el_get(el, EL_CLIENTDATA, &t);
	return t->prompt.s;
}

/* Ends the line as Enter does and remembers why. */
static unsigned char
finish_line(EditLine *el, enum action action)
{
	struct term *t;

	el_get(el, EL_CLIENTDATA, &t);
	t->action = action;
	el_push(el, "\n");
	return CC_REFRESH;
}

static void
remember_line(EditLine *el, struct term *t)
{
	const LineInfo *li = el_line(el);

	free(t->before);
	free(t->after);
	t->before = xstrndup(li->buffer, (size_t)(li->cursor - li->buffer));
	t->after = xstrndup(li->cursor, (size_t)(li->lastchar - li->cursor));
}

static unsigned char
key_help(EditLine *el, int c UNUSED)
{
	const LineInfo *li = el_line(el);
	struct term *t;

	el_get(el, EL_CLIENTDATA, &t);
	/* "\?" types a question mark, for regular expressions. */
	if (li->cursor > li->buffer && li->cursor[-1] == '\\') {
		el_insertstr(el, "?");
		return CC_REFRESH;
	}
	remember_line(el, t);
	if (t->after[0] == '\0')
		el_insertstr(el, "?");
	return finish_line(el, ACT_HELP);
}

static unsigned char
key_complete(EditLine *el, int c UNUSED)
{
	struct strbuf rest;
	struct term *t;
	bool unique;

	el_get(el, EL_CLIENTDATA, &t);
	remember_line(el, t);
	sb_init(&rest);
	unique = session_complete(&t->s, t->before, &rest);
	if (unique) {
		char *whole = xasprintf("%s%s", t->before, sb_text(&rest));

		free(t->before);
		t->before = whole;
	}
	sb_free(&rest);
	return unique ? finish_line(el, ACT_COMPLETE) : CC_NORM;
}

static unsigned char
key_discard(EditLine *el, int c UNUSED)
{
	return finish_line(el, ACT_DISCARD);
}

static unsigned char
key_end(EditLine *el, int c UNUSED)
{
	return finish_line(el, ACT_END);
}

/* Types the text again; what would act as a key goes in literally. */
static void
offer_again(struct term *t)
{
	struct strbuf keys;
	const char *s;

	sb_init(&keys);
	for (s = t->before; *s != '\0'; s++) {
		if (*s == '?' || (unsigned char)*s < ' ')
			sb_putc(&keys, 'V' & 0x1f);
		sb_putc(&keys, *s);
	}
	for (s = t->after; *s != '\0'; s++) {
		if (*s == '?' || (unsigned char)*s < ' ')
			sb_putc(&keys, 'V' & 0x1f);
		sb_putc(&keys, *s);
	}
	/* Back to where the cursor was. */
	for (s = t->after; *s != '\0'; s++) {
		if (((unsigned char)*s & 0xc0) != 0x80)
			sb_putc(&keys, 'B' & 0x1f);
	}
	if (keys.length > 0)
		el_push(t->el, sb_text(&keys));
	sb_free(&keys);
}

static void
open_editor(struct term *t)
{
	HistEvent ev;

	t->el = el_init("asasim", stdin, stdout, stderr);
	t->history = history_init();
	if (t->el == NULL || t->history == NULL)
		return;
	history(t->history, &ev, H_SETSIZE, SESSION_HISTORY);
	el_set(t->el, EL_CLIENTDATA, t);
	el_set(t->el, EL_PROMPT, el_prompt);
	el_set(t->el, EL_EDITOR, "emacs");
	el_set(t->el, EL_HIST, history, t->history);
	el_set(t->el, EL_SIGNAL, 1);
	/* ^C and ^Z are keys here, not signals. */
	el_set(t->el, EL_SETTY, "-d", "-isig", NULL);
	/* What is typed while a command runs is echoed when it is read. */
	el_set(t->el, EL_SETTY, "-x", "-echo", NULL);
	el_set(t->el, EL_SETTY, "-x", "-icanon", NULL);
	/* The narrow form of EL_ADDFN copies the strings and loses them. */
	el_wset(t->el, EL_ADDFN, L"asa-help", L"What can stand next", key_help);
	el_wset(t->el, EL_ADDFN, L"asa-complete", L"Complete the word",
	    key_complete);
	el_wset(
	    t->el, EL_ADDFN, L"asa-discard", L"Discard the line", key_discard);
	el_wset(t->el, EL_ADDFN, L"asa-end", L"Leave configuration", key_end);
	el_set(t->el, EL_BIND, "?", "asa-help", NULL);
	el_set(t->el, EL_BIND, "^I", "asa-complete", NULL);
	el_set(t->el, EL_BIND, "^C", "asa-discard", NULL);
	el_set(t->el, EL_BIND, "^Z", "asa-end", NULL);
	el_set(t->el, EL_BIND, "^W", "ed-delete-prev-word", NULL);
	el_set(t->el, EL_BIND, "^R", "ed-redisplay", NULL);
	el_set(t->el, EL_BIND, "^V", "ed-quoted-insert", NULL);
}

/* ---- the loop ---- */

/* The next line, or NULL at the end of input; to be freed. */
static char *
read_line(struct term *t)
{
	char *line = NULL;
	size_t size = 0;
	int n;

	sb_reset(&t->prompt);
	session_prompt(&t->s, &t->prompt);
	t->action = ACT_RUN;
	if (t->el != NULL) {
		const char *text = el_gets(t->el, &n);

		return text != NULL && n > 0 ? xstrdup(text) : NULL;
	}
	fputs(sb_text(&t->prompt), stdout);
	fflush(stdout);
	if (getline(&line, &size, stdin) < 0) {
		free(line);
		return NULL;
	}
	return line;
}

static void
run_line(struct term *t, char *line)
{
	HistEvent ev;

	line[strcspn(line, "\r\n")] = '\0';
	if (t->history != NULL && line[strspn(line, " \t")] != '\0')
		history(t->history, &ev, H_ENTER, line);
	interrupted = 0;
	session_line(&t->s, line);
}

static void
loop(struct term *t)
{
	char *line;

	while (!t->s.over && t->s.out.error == 0) {
		line = read_line(t);
		if (line == NULL) {
			putchar('\n');
			break;
		}
		switch (t->action) {
		case ACT_RUN:
			run_line(t, line);
			break;
		case ACT_HELP:
			interrupted = 0;
			session_help(&t->s, t->before);
			offer_again(t);
			break;
		case ACT_COMPLETE:
			offer_again(t);
			break;
		case ACT_DISCARD:
			break;
		case ACT_END:
			session_end(&t->s);
			break;
		}
		free(line);
		if (fflush(stdout) != 0 && t->s.out.error == 0)
			t->s.out.error = errno;
	}
}

int
term_run(struct device *d)
{
	struct term t = { .tty =
			      isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) };
	struct session_io io = { .sink = { .write = term_write,
				     .key = t.tty ? term_key : NULL,
				     .arg = &t },
		.ask = term_ask,
		.arg = &t };
	struct sigaction act = { .sa_handler = on_sigint,
		.sa_flags = SA_RESTART },
			 old;
	int error;

	session_init(&t.s, d, &io, false);
	t.s.out.stop = &interrupted;
	sb_init(&t.prompt);
	sigemptyset(&act.sa_mask);
	sigaction(SIGINT, &act, &old);
	if (t.tty)
		open_editor(&t);
	puts("Type help or '?' for a list of available commands.");
	loop(&t);
	session_commit(&t.s);
	fflush(stdout);
	if (t.history != NULL)
		history_end(t.history);
	if (t.el != NULL)
		el_end(t.el);
	sigaction(SIGINT, &old, NULL);
	error = t.s.out.error;
	free(t.before);
	free(t.after);
	sb_free(&t.prompt);
	session_fini(&t.s);
	return error;
}

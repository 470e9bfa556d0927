/* SPDX-License-Identifier: ISC
 *
 * One session: a dialogue with the device, line in, text out.
 *
 * There is no terminal in here. A terminal, a script on standard input, a
 * transcript under test and -e are all users of the same functions; they differ
 * in struct session_io. What a line may do depends on the mode; config modes
 * are the parser's (struct confctx), EXEC modes are rows with a handler.
 *
 *	session_init(&s, &device, &io);
 *	session_line(&s, "enable");
 *	session_prompt(&s, &sb);        -> "ciscoasa# "
 *	session_help(&s, "show ");      prints what may follow
 *	session_complete(&s, "conf", &sb) -> "configure "
 */
#ifndef ASASIM_SESSION_H
#define ASASIM_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "device.h"
#include "out.h"
#include "rows.h"

enum ask_kind {
	ASK_LINE,     /* a line of text */
	ASK_PASSWORD, /* a line, echoed as asterisks */
	ASK_CONFIRM,  /* a key: Enter or y is yes */
};

struct session_io {
	struct out_sink sink;
	/* Puts a question and takes the answer; false: none will come. NULL:
	 * nobody is there to ask, so questions are not put. */
	bool (*ask)(void *arg, const char *question, enum ask_kind kind,
	    char *answer, size_t size);
	/* Gets errors and remarks, for scripts; col counts from 1. NULL: they
	 * go to the screen, with a caret line. */
	void (*complain)(
	    void *arg, unsigned level, unsigned col, const char *text);
	/* Gets system messages for console and monitor, with their line end.
	 * NULL: they go to the screen. */
	void (*log)(void *arg, const char *line);
	void *arg;
};

enum { SESSION_HISTORY = 100 };

struct session {
	struct device *device;
	struct session_io io;
	struct out out;
	const struct mode *mode; /* mode_user or mode_exec, config below it */
	bool configuring;
	struct confctx ctx; /* when configuring */
	VEC(char *) history;
	int pager;                       /* lines, -1: as configured */
	bool monitor;                    /* terminal monitor */
	struct log_screen screen_before; /* who watched the log before us */
	bool over;                       /* closed by exit or logout */

	/* the line at work */
	const struct words *ws;
	bool failed;
	unsigned offset; /* added to columns: what stood before the words */
};

void session_init(struct session *s, struct device *d,
    const struct session_io *io, bool privileged);
void session_fini(struct session *s);

/* The mode whose rows the next line is matched with first. */
const struct mode *session_mode(const struct session *s);
void session_prompt(const struct session *s, struct strbuf *out);
unsigned session_width(const struct session *s); /* 0: no limit */
unsigned session_page(const struct session *s);  /* 0: no pager */
bool session_interactive(const struct session *s);

/* Runs a line. False if it was refused. */
bool session_line(struct session *s, const char *line);
/* Puts the configuration in force that earlier lines left behind. A script's
 * lines are committed together, before the next command that could tell. */
void session_commit(struct session *s);
/* ^Z: to privileged EXEC. */
void session_end(struct session *s);

/* `?` after this text. */
void session_help(struct session *s, const char *text);
/* TAB after this text: appends what completes its last word, if one word only
 * can; false if there is nothing to do. */
bool session_complete(struct session *s, const char *text, struct strbuf *rest);

/* ---- for handlers ---- */

/* Refuses the line: "ERROR: ...". */
void session_error(struct session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Likewise, with the caret under word tok. */
void session_invalid(struct session *s, unsigned tok);
void session_say(void *session, unsigned level, const char *text);
/* Puts a question; the answer is "" when nobody is there or there is none.
 * False if the dialogue is to be given up. */
bool session_ask(struct session *s, const char *question, enum ask_kind kind,
    char *answer, size_t size);
/* Yes when nobody is there. */
bool session_confirm(struct session *s, const char *question);
/* A device_complain for loads that a command started; arg: struct load_say. */
struct load_say {
	struct session *s;
	const char *file;
};
void session_load_complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text);
void session_leave_config(struct session *s);
/* "15:00:51.439 UTC Wed May 1 2024" */
const char *clock_stamp(uint64_t ns, char *buf, size_t size);

#endif

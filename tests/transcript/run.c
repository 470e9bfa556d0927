/* SPDX-License-Identifier: ISC
 *
 * Replays transcripts.
 *
 * A .t file is the screen of a session: prompts, what was typed, answers. The
 * typed part goes through the session again, without a terminal, and the
 * screen that results must be the file, byte for byte.
 *
 *	?        at the end of a typed line: help; the text is offered again
 *	<TAB>    likewise: completion
 *	^C ^Z    likewise: the line is discarded; configuration is left
 *	#! ...   a setting:
 *	   clock 2026-11-24T10:00:00Z   the machine's time
 *	   privileged                   start in privileged EXEC
 *	   config FILE                  load a configuration, from the top
 *folder replay FILE                  replay a capture, likewise password WORD
 *what is typed at `Password: ` page N                       a page of N lines;
 *0 = no pager (default) keys KEYS                    for the pager: S space, E
 *Enter, q
 *
 * run [-u] FILE...: -u rewrites the files.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session.h"

struct runner {
	struct device device;
	struct session s;
	struct strbuf screen; /* what happened */
	char *text;           /* what should */
	VEC(char *) lines;
	size_t at;             /* next line of the file */
	struct strbuf prefill; /* offered again after ? or <TAB> */
	char password[64];
	char keys[64];
};

static char *state_home;

/* ---- the session's side ---- */

static int
screen_write(void *arg, const char *s, size_t length)
{
	struct runner *r = arg;

	sb_write(&r->screen, s, length);
	return 0;
}

static int
next_key(void *arg)
{
	struct runner *r = arg;
	int key = (unsigned char)r->keys[0];

	if (key == '\0')
		return -1;
	memmove(r->keys, r->keys + 1, strlen(r->keys));
	/* The screen of a file cannot show what was wiped: end the line. */
	sb_putc(&r->screen, '\n');
	return key == 'S' ? ' ' : key == 'E' ? '\r' : key;
}

/* The answer stands in the file behind the question. */
static bool
ask(void *arg, const char *question, enum ask_kind kind, char *answer,
    size_t size)
{
	struct runner *r = arg;
	size_t i, n = strlen(question);

	for (i = r->at; i < r->lines.n; i++) {
		const char *typed = r->lines.v[i] + n;

		if (strncmp(r->lines.v[i], question, n) != 0)
			continue;
		r->at = i + 1;
		sb_printf(&r->screen, "%s%s\n", question, typed);
		if (kind == ASK_PASSWORD)
			snprintf(answer, size, "%s",
			    typed[0] == '*' ? r->password : "");
		else
			snprintf(answer, size, "%s", typed);
		return true;
	}
	sb_printf(&r->screen, "%s\n", question);
	return false;
}

/* ---- settings ---- */

static void
say(void *arg, unsigned level, const char *text)
{
	struct runner *r = arg;

	sb_printf(&r->screen, "%s: %s\n",
	    level == CERR_INFO ? "INFO" : "WARNING", text);
}

static void
complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	struct runner *r = arg;

	sb_printf(&r->screen, "%u:%u: %s: %s\n", line, col,
	    level == CERR_ERROR      ? "ERROR"
		: level == CERR_INFO ? "INFO"
				     : "WARNING",
	    text);
}

static void
set_clock(struct runner *r, const char *stamp)
{
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	if (strptime(stamp, "%Y-%m-%dT%H:%M:%SZ", &tm) == NULL)
		return;
	r->device.fixed_clock = (uint64_t)timegm(&tm) * 1000000000u;
	r->device.started = r->device.fixed_clock;
}

static void
setting(struct runner *r, char *line)
{
	const char *files[1];
	struct replay_request req = { .files = files, .n_files = 1 };
	char *word = strtok(line, " "), *arg = strtok(NULL, "");
	unsigned refused;

	if (word == NULL || strncmp(word, "SPDX-", 5) == 0)
		return;
	if (strcmp(word, "privileged") == 0)
		r->s.mode = &mode_exec;
	else if (arg == NULL)
		sb_printf(&r->screen, "bad setting %s\n", word);
	else if (strcmp(word, "clock") == 0)
		set_clock(r, arg);
	else if (strcmp(word, "password") == 0)
		snprintf(r->password, sizeof(r->password), "%s", arg);
	else if (strcmp(word, "keys") == 0)
		snprintf(r->keys, sizeof(r->keys), "%s", arg);
	else if (strcmp(word, "page") == 0)
		r->s.pager = atoi(arg);
	else if (strcmp(word, "config") == 0) {
		if (device_load(&r->device, arg, true, complain, r, &refused) <
		    0)
			sb_printf(&r->screen, "cannot load %s\n", arg);
		device_commit(&r->device, say, r);
	} else if (strcmp(word, "replay") == 0) {
		files[0] = arg;
		if (device_replay(&r->device, &req, say, r) < 0)
			sb_printf(&r->screen, "%s\n", r->device.replay.error);
	} else
		sb_printf(&r->screen, "bad setting %s\n", word);
}

/* ---- typing ---- */

static bool
take_end(char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	if (n < m || strcmp(text + n - m, end) != 0)
		return false;
	text[n - m] = '\0';
	return true;
}

static void
type_line(struct runner *r, const char *typed)
{
	char *text = xstrdup(typed);
	struct strbuf rest;

	sb_init(&rest);
	sb_printf(&r->screen, "%s\n", typed);
	if (strncmp(typed, sb_text(&r->prefill), r->prefill.length) != 0)
		sb_printf(
		    &r->screen, "offered again: %s\n", sb_text(&r->prefill));
	sb_reset(&r->prefill);
	if (take_end(text, "<TAB>")) {
		session_complete(&r->s, text, &rest);
		sb_printf(&r->prefill, "%s%s", text, sb_text(&rest));
	} else if (take_end(text, "?")) {
		session_help(&r->s, text);
		sb_puts(&r->prefill, text);
	} else if (take_end(text, "^Z"))
		session_end(&r->s);
	else if (!take_end(text, "^C"))
		session_line(&r->s, text);
	sb_free(&rest);
	free(text);
}

static void
play(struct runner *r)
{
	struct strbuf prompt;

	sb_init(&prompt);
	while (r->at < r->lines.n && !r->s.over) {
		const char *line = r->lines.v[r->at++];

		if (strncmp(line, "#!", 2) == 0) {
			char *copy = xstrdup(line + 2);

			sb_printf(&r->screen, "%s\n", line);
			setting(r, copy);
			free(copy);
			continue;
		}
		sb_reset(&prompt);
		session_prompt(&r->s, &prompt);
		if (strncmp(line, sb_text(&prompt), prompt.length) != 0)
			continue;
		sb_puts(&r->screen, sb_text(&prompt));
		type_line(r, line + prompt.length);
	}
	sb_free(&prompt);
}

/* ---- files ---- */

static char *
read_whole(const char *path)
{
	struct strbuf sb;
	char buf[4096];
	FILE *fp = fopen(path, "re");
	size_t n;

	if (fp == NULL)
		return NULL;
	sb_init(&sb);
	while ((n = fread(buf, 1, sizeof(buf), fp)) > 0)
		sb_write(&sb, buf, n);
	fclose(fp);
	if (sb.s == NULL)
		sb_puts(&sb, "");
	return sb.s;
}

static bool
write_whole(const char *path, const char *text)
{
	FILE *fp = fopen(path, "we");
	bool ok;

	if (fp == NULL)
		return false;
	ok = fputs(text, fp) >= 0;
	return fclose(fp) == 0 && ok;
}

static void
split_lines(struct runner *r, char *text)
{
	char *end;

	for (; *text != '\0'; text = end + 1) {
		end = strchr(text, '\n');
		if (end == NULL) {
			*VEC_PUSH(&r->lines) = text;
			return;
		}
		*end = '\0';
		*VEC_PUSH(&r->lines) = text;
	}
}

static void
show_difference(const char *path, const char *screen)
{
	char *tmp = xasprintf("%s/screen", state_home);
	char *command = xasprintf("diff -u '%s' '%s'", path, tmp);

	if (write_whole(tmp, screen)) {
		fflush(stdout);
		if (system(command) < 0)
			perror("diff");
	}
	free(command);
	free(tmp);
}

static void
forget_startup(void)
{
	char *path = xasprintf("%s/asasim/startup-config", state_home);

	unlink(path);
	free(path);
}

static bool
run_file(const char *path, bool update)
{
	char *text = read_whole(path);
	struct runner r;
	struct session_io io = {
		.sink = { .write = screen_write, .key = next_key, .arg = &r },
		.ask = ask,
		.arg = &r
	};
	bool same;

	if (text == NULL) {
		perror(path);
		return false;
	}
	memset(&r, 0, sizeof(r));
	forget_startup();
	if (device_init(&r.device, NULL) < 0)
		return false;
	session_init(&r.s, &r.device, &io, false);
	r.s.pager = 0;
	sb_init(&r.screen);
	sb_init(&r.prefill);
	r.text = xstrdup(text);
	split_lines(&r, r.text);
	session_commit(&r.s);
	play(&r);
	same = strcmp(sb_text(&r.screen), text) == 0;
	if (!same && update)
		same = write_whole(path, sb_text(&r.screen));
	else if (!same)
		show_difference(path, sb_text(&r.screen));
	printf("%s %s\n", same ? "ok" : "FAIL", path);
	session_fini(&r.s);
	device_fini(&r.device);
	sb_free(&r.screen);
	sb_free(&r.prefill);
	VEC_FREE(&r.lines);
	free(r.text);
	free(text);
	return same;
}

static void
remove_dir(const char *path)
{
	struct dirent *de;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return;
	while ((de = readdir(dir)) != NULL) {
		char *sub;

		if (strcmp(de->d_name, ".") == 0 ||
		    strcmp(de->d_name, "..") == 0)
			continue;
		sub = xasprintf("%s/%s", path, de->d_name);
		if (unlink(sub) < 0)
			remove_dir(sub);
		free(sub);
	}
	closedir(dir);
	rmdir(path);
}

int
main(int argc, char **argv)
{
	char dir[] = "/tmp/asasim-transcript.XXXXXX";
	bool update = argc > 1 && strcmp(argv[1], "-u") == 0;
	int i, passed = 0, failed = 0;

	state_home = mkdtemp(dir);
	if (state_home == NULL) {
		perror(dir);
		return 1;
	}
	setenv("XDG_STATE_HOME", state_home, 1);
	for (i = update ? 2 : 1; i < argc; i++) {
		if (run_file(argv[i], update))
			passed++;
		else
			failed++;
	}
	remove_dir(state_home);
	printf("%d passed, %d failed, 0 skipped\n", passed, failed);
	return failed > 0;
}

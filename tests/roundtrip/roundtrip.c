/* SPDX-License-Identifier: ISC
 *
 * roundtrip DIRECTORY: for each DIRECTORY/x.conf, loads it and compares the
 * running config with x.ok, then loads x.ok and compares again. Each
 * DIRECTORY/bad/x.conf must be complained about exactly as bad/x.ok says. The
 * .ok files are written by hand. The checksum is compared as "any 32 hex
 * digits".
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

static struct gram *gram;
static unsigned passed, failed;

static void
put(void *arg, const char *line)
{
	static const char sum[] = "Cryptochecksum:";
	size_t n = sizeof(sum) - 1;
	struct strbuf *out = arg;

	if (strncmp(line, sum, n) == 0 && strlen(line) == n + 32 &&
	    strspn(line + n, "0123456789abcdef") == 32)
		sb_printf(out, "%s<32 hex>\n", sum);
	else
		sb_printf(out, "%s\n", line);
}

static void
complain(
    void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	static const char *const words[] = { "ERROR", "WARNING", "INFO" };

	sb_printf(arg, "%u:%u: %s: %s\n", line, col, words[level], text);
}

/* Loads a file: its running config and its complaints. */
static bool
load(const char *path, struct strbuf *config, struct strbuf *complaints)
{
	struct conf *c = conf_new();
	struct emitter em = { .gram = gram, .line = put, .arg = config };
	struct confctx ctx;
	FILE *fp = fopen(path, "r");

	if (fp == NULL) {
		perror(path);
		conf_free(c);
		return false;
	}
	confctx_init(&ctx);
	conf_load(c, gram, &ctx, fp, complain, complaints);
	fclose(fp);
	em.env = conf_tokenv(c);
	conf_emit(c, &em);
	conf_free(c);
	return true;
}

static char *
slurp(const char *path)
{
	FILE *fp = fopen(path, "r");
	struct strbuf text;
	char *s;
	int ch;

	sb_init(&text);
	while (fp != NULL && (ch = getc(fp)) != EOF)
		sb_putc(&text, (char)ch);
	if (fp != NULL)
		fclose(fp);
	s = xstrdup(sb_text(&text));
	sb_free(&text);
	return s;
}

/* Shows the first line that differs. */
static bool
same(const char *what, const char *name, const char *expected, const char *got)
{
	unsigned line = 1;
	size_t n, m;

	for (;; line++) {
		n = strcspn(expected, "\n");
		m = strcspn(got, "\n");
		if (n != m || memcmp(expected, got, n) != 0)
			break;
		if (expected[n] == '\0' || got[m] == '\0') {
			if (expected[n] == got[m])
				return true;
			break;
		}
		expected += n + 1;
		got += m + 1;
	}
	printf("FAIL %s (%s), line %u:\n-%.*s$\n+%.*s$\n", name, what, line,
	    (int)n, expected, (int)m, got);
	return false;
}

static void
check(const char *directory, const char *name, bool bad)
{
	char *conf = xasprintf("%s/%s.conf", directory, name);
	char *ok = xasprintf("%s/%s.ok", directory, name);
	char *expected = slurp(ok);
	struct strbuf first, second, said, said_again;
	bool good;

	sb_init(&first);
	sb_init(&second);
	sb_init(&said);
	sb_init(&said_again);
	good = load(conf, &first, &said);
	if (good && bad)
		good = same("complaints", name, expected, sb_text(&said));
	else if (good) {
		good = same("config", name, expected, sb_text(&first)) &&
		    load(ok, &second, &said_again) &&
		    same("again", name, expected, sb_text(&second));
		if (strstr(sb_text(&said), "ERROR") != NULL ||
		    strstr(sb_text(&said_again), "ERROR") != NULL) {
			printf("FAIL %s:\n%s%s", name, sb_text(&said),
			    sb_text(&said_again));
			good = false;
		}
	}
	*(good ? &passed : &failed) += 1;
	sb_free(&first);
	sb_free(&second);
	sb_free(&said);
	sb_free(&said_again);
	free(expected);
	free(ok);
	free(conf);
}

static void
check_all(const char *directory, bool bad)
{
	struct dirent **list;
	int i, n = scandir(directory, &list, NULL, alphasort);

	for (i = 0; i < n; i++) {
		char *name = list[i]->d_name;
		size_t length = strlen(name);

		if (length > 5 && strcmp(name + length - 5, ".conf") == 0) {
			name[length - 5] = '\0';
			check(directory, name, bad);
		}
		free(list[i]);
	}
	if (n >= 0)
		free(list);
}

int
main(int argc, char **argv)
{
	size_t sets, fragments;
	const struct row_set *rs = conf_row_sets(&sets);
	const struct fragment *f = conf_fragments(&fragments);
	char *bad;

	if (argc != 2) {
		fprintf(stderr, "usage: roundtrip DIRECTORY\n");
		return 2;
	}
	gram = gram_new(rs, sets, f, fragments);
	check_all(argv[1], false);
	bad = xasprintf("%s/bad", argv[1]);
	check_all(bad, true);
	free(bad);
	gram_free(gram);
	printf("%u passed, %u failed, 0 skipped\n", passed, failed);
	return failed != 0;
}

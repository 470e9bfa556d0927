/* SPDX-License-Identifier: ISC
 *
 * Configuration lines, a few in one configuration: whatever is accepted must
 * come out of the running config, load again without a refusal, and give the
 * same running config.
 *
 * The first byte chooses between the keyboard (even) and a file (odd).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gram *gram;

static void
put(void *arg, const char *line)
{
	struct strbuf *out = arg;

	sb_puts(out, line);
	sb_putc(out, '\n');
}

static void
print(const struct conf *c, struct strbuf *out)
{
	struct emitter em = { .gram = gram,
		.env = conf_tokenv(c),
		.line = put,
		.arg = out,
		.secrets = true };

	conf_emit(c, &em);
}

static void
say(void *arg, unsigned level, unsigned line, unsigned col, const char *text)
{
	if (level == CERR_ERROR)
		fprintf(arg, "%u:%u: %s\n", line, col, text);
}

static void
load(struct conf *c, const char *text, size_t size, FILE *errors)
{
	struct confctx ctx;
	FILE *fp;

	if (size == 0)
		return;
	fp = fmemopen((void *)(uintptr_t)text, size, "r");
	if (fp == NULL)
		abort();
	confctx_init(&ctx);
	if (conf_load(c, gram, &ctx, fp, errors ? say : NULL, errors) != 0 &&
	    errors != NULL)
		abort();
	fclose(fp);
}

static void
type(struct conf *c, char *text)
{
	struct line_result r;
	struct confctx ctx;
	char *line;

	confctx_init(&ctx);
	while ((line = strsep(&text, "\n")) != NULL) {
		conf_line(c, gram, &ctx, line, &r);
		if (ctx.mode == &mode_exec || ctx.mode == &mode_user)
			ctx.mode = &mode_config;
	}
}

static void
count(void *arg, const char *line, bool affects_verdict, const char *why)
{
	size_t *n = arg;

	*n += strlen(line) + strlen(why) + affects_verdict;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conf *c, *again;
	struct strbuf first, second;
	size_t n = 0;
	char *text;

	if (gram == NULL) {
		size_t sets, fragments;
		const struct row_set *rs = conf_row_sets(&sets);
		const struct fragment *f = conf_fragments(&fragments);

		gram = gram_new(rs, sets, f, fragments);
	}
	if (size < 2)
		return 0;
	text = xstrndup((const char *)data + 1, size - 1);
	c = conf_new();
	again = conf_new();
	sb_init(&first);
	sb_init(&second);
	if (data[0] % 2 == 0) {
		conf_load_factory(c);
		type(c, text);
	} else
		load(c, text, strlen(text), NULL);
	conf_each_kept(c, count, &n);
	print(c, &first);
	load(again, sb_text(&first), first.length, stderr);
	print(again, &second);
	if (strcmp(sb_text(&first), sb_text(&second)) != 0) {
		fprintf(stderr, "---- first\n%s---- second\n%s",
		    sb_text(&first), sb_text(&second));
		abort();
	}
	sb_free(&first);
	sb_free(&second);
	conf_free(again);
	conf_free(c);
	free(text);
	return 0;
}

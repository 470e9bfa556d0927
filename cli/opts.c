/* SPDX-License-Identifier: ISC */
#include "opts.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "version.h"

static const char usage_text[] =
    "usage: asasim [-hiV] [-c FILE] [-r FILE]... [-w FILE] [-e COMMAND]...\n"
    "              [--startup FILE]\n";

static const char help_text[] =
    "\n"
    "  -c, --config FILE    load a running-config (- is standard input)\n"
    "  -r, --read FILE      replay a capture (- is standard input)\n"
    "  -w, --write FILE     write the packets that leave the firewall\n"
    "                       (- is standard output)\n"
    "  -e, --exec COMMAND   run an EXEC command after loading and replaying\n"
    "  -i, --interactive    open the shell after that\n"
    "      --startup FILE   startup configuration\n"
    "  -h, --help           show this\n"
    "  -V, --version        show the version\n"
    "\n"
    "Without -e, and with a terminal as standard input, asasim is a shell;\n"
    "a script on standard input runs in privileged EXEC mode.\n"
    "Exit status: 0 success, 1 a line was refused, 2 usage, 3 a file could\n"
    "not be read or written.\n";

enum { OPT_STARTUP = 256, OPT_MANUAL_ROWS };

static const struct option long_options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "exec", required_argument, NULL, 'e' },
	{ "help", no_argument, NULL, 'h' },
	{ "interactive", no_argument, NULL, 'i' },
	{ "manual-rows", no_argument, NULL, OPT_MANUAL_ROWS },
	{ "read", required_argument, NULL, 'r' },
	{ "startup", required_argument, NULL, OPT_STARTUP },
	{ "version", no_argument, NULL, 'V' },
	{ "write", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

static enum opts_result
bad(const char *what)
{
	if (what != NULL)
		fprintf(stderr, "asasim: %s\n", what);
	fputs(usage_text, stderr);
	return OPTS_BAD;
}

static unsigned
count_dashes(const char *const *v, size_t n)
{
	unsigned dashes = 0;
	size_t i;

	for (i = 0; i < n; i++)
		dashes += strcmp(v[i], "-") == 0;
	return dashes;
}

bool
opts_stdin_taken(const struct opts *o)
{
	return count_dashes(o->configs.v, o->configs.n) +
	    count_dashes(o->captures.v, o->captures.n) >
	    0;
}

/* Combinations that cannot work. */
static enum opts_result
check(const struct opts *o)
{
	if (count_dashes(o->configs.v, o->configs.n) +
		count_dashes(o->captures.v, o->captures.n) >
	    1)
		return bad("standard input can be read only once");
	if (o->write != NULL && o->captures.n == 0)
		return bad("-w needs a capture to replay (-r)");
	if (o->write != NULL && strcmp(o->write, "-") == 0 &&
	    (o->commands.n > 0 || o->interactive))
		return bad("-w - leaves no standard output for -e or -i");
	if (o->interactive && opts_stdin_taken(o))
		return bad("-i needs standard input");
	return OPTS_RUN;
}

enum opts_result
opts_parse(struct opts *o, int argc, char **argv)
{
	int c;

	memset(o, 0, sizeof(*o));
	while ((c = getopt_long(
		    argc, argv, "c:e:hir:Vw:", long_options, NULL)) != -1) {
		switch (c) {
		case 'c':
			*VEC_PUSH(&o->configs) = optarg;
			break;
		case 'e':
			*VEC_PUSH(&o->commands) = optarg;
			break;
		case 'h':
			fputs(usage_text, stdout);
			fputs(help_text, stdout);
			return OPTS_DONE;
		case 'i':
			o->interactive = true;
			break;
		case 'r':
			*VEC_PUSH(&o->captures) = optarg;
			break;
		case 'V':
			puts("asasim " ASASIM_VERSION);
			return OPTS_DONE;
		case 'w':
			if (o->write != NULL)
				return bad("-w can be given only once");
			o->write = optarg;
			break;
		case OPT_STARTUP:
			o->startup = optarg;
			break;
		case OPT_MANUAL_ROWS:
			o->manual_rows = true;
			break;
		default:
			return bad(NULL);
		}
	}
	if (optind < argc)
		return bad("arguments without an option are not understood");
	return check(o);
}

void
opts_fini(struct opts *o)
{
	VEC_FREE(&o->configs);
	VEC_FREE(&o->captures);
	VEC_FREE(&o->commands);
}

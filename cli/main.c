/* SPDX-License-Identifier: ISC
 *
 * asasim: see asasim(1).
 */
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "opts.h"
#include "run.h"

/* Names and descriptions may be UTF-8; nothing else depends on the locale. */
static void
set_locale(void)
{
	if (setlocale(LC_CTYPE, "") == NULL ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

int
main(int argc, char **argv)
{
	struct opts o;
	int code = EXIT_OK;

	set_locale();
	/* A reader that goes away is an error of write(2), not a death. */
	signal(SIGPIPE, SIG_IGN);
	switch (opts_parse(&o, argc, argv)) {
	case OPTS_RUN:
		code = run(&o);
		break;
	case OPTS_DONE:
		break;
	case OPTS_BAD:
		code = EXIT_USAGE;
		break;
	}
	opts_fini(&o);
	return code;
}

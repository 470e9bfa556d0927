/* SPDX-License-Identifier: ISC
 *
 * Lines of the running config.
 */
#include <stdarg.h>
#include <string.h>

#include "conf_int.h"

void
emit_line(struct emitter *em, const char *fmt, ...)
{
	struct strbuf sb;
	va_list ap;

	sb_init(&sb);
	va_start(ap, fmt);
	sb_vprintf(&sb, fmt, ap);
	va_end(ap);
	em->line(em->arg, sb_text(&sb));
	sb_free(&sb);
}

void
emit_text(struct emitter *em, const struct row *row, const void *args, bool no,
    struct strbuf *out)
{
	gram_print(em->gram, row, args, no, &em->env, out);
}

static void
emit_either(struct emitter *em, unsigned indent, const struct row *row,
    const void *args, bool no)
{
	struct strbuf sb;

	sb_init(&sb);
	while (indent-- > 0)
		sb_putc(&sb, ' ');
	emit_text(em, row, args, no, &sb);
	em->line(em->arg, sb_text(&sb));
	sb_free(&sb);
}

void
emit_row(struct emitter *em, unsigned indent, const struct row *row,
    const void *args)
{
	emit_either(em, indent, row, args, false);
}

void
emit_no_row(struct emitter *em, unsigned indent, const struct row *row,
    const void *args)
{
	emit_either(em, indent, row, args, true);
}

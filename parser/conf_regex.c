/* SPDX-License-Identifier: ISC
 *
 * regex NAME EXPRESSION, and who uses one.
 *
 * Source: ASA 5500 Series Configuration Guide using the CLI 8.4, "Creating a
 * Regular Expression": a name has up to 40 characters, an expression 100.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "regex_syntax.h"

enum { EXPRESSION_MAX = 100 };

struct regex_args {
	char *name, *text;
};

BIND(bind_regex, struct regex_args, FIELD(struct regex_args, F_STR, name),
    FIELD(struct regex_args, F_STR, text));

static struct regex_def *
find_regex(const struct conf *c, const char *name, size_t *at)
{
	for (*at = 0; *at < c->regexes.n; (*at)++) {
		if (strcmp(c->regexes.v[*at].name, name) == 0)
			return &c->regexes.v[*at];
	}
	return NULL;
}

const struct regex_def *
conf_regex_find(const struct conf *c, const char *name)
{
	size_t at;

	return find_regex(c, name, &at);
}

/* ---- use ---- */

/* The next "regex NAME" or "regex class NAME" of a line that is kept as text;
 * NULL: there is none. */
static const char *
next_reference(const char *line, bool *is_class, size_t *length)
{
	const char *s = strstr(line, "regex ");

	for (; s != NULL; s = strstr(s + 1, "regex ")) {
		if (s == line || s[-1] == ' ')
			break;
	}
	if (s == NULL)
		return NULL;
	s += strlen("regex ");
	*is_class = strncmp(s, "class ", 6) == 0;
	if (*is_class)
		s += strlen("class ");
	*length = strcspn(s, " ");
	return s;
}

static bool
line_refers(const char *line, const char *name, bool is_class)
{
	const char *s = line;
	size_t n;
	bool class;

	while ((s = next_reference(s, &class, &n)) != NULL) {
		if (class == is_class && strlen(name) == n &&
		    strncmp(s, name, n) == 0)
			return true;
		s += n;
	}
	return false;
}

static bool
lines_refer(char *const *v, size_t n, const char *name, bool is_class)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (line_refers(v[i], name, is_class))
			return true;
	}
	return false;
}

static bool
regex_in_use(const struct conf *c, const char *name)
{
	size_t i, j;

	for (i = 0; i < c->class_maps.n; i++) {
		const struct class_map *cm = c->class_maps.v[i];

		for (j = 0; j < cm->regexes.n; j++) {
			if (strcmp(cm->regexes.v[j], name) == 0)
				return true;
		}
	}
	return regex_referred(c, name, false);
}

/* Does a line that is kept as text name this expression, or this class? */
bool
regex_kept_referred(const struct conf *c, const char *name, bool is_class)
{
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		if (lines_refer(c->class_maps.v[i]->kept.v,
			c->class_maps.v[i]->kept.n, name, is_class))
			return true;
	}
	for (i = 0; i < c->inspect_maps.n; i++) {
		if (lines_refer(c->inspect_maps.v[i]->lines.v,
			c->inspect_maps.v[i]->lines.n, name, is_class))
			return true;
	}
	return false;
}

/* Does an inspection's map or class? */
bool
regex_referred(const struct conf *c, const char *name, bool is_class)
{
	size_t i, j;

	for (i = 0; i < c->esmtp_maps.n; i++) {
		const struct esmtp_map *m = c->esmtp_maps.v[i];

		for (j = 0; j < m->matches.n; j++) {
			if (str_eq(m->matches.v[j].regex, name) &&
			    m->matches.v[j].regex_is_class == is_class)
				return true;
		}
	}
	return regex_kept_referred(c, name, is_class);
}

int
need_regex(
    const struct conf *c, const char *name, bool is_class, struct cerr *e)
{
	const struct class_map *cm;

	if (!is_class) {
		if (conf_regex_find(c, name) != NULL)
			return 0;
		return refuse(e, "%% regex %s not configured", name);
	}
	cm = conf_class_map_find(c, name);
	if (cm == NULL)
		return refuse(e, "%% class-map %s not configured", name);
	if (cm->type != CLASS_MAP_REGEX)
		return refuse(e, "%% class-map %s has the wrong type", name);
	return 0;
}

/* The same for every reference of a line. */
int
need_line_regexes(const struct conf *c, const char *line, struct cerr *e)
{
	const char *s = line;
	bool is_class;
	char *name;
	size_t n;
	int r = 0;

	while (r == 0 && (s = next_reference(s, &is_class, &n)) != NULL) {
		name = xstrndup(s, n);
		r = need_regex(c, name, is_class, e);
		free(name);
		s += n;
	}
	return r;
}

/* ---- regex ---- */

static int
regex_delete(struct conf *c, const struct regex_args *a, struct cerr *e)
{
	struct regex_def *r;
	size_t at;

	r = find_regex(c, a->name, &at);
	if (r == NULL ||
	    (a->text != NULL && strcmp(a->text, r->expression) != 0))
		return refuse(e, "%% regex %s not configured", a->name);
	if (regex_in_use(c, a->name))
		return refuse(e, "%% regex %s is being used", a->name);
	regex_free(r);
	VEC_REMOVE(&c->regexes, at);
	changed(c);
	return 0;
}

static int
regex_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct regex_args *a = args;
	struct regex_def *r;
	struct cerr why;
	size_t at;

	if (no)
		return regex_delete(c, a, e);
	if (a->text[0] == '\0' || strlen(a->text) > EXPRESSION_MAX)
		return refuse(e,
		    "%% a regular expression has 1 to %d characters",
		    EXPRESSION_MAX);
	if (strchr(a->text, '"') != NULL)
		return refuse(e, "%% write a quotation mark as \\x22");
	if (regex_check(a->text, &why) != 0)
		return refuse(e, "%% Invalid regular expression: %s", why.text);
	r = find_regex(c, a->name, &at);
	if (r != NULL && strcmp(r->expression, a->text) == 0)
		return 0;
	/* A change would pass unseen by those that use it. */
	if (r != NULL && regex_in_use(c, a->name))
		return refuse(e, "%% regex %s is being used", a->name);
	if (r == NULL) {
		r = VEC_PUSH(&c->regexes);
		str_set(&r->name, a->name);
	}
	str_set(&r->expression, a->text);
	changed(c);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config, "regex NAME<40>:name WORD:text",
	  "Define a regular expression\n"
	  "Name of the expression\n"
	  "Expression, up to 100 characters; in quotes if it has blanks\n",
	  &bind_regex, .apply = regex_apply,
	  .no_syntax = "regex NAME<40>:name [WORD:text]" },
};
/* clang-format on */
const struct row_set regex_rows = { rows, ARRAY_LEN(rows) };

void
regex_free(struct regex_def *r)
{
	free(r->name);
	free(r->expression);
}

void
regexes_clear(struct conf *c, struct confctx *ctx)
{
	size_t i;

	for (i = c->regexes.n; i-- > 0;) {
		if (ctx != NULL && regex_in_use(c, c->regexes.v[i].name)) {
			confctx_say(ctx, CERR_WARNING,
			    "regex %s is being used and stays",
			    c->regexes.v[i].name);
			continue;
		}
		regex_free(&c->regexes.v[i]);
		VEC_REMOVE(&c->regexes, i);
	}
	changed(c);
}

/* The device prints the quotes always. */
void
emit_regexes(const struct conf *c, struct emitter *em, const char *only)
{
	size_t i;

	for (i = 0; i < c->regexes.n; i++) {
		const struct regex_def *r = &c->regexes.v[i];

		if (only == NULL || strcmp(only, r->name) == 0)
			emit_line(
			    em, "regex %s \"%s\"", r->name, r->expression);
	}
}

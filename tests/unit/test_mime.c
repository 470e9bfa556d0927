/* SPDX-License-Identifier: ISC */
#include "mime.h"

#include <CUnit/Basic.h>
#include <inttypes.h>
#include <string.h>

#include "util.h"

/* What the walker says of a message, as a line of text:
 *	h5 b5	end of a header or body line of 5 characters
 *	H20	end of the header of 20 bytes
 *	to	a To field
 *	t=x e=x	media type, encoding
 *	n=5	an attachment name grew to 5, given at the next line end
 */
static void
note(struct strbuf *out, const struct mime_event *ev, uint64_t *name)
{
	switch (ev->type) {
	case MIME_LINE_END:
	case MIME_HEADER_END:
		if (*name != 0)
			sb_printf(out, "n=%" PRIu64 " ", *name);
		*name = 0;
		if (ev->type == MIME_HEADER_END)
			sb_printf(out, "H%" PRIu64 " ", ev->section.to);
		else
			sb_printf(out, "%c%" PRIu64 " ", ev->header ? 'h' : 'b',
			    ev->line.to);
		break;
	case MIME_TO_FIELD:
		sb_puts(out, "to ");
		break;
	case MIME_TYPE:
		sb_printf(out, "t=%s ", ev->text);
		break;
	case MIME_ENCODING:
		sb_printf(out, "e=%s ", ev->text);
		break;
	case MIME_FILENAME:
		CU_ASSERT(ev->name.from < ev->name.to);
		*name = ev->name.to;
		break;
	default:
		break;
	}
}

/* Walks a message in two pieces. Checks that lengths add up. */
static void
walk(const char *text, size_t n, size_t cut, struct strbuf *out)
{
	uint64_t name = 0, line = 0, sections = 0;
	struct mime_event ev;
	size_t pos = 0, used;
	struct mime m;

	mime_begin(&m);
	do {
		used = mime_push(&m, (const uint8_t *)text + pos,
		    (pos < cut ? cut : n) - pos, &ev);
		CU_ASSERT_FATAL(used <= n - pos);
		pos += used;
		note(out, &ev, &name);
		sections += ev.section.to - ev.section.from;
		if (ev.type == MIME_TEXT) {
			CU_ASSERT(ev.line.from == line);
			line = ev.line.to;
		} else if (ev.type == MIME_LINE_END) {
			CU_ASSERT(ev.line.to == line);
			line = 0;
		}
	} while (pos < n || ev.type != MIME_NONE);
	CU_ASSERT_EQUAL(sections, m.header_length + m.body_length);
}

static void
check(const char *text, const char *want)
{
	size_t cut, n = strlen(text);
	struct strbuf out;

	for (cut = 0; cut <= n; cut++) {
		sb_init(&out);
		walk(text, n, cut, &out);
		if (out.length != 0)
			out.s[out.length - 1] = '\0';
		if (strcmp(sb_text(&out), want) != 0) {
			printf("\n(cut at %zu) %s\n  want %s\n  got  %s\n", cut,
			    text, want, sb_text(&out));
			CU_FAIL("trace differs");
			cut = n;
		}
		sb_free(&out);
	}
}

static void
test_lines(void)
{
	static const char *const cases[][2] = {
		{ "A: b\r\n\r\nbody\r\n", "h4 H6 b4" },
		{ "A: b\n\nbody\n\n", "h4 H5 b4 b0" },
		{ "\r\nbody\r\n", "H0 b4" },
		{ "A: b\r\n c\r\n\r\n", "h4 h2 H10" },
		{ "A\rB\r\n\r\r\n\r\n\r\r\n", "h3 h1 H8 b1" },
		{ "no header at all\r\n", "h16" },
		{ "", "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i][0], cases[i][1]);
}

static void
test_fields(void)
{
	static const char *const cases[][2] = {
		{ "To: a\r\nTO : b\r\nto:\r\nTom: c\r\n To: d\r\n\r\nTo: e\r\n",
		    "to h5 to h6 to h3 h6 h6 H36 b5" },
		{ "Content-Type: text/plain\r\n\r\n", "h24 t=text/plain H26" },
		{ "content-type : Text/HTML; charset=x\r\n\r\n",
		    "t=Text/HTML h35 H37" },
		{ "Content-Type:\r\n\ttext/plain\r\n\r\n",
		    "h13 h11 t=text/plain H28" },
		{ "Content-Type: (a \\) (nested) ;) text/plain(x)\r\n\r\n",
		    "t=text/plain h45 H47" },
		{ "Content-Type: ;\r\n\r\n", "h15 H17" },
		{ "Content-Transfer-Encoding: base64\r\n\r\n",
		    "h33 e=base64 H35" },
		{ "Content-Transfer-Encoding:\r\n quoted-printable (x)\r\n\r\n",
		    "h26 e=quoted-printable h21 H51" },
		/* longer than any name that is known */
		{ "Content-Transfer-Encodinggggggggggggg: base64\r\n\r\n",
		    "h45 H47" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i][0], cases[i][1]);
}

#define D "Content-Disposition: attachment; "

static void
test_names(void)
{
	static const struct {
		const char *field;
		unsigned length;
	} cases[] = {
		{ D "filename=abc.zip\r\n", 7 },
		{ D "filename=\"a b;c.zip\"; size=1\r\n", 9 },
		{ D "filename=\"a\\\"b\"\r\n", 3 },
		{ D "FILENAME = \"abc\" (comment)\r\n", 3 },
		{ D "size=1;filename=abc\r\n", 3 },
		{ D "filename=\"abc\r\n def\"\r\n", 7 },
		{ D "filename=\"not closed\r\n", 10 },
		{ D "filename=\"\"\r\n", 0 },
		{ D "filename=\r\n", 0 },
		{ D "xfilename=abc\r\n", 0 },
		{ "Content-Type: a/b; name=abcd\r\n", 4 },
		{ "Content-Type: a/b;\r\n name=abcd\r\n", 4 },
		{ "Content-Type: a/b\r\n ;\r\n name=abcd\r\n", 4 },
		{ "X-Other: a; name=abcd\r\n", 0 },
		/* the longest of a part, not the sum */
		{ D "filename=abc; filename*=utf-8''abcd\r\n", 4 },
		{ "Content-Type: a/b; name=abcdef\r\n" D "filename=abc\r\n",
		    6 },
		/* RFC 2231 3 and 4 */
		{ D "filename*=utf-8'de'a%C3%A4b\r\n", 4 },
		{ D "filename*=''abc\r\n", 3 },
		{ D "filename*=abc\r\n", 3 },
		{ D "filename*=us-ascii'en'a%2\r\n", 2 },
		{ D "filename*0=abc; filename*1=\"def\"\r\n", 6 },
		{ D "filename*0*=utf-8''%41%42;\r\n filename*1*=%43;\r\n"
		    " filename*2=%44\r\n",
		    6 },
		{ D "filename*1=def; filename*0=abc\r\n", 6 },
		{ D "filename*10*=%41; filename*11*=a'b\r\n", 4 },
		/* RFC 2047 */
		{ D "filename=\"=?utf-8?Q?a=C3=A4_b?=\"\r\n", 5 },
		{ D "filename==?utf-8?q?abc?=\r\n", 3 },
		{ D "filename=\"=?utf-8?B?YWJjZA==?=\"\r\n", 4 },
		{ D "filename=\"=?x?b?YWJj?= =?x?B?ZGVm?=\"\r\n", 6 },
		{ D "filename=\"=?x?b?YWJj?=\r\n  =?x?B?ZGVm?=\"\r\n", 6 },
		{ D "filename=\"=?x?b?YWJj?= d\"\r\n", 5 },
		{ D "filename=\"a =?x?b?YWJj?=\"\r\n", 5 },
		{ D "filename=\"=?x?b?YWJj?= \"\r\n", 4 },
		/* no encoded words */
		{ D "filename=\"a=b\"\r\n", 3 },
		{ D "filename=\"a=?b\"\r\n", 4 },
		{ D "filename=\"=?x?z?abc?=\"\r\n", 11 },
		{ D "filename=\"=?x?q?a b?=\"\r\n", 11 },
		{ D "filename=\"=?x?q?ab\"\r\n", 8 },
		{ D "filename=\"==\"\r\n", 2 },
	};
	struct mime_event ev;
	struct strbuf text;
	struct mime m;
	uint64_t name;
	size_t i, cut, pos, n;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		sb_init(&text);
		sb_printf(&text, "%s\r\n", cases[i].field);
		n = text.length;
		for (cut = 0; cut < n; cut++) {
			mime_begin(&m);
			name = pos = 0;
			do {
				pos +=
				    mime_push(&m, (const uint8_t *)text.s + pos,
					(pos < cut ? cut : n) - pos, &ev);
				if (ev.type == MIME_FILENAME)
					name = ev.name.to;
			} while (pos < n || ev.type != MIME_NONE);
			if (name != cases[i].length) {
				printf("\n%s: %" PRIu64 "\n", cases[i].field,
				    name);
				CU_FAIL("name");
				break;
			}
		}
		sb_free(&text);
	}
}

static void
test_parts(void)
{
	static const char *const cases[][2] = {
		/* a boundary is one with nothing or blanks behind it */
		{ "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
		  "Content-Type: a/a\r\n--x\r\nContent-Type: a/b\r\n\r\n"
		  "--xy\r\nContent-Type: a/c\r\n--x \t\r\n"
		  "Content-Type: a/d\r\n\r\n--x--\r\nContent-Type: a/e\r\n",
		    "t=multipart/mixed h41 H43 b17 b3 b17 t=a/b b0 b4 b17 b5 "
		    "b17 t=a/d b0 b5 b17" },
		/* nested; an outer boundary closes inner parts */
		{ "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n"
		  "--a b\r\nContent-Type: multipart/alternative;\r\n"
		  " boundary=\"c\"\r\n\r\n--c\r\nContent-Type: x/1\r\n\r\n"
		  "--a b\r\nContent-Type: x/2\r\n\r\n--c\r\n"
		  "Content-Type: x/3\r\n",
		    "t=multipart/mixed h45 H47 b5 t=multipart/alternative b36 "
		    "b13 b0 b3 b17 t=x/1 b0 b5 b17 t=x/2 b0 b3 b17" },
		/* a message in a part has a header */
		{ "Content-Type: multipart/digest; boundary=x\r\n\r\n--x\r\n"
		  "Content-Type: message/rfc822\r\n\r\nTo: y\r\n"
		  "Content-Type: x/1\r\n\r\nContent-Type: x/2\r\n",
		    "t=multipart/digest h42 H44 b3 b28 t=message/rfc822 b0 b5 "
		    "b17 t=x/1 b0 b17" },
		/* a boundary in a part's header */
		{ "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
		  "A: b\r\n--x\r\nContent-Type: x/1\r\n\r\n",
		    "t=multipart/mixed h41 H43 b3 b4 b3 b17 t=x/1 b0" },
		/* multipart without boundary, boundary without multipart */
		{ "Content-Type: multipart/mixed\r\n\r\n--\r\n----\r\n"
		  "Content-Type: x/1\r\n",
		    "h29 t=multipart/mixed H31 b2 b4 b17" },
		{ "Content-Type: text/x; boundary=x\r\n\r\n--x\r\n"
		  "Content-Type: x/1\r\n",
		    "t=text/x h32 H34 b3 b17" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i][0], cases[i][1]);
}

/* Bounds: nesting, lengths, a line of a megabyte. */
static void
test_bounds(void)
{
	struct mime_event ev;
	struct strbuf sb;
	struct mime m;
	size_t pos, used;
	unsigned i;

	sb_init(&sb);
	sb_puts(&sb, "Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
	for (i = 0; i < 3 * MIME_DEPTH_MAX; i++)
		sb_printf(&sb,
		    "--b%u\r\nContent-Type: multipart/mixed; "
		    "boundary=b%u\r\n\r\n",
		    i, i + 1);
	mime_begin(&m);
	for (pos = 0; pos < sb.length; pos += used)
		used = mime_push(
		    &m, (const uint8_t *)sb.s + pos, sb.length - pos, &ev);
	CU_ASSERT_EQUAL(m.depth, MIME_DEPTH_MAX);

	sb_reset(&sb);
	sb_puts(&sb, "Content-Type: a/");
	for (i = 0; i < 1000000; i++)
		sb_putc(&sb, 'x');
	sb_puts(&sb, ";boundary=");
	for (i = 0; i < 1000000; i++)
		sb_putc(&sb, 'x');
	sb_puts(&sb, "\r\n\r\n");
	mime_begin(&m);
	for (pos = 0; pos < sb.length; pos += used)
		used = mime_push(
		    &m, (const uint8_t *)sb.s + pos, sb.length - pos, &ev);
	CU_ASSERT_EQUAL(m.header_length, 2000028);
	CU_ASSERT_EQUAL(ev.type, MIME_HEADER_END);
	sb_free(&sb);
	CU_ASSERT(sizeof(m) < 1500);
}

/* After a gap the rest of a line is no field, no empty line, no boundary. */
static void
test_gap(void)
{
	static const char rest[] = "\r\nTo: x\r\n\r\n";
	uint64_t name = 0;
	struct mime_event ev;
	struct strbuf out;
	struct mime m;
	size_t pos = 0;

	sb_init(&out);
	mime_begin(&m);
	CU_ASSERT_EQUAL(mime_push(&m, (const uint8_t *)"A", 1, &ev), 1);
	mime_gap(&m, 100);
	do {
		pos += mime_push(
		    &m, (const uint8_t *)rest + pos, strlen(rest) - pos, &ev);
		note(&out, &ev, &name);
	} while (pos < strlen(rest) || ev.type != MIME_NONE);
	CU_ASSERT_STRING_EQUAL(sb_text(&out), "h0 to h5 H110 ");
	sb_free(&out);
}

int
main(void)
{
	CU_pSuite s;

	CU_initialize_registry();
	s = CU_add_suite("mime", NULL, NULL);
	CU_add_test(s, "lines", test_lines);
	CU_add_test(s, "fields", test_fields);
	CU_add_test(s, "names", test_names);
	CU_add_test(s, "parts", test_parts);
	CU_add_test(s, "bounds", test_bounds);
	CU_add_test(s, "gap", test_gap);
	CU_basic_run_tests();
	return CU_get_number_of_failures() != 0;
}

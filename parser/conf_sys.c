/* SPDX-License-Identifier: ISC
 *
 * System settings.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

struct sys_args {
	char *text;
	uint32_t n;
	uint8_t k;
};

BIND(bind_sys, struct sys_args, FIELD(struct sys_args, F_STR, text),
    FIELD(struct sys_args, F_U32, n), FIELD(struct sys_args, F_BRANCH, k));

void
sys_init(struct conf_sys *s)
{
	memset(s, 0, sizeof(*s));
	s->hostname = xstrdup("ciscoasa");
	s->prompt = xstrdup("hostname context");
	s->names = true;
	s->pager_lines = 24;
	s->terminal_width = 80;
	timeouts_init(s);
}

void
sys_fini(struct conf_sys *s)
{
	free(s->version);
	free(s->hostname);
	free(s->domain_name);
	free(s->enable_password);
	free(s->passwd);
	free(s->prompt);
}

/* ---- strings ---- */

static bool
hostname_ok(const char *s)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++) {
		if (!isalnum((unsigned char)s[i]) &&
		    (i == 0 || strchr("-_.", s[i]) == NULL))
			return false;
	}
	return isalnum((unsigned char)s[i - 1]);
}

static int
hostname_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct sys_args *a = args;

	if (!no && !hostname_ok(a->text))
		return refuse(e, "%% Invalid Hostname");
	str_set(&c->sys.hostname, no ? "ciscoasa" : a->text);
	changed(c);
	return 0;
}

/* row->data: offset of a char * in struct conf_sys. */
static int
string_apply(struct conf *c, struct confctx *ctx UNUSED, const struct row *row,
    void *args, bool no, struct cerr *e UNUSED)
{
	char *base = (char *)&c->sys;
	char **field = (char **)(void *)(base + *(const size_t *)row->data);
	struct sys_args *a = args;

	str_set(field, no ? NULL : a->text);
	changed(c);
	return 0;
}

/* row->data: offset of a bool in struct conf_sys. */
static int
bool_apply(struct conf *c, struct confctx *ctx UNUSED, const struct row *row,
    void *args UNUSED, bool no, struct cerr *e UNUSED)
{
	char *base = (char *)&c->sys;

	*(bool *)(void *)(base + *(const size_t *)row->data) = !no;
	changed(c);
	return 0;
}

static int
version_apply(struct conf *c, struct confctx *ctx UNUSED, const struct row *row,
    void *args, bool no UNUSED, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	str_set(&c->sys.version, a->text);
	c->sys.version_is_pix = row->data != NULL;
	changed(c);
	return 0;
}

static int
prompt_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	str_set(&c->sys.prompt, no ? "hostname context" : a->text);
	changed(c);
	return 0;
}

/* ---- terminal, pager ---- */

static int
pager_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	c->sys.pager_lines = no ? 0 : a->n;
	changed(c);
	return 0;
}

static int
width_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct sys_args *a = args;

	if (!no && a->n > 0 && a->n < 40)
		return refuse_at(e, (int)ctx->words->n - 1);
	c->sys.has_terminal_width = !no;
	c->sys.terminal_width = no ? 80 : a->n;
	changed(c);
	return 0;
}

static int
same_security_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	if (a->k == 1)
		c->sys.same_security_inter = !no;
	else
		c->sys.same_security_intra = !no;
	changed(c);
	return 0;
}

/* ---- the simulator's own ---- */

static int
profile_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	/* The branches are in the order of enum profile. */
	c->sys.profile = no ? PROFILE_AUTO : a->k - 1;
	changed(c);
	return 0;
}

static int
exemption_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct sys_args *a = args;

	c->sys.exemption = no ? EXEMPTION_EXPLICIT : a->k - 1;
	changed(c);
	return 0;
}

/* ---- rows ---- */

#define OFFSET(member)                                                         \
	&(const size_t)                                                        \
	{                                                                      \
		offsetof(struct conf_sys, member)                              \
	}

static const char pix[] = "PIX";

/* clang-format off */
enum { R_HOSTNAME, R_DOMAIN, R_ENABLE, R_PASSWD, R_PASSWORD, R_ASA, R_PIX,
	R_PROMPT, R_PAGER, R_WIDTH, R_SAME_SECURITY, R_NAT_CONTROL, R_PROFILE,
	R_EXEMPTION, R_ALLOW_TLS };

static const struct row rows[] = {
	[R_HOSTNAME] = { &mode_config, "hostname NAME<63>:text",
	  "Change host name of the system\n"
	  "New host name\n",
	  &bind_sys, .apply = hostname_apply,
	  .no_syntax = "hostname [NAME<63>:text]" },
	[R_DOMAIN] = { &mode_config, "domain-name NAME<63>:text",
	  "Change domain name\n"
	  "New domain name\n",
	  &bind_sys, .apply = string_apply, .data = OFFSET(domain_name),
	  .no_syntax = "domain-name [NAME<63>:text]" },
	[R_ENABLE] = { &mode_config, "enable password LINE:text",
	  "Configure password for the enable command\n"
	  "Configure password for the enable command\n"
	  "The password, or its hash and `encrypted`\n",
	  &bind_sys, .apply = string_apply, .data = OFFSET(enable_password),
	  .no_syntax = "enable password [LINE:text]" },
	[R_PASSWD] = { &mode_config, "passwd LINE:text",
	  "Change Telnet console access password\n"
	  "The password, or its hash and `encrypted`\n",
	  &bind_sys, .apply = string_apply, .data = OFFSET(passwd),
	  .no_syntax = "passwd [LINE:text]" },
	[R_PASSWORD] = { &mode_config, "password LINE:text",
	  "Change Telnet console access password\n"
	  "The password, or its hash and `encrypted`\n",
	  &bind_sys, .apply = string_apply, .data = OFFSET(passwd),
	  .no_syntax = "password [LINE:text]" },
	[R_ASA] = { &mode_config, "'ASA' 'Version' LINE:text ~", NULL,
	  &bind_sys, .apply = version_apply,
	  .flags = ROW_HIDDEN | ROW_NO_NO },
	[R_PIX] = { &mode_config, "'PIX' 'Version' LINE:text ~", NULL,
	  &bind_sys, .apply = version_apply, .data = pix,
	  .flags = ROW_HIDDEN | ROW_NO_NO },
	[R_PROMPT] = { &mode_config, "prompt LINE:text ~",
	  "Configure session prompt display\n"
	  "hostname, domain, context, state, priority, slot\n",
	  &bind_sys, .apply = prompt_apply,
	  .no_syntax = "prompt [LINE:text]" },
	[R_PAGER] = { &mode_config, "pager [lines]! INT<0-2147483647>:n",
	  "Control page length for pagination\n"
	  "Lines on a page\n"
	  "Number of lines, 0 for no pagination\n",
	  &bind_sys, .apply = pager_apply,
	  .no_syntax = "pager [[lines]! INT<0-2147483647>]" },
	[R_WIDTH] = { &mode_config, "terminal width INT<0-511>:n",
	  "Set terminal line parameters\n"
	  "Set width of the display terminal\n"
	  "Number of characters, 0 for no limit\n",
	  &bind_sys, .apply = width_apply,
	  .no_syntax = "terminal width [INT<0-511>]" },
	[R_SAME_SECURITY] = { &mode_config,
	  "same-security-traffic permit <inter-interface|intra-interface>:k",
	  "Allow traffic between interfaces of the same security level\n"
	  "Permit it\n"
	  "Between different interfaces\n"
	  "In and out of the same interface\n",
	  &bind_sys, .apply = same_security_apply },
	[R_NAT_CONTROL] = { &mode_config, "nat-control",
	  "Don't allow packets without a NAT rule\n",
	  .apply = bool_apply, .data = OFFSET(nat_control) },
	[R_PROFILE] = { &mode_exec,
	  "simulator profile <auto|pix-6.3|asa-8.2|asa-9.x>:k",
	  "Settings of the simulator\n"
	  "Release to behave like\n"
	  "Find out from the configuration\n"
	  "PIX 6.3\n"
	  "ASA 8.2\n"
	  "ASA 9\n",
	  &bind_sys, .apply = profile_apply,
	  .no_syntax = "simulator profile "
	  "[<auto|pix-6.3|asa-8.2|asa-9.x>:k]", .flags = ROW_STAY },
	[R_EXEMPTION] = { &mode_exec, "simulator exemption <explicit|device>:k",
	  "Settings of the simulator\n"
	  "What `no inspect` means in a class without the inspection\n"
	  "The class is exempt, as the tech note says\n"
	  "Nothing, as the matching rules say\n",
	  &bind_sys, .apply = exemption_apply,
	  .no_syntax = "simulator exemption [<explicit|device>:k]",
	  .flags = ROW_STAY },
	[R_ALLOW_TLS] = { &mode_exec, "simulator default allow-tls",
	  "Settings of the simulator\n"
	  "What the release has by default\n"
	  "allow-tls in _default_esmtp_map, as in 9.4 and later\n",
	  .apply = bool_apply, .data = OFFSET(default_allow_tls), .flags = ROW_STAY },
};
/* clang-format on */
const struct row_set sys_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

void
emit_version(const struct conf *c, struct emitter *em)
{
	struct sys_args a = { .text = c->sys.version };
	enum profile profile = conf_profile(c);
	bool is_pix = c->sys.version_is_pix;
	char *text = NULL;

	if (a.text == NULL) {
		is_pix = profile == PROFILE_PIX_6_3;
		text = xstrdup(is_pix                ? "6.3(5)"
			: profile == PROFILE_ASA_9_X ? "9.8(1)"
						     : "8.2(1)");
		a.text = text;
	}
	emit_row(em, 0, &rows[is_pix ? R_PIX : R_ASA], &a);
	free(text);
}

static void
emit_string(struct emitter *em, unsigned row, char *text)
{
	struct sys_args a = { .text = text };

	if (text != NULL)
		emit_row(em, 0, &rows[row], &a);
}

/* A password in clear is shown only where it is saved. */
static void
emit_secret(struct emitter *em, unsigned row, char *text)
{
	static const char *const hashes[] = { " encrypted", " pbkdf2",
		" nt-encrypted", " mschap" };
	char stars[] = "*****";
	size_t i, n;

	for (i = 0; text != NULL && i < ARRAY_LEN(hashes); i++) {
		n = strlen(hashes[i]);
		if (strstr(text, hashes[i]) != NULL && strlen(text) > n)
			break;
	}
	if (text != NULL && i == ARRAY_LEN(hashes) && !em->secrets)
		text = stars;
	emit_string(em, row, text);
}

static void
emit_simulator(const struct conf_sys *s, struct emitter *em)
{
	struct sys_args profile = { .k = (uint8_t)(s->profile + 1) };
	struct sys_args exemption = { .k = (uint8_t)(s->exemption + 1) };

	if (s->profile != PROFILE_AUTO || em->all)
		emit_row(em, 0, &rows[R_PROFILE], &profile);
	if (s->exemption != EXEMPTION_EXPLICIT || em->all)
		emit_row(em, 0, &rows[R_EXEMPTION], &exemption);
	if (s->default_allow_tls)
		emit_row(em, 0, &rows[R_ALLOW_TLS], NULL);
}

void
emit_sys(const struct conf *c, struct emitter *em, enum section section)
{
	const struct conf_sys *s = &c->sys;
	struct sys_args n = { .n = s->terminal_width };
	struct sys_args k = { .k = 1 };

	switch (section) {
	case SECTION_TERMINAL:
		if (s->has_terminal_width || em->all)
			emit_row(em, 0, &rows[R_WIDTH], &n);
		break;
	case SECTION_HOSTNAME:
		emit_string(em, R_HOSTNAME, s->hostname);
		break;
	case SECTION_DOMAIN:
		emit_string(em, R_DOMAIN, s->domain_name);
		break;
	case SECTION_ENABLE:
		emit_secret(em, R_ENABLE, s->enable_password);
		break;
	case SECTION_PASSWD:
		emit_secret(em, R_PASSWD, s->passwd);
		break;
	case SECTION_SAME_SECURITY:
		if (s->same_security_inter)
			emit_row(em, 0, &rows[R_SAME_SECURITY], &k);
		k.k = 2;
		if (s->same_security_intra)
			emit_row(em, 0, &rows[R_SAME_SECURITY], &k);
		break;
	case SECTION_PAGER:
		n.n = s->pager_lines;
		if (n.n == 0)
			emit_line(em, "no pager");
		else
			emit_row(em, 0, &rows[R_PAGER], &n);
		break;
	case SECTION_LOGGING:
		emit_logging(c, em);
		break;
	case SECTION_NAT:
		if (s->nat_control)
			emit_row(em, 0, &rows[R_NAT_CONTROL], NULL);
		break;
	case SECTION_PROMPT:
		emit_string(em, R_PROMPT, s->prompt);
		break;
	case SECTION_SIMULATOR:
		emit_simulator(s, em);
		emit_logging_host(c, em);
		break;
	default:
		break;
	}
}

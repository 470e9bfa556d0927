/* SPDX-License-Identifier: ISC
 *
 * The configuration: what the language denotes.
 *
 * Plain data. conf_*.c hold one feature each: its structs, its rows, and how
 * the running config prints it. Nothing here knows packets or counters; the
 * engine reads a conf, read-only, to compile a policy.
 *
 * Everything that has a name is a heap object of its own, so that a pointer to
 * it stays valid while others come and go; confctx points to the object that a
 * sub-mode edits.
 *
 * A change bumps generation. An apply function that fails has changed nothing.
 */
#ifndef ASASIM_CONF_H
#define ASASIM_CONF_H

#include <stdio.h>

#include "conf_acl.h"
#include "conf_iface.h"
#include "conf_insp.h"
#include "conf_logging.h"
#include "conf_mpf.h"
#include "conf_nat.h"
#include "conf_sys.h"
#include "gram.h"

/* Places in the running config, in the order of a 9.x device (cli: "show
 * running-config layout"). A kept line belongs to one of them. */
enum section {
	SECTION_TERMINAL, /* terminal width */
	SECTION_HOSTNAME,
	SECTION_DOMAIN,
	SECTION_ENABLE,
	SECTION_XLATE,
	SECTION_PASSWD,
	SECTION_NAMES,
	SECTION_IP_POOL,
	SECTION_INTERFACE,
	SECTION_REGEX,
	SECTION_BANNER,
	SECTION_BOOT,
	SECTION_FTP,
	SECTION_CLOCK,
	SECTION_DNS,
	SECTION_SAME_SECURITY,
	SECTION_OBJECT,
	SECTION_OBJECT_GROUP,
	SECTION_TIME_RANGE,
	SECTION_ACCESS_LIST,
	SECTION_TCP_MAP,
	SECTION_PAGER,
	SECTION_LOGGING,
	SECTION_FLOW_EXPORT,
	SECTION_MTU,
	SECTION_FAILOVER,
	SECTION_ICMP,
	SECTION_ASDM,
	SECTION_ARP,
	SECTION_NAT,
	SECTION_GLOBAL,
	SECTION_STATIC,
	SECTION_ACCESS_GROUP,
	SECTION_ROUTER,
	SECTION_ROUTE,
	SECTION_TIMEOUT,
	SECTION_AAA,
	SECTION_HTTP,
	SECTION_SNMP,
	SECTION_SYSOPT,
	SECTION_SERVICE,
	SECTION_CRYPTO,
	SECTION_TELNET,
	SECTION_SSH,
	SECTION_CONSOLE,
	SECTION_MANAGEMENT,
	SECTION_DHCPD,
	SECTION_THREAT,
	SECTION_NTP,
	SECTION_SSL,
	SECTION_WEBVPN,
	SECTION_GROUP_POLICY,
	SECTION_USERNAME,
	SECTION_TUNNEL_GROUP,
	SECTION_CLASS_MAP,
	SECTION_POLICY_MAP,
	SECTION_SERVICE_POLICY,
	SECTION_PROMPT,
	SECTION_OTHER,     /* kept lines without a better place */
	SECTION_SIMULATOR, /* asasim's own settings, printed if not default */
	SECTION_COUNT
};

enum profile {
	PROFILE_AUTO,
	PROFILE_PIX_6_3,
	PROFILE_ASA_8_2,
	PROFILE_ASA_9_X
};
struct kept_family;

/* A line that the device has and asasim does not simulate: kept as typed, with
 * its sub-mode lines, printed again in its section. */
struct kept {
	enum section section;
	char *line;
	VEC(char *) sub; /* each without its first leading blank */
	size_t block; /* while editing: the open first-level line + 1, or 0 */
	const struct kept_family *family; /* conf_kept.h */
	bool affects_verdict;
	const char *why; /* one phrase; static */
};

/* Hash tables over the members of a conf; conf_*.c only. */
struct conf_index;

struct conf {
	uint64_t generation;
	/* Bumped when an object that a confctx may point to goes away. */
	uint64_t removals;
	struct conf_index *index;
	const struct gram *gram; /* the one its lines came through, or NULL */

	struct conf_sys sys;
	struct conf_logging logging;
	VEC(struct iface *) ifaces; /* in order of creation */
	VEC(struct route) routes;
	VEC(struct name_entry) names; /* name A.B.C.D NAME */
	VEC(struct acl *) acls;
	VEC(struct access_group) access_groups;
	VEC(struct static_nat) statics;
	VEC(struct regex_def) regexes;
	VEC(struct tcp_map *) tcp_maps;
	VEC(struct class_map *) class_maps;
	VEC(struct policy_map *) policy_maps;
	VEC(struct esmtp_map *) esmtp_maps;     /* user's; default excluded */
	VEC(struct inspect_map *) inspect_maps; /* other protocols: kept */
	VEC(struct service_policy) service_policies;
	VEC(struct kept *) kept;
	/* Whose inspections the factory's part of the policy has. */
	enum profile factory_profile;
};

/* An empty configuration: not even the factory's. */
struct conf *conf_new(void);
void conf_free(struct conf *c);
/* What a device has after `configure factory-default`, as far as asasim goes:
 * inspection_default, global_policy, service-policy, preset_dns_map. */
void conf_load_factory(struct conf *c);
/* `clear configure all`: back to factory, simulator settings kept. */
void conf_clear(struct conf *c);

/* The profile in force: as set, or found out. A change of it changes the parts
 * of the policy that are still the factory's, and nothing else. */
enum profile conf_profile(const struct conf *c);

/* ---- entering lines ---- */

enum { CONFCTX_DEPTH = 6 };

/* Where a stream of configuration lines stands. */
struct confctx {
	const struct mode *mode;  /* mode_config or a sub-mode of it */
	void *obj[CONFCTX_DEPTH]; /* object edited at each depth below config */
	/* Says an INFO or WARNING about the line being applied. level is
	 * CERR_WARNING or CERR_INFO. */
	void (*say)(void *arg, unsigned level, const char *text);
	void *say_arg;
	/* EXEC commands among configuration lines (a pasted file has them);
	 * NULL: refused. Returns false if it refused the line itself. */
	bool (*exec)(void *arg, const struct gram_hit *hit);
	void *exec_arg;
	struct kept *kept; /* kept line whose sub-mode is open, or NULL */
	bool reading_file; /* indentation tells sub-mode lines */
	/* For apply functions, set by conf_apply_hit(). */
	const struct gram *gram;
	const struct words *words;
	const char *text; /* of a ROW_VERBATIM line */
	/* For conf_line.c. */
	const struct mode *enters; /* chosen by confctx_enter_mode() */
	uint64_t removals;         /* conf.removals when obj[] was good */
	unsigned kept_indent;      /* blanks in front of the kept line */
	unsigned sub_indent; /* and of its first sub-mode line, 0 = none yet */
	bool raw;  /* inside a certificate: lines up to `quit` are data */
	bool skip; /* that certificate is there already */
};

void confctx_init(struct confctx *ctx);
/* Depth of the current mode below mode_config, and the object edited there. */
unsigned confctx_depth(const struct confctx *ctx);
void *confctx_obj(const struct confctx *ctx);
/* For apply functions: the object that the sub-mode about to be entered
 * edits. */
void confctx_enter(struct confctx *ctx, void *obj);
/* The same where the row alone does not say which sub-mode it is. */
void confctx_enter_mode(
    struct confctx *ctx, const struct mode *mode, void *obj);
void confctx_say(struct confctx *ctx, unsigned level, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

struct line_result {
	enum gram_status status;
	bool ok;        /* applied (or blank) */
	unsigned col;   /* of the caret */
	bool caret;     /* the error is placed: print the caret line */
	char text[320]; /* error text without "ERROR: ", "" if ok */
};

/* Parses a line in ctx->mode (and its parents), applies it, moves ctx->mode.
 * The running config changes only if result->ok. */
void conf_line(struct conf *c, const struct gram *g, struct confctx *ctx,
    const char *line, struct line_result *result);

/* Applies an already matched config row (what a session does after
 * gram_match()). */
void conf_apply_hit(struct conf *c, const struct gram *g, struct confctx *ctx,
    const struct words *ws, struct gram_hit *hit, struct line_result *result);

/* The device's wording for a failed match: "% Invalid input detected at '^'
 * marker.", "% Incomplete command", "% Ambiguous command:  \"sh a\"". */
void gram_error_text(
    const struct gram_hit *hit, const struct words *ws, char *buf, size_t size);

/* Reads lines from fp into c. complain() is called once for each refused line
 * and each warning; level as in cerr, line is 1-based, col 1-based or 0.
 * Returns the number of refused lines. The rest is loaded. Paste leftovers
 * ("<--- More --->", prompts, "Cryptochecksum:", ": end") are passed over. */
unsigned conf_load(struct conf *c, const struct gram *g, struct confctx *ctx,
    FILE *fp,
    void (*complain)(void *arg, unsigned level, unsigned line, unsigned col,
	const char *text),
    void *arg);

/* ---- printing ---- */

struct emitter {
	const struct gram *gram;
	struct tokenv env;
	void (*line)(void *arg, const char *line); /* without line end */
	void *arg;
	bool all;     /* show running-config all: defaults too */
	bool secrets; /* print secrets in clear (saving) */
};

void emit_line(struct emitter *em, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Prints a row from its args, indented by `indent` blanks. */
void emit_row(struct emitter *em, unsigned indent, const struct row *row,
    const void *args);
void emit_no_row(struct emitter *em, unsigned indent, const struct row *row,
    const void *args);

/* What the header of a 9.x configuration and `show version` say. */
#define CONF_SERIAL   "9ASASIM0001"
#define CONF_HARDWARE "ASAv, 2048 MB RAM, CPU Pentium II 2600 MHz"

/* The whole configuration, with header and trailer as `show running-config`
 * prints them; or one section chosen by the words after it (NULL = whole),
 * for example "access-list outside_in", "interface GigabitEthernet0/0",
 * "policy-map", "static". Returns false if the words name no section. */
void conf_emit(const struct conf *c, struct emitter *em);
bool conf_emit_section(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n);
/* Names of sections for help: the i-th, NULL at the end. */
const char *conf_section_name(unsigned i, const char **help);

/* Names <-> addresses for parsing and printing (`names`). */
struct tokenv conf_tokenv(const struct conf *c);

/* All config rows and fragments, for gram_new(). */
const struct row_set *conf_row_sets(size_t *n);
const struct fragment *conf_fragments(size_t *n);

/* Everything that was accepted but has no effect here: `simulator show
 * import`. why is one phrase. */
void conf_each_kept(const struct conf *c,
    void (*fn)(
	void *arg, const char *line, bool affects_verdict, const char *why),
    void *arg);

/* ---- finding ---- */

struct iface *conf_iface_by_nameif(const struct conf *c, const char *nameif);
struct iface *conf_iface_by_hw(const struct conf *c, const char *hw);
struct acl *conf_acl_find(const struct conf *c, const char *name);
/* For screens: "port tcp eq smtp" of a class; what an ACE compares, "permit ip
 * any host 192.168.1.1", empty if there is no such line. */
void class_match_text(const struct conf *c, const struct gram *g,
    const struct class_map *cm, struct strbuf *out);
void ace_rule_text(const struct conf *c, const struct gram *g, const char *acl,
    unsigned line, struct strbuf *out);
/* The `fixup protocol` lines that say the same, as PIX 6.3 lists them. */
void conf_each_fixup(
    const struct conf *c, void (*fn)(void *arg, const char *line), void *arg);

const struct regex_def *conf_regex_find(const struct conf *c, const char *name);
struct tcp_map *conf_tcp_map_find(const struct conf *c, const char *name);
struct class_map *conf_class_map_find(const struct conf *c, const char *name);
struct policy_map *conf_policy_map_find(const struct conf *c, const char *name);
/* The built-in default for NULL or "_default_esmtp_map". */
const struct esmtp_map *conf_esmtp_map_find(
    const struct conf *c, const char *name);

#endif

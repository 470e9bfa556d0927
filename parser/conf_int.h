/* SPDX-License-Identifier: ISC
 *
 * What conf_*.c share with each other and with nobody else.
 */
#ifndef ASASIM_CONF_INT_H
#define ASASIM_CONF_INT_H

#include "conf.h"
#include "strmap.h"

struct conf_index {
	struct strmap acls;         /* name -> struct acl */
	struct strmap nameifs;      /* nameif -> struct iface */
	struct strmap hw;           /* hw -> struct iface */
	struct strmap name_to_ip;   /* name -> struct ip_addr, owned */
	struct strmap ip_to_name;   /* address text -> char *, owned */
	struct strmap kept;         /* line -> struct kept */
	struct strmap kept_single;  /* its key words -> struct kept */
	struct strmap kept_sub;     /* kept, block and line -> (void *)1 */
	struct strmap statics;      /* mapped side -> (void *)1 */
	struct strmap routes;       /* route -> (void *)1 */
	struct strmap log_messages; /* id -> struct log_message */
	unsigned old_nat, new_nat;  /* kept lines that tell the release */
};

extern const struct mode mode_if, mode_subif;
extern const struct mode mode_cmap, mode_cmap_kept, mode_cmap_regex;
extern const struct mode mode_pmap, mode_pmap_c;
extern const struct mode mode_emap, mode_emap_c, mode_emap_p, mode_imap;
extern const struct mode mode_tcp_map;

enum { MPF_DESCRIPTION_MAX = 200 };

/* ---- helpers for apply functions ---- */

/* A refusal without text of its own: the caret goes under word tok. */
int refuse_at(struct cerr *e, int tok);
int refuse(struct cerr *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Index of the first word of the line that equals s, or -1. */
int word_index(const struct confctx *ctx, const char *s);
/* Refuses with the caret under nameif if no interface has that name. */
int need_nameif(
    struct conf *c, struct confctx *ctx, const char *nameif, struct cerr *e);
bool str_eq(const char *a, const char *b);
void changed(struct conf *c);
void removed(struct conf *c);

/* Lines as typed: lines_add(LINES(&iface->kept), "speed 100"). */
#define LINES(vec) &(vec)->v, &(vec)->n, &(vec)->cap
/* False: it was there already. */
bool lines_add(char ***v, size_t *n, size_t *cap, const char *line);
/* False: it was not there. */
bool lines_del(char ***v, size_t *n, size_t *cap, const char *line);
void lines_free(char ***v, size_t *n, size_t *cap);

/* ---- the features ---- */

extern const struct row_set sys_rows, logging_rows, names_rows, timeout_rows,
    iface_rows, route_rows, acl_rows, acl_extended_rows, group_rows,
    iface_kept_rows, kept_sub_rows, nat_rows, class_rows, policy_rows,
    inspect_rows, esmtp_rows, kept_rows, clear_rows, line_rows, fixup_rows,
    regex_rows, tcp_map_rows, action_rows, imap_rows;
extern const struct fragment acl_fragments[];
extern const size_t acl_fragments_n;

/* conf_sys.c */
void sys_init(struct conf_sys *s);
void sys_fini(struct conf_sys *s);
void timeouts_init(struct conf_sys *s);
void names_clear(struct conf *c);
void emit_version(const struct conf *c, struct emitter *em);
void emit_sys(const struct conf *c, struct emitter *em, enum section s);
void emit_names(const struct conf *c, struct emitter *em);
void emit_timeouts(const struct conf *c, struct emitter *em);

/* conf_logging.c */
void logging_init(struct conf_logging *l);
void logging_fini(struct conf_logging *l);
/* clear configure logging */
void logging_clear(struct conf *c);
void logging_iface_drop(struct conf *c, const char *nameif);
void logging_iface_rename(struct conf *c, const char *old, const char *new);
void emit_logging(const struct conf *c, struct emitter *em);
void emit_logging_host(const struct conf *c, struct emitter *em);
void logging_each_kept(const struct conf *c,
    void (*fn)(
	void *arg, const char *line, bool affects_verdict, const char *why),
    void *arg);

/* conf_iface.c */
void iface_free(struct conf *c, size_t at);
void iface_references_drop(struct conf *c, const char *nameif);
void routes_clear(struct conf *c);
void route_remove(struct conf *c, size_t i);
void routes_rename(struct conf *c, const char *old, const char *new);
/* conf_iface_kept.c; first: those that stand before nameif. */
void emit_iface_kept(struct emitter *em, const struct iface *i, bool first);
void emit_ifaces(const struct conf *c, struct emitter *em, const char *only);
void emit_routes(const struct conf *c, struct emitter *em);

/* conf_acl.c */
void acl_free(struct conf *c, size_t i);
void access_group_free(struct access_group *ag);
void emit_acls(const struct conf *c, struct emitter *em, const char *only);
void emit_access_groups(const struct conf *c, struct emitter *em);
/* Who besides access-group uses the list: "class-map X", or NULL. */
const char *acl_user(
    const struct conf *c, const char *name, char *buf, size_t size);
/* The line of the running config, `extended` included. */
void ace_text(const struct acl *acl, const struct ace *a, const struct gram *g,
    const struct tokenv *env, struct strbuf *out);

int no_such_acl(struct cerr *e, const char *name);

/* ace_index.c */
void ace_index_init(struct acl *acl);
void ace_index_free(struct acl *acl);
bool ace_index_empty(const struct acl *acl);
void ace_index_add(struct acl *acl, const struct ace *a, size_t at);
void ace_index_del(struct acl *acl, const struct ace *a);
/* Do they match the same? Logging and `inactive` are not compared. */
bool ace_same_match(const struct ace *a, const struct ace *b);
/* Position of the ACE that matches the same, or -1. */
long ace_find(const struct acl *acl, const struct ace *a);

/* conf_nat.c */
void static_free(struct static_nat *n);
void statics_clear(struct conf *c);
void static_remove(struct conf *c, size_t i);
void statics_rename(struct conf *c, const char *old, const char *new);
void emit_statics(const struct conf *c, struct emitter *em);

/* conf_regex.c */
void regex_free(struct regex_def *r);
/* ctx NULL: without asking who uses them. */
void regexes_clear(struct conf *c, struct confctx *ctx);
void emit_regexes(const struct conf *c, struct emitter *em, const char *only);
bool regex_referred(const struct conf *c, const char *name, bool is_class);
bool regex_kept_referred(const struct conf *c, const char *name, bool is_class);
/* Refuses a reference to an expression, or a class of them, that is not. */
int need_regex(
    const struct conf *c, const char *name, bool is_class, struct cerr *e);
int need_line_regexes(const struct conf *c, const char *line, struct cerr *e);

/* conf_tcpmap.c */
void tcp_map_free(struct tcp_map *m);
void tcp_maps_clear(struct conf *c, struct confctx *ctx);
void emit_tcp_maps(const struct conf *c, struct emitter *em, const char *only);

/* conf_action.c */
void class_actions_fini(struct class_actions *a);
void emit_class_actions(struct emitter *em, const struct policy_class *pc);

/* conf_class.c */
void class_map_free(struct class_map *cm);
bool class_map_in_use(const struct conf *c, const char *name);
/* Refuses when one more class-map, or match of an inspection, is too many. */
int check_class_limit(const struct conf *c, struct cerr *e);
void emit_class_maps(const struct conf *c, struct emitter *em, const char *type,
    const char *proto, const char *only);

/* conf_policy.c */
void policy_class_free(struct policy_class *pc);
void policy_map_free(struct policy_map *pm);
void service_policy_free(struct service_policy *sp);
bool policy_map_in_use(const struct conf *c, const char *name);
int check_policy_name(const struct conf *c, const char *name, struct cerr *e);
void inspect_map_renamed(
    struct conf *c, const char *protocol, const char *old, const char *new);
void emit_policy_maps(
    const struct conf *c, struct emitter *em, const char *only);
void emit_service_policies(const struct conf *c, struct emitter *em);

/* conf_imap.c */
void inspect_map_free(struct inspect_map *im);
struct inspect_map *inspect_map_find(
    const struct conf *c, const char *protocol, const char *name);
bool inspect_map_in_use(
    const struct conf *c, const char *protocol, const char *name);
bool inspect_uses_map(
    const struct inspect_action *a, const char *protocol, const char *name);
void emit_inspect_maps(const struct conf *c, struct emitter *em,
    const char *protocol, const char *only);

/* conf_factory.c */
bool inspect_map_is_factory(const struct inspect_map *im);
/* Follows the release profile with what is still the factory's. */
void factory_follow(struct conf *c);

/* conf_inspect.c */
void inspect_remove(struct policy_class *pc, size_t at);
struct inspect_action *inspect_find(
    struct policy_class *pc, const char *protocol, size_t *at);
void emit_inspect(struct emitter *em, const struct inspect_action *a);

/* conf_insp.c */
void esmtp_map_free(struct esmtp_map *m);
void emit_esmtp_map(struct emitter *em, const struct esmtp_map *m);
const struct esmtp_map *esmtp_default_map(bool allow_tls);

/* conf_kept.c */
void kept_free(struct kept *k);
void kept_remove(struct conf *c, size_t i);
void kept_clear(struct conf *c);
/* Keeps a line under the family of row. */
int kept_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e);
int kept_sub_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e);
void kept_sub_line(struct conf *c, struct confctx *ctx, const char *text);
void kept_close_data(struct conf *c, struct confctx *ctx);
void emit_kept(const struct conf *c, struct emitter *em, enum section s);
bool emit_kept_words(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n);
const char *kept_family_word(unsigned i, const char **help);

/* emit.c */
void emit_text(struct emitter *em, const struct row *row, const void *args,
    bool no, struct strbuf *out);

#endif

/* SPDX-License-Identifier: ISC
 *
 * clear configure, and fixup of PIX 6.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

struct clear_args {
	char *name, *rest;
	uint8_t k;
};

BIND(bind_clear, struct clear_args, FIELD(struct clear_args, F_STR, name),
    FIELD(struct clear_args, F_STR, rest),
    FIELD(struct clear_args, F_BRANCH, k));

static int
clear_all_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args UNUSED, bool no UNUSED,
    struct cerr *e UNUSED)
{
	conf_clear(c);
	return 0;
}

/* ---- access lists ---- */

static void
clear_groups_of(struct conf *c, const char *acl)
{
	size_t i;

	for (i = c->access_groups.n; i-- > 0;) {
		if (acl == NULL ||
		    strcmp(c->access_groups.v[i].acl, acl) == 0) {
			access_group_free(&c->access_groups.v[i]);
			VEC_REMOVE(&c->access_groups, i);
		}
	}
}

static int
clear_acl_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct clear_args *a = args;
	char buf[128];
	const char *user;
	size_t i;

	if (a->name != NULL && conf_acl_find(c, a->name) == NULL) {
		/* Scripts clear before they fill; a device does not mind. */
		if (ctx->reading_file)
			return 0;
		return refuse(e, "access-list <%s> does not exist", a->name);
	}
	for (i = c->acls.n; i-- > 0;) {
		const char *name = c->acls.v[i]->name;

		if (a->name != NULL && strcmp(a->name, name) != 0)
			continue;
		user = acl_user(c, name, buf, sizeof(buf));
		if (user != NULL) {
			if (a->name != NULL)
				return refuse(e,
				    "access-list %s is used by "
				    "%s, cannot be removed",
				    name, user);
			confctx_say(ctx, CERR_WARNING,
			    "access-list %s is used "
			    "by %s and stays",
			    name, user);
			continue;
		}
		clear_groups_of(c, name);
		acl_free(c, i);
	}
	removed(c);
	return 0;
}

/* ---- the policy framework ---- */

static void
clear_service_policies(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++)
		service_policy_free(&c->service_policies.v[i]);
	VEC_FREE(&c->service_policies);
}

static void
clear_policy_maps(struct conf *c, struct confctx *ctx)
{
	size_t i;

	for (i = c->policy_maps.n; i-- > 0;) {
		struct policy_map *pm = c->policy_maps.v[i];

		if (policy_map_in_use(c, pm->name)) {
			confctx_say(ctx, CERR_WARNING,
			    "policy-map %s is in "
			    "use and stays",
			    pm->name);
			continue;
		}
		VEC_REMOVE(&c->policy_maps, i);
		policy_map_free(pm);
	}
	for (i = c->esmtp_maps.n; i-- > 0;) {
		struct esmtp_map *m = c->esmtp_maps.v[i];

		if (!inspect_map_in_use(c, "esmtp", m->name)) {
			VEC_REMOVE(&c->esmtp_maps, i);
			esmtp_map_free(m);
		}
	}
	for (i = c->inspect_maps.n; i-- > 0;) {
		struct inspect_map *im = c->inspect_maps.v[i];

		if (!inspect_map_in_use(c, im->protocol, im->name)) {
			VEC_REMOVE(&c->inspect_maps, i);
			inspect_map_free(im);
		}
	}
}

static void
clear_class_maps(struct conf *c, struct confctx *ctx)
{
	size_t i;

	for (i = c->class_maps.n; i-- > 0;) {
		struct class_map *cm = c->class_maps.v[i];

		if (class_map_in_use(c, cm->name)) {
			confctx_say(ctx, CERR_WARNING,
			    "class-map %s is being "
			    "used and stays",
			    cm->name);
			continue;
		}
		VEC_REMOVE(&c->class_maps, i);
		class_map_free(cm);
	}
}

/* ---- the rest ---- */

static void
clear_interfaces(struct conf *c)
{
	while (c->ifaces.n > 0) {
		const struct iface *i = c->ifaces.v[c->ifaces.n - 1];

		if (i->nameif != NULL)
			iface_references_drop(c, i->nameif);
		iface_free(c, c->ifaces.n - 1);
	}
}

/* In the order of the row's branches. */
enum {
	C_ACCESS_GROUP = 1,
	C_CLASS_MAP,
	C_INTERFACE,
	C_LOGGING,
	C_NAME,
	C_POLICY_MAP,
	C_REGEX,
	C_ROUTE,
	C_SERVICE_POLICY,
	C_STATIC,
	C_TCP_MAP,
	C_TIMEOUT
};

static void
clear_kept_word(struct conf *c, const char *word)
{
	size_t i, n = strlen(word);

	for (i = c->kept.n; i-- > 0;) {
		const char *line = c->kept.v[i]->line;

		if (strncmp(line, "no ", 3) == 0)
			line += 3;
		if (strncmp(line, word, n) == 0 &&
		    (line[n] == ' ' || line[n] == '\0'))
			kept_remove(c, i);
	}
}

static int
clear_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no UNUSED, struct cerr *e UNUSED)
{
	struct clear_args *a = args;

	switch (a->k) {
	case C_ACCESS_GROUP:
		clear_groups_of(c, NULL);
		break;
	case C_CLASS_MAP:
		clear_class_maps(c, ctx);
		break;
	case C_INTERFACE:
		clear_interfaces(c);
		break;
	case C_LOGGING:
		clear_kept_word(c, "logging");
		logging_clear(c);
		break;
	case C_NAME:
		names_clear(c);
		break;
	case C_POLICY_MAP:
		clear_policy_maps(c, ctx);
		break;
	case C_REGEX:
		regexes_clear(c, ctx);
		break;
	case C_ROUTE:
		routes_clear(c);
		break;
	case C_SERVICE_POLICY:
		clear_service_policies(c);
		break;
	case C_STATIC:
		statics_clear(c);
		break;
	case C_TCP_MAP:
		tcp_maps_clear(c, ctx);
		break;
	case C_TIMEOUT:
		timeouts_init(&c->sys);
		break;
	default:
		break;
	}
	removed(c);
	return 0;
}

static int
clear_kept_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED, struct cerr *e)
{
	struct clear_args *a = args;
	const char *word;
	unsigned i;

	for (i = 0; (word = kept_family_word(i, NULL)) != NULL; i++) {
		if (strcmp(word, a->name) == 0)
			break;
	}
	if (word == NULL)
		return refuse_at(e, 2);
	if (a->rest != NULL) {
		char *line = xasprintf("%s %s", a->name, a->rest);

		clear_kept_word(c, line);
		free(line);
	} else
		clear_kept_word(c, a->name);
	return 0;
}

/* clang-format off */
#define CLEAR_HELP \
	"Reset functions\n" \
	"Clear the configuration\n"

static const struct row rows[] = {
	{ &mode_config, "clear configure all",
	  CLEAR_HELP
	  "Everything: back to the factory's configuration\n",
	  .apply = clear_all_apply, .flags = ROW_NO_NO },
	{ &mode_config, "clear configure access-list [NAME<241>:name]",
	  CLEAR_HELP
	  "Access lists\n"
	  "Access list name\n",
	  &bind_clear, .apply = clear_acl_apply, .flags = ROW_NO_NO },
	{ &mode_config,
	  "clear configure <access-group|class-map|interface|logging|name|"
	  "policy-map|regex|route|service-policy|static|tcp-map|timeout>:k",
	  CLEAR_HELP
	  "Access groups\n"
	  "Class maps\n"
	  "Interfaces\n"
	  "Logging\n"
	  "Names of addresses\n"
	  "Policy maps\n"
	  "Regular expressions\n"
	  "Static routes\n"
	  "Service policies\n"
	  "Static translations\n"
	  "TCP normalization\n"
	  "Timeouts\n",
	  &bind_clear, .apply = clear_apply, .flags = ROW_NO_NO },
	{ &mode_config, "clear configure NAME:name [LINE:rest]",
	  CLEAR_HELP
	  "First word of lines that are kept, not simulated\n"
	  "More of their words\n",
	  &bind_clear, .apply = clear_kept_apply, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set clear_rows = { rows, ARRAY_LEN(rows) };

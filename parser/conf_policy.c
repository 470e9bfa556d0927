/* SPDX-License-Identifier: ISC
 *
 * policy-map, its classes, and service-policy.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

enum { POLICY_MAPS_MAX = 64, CLASSES_MAX = 63 };

const struct mode mode_pmap = { "mpf-policy-map", "config-pmap", &mode_config,
	NULL };
const struct mode mode_pmap_c = { "mpf-policy-map-class", "config-pmap-c",
	&mode_pmap, NULL };

struct pmap_args {
	char *name, *text, *ifname;
	bool fail_close;
};

BIND(bind_pmap, struct pmap_args, FIELD(struct pmap_args, F_STR, name),
    FIELD(struct pmap_args, F_STR, text),
    FIELD(struct pmap_args, F_STR, ifname),
    FIELD(struct pmap_args, F_BOOL, fail_close));

/* ---- the model ---- */

void
policy_class_free(struct policy_class *pc)
{
	size_t i;

	for (i = 0; i < pc->inspects.n; i++) {
		free(pc->inspects.v[i].protocol);
		free(pc->inspects.v[i].map);
		free(pc->inspects.v[i].options);
	}
	VEC_FREE(&pc->inspects);
	lines_free(LINES(&pc->exempt));
	lines_free(LINES(&pc->kept));
	class_actions_fini(&pc->actions);
	free(pc->name);
	free(pc);
}

void
policy_map_free(struct policy_map *pm)
{
	size_t i;

	for (i = 0; i < pm->classes.n; i++)
		policy_class_free(pm->classes.v[i]);
	VEC_FREE(&pm->classes);
	free(pm->description);
	free(pm->name);
	free(pm);
}

void
service_policy_free(struct service_policy *sp)
{
	free(sp->policy_map);
	free(sp->ifname);
}

bool
policy_map_in_use(const struct conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++) {
		if (strcmp(c->service_policies.v[i].policy_map, name) == 0)
			return true;
	}
	return false;
}

/* ---- policy-map ---- */

static bool
reserved_name(const char *name)
{
	return strncmp(name, "_internal", 9) == 0 ||
	    strncmp(name, "_default", 8) == 0;
}

/* All kinds of policy map share one space of names. */
int
check_policy_name(const struct conf *c, const char *name, struct cerr *e)
{
	size_t n = c->policy_maps.n + c->esmtp_maps.n + c->inspect_maps.n;

	if (reserved_name(name))
		return refuse(e, "%% policy-map name %s is reserved", name);
	if (conf_policy_map_find(c, name) != NULL ||
	    conf_esmtp_map_find(c, name) != NULL ||
	    inspect_map_find(c, NULL, name) != NULL)
		return refuse(e,
		    "policy-map %s is already configured with "
		    "another type",
		    name);
	if (n >= POLICY_MAPS_MAX)
		return refuse(e,
		    "%% a configuration has at most %d "
		    "policy-maps",
		    POLICY_MAPS_MAX);
	return 0;
}

static int
policy_map_delete(struct conf *c, struct policy_map *pm, struct cerr *e)
{
	size_t i;

	if (policy_map_in_use(c, pm->name))
		return refuse(
		    e, "policy-map %s is in use, cannot be removed", pm->name);
	for (i = 0; c->policy_maps.v[i] != pm; i++)
		;
	VEC_REMOVE(&c->policy_maps, i);
	policy_map_free(pm);
	removed(c);
	return 0;
}

static int
policy_map_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct pmap_args *a = args;
	struct policy_map *pm = conf_policy_map_find(c, a->name);

	if (no) {
		if (pm == NULL)
			return refuse(
			    e, "policy-map %s not configured", a->name);
		return policy_map_delete(c, pm, e);
	}
	if (pm == NULL) {
		if (check_policy_name(c, a->name, e) != 0)
			return -1;
		pm = xcalloc(1, sizeof(*pm));
		pm->name = xstrdup(a->name);
		*VEC_PUSH(&c->policy_maps) = pm;
		changed(c);
	}
	confctx_enter(ctx, pm);
	return 0;
}

static int
description_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct policy_map *pm = confctx_obj(ctx);
	struct pmap_args *a = args;

	if (!no && strlen(a->text) > MPF_DESCRIPTION_MAX)
		return refuse(e, "a description has at most %d characters",
		    MPF_DESCRIPTION_MAX);
	str_set(&pm->description, no ? NULL : a->text);
	changed(c);
	return 0;
}

static int
rename_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no UNUSED, struct cerr *e)
{
	struct policy_map *pm = confctx_obj(ctx);
	struct pmap_args *a = args;
	size_t i;

	if (strcmp(a->name, pm->name) == 0)
		return 0;
	if (check_policy_name(c, a->name, e) != 0)
		return -1;
	for (i = 0; i < c->service_policies.n; i++) {
		char **used = &c->service_policies.v[i].policy_map;

		if (strcmp(*used, pm->name) == 0)
			str_set(used, a->name);
	}
	str_set(&pm->name, a->name);
	changed(c);
	return 0;
}

/* An inspection's map was renamed. */
void
inspect_map_renamed(
    struct conf *c, const char *protocol, const char *old, const char *new)
{
	size_t i, j, k;

	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			struct policy_class *pc = pm->classes.v[j];

			for (k = 0; k < pc->inspects.n; k++) {
				struct inspect_action *a = &pc->inspects.v[k];

				if (inspect_uses_map(a, protocol, old))
					str_set(&a->map, new);
			}
		}
	}
}

/* ---- class ---- */

static struct policy_class *
find_class(const struct policy_map *pm, const char *name, size_t *at)
{
	for (*at = 0; *at < pm->classes.n; (*at)++) {
		if (strcmp(pm->classes.v[*at]->name, name) == 0)
			return pm->classes.v[*at];
	}
	return NULL;
}

/* A new class stands last, but class-default is always the very last. */
static struct policy_class *
add_class(struct policy_map *pm, const char *name)
{
	struct policy_class *pc = xcalloc(1, sizeof(*pc));
	size_t at = pm->classes.n;

	pc->name = xstrdup(name);
	if (at > 0 && strcmp(pm->classes.v[at - 1]->name, "class-default") == 0)
		at--;
	*VEC_INSERT(&pm->classes, at) = pc;
	return pc;
}

static int
class_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct policy_map *pm = confctx_obj(ctx);
	struct pmap_args *a = args;
	const struct class_map *cm = conf_class_map_find(c, a->name);
	bool standard = strcmp(a->name, "class-default") == 0;
	struct policy_class *pc;
	size_t at;

	pc = find_class(pm, a->name, &at);
	if (no) {
		if (pc == NULL)
			return refuse(e,
			    "%% class %s not configured in "
			    "policy-map %s",
			    a->name, pm->name);
		VEC_REMOVE(&pm->classes, at);
		policy_class_free(pc);
		removed(c);
		return 0;
	}
	if (!standard && cm == NULL)
		return refuse(e, "%% class-map %s not configured", a->name);
	if (!standard && cm->type != CLASS_MAP_L34 &&
	    cm->type != CLASS_MAP_MANAGEMENT)
		return refuse(e, "%% class-map %s has the wrong type", a->name);
	if (pc == NULL) {
		if (pm->classes.n > CLASSES_MAX)
			return refuse(e,
			    "%% a policy-map has at most %d "
			    "classes",
			    CLASSES_MAX);
		pc = add_class(pm, a->name);
		changed(c);
	}
	confctx_enter(ctx, pc);
	return 0;
}

/* ---- service-policy ---- */

static int
service_policy_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct pmap_args *a = args;
	struct service_policy *sp = NULL;
	size_t i;

	if (!no && conf_policy_map_find(c, a->name) == NULL)
		return refuse(e, "policy-map %s not configured", a->name);
	if (!no && a->ifname != NULL && need_nameif(c, ctx, a->ifname, e) != 0)
		return -1;
	for (i = 0; i < c->service_policies.n; i++) {
		if (str_eq(c->service_policies.v[i].ifname, a->ifname)) {
			sp = &c->service_policies.v[i];
			break;
		}
	}
	if (no) {
		if (sp == NULL || strcmp(sp->policy_map, a->name) != 0)
			return refuse(e,
			    "service-policy %s is not configured "
			    "there",
			    a->name);
		service_policy_free(sp);
		VEC_REMOVE(&c->service_policies, i);
		changed(c);
		return 0;
	}
	if (sp != NULL && strcmp(sp->policy_map, a->name) != 0)
		return refuse(e,
		    "Policy map %s is already configured as a "
		    "service policy",
		    sp->policy_map);
	if (sp == NULL) {
		sp = VEC_PUSH(&c->service_policies);
		str_set(&sp->policy_map, a->name);
		str_set(&sp->ifname, a->ifname);
	}
	sp->fail_close = a->fail_close;
	changed(c);
	return 0;
}

/* clang-format off */
enum { R_POLICY_MAP, R_DESCRIPTION, R_RENAME, R_CLASS, R_SERVICE_POLICY };

static const struct row rows[] = {
	[R_POLICY_MAP] = { &mode_config, "policy-map NAME<40>:name",
	  "Configure MPF Parameter Map\n"
	  "policy-map name\n",
	  &bind_pmap, .apply = policy_map_apply, .enters = &mode_pmap },
	[R_DESCRIPTION] = { &mode_pmap, "description LINE:text",
	  "Specify policy-map description\n"
	  "Up to 200 characters\n",
	  &bind_pmap, .apply = description_apply,
	  .no_syntax = "description [LINE:text]" },
	[R_RENAME] = { &mode_pmap, "rename NAME<40>:name",
	  "Give the policy-map another name\n"
	  "New name\n",
	  &bind_pmap, .apply = rename_apply, .flags = ROW_NO_NO },
	[R_CLASS] = { &mode_pmap, "class NAME<40>:name",
	  "Policy criteria\n"
	  "class-map name\n",
	  &bind_pmap, .apply = class_apply, .enters = &mode_pmap_c },
	[R_SERVICE_POLICY] = { &mode_config,
	  "service-policy NAME<40>:name < global | interface IFNAME:ifname > "
	  "[fail-close]:fail_close",
	  "Configure MPF service policy\n"
	  "policy-map name\n"
	  "Apply to all interfaces\n"
	  "Apply to one interface\n"
	  "Interface name\n"
	  "Drop IPv6 traffic that an inspection does not support\n",
	  &bind_pmap, .apply = service_policy_apply },
};
/* clang-format on */
const struct row_set policy_rows = { rows, ARRAY_LEN(rows) };

/* ---- printing ---- */

static void
emit_class(struct emitter *em, const struct policy_class *pc)
{
	struct pmap_args a = { .name = pc->name };
	size_t i;

	emit_row(em, 1, &rows[R_CLASS], &a);
	for (i = 0; i < pc->inspects.n; i++)
		emit_inspect(em, &pc->inspects.v[i]);
	for (i = 0; i < pc->exempt.n; i++)
		emit_line(em, "  no inspect %s", pc->exempt.v[i]);
	emit_class_actions(em, pc);
}

static void
emit_policy_map(struct emitter *em, const struct policy_map *pm)
{
	struct pmap_args a = { .name = pm->name, .text = pm->description };
	size_t i;

	emit_row(em, 0, &rows[R_POLICY_MAP], &a);
	if (pm->description != NULL)
		emit_row(em, 1, &rows[R_DESCRIPTION], &a);
	for (i = 0; i < pm->classes.n; i++)
		emit_class(em, pm->classes.v[i]);
}

void
emit_policy_maps(const struct conf *c, struct emitter *em, const char *only)
{
	size_t i;

	for (i = 0; i < c->policy_maps.n; i++) {
		if (only == NULL ||
		    strcmp(c->policy_maps.v[i]->name, only) == 0)
			emit_policy_map(em, c->policy_maps.v[i]);
	}
}

void
emit_service_policies(const struct conf *c, struct emitter *em)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++) {
		const struct service_policy *sp = &c->service_policies.v[i];
		struct pmap_args a = { .name = sp->policy_map,
			.ifname = sp->ifname,
			.fail_close = sp->fail_close };

		emit_row(em, 0, &rows[R_SERVICE_POLICY], &a);
	}
}

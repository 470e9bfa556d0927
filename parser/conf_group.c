/* SPDX-License-Identifier: ISC
 *
 * access-group (ASA command reference).
 */
#include <string.h>

#include "conf_int.h"

BIND(bind_access_group, struct access_group,
    FIELD(struct access_group, F_STR, acl),
    FIELD(struct access_group, F_BRANCH, dir),
    FIELD(struct access_group, F_STR, ifname),
    FIELD(struct access_group, F_BRANCH, option));

enum { DIR_IN = 1, DIR_OUT, DIR_GLOBAL };

void
access_group_free(struct access_group *ag)
{
	gram_args_fini(&bind_access_group, ag);
}

static int
access_group_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct access_group *ag = args;
	size_t i;

	if (ag->ifname == NULL)
		ag->dir = DIR_GLOBAL;
	if (ag->ifname != NULL && need_nameif(c, ctx, ag->ifname, e) != 0)
		return -1;
	for (i = 0; i < c->access_groups.n; i++) {
		struct access_group *old = &c->access_groups.v[i];

		if (old->dir != ag->dir || !str_eq(old->ifname, ag->ifname))
			continue;
		if (no) {
			if (strcmp(old->acl, ag->acl) != 0)
				break;
			access_group_free(old);
			VEC_REMOVE(&c->access_groups, i);
			changed(c);
			return 0;
		}
		if (conf_acl_find(c, ag->acl) == NULL)
			return no_such_acl(e, ag->acl);
		/* One list for each interface and direction: the new one. */
		access_group_free(old);
		*old = *ag;
		memset(ag, 0, sizeof(*ag));
		changed(c);
		return 0;
	}
	if (no)
		return refuse(
		    e, "access-group %s is not configured there", ag->acl);
	if (conf_acl_find(c, ag->acl) == NULL)
		return no_such_acl(e, ag->acl);
	*VEC_PUSH(&c->access_groups) = *ag;
	memset(ag, 0, sizeof(*ag));
	changed(c);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config,
	  "access-group NAME<241>:acl < global | <in|out>:dir "
	  "interface IFNAME:ifname "
	  "[<per-user-override|control-plane>:option] >",
	  "Bind an access-list to an interface to filter traffic\n"
	  "Access list name\n"
	  "For traffic on all interfaces\n"
	  "For input traffic\n"
	  "For output traffic\n"
	  "Keyword to specify an interface\n"
	  "Interface name\n"
	  "Allow per-user ACLs to override this one\n"
	  "Use the list for traffic to the device\n",
	  &bind_access_group, .apply = access_group_apply },
};
/* clang-format on */
const struct row_set group_rows = { rows, ARRAY_LEN(rows) };

void
emit_access_groups(const struct conf *c, struct emitter *em)
{
	size_t i;

	for (i = 0; i < c->access_groups.n; i++) {
		struct access_group ag = c->access_groups.v[i];

		if (ag.dir == DIR_GLOBAL)
			ag.dir = 0;
		emit_row(em, 0, &rows[0], &ag);
	}
}

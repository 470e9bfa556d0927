/* SPDX-License-Identifier: ISC
 *
 * fixup protocol of PIX 6: what 7.0 made of it is an inspection in the class
 * inspection_default of the global policy (reference/esmtp.md 2.9, cli.md 9).
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "conf_kept.h"

struct fixup_args {
	char *rest;
};

BIND(bind_fixup, struct fixup_args, FIELD(struct fixup_args, F_STR, rest));

/* Only with its default port does a fixup become a plain inspection. */
static const struct {
	const char *words;
	const char *protocol;
} fixups[] = {
	{ "ctiqbe 2748", "ctiqbe" },
	{ "dns", "dns" },
	{ "ftp 21", "ftp" },
	{ "h323 1720", "h323 h225" },
	{ "h323 h225 1720", "h323 h225" },
	{ "h323 ras 1718-1719", "h323 ras" },
	{ "http 80", "http" },
	{ "icmp error", "icmp error" },
	{ "ils 389", "ils" },
	{ "mgcp 2427", "mgcp" },
	{ "mgcp 2727", "mgcp" },
	{ "pptp 1723", "pptp" },
	{ "rsh 514", "rsh" },
	{ "rtsp 554", "rtsp" },
	{ "sip 5060", "sip" },
	{ "sip udp 5060", "sip" },
	{ "skinny 2000", "skinny" },
	{ "smtp 25", "esmtp" },
	{ "sqlnet 1521", "sqlnet" },
	{ "tftp 69", "tftp" },
};

static const char *
protocol_of(const char *words)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(fixups); i++) {
		if (strcmp(fixups[i].words, words) == 0)
			return fixups[i].protocol;
	}
	return NULL;
}

/* inspection_default in the global policy; made if create is set. */
static struct policy_class *
default_class(struct conf *c, bool create)
{
	struct policy_map *pm = conf_policy_map_find(c, "global_policy");
	struct class_map *cm = conf_class_map_find(c, "inspection_default");
	struct policy_class *pc;
	struct service_policy *sp;
	size_t i;

	for (i = 0; pm != NULL && i < pm->classes.n; i++) {
		if (strcmp(pm->classes.v[i]->name, "inspection_default") == 0)
			return pm->classes.v[i];
	}
	if (!create)
		return NULL;
	if (cm == NULL) {
		cm = xcalloc(1, sizeof(*cm));
		cm->name = xstrdup("inspection_default");
		cm->match.kind = MATCH_DEFAULT_INSPECTION;
		*VEC_PUSH(&c->class_maps) = cm;
	}
	if (pm == NULL) {
		pm = xcalloc(1, sizeof(*pm));
		pm->name = xstrdup("global_policy");
		*VEC_PUSH(&c->policy_maps) = pm;
	}
	pc = xcalloc(1, sizeof(*pc));
	pc->name = xstrdup("inspection_default");
	*VEC_INSERT(&pm->classes, 0) = pc;
	for (i = 0; i < c->service_policies.n; i++) {
		if (c->service_policies.v[i].ifname == NULL)
			return pc;
	}
	sp = VEC_PUSH(&c->service_policies);
	sp->policy_map = xstrdup("global_policy");
	return pc;
}

static void
set_inspect(struct conf *c, const char *protocol, bool on)
{
	struct policy_class *pc = default_class(c, on);
	struct inspect_action *a;
	size_t i;

	if (pc == NULL)
		return;
	for (i = 0; i < pc->inspects.n; i++) {
		if (strcmp(pc->inspects.v[i].protocol, protocol) == 0)
			break;
	}
	if (on && i == pc->inspects.n) {
		a = VEC_PUSH(&pc->inspects);
		a->protocol = xstrdup(protocol);
		lines_del(LINES(&pc->exempt), protocol);
	} else if (!on && i < pc->inspects.n) {
		free(pc->inspects.v[i].protocol);
		free(pc->inspects.v[i].map);
		free(pc->inspects.v[i].options);
		VEC_REMOVE(&pc->inspects, i);
	}
	changed(c);
}

static int
fixup_apply(struct conf *c, struct confctx *ctx, const struct row *row,
    void *args, bool no, struct cerr *e)
{
	struct fixup_args *a = args;
	const char *protocol = protocol_of(a->rest);

	if (protocol == NULL)
		return kept_apply(c, ctx, row, args, no, e);
	confctx_say(ctx, CERR_INFO,
	    "converting '%sfixup protocol %s' to MPF "
	    "commands",
	    no ? "no " : "", a->rest);
	set_inspect(c, protocol, !no);
	return 0;
}

/* clang-format off */
static const struct row rows[] = {
	{ &mode_config, "fixup protocol LINE:rest",
	  "Add or delete inspection services\n"
	  "Protocol\n"
	  "Protocol and port, for example smtp 25\n",
	  &bind_fixup, .apply = fixup_apply, .flags = ROW_HIDDEN | ROW_KEPT,
	  .data = &(const struct kept_family){ SECTION_POLICY_MAP, true,
	      "a fixup with other ports than its own is not simulated", 0 } },
};
/* clang-format on */
const struct row_set fixup_rows = { rows, ARRAY_LEN(rows) };

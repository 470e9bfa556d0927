/* SPDX-License-Identifier: ISC
 *
 * What a device inspects as it comes from the factory, by release.
 *
 * PIX 6.3: the fixups that `show fixup` lists on a new device. 8.2 and 9.x: the
 * order of `show running-config policy-map`, which is the order of the lines of
 * `show service-policy`; 9.x has the map of DNS say that TCP is not looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"

static const char *const pix6[] = { "dns", "ftp", "h323 h225", "h323 ras",
	"http", "rsh", "rtsp", "sip", "skinny", "esmtp", "sqlnet", "tftp",
	NULL };
static const char *const asa8[] = { "dns", "ftp", "h323 h225", "h323 ras",
	"rsh", "rtsp", "esmtp", "sqlnet", "skinny", "sunrpc", "xdmcp", "sip",
	"netbios", "tftp", "ip-options", NULL };
static const char *const asa9[] = { "dns", "ftp", "h323 h225", "h323 ras",
	"ip-options", "netbios", "rsh", "rtsp", "skinny", "esmtp", "sqlnet",
	"sunrpc", "tftp", "sip", "xdmcp", NULL };

static const char *const asa8_dns[] = { " parameters",
	"  message-length maximum client auto", "  message-length maximum 512",
	NULL };
static const char *const asa9_dns[] = { " parameters",
	"  message-length maximum client auto", "  message-length maximum 512",
	"  no tcp-inspection", NULL };
static const char dns_map[] = "preset_dns_map";

static const char *const *
dns_lines(enum profile profile)
{
	return profile == PROFILE_ASA_9_X ? asa9_dns : asa8_dns;
}

static void
fill_class(struct policy_class *pc, enum profile profile)
{
	const char *const *list = profile == PROFILE_PIX_6_3 ? pix6
	    : profile == PROFILE_ASA_9_X                     ? asa9
							     : asa8;

	while (pc->inspects.n > 0)
		inspect_remove(pc, pc->inspects.n - 1);
	for (; *list != NULL; list++) {
		struct inspect_action *a = VEC_PUSH(&pc->inspects);

		a->protocol = xstrdup(*list);
		if (strcmp(*list, "dns") != 0)
			continue;
		if (profile == PROFILE_PIX_6_3)
			a->options = xstrdup("maximum-length 512");
		else
			a->map = xstrdup(dns_map);
	}
	pc->factory = true;
}

static void
fill_dns_map(struct conf *c, enum profile profile)
{
	struct inspect_map *im = inspect_map_find(c, "dns", dns_map);
	const char *const *l;

	if (im != NULL && !im->factory)
		return;
	if (im == NULL) {
		im = xcalloc(1, sizeof(*im));
		im->protocol = xstrdup("dns");
		im->name = xstrdup(dns_map);
		*VEC_PUSH(&c->inspect_maps) = im;
	}
	lines_free(LINES(&im->lines));
	for (l = dns_lines(profile); *l != NULL; l++)
		*VEC_PUSH(&im->lines) = xstrdup(*l);
	im->block = 0;
	im->factory = true;
}

/* The map that no class names any more. */
static void
drop_dns_map(struct conf *c)
{
	size_t i;

	for (i = c->inspect_maps.n; i-- > 0;) {
		struct inspect_map *im = c->inspect_maps.v[i];

		if (im->factory &&
		    !inspect_map_in_use(c, im->protocol, im->name)) {
			VEC_REMOVE(&c->inspect_maps, i);
			inspect_map_free(im);
		}
	}
}

static bool
same_lines(const struct inspect_map *im, const char *const *l)
{
	size_t i;

	for (i = 0; i < im->lines.n && l[i] != NULL; i++) {
		if (strcmp(im->lines.v[i], l[i]) != 0)
			return false;
	}
	return i == im->lines.n && l[i] == NULL;
}

bool
inspect_map_is_factory(const struct inspect_map *im)
{
	return strcmp(im->name, dns_map) == 0 &&
	    strcmp(im->protocol, "dns") == 0 &&
	    (same_lines(im, asa8_dns) || same_lines(im, asa9_dns));
}

void
conf_load_factory(struct conf *c)
{
	enum profile profile = conf_profile(c);
	struct class_map *cm = xcalloc(1, sizeof(*cm));
	struct policy_map *pm = xcalloc(1, sizeof(*pm));
	struct policy_class *pc = xcalloc(1, sizeof(*pc));
	struct service_policy *sp;

	cm->name = xstrdup("inspection_default");
	cm->match.kind = MATCH_DEFAULT_INSPECTION;
	*VEC_PUSH(&c->class_maps) = cm;
	pc->name = xstrdup("inspection_default");
	fill_class(pc, profile);
	pm->name = xstrdup("global_policy");
	*VEC_PUSH(&pm->classes) = pc;
	*VEC_PUSH(&c->policy_maps) = pm;
	if (profile != PROFILE_PIX_6_3)
		fill_dns_map(c, profile);
	sp = VEC_PUSH(&c->service_policies);
	sp->policy_map = xstrdup("global_policy");
	c->factory_profile = profile;
	changed(c);
}

void
factory_follow(struct conf *c)
{
	enum profile profile = conf_profile(c);
	bool any = false;
	size_t i, j;

	if (c->factory_profile == profile)
		return;
	c->factory_profile = profile;
	for (i = 0; i < c->policy_maps.n; i++) {
		const struct policy_map *pm = c->policy_maps.v[i];

		for (j = 0; j < pm->classes.n; j++) {
			if (!pm->classes.v[j]->factory)
				continue;
			fill_class(pm->classes.v[j], profile);
			any = true;
		}
	}
	if (any && profile != PROFILE_PIX_6_3)
		fill_dns_map(c, profile);
	drop_dns_map(c);
	removed(c);
}

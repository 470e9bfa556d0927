/* SPDX-License-Identifier: ISC
 *
 * The running config as a whole, and its sections, in the order of a device.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "conf_kept.h"
#include "hash.h"
#include "hwname.h"

/* ---- the whole ---- */

/* What a 9.x device prints; 7.0 to 8.2 print the same in nearly this order,
 * and a device of any release takes it in this one. */
static void
emit_section(const struct conf *c, struct emitter *em, enum section s)
{
	switch (s) {
	case SECTION_NAMES:
		emit_names(c, em);
		break;
	case SECTION_INTERFACE:
		emit_ifaces(c, em, NULL);
		emit_kept(c, em, s);
		emit_line(em, "!");
		return;
	case SECTION_ACCESS_LIST:
		emit_acls(c, em, NULL);
		break;
	case SECTION_STATIC:
		emit_statics(c, em);
		break;
	case SECTION_ACCESS_GROUP:
		emit_access_groups(c, em);
		break;
	case SECTION_ROUTE:
		emit_routes(c, em);
		break;
	case SECTION_TIMEOUT:
		emit_timeouts(c, em);
		break;
	case SECTION_REGEX:
		emit_regexes(c, em, NULL);
		break;
	case SECTION_TCP_MAP:
		emit_tcp_maps(c, em, NULL);
		break;
	case SECTION_CLASS_MAP:
		emit_line(em, "!");
		emit_class_maps(c, em, NULL, NULL, NULL);
		emit_line(em, "!");
		emit_line(em, "!");
		break;
	case SECTION_POLICY_MAP:
		emit_inspect_maps(c, em, NULL, NULL);
		emit_policy_maps(c, em, NULL);
		emit_kept(c, em, s);
		emit_line(em, "!");
		return;
	case SECTION_SERVICE_POLICY:
		emit_service_policies(c, em);
		break;
	default:
		emit_sys(c, em, s);
		break;
	}
	emit_kept(c, em, s);
}

struct summer {
	struct emitter *em;
	XXH3_state_t *state;
};

static void
sum_line(void *arg, const char *line)
{
	struct summer *s = arg;

	XXH3_128bits_update(s->state, line, strlen(line));
	XXH3_128bits_update(s->state, "\n", 1);
	s->em->line(s->em->arg, line);
}

void
conf_emit(const struct conf *c, struct emitter *em)
{
	XXH3_state_t *state = XXH3_createState();
	struct summer summer = { em, state };
	struct emitter body = *em;
	XXH128_hash_t sum;
	unsigned s;

	XXH3_128bits_reset(state);
	body.line = sum_line;
	body.arg = &summer;
	emit_line(em, ": Saved");
	if (conf_profile(c) == PROFILE_ASA_9_X) {
		emit_line(em, "%s", "");
		emit_line(em, ": ");
		emit_line(em, ": Serial Number: " CONF_SERIAL);
		emit_line(em, ": Hardware:   " CONF_HARDWARE);
	}
	emit_line(em, ":");
	emit_version(c, &body);
	emit_line(&body, "!");
	for (s = 0; s < SECTION_COUNT; s++)
		emit_section(c, &body, (enum section)s);
	sum = XXH3_128bits_digest(state);
	XXH3_freeState(state);
	emit_line(em, "Cryptochecksum:%016llx%016llx",
	    (unsigned long long)sum.high64, (unsigned long long)sum.low64);
	emit_line(em, ": end");
}

/* ---- sections ---- */

struct part {
	const char *word, *help;
	/* 1-based count of words, words[0] is the part's own. */
	bool (*emit)(const struct conf *c, struct emitter *em,
	    const char *const *words, unsigned n, enum section s);
	enum section section;
};

/* A section without choice. */
static bool
part_plain(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s)
{
	if (n > 1)
		return false;
	emit_sys(c, em, s);
	return true;
}

static bool
part_access_list(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n, enum section s)
{
	if (n > 2)
		return false;
	emit_acls(c, em, n > 1 ? words[1] : NULL);
	if (n == 1)
		emit_kept(c, em, s);
	return true;
}

static bool
part_access_group(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_access_groups(c, em);
	return n == 1;
}

/* class-map [NAME] | class-map type {management | regex | inspect [PROTO]}
 * [NAME] */
static bool
part_class_map(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n, enum section s UNUSED)
{
	const char *type = NULL, *proto = NULL, *name = NULL;
	bool typed = n > 1 && strcmp(words[1], "type") == 0;
	unsigned i = typed ? 3 : 1;

	if (typed) {
		if (n < 3)
			return false;
		type = words[2];
		if (strcmp(type, "inspect") == 0 && n > i)
			proto = words[i++];
		else if (strcmp(type, "inspect") != 0 &&
		    strcmp(type, "regex") != 0 &&
		    strcmp(type, "management") != 0)
			return false;
	}
	if (n > i)
		name = words[i++];
	if (n > i)
		return false;
	emit_line(em, "!");
	emit_class_maps(c, em, type, proto, name);
	emit_line(em, "!");
	return true;
}

static bool
part_regex(const struct conf *c, struct emitter *em, const char *const *words,
    unsigned n, enum section s UNUSED)
{
	emit_regexes(c, em, n > 1 ? words[1] : NULL);
	return n <= 2;
}

static bool
part_tcp_map(const struct conf *c, struct emitter *em, const char *const *words,
    unsigned n, enum section s UNUSED)
{
	emit_tcp_maps(c, em, n > 1 ? words[1] : NULL);
	return n <= 2;
}

static bool
part_interface(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n, enum section s UNUSED)
{
	char hw[HWNAME_SIZE], joined[HWNAME_SIZE];
	const struct iface *i;

	if (n == 1) {
		emit_ifaces(c, em, NULL);
		return true;
	}
	if (n > 3)
		return false;
	snprintf(
	    joined, sizeof(joined), "%s%s", words[1], n == 3 ? words[2] : "");
	i = conf_iface_by_nameif(c, words[1]);
	if (i == NULL && !hw_canonical(joined, hw))
		return false;
	emit_ifaces(c, em, i != NULL ? i->hw : hw);
	return true;
}

static bool
part_logging(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s)
{
	emit_sys(c, em, s);
	emit_kept(c, em, s);
	return n == 1;
}

static bool
part_name(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_names(c, em);
	return n == 1;
}

static bool
part_nat(const struct conf *c, struct emitter *em, const char *const *words,
    unsigned n, enum section s UNUSED)
{
	return emit_kept_words(c, em, words, n);
}

static bool
part_policy_map(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n, enum section s UNUSED)
{
	bool typed = n > 1 && strcmp(words[1], "type") == 0;

	if (n > 5 || (n > 2 && !typed) ||
	    (typed && (n < 3 || strcmp(words[2], "inspect") != 0)))
		return false;
	emit_line(em, "!");
	if (typed)
		emit_inspect_maps(
		    c, em, n > 3 ? words[3] : NULL, n > 4 ? words[4] : NULL);
	else {
		if (n == 1)
			emit_inspect_maps(c, em, NULL, NULL);
		emit_policy_maps(c, em, n > 1 ? words[1] : NULL);
	}
	emit_line(em, "!");
	return true;
}

static bool
part_route(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_routes(c, em);
	return n == 1;
}

static bool
part_service_policy(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_service_policies(c, em);
	return n == 1;
}

static bool
part_static(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_statics(c, em);
	return n == 1;
}

static bool
part_timeout(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_timeouts(c, em);
	return n == 1;
}

static bool
part_version(const struct conf *c, struct emitter *em,
    const char *const *words UNUSED, unsigned n, enum section s UNUSED)
{
	emit_version(c, em);
	return n == 1;
}

/* clang-format off */
static const struct part parts[] = {
	{ "access-group", "Access groups", part_access_group, SECTION_ACCESS_GROUP },
	{ "access-list", "Access lists", part_access_list, SECTION_ACCESS_LIST },
	{ "class-map", "Class maps", part_class_map, SECTION_CLASS_MAP },
	{ "domain-name", "Domain name", part_plain, SECTION_DOMAIN },
	{ "enable", "Enable password", part_plain, SECTION_ENABLE },
	{ "hostname", "Host name", part_plain, SECTION_HOSTNAME },
	{ "interface", "Interfaces", part_interface, SECTION_INTERFACE },
	{ "ip", "Addresses", part_nat, SECTION_IP_POOL },
	{ "logging", "Logging", part_logging, SECTION_LOGGING },
	{ "name", "Names of addresses", part_name, SECTION_NAMES },
	{ "names", "Names of addresses", part_name, SECTION_NAMES },
	{ "nat-control", "NAT control", part_plain, SECTION_NAT },
	{ "pager", "Pager", part_plain, SECTION_PAGER },
	{ "passwd", "Telnet password", part_plain, SECTION_PASSWD },
	{ "policy-map", "Policy maps", part_policy_map, SECTION_POLICY_MAP },
	{ "prompt", "Prompt", part_plain, SECTION_PROMPT },
	{ "regex", "Regular expressions", part_regex, SECTION_REGEX },
	{ "route", "Static routes", part_route, SECTION_ROUTE },
	{ "same-security-traffic", "Traffic of the same security level", part_plain, SECTION_SAME_SECURITY },
	{ "service-policy", "Service policies", part_service_policy, SECTION_SERVICE_POLICY },
	{ "simulator", "Settings of the simulator", part_plain, SECTION_SIMULATOR },
	{ "static", "Static translations", part_static, SECTION_STATIC },
	{ "tcp-map", "TCP normalization", part_tcp_map, SECTION_TCP_MAP },
	{ "terminal", "Terminal width", part_plain, SECTION_TERMINAL },
	{ "timeout", "Timeouts", part_timeout, SECTION_TIMEOUT },
	{ "version", "Version", part_version, SECTION_TERMINAL },
};
/* clang-format on */

bool
conf_emit_section(const struct conf *c, struct emitter *em,
    const char *const *words, unsigned n)
{
	size_t i;

	if (words == NULL || n == 0) {
		conf_emit(c, em);
		return true;
	}
	for (i = 0; i < ARRAY_LEN(parts); i++) {
		if (strcmp(parts[i].word, words[0]) == 0)
			return parts[i].emit(c, em, words, n, parts[i].section);
	}
	return emit_kept_words(c, em, words, n);
}

static bool
is_part(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(parts); i++) {
		if (strcmp(parts[i].word, word) == 0)
			return true;
	}
	return false;
}

const char *
conf_section_name(unsigned i, const char **help)
{
	const char *word, *text;
	unsigned k, n = ARRAY_LEN(parts);

	if (i < n) {
		if (help != NULL)
			*help = parts[i].help;
		return parts[i].word;
	}
	/* The kept families that are no parts themselves. */
	for (k = 0; (word = kept_family_word(k, &text)) != NULL; k++) {
		if (!is_part(word) && n++ == i) {
			if (help != NULL)
				*help = text;
			return word;
		}
	}
	return NULL;
}

/* ---- what is kept ---- */

struct keeper {
	void (*fn)(
	    void *arg, const char *line, bool affects_verdict, const char *why);
	void *arg;
};

static void PRINTF_LIKE(4, 5) tell(
    const struct keeper *k, bool affects, const char *why, const char *fmt, ...)
{
	struct strbuf sb;
	va_list ap;

	sb_init(&sb);
	va_start(ap, fmt);
	sb_vprintf(&sb, fmt, ap);
	va_end(ap);
	k->fn(k->arg, sb_text(&sb), affects, why);
	sb_free(&sb);
}

static void
tell_acls(const struct conf *c, const struct keeper *k)
{
	struct tokenv env = conf_tokenv(c);
	struct strbuf line;
	size_t i, j;

	sb_init(&line);
	for (i = 0; i < c->acls.n; i++) {
		for (j = 0; j < c->acls.v[i]->aces.n; j++) {
			const struct ace *a = &c->acls.v[i]->aces.v[j];

			if (a->simulated)
				continue;
			sb_reset(&line);
			ace_text(c->acls.v[i], a, c->gram, &env, &line);
			tell(k, true,
			    "this element matches nothing: objects, "
			    "groups, time ranges and lists of this type are "
			    "not simulated yet",
			    "%s", sb_text(&line));
		}
	}
	sb_free(&line);
}

struct action_teller {
	const struct keeper *k;
	const struct policy_map *pm;
	const struct policy_class *pc;
};

static void
tell_action(void *arg, const char *line)
{
	const struct action_teller *t = arg;

	tell(t->k, true, "the action is not simulated yet",
	    "policy-map %s / class %s / %s", t->pm->name, t->pc->name, line);
}

static void
tell_policies(const struct conf *c, const struct keeper *k)
{
	struct action_teller t = { .k = k };
	size_t i, j, l;

	for (i = 0; i < c->policy_maps.n; i++) {
		t.pm = c->policy_maps.v[i];
		for (j = 0; j < t.pm->classes.n; j++) {
			t.pc = t.pm->classes.v[j];
			class_actions_each(&t.pc->actions, tell_action, &t);
			for (l = 0; l < t.pc->kept.n; l++)
				tell(k, true, "the action is not simulated",
				    "policy-map %s / class %s / %s", t.pm->name,
				    t.pc->name, t.pc->kept.v[l]);
		}
	}
	for (i = 0; i < c->tcp_maps.n; i++)
		tell(k, true, "the defaults of the normalizer are used",
		    "tcp-map %s", c->tcp_maps.v[i]->name);
}

static void
tell_class_maps(const struct conf *c, const struct keeper *k)
{
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		const struct class_map *cm = c->class_maps.v[i];

		if (cm->match.kind == MATCH_TUNNEL_GROUP)
			tell(k, true,
			    "there are no tunnels: it matches nothing",
			    "class-map %s / match tunnel-group %s", cm->name,
			    cm->match.tunnel_group);
		if (cm->type == CLASS_MAP_INSPECT)
			tell(k, true, "this inspection is not simulated",
			    "class-map type inspect %s %s", cm->proto,
			    cm->name);
	}
}

void
conf_each_kept(const struct conf *c,
    void (*fn)(
	void *arg, const char *line, bool affects_verdict, const char *why),
    void *arg)
{
	struct keeper k = { fn, arg };
	size_t i, j;

	for (i = 0; i < c->ifaces.n; i++) {
		for (j = 0; j < c->ifaces.v[i]->kept.n; j++)
			tell(&k, false, "links are not simulated",
			    "interface %s / %s", c->ifaces.v[i]->hw,
			    c->ifaces.v[i]->kept.v[j]);
	}
	tell_acls(c, &k);
	for (i = 0; i < c->statics.n; i++) {
		const struct static_nat *n = &c->statics.v[i];

		if (!n->simulated)
			tell(&k, true,
			    "policy translation is not simulated "
			    "yet",
			    "static (%s,%s) ... access-list %s", n->ifs.real,
			    n->ifs.mapped, n->acl);
	}
	tell_class_maps(c, &k);
	for (i = 0; i < c->inspect_maps.n; i++) {
		const struct inspect_map *im = c->inspect_maps.v[i];

		if (inspect_map_is_factory(im))
			continue;
		tell(&k, true, "this inspection is not simulated",
		    "policy-map type inspect %s %s", im->protocol, im->name);
	}
	tell_policies(c, &k);
	logging_each_kept(c, fn, arg);
	for (i = 0; i < c->kept.n; i++)
		tell(&k, c->kept.v[i]->affects_verdict, c->kept.v[i]->why, "%s",
		    c->kept.v[i]->line);
}

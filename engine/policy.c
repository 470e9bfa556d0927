/* SPDX-License-Identifier: ISC
 *
 * struct conf -> struct policy.
 */
#include "policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acl.h"
#include "pol_int.h"
#include "regexset.h"

#define SECONDS(n) ((uint64_t)(n)*1000000000u)

struct compiler {
	struct policy *p;
	const struct conf *conf;
	struct counts *counts;
	void (*say)(void *arg, unsigned level, const char *text);
	void *arg;
};

void *
pol_alloc(struct policy *p, size_t size)
{
	void *mem = xcalloc(1, size);

	*VEC_PUSH(&p->owned) = mem;
	return mem;
}

char *
pol_strdup(struct policy *p, const char *s)
{
	char *copy;

	if (s == NULL)
		return NULL;
	copy = xstrdup(s);
	*VEC_PUSH(&p->owned) = copy;
	return copy;
}

static void PRINTF_LIKE(3, 4)
    say(const struct compiler *c, unsigned level, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (c->say == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->say(c->arg, level, text);
}

/* ---- interfaces and routes ---- */

static void
iface_counters(const struct compiler *c, struct pol_iface *i)
{
	i->in_packets = count_id(c->counts, "if/%s/in_packets", i->name);
	i->in_bytes = count_id(c->counts, "if/%s/in_bytes", i->name);
	i->out_packets = count_id(c->counts, "if/%s/out_packets", i->name);
	i->out_bytes = count_id(c->counts, "if/%s/out_bytes", i->name);
	i->dropped = count_id(c->counts, "if/%s/dropped", i->name);
}

/* No interface is configured: a bare capture is to be looked at, not
 * filtered. The client of a connection is taken to be outside. */
static void
bare_ifaces(struct compiler *c)
{
	static const char *const names[2] = { "outside", "inside" };
	struct policy *p = c->p;
	unsigned i;

	p->bare = true;
	p->n_ifaces = 2;
	p->ifaces = pol_alloc(p, 2 * sizeof(*p->ifaces));
	for (i = 0; i < 2; i++) {
		p->ifaces[i].name = pol_strdup(p, names[i]);
		p->ifaces[i].hw = pol_strdup(p, "");
		p->ifaces[i].security_level = i == 0 ? 0 : 100;
		iface_counters(c, &p->ifaces[i]);
	}
}

static void
add_route(struct policy *p, const struct ip_addr *net, unsigned length,
    int iface, unsigned metric, bool connected)
{
	struct pol_route *r = &p->routes[p->n_routes++];

	r->net = ip_apply_mask(net, length);
	r->prefix_length = length;
	r->iface = iface;
	r->metric = metric;
	r->connected = connected;
}

static void
compile_ifaces(struct compiler *c)
{
	struct policy *p = c->p;
	size_t i, n = c->conf->ifaces.n;

	p->ifaces = pol_alloc(p, n * sizeof(*p->ifaces));
	for (i = 0; i < n; i++) {
		const struct iface *from = c->conf->ifaces.v[i];
		struct pol_iface *to = &p->ifaces[p->n_ifaces];

		if (from->nameif == NULL)
			continue;
		to->name = pol_strdup(p, from->nameif);
		to->hw = pol_strdup(p, from->hw);
		to->security_level = MAX(from->security_level, 0);
		to->down = from->shutdown;
		if (from->ip.af == AF_INET) {
			to->ip = from->ip;
			to->prefix_length = 32;
			if (from->mask.af == AF_INET)
				ip_mask_to_prefix(
				    &from->mask, &to->prefix_length);
		}
		iface_counters(c, to);
		p->n_ifaces++;
	}
	if (p->n_ifaces == 0)
		bare_ifaces(c);
}

static int
iface_index(const struct policy *p, const char *name)
{
	unsigned i;

	for (i = 0; name != NULL && i < p->n_ifaces; i++) {
		if (strcmp(p->ifaces[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

static int
by_length(const void *a, const void *b)
{
	const struct pol_route *x = a, *y = b;

	if (x->prefix_length != y->prefix_length)
		return x->prefix_length > y->prefix_length ? -1 : 1;
	if (x->connected != y->connected)
		return x->connected ? -1 : 1;
	if (x->metric != y->metric)
		return x->metric < y->metric ? -1 : 1;
	return x->iface - y->iface;
}

static void
compile_routes(struct compiler *c)
{
	const struct conf *conf = c->conf;
	struct policy *p = c->p;
	size_t i, j, n = conf->routes.n + p->n_ifaces;

	for (i = 0; i < conf->ifaces.n; i++)
		n += conf->ifaces.v[i]->ip6.n;
	p->routes = pol_alloc(p, n * sizeof(*p->routes));
	for (i = 0; i < conf->ifaces.n; i++) {
		const struct iface *from = conf->ifaces.v[i];
		int index = iface_index(p, from->nameif);

		if (index < 0 || from->shutdown)
			continue;
		if (p->ifaces[index].ip.af != 0)
			add_route(p, &p->ifaces[index].ip,
			    p->ifaces[index].prefix_length, index, 0, true);
		for (j = 0; j < from->ip6.n; j++)
			add_route(p, &from->ip6.v[j].addr,
			    from->ip6.v[j].length, index, 0, true);
	}
	for (i = 0; i < conf->routes.n; i++) {
		const struct route *r = &conf->routes.v[i];
		unsigned length = r->prefix_length;
		int index = iface_index(p, r->ifname);

		if (index < 0 || p->ifaces[index].down || r->tunneled)
			continue;
		if (r->dest.af == AF_INET &&
		    !ip_mask_to_prefix(&r->mask, &length))
			continue;
		add_route(p, &r->dest, length, index, r->metric, false);
	}
	if (p->n_routes > 1)
		qsort(p->routes, p->n_routes, sizeof(*p->routes), by_length);
}

/* ---- access lists ---- */

static const struct pol_acl *
find_acl(const struct policy *p, const char *name)
{
	unsigned i;

	for (i = 0; name != NULL && i < p->n_acls; i++) {
		if (strcmp(p->acls[i]->name, name) == 0)
			return p->acls[i];
	}
	return NULL;
}

static void
compile_acls(struct compiler *c)
{
	const struct conf *conf = c->conf;
	struct policy *p = c->p;
	size_t i;

	p->acls = pol_alloc(p, conf->acls.n * sizeof(struct pol_acl *));
	for (i = 0; i < conf->acls.n; i++) {
		struct pol_acl *acl = pol_alloc(p, sizeof(*acl));

		acl_compile(p, conf->acls.v[i], acl, c->counts, c->say, c->arg);
		p->acls[p->n_acls++] = acl;
	}
	for (i = 0; i < conf->access_groups.n; i++) {
		const struct access_group *g = &conf->access_groups.v[i];
		const struct pol_acl *acl = find_acl(p, g->acl);
		int index = iface_index(p, g->ifname);

		if (acl == NULL || g->option == 2) /* control-plane */
			continue;
		if (g->dir == 3)
			p->acl_global = acl;
		else if (index >= 0 && g->dir == 1)
			p->ifaces[index].acl_in = acl;
		else if (index >= 0 && g->dir == 2)
			p->ifaces[index].acl_out = acl;
	}
}

/* ---- static ---- */

static void
compile_static(struct compiler *c, const struct static_nat *from)
{
	struct policy *p = c->p;
	struct pol_static *to = &p->statics[p->n_statics];
	char real[IP_TEXT_SIZE];

	to->conf = from;
	to->real_if = iface_index(p, from->ifs.real);
	to->mapped_if = iface_index(p, from->ifs.mapped);
	if (!from->simulated || from->real.af != AF_INET || to->real_if < 0 ||
	    to->mapped_if < 0) {
		say(c, CERR_WARNING, "static (%s,%s) %s: kept, not simulated",
		    from->ifs.real, from->ifs.mapped,
		    ip_format(&from->real, real));
		return;
	}
	to->prefix_length = 32;
	if (from->has_netmask &&
	    !ip_mask_to_prefix(&from->netmask, &to->prefix_length))
		return;
	to->real = from->real;
	to->mapped =
	    from->mapped_interface ? p->ifaces[to->mapped_if].ip : from->mapped;
	if (to->mapped.af != AF_INET)
		return;
	to->proto = from->l4 == 0 ? -1
	    : from->l4 == 1       ? IPPROTO_TCP
				  : IPPROTO_UDP;
	to->real_port = (uint16_t)from->real_port;
	to->mapped_port = (uint16_t)from->mapped_port;
	to->tcp_max = from->tcp_max;
	to->emb_limit = from->emb_limit;
	to->udp_max = from->udp_max;
	ip_format(&from->real, real);
	to->translate = count_id(c->counts, "nat/%s/%s/%s/%u/%u/t",
	    from->ifs.real, from->ifs.mapped, real, from->l4, from->real_port);
	to->untranslate = count_id(c->counts, "nat/%s/%s/%s/%u/%u/u",
	    from->ifs.real, from->ifs.mapped, real, from->l4, from->real_port);
	p->n_statics++;
}

/* ---- Modular Policy Framework ---- */

/* Inspections whose stream goes through the TCP proxy print a line for it. */
static bool
has_tcp_proxy(const char *protocol)
{
	static const char *const names[] = { "h323 h225", "rtsp", "sunrpc",
		"sip", "skinny" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(names[i], protocol) == 0)
			return true;
	}
	return false;
}

static char *
inspect_title(struct policy *p, const struct inspect_action *a)
{
	const char *map =
	    a->map != NULL ? a->map : inspect_default_map(a->protocol);
	struct strbuf sb;
	char *title;

	sb_init(&sb);
	sb_puts(&sb, a->protocol);
	if (a->options != NULL)
		sb_printf(&sb, " %s", a->options);
	/* The device prints a blank before the comma for these two. */
	if (map != NULL)
		sb_printf(&sb, " %s", map);
	else if (strcmp(a->protocol, "sip") == 0 ||
	    strcmp(a->protocol, "skinny") == 0)
		sb_putc(&sb, ' ');
	title = pol_strdup(p, sb_text(&sb));
	sb_free(&sb);
	return title;
}

static uint32_t
bits(unsigned n)
{
	return (1u << n) - 1;
}

/* What the release does where releases differ (asasim(1), FIDELITY). */
static void
esmtp_profile(struct esmtp_policy *e, enum profile profile)
{
	e->verbs = bits(VERB_STARTTLS); /* the fifteen */
	if (e->par.allow_tls)
		e->verbs |= 1u << VERB_STARTTLS;
	e->known_params = bits(PARAM_COUNT) & ~(1u << PARAM_OTHERS);
	e->pipe = ESMTP_PIPE_CLOSE;
	e->keep_banner_blank = true;
	if (profile == PROFILE_PIX_6_3) {
		e->verbs = 1u << VERB_HELO | 1u << VERB_MAIL | 1u << VERB_RCPT |
		    1u << VERB_DATA | 1u << VERB_RSET | 1u << VERB_NOOP |
		    1u << VERB_QUIT;
		e->pipe = ESMTP_PIPE_BLANK;
		e->keep_banner_blank = false;
	}
}

/* The expressions that a match line names: one, or those of a class. What does
 * not compile, or is not there, matches nothing. */
static const void *
compile_regex(struct compiler *c, const struct esmtp_match *m, const char *text)
{
	const struct class_map *cm;
	const struct regex_def *def;
	VEC(const char *) list = { NULL, 0, 0 };
	struct regexset *set = NULL;
	struct cerr e = { .text = "there is no such expression" };
	size_t i;

	if (!m->regex_is_class) {
		def = conf_regex_find(c->conf, m->regex);
		if (def != NULL)
			*VEC_PUSH(&list) = def->expression;
	} else if ((cm = conf_class_map_find(c->conf, m->regex)) != NULL) {
		for (i = 0; i < cm->regexes.n; i++) {
			def = conf_regex_find(c->conf, cm->regexes.v[i]);
			if (def != NULL)
				*VEC_PUSH(&list) = def->expression;
		}
	}
	if (list.n > 0)
		set = regexset_new(list.v, list.n, &e);
	/* An empty class matches nothing, and nobody need be told. */
	if (set != NULL)
		*VEC_PUSH(&c->p->regexes) = set;
	else if (list.n > 0 || !m->regex_is_class)
		say(c, CERR_WARNING, "match %s: it matches nothing: %s", text,
		    e.text);
	free(list.v);
	return set;
}

static void
compile_match(struct compiler *c, const struct esmtp_match *from,
    struct esmtp_compiled_match *to, const char *prefix, unsigned index)
{
	struct strbuf sb;

	to->m = *from;
	to->m.regex = pol_strdup(c->p, from->regex);
	sb_init(&sb);
	esmtp_match_text(from, &sb);
	snprintf(to->text, sizeof(to->text), "%s", sb_text(&sb));
	sb_reset(&sb);
	esmtp_action_text(from, &sb);
	snprintf(to->action_text, sizeof(to->action_text), "%s", sb_text(&sb));
	sb_free(&sb);
	to->hits = count_id(c->counts, "%s/match/%u/%s%s", prefix, index,
	    from->negated ? "not " : "", to->text);
	if (from->regex != NULL)
		to->regex = compile_regex(c, from, to->text);
}

static struct esmtp_policy *
compile_esmtp(struct compiler *c, const char *name, const char *prefix,
    struct pol_inspect *in)
{
	const struct esmtp_map *map = conf_esmtp_map_find(c->conf, name);
	struct esmtp_policy *e = pol_alloc(c->p, sizeof(*e));
	unsigned i;

	if (map == NULL)
		map = conf_esmtp_map_find(c->conf, NULL);
	e->map_name = pol_strdup(c->p, name);
	e->par = map->par;
	e->par.mail_relay = pol_strdup(c->p, map->par.mail_relay);
	/* Mail Guard of PIX 6 knew no maps: banner and verbs only. */
	if (c->p->profile != PROFILE_PIX_6_3 || !map->builtin) {
		e->n_matches = (unsigned)map->matches.n;
		e->matches =
		    pol_alloc(c->p, e->n_matches * sizeof(*e->matches));
		for (i = 0; i < e->n_matches; i++)
			compile_match(
			    c, &map->matches.v[i], &e->matches[i], prefix, i);
	}
	esmtp_profile(e, c->p->profile);
	e->mask_banner = count_id(c->counts, "%s/mask-banner", prefix);
	e->allow_tls = count_id(c->counts, "%s/allow-tls", prefix);
	e->mail_relay = count_id(c->counts, "%s/mail-relay", prefix);
	e->special_character =
	    count_id(c->counts, "%s/special-character", prefix);
	for (i = 0; i < ESMTP_EVENT_COUNT; i++)
		e->events[i] = count_id(c->counts, "%s/event/%u", prefix, i);
	e->first_packet = in->first_packet;
	return e;
}

static struct pol_inspect *
compile_inspect(
    struct compiler *c, const struct inspect_action *a, const char *prefix)
{
	struct pol_inspect *in = pol_alloc(c->p, sizeof(*in));
	char *name;

	in->protocol = pol_strdup(c->p, a->protocol);
	in->title = inspect_title(c->p, a);
	in->tcp_proxy = has_tcp_proxy(a->protocol);
	name = xasprintf("%s/%s", prefix, in->title);
	in->instance.counters.packet = count_id(c->counts, "%s/packet", name);
	in->instance.counters.drop = count_id(c->counts, "%s/drop", name);
	in->instance.counters.reset_drop =
	    count_id(c->counts, "%s/reset-drop", name);
	if (strcmp(a->protocol, "esmtp") == 0) {
		in->esmtp = compile_esmtp(c, a->map, name, in);
		in->instance.inspector = &insp_esmtp;
		in->instance.config = in->esmtp;
	}
	free(name);
	return in;
}

static void
compile_class(struct compiler *c, const struct policy_class *from,
    struct pol_class *to, const char *prefix)
{
	struct policy *p = c->p;
	char *name = xasprintf("%s/%s", prefix, from->name);
	size_t i;

	to->name = pol_strdup(p, from->name);
	to->is_default = strcmp(from->name, "class-default") == 0;
	if (!to->is_default) {
		to->match = conf_class_map_find(c->conf, from->name)->match;
		to->match.acl = pol_strdup(p, to->match.acl);
		to->match.tunnel_group = pol_strdup(p, to->match.tunnel_group);
		to->acl = find_acl(p, to->match.acl);
	}
	to->actions = from->actions;
	to->actions.conn.tcp_map = pol_strdup(p, from->actions.conn.tcp_map);
	to->inspects =
	    pol_alloc(p, from->inspects.n * sizeof(struct pol_inspect *));
	for (i = 0; i < from->inspects.n; i++)
		to->inspects[to->n_inspects++] =
		    compile_inspect(c, &from->inspects.v[i], name);
	to->exempt = pol_alloc(p, from->exempt.n * sizeof(char *));
	for (i = 0; i < from->exempt.n; i++) {
		if (c->conf->sys.exemption == EXEMPTION_EXPLICIT)
			to->exempt[to->n_exempt++] =
			    pol_strdup(p, from->exempt.v[i]);
	}
	free(name);
}

static bool
class_usable(const struct compiler *c, const struct policy_class *from)
{
	const struct class_map *cm;

	if (strcmp(from->name, "class-default") == 0)
		return true;
	cm = conf_class_map_find(c->conf, from->name);
	return cm != NULL && cm->type == CLASS_MAP_L34;
}

static void
compile_attachment(struct compiler *c, const struct service_policy *sp)
{
	struct policy *p = c->p;
	const struct policy_map *pm =
	    conf_policy_map_find(c->conf, sp->policy_map);
	struct pol_attachment *at;
	char *prefix;
	size_t i;
	int index = iface_index(p, sp->ifname);

	if (pm == NULL || (sp->ifname != NULL && index < 0))
		return;
	at = pol_alloc(p, sizeof(*at));
	at->iface = sp->ifname == NULL ? -1 : index;
	at->map.name = pol_strdup(p, pm->name);
	at->map.classes =
	    pol_alloc(p, pm->classes.n * sizeof(*at->map.classes));
	prefix = xasprintf(
	    "sp/%s/%s", sp->ifname == NULL ? "*" : sp->ifname, pm->name);
	for (i = 0; i < pm->classes.n; i++) {
		if (class_usable(c, pm->classes.v[i]))
			compile_class(c, pm->classes.v[i],
			    &at->map.classes[at->map.n_classes++], prefix);
	}
	free(prefix);
	p->attachments[p->n_attachments++] = at;
	if (at->iface < 0)
		p->global = at;
	else
		p->ifaces[at->iface].service = at;
}

static void
compile_service_policies(struct compiler *c)
{
	const struct conf *conf = c->conf;
	size_t i;

	c->p->attachments = pol_alloc(
	    c->p, conf->service_policies.n * sizeof(struct pol_attachment *));
	for (i = 0; i < conf->service_policies.n; i++) {
		if (conf->service_policies.v[i].ifname == NULL)
			compile_attachment(c, &conf->service_policies.v[i]);
	}
	for (i = 0; i < conf->service_policies.n; i++) {
		if (conf->service_policies.v[i].ifname != NULL)
			compile_attachment(c, &conf->service_policies.v[i]);
	}
}

struct policy *
policy_compile(const struct conf *conf, struct counts *counts,
    void (*say_fn)(void *arg, unsigned level, const char *text), void *arg)
{
	struct policy *p = xcalloc(1, sizeof(*p));
	struct compiler c = { p, conf, counts, say_fn, arg };
	size_t i;

	p->generation = conf->generation;
	p->profile = conf_profile(conf);
	p->acl_on_mapped = p->profile != PROFILE_ASA_9_X;
	p->class_acl_both = p->profile != PROFILE_ASA_9_X;
	p->same_security_inter = conf->sys.same_security_inter;
	p->same_security_intra = conf->sys.same_security_intra;
	p->tcp.embryonic = SECONDS(conf->sys.timeout_embryonic);
	p->tcp.established = SECONDS(conf->sys.timeout_conn);
	p->tcp.half_closed = SECONDS(conf->sys.timeout_half_closed);
	p->timeout_udp = SECONDS(conf->sys.timeout_udp);
	p->timeout_icmp = SECONDS(conf->sys.timeout_icmp);
	compile_ifaces(&c);
	compile_routes(&c);
	compile_acls(&c);
	p->statics = pol_alloc(p, conf->statics.n * sizeof(*p->statics));
	for (i = 0; i < conf->statics.n; i++)
		compile_static(&c, &conf->statics.v[i]);
	compile_service_policies(&c);
	return p;
}

void
policy_free(struct policy *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->owned.n; i++)
		free(p->owned.v[i]);
	VEC_FREE(&p->owned);
	for (i = 0; i < p->regexes.n; i++)
		regexset_free(p->regexes.v[i]);
	VEC_FREE(&p->regexes);
	free(p);
}

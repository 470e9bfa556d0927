/* SPDX-License-Identifier: ISC */
#include "conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_imap.h"
#include "conf_int.h"

/* ---- helpers for apply functions ---- */

int
refuse_at(struct cerr *e, int tok)
{
	e->text[0] = '\0';
	e->tok = tok;
	return -1;
}

int
refuse(struct cerr *e, const char *fmt, ...)
{
	va_list ap;

	e->tok = -1;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}

int
word_index(const struct confctx *ctx, const char *s)
{
	unsigned i;

	for (i = 1; ctx->words != NULL && i < ctx->words->n; i++) {
		if (strcmp(ctx->words->w[i].s, s) == 0)
			return (int)i;
	}
	return -1;
}

int
need_nameif(
    struct conf *c, struct confctx *ctx, const char *nameif, struct cerr *e)
{
	int tok;

	if (conf_iface_by_nameif(c, nameif) != NULL)
		return 0;
	tok = word_index(ctx, nameif);
	if (tok >= 0)
		return refuse_at(e, tok);
	return refuse(e, "interface %s is not configured", nameif);
}

bool
str_eq(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void
changed(struct conf *c)
{
	c->generation++;
}

void
removed(struct conf *c)
{
	c->generation++;
	c->removals++;
}

static bool
lines_find(char *const *v, size_t n, const char *line, size_t *at)
{
	for (*at = 0; *at < n; (*at)++) {
		if (strcmp(v[*at], line) == 0)
			return true;
	}
	return false;
}

bool
lines_add(char ***v, size_t *n, size_t *cap, const char *line)
{
	size_t at;

	if (lines_find(*v, *n, line, &at))
		return false;
	vec_grow((void **)v, n, cap, sizeof(**v));
	(*v)[*n - 1] = xstrdup(line);
	return true;
}

bool
lines_del(char ***v, size_t *n, size_t *cap UNUSED, const char *line)
{
	size_t at;

	if (!lines_find(*v, *n, line, &at))
		return false;
	free((*v)[at]);
	vec_remove(*v, n, sizeof(**v), at);
	return true;
}

void
lines_free(char ***v, size_t *n, size_t *cap)
{
	size_t i;

	for (i = 0; i < *n; i++)
		free((*v)[i]);
	vec_free((void **)v, n, cap);
}

/* ---- the root ---- */

struct conf *
conf_new(void)
{
	struct conf *c = xcalloc(1, sizeof(*c));

	c->index = xcalloc(1, sizeof(*c->index));
	sys_init(&c->sys);
	logging_init(&c->logging);
	return c;
}

/* Everything but sys and logging. */
static void
drop_all(struct conf *c)
{
	size_t i;

	for (i = 0; i < c->service_policies.n; i++)
		service_policy_free(&c->service_policies.v[i]);
	VEC_FREE(&c->service_policies);
	for (i = 0; i < c->policy_maps.n; i++)
		policy_map_free(c->policy_maps.v[i]);
	VEC_FREE(&c->policy_maps);
	for (i = 0; i < c->esmtp_maps.n; i++)
		esmtp_map_free(c->esmtp_maps.v[i]);
	VEC_FREE(&c->esmtp_maps);
	for (i = 0; i < c->inspect_maps.n; i++)
		inspect_map_free(c->inspect_maps.v[i]);
	VEC_FREE(&c->inspect_maps);
	for (i = 0; i < c->class_maps.n; i++)
		class_map_free(c->class_maps.v[i]);
	VEC_FREE(&c->class_maps);
	regexes_clear(c, NULL);
	VEC_FREE(&c->regexes);
	tcp_maps_clear(c, NULL);
	VEC_FREE(&c->tcp_maps);
	for (i = 0; i < c->access_groups.n; i++)
		access_group_free(&c->access_groups.v[i]);
	VEC_FREE(&c->access_groups);
	statics_clear(c);
	while (c->acls.n > 0)
		acl_free(c, c->acls.n - 1);
	VEC_FREE(&c->acls);
	routes_clear(c);
	while (c->ifaces.n > 0)
		iface_free(c, c->ifaces.n - 1);
	VEC_FREE(&c->ifaces);
	kept_clear(c);
	names_clear(c);
	removed(c);
}

void
conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	drop_all(c);
	strmap_clear(&c->index->log_messages, NULL);
	logging_fini(&c->logging);
	sys_fini(&c->sys);
	free(c->index);
	free(c);
}

void
conf_clear(struct conf *c)
{
	int profile = c->sys.profile, exemption = c->sys.exemption;
	bool allow_tls = c->sys.default_allow_tls;

	drop_all(c);
	sys_fini(&c->sys);
	sys_init(&c->sys);
	logging_clear(c);
	/* Servers of another configuration must not get datagrams because
	 * those of this one did. */
	c->logging.send = false;
	c->sys.profile = profile;
	c->sys.exemption = exemption;
	c->sys.default_allow_tls = allow_tls;
	conf_load_factory(c);
}

/* "8.2" out of "8.2(1)": 802. */
static unsigned
release_of(const char *version)
{
	unsigned major = 0, minor = 0;

	if (sscanf(version, "%3u.%2u", &major, &minor) < 1)
		return 0;
	return major * 100 + minor;
}

enum profile
conf_profile(const struct conf *c)
{
	unsigned release;

	if (c->sys.profile != PROFILE_AUTO)
		return (enum profile)c->sys.profile;
	if (c->sys.version != NULL) {
		release = release_of(c->sys.version);
		if (release < 700)
			return PROFILE_PIX_6_3;
		return release < 803 ? PROFILE_ASA_8_2 : PROFILE_ASA_9_X;
	}
	if (c->statics.n > 0 || c->index->old_nat > 0)
		return PROFILE_ASA_8_2;
	return c->index->new_nat > 0 ? PROFILE_ASA_9_X : PROFILE_ASA_8_2;
}

/* ---- finding ---- */

struct iface *
conf_iface_by_nameif(const struct conf *c, const char *nameif)
{
	return strmap_get(&c->index->nameifs, nameif);
}

struct iface *
conf_iface_by_hw(const struct conf *c, const char *hw)
{
	return strmap_get(&c->index->hw, hw);
}

struct acl *
conf_acl_find(const struct conf *c, const char *name)
{
	return strmap_get(&c->index->acls, name);
}

struct class_map *
conf_class_map_find(const struct conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->class_maps.n; i++) {
		if (strcmp(c->class_maps.v[i]->name, name) == 0)
			return c->class_maps.v[i];
	}
	return NULL;
}

struct policy_map *
conf_policy_map_find(const struct conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->policy_maps.n; i++) {
		if (strcmp(c->policy_maps.v[i]->name, name) == 0)
			return c->policy_maps.v[i];
	}
	return NULL;
}

const struct esmtp_map *
conf_esmtp_map_find(const struct conf *c, const char *name)
{
	size_t i;

	if (name == NULL || strcmp(name, "_default_esmtp_map") == 0)
		return esmtp_default_map(c->sys.default_allow_tls);
	for (i = 0; i < c->esmtp_maps.n; i++) {
		if (strcmp(c->esmtp_maps.v[i]->name, name) == 0)
			return c->esmtp_maps.v[i];
	}
	return NULL;
}

/* ---- names ---- */

static bool
name_to_ip(const void *arg, const char *name, struct ip_addr *a)
{
	const struct conf *c = arg;
	const struct ip_addr *found = strmap_get(&c->index->name_to_ip, name);

	if (found == NULL)
		return false;
	*a = *found;
	return true;
}

static const char *
ip_to_name(const void *arg, const struct ip_addr *a)
{
	const struct conf *c = arg;
	char buf[IP_TEXT_SIZE];

	if (!c->sys.names || c->names.n == 0)
		return NULL;
	return strmap_get(&c->index->ip_to_name, ip_format(a, buf));
}

struct tokenv
conf_tokenv(const struct conf *c)
{
	struct tokenv env = { c, name_to_ip, ip_to_name };

	return env;
}

/* ---- rows ---- */

const struct row_set *
conf_row_sets(size_t *n)
{
	static struct row_set sets[32];
	static size_t count;

	if (count == 0) {
		const struct row_set *all[] = { &line_rows, &sys_rows,
			&names_rows, &timeout_rows, &iface_rows,
			&iface_kept_rows, &route_rows, &acl_rows,
			&acl_extended_rows, &group_rows, &nat_rows, &class_rows,
			&logging_rows, &policy_rows, &inspect_rows, &esmtp_rows,
			&fixup_rows, &clear_rows, &kept_rows, &kept_sub_rows,
			&regex_rows, &tcp_map_rows, &action_rows, &imap_rows };

		for (; count < ARRAY_LEN(all); count++)
			sets[count] = *all[count];
		sets[count++] = imap_made_rows();
	}
	*n = count;
	return sets;
}

const struct fragment *
conf_fragments(size_t *n)
{
	*n = acl_fragments_n;
	return acl_fragments;
}

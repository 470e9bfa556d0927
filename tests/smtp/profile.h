/* SPDX-License-Identifier: ISC
 *
 * Is what harness_profile() takes for a release what policy_compile() makes of
 * it, and the default map of the harness that of the factory's configuration?
 */
#ifndef ASASIM_TESTS_SMTP_PROFILE_H
#define ASASIM_TESTS_SMTP_PROFILE_H

#include "dialogue.h"
#include "policy.h"

static inline void
profile_say(void *arg, unsigned level, const char *text)
{
	(void)arg;
	(void)level;
	(void)text;
}

static inline const struct esmtp_policy *
profile_compiled(const struct policy *p)
{
	const struct pol_class *class;
	unsigned i, k;

	for (i = 0; p->global != NULL && i < p->global->map.n_classes; i++) {
		class = &p->global->map.classes[i];
		for (k = 0; k < class->n_inspects; k++)
			if (class->inspects[k]->esmtp != NULL)
				return class->inspects[k]->esmtp;
	}
	return NULL;
}

static inline bool
profile_same(const struct esmtp_policy *a, const struct esmtp_policy *b)
{
	uint32_t others = 1u << PARAM_OTHERS;
	unsigned i;

	if (a->verbs != b->verbs || a->pipe != b->pipe ||
	    (a->known_params | others) != (b->known_params | others) ||
	    a->keep_banner_blank != b->keep_banner_blank ||
	    a->n_matches != b->n_matches ||
	    a->par.mask_banner != b->par.mask_banner ||
	    a->par.allow_tls != b->par.allow_tls || a->par.mail_relay != NULL ||
	    b->par.mail_relay != NULL ||
	    a->par.special_character != b->par.special_character)
		return false;
	for (i = 0; i < a->n_matches; i++)
		if (strcmp(a->matches[i].text, b->matches[i].text) != 0 ||
		    a->matches[i].m.action != b->matches[i].m.action ||
		    a->matches[i].m.log != b->matches[i].m.log)
			return false;
	return true;
}

static inline bool
profile_agrees(const char *name, enum profile profile)
{
	struct conf *conf = conf_new();
	struct counts counts;
	struct harness h;
	struct policy *p;
	bool ok;

	harness_init(&h);
	harness_profile(&h, name);
	if (profile == PROFILE_PIX_6_3) /* as dialogues have it */
		h.map.matches.n = 0;
	harness_compile(&h);
	conf_load_factory(conf);
	conf->sys.profile = profile;
	count_init(&counts);
	p = policy_compile(conf, &counts, profile_say, NULL);
	ok = profile_compiled(p) != NULL &&
	    profile_same(profile_compiled(p), &h.policy);
	if (!ok)
		printf("FAIL profile %s is not that of the engine\n", name);
	policy_free(p);
	count_fini(&counts);
	conf_free(conf);
	harness_fini(&h);
	return ok;
}

static inline bool
profiles_agree(void)
{
	return profile_agrees("pix-6.3", PROFILE_PIX_6_3) &&
	    profile_agrees("asa-8.2", PROFILE_ASA_8_2) &&
	    profile_agrees("asa-9.x", PROFILE_ASA_9_X);
}

#endif

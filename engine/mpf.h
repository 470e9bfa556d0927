/* SPDX-License-Identifier: ISC
 *
 * Modular Policy Framework: which class gives a flow its inspection.
 *
 * Rules (ASA CLI configuration guide, "Feature Matching Within a Service
 * Policy"): classes of a policy map in order; for the inspection feature a flow
 * uses the first class that matches and carries an inspection that applies; an
 * interface policy beats the global one, on the interface the flow enters or
 * leaves. A flow is judged by its first packet. Exemption is DECISIONS' own:
 * `no inspect P` in a class that had no P.
 */
#ifndef ASASIM_MPF_H
#define ASASIM_MPF_H

#include "acl.h"
#include "policy.h"

struct mpf_flow {
	struct acl_tuple arriving; /* as the first packet looked on arrival */
	struct acl_tuple real;     /* real addresses of both ends */
	int ingress, egress;
};

struct mpf_verdict {
	const struct pol_attachment *attachment;
	const struct pol_class *class;
	const struct pol_inspect *inspect;   /* NULL: not inspected */
	const struct pol_class *exempted_by; /* NULL unless an exemption won */
};

void mpf_classify(
    const struct policy *p, const struct mpf_flow *f, struct mpf_verdict *v);

#endif

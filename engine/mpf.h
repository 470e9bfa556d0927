/* SPDX-License-Identifier: ISC
 *
 * Modular Policy Framework: which classes act on a flow.
 *
 * Rules (ASA CLI configuration guide, "Feature Matching Within a Service
 * Policy"): classes of a policy map in order; for each feature a flow uses the
 * first class that matches and carries it; the exclusive inspections are one
 * feature; an interface policy beats the global one, feature by feature, on the
 * interface the flow enters or leaves. A flow is judged by its first packet.
 * Exemption is asasim's own: `no inspect P` in a class that had no P.
 *
 * Directions (the guide's table): with an interface policy most features hold
 * for flows that enter or leave; policing of input for those that enter,
 * policing of output and priority for those that leave. With the global policy
 * all interfaces have it, so that entering is enough.
 */
#ifndef ASASIM_MPF_H
#define ASASIM_MPF_H

#include "acl.h"
#include "policy.h"

struct mpf_flow {
	struct acl_tuple arriving; /* as the first packet looked on arrival */
	struct acl_tuple real;     /* real addresses of both ends */
	uint8_t tos;               /* of the first packet */
	int ingress, egress;       /* -1 = unknown */
};

/* Features besides the exclusive inspections. */
enum mpf_feature {
	MPF_CONN_LIMITS,
	MPF_CONN_TIMEOUTS,
	MPF_TCP_NORMALIZER, /* advanced-options: a tcp-map, or no checks */
	MPF_DECREMENT_TTL,
	MPF_POLICE_INPUT,
	MPF_POLICE_OUTPUT,
	MPF_PRIORITY,
	MPF_IP_OPTIONS, /* inspections that go with any other */
	MPF_IPV6,
	MPF_WAAS,
	MPF_FEATURE_COUNT
};

struct mpf_use {
	const struct pol_attachment *attachment; /* NULL: no class has it */
	const struct pol_class *class;
};

struct mpf_verdict {
	const struct pol_attachment *attachment;
	const struct pol_class *class;
	const struct pol_inspect *inspect;   /* NULL: not inspected */
	const struct pol_class *exempted_by; /* NULL unless an exemption won */
	struct mpf_use features[MPF_FEATURE_COUNT];
};

/* For a flow made up by hand: f->arriving is given; finds out the interfaces,
 * by the routes, unless they are set, and the real addresses. */
void mpf_resolve(const struct policy *p, struct mpf_flow *f);

void mpf_classify(
    const struct policy *p, const struct mpf_flow *f, struct mpf_verdict *v);

/* Does the class match the flow? For screens that explain a verdict. */
bool mpf_class_matches(const struct policy *p, const struct pol_class *c,
    const struct mpf_flow *f);

#endif

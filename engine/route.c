/* SPDX-License-Identifier: ISC */
#include "route.h"

int
route_lookup(const struct policy *pol, const struct ip_addr *a)
{
	unsigned i;

	for (i = 0; i < pol->n_routes; i++) {
		if (ip_in_net(
			a, &pol->routes[i].net, pol->routes[i].prefix_length))
			return pol->routes[i].iface;
	}
	return -1;
}

int
route_default_ingress(const struct policy *pol, int egress)
{
	int best = -1;
	unsigned i;

	for (i = 0; i < pol->n_ifaces; i++) {
		if ((int)i == egress || pol->ifaces[i].down)
			continue;
		if (best < 0 ||
		    pol->ifaces[i].security_level <
			pol->ifaces[best].security_level)
			best = (int)i;
	}
	return best;
}

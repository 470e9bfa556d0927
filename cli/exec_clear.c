/* SPDX-License-Identifier: ISC
 *
 * clear: counters, connections, the log. (`clear configure` is the parser's.)
 */
#include <string.h>

#include "session.h"

struct clear_args {
	uint8_t where; /* 1 global, 2 interface */
	char *name;
	bool word;
};
BIND(bind_clear, struct clear_args, FIELD(struct clear_args, F_BRANCH, where),
    FIELD(struct clear_args, F_STR, name),
    FIELD(struct clear_args, F_BOOL, word));

static void
clear_service_policy(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct clear_args *a = args;

	if (a->where == 2 &&
	    conf_iface_by_nameif(s->device->conf, a->name) == NULL) {
		session_invalid(s, 3);
		return;
	}
	/* The engine knows the global policy by the name "*". */
	engine_clear_service_policy(s->device->engine,
	    a->where == 0       ? NULL
		: a->where == 1 ? "*"
				: a->name);
}

static void
clear_access_list(
    void *session, const struct row *row UNUSED, void *args, bool no UNUSED)
{
	struct session *s = session;
	const struct clear_args *a = args;
	const struct policy *p = engine_policy(s->device->engine);
	struct counts *counts = engine_counts(s->device->engine);
	unsigned i, j;

	for (i = 0; i < p->n_acls; i++) {
		if (strcmp(p->acls[i]->name, a->name) != 0)
			continue;
		for (j = 0; j < p->acls[i]->n; j++)
			count_clear(counts, p->acls[i]->aces[j].hits);
		return;
	}
	session_error(s, "access-list <%s> does not exist", a->name);
}

static void
clear_drops(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	engine_clear_drops(s->device->engine);
	s->device->drops_cleared = device_now(s->device);
}

static void
clear_conn(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	uint32_t in_use, most_used;

	engine_conn_usage(s->device->engine, &in_use, &most_used);
	engine_clear_conns(s->device->engine);
	out_printf(&s->out, "%u connection(s) deleted.\n", in_use);
}

static void
clear_log(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;

	logbuf_clear(&s->device->logger.buf);
}

/* clang-format off */
#define CLEAR_HELP "Reset functions\n"
static const struct row rows[] = {
	{ &mode_exec,
	  "clear service-policy [<global | interface NAME:name>:where]",
	  CLEAR_HELP
	  "Counters of service policies\n"
	  "Only the global policy\n"
	  "Only the policy of an interface\n"
	  "Name of the interface\n",
	  &bind_clear, .exec = clear_service_policy, .flags = ROW_NO_NO },
	{ &mode_exec, "clear access-list NAME:name counters",
	  CLEAR_HELP
	  "Access list\n"
	  "Access list name\n"
	  "Hit counters\n",
	  &bind_clear, .exec = clear_access_list, .flags = ROW_NO_NO },
	{ &mode_exec, "clear asp drop [<frame | flow>:where]",
	  CLEAR_HELP
	  "Accelerated security path\n"
	  "Drop counters\n"
	  "Frame drops\n"
	  "Flow drops\n",
	  &bind_clear, .exec = clear_drops, .flags = ROW_NO_NO },
	{ &mode_exec, "clear conn [all]:word",
	  CLEAR_HELP
	  "Connections\n"
	  "All connections\n",
	  &bind_clear, .exec = clear_conn, .flags = ROW_NO_NO },
	{ &mode_exec, "clear logging buffer",
	  CLEAR_HELP
	  "Logging\n"
	  "Internal log buffer\n",
	  .exec = clear_log, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set rows_clear = { rows, ARRAY_LEN(rows) };

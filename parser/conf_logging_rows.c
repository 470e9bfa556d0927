/* SPDX-License-Identifier: ISC
 *
 * The lines of `logging`, and what they do to the model.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "conf_logging_int.h"
#include "log_class.h"
#include "names.h"

/* ---- settings ---- */

BIND(bind_log, struct log_args, FIELD(struct log_args, F_U32, console),
    FIELD(struct log_args, F_U32, monitor),
    FIELD(struct log_args, F_U32, buffered),
    FIELD(struct log_args, F_U32, trap), FIELD(struct log_args, F_U32, history),
    FIELD(struct log_args, F_U32, asdm), FIELD(struct log_args, F_U32, mail),
    FIELD(struct log_args, F_STR, name), FIELD(struct log_args, F_STR, text),
    FIELD(struct log_args, F_STR, port), FIELD(struct log_args, F_IP, addr),
    FIELD(struct log_args, F_U32, n), FIELD(struct log_args, F_U32, seconds),
    FIELD(struct log_args, F_U32, id), FIELD(struct log_args, F_MASK, to),
    FIELD(struct log_args, F_BRANCH, k),
    FIELD(struct log_args, F_BRANCH, class),
    FIELD(struct log_args, F_BRANCH, dest),
    FIELD(struct log_args, F_BRANCH, what),
    FIELD(struct log_args, F_BOOL, flag),
    FIELD(struct log_args, F_BOOL, secure));

/* Where a row's setting lies: offsets in struct conf_logging. */
struct log_setting {
	size_t flag; /* a bool */
	size_t more; /* of the optional word; 0: none */
};

static bool *
flag_at(struct conf_logging *l, size_t offset)
{
	return (bool *)(void *)((char *)l + offset);
}

static int
flag_apply(struct conf *c, struct confctx *ctx UNUSED, const struct row *row,
    void *args, bool no, struct cerr *e UNUSED)
{
	const struct log_setting *s = row->data;
	const struct log_args *a = args;

	*flag_at(&c->logging, s->flag) = !no;
	if (s->more != 0)
		*flag_at(&c->logging, s->more) = !no && a->flag;
	changed(c);
	return 0;
}

static int
hide_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args UNUSED, bool no,
    struct cerr *e UNUSED)
{
	c->logging.hide_username = no ? 2 : 1;
	changed(c);
	return 0;
}

static int
number_apply(struct conf *c, struct confctx *ctx UNUSED, const struct row *row,
    void *args, bool no, struct cerr *e UNUSED)
{
	const struct log_number *n = row->data;
	const struct log_args *a = args;
	char *base = (char *)&c->logging;

	*(uint32_t *)(void *)(base + n->offset) = no ? n->standard : a->n;
	changed(c);
	return 0;
}

static int
dest_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct log_args *a = args;
	struct log_filter *to = &c->logging.to[a->dest - 1];

	if (!no && a->name != NULL &&
	    log_list_find(&c->logging, a->name) == NULL)
		return refuse_at(e, 2);
	to->level = !no && a->name == NULL ? (int)a->n : -1;
	str_set(&to->list, no ? NULL : a->name);
	changed(c);
	return 0;
}

/* An interface that a line names must be there, unless none is configured at
 * all: then the lines are an excerpt, or a bare capture is inspected. */
static int
need_interface(
    struct conf *c, struct confctx *ctx, const char *nameif, struct cerr *e)
{
	return c->ifaces.n == 0 ? 0 : need_nameif(c, ctx, nameif, e);
}

static int
device_id_apply(struct conf *c, struct confctx *ctx,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct conf_logging *l = &c->logging;
	struct log_args *a = args;

	if (!no && a->k == LOG_ID_ADDRESS &&
	    need_interface(c, ctx, a->name, e) != 0)
		return -1;
	/* The guide's limit; blanks cannot stand in it. */
	if (!no && a->k == LOG_ID_STRING && strlen(a->text) > 16)
		return refuse_at(e, 3);
	l->device_id = no ? LOG_ID_NONE : (enum log_device_id)a->k;
	str_set(&l->device_text,
	    no                           ? NULL
		: a->k == LOG_ID_ADDRESS ? a->name
		: a->k == LOG_ID_STRING  ? a->text
					 : NULL);
	l->device_system = !no && a->k == LOG_ID_ADDRESS && a->flag;
	changed(c);
	return 0;
}

/* ---- lists ---- */

static void
read_entry(const struct log_args *a, struct log_list_entry *entry)
{
	char *end;

	memset(entry, 0, sizeof(*entry));
	entry->level = entry->class = -1;
	if (a->k == 1) {
		entry->level = (int)a->n;
		if (a->class != 0)
			entry->class = a->class - 1;
		return;
	}
	entry->first = entry->last = (uint32_t)strtoul(a->text, &end, 10);
	if (*end == '-')
		entry->last = (uint32_t)strtoul(end + 1, NULL, 10);
}

static bool
entry_find(
    const struct log_list *list, const struct log_list_entry *e, size_t *at)
{
	for (*at = 0; *at < list->entries.n; (*at)++) {
		const struct log_list_entry *o = &list->entries.v[*at];

		if (o->level == e->level && o->class == e->class &&
		    o->first == e->first && o->last == e->last)
			return true;
	}
	return false;
}

/* A list that a destination uses stays. */
static int
list_remove(struct conf *c, struct log_list *list, struct cerr *e)
{
	struct conf_logging *l = &c->logging;
	size_t i;

	for (i = 0; i < LOGTO_COUNT; i++) {
		if (str_eq(l->to[i].list, list->name))
			return refuse(
			    e, "logging list %s is in use", list->name);
	}
	for (i = 0; l->lists.v[i] != list;)
		i++;
	VEC_REMOVE(&l->lists, i);
	log_list_free(list);
	changed(c);
	return 0;
}

static int
list_no(struct conf *c, struct log_list *list, const struct log_args *a,
    struct cerr *e)
{
	struct log_list_entry entry;
	size_t at;

	if (a->k == 0)
		return list_remove(c, list, e);
	read_entry(a, &entry);
	if (!entry_find(list, &entry, &at))
		return 0;
	if (list->entries.n == 1)
		return list_remove(c, list, e);
	VEC_REMOVE(&list->entries, at);
	changed(c);
	return 0;
}

static int
list_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e)
{
	struct log_args *a = args;
	struct log_list *list = log_list_find(&c->logging, a->name);
	struct log_list_entry entry;
	size_t at;

	if (no)
		return list == NULL ? refuse_at(e, 3) : list_no(c, list, a, e);
	/* It could not be told from a level. */
	if (name_to_severity(a->name) >= 0)
		return refuse_at(e, 2);
	read_entry(a, &entry);
	if (entry.first > entry.last)
		return refuse_at(e, 4);
	if (list == NULL) {
		list = xcalloc(1, sizeof(*list));
		list->name = xstrdup(a->name);
		*VEC_PUSH(&c->logging.lists) = list;
	}
	if (!entry_find(list, &entry, &at))
		*VEC_PUSH(&list->entries) = entry;
	changed(c);
	return 0;
}

/* ---- classes ---- */

static struct log_class_rule *
rule_find(struct conf_logging *l, unsigned class, size_t *at)
{
	for (*at = 0; *at < l->classes.n; (*at)++) {
		if (l->classes.v[*at].class == class)
			return &l->classes.v[*at];
	}
	return NULL;
}

static bool
rule_is_empty(const struct log_class_rule *rule)
{
	unsigned i;

	for (i = 0; i < LOGTO_COUNT; i++) {
		if (rule->level[i] >= 0)
			return false;
	}
	return true;
}

static int
class_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct conf_logging *l = &c->logging;
	const struct log_args *a = args;
	struct log_class_rule *rule;
	uint32_t to = a->to;
	size_t at;
	unsigned i;

	rule = rule_find(l, a->class - 1u, &at);
	if (rule == NULL && no)
		return 0;
	if (rule == NULL) {
		rule = VEC_PUSH(&l->classes);
		rule->class = a->class - 1u;
		for (i = 0; i < LOGTO_COUNT; i++)
			rule->level[i] = -1;
	}
	if (no && to == 0)
		to = (1u << LOGTO_COUNT) - 1;
	for (i = 0; i < LOGTO_COUNT; i++) {
		if (to >> i & 1)
			rule->level[i] = no ? -1 : (int)a->level[i];
	}
	if (rule_is_empty(rule))
		VEC_REMOVE(&l->classes, at);
	changed(c);
	return 0;
}

/* ---- messages ---- */

static struct log_message *
message_get(struct conf *c, uint32_t id, bool make)
{
	struct log_message *m;
	char key[16];

	snprintf(key, sizeof(key), "%u", id);
	m = strmap_get(&c->index->log_messages, key);
	if (m == NULL && make) {
		m = xcalloc(1, sizeof(*m));
		m->id = id;
		m->level = -1;
		*VEC_PUSH(&c->logging.messages) = m;
		strmap_set(&c->index->log_messages, key, m);
	}
	return m;
}

/* A message that is again as the factory has it need not be remembered. */
static void
message_settle(struct conf *c, struct log_message *m)
{
	struct conf_logging *l = &c->logging;
	char key[16];
	size_t i;

	changed(c);
	if (m->off || m->no_standby || m->level >= 0)
		return;
	snprintf(key, sizeof(key), "%u", m->id);
	strmap_del(&c->index->log_messages, key);
	for (i = 0; l->messages.v[i] != m;)
		i++;
	VEC_REMOVE(&l->messages, i);
	free(m);
}

/* logging message ID switches it on, with a level it changes the level and
 * nothing else; `no` likewise (command reference, logging message). */
static int
message_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	const struct log_args *a = args;
	struct log_message *m;

	m = message_get(c, a->id, a->flag ? !no : no);
	if (m == NULL)
		return 0;
	if (a->flag)
		m->level = no ? -1 : (int)a->n;
	else
		m->off = no;
	message_settle(c, m);
	return 0;
}

static int
message_standby_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	const struct log_args *a = args;
	struct log_message *m = message_get(c, a->id, no);

	if (m == NULL)
		return 0;
	m->no_standby = no;
	message_settle(c, m);
	return 0;
}

/* clear configure logging disabled | level */
static int
clear_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no UNUSED,
    struct cerr *e UNUSED)
{
	const struct log_args *a = args;
	size_t i;

	for (i = c->logging.messages.n; i-- > 0;) {
		struct log_message *m = c->logging.messages.v[i];

		if (a->k == 1)
			m->off = false;
		else
			m->level = -1;
		message_settle(c, m);
	}
	return 0;
}

static int
rate_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	struct conf_logging *l = &c->logging;
	const struct log_args *a = args;
	bool by_id = a->what == 2;
	uint32_t key = by_id ? a->id : a->trap;
	struct log_rate *r = NULL;
	size_t i;

	for (i = 0; i < l->rates.n && r == NULL; i++) {
		if (l->rates.v[i].by_id == by_id && l->rates.v[i].key == key)
			r = &l->rates.v[i];
	}
	if (no) {
		if (r != NULL)
			VEC_REMOVE(&l->rates, (size_t)(r - l->rates.v));
		changed(c);
		return 0;
	}
	if (r == NULL)
		r = VEC_PUSH(&l->rates);
	r->by_id = by_id;
	r->key = key;
	r->n = a->k == 1 ? 0 : a->n;
	r->seconds = a->k != 1 && a->flag ? a->seconds : 1;
	changed(c);
	return 0;
}

/* ---- syslog servers ---- */

static int
host_no(struct conf *c, const struct log_args *a)
{
	struct conf_logging *l = &c->logging;
	size_t i;

	for (i = 0; i < l->hosts.n; i++) {
		if (strcmp(l->hosts.v[i].ifname, a->name) != 0 ||
		    !ip_eq(&l->hosts.v[i].addr, &a->addr))
			continue;
		log_host_fini(&l->hosts.v[i]);
		VEC_REMOVE(&l->hosts, i);
		changed(c);
		break;
	}
	return 0;
}

/* A server is an address behind an interface: a second line for it changes
 * port and format. */
static struct log_host *
host_get(struct conf_logging *l, const struct log_args *a)
{
	struct log_host *h;
	size_t i;

	for (i = 0; i < l->hosts.n; i++) {
		h = &l->hosts.v[i];
		if (strcmp(h->ifname, a->name) == 0 &&
		    ip_eq(&h->addr, &a->addr))
			return h;
	}
	h = VEC_PUSH(&l->hosts);
	h->ifname = xstrdup(a->name);
	h->addr = a->addr;
	return h;
}

static int
host_apply(struct conf *c, struct confctx *ctx, const struct row *row UNUSED,
    void *args, bool no, struct cerr *e)
{
	struct log_args *a = args;
	struct log_host *h;
	unsigned proto = IPPROTO_UDP, port = LOG_UDP_PORT;

	if (no)
		return host_no(c, a);
	if (need_interface(c, ctx, a->name, e) != 0)
		return -1;
	if (a->port != NULL)
		sscanf(a->port, "%u/%u", &proto, &port);
	if (proto == IPPROTO_TCP && a->flag)
		return refuse_at(e, word_index(ctx, "format"));
	if (proto == IPPROTO_UDP && a->secure)
		return refuse_at(e, word_index(ctx, "secure"));
	h = host_get(&c->logging, a);
	h->proto = (uint8_t)proto;
	h->port = (uint16_t)port;
	h->emblem = a->flag;
	h->secure = a->secure;
	str_set(&h->reference, a->text);
	changed(c);
	return 0;
}

static int
send_apply(struct conf *c, struct confctx *ctx UNUSED,
    const struct row *row UNUSED, void *args, bool no, struct cerr *e UNUSED)
{
	const struct log_args *a = args;

	c->logging.send = !no && a->k == 1;
	changed(c);
	return 0;
}

/* ---- rows ---- */

#define SETTING(member, other)                                                 \
	&(const struct log_setting)                                            \
	{                                                                      \
		offsetof(struct conf_logging, member), other                   \
	}
#define MORE(member) offsetof(struct conf_logging, member)
#define NUMBER(member, standard)                                               \
	&(const struct log_number)                                             \
	{                                                                      \
		offsetof(struct conf_logging, member), standard                \
	}

/* clang-format off */
#define LOGGING_HELP "Configure logging levels, recipients and other options\n"
#define ID "INT<100000-999999>"

static const struct row rows[] = {
	[R_ENABLE] = { &mode_config, "logging enable",
	  LOGGING_HELP
	  "Enable logging to all output locations\n",
	  .apply = flag_apply, .data = SETTING(enable, 0) },
	[R_ON] = { &mode_config, "logging on", NULL,
	  .apply = flag_apply, .data = SETTING(enable, 0),
	  .flags = ROW_HIDDEN },
	[R_TIMESTAMP] = { &mode_config, "logging timestamp [rfc5424]:flag",
	  LOGGING_HELP
	  "Enable logging timestamp on log messages\n"
	  "In the form of RFC 5424\n",
	  &bind_log, .apply = flag_apply,
	  .data = SETTING(timestamp, MORE(rfc5424)) },
	[R_STANDBY] = { &mode_config, "logging standby",
	  LOGGING_HELP
	  "Enable logging on the standby unit (kept, not simulated)\n",
	  .apply = flag_apply, .data = SETTING(standby, 0) },
	[R_EMBLEM] = { &mode_config, "logging emblem",
	  LOGGING_HELP
	  "EMBLEM format for all locations but syslog servers\n",
	  .apply = flag_apply, .data = SETTING(emblem, 0) },
	[R_HIDE] = { &mode_config, "logging hide username",
	  LOGGING_HELP
	  "Hide data in log messages\n"
	  "User names that may not be valid\n",
	  .apply = hide_apply },
	[R_TRACE] = { &mode_config, "logging debug-trace [persistent]:flag",
	  LOGGING_HELP
	  "Debug output as log messages (kept, not simulated)\n"
	  "Also when the session has ended\n",
	  &bind_log, .apply = flag_apply,
	  .data = SETTING(debug_trace, MORE(debug_persistent)) },
	[R_HOSTDOWN] = { &mode_config, "logging permit-hostdown",
	  LOGGING_HELP
	  "New connections also when a TCP syslog server is down\n",
	  .apply = flag_apply, .data = SETTING(permit_hostdown, 0) },
	[R_BUFFER_SIZE] = { &mode_config,
	  "logging buffer-size INT<4096-52428800>:n",
	  LOGGING_HELP
	  "Specify logging memory buffer size\n"
	  "Size in bytes\n",
	  &bind_log, .apply = number_apply,
	  .data = NUMBER(buffer_size, LOG_BUFFER_SIZE),
	  .no_syntax = "logging buffer-size [INT<4096-52428800>]" },
	[R_ASDM_SIZE] = { &mode_config, "logging asdm-buffer-size INT<100-512>:n",
	  LOGGING_HELP
	  "Messages that ASDM may fetch (kept, not simulated)\n"
	  "Number of messages\n",
	  &bind_log, .apply = number_apply,
	  .data = NUMBER(asdm_size, LOG_ASDM_SIZE),
	  .no_syntax = "logging asdm-buffer-size [INT<100-512>]" },
	[R_FACILITY] = { &mode_config, "logging facility INT<16-23>:n",
	  LOGGING_HELP
	  "Facility of messages to syslog servers\n"
	  "16 is LOCAL0, 23 is LOCAL7\n",
	  &bind_log, .apply = number_apply,
	  .data = NUMBER(facility, LOG_FACILITY),
	  .no_syntax = "logging facility [INT<16-23>]" },
	[R_QUEUE] = { &mode_config, "logging queue INT<0-8192>:n",
	  LOGGING_HELP
	  "Messages that may wait for a syslog server\n"
	  "Number of messages, 0 for the most there can be\n",
	  &bind_log, .apply = number_apply,
	  .data = NUMBER(queue, LOG_QUEUE),
	  .no_syntax = "logging queue [INT<0-8192>]" },
	[R_DEST] = { &mode_config,
	  "logging <console|monitor|buffered|trap|history|asdm|mail>:dest "
	  "<SEVERITY:n|NAME<64>:name>:k",
	  LOGGING_HELP
	  "Set console logging level or list\n"
	  "Set terminal line (monitor) logging level or list\n"
	  "Set buffer logging level or list\n"
	  "Set syslog server logging level or list\n"
	  "Set SNMP message level or list (kept, not simulated)\n"
	  "Set ASDM logging level or list (kept, not simulated)\n"
	  "Set mail logging level or list (kept, not simulated)\n"
	  "Severity\n"
	  "Name of a list\n",
	  &bind_log, .apply = dest_apply,
	  .no_syntax =
	  "logging <console|monitor|buffered|trap|history|asdm|mail>:dest "
	  "[<SEVERITY:n|NAME<64>:name>:k]" },
	[R_DEVICE_ID] = { &mode_config,
	  "logging device-id <hostname|context-name|cluster-id|"
	  "ipaddress IFNAME:name [system]:flag|string WORD:text>:k",
	  LOGGING_HELP
	  "Name the device in each message that is not in EMBLEM format\n"
	  "Its host name\n"
	  "The name of its context\n"
	  "Its name in the cluster\n"
	  "The address of an interface\n"
	  "Name of the interface\n"
	  "That of the cluster\n"
	  "A text\n"
	  "Up to 16 characters\n",
	  &bind_log, .apply = device_id_apply,
	  .no_syntax = "logging device-id [<hostname|context-name|cluster-id|"
	  "ipaddress IFNAME:name [system]:flag|string WORD:text>:k]" },
	[R_LIST] = { &mode_config,
	  "logging list NAME<64>:name "
	  "<level SEVERITY:n [class " CLASS_SYNTAX "]|message MSGIDS:text>:k",
	  LOGGING_HELP
	  "List of messages, for destinations\n"
	  "Name of the list\n"
	  "Messages up to a level\n"
	  "Severity\n"
	  "Of a class only\n"
	  CLASS_HELP
	  "Messages by their number\n"
	  "A number, or the first and the last\n",
	  &bind_log, .apply = list_apply,
	  .no_syntax = "logging list NAME<64>:name "
	  "[<level SEVERITY:n [class " CLASS_SYNTAX "]|message MSGIDS:text>:k]" },
	[R_CLASS] = { &mode_config,
	  "logging class " CLASS_SYNTAX " "
	  "{console SEVERITY:console|monitor SEVERITY:monitor|"
	  "buffered SEVERITY:buffered|trap SEVERITY:trap|"
	  "history SEVERITY:history|asdm SEVERITY:asdm|mail SEVERITY:mail}:to",
	  LOGGING_HELP
	  "Levels for the messages of a class\n"
	  CLASS_HELP
	  "To the console\n" "Severity\n"
	  "To terminals\n" "Severity\n"
	  "To the buffer\n" "Severity\n"
	  "To syslog servers\n" "Severity\n"
	  "To SNMP\n" "Severity\n"
	  "To ASDM\n" "Severity\n"
	  "By mail\n" "Severity\n",
	  &bind_log, .apply = class_apply,
	  .no_syntax = "logging class " CLASS_SYNTAX " "
	  "{console [SEVERITY]|monitor [SEVERITY]|buffered [SEVERITY]|"
	  "trap [SEVERITY]|history [SEVERITY]|asdm [SEVERITY]|"
	  "mail [SEVERITY]}+:to" },
	[R_MESSAGE] = { &mode_config,
	  "logging message " ID ":id [level SEVERITY:n]:flag",
	  LOGGING_HELP
	  "Switch a message on, or change its level\n"
	  "Number of the message\n"
	  "Change its level\n"
	  "Severity\n",
	  &bind_log, .apply = message_apply,
	  .no_syntax = "logging message " ID ":id [level [SEVERITY]]:flag" },
	[R_MESSAGE_STANDBY] = { &mode_config,
	  "logging message " ID ":id standby",
	  LOGGING_HELP
	  "Switch a message on, or change its level\n"
	  "Number of the message\n"
	  "On the standby unit (kept, not simulated)\n",
	  &bind_log, .apply = message_standby_apply },
	[R_RATE] = { &mode_config,
	  "logging rate-limit <unlimited|INT<1-2147483647>:n "
	  "[INT<1-2147483647>:seconds]:flag>:k "
	  "<level SEVERITY:trap|message " ID ":id>:what",
	  LOGGING_HELP
	  "Limit how often messages are generated\n"
	  "No limit\n"
	  "Number of messages\n"
	  "Interval in seconds\n"
	  "Messages of a level\n"
	  "Severity\n"
	  "One message\n"
	  "Number of the message\n",
	  &bind_log, .apply = rate_apply,
	  .no_syntax = "logging rate-limit [<unlimited|INT<1-2147483647>:n "
	  "[INT<1-2147483647>:seconds]:flag>:k] "
	  "<level SEVERITY:trap|message " ID ":id>:what" },
	[R_HOST] = { &mode_config,
	  "logging host IFNAME:name IPANY:addr [LOGPORT:port] "
	  "[format emblem]:flag [secure [reference-identity NAME:text]]:secure",
	  LOGGING_HELP
	  "Syslog server; see also simulator logging-host\n"
	  "Interface that leads to it\n"
	  "Address of the server\n"
	  "Protocol and port, udp/514 if none is given\n"
	  "Format of messages\n"
	  "EMBLEM\n"
	  "Over TLS (kept, not simulated)\n"
	  "What the server's certificate must say\n"
	  "Name of the reference identity\n",
	  &bind_log, .apply = host_apply },
	[R_SEND] = { &mode_exec, "simulator logging-host <send|keep>:k",
	  "Settings of the simulator\n"
	  "What becomes of messages to syslog servers (logging host)\n"
	  "Send them, from this machine, to the real address\n"
	  "Count them; nothing is sent\n",
	  &bind_log, .apply = send_apply,
	  .no_syntax = "simulator logging-host [<send|keep>:k]", .flags = ROW_STAY },
	[R_CLEAR] = { &mode_config, "clear configure logging <disabled|level>:k",
	  "Reset functions\n"
	  "Clear the configuration\n"
	  "Logging\n"
	  "Switch all messages on\n"
	  "Give all messages their own level\n",
	  &bind_log, .apply = clear_apply, .flags = ROW_NO_NO },
};
/* clang-format on */
const struct row_set logging_rows = { rows, ARRAY_LEN(rows) };

/* SPDX-License-Identifier: ISC
 *
 * logging: the model, and how the running config prints it.
 */
#include "conf_logging.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf_int.h"
#include "conf_logging_int.h"

/* ---- the model ---- */

void
logging_init(struct conf_logging *l)
{
	unsigned i;

	memset(l, 0, sizeof(*l));
	l->buffer_size = LOG_BUFFER_SIZE;
	l->asdm_size = LOG_ASDM_SIZE;
	l->facility = LOG_FACILITY;
	l->queue = LOG_QUEUE;
	for (i = 0; i < LOGTO_COUNT; i++)
		l->to[i].level = -1;
}

void
log_list_free(struct log_list *list)
{
	free(list->name);
	VEC_FREE(&list->entries);
	free(list);
}

void
log_host_fini(struct log_host *h)
{
	free(h->ifname);
	free(h->reference);
}

void
logging_fini(struct conf_logging *l)
{
	size_t i;

	for (i = 0; i < LOGTO_COUNT; i++)
		free(l->to[i].list);
	free(l->device_text);
	for (i = 0; i < l->lists.n; i++)
		log_list_free(l->lists.v[i]);
	VEC_FREE(&l->lists);
	VEC_FREE(&l->classes);
	for (i = 0; i < l->messages.n; i++)
		free(l->messages.v[i]);
	VEC_FREE(&l->messages);
	VEC_FREE(&l->rates);
	for (i = 0; i < l->hosts.n; i++)
		log_host_fini(&l->hosts.v[i]);
	VEC_FREE(&l->hosts);
}

void
logging_clear(struct conf *c)
{
	/* The simulator's own setting is no logging line. */
	bool send = c->logging.send;

	strmap_clear(&c->index->log_messages, NULL);
	logging_fini(&c->logging);
	logging_init(&c->logging);
	c->logging.send = send;
}

struct log_list *
log_list_find(const struct conf_logging *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->lists.n; i++) {
		if (strcmp(l->lists.v[i]->name, name) == 0)
			return l->lists.v[i];
	}
	return NULL;
}

/* An interface's name goes: so do the servers behind it. */
void
logging_iface_drop(struct conf *c, const char *nameif)
{
	struct conf_logging *l = &c->logging;
	size_t i;

	for (i = l->hosts.n; i-- > 0;) {
		if (strcmp(l->hosts.v[i].ifname, nameif) == 0) {
			log_host_fini(&l->hosts.v[i]);
			VEC_REMOVE(&l->hosts, i);
		}
	}
	if (l->device_id == LOG_ID_ADDRESS &&
	    strcmp(l->device_text, nameif) == 0) {
		l->device_id = LOG_ID_NONE;
		str_set(&l->device_text, NULL);
	}
}

void
logging_iface_rename(struct conf *c, const char *old, const char *new)
{
	struct conf_logging *l = &c->logging;
	size_t i;

	for (i = 0; i < l->hosts.n; i++) {
		if (strcmp(l->hosts.v[i].ifname, old) == 0)
			str_set(&l->hosts.v[i].ifname, new);
	}
	if (l->device_id == LOG_ID_ADDRESS && strcmp(l->device_text, old) == 0)
		str_set(&l->device_text, new);
}

/* ---- printing ---- */

static void
emit_flag(struct emitter *em, unsigned row, bool on, bool more)
{
	struct log_args a = { .flag = more };
	const void *args = logging_rows.rows[row].bind != NULL ? &a : NULL;

	if (on)
		emit_row(em, 0, &logging_rows.rows[row], args);
	else if (em->all)
		emit_no_row(em, 0, &logging_rows.rows[row], args);
}

static void
emit_number(struct emitter *em, unsigned row, uint32_t n)
{
	const struct log_number *number = logging_rows.rows[row].data;
	struct log_args a = { .n = n };

	if (n != number->standard || em->all)
		emit_row(em, 0, &logging_rows.rows[row], &a);
}

static void
emit_lists(const struct conf_logging *l, struct emitter *em)
{
	size_t i, j;

	for (i = 0; i < l->lists.n; i++) {
		const struct log_list *list = l->lists.v[i];

		for (j = 0; j < list->entries.n; j++) {
			const struct log_list_entry *e = &list->entries.v[j];
			struct log_args a = { .name = list->name,
				.k = e->level >= 0 ? 1 : 2,
				.n = (uint32_t)MAX(e->level, 0),
				.class = (uint8_t)(e->class + 1) };
			char ids[32];

			if (e->first == e->last)
				snprintf(ids, sizeof(ids), "%u", e->first);
			else
				snprintf(ids, sizeof(ids), "%u-%u", e->first,
				    e->last);
			a.text = ids;
			emit_row(em, 0, &logging_rows.rows[R_LIST], &a);
		}
	}
}

static void
dest_args(const struct conf_logging *l, unsigned dest, struct log_args *a)
{
	const struct log_filter *to = &l->to[dest];

	memset(a, 0, sizeof(*a));
	a->dest = (uint8_t)(dest + 1);
	a->name = to->list;
	a->n = (uint32_t)MAX(to->level, 0);
	a->k = to->list != NULL ? 2 : to->level >= 0 ? 1 : 0;
}

static void
emit_dests(const struct conf_logging *l, struct emitter *em)
{
	struct log_args a;
	unsigned i;

	for (i = 0; i < LOGTO_COUNT; i++) {
		dest_args(l, i, &a);
		if (a.k != 0)
			emit_row(em, 0, &logging_rows.rows[R_DEST], &a);
		else if (em->all)
			emit_no_row(em, 0, &logging_rows.rows[R_DEST], &a);
	}
}

static void
emit_device_id(const struct conf_logging *l, struct emitter *em)
{
	struct log_args a = { .k = (uint8_t)l->device_id,
		.name = l->device_text,
		.text = l->device_text,
		.flag = l->device_system };

	if (l->device_id != LOG_ID_NONE)
		emit_row(em, 0, &logging_rows.rows[R_DEVICE_ID], &a);
	else if (em->all)
		emit_no_row(em, 0, &logging_rows.rows[R_DEVICE_ID], &a);
}

static void
host_args(const struct log_host *h, struct log_args *a, char port[16])
{
	memset(a, 0, sizeof(*a));
	a->name = h->ifname;
	a->addr = h->addr;
	a->flag = h->emblem;
	a->secure = h->secure;
	a->text = h->reference;
	if (h->proto == IPPROTO_UDP && h->port == LOG_UDP_PORT)
		return;
	snprintf(port, 16, "%u/%u", h->proto, h->port);
	a->port = port;
}

static void
emit_hosts(const struct conf_logging *l, struct emitter *em)
{
	struct log_args a;
	char port[16];
	size_t i;

	for (i = 0; i < l->hosts.n; i++) {
		host_args(&l->hosts.v[i], &a, port);
		emit_row(em, 0, &logging_rows.rows[R_HOST], &a);
	}
}

static void
emit_classes(const struct conf_logging *l, struct emitter *em)
{
	size_t i;
	unsigned d;

	for (i = 0; i < l->classes.n; i++) {
		const struct log_class_rule *rule = &l->classes.v[i];
		struct log_args a = { .class = (uint8_t)(rule->class + 1) };

		for (d = 0; d < LOGTO_COUNT; d++) {
			if (rule->level[d] < 0)
				continue;
			a.to |= 1u << d;
			a.level[d] = (uint32_t)rule->level[d];
		}
		emit_row(em, 0, &logging_rows.rows[R_CLASS], &a);
	}
}

static void
emit_messages(const struct conf_logging *l, struct emitter *em)
{
	size_t i;

	for (i = 0; i < l->messages.n; i++) {
		const struct log_message *m = l->messages.v[i];
		struct log_args a = { .id = m->id };

		if (m->off)
			emit_no_row(em, 0, &logging_rows.rows[R_MESSAGE], &a);
		if (m->no_standby)
			emit_no_row(
			    em, 0, &logging_rows.rows[R_MESSAGE_STANDBY], &a);
	}
	for (i = 0; i < l->messages.n; i++) {
		const struct log_message *m = l->messages.v[i];
		struct log_args a = { .id = m->id,
			.flag = true,
			.n = (uint32_t)MAX(m->level, 0) };

		if (m->level >= 0)
			emit_row(em, 0, &logging_rows.rows[R_MESSAGE], &a);
	}
}

static void
emit_rates(const struct conf_logging *l, struct emitter *em)
{
	size_t i;

	for (i = 0; i < l->rates.n; i++) {
		const struct log_rate *r = &l->rates.v[i];
		struct log_args a = { .k = r->n == 0 ? 1 : 2,
			.n = r->n,
			.seconds = r->seconds,
			.flag = true,
			.what = r->by_id ? 2 : 1,
			.id = r->key,
			.trap = r->by_id ? 0 : r->key };

		emit_row(em, 0, &logging_rows.rows[R_RATE], &a);
	}
}

void
emit_logging(const struct conf *c, struct emitter *em)
{
	const struct conf_logging *l = &c->logging;

	emit_flag(em, R_ENABLE, l->enable, false);
	emit_flag(em, R_TIMESTAMP, l->timestamp, l->rfc5424);
	emit_flag(em, R_STANDBY, l->standby, false);
	emit_flag(em, R_EMBLEM, l->emblem, false);
	if (l->hide_username == 1)
		emit_row(em, 0, &logging_rows.rows[R_HIDE], NULL);
	else if (l->hide_username == 2)
		emit_no_row(em, 0, &logging_rows.rows[R_HIDE], NULL);
	emit_lists(l, em);
	emit_number(em, R_BUFFER_SIZE, l->buffer_size);
	emit_number(em, R_ASDM_SIZE, l->asdm_size);
	emit_dests(l, em);
	emit_number(em, R_FACILITY, l->facility);
	emit_number(em, R_QUEUE, l->queue);
	emit_device_id(l, em);
	emit_hosts(l, em);
	emit_flag(em, R_TRACE, l->debug_trace, l->debug_persistent);
	emit_flag(em, R_HOSTDOWN, l->permit_hostdown, false);
	emit_classes(l, em);
	emit_messages(l, em);
	emit_rates(l, em);
}

void
emit_logging_host(const struct conf *c, struct emitter *em)
{
	struct log_args a = { .k = c->logging.send ? 1 : 2 };

	if (c->logging.send || em->all)
		emit_row(em, 0, &logging_rows.rows[R_SEND], &a);
}

/* ---- what is kept ---- */

struct teller {
	const struct conf *c;
	void (*fn)(
	    void *arg, const char *line, bool affects_verdict, const char *why);
	void *arg;
};

static void
tell(const struct teller *t, unsigned row, const void *args, bool affects,
    const char *why)
{
	struct tokenv env = conf_tokenv(t->c);
	struct strbuf sb;

	sb_init(&sb);
	gram_print(t->c->gram, &logging_rows.rows[row], args, false, &env, &sb);
	t->fn(t->arg, sb_text(&sb), affects, why);
	sb_free(&sb);
}

static void
tell_dests(const struct teller *t)
{
	static const struct {
		enum log_dest dest;
		const char *why;
	} kept[] = {
		{ LOGTO_HISTORY, "no SNMP trap is sent" },
		{ LOGTO_ASDM, "there is no ASDM" },
		{ LOGTO_MAIL, "no mail is sent" },
	};
	struct log_args a;
	size_t i;

	for (i = 0; i < ARRAY_LEN(kept); i++) {
		dest_args(&t->c->logging, kept[i].dest, &a);
		if (a.k != 0)
			tell(t, R_DEST, &a, false, kept[i].why);
	}
}

static void
tell_hosts(const struct teller *t)
{
	const struct conf_logging *l = &t->c->logging;
	struct log_args a;
	char port[16];
	size_t i;

	for (i = 0; i < l->hosts.n; i++) {
		host_args(&l->hosts.v[i], &a, port);
		if (!l->send)
			tell(t, R_HOST, &a, false,
			    "nothing is sent unless `simulator logging-host "
			    "send` says so");
		else if (l->hosts.v[i].secure)
			tell(t, R_HOST, &a, false,
			    "TLS is not simulated: nothing is sent");
	}
}

void
logging_each_kept(const struct conf *c,
    void (*fn)(
	void *arg, const char *line, bool affects_verdict, const char *why),
    void *arg)
{
	const struct conf_logging *l = &c->logging;
	const struct teller t = { c, fn, arg };
	struct log_args a = { .n = l->asdm_size, .flag = l->debug_persistent };

	if (c->gram == NULL)
		return; /* no line was ever read */
	if (l->standby)
		tell(&t, R_STANDBY, NULL, false, "there is no standby unit");
	if (l->asdm_size != LOG_ASDM_SIZE)
		tell(&t, R_ASDM_SIZE, &a, false, "there is no ASDM");
	tell_dests(&t);
	tell_hosts(&t);
	if (l->debug_trace)
		tell(&t, R_TRACE, &a, false, "there is no debug output");
}

/* SPDX-License-Identifier: ISC
 *
 * logging: which system messages go where, and how they look.
 *
 * A destination takes messages up to a level, or those of a list; `logging
 * class` overrides both for the messages of a class. `logging message` changes
 * a message's level or switches it off.
 */
#ifndef ASASIM_CONF_LOGGING_H
#define ASASIM_CONF_LOGGING_H

#include <stdbool.h>

#include "gram.h"

/* Where messages go, in the order of the running config. */
enum log_dest {
	LOGTO_CONSOLE,
	LOGTO_MONITOR,
	LOGTO_BUFFERED,
	LOGTO_TRAP, /* syslog servers */
	LOGTO_HISTORY,
	LOGTO_ASDM,
	LOGTO_MAIL,
	LOGTO_COUNT
};

/* What a destination takes. */
struct log_filter {
	int level;  /* 0-7, -1: nothing by level */
	char *list; /* or the messages of this list, NULL: none */
};

struct log_list_entry {
	int level;            /* 0-7, or -1: first to last */
	int class;            /* -1: any */
	uint32_t first, last; /* message ids */
};

struct log_list {
	char *name;
	VEC(struct log_list_entry) entries;
};

/* logging class */
struct log_class_rule {
	unsigned class;
	int level[LOGTO_COUNT]; /* -1: not said */
};

/* logging message; only those that differ from the factory's. */
struct log_message {
	uint32_t id;
	int level; /* -1: its own */
	bool off;
	bool no_standby;
};

struct log_rate {
	bool by_id;
	uint32_t key;     /* message id, or level */
	uint32_t n;       /* messages; 0: unlimited */
	uint32_t seconds; /* in so much time */
};

struct log_host {
	char *ifname;
	struct ip_addr addr;
	uint8_t proto; /* IPPROTO_UDP, IPPROTO_TCP */
	uint16_t port;
	bool emblem;
	bool secure;     /* TLS: not simulated */
	char *reference; /* its reference-identity, or NULL */
};

enum log_device_id {
	LOG_ID_NONE,
	/* in the order of the row's branches */
	LOG_ID_HOSTNAME,
	LOG_ID_CONTEXT,
	LOG_ID_CLUSTER,
	LOG_ID_ADDRESS, /* of an interface */
	LOG_ID_STRING,
};

enum {
	LOG_BUFFER_SIZE = 4096,
	LOG_ASDM_SIZE = 100,
	LOG_FACILITY = 20, /* LOCAL4 */
	LOG_QUEUE = 512,
	LOG_UDP_PORT = 514,
	LOG_TCP_PORT = 1470,
};

struct conf_logging {
	bool enable;
	bool timestamp, rfc5424;
	bool standby, emblem;
	bool debug_trace, debug_persistent;
	bool permit_hostdown;
	uint8_t hide_username; /* 0: not said, 1: yes, 2: no */
	uint32_t buffer_size, asdm_size, facility, queue;
	struct log_filter to[LOGTO_COUNT];

	enum log_device_id device_id;
	char *device_text;  /* interface, or string */
	bool device_system; /* `system` of a cluster */

	VEC(struct log_list *) lists;
	VEC(struct log_class_rule) classes;
	VEC(struct log_message *) messages; /* in order of entry */
	VEC(struct log_rate) rates;
	VEC(struct log_host) hosts;

	/* simulator logging-host: datagrams really leave the machine. */
	bool send;
};

/* ---- message classes ---- */

enum { LOG_CLASSES = 39 };

const char *log_class_name(unsigned class);
/* A class may have several series of ids, and an id several classes. */
bool log_class_has(unsigned class, uint32_t id);
/* Name of the first class that has it, or NULL. */
const char *log_class_of(uint32_t id);

struct log_list *log_list_find(const struct conf_logging *l, const char *name);

#endif

/* SPDX-License-Identifier: ISC
 *
 * System messages on their way to people: routed, formatted, counted.
 *
 * logger_configure() works out of the configuration once which message goes to
 * which destinations at which level. The engine gets the sum of it as a filter
 * and formats nothing else; the sink looks the rest up in a table. A message is
 * formatted when it arrives, with the settings of that moment.
 *
 * The buffer is here; console and monitor are whoever set screen; syslog
 * servers get datagrams only after `simulator logging-host send`. SNMP, ASDM
 * and mail are counted and go nowhere.
 */
#ifndef ASASIM_LOGGER_H
#define ASASIM_LOGGER_H

#include <stdbool.h>
#include <stdint.h>

#include "conf.h"
#include "evlog.h"
#include "logbuf.h"

struct syslog_send;
struct logger_rate;

struct log_screen {
	/* A line, with its line end, for the console, monitors or both; to
	 * has bits of enum log_dest. NULL: nobody watches. */
	void (*line)(void *arg, unsigned to, const char *line);
	void *arg;
};

struct logger {
	/* out of the configuration */
	struct evlog_filter filter;
	uint8_t to[EV_COUNT][8]; /* bits of enum log_dest, by level given */
	bool any;                /* something goes somewhere */
	bool timestamp, rfc5424, emblem, pix, send;
	uint32_t facility;
	char *device_id; /* NULL: none */
	struct logger_rate *rates;
	size_t n_rates;

	struct logbuf buf;
	uint64_t logged[LOGTO_COUNT]; /* messages since the start */
	uint64_t limited;             /* held back by logging rate-limit */
	struct log_screen screen;
	struct syslog_send *servers; /* in the order of conf's hosts */
	bool *server_emblem;         /* likewise */
};

void logger_init(struct logger *g);
void logger_fini(struct logger *g);
/* Takes the settings over. Counts and buffer stay. */
void logger_configure(struct logger *g, const struct conf *c);
/* What a reload does: empty buffer, counts from 0. */
void logger_reset(struct logger *g);

/* A sink for engine_set_log(); arg is the struct logger. */
void logger_sink(void *arg, const struct evlog_record *r);

/* To which destinations does the configuration send this message at this
 * level? Bits of enum log_dest. Does not ask whether logging is enabled or
 * the message is. */
unsigned logger_route(
    const struct conf_logging *l, uint32_t id, unsigned level);

/* Around a replay: servers that were down are tried again; what waits is sent,
 * for at most a second or two, and failures are told, each once. */
void logger_begin(struct logger *g);
void logger_end(struct logger *g,
    void (*say)(void *arg, unsigned level, const char *text), void *arg);

/* "Nov 24 2026 10:00:00", UTC. */
const char *log_stamp(uint64_t ts, char *buf, size_t size);

#endif

/* SPDX-License-Identifier: ISC
 *
 * What the two halves of `logging` share: conf_logging_rows.c reads its lines,
 * conf_logging.c prints them.
 */
#ifndef ASASIM_CONF_LOGGING_INT_H
#define ASASIM_CONF_LOGGING_INT_H

#include "conf_logging.h"

/* Arguments of all rows. Levels of `logging class` have a name for the rows'
 * syntax and an index for everybody else; `trap` and `text` serve other rows as
 * well. */
struct log_args {
	union {
		uint32_t level[LOGTO_COUNT];
		struct {
			uint32_t console, monitor, buffered, trap, history,
			    asdm, mail;
		};
	};
	char *name, *text, *port;
	struct ip_addr addr;
	uint32_t n, seconds, id, to;
	uint8_t k, class, dest, what;
	bool flag, secure;
};

struct log_number {
	size_t offset; /* a uint32_t in struct conf_logging */
	uint32_t standard;
};

/* Places in logging_rows. */
enum log_row {
	R_ENABLE,
	R_ON,
	R_TIMESTAMP,
	R_STANDBY,
	R_EMBLEM,
	R_HIDE,
	R_TRACE,
	R_HOSTDOWN,
	R_BUFFER_SIZE,
	R_ASDM_SIZE,
	R_FACILITY,
	R_QUEUE,
	R_DEST,
	R_DEVICE_ID,
	R_LIST,
	R_CLASS,
	R_MESSAGE,
	R_MESSAGE_STANDBY,
	R_RATE,
	R_HOST,
	R_SEND,
	R_CLEAR
};

void log_list_free(struct log_list *list);
void log_host_fini(struct log_host *h);

#endif

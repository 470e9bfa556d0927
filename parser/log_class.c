/* SPDX-License-Identifier: ISC
 *
 * Which class a system message is of.
 */
#include "log_class.h"

#include "conf_logging.h"

static const struct {
	const char *name;
	uint16_t series[24]; /* ids / 1000, up to a 0 */
} classes[] = { CLASS_AUTH(CLASS_ROW) CLASS_LIST(CLASS_ROW) };

_Static_assert(ARRAY_LEN(classes) == LOG_CLASSES, "LOG_CLASSES");

const char *
log_class_name(unsigned class)
{
	return classes[class].name;
}

bool
log_class_has(unsigned class, uint32_t id)
{
	const uint16_t *s;

	for (s = classes[class].series; *s != 0; s++) {
		if (*s == id / 1000)
			return true;
	}
	return false;
}

const char *
log_class_of(uint32_t id)
{
	unsigned i;

	for (i = 0; i < LOG_CLASSES; i++) {
		if (log_class_has(i, id))
			return classes[i].name;
	}
	return NULL;
}

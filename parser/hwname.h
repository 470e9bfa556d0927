/* SPDX-License-Identifier: ISC
 *
 * Names of hardware interfaces: "g0/0" and "GIGABITETHERNET0/0" are
 * GigabitEthernet0/0; "ethernet1" of a PIX 6 is Ethernet1.
 */
#ifndef ASASIM_HWNAME_H
#define ASASIM_HWNAME_H

#include <stdbool.h>
#include <stddef.h>

enum { HWNAME_SIZE = 64 };

/* "GigabitEthernet" for "gi"; NULL when it is none. */
const char *hw_type(const char *text);
/* Is it "0", "0/1", "0/1.10"? */
bool hw_number_ok(const char *text);
/* Writes the canonical name; false and buf untouched if text is no such name.
 */
bool hw_canonical(const char *text, char buf[HWNAME_SIZE]);
bool hw_is_subinterface(const char *canonical);

#endif

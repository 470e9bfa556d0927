/* SPDX-License-Identifier: ISC
 *
 * A string to pointer hash, for lookups by name. Keys are copied; values are
 * the caller's.
 */
#ifndef ASASIM_STRMAP_H
#define ASASIM_STRMAP_H

struct strmap_node;
struct strmap {
	struct strmap_node *head;
};

void *strmap_get(const struct strmap *m, const char *key);
/* Returns the value that was there before, or NULL. */
void *strmap_set(struct strmap *m, const char *key, void *value);
void *strmap_del(struct strmap *m, const char *key);
/* free_value may be NULL. */
void strmap_clear(struct strmap *m, void (*free_value)(void *));

#endif

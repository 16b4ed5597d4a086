/* What was made for one document and may serve another: values found by their keys,
 * both bytes. What is not asked for any more is dropped, so that it never takes more
 * than a few megabytes. */
#ifndef HANDOUT_BASE_KEEPER_H
#define HANDOUT_BASE_KEEPER_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

struct kept {
  const void *key;
  size_t key_length;
  uint64_t hash;
  const void *value; /* aligned for any type */
  size_t length;
};

/* One for each thread. */
struct keeper;
struct keeper *keeper_new(void);
void keeper_free(struct keeper *keeper);

/* The value of exactly this key, or NULL. Borrowed until keeper_trim. */
const struct kept *keeper_find(struct keeper *keeper, const void *key, size_t length);
/* Adds a key that was not found. Both are copied. */
const struct kept *keeper_add(struct keeper *keeper, const void *key, size_t key_length,
                              const void *value, size_t length);
/* For keys of several parts: a number takes eight bytes; a text goes with its length, and NULL is
 * not the same as "". */
void key_add_number(struct buffer *key, uint64_t number);
void key_add_text(struct buffer *key, const char *text);
/* Between documents. */
void keeper_trim(struct keeper *keeper);
/* How many bytes it holds: after a trim up to KEEPER_MOST, and what one document asked for. */
#define KEEPER_MOST (4u * 1024 * 1024)
size_t keeper_bytes(const struct keeper *keeper);

#endif

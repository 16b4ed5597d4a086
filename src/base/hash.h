/* Digests, by nettle. */
#ifndef HANDOUT_BASE_HASH_H
#define HANDOUT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SIZE 32

/* SHA-256 over parts of any sizes. */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t length);
/* Adds a text and its length, so that ("ab", "c") and ("a", "bc") differ. */
void hash_add_text(struct hash *hash, const char *text);
/* Writes the digest and frees. */
void hash_take(struct hash *hash, uint8_t digest[HASH_SIZE]);

/* The UUID of version 5 (SHA-1) of these bytes in the namespace of this program,
 * as lower-case text. */
void hash_uuid(const void *bytes, size_t length, char out[37]);

/* Fast and not secure: FNV-1a, 64 bits, for tables in memory. */
uint64_t hash_quick(const void *bytes, size_t length, uint64_t seed);
/* Faster still, for tables of large keys; not the same on all machines. */
uint64_t hash_table(const void *bytes, size_t length);
#define HASH_QUICK_SEED 0xcbf29ce484222325u

#endif

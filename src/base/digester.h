/* SHA-256 of many files that begin alike, as handouts of one guide do: what was digested
 * before is gone on from, not done again. */
#ifndef HANDOUT_BASE_DIGESTER_H
#define HANDOUT_BASE_DIGESTER_H

#include "base/hash.h"

/* One for each thread. It remembers beginnings, a few megabytes at the most. */
struct digester;
struct digester *digester_new(void);
void digester_free(struct digester *digester);

/* The digest of exactly these bytes, whatever came before. */
void digester_take(struct digester *digester, const void *bytes, size_t length,
                   uint8_t digest[HASH_SIZE]);

#endif

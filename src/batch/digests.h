/* Numbers found by digests: of names that were seen, of records that are done. */
#ifndef HANDOUT_BATCH_DIGESTS_H
#define HANDOUT_BATCH_DIGESTS_H

#include "base/hash.h"

struct digests;
struct digests *digests_new(void);
void digests_free(struct digests *digests);

/* The number of this digest, 0 where it has none. */
uint64_t digests_get(const struct digests *digests, const uint8_t digest[HASH_SIZE]);
/* Gives a digest a number that is not 0. */
void digests_set(struct digests *digests, const uint8_t digest[HASH_SIZE], uint64_t number);

#endif

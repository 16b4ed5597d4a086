/* Open addressing, never more than half full. A million records must fit, so 128 bits of
 * each digest are kept: more than enough that no two are ever alike. */
#include "batch/digests.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define DIGEST_PART 16

struct slot {
  uint8_t digest[DIGEST_PART];
  uint64_t number; /* 0: free */
};

struct digests {
  struct slot *slots;
  size_t count, capacity; /* a power of two */
};

struct digests *digests_new(void) {
  struct digests *digests = memory_alloc(sizeof *digests);
  digests->capacity = 1024;
  digests->slots = memory_alloc(digests->capacity * sizeof *digests->slots);
  return digests;
}

void digests_free(struct digests *digests) {
  if (!digests) return;
  free(digests->slots);
  free(digests);
}

/* Its slot, or the free one where it belongs. */
static struct slot *find(const struct digests *digests, const uint8_t *digest) {
  uint64_t start;
  memcpy(&start, digest, sizeof start);
  size_t mask = digests->capacity - 1, at = (size_t)start & mask;
  while (digests->slots[at].number && memcmp(digests->slots[at].digest, digest, DIGEST_PART) != 0)
    at = (at + 1) & mask;
  return &digests->slots[at];
}

static void grow(struct digests *digests) {
  struct digests old = *digests;
  digests->capacity *= 2;
  digests->slots = memory_alloc(digests->capacity * sizeof *digests->slots);
  for (size_t i = 0; i < old.capacity; i++) {
    if (old.slots[i].number) *find(digests, old.slots[i].digest) = old.slots[i];
  }
  free(old.slots);
}

uint64_t digests_get(const struct digests *digests, const uint8_t digest[HASH_SIZE]) {
  return find(digests, digest)->number;
}

void digests_set(struct digests *digests, const uint8_t digest[HASH_SIZE], uint64_t number) {
  if (2 * (digests->count + 1) > digests->capacity) grow(digests);
  struct slot *slot = find(digests, digest);
  digests->count += slot->number == 0;
  memcpy(slot->digest, digest, DIGEST_PART);
  slot->number = number;
}

/* Open addressing, never more than half full. A million records must fit, so 128 bits of
 * each digest are kept: more than enough that no two are ever alike. */
#include "batch/digests.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define DIGEST_PART 16

struct place {
  uint8_t digest[DIGEST_PART];
  uint64_t number; /* 0: free */
};

struct digests {
  struct place *places;
  size_t count, capacity; /* a power of two */
};

struct digests *digests_new(void) {
  struct digests *digests = memory_alloc(sizeof *digests);
  digests->capacity = 1024;
  digests->places = memory_alloc(digests->capacity * sizeof *digests->places);
  return digests;
}

void digests_free(struct digests *digests) {
  if (!digests) return;
  free(digests->places);
  free(digests);
}

/* Its place, or the free one where it belongs. */
static struct place *find(const struct digests *digests, const uint8_t *digest) {
  uint64_t start;
  memcpy(&start, digest, sizeof start);
  size_t mask = digests->capacity - 1, at = (size_t)start & mask;
  while (digests->places[at].number && memcmp(digests->places[at].digest, digest, DIGEST_PART) != 0)
    at = (at + 1) & mask;
  return &digests->places[at];
}

static void grow(struct digests *digests) {
  struct digests old = *digests;
  digests->capacity *= 2;
  digests->places = memory_alloc(digests->capacity * sizeof *digests->places);
  for (size_t i = 0; i < old.capacity; i++) {
    if (old.places[i].number) *find(digests, old.places[i].digest) = old.places[i];
  }
  free(old.places);
}

uint64_t digests_get(const struct digests *digests, const uint8_t digest[HASH_SIZE]) {
  return find(digests, digest)->number;
}

void digests_set(struct digests *digests, const uint8_t digest[HASH_SIZE], uint64_t number) {
  if (2 * (digests->count + 1) > digests->capacity) grow(digests);
  struct place *place = find(digests, digest);
  digests->count += place->number == 0;
  memcpy(place->digest, digest, DIGEST_PART);
  place->number = number;
}

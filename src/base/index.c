/* A table with open addressing that doubles at three quarters full. */
#include "base/index.h"

#include "base/arena.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

struct slot {
  const char *name;
  void *thing;
};

struct index {
  struct slot *slots;
  size_t size; /* a power of two */
  size_t count;
};

struct index *index_new(void) {
  struct index *index = memory_alloc(sizeof *index);
  index->size = 64;
  index->slots = memory_alloc(index->size * sizeof *index->slots);
  return index;
}

void index_free(struct index *index) {
  if (!index) return;
  free(index->slots);
  free(index);
}

static struct slot *find_slot(const struct index *index, const char *name) {
  size_t at = hash_quick(name, strlen(name), HASH_QUICK_SEED) & (index->size - 1);
  while (index->slots[at].name && strcmp(index->slots[at].name, name) != 0) {
    at = (at + 1) & (index->size - 1);
  }
  return &index->slots[at];
}

static void grow(struct index *index) {
  struct slot *old = index->slots;
  size_t old_size = index->size;
  index->size *= 2;
  index->slots = memory_alloc(index->size * sizeof *index->slots);
  for (size_t i = 0; i < old_size; i++) {
    if (old[i].name) *find_slot(index, old[i].name) = old[i];
  }
  free(old);
}

bool index_add(struct index *index, const char *name, void *thing) {
  if (index->count >= index->size / 4 * 3) grow(index);
  struct slot *slot = find_slot(index, name);
  if (slot->name) return false;
  *slot = (struct slot){name, thing};
  index->count++;
  return true;
}

void *index_find(const struct index *index, const char *name) {
  return find_slot(index, name)->thing;
}

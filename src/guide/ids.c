/* Ids in a hash table with open addressing; an id that had to be numbered
 * remembers the last number, so that a thousand sections of one name stay cheap. */
#include "guide/load.h"

#include <stdlib.h>
#include <string.h>

struct entry {
  const char *id;
  const struct node *node;
  unsigned last_number;
};

struct ids {
  size_t *slots; /* 1 + the index of an entry, or 0 */
  size_t slot_count;
  struct entry *entries;
  size_t entry_count;
  size_t entry_capacity;
  const char **names; /* made when asked for */
};

struct ids *ids_new(void) {
  struct ids *ids = memory_alloc(sizeof *ids);
  ids->slot_count = 64;
  ids->slots = memory_alloc(ids->slot_count * sizeof *ids->slots);
  return ids;
}

void ids_free(struct ids *ids) {
  if (!ids) return;
  free(ids->slots);
  free(ids->entries);
  free(ids->names);
  free(ids);
}

static size_t slot_of(const struct ids *ids, const char *id) {
  size_t mask = ids->slot_count - 1;
  size_t slot = (size_t)hash_quick(id, strlen(id), HASH_QUICK_SEED) & mask;
  while (ids->slots[slot] && strcmp(ids->entries[ids->slots[slot] - 1].id, id) != 0) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

static struct entry *find_entry(const struct ids *ids, const char *id) {
  size_t index = ids->slots[slot_of(ids, id)];
  return index ? &ids->entries[index - 1] : NULL;
}

static void widen(struct ids *ids) {
  free(ids->slots);
  ids->slot_count *= 2;
  ids->slots = memory_alloc(ids->slot_count * sizeof *ids->slots);
  for (size_t i = 0; i < ids->entry_count; i++) {
    size_t slot = slot_of(ids, ids->entries[i].id);
    ids->slots[slot] = i + 1; /* NOLINT(clang-analyzer-core.NullDereference): just made */
  }
}

const struct node *ids_add(struct ids *ids, const char *id, const struct node *node) {
  struct entry *old = find_entry(ids, id);
  if (old) return old->node;
  if (ids->entry_count * 2 >= ids->slot_count) widen(ids);
  ids->entries =
      array_reserve(ids->entries, ids->entry_count, &ids->entry_capacity, sizeof *ids->entries);
  ids->entries[ids->entry_count++] = (struct entry){id, node, 1};
  ids->slots[slot_of(ids, id)] = ids->entry_count;
  return NULL;
}

const struct node *ids_find(const struct ids *ids, const char *id) {
  const struct entry *entry = find_entry(ids, id);
  return entry ? entry->node : NULL;
}

const char *ids_make(struct ids *ids, struct arena *arena, const char *wanted,
                     const struct node *node) {
  const char *id = arena_strdup(arena, wanted);
  while (ids_add(ids, id, node)) {
    unsigned number = ++find_entry(ids, wanted)->last_number;
    id = arena_printf(arena, "%s-%u", wanted, number);
  }
  return id;
}

const char *const *ids_names(struct ids *ids, size_t *count) {
  free(ids->names);
  ids->names = memory_alloc(ids->entry_count * sizeof *ids->names);
  for (size_t i = 0; i < ids->entry_count; i++) ids->names[i] = ids->entries[i].id;
  *count = ids->entry_count;
  return ids->names;
}

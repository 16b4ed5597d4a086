/* Ids in an index; an id that had to be numbered remembers the last number, so that a
 * thousand sections of one name stay cheap. */
#include "guide/load.h"

#include "base/index.h"

#include <stdlib.h>

#define MOST_ASKED 100 /* more hints than anyone reads */

struct entry {
  const char *id;
  const struct node *node;
  unsigned last_number;
  struct entry *next; /* in the order they were added */
};

struct ids {
  struct arena *arena;
  struct index *index; /* of entries */
  struct entry *first, **end;
  size_t count;
  const char **names; /* as far as they were asked for */
  size_t name_count, asked;
};

struct ids *ids_new(void) {
  struct ids *ids = memory_alloc(sizeof *ids);
  ids->arena = arena_new();
  ids->index = index_new();
  ids->end = &ids->first;
  return ids;
}

void ids_free(struct ids *ids) {
  if (!ids) return;
  index_free(ids->index);
  arena_free(ids->arena);
  free(ids);
}

const struct node *ids_add(struct ids *ids, const char *id, const struct node *node) {
  const struct node *known = ids_find(ids, id);
  if (known) return known;
  struct entry *entry = arena_alloc(ids->arena, sizeof *entry);
  *entry = (struct entry){.id = id, .node = node, .last_number = 1};
  index_add(ids->index, id, entry);
  *ids->end = entry;
  ids->end = &entry->next;
  ids->count++;
  return NULL;
}

const struct node *ids_find(const struct ids *ids, const char *id) {
  const struct entry *entry = index_find(ids->index, id);
  return entry ? entry->node : NULL;
}

const char *ids_make(struct ids *ids, struct arena *arena, const char *wanted,
                     const struct node *node) {
  const char *id = arena_strdup(arena, wanted);
  while (ids_add(ids, id, node)) {
    struct entry *taken = index_find(ids->index, wanted);
    id = arena_printf(arena, "%s-%u", wanted, ++taken->last_number);
  }
  return id;
}

/* All of them are looked through for each that is wrong, of which there may be as many. */
const char *ids_nearest(struct ids *ids, const char *wrong) {
  if (ids->asked++ >= MOST_ASKED) return NULL;
  if (ids->name_count < ids->count) {
    ids->names = arena_alloc_array(ids->arena, ids->count, sizeof *ids->names);
    ids->name_count = 0;
    for (const struct entry *entry = ids->first; entry; entry = entry->next)
      ids->names[ids->name_count++] = entry->id;
  }
  return message_nearest(wrong, ids->names, ids->name_count);
}

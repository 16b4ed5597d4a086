/* Two generations of hash tables. When the younger is full it becomes the older one, and
 * what was not asked for while there were two is dropped with that: nearly the order of
 * last use, without a list to keep. Keys are compared whole: two that are taken for one
 * would put one reader's page into another's handout. */
#include "base/keeper.h"

#include "base/arena.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Of each generation, in bytes. */
#define GENERATION (KEEPER_MOST / 2)

struct generation {
  struct arena *arena;
  struct kept **kept; /* open addressing; the capacity is a power of two */
  size_t count, capacity, bytes;
};

struct keeper {
  struct generation younger, older;
};

static struct generation generation_new(void) {
  struct generation generation = {.arena = arena_new(), .capacity = 256};
  generation.kept = memory_alloc(generation.capacity * sizeof *generation.kept);
  return generation;
}

static void generation_finish(struct generation *generation) {
  arena_free(generation->arena);
  free(generation->kept);
}

static bool same(const struct kept *kept, const struct kept *like) {
  return kept->hash == like->hash && kept->key_length == like->key_length &&
         memcmp(kept->key, like->key, like->key_length) == 0;
}

/* Its place, or the free one where it belongs. */
static struct kept **generation_find(const struct generation *generation,
                                     const struct kept *like) {
  size_t mask = generation->capacity - 1, at = (size_t)like->hash & mask;
  while (generation->kept[at] && !same(generation->kept[at], like)) at = (at + 1) & mask;
  return &generation->kept[at];
}

static void generation_grow(struct generation *generation) {
  struct generation old = *generation;
  generation->capacity *= 2;
  generation->kept = memory_alloc(generation->capacity * sizeof *generation->kept);
  for (size_t i = 0; i < old.capacity; i++) {
    if (old.kept[i]) *generation_find(generation, old.kept[i]) = old.kept[i];
  }
  free(old.kept);
}

static const void *copy(struct arena *arena, const void *bytes, size_t length) {
  void *made = arena_alloc(arena, length + 1);
  if (length) memcpy(made, bytes, length);
  return made;
}

static const struct kept *generation_add(struct generation *generation, const struct kept *fresh) {
  if (2 * (generation->count + 1) > generation->capacity) generation_grow(generation);
  struct kept *kept = arena_alloc(generation->arena, sizeof *kept);
  *kept = *fresh;
  kept->key = copy(generation->arena, fresh->key, fresh->key_length);
  kept->value = copy(generation->arena, fresh->value, fresh->length);
  *generation_find(generation, kept) = kept;
  generation->count++;
  generation->bytes += fresh->key_length + fresh->length + sizeof *kept;
  return kept;
}

struct keeper *keeper_new(void) {
  struct keeper *keeper = memory_alloc(sizeof *keeper);
  keeper->younger = generation_new();
  keeper->older = generation_new();
  return keeper;
}

void keeper_free(struct keeper *keeper) {
  if (!keeper) return;
  generation_finish(&keeper->younger);
  generation_finish(&keeper->older);
  free(keeper);
}

void keeper_trim(struct keeper *keeper) {
  if (keeper->younger.bytes < GENERATION) return;
  generation_finish(&keeper->older);
  keeper->older = keeper->younger;
  keeper->younger = generation_new();
}

const struct kept *keeper_find(struct keeper *keeper, const void *key, size_t length) {
  struct kept like = {.key = length ? key : "",
                      .key_length = length,
                      .hash = hash_table(key, length)};
  const struct kept *known = *generation_find(&keeper->younger, &like);
  if (known) return known;
  known = *generation_find(&keeper->older, &like);
  return known ? generation_add(&keeper->younger, known) : NULL;
}

const struct kept *keeper_add(struct keeper *keeper, const void *key, size_t key_length,
                              const void *value, size_t length) {
  struct kept fresh = {.key = key,
                       .key_length = key_length,
                       .hash = hash_table(key, key_length),
                       .value = value,
                       .length = length};
  return generation_add(&keeper->younger, &fresh);
}

size_t keeper_bytes(const struct keeper *keeper) {
  return keeper->younger.bytes + keeper->older.bytes;
}

void key_add_number(struct buffer *key, uint64_t number) {
  memcpy(buffer_room(key, sizeof number), &number, sizeof number);
  key->length += sizeof number;
}

void key_add_text(struct buffer *key, const char *text) {
  size_t length = text ? strlen(text) : 0;
  key_add_number(key, text ? length : UINT64_MAX);
  if (text) buffer_append(key, text, length);
}

/* A tree of beginnings: each is one block longer than the one above it, and holds the state
 * that SHA-256 has after it. A file goes down as far as its blocks are known, compared whole,
 * and only the rest is digested. A block is remembered when it comes for the second time, so
 * what is one file's own takes no room. */
#include "base/digester.h"

#include "base/arena.h"

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 32768
/* All of them: 4 MB. */
#define BEGINNINGS 128
/* So many kinds of files may come by turns. */
#define MISSES 16

struct beginning {
  struct beginning *first, *next; /* those that go on from it; its sibling */
  struct sha256_ctx state;
  uint64_t missed[MISSES]; /* of the blocks that were not found below it, in a ring */
  size_t miss;
  uint8_t block[];
};

struct digester {
  struct arena *arena;
  struct beginning *empty; /* the beginning of all */
  size_t count;
};

static void forget(struct digester *digester) {
  arena_free(digester->arena);
  digester->arena = arena_new();
  digester->empty = arena_alloc(digester->arena, sizeof *digester->empty);
  sha256_init(&digester->empty->state);
  digester->count = 0;
}

struct digester *digester_new(void) {
  struct digester *digester = memory_alloc(sizeof *digester);
  forget(digester);
  return digester;
}

void digester_free(struct digester *digester) {
  if (!digester) return;
  arena_free(digester->arena);
  free(digester);
}

static struct beginning *find(const struct beginning *above, const uint8_t *block) {
  struct beginning *below = above->first;
  while (below && memcmp(below->block, block, BLOCK) != 0) below = below->next;
  return below;
}

/* Whether it was missed before. */
static bool note_miss(struct beginning *above, const uint8_t *block) {
  uint64_t hash = hash_table(block, BLOCK);
  for (size_t i = 0; i < MISSES; i++)
    if (above->missed[i] == hash) return true;
  above->missed[above->miss++ % MISSES] = hash;
  return false;
}

static struct beginning *add(struct digester *digester, struct beginning *above,
                             const uint8_t *block) {
  struct beginning *below = arena_alloc(digester->arena, sizeof *below + BLOCK);
  below->state = above->state;
  sha256_update(&below->state, BLOCK, block);
  memcpy(below->block, block, BLOCK);
  below->next = above->first;
  above->first = below;
  digester->count++;
  return below;
}

void digester_take(struct digester *digester, const void *bytes, size_t length,
                   uint8_t digest[HASH_SIZE]) {
  if (digester->count == BEGINNINGS) forget(digester);
  const uint8_t *at = bytes, *end = at + length;
  struct beginning *known = digester->empty, *below = NULL;
  while (end - at >= BLOCK && (below = find(known, at))) {
    known = below;
    at += BLOCK;
  }
  if (end - at >= BLOCK && note_miss(known, at)) {
    known = add(digester, known, at);
    at += BLOCK;
  }
  struct sha256_ctx state = known->state;
  if (end > at) sha256_update(&state, (size_t)(end - at), at);
  sha256_digest(&state, HASH_SIZE, digest);
}

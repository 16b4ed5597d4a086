/* libdeflate: at its first level it is three times as fast as zlib at its fourth, and no
 * larger, on content streams. What is kept is found by its bytes, all of which are
 * compared. It lies in two generations: when the younger is full it becomes the older one,
 * and what was not asked for while there were two is dropped with that. */
#include "base/packer.h"

#include "base/arena.h"
#include "base/hash.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* Of each generation, in bytes. */
#define GENERATION (8u * 1024 * 1024)

static const int levels[] = {[PACK_FAST] = 1, [PACK_SMALL] = 6};
#define EFFORTS (sizeof levels / sizeof *levels)

struct kept {
  const char *plain;
  uint64_t hash;
  enum pack_effort effort;
  struct packed packed;
};

struct generation {
  struct arena *arena;
  struct kept **kept; /* open addressing; the capacity is a power of two */
  size_t count, capacity, bytes;
};

struct packer {
  enum pack_form form;
  struct libdeflate_compressor *compressors[EFFORTS]; /* as they are needed */
  struct generation younger, older;
  struct buffer packed;
};

/* --- generations ----------------------------------------------------------------- */

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
  return kept->hash == like->hash && kept->effort == like->effort &&
         kept->packed.plain_length == like->packed.plain_length &&
         memcmp(kept->plain, like->plain, like->packed.plain_length) == 0;
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

/* Copies it, with its bytes. */
static const struct packed *generation_add(struct generation *generation, const struct kept *fresh) {
  if (2 * (generation->count + 1) > generation->capacity) generation_grow(generation);
  struct kept *kept = arena_alloc(generation->arena, sizeof *kept);
  struct packed *packed = &kept->packed;
  *kept = *fresh;
  kept->plain = arena_strndup(generation->arena, fresh->plain, packed->plain_length);
  packed->bytes = arena_strndup(generation->arena, packed->bytes, packed->length);
  *generation_find(generation, kept) = kept;
  generation->count++;
  generation->bytes += packed->plain_length + packed->length + sizeof *kept;
  return packed;
}

/* --- the packer -------------------------------------------------------------------- */

struct packer *packer_new(enum pack_form form) {
  struct packer *packer = memory_alloc(sizeof *packer);
  packer->form = form;
  packer->younger = generation_new();
  packer->older = generation_new();
  return packer;
}

void packer_free(struct packer *packer) {
  if (!packer) return;
  for (size_t i = 0; i < EFFORTS; i++) libdeflate_free_compressor(packer->compressors[i]);
  generation_finish(&packer->younger);
  generation_finish(&packer->older);
  buffer_finish(&packer->packed);
  free(packer);
}

void packer_trim(struct packer *packer) {
  if (packer->younger.bytes < GENERATION) return;
  generation_finish(&packer->older);
  packer->older = packer->younger;
  packer->younger = generation_new();
}

void packer_deflate(struct packer *packer, const void *bytes, size_t length,
                    enum pack_effort effort, struct buffer *out) {
  struct libdeflate_compressor **compressor = &packer->compressors[effort];
  if (!*compressor) *compressor = memory_check(libdeflate_alloc_compressor(levels[effort]));
  bool zlib = packer->form == PACK_ZLIB;
  size_t bound = zlib ? libdeflate_zlib_compress_bound(*compressor, length)
                      : libdeflate_deflate_compress_bound(*compressor, length);
  char *room = buffer_room(out, bound);
  out->length += zlib ? libdeflate_zlib_compress(*compressor, bytes, length, room, bound)
                      : libdeflate_deflate_compress(*compressor, bytes, length, room, bound);
  out->data[out->length] = '\0';
}

const struct packed *packer_keep(struct packer *packer, const void *bytes, size_t length,
                                 enum pack_effort effort) {
  struct kept fresh = {.plain = length ? bytes : "",
                       .hash = hash_quick(bytes, length, HASH_QUICK_SEED),
                       .effort = effort,
                       .packed = {.plain_length = length}};
  const struct kept *known = *generation_find(&packer->younger, &fresh);
  if (known) return &known->packed;
  known = *generation_find(&packer->older, &fresh);
  if (known) return generation_add(&packer->younger, known);
  buffer_clear(&packer->packed);
  packer_deflate(packer, bytes, length, effort, &packer->packed);
  fresh.packed.bytes = packer->packed.data;
  fresh.packed.length = packer->packed.length;
  fresh.packed.crc = libdeflate_crc32(0, bytes, length);
  return generation_add(&packer->younger, &fresh);
}

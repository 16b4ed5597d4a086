/* Handouts of one guide show nearly the same glyphs, and cutting and deflating the
 * faces is most of the work of a short PDF. A subset depends on the face and the set of glyphs
 * alone, so it makes no difference to the bytes whether it was found or made. */
#include "pdf/cache.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* Kept at most, in number: some five megabytes. */
#define KEPT 32

struct kept_subset {
  const struct face *face;
  struct glyph_set *used;
  struct subset *subset;
  uint64_t last_use;
};

struct pdf_cache {
  struct kept_subset *kept;
  size_t count, capacity;
  uint64_t documents;
  struct packer *packer;
  struct arena *arena;
  struct keeper *pages, *runs;
  uint64_t numbers;
  size_t length; /* of the last document */
};

struct pdf_cache *pdf_cache_new(void) {
  struct pdf_cache *cache = memory_alloc(sizeof *cache);
  cache->packer = packer_new(PACK_ZLIB);
  cache->arena = arena_new();
  cache->pages = keeper_new();
  cache->runs = keeper_new();
  return cache;
}

static void drop(struct kept_subset *kept) {
  subset_free(kept->subset);
  free(kept->used);
}

void pdf_cache_free(struct pdf_cache *cache) {
  if (!cache) return;
  for (size_t i = 0; i < cache->count; i++) drop(&cache->kept[i]);
  free(cache->kept);
  packer_free(cache->packer);
  arena_free(cache->arena);
  keeper_free(cache->pages);
  keeper_free(cache->runs);
  free(cache);
}

static size_t oldest(const struct pdf_cache *cache) {
  size_t found = 0;
  for (size_t i = 1; i < cache->count; i++) {
    if (cache->kept[i].last_use < cache->kept[found].last_use) found = i;
  }
  return found;
}

void cache_trim(struct pdf_cache *cache) {
  cache->documents++;
  packer_trim(cache->packer);
  keeper_trim(cache->pages);
  keeper_trim(cache->runs);
  while (cache->count > KEPT) {
    struct kept_subset *dropped = &cache->kept[oldest(cache)];
    drop(dropped);
    *dropped = cache->kept[--cache->count];
  }
}

struct packer *cache_packer(const struct pdf_cache *cache) {
  return cache->packer;
}

struct arena *cache_arena(const struct pdf_cache *cache) {
  return cache->arena;
}

struct keeper *cache_pages(const struct pdf_cache *cache) {
  return cache->pages;
}

struct keeper *cache_runs(const struct pdf_cache *cache) {
  return cache->runs;
}

size_t *cache_length(struct pdf_cache *cache) {
  return &cache->length;
}

uint64_t cache_number(struct pdf_cache *cache) {
  return ++cache->numbers;
}

static struct kept_subset *find(const struct pdf_cache *cache, const struct face *face,
                                const struct glyph_set *used) {
  for (size_t i = 0; i < cache->count; i++) {
    struct kept_subset *kept = &cache->kept[i];
    if (kept->face == face && memcmp(kept->used, used, sizeof *used) == 0) return kept;
  }
  return NULL;
}

static struct kept_subset *keep(struct pdf_cache *cache, const struct face *face,
                                const struct glyph_set *used, struct subset *subset) {
  cache->kept = array_reserve(cache->kept, cache->count, &cache->capacity, sizeof *cache->kept);
  struct kept_subset *kept = &cache->kept[cache->count++];
  *kept = (struct kept_subset){.face = face, .subset = subset, .used = memory_alloc(sizeof *used)};
  *kept->used = *used;
  return kept;
}

const struct subset *cache_find_subset(struct pdf_cache *cache, const struct face *face,
                                       const struct glyph_set *used) {
  struct kept_subset *kept = find(cache, face, used);
  if (!kept) {
    struct subset *subset = subset_new(face, used, cache->packer);
    if (!subset) return NULL;
    kept = keep(cache, face, used, subset);
  }
  kept->last_use = cache->documents;
  return kept->subset;
}

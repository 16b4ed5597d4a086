/* Paragraphs that were set before. Most of a guide reads the same for every reader, and
 * shaping and breaking are most of the work of a page.
 *
 *   spec ──▶ key: what the lines depend on, as bytes ──▶ table ──▶ kept paragraph
 *                                                                      │
 *   lines and runs of the caller's own, glyphs shared  ◀───────────────┘
 *
 * What the caller may change from one time to the next without changing a glyph, the
 * runs' marks and the addresses of their styles, is no part of the key: a kept glyph
 * run holds the number of its run, and what is given out has that run's mark and style.
 * Keys are compared whole, so that no two paragraphs are ever mistaken. */
#include "text/setting.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* When more than this is kept, text_engine_trim drops all of it. */
#define MOST_BYTES (12u * 1024 * 1024)

struct kept {
  const char *key; /* NULL: a free place */
  size_t key_length;
  uint64_t hash;
  const struct paragraph *paragraph;
  uint64_t identity; /* of its first glyph run */
};

struct paragraph_cache {
  struct arena *arena;
  struct kept *kept; /* open addressing; the capacity is a power of two */
  size_t count, capacity;
  size_t bytes; /* about */
  struct buffer key;
  struct font_set *fonts; /* that were met: in keys they are their numbers */
  size_t font_count, font_capacity;
};

struct paragraph_cache *paragraph_cache_new(void) {
  struct paragraph_cache *cache = memory_alloc(sizeof *cache);
  cache->arena = arena_new();
  return cache;
}

void paragraph_cache_free(struct paragraph_cache *cache) {
  if (!cache) return;
  arena_free(cache->arena);
  buffer_finish(&cache->key);
  free(cache->fonts);
  free(cache->kept);
  free(cache);
}

bool text_engine_trim(struct text_engine *engine) {
  struct paragraph_cache *cache = engine->cache;
  if (cache->bytes < MOST_BYTES) return false;
  paragraph_cache_free(cache);
  engine->cache = paragraph_cache_new();
  return true;
}

/* --- keys ----------------------------------------------------------------------- */

static void put_text(struct buffer *key, const char *text, size_t length) {
  buffer_append(key, &length, sizeof length);
  buffer_append(key, text, length);
}

static void put_number(struct buffer *key, int64_t number) {
  buffer_append(key, &number, sizeof number);
}

/* Themes hold a score of sets, of which a page shows a few. */
static size_t font_number(struct paragraph_cache *cache, const struct font_set *set) {
  for (size_t i = 0; i < cache->font_count; i++)
    if (memcmp(&cache->fonts[i], set, sizeof *set) == 0) return i;
  cache->fonts = array_reserve(cache->fonts, cache->font_count, &cache->font_capacity, sizeof *set);
  cache->fonts[cache->font_count] = *set;
  return cache->font_count++;
}

_Static_assert(sizeof(struct font_set) == FONT_SCRIPT_COUNT * (FONT_STACK_LIMIT * sizeof(void *) +
                                                               sizeof(int)),
               "sets are compared as bytes, so there is no padding");

static void put_style(struct paragraph_cache *cache, const struct text_style *style) {
  struct buffer *key = &cache->key;
  put_number(key, (int64_t)font_number(cache, style->fonts));
  put_number(key, style->size);
  put_number(key, style->rise);
  put_number(key, style->verbatim | style->emphasis_dots << 1);
  put_text(key, style->language, strlen(style->language));
}

static void put_run(struct paragraph_cache *cache, const struct text_run *run) {
  put_style(cache, run->style);
  put_number(&cache->key, run->note);
  put_text(&cache->key, run->text, run->length);
}

static void make_key(struct paragraph_cache *cache, const struct paragraph_spec *spec) {
  struct buffer *key = &cache->key;
  buffer_clear(key);
  put_number(key, spec->measure);
  put_number(key, spec->first_indent);
  put_number(key, spec->alignment | spec->strictness << 8 | spec->punctuation << 16 |
                      spec->hyphenate << 24 | spec->balanced << 25 | spec->hanging << 26);
  put_text(key, spec->language, strlen(spec->language));
  for (size_t i = 0; i < spec->run_count; i++) put_run(cache, &spec->runs[i]);
}

/* --- the table -------------------------------------------------------------------- */

static struct kept *find_place(const struct paragraph_cache *cache, const struct buffer *key,
                               uint64_t hash) {
  size_t mask = cache->capacity - 1, at = (size_t)hash & mask;
  for (;; at = (at + 1) & mask) {
    struct kept *kept = &cache->kept[at];
    if (!kept->key) return kept;
    if (kept->hash == hash && kept->key_length == key->length &&
        memcmp(kept->key, key->data, key->length) == 0)
      return kept;
  }
}

static void grow(struct paragraph_cache *cache) {
  struct kept *old = cache->kept;
  size_t count = cache->capacity;
  cache->capacity = count ? count * 2 : 1024;
  cache->kept = memory_alloc(cache->capacity * sizeof *cache->kept);
  size_t mask = cache->capacity - 1;
  for (size_t i = 0; i < count; i++) {
    size_t at = (size_t)old[i].hash & mask;
    if (!old[i].key) continue;
    while (cache->kept[at].key) at = (at + 1) & mask;
    cache->kept[at] = old[i];
  }
  free(old);
}

static void keep(struct text_engine *engine, struct kept *place, uint64_t hash,
                 const struct paragraph *paragraph) {
  struct paragraph_cache *cache = engine->cache;
  *place = (struct kept){.key = arena_strndup(cache->arena, cache->key.data, cache->key.length),
                         .key_length = cache->key.length,
                         .hash = hash,
                         .paragraph = paragraph,
                         .identity = engine->identities + 1};
  cache->count++;
  cache->bytes += cache->key.length + sizeof *place;
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    engine->identities += line->run_count;
    cache->bytes += sizeof *line + line->run_count * sizeof *line->runs;
    for (size_t r = 0; r < line->run_count; r++)
      cache->bytes += line->runs[r].glyph_count * sizeof(struct glyph);
  }
}

/* --- giving out ---------------------------------------------------------------------- */

static const struct line *copy_lines(const struct paragraph *kept, uint64_t identity,
                                     const struct paragraph_spec *spec, struct arena *arena) {
  struct line *lines = arena_alloc_array(arena, kept->line_count, sizeof *lines);
  for (size_t i = 0; i < kept->line_count; i++) {
    lines[i] = kept->lines[i];
    struct glyph_run *runs = arena_alloc_array(arena, lines[i].run_count, sizeof *runs);
    for (size_t r = 0; r < lines[i].run_count; r++) {
      runs[r] = kept->lines[i].runs[r];
      const struct text_run *run = &spec->runs[runs[r].mark];
      runs[r].mark = run->mark;
      runs[r].style = run->style;
      runs[r].identity = identity++;
    }
    lines[i].runs = runs;
  }
  return lines;
}

/* The same spec with each run's number for its mark. */
static const struct paragraph *set_numbered(struct text_engine *engine,
                                            const struct paragraph_spec *spec,
                                            struct messages *messages) {
  struct text_run *runs = memory_alloc(spec->run_count * sizeof *runs);
  struct paragraph_spec numbered = *spec;
  numbered.runs = runs;
  for (size_t i = 0; i < spec->run_count; i++) {
    runs[i] = spec->runs[i];
    runs[i].mark = (uint32_t)i;
  }
  const struct paragraph *paragraph =
      paragraph_set_afresh(engine, engine->cache->arena, &numbered, messages);
  free(runs);
  return paragraph;
}

static const struct kept *find(struct text_engine *engine, const struct paragraph_spec *spec,
                               struct messages *messages) {
  struct paragraph_cache *cache = engine->cache;
  if (2 * (cache->count + 1) > cache->capacity) grow(cache);
  make_key(cache, spec);
  uint64_t hash = hash_table(cache->key.data, cache->key.length);
  struct kept *place = find_place(cache, &cache->key, hash);
  if (!place->key) {
    const struct paragraph *fresh = set_numbered(engine, spec, messages);
    if (!fresh) return NULL;
    keep(engine, place, hash, fresh);
  }
  return place;
}

const struct paragraph *paragraph_look(struct text_engine *engine,
                                       const struct paragraph_spec *spec,
                                       struct messages *messages) {
  const struct kept *kept = find(engine, spec, messages);
  return kept ? kept->paragraph : NULL;
}

const struct paragraph *paragraph_set(struct text_engine *engine, struct arena *arena,
                                      const struct paragraph_spec *spec,
                                      struct messages *messages) {
  const struct kept *place = find(engine, spec, messages);
  if (!place) return NULL;
  struct paragraph *paragraph = arena_alloc(arena, sizeof *paragraph);
  *paragraph = *place->paragraph;
  paragraph->lines = copy_lines(place->paragraph, place->identity, spec, arena);
  return paragraph;
}

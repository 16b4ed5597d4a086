/* Glyphs are numbered in the order met, so that what is known of them lies close together,
 * however far apart they are in the face. */
#include "pdf/outlines.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct outlines outlines_new(const struct face *face) {
  return (struct outlines){
      .face = face,
      .used = memory_alloc(sizeof(struct glyph_set)),
  };
}

void outlines_finish(struct outlines *outlines) {
  for (size_t w = 0; w < outlines->way_count; w++) free(outlines->ways[w].readings);
  free(outlines->ways);
  free(outlines->used);
  free(outlines->ordinals);
}

static uint16_t ordinal_of(const struct outlines *outlines, uint32_t glyph) {
  return glyph < outlines->ordinal_count ? outlines->ordinals[glyph] : 0;
}

bool outlines_has(const struct outlines *outlines, uint32_t glyph) {
  return ordinal_of(outlines, glyph) != 0;
}

/* Most faces are Latin, of which the first glyphs are shown: room for those is enough. */
#define ORDINAL_STEP 1024

static void make_room(struct outlines *outlines, uint32_t glyph) {
  size_t count = (glyph / ORDINAL_STEP + 1) * ORDINAL_STEP, old = outlines->ordinal_count;
  if (glyph < old) return;
  outlines->ordinals = memory_grow(outlines->ordinals, count * sizeof *outlines->ordinals);
  memset(outlines->ordinals + old, 0, (count - old) * sizeof *outlines->ordinals);
  outlines->ordinal_count = count;
}

static uint16_t meet_glyph(struct outlines *outlines, uint32_t glyph) {
  assert(glyph > 0 && glyph < GLYPH_LIMIT);
  make_room(outlines, glyph);
  if (outlines->ordinals[glyph] == 0) {
    outlines->ordinals[glyph] = (uint16_t)++outlines->glyph_count;
    outlines->used->words[glyph / 64] |= (uint64_t)1 << glyph % 64;
  }
  return outlines->ordinals[glyph];
}

static struct reading way_reading(const struct way *way, size_t ordinal) {
  return ordinal < way->count ? way->readings[ordinal] : (struct reading){0};
}

struct reading outlines_reading(const struct outlines *outlines, const struct way *way,
                                uint32_t glyph) {
  return way_reading(way, ordinal_of(outlines, glyph));
}

static void way_set_reading(struct way *way, size_t ordinal, struct reading reading) {
  if (ordinal >= way->count) {
    size_t count = ordinal * 2 + 64;
    way->readings = memory_grow(way->readings, count * sizeof *way->readings);
    memset(way->readings + way->count, 0, (count - way->count) * sizeof *way->readings);
    way->count = count;
  }
  way->readings[ordinal] = reading;
}

/* Do all glyphs of the part have its readings in this way, or (`or_none`) none yet? */
static bool way_fits(const struct outlines *outlines, const struct way *way,
                     const struct part *part, bool or_none) {
  for (uint32_t i = 0; i < part->count; i++) {
    struct reading known = outlines_reading(outlines, way, part_glyph(part, i));
    if (known.length == 0 && or_none) continue;
    if (!reading_equals(known, part_reading(part, i))) return false;
  }
  return true;
}

static struct way *add_way(struct outlines *outlines) {
  outlines->ways = array_reserve(outlines->ways, outlines->way_count, &outlines->way_capacity,
                                 sizeof *outlines->ways);
  outlines->ways[outlines->way_count] = (struct way){0};
  return &outlines->ways[outlines->way_count++];
}

static struct way *way_for(struct outlines *outlines, const struct part *part) {
  for (size_t i = 0; i < outlines->way_count; i++)
    if (way_fits(outlines, &outlines->ways[i], part, true)) return &outlines->ways[i];
  return add_way(outlines);
}

void outlines_note(struct outlines *outlines, const struct part *part) {
  for (uint32_t i = 0; i < part->count; i++) meet_glyph(outlines, part_glyph(part, i));
  struct way *way = way_for(outlines, part);
  for (uint32_t i = 0; i < part->count; i++)
    way_set_reading(way, outlines->ordinals[part_glyph(part, i)], part_reading(part, i));
}

void outlines_note_glyph(struct outlines *outlines, uint32_t glyph, struct reading reading) {
  uint16_t ordinal = meet_glyph(outlines, glyph);
  struct way *way = outlines->way_count ? &outlines->ways[0] : add_way(outlines);
  if (way_reading(way, ordinal).length == 0) way_set_reading(way, ordinal, reading);
}

const struct way *outlines_find_way(const struct outlines *outlines, const struct part *part) {
  for (size_t i = 0; i < outlines->way_count; i++)
    if (way_fits(outlines, &outlines->ways[i], part, false)) return &outlines->ways[i];
  return NULL;
}

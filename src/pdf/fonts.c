/* Two passes over the document's runs. The first notes for each glyph what it is
 * read as; where the same glyph stands for other text elsewhere (a radical and the
 * character of the same shape, U+2019 and U+02BC), the cluster goes to a second way of
 * reading, a second Type0 font over the same outlines. ActualText would do it by the
 * standard, but not in mupdf and pdf.js. The second pass, when content is written, finds the same
 * ways again, so nothing is kept for each cluster. */
#include "pdf/fonts.h"

#include "pdf/cache.h"
#include "pdf/syntax.h"
#include "pdf/tounicode.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One way of reading a face's glyphs. */
struct way {
  struct reading *readings; /* by ordinal; those from `count` on are unknown */
  size_t count;
  unsigned resource;
};

/* All faces with the same outlines. */
struct outlines {
  const struct face *face; /* the first of them that was met */
  struct way *ways;
  size_t way_count, way_capacity;
  struct glyph_set *used;
  uint16_t *ordinals; /* by glyph: 1, 2, 3 … in the order met; 0: not met */
  size_t glyph_count;
  const struct subset *subset; /* the cache's */
};

struct fonts {
  struct outlines *outlines; /* in the order met */
  size_t count, capacity;
  size_t *index; /* + 1, by face->outlines; 0: not met */
  size_t index_size;
};

struct fonts *fonts_new(void) {
  return memory_alloc(sizeof(struct fonts));
}

void fonts_free(struct fonts *fonts) {
  if (!fonts) return;
  for (size_t i = 0; i < fonts->count; i++) {
    struct outlines *outlines = &fonts->outlines[i];
    for (size_t w = 0; w < outlines->way_count; w++) free(outlines->ways[w].readings);
    free(outlines->ways);
    free(outlines->used);
    free(outlines->ordinals);
  }
  free(fonts->outlines);
  free(fonts->index);
  free(fonts);
}

/* --- the first pass: what is shown, and what it is read as ---------------------- */

static struct outlines *outlines_find(const struct fonts *fonts, const struct face *face) {
  assert(face->outlines < fonts->index_size && fonts->index[face->outlines] > 0);
  return &fonts->outlines[fonts->index[face->outlines] - 1];
}

static struct outlines *outlines_meet(struct fonts *fonts, const struct face *face) {
  if (face->outlines >= fonts->index_size) {
    size_t size = face->outlines + 1;
    fonts->index = memory_grow(fonts->index, size * sizeof *fonts->index);
    memset(fonts->index + fonts->index_size, 0, (size - fonts->index_size) * sizeof *fonts->index);
    fonts->index_size = size;
  }
  if (fonts->index[face->outlines] == 0) {
    fonts->outlines =
        array_reserve(fonts->outlines, fonts->count, &fonts->capacity, sizeof *fonts->outlines);
    fonts->outlines[fonts->count++] = (struct outlines){
        .face = face,
        .used = memory_alloc(sizeof(struct glyph_set)),
        .ordinals = memory_alloc(GLYPH_LIMIT * sizeof(uint16_t)),
    };
    fonts->index[face->outlines] = fonts->count;
  }
  return outlines_find(fonts, face);
}

static uint16_t meet_glyph(struct outlines *outlines, uint32_t glyph) {
  assert(glyph > 0 && glyph < GLYPH_LIMIT);
  if (outlines->ordinals[glyph] == 0) {
    outlines->ordinals[glyph] = (uint16_t)++outlines->glyph_count;
    outlines->used->words[glyph / 64] |= (uint64_t)1 << glyph % 64;
  }
  return outlines->ordinals[glyph];
}

static struct reading way_reading(const struct way *way, size_t ordinal) {
  return ordinal < way->count ? way->readings[ordinal] : (struct reading){0};
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

/* Do all glyphs of the cluster have its readings in this way, or (`or_none`) none yet? */
static bool way_fits(const struct outlines *outlines, const struct way *way,
                     const struct glyph_run *run, const struct cluster *cluster, const char *source,
                     bool or_none) {
  for (uint32_t i = 0; i < cluster->glyph_count; i++) {
    uint32_t glyph = run->glyphs[cluster->first_glyph + i].id;
    struct reading known = way_reading(way, outlines->ordinals[glyph]);
    if (known.length == 0 && or_none) continue;
    if (!reading_equals(known, cluster_reading(cluster, source, i))) return false;
  }
  return true;
}

static struct way *way_for(struct outlines *outlines, const struct glyph_run *run,
                           const struct cluster *cluster, const char *source) {
  for (size_t i = 0; i < outlines->way_count; i++) {
    struct way *way = &outlines->ways[i];
    if (way_fits(outlines, way, run, cluster, source, true)) return way;
  }
  outlines->ways = array_reserve(outlines->ways, outlines->way_count, &outlines->way_capacity,
                                 sizeof *outlines->ways);
  outlines->ways[outlines->way_count] = (struct way){0};
  return &outlines->ways[outlines->way_count++];
}

void fonts_note_run(struct fonts *fonts, const struct glyph_run *run, const char *source) {
  struct outlines *outlines = outlines_meet(fonts, run->face);
  for (size_t i = 0; i < run->glyph_count; i++) meet_glyph(outlines, run->glyphs[i].id);
  for (struct cluster cluster = {0}; cluster_next(run, &cluster);) {
    struct way *way = way_for(outlines, run, &cluster, source);
    for (uint32_t i = 0; i < cluster.glyph_count; i++) {
      size_t ordinal = outlines->ordinals[run->glyphs[cluster.first_glyph + i].id];
      /* The same glyph twice in one cluster keeps its first reading. */
      if (way_reading(way, ordinal).length > 0) continue;
      way_set_reading(way, ordinal, cluster_reading(&cluster, source, i));
    }
  }
}

/* --- the font objects --------------------------------------------------------------- */

/* Six letters that differ with the glyphs, before the face's name: what marks a
 * subset (ISO 32000-1, 9.6.4). */
static void put_base_font(struct buffer *out, const struct outlines *outlines) {
  char name[128];
  uint64_t hash = hash_quick(outlines->subset->originals,
                             outlines->subset->glyph_count * sizeof *outlines->subset->originals,
                             HASH_QUICK_SEED);
  for (int i = 0; i < 6; i++) {
    name[i] = (char)('A' + hash % 26);
    hash /= 26;
  }
  snprintf(name + 6, sizeof name - 6, "+%s", outlines->face->postscript_name);
  put_name(out, name);
}

/* Bits of Flags: ISO 32000-1, table 123. */
static unsigned descriptor_flags(const struct face *face) {
  return (face->is_monospaced ? 1u : 0) | (face->is_serif ? 2u : 0) | 4u |
         (face->slant == FONT_ITALIC ? 64u : 0);
}

static HPDF_Dict add_program(const struct outlines *outlines, struct document *document) {
  const struct subset *subset = outlines->subset;
  char entries[48] = "/Subtype/CIDFontType0C";
  if (!outlines->face->is_cff) {
    snprintf(entries, sizeof entries, "/Length1 %zu", subset->program_length);
  }
  hash_add(document->hash, subset->digest, sizeof subset->digest);
  return document_add_packed(document, entries, &subset->program);
}

static HPDF_Dict add_descriptor(const struct outlines *outlines, struct document *document) {
  const struct face *face = outlines->face;
  struct buffer text = {0};
  uint32_t program = object_number(add_program(outlines, document));
  buffer_append_text(&text, "/Type/FontDescriptor/FontName");
  put_base_font(&text, outlines);
  buffer_printf(&text, "/Flags %u/FontBBox[%d %d %d %d]/ItalicAngle ", descriptor_flags(face),
                face_thousandths(face, face->bounds[0]), face_thousandths(face, face->bounds[1]),
                face_thousandths(face, face->bounds[2]), face_thousandths(face, face->bounds[3]));
  put_length(&text, (int64_t)face->italic_angle * MPT_PER_POINT / 65536);
  buffer_printf(&text, "/Ascent %d/Descent %d/CapHeight %d/StemV %d%s %u 0 R",
                face_thousandths(face, face->ascender), face_thousandths(face, face->descender),
                face_thousandths(face, face->cap_height), face->weight / 5,
                face->is_cff ? "/FontFile3" : "/FontFile2", program);
  HPDF_Dict descriptor = document_add(document, &text);
  buffer_finish(&text);
  return descriptor;
}

/* Most glyphs of a Han face are one em wide: that is the default, and the others are
 * listed in stretches of neighbours. */
static void put_widths(struct buffer *out, const struct outlines *outlines) {
  const struct subset *subset = outlines->subset;
  int usual = outlines->face->is_cff ? 1000 : 0;
  bool open = false;
  buffer_printf(out, "/DW %d/W[", usual);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    int width = outlines->subset->widths[code];
    if (width == usual) {
      if (open) buffer_append_byte(out, ']');
      open = false;
      continue;
    }
    if (open) buffer_printf(out, " %d", width);
    else buffer_printf(out, "%u[%d", code, width);
    open = true;
  }
  buffer_append_text(out, open ? "]]" : "]");
}

static HPDF_Dict add_descendant(const struct outlines *outlines, struct document *document) {
  struct buffer text = {0};
  uint32_t descriptor = object_number(add_descriptor(outlines, document));
  buffer_printf(&text, "/Type/Font/Subtype/%s/BaseFont",
                outlines->face->is_cff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity");
  put_base_font(&text, outlines);
  buffer_printf(&text,
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                "/FontDescriptor %u 0 R",
                descriptor);
  put_widths(&text, outlines);
  HPDF_Dict descendant = document_add(document, &text);
  buffer_finish(&text);
  return descendant;
}

static HPDF_Dict add_character_map(const struct outlines *outlines, const struct way *way,
                                   struct document *document) {
  const struct subset *subset = outlines->subset;
  struct buffer text = {0};
  struct reading *by_code = memory_alloc(subset->glyph_count * sizeof *by_code);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    by_code[code] = way_reading(way, outlines->ordinals[subset->originals[code]]);
  }
  tounicode_write(by_code, subset->glyph_count, &text);
  HPDF_Dict map = document_add_shared(document, "", &text);
  buffer_finish(&text);
  free(by_code);
  return map;
}

static HPDF_Dict add_composite(const struct outlines *outlines, const struct way *way,
                               uint32_t descendant, struct document *document) {
  struct buffer text = {0};
  uint32_t map = object_number(add_character_map(outlines, way, document));
  buffer_append_text(&text, "/Type/Font/Subtype/Type0/BaseFont");
  put_base_font(&text, outlines);
  buffer_printf(&text, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R", descendant,
                map);
  HPDF_Dict font = document_add(document, &text);
  buffer_finish(&text);
  return font;
}

HPDF_Dict fonts_embed(struct fonts *fonts, struct pdf_cache *cache, struct document *document) {
  struct buffer resources = {0};
  unsigned count = 0;
  HPDF_Dict dictionary = NULL;
  for (size_t i = 0; i < fonts->count; i++) {
    struct outlines *outlines = &fonts->outlines[i];
    outlines->subset = cache_find_subset(cache, outlines->face, outlines->used);
    if (!outlines->subset) {
      message_error(document->messages, NULL, "cannot-subset", "%s: the face '%s' cannot be cut",
                    outlines->face->path, outlines->face->postscript_name);
      goto out;
    }
    uint32_t descendant = object_number(add_descendant(outlines, document));
    for (size_t w = 0; w < outlines->way_count; w++) {
      HPDF_Dict font = add_composite(outlines, &outlines->ways[w], descendant, document);
      outlines->ways[w].resource = count;
      buffer_printf(&resources, "/F%u %u 0 R", count++, object_number(font));
    }
  }
  dictionary = document_add(document, &resources);
out:
  buffer_finish(&resources);
  return dictionary;
}

/* --- the second pass ------------------------------------------------------------------- */

unsigned fonts_resource(const struct fonts *fonts, const struct glyph_run *run,
                        const struct cluster *cluster, const char *source) {
  const struct outlines *outlines = outlines_find(fonts, run->face);
  size_t way = 0;
  while (way + 1 < outlines->way_count &&
         !way_fits(outlines, &outlines->ways[way], run, cluster, source, false)) {
    way++;
  }
  return outlines->ways[way].resource;
}

unsigned fonts_code(const struct fonts *fonts, const struct face *face, uint32_t glyph,
                    int *width) {
  const struct outlines *outlines = outlines_find(fonts, face);
  unsigned code = outlines->subset->codes[glyph];
  *width = outlines->subset->widths[code];
  return code;
}

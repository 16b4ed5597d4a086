/* Two passes over the document's runs. The first notes for each glyph what it is
 * read as; where the same glyph stands for other text elsewhere (a radical and the
 * character of the same shape, U+2019 and U+02BC), that part goes to a second way of
 * reading, a second Type0 font over the same outlines. ActualText would do it by the
 * standard, but not in mupdf and pdf.js. The second pass, when content is written, finds the same
 * ways again, so nothing is kept for each part. */
#include "pdf/fonts.h"

#include "pdf/font_objects.h"
#include "pdf/syntax.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What fonts that are prepared have more than others; by way, its resource the index. */
struct prepared_way {
  const struct outlines *outlines;
  struct buffer map; /* its character map, deflated */
};

struct fonts {
  struct pdf_cache *cache;
  const struct fonts *prepared; /* or NULL */
  bool *used;                   /* of the prepared ways: by this document */
  struct outlines *outlines;    /* in the order met */
  size_t count, capacity;
  size_t *index; /* + 1, by face->outlines; 0: not met */
  size_t index_size;

  uint64_t number;
  struct prepared_way *ways; /* once these are prepared themselves */
  size_t way_count;
  struct subset **subsets; /* owned; by outlines */
  struct arena *readings;
};

struct fonts *fonts_new(const struct fonts *prepared, struct pdf_cache *cache) {
  struct fonts *fonts = memory_alloc(sizeof *fonts);
  fonts->cache = cache;
  fonts->prepared = prepared;
  if (prepared) fonts->used = memory_alloc(prepared->way_count + 1);
  return fonts;
}

void fonts_free(struct fonts *fonts) {
  if (!fonts) return;
  for (size_t i = 0; i < fonts->count; i++) outlines_finish(&fonts->outlines[i]);
  for (size_t i = 0; fonts->subsets && i < fonts->count; i++) subset_free(fonts->subsets[i]);
  for (size_t i = 0; i < fonts->way_count; i++) buffer_finish(&fonts->ways[i].map);
  if (fonts->readings) arena_free(fonts->readings);
  free(fonts->subsets);
  free(fonts->ways);
  free(fonts->used);
  free(fonts->outlines);
  free(fonts->index);
  free(fonts);
}

size_t fonts_prepared_count(const struct fonts *fonts) {
  return fonts->prepared ? fonts->prepared->way_count : 0;
}

uint64_t fonts_prepared_number(const struct fonts *fonts) {
  return fonts->prepared ? fonts->prepared->number : 0;
}

void fonts_use_prepared(struct fonts *fonts, const bool *used) {
  for (size_t i = 0; i < fonts_prepared_count(fonts); i++) fonts->used[i] |= used[i];
}

/* --- the first pass: what is shown, and what it is read as ---------------------- */

static struct outlines *outlines_find(const struct fonts *fonts, const struct face *face) {
  if (face->outlines >= fonts->index_size || fonts->index[face->outlines] == 0) return NULL;
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
    fonts->outlines[fonts->count++] = outlines_new(face);
    fonts->index[face->outlines] = fonts->count;
  }
  return outlines_find(fonts, face);
}

bool fonts_note_run(struct fonts *fonts, const struct glyph_run *run, const char *source,
                    bool *used) {
  const struct shown_run *shown = fonts_find_shown(fonts, run);
  if (shown) return used[shown->resource] = true;
  const struct outlines *prepared =
      fonts->prepared ? outlines_find(fonts->prepared, run->face) : NULL;
  struct outlines *own = NULL;
  for (struct part part = {.run = run, .source = source}; part_next(&part);) {
    const struct way *way = prepared ? outlines_find_way(prepared, &part) : NULL;
    if (way) {
      used[way->resource] = true;
    } else {
      if (!own) own = outlines_meet(fonts, run->face);
      outlines_note(own, &part);
    }
  }
  return own == NULL;
}

/* --- preparing ------------------------------------------------------------------------ */

/* A face that shows Latin letters may be asked for any of ASCII by a name or a number. */
static void note_ascii(struct outlines *outlines, struct arena *readings) {
  uint32_t letter = face_glyph(outlines->face, 'e');
  if (letter == 0 || !outlines_has(outlines, letter)) return;
  for (uint32_t c = 0x20; c < 0x7F; c++) {
    uint32_t glyph = face_glyph(outlines->face, c);
    if (!glyph) continue;
    char text[] = {(char)c, '\0'};
    outlines_note_glyph(outlines, glyph, (struct reading){arena_strdup(readings, text), 1});
  }
}

/* The texts that were read are the document's; these live longer. */
static void keep_readings(struct outlines *outlines, struct arena *arena) {
  for (size_t w = 0; w < outlines->way_count; w++) {
    for (size_t i = 0; i < outlines->ways[w].count; i++) {
      struct reading *reading = &outlines->ways[w].readings[i];
      if (reading->length) reading->text = arena_strndup(arena, reading->text, reading->length);
    }
  }
}

static void prepare_ways(struct fonts *fonts, struct outlines *outlines, struct packer *packer) {
  struct buffer map = {0};
  fonts->ways = memory_grow(
      fonts->ways, (fonts->way_count + outlines->way_count + 1) * sizeof *fonts->ways);
  for (size_t w = 0; w < outlines->way_count; w++) {
    struct prepared_way *prepared = &fonts->ways[fonts->way_count];
    *prepared = (struct prepared_way){.outlines = outlines};
    outlines->ways[w].resource = (unsigned)fonts->way_count++;
    buffer_clear(&map);
    font_put_character_map(outlines, &outlines->ways[w], &map);
    packer_deflate(packer, map.data, map.length, PACK_SMALL, &prepared->map);
  }
  buffer_finish(&map);
}

static bool report_cut(const struct face *face, struct messages *messages) {
  message_error(messages, NULL, "cannot-subset", "%s: the face '%s' cannot be cut", face->path,
                face->postscript_name);
  return false;
}

bool fonts_prepare(struct fonts *fonts, struct messages *messages) {
  struct packer *packer = cache_packer(fonts->cache);
  fonts->number = cache_number(fonts->cache);
  fonts->readings = arena_new();
  fonts->subsets = memory_alloc((fonts->count + 1) * sizeof(struct subset *));
  for (size_t i = 0; i < fonts->count; i++) {
    struct outlines *outlines = &fonts->outlines[i];
    note_ascii(outlines, fonts->readings);
    keep_readings(outlines, fonts->readings);
    outlines->subset = fonts->subsets[i] = subset_new(outlines->face, outlines->used, packer);
    if (!outlines->subset) return report_cut(outlines->face, messages);
    prepare_ways(fonts, outlines, packer);
  }
  return true;
}

/* --- embedding ------------------------------------------------------------------------ */

static void embed_prepared(struct fonts *fonts, struct buffer *resources,
                           struct document *document) {
  const struct outlines *open = NULL;
  uint32_t descendant = 0;
  for (unsigned i = 0; i < fonts_prepared_count(fonts); i++) {
    const struct prepared_way *way = &fonts->prepared->ways[i];
    if (!fonts->used[i]) continue;
    if (way->outlines != open) descendant = font_add_descendant(way->outlines, document);
    open = way->outlines;
    uint32_t map = object_number(document_add_packed(document, "", &way->map));
    hash_add(document->hash, way->map.data, way->map.length);
    buffer_printf(resources, "/F%u %u 0 R", i,
                  font_add_composite(way->outlines, descendant, map, document));
  }
}

static void embed_own(struct outlines *outlines, unsigned *number, struct buffer *resources,
                      struct document *document) {
  uint32_t descendant = font_add_descendant(outlines, document);
  struct buffer map = {0};
  for (size_t w = 0; w < outlines->way_count; w++) {
    buffer_clear(&map);
    font_put_character_map(outlines, &outlines->ways[w], &map);
    uint32_t font = font_add_composite(
        outlines, descendant, object_number(document_add_shared(document, "", &map)), document);
    outlines->ways[w].resource = *number;
    buffer_printf(resources, "/F%u %u 0 R", (*number)++, font);
  }
  buffer_finish(&map);
}

HPDF_Dict fonts_embed(struct fonts *fonts, struct document *document) {
  struct buffer resources = {0};
  unsigned number = (unsigned)fonts_prepared_count(fonts);
  HPDF_Dict dictionary = NULL;
  embed_prepared(fonts, &resources, document);
  for (size_t i = 0; i < fonts->count; i++) {
    struct outlines *outlines = &fonts->outlines[i];
    outlines->subset = cache_find_subset(fonts->cache, outlines->face, outlines->used);
    if (!outlines->subset) {
      report_cut(outlines->face, document->messages);
      goto out;
    }
    embed_own(outlines, &number, &resources, document);
  }
  dictionary = document_add(document, &resources);
out:
  buffer_finish(&resources);
  return dictionary;
}

/* --- the second pass ------------------------------------------------------------------- */

struct font_use fonts_find(const struct fonts *fonts, const struct part *part) {
  const struct face *face = part->run->face;
  const struct outlines *prepared = fonts->prepared ? outlines_find(fonts->prepared, face) : NULL;
  const struct way *way = prepared ? outlines_find_way(prepared, part) : NULL;
  if (way) return (struct font_use){way->resource, prepared->subset};
  const struct outlines *own = outlines_find(fonts, face);
  way = own ? outlines_find_way(own, part) : NULL;
  assert(way); /* the first pass has noted it */
  return (struct font_use){way->resource, own->subset};
}

/* --- runs that were written before ------------------------------------------------------- */

/* Codes and widths follow from the prepared fonts and the run alone. */
struct run_key {
  uint64_t prepared, run;
};

const struct shown_run *fonts_find_shown(const struct fonts *fonts, const struct glyph_run *run) {
  struct run_key key = {fonts_prepared_number(fonts), run->identity};
  if (key.prepared == 0 || key.run == 0) return NULL;
  const struct kept *kept = keeper_find(cache_runs(fonts->cache), &key, sizeof key);
  return kept ? kept->value : NULL;
}

void fonts_keep_shown(const struct fonts *fonts, const struct glyph_run *run, unsigned resource,
                      const char *text, size_t length) {
  struct run_key key = {fonts_prepared_number(fonts), run->identity};
  if (resource >= fonts_prepared_count(fonts) || key.run == 0) return;
  struct shown_run *shown = memory_alloc(sizeof *shown + length);
  *shown = (struct shown_run){resource, (uint32_t)length};
  memcpy(shown->text, text, length);
  keeper_add(cache_runs(fonts->cache), &key, sizeof key, shown, sizeof *shown + length);
  free(shown);
}

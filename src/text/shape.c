/* Items into glyphs, by HarfBuzz: script and language set on every buffer, since
 * `locl` and the long dashes hang on them.
 *
 * Kerning is off for Han items (in Noto CJK it is meant for proportional setting) and
 * in code, where ligatures are off too. The buffer is the engine's, used over and over. */
#include "text/setting.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEATURE(tag_text, on)                                                                      \
  { HB_TAG((tag_text)[0], (tag_text)[1], (tag_text)[2], (tag_text)[3]), on, 0, (unsigned)-1 }

/* Rounded half away from zero. */
static mpt to_mpt(hb_position_t units, const struct item *item) {
  if (units == 0) return 0;
  int64_t doubled = (int64_t)(units < 0 ? -units : units) * item->size * 2;
  mpt size = (mpt)((quotient(doubled, item->face->units_per_em) + 1) / 2);
  return units < 0 ? -size : size;
}

/* --- one item --------------------------------------------------------------- */

static const char *shaping_language(const struct setting *s, const struct item *item) {
  const struct text_style *style = s->spec->runs[item->run].style;
  const char *language = style->language ? style->language : s->spec->language;
  bool east = language && (strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0 ||
                           strncmp(language, "ko", 2) == 0);
  if (item->han) return east ? language : "zh-Hans";
  return language && !east ? language : "en";
}

static hb_language_t find_language(struct text_engine *engine, const char *name, bool han) {
  struct shaping_language *last = &engine->languages[han ? FONT_SCRIPT_HAN : FONT_SCRIPT_LATIN];
  if (last->language && strcmp(last->name, name) == 0) return last->language;
  snprintf(last->name, sizeof last->name, "%s", name);
  last->language = hb_language_from_string(name, -1);
  return last->language;
}

static unsigned choose_features(const struct setting *s, const struct item *item,
                                hb_feature_t features[4]) {
  static const hb_feature_t no_kerning = FEATURE("kern", 0), no_ligatures = FEATURE("liga", 0),
                            no_context = FEATURE("calt", 0), proportional = FEATURE("pwid", 1);
  unsigned count = 0;
  bool verbatim = s->spec->runs[item->run].style->verbatim;
  if (item->han || verbatim) features[count++] = no_kerning;
  if (verbatim && !item->han) {
    features[count++] = no_ligatures;
    features[count++] = no_context;
  }
  const struct font_set *set = s->spec->runs[item->run].style->fonts;
  if (!item->han && item->face == set->faces[FONT_SCRIPT_HAN][0]) features[count++] = proportional;
  return count;
}

static void fill_buffer(struct setting *s, const struct item *item, uint32_t start, uint32_t end) {
  hb_buffer_t *buffer = s->engine->buffer;
  hb_buffer_clear_contents(buffer);
  hb_buffer_add_utf32(buffer, s->codes, (int)s->count, start, (int)(end - start));
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  bool unknown = item->script == HB_SCRIPT_COMMON || item->script == HB_SCRIPT_INVALID;
  hb_buffer_set_script(buffer, unknown ? HB_SCRIPT_LATIN : item->script);
  hb_buffer_set_language(buffer, find_language(s->engine, shaping_language(s, item), item->han));
  hb_feature_t features[4];
  unsigned count = choose_features(s, item, features);
  hb_shape(item->face->hb_font, buffer, features, count);
}

static void reserve_glyphs(struct setting *s, size_t more) {
  if (s->glyph_count + more <= s->glyph_capacity) return;
  size_t wanted =
      s->glyph_capacity * 2 > s->glyph_count + more ? s->glyph_capacity * 2 : s->glyph_count + more;
  s->glyphs = memory_grow(s->glyphs, wanted * sizeof *s->glyphs);
  s->glyph_capacity = wanted;
}

/* A cluster's advance, shared out evenly: a ligature may be broken at a hyphen. */
static void share_out(struct setting *s, uint32_t start, uint32_t end, int64_t advance) {
  uint32_t count = end - start;
  s->characters[start].advance = (mpt)advance;
  if (count == 1) return;
  for (uint32_t i = 0; i < count; i++) {
    mpt here = (mpt)(advance * (i + 1) / count - advance * i / count);
    s->characters[start + i].advance = here;
  }
}

static void start_cluster(struct setting *s, uint32_t character, uint32_t glyph, bool is_unsafe) {
  struct character *c = &s->characters[character];
  c->starts_cluster = true;
  c->glyph = glyph;
  c->unsafe = is_unsafe;
}

static void take_glyphs(struct setting *s, const struct item *item, uint32_t start, uint32_t end) {
  unsigned count;
  const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->engine->buffer, &count);
  const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(s->engine->buffer, &count);
  reserve_glyphs(s, count);
  uint32_t cluster = start;
  int64_t advance = 0;
  for (unsigned i = 0; i < count; i++) {
    if (info[i].cluster != cluster) {
      share_out(s, cluster, info[i].cluster, advance);
      cluster = info[i].cluster;
      advance = 0;
    }
    if (!s->characters[cluster].starts_cluster) {
      bool is_unsafe = hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
      start_cluster(s, cluster, (uint32_t)s->glyph_count, is_unsafe);
    }
    mpt width = to_mpt(position[i].x_advance, item);
    advance += width;
    s->glyphs[s->glyph_count++] = (struct shaped){
        .id = info[i].codepoint,
        .character = cluster,
        .advance = width,
        .x = to_mpt(position[i].x_offset, item),
        .y = to_mpt(position[i].y_offset, item),
    };
  }
  share_out(s, cluster, end, advance);
}

static void shape_part(struct setting *s, const struct item *item, uint32_t start, uint32_t end) {
  fill_buffer(s, item, start, end);
  take_glyphs(s, item, start, end);
}

void shape(struct setting *s) {
  for (size_t i = 0; i < s->item_count; i++) {
    const struct item *item = &s->items[i];
    if (item->face) shape_part(s, item, item->start, item->end);
  }
}

void shape_again(struct setting *s, uint32_t item, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++) s->characters[i].starts_cluster = false;
  shape_part(s, &s->items[item], start, end);
}

uint32_t item_glyph(const struct item *item, uint32_t code, mpt *width) {
  uint32_t glyph = face_glyph(item->face, code);
  *width = to_mpt(face_glyph_width(item->face, glyph), item);
  return glyph;
}

/* --- half-width marks -------------------------------------------------------- */

/* What `halt` takes from a mark, in units of its face; asked of HarfBuzz once for
 * each face and mark. The place is the hash; a later mark drives an earlier out. */
#define CACHE_SIZE 1024u

struct cached_cuts {
  const struct face *face;
  uint32_t code;
  hb_position_t left, right;
  char language[12];
};

struct mark_cache {
  struct cached_cuts entries[CACHE_SIZE];
};

struct mark_cache *mark_cache_new(void) {
  return memory_alloc(sizeof(struct mark_cache));
}
void mark_cache_free(struct mark_cache *cache) {
  free(cache);
}

static void shape_mark(struct setting *s, const struct item *item, const char *language,
                       uint32_t code, bool half) {
  static const hb_feature_t features[2] = {FEATURE("kern", 0), FEATURE("halt", 1)};
  hb_buffer_t *buffer = s->engine->buffer;
  hb_buffer_clear_contents(buffer);
  hb_buffer_add_utf32(buffer, &code, 1, 0, 1);
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
  hb_buffer_set_language(buffer, find_language(s->engine, language, true));
  hb_shape(item->face->hb_font, buffer, features, half ? 2 : 1);
}

static void measure_cuts(struct setting *s, const struct item *item, const char *language,
                         uint32_t code, struct cached_cuts *out) {
  unsigned count;
  shape_mark(s, item, language, code, false);
  hb_position_t full = hb_buffer_get_glyph_positions(s->engine->buffer, &count)->x_advance;
  shape_mark(s, item, language, code, true);
  const hb_glyph_position_t *half = hb_buffer_get_glyph_positions(s->engine->buffer, &count);
  *out = (struct cached_cuts){
      .face = item->face,
      .code = code,
      .left = -half->x_offset,
      .right = full - half->x_advance + half->x_offset,
  };
  strncpy(out->language, language, sizeof out->language - 1);
}

struct mark_cuts mark_cuts(struct setting *s, const struct character *c, uint32_t code) {
  const struct item *item = &s->items[c->item];
  const char *language = shaping_language(s, item);
  uint32_t hash = (code * 2654435761u + item->face->index * 97u) % CACHE_SIZE;
  struct cached_cuts *entry = &s->engine->marks->entries[hash];
  bool known = entry->face == item->face && entry->code == code &&
               strncmp(entry->language, language, sizeof entry->language - 1) == 0;
  if (!known) measure_cuts(s, item, language, code, entry);
  return (struct mark_cuts){to_mpt(entry->left, item), to_mpt(entry->right, item)};
}

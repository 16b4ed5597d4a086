/* One face: its metrics, its glyphs, and the choice among faces.
 *
 * The file stays mapped; HarfBuzz reads tables in place. Metrics come through
 * hb-ot, which knows which of hhea and OS/2 to believe; what it has no call for
 * (bounds, PANOSE, the italic angle) is read from the table at its fixed offset.
 *
 * The way from a character to its glyph is a search among tens of thousands of
 * segments, and the most frequent thing that is asked; so it is remembered, for us and
 * for HarfBuzz, in a table of atomic words that threads share without a lock. */
#include "font/face.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdatomic.h>

#define TABLE_HEAD HB_TAG('h', 'e', 'a', 'd')
#define TABLE_POST HB_TAG('p', 'o', 's', 't')
#define TABLE_OS2  HB_TAG('O', 'S', '/', '2')
#define TABLE_CFF  HB_TAG('C', 'F', 'F', ' ')
#define TABLE_GLYF HB_TAG('g', 'l', 'y', 'f')

enum { HEAD_BOUNDS = 36, POST_ANGLE = 4, POST_FIXED_PITCH = 12, OS2_CLASS = 30, OS2_PANOSE = 32 };
enum { PANOSE_FAMILY, PANOSE_SERIF, PANOSE_PROPORTION = 3 };
enum { PANOSE_LATIN_TEXT = 2, PANOSE_FIRST_SERIF = 2, PANOSE_LAST_SERIF = 10, PANOSE_FIXED = 9 };

/* --- tables ------------------------------------------------------------------ */

/* Big-endian; 0 beyond the table's end. */
static uint32_t read_uint(hb_blob_t *table, unsigned offset, unsigned bytes) {
  unsigned length;
  const uint8_t *data = (const uint8_t *)hb_blob_get_data(table, &length);
  if (offset + bytes > length) return 0;
  uint32_t value = 0;
  for (unsigned i = 0; i < bytes; i++) value = value << 8 | data[offset + i];
  return value;
}

static int read_int16(hb_blob_t *table, unsigned offset) {
  return (int16_t)read_uint(table, offset, 2);
}

static int metric(struct face *face, hb_ot_metrics_tag_t tag) {
  hb_position_t value = 0;
  hb_ot_metrics_get_position_with_fallback(face->hb_font, tag, &value);
  return value;
}

static void read_metrics(struct face *face) {
  face->units_per_em = (int)hb_face_get_upem(face->hb_face);
  face->ascender = metric(face, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
  face->descender = metric(face, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
  face->cap_height = metric(face, HB_OT_METRICS_TAG_CAP_HEIGHT);
  face->x_height = metric(face, HB_OT_METRICS_TAG_X_HEIGHT);
  face->underline_position = metric(face, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
  face->underline_thickness = metric(face, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
}

static void read_shape(struct face *face) {
  hb_blob_t *head = hb_face_reference_table(face->hb_face, TABLE_HEAD);
  for (unsigned i = 0; i < 4; i++) face->bounds[i] = read_int16(head, HEAD_BOUNDS + 2 * i);
  hb_blob_destroy(head);
  hb_blob_t *post = hb_face_reference_table(face->hb_face, TABLE_POST);
  face->italic_angle = (int32_t)read_uint(post, POST_ANGLE, 4);
  face->is_monospaced = read_uint(post, POST_FIXED_PITCH, 4) != 0;
  hb_blob_destroy(post);
}

/* The classes 1 to 5 and 7 of the older IBM scheme are serifs. */
static bool is_serif_class(uint32_t class) {
  return (class >= 1 && class <= 5) || class == 7;
}

static void read_kind(struct face *face) {
  hb_blob_t *os2 = hb_face_reference_table(face->hb_face, TABLE_OS2);
  uint32_t serif = read_uint(os2, OS2_PANOSE + PANOSE_SERIF, 1);
  if (read_uint(os2, OS2_PANOSE + PANOSE_FAMILY, 1) == PANOSE_LATIN_TEXT && serif > 1) {
    face->is_serif = serif >= PANOSE_FIRST_SERIF && serif <= PANOSE_LAST_SERIF;
  } else {
    face->is_serif = is_serif_class(read_uint(os2, OS2_CLASS, 1));
  }
  uint32_t proportion = read_uint(os2, OS2_PANOSE + PANOSE_PROPORTION, 1);
  face->is_monospaced = face->is_monospaced || proportion == PANOSE_FIXED;
  hb_blob_destroy(os2);
}

static const char *read_postscript_name(struct arena *arena, hb_face_t *face) {
  hb_language_t english = hb_language_from_string("en", -1);
  unsigned length = hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, english, NULL, NULL);
  char *name = arena_alloc(arena, length + 1);
  unsigned size = length + 1;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, english, &size, name);
  return name;
}

static hb_blob_t *outlines_of(const struct face *face) {
  return hb_face_reference_table(face->hb_face, face->is_cff ? TABLE_CFF : TABLE_GLYF);
}

/* --- the glyph cache ---------------------------------------------------------- */

/* An entry holds a character, plus one so that 0 is empty, and its glyph. */
#define CACHE_SIZE 4096u
struct glyph_cache {
  _Atomic uint64_t entries[CACHE_SIZE];
  hb_font_t *font; /* asked where the cache does not know */
};

static hb_codepoint_t cached_glyph(struct glyph_cache *cache, hb_codepoint_t code) {
  _Atomic uint64_t *entry = &cache->entries[code % CACHE_SIZE];
  uint64_t known = atomic_load_explicit(entry, memory_order_relaxed);
  if (known >> 32 == (uint64_t)code + 1) return (hb_codepoint_t)known;
  hb_codepoint_t glyph = 0;
  if (!hb_font_get_nominal_glyph(cache->font, code, &glyph)) glyph = 0;
  uint64_t learnt = ((uint64_t)code + 1) << 32 | glyph;
  atomic_store_explicit(entry, learnt, memory_order_relaxed);
  return glyph;
}

static hb_bool_t give_glyph(hb_font_t *font, void *cache, hb_codepoint_t code,
                            hb_codepoint_t *glyph, void *unused) {
  (void)font;
  (void)unused;
  *glyph = cached_glyph(cache, code);
  return *glyph != 0;
}

static unsigned give_glyphs(hb_font_t *font, void *cache, unsigned count,
                            const hb_codepoint_t *codes, unsigned code_stride,
                            hb_codepoint_t *glyphs, unsigned glyph_stride, void *unused) {
  (void)font;
  (void)unused;
  for (unsigned i = 0; i < count; i++) {
    *glyphs = cached_glyph(cache, *codes);
    if (*glyphs == 0) return i;
    codes = (const hb_codepoint_t *)(const void *)((const char *)codes + code_stride);
    glyphs = (hb_codepoint_t *)(void *)((char *)glyphs + glyph_stride);
  }
  return count;
}

/* A font above the plain one, which differs from it in the cache alone. */
static hb_font_t *cached_font(hb_font_t *plain, struct glyph_cache *cache) {
  hb_font_funcs_t *functions = hb_font_funcs_create();
  hb_font_funcs_set_nominal_glyph_func(functions, give_glyph, NULL, NULL);
  hb_font_funcs_set_nominal_glyphs_func(functions, give_glyphs, NULL, NULL);
  hb_font_funcs_make_immutable(functions);
  hb_font_t *font = hb_font_create_sub_font(plain);
  hb_font_set_funcs(font, functions, cache, NULL);
  hb_font_funcs_destroy(functions);
  hb_font_make_immutable(font);
  return font;
}

/* --- opening ----------------------------------------------------------------- */

struct face *face_open(struct arena *arena, hb_blob_t *file, const struct face_entry *entry,
                       const char *family) {
  if (entry->collection_index >= hb_face_count(file)) return NULL;
  struct face *face = arena_alloc(arena, sizeof *face);
  face->hb_face = hb_face_create(file, entry->collection_index);
  hb_face_make_immutable(face->hb_face);
  face->cutting = arena_alloc(arena, sizeof *face->cutting);
  face->cutting->file = file;
  face->cache = arena_alloc(arena, sizeof *face->cache);
  face->cache->font = hb_font_create(face->hb_face);
  hb_font_make_immutable(face->cache->font);
  face->hb_font = cached_font(face->cache->font, face->cache);
  face->family = arena_strdup(arena, family);
  face->postscript_name = read_postscript_name(arena, face->hb_face);
  face->path = arena_strdup(arena, entry->path);
  face->collection_index = entry->collection_index;
  face->weight = entry->weight;
  face->slant = entry->slant;
  hb_blob_t *cff = hb_face_reference_table(face->hb_face, TABLE_CFF);
  face->is_cff = hb_blob_get_length(cff) > 0;
  hb_blob_destroy(cff);
  read_metrics(face);
  read_shape(face);
  read_kind(face);
  return face;
}

void face_close(struct face *face) {
  hb_font_destroy(face->hb_font);
  hb_font_destroy(face->cache->font);
  cutting_finish(face->cutting);
  hb_face_destroy(face->hb_face);
}

/* Faces of one collection point at the same bytes of the one mapping. */
bool face_shares_outlines(const struct face *one, const struct face *other) {
  if (one->is_cff != other->is_cff) return false;
  hb_blob_t *a = outlines_of(one), *b = outlines_of(other);
  bool same = hb_blob_get_length(a) > 0 && hb_blob_get_length(a) == hb_blob_get_length(b) &&
              hb_blob_get_data(a, NULL) == hb_blob_get_data(b, NULL);
  hb_blob_destroy(a);
  hb_blob_destroy(b);
  return same;
}

/* --- glyphs ------------------------------------------------------------------ */

uint32_t face_glyph(const struct face *face, uint32_t codepoint) {
  return cached_glyph(face->cache, codepoint);
}

int face_glyph_width(const struct face *face, uint32_t glyph) {
  return hb_font_get_glyph_h_advance(face->hb_font, glyph);
}

static const struct face *stack_face(const struct font_set *set, enum font_script script,
                                     uint32_t codepoint) {
  for (int i = 0; i < FONT_STACK_LIMIT && set->faces[script][i]; i++) {
    if (face_glyph(set->faces[script][i], codepoint)) return set->faces[script][i];
  }
  return NULL;
}

const struct face *font_set_face(const struct font_set *set, enum font_script script,
                                 uint32_t codepoint) {
  const struct face *face = stack_face(set, script, codepoint);
  for (int other = 0; !face && other < FONT_SCRIPT_COUNT; other++) {
    if (other != (int)script) face = stack_face(set, (enum font_script)other, codepoint);
  }
  return face;
}

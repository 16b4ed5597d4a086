/* Names are written with common characters. Cut to those of GB 2312, a Han face of 65,000
 * glyphs is one of 8,000, from which the three of a name are cut eight times as fast, and
 * with the same result: what hb-subset keeps of a glyph does not depend on the others. It takes
 * a seventh of a second, so it is made for a face that is cut again and again.
 * (hb_subset_preprocess makes that fifty times as fast, but takes twenty megabytes a face.)
 *
 * Most names are written with a few hundred of those: a pool of the characters of the names so
 * far is cut from it, from which a name is cut ten times as fast again. */
#define _DEFAULT_SOURCE /* madvise */
#include "font/face.h"

#include <hb-subset.h>
#include <hb.h>
#include <iconv.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Faces with fewer glyphs are quick to cut as they are. */
#define LARGE 20000

/* Cuts of the whole face before it pays. */
#define CUTS_BEFORE 40

static void add_gb2312(hb_set_t *characters) {
  iconv_t converter = iconv_open("UTF-16LE", "GB2312");
  if (converter == (iconv_t)-1) return;
  for (unsigned code = 0xB0A1; code <= 0xF7FE; code++) {
    char in[] = {(char)(code >> 8), (char)code}, *from = in;
    unsigned char out[2];
    char *to = (char *)out;
    size_t in_left = sizeof in, out_left = sizeof out;
    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &in_left, &to, &out_left) != (size_t)-1)
      hb_set_add(characters, out[0] | (hb_codepoint_t)out[1] << 8);
  }
  iconv_close(converter);
}

/* For a face that is to be cut again: all its names and features stay. */
static hb_subset_input_t *choose_all(void) {
  static const hb_subset_sets_t whole[] = {HB_SUBSET_SETS_LAYOUT_FEATURE_TAG,
                                           HB_SUBSET_SETS_NAME_ID, HB_SUBSET_SETS_NAME_LANG_ID};
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  for (size_t i = 0; input && i < sizeof whole / sizeof *whole; i++) {
    hb_set_t *set = hb_subset_input_set(input, whole[i]);
    hb_set_clear(set);
    hb_set_invert(set);
  }
  return input;
}

static hb_subset_input_t *choose_common(void) {
  hb_subset_input_t *input = choose_all();
  if (!input) return NULL;
  hb_set_t *characters = hb_subset_input_unicode_set(input);
  add_gb2312(characters);
  hb_set_add_range(characters, 0x20, 0x24F);
  hb_set_add_range(characters, 0x2000, 0x206F);
  hb_set_add_range(characters, 0x3000, 0x303F);
  hb_set_add_range(characters, 0xFF00, 0xFFEF);
  return input;
}

static void keep_numbers(struct common_face *common, const hb_subset_plan_t *plan,
                         unsigned count) {
  const hb_map_t *map = hb_subset_plan_new_to_old_glyph_mapping(plan);
  common->glyphs = memory_alloc(FONT_GLYPH_LIMIT * sizeof *common->glyphs);
  common->originals = memory_alloc(count * sizeof *common->originals);
  for (unsigned glyph = 0; glyph < count; glyph++) {
    hb_codepoint_t original = hb_map_get(map, glyph);
    if (original >= FONT_GLYPH_LIMIT) continue;
    common->originals[glyph] = original;
    common->glyphs[original] = (uint16_t)glyph;
  }
}

/* hb-subset gives a face that is still in parts: as one block of bytes it can be cut. */
static hb_face_t *as_block(hb_face_t *parts) {
  hb_blob_t *blob = hb_face_reference_blob(parts);
  hb_face_t *face = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  hb_face_make_immutable(face);
  return face;
}

static struct common_face *common_new(const struct face *face) {
  struct common_face *common = NULL;
  hb_subset_input_t *input = choose_common();
  hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail(face->hb_face, input) : NULL;
  hb_face_t *parts = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
  if (parts) {
    common = memory_alloc(sizeof *common);
    common->hb_face = as_block(parts);
    keep_numbers(common, plan, hb_face_get_glyph_count(common->hb_face));
    common->characters = hb_set_create();
    hb_face_collect_unicodes(common->hb_face, common->characters);
  }
  hb_face_destroy(parts);
  if (plan) hb_subset_plan_destroy(plan);
  if (input) hb_subset_input_destroy(input);
  memory_return();
  return common;
}

void cutting_finish(struct cutting *cutting) {
  struct common_face *common = cutting->common;
  hb_face_destroy(cutting->pool);
  hb_set_destroy(cutting->asked);
  hb_set_destroy(cutting->pooled);
  cutting->pool = NULL;
  cutting->asked = cutting->pooled = NULL;
  if (!common) return;
  hb_face_destroy(common->hb_face);
  hb_set_destroy(common->characters);
  free(common->glyphs);
  free(common->originals);
  free(common);
  cutting->common = NULL;
}

const struct common_face *face_common(const struct face *face) {
  struct cutting *cutting = face->cutting;
  if (cutting->common || !cutting->often) return cutting->common;
  if (cutting->cuts++ < CUTS_BEFORE || hb_face_get_glyph_count(face->hb_face) < LARGE) return NULL;
  cutting->common = common_new(face);
  cutting->often = cutting->common != NULL;
  return cutting->common;
}

/* --- names ---------------------------------------------------------------------------------- */

/* A face is renewed for so many names that it could not be cut for. */
#define POOL_MISSES 4

/* More characters than that are no name; and so many make the pool no quicker than the common face. */
#define NAME_LENGTH 16
#define POOL_LENGTH 2000

/* Hints go and subroutines are written out in the pool already, as in all that is cut from it. */
static void renew_pool(struct cutting *cutting) {
  hb_subset_input_t *input = choose_all();
  if (!input) return;
  hb_set_union(hb_subset_input_unicode_set(input), cutting->asked);
  hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_face_t *parts = hb_subset_or_fail(cutting->common->hb_face, input);
  hb_subset_input_destroy(input);
  if (!parts) return;
  hb_face_destroy(cutting->pool);
  cutting->pool = as_block(parts);
  hb_face_destroy(parts);
  hb_set_set(cutting->pooled, cutting->asked);
}

hb_face_t *face_to_cut(const struct face *face, const hb_set_t *characters) {
  const struct common_face *common = face_common(face);
  struct cutting *cutting = face->cutting;
  if (!common || !hb_set_is_subset(characters, common->characters)) return face->hb_face;
  if (hb_set_get_population(characters) > NAME_LENGTH) return common->hb_face;
  if (cutting->pool && hb_set_is_subset(characters, cutting->pooled)) return cutting->pool;
  if (!cutting->asked) cutting->asked = hb_set_create();
  if (!cutting->pooled) cutting->pooled = hb_set_create();
  if (hb_set_get_population(cutting->asked) > POOL_LENGTH) hb_set_clear(cutting->asked);
  hb_set_union(cutting->asked, characters);
  if (++cutting->misses % POOL_MISSES == 0) renew_pool(cutting);
  return common->hb_face;
}

/* What is asked for again is read from the file again. */
void face_was_cut(const struct face *face) {
  unsigned length;
  const char *bytes = hb_blob_get_data(face->cutting->file, &length);
  if (!face->cutting->often) madvise((void *)(uintptr_t)bytes, length, MADV_DONTNEED);
}

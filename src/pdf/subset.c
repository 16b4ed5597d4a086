/* hb-subset cuts and renumbers; what a PDF reader never looks at (layout, names,
 * characters) is dropped, and of a CFF face only the CFF table goes into the file. */
#include "pdf/subset.h"

#include "base/arena.h"
#include "pdf/cff.h"

#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>

/* What a CIDFontType2 program needs (ISO 32000-1, 9.9), and CFF. */
static const hb_tag_t kept_tables[] = {
    HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
    HB_TAG('m', 'a', 'x', 'p'), HB_TAG('c', 'v', 't', ' '), HB_TAG('f', 'p', 'g', 'm'),
    HB_TAG('p', 'r', 'e', 'p'),
};

static bool is_kept(hb_tag_t tag) {
  for (size_t i = 0; i < sizeof kept_tables / sizeof *kept_tables; i++) {
    if (kept_tables[i] == tag) return true;
  }
  return false;
}

static void drop_tables(hb_subset_input_t *input, hb_face_t *face) {
  hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
  unsigned at = 0, count;
  do {
    hb_tag_t tags[32];
    count = sizeof tags / sizeof *tags;
    hb_face_get_table_tags(face, at, &count, tags);
    for (unsigned i = 0; i < count; i++) {
      if (!is_kept(tags[i])) hb_set_add(dropped, tags[i]);
    }
    at += count;
  } while (count > 0);
}

static void keep_numbers(struct subset *subset, hb_subset_plan_t *plan, size_t limit) {
  const hb_map_t *map = hb_subset_plan_new_to_old_glyph_mapping(plan);
  subset->codes = memory_alloc(limit * sizeof *subset->codes);
  subset->originals = memory_alloc(subset->glyph_count * sizeof *subset->originals);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    hb_codepoint_t glyph = hb_map_get(map, code);
    if (glyph >= limit) continue;
    subset->codes[glyph] = (uint16_t)code;
    subset->originals[code] = glyph;
  }
}

static bool take_program(struct subset *subset, hb_face_t *cut, bool is_cff) {
  hb_blob_t *blob = is_cff ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '))
                           : hb_face_reference_blob(cut);
  unsigned length;
  const char *bytes = hb_blob_get_data(blob, &length);
  buffer_append(&subset->program, bytes, length);
  hb_blob_destroy(blob);
  if (length == 0) return false;
  return !is_cff || cff_make_identity((uint8_t *)subset->program.data, length, subset->glyph_count);
}

bool subset_make(struct subset *subset, const struct face *face, const bool *used, size_t limit) {
  hb_subset_plan_t *plan = NULL;
  hb_face_t *cut = NULL;
  bool ok = false;
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  if (!input) goto out;
  drop_tables(input, face->hb_face);
  hb_set_t *glyphs = hb_subset_input_glyph_set(input);
  for (uint32_t glyph = 0; glyph < limit; glyph++) {
    if (used[glyph]) hb_set_add(glyphs, glyph);
  }
  plan = hb_subset_plan_create_or_fail(face->hb_face, input);
  if (!plan) goto out;
  cut = hb_subset_plan_execute_or_fail(plan);
  if (!cut) goto out;
  subset->glyph_count = hb_face_get_glyph_count(cut);
  keep_numbers(subset, plan, limit);
  ok = take_program(subset, cut, face->is_cff);
out:
  hb_face_destroy(cut);
  if (plan) hb_subset_plan_destroy(plan);
  if (input) hb_subset_input_destroy(input);
  return ok;
}

void subset_finish(struct subset *subset) {
  buffer_finish(&subset->program);
  free(subset->codes);
  free(subset->originals);
  *subset = (struct subset){0};
}

/* hb-subset cuts and renumbers; what a PDF reader never looks at (layout, names,
 * characters) is dropped, and of a CFF face only the CFF table goes into the file.
 * Two more things make faces smaller by a quarter (Han) to a half (Latin) once deflated:
 * hints go, which mean nothing in print and at the sizes of today's screens, and CFF's subroutines
 * are written out, since deflate finds what is said twice better than they do. */
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
    HB_TAG('m', 'a', 'x', 'p'),
};

static bool is_kept(hb_tag_t tag) {
  for (size_t i = 0; i < sizeof kept_tables / sizeof *kept_tables; i++) {
    if (kept_tables[i] == tag) return true;
  }
  return false;
}

static hb_blob_t *find_table(hb_face_t *outlines, hb_tag_t tag, void *face) {
  (void)outlines;
  return is_kept(tag) ? hb_face_reference_table(face, tag) : NULL;
}

static void forget(void *face) {
  hb_face_destroy(face);
}

/* The face with these tables alone. With its characters, hb-subset would go through them all
 * first, which takes longer than the rest, and keep variants of them that no one asked for. */
static hb_face_t *outlines_of(hb_face_t *face) {
  return hb_face_create_for_tables(find_table, hb_face_reference(face), forget);
}

int face_thousandths(const struct face *face, int length) {
  long em = face->units_per_em;
  long twice = 2000L * length;
  return (int)((twice + (twice < 0 ? -em : em)) / (2 * em));
}

static void keep_numbers(struct subset *subset, const struct face *face,
                         const struct common_face *common, const hb_subset_plan_t *plan) {
  const hb_map_t *map = hb_subset_plan_new_to_old_glyph_mapping(plan);
  hb_codepoint_t last = 0;
  subset->originals = memory_alloc(subset->glyph_count * sizeof *subset->originals);
  subset->widths = memory_alloc(subset->glyph_count * sizeof *subset->widths);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    hb_codepoint_t glyph = hb_map_get(map, code);
    if (glyph >= GLYPH_LIMIT) continue;
    if (common) glyph = common->originals[glyph];
    if (glyph > last) last = glyph;
    subset->originals[code] = glyph;
    subset->widths[code] = face_thousandths(face, face_glyph_width(face, glyph));
  }
  subset->codes = memory_alloc((last + 1) * sizeof *subset->codes);
  for (unsigned code = 0; code < subset->glyph_count; code++)
    if (subset->originals[code]) subset->codes[subset->originals[code]] = (uint16_t)code;
  subset->glyphs_hash = hash_quick(subset->originals,
                                   subset->glyph_count * sizeof *subset->originals,
                                   HASH_QUICK_SEED);
}

static bool take_program(struct subset *subset, hb_face_t *cut, bool is_cff,
                         struct packer *packer) {
  hb_blob_t *blob = is_cff ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '))
                           : hb_face_reference_blob(cut);
  struct buffer program = {0};
  unsigned length;
  const char *bytes = hb_blob_get_data(blob, &length);
  buffer_append(&program, bytes, length);
  hb_blob_destroy(blob);
  bool ok = length > 0 &&
            (!is_cff || cff_make_identity((uint8_t *)program.data, length, subset->glyph_count));
  subset->program_length = length;
  packer_deflate(packer, program.data, length, PACK_SMALL, &subset->program);
  struct hash *hash = hash_new();
  hash_add(hash, program.data, length);
  hash_take(hash, subset->digest);
  buffer_finish(&program);
  return ok;
}

/* The next glyph of a set from `glyph` on; GLYPH_LIMIT where there is none. */
static uint32_t next_glyph(const struct glyph_set *used, uint32_t glyph) {
  while (glyph < GLYPH_LIMIT && !(used->words[glyph / 64] >> glyph % 64 & 1))
    glyph = (used->words[glyph / 64] >> glyph % 64) != 0 ? glyph + 1 : (glyph / 64 + 1) * 64;
  return glyph;
}

static bool holds(const struct common_face *common, const struct glyph_set *used) {
  for (uint32_t glyph = 0; (glyph = next_glyph(used, glyph + 1)) < GLYPH_LIMIT;)
    if (common->glyphs[glyph] == 0) return false;
  return true;
}

static hb_subset_input_t *choose(const struct common_face *common, const struct glyph_set *used) {
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  if (!input) return NULL;
  hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_set_t *glyphs = hb_subset_input_glyph_set(input);
  for (uint32_t glyph = 0; (glyph = next_glyph(used, glyph)) < GLYPH_LIMIT; glyph++)
    hb_set_add(glyphs, common ? common->glyphs[glyph] : glyph);
  return input;
}

struct subset *subset_new(const struct face *face, const struct glyph_set *used,
                          struct packer *packer) {
  struct subset *subset = memory_alloc(sizeof *subset);
  hb_subset_plan_t *plan = NULL;
  hb_face_t *cut = NULL;
  bool ok = false;
  const struct common_face *common = face_common(face);
  if (common && !holds(common, used)) common = NULL;
  hb_face_t *outlines = outlines_of(common ? common->hb_face : face->hb_face);
  hb_subset_input_t *input = choose(common, used);
  if (!input) goto out;
  plan = hb_subset_plan_create_or_fail(outlines, input);
  if (!plan) goto out;
  cut = hb_subset_plan_execute_or_fail(plan);
  if (!cut) goto out;
  subset->glyph_count = hb_face_get_glyph_count(cut);
  keep_numbers(subset, face, common, plan);
  ok = take_program(subset, cut, face->is_cff, packer);
out:
  hb_face_destroy(cut);
  if (plan) hb_subset_plan_destroy(plan);
  if (input) hb_subset_input_destroy(input);
  hb_face_destroy(outlines);
  face_was_cut(face);
  if (ok) return subset;
  subset_free(subset);
  return NULL;
}

void subset_free(struct subset *subset) {
  if (!subset) return;
  buffer_finish(&subset->program);
  free(subset->codes);
  free(subset->originals);
  free(subset->widths);
  free(subset);
}

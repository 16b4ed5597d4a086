/* A face cut down to some characters, as a font file of its own: for books, whose
 * reading systems shape the text themselves. Layout features that a reading system
 * uses on its own are kept (accents set on letters, kerning, half-width marks, upright forms);
 * ligatures and alternates would only add glyphs. The licence stays in the name table. */
#include "font/face.h"

#include <hb-subset.h>
#include <hb.h>

static const hb_tag_t kept_features[] = {
    HB_TAG('c', 'c', 'm', 'p'),
    HB_TAG('h', 'a', 'l', 't'),
    HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('m', 'a', 'r', 'k'),
    HB_TAG('m', 'k', 'm', 'k'),
    HB_TAG('v', 'e', 'r', 't'),
};

/* Beside the names that hb-subset keeps: the licence and its address. */
static const hb_codepoint_t kept_names[] = {0, 1, 2, 3, 4, 5, 6, 13, 14};

static void choose(hb_subset_input_t *input, const uint32_t *codepoints, size_t count) {
  hb_set_t *characters = hb_subset_input_unicode_set(input);
  for (size_t i = 0; i < count; i++) hb_set_add(characters, codepoints[i]);
  hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  hb_set_clear(features);
  for (size_t i = 0; i < sizeof kept_features / sizeof *kept_features; i++)
    hb_set_add(features, kept_features[i]);
  hb_set_t *names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
  hb_set_clear(names);
  for (size_t i = 0; i < sizeof kept_names / sizeof *kept_names; i++)
    hb_set_add(names, kept_names[i]);
  hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
}

bool face_subset(const struct face *face, const uint32_t *codepoints, size_t count,
                 struct buffer *out) {
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  if (!input) return false;
  choose(input, codepoints, count);
  hb_face_t *whole = face_to_cut(face, hb_subset_input_unicode_set(input));
  hb_face_t *cut = hb_subset_or_fail(whole, input);
  hb_subset_input_destroy(input);
  face_was_cut(face);
  if (!cut) return false;
  hb_blob_t *blob = hb_face_reference_blob(cut);
  unsigned length;
  const char *bytes = hb_blob_get_data(blob, &length);
  buffer_append(out, bytes, length);
  hb_blob_destroy(blob);
  hb_face_destroy(cut);
  return length > 0;
}

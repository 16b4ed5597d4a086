/* A face cut down to the glyphs that a document shows, numbered anew, ready to embed. */
#ifndef HANDOUT_PDF_SUBSET_H
#define HANDOUT_PDF_SUBSET_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/packer.h"
#include "font/font.h"

#include <stdbool.h>
#include <stdint.h>

#define GLYPH_LIMIT 65536

/* Glyphs of a face, a bit for each. */
struct glyph_set {
  uint64_t words[GLYPH_LIMIT / 64];
};

struct subset {
  struct buffer program; /* deflated: the CFF table, or a TrueType file of what PDF reads */
  size_t program_length; /* before it was deflated */
  uint8_t digest[HASH_SIZE];
  uint64_t glyphs_hash; /* differs with the glyphs */
  unsigned glyph_count;
  uint16_t *codes;     /* new number by glyph of the face, up to the last that is in it */
  uint32_t *originals; /* glyph of the face by new number */
  int *widths;         /* by new number, in thousandths of an em */
};

/* NULL where the face cannot be cut. */
struct subset *subset_new(const struct face *face, const struct glyph_set *used,
                          struct packer *packer);
void subset_free(struct subset *subset);

/* A length in units of the face, in thousandths of an em. */
int face_thousandths(const struct face *face, int length);

#endif

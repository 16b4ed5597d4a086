/* A face cut down to the glyphs that a document shows, numbered anew. */
#ifndef HANDOUT_PDF_SUBSET_H
#define HANDOUT_PDF_SUBSET_H

#include "base/buffer.h"
#include "font/font.h"

#include <stdbool.h>
#include <stdint.h>

struct subset {
  struct buffer program; /* the CFF table, or a TrueType file of the tables that PDF reads */
  unsigned glyph_count;
  uint16_t *codes;     /* new number by glyph of the face */
  uint32_t *originals; /* glyph of the face by new number */
};

/* `used` has a flag for each of `limit` glyphs of the face. False where the face
 * cannot be cut. The caller frees the parts with subset_finish. */
bool subset_make(struct subset *subset, const struct face *face, const bool *used, size_t limit);
void subset_finish(struct subset *subset);

#endif

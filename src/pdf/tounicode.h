/* What text a font's codes stand for. */
#ifndef HANDOUT_PDF_TOUNICODE_H
#define HANDOUT_PDF_TOUNICODE_H

#include "base/buffer.h"
#include "text/text.h"

#include <stdbool.h>
#include <stdint.h>

/* A stretch of the document's text; NULL where nothing is known yet. */
struct reading {
  const char *text;
  uint32_t length;
};

bool reading_equals(struct reading a, struct reading b);

/* Glyphs of a cluster, `count` from `first`, that one way can read: all of it, but where a glyph
 * comes back for other text (two invisible characters are both drawn as a space). */
struct part {
  const struct glyph_run *run;
  const char *source; /* that the run's clusters point into */
  struct cluster cluster;
  uint32_t first, count;
  uint32_t text_start; /* of its first glyph's text */
};
/* Goes to the next part of a run, from one with `run` and `source` alone; false after the last.
 * Soft hyphens that nobody sees are passed over. */
bool part_next(struct part *part);
/* Its glyph number `index`, and the text that this stands for. */
uint32_t part_glyph(const struct part *part, uint32_t index);
struct reading part_reading(const struct part *part, uint32_t index);

/* A CMap: `readings` by code, those without text left out. */
void tounicode_write(const struct reading *readings, size_t count, struct buffer *out);

#endif

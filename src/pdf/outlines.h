/* The glyphs of a face that are shown, and what text each of them stands for. */
#ifndef HANDOUT_PDF_OUTLINES_H
#define HANDOUT_PDF_OUTLINES_H

#include "pdf/subset.h"
#include "pdf/tounicode.h"

/* One way of reading a face's glyphs: where a glyph stands for other text elsewhere, that
 * part goes to a second way. */
struct way {
  struct reading *readings; /* by ordinal; those from `count` on are unknown */
  size_t count;
  unsigned resource;
};

/* All faces with the same outlines. */
struct outlines {
  const struct face *face; /* the first of them that was met */
  struct way *ways;
  size_t way_count, way_capacity;
  struct glyph_set *used;
  uint16_t *ordinals; /* by glyph: 1, 2, 3 … in the order met; 0: not met */
  size_t ordinal_count; /* glyphs from this one on were not met */
  size_t glyph_count;
  const struct subset *subset; /* borrowed */
};

struct outlines outlines_new(const struct face *face);
void outlines_finish(struct outlines *outlines);

bool outlines_has(const struct outlines *outlines, uint32_t glyph);

/* Notes the glyphs of a part in a way that they fit, a new one where there is none. */
void outlines_note(struct outlines *outlines, const struct part *part);
/* Notes a glyph in the first way, unless it is read otherwise there. */
void outlines_note_glyph(struct outlines *outlines, uint32_t glyph, struct reading reading);

/* The way in which all glyphs of the part are read as they are here; NULL where there is none. */
const struct way *outlines_find_way(const struct outlines *outlines, const struct part *part);
/* What a way reads a glyph as; without text where it does not know it. */
struct reading outlines_reading(const struct outlines *outlines, const struct way *way,
                                uint32_t glyph);

#endif

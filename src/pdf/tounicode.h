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

/* The part of a cluster's text that its glyph number `index` stands for. */
struct reading cluster_reading(const struct cluster *cluster, const char *source, uint32_t index);

/* A CMap: `readings` by code, those without text left out. */
void tounicode_write(const struct reading *readings, size_t count, struct buffer *out);

#endif

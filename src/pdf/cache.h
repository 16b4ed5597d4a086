/* Subsets that were made for one document and serve another. */
#ifndef HANDOUT_PDF_CACHE_H
#define HANDOUT_PDF_CACHE_H

#include "pdf/pdf.h"
#include "pdf/subset.h"

/* Before a document: forgets what has not been of use for long. What was found before
 * is gone after it. */
void cache_trim(struct pdf_cache *cache);

/* What deflates, and keeps what others may ask for. */
struct packer *cache_packer(const struct pdf_cache *cache);

/* The subset of exactly these glyphs, made where there is none. NULL where it cannot be. */
const struct subset *cache_find_subset(struct pdf_cache *cache, const struct face *face,
                                       const struct glyph_set *used);

#endif

/* Subsets that were made for one document and serve another. */
#ifndef HANDOUT_PDF_CACHE_H
#define HANDOUT_PDF_CACHE_H

#include "base/keeper.h"
#include "pdf/pdf.h"
#include "pdf/subset.h"

/* Before a document: forgets what has not been of use for long. What was found before
 * is gone after it. */
void cache_trim(struct pdf_cache *cache);

/* What deflates, and keeps what others may ask for. */
struct packer *cache_packer(const struct pdf_cache *cache);
/* Room for one document at a time. */
struct arena *cache_arena(const struct pdf_cache *cache);
/* Pages that were drawn before, and glyph runs that were written. */
struct keeper *cache_pages(const struct pdf_cache *cache);
struct keeper *cache_runs(const struct pdf_cache *cache);
/* About how long a document is: as long as the last one. */
size_t *cache_length(struct pdf_cache *cache);
/* A number for prepared fonts that no others of this cache have had. */
uint64_t cache_number(struct pdf_cache *cache);

/* The subset of exactly these glyphs, made where there is none. NULL where it cannot be. */
const struct subset *cache_find_subset(struct pdf_cache *cache, const struct face *face,
                                       const struct glyph_set *used);

#endif

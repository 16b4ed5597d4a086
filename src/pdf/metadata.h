/* What the document says of itself: Info, XMP, and what hangs on the catalog. */
#ifndef HANDOUT_PDF_METADATA_H
#define HANDOUT_PDF_METADATA_H

#include "page/page.h"
#include "pdf/document.h"

/* The roots that the catalog points to; 0 where there is none. */
struct roots {
  uint32_t structure, outline, destinations, labels;
};

void metadata_add(const struct pages *pages, const struct roots *roots, struct document *document);
/* The file's ID, from the hash of all that was written before. Last of all. */
void metadata_add_id(struct document *document);

#endif

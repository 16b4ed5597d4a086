/* Pages that look the same in many documents: drawn and deflated once. */
#ifndef HANDOUT_PDF_DRAWN_H
#define HANDOUT_PDF_DRAWN_H

#include "base/keeper.h"
#include "pdf/fonts.h"
#include "pdf/images.h"
#include "pdf/structure.h"

/* A page on its way into a document. */
struct drawn_page {
  const struct kept *kept; /* what was drawn before; NULL: to be drawn */
  struct buffer key;       /* to keep it by; empty: it cannot be kept */
  bool *used;              /* prepared fonts, a flag for each; in the document's arena */
};

/* First, for each page: looks it up, or notes its glyphs. Without prepared fonts nothing is
 * looked up. */
void drawn_note(struct drawn_page *drawn, const struct pages *pages, size_t number,
                struct fonts *fonts, struct keeper *keeper, struct document *document);
/* Then, once the fonts are embedded: sets its content. */
void drawn_write(struct drawn_page *drawn, const struct page *page, size_t number,
                 const struct fonts *fonts, struct keeper *keeper, struct images *images,
                 struct structure *structure, struct document *document);

#endif

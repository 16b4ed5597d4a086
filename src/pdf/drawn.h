/* Pages that look the same in many documents: drawn and deflated once. */
#ifndef HANDOUT_PDF_DRAWN_H
#define HANDOUT_PDF_DRAWN_H

#include "base/keeper.h"
#include "pdf/fonts.h"
#include "pdf/images.h"
#include "pdf/structure.h"

/* The pages of a document, on their way into it. All that is given is borrowed. */
struct drawn;
struct drawn *drawn_new(const struct pages *pages, struct keeper *keeper, struct fonts *fonts,
                        struct document *document);
void drawn_free(struct drawn *drawn);

/* First: looks each page up, or notes its glyphs. Without prepared fonts none is looked up. */
void drawn_note(struct drawn *drawn);
/* Then, once the fonts are embedded, page by page: sets its content. */
void drawn_write(struct drawn *drawn, size_t number, struct images *images,
                 struct structure *structure);

#endif

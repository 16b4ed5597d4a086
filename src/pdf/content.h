/* What stands on a page, as a content stream. */
#ifndef HANDOUT_PDF_CONTENT_H
#define HANDOUT_PDF_CONTENT_H

#include "pdf/fonts.h"
#include "pdf/images.h"
#include "pdf/structure.h"

/* Appends the operators that draw page number `number`. */
void content_write(const struct page *page, size_t number, const struct fonts *fonts,
                   struct images *images, struct structure *structure, struct buffer *out);

#endif

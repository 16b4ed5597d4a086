/* The door of pdf/: pages in, the bytes of a PDF out. It never sees a node. */
#ifndef HANDOUT_PDF_PDF_H
#define HANDOUT_PDF_PDF_H

#include "base/buffer.h"
#include "base/message.h"
#include "page/page.h"

/* Appends a whole PDF to `out`: tagged, with its faces embedded as subsets. The
 * same pages, the same bytes. False and a message where it fails; then `out` is
 * what it was. */
bool pdf_write(const struct pages *pages, struct buffer *out, struct messages *messages);

#endif

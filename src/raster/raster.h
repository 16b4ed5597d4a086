/* The door of raster/: a page as a picture, drawn by cairo from the same display
 * list that the PDF is made of. The book's cover is made this way. */
#ifndef HANDOUT_RASTER_RASTER_H
#define HANDOUT_RASTER_RASTER_H

#include "base/buffer.h"
#include "base/message.h"
#include "page/page.h"

/* Appends a PNG of the page, `width` pixels wide. The same page, the same bytes.
 * False and a message where it fails. */
bool raster_write_png(const struct page *page, int width, struct buffer *out,
                      struct messages *messages);

#endif

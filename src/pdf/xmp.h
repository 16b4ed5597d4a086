/* The document's metadata as an XMP packet. */
#ifndef HANDOUT_PDF_XMP_H
#define HANDOUT_PDF_XMP_H

#include "base/buffer.h"
#include "page/page.h"

/* `date` is "YYYY-MM-DD" or NULL. */
void xmp_write(const struct edition *edition, const char *date, const char *producer,
               struct buffer *out);

#endif

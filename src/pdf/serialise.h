/* A document as the bytes of a file, smaller than libharu writes them. */
#ifndef HANDOUT_PDF_SERIALISE_H
#define HANDOUT_PDF_SERIALISE_H

#include "pdf/document.h"

/* Appends the file. False and a message where something cannot be written; then
 * `out` is what it was. */
bool serialise(struct document *document, struct buffer *out);

#endif

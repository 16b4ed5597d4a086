/* The writing of a PDF with either writer of its bytes: ours is what users get, and
 * libharu's is what tests compare it with. */
#ifndef HANDOUT_PDF_WRITE_H
#define HANDOUT_PDF_WRITE_H

#include "pdf/document.h"
#include "pdf/pdf.h"

typedef bool document_writer(struct document *document, struct buffer *out);

bool pdf_write_by(document_writer *writer, const struct pages *pages,
                  const struct pdf_repertoire *repertoire, struct pdf_cache *cache,
                  struct buffer *out, struct messages *messages);

#endif

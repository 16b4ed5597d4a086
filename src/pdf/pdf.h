/* The door of pdf/: pages in, the bytes of a PDF out. It never sees a node. */
#ifndef HANDOUT_PDF_PDF_H
#define HANDOUT_PDF_PDF_H

#include "base/buffer.h"
#include "base/message.h"
#include "page/page.h"

/* What one document leaves for the next: cut faces, drawn pages. It changes the time that a
 * PDF takes, never its bytes. One for each thread and text engine; faces must live as long. */
struct pdf_cache;
struct pdf_cache *pdf_cache_new(void);
void pdf_cache_free(struct pdf_cache *cache);

/* The faces of many documents, cut once to all the glyphs of these `wholes` (and to all of
 * ASCII where they show Latin). A document embeds those that it needs as they are, and what
 * glyphs it has beyond them in faces of its own: more bytes, far less time. It depends on
 * the wholes alone. NULL and messages where a face cannot be cut. */
struct pdf_repertoire;
struct pdf_repertoire *pdf_repertoire_new(struct pages *const *wholes, size_t count,
                                          struct pdf_cache *cache, struct messages *messages);
void pdf_repertoire_free(struct pdf_repertoire *repertoire);

/* Appends a whole PDF to `out`: tagged, with its faces embedded as subsets, exact ones
 * without a repertoire (NULL). The same pages and repertoire, the same bytes. False and a
 * message where it fails; then `out` is what it was. `cache` may be NULL. */
bool pdf_write(const struct pages *pages, const struct pdf_repertoire *repertoire,
               struct pdf_cache *cache, struct buffer *out, struct messages *messages);

#endif

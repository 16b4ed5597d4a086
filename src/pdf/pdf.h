/* The door of pdf/: pages in, the bytes of a PDF out. It never sees a node. */
#ifndef HANDOUT_PDF_PDF_H
#define HANDOUT_PDF_PDF_H

#include "base/buffer.h"
#include "base/message.h"
#include "page/page.h"

/* What one document leaves for the next: cut faces. It changes the time that a PDF takes,
 * never its bytes. One for each thread; faces must live as long. */
struct pdf_cache;
struct pdf_cache *pdf_cache_new(void);
void pdf_cache_free(struct pdf_cache *cache);

/* Appends a whole PDF to `out`: tagged, with its faces embedded as subsets. The
 * same pages, the same bytes. False and a message where it fails; then `out` is
 * what it was. `cache` may be NULL. */
bool pdf_write(const struct pages *pages, struct pdf_cache *cache, struct buffer *out,
               struct messages *messages);

#endif

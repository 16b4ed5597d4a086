/* The faces of one document: which glyphs they show, for which text, and the font
 * objects made of that.
 *
 *   Type0 /F0 ─┐ one for each way that glyphs are read: its own ToUnicode
 *   Type0 /F1 ─┴─▶ CIDFont ─▶ FontDescriptor ─▶ subset outlines
 *
 * Faces with the same outlines (those of a CJK collection) share all of it.
 *
 * Fonts can be prepared once for many documents: a document then refers to them wherever
 * they hold a cluster and read it right, and brings fonts of its own for what is left. The
 * prepared ones have the same names and codes in all documents. */
#ifndef HANDOUT_PDF_FONTS_H
#define HANDOUT_PDF_FONTS_H

#include "pdf/cache.h"
#include "pdf/document.h"
#include "pdf/tounicode.h"

struct fonts;
/* `prepared` (may be NULL) is borrowed. */
struct fonts *fonts_new(const struct fonts *prepared, struct pdf_cache *cache);
void fonts_free(struct fonts *fonts);

/* First, for every run of the document: notes its glyphs. `source` is the text that
 * its clusters point into. True where the prepared fonts hold all of it; which of them it
 * takes is set in `used`, a flag for each, and counts for the document by fonts_use_prepared. */
bool fonts_note_run(struct fonts *fonts, const struct glyph_run *run, const char *source,
                    bool *used);
size_t fonts_prepared_count(const struct fonts *fonts);
/* No others of this cache have the same; 0: there are none. */
uint64_t fonts_prepared_number(const struct fonts *fonts);
void fonts_use_prepared(struct fonts *fonts, const bool *used);

/* Then, once: finds or makes the subsets and adds all font objects. Returns the dictionary of
 * font resources that every page shares. NULL and a message where a subset fails. */
HPDF_Dict fonts_embed(struct fonts *fonts, struct document *document);

/* Then, to write: the resource /FN that reads this part right, and its subset. */
struct font_use {
  unsigned resource;
  const struct subset *subset;
};
struct font_use fonts_find(const struct fonts *fonts, const struct part *part);

/* How a run that one prepared font shows is written, to be found for the next document: its
 * glyphs as the operands of Tj or TJ, and that operator. NULL where it is not known. */
struct shown_run {
  unsigned resource;
  uint32_t length;
  char text[];
};
const struct shown_run *fonts_find_shown(const struct fonts *fonts, const struct glyph_run *run);
void fonts_keep_shown(const struct fonts *fonts, const struct glyph_run *run, unsigned resource,
                      const char *text, size_t length);

/* In place of embedding: makes fonts that have noted all that a guide shows ready for its
 * documents. A face with Latin letters gets all of ASCII. False and a message where a
 * subset fails. */
bool fonts_prepare(struct fonts *fonts, struct messages *messages);

#endif

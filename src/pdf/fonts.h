/* The faces of one document: which glyphs they show, for which text, and the font
 * objects made of that.
 *
 *   Type0 /F0 ─┐ one for each way that glyphs are read: its own ToUnicode
 *   Type0 /F1 ─┴─▶ CIDFont ─▶ FontDescriptor ─▶ subset outlines
 *
 * Faces with the same outlines (those of a CJK collection) share all of it. */
#ifndef HANDOUT_PDF_FONTS_H
#define HANDOUT_PDF_FONTS_H

#include "pdf/cache.h"
#include "pdf/document.h"
#include "text/text.h"

struct fonts;
struct fonts *fonts_new(void);
void fonts_free(struct fonts *fonts);

/* First, for every run of the document: notes its glyphs. `source` is the text that
 * its clusters point into. */
void fonts_note_run(struct fonts *fonts, const struct glyph_run *run, const char *source);

/* Then, once: finds or makes the subsets and adds all font objects. Returns the dictionary of
 * font resources that every page shares. NULL and a message where a subset fails. */
HPDF_Dict fonts_embed(struct fonts *fonts, struct pdf_cache *cache, struct document *document);

/* Then, to write: the number N of the resource /FN that reads this cluster right. */
unsigned fonts_resource(const struct fonts *fonts, const struct glyph_run *run,
                        const struct cluster *cluster, const char *source);
/* The code of a glyph, and its width as declared, in thousandths of an em. */
unsigned fonts_code(const struct fonts *fonts, const struct face *face, uint32_t glyph, int *width);

#endif

/* What a builder holds; for build/ alone. */
#ifndef HANDOUT_BUILD_BUILDER_H
#define HANDOUT_BUILD_BUILDER_H

#include "build/build.h"
#include "epub/epub.h"
#include "pdf/pdf.h"
#include "text/text.h"

/* A theme as one style and paper have it. */
struct set_theme {
  const char *name;
  enum style style;
  enum paper paper;
  struct theme *theme;
  struct set_theme *next;
};

/* A cover is the same for all readers of one theme and the same languages. When the guide
 * has changed it is laid out again, and drawn again only where it does not look the same. */
struct set_cover {
  const struct theme *theme;
  const char **languages;
  size_t language_count;
  bool current;
  struct buffer look; /* as pages_dump has it */
  struct buffer png;
  struct set_cover *next;
};

/* What is cut for all readers of the same languages in the same faces of a theme. */
struct set_repertoire {
  char *theme;               /* its name */
  const struct theme *faces; /* the builder's; NULL: nothing could be cut */
  uint64_t languages;        /* bits in the order of the guide's */
  struct pdf_repertoire *pdf;
  struct epub_repertoire *epub;
  struct set_repertoire *next;
};

struct builder {
  bool print;
  bool many; /* faces are cut for many readers */
  struct arena *arena;
  const struct guide *guide;
  struct font_library *fonts;
  struct text_engine *engine;
  struct pages_cache *pages;
  struct pdf_cache *pdf;
  struct epub_cache *epub;
  struct edition_maker *maker;
  struct set_theme *themes;
  struct set_cover *covers;
  struct set_repertoire *repertoires;
};

/* The stages one by one. */
const struct theme *builder_theme(struct builder *builder, const char *name, enum style style,
                                  enum paper paper, struct messages *messages);
bool builder_write_pdf(struct builder *builder, const struct draft *draft, struct buffer *out,
                       struct messages *messages);
bool builder_write_epub(struct builder *builder, const struct draft *draft, enum epub_fonts fonts,
                        struct buffer *out, struct messages *messages);

/* --- repertoire.c ----------------------------------------------------------------- */

/* What the draft's faces come from; without any where they are cut for each reader. */
const struct set_repertoire *builder_repertoire(struct builder *builder,
                                                const struct draft *draft);
void set_repertoire_free(struct set_repertoire *set);

#endif

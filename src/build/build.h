/* The door of build/: the whole way from a record to a finished PDF and EPUB.
 *
 * A builder belongs to one guide and makes any number of handouts; what they share
 * (faces, themes, cover pictures, set paragraphs, compressed streams) is made once
 * and kept in it. `handout build`, `handout batch` and the library all go this way. */
#ifndef HANDOUT_BUILD_BUILD_H
#define HANDOUT_BUILD_BUILD_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/message.h"
#include "build/survey.h"
#include "font/font.h"
#include "guide/guide.h"
#include "page/page.h"
#include "reader/reader.h"

struct builder;

/* `guide` and `fonts` are borrowed. NULL and messages where it cannot be set up. */
struct builder *builder_new(const struct guide *guide, const struct font_options *fonts,
                            struct messages *messages);
void builder_free(struct builder *builder);

/* From now on handouts are made of this guide, which may be a later text of the first; what
 * does not depend on it stays. False and messages where it cannot be; then the builder is
 * as it was. */
bool builder_change_guide(struct builder *builder, const struct guide *guide,
                          struct messages *messages);

/* From now on PDFs are for the print shop: bleed, crop marks, mirrored margins. */
void builder_for_print(struct builder *builder);

/* From now on faces are cut once for all readers of the same languages, to all that the
 * guide could say to them, and for a reader only what a name or another value has beyond
 * that: a little larger, and many times as fast. What is printed is the same. */
void builder_for_many(struct builder *builder);

/* Makes a handout for no one in particular and throws it away: opens the faces and fills
 * the caches before workers are forked. A guide that cannot be made out for no one in
 * particular fills less of them. */
void builder_warm(struct builder *builder);

/* Lets a sandbox read what making handouts still opens; `theme` goes before the reader's, or is
 * NULL. */
struct sandbox;
void builder_confine(const struct builder *builder, const char *theme, struct sandbox *sandbox);

/* The same where new builders are to be made in it. False and a message where there are no fonts. */
bool builders_confine(const struct font_options *fonts, struct sandbox *sandbox,
                      struct messages *messages);

struct build_request;
/* The digest of all that a handout depends on but its record: guide, themes, words, faces,
 * version, what is asked for. */
void builder_digest(struct builder *builder, const struct build_request *request,
                    uint8_t digest[HASH_SIZE]);

/* Which outputs are wanted. */
struct build_request {
  bool pdf;
  bool epub;
  bool epub_without_fonts; /* a much smaller book, which reading systems show in their own */
  const char *theme;       /* a flag over the reader's theme, or NULL */
};

/* A finished handout: what was not asked for is empty. */
struct handout {
  struct buffer pdf;
  struct buffer epub;
  size_t page_count;
};

/* Makes both in memory. False and messages where either fails; then both are empty. */
bool builder_make(struct builder *builder, const struct reader *reader,
                  const struct build_request *request, struct handout *handout,
                  struct messages *messages);
void handout_finish(struct handout *handout);

/* What of a guide that `guide_check` has read would stop a build: conditions and fill-ins,
 * charts and codes, characters without a glyph. Reported; nothing is made. */
void build_check(const struct guide *guide, const char *theme, const struct font_options *fonts,
                 struct messages *messages);

/* The way up to the pages, for `handout pages` and for whoever wants to look. */
struct draft {
  struct edition *edition;
  const char *theme_name;    /* as the request, the record or the guide has it */
  const struct theme *theme; /* the builder's */
  struct pages *pages;
};
bool builder_draft(struct builder *builder, const struct reader *reader, const char *theme,
                   struct draft *draft, struct messages *messages);
void draft_finish(struct draft *draft);

#endif

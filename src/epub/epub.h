/* The door of epub/: an edition in, the bytes of a book out. It never sees a glyph. */
#ifndef HANDOUT_EPUB_EPUB_H
#define HANDOUT_EPUB_EPUB_H

#include "base/buffer.h"
#include "base/message.h"
#include "page/page.h"

/* Whether the book brings its faces: for Chinese on a reader's device that has none. */
enum epub_fonts { EPUB_FONTS_NONE, EPUB_FONTS_SUBSET };

/* The faces of many books, cut once to all the characters of `wholes` (and to all of ASCII
 * where they show Latin). A book brings those that it needs as they are, and what
 * characters it has beyond them in faces of its own. */
struct epub_repertoire;

struct epub_options {
  const struct page_start *starts; /* of the PDF of the same run; may be none */
  size_t start_count;
  const struct theme *theme; /* drives the style sheet and the cover */
  const void *cover;         /* a PNG of the cover; NULL: a book without one */
  size_t cover_length;
  enum epub_fonts fonts; /* those of the theme, cut to the characters of the book */
  const struct epub_repertoire *repertoire; /* or NULL: to exactly those */
};

/* What one book leaves for the next: files that are the same in both. It changes the time
 * that a book takes, never its bytes. One for each thread; faces must live as long. */
struct epub_cache;
struct epub_cache *epub_cache_new(void);
void epub_cache_free(struct epub_cache *cache);
/* Before editions of another maker, where the one before is freed. */
void epub_cache_forget(struct epub_cache *cache);

/* It depends on the wholes and the theme alone. NULL and messages where a face cannot be cut. */
struct epub_repertoire *epub_repertoire_new(struct edition *const *wholes, size_t count,
                                            const struct epub_options *options,
                                            struct epub_cache *cache, struct messages *messages);
void epub_repertoire_free(struct epub_repertoire *repertoire);

/* Appends a whole EPUB 3 to `out`. The same edition, the same bytes. False and a
 * message where it fails; then `out` is what it was. `cache` may be NULL. */
bool epub_write(const struct edition *edition, const struct epub_options *options,
                struct epub_cache *cache, struct buffer *out, struct messages *messages);

#endif

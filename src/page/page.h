/* The door of page/: an edition in, pages out.
 *
 * Pages are display lists: what stands where, in milli-points from the page's
 * top left corner, y downwards, in reading order; and for each thing the structure
 * element that it belongs to. A backend needs no more than this file. */
#ifndef HANDOUT_PAGE_PAGE_H
#define HANDOUT_PAGE_PAGE_H

#include "base/buffer.h"
#include "base/message.h"
#include "base/path.h"
#include "base/units.h"
#include "edition/edition.h"
#include "font/font.h"
#include "page/theme.h"
#include "text/text.h"

/* --- structure: what things mean ------------------------------------------ */

/* The standard structure types of PDF 1.7 that are used (ISO 32000-1, 14.8.4). */
enum role {
  ROLE_DOCUMENT,
  ROLE_PART,
  ROLE_SECT,
  ROLE_DIV,
  ROLE_H1,
  ROLE_H2,
  ROLE_H3,
  ROLE_H4,
  ROLE_H5,
  ROLE_H6,
  ROLE_P,
  ROLE_L,
  ROLE_LI,
  ROLE_LBL,
  ROLE_LBODY,
  ROLE_TABLE,
  ROLE_THEAD,
  ROLE_TBODY,
  ROLE_TR,
  ROLE_TH,
  ROLE_TD,
  ROLE_CAPTION,
  ROLE_TOC,
  ROLE_TOCI,
  ROLE_REFERENCE,
  ROLE_LINK,
  ROLE_NOTE,
  ROLE_FIGURE,
  ROLE_BLOCK_QUOTE,
  ROLE_CODE,
  ROLE_SPAN,
  ROLE_FORM,
  ROLE_COUNT
};

/* "BlockQuote": its name in a PDF. */
const char *role_name(enum role role);

enum list_numbering { LIST_NONE, LIST_DISC, LIST_DECIMAL };
enum table_scope { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN };

/* Elements are an array; [0] is the Document; a parent comes before its children,
 * and children stand in reading order. */
struct element {
  enum role role;
  uint32_t parent;
  const char *language;    /* BCP 47 where it differs from its parent's; or NULL */
  const char *alternative; /* text instead of a picture; or NULL */
  const char *id;          /* of a note; or NULL */
  enum list_numbering numbering;
  enum table_scope scope;
  mpt bounds[4];                  /* of a figure: left, top, right, bottom; else 0 */
  size_t bounds_page;
};

/* Things that mean nothing: rules, leaders, grounds; and what stands on every page, which
 * PDF/UA wants told from them (ISO 14289-1, 7.8). */
#define ELEMENT_ARTIFACT UINT32_MAX
#define ELEMENT_HEAD     (UINT32_MAX - 1)
#define ELEMENT_FOOT     (UINT32_MAX - 2)

static inline bool element_is_artifact(uint32_t element) {
  return element >= ELEMENT_FOOT;
}

/* --- what stands on a page -------------------------------------------------- */

enum item_kind { ITEM_TEXT, ITEM_RECTANGLE, ITEM_PATH, ITEM_IMAGE };

struct item {
  enum item_kind kind;
  uint32_t element; /* index, or one of the artifacts */
  union {
    struct {
      const struct glyph_run *run;
      const char *source; /* the text that the run's clusters point into; borrowed */
      mpt x, baseline;    /* of the line's left edge */
    } text;
    struct {
      mpt left, top, right, bottom;
      rgb fill;
    } rectangle;
    struct {
      const struct path_step *steps;
      size_t step_count;
      rgb stroke, fill;
      mpt stroke_width; /* 0: no stroke */
      bool filled;
      mpt pitch; /* of square dots as wide as the stroke; 0: solid */
    } path;
    struct {
      const struct image *picture; /* the guide's */
      mpt left, top, right, bottom;
    } image;
  };
};

/* A link's area on a page: one for each line that it runs over. */
struct link_area {
  uint32_t element; /* its Link element */
  mpt left, top, right, bottom;
  const char *address;     /* or NULL for a place in the document */
  const char *destination; /* id of a destination */
  const char *contents;    /* what it says, for those who do not see it */
};

struct page {
  mpt width, height;
  mpt trim[4];       /* left, top, right, bottom of the cut page, for print; else all 0 */
  mpt bleed;         /* beyond the trim */
  const char *label; /* "i", "ii", "1" … */
  const struct item *items;
  size_t item_count;
  const struct link_area *links;
  size_t link_count;
};

struct destination { /* in the order of the pages */
  const char *id;
  size_t page;
  mpt top;
};

struct outline_entry { /* in reading order */
  const char *text;    /* in all languages of the edition, as the heading */
  int level; /* from 1 */
  const char *destination;
  uint32_t element; /* the heading's */
};

/* Where a page begins in the edition: the node (a variant, or a block without text)
 * and the byte of its text. The EPUB's page-list is made of these. Pages without text
 * of the edition (the cover, contents) have no node. */
struct page_start {
  const char *label;
  const struct node *node;
  size_t offset;
};

enum label_style { LABEL_DECIMAL, LABEL_ROMAN };
struct label_range {
  size_t first_page;
  enum label_style style;
  int first_number;
};

struct pages {
  struct arena *arena;
  const struct edition *edition; /* borrowed */
  const struct page *pages;
  size_t page_count;
  mpt text_left, text_right; /* of the text area, on every page but the cover */
  const struct element *elements;
  size_t element_count;
  const struct destination *destinations;
  size_t destination_count;
  const struct outline_entry *outline;
  size_t outline_count;
  const struct page_start *starts; /* one for each page, in order */
  const struct label_range *labels;
  size_t label_count;
};

/* What the pages of one edition leave for those of the next: blocks that are the same in both, and
 * codes. It changes the time that they take, never what they are. One for each engine and each
 * maker of editions; themes must live as long. */
struct pages_cache;
struct pages_cache *pages_cache_new(void);
void pages_cache_free(struct pages_cache *cache);
/* Between documents, when no pages of the engine are in use: drops what has become much. */
void pages_cache_trim(struct pages_cache *cache, struct text_engine *engine);
/* Before editions of another maker; no pages may be in use. */
void pages_cache_forget(struct pages_cache *cache);

/* Lays an edition out. NULL and messages where it cannot be (a missing glyph).
 * The caller frees it with pages_free; edition, theme, library and `cache` (may be NULL) must live
 * as long. */
struct pages *pages_new(const struct edition *edition, const struct theme *theme,
                        struct text_engine *engine, struct pages_cache *cache,
                        struct messages *messages);
/* The book's cover: one page, 5 wide to 8 high, without the reader's name, so that
 * all readers of an edition in one language share it. */
struct pages *pages_new_cover(const struct edition *edition, const struct theme *theme,
                              struct text_engine *engine, struct messages *messages);
void pages_free(struct pages *pages);

/* The pages as text, for goldens and for people: `handout pages`. */
void pages_dump(const struct pages *pages, struct buffer *out);

#endif

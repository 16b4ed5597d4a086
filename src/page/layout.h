/* Inside page/ only: what a layout in the making consists of.
 *
 *   edition ──blocks──▶ pieces (unbreakable, top to bottom) + items (what is drawn)
 *           ──paginate─▶ each piece has a page and a top
 *           ──assemble─▶ display lists
 *
 * Items are kept in one array in reading order, and each knows the piece that it
 * stands in, not the other way round. Cells and columns side by side share pieces
 * line by line, yet their items come cell by cell, which is how they are read; and
 * one pass over the array puts every item on its page in that order. */
#ifndef HANDOUT_PAGE_LAYOUT_H
#define HANDOUT_PAGE_LAYOUT_H

#include "figure/figure.h"
#include "page/page.h"

#define NONE UINT32_MAX

/* For print: colour goes on beyond the cut, crop marks stand outside of that (B21). */
#define PRINT_BLEED MPT_MILLIMETRES(3)
#define PRINT_SLUG  MPT_MILLIMETRES(10)

/* How bad a page break after a piece is; paginate.c has the costs. */
enum keep {
  KEEP_FREE,
  KEEP_SOFT,      /* within what would better stay whole: a callout, a short list */
  KEEP_WHOLE,     /* within a table or a worksheet of up to half a page */
  KEEP_LONE,      /* would leave a heavy row of a table alone */
  KEEP_WORD,      /* would divide a word between two pages (A28) */
  KEEP_ROW,       /* within a row of a table; three lines wanted, two left */
  KEEP_PARAGRAPH, /* would leave a widow or an orphan */
  KEEP_TOGETHER,  /* a picture and its caption */
  KEEP_HEADING,   /* would strand a heading */
  KEEP_COUNT
};

struct piece {
  mpt height;
  mpt space; /* before it; nothing at the top of a page */
  enum keep keep;
  bool snaps;              /* its top is put on the grid */
  bool breaks;             /* begins a page */
  bool breaks_recto;       /* … a right-hand one */
  bool is_note;            /* stands at the foot, not in the flow */
  uint32_t frame;          /* the innermost that it stands in, or 0 */
  uint32_t note;           /* the first that is marked in it, or NONE */
  uint32_t heading;        /* the heading that begins here, or NONE */
  uint32_t table;          /* whose head is repeated above it on a new page, or NONE */
  const struct node *node; /* what begins or goes on here: for page starts (piece_node) */
  uint32_t below;          /* … or the block of it, and so many nodes further on */
  size_t offset;           /* in node_text of it */

  uint32_t page; /* set by pagination */
  mpt top;       /* from the page's upper edge */
};

/* An item or a link whose y is from its piece's top. */
struct placed_item {
  struct item item;
  uint32_t piece;
};
struct placed_link {
  struct link_area area;
  uint32_t piece;
};

/* What glyphs belong to: the mark of a text run. */
struct mark {
  uint32_t element;
  uint32_t target; /* of a link, or NONE */
  uint32_t note;   /* that it is the mark of, or NONE */
  const char *id;  /* of the inline that begins with it, until it is placed; or NULL */
};
struct target {
  const char *address, *destination, *contents;
};

struct heading {
  const struct node *node;
  int level; /* from 1, without a jump */
  uint32_t piece, element;
  const char *destination;
};

/* A footnote of the edition, and the note that it became, or NONE. */
struct footnote {
  const struct node *node;
  uint32_t note;
};
struct note {
  const struct node *footnote;
  uint32_t home;  /* the element that it is a part of */
  uint32_t piece; /* that holds its first mark, or NONE */
  uint32_t next;  /* on the same piece, or NONE */
  uint32_t first_piece, piece_count;
};

/* Something drawn behind or beside a run of pieces, once for each page. */
struct frame {
  uint32_t parent;  /* 0 is no frame */
  mpt left, right;  /* edges on the page */
  mpt above, below; /* how far it reaches beyond its pieces */
  bool filled, barred, boxed;
  rgb fill, bar;
};

/* A table's head, to be drawn again where the table goes on. */
struct table_head {
  uint32_t first_piece, piece_count;
  uint32_t first_item, item_count;
  mpt height;
};

/* A head above the first piece of a table on another page. */
struct repeat {
  uint32_t table, page;
};
/* The short rule above the notes of a page. */
struct separator {
  uint32_t page;
  mpt y; /* in the text area */
};

struct anchor {
  const char *id;
  uint32_t piece;
};

/* Where a drawing stands, for its element's bounds. */
struct extent {
  uint32_t element, piece;
  mpt left, top, right, bottom;
};

/* A page number that is filled in after pagination. */
struct number_cell {
  uint32_t heading;
  uint32_t item; /* placeholder */
  mpt right;     /* its right edge */
  mpt baseline;
  uint32_t element;
};

/* What a container changes for the blocks in it. */
struct level {
  mpt left, right; /* insets from the text area */
  uint32_t frame;
  uint32_t open_elements;
  enum theme_role role; /* of paragraphs */
  bool tight;           /* paragraphs follow each other closely: in lists, notes */
  bool loose;           /* … but the list's author left lines between its items */
  uint32_t first_piece; /* of the container that pushed it */
  int depth;            /* of lists */
  int counter;          /* the next number of an ordered list */
};

/* A list item's number, disc or box, waiting for the first line of its item. */
struct marker {
  uint32_t element;
  mpt left; /* inset of its column */
  enum marker_kind { MARKER_TEXT, MARKER_DISC, MARKER_BOX, MARKER_TICKED_BOX } kind;
  enum theme_role role;
  const char *text;
  int depth;
};

#define GROWING(type, name)                                                                        \
  type *name;                                                                                      \
  size_t name##_count, name##_capacity

struct layout {
  struct arena *arena; /* of the pages */
  const struct edition *edition;
  const struct theme *theme;
  struct text_engine *engine;
  struct pages_cache *cache; /* or NULL */
  struct keeper *codes;      /* QR codes made before, or NULL */
  const struct node *code;   /* the last that stands first of two in its line */
  struct messages *messages;

  GROWING(struct element, elements);
  GROWING(const char *, element_languages); /* in force, beside elements */
  GROWING(uint32_t, open);                  /* elements that are open */
  GROWING(struct piece, pieces);
  GROWING(struct placed_item, items);
  GROWING(struct placed_link, links);
  GROWING(struct mark, marks);
  GROWING(struct target, targets);
  GROWING(struct heading, headings);
  GROWING(struct note, notes);
  GROWING(struct frame, frames);
  GROWING(struct table_head, tables);
  GROWING(struct repeat, repeats);
  GROWING(struct separator, separators);
  GROWING(struct anchor, anchors);
  GROWING(struct extent, extents);
  GROWING(struct number_cell, cells);
  GROWING(struct level, levels);
  GROWING(struct marker, markers);
  GROWING(const char *, pending_ids);
  GROWING(const struct text_style *, styles);

  struct footnote *footnotes; /* sorted by id */
  size_t footnote_count;
  size_t notes_set; /* notes before this one are set; the others wait for their block's end */

  mpt left, width, height; /* of the text area, on a right-hand page */
  mpt slug;                /* around the page, for print: bleed and crop marks */
  mpt grid;
  mpt contents_leading;
  mpt space;   /* wanted before the next piece */
  bool breaks; /* the next piece begins a page */
  bool breaks_recto;
  bool in_notes;
  bool failed;         /* on leaving a block, where nothing can be returned */
  size_t heading_next; /* where the search for the next heading goes on */
};

/* The one growing step for all of the arrays above. */
#define LAYOUT_PUSH(layout, name)                                                                  \
  ((layout)->name = array_reserve((layout)->name, (layout)->name##_count,                          \
                                  &(layout)->name##_capacity, sizeof *(layout)->name),             \
   &(layout)->name[(layout)->name##_count++])

/* --- structure.c: elements ------------------------------------------------------- */

/* Adds a child of the innermost open element; `language` may be NULL. */
uint32_t element_add(struct layout *layout, enum role role, const char *language);
uint32_t element_open(struct layout *layout, enum role role, const char *language);
void element_close(struct layout *layout);
/* Closes until `count` are open. */
void element_close_to(struct layout *layout, size_t count);
const char *element_language(const struct layout *layout);

/* --- pieces.c: pieces and what stands in them -------------------------------------- */

uint32_t piece_add(struct layout *layout, mpt height);
/* Its id, if it has one, waits for the next piece. */
void id_wait(struct layout *layout, const struct node *node);
/* The ids that wait lead to that piece; a new piece has them anyway. */
void anchors_place(struct layout *layout, uint32_t piece);
/* Space wanted before the next piece: the larger of what is asked for. */
void layout_space(struct layout *layout, mpt space);
struct item *item_add(struct layout *layout, uint32_t piece, enum item_kind kind, uint32_t element);
void add_rectangle(struct layout *layout, uint32_t piece, mpt left, mpt top, mpt right, mpt bottom,
                   rgb fill);
void add_outline(struct layout *layout, uint32_t piece, mpt left, mpt top, mpt right, mpt bottom,
                 rgb stroke, mpt width);
void add_path(struct layout *layout, uint32_t piece, const struct path_step *steps, size_t count,
              rgb stroke, mpt width);

struct level *level_top(struct layout *layout);
struct level *level_push(struct layout *layout);
void level_pop(struct layout *layout);
mpt level_left(const struct layout *layout); /* on the page */
mpt level_width(const struct layout *layout);

/* Insets the innermost level, as far as there is room. */
void level_inset(struct layout *layout, mpt left, mpt right);

uint32_t frame_add(struct layout *layout, const struct frame *frame);

/* --- inline.c: the text of a variant, set ------------------------------------------- */

/* How a text is set where the theme's role leaves it open. */
struct look {
  const struct theme_text *text;
  enum theme_weight weight; /* of what is not emphasised */
  mpt size, leading;
  rgb colour;
};
struct look look_of(const struct theme *theme, enum theme_role role);

struct manner {
  struct look look;
  mpt measure;
  mpt first_indent;
  enum text_alignment alignment;
  bool balanced;
  const char *prefix;      /* a heading's number; or NULL */
  const struct node *lead; /* a variant set before this one, strong: a term; or NULL */
  uint32_t lead_element;   /* that the lead belongs to */
  bool verbatim;
  bool bare; /* to be measured only: no elements */
};

struct set_text {
  const struct paragraph *paragraph;
  const struct node *variant;
  struct run_origin *origins; /* of each run; on the heap until set_text_finish */
  size_t origin_count;
};
/* Where a run's text begins: in the paragraph, and in node_text of its variant. */
struct run_origin {
  uint32_t start;
  size_t offset;
  bool counts; /* its bytes are bytes of node_text */
};

/* Sets the inlines below `variant`; marks made on the way belong to the innermost
 * open element or to elements below it. False and messages where it cannot be set. */
bool inline_set(struct layout *layout, const struct node *variant, const struct manner *manner,
                struct set_text *set);
void set_text_finish(struct set_text *set);
mpt inline_natural_width(struct layout *layout, const struct node *variant,
                         const struct manner *manner);
/* Words that are not in the tree, in the innermost open element; a run in another
 * language is a Span of its own. */
struct plain_run {
  const char *text;
  const char *language; /* or NULL: the element's */
  bool muted;
  bool bare; /* never a Span of its own */
  struct place place;
};
/* The text as runs of one script each, up to `limit`: a name in Han within English
 * words is in another language than they are. Returns how many. */
size_t words_split(struct layout *layout, const char *text, const char *language,
                   struct plain_run *runs, size_t limit);
const struct paragraph *words_set(struct layout *layout, const struct plain_run *runs, size_t count,
                                  const struct manner *manner);
const struct text_style *style_find(struct layout *layout, const struct text_style *wanted);
struct manner manner_of(const struct layout *layout, enum theme_role role, const char *language);
bool language_is_han(const char *language);

/* --- lines.c: set text into pieces ---------------------------------------------------- */

/* Draws line `index` with its left edge at x and its baseline `baseline` below the piece's top. */
void line_place(struct layout *layout, const struct paragraph *paragraph, size_t index,
                uint32_t piece, mpt x, mpt baseline);
/* The byte of node_text that a line begins with; lines are asked for in order, so the search
 * goes on from the run where the last one ended. */
size_t line_offset(const struct set_text *set, size_t line, size_t *from);
mpt look_baseline(const struct look *look);

/* Blocks that bear text: their variants, above one another or side by side. */
struct text_block {
  enum theme_role role;
  enum role element_role;
  enum keep keep;   /* of all its lines, at least */
  uint32_t heading; /* that it is, or NONE */
  bool one_element; /* variants are spans of one element, not elements of their own */
  bool across;      /* never side by side */
  bool flush;       /* no first-line indent */
  bool latin_flush; /* … in languages other than Chinese */
  bool strong;
  bool hanging;            /* all lines but the first are indented */
  const struct node *term; /* of a glossary, that each variant begins with; or NULL */

  /* set by text_block_set */
  bool several;   /* more than one variant */
  size_t columns; /* side by side, and from one to the next */
  mpt pitch;
};
bool text_block_set(struct layout *layout, const struct node *block, const struct text_block *how);
/* A filled circle: x and y are its middle. */
struct disc {
  mpt x, y, radius;
  rgb fill;
};
void disc_place(struct layout *layout, uint32_t piece, uint32_t element, struct disc disc);

/* Draws the markers that wait, at the first line of their item. */
bool markers_place(struct layout *layout, uint32_t piece, mpt baseline);
/* Draws the items from `first` up to `end` again, as artifacts, further to the right. */
void markers_repeat(struct layout *layout, size_t first, size_t end, mpt right);
/* … where their item begins with no text. */
bool markers_flush(struct layout *layout);

/* --- blocks.c and the kinds of blocks that have files of their own --------------------- */

void headings_collect(struct layout *layout);
bool blocks_set(struct layout *layout, const struct node *root);
void keep_from(struct layout *layout, size_t first_piece, enum keep keep);
/* The height of the flow's pieces from that one on, with the space between them. */
int64_t pieces_height(const struct layout *layout, size_t first);
/* The piece above the one to come, in the flow or among the notes; NULL at the start. */
struct piece *piece_above(struct layout *layout);
bool table_set(struct layout *layout, const struct node *table);
bool code_block_set(struct layout *layout, const struct node *block);
bool image_set(struct layout *layout, const struct node *image);
/* The line below a chart that says where its figures are from. */
bool chart_source_set(struct layout *layout, const struct node *chart);
bool chart_set(struct layout *layout, const struct node *chart);
bool qr_set(struct layout *layout, const struct node *qr);
/* Draws with its top left corner at x, y of the piece; `place` is for messages. */
bool drawing_place(struct layout *layout, const struct figure_drawing *drawing,
                   const struct place *place, uint32_t piece, uint32_t element, mpt x, mpt y);

void notes_index(struct layout *layout);
/* The note of the footnote of that id, which is marked here; NONE where there is none. */
uint32_t note_mark(struct layout *layout, const char *id);
/* Sets the footnotes whose marks were met since the last call. */
bool notes_set(struct layout *layout);
/* A piece holds a mark of the note; it is linked to the first that does, once all are placed. */
void note_place(struct layout *layout, uint32_t index, uint32_t piece);
void notes_link(struct layout *layout);

bool contents_set(struct layout *layout);
/* Fills the page numbers in, once the headings have pages. */
bool contents_number(struct layout *layout, uint32_t first_body_page);
/* One piece, at the page's own corner. */
bool cover_set(struct layout *layout, mpt width, mpt height, bool with_reader);

/* --- paginate.c, furniture.c, assemble.c ------------------------------------------------ */

/* Puts pieces [first, end) on pages from `page` on; returns the page after the last. */
uint32_t paginate(struct layout *layout, size_t first, size_t end, uint32_t page);

/* A page in the making. */
enum sheet_kind { SHEET_BLANK, SHEET_COVER, SHEET_CONTENTS, SHEET_BODY };
struct sheet {
  enum sheet_kind kind;
  const char *label;
  uint32_t piece;   /* at the page's own corner: for furniture and grounds */
  uint32_t chapter; /* heading of level 1 in force at its top, or NONE */
};
bool furniture_set(struct layout *layout, const struct sheet *sheets, size_t count);
/* How far a left-hand page is set off, so that inner margins meet. */
static inline mpt layout_shift(const struct layout *layout, uint32_t page) {
  if (!layout->theme->print || page % 2 == 0) return 0;
  return layout->theme->page_width - layout->width - 2 * layout->left;
}
void ground_set(struct layout *layout, const struct sheet *sheets, size_t count);
/* Display lists from pieces and items; items from `ground` to `furniture` are drawn first. */
struct pages *assemble(struct layout *layout, const struct sheet *sheets, size_t count,
                       size_t ground, size_t furniture, uint32_t body);

#endif

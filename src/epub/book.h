/* A book while it is made: how the edition's tree is cut into documents, where each
 * id has come to stand, and the files written so far.
 *
 * A chapter runs from a section at the top of the tree up to the next one; what
 * stands before the first section is the introduction. One that is too large for a
 * document is cut between its blocks (C23). Footnotes are taken out of
 * the run of blocks: they stand at the end of the chapter that first marks them.
 *
 * The book's own ids have the forms "page.3", "mark.3": an author's id that begins
 * so, or that XML does not allow, is spelled otherwise (book_id). */
#ifndef HANDOUT_EPUB_BOOK_H
#define HANDOUT_EPUB_BOOK_H

#include "epub/archive.h"
#include "epub/epub.h"

#define BOOK_FOLDER     "EPUB/"
#define BOOK_PACKAGE    "package.opf"
#define BOOK_NAV        "nav.xhtml"
#define BOOK_NCX        "toc.ncx"
#define BOOK_COVER      "cover.xhtml"
#define BOOK_TITLE_PAGE "title.xhtml"

struct chapter {
  const char *file;           /* "chapter-002.xhtml" */
  const struct node *first;   /* its first block */
  const struct node *end;     /* the sibling after its last, or NULL */
  const struct node *root;    /* whose children its blocks are */
  const struct node *section; /* whose children its blocks are, where it is cut up; or NULL */
  bool is_continued;          /* not the first part of that section */
  bool is_introduction;
  bool has_svg;
};

struct anchor { /* sorted by id */
  const char *id;
  size_t chapter;
};

struct note { /* sorted by the footnote's id */
  const struct node *footnote;
  size_t chapter; /* where it stands */
  bool is_placed; /* it has a chapter */
  bool is_marked; /* its first mark is written */
};

/* A page of the PDF that begins in a node. */
struct marker {
  const struct node *block; /* with a likeness, that holds it; or NULL */
  const struct node *node;
  size_t offset; /* in the node's text */
  size_t page;   /* index in the page starts */
};

enum resource_place { RESOURCE_SPINE, RESOURCE_SPINE_APART /* not linear */, RESOURCE_ASIDE };

struct resource {
  const char *id;   /* in the manifest */
  const char *file; /* in the book's folder */
  const char *media_type;
  const char *properties; /* or NULL */
  enum resource_place place;
  struct buffer bytes; /* owned */
  enum archive_kind kind;
  struct packed packed; /* in place of bytes: borrowed */
};

/* A text that stands in no node, drawn or below a chart: it is in the faces all the same. */
struct drawn_text {
  const char *text;
  const char *language;
  bool strong;
};

struct book {
  const struct edition *edition;
  const struct epub_options *options;
  struct epub_cache *cache;
  struct messages *messages;
  struct arena *arena;
  const char *language;       /* the main one */
  const char *title_language; /* of the main title */

  const char **languages; /* the edition's, then others that its texts are in */
  size_t language_count, language_room;

  struct chapter *chapters;
  size_t chapter_count, chapter_room;
  struct anchor *anchors;
  size_t anchor_count, anchor_room;
  struct note *notes;
  size_t note_count, note_room;
  struct note **placed_notes; /* in the order of their first marks */
  size_t placed_count, placed_room;

  struct marker *markers; /* sorted by block, node, page */
  size_t marker_count;
  const char **marker_files; /* by page: where its marker was written, or NULL */

  struct resource *resources; /* the spine in reading order */
  size_t resource_count, resource_room;
  struct faces *faces;     /* and what is shown in them so far; borrowed */
  struct drawn_text *drawn; /* since the last block */
  size_t drawn_count, drawn_room;
  size_t nav_resource; /* the contents' place in the spine */
  size_t face_count;   /* files of faces so far */
  bool has_figures;    /* drawn charts, with their data */
  uint64_t setting;    /* of all that is the same for each block: a number by what it is */
};

struct epub_cache {
  struct packer *packer;
  struct markup_writer *writer;
  struct keeper *pieces; /* piece.c */
  struct buffer key, value;
  uint64_t setting_count, repertoire_count;
  struct arena *markup; /* of the document that is being written */
  struct arena *arena;
  const struct source *sheet; /* assets/book.css, once it is read; in the arena */
};

/* Before any block is written; the cache must be there. */
void book_settle(struct book *book);

/* Cuts the edition into chapters and notes what stands where. */
void book_init(struct book *book, const struct edition *edition, const struct epub_options *options,
               struct messages *messages);
void book_finish(struct book *book);

/* Adds a file; the bytes are taken over. */
void book_add(struct book *book, struct resource resource);

/* Notes what a block shows that stands in none of its nodes. */
void book_note_text(struct book *book, const char *text, const char *language, bool strong);

/* An author's id as the book spells it. */
const char *book_id(struct book *book, const char *id);
/* Where an id is to be found, seen from a file: "#pay" or "chapter-002.xhtml#pay";
 * NULL where the book has no such id. */
const char *book_address(struct book *book, const char *id, const char *from_file);

/* The note of that footnote's id, or NULL. */
struct note *book_note(struct book *book, const char *id);

/* "2.1 Title": a heading's text in its first language. */
const char *book_heading_text(struct book *book, const struct node *heading);
/* The heading of a section, or NULL. */
const struct node *section_heading(const struct node *section);

/* The language for a text that has none of its own (an author's name): one that is written
 * with Han characters where it has some, else another of the guide's languages. */
const char *book_text_language(const struct book *book, const char *text);

#endif

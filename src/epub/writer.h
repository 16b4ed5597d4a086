/* What writes the blocks and inlines of one document of the book. */
#ifndef HANDOUT_EPUB_WRITER_H
#define HANDOUT_EPUB_WRITER_H

#include "epub/book.h"
#include "epub/markup.h"

struct writer {
  struct book *book;
  const char *file;       /* of the document: links are written as seen from it */
  struct markup *current; /* the element that is open */
  bool has_svg;           /* a drawing stands in it */
  struct note *note;      /* whose number the next paragraph begins with; or NULL */
  const char **labels;    /* headings of the columns of the table that is open, if it is wide */
  size_t label_count;
  size_t column;      /* of the cell that comes next */
  bool without_links; /* in the contents, where a link holds the text */
};

/* Adds the inlines of a variant, with the markers of the pages that begin in it. */
void inline_write(struct writer *writer, struct markup *parent, const struct node *variant);
/* Adds all variants of a block, each tagged with its language, a space between. */
void inline_write_variants(struct writer *writer, struct markup *parent, const struct node *block);
/* A heading's number and text, as the heading and the contents show it. */
void inline_write_heading(struct writer *writer, struct markup *parent, const struct node *heading);

/* Adds a block with all that it holds to the open element. */
void block_write(struct writer *writer, const struct node *block);
/* The same, without what is kept of earlier books. */
void block_write_whole(struct writer *writer, const struct node *block);

/* Adds a picture of the guide to the book and an element that shows it. */
void picture_write(struct writer *writer, struct markup *parent, const struct node *node);

/* Adds a chart's drawing to the open element. */
void chart_write(struct writer *writer, const struct node *chart);
/* Where its figures are from, below its table, in each language that it is printed in. */
void chart_write_source(struct writer *writer, const struct node *chart);

/* Writes every chapter into the book. */
void chapters_write(struct book *book);

/* The cover and the title page. */
void front_write(struct book *book);

/* The contents, the landmarks and the pages, once the chapters are written. */
void navigation_write(struct book *book);

/* The style sheet: assets/book.css and what the theme says. */
bool style_write(struct book *book);

/* Adds the theme's faces, cut to the book's characters, and their part of the sheet. */
bool faces_write(struct book *book, struct buffer *sheet);
/* The same faces for all books that show nothing else than what the book's are noted for. */
struct epub_repertoire *faces_share(struct book *book);

/* The package document and the container. */
void package_write(struct book *book, struct buffer *package, struct buffer *container);

#endif

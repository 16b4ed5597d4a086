/* Markup that is kept from book to book.
 *
 *   struct buffer *key = piece_key(book, PIECE_LIST, parent);
 *   key_add_text(key, …);                       all that the list is made of
 *   struct markup *part = piece_open(book, parent, true);
 *   if (part) {
 *     … what goes into the parent is added to the part …
 *     piece_close(book, parent, part);
 *   } */
#ifndef HANDOUT_EPUB_PIECE_H
#define HANDOUT_EPUB_PIECE_H

#include "epub/writer.h"

enum piece_kind {
  PIECE_BLOCK,
  PIECE_TOC,
  PIECE_LANDMARKS,
  PIECE_PAGE_LIST,
  PIECE_NAV_MAP,
  PIECE_PAGE_TARGETS,
  PIECE_ACCESSIBILITY,
  PIECE_MANIFEST
};

/* Begins the key of a piece with what is the same in the whole book and where it goes. It is
 * the cache's: one at a time. */
struct buffer *piece_key(struct book *book, enum piece_kind kind, const struct markup *parent);
/* Adds the piece of that key to its parent, where it is kept: then NULL. Else what it is
 * to be added to; that is the parent itself where it is not to be kept. */
struct markup *piece_open(struct book *book, struct markup *parent, bool keep);
/* Keeps what was added to the part, and adds it to the parent. */
void piece_close(struct book *book, struct markup *parent, struct markup *part);

/* Adds a block that has a likeness to the open element, as block_write_whole would. */
void piece_write(struct writer *writer, const struct node *block);

#endif

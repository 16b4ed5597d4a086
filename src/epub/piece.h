/* Blocks whose markup is kept from book to book. */
#ifndef HANDOUT_EPUB_PIECE_H
#define HANDOUT_EPUB_PIECE_H

#include "epub/writer.h"

/* Adds a block that has a likeness to the open element, as block_write_whole would. */
void piece_write(struct writer *writer, const struct node *block);

#endif

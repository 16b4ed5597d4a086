/* The pages of the PDF of the same run, in the book: where each begins, the markers
 * that say so, and the lists that lead there (C6, C7, C8). */
#ifndef HANDOUT_EPUB_PAGE_LIST_H
#define HANDOUT_EPUB_PAGE_LIST_H

#include "epub/book.h"
#include "epub/markup.h"

void page_list_init(struct book *book);

/* Markers of the pages that begin in a node, in order of their offsets; `*count` of them. */
const struct marker *page_list_markers(const struct book *book, const struct node *node,
                                       size_t *count);

/* Of the pages that begin anywhere in a block that has a likeness. */
const struct marker *page_list_block(const struct book *book, const struct node *block,
                                     size_t *count);

/* Adds the empty span that marks a page. */
void page_list_mark(struct book *book, struct markup *parent, const char *file, size_t page);
/* Marks all pages that begin in a node before it is begun. */
void page_list_mark_node(struct book *book, struct markup *parent, const char *file,
                         const struct node *node);
/* Pages before the first that begins in a node: the cover, then the contents. */
size_t page_list_front_count(const struct book *book);

/* "chapter-002.xhtml#page.7"; never NULL once the chapters are written. */
const char *page_list_address(struct book *book, size_t page);

#endif

/* How a reader moves: links, named destinations, the outline, page labels. */
#ifndef HANDOUT_PDF_NAVIGATION_H
#define HANDOUT_PDF_NAVIGATION_H

#include "pdf/structure.h"

/* Adds the annotations of a page and puts them on it. */
void navigation_add_links(const struct pages *pages, size_t page, struct structure *structure,
                          struct document *document);
/* Each adds its objects and returns the root's number, 0 where there are none. */
uint32_t navigation_add_destinations(const struct pages *pages, struct document *document);
/* Each entry names its heading's element too, whose language is then that of its title (B7). */
uint32_t navigation_add_outline(const struct pages *pages, const struct structure *structure,
                                struct document *document);
uint32_t navigation_add_labels(const struct pages *pages, struct document *document);

#endif

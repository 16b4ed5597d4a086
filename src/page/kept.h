/* Inside page/ only: blocks that have been set for one reader and are the same for another. */
#ifndef HANDOUT_PAGE_KEPT_H
#define HANDOUT_PAGE_KEPT_H

#include "page/layout.h"

/* Before a layout: what it may take from `cache` (NULL: nothing). */
void kept_start(struct layout *layout, struct pages_cache *cache);

/* On entering a block. True where it is kept, and is in its place now with all that it holds. */
bool kept_place(struct layout *layout, const struct node *block);
/* On having left one that was not. */
void kept_take(struct layout *layout, const struct node *block);

/* What begins or goes on at a piece that has a node. */
const struct node *piece_node(const struct piece *piece);

#endif

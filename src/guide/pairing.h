/* Inside guide/: two languages become one tree. */
#ifndef HANDOUT_GUIDE_PAIRING_H
#define HANDOUT_GUIDE_PAIRING_H

#include "guide/load.h"

/* Puts the text of `other`, which is in `language`, beside that of `main`, which is in
 * `main_language`. What one of them lacks or has in another shape is reported, and
 * stays in the tree in its one language. `other` is used up. */
void pairing_merge(struct loading *loading, struct node *main, const char *main_language,
                   struct node *other, const char *language);

/* In a file of several languages: a block right after its like in another language
 * is its translation; so is a div of one language after that of another. */
void pairing_neighbours(struct loading *loading, struct node *root);

/* --- pairing_align.c -------------------------------------------------------------- */

#define UNPAIRED SIZE_MAX

/* For each of `other_count` blocks, the index of the block in `main` that it
 * translates, or UNPAIRED: by id first, then by order and kind. */
void pairing_align(struct node *const *main, size_t main_count, struct node *const *other,
                   size_t other_count, size_t *pairs);
/* They may be the same block in two languages. */
bool pairing_fits(const struct node *main, const struct node *other);

/* --- pairing_block.c --------------------------------------------------------------- */

/* Moves the variants, words and conditions of a block to its pair. */
void pairing_join(struct loading *loading, struct node *main, struct node *other,
                  const char *language);

#endif

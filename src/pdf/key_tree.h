/* Number trees and name trees: sorted keys with values, found by halving. */
#ifndef HANDOUT_PDF_KEY_TREE_H
#define HANDOUT_PDF_KEY_TREE_H

#include "pdf/document.h"

/* Zeroed but for `document` and `kind` before its first use. */
struct key_tree {
  struct document *document;
  const char *kind; /* "Nums" or "Names" */
  struct buffer leaf, first, last, kids;
  size_t count; /* of keys in the leaf */
};

/* The next key, as it is written; keys come sorted. What the caller appends to the
 * returned buffer, before the next key, is its value. */
struct buffer *key_tree_add(struct key_tree *tree, const struct buffer *key);
struct buffer *key_tree_add_number(struct key_tree *tree, unsigned key);
/* Adds the tree's root and frees the rest. Its number; 0 for a tree without keys. */
uint32_t key_tree_write(struct key_tree *tree);
/* Frees a tree that is not written; no harm after that. */
void key_tree_finish(struct key_tree *tree);

#endif

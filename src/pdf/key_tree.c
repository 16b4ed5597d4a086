/* One root over leaves: with leaves of this size a document of a million pages is
 * still within what readers take (ISO 32000-1, 7.9.6 and 7.9.7). libharu's own name
 * tree wants no more than a few names, and fails on keys that are not sorted. */
#include "pdf/key_tree.h"

#include "pdf/syntax.h"

#define LEAF_SIZE 256

static void end_leaf(struct key_tree *tree) {
  if (tree->count == 0) return;
  struct buffer text = {0};
  buffer_append_text(&text, "/Limits[");
  buffer_append(&text, tree->first.data, tree->first.length);
  buffer_append_byte(&text, ' ');
  buffer_append(&text, tree->last.data, tree->last.length);
  buffer_printf(&text, "]/%s[", tree->kind);
  buffer_append(&text, tree->leaf.data, tree->leaf.length);
  buffer_append_byte(&text, ']');
  if (tree->kids.length > 0) buffer_append_byte(&tree->kids, ' ');
  put_reference(&tree->kids, object_number(document_add(tree->document, &text)));
  buffer_clear(&tree->leaf);
  tree->count = 0;
  buffer_finish(&text);
}

struct buffer *key_tree_add(struct key_tree *tree, const struct buffer *key) {
  if (tree->count == LEAF_SIZE) end_leaf(tree);
  if (tree->count == 0) {
    buffer_clear(&tree->first);
    buffer_append(&tree->first, key->data, key->length);
  } else {
    buffer_append_byte(&tree->leaf, ' ');
  }
  buffer_clear(&tree->last);
  buffer_append(&tree->last, key->data, key->length);
  buffer_append(&tree->leaf, key->data, key->length);
  buffer_append_byte(&tree->leaf, ' ');
  tree->count++;
  return &tree->leaf;
}

struct buffer *key_tree_add_number(struct key_tree *tree, unsigned key) {
  struct buffer text = {0};
  put_integer(&text, key);
  struct buffer *leaf = key_tree_add(tree, &text);
  buffer_finish(&text);
  return leaf;
}

void key_tree_finish(struct key_tree *tree) {
  buffer_finish(&tree->leaf);
  buffer_finish(&tree->first);
  buffer_finish(&tree->last);
  buffer_finish(&tree->kids);
}

uint32_t key_tree_write(struct key_tree *tree) {
  uint32_t root = 0;
  end_leaf(tree);
  if (tree->kids.length > 0) {
    struct buffer text = {0};
    buffer_append_text(&text, "/Kids[");
    buffer_append(&text, tree->kids.data, tree->kids.length);
    buffer_append_byte(&text, ']');
    root = object_number(document_add(tree->document, &text));
    buffer_finish(&text);
  }
  key_tree_finish(tree);
  return root;
}

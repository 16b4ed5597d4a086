/* One file, several languages: a block right after its like in another language is
 * its translation, and so is a div of one language after that of another.
 *
 *   # Pay                      ::: {lang=en}
 *   # 薪资                     A list …
 *   It depends.                :::
 *   看情况。                   ::: {lang=zh-Hans} … :::
 *
 * A div of one language may also follow the blocks that it translates, which stand in none.
 * Blocks that are not alike all the way down stay apart: nothing is lost by that. */
#include "guide/pairing.h"

#include <string.h>

static bool is_plain_div(const struct node *node) {
  return node->kind == NODE_DIVISION && node->language && !node->id && !node->when &&
         !node->attributes;
}

/* The one language of all that is below, or NULL; a name may have none as yet. */
static const char *only_language(const struct node *root) {
  const char *language = NULL;
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    if (!walk.node->language || (language && strcmp(language, walk.node->language) != 0)) return NULL;
    language = walk.node->language;
    walk_skip(&walk);
  }
  return language;
}

static const char *first_language(const struct node *root) {
  for (struct walk walk = walk_start(root); walk_next(&walk);)
    if (walk.node->kind == NODE_VARIANT) return walk.node->language;
  return NULL;
}

/* So may what has none as yet. */
static bool speaks(const struct node *root, const char *language) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    if (!walk.node->language || strcmp(walk.node->language, language) == 0) return true;
    walk_skip(&walk); /* a picture in the text says no language */
  }
  return false;
}

/* The same kinds in the same order, inlines aside. */
static bool same_shape(const struct node *a, const struct node *b) {
  struct walk left = walk_start(a), right = walk_start(b);
  for (;;) {
    bool more = walk_next(&left), more_right = walk_next(&right);
    if (more != more_right) return false;
    if (!more) return true;
    if (left.entering != right.entering || !pairing_fits(left.node, right.node)) return false;
    if (left.entering && node_bears_text(left.node)) {
      walk_skip(&left);
      walk_skip(&right);
    }
  }
}

static bool is_bare_section(const struct node *node) {
  return node->kind == NODE_SECTION && node->first == node->last;
}

/* "# Pay" right before "# 薪资": the first section is only its heading. */
static bool heads_together(const struct node *a, const struct node *b) {
  if (!is_bare_section(a) || b->kind != NODE_SECTION) return false;
  const char *left = only_language(a->first), *right = only_language(b->first);
  return left && right && strcmp(left, right) != 0 && a->first->level == b->first->level &&
         !(a->id && b->id);
}

static void join_sections(struct loading *loading, struct node *a, struct node *b) {
  pairing_join(loading, a->first, b->first, "");
  if (!a->id) a->id = b->id;
  if (!a->when) {
    a->when = b->when;
    a->when_place = b->when_place;
  }
  node_unlink(b->first);
  while (b->first) {
    struct node *child = b->first;
    node_unlink(child);
    node_append(a, child);
  }
  node_unlink(b);
}

static bool are_translations(const struct node *a, const struct node *b) {
  if (a->kind == NODE_SECTION || !pairing_fits(a, b) || (a->id && b->id)) return false;
  const char *right = only_language(b);
  return right && first_language(a) && !speaks(a, right) && same_shape(a, b);
}

static void join_blocks(struct loading *loading, struct node *a, struct node *b) {
  const char *left = first_language(a), *right = only_language(b);
  node_unlink(b);
  pairing_join(loading, a, b, right);
  if (!node_bears_text(a)) pairing_merge(loading, a, left, b, right);
}

/* The blocks of a div that only said its language stand where the div stood. */
static struct node *unwrap(struct node *division) {
  struct node *next = division->first ? division->first : division->next;
  while (division->first) {
    struct node *child = division->first;
    node_unlink(child);
    node_insert_before(division, child);
  }
  node_unlink(division);
  return next;
}

static bool join_next(struct loading *loading, struct node *node) {
  struct node *next = node->next;
  bool heads = next && heads_together(node, next);
  if (heads) join_sections(loading, node, next);
  else if (!next || !are_translations(node, next)) return false;
  else join_blocks(loading, node, next);
  return true;
}

/* The blocks right before a div, as many as are in it, each the like of one of those. */
static void join_before(struct loading *loading, struct node *division) {
  struct node *first = division;
  for (const struct node *child = division->first; child; child = child->next)
    if (!(first = first->previous)) return;
  const struct node *like = first;
  for (const struct node *child = division->first; child; child = child->next, like = like->next)
    if (!are_translations(like, child)) return;
  for (; division->first; first = first->next) join_blocks(loading, first, division->first);
}

static void join_children(struct loading *loading, struct node *parent) {
  for (struct node *node = parent->first; node;) {
    bool plain = is_plain_div(node);
    if (plain) join_before(loading, node);
    while (join_next(loading, node)) continue;
    node->language = NULL;
    node = plain ? unwrap(node) : node->next;
  }
}

/* Cells are beside each other, and no translations. */
static bool may_hold_translations(const struct node *node) {
  return !node_bears_text(node) && node->kind != NODE_VARIANT && node->kind != NODE_ROW;
}

void pairing_neighbours(struct loading *loading, struct node *root) {
  for (struct node *node = root; node; node = node_next_block(root, node)) {
    if (may_hold_translations(node)) join_children(loading, node);
  }
}

/* The tree: building, the walk, variants and attributes. */
#include "guide/guide.h"

#include "base/buffer.h"
#include "check.h"

static const struct place nowhere;

static struct node *add(struct arena *arena, struct node *parent, enum node_kind kind) {
  struct node *node = node_new(arena, kind, nowhere);
  if (parent) node_append(parent, node);
  return node;
}

static struct node *add_text(struct arena *arena, struct node *parent, const char *text) {
  struct node *node = add(arena, parent, NODE_TEXT);
  node->text = text;
  return node;
}

static void check_walk(struct arena *arena) {
  struct node *root = add(arena, NULL, NODE_GUIDE);
  struct node *section = add(arena, root, NODE_SECTION);
  add(arena, section, NODE_RULE);
  add(arena, root, NODE_PAGE_BREAK);
  struct buffer trace = {0};
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    buffer_printf(&trace, "%s%s ", walk.entering ? "+" : "-", node_kind_name(walk.node->kind));
  }
  CHECK_TEXT(trace.data, "+guide +section +rule -rule -section +page-break -page-break -guide ");
  buffer_clear(&trace);
  walk = walk_start(root);
  while (walk_next(&walk)) {
    buffer_printf(&trace, "%s%s ", walk.entering ? "+" : "-", node_kind_name(walk.node->kind));
    if (walk.entering && walk.node->kind == NODE_SECTION) walk_skip(&walk);
  }
  CHECK_TEXT(trace.data, "+guide +section -section +page-break -page-break -guide ");
  buffer_clear(&trace);
  walk = walk_start(section);
  while (walk_next(&walk)) buffer_append_text(&trace, walk.entering ? "+" : "-");
  CHECK_TEXT(trace.data, "++--");
  buffer_finish(&trace);
}

static void check_links(struct arena *arena) {
  struct node *root = add(arena, NULL, NODE_GUIDE);
  struct node *a = add(arena, root, NODE_RULE);
  struct node *c = add(arena, root, NODE_RULE);
  struct node *b = node_new(arena, NODE_RULE, nowhere);
  node_insert_before(c, b);
  CHECK(root->first == a && a->next == b && b->next == c && root->last == c);
  CHECK(c->previous == b && b->previous == a);
  node_unlink(a);
  CHECK(root->first == b && !b->previous && !a->parent);
  node_unlink(c);
  CHECK(root->last == b && !b->next);
  node_insert_before(b, a);
  CHECK(root->first == a && a->next == b);
}

static void check_variants(struct arena *arena) {
  struct node *paragraph = add(arena, NULL, NODE_PARAGRAPH);
  struct node *english = add(arena, paragraph, NODE_VARIANT);
  english->language = "en";
  struct node *chinese = add(arena, paragraph, NODE_VARIANT);
  chinese->language = "zh-Hans";
  struct node *strong = add(arena, english, NODE_STRONG);
  struct node *word = add_text(arena, strong, "one");
  add(arena, english, NODE_LINE_BREAK);
  add_text(arena, english, "two");
  CHECK(node_variant(paragraph, "zh-Hans") == chinese);
  CHECK(!node_variant(paragraph, "de"));
  CHECK_TEXT(node_language(word), "en");
  CHECK(!node_language(paragraph));
  CHECK_TEXT(node_text(arena, english), "one two");
  CHECK(node_bears_text(paragraph) && !node_bears_text(english));
  CHECK(node_is_inline(word) && !node_is_inline(english));
  struct node *copy = node_copy(arena, paragraph);
  CHECK(copy->origin == paragraph && !copy->first && node_copy(arena, copy)->origin == paragraph);
}

static void check_attributes(struct arena *arena) {
  struct node *node = add(arena, NULL, NODE_DIVISION);
  node_set_attribute(arena, node, "class", "wide  note", nowhere);
  node_set_attribute(arena, node, "lines", "6", nowhere);
  CHECK(node_has_class(node, "note") && node_has_class(node, "wide"));
  CHECK(!node_has_class(node, "not") && !node_has_class(node, "notes"));
  struct node *copy = node_copy(arena, node);
  node_set_attribute(arena, copy, "lines", "7", nowhere);
  CHECK_TEXT(node_attribute(node, "lines"), "6");
  CHECK_TEXT(node_attribute(copy, "lines"), "7");
  CHECK(!node_attribute(node, "unit"));
}

int main(void) {
  struct arena *arena = arena_new();
  check_walk(arena);
  check_links(arena);
  check_variants(arena);
  check_attributes(arena);
  for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
    CHECK(node_kind_find(node_kind_name((enum node_kind)kind)) == (enum node_kind)kind);
  }
  CHECK(node_kind_find("nothing") == NODE_KIND_COUNT);
  arena_free(arena);
  return check_summary();
}

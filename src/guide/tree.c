/* The tree's nodes and the one walk over them. What differs from kind to kind is
 * in one table, which does not compile when a kind is forgotten. */
#include "guide/tree.h"

#include "base/buffer.h"

#include <assert.h>
#include <string.h>

/* --- kinds -------------------------------------------------------------------- */

enum bearing { HOLDS_NODES, HOLDS_VARIANTS, HOLDS_INLINES, HOLDS_NOTHING };

struct kind_row {
  const char *name;
  enum bearing bearing;
  bool is_inline;
  const char *words; /* for messages; NULL: the name */
};

static const struct kind_row kinds[] = {
    [NODE_GUIDE] = {"guide", HOLDS_NODES, false},
    [NODE_SECTION] = {"section", HOLDS_NODES, false},
    [NODE_DIVISION] = {"division", HOLDS_NODES, false, "div"},
    [NODE_LIST] = {"list", HOLDS_NODES, false},
    [NODE_ITEM] = {"item", HOLDS_NODES, false},
    [NODE_TABLE] = {"table", HOLDS_NODES, false},
    [NODE_ROW] = {"row", HOLDS_NODES, false},
    [NODE_FIGURE] = {"figure", HOLDS_NODES, false},
    [NODE_CHART] = {"chart", HOLDS_NODES, false},
    [NODE_CALLOUT] = {"callout", HOLDS_NODES, false},
    [NODE_FOOTNOTE] = {"footnote", HOLDS_NODES, false},
    [NODE_GLOSSARY] = {"glossary", HOLDS_NODES, false},
    [NODE_ENTRY] = {"entry", HOLDS_NODES, false},
    [NODE_SKILLS] = {"skills", HOLDS_NODES, false, "list of skills"},
    [NODE_PLAN] = {"plan", HOLDS_NODES, false},
    [NODE_WORKSHEET] = {"worksheet", HOLDS_NODES, false},
    [NODE_QUOTE] = {"quote", HOLDS_NODES, false},
    [NODE_HEADING] = {"heading", HOLDS_VARIANTS, false},
    [NODE_PARAGRAPH] = {"paragraph", HOLDS_VARIANTS, false},
    [NODE_CELL] = {"cell", HOLDS_VARIANTS, false},
    [NODE_CAPTION] = {"caption", HOLDS_VARIANTS, false},
    [NODE_TERM] = {"term", HOLDS_VARIANTS, false},
    [NODE_CODE_BLOCK] = {"code-block", HOLDS_VARIANTS, false, "code block"},
    [NODE_QR] = {"qr", HOLDS_VARIANTS, false, "QR code"},
    [NODE_IMAGE] = {"image", HOLDS_VARIANTS, false},
    [NODE_RULE] = {"rule", HOLDS_NOTHING, false},
    [NODE_PAGE_BREAK] = {"page-break", HOLDS_NOTHING, false, "page break"},
    [NODE_VARIANT] = {"variant", HOLDS_INLINES, false},
    [NODE_TEXT] = {"text", HOLDS_NOTHING, true},
    [NODE_STRONG] = {"strong", HOLDS_INLINES, true},
    [NODE_EMPHASIS] = {"emphasis", HOLDS_INLINES, true},
    [NODE_CODE] = {"code", HOLDS_NOTHING, true},
    [NODE_LINK] = {"link", HOLDS_INLINES, true},
    [NODE_REFERENCE] = {"reference", HOLDS_INLINES, true},
    [NODE_FOOTNOTE_MARK] = {"footnote-mark", HOLDS_NOTHING, true},
    [NODE_FILL_IN] = {"fill-in", HOLDS_NOTHING, true},
    [NODE_LINE_BREAK] = {"line-break", HOLDS_NOTHING, true},
    [NODE_SPAN] = {"span", HOLDS_INLINES, true},
};

static_assert(sizeof kinds / sizeof kinds[0] == NODE_KIND_COUNT, "a kind has no row");

const char *node_kind_name(enum node_kind kind) {
  return kinds[kind].name;
}

const char *node_kind_in_words(enum node_kind kind) {
  return kinds[kind].words ? kinds[kind].words : kinds[kind].name;
}

enum node_kind node_kind_find(const char *name) {
  int kind = 0;
  while (kind < NODE_KIND_COUNT && strcmp(kinds[kind].name, name) != 0) kind++;
  return (enum node_kind)kind;
}

bool node_is_inline(const struct node *node) {
  return kinds[node->kind].is_inline;
}

bool node_bears_text(const struct node *node) {
  return kinds[node->kind].bearing == HOLDS_VARIANTS;
}

/* --- building ------------------------------------------------------------------ */

struct node *node_new(struct arena *arena, enum node_kind kind, struct place place) {
  struct node *node = arena_alloc(arena, sizeof *node);
  node->kind = kind;
  node->place = place;
  return node;
}

void node_append(struct node *parent, struct node *child) {
  assert(!child->parent);
  child->parent = parent;
  child->previous = parent->last;
  if (parent->last) parent->last->next = child;
  else parent->first = child;
  parent->last = child;
}

void node_insert_before(struct node *sibling, struct node *node) {
  assert(!node->parent && sibling->parent);
  node->parent = sibling->parent;
  node->previous = sibling->previous;
  node->next = sibling;
  if (sibling->previous) sibling->previous->next = node;
  else sibling->parent->first = node;
  sibling->previous = node;
}

void node_unlink(struct node *node) {
  if (!node->parent) return;
  if (node->previous) node->previous->next = node->next;
  else node->parent->first = node->next;
  if (node->next) node->next->previous = node->previous;
  else node->parent->last = node->previous;
  node->parent = node->previous = node->next = NULL;
}

struct node *node_copy(struct arena *arena, const struct node *node) {
  struct node *copy = arena_alloc(arena, sizeof *copy);
  *copy = *node;
  copy->parent = copy->previous = copy->next = copy->first = copy->last = NULL;
  copy->origin = node->origin ? node->origin : node;
  return copy;
}

/* --- attributes ---------------------------------------------------------------- */

static struct attribute *find_attribute(const struct node *node, const char *name) {
  struct attribute *attribute = node->attributes;
  while (attribute && strcmp(attribute->name, name) != 0) attribute = attribute->next;
  return attribute;
}

const char *node_attribute(const struct node *node, const char *name) {
  const struct attribute *attribute = find_attribute(node, name);
  return attribute ? attribute->value : NULL;
}

/* A figure, table or chart that is all that stands in it. */
static const struct node *only_child(const struct node *node) {
  const struct node *child = node->first;
  bool holds_one = (node->kind == NODE_FIGURE || node->kind == NODE_DIVISION) && child && !child->next;
  bool has_title = holds_one && (child->kind == NODE_FIGURE || child->kind == NODE_IMAGE ||
                                 child->kind == NODE_TABLE || child->kind == NODE_CHART);
  return has_title ? child : NULL;
}

const struct node *node_title(const struct node *node) {
  for (; node; node = only_child(node)) {
    if (node_is_inline(node) || node_bears_text(node)) return node;
    enum node_kind kind = node->kind == NODE_SECTION ? NODE_HEADING
                          : node->kind == NODE_ENTRY ? NODE_TERM
                                                     : NODE_CAPTION;
    for (const struct node *child = node->first; child; child = child->next)
      if (child->kind == kind) return child;
  }
  return NULL;
}

/* "alt" is the main language's, "alt.zh-Hans" that of a translation. */
const char *node_attribute_in(const struct node *node, const char *name, const char *language) {
  size_t length = strlen(name);
  for (const struct attribute *one = node->attributes; one && language; one = one->next) {
    bool same = strncmp(one->name, name, length) == 0 && one->name[length] == '.';
    if (same && strcmp(one->name + length + 1, language) == 0) return one->value;
  }
  return node_attribute(node, name);
}

/* A copy shares its attributes with the original, so a changed list is a new one. */
void node_set_attribute(struct arena *arena, struct node *node, const char *name, const char *value,
                        struct place place) {
  struct attribute *list = NULL, **end = &list;
  bool found = false;
  for (const struct attribute *old = node->attributes; old; old = old->next) {
    struct attribute *copy = arena_alloc(arena, sizeof *copy);
    *copy = *old;
    copy->next = NULL;
    if (strcmp(old->name, name) == 0) {
      copy->value = arena_strdup(arena, value);
      copy->place = place;
      found = true;
    }
    *end = copy;
    end = &copy->next;
  }
  if (!found) {
    *end = arena_alloc(arena, sizeof **end);
    **end = (struct attribute){arena_strdup(arena, name), arena_strdup(arena, value), place, NULL};
  }
  node->attributes = list;
}

bool node_has_class(const struct node *node, const char *name) {
  const char *classes = node_attribute(node, "class");
  size_t length = strlen(name);
  while (classes && *classes) {
    size_t word = strcspn(classes, " ");
    if (word == length && memcmp(classes, name, length) == 0) return true;
    classes += word + strspn(classes + word, " ");
  }
  return false;
}

/* --- languages and text ---------------------------------------------------------- */

struct node *node_variant(const struct node *block, const char *language) {
  for (struct node *child = block->first; child; child = child->next) {
    if (child->kind == NODE_VARIANT && child->language && strcmp(child->language, language) == 0) {
      return child;
    }
  }
  return NULL;
}

const char *node_language(const struct node *node) {
  while (node && !node->language) node = node->parent;
  return node ? node->language : NULL;
}

static bool is_text(const struct node *node) {
  return node->kind == NODE_TEXT || node->kind == NODE_CODE;
}

char *node_text(struct arena *arena, const struct node *node) {
  struct buffer text = {0};
  struct walk walk = walk_start(node);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (is_text(walk.node) && walk.node->text) buffer_append_text(&text, walk.node->text);
    if (walk.node->kind == NODE_LINE_BREAK) buffer_append_byte(&text, ' ');
  }
  return buffer_take(&text, arena);
}

size_t node_text_length(const struct node *node) {
  size_t length = 0;
  struct walk walk = walk_start(node);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (is_text(walk.node) && walk.node->text) length += strlen(walk.node->text);
    if (walk.node->kind == NODE_LINE_BREAK) length++;
  }
  return length;
}

/* --- the walk -------------------------------------------------------------------- */

struct node *node_next_block(const struct node *root, struct node *node) {
  if (node->first && !node_bears_text(node)) return node->first;
  while (node != root && !node->next) node = node->parent;
  return node == root ? NULL : node->next;
}

struct walk walk_start(const struct node *root) {
  return (struct walk){.root = root};
}

bool walk_next(struct walk *walk) {
  if (!walk->node) {
    walk->node = walk->root;
    walk->entering = true;
    return walk->root != NULL;
  }
  if (walk->entering) {
    if (walk->node->first && !walk->skip) walk->node = walk->node->first;
    else walk->entering = false;
    walk->skip = false;
    return true;
  }
  if (walk->node == walk->root) return false;
  if (walk->node->next) {
    walk->node = walk->node->next;
    walk->entering = true;
  } else {
    walk->node = walk->node->parent;
  }
  return true;
}

void walk_skip(struct walk *walk) {
  walk->skip = true;
}

void walk_pass(struct walk *walk) {
  walk_skip(walk);
  walk_next(walk);
}

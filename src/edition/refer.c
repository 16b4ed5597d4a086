/* What points from one place of an edition to another: references get their text,
 * footnotes their numbers in the order of their marks. The nodes are collected first
 * and changed afterwards, because a tree must not change under a walk.
 *
 * What a reference points to may be left out for this reader. Then its title stays,
 * as text that points nowhere, and the author is warned. */
#include "edition/maker.h"

#include <stdlib.h>
#include <string.h>

struct nodes {
  struct node **items;
  size_t count, capacity;
};

struct pointers {
  struct nodes marks, footnotes, references;
};

static void push(struct nodes *nodes, const struct node *node) {
  nodes->items = array_reserve(nodes->items, nodes->count, &nodes->capacity, sizeof *nodes->items);
  nodes->items[nodes->count++] = (struct node *)node;
}

static bool points_inside(const struct node *node) {
  return node->kind == NODE_LINK && node->target && node->target[0] == '#';
}

static void collect(struct pointers *pointers, const struct node *root) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (walk.node->kind == NODE_FOOTNOTE_MARK) push(&pointers->marks, walk.node);
    if (walk.node->kind == NODE_FOOTNOTE) push(&pointers->footnotes, walk.node);
    if (walk.node->kind == NODE_REFERENCE) push(&pointers->references, walk.node);
    if (points_inside(walk.node)) push(&pointers->references, walk.node);
  }
}

/* --- footnotes ---------------------------------------------------------------------- */

static void number_footnotes(struct making *making, const struct pointers *pointers) {
  int last = 0;
  for (size_t i = 0; i < pointers->marks.count; i++) {
    struct node *mark = pointers->marks.items[i];
    struct node *footnote = mark->target ? index_find(making->ids, mark->target) : NULL;
    if (!footnote || footnote->kind != NODE_FOOTNOTE) {
      node_unlink(mark); /* its footnote is not for this reader */
      continue;
    }
    if (!footnote->number) {
      footnote->number = arena_printf(making->edition->arena, "%d", ++last);
    }
    mark->number = footnote->number;
  }
  for (size_t i = 0; i < pointers->footnotes.count; i++) {
    if (!pointers->footnotes.items[i]->number) node_unlink(pointers->footnotes.items[i]);
  }
}

/* --- references ----------------------------------------------------------------------- */

static const struct node *find_child(const struct node *node, enum node_kind kind) {
  const struct node *child = node->first;
  while (child && child->kind != kind) child = child->next;
  return child;
}

/* The node of the guide that a target means, without an edition's suffix. */
static const struct node *find_in_guide(struct making *making, const struct node *reference) {
  const char *target = reference->origin ? reference->origin->target : reference->target;
  return index_find(making->maker->ids, target[0] == '#' ? target + 1 : target);
}

/* A title that is left out for this reader is still what the author calls the thing. */
static const struct node *title_bearer(struct making *making, const struct node *reference,
                                       const struct node *target) {
  const struct node *bearer = node_title(target);
  const struct node *original = bearer ? NULL : find_in_guide(making, reference);
  if (original) bearer = node_title(original);
  return bearer ? bearer : target;
}

static const struct node *variant_in(const struct node *bearer, const char *language) {
  const struct node *variant = language ? node_variant(bearer, language) : NULL;
  if (!variant) variant = find_child(bearer, NODE_VARIANT);
  return variant ? variant : bearer;
}

/* As node_text; but of a title that is left out, fill-ins and conditions are worked out here,
 * or only fill-ins. */
static char *title_text(struct making *making, const struct node *reference,
                        const struct node *variant, const char *language, bool whole) {
  struct expressions *expressions = making->maker->expressions;
  struct buffer title = {0};
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    if (!walk.entering || node == variant) continue;
    if (node->when && !whole &&
        !expression_holds(expressions, node->when, &making->good, making->messages)) {
      walk_skip(&walk);
    } else if (node->kind == NODE_FILL_IN) {
      const char *value = expression_text(expressions, node->text, language ? language : "en",
                                          &reference->place, making->messages);
      if (value) buffer_append_text(&title, value);
      else making->good = false;
    } else if (node->kind == NODE_LINE_BREAK) {
      buffer_append_byte(&title, ' ');
    } else if (node->text) {
      buffer_append_text(&title, node->text);
    }
  }
  return buffer_take(&title, making->edition->arena);
}

static void add_text(struct making *making, struct node *parent, const char *text, size_t length) {
  if (!length) return;
  struct node *node = node_new(making->edition->arena, NODE_TEXT, parent->place);
  node->text = arena_strndup(making->edition->arena, text, length);
  node_append(parent, node);
}

#define TITLE "{title}"

/* The phrase, in whose language its title is; or with a span for one in another. */
static void write_text(struct making *making, struct node *reference, const struct node *target) {
  struct arena *arena = making->edition->arena;
  const char *language = node_language(reference);
  const struct node *bearer = title_bearer(making, reference, target);
  const struct node *variant = variant_in(bearer, language);
  const char *own = variant->language ? variant->language : language;
  const char *title = title_text(making, reference, variant, own, false);
  if (!*title) title = title_text(making, reference, variant, own, true);
  bool is_other = variant->language && language && strcmp(variant->language, language) != 0;
  const char *const values[][2] = {{"number", bearer->number ? bearer->number : ""},
                                   {"title", title}};
  enum word word = bearer->number ? WORD_SECTION_REFERENCE : WORD_REFERENCE;
  const char *pattern = lexicon_word(making->maker->lexicon, word, language);
  const char *phrase = phrase_fill(arena, pattern, values, is_other ? 1 : 2);
  const char *gap = is_other ? strstr(phrase, TITLE) : NULL;
  add_text(making, reference, phrase, gap ? (size_t)(gap - phrase) : strlen(phrase));
  if (!gap) return;
  struct node *span = node_new(arena, NODE_SPAN, reference->place);
  span->language = variant->language;
  node_append(reference, span);
  add_text(making, span, title, strlen(title));
  add_text(making, reference, gap + strlen(TITLE), strlen(gap) - strlen(TITLE));
}

static void point_nowhere(struct making *making, struct node *reference) {
  const struct node *original = find_in_guide(making, reference);
  if (!original) {
    making->good = false;
    message_error(making->messages, &reference->place, "unknown-id",
                  "nothing in the guide has the id '%s'", reference->target);
    return;
  }
  message_warning(making->messages, &reference->place, "reference-out",
                  "what '%s' points to is left out for reader '%s'", reference->target,
                  making->edition->reader->id ? making->edition->reader->id : "");
  message_note(making->messages, &original->place, "it stands here");
  if (!reference->first) write_text(making, reference, original);
  reference->kind = NODE_SPAN;
  reference->target = NULL;
}

static void resolve(struct making *making, struct node *reference) {
  const char *id = reference->target;
  if (id && id[0] == '#') id++;
  const struct node *target = id ? index_find(making->ids, id) : NULL;
  if (!id) return;
  if (!target) point_nowhere(making, reference);
  else if (!reference->first) write_text(making, reference, target);
}

void refer_tree(struct making *making) {
  struct pointers pointers = {0};
  collect(&pointers, making->edition->root);
  number_footnotes(making, &pointers);
  for (size_t i = 0; i < pointers.references.count; i++) {
    resolve(making, pointers.references.items[i]);
  }
  free(pointers.marks.items);
  free(pointers.footnotes.items);
  free(pointers.references.items);
}

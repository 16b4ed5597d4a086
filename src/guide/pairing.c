/* Languages are written apart and printed together: one tree is merged into the
 * other, container by container, without recursion. */
#include "guide/pairing.h"

#include <stdlib.h>
#include <string.h>

struct pair {
  struct node *main, *other;
};

struct merging {
  struct loading *loading;
  const char *main_language, *language;
  struct pair *stack; /* containers whose children are still to be merged */
  size_t count, capacity;
};

/* --- reports --------------------------------------------------------------------------- */

#define REPORT(merging, place, code, ...)                                                          \
  do {                                                                                             \
    struct messages *sink = (merging)->loading->messages;                                          \
    if ((merging)->loading->guide->missing == FALLBACK_ERROR) {                                    \
      message_error(sink, place, code, __VA_ARGS__);                                               \
    } else {                                                                                       \
      message_warning(sink, place, code, __VA_ARGS__);                                             \
    }                                                                                              \
  } while (0)

static void report_missing(const struct merging *merging, const struct node *block,
                           const char *language, const struct node *near) {
  REPORT(merging, &block->place, "missing-translation", "this %s has no translation in %s",
         node_kind_in_words(block->kind), language);
  message_note(merging->loading->messages, &near->place, "it would stand here");
}

/* Of one kind, they were kept apart by their ids, columns or levels. */
static const char *difference(const struct node *main, const struct node *other) {
  if (main->kind != other->kind) return NULL;
  if (main->kind == NODE_TABLE) return "it has another number of columns";
  if (main->id && other->id && strcmp(main->id, other->id) != 0) return "it has another id";
  return main->kind == NODE_SECTION ? "its heading has another level" : "it is of another sort";
}

static void report_shape(const struct merging *merging, const struct node *main,
                         const struct node *other) {
  const char *why = difference(main, other), *language = merging->main_language;
  const char *here = node_kind_in_words(other->kind), *there = node_kind_in_words(main->kind);
  if (why)
    REPORT(merging, &other->place, "translation-shape",
           "this %s does not translate the one of %s: %s", here, language, why);
  else
    REPORT(merging, &other->place, "translation-shape",
           "%s here, %s in %s: neither translates the other", here, there, language);
  message_note(merging->loading->messages, &main->place, "the %s of %s", there, language);
}

/* --- one container ------------------------------------------------------------------------ */

struct blocks {
  struct node **items;
  size_t count;
};

static struct blocks children_of(const struct node *node) {
  struct blocks blocks = {0};
  for (const struct node *child = node->first; child; child = child->next) blocks.count++;
  blocks.items = memory_alloc(blocks.count * sizeof(struct node *));
  size_t i = 0;
  for (struct node *child = node->first; child; child = child->next) blocks.items[i++] = child;
  return blocks;
}

static void push(struct merging *merging, struct node *main, struct node *other) {
  merging->stack =
      array_reserve(merging->stack, merging->count, &merging->capacity, sizeof *merging->stack);
  merging->stack[merging->count++] = (struct pair){main, other};
}

static void join(struct merging *merging, struct node *main, struct node *other) {
  pairing_join(merging->loading, main, other, merging->language);
  if (!node_bears_text(main)) push(merging, main, other);
}

/* After the block that the one before it was paired with or put after. */
static void insert_after(struct node *parent, struct node *after, struct node *block) {
  node_unlink(block);
  struct node *next = after ? after->next : parent->first;
  if (next) node_insert_before(next, block);
  else node_append(parent, block);
}

static void report_unpaired(const struct merging *merging, struct node *main_parent,
                            struct node *other_parent, const struct blocks *main,
                            const struct blocks *other, const size_t *pairs) {
  bool *paired = memory_alloc(main->count * sizeof *paired);
  for (size_t j = 0; j < other->count; j++) {
    if (pairs[j] != UNPAIRED) paired[pairs[j]] = true;
  }
  size_t i = 0;
  for (size_t j = 0; j <= other->count; j++) {
    bool end = j == other->count;
    if (!end && pairs[j] == UNPAIRED) {
      if (i < main->count && !paired[i]) report_shape(merging, main->items[i++], other->items[j]);
      else
        report_missing(merging, other->items[j], merging->main_language,
                       i < main->count ? main->items[i] : main_parent);
      continue;
    }
    size_t limit = end ? main->count : pairs[j];
    for (; i < limit; i++) {
      if (paired[i]) continue;
      report_missing(merging, main->items[i], merging->language,
                     end ? other_parent : other->items[j]);
    }
    if (!end && pairs[j] + 1 > i) i = pairs[j] + 1;
  }
  free(paired);
}

static void merge_children(struct merging *merging, struct node *main, struct node *other) {
  struct blocks left = children_of(main), right = children_of(other);
  size_t *pairs = memory_alloc(right.count * sizeof *pairs);
  pairing_align(left.items, left.count, right.items, right.count, pairs);
  report_unpaired(merging, main, other, &left, &right, pairs);
  struct node *after = NULL;
  for (size_t j = 0; j < right.count; j++) {
    if (pairs[j] == UNPAIRED) {
      insert_after(main, after, right.items[j]);
      after = right.items[j];
    } else {
      after = left.items[pairs[j]];
      join(merging, after, right.items[j]);
    }
  }
  free(pairs);
  free(left.items);
  free(right.items);
}

void pairing_merge(struct loading *loading, struct node *main, const char *main_language,
                   struct node *other, const char *language) {
  struct merging merging = {
      .loading = loading, .main_language = main_language, .language = language};
  push(&merging, main, other);
  while (merging.count > 0) {
    struct pair pair = merging.stack[--merging.count];
    merge_children(&merging, pair.main, pair.other);
  }
  free(merging.stack);
}

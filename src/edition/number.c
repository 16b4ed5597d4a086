/* Levels, numbers and ids. Levels are taken as the author wrote them and closed up,
 * so that none is jumped over (1, 3, 3, 2 becomes 1, 2, 2, 2): what reads a document
 * aloud counts on it. Numbers follow the levels. */
#include "edition/maker.h"

#include <stdio.h>
#include <string.h>

#define LEVELS        6
#define NUMBERED_DOWN 3 /* deeper headings carry no number */

struct numbering {
  struct making *making;
  bool numbered;
  int written[LEVELS]; /* the author's levels of the headings that are open */
  int depth;
  int counters[LEVELS];
  unsigned generated[NODE_KIND_COUNT]; /* ids that were made so far */
};

/* --- levels and numbers ---------------------------------------------------------- */

static void settle_level(struct numbering *numbering, struct node *heading) {
  int level = heading->level > 0 ? heading->level : 1;
  while (numbering->depth > 0 && numbering->written[numbering->depth - 1] >= level) {
    numbering->depth--;
  }
  if (numbering->depth < LEVELS) numbering->written[numbering->depth++] = level;
  heading->level = numbering->depth;
}

/* A heading's attributes are its section's, and what holds of a section holds of all in it. */
static bool is_unnumbered(const struct node *heading) {
  const struct node *node = heading;
  while (node && !((node->kind == NODE_HEADING || node->kind == NODE_SECTION) &&
                   node_has_class(node, "unnumbered")))
    node = node->parent;
  return node != NULL;
}

static void settle_number(struct numbering *numbering, struct node *heading) {
  char number[16 * NUMBERED_DOWN];
  int length = 0, level = heading->level;
  if (!numbering->numbered || level > NUMBERED_DOWN || is_unnumbered(heading)) return;
  numbering->counters[level - 1]++;
  for (int i = level; i < LEVELS; i++) numbering->counters[i] = 0;
  for (int i = 0; i < level; i++) {
    length += snprintf(number + length, sizeof number - (size_t)length, i ? ".%d" : "%d",
                       numbering->counters[i]);
  }
  heading->number = arena_strdup(numbering->making->edition->arena, number);
}

/* Each part of an edition in one language after the other counts from 1. */
static void restart(struct numbering *numbering) {
  numbering->depth = 0;
  memset(numbering->counters, 0, sizeof numbering->counters);
}

/* --- ids --------------------------------------------------------------------------- */

static bool needs_id(enum node_kind kind) {
  return kind == NODE_SECTION || kind == NODE_HEADING || kind == NODE_FOOTNOTE ||
         kind == NODE_FIGURE || kind == NODE_CHART || kind == NODE_TABLE || kind == NODE_ENTRY;
}

static void make_id(struct numbering *numbering, struct node *node) {
  struct making *making = numbering->making;
  do {
    node->id = arena_printf(making->edition->arena, "%s-%u", node_kind_name(node->kind),
                            ++numbering->generated[node->kind]);
  } while (!index_add(making->ids, node->id, node));
}

static void collect_ids(struct making *making) {
  struct walk walk = walk_start(making->edition->root);
  while (walk_next(&walk)) {
    if (!walk.entering || !walk.node->id) continue;
    index_add(making->ids, walk.node->id, (struct node *)walk.node);
  }
}

/* --- the walk ------------------------------------------------------------------------- */

void number_tree(struct making *making) {
  const struct reader *reader = making->edition->reader;
  bool numbered = reader->numbered < 0 ? making->maker->guide->numbered : (bool)reader->numbered;
  struct numbering numbering = {.making = making, .numbered = numbered};
  collect_ids(making);
  struct walk walk = walk_start(making->edition->root);
  while (walk_next(&walk)) {
    struct node *node = (struct node *)walk.node; /* the edition is ours until it is done */
    if (!walk.entering) continue;
    if (node->kind == NODE_DIVISION && node_has_class(node, "language")) restart(&numbering);
    if (node->kind == NODE_HEADING) {
      settle_level(&numbering, node);
      settle_number(&numbering, node);
    }
    if (!node->id && needs_id(node->kind)) make_id(&numbering, node);
    if (node_is_inline(node)) walk_skip(&walk);
  }
}

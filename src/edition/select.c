/* Which of the guide's nodes stay in an edition. One walk over the guide; what stays
 * is copied below `at`, the copy that is open:
 *
 *   entering a node   does it stay? copy it and step into the copy, or skip it
 *   leaving it        is anything left in the copy? if not, take it out again
 *
 * What falls empty is not printed: a list without items, a table of nothing but its
 * head, a section of which only the heading is left. */
#include "edition/maker.h"

#include <string.h>

struct selection {
  struct making *making;
  const char *const *languages;
  size_t language_count;
  const char *suffix;
  struct node *at;
};

/* --- languages ----------------------------------------------------------------------- */

static bool is_wanted(const struct selection *selection, const char *language) {
  return language_is_among(language, selection->languages, selection->language_count);
}

/* Where no wanted language is there: the same language in another script or region,
 * else the first; NULL where the guide shows no other language. */
static const struct node *find_fallback(const struct selection *selection,
                                        const struct node *block) {
  const char *main_language = selection->languages[0];
  size_t base = strcspn(main_language, "-");
  if (selection->making->maker->guide->missing != FALLBACK_SHOW) return NULL;
  for (const struct node *child = block->first; child; child = child->next) {
    bool same = child->language && strcspn(child->language, "-") == base &&
                memcmp(child->language, main_language, base) == 0;
    if (same) return child;
  }
  return block->first;
}

/* `missing: error`: each language of the edition is wanted in every block. */
static void report_missing(const struct selection *selection, const struct node *block) {
  for (size_t i = 0; i < selection->language_count; i++) {
    if (node_variant(block, selection->languages[i])) continue;
    selection->making->good = false;
    message_error(selection->making->messages, &block->place, "missing-language",
                  "this %s has no text in '%s'", node_kind_in_words(block->kind),
                  selection->languages[i]);
  }
}

/* A figure is the same in all languages; code, and what a picture shows, is not for reading on; a
 * chart counts and draws what is in its cells. */
static bool may_say_so(struct arena *arena, const struct node *variant) {
  const struct node *block = variant->parent;
  if (block->kind == NODE_CODE_BLOCK || block->kind == NODE_IMAGE) return false;
  if (block->kind == NODE_CELL && block->parent->parent->parent->kind == NODE_CHART) return false;
  const char *text = node_text(arena, variant);
  return strspn(text, " 0123456789.,:;+-–—%/()") < strlen(text);
}

/* A text in another language than the reader's says so. */
static void mark_fallback(const struct selection *selection, struct node *variant) {
  struct making *making = selection->making;
  struct arena *arena = making->edition->arena;
  const char *language = selection->languages[0];
  node_set_attribute(arena, variant, "class", "fallback", variant->place);
  if (!may_say_so(arena, variant)) return;
  struct node *span = node_new(arena, NODE_SPAN, variant->place);
  span->language = language;
  node_set_attribute(arena, span, "class", "fallback-mark", variant->place);
  struct node *text = node_new(arena, NODE_TEXT, variant->place);
  text->text = lexicon_word(making->maker->lexicon, WORD_UNTRANSLATED, language);
  node_append(span, text);
  node_append(variant, span);
}

static bool has_variants(const struct node *block) {
  return block->first && block->first->kind == NODE_VARIANT;
}

static bool has_wanted_variant(const struct selection *selection, const struct node *block) {
  for (const struct node *child = block->first; child; child = child->next) {
    if (child->kind == NODE_VARIANT && is_wanted(selection, child->language)) return true;
  }
  return false;
}

/* Sets the variants of a block in the order of the edition's languages. */
static void order_variants(const struct selection *selection, struct node *block) {
  for (size_t i = 0; i < selection->language_count; i++) {
    struct node *variant = node_variant(block, selection->languages[i]);
    if (!variant || variant == block->last) continue;
    node_unlink(variant);
    node_append(block, variant);
  }
}

/* --- what falls empty ------------------------------------------------------------------ */

/* What is no content of its own: it goes with what it belongs to. */
static bool is_label(const struct node *node) {
  return node->kind == NODE_HEADING || node->kind == NODE_CAPTION || node->kind == NODE_TERM ||
         (node->kind == NODE_ROW && node->header);
}

static bool has_content(const struct node *node) {
  for (const struct node *child = node->first; child; child = child->next) {
    if (!is_label(child)) return true;
  }
  return false;
}

static bool is_blank(const struct node *variant) {
  for (const struct node *child = variant->first; child; child = child->next) {
    if (child->kind != NODE_TEXT || child->text[strspn(child->text, " ")]) return false;
  }
  return true;
}

/* In a cell. */
static bool holds_words(const struct node *node) {
  for (struct walk walk = walk_start(node); walk_next(&walk);)
    if (walk.node->kind == NODE_VARIANT && walk.node->parent->kind == NODE_CELL) return true;
  return false;
}

static bool lost_its_words(const struct node *copy, const struct node *original) {
  bool of_cells = copy->kind == NODE_ROW || copy->kind == NODE_TABLE;
  return of_cells && !holds_words(copy) && holds_words(original);
}

/* A meaning alone explains nothing. */
static bool lost_its_term(const struct node *copy, const struct node *original) {
  if (copy->kind != NODE_ENTRY || !copy->first) return false;
  return original->first->kind == NODE_TERM && copy->first->kind != NODE_TERM;
}

/* A cell stays, though it be empty: its column does. */
static bool fell_empty(const struct node *copy, const struct node *original) {
  if (lost_its_words(copy, original) || lost_its_term(copy, original)) return true;
  if (node_is_inline(copy) || copy->kind == NODE_CELL) return false;
  if (copy->kind == NODE_VARIANT) {
    return copy->parent->kind != NODE_CELL && original->first && is_blank(copy);
  }
  return has_content(original) ? !has_content(copy) : original->first && !copy->first;
}

static bool has_heading(const struct node *section) {
  for (const struct node *child = section->first; child; child = child->next) {
    if (child->kind == NODE_HEADING) return true;
  }
  return false;
}

/* --- columns ------------------------------------------------------------------------------ */

static struct node *cell_at(const struct node *row, size_t column) {
  struct node *cell = row->kind == NODE_ROW ? row->first : NULL;
  while (cell && column-- > 0) cell = cell->next;
  return cell;
}

/* A cell that is out still has its condition; those that stay have none. */
static bool is_column_out(const struct node *table, size_t column) {
  bool found = false;
  for (const struct node *row = table->first; row; row = row->next) {
    const struct node *cell = cell_at(row, column);
    if (cell && !cell->when) return false;
    found = found || cell;
  }
  return found;
}

static void remove_column(struct node *table, size_t column) {
  for (struct node *row = table->first; row; row = row->next) {
    struct node *cell = cell_at(row, column);
    if (cell) node_unlink(cell);
  }
}

/* The columns that have a cell which is out, from the last. */
static size_t count_columns_out(const struct node *table) {
  size_t most = 0;
  for (const struct node *row = table->first; row; row = row->next) {
    size_t column = 1;
    for (const struct node *cell = row->first; cell; cell = cell->next, column++)
      if (cell->kind == NODE_CELL && cell->when && column > most) most = column;
  }
  return most;
}

/* A column goes where all of its cells do; another keeps an empty cell. */
static void columns_settle(struct node *table) {
  size_t column = count_columns_out(table);
  bool any = column > 0;
  while (column-- > 0)
    if (is_column_out(table, column)) remove_column(table, column);
  for (struct node *row = any ? table->first : NULL; row; row = row->next)
    for (struct node *cell = row->first; cell; cell = cell->next) cell->when = NULL;
}

/* --- the walk ----------------------------------------------------------------------------- */

static bool is_out(const struct selection *selection, const struct node *node) {
  struct making *making = selection->making;
  return node->when && !making->whole &&
         !expression_holds(making->maker->expressions, node->when, &making->good, making->messages);
}

static bool stays(const struct selection *selection, const struct node *node) {
  if (is_out(selection, node)) return false;
  if (node->kind == NODE_VARIANT) {
    if (is_wanted(selection, node->language)) return true;
    return !has_wanted_variant(selection, node->parent) &&
           find_fallback(selection, node->parent) == node;
  }
  if (!has_variants(node)) return true;
  if (selection->making->maker->guide->missing == FALLBACK_ERROR) report_missing(selection, node);
  return node->kind == NODE_CELL || has_wanted_variant(selection, node) ||
         find_fallback(selection, node);
}

static void add_suffix(const struct selection *selection, struct node *copy) {
  struct arena *arena = selection->making->edition->arena;
  if (copy->id) copy->id = arena_printf(arena, "%s%s", copy->id, selection->suffix);
  bool inner = copy->kind == NODE_REFERENCE || copy->kind == NODE_FOOTNOTE_MARK ||
               (copy->kind == NODE_LINK && copy->target && copy->target[0] == '#');
  if (inner) copy->target = arena_printf(arena, "%s%s", copy->target, selection->suffix);
}

/* Its place in the row stays, until it is known whether all of its column is out. */
static void leave_empty(struct selection *selection, const struct node *cell) {
  struct node *copy = node_copy(selection->making->edition->arena, cell);
  copy->id = NULL;
  node_append(selection->at, copy);
}

static void enter(struct selection *selection, struct walk *walk) {
  if (!stays(selection, walk->node)) {
    if (walk->node->kind == NODE_CELL) leave_empty(selection, walk->node);
    walk_skip(walk);
    return;
  }
  struct node *copy = node_copy(selection->making->edition->arena, walk->node);
  copy->when = NULL; /* it has been asked */
  if (selection->suffix) add_suffix(selection, copy);
  node_append(selection->at, copy);
  selection->at = copy;
}

static void leave(struct selection *selection, const struct node *node) {
  struct node *copy = selection->at;
  if (copy->origin != node) return; /* it did not stay */
  selection->at = copy->parent;
  if (copy->kind == NODE_FILL_IN) {
    fill_in(selection->making, copy, selection->languages[0]);
    return;
  }
  if (copy->kind == NODE_SKILLS) {
    lower_skills(selection->making, copy, selection->languages, selection->language_count);
  }
  if (copy->kind == NODE_PLAN) {
    lower_plan(selection->making, copy, selection->languages, selection->language_count);
  }
  if (copy->kind == NODE_TABLE) columns_settle(copy);
  if (fell_empty(copy, node)) {
    node_unlink(copy);
    return;
  }
  if (copy->kind == NODE_VARIANT && !is_wanted(selection, copy->language)) {
    mark_fallback(selection, copy);
  }
  if (selection->language_count > 1 && has_variants(copy)) order_variants(selection, copy);
  if (copy->kind == NODE_QR && copy->first && copy->first->target) copy->target = copy->first->target;
  if (copy->kind == NODE_CELL || copy->kind == NODE_CODE_BLOCK || copy->kind == NODE_QR)
    cell_settle(selection->making, copy);
  /* a section whose heading is in another language goes on without one */
  if (copy->kind == NODE_SECTION && !has_heading(copy)) copy->kind = NODE_DIVISION;
}

void select_tree(struct making *making, struct node *parent, const char *const *languages,
                 size_t language_count, const char *suffix) {
  struct selection selection = {making, languages, language_count, suffix, parent};
  const struct node *root = making->maker->guide->root;
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.node == root) continue;
    if (walk.entering) enter(&selection, &walk);
    else leave(&selection, walk.node);
  }
}

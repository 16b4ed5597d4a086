/* What no page begins or ends with, told from the node that each page begins with and from the
 * highest and the lowest line of its text: what belongs to a line that stands overleaf. And
 * columns that are level: of codes, the one thing that theme and paper set in two. */
#ifndef HANDOUT_TESTS_PAGE_TOPS_H
#define HANDOUT_TESTS_PAGE_TOPS_H

#include "page_rules.h"

/* A text of so many bytes has no more than two lines, in any style and on any paper. */
#define SHORT_TEXT 36

static bool is_short(struct arena *arena, const struct node *variant) {
  return strlen(node_text(arena, variant)) <= SHORT_TEXT;
}

/* The languages of a short paragraph, one below the other, stay on one page. */
static bool parts_languages(struct arena *arena, const struct page_start *start) {
  const struct node *node = start->node, *above = node->previous;
  bool is_second = node->kind == NODE_VARIANT && above && above->kind == NODE_VARIANT;
  if (!is_second || start->offset || above->previous || node->next) return false;
  return node->parent->kind == NODE_PARAGRAPH && is_short(arena, node) && is_short(arena, above);
}

/* A worksheet's question stays whole where it is short. */
static bool parts_question(struct arena *arena, const struct page_start *start) {
  const struct node *node = start->node, *question = node->parent;
  if (node->kind != NODE_VARIANT || question->parent->kind != NODE_WORKSHEET) return false;
  for (const struct node *one = question->first; one; one = one->next)
    if (one->kind != NODE_VARIANT || !is_short(arena, one)) return false;
  return question->kind == NODE_PARAGRAPH && (node->previous || start->offset);
}

/* What is left to learn stays with the skills that it sums up. */
static bool parts_sum(const struct page_start *start) {
  const struct node *node = start->node, *block = node->parent;
  if (node->kind != NODE_VARIANT || node->previous || start->offset) return false;
  return block->kind == NODE_PARAGRAPH && block->parent->kind == NODE_SKILLS && block->previous;
}

/* A page of few lines cannot keep all that it should: a gap of a quarter is too much. */
#define MANY_LINES 24

static bool has_many_lines(const struct theme *theme) {
  mpt height = theme->page_height - theme->margin_top - theme->margin_bottom;
  return height / theme->texts[THEME_BODY].leading >= MANY_LINES;
}

static void check_start(struct measured *measured, size_t number) {
  const struct page_start *start = &measured->pages->starts[number];
  if (!start->node || !has_many_lines(measured->theme)) return;
  struct arena *arena = arena_new();
  const char *parted = parts_question(arena, start)    ? "the rest of a worksheet's question"
                       : parts_languages(arena, start) ? "a short paragraph's second language"
                       : parts_sum(start)             ? "what sums up the skills before it"
                                                      : NULL;
  if (parted) FAULT(measured, "page %zu begins with %s", number + 1, parted);
  arena_free(arena);
}

/* Within the text area: no head and no folio. */
static bool is_of_area(const struct measured *measured, size_t number, const struct item *item) {
  struct box area = area_of(measured, number);
  return is_text(item) && item->text.baseline > area.top && item->text.baseline < area.bottom;
}

static bool is_mark(const struct pages *pages, const struct item *item) {
  return item->text.run->style->rise > 0 &&
         is_within(pages, item->element, ROLE_REFERENCE, ROLE_REFERENCE);
}

/* No page, and no line, begins with the mark of a note. */
static void check_marks(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct item *above = NULL;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (!is_text(item) || is_artifact(item)) continue;
    bool begins = !above || above->text.baseline != item->text.baseline;
    if (begins && is_mark(measured->pages, item))
      FAULT(measured, "page %zu: %s begins with a note's mark", number + 1, above ? "a line" : "it");
    above = item;
  }
}

/* No page ends with what is said again for a cell that stands overleaf: the name of its
 * column, the head of its table. */
static void check_foot_of_table(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct item *last = NULL;
  for (size_t i = 0; number > 0 && i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (!is_of_area(measured, number, item)) continue;
    bool is_lower = !last || item->text.baseline > last->text.baseline;
    if (is_lower || (item->text.baseline == last->text.baseline && !is_artifact(item))) last = item;
  }
  if (last && is_artifact(last) && !has_drawing_below(measured, page, last))
    FAULT(measured, "page %zu ends with “%s”, said again", number + 1, words_of(last));
}

/* --- codes -------------------------------------------------------------------------- */

static bool is_code(const struct pages *pages, uint32_t element) {
  const char *words = pages->elements[element].alternative;
  return pages->elements[element].role == ROLE_FIGURE && words && strncmp(words, "QR: ", 4) == 0;
}

/* The code that follows right after that one in the same list, or 0. */
static uint32_t next_code(const struct pages *pages, uint32_t code) {
  uint32_t list = pages->elements[pages->elements[code].parent].parent;
  for (uint32_t i = code + 1; i < pages->element_count; i++)
    if (pages->elements[i].parent == list)
      return i + 1 < pages->element_count && is_code(pages, i + 1) ? i + 1 : 0;
  return 0;
}

static bool stand_level(const struct element *one, const struct element *other) {
  return one->bounds_page == other->bounds_page && one->bounds[1] == other->bounds[1] &&
         one->bounds[0] < other->bounds[0];
}

/* Two and two: both columns are of one length, or the first has one more. */
static void check_codes(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (uint32_t i = 0, next; i + 1 < pages->element_count; i++) {
    if (!is_code(pages, i)) continue;
    next = next_code(pages, i);
    bool in_two = next && stand_level(&pages->elements[i], &pages->elements[next]);
    uint32_t code = i;
    for (size_t at = 1; (next = next_code(pages, code)); code = next, at++)
      if (stand_level(&pages->elements[code], &pages->elements[next]) != (in_two && at % 2 == 1))
        FAULT(measured, "code %zu of a list does not stand where its column goes on", at + 1);
    i = code;
  }
}

static void measure_tops(struct measured *measured) {
  for (size_t i = 0; i < measured->pages->page_count; i++) {
    check_start(measured, i);
    check_marks(measured, i);
    check_foot_of_table(measured, i);
  }
  check_codes(measured);
}

#endif

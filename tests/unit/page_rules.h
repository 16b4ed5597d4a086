/* What holds of every page, measured on its display list: nothing outside the margins or the
 * trim, nothing on top of anything else, no heading stranded, no widow, no orphan, reading
 * order, parents before children, code whole. For page_measure and page_cases. */
#ifndef HANDOUT_TESTS_PAGE_RULES_H
#define HANDOUT_TESTS_PAGE_RULES_H

#include "base/file.h"
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a mark may reach beyond its cell: rounding, and a side bearing. */
#define SLACK MPT_POINTS(1)

struct measured {
  const struct pages *pages;
  const struct theme *theme;
  char what[128];
  size_t faults;
};

#define FAULT(measured, ...)                                                                       \
  do {                                                                                             \
    if ((measured)->faults++ < 4) {                                                                \
      printf("%s: ", (measured)->what);                                                            \
      printf(__VA_ARGS__);                                                                         \
      printf("\n");                                                                                \
    }                                                                                              \
  } while (0)

struct box {
  mpt left, top, right, bottom;
};

/* Ink of a line of text, about: caps and descenders. */
static struct box text_box(const struct item *item) {
  const struct glyph_run *run = item->text.run;
  mpt y = item->text.baseline - run->style->rise;
  return (struct box){item->text.x + run->start, y - run->size * 70 / 100, item->text.x + run->end,
                      y + run->size * 12 / 100};
}

static bool overlap(struct box a, struct box b) {
  mpt slack = 300;
  return a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom &&
         b.top + slack < a.bottom;
}

static char *words_of(const struct item *item) {
  static char text[200];
  size_t length = 0;
  const struct glyph_run *run = item->text.run;
  for (struct cluster cluster = {0}; cluster_next(run, &cluster);) {
    size_t bytes = cluster.text_end - cluster.text_start;
    if (length + bytes >= sizeof text) break;
    memcpy(text + length, item->text.source + cluster.text_start, bytes);
    length += bytes;
  }
  text[length] = '\0';
  return text;
}

static bool is_artifact(const struct item *item) {
  return element_is_artifact(item->element);
}

/* The cut page, and the text area in it: on a left-hand page for print its mirror image. */
static struct box trim_of(const struct page *page) {
  if (!page->bleed) return (struct box){0, 0, page->width, page->height};
  return (struct box){page->trim[0], page->trim[1], page->trim[2], page->trim[3]};
}

static struct box area_of(const struct measured *measured, size_t number) {
  const struct theme *theme = measured->theme;
  struct box trim = trim_of(&measured->pages->pages[number]);
  if (number == 0) return trim;
  mpt left = measured->pages->text_left, right = measured->pages->text_right;
  bool mirrored = theme->print && number % 2 == 1;
  return (struct box){trim.left + (mirrored ? theme->page_width - right : left),
                      trim.top + theme->margin_top,
                      trim.left + (mirrored ? theme->page_width - left : right),
                      trim.bottom - theme->margin_bottom};
}

static bool is_inside(struct box box, struct box area, mpt slack) {
  return box.left >= area.left - slack && box.right <= area.right + slack &&
         box.top >= area.top - slack && box.bottom <= area.bottom + slack;
}

static void check_text_inside(struct measured *measured, size_t number, const struct item *item) {
  struct box box = text_box(item), area = area_of(measured, number);
  if (is_artifact(item)) area = trim_of(&measured->pages->pages[number]);
  if (!is_inside(box, area, SLACK))
    FAULT(measured, "page %zu: “%s” at %d,%d,%d,%d is beyond %d,%d,%d,%d", number + 1,
          words_of(item), box.left, box.top, box.right, box.bottom, area.left, area.top,
          area.right, area.bottom);
}

static struct box path_box(const struct item *item) {
  static const int points[] = {[PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
  struct box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
  for (size_t i = 0; i < item->path.step_count; i++) {
    const struct path_step *step = &item->path.steps[i];
    for (int k = 3 - points[step->kind]; k < 3; k++) {
      if (step->x[k] < box.left) box.left = step->x[k];
      if (step->y[k] < box.top) box.top = step->y[k];
      if (step->x[k] > box.right) box.right = step->x[k];
      if (step->y[k] > box.bottom) box.bottom = step->y[k];
    }
  }
  return box;
}

static struct box item_box(const struct item *item) {
  switch (item->kind) {
  case ITEM_TEXT:
    return text_box(item);
  case ITEM_RECTANGLE:
    return (struct box){item->rectangle.left, item->rectangle.top, item->rectangle.right,
                        item->rectangle.bottom};
  case ITEM_PATH:
    return path_box(item);
  case ITEM_IMAGE:
    return (struct box){item->image.left, item->image.top, item->image.right, item->image.bottom};
  }
  return (struct box){0};
}

/* Crop marks reach from the bleed outwards: no part of any lies within the bleed. */
static bool is_crop_mark(const struct page *page, const struct item *item) {
  struct box trim = trim_of(page);
  if (!page->bleed || item->kind != ITEM_PATH || !is_artifact(item)) return false;
  for (size_t i = 0; i < item->path.step_count; i++) {
    mpt x = item->path.steps[i].x[2], y = item->path.steps[i].y[2];
    if (x > trim.left - page->bleed && x < trim.right + page->bleed && y > trim.top - page->bleed &&
        y < trim.bottom + page->bleed)
      return false;
  }
  return true;
}

/* What is drawn stays on the cut page; only a ground goes on into the bleed, to its end. */
static void check_inside(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  struct box trim = trim_of(page), sheet = {0, 0, page->width, page->height};
  size_t marks = 0;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    struct box box = item_box(item);
    if (item->kind == ITEM_TEXT) check_text_inside(measured, number, item);
    bool mark = is_crop_mark(page, item);
    marks += mark;
    bool bleeds = item->kind == ITEM_RECTANGLE && is_artifact(item);
    bool wide = box.left < trim.left || box.right > trim.right || box.top < trim.top ||
                box.bottom > trim.bottom;
    if (!is_inside(box, mark ? sheet : trim, bleeds ? page->bleed : 0))
      FAULT(measured, "page %zu: item %zu at %d,%d,%d,%d leaves the page", number + 1, i, box.left,
            box.top, box.right, box.bottom);
    if (bleeds && wide && box.left != trim.left - page->bleed &&
        box.right != trim.right + page->bleed && box.top != trim.top - page->bleed &&
        box.bottom != trim.bottom + page->bleed)
      FAULT(measured, "page %zu: item %zu ends within the bleed", number + 1, i);
  }
  if (marks != (page->bleed ? 1 : 0))
    FAULT(measured, "page %zu has %zu sets of crop marks", number + 1, marks);
}

/* Dots of emphasis stand below their characters and say nothing themselves. */
static bool is_text(const struct item *item) {
  return item->kind == ITEM_TEXT && *words_of(item);
}

static void check_overlaps(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  for (size_t i = 0; i < page->item_count; i++) {
    if (!is_text(&page->items[i])) continue;
    struct box box = text_box(&page->items[i]);
    for (size_t k = i + 1; k < page->item_count; k++) {
      if (!is_text(&page->items[k])) continue;
      if (!overlap(box, text_box(&page->items[k]))) continue;
      char *first = strdup(words_of(&page->items[i]));
      FAULT(measured, "page %zu: “%s” and “%s” overlap at %d,%d", number + 1, first,
            words_of(&page->items[k]), box.left, box.top);
      free(first);
    }
  }
}

static bool is_below(const struct pages *pages, uint32_t element, uint32_t above) {
  while (element > above) element = pages->elements[element].parent;
  return element == above;
}

/* Figures stand within the text area, and no text but their own stands on them. */
static void check_figures(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (uint32_t i = 0; i < pages->element_count; i++) {
    const struct element *element = &pages->elements[i];
    if (element->role != ROLE_FIGURE) continue;
    size_t number = element->bounds_page;
    struct box box = {element->bounds[0], element->bounds[1], element->bounds[2],
                      element->bounds[3]};
    if (!element->alternative || !*element->alternative || box.right <= box.left ||
        !is_inside(box, area_of(measured, number), SLACK))
      FAULT(measured, "element %u is a figure without Alt or bounds, or beyond its area", i);
    for (size_t k = 0; k < pages->pages[number].item_count; k++) {
      const struct item *item = &pages->pages[number].items[k];
      if (is_text(item) && overlap(box, text_box(item)) &&
          (is_artifact(item) || !is_below(pages, item->element, i)))
        FAULT(measured, "page %zu: “%s” stands on a figure", number + 1, words_of(item));
    }
  }
}

/* --- structure --------------------------------------------------------------------- */

static bool is_within(const struct pages *pages, uint32_t element, enum role from, enum role to) {
  for (uint32_t at = element; at; at = pages->elements[at].parent)
    if (pages->elements[at].role >= from && pages->elements[at].role <= to) return true;
  return false;
}

static bool is_block(enum role role) {
  return role != ROLE_SPAN && role != ROLE_LINK && role != ROLE_CODE && role != ROLE_REFERENCE &&
         role != ROLE_LBL;
}

static uint32_t block_of(const struct pages *pages, uint32_t element) {
  while (element && !is_block(pages->elements[element].role))
    element = pages->elements[element].parent;
  return element;
}

static void check_order(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  uint32_t last = 0;
  for (size_t i = 0; i < page->item_count; i++) {
    if (element_is_artifact(page->items[i].element)) continue;
    uint32_t block = block_of(measured->pages, page->items[i].element);
    if (block < last)
      FAULT(measured, "page %zu: element %u comes after %u", number + 1, block, last);
    last = block;
  }
}

/* The lines to write on are thin, and as wide as a paragraph. */
static bool is_rule(const struct item *item) {
  if (item->kind != ITEM_RECTANGLE) return false;
  struct box box = item_box(item);
  return box.bottom - box.top < MPT_POINTS(2) && box.right - box.left > MPT_POINTS(60);
}

/* A heading that has a figure, lines to write on, or an ornament below it is not the last. */
static bool has_drawing_below(const struct measured *measured, const struct page *page,
                              const struct item *above) {
  mpt notes = (measured->pages->text_right - measured->pages->text_left) / 4; /* above the notes */
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    struct box box = item_box(item);
    bool is_line = is_rule(item) && box.right - box.left > notes;
    bool is_figure = item->kind != ITEM_TEXT && !is_artifact(item);
    if ((is_line || is_figure) && box.top > above->text.baseline) return true;
  }
  return false;
}

static bool ends_divided(const struct item *item) {
  const struct glyph_run *run = item->text.run;
  const struct glyph *last = run->glyphs + run->glyph_count - 1;
  return run->glyph_count > 0 && last->text_length == 0 && !last->continues;
}

/* Whether the author, or the theme, had a new page begin there. */
static bool is_wanted(const struct measured *measured, size_t number) {
  const struct node *node = measured->pages->starts[number].node;
  if (!node || !measured->pages->starts[number - 1].node) return true; /* the body begins */
  if (node->kind == NODE_VARIANT) node = node->parent;
  if (node->kind == NODE_HEADING && node->level == 1 &&
      (measured->theme->chapters_on_new_page || measured->theme->chapters_on_recto))
    return true;
  if (node->kind == NODE_HEADING && node->next && node->next->kind == NODE_PAGE_BREAK) return true;
  while (node->parent && !node->previous) node = node->parent;
  if (node->kind == NODE_DIVISION && node_has_class(node, "language")) return true;
  return node->previous && node->previous->kind == NODE_PAGE_BREAK;
}

/* The lowest line of text that is not a note's is no heading's (A22) and ends in no divided
 * word (A28), but on the last page. */
static void check_foot(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct item *lowest = NULL;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind != ITEM_TEXT || element_is_artifact(item->element)) continue;
    if (is_within(measured->pages, item->element, ROLE_NOTE, ROLE_NOTE)) continue;
    if (!lowest || item->text.baseline >= lowest->text.baseline) lowest = item;
  }
  if (!lowest || number + 1 == measured->pages->page_count || has_drawing_below(measured, page, lowest))
    return;
  if (is_within(measured->pages, lowest->element, ROLE_H1, ROLE_H6) &&
      !is_wanted(measured, number + 1))
    FAULT(measured, "page %zu: the heading “%s” is stranded", number + 1, words_of(lowest));
  if (ends_divided(lowest))
    FAULT(measured, "page %zu: “%s” ends in a divided word", number + 1, words_of(lowest));
}

static void check_parents(struct measured *measured) {
  for (size_t i = 1; i < measured->pages->element_count; i++)
    if (measured->pages->elements[i].parent >= i)
      FAULT(measured, "element %zu comes before its parent", i);
}

/* A chart's source. */
static bool is_beside_figure(const struct pages *pages, uint32_t element) {
  uint32_t around = pages->elements[element].parent;
  return pages->elements[around].role == ROLE_DIV &&
         pages->elements[around + 1].role == ROLE_FIGURE;
}

/* Lines of the body stand on a grid of half lines (A25). Superscripts and lines that
 * tables and captions set are others. */
static void check_grid(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct theme_text *body = &measured->theme->texts[THEME_BODY];
  mpt phase = (body->leading - body->size) / 2 + body->size * 88 / 100;
  mpt top = area_of(measured, number).top;
  for (size_t i = 0; number > 0 && i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind != ITEM_TEXT || element_is_artifact(item->element)) continue;
    if (item->text.run->style->size != body->size || item->text.run->style->rise) continue;
    if (measured->pages->elements[item->element].role != ROLE_P) continue;
    if (is_beside_figure(measured->pages, item->element)) continue;
    if (is_within(measured->pages, item->element, ROLE_NOTE, ROLE_NOTE)) continue;
    mpt off = (item->text.baseline - top - phase) % (body->leading / 2);
    if (off > 200 && off < body->leading / 2 - 200)
      FAULT(measured, "page %zu: “%s” is %d off the grid", number + 1, words_of(item), off);
  }
}

/* Every Link has its area, and an area leads somewhere. */
static void check_links(struct measured *measured) {
  const struct pages *pages = measured->pages;
  bool *met = calloc(pages->element_count, sizeof *met);
  for (size_t i = 0; i < pages->page_count; i++)
    for (size_t k = 0; k < pages->pages[i].link_count; k++) {
      const struct link_area *link = &pages->pages[i].links[k];
      met[link->element] = true;
      if (pages->elements[link->element].role != ROLE_LINK || !link->contents ||
          (!link->address && !link->destination) || link->right <= link->left)
        FAULT(measured, "page %zu: link %zu is not whole", i + 1, k);
    }
  for (size_t i = 0; i < pages->element_count; i++)
    if (pages->elements[i].role == ROLE_LINK && !met[i])
      FAULT(measured, "element %zu is a link without an area", i);
  free(met);
}

static void check_starts(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (size_t i = 0; i < pages->page_count; i++)
    if (!pages->starts[i].label || strcmp(pages->starts[i].label, pages->pages[i].label) != 0)
      FAULT(measured, "page %zu has no start", i + 1);
}

/* --- breaks between pages ------------------------------------------------------------ */

/* The lines of one paragraph on one page. */
struct part {
  uint32_t element;
  size_t page, lines;
};

/* Paragraphs only: rows, code and figures have rules of their own. */
static uint32_t paragraph_of(const struct pages *pages, uint32_t element) {
  uint32_t block = block_of(pages, element);
  if (pages->elements[block].role != ROLE_P) return 0;
  for (uint32_t at = element; at != block; at = pages->elements[at].parent)
    if (pages->elements[at].role == ROLE_CODE && pages->elements[at].parent == block) return 0;
  bool other = is_within(pages, block, ROLE_TABLE, ROLE_TABLE) ||
               is_within(pages, block, ROLE_FIGURE, ROLE_FIGURE);
  return other ? 0 : block;
}

static size_t parts_of(const struct pages *pages, struct part *parts) {
  size_t count = 0;
  for (size_t page = 1; page < pages->page_count; page++) {
    mpt last = -1;
    for (size_t i = 0; i < pages->pages[page].item_count; i++) {
      const struct item *item = &pages->pages[page].items[i];
      if (!is_text(item) || is_artifact(item)) continue;
      uint32_t block = paragraph_of(pages, item->element);
      if (!block) continue;
      bool same = count && parts[count - 1].element == block && parts[count - 1].page == page;
      if (!same) parts[count++] = (struct part){block, page, 0};
      if (!same || item->text.baseline != last) parts[count - 1].lines++;
      last = item->text.baseline;
    }
  }
  return count;
}

static int compare_parts(const void *a, const void *b) {
  const struct part *one = a, *other = b;
  if (one->element != other->element) return one->element < other->element ? -1 : 1;
  return one->page < other->page ? -1 : one->page > other->page;
}

/* A21: what a page break leaves of a paragraph on either side. One that is too short to
 * leave three lines on both has two, and so may a note. */
static bool is_enough(size_t lines, size_t all, int wanted) {
  return lines >= (size_t)wanted || (lines == 2 && all < 2 * (size_t)wanted);
}

static void check_widows(struct measured *measured) {
  const struct pages *pages = measured->pages;
  size_t items = 1;
  for (size_t i = 0; i < pages->page_count; i++) items += pages->pages[i].item_count;
  struct part *parts = malloc(items * sizeof *parts);
  size_t count = parts_of(pages, parts);
  if (count) qsort(parts, count, sizeof *parts, compare_parts);
  for (size_t i = 1; i < count; i++) {
    const struct part *above = &parts[i - 1], *below = &parts[i];
    if (above->element != below->element) continue;
    bool first = i < 2 || parts[i - 2].element != above->element;
    bool last = i + 1 == count || parts[i + 1].element != below->element;
    size_t all = above->lines + below->lines;
    bool note = is_within(pages, below->element, ROLE_NOTE, ROLE_NOTE);
    int orphans = note ? 2 : measured->theme->orphan_lines;
    int widows = note ? 2 : measured->theme->widow_lines;
    if (first && !is_enough(above->lines, last ? all : SIZE_MAX, orphans))
      FAULT(measured, "page %zu: element %u begins with %zu lines", above->page + 1,
            above->element, above->lines);
    if (last && !is_enough(below->lines, first ? all : SIZE_MAX, widows))
      FAULT(measured, "page %zu: element %u ends with %zu lines", below->page + 1, below->element,
            below->lines);
  }
  free(parts);
}

/* No page has one line only, unless the author wanted it to begin and to end there. */
static void check_filled(struct measured *measured, size_t number) {
  const struct pages *pages = measured->pages;
  const struct page *page = &pages->pages[number];
  mpt first = -1;
  size_t lines = 0, rules = 0;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    rules += is_rule(item);
    if (item->kind != ITEM_TEXT && !is_artifact(item)) return; /* a figure */
    if (!is_text(item) || is_artifact(item)) continue;
    if (item->text.baseline == first) continue;
    first = item->text.baseline;
    lines++;
  }
  if (lines == 1 && rules < 3 && number > 0 && pages->starts[number].node && !is_wanted(measured, number))
    FAULT(measured, "page %zu has one line", number + 1);
}

/* --- headings, where they are said again --------------------------------------------- */

static size_t page_of(const struct pages *pages, const char *destination) {
  for (size_t i = 0; destination && i < pages->destination_count; i++)
    if (strcmp(pages->destinations[i].id, destination) == 0) return pages->destinations[i].page;
  return pages->page_count;
}

/* The side of the spine is the wider one where the theme's is (B21). */
static void check_gutter(struct measured *measured) {
  const struct theme *theme = measured->theme;
  mpt inner = measured->pages->text_left, outer = theme->page_width - measured->pages->text_right;
  if (theme->margin_inner > theme->margin_outer && inner <= outer)
    FAULT(measured, "the inner margin of %d is not wider than the outer of %d", inner, outer);
}

/* A chapter begins on a right-hand page where the theme asks for it, and those are odd. */
static void check_recto(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (size_t i = 0; measured->theme->chapters_on_recto && i < pages->outline_count; i++) {
    size_t number = page_of(pages, pages->outline[i].destination);
    if (pages->outline[i].level == 1 && number < pages->page_count && number % 2 == 1)
      FAULT(measured, "page %zu: “%s” begins on the left", number + 1, pages->outline[i].text);
    if (pages->outline[i].level == 1 && number < pages->page_count &&
        strtol(pages->pages[number].label, NULL, 10) % 2 == 0)
      FAULT(measured, "page %zu: “%s” begins on page %s", number + 1, pages->outline[i].text,
            pages->pages[number].label);
  }
}

/* A link within the document leads somewhere. */
static void check_destinations(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (size_t i = 0; i < pages->page_count; i++)
    for (size_t k = 0; k < pages->pages[i].link_count; k++) {
      const char *destination = pages->pages[i].links[k].destination;
      size_t number = page_of(pages, destination);
      if (destination && (number == 0 || number == pages->page_count))
        FAULT(measured, "page %zu: nothing is called #%s", i + 1, destination);
    }
}

/* A line of the contents ends in the label of the page that it leads to. */
static void check_contents(struct measured *measured) {
  const struct pages *pages = measured->pages;
  for (size_t i = 0; i < pages->page_count; i++)
    for (size_t k = 0; k < pages->pages[i].link_count; k++) {
      const struct link_area *link = &pages->pages[i].links[k];
      size_t number = page_of(pages, link->destination);
      if (!is_within(pages, link->element, ROLE_TOCI, ROLE_TOCI) || number == pages->page_count)
        continue;
      const char *last = "";
      for (size_t n = 0; n < pages->pages[i].item_count; n++)
        if (pages->pages[i].items[n].element == link->element && is_text(&pages->pages[i].items[n]))
          last = words_of(&pages->pages[i].items[n]);
      if (strcmp(last, pages->pages[number].label) != 0)
        FAULT(measured, "page %zu: the contents say “%s” of page %s", i + 1, last,
              pages->pages[number].label);
    }
}

/* The running head names a chapter that the page has, or the last one before it. */
static void check_head(struct measured *measured, size_t number) {
  const struct pages *pages = measured->pages;
  const struct page *page = &pages->pages[number];
  size_t begun = 0, chapters = 0;
  bool named = false;
  for (size_t i = 0; i < pages->outline_count; i++) {
    if (pages->outline[i].level != 1) continue;
    chapters++;
    size_t at = page_of(pages, pages->outline[i].destination);
    begun += at < number;
    if (at > number) continue;
    bool is_now = true; /* none of the chapters after it began on an earlier page */
    for (size_t k = i + 1; k < pages->outline_count; k++)
      if (pages->outline[k].level == 1 && page_of(pages, pages->outline[k].destination) < number)
        is_now = false;
    for (size_t k = 0; is_now && k < page->item_count; k++) {
      const struct item *item = &page->items[k];
      bool in_head = is_text(item) && is_artifact(item) &&
                     item->text.baseline < area_of(measured, number).top;
      if (!in_head) continue;
      char *words = words_of(item), *cut = strstr(words, "\xE2\x80\xA6");
      if (cut) *cut = '\0';
      if (*words && strstr(pages->outline[i].text, words)) named = true;
    }
  }
  if (begun && chapters && pages->starts[number].node && !named)
    FAULT(measured, "page %zu: the head names no chapter of the page", number + 1);
}

static void measure(struct measured *measured) {
  for (size_t i = 0; i < measured->pages->page_count; i++) {
    check_inside(measured, i);
    check_overlaps(measured, i);
    check_order(measured, i);
    check_foot(measured, i);
    check_grid(measured, i);
    check_filled(measured, i);
    check_head(measured, i);
  }
  check_gutter(measured);
  check_recto(measured);
  check_contents(measured);
  check_destinations(measured);
  check_widows(measured);
  check_parents(measured);
  check_starts(measured);
  check_figures(measured);
  check_links(measured);
}

#endif

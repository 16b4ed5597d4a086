/* Every style × mode × paper × theme, on generated guides, measured on the display
 * lists: nothing outside the margins, nothing on top of anything else, no heading
 * stranded, reading order, parents before children, nothing lost.
 *
 *   page_measure            all combinations, one seed each
 *   page_measure SEED FILE  writes one as a PDF, to be looked at */
#include "check.h"

#include "base/file.h"
#include "page/page.h"
#include "page_sample.h"
#include "pdf/pdf.h"

#include <stdlib.h>

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

static void check_inside(struct measured *measured, size_t number, const struct item *item) {
  const struct page *page = &measured->pages->pages[number];
  const struct theme *theme = measured->theme;
  struct box box = text_box(item);
  mpt left = measured->pages->text_left - SLACK, right = measured->pages->text_right + SLACK;
  mpt top = theme->margin_top - SLACK, bottom = page->height - theme->margin_bottom + SLACK;
  if (item->element == ELEMENT_ARTIFACT) top = left = 0, right = page->width, bottom = page->height;
  if (number == 0) top = left = 0, right = page->width, bottom = page->height;
  if (box.left < left || box.right > right)
    FAULT(measured, "page %zu: “%s” from %d to %d is beyond %d to %d", number + 1, words_of(item),
          box.left, box.right, left, right);
  if (box.top < top || box.bottom > bottom)
    FAULT(measured, "page %zu: “%s” from %d to %d is above %d or below %d", number + 1,
          words_of(item), box.top, box.bottom, top, bottom);
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
    if (page->items[i].element == ELEMENT_ARTIFACT) continue;
    uint32_t block = block_of(measured->pages, page->items[i].element);
    if (block < last)
      FAULT(measured, "page %zu: element %u comes after %u", number + 1, block, last);
    last = block;
  }
}

/* The lowest line of text that is not a note's is no heading's, but on the last page. */
static void check_stranded(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct item *lowest = NULL;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind != ITEM_TEXT || item->element == ELEMENT_ARTIFACT) continue;
    if (is_within(measured->pages, item->element, ROLE_NOTE, ROLE_NOTE)) continue;
    if (!lowest || item->text.baseline >= lowest->text.baseline) lowest = item;
  }
  if (!lowest || number + 1 == measured->pages->page_count) return;
  if (is_within(measured->pages, lowest->element, ROLE_H1, ROLE_H6))
    FAULT(measured, "page %zu: the heading “%s” is stranded", number + 1, words_of(lowest));
}

static void check_parents(struct measured *measured) {
  for (size_t i = 1; i < measured->pages->element_count; i++)
    if (measured->pages->elements[i].parent >= i)
      FAULT(measured, "element %zu comes before its parent", i);
}

/* Lines of the body stand on a grid of half lines (A25). Superscripts and lines that
 * tables and captions set are others. */
static void check_grid(struct measured *measured, size_t number) {
  const struct page *page = &measured->pages->pages[number];
  const struct theme_text *body = &measured->theme->texts[THEME_BODY];
  mpt phase = (body->leading - body->size) / 2 + body->size * 88 / 100;
  for (size_t i = 0; number > 0 && i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind != ITEM_TEXT || item->element == ELEMENT_ARTIFACT) continue;
    if (item->text.run->style->size != body->size || item->text.run->style->rise) continue;
    if (measured->pages->elements[item->element].role != ROLE_P) continue;
    if (is_within(measured->pages, item->element, ROLE_NOTE, ROLE_NOTE)) continue;
    mpt off = (item->text.baseline - measured->theme->margin_top - phase) % (body->leading / 2);
    if (off > 200 && off < body->leading / 2 - 200)
      FAULT(measured, "page %zu: “%s” is %d off the grid", number + 1, words_of(item), off);
  }
}

static void check_figures(struct measured *measured) {
  for (size_t i = 0; i < measured->pages->element_count; i++) {
    const struct element *element = &measured->pages->elements[i];
    if (element->role != ROLE_FIGURE) continue;
    if (!element->alternative || !*element->alternative || element->bounds[2] <= element->bounds[0])
      FAULT(measured, "element %zu is a figure without Alt or bounds", i);
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

static void measure(struct measured *measured) {
  for (size_t i = 0; i < measured->pages->page_count; i++) {
    const struct page *page = &measured->pages->pages[i];
    for (size_t k = 0; k < page->item_count; k++)
      if (page->items[k].kind == ITEM_TEXT) check_inside(measured, i, &page->items[k]);
    check_overlaps(measured, i);
    check_order(measured, i);
    check_stranded(measured, i);
    check_grid(measured, i);
  }
  check_parents(measured);
  check_starts(measured);
  check_figures(measured);
  check_links(measured);
}

/* --- the combinations ---------------------------------------------------------------- */

struct rig {
  struct messages *messages;
  struct font_library *fonts;
  struct text_engine *engine;
};

struct combination {
  uint32_t seed;
  const char *theme;
  enum style style;
  enum mode mode;
  enum paper paper;
};

static void try(struct rig *rig, const struct combination *one, const char *file) {
  struct page_sample sample;
  sample_make(&sample, one->seed, 2);
  struct reader *reader = reader_new_anonymous(&sample.guide);
  reader->style = one->style;
  reader->mode = one->mode;
  reader->paper = one->paper;
  struct edition *edition = edition_new(&sample.guide, reader, rig->messages);
  struct theme *theme = theme_load(one->theme, one->style, one->paper, rig->fonts, rig->messages);
  struct pages *pages =
      edition && theme ? pages_new(edition, theme, rig->engine, rig->messages) : NULL;
  CHECK(pages != NULL);
  struct measured measured = {.pages = pages, .theme = theme};
  snprintf(measured.what, sizeof measured.what, "seed %u, %s, %s, %s, %s", one->seed, one->theme,
           style_name(one->style), mode_name(one->mode), paper_name(one->paper));
  if (pages) measure(&measured);
  CHECK(measured.faults == 0);
  struct buffer out = {0};
  if (pages && file && pdf_write(pages, NULL, &out, rig->messages))
    file_write(file, out.data, out.length, rig->messages);
  buffer_finish(&out);
  messages_flush(rig->messages);
  pages_free(pages);
  theme_free(theme);
  edition_free(edition);
  reader_free(reader);
  sample_free(&sample);
}

static void try_all(struct rig *rig) {
  static const char *const themes[] = {"classic", "modern", "plain"};
  uint32_t seed = 1;
  for (int style = 0; style < STYLE_COUNT; style++)
    for (int mode = 0; mode < MODE_COUNT; mode++)
      for (int paper = 0; paper < PAPER_COUNT; paper++, seed++) {
        struct combination one = {seed, themes[seed % 3], (enum style)style, (enum mode)mode,
                                  (enum paper)paper};
        try(rig, &one, NULL);
      }
}

static struct combination combination_of(uint32_t seed) {
  static const char *const themes[] = {"classic", "modern", "plain"};
  uint32_t at = seed - 1;
  return (struct combination){
      seed, themes[seed % 3], (enum style)(at / PAPER_COUNT / MODE_COUNT % STYLE_COUNT),
      (enum mode)(at / PAPER_COUNT % MODE_COUNT), (enum paper)(at % PAPER_COUNT)};
}

int main(int count, char **arguments) {
  struct rig rig = {.messages = messages_new(stderr, MESSAGES_SHORT, false)};
  struct font_options options = {0};
  rig.fonts = font_library_new(&options, rig.messages);
  rig.engine = text_engine_new(rig.messages);
  struct combination one = combination_of(count > 1 ? (uint32_t)atoi(arguments[1]) : 1);
  if (count > 1) try(&rig, &one, count > 2 ? arguments[2] : NULL);
  else try_all(&rig);
  text_engine_free(rig.engine);
  font_library_free(rig.fonts);
  messages_free(rig.messages);
  return check_summary();
}

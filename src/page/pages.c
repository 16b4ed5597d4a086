/* A layout from beginning to end: cover, contents, body; then pages.
 *
 *   headings and footnotes are collected    (contents come before what they list)
 *   cover, contents, body ──▶ pieces, items, elements in reading order
 *   paginate: cover 1 page, contents, body  ──▶ numbers into the contents
 *   grounds, furniture ──▶ assemble         ──▶ struct pages
 */
#include "page/kept.h"

#include "base/limit.h"

#include <stdlib.h>

/* Both margins together are at least this wide beside columns in several languages, and each. */
#define PARALLEL_MARGINS MPT_MILLIMETRES(36)
#define LEAST_MARGIN     MPT_MILLIMETRES(12)

/* Columns side by side take what the margins can spare: half of them, but no column
 * is wider than a page of one language. */
static void widen(struct layout *layout) {
  const struct theme *theme = layout->theme;
  mpt columns = (mpt)layout->edition->language_count;
  mpt most = layout->width * columns + theme->column_gap * (columns - 1);
  mpt margins = (theme->margin_inner + theme->margin_outer) / 2;
  if (margins < PARALLEL_MARGINS) margins = PARALLEL_MARGINS;
  mpt width = theme->page_width - margins < most ? theme->page_width - margins : most;
  if (width <= layout->width) return;
  mpt margin = (theme->page_width - width) / 2, most_gutter = margin - LEAST_MARGIN;
  mpt gutter = (theme->margin_inner - theme->margin_outer) / 2;
  if (gutter > most_gutter) gutter = most_gutter;
  if (gutter < -most_gutter) gutter = -most_gutter;
  layout->width = width;
  layout->left = margin + gutter;
}

static void layout_start(struct layout *layout, const struct edition *edition,
                         const struct theme *theme, struct text_engine *engine,
                         struct messages *messages) {
  *layout = (struct layout){.arena = arena_new(),
                            .edition = edition,
                            .theme = theme,
                            .engine = engine,
                            .messages = messages,
                            .left = theme->margin_inner};
  layout->width = theme->page_width - theme->margin_inner - theme->margin_outer;
  if (edition->mode == MODE_PARALLEL && edition->language_count > 1) widen(layout);
  layout->height = theme->page_height - theme->margin_top - theme->margin_bottom;
  layout->slug = theme->print ? PRINT_SLUG : 0;
  layout->grid = theme->texts[THEME_BODY].leading / 2;
  level_push(layout)->role = THEME_BODY;
  element_open(layout, ROLE_DOCUMENT, NULL);
}

/* The arena goes to the pages, or is freed with them. */
static void layout_finish(struct layout *layout, bool keep_arena) {
  free(layout->elements);
  free(layout->element_languages);
  free(layout->open);
  free(layout->pieces);
  free(layout->items);
  free(layout->links);
  free(layout->marks);
  free(layout->targets);
  free(layout->headings);
  free(layout->notes);
  free(layout->frames);
  free(layout->tables);
  free(layout->repeats);
  free(layout->separators);
  free(layout->anchors);
  free(layout->extents);
  free(layout->cells);
  free(layout->levels);
  free(layout->markers);
  free(layout->pending_ids);
  free(layout->styles);
  free(layout->footnotes);
  if (!keep_arena) arena_free(layout->arena);
}

/* --- sheets --------------------------------------------------------------------------- */

static const char *roman(struct arena *arena, unsigned number) {
  static const struct {
    unsigned value;
    const char *letters;
  } parts[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
               {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"}};
  const char *text = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    for (; number >= parts[i].value; number -= parts[i].value)
      text = arena_printf(arena, "%s%s", text, parts[i].letters);
  return text;
}

/* The chapter at the top of each page: the first that begins there, where nothing
 * stands before it, else the last that began before. */
static void find_chapters(struct layout *layout, struct sheet *sheets, size_t count) {
  bool is_first = true;
  for (size_t i = 0; i < layout->headings_count; i++) {
    const struct heading *heading = &layout->headings[i];
    if (heading->level > 1 || heading->piece == NONE) continue;
    const struct piece *piece = &layout->pieces[heading->piece];
    size_t from = piece->page + (piece->top > 0 && !is_first);
    is_first = false;
    if (from < count) sheets[from].chapter = (uint32_t)i;
  }
  uint32_t chapter = NONE;
  for (size_t i = 0; i < count; i++) {
    if (sheets[i].chapter == NONE) sheets[i].chapter = chapter;
    chapter = sheets[i].chapter;
  }
}

static struct sheet *make_sheets(struct layout *layout, uint32_t body, uint32_t count) {
  struct sheet *sheets = arena_alloc_array(layout->arena, count, sizeof *sheets);
  for (uint32_t i = 0; i < count; i++) {
    sheets[i].label =
        i < body ? roman(layout->arena, i + 1) : arena_printf(layout->arena, "%u", i - body + 1);
    sheets[i].chapter = NONE;
  }
  for (size_t i = 0; i < layout->pieces_count; i++) {
    uint32_t page = layout->pieces[i].page;
    sheets[page].kind = page == 0 ? SHEET_COVER : page < body ? SHEET_CONTENTS : SHEET_BODY;
  }
  find_chapters(layout, sheets, count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t piece = piece_add(layout, 0);
    layout->pieces[piece].page = i;
    layout->pieces[piece].top = -layout->theme->margin_top;
    sheets[i].piece = piece;
  }
  return sheets;
}

/* --- the whole -------------------------------------------------------------------------- */

static struct pages *finish(struct layout *layout, uint32_t body, uint32_t count) {
  struct sheet *sheets = make_sheets(layout, body, count);
  size_t ground = layout->items_count;
  ground_set(layout, sheets, count);
  size_t furniture = layout->items_count;
  if (!furniture_set(layout, sheets, count)) return NULL;
  return assemble(layout, sheets, count, ground, furniture, body);
}

static struct pages *lay_out(struct layout *layout) {
  const struct theme *theme = layout->theme;
  notes_index(layout);
  headings_collect(layout);
  if (!cover_set(layout, theme->page_width, theme->page_height, true)) return NULL;
  size_t contents = layout->pieces_count;
  if (!contents_set(layout)) return NULL;
  size_t body = layout->pieces_count;
  layout->breaks = true;
  if (!blocks_set(layout, layout->edition->root) || !markers_flush(layout)) return NULL;
  anchors_place(layout, (uint32_t)(piece_above(layout) - layout->pieces)); /* of what is empty */
  notes_link(layout);
  uint32_t first = paginate(layout, contents, body, 1);
  if (theme->chapters_on_recto) first += first % 2; /* so that odd pages are right-hand ones */
  uint32_t count = paginate(layout, body, layout->pieces_count, first);
  if (count > limit_of(LIMIT_PAGES)) {
    limit_report(layout->messages, NULL, LIMIT_PAGES, NULL);
    return NULL;
  }
  if (!contents_number(layout, first)) return NULL;
  return finish(layout, first, count);
}

struct pages *pages_new(const struct edition *edition, const struct theme *theme,
                        struct text_engine *engine, struct pages_cache *cache,
                        struct messages *messages) {
  struct layout layout;
  layout_start(&layout, edition, theme, engine, messages);
  kept_start(&layout, cache);
  struct pages *pages = lay_out(&layout);
  layout_finish(&layout, pages != NULL);
  return pages;
}

struct pages *pages_new_cover(const struct edition *edition, const struct theme *theme,
                              struct text_engine *engine, struct messages *messages) {
  struct layout layout;
  layout_start(&layout, edition, theme, engine, messages);
  mpt width = theme->page_width, height = width / 5 * 8;
  struct pages *pages = NULL;
  if (cover_set(&layout, width, height, false)) pages = finish(&layout, 1, 1);
  if (pages) ((struct page *)pages->pages)[0].height = height + 2 * layout.slug;
  layout_finish(&layout, pages != NULL);
  return pages;
}

void pages_free(struct pages *pages) {
  if (pages) arena_free(pages->arena);
}

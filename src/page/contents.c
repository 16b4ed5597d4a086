/* The contents: a line for each heading, its page number at the right, dots between.
 *
 *   1.2 Salary  薪资 . . . . . . . . . . . . 12
 *   └ TOCI > Reference > Link, the whole line a link ┘
 *
 * Numbers are known only when everything has its page. Each has a cell of fixed
 * width from the start, so that filling them in moves nothing. */
#include "page/layout.h"

#include <string.h>

#define DEPTH_LIMIT 3
/* Few headings need no list of them. */
#define LEAST_HEADINGS 3
/* Digits that a number's cell has room for. */
#define CELL_DIGITS 4

static const char *heading_text(struct layout *layout, const struct node *variant) {
  return node_text(layout->arena, variant);
}

static mpt cell_width(const struct layout *layout) {
  return layout->theme->texts[THEME_CONTENTS].size * 6 / 10 * CELL_DIGITS;
}

/* Dots stand on a grid from the right edge, so that they are in line from line to line. */
static void draw_leader(struct layout *layout, uint32_t piece, mpt left, mpt right, mpt baseline) {
  mpt size = layout->theme->texts[THEME_CONTENTS].size;
  mpt pitch = size / 2, dot = size * 7 / 100;
  if (right - left < pitch * 2) return;
  mpt from = right - (right - left - pitch) / pitch * pitch;
  struct path_step *steps = arena_alloc_array(layout->arena, 2, sizeof *steps);
  steps[0] = path_to(PATH_MOVE, from, baseline - dot / 2);
  steps[1] = path_to(PATH_LINE, right - pitch + dot, baseline - dot / 2);
  add_path(layout, piece, steps, 2, layout->theme->colours[COLOUR_MUTED], dot);
  layout->items[layout->items_count - 1].item.path.pitch = pitch;
}

static void add_link(struct layout *layout, uint32_t piece, uint32_t element, mpt left,
                     const struct heading *heading, const char *contents) {
  *LAYOUT_PUSH(layout, links) =
      (struct placed_link){.piece = piece,
                           .area = {.element = element,
                                    .left = left,
                                    .right = layout->left + layout->width,
                                    .top = 0,
                                    .bottom = layout->pieces[piece].height,
                                    .destination = heading->destination,
                                    .contents = contents}};
}

static void add_number(struct layout *layout, uint32_t index, uint32_t piece, uint32_t element,
                       mpt baseline) {
  *LAYOUT_PUSH(layout, cells) = (struct number_cell){.heading = index,
                                                     .item = (uint32_t)layout->items_count,
                                                     .right = layout->left + layout->width,
                                                     .baseline = baseline,
                                                     .element = element};
  item_add(layout, piece, ITEM_TEXT, element);
}

static struct manner line_manner(struct layout *layout, const struct heading *heading, mpt indent) {
  struct manner manner = manner_of(layout, THEME_CONTENTS, NULL);
  manner.measure = layout->width - indent - cell_width(layout);
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  manner.look.leading = layout->contents_leading;
  if (heading->level == 1) manner.look.weight = THEME_STRONG;
  return manner;
}

/* Number and titles in all languages of the heading, as one paragraph. */
static const struct paragraph *set_title(struct layout *layout, const struct heading *heading,
                                         const struct manner *manner) {
  size_t count = 0, room = 1;
  for (const struct node *v = heading->node->first; v; v = v->next) room += 2;
  struct plain_run *runs = arena_alloc_array(layout->arena, room, sizeof *runs);
  if (heading->node->number)
    runs[count++].text = arena_printf(layout->arena, "%s ", heading->node->number);
  for (const struct node *variant = heading->node->first; variant; variant = variant->next) {
    if (variant->previous) runs[count++].text = "  ";
    runs[count++] = (struct plain_run){.text = heading_text(layout, variant),
                                       .language = variant->language,
                                       .muted = variant->previous != NULL,
                                       .place = variant->place};
  }
  return words_set(layout, runs, count, manner);
}

static void place_entry(struct layout *layout, const struct paragraph *title,
                        const struct manner *manner, uint32_t index, mpt left, uint32_t element) {
  const struct heading *heading = &layout->headings[index];
  mpt baseline = look_baseline(&manner->look);
  for (size_t i = 0; i < title->line_count; i++) {
    bool is_last = i + 1 == title->line_count;
    uint32_t piece = piece_add(layout, manner->look.leading);
    layout->pieces[piece].snaps = false;
    if (!is_last) layout->pieces[piece].keep = KEEP_PARAGRAPH;
    if (is_last && heading->level == 1) layout->pieces[piece].keep = KEEP_SOFT;
    line_place(layout, title, i, piece, left, baseline);
    add_link(layout, piece, element, left, heading, title->text);
    if (!is_last) continue;
    mpt end = left + title->lines[i].width + manner->look.size / 2;
    draw_leader(layout, piece, end, layout->left + layout->width - cell_width(layout) / 2,
                baseline);
    add_number(layout, index, piece, element, baseline);
  }
}

static bool set_entry(struct layout *layout, uint32_t index) {
  const struct heading *heading = &layout->headings[index];
  mpt line = layout->contents_leading;
  mpt indent = layout->theme->list_indent * (heading->level - 1);
  struct manner manner = line_manner(layout, heading, indent);
  if (heading->level == 1) layout_space(layout, line / 3);
  element_open(layout, ROLE_TOCI, NULL);
  element_open(layout, ROLE_REFERENCE, NULL);
  uint32_t element = element_open(layout, ROLE_LINK, NULL);
  const struct paragraph *title = set_title(layout, heading, &manner);
  if (title) place_entry(layout, title, &manner, index, layout->left + indent, element);
  for (int i = 0; i < 3; i++) element_close(layout);
  return title != NULL;
}

static bool set_heading(struct layout *layout) {
  const char *language = layout->edition->languages[0];
  struct plain_run run = {.text = edition_word(layout->edition, WORD_CONTENTS, language)};
  struct manner manner = manner_of(layout, THEME_HEADING_1, language);
  manner.first_indent = 0;
  element_open(layout, ROLE_H1, language);
  const struct paragraph *words = words_set(layout, &run, 1, &manner);
  for (size_t i = 0; words && i < words->line_count; i++) {
    uint32_t piece = piece_add(layout, manner.look.leading);
    layout->pieces[piece].keep = KEEP_HEADING;
    line_place(layout, words, i, piece, layout->left, look_baseline(&manner.look));
  }
  element_close(layout);
  layout_space(layout, layout->theme->texts[THEME_HEADING_1].space_after);
  return words != NULL;
}

/* Contents that are a little longer than a page are set a little closer. */
static mpt choose_leading(const struct layout *layout) {
  const struct theme_text *text = &layout->theme->texts[THEME_CONTENTS];
  const struct theme_text *title = &layout->theme->texts[THEME_HEADING_1];
  mpt thirds = 0, room = layout->height - title->leading - title->space_after - text->leading;
  for (size_t i = 0; i < layout->headings_count; i++)
    if (layout->headings[i].level <= DEPTH_LIMIT) thirds += layout->headings[i].level == 1 ? 4 : 3;
  mpt least = text->size * 13 / 10, fitting = thirds ? room * 3 / thirds : text->leading;
  if (fitting >= text->leading || fitting < least || layout->theme->least_size > text->size)
    return text->leading;
  return fitting;
}

bool contents_set(struct layout *layout) {
  if (layout->headings_count < LEAST_HEADINGS) return true;
  layout->contents_leading = choose_leading(layout);
  layout->breaks = true;
  element_open(layout, ROLE_SECT, NULL);
  bool ok = set_heading(layout);
  element_open(layout, ROLE_TOC, NULL);
  for (uint32_t i = 0; ok && i < layout->headings_count; i++)
    if (layout->headings[i].level <= DEPTH_LIMIT && layout->headings[i].destination)
      ok = set_entry(layout, i);
  element_close(layout);
  element_close(layout);
  layout->space = 0;
  return ok;
}

static bool fill_in(struct layout *layout, const struct number_cell *cell,
                    uint32_t first_body_page) {
  const struct heading *heading = &layout->headings[cell->heading];
  uint32_t page = heading->piece == NONE ? first_body_page : layout->pieces[heading->piece].page;
  struct plain_run run = {.text = arena_printf(layout->arena, "%u", page - first_body_page + 1)};
  struct manner manner = line_manner(layout, heading, 0);
  const struct paragraph *number = words_set(layout, &run, 1, &manner);
  if (!number) return false;
  struct item *item = &layout->items[cell->item].item;
  item->text.run = &number->lines[0].runs[0];
  item->text.source = number->text;
  item->text.x = cell->right - number->lines[0].width;
  item->text.baseline = cell->baseline;
  return true;
}

bool contents_number(struct layout *layout, uint32_t first_body_page) {
  for (size_t i = 0; i < layout->cells_count; i++)
    if (!fill_in(layout, &layout->cells[i], first_body_page)) return false;
  return true;
}

/* Pictures, charts and codes: what is drawn, as one unbreakable piece. */
#include "page/layout.h"

#include <string.h>

/* Pictures are printed at this density unless they are too wide or too high. */
#define PICTURE_DPI 150
/* A figure leaves room on its page for its caption and some text. */
#define FIGURE_HEIGHT_PERCENT 70
#define QR_MODULE             MPT_MILLIMETRES(0.5)
/* A short address with its quiet zone: words beside codes begin in one line. */
#define QR_USUAL ((25 + 8) * QR_MODULE)
/* Ems that a code and its words have in a column of two, and that words have beside a code: else
 * they stand below it. */
#define LEAST_SLOT   16
#define LEAST_BESIDE 6
/* Of a code's address and words, where it may share its line with another. */
#define SHARED_BYTES 300

/* A Figure always has an Alt, in a language that is told (B7). */
static uint32_t open_figure(struct layout *layout, const struct node *node) {
  struct words words = edition_alternative(layout->edition, node, element_language(layout));
  uint32_t element = element_open(layout, ROLE_FIGURE, words.language);
  layout->elements[element].alternative = words.text ? words.text : "";
  return element;
}

static mpt body_baseline(const struct layout *layout) {
  struct look look = look_of(layout->theme, THEME_BODY);
  return look_baseline(&look);
}

/* --- pictures ------------------------------------------------------------------------ */

static void fit(const struct layout *layout, const struct image *picture, mpt *width, mpt *height) {
  int64_t natural_width = (int64_t)picture->width * MPT_POINTS(72) / PICTURE_DPI;
  int64_t natural_height = (int64_t)picture->height * MPT_POINTS(72) / PICTURE_DPI;
  int64_t most_width = level_width(layout);
  int64_t most_height = (int64_t)layout->height * FIGURE_HEIGHT_PERCENT / 100;
  if (natural_width < 1) natural_width = 1;
  if (natural_height < 1) natural_height = 1;
  int64_t w = natural_width < most_width ? natural_width : most_width;
  int64_t h = natural_height * w / natural_width;
  if (h > most_height) {
    h = most_height;
    w = natural_width * h / natural_height;
  }
  *width = (mpt)w;
  *height = (mpt)(h < 1 ? 1 : h);
}

/* An author may give another picture to a translation. */
static const struct image *wanted_picture(const struct layout *layout, const struct node *node) {
  const struct node *variant = node_variant(node, element_language(layout));
  bool own = variant && variant->target;
  return guide_image(layout->edition->guide, own ? variant->target : node->target);
}

bool image_set(struct layout *layout, const struct node *node) {
  const struct image *picture = wanted_picture(layout, node);
  if (!picture) return true; /* the guide has said so */
  mpt width, height, line = layout->theme->texts[THEME_BODY].leading;
  fit(layout, picture, &width, &height);
  layout_space(layout, line / 2);
  uint32_t element = open_figure(layout, node);
  uint32_t piece = piece_add(layout, height);
  layout->pieces[piece].node = node;
  if (!markers_place(layout, piece, body_baseline(layout))) return false;
  mpt left = level_left(layout) + (level_width(layout) - width) / 2;
  struct item *item = item_add(layout, piece, ITEM_IMAGE, element);
  item->image.picture = picture;
  item->image.left = left;
  item->image.right = left + width;
  item->image.bottom = height;
  *LAYOUT_PUSH(layout, extents) = (struct extent){
      .element = element, .piece = piece, .left = left, .right = left + width, .bottom = height};
  element_close(layout);
  layout_space(layout, line / 2);
  return true;
}

/* --- charts -------------------------------------------------------------------------- */

static bool place_chart(struct layout *layout, const struct node *node,
                        const struct figure_drawing *drawing) {
  layout_space(layout, layout->theme->texts[THEME_BODY].leading);
  uint32_t element = open_figure(layout, node);
  uint32_t piece = piece_add(layout, drawing->height);
  layout->pieces[piece].node = node;
  layout->pieces[piece].keep = KEEP_TOGETHER;
  bool ok = markers_place(layout, piece, body_baseline(layout)) &&
            drawing_place(layout, drawing, &node->place, piece, element, level_left(layout), 0);
  element_close(layout);
  return ok;
}

/* A chart that is higher than a page goes on in a second drawing. */
bool chart_set(struct layout *layout, const struct node *node) {
  struct figure_space space = {.width = level_width(layout),
                               .height = layout->height * FIGURE_HEIGHT_PERCENT / 100,
                               .size = layout->theme->texts[THEME_CAPTION].size};
  do {
    const struct figure_drawing *drawing =
        figure_chart(layout->arena, layout->edition, node, &space, layout->messages);
    if (!drawing || !place_chart(layout, node, drawing)) return false;
    if (drawing->next) piece_above(layout)->keep = KEEP_FREE;
    space.first = drawing->next;
  } while (space.first);
  layout_space(layout, layout->theme->texts[THEME_CAPTION].space_before);
  return true;
}

static struct manner beside_manner(struct layout *layout, enum theme_role role, mpt measure) {
  struct manner manner = manner_of(layout, role, NULL);
  manner.measure = measure;
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  return manner;
}

/* In each language of the page (D13). */
bool chart_source_set(struct layout *layout, const struct node *chart) {
  struct manner manner = beside_manner(layout, THEME_CAPTION, level_width(layout));
  const struct edition *edition = layout->edition;
  bool ok = true;
  for (size_t i = 0; ok && i < edition->language_count; i++) {
    const char *language = edition->languages[i];
    bool other =
        edition->mode == MODE_SEQUENTIAL && strcmp(language, element_language(layout)) != 0;
    const char *text = other ? NULL : edition_source(edition, chart, language);
    if (!text) continue;
    element_open(layout, ROLE_P, language);
    struct plain_run run = {.text = text, .place = chart->place};
    const struct paragraph *words = words_set(layout, &run, 1, &manner);
    for (size_t k = 0; words && k < words->line_count; k++) {
      if (piece_above(layout)) piece_above(layout)->keep = KEEP_TOGETHER;
      uint32_t piece = piece_add(layout, manner.look.leading);
      line_place(layout, words, k, piece, level_left(layout), look_baseline(&manner.look));
    }
    element_close(layout);
    ok = words != NULL;
  }
  return ok;
}

/* --- codes --------------------------------------------------------------------------- */

/* What stands beside a code, line by line; beyond a page's height it goes on in other pieces. */
struct beside {
  mpt left, top;
  uint32_t piece;
};

static mpt next_line(struct layout *layout, struct beside *beside, mpt leading) {
  if (beside->top + leading > layout->height) {
    beside->piece = piece_add(layout, 0);
    beside->top = 0;
  }
  mpt top = beside->top;
  beside->top += leading;
  struct piece *piece = &layout->pieces[beside->piece];
  if (piece->height < beside->top) piece->height = beside->top;
  return top;
}

static void place_lines(struct layout *layout, struct beside *beside,
                        const struct paragraph *paragraph, const struct look *look) {
  for (size_t i = 0; i < paragraph->line_count; i++) {
    mpt top = next_line(layout, beside, look->leading);
    line_place(layout, paragraph, i, beside->piece, beside->left, top + look_baseline(look));
  }
}

static bool place_names(struct layout *layout, const struct node *node, struct beside *beside,
                        mpt measure) {
  struct manner manner = beside_manner(layout, THEME_BODY, measure);
  bool ok = true;
  for (const struct node *variant = node->first; ok && variant; variant = variant->next) {
    struct set_text set = {0};
    element_open(layout, ROLE_P, variant->language);
    ok = inline_set(layout, variant, &manner, &set);
    if (ok) place_lines(layout, beside, set.paragraph, &manner.look);
    anchors_place(layout, beside->piece);
    set_text_finish(&set);
    element_close(layout);
  }
  return ok;
}

static bool place_address(struct layout *layout, const struct node *node, struct beside *beside,
                          mpt measure) {
  struct manner manner = beside_manner(layout, THEME_CAPTION, measure);
  manner.look.colour = layout->theme->colours[COLOUR_LINK];
  element_open(layout, ROLE_P, NULL);
  uint32_t element = element_open(layout, ROLE_LINK, NULL);
  struct plain_run run = {.text = node->target, .place = node->place};
  const struct paragraph *words = words_set(layout, &run, 1, &manner);
  for (size_t i = 0; words && i < words->line_count; i++) {
    mpt top = next_line(layout, beside, manner.look.leading);
    line_place(layout, words, i, beside->piece, beside->left, top + look_baseline(&manner.look));
    *LAYOUT_PUSH(layout, links) =
        (struct placed_link){.piece = beside->piece,
                             .area = {.element = element,
                                      .left = beside->left,
                                      .right = beside->left + words->lines[i].width,
                                      .top = top,
                                      .bottom = beside->top,
                                      .address = node->target,
                                      .contents = node->target}};
  }
  element_close(layout);
  element_close(layout);
  return words != NULL;
}

/* Codes that follow each other stand two and two: the second shares the piece of the
 * first. A single one, and those on narrow pages, have the whole width. */
struct slot {
  mpt left, width;
  bool is_second;
};

static bool is_code(const struct node *node) {
  return node && node->kind == NODE_QR;
}

/* Codes of long addresses are wide, and so is what stands beside them. */
static bool may_share(const struct node *node) {
  if (!is_code(node)) return false;
  size_t length = strlen(node->target);
  for (const struct node *variant = node->first; variant; variant = variant->next)
    length += node_text_length(variant);
  return length <= SHARED_BYTES;
}

static struct slot slot_of(struct layout *layout, const struct node *node) {
  mpt gap = layout->theme->column_gap, half = (level_width(layout) - gap) / 2;
  struct slot slot = {level_left(layout), level_width(layout), false};
  if (half < layout->theme->texts[THEME_BODY].size * LEAST_SLOT) return slot;
  if (!may_share(node)) return slot;
  if (!may_share(node->previous) && !may_share(node->next)) return slot;
  slot.is_second = node->previous && layout->code == node->previous;
  if (!slot.is_second) layout->code = node;
  slot.width = half;
  if (slot.is_second) slot.left += half + gap;
  return slot;
}

static uint32_t slot_piece(struct layout *layout, const struct slot *slot, mpt height) {
  if (!slot->is_second) return piece_add(layout, height);
  struct piece *above = piece_above(layout);
  if (above->height < height) above->height = height;
  uint32_t piece = (uint32_t)(above - layout->pieces);
  anchors_place(layout, piece);
  return piece;
}

/* The code at the left, what it leads to at its right, the address in print. The
 * piece grows where the words are higher than the code. */
bool qr_set(struct layout *layout, const struct node *node) {
  mpt line = layout->theme->texts[THEME_BODY].leading;
  const struct figure_drawing *code =
      figure_qr(layout->arena, layout->codes, node->target, QR_MODULE, &node->place,
                layout->messages);
  if (!code) return false;
  struct slot slot = slot_of(layout, node);
  if (code->width > slot.width) slot.left -= code->width - slot.width;
  layout_space(layout, line / 2);
  element_open(layout, ROLE_DIV, NULL);
  uint32_t element = element_open(layout, ROLE_FIGURE, NULL);
  layout->elements[element].alternative = arena_printf(layout->arena, "QR: %s", node->target);
  uint32_t piece = slot_piece(layout, &slot, code->height);
  if (!slot.is_second) layout->pieces[piece].node = node->first ? node->first : node;
  bool ok = markers_place(layout, piece, line / 2 + body_baseline(layout)) &&
            drawing_place(layout, code, &node->place, piece, element, slot.left, 0);
  element_close(layout);
  struct beside beside = {
      .left = slot.left + (code->width > QR_USUAL ? code->width : QR_USUAL) + line / 2,
      .top = line / 2,
      .piece = piece};
  mpt measure = slot.left + slot.width - beside.left;
  if (measure < layout->theme->texts[THEME_BODY].size * LEAST_BESIDE) {
    beside.left = slot.left;
    beside.top = code->height;
    measure = slot.width;
  }
  ok = ok && place_names(layout, node, &beside, measure) &&
       place_address(layout, node, &beside, measure);
  element_close(layout);
  layout_space(layout, line / 2);
  return ok;
}

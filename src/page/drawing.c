/* A drawing of figure/ in a piece: inks become the theme's colours, labels are set
 * like any other text. All of it belongs to one Figure element, whose Alt tells what
 * the drawing shows; a label in another language than the Alt is a Span in it. */
#include "page/layout.h"

static rgb colour_of(const struct theme *theme, enum figure_ink ink) {
  switch (ink) {
  case INK_TEXT:
    return theme->colours[COLOUR_TEXT];
  case INK_MUTED:
    return theme->colours[COLOUR_MUTED];
  case INK_RULE:
    return theme->colours[COLOUR_RULE];
  case INK_PAPER:
    return theme->colours[COLOUR_BACKGROUND];
  case INK_SERIES_1:
  case INK_SERIES_2:
  case INK_SERIES_3:
  case INK_SERIES_4:
  case INK_SERIES_5:
  case INK_SERIES_6:
    return theme->series[ink - INK_SERIES_1];
  case INK_NONE:
  case INK_COUNT:
    break;
  }
  return 0;
}

static void place_shape(struct layout *layout, const struct figure_shape *shape, uint32_t piece,
                        uint32_t element, mpt x, mpt y) {
  struct path_step *steps = arena_alloc_array(layout->arena, shape->step_count, sizeof *steps);
  for (size_t i = 0; i < shape->step_count; i++) {
    steps[i] = shape->steps[i];
    for (int k = 0; k < 3; k++) {
      steps[i].x[k] += x;
      steps[i].y[k] += y;
    }
  }
  struct item *item = item_add(layout, piece, ITEM_PATH, element);
  item->path.steps = steps;
  item->path.step_count = shape->step_count;
  item->path.filled = shape->fill != INK_NONE;
  item->path.fill = colour_of(layout->theme, shape->fill);
  item->path.stroke = colour_of(layout->theme, shape->stroke);
  item->path.stroke_width = shape->stroke == INK_NONE ? 0 : shape->stroke_width;
}

static bool place_label(struct layout *layout, const struct figure_label *label,
                        const struct place *place, uint32_t piece, mpt x, mpt y) {
  struct manner manner = manner_of(layout, THEME_CAPTION, label->language);
  manner.measure = layout->theme->page_width;
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  manner.look.size = label->size;
  manner.look.colour = colour_of(layout->theme, label->ink);
  struct plain_run run = {.text = label->text, .language = label->language, .place = *place};
  const struct paragraph *words = words_set(layout, &run, 1, &manner);
  if (!words || !words->line_count) return words != NULL;
  mpt width = words->lines[0].width;
  mpt left = label->x;
  if (label->anchor == ANCHOR_MIDDLE) left -= width / 2;
  if (label->anchor == ANCHOR_END) left -= width;
  line_place(layout, words, 0, piece, x + left, y + label->baseline);
  return true;
}

bool drawing_place(struct layout *layout, const struct figure_drawing *drawing,
                   const struct place *place, uint32_t piece, uint32_t element, mpt x, mpt y) {
  bool ok = true;
  *LAYOUT_PUSH(layout, open) = element;
  for (size_t i = 0; i < drawing->shape_count; i++)
    place_shape(layout, &drawing->shapes[i], piece, element, x, y);
  for (size_t i = 0; ok && i < drawing->label_count; i++)
    ok = place_label(layout, &drawing->labels[i], place, piece, x, y);
  element_close(layout);
  *LAYOUT_PUSH(layout, extents) = (struct extent){.element = element,
                                                  .piece = piece,
                                                  .left = x,
                                                  .top = y,
                                                  .right = x + drawing->width,
                                                  .bottom = y + drawing->height};
  return ok;
}

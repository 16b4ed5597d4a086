/* Pieces and items are added here, and the insets that containers put around them. */
#include "page/layout.h"

/* Quotes in lists in quotes …: insets end where half of the text area is left. */
#define LEAST_WIDTH_PERCENT 45

void id_wait(struct layout *layout, const struct node *node) {
  if (node->id) *LAYOUT_PUSH(layout, pending_ids) = node->id;
}

void anchors_place(struct layout *layout, uint32_t piece) {
  for (size_t i = 0; i < layout->pending_ids_count; i++)
    *LAYOUT_PUSH(layout, anchors) = (struct anchor){layout->pending_ids[i], piece};
  layout->pending_ids_count = 0;
}

uint32_t piece_add(struct layout *layout, mpt height) {
  uint32_t index = (uint32_t)layout->pieces_count;
  const struct level *level = level_top(layout);
  *LAYOUT_PUSH(layout, pieces) = (struct piece){.height = height,
                                                .space = layout->space,
                                                .snaps = layout->space > 0,
                                                .breaks = layout->breaks,
                                                .breaks_recto = layout->breaks_recto,
                                                .is_note = layout->in_notes,
                                                .frame = level ? level->frame : 0,
                                                .note = NONE,
                                                .heading = NONE,
                                                .table = NONE};
  layout->space = 0;
  layout->breaks = layout->breaks_recto = false;
  anchors_place(layout, index);
  return index;
}

int64_t pieces_height(const struct layout *layout, size_t first) {
  int64_t height = 0;
  for (size_t i = first; i < layout->pieces_count; i++) {
    const struct piece *piece = &layout->pieces[i];
    if (piece->is_note == layout->in_notes)
      height += piece->height + (i > first ? piece->space : 0);
  }
  return height;
}

struct piece *piece_above(struct layout *layout) {
  for (size_t i = layout->pieces_count; i > 0; i--)
    if (layout->pieces[i - 1].is_note == layout->in_notes) return &layout->pieces[i - 1];
  return NULL;
}

void layout_space(struct layout *layout, mpt space) {
  if (space > layout->space) layout->space = space;
}

struct item *item_add(struct layout *layout, uint32_t piece, enum item_kind kind,
                      uint32_t element) {
  struct placed_item *placed = LAYOUT_PUSH(layout, items);
  *placed = (struct placed_item){.item = {.kind = kind, .element = element}, .piece = piece};
  return &placed->item;
}

void add_rectangle(struct layout *layout, uint32_t piece, mpt left, mpt top, mpt right, mpt bottom,
                   rgb fill) {
  struct item *item = item_add(layout, piece, ITEM_RECTANGLE, ELEMENT_ARTIFACT);
  item->rectangle.left = left;
  item->rectangle.top = top;
  item->rectangle.right = right;
  item->rectangle.bottom = bottom;
  item->rectangle.fill = fill;
}

void add_path(struct layout *layout, uint32_t piece, const struct path_step *steps, size_t count,
              rgb stroke, mpt width) {
  struct item *item = item_add(layout, piece, ITEM_PATH, ELEMENT_ARTIFACT);
  item->path.steps = steps;
  item->path.step_count = count;
  item->path.stroke = stroke;
  item->path.stroke_width = width;
}

void add_outline(struct layout *layout, uint32_t piece, mpt left, mpt top, mpt right, mpt bottom,
                 rgb stroke, mpt width) {
  struct path_step *steps = arena_alloc_array(layout->arena, 5, sizeof *steps);
  steps[0] = path_to(PATH_MOVE, left, top);
  steps[1] = path_to(PATH_LINE, right, top);
  steps[2] = path_to(PATH_LINE, right, bottom);
  steps[3] = path_to(PATH_LINE, left, bottom);
  steps[4] = (struct path_step){.kind = PATH_CLOSE};
  add_path(layout, piece, steps, 5, stroke, width);
}

/* --- levels ----------------------------------------------------------------------- */

struct level *level_top(struct layout *layout) {
  return layout->levels_count ? &layout->levels[layout->levels_count - 1] : NULL;
}

struct level *level_push(struct layout *layout) {
  struct level level = {0};
  if (layout->levels_count) level = *level_top(layout);
  level.open_elements = (uint32_t)layout->open_count;
  struct level *pushed = LAYOUT_PUSH(layout, levels);
  *pushed = level;
  return pushed;
}

void level_pop(struct layout *layout) {
  element_close_to(layout, level_top(layout)->open_elements);
  layout->levels_count--;
}

mpt level_left(const struct layout *layout) {
  return layout->left + layout->levels[layout->levels_count - 1].left;
}

mpt level_width(const struct layout *layout) {
  const struct level *level = &layout->levels[layout->levels_count - 1];
  return layout->width - level->left - level->right;
}

void level_inset(struct layout *layout, mpt left, mpt right) {
  struct level *level = level_top(layout);
  mpt least = layout->width * LEAST_WIDTH_PERCENT / 100;
  if (layout->width - level->left - level->right - left - right < least) return;
  level->left += left;
  level->right += right;
}

uint32_t frame_add(struct layout *layout, const struct frame *frame) {
  if (!layout->frames_count) *LAYOUT_PUSH(layout, frames) = (struct frame){0};
  uint32_t index = (uint32_t)layout->frames_count;
  *LAYOUT_PUSH(layout, frames) = *frame;
  return index;
}

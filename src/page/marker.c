/* What stands before a list's item: its number, a disc, a box to tick. It waits
 * until the item's first line is set, and stands on that line, left of its text;
 * a list that begins with a list has several on one line. Boxes and discs are
 * drawn, so that they look the same in every face. */
#include "page/layout.h"

/* A circle of radius 1 is four curves with their controls at this distance. */
#define CIRCLE 0.5523

static mpt part(mpt length, int per_mille) {
  return (mpt)((int64_t)length * per_mille / 1000);
}

static void set_point(struct path_step *step, int at, double x, double y) {
  step->x[at] = (mpt)x;
  step->y[at] = (mpt)y;
}

void disc_place(struct layout *layout, uint32_t piece, uint32_t element, struct disc disc) {
  mpt x = disc.x, y = disc.y, radius = disc.radius;
  struct path_step *steps = arena_alloc_array(layout->arena, 6, sizeof *steps);
  static const double turns[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
  steps[0] = path_to(PATH_MOVE, x, y - radius);
  for (int i = 0; i < 4; i++) {
    const double *from = turns[i], *to = turns[(i + 1) % 4];
    struct path_step *step = &steps[i + 1];
    step->kind = PATH_CURVE;
    set_point(step, 0, x + radius * (from[0] + to[0] * CIRCLE),
              y + radius * (from[1] + to[1] * CIRCLE));
    set_point(step, 1, x + radius * (to[0] + from[0] * CIRCLE),
              y + radius * (to[1] + from[1] * CIRCLE));
    set_point(step, 2, x + radius * to[0], y + radius * to[1]);
  }
  steps[5].kind = PATH_CLOSE;
  struct item *item = item_add(layout, piece, ITEM_PATH, element);
  item->path.steps = steps;
  item->path.step_count = 6;
  item->path.filled = true;
  item->path.fill = disc.fill;
}

static void place_tick(struct layout *layout, uint32_t piece, mpt left, mpt top, mpt side) {
  struct path_step *steps = arena_alloc_array(layout->arena, 3, sizeof *steps);
  steps[0] = path_to(PATH_MOVE, left + part(side, 180), top + part(side, 520));
  steps[1] = path_to(PATH_LINE, left + part(side, 420), top + part(side, 780));
  steps[2] = path_to(PATH_LINE, left + part(side, 840), top + part(side, 220));
  add_path(layout, piece, steps, 3, layout->theme->colours[COLOUR_ACCENT], part(side, 140));
}

static void place_text(struct layout *layout, const struct paragraph *text, uint32_t piece,
                       mpt right, mpt baseline) {
  mpt width = text->line_count ? text->lines[0].width : 0;
  for (size_t i = 0; i < text->line_count && i < 1; i++)
    line_place(layout, text, i, piece, right - width, baseline);
}

static bool set_text(struct layout *layout, const struct marker *marker, uint32_t piece, mpt right,
                     mpt baseline) {
  struct manner manner = manner_of(layout, marker->role, NULL);
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  *LAYOUT_PUSH(layout, open) = marker->element;
  struct plain_run run = {.text = marker->text};
  const struct paragraph *text = words_set(layout, &run, 1, &manner);
  element_close(layout);
  if (text) place_text(layout, text, piece, right, baseline);
  return text != NULL;
}

static bool place(struct layout *layout, const struct marker *marker, uint32_t piece,
                  mpt baseline) {
  mpt size = layout->theme->texts[marker->role].size;
  mpt left = layout->left + marker->left, right = left - size / 2;
  mpt side = part(size, 820);
  switch (marker->kind) {
  case MARKER_TEXT:
    return set_text(layout, marker, piece, right, baseline);
  case MARKER_DISC:
    disc_place(layout, piece, marker->element,
               (struct disc){.x = right - part(size, 250),
                             .y = baseline - part(size, 330),
                             .radius = part(size, marker->depth > 0 ? 110 : 150),
                             .fill = layout->theme->colours[COLOUR_ACCENT]});
    return true;
  case MARKER_BOX:
  case MARKER_TICKED_BOX:
    add_outline(layout, piece, right - side, baseline - side, right, baseline,
                layout->theme->colours[COLOUR_TEXT], part(size, 70));
    layout->items[layout->items_count - 1].item.element = marker->element;
    if (marker->kind == MARKER_BOX) return true;
    place_tick(layout, piece, right - side, baseline - side, side);
    layout->items[layout->items_count - 1].item.element = marker->element;
    return true;
  }
  return true;
}

bool markers_place(struct layout *layout, uint32_t piece, mpt baseline) {
  bool ok = true;
  size_t count = layout->markers_count;
  layout->markers_count = 0;
  for (size_t i = 0; ok && i < count; i++) {
    struct marker marker = layout->markers[i];
    ok = place(layout, &marker, piece, baseline);
  }
  return ok;
}

static void shift_path(struct layout *layout, struct item *item, mpt right) {
  struct path_step *steps = arena_alloc_array(layout->arena, item->path.step_count, sizeof *steps);
  for (size_t i = 0; i < item->path.step_count; i++) {
    steps[i] = item->path.steps[i];
    for (int k = 0; k < 3; k++) steps[i].x[k] += right;
  }
  item->path.steps = steps;
}

void markers_repeat(struct layout *layout, size_t first, size_t end, mpt right) {
  for (size_t i = first; i < end; i++) {
    struct placed_item copy = layout->items[i];
    copy.item.element = ELEMENT_ARTIFACT;
    if (copy.item.kind == ITEM_TEXT) copy.item.text.x += right;
    if (copy.item.kind == ITEM_PATH) shift_path(layout, &copy.item, right);
    *LAYOUT_PUSH(layout, items) = copy;
  }
}

bool markers_flush(struct layout *layout) {
  if (!layout->markers_count) return true;
  struct look look = look_of(layout->theme, THEME_BODY);
  uint32_t piece = piece_add(layout, look.leading);
  layout->pieces[piece].keep = KEEP_TOGETHER;
  return markers_place(layout, piece, look_baseline(&look));
}

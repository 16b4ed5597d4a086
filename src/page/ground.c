/* What lies behind the text: paper, grounds and bars of callouts and quotes, the
 * rule above notes. A frame that goes over pages is drawn once on each. */
#include "page/layout.h"

#include <assert.h>
#include <stdlib.h>

#define BAR_WIDTH MPT_POINTS(2.5)

/* A frame's part on one page. */
struct ground {
  uint32_t frame, page;
  mpt top, bottom;
};

static int compare(const void *a, const void *b) {
  const struct ground *one = a, *other = b;
  if (one->frame != other->frame) return one->frame < other->frame ? -1 : 1;
  return one->page < other->page ? -1 : one->page > other->page;
}

struct grounds {
  struct ground *list;
  size_t count, capacity;
  uint32_t *last; /* of each frame, its newest ground, or NONE */
};

static void cover_piece(struct grounds *grounds, uint32_t frame, const struct piece *piece) {
  uint32_t last = grounds->last[frame];
  mpt bottom = piece->top + piece->height;
  assert(last == NONE || grounds->list);
  if (last != NONE && grounds->list[last].page == piece->page) {
    grounds->list[last].bottom = bottom;
    return;
  }
  grounds->list =
      array_reserve(grounds->list, grounds->count, &grounds->capacity, sizeof *grounds->list);
  grounds->last[frame] = (uint32_t)grounds->count;
  mpt top = piece->table == NONE ? piece->top : 0; /* a table that goes on has its head above it */
  grounds->list[grounds->count++] = (struct ground){frame, piece->page, top, bottom};
}

static void collect(struct layout *layout, struct grounds *grounds) {
  for (size_t i = 0; i < layout->pieces_count; i++) {
    const struct piece *piece = &layout->pieces[i];
    for (uint32_t frame = piece->frame; frame; frame = layout->frames[frame].parent)
      cover_piece(grounds, frame, piece);
  }
}

static void draw(struct layout *layout, const struct ground *ground, uint32_t piece) {
  const struct frame *frame = &layout->frames[ground->frame];
  mpt top = layout->theme->margin_top + ground->top - frame->above;
  mpt bottom = layout->theme->margin_top + ground->bottom + frame->below;
  if (frame->filled)
    add_rectangle(layout, piece, frame->left, top, frame->right, bottom, frame->fill);
  if (frame->barred)
    add_rectangle(layout, piece, frame->left, top, frame->left + BAR_WIDTH, bottom, frame->bar);
}

/* A parent has the smaller number, so it is drawn first. */
static void draw_frames(struct layout *layout, const struct sheet *sheets) {
  if (!layout->frames_count) return;
  struct grounds grounds = {.last = memory_alloc(layout->frames_count * sizeof(uint32_t))};
  for (size_t i = 0; i < layout->frames_count; i++) grounds.last[i] = NONE;
  collect(layout, &grounds);
  if (grounds.count) qsort(grounds.list, grounds.count, sizeof *grounds.list, compare);
  for (size_t i = 0; i < grounds.count; i++)
    draw(layout, &grounds.list[i], sheets[grounds.list[i].page].piece);
  free(grounds.list);
  free(grounds.last);
}

void ground_set(struct layout *layout, const struct sheet *sheets, size_t count) {
  const struct theme *theme = layout->theme;
  for (size_t i = 0; theme->has_background && i < count; i++)
    if (sheets[i].kind != SHEET_COVER)
      add_rectangle(layout, sheets[i].piece, 0, 0, theme->page_width, theme->page_height,
                    theme->colours[COLOUR_BACKGROUND]);
  draw_frames(layout, sheets);
  for (size_t i = 0; i < layout->separators_count; i++) {
    const struct separator *separator = &layout->separators[i];
    mpt y = theme->margin_top + separator->y;
    add_rectangle(layout, sheets[separator->page].piece, layout->left, y,
                  layout->left + layout->width / 4, y + theme->rule_width,
                  theme->colours[COLOUR_RULE]);
  }
}

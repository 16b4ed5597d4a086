/* Code: every line as it was written. A line that is too long goes on in the next,
 * with a small hook drawn before it, so that no reader takes the break for one of
 * the code; the hook is drawn, so that copied text has none of it. */
#include "page/layout.h"

#include <string.h>

/* Like node_text, which has a space where code has a line break. */
static char *code_text(struct layout *layout, const struct node *variant) {
  struct buffer text = {0};
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (walk.node->kind == NODE_LINE_BREAK) buffer_append_byte(&text, '\n');
    else if (walk.node->text) buffer_append_text(&text, walk.node->text);
  }
  return buffer_take(&text, layout->arena);
}

static char *next_line(struct layout *layout, const char **text) {
  const char *end = strchr(*text, '\n');
  size_t length = end ? (size_t)(end - *text) : strlen(*text);
  char *line = arena_strndup(layout->arena, *text, length);
  *text = end ? end + 1 : *text + length;
  return line;
}

static void draw_hook(struct layout *layout, uint32_t piece, mpt right, mpt baseline, mpt size) {
  struct path_step *steps = arena_alloc_array(layout->arena, 5, sizeof *steps);
  mpt left = right - size * 6 / 10, middle = baseline - size * 3 / 10, tip = size / 6;
  steps[0] = path_to(PATH_MOVE, left, middle - size * 4 / 10);
  steps[1] = path_to(PATH_LINE, left, middle);
  steps[2] = path_to(PATH_LINE, right, middle);
  steps[3] = path_to(PATH_MOVE, right - tip, middle - tip);
  steps[4] = path_to(PATH_LINE, right, middle);
  add_path(layout, piece, steps, 5, layout->theme->colours[COLOUR_MUTED], size / 16);
}

static bool set_line(struct layout *layout, const char *text, const struct manner *manner,
                     const struct node *variant, size_t offset) {
  mpt leading = manner->look.leading, baseline = look_baseline(&manner->look);
  mpt left = level_left(layout);
  struct plain_run run = {.text = text, .place = variant->place};
  const struct paragraph *paragraph = words_set(layout, &run, 1, manner);
  if (!paragraph) return false;
  size_t count = paragraph->line_count ? paragraph->line_count : 1;
  for (size_t i = 0; i < count; i++) {
    uint32_t piece = piece_add(layout, leading);
    layout->pieces[piece].node = variant;
    layout->pieces[piece].offset = offset;
    if (!markers_place(layout, piece, baseline)) return false;
    if (i < paragraph->line_count) {
      layout->pieces[piece].offset += paragraph->lines[i].text_start;
      line_place(layout, paragraph, i, piece, left, baseline);
    }
    if (i > 0) draw_hook(layout, piece, left - manner->look.size / 4, baseline, manner->look.size);
  }
  return true;
}

static bool set_variant(struct layout *layout, const struct node *variant) {
  struct manner manner = manner_of(layout, THEME_CODE, NULL);
  manner.measure = level_width(layout);
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  manner.verbatim = true;
  element_open(layout, ROLE_P, NULL);
  element_open(layout, ROLE_CODE, variant->language);
  size_t first = layout->pieces_count;
  const char *text = code_text(layout, variant), *start = text;
  bool ok = true;
  while (ok && *text) {
    size_t offset = (size_t)(text - start);
    ok = set_line(layout, next_line(layout, &text), &manner, variant, offset);
  }
  keep_from(layout, first, layout->pieces_count - first <= 6 ? KEEP_SOFT : KEEP_FREE);
  element_close(layout);
  element_close(layout);
  return ok;
}

bool code_block_set(struct layout *layout, const struct node *block) {
  const struct theme_text *text = &layout->theme->texts[THEME_CODE];
  layout_space(layout, text->space_before);
  struct level *level = level_push(layout);
  struct frame frame = {.parent = level->frame,
                        .left = level_left(layout),
                        .right = level_left(layout) + level_width(layout),
                        .above = text->leading / 4,
                        .below = text->leading / 4,
                        .filled = true,
                        .fill = layout->theme->colours[COLOUR_TINT]};
  level->frame = frame_add(layout, &frame);
  level_inset(layout, text->size * 3 / 2, text->size / 2);
  bool ok = true;
  for (const struct node *variant = block->first; ok && variant; variant = variant->next)
    ok = set_variant(layout, variant);
  level_pop(layout);
  layout_space(layout, text->space_after + text->leading / 4);
  return ok;
}

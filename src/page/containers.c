/* Blocks that hold blocks: lists, callouts, quotes, glossaries, worksheets. What they
 * put around their blocks is on the level that the walk has pushed for them. */
#include "page/blocks.h"

#include <stdlib.h>
#include <string.h>

/* Lines of a worksheet that does not say how many. */
#define WORKSHEET_LINES 4

enum step enter_section(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_SECT, NULL);
  return INTO;
}

/* One language after the other: each begins a page. */
enum step enter_division(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  if (node_has_class(node, "language") && node->previous) layout->breaks = true;
  return INTO;
}

enum step enter_group(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  return INTO;
}

enum step enter_list(struct layout *layout, const struct node *node) {
  uint32_t element = element_open(layout, ROLE_L, NULL);
  layout->elements[element].numbering = node->ordered ? LIST_DECIMAL : LIST_DISC;
  struct level *level = level_top(layout);
  keep_lead(layout, node);
  if (!level->tight) layout_space(layout, line_of(layout) / 2);
  level->counter = node->ordered ? node->start : 0;
  level->tight = true;
  level->loose = node_attribute(node, "loose") != NULL;
  return INTO;
}

void leave_list(struct layout *layout, const struct node *node) {
  (void)node;
  if (layout->levels_count < 2 || !layout->levels[layout->levels_count - 2].tight)
    layout_space(layout, line_of(layout) / 2);
}

/* The list's own level is the one below the item's. */
static struct marker marker_of(struct layout *layout, const struct node *item) {
  struct level *list = &layout->levels[layout->levels_count - 2];
  bool ordered = item->parent && item->parent->ordered;
  struct marker marker = {
      .kind = MARKER_DISC, .role = level_top(layout)->role, .depth = list->depth};
  if (item->task) marker.kind = item->ticked ? MARKER_TICKED_BOX : MARKER_BOX;
  else if (ordered) marker.kind = MARKER_TEXT;
  if (ordered) marker.text = arena_printf(layout->arena, "%d.", list->counter++);
  return marker;
}

enum step enter_item(struct layout *layout, const struct node *node) {
  struct marker marker = marker_of(layout, node);
  struct level *level = level_top(layout);
  level->depth++;
  mpt digits = marker.text ? (mpt)(strlen(marker.text) > 3 ? strlen(marker.text) - 3 : 0) : 0;
  mpt wider = digits * layout->theme->texts[level->role].size * 6 / 10;
  level_inset(layout, layout->theme->list_indent + wider, 0);
  marker.left = level_top(layout)->left;
  element_open(layout, ROLE_LI, NULL);
  marker.element = element_add(layout, ROLE_LBL, NULL);
  if (node->task)
    layout->elements[marker.element].alternative = node->ticked ? "\xE2\x98\x91" : "\xE2\x98\x90";
  *LAYOUT_PUSH(layout, markers) = marker;
  element_open(layout, ROLE_LBODY, NULL);
  return INTO;
}

void leave_item(struct layout *layout, const struct node *node) {
  (void)node;
  if (!markers_flush(layout)) layout->failed = true;
}

/* A bar at the left, or a tinted ground. */
static void open_frame(struct layout *layout, bool filled, mpt inset_left, mpt inset_right) {
  const struct theme *theme = layout->theme;
  struct level *level = level_top(layout);
  struct frame frame = {.parent = level->frame,
                        .left = level_left(layout),
                        .right = level_left(layout) + level_width(layout),
                        .filled = filled,
                        .barred = true,
                        .fill = theme->colours[COLOUR_TINT],
                        .bar = theme->colours[filled ? COLOUR_ACCENT : COLOUR_RULE]};
  level->frame = frame_add(layout, &frame);
  level_inset(layout, inset_left, inset_right);
}

static uint32_t add_padding(struct layout *layout, mpt height, enum keep keep) {
  uint32_t piece = piece_add(layout, height);
  layout->pieces[piece].keep = keep;
  return piece;
}

enum step enter_callout(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_DIV, NULL);
  mpt line = line_of(layout);
  layout_space(layout, line);
  open_frame(layout, true, line, line);
  level_top(layout)->first_piece = (uint32_t)layout->pieces_count;
  add_padding(layout, line / 2, is_after_heading(layout) ? KEEP_HEADING : KEEP_TOGETHER);
  return INTO;
}

/* A callout of up to a third of a page is not torn. */
void leave_callout(struct layout *layout, const struct node *node) {
  (void)node;
  mpt line = line_of(layout);
  layout->space = 0;
  piece_above(layout)->keep = KEEP_TOGETHER;
  add_padding(layout, line / 2, KEEP_FREE);
  size_t first = level_top(layout)->first_piece;
  bool is_short = pieces_height(layout, first) <= layout->height / 3;
  keep_from(layout, first, is_short ? KEEP_ROW : KEEP_SOFT);
  layout_space(layout, line);
}

enum step enter_quote(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_BLOCK_QUOTE, NULL);
  mpt line = line_of(layout);
  layout_space(layout, line / 2);
  open_frame(layout, false, line, 0);
  return INTO;
}

void leave_quote(struct layout *layout, const struct node *node) {
  (void)node;
  layout_space(layout, line_of(layout) / 2);
}

enum step enter_glossary(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_L, NULL);
  layout_space(layout, line_of(layout) / 2);
  return INTO;
}

/* The term opens the paragraph. */
static enum step set_run_in(struct layout *layout, const struct node *entry) {
  const struct node *term = entry->first, *meaning = term->next;
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_P,
                           .heading = NONE,
                           .flush = true,
                           .hanging = true,
                           .term = term};
  for (const struct node *part = term; part; part = part->next)
    id_wait(layout, part); /* the walk does not come to it */
  return past(text_block_set(layout, meaning, &how));
}

enum step enter_entry(struct layout *layout, const struct node *node) {
  layout_space(layout, line_of(layout) / 4);
  if (edition_entry_is_paired(node)) return set_run_in(layout, node);
  element_open(layout, ROLE_LI, NULL);
  if (!node->first || node->first->kind != NODE_TERM) element_open(layout, ROLE_LBODY, NULL);
  return INTO;
}

void leave_entry(struct layout *layout, const struct node *node) {
  (void)node;
  layout_space(layout, line_of(layout) / 4);
}

enum step enter_worksheet(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  level_top(layout)->first_piece = (uint32_t)layout->pieces_count;
  layout_space(layout, line_of(layout));
  return INTO;
}

/* A worksheet of up to half a page is kept whole, and above all its question; of a longer
 * one the question keeps three lines, and two go together to the next page. */
static void keep_worksheet(struct layout *layout, size_t first_line) {
  size_t first = level_top(layout)->first_piece, count = layout->pieces_count;
  if (pieces_height(layout, first) <= layout->height / 2) {
    keep_from(layout, first, KEEP_WHOLE);
    for (size_t i = first; i < first_line; i++)
      if (layout->pieces[i].keep < KEEP_ROW) layout->pieces[i].keep = KEEP_ROW;
  }
  keep_from(layout, first_line, KEEP_SOFT);
  for (size_t i = first_line; i + 1 < count; i++)
    if (i < first_line + 2 || i + 2 == count) layout->pieces[i].keep = KEEP_TOGETHER;
}

/* Ruled lines to write on. */
void leave_worksheet(struct layout *layout, const struct node *node) {
  const char *wanted = node_attribute(node, "lines");
  long count = wanted ? strtol(wanted, NULL, 10) : WORKSHEET_LINES;
  mpt height = line_of(layout) * 3 / 2, left = level_left(layout), width = level_width(layout);
  if (piece_above(layout)) piece_above(layout)->keep = KEEP_HEADING;
  layout->space = 0;
  size_t first = layout->pieces_count;
  for (long i = 0; i < count; i++) {
    uint32_t piece = piece_add(layout, height);
    layout->pieces[piece].node = node;
    add_rectangle(layout, piece, left, height - layout->theme->rule_width, left + width, height,
                  layout->theme->colours[COLOUR_MUTED]);
  }
  keep_worksheet(layout, first);
  layout_space(layout, line_of(layout));
}

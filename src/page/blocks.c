/* Blocks to pieces: one walk over the edition's tree, and a table that says for
 * each kind what is done on entering and on leaving it. A container pushes a level
 * (insets, role of its paragraphs, open elements) and leaving pops it, so nothing
 * here recurses, however deep lists are nested. */
#include "page/blocks.h"
#include "page/kept.h"

#include <assert.h>

struct block_kind {
  block_enter *enter;
  block_leave *leave;
};

/* A page break within `first` to the last piece is at least as bad as `keep`. */
void keep_from(struct layout *layout, size_t first, enum keep keep) {
  for (size_t i = first; i + 1 < layout->pieces_count; i++) {
    struct piece *piece = &layout->pieces[i];
    if (piece->is_note == layout->in_notes && piece->keep < keep) piece->keep = keep;
  }
}

/* "Take these steps:" better stands where the steps begin. */
void keep_lead(struct layout *layout, const struct node *node) {
  bool is_led = node->previous && node->previous->kind == NODE_PARAGRAPH;
  struct piece *above = is_led ? piece_above(layout) : NULL;
  if (above && above->keep < KEEP_SOFT) above->keep = KEEP_SOFT;
}

static enum step enter_code(struct layout *layout, const struct node *node) {
  keep_lead(layout, node);
  return past(code_block_set(layout, node));
}

static enum step enter_table(struct layout *layout, const struct node *node) {
  return past(table_set(layout, node));
}

static enum step enter_rule(struct layout *layout, const struct node *node) {
  mpt line = line_of(layout);
  bool after_heading = is_after_heading(layout);
  uint32_t piece = piece_add(layout, line);
  mpt left = level_left(layout), width = level_width(layout);
  if (after_heading) layout->pieces[piece].keep = KEEP_HEADING;
  add_rectangle(layout, piece, left + width / 3, line / 2, left + width * 2 / 3,
                line / 2 + layout->theme->rule_width, layout->theme->colours[COLOUR_RULE]);
  layout->pieces[piece].node = node;
  return PAST;
}

/* A break right after a heading takes the heading with it, and all that is kept with it. */
static bool move_break_up(struct layout *layout) {
  uint32_t piece = NONE;
  for (size_t i = layout->pieces_count; i > 0; i--) {
    const struct piece *above = &layout->pieces[i - 1];
    if (above->is_note) continue;
    if (above->keep < KEEP_TOGETHER) break;
    piece = (uint32_t)i - 1;
  }
  if (piece != NONE) layout->pieces[piece].breaks = true;
  return piece != NONE;
}

static enum step enter_break(struct layout *layout, const struct node *node) {
  (void)node;
  if (move_break_up(layout)) return PAST;
  layout->breaks = true;
  return PAST;
}

static enum step enter_image(struct layout *layout, const struct node *node) {
  return past(image_set(layout, node));
}

/* The drawing, then what is below it in the tree: its table with the same numbers. */
static enum step enter_chart(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, NULL);
  return chart_set(layout, node) ? INTO : FAILED;
}

static void leave_chart(struct layout *layout, const struct node *node) {
  layout->space = layout->theme->texts[THEME_CAPTION].space_before;
  if (!chart_source_set(layout, node)) layout->failed = true;
  layout_space(layout, line_of(layout));
}

static enum step enter_qr(struct layout *layout, const struct node *node) {
  return past(qr_set(layout, node));
}
static enum step skip(struct layout *layout, const struct node *node) {
  (void)layout;
  (void)node;
  return PAST;
}

static const struct block_kind kinds[] = {
    [NODE_GUIDE] = {.enter = NULL},
    [NODE_SECTION] = {enter_section, NULL},
    [NODE_DIVISION] = {enter_division, NULL},
    [NODE_LIST] = {enter_list, leave_list},
    [NODE_ITEM] = {enter_item, leave_item},
    [NODE_TABLE] = {enter_table, NULL},
    [NODE_ROW] = {skip, NULL},
    [NODE_FIGURE] = {enter_group, NULL},
    [NODE_CHART] = {enter_chart, leave_chart},
    [NODE_CALLOUT] = {enter_callout, leave_callout},
    [NODE_FOOTNOTE] = {skip, NULL}, /* set where it is marked */
    [NODE_GLOSSARY] = {enter_glossary, NULL},
    [NODE_ENTRY] = {enter_entry, leave_entry},
    [NODE_SKILLS] = {enter_group, NULL},
    [NODE_PLAN] = {enter_group, NULL},
    [NODE_WORKSHEET] = {enter_worksheet, leave_worksheet},
    [NODE_QUOTE] = {enter_quote, leave_quote},
    [NODE_HEADING] = {enter_heading, NULL},
    [NODE_PARAGRAPH] = {enter_paragraph, NULL},
    [NODE_CELL] = {skip, NULL},
    [NODE_CAPTION] = {enter_caption, NULL},
    [NODE_TERM] = {enter_term, NULL},
    [NODE_CODE_BLOCK] = {enter_code, NULL},
    [NODE_QR] = {enter_qr, NULL},
    [NODE_IMAGE] = {enter_image, NULL},
    [NODE_RULE] = {enter_rule, NULL},
    [NODE_PAGE_BREAK] = {enter_break, NULL},
    [NODE_VARIANT] = {skip, NULL},
    [NODE_FILL_IN] = {NULL, NULL},
    [NODE_KIND_COUNT - 1] = {NULL, NULL},
};
static_assert(sizeof kinds / sizeof *kinds == NODE_KIND_COUNT, "one for each kind");

/* --- the walk ------------------------------------------------------------------------------ */

static bool enter(struct layout *layout, struct walk *walk) {
  const struct block_kind *kind = &kinds[walk->node->kind];
  level_push(layout);
  if (walk->node->kind != NODE_FOOTNOTE) id_wait(layout, walk->node);
  enum step step = kind->enter ? kind->enter(layout, walk->node) : INTO;
  if (step != INTO) walk_skip(walk);
  return step != FAILED && notes_set(layout);
}

static void leave(struct layout *layout, const struct node *node) {
  const struct block_kind *kind = &kinds[node->kind];
  if (kind->leave) kind->leave(layout, node);
  level_pop(layout);
  kept_take(layout, node);
}

bool blocks_set(struct layout *layout, const struct node *root) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.node == root) continue;
    if (!walk.entering) leave(layout, walk.node);
    else if (kept_place(layout, walk.node)) walk_pass(&walk);
    else if (!enter(layout, &walk)) return false;
  }
  return !layout->failed;
}

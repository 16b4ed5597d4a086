/* Blocks that bear text: headings, paragraphs, terms, captions; and how much space
 * and which indent each has. */
#include "page/blocks.h"

static const char *heading_destination(const struct node *node) {
  if (node->id) return node->id;
  return node->parent && node->parent->kind == NODE_SECTION ? node->parent->id : NULL;
}

/* Levels without jumps, whatever the author skipped (B10). */
void headings_collect(struct layout *layout) {
  int last = 0;
  struct walk walk = walk_start(layout->edition->root);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    if (!walk.entering || node->kind != NODE_HEADING || !node->first) continue;
    int level = node->level < 1 ? 1 : node->level > 6 ? 6 : node->level;
    if (level > last + 1) level = last + 1;
    last = level;
    *LAYOUT_PUSH(layout, headings) = (struct heading){
        .node = node, .level = level, .piece = NONE, .destination = heading_destination(node)};
  }
}

/* Headings come in the order in which they were collected. */
static uint32_t heading_index(struct layout *layout, const struct node *node) {
  while (layout->headings[layout->heading_next].node != node) layout->heading_next++;
  return (uint32_t)layout->heading_next;
}

/* The first chapter may stay with words before it, but not on a left-hand page. */
static void break_before_chapter(struct layout *layout, int level) {
  const struct theme *theme = layout->theme;
  if (level > 1) return;
  layout->breaks_recto = theme->chapters_on_recto;
  if (theme->chapters_on_recto || (theme->chapters_on_new_page && layout->heading_next))
    layout->breaks = true;
}

enum step enter_heading(struct layout *layout, const struct node *node) {
  if (!node->first) return PAST;
  uint32_t index = heading_index(layout, node);
  int level = layout->headings[index].level;
  enum theme_role role = THEME_HEADING_1 + (level > 4 ? 3 : level - 1);
  const struct theme_text *text = &layout->theme->texts[role];
  break_before_chapter(layout, level);
  layout_space(layout, text->space_before);
  uint32_t piece = (uint32_t)layout->pieces_count;
  uint32_t element = (uint32_t)layout->elements_count;
  struct text_block how = {.role = role,
                           .element_role = ROLE_H1 + (enum role)(level - 1),
                           .one_element = true,
                           .across = true,
                           .flush = true,
                           .keep = KEEP_HEADING,
                           .heading = index};
  if (!text_block_set(layout, node, &how)) return FAILED;
  if (piece == layout->pieces_count) return PAST;
  layout->pieces[piece].heading = index;
  layout->pieces[piece].snaps = true;
  layout->headings[index].piece = piece;
  layout->headings[index].element = element;
  layout_space(layout, text->space_after);
  return PAST;
}

static mpt paragraph_space(const struct layout *layout, const struct node *node) {
  const struct level *level = &layout->levels[layout->levels_count - 1];
  mpt gap = layout->theme->texts[level->role].space_after;
  bool paired = node->first && node->first->next;
  mpt line = layout->theme->texts[level->role].leading;
  if (level->tight) return level->loose ? line / 2 : 0;
  if (paired && gap < line / 2) return line / 2;
  return gap;
}

/* What is drawn above: a passage for some readers only looks like the text around it. */
static const struct node *block_above(const struct node *node) {
  const struct node *above = node->previous, *around = node->parent;
  if (!above) return around->kind == NODE_DIVISION ? block_above(around) : NULL;
  while (above->kind == NODE_DIVISION && above->last) above = above->last;
  bool is_seen = above->kind != NODE_DIVISION && above->kind != NODE_FOOTNOTE;
  return is_seen ? above : block_above(above);
}

bool follows_paragraph(const struct node *block) {
  const struct node *above = block_above(block);
  return above && above->kind == NODE_PARAGRAPH;
}

/* Only a paragraph right after another is told apart by its indent (A23); pairs are
 * told apart by a gap. Chinese paragraphs keep their two ems. */
static bool begins_flush(struct layout *layout, const struct node *node) {
  bool paired = node->first && node->first->next;
  return !follows_paragraph(node) || paired || level_top(layout)->role != THEME_BODY;
}

bool is_after_heading(struct layout *layout) {
  const struct piece *above = piece_above(layout);
  return above && above->keep == KEEP_HEADING;
}

/* What is left to learn stays with the last of the skills that it sums up. */
static void keep_sum(struct layout *layout, const struct node *node) {
  bool is_sum = node->parent->kind == NODE_SKILLS && node->previous;
  if (is_sum && piece_above(layout)->keep < KEEP_ROW) piece_above(layout)->keep = KEEP_ROW;
}

enum step enter_paragraph(struct layout *layout, const struct node *node) {
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_P,
                           .heading = NONE,
                           .latin_flush = begins_flush(layout, node),
                           .flush = level_top(layout)->tight};
  size_t first = layout->pieces_count;
  bool after_heading = is_after_heading(layout);
  keep_sum(layout, node);
  if (!text_block_set(layout, node, &how)) return FAILED;
  /* two lines of text at least follow a heading (A22) */
  bool has_lines = layout->pieces_count > first && !layout->in_notes;
  if (after_heading && has_lines && layout->pieces[first].keep < KEEP_PARAGRAPH)
    layout->pieces[first].keep = KEEP_PARAGRAPH;
  layout_space(layout, paragraph_space(layout, node));
  return PAST;
}

enum step enter_term(struct layout *layout, const struct node *node) {
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_LBL,
                           .one_element = true,
                           .flush = true,
                           .strong = true,
                           .keep = KEEP_HEADING,
                           .heading = NONE};
  bool ok = text_block_set(layout, node, &how);
  /* what follows is its meaning, to the entry's end */
  element_open(layout, ROLE_LBODY, NULL);
  level_top(layout)->open_elements = (uint32_t)layout->open_count;
  return past(ok);
}

/* A callout's or a worksheet's title. */
static enum step enter_title(struct layout *layout, const struct node *node) {
  struct text_block how = {.role = THEME_BODY,
                           .element_role = ROLE_P,
                           .flush = true,
                           .strong = true,
                           .keep = KEEP_HEADING,
                           .heading = NONE};
  return past(text_block_set(layout, node, &how));
}

enum step enter_caption(struct layout *layout, const struct node *node) {
  enum node_kind around = node->parent->kind;
  if (around == NODE_CALLOUT || around == NODE_WORKSHEET) return enter_title(layout, node);
  const struct theme_text *text = &layout->theme->texts[THEME_CAPTION];
  struct piece *above = piece_above(layout);
  if (above && node->previous) above->keep = KEEP_TOGETHER;
  if (node->previous) layout->space = text->space_before;
  struct text_block how = {.role = THEME_CAPTION,
                           .element_role = ROLE_CAPTION,
                           .keep =
                               node->previous || around == NODE_CHART ? KEEP_FREE : KEEP_HEADING,
                           .one_element = true,
                           .across = true,
                           .flush = true,
                           .heading = NONE};
  if (!text_block_set(layout, node, &how)) return FAILED;
  layout_space(layout, text->space_after);
  return PAST;
}

/* Blocks to pieces: one walk over the edition's tree, and a table that says for
 * each kind what is done on entering and on leaving it. A container pushes a level
 * (insets, role of its paragraphs, open elements) and leaving pops it, so nothing
 * here recurses, however deep lists are nested. */
#include "page/layout.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lines of a worksheet that does not say how many, and the most that one has. */
#define WORKSHEET_LINES 4
#define WORKSHEET_LIMIT 200

enum step { INTO, PAST, FAILED };

struct block_kind {
  enum step (*enter)(struct layout *layout, const struct node *node);
  void (*leave)(struct layout *layout, const struct node *node);
};

static enum step past(bool ok) {
  return ok ? PAST : FAILED;
}

static mpt line_of(const struct layout *layout) {
  return layout->theme->texts[THEME_BODY].leading;
}

/* A page break within `first` to the last piece is at least as bad as `keep`. */
void keep_from(struct layout *layout, size_t first, enum keep keep) {
  for (size_t i = first; i + 1 < layout->pieces_count; i++) {
    struct piece *piece = &layout->pieces[i];
    if (piece->is_note == layout->in_notes && piece->keep < keep) piece->keep = keep;
  }
}

/* --- containers ------------------------------------------------------------------ */

static enum step enter_section(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_SECT, NULL);
  return INTO;
}

/* One language after the other: each begins a page. */
static enum step enter_division(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  if (node_has_class(node, "language") && node->previous) layout->breaks = true;
  return INTO;
}

static enum step enter_group(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  return INTO;
}

static enum step enter_list(struct layout *layout, const struct node *node) {
  uint32_t element = element_open(layout, ROLE_L, NULL);
  layout->elements[element].numbering = node->ordered ? LIST_DECIMAL : LIST_DISC;
  struct level *level = level_top(layout);
  level->counter = node->ordered ? node->start : 0;
  level->tight = true;
  return INTO;
}

static void leave_list(struct layout *layout, const struct node *node) {
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

static enum step enter_item(struct layout *layout, const struct node *node) {
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

static void leave_item(struct layout *layout, const struct node *node) {
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

static enum step enter_callout(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_DIV, NULL);
  mpt line = line_of(layout);
  layout_space(layout, line);
  open_frame(layout, true, line, line);
  level_top(layout)->first_piece = (uint32_t)layout->pieces_count;
  add_padding(layout, line / 2, KEEP_TOGETHER);
  return INTO;
}

static void leave_callout(struct layout *layout, const struct node *node) {
  (void)node;
  mpt line = line_of(layout);
  layout->space = 0;
  piece_above(layout)->keep = KEEP_TOGETHER;
  add_padding(layout, line / 2, KEEP_FREE);
  keep_from(layout, level_top(layout)->first_piece, KEEP_SOFT);
  layout_space(layout, line);
}

static enum step enter_quote(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_BLOCK_QUOTE, NULL);
  mpt line = line_of(layout);
  layout_space(layout, line / 2);
  open_frame(layout, false, line, 0);
  return INTO;
}

static void leave_quote(struct layout *layout, const struct node *node) {
  (void)node;
  layout_space(layout, line_of(layout) / 2);
}

static enum step enter_glossary(struct layout *layout, const struct node *node) {
  (void)node;
  element_open(layout, ROLE_L, NULL);
  layout_space(layout, line_of(layout) / 2);
  return INTO;
}

/* A term and one paragraph in the same languages are run in: the term opens the
 * paragraph. */
static bool runs_in(const struct node *entry) {
  const struct node *term = entry->first, *meaning = term ? term->next : NULL;
  if (!meaning || meaning->next || term->kind != NODE_TERM || meaning->kind != NODE_PARAGRAPH)
    return false;
  for (const struct node *variant = term->first; variant; variant = variant->next)
    if (!variant->language || !node_variant(meaning, variant->language)) return false;
  return true;
}

static enum step set_run_in(struct layout *layout, const struct node *entry) {
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_P,
                           .heading = NONE,
                           .flush = true,
                           .hanging = true,
                           .term = entry->first};
  return past(text_block_set(layout, entry->first->next, &how));
}

static enum step enter_entry(struct layout *layout, const struct node *node) {
  layout_space(layout, line_of(layout) / 4);
  if (runs_in(node)) return set_run_in(layout, node);
  element_open(layout, ROLE_LI, NULL);
  return INTO;
}

static void leave_entry(struct layout *layout, const struct node *node) {
  (void)node;
  layout_space(layout, line_of(layout) / 4);
}

/* --- blocks that bear text -------------------------------------------------------------- */

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

static void break_before_chapter(struct layout *layout, int level) {
  const struct theme *theme = layout->theme;
  if (level > 1 || layout->heading_next == 0) return;
  if (theme->chapters_on_new_page || theme->chapters_on_recto) layout->breaks = true;
  if (theme->chapters_on_recto) layout->breaks_recto = true;
}

static enum step enter_heading(struct layout *layout, const struct node *node) {
  if (!node->first) return PAST;
  int level = layout->headings[heading_index(layout, node)].level;
  enum theme_role role = THEME_HEADING_1 + (level > 4 ? 3 : level - 1);
  const struct theme_text *text = &layout->theme->texts[role];
  uint32_t index = heading_index(layout, node);
  break_before_chapter(layout, level);
  layout_space(layout, text->space_before);
  uint32_t piece = (uint32_t)layout->pieces_count;
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
  layout_space(layout, text->space_after);
  return PAST;
}

static mpt paragraph_space(const struct layout *layout, const struct node *node) {
  const struct level *level = &layout->levels[layout->levels_count - 1];
  mpt gap = layout->theme->texts[level->role].space_after;
  bool paired = node->first && node->first->next;
  mpt line = layout->theme->texts[level->role].leading;
  if (level->tight) return gap / 4;
  if (paired && gap < line / 2) return line / 2;
  return gap;
}

/* Only a paragraph right after another is told apart by its indent (A23); pairs are
 * told apart by a gap. Chinese paragraphs keep their two ems. */
static bool begins_flush(struct layout *layout, const struct node *node) {
  const struct node *above = node->previous;
  while (above && above->kind == NODE_FOOTNOTE) above = above->previous;
  bool follows = above && above->kind == NODE_PARAGRAPH;
  bool paired = node->first && node->first->next;
  return !follows || paired || level_top(layout)->role != THEME_BODY;
}

static bool is_after_heading(struct layout *layout) {
  const struct piece *above = piece_above(layout);
  return above && above->keep == KEEP_HEADING;
}

static enum step enter_paragraph(struct layout *layout, const struct node *node) {
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_P,
                           .heading = NONE,
                           .latin_flush = begins_flush(layout, node),
                           .flush = level_top(layout)->tight};
  size_t first = layout->pieces_count;
  bool after_heading = is_after_heading(layout);
  if (!text_block_set(layout, node, &how)) return FAILED;
  /* two lines of text at least follow a heading (A22) */
  if (after_heading && layout->pieces_count == first + 1 && !layout->in_notes)
    layout->pieces[first].keep = KEEP_PARAGRAPH;
  layout_space(layout, paragraph_space(layout, node));
  return PAST;
}

static enum step enter_term(struct layout *layout, const struct node *node) {
  struct text_block how = {.role = level_top(layout)->role,
                           .element_role = ROLE_LBL,
                           .one_element = true,
                           .flush = true,
                           .strong = true,
                           .keep = KEEP_HEADING,
                           .heading = NONE};
  return past(text_block_set(layout, node, &how));
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

static enum step enter_caption(struct layout *layout, const struct node *node) {
  enum node_kind around = node->parent->kind;
  if (around == NODE_CALLOUT || around == NODE_WORKSHEET) return enter_title(layout, node);
  const struct theme_text *text = &layout->theme->texts[THEME_CAPTION];
  struct piece *above = piece_above(layout);
  if (above && node->previous) above->keep = KEEP_TOGETHER;
  if (node->previous) layout->space = text->space_before;
  struct text_block how = {.role = THEME_CAPTION,
                           .element_role = ROLE_CAPTION,
                           .keep = node->previous ? KEEP_FREE : KEEP_HEADING,
                           .one_element = true,
                           .across = true,
                           .flush = true,
                           .heading = NONE};
  if (!text_block_set(layout, node, &how)) return FAILED;
  layout_space(layout, text->space_after);
  return PAST;
}

static enum step enter_code(struct layout *layout, const struct node *node) {
  return past(code_block_set(layout, node));
}

static enum step enter_table(struct layout *layout, const struct node *node) {
  return past(table_set(layout, node));
}

/* --- blocks without text ----------------------------------------------------------------- */

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

static enum step enter_worksheet(struct layout *layout, const struct node *node) {
  element_open(layout, ROLE_DIV, node->language);
  level_top(layout)->first_piece = (uint32_t)layout->pieces_count;
  layout_space(layout, line_of(layout));
  return INTO;
}

/* A worksheet of up to half a page is kept whole; of a longer one the question keeps
 * three lines, and two go together to the next page. */
static void keep_worksheet(struct layout *layout, size_t first_line) {
  size_t first = level_top(layout)->first_piece, count = layout->pieces_count;
  if (pieces_height(layout, first) <= layout->height / 2) {
    keep_from(layout, first, KEEP_TOGETHER);
    return;
  }
  for (size_t i = first_line; i + 1 < count; i++) {
    bool near_edge = i < first_line + 2 || i + 2 == count;
    layout->pieces[i].keep = near_edge ? KEEP_TOGETHER : KEEP_SOFT;
  }
}

/* Ruled lines to write on. */
static void leave_worksheet(struct layout *layout, const struct node *node) {
  const char *wanted = node_attribute(node, "lines");
  long count = wanted ? strtol(wanted, NULL, 10) : WORKSHEET_LINES;
  mpt height = line_of(layout) * 3 / 2, left = level_left(layout), width = level_width(layout);
  if (count < 1) count = 1;
  if (count > WORKSHEET_LIMIT) count = WORKSHEET_LIMIT;
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
  if (walk->node->id && walk->node->kind != NODE_FOOTNOTE)
    *LAYOUT_PUSH(layout, pending_ids) = walk->node->id;
  enum step step = kind->enter ? kind->enter(layout, walk->node) : INTO;
  if (step != INTO) walk_skip(walk);
  return step != FAILED && notes_set(layout);
}

static void leave(struct layout *layout, const struct node *node) {
  const struct block_kind *kind = &kinds[node->kind];
  if (kind->leave) kind->leave(layout, node);
  level_pop(layout);
}

bool blocks_set(struct layout *layout, const struct node *root) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.node == root) continue;
    if (!walk.entering) leave(layout, walk.node);
    else if (!enter(layout, &walk)) return false;
  }
  return !layout->failed;
}

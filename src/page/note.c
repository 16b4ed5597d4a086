/* Footnotes: found by id, numbered where they are first marked, set at once after
 * the block that marks them. So a note's elements follow its paragraph, or end the cell that
 * marks it (that is where it is read), while its pieces are kept for the page's foot. */
#include "page/layout.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
  return strcmp(((const struct footnote *)a)->node->id, ((const struct footnote *)b)->node->id);
}

void notes_index(struct layout *layout) {
  size_t capacity = 0;
  struct walk walk = walk_start(layout->edition->root);
  while (walk_next(&walk)) {
    if (!walk.entering || walk.node->kind != NODE_FOOTNOTE || !walk.node->id) continue;
    layout->footnotes = array_reserve(layout->footnotes, layout->footnote_count, &capacity,
                                      sizeof *layout->footnotes);
    layout->footnotes[layout->footnote_count++] = (struct footnote){walk.node, NONE};
  }
  if (layout->footnote_count)
    qsort(layout->footnotes, layout->footnote_count, sizeof *layout->footnotes, compare);
}

/* The innermost open element that a Note may stand in: not a line of text, and none of
 * those whose children are told by the standard (ISO 32000-1, 14.8.4.3). */
static uint32_t note_home(const struct layout *layout) {
  for (size_t i = layout->open_count; i > 0; i--) {
    switch (layout->elements[layout->open[i - 1]].role) {
    case ROLE_DOCUMENT:
    case ROLE_PART:
    case ROLE_SECT:
    case ROLE_DIV:
    case ROLE_LBODY:
    case ROLE_TH:
    case ROLE_TD:
    case ROLE_BLOCK_QUOTE:
      return layout->open[i - 1];
    default:
      continue;
    }
  }
  return 0;
}

uint32_t note_mark(struct layout *layout, const char *id) {
  struct node wanted = {.id = id};
  struct footnote key = {.node = &wanted};
  if (!layout->footnote_count || !id) return NONE;
  struct footnote *footnote =
      bsearch(&key, layout->footnotes, layout->footnote_count, sizeof *layout->footnotes, compare);
  if (!footnote) return NONE;
  if (footnote->note == NONE) {
    footnote->note = (uint32_t)layout->notes_count;
    *LAYOUT_PUSH(layout, notes) =
        (struct note){
        .footnote = footnote->node, .home = note_home(layout), .piece = NONE, .next = NONE};
  }
  return footnote->note;
}

static bool note_set(struct layout *layout, uint32_t index) {
  const struct node *footnote = layout->notes[index].footnote;
  size_t first = layout->pieces_count;
  layout->notes[index].first_piece = (uint32_t)first;
  id_wait(layout, footnote);
  struct level *level = level_push(layout);
  level->left = level->right = 0;
  level->frame = 0;
  level->role = THEME_NOTE;
  level->tight = true;
  *LAYOUT_PUSH(layout, open) = layout->notes[index].home;
  uint32_t element = element_open(layout, ROLE_NOTE, NULL);
  layout->elements[element].id = footnote->id;
  const char *number = footnote->number ? footnote->number : "*";
  mpt size = layout->theme->texts[THEME_NOTE].size, more = (mpt)strlen(number) - 2;
  level_inset(layout, size * 2 + (more > 0 ? more * size * 6 / 10 : 0), 0);
  *LAYOUT_PUSH(layout, markers) =
      (struct marker){.element = element_add(layout, ROLE_LBL, NULL),
                      .kind = MARKER_TEXT,
                      .role = THEME_NOTE,
                      .left = level_top(layout)->left,
                      .text = number};
  bool ok = blocks_set(layout, footnote);
  level_pop(layout);
  layout->notes[index].piece_count = (uint32_t)(layout->pieces_count - first);
  return ok;
}

bool notes_set(struct layout *layout) {
  if (layout->in_notes || layout->notes_set == layout->notes_count) return true;
  mpt space = layout->space;
  bool ok = true;
  layout->in_notes = true;
  for (; ok && layout->notes_set < layout->notes_count; layout->notes_set++) {
    layout->space = 0;
    ok = note_set(layout, (uint32_t)layout->notes_set);
  }
  layout->in_notes = false;
  layout->space = space;
  return ok;
}

/* Of languages side by side, the second may mark a note higher up than the first. */
void note_place(struct layout *layout, uint32_t index, uint32_t piece) {
  struct note *note = &layout->notes[index];
  if (note->piece == NONE || piece < note->piece) note->piece = piece;
}

void notes_link(struct layout *layout) {
  for (uint32_t i = 0; i < layout->notes_count; i++) {
    if (layout->notes[i].piece == NONE) continue;
    uint32_t *at = &layout->pieces[layout->notes[i].piece].note;
    while (*at != NONE) at = &layout->notes[*at].next;
    *at = i;
  }
}

/* Pieces to pages, in one pass.
 *
 *   ┌ page ───────────┐   A page takes pieces while they fit; of the breaks that it
 *   │ piece   keep    │   passed it then chooses the cheapest: a break costs what its
 *   │ piece   free  ◀ │   piece says (a stranded heading is dearer than a widow, that
 *   │ piece   widow   │   is dearer than a split row) and what it leaves empty. What
 *   │ ╌╌╌╌╌           │   comes after the break is looked at again for the next page,
 *   │ notes           │   so a page's pieces are looked at twice at most on average.
 *   └─────────────────┘
 *
 * Notes take their room from the foot of the page as their marks arrive. The two
 * other ways, a best fit over all pages and a page at a time with look-ahead, cost
 * memory over the whole book and gained nothing that could be seen. */
#include "page/layout.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What a break costs by what it splits; a whole empty page costs EMPTY_COST. */
static const int64_t keep_costs[] = {
    [KEEP_FREE] = 0,        [KEEP_SOFT] = 60,  [KEEP_WHOLE] = 60,      [KEEP_LONE] = 200,
    [KEEP_WORD] = 600,      [KEEP_ROW] = 800,  [KEEP_PARAGRAPH] = 900, [KEEP_TOGETHER] = 3000,
    [KEEP_HEADING] = 20000,
};
static_assert(sizeof keep_costs / sizeof *keep_costs == KEEP_COUNT, "a cost for each");
#define EMPTY_COST 1000
/* The last page before a chapter, or before the end, has three lines at least. */
#define LAST_LINES  3
#define LONELY_COST 2500

struct pager {
  struct layout *layout;
  size_t end;
  uint32_t page;
  mpt notes;       /* height of the notes on this page */
  mpt note_share;  /* what of a long note must stand on its own page … */
  enum keep whole; /* … and what is not broken in it */
  uint32_t *carry; /* note pieces that did not fit on their own page */
  size_t carry_count, carry_capacity;
};

static mpt rounded_up(mpt length, mpt grid) {
  mpt over = length % grid;
  return over ? length + grid - over : length;
}

static mpt separator_height(const struct layout *layout) {
  return layout->theme->texts[THEME_NOTE].leading;
}

/* What a note takes at least from the page of its mark: all of it, or of a long one its
 * share, or two lines where earlier notes go on; the rest may go on overleaf. */
static mpt note_height(const struct pager *pager, const struct note *note) {
  const struct layout *layout = pager->layout;
  mpt height = 0, enough = pager->carry_count ? 0 : pager->note_share;
  for (uint32_t i = 0; i < note->piece_count; i++) {
    const struct piece *piece = &layout->pieces[note->first_piece + i];
    height += piece->height + (i ? piece->space : 0);
    if (height >= enough && piece->keep < pager->whole) break;
  }
  return height;
}

static mpt notes_height(const struct pager *pager, const struct piece *piece, mpt so_far) {
  const struct layout *layout = pager->layout;
  mpt height = 0;
  for (uint32_t i = piece->note; i != NONE; i = layout->notes[i].next)
    height += note_height(pager, &layout->notes[i]);
  return height && !so_far ? height + separator_height(layout) : height;
}

/* --- one page ----------------------------------------------------------------------- */

static void repeat_head(struct layout *layout, uint32_t table, uint32_t page) {
  *LAYOUT_PUSH(layout, repeats) = (struct repeat){table, page};
}

static bool repeats_head(const struct layout *layout, size_t first) {
  const struct piece *piece = &layout->pieces[first];
  return piece->table != NONE && first > 0 &&
         first >
             layout->tables[piece->table].first_piece + layout->tables[piece->table].piece_count;
}

/* Whether hardly anything is left for the page after a break. */
static bool leaves_lonely(const struct pager *pager, size_t next) {
  const struct layout *layout = pager->layout;
  mpt height = 0, enough = layout->theme->texts[THEME_BODY].leading * LAST_LINES;
  for (size_t i = next; i < pager->end && !layout->pieces[i].breaks; i++) {
    if (layout->pieces[i].is_note) continue;
    height += layout->pieces[i].height;
    if (height >= enough) return false;
  }
  return height > 0;
}

static int64_t break_cost(const struct pager *pager, size_t index, mpt used) {
  const struct layout *layout = pager->layout;
  int64_t empty = layout->height - used;
  if (empty < 0) empty = 0;
  int64_t share = empty * 1000 / layout->height;
  return keep_costs[layout->pieces[index].keep] + share * share * EMPTY_COST / 1000000 +
         (leaves_lonely(pager, index + 1) ? LONELY_COST : 0);
}

/* The piece that the page after this one begins with, and what the break before it costs. */
static size_t fill_page(struct pager *pager, size_t first, int64_t *best_cost) {
  struct layout *layout = pager->layout;
  mpt y = 0, notes = pager->notes;
  if (repeats_head(layout, first)) y = layout->tables[layout->pieces[first].table].height;
  size_t best = NONE, placed = 0;
  *best_cost = INT64_MAX;
  for (size_t i = first; i < pager->end; i++) {
    struct piece *piece = &layout->pieces[i];
    if (piece->is_note) continue;
    if (placed && piece->breaks) return i;
    mpt top = y + (placed ? piece->space : 0);
    if (piece->snaps) top = rounded_up(top, layout->grid);
    mpt more = notes_height(pager, piece, notes);
    bool fits = top + piece->height + notes + more <= layout->height;
    if (!fits && placed) return best == NONE ? i : best;
    piece->page = pager->page;
    piece->top = top;
    y = top + piece->height;
    notes += more;
    placed++;
    int64_t cost = break_cost(pager, i, y + notes);
    if (cost <= *best_cost) {
      *best_cost = cost;
      best = i + 1;
    }
  }
  return pager->end;
}

/* Of a long note a quarter of a page stands by its mark; or three lines, or two, where the
 * text above were torn apart for more. */
static size_t choose_break(struct pager *pager, size_t first) {
  struct layout *layout = pager->layout;
  const struct {
    mpt share;
    enum keep whole;
  } tries[] = {{layout->height / 4, KEEP_ROW}, {0, KEEP_ROW}, {0, KEEP_PARAGRAPH}};
  size_t best = NONE, chosen = 0;
  int64_t least = INT64_MAX, cost;
  if (repeats_head(layout, first)) repeat_head(layout, layout->pieces[first].table, pager->page);
  for (size_t i = 0; i < 3 && least >= keep_costs[KEEP_PARAGRAPH]; i++) {
    pager->note_share = tries[i].share;
    pager->whole = tries[i].whole;
    size_t next = fill_page(pager, first, &cost);
    if (next == pager->end || layout->pieces[next].breaks) return next;
    if (best != NONE && cost >= least) continue;
    least = cost;
    best = next;
    chosen = i;
  }
  pager->whole = tries[chosen].whole;
  return best;
}

/* --- notes at its foot ------------------------------------------------------------------ */

static void carry_note(struct pager *pager, uint32_t piece) {
  pager->carry =
      array_reserve(pager->carry, pager->carry_count, &pager->carry_capacity, sizeof *pager->carry);
  pager->carry[pager->carry_count++] = piece;
}

static void collect_notes(struct pager *pager, size_t first, size_t end) {
  struct layout *layout = pager->layout;
  for (size_t i = first; i < end; i++) {
    const struct piece *piece = &layout->pieces[i];
    if (piece->is_note) continue;
    for (uint32_t n = piece->note; n != NONE; n = layout->notes[n].next)
      for (uint32_t k = 0; k < layout->notes[n].piece_count; k++)
        carry_note(pager, layout->notes[n].first_piece + k);
  }
}

/* How many of the carried pieces have room; of a paragraph that goes on overleaf, two
 * lines at least on either side. */
static size_t choose_notes(const struct pager *pager, mpt room, mpt *height) {
  const struct layout *layout = pager->layout;
  mpt so_far = 0;
  size_t count = 0, good = 0;
  *height = 0;
  while (count < pager->carry_count) {
    const struct piece *piece = &layout->pieces[pager->carry[count]];
    so_far += piece->height + (count ? piece->space : 0);
    if (so_far > room) break;
    count++;
    if (piece->keep >= pager->whole && count < pager->carry_count) continue;
    good = count;
    *height = so_far;
  }
  return good;
}

static void place_notes(struct pager *pager, mpt used) {
  struct layout *layout = pager->layout;
  if (!pager->carry_count) return;
  mpt height;
  size_t count = choose_notes(pager, layout->height - used - separator_height(layout), &height);
  if (!count && used) return;
  if (!count) height = layout->pieces[pager->carry[count++]].height; /* an empty page takes one */
  mpt y = layout->height - height;
  *LAYOUT_PUSH(layout, separators) =
      (struct separator){pager->page, y - separator_height(layout) / 2};
  for (size_t i = 0; i < count; i++) {
    struct piece *piece = &layout->pieces[pager->carry[i]];
    piece->page = pager->page;
    piece->top = y + (i ? piece->space : 0);
    y = piece->top + piece->height;
  }
  pager->carry_count -= count;
  memmove(pager->carry, pager->carry + count, pager->carry_count * sizeof *pager->carry);
}

/* What was left over takes at most half of the next page. */
static mpt carried_height(const struct pager *pager) {
  const struct layout *layout = pager->layout;
  mpt height = 0;
  for (size_t i = 0; i < pager->carry_count && height < layout->height / 2; i++)
    height += layout->pieces[pager->carry[i]].height + layout->pieces[pager->carry[i]].space;
  return height ? height + separator_height(layout) : 0;
}

static mpt used_height(const struct layout *layout, size_t first, size_t end) {
  for (size_t i = end; i > first; i--)
    if (!layout->pieces[i - 1].is_note)
      return layout->pieces[i - 1].top + layout->pieces[i - 1].height;
  return 0;
}

uint32_t paginate(struct layout *layout, size_t first, size_t end, uint32_t page) {
  struct pager pager = {.layout = layout, .end = end, .page = page, .whole = KEEP_ROW};
  while (first < end || pager.carry_count) {
    while (first < end && layout->pieces[first].is_note) first++;
    if (first == end && !pager.carry_count) break;
    if (first < end && layout->pieces[first].breaks_recto && pager.page % 2 == 1) pager.page++;
    pager.notes = carried_height(&pager);
    size_t next = first < end ? choose_break(&pager, first) : end;
    collect_notes(&pager, first, next);
    place_notes(&pager, used_height(layout, first, next));
    first = next;
    pager.page++;
  }
  free(pager.carry);
  return pager.page;
}

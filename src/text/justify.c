/* A line brought to its measure: pressed together in the order of A17, drawn apart
 * in that of A18. Within a step everything gives in proportion to what it can; the
 * rounding is carried along, so that the sum is exact to the milli-point. */
#include "text/setting.h"

#include <string.h>

/* The steps of drawing apart: word spaces, gaps between Han and Latin, the other
 * places evenly; and when there is no such place, spaces and gaps beyond their limit. */
enum step { STEP_SPACE, STEP_GAP, STEP_PLACE, STEP_COUNT };

/* An amount that is shared out over places with room of their own. */
struct share {
  int64_t room, amount;
  int64_t room_seen, given;
};

static mpt share_next(struct share *share, int64_t room) {
  if (share->amount == 0 || room == 0) return 0;
  share->room_seen += room;
  int64_t due = quotient(share->amount * share->room_seen, share->room);
  mpt part = (mpt)(due - share->given);
  share->given = due;
  return part;
}

static const struct character *first_of(const struct setting *s, const struct line_span *line) {
  return &s->characters[line->start];
}

/* --- the edges (A10) -------------------------------------------------------------- */

static void cut_edges(const struct setting *s, const struct line_span *line,
                      struct adjustment *out) {
  uint32_t count = line->end - line->start;
  const struct character *first = first_of(s, line), *last = first + count - 1;
  out[0].before = -first->gap;
  if (kind_is_mark((enum kind)first->kind)) out[0].left = first->slack_left;
  if (kind_is_mark((enum kind)last->kind)) out[count - 1].right = last->slack_right;
}

static int64_t adjusted_width(const struct setting *s, const struct line_span *line,
                              const struct adjustment *out) {
  int64_t width = 0;
  uint32_t count = line->end - line->start;
  for (uint32_t i = 0; i < count; i++) {
    const struct character *c = first_of(s, line) + i;
    width += c->gap + out[i].before + character_cell(c) - out[i].left - out[i].right;
  }
  mpt hyphen = 0;
  if (line->kind == BREAK_HYPHEN)
    item_glyph(&s->items[s->characters[line->end - 1].item], '-', &hyphen);
  return width + hyphen;
}

/* --- pressing together -------------------------------------------------------------- */

static mpt cell_slack(const struct character *c, const struct adjustment *out) {
  return c->slack_left + c->slack_right - out->left - out->right;
}

static mpt gap_slack(const struct character *c, bool first) {
  return first ? 0 : c->gap - gap_least(c);
}

static void share_by_tier(struct share shares[TIER_COUNT], int64_t needed) {
  for (int tier = TIER_NONE + 1; tier < TIER_COUNT; tier++) {
    shares[tier].amount = shares[tier].room < needed ? shares[tier].room : needed;
    needed -= shares[tier].amount;
  }
}

static void press_cell(const struct character *c, struct adjustment *out, mpt amount) {
  mpt right = c->slack_right - out->right;
  mpt left = c->slack_left - out->left;
  if (left > 0 && right > 0) {
    out->left += amount / 2;
    out->right += amount - amount / 2;
  } else if (left > 0) {
    out->left += amount;
  } else {
    out->right += amount;
  }
}

static void press(const struct setting *s, const struct line_span *line, int64_t needed,
                  struct adjustment *out) {
  struct share shares[TIER_COUNT] = {0};
  uint32_t count = line->end - line->start;
  for (uint32_t i = 0; i < count; i++) {
    const struct character *c = first_of(s, line) + i;
    shares[c->cell_tier].room += cell_slack(c, &out[i]);
    shares[c->gap_tier].room += gap_slack(c, i == 0);
  }
  share_by_tier(shares, needed);
  for (uint32_t i = 0; i < count; i++) {
    const struct character *c = first_of(s, line) + i;
    if (c->gap_tier) out[i].before -= share_next(&shares[c->gap_tier], gap_slack(c, i == 0));
    if (c->cell_tier)
      press_cell(c, &out[i], share_next(&shares[c->cell_tier], cell_slack(c, &out[i])));
  }
}

/* --- drawing apart ---------------------------------------------------------------------- */

struct rooms {
  mpt space, gap, place;
};

static struct rooms rooms_of(const struct setting *s, const struct character *c, bool first,
                             bool beyond) {
  struct rooms rooms = {0};
  mpt em = character_style(s, c)->size;
  if (c->cell_tier == TIER_WORD_SPACE) {
    rooms.space = beyond ? em : em / 2 - character_cell(c);
    if (rooms.space < 0) rooms.space = 0;
  }
  if (first) return rooms;
  if (c->gap) rooms.gap = beyond ? em / 2 : gap_most(c) - c->gap;
  rooms.place = c->stretches ? 1 : 0;
  return rooms;
}

static void sum_rooms(const struct setting *s, const struct line_span *line, bool beyond,
                      struct share shares[STEP_COUNT]) {
  for (uint32_t i = line->start; i < line->end; i++) {
    struct rooms rooms = rooms_of(s, &s->characters[i], i == line->start, beyond);
    shares[STEP_SPACE].room += rooms.space;
    shares[STEP_GAP].room += rooms.gap;
    shares[STEP_PLACE].room += rooms.place;
  }
}

static void give_rooms(const struct setting *s, const struct line_span *line, bool beyond,
                       struct share shares[STEP_COUNT], struct adjustment *out) {
  for (uint32_t i = line->start; i < line->end; i++) {
    struct rooms rooms = rooms_of(s, &s->characters[i], i == line->start, beyond);
    struct adjustment *here = &out[i - line->start];
    here->right -= share_next(&shares[STEP_SPACE], rooms.space);
    here->before += share_next(&shares[STEP_GAP], rooms.gap);
    here->before += share_next(&shares[STEP_PLACE], rooms.place);
  }
}

static int64_t least(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* Spaces and gaps in proportion, far beyond their limits: a line of Latin text. */
static void draw_beyond(const struct setting *s, const struct line_span *line, int64_t needed,
                        struct adjustment *out) {
  struct share shares[STEP_COUNT] = {0};
  sum_rooms(s, line, true, shares);
  int64_t room = shares[STEP_SPACE].room + shares[STEP_GAP].room;
  if (needed > room) return;
  shares[STEP_SPACE].amount = needed * shares[STEP_SPACE].room / room;
  shares[STEP_GAP].amount = needed - shares[STEP_SPACE].amount;
  if (shares[STEP_GAP].room == 0) {
    shares[STEP_SPACE].amount = needed;
    shares[STEP_GAP].amount = 0;
  }
  give_rooms(s, line, true, shares, out);
}

/* A line that would have to be torn open wider than a quarter em between its Han is
 * left short, as it is: that happens beside long addresses in narrow columns. */
static void draw(const struct setting *s, const struct line_span *line, int64_t needed,
                 struct adjustment *out) {
  struct share shares[STEP_COUNT] = {0};
  sum_rooms(s, line, false, shares);
  shares[STEP_SPACE].amount = least(shares[STEP_SPACE].room, needed);
  needed -= shares[STEP_SPACE].amount;
  shares[STEP_GAP].amount = least(shares[STEP_GAP].room, needed);
  needed -= shares[STEP_GAP].amount;
  int64_t widest = character_style(s, first_of(s, line))->size / 4;
  if (needed <= shares[STEP_PLACE].room * widest) {
    shares[STEP_PLACE].amount = needed;
    give_rooms(s, line, false, shares, out);
  } else {
    needed += shares[STEP_SPACE].amount + shares[STEP_GAP].amount;
    draw_beyond(s, line, needed, out);
  }
}

mpt justify(const struct setting *s, const struct line_span *line, mpt measure, bool fill,
            struct adjustment *out) {
  uint32_t count = line->end - line->start;
  if (count == 0) return 0;
  memset(out, 0, count * sizeof *out);
  cut_edges(s, line, out);
  int64_t missing = measure - adjusted_width(s, line, out);
  if (missing > 0 && fill) draw(s, line, missing, out);
  else if (missing < 0) press(s, line, -missing, out);
  return (mpt)adjusted_width(s, line, out);
}

mpt line_natural_width(const struct setting *s, const struct line_span *line) {
  uint32_t count = line->end - line->start;
  if (count == 0) return 0;
  struct adjustment *out = arena_alloc_array(s->scratch, count, sizeof *out);
  cut_edges(s, line, out);
  return (mpt)adjusted_width(s, line, out);
}

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
  if (share->amount == 0 || share->room == 0 || room == 0) return 0;
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
  out[0].left += overhang_start(s, line->start);
  if (line->kind != BREAK_HYPHEN) out[count - 1].right += overhang_end(s, line->end - 1);
}

/* Nothing but the edges is adjusted yet. */
static int64_t natural_width(const struct setting *s, const struct line_span *line,
                             const struct adjustment *out) {
  int64_t width = out[0].before - out[0].left - out[line->end - line->start - 1].right;
  for (uint32_t i = line->start; i < line->end; i++)
    width += s->characters[i].gap + character_cell(&s->characters[i]);
  return line->kind == BREAK_HYPHEN ? width + hyphen_width(s, line->end - 1) : width;
}

/* --- pressing together -------------------------------------------------------------- */

static mpt cell_slack(const struct character *c, const struct adjustment *out) {
  mpt slack = c->slack_left + c->slack_right - out->left - out->right;
  return slack > 0 ? slack : 0; /* a mark that hangs gave more */
}

static mpt gap_slack(const struct character *c, bool first) {
  return first ? 0 : c->gap - gap_least(c);
}

/* How much of what is needed the tiers give. */
static int64_t share_by_tier(struct share shares[TIER_COUNT], int64_t needed) {
  int64_t left = needed;
  for (int tier = TIER_NONE + 1; tier < TIER_COUNT; tier++) {
    shares[tier].amount = shares[tier].room < left ? shares[tier].room : left;
    left -= shares[tier].amount;
  }
  return needed - left;
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

/* These two give how much shorter, or longer, the line became. */
static int64_t press(const struct setting *s, const struct line_span *line, int64_t needed,
                     struct adjustment *out) {
  struct share shares[TIER_COUNT] = {0};
  uint32_t count = line->end - line->start;
  for (uint32_t i = 0; i < count; i++) {
    const struct character *c = first_of(s, line) + i;
    if (c->cell_tier) shares[c->cell_tier].room += cell_slack(c, &out[i]);
    if (c->gap_tier) shares[c->gap_tier].room += gap_slack(c, i == 0);
  }
  int64_t given = share_by_tier(shares, needed);
  for (uint32_t i = 0; i < count; i++) {
    const struct character *c = first_of(s, line) + i;
    if (c->gap_tier) out[i].before -= share_next(&shares[c->gap_tier], gap_slack(c, i == 0));
    if (c->cell_tier)
      press_cell(c, &out[i], share_next(&shares[c->cell_tier], cell_slack(c, &out[i])));
  }
  return given;
}

/* --- drawing apart ---------------------------------------------------------------------- */

struct rooms {
  mpt space, gap, place;
};

static struct rooms rooms_of(const struct setting *s, const struct character *c, bool first,
                             bool beyond) {
  struct rooms rooms = {0};
  if (c->cell_tier == TIER_WORD_SPACE) {
    mpt em = character_style(s, c)->size;
    rooms.space = beyond ? em : em / 2 - character_cell(c);
    if (rooms.space < 0) rooms.space = 0;
  }
  if (first) return rooms;
  if (c->gap) rooms.gap = beyond ? character_style(s, c)->size / 2 : gap_most(c) - c->gap;
  rooms.place = c->stretches;
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
static int64_t draw_beyond(const struct setting *s, const struct line_span *line, int64_t needed,
                           struct adjustment *out) {
  struct share shares[STEP_COUNT] = {0};
  sum_rooms(s, line, true, shares);
  int64_t room = shares[STEP_SPACE].room + shares[STEP_GAP].room;
  if (needed > room) return 0;
  shares[STEP_SPACE].amount =
      shares[STEP_GAP].room ? needed * shares[STEP_SPACE].room / room : needed;
  shares[STEP_GAP].amount = needed - shares[STEP_SPACE].amount;
  give_rooms(s, line, true, shares, out);
  return needed;
}

/* A line that would have to be torn open wider than a quarter em between its Han is
 * left short, as it is: that happens beside long addresses in narrow columns. */
static int64_t draw(const struct setting *s, const struct line_span *line, int64_t needed,
                    struct adjustment *out) {
  struct share shares[STEP_COUNT] = {0};
  sum_rooms(s, line, false, shares);
  shares[STEP_SPACE].amount = least(shares[STEP_SPACE].room, needed);
  shares[STEP_GAP].amount = least(shares[STEP_GAP].room, needed - shares[STEP_SPACE].amount);
  shares[STEP_PLACE].amount = needed - shares[STEP_SPACE].amount - shares[STEP_GAP].amount;
  int64_t widest = character_style(s, first_of(s, line))->size / 4;
  if (shares[STEP_PLACE].amount > shares[STEP_PLACE].room * widest)
    return draw_beyond(s, line, needed, out);
  give_rooms(s, line, false, shares, out);
  return needed;
}

mpt justify(const struct setting *s, const struct line_span *line, mpt measure, bool fill,
            struct adjustment *out, mpt *natural) {
  memset(out, 0, (line->next - line->start) * sizeof *out);
  *natural = 0;
  if (line->end == line->start) return 0;
  cut_edges(s, line, out);
  int64_t width = natural_width(s, line, out);
  *natural = (mpt)width;
  if (width < measure && fill) width += draw(s, line, measure - width, out);
  else if (width > measure) width -= press(s, line, width - measure, out);
  return (mpt)width;
}

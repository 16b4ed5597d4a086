/* Lines of least cost over the whole paragraph: Knuth and Plass, "Breaking
 * Paragraphs into Lines" (1981), on prefix sums.
 *
 *   joints    a   b     c d   e            each break has two sums: of a line that
 *   ──────────┴───┴─────┴─┴───┴──          starts there, of one that ends there, with
 *             start(b) … finish(e)         the edges' blanks already taken off (A10);
 *                                          a line's measures are differences of the two
 *
 * One pass over the characters. For each break the candidates for the line's start are
 * a window that only moves on: from the first that is not hopelessly too long to where
 * lines get hopelessly short. So the work is linear in the text, whatever is in it.
 *
 * Most places cannot be reached by good lines alone. So the first pass allows no line
 * dearer than a limit, and forgets the breaks that are not reached. Costs are never
 * negative: a whole way that costs no more than the limit is the best of all ways, and
 * what it costs if it is more is a limit that the best way is sure to keep. Only where no
 * way is found is anything allowed. All costs are integers. */
#include "text/setting.h"

#include <stdlib.h>

/* Costs are in tenths of a badness; a total that is too large stays the largest. */
enum { COST_UNIT = 10, COST_OVERFULL = 20000000, COST_RUNT = 100, COST_LONE = 8000000 };
#define COST_LIMIT (INT64_MAX / 4)

/* Two hyphens may stand above one another (A28); a third costs more than any line. */
enum { HYPHENS_IN_A_ROW = 2 };
#define COST_THIRD_HYPHEN (COST_LIMIT / 8)

/* What one line may cost in the first pass: about what gaps of an em / 40 between Han cost. */
#define COST_GOOD 4000000000

/* A place between Han is opened by an em / GAP_PART at badness 100; at forty times
 * that, a quarter em, a line is hopelessly loose: it will be left short (justify.c),
 * and how short it is hardly counts, so that it does not spoil its neighbours. */
enum { GAP_PART = 160, HOPELESS_RATIO = 40 };
enum { HOPELESS = 100 * HOPELESS_RATIO * HOPELESS_RATIO * HOPELESS_RATIO };

struct sums {
  int64_t width, shrink, stretch;
  int32_t places, letters;
};

/* The best way to a break: the break and the row where its last line starts. */
struct way {
  int64_t cost;
  uint32_t from, from_row;
};

/* A break as the start of lines. Row k holds the best way on which k + 1 hyphens stand
 * above one another; without a hyphen there is one row. */
struct start {
  struct sums sums;
  struct way rows[HYPHENS_IN_A_ROW];
  uint32_t at;
  uint8_t cheapest, row_count, kind;
};

/* A break as the end of lines. */
struct finish {
  struct sums sums;
  uint32_t end; /* of what is printed */
  int32_t penalty;
  enum break_kind kind;
};

enum fit_mode { FIT_JUSTIFIED, FIT_RAGGED, FIT_BALANCED };

struct fit {
  struct setting *s;
  enum fit_mode mode;
  mpt em, measure;
  int64_t limit;        /* no line may cost more */
  int64_t target, give; /* of lines that are not justified: their width, and its tolerance */
  struct start *starts;
  uint32_t start_count, first; /* of the window */
  uint32_t *lows;              /* starts of the window, each cheaper to reach than those after it */
  uint32_t low_first, low_end;
};

/* --- sums ------------------------------------------------------------------------ */

static mpt space_room(const struct setting *s, const struct character *c) {
  if (c->cell_tier != TIER_WORD_SPACE) return 0;
  mpt room = character_style(s, c)->size / 2 - character_cell(c);
  return room > 0 ? room : 0;
}

static void add_gap(const struct character *c, struct sums *sums) {
  sums->places += c->stretches;
  if (!c->gap) return;
  sums->width += c->gap;
  sums->shrink += c->gap - gap_least(c);
  sums->stretch += gap_most(c) - c->gap;
}

static int32_t letters_of(enum kind kind) {
  if (kind == KIND_HAN) return 1;
  return kind == KIND_LETTER || kind == KIND_DIGIT || kind == KIND_WIDE ? 2 : 0;
}

static void add_cell(const struct setting *s, const struct character *c, struct sums *sums) {
  sums->width += character_cell(c);
  sums->shrink += c->slack_left + c->slack_right;
  sums->stretch += space_room(s, c);
  sums->letters += letters_of((enum kind)c->kind);
}

/* A line that starts with this character: no gap before it, no blank in an opener; but
 * the indent. */
static struct sums sums_of_start(const struct fit *fit, uint32_t at, struct sums sums) {
  const struct setting *s = fit->s;
  sums.width -= line_indent(s, at);
  if (at >= s->count) return sums;
  const struct character *c = &s->characters[at];
  add_gap(c, &sums);
  if (s->spec->hanging) sums.width += overhang_start(s, at);
  if (!kind_is_mark((enum kind)c->kind)) return sums;
  sums.width += c->slack_left;
  sums.shrink += c->slack_left;
  return sums;
}

static struct sums sums_of_finish(const struct setting *s, const struct finish *finish) {
  struct sums sums = finish->sums;
  if (finish->end == 0) return sums;
  const struct character *c = &s->characters[finish->end - 1];
  if (kind_is_mark((enum kind)c->kind)) {
    sums.width -= c->slack_right;
    sums.shrink -= c->slack_right;
  }
  if (finish->kind == BREAK_HYPHEN) sums.width += hyphen_width(s, finish->end - 1);
  else if (s->spec->hanging) sums.width -= overhang_end(s, finish->end - 1);
  return sums;
}

/* --- what a line costs --------------------------------------------------------------- */

/* 100 r³ in tenths, r = part / whole; linear where it is hopeless. */
static inline int64_t badness(int64_t part, int64_t whole) {
  if (part <= 0) return 0;
  int64_t r = part < whole * 1000 ? quotient(part * 1000, whole) : 1000000;
  if (r <= HOPELESS_RATIO * 1000) return r * r * r / 1000000;
  return (int64_t)HOPELESS * COST_UNIT + r;
}

/* The last line of a paragraph: no lone character, no mere scrap (A21). */
static int64_t last_line_penalty(const struct fit *fit, const struct start *from,
                                 const struct finish *to) {
  if (from->at == 0 || from->kind == BREAK_FORCED) return 0;
  if (to->sums.letters - from->sums.letters < 2) return COST_LONE;
  int64_t width = to->sums.width - from->sums.width - line_indent(fit->s, from->at);
  return width * 10 < fit->measure ? COST_RUNT : 0;
}

#define NO_FIT INT64_MAX

/* The badness of a line so much shorter than the measure, or NO_FIT where it is too long
 * even when pressed together. */
static inline int64_t line_badness(const struct fit *fit, const struct start *from,
                                   const struct finish *to, int64_t missing) {
  if (missing < 0) {
    int64_t shrink = fit->mode == FIT_JUSTIFIED ? to->sums.shrink - from->sums.shrink : 0;
    return -missing <= shrink ? badness(-missing, shrink) : NO_FIT;
  }
  if (fit->mode == FIT_BALANCED)
    return badness(llabs(fit->measure - missing - fit->target), fit->give);
  if (to->kind == BREAK_FORCED) return 0;
  if (fit->mode == FIT_RAGGED) return badness(missing, fit->give);
  int64_t places = to->sums.places - from->sums.places;
  return badness(missing, to->sums.stretch - from->sums.stretch + places * fit->em / GAP_PART);
}

static inline int64_t demerits(int64_t badness, int64_t penalty) {
  int64_t cost = COST_UNIT + badness + penalty * COST_UNIT;
  return cost * cost;
}

/* --- the search ------------------------------------------------------------------------ */

static int64_t start_cost(const struct start *start) {
  return start->rows[start->cheapest].cost;
}

static void offer(struct way *way, const struct fit *fit, uint32_t from, uint32_t row,
                  int64_t cost) {
  int64_t total = fit->starts[from].rows[row].cost + cost;
  if (total < way->cost) *way = (struct way){total, from, row};
}

/* Offers every way over `from` to the rows of a hyphen. */
static void offer_hyphen(struct way *rows, const struct fit *fit, uint32_t from, int64_t cost) {
  const struct start *start = &fit->starts[from];
  if (start->kind != BREAK_HYPHEN) {
    offer(&rows[0], fit, from, 0, cost);
    return;
  }
  for (uint32_t row = 1; row < HYPHENS_IN_A_ROW; row++)
    offer(&rows[row], fit, from, row - 1, cost);
  uint32_t last = HYPHENS_IN_A_ROW - 1;
  offer(&rows[last], fit, from, last, cost + COST_THIRD_HYPHEN);
}

static bool is_hopelessly_long(const struct fit *fit, uint32_t from, const struct sums *to) {
  const struct sums *start = &fit->starts[from].sums;
  int64_t shrink = fit->mode == FIT_JUSTIFIED ? to->shrink - start->shrink : 0;
  return to->width - start->width - shrink > (int64_t)fit->measure + fit->em;
}

/* The window's cheapest starts, dearest last; both ends only move on. */
static void push_low(struct fit *fit, uint32_t start) {
  int64_t cost = start_cost(&fit->starts[start]);
  while (fit->low_end > fit->low_first &&
         start_cost(&fit->starts[fit->lows[fit->low_end - 1]]) >= cost)
    fit->low_end--;
  fit->lows[fit->low_end++] = start;
}

static int64_t lowest_cost(struct fit *fit) {
  while (fit->lows[fit->low_first] < fit->first) fit->low_first++;
  return start_cost(&fit->starts[fit->lows[fit->low_first]]);
}

/* Of lines that are too long only the shortest is offered: there may be no other. Once
 * a line alone costs more than the best way so far costs beyond the cheapest start of
 * the window, the lines after it, which are shorter still, cannot win. */
static void search_to(struct fit *fit, const struct finish *to, struct way *rows) {
  int64_t lowest = lowest_cost(fit), least = demerits(0, to->penalty);
  uint32_t last = fit->start_count - 1;
  for (uint32_t i = fit->first; i <= last; i++) {
    const struct start *from = &fit->starts[i];
    if (start_cost(from) + least >= rows[0].cost) continue;
    int64_t missing = fit->measure - (to->sums.width - from->sums.width);
    int64_t found = line_badness(fit, from, to, missing);
    if (found == NO_FIT && i < last) continue;
    int64_t penalty = to->penalty;
    if (to->kind == BREAK_FORCED) penalty += last_line_penalty(fit, from, to);
    if (found == NO_FIT) found = (int64_t)COST_OVERFULL * COST_UNIT;
    int64_t cost = demerits(found, penalty);
    bool allowed = cost <= fit->limit;
    if (allowed && to->kind == BREAK_HYPHEN) offer_hyphen(rows, fit, i, cost);
    else if (allowed) offer(&rows[0], fit, i, from->cheapest, cost);
    if (missing > 0 && (!allowed || cost > rows[0].cost - lowest)) break;
  }
}

static void add_start(struct fit *fit, const struct start *start) {
  fit->starts[fit->start_count] = *start;
  push_low(fit, fit->start_count++);
}

static bool is_reached(const struct start *start) {
  return start_cost(start) < COST_LIMIT;
}

/* The best ways to lines that end there, as the start of those after it. False where the
 * limit leaves no way to go on. */
static bool add_break(struct fit *fit, struct finish *to, uint32_t at, const struct sums *sums) {
  to->sums = sums_of_finish(fit->s, to);
  while (fit->first + 1 < fit->start_count && is_hopelessly_long(fit, fit->first, &to->sums))
    fit->first++;
  struct start start = {.at = at, .kind = (uint8_t)to->kind};
  for (int row = 0; row < HYPHENS_IN_A_ROW; row++)
    start.rows[row] = (struct way){COST_LIMIT, fit->first, 0};
  search_to(fit, to, start.rows);
  start.cheapest = start.rows[1].cost < start.rows[0].cost;
  if (!is_reached(&start) && fit->limit < COST_LIMIT) {
    return to->kind != BREAK_FORCED && !is_hopelessly_long(fit, fit->start_count - 1, &to->sums);
  }
  start.sums = sums_of_start(fit, at, *sums);
  if (to->kind == BREAK_FORCED) fit->first = fit->start_count;
  add_start(fit, &start);
  return true;
}

static bool is_trimmed(const struct character *c) {
  return kind_is_space((enum kind)c->kind) || c->kind == KIND_FORCED;
}

static bool search(struct fit *fit, int64_t limit) {
  const struct setting *s = fit->s;
  struct sums sums = {0}, printed = {0};
  uint32_t end = 0;
  fit->limit = limit;
  fit->start_count = fit->first = fit->low_first = fit->low_end = 0;
  add_start(fit, &(struct start){.sums = sums_of_start(fit, 0, sums)});
  for (uint32_t i = 0; i < s->count; i++) {
    const struct character *c = &s->characters[i];
    add_gap(c, &sums);
    add_cell(s, c, &sums);
    if (!is_trimmed(c)) {
      end = i + 1;
      printed = sums;
    }
    struct joint joint = s->joints[i + 1];
    if (joint.penalty == BREAK_NEVER) continue;
    struct finish to = {printed, end, joint.penalty, joint.kind};
    if (!add_break(fit, &to, i + 1, &sums)) return false;
  }
  return true;
}

static void search_within_limits(struct fit *fit) {
  int64_t cost = COST_LIMIT;
  if (search(fit, COST_GOOD)) cost = start_cost(&fit->starts[fit->start_count - 1]);
  if (cost > COST_GOOD) search(fit, cost);
}

/* --- the result -------------------------------------------------------------------------- */

static size_t count_lines(const struct fit *fit) {
  size_t count = 0;
  const struct start *start = &fit->starts[fit->start_count - 1];
  for (struct way way = start->rows[0];; way = fit->starts[way.from].rows[way.from_row]) {
    count++;
    if (way.from == 0) return count;
  }
}

static uint32_t printed_end(const struct setting *s, uint32_t start, uint32_t end) {
  while (end > start && is_trimmed(&s->characters[end - 1])) end--;
  return end;
}

static void take_lines(struct fit *fit) {
  struct setting *s = fit->s;
  s->line_count = count_lines(fit);
  s->lines = arena_alloc_array(s->scratch, s->line_count, sizeof *s->lines);
  uint32_t to = fit->start_count - 1, row = 0;
  for (size_t i = s->line_count; i-- > 0;) {
    struct way way = fit->starts[to].rows[row];
    uint32_t start = fit->starts[way.from].at, next = fit->starts[to].at;
    s->lines[i] = (struct line_span){start, printed_end(s, start, next), next,
                                     (enum break_kind)fit->starts[to].kind};
    to = way.from;
    row = way.from_row;
  }
}

static void run(struct fit *fit, enum fit_mode mode, int64_t give) {
  fit->mode = mode;
  fit->give = give;
  if (mode == FIT_BALANCED) search(fit, COST_LIMIT);
  else search_within_limits(fit);
  take_lines(fit);
}

static int64_t line_width(const struct fit *fit, const struct line_span *line) {
  const struct setting *s = fit->s;
  int64_t width = line_indent(s, line->start);
  for (uint32_t i = line->start; i < line->end; i++) {
    const struct character *c = &s->characters[i];
    width += character_cell(c) + (i == line->start ? 0 : c->gap);
  }
  return width;
}

/* As few lines as ragged setting needs, then all as wide as the mean of those. */
static void balance(struct fit *fit) {
  const struct setting *s = fit->s;
  run(fit, FIT_RAGGED, fit->measure / 4);
  if (s->line_count < 2) return;
  int64_t width = 0;
  for (size_t i = 0; i < s->line_count; i++) width += line_width(fit, &s->lines[i]);
  fit->target = width / (int64_t)s->line_count;
  run(fit, FIT_BALANCED, fit->target / 4);
}

static size_t count_breaks(const struct setting *s) {
  size_t count = 0;
  for (uint32_t i = 1; i <= s->count; i++) count += s->joints[i].penalty != BREAK_NEVER;
  return count;
}

void fit_lines(struct setting *s) {
  struct fit fit = {.s = s, .em = s->spec->runs[0].style->size, .measure = s->spec->measure};
  size_t count = count_breaks(s) + 1;
  fit.starts = arena_alloc_array(s->scratch, count, sizeof *fit.starts);
  fit.lows = arena_alloc_array(s->scratch, count, sizeof *fit.lows);
  if (s->spec->balanced) balance(&fit);
  else if (s->spec->alignment == ALIGN_JUSTIFY) run(&fit, FIT_JUSTIFIED, 0);
  else run(&fit, FIT_RAGGED, fit.measure / 4);
}

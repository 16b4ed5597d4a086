/* Lines of least cost over the whole paragraph: Knuth and Plass, "Breaking
 * Paragraphs into Lines" (1981), on prefix sums.
 *
 *   joints    a   b     c d   e            each break keeps two sums: of a line that
 *   ──────────┴───┴─────┴─┴───┴──          starts there, of one that ends there, with
 *             start(b) … finish(e)         the edges' blanks already taken off (A10);
 *                                          a line's measures are differences of the two
 *
 * For each break the candidates for the line's start are a window that only moves on:
 * from the first that is not hopelessly too long to where lines get hopelessly short.
 * So the work is linear in the text, whatever is in it. All costs are integers. */
#include "text/setting.h"

#include <stdlib.h>

/* Costs are in tenths of a badness; a total that is too large stays the largest. */
enum { COST_UNIT = 10, COST_OVERFULL = 20000000, COST_RUNT = 100, COST_LONE = 8000000 };
#define COST_LIMIT (INT64_MAX / 4)
enum { HYPHENS_IN_A_ROW = 2 };

/* A place between Han is opened by an em / GAP_PART at badness 100; at forty times
 * that, a quarter em, a line is hopelessly loose: it will be left short (justify.c),
 * and how short it is hardly counts, so that it does not spoil its neighbours. */
enum { GAP_PART = 160, HOPELESS_RATIO = 40 };
enum { HOPELESS = 100 * HOPELESS_RATIO * HOPELESS_RATIO * HOPELESS_RATIO };

struct sums {
  int64_t width, shrink, stretch, places, letters;
};

struct point { /* a break */
  uint32_t at, end;
  int32_t penalty;
  enum break_kind kind;
  struct sums start, finish;
  size_t node; /* the first of its nodes */
};

/* The best way to a break, for each number of hyphens that stand above one another. */
struct node {
  int64_t cost;
  uint32_t point;
  size_t from;
};

enum fit_mode { FIT_JUSTIFIED, FIT_RAGGED, FIT_BALANCED };

struct fit {
  struct setting *s;
  enum fit_mode mode;
  mpt target; /* of balanced lines */
  mpt em;
  struct point *points;
  size_t point_count;
  struct node *nodes;
  size_t node_count;
  size_t *lows; /* points of the window, each cheaper to reach than those after it */
  size_t low_first, low_end;
};

/* --- sums ------------------------------------------------------------------------ */

static mpt space_room(const struct setting *s, const struct character *c) {
  if (c->cell_tier != TIER_WORD_SPACE) return 0;
  mpt room = character_style(s, c)->size / 2 - character_cell(c);
  return room > 0 ? room : 0;
}

static void add_gap(const struct character *c, struct sums *sums) {
  sums->width += c->gap;
  sums->shrink += c->gap - gap_least(c);
  sums->stretch += gap_most(c) - c->gap;
  sums->places += c->stretches;
}

static void add_cell(const struct setting *s, const struct character *c, struct sums *sums) {
  sums->width += character_cell(c);
  sums->shrink += c->slack_left + c->slack_right;
  sums->stretch += space_room(s, c);
  if (c->kind == KIND_HAN) sums->letters += 1;
  if (c->kind == KIND_LETTER || c->kind == KIND_DIGIT || c->kind == KIND_WIDE) sums->letters += 2;
}

/* A line that starts with this character: no gap before it, no blank in an opener. */
static struct sums sums_of_start(const struct setting *s, uint32_t at, struct sums sums) {
  if (at >= s->count) return sums;
  const struct character *c = &s->characters[at];
  add_gap(c, &sums);
  if (!kind_is_mark((enum kind)c->kind)) return sums;
  sums.width += c->slack_left;
  sums.shrink += c->slack_left;
  return sums;
}

static struct sums sums_of_finish(const struct setting *s, uint32_t end, enum break_kind kind,
                                  struct sums sums) {
  if (end == 0) return sums;
  const struct character *c = &s->characters[end - 1];
  if (kind_is_mark((enum kind)c->kind)) {
    sums.width -= c->slack_right;
    sums.shrink -= c->slack_right;
  }
  mpt width = 0;
  if (kind == BREAK_HYPHEN) item_glyph(&s->items[c->item], '-', &width);
  sums.width += width;
  return sums;
}

static bool is_trimmed(const struct character *c) {
  return kind_is_space((enum kind)c->kind) || c->kind == KIND_FORCED;
}

/* --- the breaks -------------------------------------------------------------------- */

static void add_point(struct fit *fit, struct point point) {
  point.node = fit->node_count;
  fit->node_count += point.kind == BREAK_HYPHEN ? HYPHENS_IN_A_ROW : 1;
  fit->points[fit->point_count++] = point;
}

static size_t count_points(const struct setting *s) {
  size_t count = 1;
  for (uint32_t i = 1; i <= s->count; i++) count += s->joints[i].penalty != BREAK_NEVER;
  return count;
}

static void collect_points(struct fit *fit) {
  struct setting *s = fit->s;
  fit->points = arena_alloc_array(s->scratch, count_points(s), sizeof *fit->points);
  struct sums sums = {0}, finish = {0};
  uint32_t end = 0;
  add_point(fit, (struct point){.start = sums_of_start(s, 0, sums)});
  for (uint32_t i = 0; i < s->count; i++) {
    const struct character *c = &s->characters[i];
    add_gap(c, &sums);
    add_cell(s, c, &sums);
    if (!is_trimmed(c)) {
      end = i + 1;
      finish = sums;
    }
    struct joint joint = s->joints[i + 1];
    if (joint.penalty == BREAK_NEVER) continue;
    add_point(fit, (struct point){
                       .at = i + 1,
                       .end = end,
                       .penalty = joint.penalty,
                       .kind = joint.kind,
                       .start = sums_of_start(s, i + 1, sums),
                       .finish = sums_of_finish(s, end, joint.kind, finish),
                   });
  }
  fit->nodes = arena_alloc_array(s->scratch, fit->node_count, sizeof *fit->nodes);
  fit->lows = arena_alloc_array(s->scratch, fit->point_count, sizeof *fit->lows);
}

/* --- what a line costs --------------------------------------------------------------- */

static int64_t saturate(int64_t cost) {
  return cost > COST_LIMIT ? COST_LIMIT : cost;
}

/* 100 r³ in tenths, r = part / whole; linear where it is hopeless. */
static int64_t badness(int64_t part, int64_t whole) {
  if (part <= 0) return 0;
  int64_t r = part < whole * 1000 ? quotient(part * 1000, whole) : 1000000;
  if (r <= HOPELESS_RATIO * 1000) return r * r * r / 1000000;
  return (int64_t)HOPELESS * COST_UNIT + r;
}

static mpt measure_of(const struct fit *fit, const struct point *start) {
  mpt indent = fit->s->spec->first_indent, measure = fit->s->spec->measure;
  if (start->at == 0) return indent > 0 ? measure - indent : measure;
  return indent < 0 ? measure + indent : measure;
}

#define NO_FIT INT64_MAX

static int64_t stretch_badness(const struct fit *fit, const struct sums *line, int64_t missing,
                               bool last) {
  switch (fit->mode) {
  case FIT_JUSTIFIED:
    if (last) return 0;
    return badness(missing, line->stretch + line->places * fit->em / GAP_PART);
  case FIT_RAGGED:
    return last ? 0 : badness(missing, fit->s->spec->measure / 4);
  case FIT_BALANCED:
    break;
  }
  return badness(llabs(line->width - fit->target), fit->target / 4);
}

static struct sums line_sums(const struct point *from, const struct point *to) {
  return (struct sums){
      .width = to->finish.width - from->start.width,
      .shrink = to->finish.shrink - from->start.shrink,
      .stretch = to->finish.stretch - from->start.stretch,
      .places = to->finish.places - from->start.places,
      .letters = to->finish.letters - from->start.letters,
  };
}

/* The badness of a line, or NO_FIT where it is too long even when pressed together. */
static int64_t line_badness(const struct fit *fit, const struct point *from, const struct point *to,
                            const struct sums *line) {
  int64_t missing = measure_of(fit, from) - line->width;
  if (missing >= 0) return stretch_badness(fit, line, missing, to->kind == BREAK_FORCED);
  int64_t shrink = fit->mode == FIT_JUSTIFIED ? line->shrink : 0;
  return -missing <= shrink ? badness(-missing, shrink) : NO_FIT;
}

/* The last line of a paragraph: no lone character, no mere scrap (A21). */
static int64_t last_line_penalty(const struct fit *fit, const struct point *from,
                                 const struct sums *line) {
  if (from->at == 0 || from->kind == BREAK_FORCED) return 0;
  if (line->letters < 2) return COST_LONE;
  return line->width * 10 < fit->s->spec->measure ? COST_RUNT : 0;
}

static int64_t demerits(const struct fit *fit, const struct point *from, const struct point *to,
                        const struct sums *line, int64_t line_cost) {
  int64_t penalty = to->penalty;
  if (to->kind == BREAK_FORCED) penalty += last_line_penalty(fit, from, line);
  int64_t cost = COST_UNIT + line_cost + penalty * COST_UNIT;
  return cost * cost;
}

/* --- the search ------------------------------------------------------------------------ */

static size_t nodes_of(const struct point *point) {
  return point->kind == BREAK_HYPHEN ? HYPHENS_IN_A_ROW : 1;
}

static void offer(struct fit *fit, size_t node, int64_t cost, size_t from) {
  if (cost >= fit->nodes[node].cost) return;
  fit->nodes[node].cost = cost;
  fit->nodes[node].from = from;
}

/* Offers every way over `from` to the nodes of `to`: the first node of a hyphen ends
 * one hyphenated line, the second ends two in a row; a third in a row is dear. */
static void connect(struct fit *fit, const struct point *from, const struct point *to,
                    int64_t cost) {
  for (size_t k = 0; k < nodes_of(from); k++) {
    size_t node = from->node + k;
    int64_t total = saturate(fit->nodes[node].cost + cost);
    size_t row = 0;
    if (to->kind == BREAK_HYPHEN && from->kind == BREAK_HYPHEN) row = k + 1;
    if (row == HYPHENS_IN_A_ROW) {
      row = HYPHENS_IN_A_ROW - 1;
      total = saturate(total + COST_LIMIT / 1024);
    }
    offer(fit, to->node + row, total, node);
  }
}

static bool is_hopelessly_long(const struct fit *fit, size_t from, size_t to) {
  struct sums line = line_sums(&fit->points[from], &fit->points[to]);
  int64_t shrink = fit->mode == FIT_JUSTIFIED ? line.shrink : 0;
  return line.width - shrink > (int64_t)measure_of(fit, &fit->points[from]) + fit->em;
}

static int64_t point_cost(const struct fit *fit, size_t point) {
  const struct point *at = &fit->points[point];
  int64_t cost = fit->nodes[at->node].cost;
  if (nodes_of(at) > 1 && fit->nodes[at->node + 1].cost < cost)
    cost = fit->nodes[at->node + 1].cost;
  return cost;
}

/* The window's cheapest points, dearest last; both ends only move on. */
static void push_low(struct fit *fit, size_t point) {
  int64_t cost = point_cost(fit, point);
  while (fit->low_end > fit->low_first && point_cost(fit, fit->lows[fit->low_end - 1]) >= cost) {
    fit->low_end--;
  }
  fit->lows[fit->low_end++] = point;
}

static int64_t lowest_from(struct fit *fit, size_t first) {
  while (fit->lows[fit->low_first] < first) fit->low_first++;
  return point_cost(fit, fit->lows[fit->low_first]);
}

/* Of lines that are too long only the shortest is offered: there may be no other. Once
 * a line alone costs more than the best way so far costs beyond the cheapest point of
 * the window, the lines after it, which are shorter still, cannot win. */
static void search_to(struct fit *fit, size_t first, size_t j) {
  struct point *to = &fit->points[j];
  struct node *best = &fit->nodes[to->node];
  int64_t lowest = lowest_from(fit, first);
  for (size_t k = 0; k < nodes_of(to); k++) {
    best[k] = (struct node){COST_LIMIT, (uint32_t)j, fit->points[first].node};
  }
  for (size_t i = first; i < j; i++) {
    const struct point *from = &fit->points[i];
    struct sums line = line_sums(from, to);
    int64_t found = line_badness(fit, from, to, &line);
    bool overfull = found == NO_FIT;
    if (overfull && i + 1 < j) continue;
    int64_t cost =
        demerits(fit, from, to, &line, overfull ? (int64_t)COST_OVERFULL * COST_UNIT : found);
    connect(fit, from, to, cost);
    bool short_of = line.width < measure_of(fit, from);
    if (short_of && cost > best[0].cost - lowest) break;
  }
}

static void search(struct fit *fit) {
  size_t first = 0;
  fit->nodes[0] = (struct node){0};
  fit->low_first = fit->low_end = 0;
  push_low(fit, 0);
  for (size_t j = 1; j < fit->point_count; j++) {
    while (first + 1 < j && is_hopelessly_long(fit, first, j)) first++;
    search_to(fit, first, j);
    push_low(fit, j);
    if (fit->points[j].kind == BREAK_FORCED) first = j;
  }
}

/* --- the result -------------------------------------------------------------------------- */

static size_t count_lines(const struct fit *fit, size_t node) {
  size_t count = 0;
  for (; fit->nodes[node].point != 0; node = fit->nodes[node].from) count++;
  return count;
}

static void take_lines(struct fit *fit) {
  struct setting *s = fit->s;
  size_t node = fit->points[fit->point_count - 1].node;
  s->line_count = count_lines(fit, node);
  s->lines = arena_alloc_array(s->scratch, s->line_count, sizeof *s->lines);
  for (size_t i = s->line_count; i-- > 0; node = fit->nodes[node].from) {
    const struct point *to = &fit->points[fit->nodes[node].point];
    const struct point *from = &fit->points[fit->nodes[fit->nodes[node].from].point];
    uint32_t end = to->end > from->at ? to->end : from->at;
    s->lines[i] = (struct line_span){from->at, end, to->at, to->kind};
  }
}

static void run(struct fit *fit, enum fit_mode mode) {
  fit->mode = mode;
  search(fit);
  take_lines(fit);
}

/* As few lines as ragged setting needs, then all as wide as the mean of those. */
static void balance(struct fit *fit) {
  run(fit, FIT_RAGGED);
  if (fit->s->line_count < 2) return;
  const struct sums all = line_sums(&fit->points[0], &fit->points[fit->point_count - 1]);
  fit->target = (mpt)(all.width / (int64_t)fit->s->line_count);
  run(fit, FIT_BALANCED);
}

void fit_lines(struct setting *s) {
  struct fit fit = {.s = s, .em = s->spec->runs[0].style->size};
  collect_points(&fit);
  if (s->spec->balanced) balance(&fit);
  else run(&fit, s->spec->alignment == ALIGN_JUSTIFY ? FIT_JUSTIFIED : FIT_RAGGED);
}

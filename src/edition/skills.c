/* The gap between what a reader can do and what the guide asks, in an order in which
 * it can be learnt.
 *
 * The order is settled once for a guide, by a depth-first search from each skill in
 * the order declared, on a stack of its own: a skill comes after all that it requires,
 * and else where the author put it. What is left of it for a reader, when the skills
 * that are held are taken out, is still such an order. */
#include "edition/maker.h"

#include "base/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

struct visit {
  const struct skill *skill;
  enum mark mark;
  size_t next; /* of its requirements */
};

struct ordering {
  struct edition_maker *maker;
  struct messages *messages;
  struct index *index; /* visits by id */
  struct visit *visits;
  struct visit **open; /* the way from the first skill to the one at hand */
  size_t depth;
  bool good;
};

/* --- the order ------------------------------------------------------------------------- */

/* "python → git → python" */
static void report_circle(struct ordering *ordering, const struct visit *again) {
  struct buffer way = {0};
  size_t start = 0;
  while (ordering->open[start] != again) start++;
  for (size_t i = start; i < ordering->depth; i++) {
    buffer_printf(&way, "%s → ", ordering->open[i]->skill->id);
  }
  buffer_append_text(&way, again->skill->id);
  ordering->good = false;
  message_error(ordering->messages, &again->skill->place, "skill-circle",
                "these skills require each other in a circle: %s", way.data);
  buffer_finish(&way);
}

static void open_visit(struct ordering *ordering, struct visit *visit) {
  visit->mark = MARK_OPEN;
  ordering->open[ordering->depth++] = visit;
}

static void close_visit(struct ordering *ordering) {
  struct visit *visit = ordering->open[--ordering->depth];
  visit->mark = MARK_DONE;
  ordering->maker->skills[ordering->maker->skill_count++] = visit->skill;
}

static void search(struct ordering *ordering, struct visit *first) {
  if (first->mark == MARK_NEW) open_visit(ordering, first);
  while (ordering->depth > 0) {
    struct visit *visit = ordering->open[ordering->depth - 1];
    if (visit->next == visit->skill->require_count) {
      close_visit(ordering);
      continue;
    }
    struct visit *required = index_find(ordering->index, visit->skill->requires[visit->next++]);
    if (!required) continue; /* the guide has said so */
    if (required->mark == MARK_NEW) open_visit(ordering, required);
    else if (required->mark == MARK_OPEN) report_circle(ordering, required);
  }
}

static size_t count_skills(const struct guide *guide) {
  size_t count = 0;
  for (const struct skill *skill = guide->skills; skill; skill = skill->next) count++;
  return count;
}

bool skills_order(struct edition_maker *maker, struct messages *messages) {
  size_t count = count_skills(maker->guide), filled = 0;
  struct ordering ordering = {
      .maker = maker, .messages = messages, .index = index_new(), .good = true};
  maker->skills = arena_alloc_array(maker->arena, count + 1, sizeof *maker->skills);
  ordering.visits = memory_alloc((count + 1) * sizeof *ordering.visits);
  ordering.open = memory_alloc((count + 1) * sizeof(struct visit *));
  for (const struct skill *skill = maker->guide->skills; skill; skill = skill->next) {
    struct visit *visit = &ordering.visits[filled++];
    visit->skill = skill;
    index_add(ordering.index, skill->id, visit);
  }
  for (size_t i = 0; i < count; i++) search(&ordering, &ordering.visits[i]);
  index_free(ordering.index);
  free(ordering.visits);
  free(ordering.open);
  return ordering.good;
}

/* --- the gap ----------------------------------------------------------------------------- */

static bool has_skill(const struct field_value *held, const char *id) {
  for (size_t i = 0; held && i < held->value_count; i++) {
    if (strcmp(held->values[i], id) == 0) return true;
  }
  return false;
}

struct skill_gap skills_compare(const struct edition_maker *maker, const struct reader *reader,
                                const char *field, struct arena *arena) {
  const struct field_value *held = field ? reader_field(reader, field) : NULL;
  struct skill_gap gap = {0};
  gap.held = arena_alloc_array(arena, maker->skill_count + 1, sizeof *gap.held);
  gap.left = arena_alloc_array(arena, maker->skill_count + 1, sizeof *gap.left);
  for (size_t i = 0; i < maker->skill_count; i++) {
    const struct skill *skill = maker->skills[i];
    if (has_skill(held, skill->id)) {
      gap.held[gap.held_count++] = skill;
    } else {
      gap.left[gap.left_count++] = skill;
      gap.hours += skill->hours;
    }
  }
  return gap;
}

/* --- the plan ------------------------------------------------------------------------------ */

struct span *skills_plan(const struct skill_gap *gap, long start, double hours_a_week,
                         struct arena *arena) {
  struct span *spans = arena_alloc_array(arena, gap->left_count + 1, sizeof *spans);
  long last = date_to_days((struct date){9999, 12, 31}), next = start;
  double hours = 0;
  for (size_t i = 0; i < gap->left_count; i++) {
    hours += gap->left[i]->hours;
    double days = ceil(hours * 7 / hours_a_week - 1e-9);
    if (!(days < (double)(last - start))) return NULL;
    spans[i].from = next;
    spans[i].to = start + (long)days - 1;
    if (spans[i].to < next) spans[i].to = next; /* less than a day is a day */
    next = spans[i].to + 1;
    if (next > last) return NULL;
  }
  return spans;
}

/* `::: skills` and `::: plan` become what every backend can print: lists with boxes to
 * tick, and a table. Their words are the interface's, in each of the languages.
 *
 *   skills ── list "held": ☑ …      plan ── table ── caption
 *          ── list "left": ☐ …                    ── row: skill, time, from, to
 *          ── paragraph: hours left               ── row "total" */
#include "edition/maker.h"

#include "base/number.h"

struct lowering {
  struct making *making;
  struct arena *arena;
  struct place place;
  const char *const *languages;
  size_t language_count;
};

static struct lowering lowering_start(struct making *making, const struct node *node,
                                      const char *const *languages, size_t language_count) {
  return (struct lowering){making, making->edition->arena, node->place, languages, language_count};
}

/* --- what the guide's node asks of the record --------------------------------------------- */

static const char *asked(const struct guide *guide, const struct node *node, const char *name,
                         const char *usual) {
  const char *value = node_attribute(node, name);
  if (value) return value;
  return guide_field(guide, usual) ? usual : NULL;
}

const char *lower_held_field(const struct guide *guide, const struct node *node) {
  return asked(guide, node, "held", "skills");
}

const char *lower_start(const struct guide *guide, const struct node *plan) {
  return asked(guide, plan, "start", "start");
}

const char *lower_hours(const struct guide *guide, const struct node *plan) {
  return asked(guide, plan, "hours", "hours");
}

/* --- nodes ---------------------------------------------------------------------------------- */

static struct node *add_node(struct lowering *lowering, struct node *parent, enum node_kind kind) {
  struct node *node = node_new(lowering->arena, kind, lowering->place);
  node_append(parent, node);
  return node;
}

static struct node *add_class(struct lowering *lowering, struct node *node, const char *class) {
  node_set_attribute(lowering->arena, node, "class", class, lowering->place);
  return node;
}

static void add_text(struct lowering *lowering, struct node *parent, const char *text) {
  if (*text) add_node(lowering, parent, NODE_TEXT)->text = text;
}

static struct node *add_variant(struct lowering *lowering, struct node *block,
                                const char *language) {
  struct node *variant = add_node(lowering, block, NODE_VARIANT);
  variant->language = language;
  return variant;
}

static const char *word_in(struct lowering *lowering, enum word word, const char *language) {
  return lexicon_word(lowering->making->maker->lexicon, word, language);
}

static const char *fill(struct lowering *lowering, enum word word, const char *language,
                        const char *name, const char *value) {
  const char *const values[][2] = {{name, value}};
  return phrase_fill(lowering->arena, word_in(lowering, word, language), values, 1);
}

static const char *hours_text(struct lowering *lowering, double hours, const char *language) {
  const char *text =
      format_unit(lowering->making->maker->formats, lowering->arena, language, hours, "hour");
  return text ? text : "";
}

static const char *date_text(struct lowering *lowering, long days, const char *language) {
  const char *text = format_date(lowering->making->maker->formats, lowering->arena, language,
                                 date_from_days(days));
  return text ? text : "";
}

static const char *name_in(const struct skill *skill, const char *language) {
  const char *name = words_in(skill->names, language);
  return name ? name : skill->id;
}

/* --- skills ------------------------------------------------------------------------------------
 */

static void add_skill_text(struct lowering *lowering, struct node *variant,
                           const struct skill *skill) {
  const char *language = variant->language, *level = words_in(skill->levels, language);
  struct node *strong = add_node(lowering, variant, NODE_STRONG);
  add_text(lowering, strong, name_in(skill, language));
  if (level)
    add_text(lowering, variant, fill(lowering, WORD_SKILL_LEVEL, language, "level", level));
  if (skill->hours <= 0) return;
  const char *hours = hours_text(lowering, skill->hours, language);
  add_text(lowering, variant, fill(lowering, WORD_SKILL_HOURS, language, "hours", hours));
}

static void add_skill_list(struct lowering *lowering, struct node *parent, const char *class,
                           const struct skill *const *skills, size_t count, bool ticked) {
  if (count == 0) return;
  struct node *list = add_class(lowering, add_node(lowering, parent, NODE_LIST), class);
  for (size_t i = 0; i < count; i++) {
    struct node *item = add_node(lowering, list, NODE_ITEM);
    item->task = true;
    item->ticked = ticked;
    struct node *paragraph = add_node(lowering, item, NODE_PARAGRAPH);
    for (size_t k = 0; k < lowering->language_count; k++) {
      add_skill_text(lowering, add_variant(lowering, paragraph, lowering->languages[k]), skills[i]);
    }
  }
}

static void add_total(struct lowering *lowering, struct node *parent, const struct skill_gap *gap) {
  struct node *paragraph =
      add_class(lowering, add_node(lowering, parent, NODE_PARAGRAPH), "hours-left");
  for (size_t i = 0; i < lowering->language_count; i++) {
    const char *language = lowering->languages[i];
    const char *hours = hours_text(lowering, gap->hours, language);
    const char *text = gap->left_count ? fill(lowering, WORD_HOURS_LEFT, language, "hours", hours)
                                       : word_in(lowering, WORD_NOTHING_LEFT, language);
    add_text(lowering, add_variant(lowering, paragraph, language), text);
  }
}

static struct skill_gap gap_of(struct lowering *lowering, const char *field) {
  return skills_compare(lowering->making->maker, lowering->making->edition->reader, field,
                        lowering->arena);
}

void lower_skills(struct making *making, struct node *skills, const char *const *languages,
                  size_t language_count) {
  struct lowering lowering = lowering_start(making, skills, languages, language_count);
  const char *field = lower_held_field(making->maker->guide, skills);
  struct skill_gap gap = gap_of(&lowering, field);
  add_skill_list(&lowering, skills, "held", gap.held, gap.held_count, true);
  add_skill_list(&lowering, skills, "left", gap.left, gap.left_count, false);
  if (gap.hours > 0 || gap.left_count == 0) add_total(&lowering, skills, &gap);
}

/* --- the plan ------------------------------------------------------------------------------------
 */

struct plan {
  struct skill_gap gap;
  struct span *spans; /* NULL: without dates */
  long start;
  double hours_a_week;
};

enum plan_column { COLUMN_SKILL, COLUMN_HOURS, COLUMN_FROM, COLUMN_TO, COLUMN_COUNT };

static const enum word column_words[] = {
    [COLUMN_SKILL] = WORD_PLAN_SKILL,
    [COLUMN_HOURS] = WORD_PLAN_HOURS,
    [COLUMN_FROM] = WORD_PLAN_FROM,
    [COLUMN_TO] = WORD_PLAN_TO,
};
_Static_assert(sizeof column_words / sizeof *column_words == COLUMN_COUNT, "a word per column");

/* A row of the plan: of a skill, of the head (`skill` NULL) or the total. */
struct plan_row {
  const struct skill *skill;
  bool head;
  double hours;
  struct span span;
};

static const char *cell_text(struct lowering *lowering, const struct plan_row *row,
                             enum plan_column column, const char *language) {
  if (row->head) return word_in(lowering, column_words[column], language);
  switch (column) {
  case COLUMN_SKILL:
    return row->skill ? name_in(row->skill, language)
                      : word_in(lowering, WORD_PLAN_TOTAL, language);
  case COLUMN_HOURS:
    return hours_text(lowering, row->hours, language);
  case COLUMN_FROM:
    return date_text(lowering, row->span.from, language);
  case COLUMN_TO:
    return date_text(lowering, row->span.to, language);
  case COLUMN_COUNT:
    break;
  }
  return "";
}

static struct node *add_row(struct lowering *lowering, struct node *table, const struct plan *plan,
                            const struct plan_row *content) {
  struct node *row = add_node(lowering, table, NODE_ROW);
  size_t columns = plan->spans ? COLUMN_COUNT : COLUMN_FROM;
  row->header = content->head;
  for (size_t column = 0; column < columns; column++) {
    struct node *cell = add_node(lowering, row, NODE_CELL);
    if (column == COLUMN_HOURS) {
      node_set_attribute(lowering->arena, cell, "align", "right", lowering->place);
    }
    for (size_t i = 0; i < lowering->language_count; i++) {
      const char *language = lowering->languages[i];
      add_text(lowering, add_variant(lowering, cell, language),
               cell_text(lowering, content, (enum plan_column)column, language));
    }
  }
  return row;
}

static void add_caption(struct lowering *lowering, struct node *table, const struct plan *plan) {
  struct node *caption = add_node(lowering, table, NODE_CAPTION);
  for (size_t i = 0; i < lowering->language_count; i++) {
    const char *language = lowering->languages[i];
    const char *const values[][2] = {{"hours", hours_text(lowering, plan->hours_a_week, language)},
                                     {"start", date_text(lowering, plan->start, language)}};
    const char *pattern = word_in(lowering, WORD_PLAN_CAPTION, language);
    add_text(lowering, add_variant(lowering, caption, language),
             phrase_fill(lowering->arena, pattern, values, 2));
  }
}

static void add_plan_table(struct lowering *lowering, struct node *parent,
                           const struct plan *plan) {
  struct node *table = add_class(lowering, add_node(lowering, parent, NODE_TABLE), "plan");
  size_t count = plan->gap.left_count;
  if (plan->spans) add_caption(lowering, table, plan);
  add_row(lowering, table, plan, &(struct plan_row){.head = true});
  for (size_t i = 0; i < count; i++) {
    const struct skill *skill = plan->gap.left[i];
    struct plan_row row = {.skill = skill, .hours = skill->hours};
    if (plan->spans) row.span = plan->spans[i];
    add_row(lowering, table, plan, &row);
  }
  struct plan_row total = {.hours = plan->gap.hours};
  if (plan->spans) total.span = (struct span){plan->start, plan->spans[count - 1].to};
  add_class(lowering, add_row(lowering, table, plan, &total), "total");
}

/* Dates where the record gives a first day and hours; a plan that does not end in
 * the calendar is an error. */
static bool settle_dates(struct making *making, const struct node *node, struct plan *plan) {
  struct expressions *expressions = making->maker->expressions;
  const char *start = lower_start(making->maker->guide, node);
  const char *hours = lower_hours(making->maker->guide, node);
  const char *day = start ? expression_value(expressions, start) : NULL;
  const char *amount = hours ? expression_value(expressions, hours) : NULL;
  struct date date;
  if (!day || !amount) return true;
  if (!date_read(day, &date)) {
    message_error(making->messages, &node->place, "bad-value",
                  "start: '%s' is no day that a plan could begin on", day);
    return false;
  }
  plan->start = date_to_days(date);
  if (number_read(amount, &plan->hours_a_week) && plan->hours_a_week > 0) {
    plan->spans = skills_plan(&plan->gap, plan->start, plan->hours_a_week, making->edition->arena);
  }
  if (plan->spans) return true;
  message_error(making->messages, &node->place, "endless-plan",
                "with %s hours a week from %s the plan does not end", amount, day);
  return false;
}

void lower_plan(struct making *making, struct node *node, const char *const *languages,
                size_t language_count) {
  struct lowering lowering = lowering_start(making, node, languages, language_count);
  struct plan plan = {.gap = gap_of(&lowering, lower_held_field(making->maker->guide, node))};
  if (plan.gap.left_count == 0) {
    add_total(&lowering, node, &plan.gap);
  } else if (settle_dates(making, node, &plan)) {
    add_plan_table(&lowering, node, &plan);
  } else {
    making->good = false;
  }
}

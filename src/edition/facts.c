/* Figures that age. A fact, and a chart that says its date, is compared with the date
 * of the guide, never with the clock: the same guide gives the same warnings. */
#include "edition/maker.h"

static int months_of(struct date date) {
  return date.year * 12 + date.month;
}

static void check_age(const struct guide *guide, const char *what, const char *text,
                      const struct place *place, struct messages *messages) {
  struct date now, then;
  if (!guide->date || !date_read_month(guide->date, &now) || !date_read_month(text, &then)) return;
  int age = months_of(now) - months_of(then);
  if (guide->stale_after <= 0 || age <= guide->stale_after) return;
  message_warning(messages, place, "stale-figure",
                  "%s is of %s, %d months before the guide; %d are allowed", what, text, age,
                  guide->stale_after);
}

static void check_fact(const struct guide *guide, const struct fact *fact,
                       struct messages *messages) {
  if (!fact->source || !fact->date || !fact->region) {
    const char *missing = !fact->source ? "source" : !fact->date ? "date" : "region";
    message_warning(messages, &fact->place, "bare-figure", "the fact '%s' has no %s", fact->name,
                    missing);
  }
  if (fact->date) check_age(guide, fact->name, fact->date, &fact->place, messages);
}

void facts_check(const struct guide *guide, struct messages *messages) {
  for (const struct fact *fact = guide->facts; fact; fact = fact->next) {
    check_fact(guide, fact, messages);
  }
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    const char *date = node->kind == NODE_CHART ? node_attribute(node, "date") : NULL;
    if (walk.entering && date) check_age(guide, "the chart", date, &node->place, messages);
  }
}

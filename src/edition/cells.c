/* What a cell or a block of code says once its languages stand in it.
 *
 *   63650      of a chart in USD   ──▶  $63,650      63,650 美元      (value="63650")
 *   2024-05    first in its row    ──▶  May 2024     2024年5月
 *   9:00       in both languages   ──▶  9:00, once
 *
 * Figures are written here, once for both outputs; the bare number is kept in the cell,
 * because no one can read "1.234,5" without knowing who wrote it. */
#include "edition/maker.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* What can be written again without losing a digit. */
enum { MOST_DIGITS = 15, MOST_DECIMALS = 9, USUAL_DECIMALS = 6 };

static int count_decimals(const char *bare) {
  const char *point = strchr(bare, '.');
  return point ? (int)strlen(point + 1) : 0;
}

/* "63650", "63,650.5", "-3": the number without its commas, or NULL for anything else. */
static char *bare_number(struct arena *arena, const char *text) {
  size_t sign = *text == '-', span = number_span(text + sign), length = sign + span, kept = 0;
  if (!span || text[length]) return NULL;
  char *bare = arena_strndup(arena, text, length);
  for (size_t i = 0; i < length; i++)
    if (text[i] != ',') bare[kept++] = text[i];
  bare[kept] = '\0';
  return kept > MOST_DIGITS || count_decimals(bare) > MOST_DECIMALS ? NULL : bare;
}

char *edition_figure(const struct edition *edition, const struct node *chart, const char *language,
                     double number, int decimals) {
  struct formats *formats = edition->maker->formats;
  const char *unit = node_attribute_in(chart, "unit", language);
  enum money_style style = decimals < 0 || decimals > 2 ? MONEY_EXACT : MONEY_USUAL;
  char *money = unit ? format_money(formats, edition->arena, language, number, unit, style) : NULL;
  return money ? money : format_number(formats, edition->arena, language, number, decimals);
}

const char *edition_unit(const struct edition *edition, const struct node *chart,
                         const char *language) {
  const char *unit = node_attribute_in(chart, "unit", language);
  bool money =
      unit && format_money(edition->maker->formats, edition->arena, language, 1, unit, MONEY_FULL);
  return money ? NULL : unit;
}

static const struct node *chart_of(const struct node *cell) {
  const struct node *row = cell->parent, *table = row ? row->parent : NULL;
  if (!table || row->header || table->kind != NODE_TABLE) return NULL;
  return table->parent && table->parent->kind == NODE_CHART ? table->parent : NULL;
}

/* The one text of a variant, or NULL. */
static struct node *only_text(const struct node *variant) {
  struct node *text = variant->first;
  return text && !text->next && text->kind == NODE_TEXT && text->text ? text : NULL;
}

static void write_figure(struct making *making, struct node *cell, const struct node *chart,
                         const struct node *variant) {
  const struct edition *edition = making->edition;
  struct node *text = only_text(variant);
  char *bare = text ? bare_number(edition->arena, text->text) : NULL;
  const char *language = variant->language ? variant->language : edition->languages[0];
  if (!bare) return;
  int decimals = count_decimals(bare);
  node_set_attribute(edition->arena, cell, "value", bare, cell->place);
  text->text = edition_figure(edition, chart, language, strtod(bare, NULL),
                              decimals > USUAL_DECIMALS ? decimals : -1);
}

static void write_date(struct making *making, const struct node *variant) {
  const struct edition *edition = making->edition;
  struct node *text = only_text(variant);
  struct date date;
  if (!text || !date_read_month(text->text, &date)) return;
  const char *language = variant->language ? variant->language : edition->languages[0];
  text->text = format_short_date(making->maker->formats, edition->arena, language, date);
}

/* The same nodes with the same words. */
static bool is_same(const struct node *a, const struct node *b) {
  struct walk one = walk_start(a), other = walk_start(b);
  bool more;
  while ((more = walk_next(&one)) && walk_next(&other)) {
    if (one.entering != other.entering || one.node->kind != other.node->kind) return false;
    if (one.node == a || one.node->kind == NODE_VARIANT) continue;
    const char *first = one.node->text, *second = other.node->text;
    if (!first != !second || (first && strcmp(first, second) != 0)) return false;
    if (one.node->target || other.node->target) return false;
  }
  return !more && !walk_next(&other);
}

void cell_settle(struct making *making, struct node *cell) {
  const struct node *chart = chart_of(cell);
  for (struct node *variant = cell->first; variant && chart; variant = variant->next) {
    if (variant->kind != NODE_VARIANT) continue;
    if (cell->previous) write_figure(making, cell, chart, variant);
    else write_date(making, variant);
  }
  while (cell->first && cell->first->next && is_same(cell->first, cell->last))
    node_unlink(cell->last);
}

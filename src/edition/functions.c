/* The functions that an expression may call beside those of XPath. Each takes its
 * arguments off libxml2's stack and puts a text or a truth value back; what cannot be
 * done is said in the evaluation's `problem`. */
#include "edition/expression.h"
#include "edition/format.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

const struct function_row function_rows[] = {
    {"has", 1, 20},
    {"before", 2, 2},
    {"plural", 3, 3},
    {"format-number", 1, 2},
    {"format-percent", 1, 1},
    {"format-currency", 2, 3},
    {"format-range", 2, 3},
    {"format-unit", 2, 2},
    {"format-date", 1, 1},
    {"format-list", 1, 2},
    /* XPath 1.0, section 4 */
    {"last", 0, 0},
    {"position", 0, 0},
    {"count", 1, 1},
    {"string", 0, 1},
    {"concat", 2, 20},
    {"starts-with", 2, 2},
    {"contains", 2, 2},
    {"substring-before", 2, 2},
    {"substring-after", 2, 2},
    {"substring", 2, 3},
    {"string-length", 0, 1},
    {"normalize-space", 0, 1},
    {"translate", 3, 3},
    {"boolean", 1, 1},
    {"not", 1, 1},
    {"true", 0, 0},
    {"false", 0, 0},
    {"number", 0, 1},
    {"sum", 1, 1},
    {"floor", 1, 1},
    {"ceiling", 1, 1},
    {"round", 1, 1},
};
const size_t function_row_count = sizeof function_rows / sizeof *function_rows;

/* --- arguments, from the last to the first --------------------------------------------- */

static struct evaluation *evaluation_of(xmlXPathParserContextPtr context) {
  return context->context->userData;
}

static void fail(xmlXPathParserContextPtr context, const char *problem) {
  struct evaluation *evaluation = evaluation_of(context);
  if (!evaluation->problem) evaluation->problem = problem;
  context->error = XPATH_EXPR_ERROR;
}

static const char *pop_text(xmlXPathParserContextPtr context) {
  struct evaluation *evaluation = evaluation_of(context);
  xmlChar *text = xmlXPathPopString(context);
  if (!text) return "";
  const char *copy = arena_strdup(evaluation->arena, (const char *)text);
  xmlFree(text);
  return copy;
}

/* Digits and an optional sign and point, in the way XPath reads numbers. */
static double pop_number(xmlXPathParserContextPtr context) {
  struct evaluation *evaluation = evaluation_of(context);
  xmlXPathObjectPtr value = valuePop(context);
  if (!value) {
    fail(context, "a number is missing");
    return 0;
  }
  double number = xmlXPathCastToNumber(value);
  xmlChar *text = xmlXPathCastToString(value);
  xmlXPathFreeObject(value);
  if (!isfinite(number)) {
    fail(context, !text || !*text
                      ? "a number is wanted, and there is none"
                      : arena_printf(evaluation->arena, "'%.60s' is no number", (char *)text));
  }
  xmlFree(text);
  return number;
}

static void give(xmlXPathParserContextPtr context, const char *text, const char *problem) {
  if (context->error) return;
  if (text) valuePush(context, xmlXPathNewString(BAD_CAST text));
  else fail(context, problem);
}

/* --- numbers ------------------------------------------------------------------------------- */

static void call_number(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  double decimals = count > 1 ? pop_number(context) : -1;
  double number = pop_number(context);
  if (context->error) return;
  if (count > 1 && !(decimals >= 0 && decimals <= 9)) {
    fail(context, "0 to 9 decimals can be asked for");
    return;
  }
  give(context, format_number(e->formats, e->arena, e->language, number, (int)decimals),
       "this number cannot be written");
}

static void call_percent(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  (void)count;
  double number = pop_number(context);
  if (context->error) return;
  give(context, format_percent(e->formats, e->arena, e->language, number),
       "this number cannot be written");
}

static enum money_style style_of(xmlXPathParserContextPtr context, const char *name) {
  if (strcmp(name, "full") == 0) return MONEY_FULL;
  if (strcmp(name, "compact") == 0) return MONEY_COMPACT;
  fail(context, "a style of money is 'full' or 'compact'");
  return MONEY_USUAL;
}

static const char *no_currency(struct evaluation *evaluation, const char *code) {
  return arena_printf(evaluation->arena, "'%.20s' is no currency (ISO 4217), such as 'USD'", code);
}

static void call_currency(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  enum money_style style = count > 2 ? style_of(context, pop_text(context)) : MONEY_USUAL;
  const char *currency = pop_text(context);
  double amount = pop_number(context);
  if (context->error) return;
  give(context, format_money(e->formats, e->arena, e->language, amount, currency, style),
       no_currency(e, currency));
}

static void call_range(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  const char *currency = count > 2 ? pop_text(context) : NULL;
  double high = pop_number(context), low = pop_number(context);
  if (context->error) return;
  if (low > high) {
    fail(context, "the range ends before it begins");
    return;
  }
  give(context, format_range(e->formats, e->arena, e->language, low, high, currency),
       no_currency(e, currency ? currency : ""));
}

static void call_unit(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  (void)count;
  const char *unit = pop_text(context);
  double number = pop_number(context);
  if (context->error) return;
  give(context, format_unit(e->formats, e->arena, e->language, number, unit),
       arena_printf(e->arena, "'%.40s' is no unit, such as 'hour' or 'week'", unit));
}

static void call_plural(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  (void)count;
  const char *others = pop_text(context), *one = pop_text(context);
  double number = pop_number(context);
  if (context->error) return;
  give(context, format_is_one(e->formats, e->language, number) ? one : others, "");
}

/* --- dates ------------------------------------------------------------------------------------ */

static void call_date(xmlXPathParserContextPtr context, int count) {
  struct evaluation *e = evaluation_of(context);
  struct date date;
  (void)count;
  const char *text = pop_text(context);
  const char *problem = *text ? arena_printf(e->arena, "'%.40s' is no date", text)
                              : "a date is wanted, and there is none";
  bool good = date_read_month(text, &date);
  give(context, good ? format_date(e->formats, e->arena, e->language, date) : NULL, problem);
}

/* Dates written YYYY-MM-DD are in the order of their texts; no date is before nothing. */
static void call_before(xmlXPathParserContextPtr context, int count) {
  (void)count;
  const char *second = pop_text(context), *first = pop_text(context);
  struct date date;
  bool both = date_read(first, &date) && date_read(second, &date);
  valuePush(context, xmlXPathNewBoolean(both && strcmp(first, second) < 0));
}

/* --- sets ------------------------------------------------------------------------------------- */

static const char *printed_value(const struct evaluation *evaluation, const char *value) {
  const struct skill *skill = guide_skill(evaluation->guide, value);
  const char *name = skill ? words_in(skill->names, evaluation->language) : NULL;
  return name ? name : value;
}

const char *function_list(struct evaluation *evaluation, void *nodes, bool alternatives) {
  const xmlNodeSet *set = nodes;
  size_t count = set && set->nodeNr > 0 ? (size_t)set->nodeNr : 0;
  const char **items = arena_alloc_array(evaluation->arena, count + 1, sizeof *items);
  for (size_t i = 0; i < count; i++) {
    xmlChar *text = xmlXPathCastNodeToString(set->nodeTab[i]);
    items[i] = printed_value(evaluation, arena_strdup(evaluation->arena, (const char *)text));
    xmlFree(text);
  }
  if (count <= 1) return items[0];
  return format_list(evaluation->formats, evaluation->arena, evaluation->language, items, count,
                     alternatives);
}

static void call_list(xmlXPathParserContextPtr context, int count) {
  struct evaluation *evaluation = evaluation_of(context);
  const char *kind = count > 1 ? pop_text(context) : "and";
  bool alternatives = strcmp(kind, "or") == 0;
  if (!alternatives && strcmp(kind, "and") != 0) fail(context, "a list is 'and' or 'or'");
  xmlXPathObjectPtr value = valuePop(context);
  if (!value || value->type != XPATH_NODESET) fail(context, "a list is made of a field");
  const char *text =
      context->error ? NULL : function_list(evaluation, value->nodesetval, alternatives);
  xmlXPathFreeObject(value);
  give(context, text, "a list is wanted, and there is nothing in it");
}

static bool set_has(const xmlNodeSet *set, const char *wanted) {
  bool found = false;
  for (int i = 0; set && !found && i < set->nodeNr; i++) {
    xmlChar *text = xmlXPathCastNodeToString(set->nodeTab[i]);
    found = text && strcmp((const char *)text, wanted) == 0;
    xmlFree(text);
  }
  return found;
}

/* has(skills): there is one; has(skills, 'a', 'b'): both are among them. */
static void call_has(xmlXPathParserContextPtr context, int count) {
  const char *wanted[20];
  for (int i = count - 1; i > 0; i--) wanted[i] = pop_text(context);
  xmlXPathObjectPtr value = valuePop(context);
  bool node_set = value && value->type == XPATH_NODESET;
  const xmlNodeSet *set = node_set ? value->nodesetval : NULL;
  bool all = set && set->nodeNr > 0;
  for (int i = 1; i < count; i++) all = all && set_has(set, wanted[i]);
  xmlXPathFreeObject(value);
  if (!node_set) fail(context, "has() asks about a field");
  else valuePush(context, xmlXPathNewBoolean(all));
}

void functions_register(void *context) {
  static const struct {
    const char *name;
    xmlXPathFunction call;
  } calls[] = {
      {"has", call_has},          {"before", call_before},
      {"plural", call_plural},    {"format-number", call_number},
      {"format-date", call_date}, {"format-percent", call_percent},
      {"format-unit", call_unit}, {"format-currency", call_currency},
      {"format-list", call_list}, {"format-range", call_range},
  };
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    xmlXPathRegisterFunc(context, BAD_CAST calls[i].name, calls[i].call);
  }
}

/* A chart's data: its table's first row names the series, its first column the
 * categories, the rest are figures. "$120,000", "12.5 %" and "3 万" are figures: what
 * counts is their first number. A cell that has none is an error at its place, and
 * "–" or nothing is a gap. */
#include "figure/drawing.h"

#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct node *first_of(const struct node *node, enum node_kind kind) {
  while (node && node->kind != kind) node = node->next;
  return node;
}

/* In a guide itself, not in an edition of it. */
static bool has_condition(const struct node *node) {
  return node->when && !node->origin;
}

static bool has_fill_in(const struct node *variant) {
  struct walk walk = walk_start(variant);
  while (walk_next(&walk))
    if (walk.node->kind == NODE_FILL_IN) return true;
  return false;
}

static struct chart_name read_name(struct arena *arena, const struct node *cell) {
  struct chart_name name = {0};
  for (const struct node *variant = first_of(cell->first, NODE_VARIANT); variant;
       variant = first_of(variant->next, NODE_VARIANT)) {
    char *text = node_text(arena, variant);
    bool repeats = name.count && strcmp(text, name.texts[name.count - 1]) == 0;
    if (name.count == LABEL_LANGUAGES || repeats || !*text) continue;
    name.texts[name.count] = text;
    name.languages[name.count++] = variant->language;
  }
  return name;
}

/* What an axis counts to at most, and the least part that it tells apart. */
#define LARGEST  1e15
#define SMALLEST 1e-9

/* Where the first number in the text begins; its end where there is none. */
static const char *find_number(const char *text) {
  const char *at = text + strcspn(text, "0123456789");
  bool has_point = *at && at > text && at[-1] == '.';
  bool ends_word = has_point && at - 1 > text && isalnum((unsigned char)at[-2]);
  return has_point && !ends_word ? at - 1 : at;
}

/* A minus, or a dash for one, right before the number or before all: "$-5", "−€5", "- 5". */
static bool is_negative(const char *text, const char *number) {
  static const char *const signs[] = {"-", "\xE2\x88\x92", "\xE2\x80\x93", "\xEF\xBC\x8D"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t length = strlen(signs[i]);
    if ((size_t)(number - text) < length) continue;
    if (strncmp(text, signs[i], length) == 0 || strncmp(number - length, signs[i], length) == 0)
      return true;
  }
  return false;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The length of that one of the words which stands there; 0 for none. */
static size_t word_at(const char *at, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strncmp(at, words[i], strlen(words[i])) == 0) return strlen(words[i]);
  return 0;
}

/* Past spaces, signs of currencies and what a number may be multiplied by. */
static const char *skip_money(const char *at) {
  static const char *const words[] = {
      " ", "\u00A0", "\u2009", "\u202F", "$", "£",  "€",  "₹",  "₩",  "¥",
      "￥", "K",      "k",      "M",      "B", "千", "万", "萬", "亿", "億"};
  size_t length;
  while ((length = word_at(at, words, COUNT(words)))) at += length;
  return at;
}

/* "10–20", "8 h – 10 h", "3 × 10^6": no word between the mark and the figure after it. */
static bool has_range(const char *at, const char *more) {
  static const char *const marks[] = {"-", "–", "—", "~", "～", "×", "^"};
  bool marked = false;
  for (; at < more; at++)
    if (word_at(at, marks, COUNT(marks))) marked = true;
    else if (islower((unsigned char)*at)) marked = false;
  return marked;
}

/* "3/4", "1:30": figures on both sides. "12 g/100 g" and "12: WHO 10" are 12. */
static bool has_ratio(const char *end, const char *more) {
  static const char *const marks[] = {"/", ":", "："};
  const char *at = skip_money(end);
  size_t length = word_at(at, marks, COUNT(marks));
  return length && skip_money(at + length) == more;
}

/* "10–20", "3/4", "1:30", "1e6": there is more of it than the number that ends there. */
static bool goes_on(const char *end) {
  const char *more = end + strcspn(end, "(0123456789");
  if (!isdigit((unsigned char)*more)) return false;
  if ((*end == 'e' || *end == 'E') && end + 1 == more) return true;
  return has_range(end, more) || has_ratio(end, more);
}

/* A bookkeeper's "(5)" for what is below zero; "(ca.) 5 (2024)" is none. */
static bool is_bracketed(const char *text, const char *number) {
  const char *closing = strchr(text, ')');
  return *text == '(' && closing && closing > number && text[strlen(text) - 1] == ')';
}

/* Digits, commas between groups of them, one point. */
static bool read_number(const char *text, double *number) {
  const char *at = find_number(text), *end = at + number_span(at);
  if (at == end || is_bracketed(text, at) || goes_on(end)) return false;
  bool negative = is_negative(text, at);
  double value = 0, place = 0.1;
  bool fraction = false;
  for (; at < end; at++) {
    if (*at == '.') fraction = true;
    if (*at == '.' || *at == ',') continue;
    value = fraction ? value + (*at - '0') * place : value * 10 + (*at - '0');
    if (fraction) place = place > SMALLEST ? place / 10 : 0;
  }
  *number = negative ? -value : value;
  return true;
}

/* --- how figures count ---------------------------------------------------------------- */

/* Which of the signs stands there, from 1; 0 for none. */
static int currency_of(const char *text) {
  static const char *const signs[] = {"$", "£", "€", "₹", "₩", "¥", "￥"};
  enum { YEN = 6, LAST = sizeof signs / sizeof *signs };
  int sign = 1;
  while (sign <= LAST && !strstr(text, signs[sign - 1])) sign++;
  return sign > LAST ? 0 : sign < YEN ? sign : YEN;
}

/* "USD 5", "5m EUR": three capitals by themselves before the number or at the end. */
static bool has_code(const char *text) {
  static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const char *number = find_number(text), *last = strrchr(text, ' ');
  size_t before = strspn(text, capitals);
  if (before == 3 && skip_money(text + before) == number) return true;
  return last && last > number && strspn(last + 1, capitals) == 3 && !last[4];
}

static bool is_money(const char *text) {
  return currency_of(text) || has_code(text);
}

/* What stands after the number: "M", "cm", "m²". */
static const char *find_measure(const char *text) {
  const char *number = find_number(text), *at = number + number_span(number);
  return at + strspn(at, " \xC2\xA0\xE2\x80\xAF");
}

/* A letter, with a mark or without (U+00C0 to U+027F), or the power of a unit: "m²", "Männer". */
static bool continues_word(const char *at) {
  bool power = strncmp(at, "²", strlen("²")) == 0 || strncmp(at, "³", strlen("³")) == 0;
  return power || isalpha((unsigned char)*at) ||
         ((unsigned char)*at >= 0xC3 && (unsigned char)*at <= 0xC9);
}

static bool is_word(const char *at, const char *word) {
  size_t length = strlen(word);
  bool latin = isalpha((unsigned char)*word);
  return strncmp(at, word, length) == 0 && !(latin && continues_word(at + length));
}

/* The multiple that stands there: "M", "thousand"; 1 for none. */
static double multiple_at(const char *at) {
  static const struct {
    const char *word;
    double factor;
  } words[] = {{"K", 1e3}, {"k", 1e3},        {"thousand", 1e3},   {"M", 1e6},  {"mn", 1e6},
               {"B", 1e9}, {"million", 1e6},  {"bn", 1e9},         {"千", 1e3}, {"billion", 1e9},
               {"万", 1e4}, {"萬", 1e4},      {"trillion", 1e12},  {"亿", 1e8}, {"億", 1e8}};
  for (size_t i = 0; i < COUNT(words); i++)
    if (is_word(at, words[i].word)) return words[i].factor;
  return 1;
}

/* What a figure is multiplied by: "1.5M", "800 K", "3 万". Of money "m" is a million; else it
 * stands for metres. */
static double scale_of(const char *text, bool money) {
  const char *at = find_measure(text);
  return money && is_word(at, "m") ? 1e6 : multiple_at(at);
}

/* Which of the lengths it is, from 1; 0 for none. */
static size_t length_of(const char *text) {
  static const char *const units[] = {"mm", "cm", "m", "km"};
  const char *at = find_measure(text);
  size_t unit = 0;
  while (unit < COUNT(units) && !is_word(at, units[unit])) unit++;
  return unit == COUNT(units) ? 0 : unit + 1;
}

/* As the author has it: the edition writes "800" of a chart in dollars as "$800". */
static const char *written(const struct chart_value *value) {
  const char *bare = node_attribute(value->cell, "value");
  return bare ? bare : value->text;
}

double chart_multiple(const struct chart_data *data, const char *unit, bool money) {
  if (!unit || !*unit || !data->measured) return 1;
  for (const char *at = unit; *at; at++) {
    bool begins = at == unit || !continues_word(at - 1);
    if (begins && multiple_at(at) != 1) return 1;
  }
  const char *text = written(data->measured);
  return scale_of(text, money || is_money(text));
}

static void report_unlike(const struct chart_value *one, const struct chart_value *value,
                          const char *hint, struct messages *messages) {
  message_error(messages, &value->cell->place, "chart-figure",
                "'%s' counts otherwise than '%s' in the same chart", written(value), written(one));
  message_hint(messages, "%s", hint);
}

/* Bars of "1.5M" and "800K", of dollars and yuan, or of metres and centimetres, would lie. */
static bool check_measure(struct chart_data *data, const struct chart_value *value,
                          struct messages *messages) {
  if (value->number == 0) return true;
  if (!data->measured) data->measured = value;
  const char *first = data->measured->text, *text = value->text;
  bool money = is_money(first) || is_money(text);
  int one = currency_of(first), other = currency_of(text);
  size_t length = money ? 0 : length_of(first), other_length = money ? 0 : length_of(text);
  if (scale_of(first, money) != scale_of(text, money) || (one && other && one != other))
    report_unlike(data->measured, value, "write all figures of a chart in full, and in one currency",
                  messages);
  else if (length && other_length && length != other_length)
    report_unlike(data->measured, value, "write all figures of a chart in one unit", messages);
  else return true;
  return false;
}

static bool is_gap(const char *text) {
  return !*text || strcmp(text, "-") == 0 || strcmp(text, "\xE2\x80\x93") == 0 ||
         strcmp(text, "\xE2\x80\x94") == 0;
}

/* One bar is drawn for all languages: "1.5M" and "150 万". */
static bool check_translations(struct arena *arena, const struct chart_value *value,
                               struct messages *messages) {
  const struct node *variant = first_of(value->cell->first, NODE_VARIANT);
  double figure = value->number * scale_of(value->text, is_money(value->text));
  while ((variant = first_of(variant->next, NODE_VARIANT))) {
    const char *text = node_text(arena, variant);
    double other;
    if (has_fill_in(variant) || !read_number(text, &other)) continue;
    other *= scale_of(text, is_money(text));
    if (fabs(other - figure) <= fabs(figure) * SMALLEST) continue;
    message_error(messages, &variant->place, "chart-figure",
                  "'%s' in '%s' is another figure than '%s', and the chart has one bar for both", text,
                  variant->language, value->text);
    return false;
  }
  return true;
}

static bool read_value(struct chart_data *data, struct arena *arena, const struct node *cell,
                       struct chart_value *value, struct messages *messages) {
  const struct node *variant = first_of(cell->first, NODE_VARIANT);
  value->text = variant ? node_text(arena, variant) : "";
  value->cell = cell;
  if (is_gap(value->text) || has_fill_in(variant)) return true;
  const char *bare = node_attribute(cell, "value"); /* where the edition has written the figure */
  value->given = read_number(bare ? bare : value->text, &value->number);
  if (!value->given) {
    message_error(messages, &cell->place, "chart-figure", "'%s' in a chart's table is not a figure",
                  value->text);
    if (strchr(value->text, ','))
      message_hint(messages, "commas stand before three digits: 1,250 or 63,650.5");
    if (*value->text == '(') message_hint(messages, "below zero a minus stands: -1,250");
    return false;
  }
  if (!check_measure(data, value, messages)) return false;
  if (!bare && !check_translations(arena, value, messages)) return false;
  if (fabs(value->number) > LARGEST) {
    message_error(messages, &cell->place, "chart-figure", "'%.60s' is too large for a chart",
                  written(value));
    return false;
  }
  if (variant->language) data->language = variant->language;
  if (value->number > data->most) data->most = value->number;
  if (value->number < data->least) data->least = value->number;
  return true;
}

static bool report_most(const struct node *node, int most, const char *what,
                        struct messages *messages) {
  message_error(messages, &node->place, "chart-table", "a chart shows %d %s at most", most, what);
  message_hint(messages, "a table alone shows more");
  return false;
}

static bool read_head(struct chart_data *data, struct arena *arena, const struct node *row,
                      struct messages *messages) {
  const struct node *cell = first_of(row->first, NODE_CELL);
  if (!cell) return true;
  data->corner = read_name(arena, cell);
  while ((cell = first_of(cell->next, NODE_CELL))) {
    if (data->series_count == SERIES_LIMIT)
      return report_most(cell, SERIES_LIMIT, "series", messages);
    data->series[data->series_count++] = read_name(arena, cell);
  }
  return true;
}

static bool read_row(struct chart_data *data, struct arena *arena, const struct node *row,
                     struct messages *messages) {
  const struct node *cell = first_of(row->first, NODE_CELL);
  if (!cell) return true;
  size_t at = data->category_count++;
  data->categories[at] = read_name(arena, cell);
  bool ok = true;
  size_t series = 0;
  for (cell = first_of(cell->next, NODE_CELL); cell && series < data->series_count;
       cell = first_of(cell->next, NODE_CELL))
    ok &= read_value(data, arena, cell, &data->values[at][series++], messages);
  return ok;
}

bool chart_data_read(struct chart_data *data, struct arena *arena, const struct node *chart,
                     struct messages *messages) {
  *data = (struct chart_data){.chart = chart};
  const struct node *table = first_of(chart->first, NODE_TABLE);
  data->categories = arena_alloc_array(arena, CATEGORY_LIMIT, sizeof *data->categories);
  data->values = arena_alloc_array(arena, CATEGORY_LIMIT, sizeof *data->values);
  bool ok = true;
  data->is_undecided = table && has_condition(table);
  const struct node *row = table ? first_of(table->first, NODE_ROW) : NULL;
  for (; row; row = first_of(row->next, NODE_ROW)) {
    if (has_condition(row)) {
      data->is_undecided = true;
    } else if (row->header) {
      ok &= read_head(data, arena, row, messages);
    } else if (data->category_count == CATEGORY_LIMIT) {
      ok = report_most(row, CATEGORY_LIMIT, "rows", messages);
      break;
    } else {
      ok &= read_row(data, arena, row, messages);
    }
  }
  if (ok && !data->is_undecided && (!data->series_count || !data->category_count)) {
    message_error(messages, &chart->place, "chart-table",
                  "a chart needs a table: a head, then a row for each bar or point");
    ok = false;
  }
  return ok;
}

/* --- scales ------------------------------------------------------------------------- */

struct chart_scale chart_scale_of(double least, double most, int ticks) {
  double span = most - (least < 0 ? least : 0);
  if (span <= 0) span = 1;
  double raw = span / ticks, power = pow(10, floor(log10(raw)));
  static const double rounds[] = {1, 2, 2.5, 5, 10};
  double step = 10 * power;
  for (size_t i = sizeof rounds / sizeof *rounds; i > 0; i--)
    if (rounds[i - 1] * power >= raw * 0.999) step = rounds[i - 1] * power;
  struct chart_scale scale = {.step = step, .from = least < 0 ? floor(least / step) * step : 0};
  scale.to = ceil(most / step - 1e-9) * step;
  if (scale.to <= scale.from) scale.to = scale.from + step;
  for (double s = step; scale.decimals < 9 && fabs(s - round(s)) > 1e-6 * s; s *= 10)
    scale.decimals++;
  return scale;
}

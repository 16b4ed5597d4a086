/* Charts: round ticks, figures as their cells have them, nothing beyond the drawing,
 * parts where it is too high; codes: as many modules as the text needs, a quiet zone. */
#include "check.h"

#include "base/keeper.h"
#include "figure/drawing.h"
#include "page_sample.h"

#include <stdlib.h>

struct rig {
  struct arena *arena;
  char *said;
  size_t size;
  FILE *stream;
  struct messages *messages;
  struct edition *edition; /* of an English guide */
};

static struct place nowhere;

static struct node *add(struct rig *rig, struct node *parent, enum node_kind kind) {
  struct node *node = node_new(rig->arena, kind, nowhere);
  if (parent) node_append(parent, node);
  return node;
}

static void add_cell(struct rig *rig, struct node *row, const char *words) {
  struct node *variant = add(rig, add(rig, row, NODE_CELL), NODE_VARIANT);
  variant->language = "en";
  add(rig, variant, NODE_TEXT)->text = words;
}

/* Rows end with NULL; the first is the head. */
static struct node *make_chart(struct rig *rig, const char *type, const char *const *cells,
                               size_t columns) {
  struct node *chart = add(rig, NULL, NODE_CHART);
  struct node *table = add(rig, chart, NODE_TABLE);
  node_set_attribute(rig->arena, chart, "type", type, nowhere);
  for (size_t i = 0; cells[i]; i += columns) {
    struct node *row = add(rig, table, NODE_ROW);
    row->header = i == 0;
    for (size_t k = 0; k < columns; k++) add_cell(rig, row, cells[i + k]);
  }
  return chart;
}

static const struct figure_drawing *draw(struct rig *rig, const struct node *chart, mpt height,
                                         size_t first) {
  struct figure_space space = {
      .width = MPT_POINTS(300), .height = height, .size = MPT_POINTS(9), .first = first};
  return figure_chart(rig->arena, rig->edition, chart, &space, rig->messages);
}

static bool has_label(const struct figure_drawing *drawing, const char *text) {
  for (size_t i = 0; i < drawing->label_count; i++)
    if (strcmp(drawing->labels[i].text, text) == 0) return true;
  return false;
}

static bool is_inside(const struct figure_drawing *drawing) {
  for (size_t i = 0; i < drawing->shape_count; i++)
    for (size_t k = 0; k < drawing->shapes[i].step_count; k++) {
      const struct path_step *step = &drawing->shapes[i].steps[k];
      if (step->x[2] < 0 || step->x[2] > drawing->width) return false;
      if (step->y[2] < 0 || step->y[2] > drawing->height) return false;
    }
  return true;
}

/* Whether an upright line goes through a label that begins, or ends, at its x. */
static bool is_crossed(const struct figure_shape *line, const struct figure_label *label) {
  mpt width = label_width(label->text, label->size), before = 0;
  if (label->anchor == ANCHOR_MIDDLE) before = width / 2;
  if (label->anchor == ANCHOR_END) before = width;
  for (size_t k = 0; k + 1 < line->step_count; k += 2) {
    mpt x = line->steps[k].x[2];
    bool beside = x <= label->x - before || x >= label->x - before + width;
    mpt top = line->steps[k].y[2], bottom = line->steps[k + 1].y[2];
    if (!beside && top < label->baseline && bottom > label->baseline - label->size * 7 / 10)
      return true;
  }
  return false;
}

/* Lines of the grid are cut where something is written; nothing is painted over with the
 * ground's colour, which in a book is the reader's. */
static bool is_clear(const struct figure_drawing *drawing) {
  for (size_t i = 0; i < drawing->shape_count; i++) {
    const struct figure_shape *shape = &drawing->shapes[i];
    if (shape->fill == INK_PAPER) return false;
    for (size_t k = 0; shape->stroke == INK_RULE && k < drawing->label_count; k++)
      if (is_crossed(shape, &drawing->labels[k])) return false;
  }
  return true;
}

static const char *const pay[] = {"Trade",  "Least",  "Middle", "Most",         "Welder", "$3,100",
                                  "$4,200", "$6,000", "Baker",  "$2,400",       "$2,900", "$3,800",
                                  "Nurse",  "$3,000", "$3,900", "\xE2\x80\x93", NULL};

static void check_kinds(struct rig *rig) {
  static const char *const types[] = {"bar", "line", "range"};
  for (size_t i = 0; i < 3; i++) {
    const struct figure_drawing *drawing = draw(rig, make_chart(rig, types[i], pay, 4), 0, 0);
    CHECK(drawing && is_inside(drawing));
    CHECK(drawing && has_label(drawing, "Welder"));
    CHECK(drawing && has_label(drawing, "6,000"));
    CHECK(drawing && drawing->next == 0);
  }
  const struct figure_drawing *bars = draw(rig, make_chart(rig, "bar", pay, 4), 0, 0);
  CHECK(has_label(bars, "$4,200"));
  CHECK(is_clear(bars));
  CHECK(is_clear(draw(rig, make_chart(rig, "range", pay, 4), 0, 0)));
}

/* Ticks in the chart's language, with its unit; values that the edition has written. */
static void check_units(struct rig *rig) {
  struct node *chart = make_chart(rig, "bar", pay, 4);
  node_set_attribute(rig->arena, chart, "unit", "USD", nowhere);
  const struct figure_drawing *money = draw(rig, chart, 0, 0);
  CHECK(has_label(money, "$2,000") && has_label(money, "$6,000") && !has_label(money, "6,000"));
  node_set_attribute(rig->arena, chart, "unit", "hours", nowhere);
  const struct figure_drawing *hours = draw(rig, chart, 0, 0);
  CHECK(has_label(hours, "2,000") && has_label(hours, "6,000\xC2\xA0hours"));
  struct node *row = chart->first->last->previous, *cell = row->last;
  cell->first->first->text = "60.000";
  node_set_attribute(rig->arena, cell, "value", "60000", nowhere);
  const struct figure_drawing *german = draw(rig, chart, 0, 0);
  CHECK(has_label(german, "60.000") && has_label(german, "60,000\xC2\xA0hours"));
}

/* Ticks count as the figures do: of "40K" in dollars $40,000; of a unit that says it, once. */
static void check_multiples(struct rig *rig) {
  static const struct {
    const char *one, *other, *unit, *tick;
  } wanted[] = {{"40K", "80K", "USD", "$80,000"},
                {"1.2 million", "2 million", "USD", "$2,000,000"},
                {"$1m", "$2m", "USD", "$2,000,000"},
                {"40K", "80K", "people", "100,000\u00A0people"},
                {"40 万元", "80 万元", "万元", "80\u00A0万元"},
                {"280 K", "300 K", "K", "300\u00A0K"},
                {"5 m", "10 m", "m", "10\u00A0m"}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    const char *const rows[] = {"A", "B", "x", wanted[i].one, "y", wanted[i].other, NULL};
    struct node *chart = make_chart(rig, "bar", rows, 2);
    node_set_attribute(rig->arena, chart, "unit", wanted[i].unit, nowhere);
    const struct figure_drawing *drawing = draw(rig, chart, 0, 0);
    CHECK(drawing && has_label(drawing, wanted[i].tick));
  }
}

static void check_parts(struct rig *rig) {
  const struct node *chart = make_chart(rig, "bar", pay, 4);
  const struct figure_drawing *first = draw(rig, chart, MPT_POINTS(100), 0);
  CHECK(first && first->next == 1 && first->height <= MPT_POINTS(100));
  const struct figure_drawing *second = draw(rig, chart, MPT_POINTS(100), first->next);
  CHECK(second && second->next == 2 && has_label(second, "Baker") && !has_label(second, "Welder"));
}

/* --- labels at any size ------------------------------------------------------------------ */

#define ROUNDING 10 /* thousandths of a point */

struct box {
  mpt left, top, right, bottom;
};

static struct box box_of(const struct figure_label *label) {
  mpt width = label_width(label->text, label->size), left = label->x;
  if (label->anchor == ANCHOR_MIDDLE) left -= width / 2;
  if (label->anchor == ANCHOR_END) left -= width;
  return (struct box){left, label->baseline - label->size * 70 / 100, left + width,
                      label->baseline + label->size * 12 / 100};
}

static bool overlap(struct box a, struct box b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* Labels that stand on one another, or beyond the drawing; the first is shown. */
static size_t count_faults(const struct figure_drawing *drawing, const char *type) {
  size_t faults = 0;
  for (size_t i = 0; i < drawing->label_count; i++) {
    const struct figure_label *label = &drawing->labels[i];
    struct box box = box_of(label);
    const char *other = NULL;
    if (box.left < -ROUNDING || box.right > drawing->width + ROUNDING ||
        box.bottom > drawing->height)
      other = "the edge";
    for (size_t k = i + 1; k < drawing->label_count; k++)
      if (overlap(box, box_of(&drawing->labels[k]))) other = drawing->labels[k].text;
    if (other && !faults++)
      printf("%s, labels of %d, %d wide: “%s” on “%s”\n", type, label->size, drawing->width,
             label->text, other);
  }
  return faults;
}

static void check_labels(struct rig *rig, const struct node *chart, const char *type, mpt size) {
  static const mpt widths[] = {MPT_POINTS(300), MPT_POINTS(360), MPT_POINTS(425), MPT_POINTS(500)};
  for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
    struct figure_space space = {.width = widths[i], .height = MPT_POINTS(450), .size = size};
    do {
      const struct figure_drawing *drawing =
          figure_chart(rig->arena, rig->edition, chart, &space, rig->messages);
      CHECK(drawing && count_faults(drawing, type) == 0);
      space.first = drawing ? drawing->next : 0;
    } while (space.first);
  }
}

/* From a note's size to more than any large print has. */
static void check_sizes(struct rig *rig) {
  static const char *const hours[] = {"Group of skills", "Hours", "Programming", "150",
                                      "Data structures and algorithms", "80", "Models", "220",
                                      "Communication", "30", NULL};
  static const char *const below[] = {"", "From", "To", "A", "-5,000", "9,000", NULL};
  static const struct {
    const char *type;
    const char *const *cells;
    size_t columns;
  } charts[] = {{"bar", hours, 2},  {"bar", pay, 4},    {"line", hours, 2},
                {"line", pay, 4}, {"range", pay, 4}, {"range", below, 3}};
  for (int points = 8; points <= 28; points++)
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++)
      check_labels(rig, make_chart(rig, charts[i].type, charts[i].cells, charts[i].columns),
                   charts[i].type, MPT_POINTS(1) * points);
}

/* How far a row's bar goes to the right of zero: of a figure below zero, not at all. */
static mpt bar_length(struct rig *rig, const char *figure) {
  const char *const cells[] = {"Trade", "Change", "Welder", figure, "Baker", "5", NULL};
  const struct figure_drawing *drawing = draw(rig, make_chart(rig, "bar", cells, 2), 0, 0);
  mpt zero = drawing->shapes[drawing->shape_count - 1].steps[0].x[2];
  for (size_t i = 0; i < drawing->shape_count; i++)
    if (drawing->shapes[i].fill == INK_SERIES_1) return drawing->shapes[i].steps[1].x[2] - zero;
  return 0;
}

static void check_signs(struct rig *rig) {
  static const char *const below[] = {"-5", "-$5", "$-5", "− €5", "–5", "－5", "-US$\u00A05"};
  for (size_t i = 0; i < sizeof below / sizeof *below; i++) CHECK(bar_length(rig, below[i]) <= 0);
  CHECK(bar_length(rig, "$5") > 0 && bar_length(rig, "a low-cost 5") > 0);
  CHECK(bar_length(rig, "5 (of 10)") > 0 && bar_length(rig, "4.5 in May") > 0);
}

/* Figures of which a bar would lie, at their places. */
static void check_unlike(struct rig *rig) {
  static const char *const cells[][2] = {
      {"1.5M", "800K"},   {"5", "3 万"},      {"$5", "¥5"},         {"1 million", "900,000"},
      {"5", "10–20"},     {"5", "3/4"},       {"5", "1:30"},        {"5", "1e6"},
      {"15K", "20K–30K"}, {"5", "(5)"},       {"￥5", "€5"},
      {"5", "$10 – $20"}, {"5", "8 h–10 h"},  {"5", "3 / 4"},       {"5", "10–≥20"},
      {"5", "$3K/$4K"},   {"5", "10–USD 20"}, {"5", "3 × 10^6"}, {"5", "(5 (2024))"},
      {"$1.5m", "$0.8"},  {"800", "USD 1.5m"}, {"1.5m EUR", "800"}, {"1.5M€", "800K€"},
      {"3 m", "80 cm"},   {"$800,000", "1.5m"}, {"150万人", "80"}};
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    const char *const rows[] = {"A", "B", "x", cells[i][0], "y", cells[i][1], NULL};
    CHECK(draw(rig, make_chart(rig, "bar", rows, 2), 0, 0) == NULL);
  }
  static const char *const alike[] = {"A", "B",     "C",          "x",   "1.5M", "0",
                                      "y", "2\u00A0million", "$3 m", NULL};
  CHECK(draw(rig, make_chart(rig, "bar", alike, 3), 0, 0) != NULL);
  static const char *const turned[] = {"A", "From", "To", "x", "9", "5", NULL};
  CHECK(draw(rig, make_chart(rig, "range", turned, 3), 0, 0) == NULL);
  CHECK(draw(rig, make_chart(rig, "bar", turned, 3), 0, 0) != NULL);
}

/* Figures whose unit, or what is said of them, has a number of its own. */
static void check_sound(struct rig *rig) {
  static const char *const cells[] = {"12 µg/m3", "12 g/100 g", "8 h/24 h",
                                      "3 d/7",    "12: WHO 10", "5 – see note 3", "(ca.) 5 (2024)"};
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    const char *const rows[] = {"A", "B", "x", "5", "y", cells[i], NULL};
    CHECK(draw(rig, make_chart(rig, "bar", rows, 2), 0, 0) != NULL);
  }
}

/* Metres, and words that begin as those of millions do, multiply nothing. */
static void check_metres(struct rig *rig) {
  static const char *const cells[][2] = {
      {"1.5 m²", "0.8"}, {"5 m", "12"}, {"5 m", "3 m"}, {"5 Männer", "8 Frauen"}, {"80 cm", "75"}};
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    const char *const rows[] = {"A", "B", "x", cells[i][0], "y", cells[i][1], NULL};
    CHECK(draw(rig, make_chart(rig, "bar", rows, 2), 0, 0) != NULL);
  }
}

/* Figures beside each other stand at their points, or none does. */
static void check_crowded(struct rig *rig) {
  static const char *const few[] = {"Month", "Pay", "May", "120,000", "June", "121,000", NULL};
  static const char *const many[] = {"Month",   "Pay", "1",       "120,000", "2",       "121,000",
                                     "3",       "122,000", "4",   "123,000", "5",       "124,000",
                                     "6",       "125,000", "7",   "126,000", "8",       "127,000",
                                     "9",       "128,000", "10",  "129,000", NULL};
  CHECK(has_label(draw(rig, make_chart(rig, "line", few, 2), 0, 0), "121,000"));
  CHECK(!has_label(draw(rig, make_chart(rig, "line", many, 2), 0, 0), "121,000"));
}

/* Between what is above zero and what is below stands the axis. */
static void check_axis(struct rig *rig) {
  static const char *const cells[] = {"Year", "Change", "2025", "-5", "2026", "5", NULL};
  const struct figure_drawing *drawing = draw(rig, make_chart(rig, "line", cells, 2), 0, 0);
  mpt top = drawing->height, bottom = 0, axis = 0;
  for (size_t i = 0; i < drawing->shape_count; i++) {
    mpt y = drawing->shapes[i].steps[0].y[2];
    if (drawing->shapes[i].stroke == INK_TEXT) axis = y;
    if (drawing->shapes[i].stroke == INK_RULE && y < top) top = y;
    if (drawing->shapes[i].stroke == INK_RULE && y > bottom) bottom = y;
  }
  CHECK(axis > top + 1000 && axis < bottom - 1000);
}

/* A long name loses nothing of its own, nor of its translation. */
static void check_long_names(struct rig *rig) {
  static const char *const cells[] = {
      "Trade", "Pay", "one two three four five six seven eight nine ten eleven twelve thirteen "
      "fourteen fifteen sixteen seventeen eighteen nineteen twenty and on and on and on and on and "
      "on and on and on and on and on and on and on and on and on and on and on and on and so on "
      "to the end", "5", NULL};
  struct node *chart = make_chart(rig, "bar", cells, 2);
  struct node *cell = chart->first->last->first;
  struct node *variant = add(rig, cell, NODE_VARIANT);
  variant->language = "zh-Hans";
  add(rig, variant, NODE_TEXT)->text = "很长";
  const struct figure_drawing *drawing = draw(rig, chart, 0, 0);
  CHECK(drawing && has_label(drawing, "很长"));
}

static void check_mistakes(struct rig *rig) {
  static const char *const words[] = {"Trade", "Pay", "Welder", "a lot", NULL};
  static const char *const large[] = {"Trade", "Pay", "Welder", "1,000,000,000,000,001", NULL};
  CHECK(draw(rig, make_chart(rig, "bar", words, 2), 0, 0) == NULL);
  CHECK(draw(rig, make_chart(rig, "bar", large, 2), 0, 0) == NULL);
  CHECK(draw(rig, make_chart(rig, "bar", words, 2)->first->parent, 0, 0) == NULL);
  messages_flush(rig->messages);
  fflush(rig->stream);
  CHECK(strstr(rig->said, "'a lot' in a chart's table is not a figure [chart-figure]") != NULL);
  CHECK(strstr(rig->said, "'1,000,000,000,000,001' is too large for a chart [chart-figure]") != NULL);
}

/* What is quoted is the author's, not what the edition has made of it. */
static void check_quoted(struct rig *rig) {
  static const char *const cells[] = {"Trade", "Pay", "Welder", "1.5M", "Baker", "$800", NULL};
  struct node *chart = make_chart(rig, "bar", cells, 2);
  node_set_attribute(rig->arena, chart->first->last->last, "value", "800", nowhere);
  CHECK(draw(rig, chart, 0, 0) == NULL);
  messages_flush(rig->messages);
  fflush(rig->stream);
  CHECK(strstr(rig->said, "'800' counts otherwise than '1.5M' in the same chart") != NULL);
}

static void check_scales(void) {
  static const struct {
    double least, most, step, to;
  } wanted[] = {
      {0, 220, 50, 250}, {0, 1, 0.2, 1}, {0, 6000, 2000, 6000}, {-3, 7, 2, 8}, {0, 0, 0.2, 0.2},
      {0, 2.5e-6, 5e-7, 2.5e-6}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    struct chart_scale scale = chart_scale_of(wanted[i].least, wanted[i].most, 5);
    CHECK(scale.step > wanted[i].step * 0.999 && scale.step < wanted[i].step * 1.001);
    CHECK(scale.to > wanted[i].to * 0.999 && scale.to < wanted[i].to * 1.001);
    CHECK(scale.from <= wanted[i].least);
    CHECK(scale.decimals == (wanted[i].step < 1e-6 ? 7 : wanted[i].step < 1));
  }
}

static bool same_code(const struct figure_drawing *one, const struct figure_drawing *other) {
  return one && other && one->width == other->width &&
         one->shapes[0].step_count == other->shapes[0].step_count &&
         memcmp(one->shapes[0].steps, other->shapes[0].steps,
                one->shapes[0].step_count * sizeof *one->shapes[0].steps) == 0;
}

/* What is kept is the same as what is made, and each text has its own. */
static void check_kept_codes(struct rig *rig) {
  struct keeper *codes = keeper_new();
  const struct figure_drawing *drawn[3][3];
  static const char *const texts[] = {"https://example.org/1", "https://example.org/2",
                                      "https://example.org/a-longer-address-of-more-modules"};
  for (size_t k = 0; k < 3; k++)
    for (size_t i = 0; i < 3; i++)
      drawn[k][i] =
          figure_qr(rig->arena, k ? codes : NULL, texts[i], 1000, &nowhere, rig->messages);
  for (size_t i = 0; i < 3; i++)
    CHECK(same_code(drawn[0][i], drawn[1][i]) && same_code(drawn[0][i], drawn[2][i]));
  CHECK(!same_code(drawn[2][0], drawn[2][1]) && !same_code(drawn[2][0], drawn[2][2]));
  keeper_free(codes);
}

static void check_codes(struct rig *rig) {
  const struct figure_drawing *code =
      figure_qr(rig->arena, NULL, "https://example.org", 1000, &nowhere, rig->messages);
  CHECK(code && code->width == (25 + 8) * 1000 && code->height == code->width);
  mpt least = code->width;
  for (size_t k = 0; k < code->shapes[0].step_count; k++)
    if (code->shapes[0].steps[k].kind == PATH_MOVE && code->shapes[0].steps[k].x[2] < least)
      least = code->shapes[0].steps[k].x[2];
  CHECK(least == 4000);
  char *endless = arena_alloc(rig->arena, 4001);
  memset(endless, 'x', 4000);
  CHECK(figure_qr(rig->arena, NULL, endless, 1000, &nowhere, rig->messages) == NULL);
}

int main(void) {
  struct rig rig = {.arena = arena_new()};
  struct page_sample sample;
  sample_make(&sample, 1, 1);
  struct reader *reader = reader_new_anonymous(&sample.guide);
  rig.stream = open_memstream(&rig.said, &rig.size);
  rig.messages = messages_new(rig.stream, MESSAGES_HUMAN, false);
  rig.edition = edition_new(&sample.guide, reader, rig.messages);
  check_kinds(&rig);
  check_units(&rig);
  check_multiples(&rig);
  check_parts(&rig);
  check_sizes(&rig);
  check_signs(&rig);
  check_unlike(&rig);
  check_sound(&rig);
  check_metres(&rig);
  check_crowded(&rig);
  check_axis(&rig);
  check_long_names(&rig);
  check_mistakes(&rig);
  check_quoted(&rig);
  check_scales();
  check_codes(&rig);
  check_kept_codes(&rig);
  edition_free(rig.edition);
  reader_free(reader);
  sample_free(&sample);
  messages_free(rig.messages);
  fclose(rig.stream);
  free(rig.said);
  arena_free(rig.arena);
  return check_summary();
}

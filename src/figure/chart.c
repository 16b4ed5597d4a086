/* The kinds of charts. */
#include "figure/drawing.h"

#include <string.h>

static const struct {
  const char *name;
  chart_drawer *draw;
} types[] = {
    {"bar", chart_draw_bars},
    {"line", chart_draw_lines},
    {"range", chart_draw_ranges},
};

/* Bars where none is said; guides have no other types. */
static chart_drawer *type_of(const struct node *chart) {
  const char *wanted = node_attribute(chart, "type");
  for (size_t i = 0; wanted && i < sizeof types / sizeof *types; i++)
    if (strcmp(types[i].name, wanted) == 0) return types[i].draw;
  return chart_draw_bars;
}

/* From the least to the most in each row. */
static bool check_order(const struct chart_data *data, struct messages *messages) {
  bool good = true;
  for (size_t i = 0; i < data->category_count; i++) {
    const struct chart_value *least = NULL;
    for (size_t k = 0; k < data->series_count; k++) {
      const struct chart_value *value = &data->values[i][k];
      if (!value->given) continue;
      if (least && value->number < least->number) {
        message_error(messages, &value->cell->place, "chart-figure",
                      "'%s' is less than '%s' before it: a range goes from the least to the most",
                      value->text, least->text);
        good = false;
      }
      least = value;
    }
  }
  return good;
}

static bool read_chart(struct chart_data *data, struct arena *arena, const struct node *chart,
                       struct messages *messages) {
  if (!chart_data_read(data, arena, chart, messages)) return false;
  bool has_ends = data->series_count == 2 || data->series_count == 3;
  if (type_of(chart) != chart_draw_ranges) return true;
  if (data->is_undecided || has_ends) return check_order(data, messages);
  message_error(messages, &chart->place, "chart-table",
                "a range has two columns of figures, from and to, or three with a middle between");
  return false;
}

const char *chart_tick(const struct chart_data *data, const struct chart_scale *scale,
                       double number) {
  const char *given = node_attribute_in(data->chart, "unit", data->language);
  const char *unit = edition_unit(data->edition, data->chart, data->language);
  double multiple = chart_multiple(data, given, given && !unit);
  int decimals = scale->decimals;
  for (double left = multiple; left > 1 && decimals > 0; left /= 10) decimals--;
  const char *figure =
      edition_figure(data->edition, data->chart, data->language, number * multiple, decimals);
  bool last = number > scale->to - scale->step / 2;
  return unit && last ? arena_printf(data->edition->arena, "%s\xC2\xA0%s", figure, unit) : figure;
}

const struct figure_drawing *figure_chart(struct arena *arena, const struct edition *edition,
                                          const struct node *chart,
                                          const struct figure_space *space,
                                          struct messages *messages) {
  struct chart_data data;
  if (!read_chart(&data, arena, chart, messages)) return NULL;
  if (!data.language) data.language = edition->languages[0];
  data.edition = edition;
  data.first = space->first;
  data.height = space->height;
  struct drawing drawing = {.arena = arena, .size = space->size};
  return type_of(chart)(&drawing, &data, space->width);
}

/* --- for every reader -------------------------------------------------------------- */

static void check_code(struct arena *arena, const struct node *code, struct messages *messages) {
  for (const struct node *variant = code->first; variant; variant = variant->next)
    if (variant->target) figure_qr(arena, NULL, variant->target, 1, &variant->place, messages);
  figure_qr(arena, NULL, code->target, 1, &code->place, messages);
}

void figures_check(const struct guide *guide, struct messages *messages) {
  struct arena *arena = arena_new();
  struct chart_data data;
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (walk.node->kind == NODE_CHART) read_chart(&data, arena, walk.node, messages);
    if (walk.node->kind == NODE_QR) check_code(arena, walk.node, messages);
  }
  arena_free(arena);
}

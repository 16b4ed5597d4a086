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

static chart_drawer *find_type(const struct node *chart, struct messages *messages) {
  const char *wanted = node_attribute(chart, "type");
  const char *names[sizeof types / sizeof *types];
  if (!wanted) return chart_draw_bars;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (strcmp(types[i].name, wanted) == 0) return types[i].draw;
    names[i] = types[i].name;
  }
  message_error(messages, &chart->place, "chart-type", "no chart is called '%s'", wanted);
  const char *near = message_nearest(wanted, names, sizeof names / sizeof *names);
  if (near) message_hint(messages, "did you mean '%s'?", near);
  else message_hint(messages, "charts are 'bar', 'line' and 'range'");
  return NULL;
}

const char *chart_tick(const struct chart_data *data, const struct chart_scale *scale,
                       double number) {
  const char *figure =
      edition_figure(data->edition, data->chart, data->language, number, scale->decimals);
  const char *unit = edition_unit(data->edition, data->chart, data->language);
  bool last = number > scale->to - scale->step / 2;
  return unit && last ? arena_printf(data->edition->arena, "%s\xC2\xA0%s", figure, unit) : figure;
}

const struct figure_drawing *figure_chart(struct arena *arena, const struct edition *edition,
                                          const struct node *chart,
                                          const struct figure_space *space,
                                          struct messages *messages) {
  chart_drawer *draw = find_type(chart, messages);
  struct chart_data data;
  if (!draw || !chart_data_read(&data, arena, chart, messages)) return NULL;
  if (!data.language) data.language = edition->languages[0];
  data.edition = edition;
  data.first = space->first;
  data.height = space->height;
  struct drawing drawing = {.arena = arena, .size = space->size};
  return draw(&drawing, &data, space->width);
}

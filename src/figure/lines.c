/* Lines: categories from left to right, figures upwards, a mark at each point. One
 * series has its figures at the points, where they do not meet. */
#include "figure/drawing.h"

struct plot {
  struct drawing *drawing;
  const struct chart_data *data;
  struct chart_scale scale;
  mpt left, right, top, bottom;
  bool has_figures; /* at the points */
};

static mpt y_of(const struct plot *plot, double value) {
  double part = (value - plot->scale.from) / (plot->scale.to - plot->scale.from);
  return plot->bottom - (mpt)((plot->bottom - plot->top) * part);
}

static mpt step_of(const struct plot *plot) {
  return (plot->right - plot->left) / (mpt)plot->data->category_count;
}

static mpt x_of(const struct plot *plot, size_t index) {
  return plot->left + step_of(plot) / 2 + step_of(plot) * (mpt)index;
}

static void draw_text(const struct plot *plot, const char *text, mpt x, mpt baseline,
                      enum figure_anchor anchor, enum figure_ink ink) {
  struct figure_label label = {.text = text,
                               .language = plot->data->language,
                               .x = x,
                               .baseline = baseline,
                               .size = plot->drawing->size,
                               .anchor = anchor,
                               .ink = ink};
  drawing_label(plot->drawing, &label);
}

static mpt ticks_width(struct drawing *drawing, const struct chart_data *data,
                       const struct chart_scale *scale) {
  mpt widest = 0;
  for (double v = scale->from; v <= scale->to + scale->step / 2; v += scale->step) {
    mpt width = label_width(chart_tick(data, scale, v), drawing->size);
    if (width > widest) widest = width;
  }
  return widest;
}

static void draw_grid(const struct plot *plot) {
  mpt size = plot->drawing->size;
  const struct chart_scale *scale = &plot->scale;
  for (double v = scale->from; v <= scale->to + scale->step / 2; v += scale->step) {
    mpt y = y_of(plot, v);
    drawing_line(plot->drawing, plot->left, y, plot->right, y, INK_RULE, size / 24);
    draw_text(plot, chart_tick(plot->data, scale, v), plot->left - size / 2,
              y + size * 36 / 100, ANCHOR_END, INK_MUTED);
  }
  mpt zero = y_of(plot, 0);
  drawing_line(plot->drawing, plot->left, zero, plot->right, zero, INK_TEXT, size / 12);
}

/* A gap in the figures is a gap in the line. */
static void draw_series(const struct plot *plot, size_t series) {
  const struct chart_data *data = plot->data;
  mpt size = plot->drawing->size;
  enum figure_ink ink = INK_SERIES_1 + (enum figure_ink)series;
  for (size_t i = 0; i + 1 < data->category_count; i++) {
    const struct chart_value *from = &data->values[i][series], *to = &data->values[i + 1][series];
    if (from->given && to->given)
      drawing_line(plot->drawing, x_of(plot, i), y_of(plot, from->number), x_of(plot, i + 1),
                   y_of(plot, to->number), ink, size / 6);
  }
  for (size_t i = 0; i < data->category_count; i++) {
    const struct chart_value *value = &data->values[i][series];
    if (!value->given) continue;
    mpt x = x_of(plot, i), y = y_of(plot, value->number);
    drawing_mark(plot->drawing, series, x, y, size * 4 / 10);
    if (plot->has_figures)
      draw_text(plot, value->text, x, y - size * 7 / 10, ANCHOR_MIDDLE, INK_TEXT);
  }
}

/* Neither of two neighbours stands on the other. */
static bool figures_fit(const struct plot *plot) {
  const struct chart_data *data = plot->data;
  mpt size = plot->drawing->size;
  for (size_t i = 0; i + 1 < data->category_count; i++) {
    const struct chart_value *one = &data->values[i][0], *other = &data->values[i + 1][0];
    if (!one->given || !other->given) continue;
    mpt apart = y_of(plot, one->number) - y_of(plot, other->number);
    mpt widths = label_width(one->text, size) + label_width(other->text, size);
    if (widths / 2 > step_of(plot) && apart < size && apart > -size) return false;
  }
  return true;
}

/* Names below the points, and at the very foot what they are: "Hours a week". */
static void draw_names(const struct plot *plot, mpt foot) {
  const struct chart_name *corner = &plot->data->corner;
  mpt room = step_of(plot) * 95 / 100, width = plot->right - plot->left;
  for (size_t i = 0; i < plot->data->category_count; i++)
    chart_draw_name(plot->drawing, &plot->data->categories[i], room, x_of(plot, i),
                    plot->bottom + plot->drawing->size / 2, ANCHOR_MIDDLE);
  mpt top = foot - chart_name_height(plot->drawing, corner, width);
  chart_draw_name(plot->drawing, corner, width, plot->left + width / 2, top, ANCHOR_MIDDLE);
}

static mpt names_height(const struct plot *plot) {
  mpt size = plot->drawing->size, room = step_of(plot) * 95 / 100, tallest = 0;
  for (size_t i = 0; i < plot->data->category_count; i++) {
    mpt height = chart_name_height(plot->drawing, &plot->data->categories[i], room);
    if (height > tallest) tallest = height;
  }
  return tallest + size * 3 / 2 +
         chart_name_height(plot->drawing, &plot->data->corner, plot->right - plot->left);
}

/* Names that have no room below their points have it beside bars. */
static bool names_fit(const struct plot *plot) {
  for (size_t i = 0; i < plot->data->category_count; i++)
    if (chart_name_least(&plot->data->categories[i], plot->drawing->size) > step_of(plot))
      return false;
  return true;
}

const struct figure_drawing *chart_draw_lines(struct drawing *drawing,
                                              const struct chart_data *data, mpt width) {
  struct plot plot = {.drawing = drawing, .data = data};
  mpt size = drawing->size;
  plot.scale = chart_scale_of(data->least, data->most, 5);
  plot.left = ticks_width(drawing, data, &plot.scale) + size;
  plot.right = width - size;
  if (!names_fit(&plot)) return chart_draw_bars(drawing, data, width);
  plot.top = chart_draw_key(drawing, data, plot.left, width - plot.left, true) + size;
  mpt high = (plot.right - plot.left) * 45 / 100, names = names_height(&plot);
  if (data->height && plot.top + high + names > data->height)
    high = data->height - plot.top - names;
  if (high < size * 4) high = size * 4;
  plot.bottom = plot.top + high;
  plot.has_figures = data->series_count == 1 && figures_fit(&plot);
  draw_grid(&plot);
  for (size_t i = 0; i < data->series_count; i++) draw_series(&plot, i);
  draw_names(&plot, plot.bottom + names);
  return drawing_take(drawing, width, plot.bottom + names);
}

/* Bars and ranges: a row for each category, the figures along a level axis.
 *
 *   Programming    ████████████ 150
 *   编程
 *   Models         ██████████████████ 220      low ├────◆────┤ high
 *                  0    50   100  150  200
 *
 * Rows, not columns: names of any length have their room beside the bars, and a
 * narrow page only shortens the bars. Where hardly an axis is left (large print on small
 * paper), names stand above their bars. */
#include "figure/drawing.h"

/* Names have this part of the width, and more only for a long word. */
#define NAMES_PERCENT 36
/* Names stand above where less is left for the axis. */
#define AXIS_PERCENT 34

struct rows {
  struct drawing *drawing;
  const struct chart_data *data;
  struct chart_scale scale;
  mpt width;       /* of the drawing */
  mpt names;       /* width of the names */
  mpt left, right; /* of the axis */
  mpt top;
  size_t grid;  /* the first of its lines among the drawing's shapes */
  size_t end;   /* of the rows that are drawn */
  bool above;   /* names stand above their bars */
  bool cramped; /* a range's figures have no room beside its ends */
};

static mpt x_of(const struct rows *rows, double value) {
  double part = (value - rows->scale.from) / (rows->scale.to - rows->scale.from);
  return rows->left + (mpt)((rows->right - rows->left) * part);
}

static void choose_scale(struct rows *rows, int ticks) {
  mpt size = rows->drawing->size;
  rows->scale = chart_scale_of(rows->data->least, rows->data->most, ticks);
  mpt first = label_width(chart_tick(rows->data, &rows->scale, rows->scale.from), size);
  mpt last = label_width(chart_tick(rows->data, &rows->scale, rows->scale.to), size);
  mpt beside = rows->above ? 0 : rows->names + size;
  rows->left = beside > first / 2 ? beside : first / 2;
  if (rows->right > rows->width - last / 2) rows->right = rows->width - last / 2;
}

static bool ticks_fit(const struct rows *rows) {
  mpt size = rows->drawing->size;
  mpt label = label_width(chart_tick(rows->data, &rows->scale, rows->scale.to), size);
  mpt first = label_width(chart_tick(rows->data, &rows->scale, rows->scale.from), size);
  if (first > label) label = first;
  double steps = (rows->scale.to - rows->scale.from) / rows->scale.step;
  return (rows->right - rows->left) / steps > label + (mpt)(size / 2);
}

/* The axis begins where the figures before the bars end, if a third of it is enough; else
 * the least stands above its bar and the most below. An axis that begins further to the
 * right moves its own end by nothing, and what stands between by a part. */
static void leave_room(struct rows *rows) {
  const struct chart_data *data = rows->data;
  mpt size = rows->drawing->size, lacks = 0, most = (rows->right - rows->left) / 3;
  mpt clear = rows->above ? 0 : rows->names + size;
  for (size_t i = 0; i < data->category_count; i++) {
    const struct chart_value *low = &data->values[i][0];
    if (!low->given) continue;
    mpt at = x_of(rows, low->number), beyond = rows->right - at;
    int64_t short_of = clear + size / 3 + label_width(low->text, size) - at;
    int64_t moves = beyond > 0 ? short_of * (rows->right - rows->left) / beyond : INT32_MAX;
    if (moves > lacks) lacks = moves < INT32_MAX ? (mpt)moves : INT32_MAX;
  }
  rows->cramped = lacks > most;
  if (!rows->cramped) rows->left += lacks;
}

/* With as many ticks as their figures have room for. */
static void choose_axis(struct rows *rows, mpt figures, bool ranges) {
  for (int ticks = 5; ticks > 0; ticks--) {
    rows->right = rows->width - figures - rows->drawing->size / 2;
    choose_scale(rows, ticks);
    if (ranges) leave_room(rows);
    if (ticks_fit(rows)) break;
  }
}

static mpt widest_figure(const struct chart_data *data, mpt size) {
  mpt widest = 0;
  for (size_t i = 0; i < data->category_count; i++) {
    for (size_t k = 0; k < data->series_count; k++) {
      const struct chart_value *value = &data->values[i][k];
      mpt width = value->given ? label_width(value->text, size) : 0;
      if (width > widest) widest = width;
    }
  }
  return widest;
}

static struct rows rows_of(struct drawing *drawing, const struct chart_data *data, mpt width,
                           bool ranges) {
  struct rows rows = {.drawing = drawing, .data = data, .width = width};
  mpt size = drawing->size, widest = 0, least = 0, most = width * NAMES_PERCENT / 100;
  for (size_t i = 0; i < data->category_count; i++) {
    mpt name = chart_name_width(&data->categories[i], size);
    mpt word = chart_name_least(&data->categories[i], size);
    if (name > widest) widest = name;
    if (word > least) least = word;
  }
  if (least > most) most = least < width / 2 ? least : width / 2;
  rows.names = widest < most ? widest : most;
  mpt figures = widest_figure(data, size);
  choose_axis(&rows, figures, ranges);
  rows.above = rows.right - rows.left < width * AXIS_PERCENT / 100 || !ticks_fit(&rows);
  if (!rows.above) return rows;
  choose_axis(&rows, figures, ranges);
  rows.names = width - rows.left - size / 3;
  return rows;
}

/* Light lines at the round figures, drawn before the bars; their figures below. */
static void draw_grid(struct rows *rows, mpt bottom) {
  struct drawing *drawing = rows->drawing;
  double half = rows->scale.step / 2;
  rows->grid = drawing->shape_count;
  for (double v = rows->scale.from; v <= rows->scale.to + half; v += rows->scale.step) {
    mpt x = x_of(rows, v);
    drawing_line(drawing, x, rows->top, x, bottom, INK_RULE, drawing->size / 24);
    struct figure_label label = {.text = chart_tick(rows->data, &rows->scale, v),
                                 .language = rows->data->language,
                                 .x = x,
                                 .baseline = bottom + drawing->size * 12 / 10,
                                 .size = drawing->size,
                                 .anchor = ANCHOR_MIDDLE,
                                 .ink = INK_MUTED};
    drawing_label(drawing, &label);
  }
}

/* The figures below the axis. */
static mpt axis_height(const struct drawing *drawing) {
  return drawing->size * 16 / 10;
}

static mpt row_height(const struct rows *rows, size_t index, mpt content) {
  mpt name = chart_name_height(rows->drawing, &rows->data->categories[index], rows->names);
  if (rows->above) return name + content;
  return name > content ? name : content;
}

/* The rows from the first that fit, one at least, and their height. */
static mpt choose_rows(struct rows *rows, mpt content, mpt gap) {
  const struct chart_data *data = rows->data;
  mpt room = data->height - rows->top - axis_height(rows->drawing), height = gap / 2;
  rows->end = data->first;
  while (rows->end < data->category_count) {
    mpt more = row_height(rows, rows->end, content) + gap;
    if (data->height && rows->end > data->first && height + more > room) break;
    height += more;
    rows->end++;
  }
  return height;
}

static const struct figure_drawing *take(const struct rows *rows, mpt width, mpt bottom) {
  struct figure_drawing *drawing =
      drawing_take(rows->drawing, width, bottom + axis_height(rows->drawing));
  drawing->next = rows->end < rows->data->category_count ? rows->end : 0;
  return drawing;
}

/* Lines of the grid do not cross what is written there. They are cut, not painted over: the
 * ground of a book is the reader's to choose. */
static void clear_grid(const struct rows *rows, mpt left, mpt right, mpt top, mpt bottom) {
  const struct chart_scale *scale = &rows->scale;
  size_t line = rows->grid;
  for (double v = scale->from; v <= scale->to + scale->step / 2; v += scale->step, line++)
    if (x_of(rows, v) > left && x_of(rows, v) < right)
      drawing_leave_gap(rows->drawing, line, top, bottom);
}

/* Returns where the bars begin. */
static mpt draw_row_name(const struct rows *rows, size_t index, mpt top, mpt content) {
  const struct chart_name *name = &rows->data->categories[index];
  mpt own = chart_name_height(rows->drawing, name, rows->names);
  if (rows->above) {
    mpt left = rows->left + rows->drawing->size / 3;
    clear_grid(rows, left, left + chart_name_width(name, rows->drawing->size), top, top + own);
    chart_draw_name(rows->drawing, name, rows->names, left, top, ANCHOR_START);
    return top + own;
  }
  mpt height = row_height(rows, index, content);
  chart_draw_name(rows->drawing, name, rows->names, rows->names, top + (height - own) / 2,
                  ANCHOR_END);
  return top + (height - content) / 2;
}

static void draw_figure(const struct rows *rows, const struct chart_value *value, mpt x,
                        mpt baseline, enum figure_anchor anchor) {
  mpt size = rows->drawing->size, width = label_width(value->text, size);
  mpt left = anchor == ANCHOR_START ? x : anchor == ANCHOR_END ? x - width : x - width / 2;
  clear_grid(rows, left, left + width, baseline - size * 9 / 10, baseline + size / 5);
  struct figure_label label = {.text = value->text,
                               .language = rows->data->language,
                               .x = x,
                               .baseline = baseline,
                               .size = size,
                               .anchor = anchor,
                               .ink = INK_TEXT};
  drawing_label(rows->drawing, &label);
}

/* --- bars ------------------------------------------------------------------------- */

static void draw_bars(const struct rows *rows, size_t index, mpt top, mpt thick) {
  mpt size = rows->drawing->size;
  for (size_t k = 0; k < rows->data->series_count; k++) {
    const struct chart_value *value = &rows->data->values[index][k];
    if (!value->given) continue;
    mpt zero = x_of(rows, 0), end = x_of(rows, value->number), y = top + (mpt)k * thick;
    drawing_bar(rows->drawing, k, zero < end ? zero : end, y, zero < end ? end : zero, y + thick);
    draw_figure(rows, value, (zero < end ? end : zero) + size / 3, y + thick / 2 + size * 36 / 100,
                ANCHOR_START);
  }
}

const struct figure_drawing *chart_draw_bars(struct drawing *drawing, const struct chart_data *data,
                                             mpt width) {
  struct rows rows = rows_of(drawing, data, width, false);
  mpt thick = drawing->size * 12 / 10, gap = drawing->size * 6 / 10;
  mpt content = thick * (mpt)data->series_count;
  if (data->series_count > 1) rows.top = chart_draw_key(drawing, data, 0, width, false);
  mpt bottom = rows.top + choose_rows(&rows, content, gap), y = rows.top + gap / 2;
  draw_grid(&rows, bottom);
  for (size_t i = data->first; i < rows.end; i++) {
    draw_bars(&rows, i, draw_row_name(&rows, i, y, content), thick);
    y += row_height(&rows, i, content) + gap;
  }
  mpt zero = x_of(&rows, 0);
  drawing_line(drawing, zero, rows.top, zero, bottom, INK_TEXT, drawing->size / 12);
  return take(&rows, width, bottom);
}

/* --- ranges ----------------------------------------------------------------------- */

/* From least to most a bar, its middle a diamond; their figures beside the ends and above.
 * Where there is no room beside, the ends' figures stand above and below. */
static void draw_range(const struct rows *rows, size_t index, mpt top) {
  struct drawing *drawing = rows->drawing;
  const struct chart_value *values = rows->data->values[index];
  size_t last = rows->data->series_count - 1;
  mpt size = drawing->size, thick = size * 6 / 10, y = top + size * 15 / 10;
  if (!values[0].given || !values[last].given) return;
  mpt low = x_of(rows, values[0].number), high = x_of(rows, values[last].number);
  bool has_middle = last == 2 && values[1].given;
  mpt middle = has_middle ? x_of(rows, values[1].number) : 0;
  drawing_bar(drawing, 3, low, y, high, y + thick);
  if (has_middle) drawing_mark(drawing, 3, middle, y + thick / 2, size * 55 / 100);
  if (rows->cramped) {
    mpt first = label_width(values[0].text, size), second = label_width(values[last].text, size);
    if (low > rows->width - first) low = rows->width - first;
    if (high < rows->left + second) high = rows->left + second;
    draw_figure(rows, &values[0], low, y - size / 3, ANCHOR_START);
    if (last) draw_figure(rows, &values[last], high, y + thick + size * 11 / 10, ANCHOR_END);
    return;
  }
  mpt beside = y + thick / 2 + size * 36 / 100;
  draw_figure(rows, &values[0], low - size / 3, beside, ANCHOR_END);
  if (last) draw_figure(rows, &values[last], high + size / 3, beside, ANCHOR_START);
  if (has_middle) draw_figure(rows, &values[1], middle, y - size / 3, ANCHOR_MIDDLE);
}

const struct figure_drawing *chart_draw_ranges(struct drawing *drawing,
                                               const struct chart_data *data, mpt width) {
  struct rows rows = rows_of(drawing, data, width, true);
  mpt content = drawing->size * 24 / 10, gap = drawing->size * 8 / 10;
  if (rows.cramped) content += drawing->size;
  mpt bottom = choose_rows(&rows, content, gap), y = gap / 2;
  draw_grid(&rows, bottom);
  for (size_t i = data->first; i < rows.end; i++) {
    draw_range(&rows, i, draw_row_name(&rows, i, y, content));
    y += row_height(&rows, i, content) + gap;
  }
  return take(&rows, width, bottom);
}

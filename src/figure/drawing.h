/* Inside figure/ only: a drawing in the making, and a chart's data. */
#ifndef HANDOUT_FIGURE_DRAWING_H
#define HANDOUT_FIGURE_DRAWING_H

#include "figure/figure.h"

#define SERIES_LIMIT    6
#define CATEGORY_LIMIT  200
#define LABEL_LANGUAGES 16

struct drawing {
  struct arena *arena;
  mpt size; /* of labels */
  struct figure_shape *shapes;
  size_t shape_count, shape_capacity;
  struct figure_label *labels;
  size_t label_count, label_capacity;
};

/* The arrays are on the heap until drawing_take copies them to the arena. */
void drawing_shape(struct drawing *drawing, const struct path_step *steps, size_t count,
                   enum figure_ink fill, enum figure_ink stroke, mpt stroke_width);
void drawing_rectangle(struct drawing *drawing, mpt left, mpt top, mpt right, mpt bottom,
                       enum figure_ink fill, enum figure_ink stroke, mpt stroke_width);
void drawing_line(struct drawing *drawing, mpt x1, mpt y1, mpt x2, mpt y2, enum figure_ink stroke,
                  mpt width);
/* Takes what lies between `top` and `bottom` out of an upright line, drawn downwards as
 * shape number `shape`; a line of which nothing would be left stays. */
void drawing_leave_gap(struct drawing *drawing, size_t shape, mpt top, mpt bottom);
void drawing_label(struct drawing *drawing, const struct figure_label *label);
struct figure_drawing *drawing_take(struct drawing *drawing, mpt width, mpt height);

/* A bar of a series: filled, and hatched by the series' pattern. */
void drawing_bar(struct drawing *drawing, size_t series, mpt left, mpt top, mpt right, mpt bottom);
/* The mark of a series at a point: circle, square, triangle … */
void drawing_mark(struct drawing *drawing, size_t series, mpt x, mpt y, mpt radius);

/* About how wide a label will be: charts leave room by it, and a little more. */
mpt label_width(const char *text, mpt size);
mpt character_width(uint32_t codepoint, mpt size);

/* --- data ---------------------------------------------------------------------- */

/* A name in the edition's languages, one below the other. */
struct chart_name {
  const char *texts[LABEL_LANGUAGES];
  const char *languages[LABEL_LANGUAGES];
  size_t count;
};

struct chart_value {
  double number;
  const char *text; /* as the cell has it */
  const struct node *cell;
  bool given;
};

struct chart_data {
  const struct edition *edition;
  const struct node *chart;
  struct chart_name corner; /* head of the first column: what the categories are */
  struct chart_name series[SERIES_LIMIT];
  size_t series_count;
  struct chart_name *categories;
  struct chart_value (*values)[SERIES_LIMIT]; /* of each category */
  size_t category_count;
  size_t first; /* of the categories that this part begins with */
  mpt height;   /* of the part, at most; 0: any */
  double least, most;
  const struct chart_value *measured; /* the first figure that is not 0: all count as it does */
  const char *language; /* of the figures: the first variant's */
  bool is_undecided;    /* of a guide: readers have more rows, or none of these */
};

bool chart_data_read(struct chart_data *data, struct arena *arena, const struct node *chart,
                     struct messages *messages);

/* What ticks with this unit count for each one of the figures: 1000 of "800K", unless the unit
 * itself says so ("K", "million people"). */
double chart_multiple(const struct chart_data *data, const char *unit, bool money);

/* Round ticks from zero (or below) over the largest value, about `ticks` of them. */
struct chart_scale {
  double from, to, step;
  int decimals;
};
struct chart_scale chart_scale_of(double least, double most, int ticks);
/* What stands at a tick: the figure as the chart's language writes it; at the last the unit too. */
const char *chart_tick(const struct chart_data *data, const struct chart_scale *scale,
                       double number);

typedef const struct figure_drawing *chart_drawer(struct drawing *drawing,
                                                  const struct chart_data *data, mpt width);
chart_drawer chart_draw_bars, chart_draw_lines, chart_draw_ranges;

/* Names of the series, each with its sample; returns the height that they take. */
mpt chart_draw_key(struct drawing *drawing, const struct chart_data *data, mpt left, mpt width,
                   bool marks);
/* Draws a name's lines from `top` down, folded to `room`; and how high they are. */
void chart_draw_name(struct drawing *drawing, const struct chart_name *name, mpt room, mpt x,
                     mpt top, enum figure_anchor anchor);
/* The widest part of the name that cannot be folded. */
mpt chart_name_least(const struct chart_name *name, mpt size);
mpt chart_name_height(struct drawing *drawing, const struct chart_name *name, mpt room);
mpt chart_name_width(const struct chart_name *name, mpt size);

#endif

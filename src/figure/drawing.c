/* Shapes and labels, and what makes series differ without colour: hatching for
 * bars, marks for points. Hatching is lines cut at the bar's edges by us, so that
 * a backend needs neither patterns nor clipping. */
#include "figure/drawing.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A circle of radius 1 is four curves with their controls at this distance. */
#define CIRCLE 0.5523

void drawing_shape(struct drawing *drawing, const struct path_step *steps, size_t count,
                   enum figure_ink fill, enum figure_ink stroke, mpt stroke_width) {
  struct path_step *copy = arena_alloc_array(drawing->arena, count, sizeof *copy);
  memcpy(copy, steps, count * sizeof *copy);
  drawing->shapes = array_reserve(drawing->shapes, drawing->shape_count, &drawing->shape_capacity,
                                  sizeof *drawing->shapes);
  drawing->shapes[drawing->shape_count++] =
      (struct figure_shape){copy, count, fill, stroke, stroke_width};
}

void drawing_rectangle(struct drawing *drawing, mpt left, mpt top, mpt right, mpt bottom,
                       enum figure_ink fill, enum figure_ink stroke, mpt stroke_width) {
  const struct path_step steps[] = {
      path_to(PATH_MOVE, left, top),
      path_to(PATH_LINE, right, top),
      path_to(PATH_LINE, right, bottom),
      path_to(PATH_LINE, left, bottom),
      {.kind = PATH_CLOSE},
  };
  drawing_shape(drawing, steps, 5, fill, stroke, stroke_width);
}

void drawing_line(struct drawing *drawing, mpt x1, mpt y1, mpt x2, mpt y2, enum figure_ink stroke,
                  mpt width) {
  const struct path_step steps[] = {path_to(PATH_MOVE, x1, y1), path_to(PATH_LINE, x2, y2)};
  drawing_shape(drawing, steps, 2, INK_NONE, stroke, width);
}

void drawing_leave_gap(struct drawing *drawing, size_t shape, mpt top, mpt bottom) {
  struct figure_shape *line = &drawing->shapes[shape];
  struct path_step *steps = arena_alloc_array(drawing->arena, line->step_count + 2, sizeof *steps);
  size_t count = 0;
  for (size_t i = 0; i < line->step_count; i += 2) {
    mpt x = line->steps[i].x[2], from = line->steps[i].y[2], to = line->steps[i + 1].y[2];
    mpt ends[2][2] = {{from, to < top ? to : top}, {from > bottom ? from : bottom, to}};
    for (int part = 0; part < 2; part++) {
      if (ends[part][0] >= ends[part][1]) continue;
      steps[count++] = path_to(PATH_MOVE, x, ends[part][0]);
      steps[count++] = path_to(PATH_LINE, x, ends[part][1]);
    }
  }
  if (count) line->steps = steps, line->step_count = count;
}

void drawing_label(struct drawing *drawing, const struct figure_label *label) {
  drawing->labels = array_reserve(drawing->labels, drawing->label_count, &drawing->label_capacity,
                                  sizeof *drawing->labels);
  drawing->labels[drawing->label_count++] = *label;
}

struct figure_drawing *drawing_take(struct drawing *drawing, mpt width, mpt height) {
  struct figure_drawing *taken = arena_alloc(drawing->arena, sizeof *taken);
  struct figure_shape *shapes =
      arena_alloc_array(drawing->arena, drawing->shape_count, sizeof *shapes);
  struct figure_label *labels =
      arena_alloc_array(drawing->arena, drawing->label_count, sizeof *labels);
  if (drawing->shape_count) memcpy(shapes, drawing->shapes, drawing->shape_count * sizeof *shapes);
  if (drawing->label_count) memcpy(labels, drawing->labels, drawing->label_count * sizeof *labels);
  *taken = (struct figure_drawing){.width = width,
                                   .height = height,
                                   .shapes = shapes,
                                   .shape_count = drawing->shape_count,
                                   .labels = labels,
                                   .label_count = drawing->label_count};
  free(drawing->shapes);
  free(drawing->labels);
  *drawing = (struct drawing){0};
  return taken;
}

/* --- patterns -------------------------------------------------------------------- */

/* Each series has its own: none, then lines one way, the other way, level, upright,
 * crossed. */
struct pattern {
  bool rising, falling, level, upright;
};
static const struct pattern patterns[SERIES_LIMIT] = {
    {false, false, false, false}, {true, false, false, false}, {false, false, true, false},
    {false, true, false, false},  {false, false, false, true}, {true, true, false, false},
};

/* The part of the line x + slope·y = c that lies in the box. */
static void hatch_line(struct drawing *drawing, mpt left, mpt top, mpt right, mpt bottom, mpt c,
                       int slope, enum figure_ink ink) {
  mpt x1 = c - slope * top, y1 = top, x2 = c - slope * bottom, y2 = bottom;
  if (slope > 0) { /* x falls as y grows */
    if (x1 > right) x1 = right, y1 = c - right;
    if (x2 < left) x2 = left, y2 = c - left;
  } else {
    if (x1 < left) x1 = left, y1 = left - c;
    if (x2 > right) x2 = right, y2 = right - c;
  }
  if (y2 > y1) drawing_line(drawing, x1, y1, x2, y2, ink, drawing->size / 16);
}

static void hatch(struct drawing *drawing, const struct pattern *pattern, mpt left, mpt top,
                  mpt right, mpt bottom) {
  mpt pitch = drawing->size / 2, height = bottom - top;
  for (mpt c = left + top + pitch; pattern->rising && c < right + bottom; c += pitch)
    hatch_line(drawing, left, top, right, bottom, c, 1, INK_PAPER);
  for (mpt c = left - bottom + pitch; pattern->falling && c < right - top; c += pitch)
    hatch_line(drawing, left, top, right, bottom, c, -1, INK_PAPER);
  for (mpt y = top + height / 4; pattern->level && y < bottom; y += height / 4)
    drawing_line(drawing, left, y, right, y, INK_PAPER, drawing->size / 16);
  for (mpt x = left + pitch; pattern->upright && x < right; x += pitch)
    drawing_line(drawing, x, top, x, bottom, INK_PAPER, drawing->size / 16);
}

void drawing_bar(struct drawing *drawing, size_t series, mpt left, mpt top, mpt right, mpt bottom) {
  enum figure_ink ink = INK_SERIES_1 + (enum figure_ink)(series % SERIES_LIMIT);
  drawing_rectangle(drawing, left, top, right, bottom, ink, INK_NONE, 0);
  hatch(drawing, &patterns[series % SERIES_LIMIT], left, top, right, bottom);
  drawing_rectangle(drawing, left, top, right, bottom, INK_NONE, INK_TEXT, drawing->size / 20);
}

/* --- marks ----------------------------------------------------------------------- */

static void circle(struct drawing *drawing, mpt x, mpt y, mpt radius, enum figure_ink ink) {
  static const int turns[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
  struct path_step steps[6] = {path_to(PATH_MOVE, x, y - radius)};
  for (int i = 0; i < 4; i++) {
    const int *from = turns[i], *to = turns[(i + 1) % 4];
    struct path_step *step = &steps[i + 1];
    step->kind = PATH_CURVE;
    step->x[0] = x + (mpt)(radius * (from[0] + to[0] * CIRCLE));
    step->y[0] = y + (mpt)(radius * (from[1] + to[1] * CIRCLE));
    step->x[1] = x + (mpt)(radius * (to[0] + from[0] * CIRCLE));
    step->y[1] = y + (mpt)(radius * (to[1] + from[1] * CIRCLE));
    step->x[2] = x + radius * to[0];
    step->y[2] = y + radius * to[1];
  }
  steps[5].kind = PATH_CLOSE;
  drawing_shape(drawing, steps, 6, ink, INK_PAPER, drawing->size / 12);
}

/* Corners of the other marks, in parts of the radius per hundred. */
static const struct {
  size_t count;
  int x[4], y[4];
} corners[SERIES_LIMIT] = {
    {0, {0}, {0}},
    {4, {-90, 90, 90, -90}, {-90, -90, 90, 90}},
    {3, {0, 110, -110, 0}, {-110, 90, 90, 0}},
    {4, {0, 120, 0, -120}, {-120, 0, 120, 0}},
    {3, {-110, 110, 0, 0}, {-90, -90, 110, 0}},
    {4, {-50, 50, 50, -50}, {-130, -130, 130, 130}},
};

void drawing_mark(struct drawing *drawing, size_t series, mpt x, mpt y, mpt radius) {
  size_t kind = series % SERIES_LIMIT;
  enum figure_ink ink = INK_SERIES_1 + (enum figure_ink)kind;
  size_t count = corners[kind].count;
  if (!count) {
    circle(drawing, x, y, radius, ink);
    return;
  }
  struct path_step steps[5];
  for (size_t i = 0; i < count; i++)
    steps[i] = path_to(i ? PATH_LINE : PATH_MOVE, x + radius * corners[kind].x[i] / 100,
                       y + radius * corners[kind].y[i] / 100);
  steps[count] = (struct path_step){.kind = PATH_CLOSE};
  drawing_shape(drawing, steps, count + 1, ink, INK_PAPER, drawing->size / 12);
}

/* --- text -------------------------------------------------------------------------- */

/* In thousandths of the size, a little more than the faces that themes name have. Quotes,
 * dashes and ellipses are as wide as a Han character in Chinese. */
mpt character_width(uint32_t c, mpt size) {
  int width = 600;
  if (c >= 0x2E80 || (c >= 0x2010 && c <= 0x2026)) width = 1000;
  else if (c < 0x80 && c && strchr("iIjl.,:;!|'` ", (int)c)) width = 340;
  else if (c < 0x80 && c && strchr("frt()[]-/\"*", (int)c)) width = 450;
  else if (c < 0x80 && c && strchr("mMwW@%", (int)c)) width = 950;
  else if (c >= 'A' && c <= 'Z') width = 720;
  return (mpt)((int64_t)size * width / 1000);
}

/* With the quarter of an em that is set between Han and what touches it (A15). */
mpt label_width(const char *text, mpt size) {
  mpt width = 0;
  size_t left = strlen(text), step;
  uint32_t last = ' ';
  for (const char *at = text; left; at += step, left -= step) {
    uint32_t c = utf8_decode(at, left, &step);
    bool touches = (c >= 0x2E80) != (last >= 0x2E80) && c != ' ' && last != ' ';
    width += character_width(c, size) + (touches ? size / 4 : 0);
    last = c;
  }
  return width;
}

/* Names beside bars and below points: in each language of the edition, one below
 * the other, each folded where it is wider than its room. */
#include "figure/drawing.h"

#include "base/utf8.h"

#include <string.h>

#define LINE_LIMIT   48
#define LINE_PERCENT 125

struct folded {
  struct figure_label lines[LINE_LIMIT];
  size_t count;
};

mpt chart_name_width(const struct chart_name *name, mpt size) {
  mpt widest = 0;
  for (size_t i = 0; i < name->count; i++) {
    mpt width = label_width(name->texts[i], size);
    if (width > widest) widest = width;
  }
  return widest;
}

mpt chart_name_least(const struct chart_name *name, mpt size) {
  mpt widest = 0;
  for (size_t i = 0; i < name->count; i++) {
    const char *text = name->texts[i];
    mpt word = 0;
    for (size_t left = strlen(text), step; left; text += step, left -= step) {
      uint32_t c = utf8_decode(text, left, &step);
      if (c == ' ' || c >= 0x2E80) word = 0;
      if (c != ' ') word += character_width(c, size);
      if (word > widest) widest = word;
    }
  }
  return widest;
}

/* Marks that no line begins with, and those that no line ends with (A3). */
static bool is_closing(uint32_t c) {
  return (c >= 0x3001 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011 && c % 2) || c == 0xFF01 ||
         c == 0xFF05 || c == 0xFF09 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}
static bool is_opening(uint32_t c) {
  return (c >= 0x3008 && c <= 0x3011 && c % 2 == 0) || c == 0xFF08;
}

/* Bytes of the text that go on one line: up to the last space or Han that fits, and
 * a whole word where not even that does. */
static size_t line_length(const char *text, mpt size, mpt room) {
  size_t left = strlen(text), at = 0, fits = 0;
  mpt width = 0;
  uint32_t last = 0;
  while (at < left) {
    size_t step;
    uint32_t c = utf8_decode(text + at, left - at, &step);
    bool beside_han = at && (c >= 0x2E80 || last >= 0x2E80);
    if (c == ' ' || (beside_han && !is_closing(c) && !is_opening(last))) fits = at;
    width += character_width(c, size);
    if (width > room && fits) return fits;
    last = c;
    at += step;
  }
  return at;
}

static void fold(struct drawing *drawing, const struct chart_name *name, mpt room,
                 struct folded *folded) {
  for (size_t i = 0; i < name->count; i++) {
    const char *text = name->texts[i];
    while (*text && folded->count < LINE_LIMIT) {
      size_t length =
          folded->count + 1 == LINE_LIMIT ? strlen(text) : line_length(text, drawing->size, room);
      folded->lines[folded->count++] =
          (struct figure_label){.text = arena_strndup(drawing->arena, text, length),
                                .language = name->languages[i],
                                .size = drawing->size,
                                .ink = i ? INK_MUTED : INK_TEXT};
      text += length;
      text += strspn(text, " ");
    }
  }
}

mpt chart_name_height(struct drawing *drawing, const struct chart_name *name, mpt room) {
  struct folded folded = {.count = 0};
  fold(drawing, name, room, &folded);
  return (mpt)folded.count * drawing->size * LINE_PERCENT / 100;
}

void chart_draw_name(struct drawing *drawing, const struct chart_name *name, mpt room, mpt x,
                     mpt top, enum figure_anchor anchor) {
  struct folded folded = {.count = 0};
  fold(drawing, name, room, &folded);
  for (size_t i = 0; i < folded.count; i++) {
    struct figure_label *line = &folded.lines[i];
    line->x = x;
    line->baseline = top + drawing->size * 95 / 100 + (mpt)i * drawing->size * LINE_PERCENT / 100;
    line->anchor = anchor;
    drawing_label(drawing, line);
  }
}

/* --- the key ------------------------------------------------------------------------ */

/* A sample, then the names of a series, one below the other: sample and gaps beside them. */
static mpt sample_width(mpt size) {
  return size * 21 / 10;
}

static void draw_entry(struct drawing *drawing, const struct chart_data *data, size_t series,
                       bool marks, mpt x, mpt top, mpt room) {
  mpt size = drawing->size, side = size * 8 / 10, middle = top + size * 6 / 10;
  if (marks) drawing_mark(drawing, series, x + side, middle, side / 2);
  else drawing_bar(drawing, series, x, middle - side / 2, x + side * 2, middle + side / 2);
  chart_draw_name(drawing, &data->series[series], room, x + sample_width(size), top, ANCHOR_START);
}

/* Entries stand side by side as far as there is room, then below. */
mpt chart_draw_key(struct drawing *drawing, const struct chart_data *data, mpt left, mpt width,
                   bool marks) {
  mpt size = drawing->size, x = left, top = 0, tallest = 0;
  for (size_t i = 0; i < data->series_count; i++) {
    mpt most = width - sample_width(size), name = chart_name_width(&data->series[i], size);
    if (name > most) name = most;
    if (x > left && x + sample_width(size) + name > left + width) {
      x = left;
      top += tallest + size / 4;
      tallest = 0;
    }
    draw_entry(drawing, data, i, marks, x, top, name);
    mpt height = chart_name_height(drawing, &data->series[i], name);
    if (height > tallest) tallest = height;
    x += sample_width(size) + name + size * 3 / 2;
  }
  return top + tallest + size / 2;
}

/* A chart's drawing as inline SVG: the same shapes and labels that the PDF has, with a
 * name and a description for those who do not see it; its table follows (C17).
 *
 * Text and lines take the colour of the text around, so that they can be read by day
 * and by night; only what series are filled with has colours of its own, outlined in
 * the colour of the text. They are attributes, not style, and stay without a sheet. */
#include "epub/markup.h"
#include "epub/writer.h"
#include "figure/figure.h"

#include <string.h>

#define SVG_NAME_SPACE "http://www.w3.org/2000/svg"

/* As wide as a phone's page, with labels of a size that can be read there. */
#define DRAWING_WIDTH MPT_POINTS(280)
#define LABEL_SIZE    MPT_POINTS(10)

struct ink {
  const char *paint;
  const char *opacity; /* or NULL */
  bool is_series;
};

/* Used where no theme says otherwise; they differ in lightness. */
static const struct ink inks[] = {
    [INK_TEXT] = {"currentColor", NULL, false},  [INK_MUTED] = {"currentColor", "0.8", false},
    [INK_RULE] = {"currentColor", "0.4", false}, [INK_PAPER] = {"#ffffff", NULL, false},
    [INK_SERIES_1] = {"#26313f", NULL, true},    [INK_SERIES_2] = {"#b5645a", NULL, true},
    [INK_SERIES_3] = {"#d9c7a3", NULL, true},    [INK_SERIES_4] = {"#6b8ba4", NULL, true},
    [INK_SERIES_5] = {"#8f8678", NULL, true},    [INK_SERIES_6] = {"#e6ddd0", NULL, true},
    [INK_COUNT] = {NULL, NULL, false},           [INK_NONE] = {"none", NULL, false},
};
_Static_assert(sizeof inks / sizeof *inks == INK_NONE + 1, "a paint for each ink");

struct drawing {
  struct book *book;
  struct markup *svg;
};

/* Points to two places, without zeros at the end; written from the end. */
static void put_number(struct buffer *out, mpt length) {
  char digits[16], *at = digits + sizeof digits;
  long long left = ((long long)length + (length < 0 ? -5 : 5)) / 10;
  bool below = left < 0;
  if (below) left = -left;
  int hundredths = (int)(left % 100);
  if (hundredths % 10) *--at = (char)('0' + hundredths % 10);
  if (hundredths) {
    *--at = (char)('0' + hundredths / 10);
    *--at = '.';
  }
  left /= 100;
  do *--at = (char)('0' + left % 10);
  while (left /= 10);
  if (below) *--at = '-';
  buffer_append(out, at, (size_t)(digits + sizeof digits - at));
}

static void set_length(struct markup *node, const char *name, mpt length) {
  struct buffer number = {0};
  put_number(&number, length);
  markup_set(node, name, buffer_take(&number, node->arena));
}

static void set_paint(struct drawing *drawing, struct markup *node, const char *property,
                      const char *opacity_property, enum figure_ink ink) {
  const struct theme *theme = drawing->book->options->theme;
  const char *paint = inks[ink].paint;
  if (inks[ink].is_series && theme)
    paint = arena_printf(drawing->book->arena, "#%06x",
                         (unsigned)theme->series[ink - INK_SERIES_1] & 0xFFFFFF);
  markup_set(node, property, paint);
  markup_set(node, opacity_property, inks[ink].opacity);
}

/* --- shapes and labels ------------------------------------------------------------------ */

static const struct {
  char letter;
  int points;
} steps[] = {
    [PATH_MOVE] = {'M', 1},
    [PATH_LINE] = {'L', 1},
    [PATH_CURVE] = {'C', 3},
    [PATH_CLOSE] = {'Z', 0},
};

static void put_step(struct buffer *out, const struct path_step *step) {
  buffer_append_byte(out, steps[step->kind].letter);
  for (int i = 3 - steps[step->kind].points; i < 3; i++) {
    put_number(out, step->x[i]);
    buffer_append_byte(out, ' ');
    put_number(out, step->y[i]);
    if (i < 2) buffer_append_byte(out, ' ');
  }
}

static void add_shape(struct drawing *drawing, const struct figure_shape *shape) {
  struct buffer data = {0};
  for (size_t i = 0; i < shape->step_count; i++) put_step(&data, &shape->steps[i]);
  struct markup *path = markup_add_block(drawing->svg, "path");
  markup_set(path, "d", buffer_take(&data, path->arena));
  set_paint(drawing, path, "fill", "fill-opacity", shape->fill);
  bool outlined = shape->stroke == INK_NONE && inks[shape->fill].is_series;
  enum figure_ink stroke = outlined ? INK_TEXT : shape->stroke;
  if (stroke == INK_NONE) return;
  set_paint(drawing, path, "stroke", "stroke-opacity", stroke);
  set_length(path, "stroke-width", outlined ? MPT_POINTS(1) / 2 : shape->stroke_width);
}

static const char *const anchors[] = {
    [ANCHOR_START] = "start",
    [ANCHOR_MIDDLE] = "middle",
    [ANCHOR_END] = "end",
};

static void add_label(struct drawing *drawing, const struct figure_label *label) {
  book_note_text(drawing->book, label->text, label->language, label->strong);
  struct markup *text = markup_add_text_element(drawing->svg, "text", label->text);
  set_length(text, "x", label->x);
  set_length(text, "y", label->baseline);
  set_length(text, "font-size", label->size);
  markup_set(text, "text-anchor", anchors[label->anchor]);
  if (label->strong) markup_set(text, "font-weight", "bold");
  set_paint(drawing, text, "fill", "fill-opacity", label->ink);
  const char *around = markup_language(drawing->svg);
  if (label->language && around && strcmp(label->language, around) != 0)
    markup_set_xml_language(text, label->language);
}

/* --- the whole ----------------------------------------------------------------------------- */

static const struct node *caption_of(const struct node *chart) {
  for (const struct node *child = chart->first; child; child = child->next)
    if (child->kind == NODE_CAPTION) return child;
  return NULL;
}

static void add_words(struct drawing *drawing, const char *element, struct words words,
                      const char *around) {
  struct markup *node = markup_add_text_element(drawing->svg, element, words.text);
  if (words.language && strcmp(words.language, around) != 0)
    markup_set_xml_language(node, words.language);
}

/* The chart's name is its caption; what it shows is said by `alt`, which is its name where it
 * has no caption, and in full by the table after it. */
static void describe(struct drawing *drawing, const struct node *chart, const char *language) {
  struct book *book = drawing->book;
  struct words alt = edition_alternative(book->edition, chart, language);
  const struct node *caption = caption_of(chart);
  const struct node *variant = caption ? node_variant(caption, language) : NULL;
  if (caption && !variant) variant = caption->first;
  if (variant) {
    struct words name = {.text = node_text(book->arena, variant), .language = variant->language};
    add_words(drawing, "title", name, language);
  }
  if (!alt.text) return;
  add_words(drawing, variant ? "desc" : "title", alt, language);
  book_note_text(book, alt.text, alt.language, false);
}

static struct markup *open_svg(struct drawing *drawing, struct markup *parent,
                               const struct figure_drawing *figure) {
  drawing->svg = markup_add_block(parent, "svg");
  markup_set(drawing->svg, "xmlns", SVG_NAME_SPACE);
  struct buffer box = {0};
  buffer_append_text(&box, "0 0 ");
  put_number(&box, figure->width);
  buffer_append_byte(&box, ' ');
  put_number(&box, figure->height);
  markup_set(drawing->svg, "viewBox", buffer_take(&box, drawing->svg->arena));
  markup_set(drawing->svg, "role", "img");
  markup_set(drawing->svg, "font-family", "sans-serif");
  return drawing->svg;
}

void chart_write(struct writer *writer, const struct node *chart) {
  struct book *book = writer->book;
  const struct figure_space space = {.width = DRAWING_WIDTH, .size = LABEL_SIZE};
  const struct figure_drawing *figure =
      figure_chart(book->arena, book->edition, chart, &space, book->messages);
  if (!figure) return;
  struct drawing drawing = {.book = book};
  const char *language = markup_language(writer->current);
  struct markup *svg = open_svg(&drawing, writer->current, figure);
  markup_set_xml_language(svg, language);
  describe(&drawing, chart, language);
  for (size_t i = 0; i < figure->shape_count; i++) add_shape(&drawing, &figure->shapes[i]);
  for (size_t i = 0; i < figure->label_count; i++) add_label(&drawing, &figure->labels[i]);
  writer->has_svg = true;
  book->has_figures = true;
}

void chart_write_source(struct writer *writer, const struct node *chart) {
  const struct edition *edition = writer->book->edition;
  const char *only = edition->mode == MODE_SEQUENTIAL ? node_language(chart) : NULL;
  for (size_t i = 0; i < edition->language_count; i++) {
    const char *language = edition->languages[i];
    bool other = only && strcmp(language, only) != 0;
    const char *text = other ? NULL : edition_source(edition, chart, language);
    if (!text) continue;
    struct markup *paragraph = markup_add_block(writer->current, "p");
    markup_set(paragraph, "class", "source");
    markup_set_language(paragraph, language);
    markup_add_text(paragraph, text, strlen(text));
    book_note_text(writer->book, text, language, false);
  }
}

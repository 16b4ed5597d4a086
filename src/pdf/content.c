/* A page is a row of marked stretches, side by side and never one in another:
 *
 *   /P <</MCID 0>> BDC  BT … ET  EMC  /Artifact BMC  … re f  EMC
 *
 * Text is placed by Td at each run's start and by the numbers of TJ within it. The
 * reader adds up widths as the font declares them; so do we, in thousandths of an em,
 * and a number is written where the sum is off the place that text/ gave the glyph.
 * Errors therefore never add up. Colours, fonts and line widths are kept from item to
 * item and written when they change. */
#include "pdf/content.h"

#include "pdf/syntax.h"

#include <stdlib.h>

#define NO_FONT UINT32_MAX

/* A place that is off by less than this is left: a thousandth of an em cannot be
 * seen, and every number costs bytes. */
#define TOLERANCE 1

struct pen {
  const struct page *page;
  size_t number;
  const struct fonts *fonts;
  struct images *images;
  struct structure *structure;
  struct buffer *out;

  bool marked;
  uint32_t element;
  bool in_text;
  mpt line_x, line_y; /* where the last Td was */
  uint32_t font;
  bool one_font;               /* shows the whole run at hand */
  const struct subset *subset; /* of the part at hand */
  mpt size, rise;
  int64_t fill, stroke; /* colours; -1: not set yet */
  mpt stroke_width, pitch;
};

/* --- marks --------------------------------------------------------------------------- */

static void end_text(struct pen *pen) {
  if (pen->in_text) buffer_append_text(pen->out, "ET\n");
  pen->in_text = false;
}

static void begin_text(struct pen *pen) {
  if (pen->in_text) return;
  buffer_append_text(pen->out, "BT\n");
  pen->in_text = true;
  pen->line_x = pen->line_y = 0;
}

static void end_mark(struct pen *pen) {
  end_text(pen);
  if (pen->marked) buffer_append_text(pen->out, "EMC\n");
  pen->marked = false;
}

static const char *artifact_mark(uint32_t element) {
  switch (element) {
  case ELEMENT_HEAD:
    return "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n";
  case ELEMENT_FOOT:
    return "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n";
  default:
    return "/Artifact BMC\n";
  }
}

static void mark(struct pen *pen, uint32_t element) {
  if (pen->marked && pen->element == element) return;
  end_mark(pen);
  if (element_is_artifact(element)) {
    buffer_append_text(pen->out, artifact_mark(element));
  } else {
    unsigned content = structure_mark(pen->structure, element, pen->number);
    buffer_printf(pen->out, "/%s<</MCID %u>>BDC\n", structure_role_name(pen->structure, element),
                  content);
  }
  pen->marked = true;
  pen->element = element;
}

/* --- what is kept from item to item ----------------------------------------------------- */

static void set_fill(struct pen *pen, rgb colour) {
  if (pen->fill == colour) return;
  put_colour(pen->out, colour);
  buffer_append_text(pen->out, " rg\n");
  pen->fill = colour;
}

/* A dotted line is one of dashes as long as it is wide. */
static void set_stroke(struct pen *pen, rgb colour, mpt width, mpt pitch) {
  if (pen->stroke != colour) {
    put_colour(pen->out, colour);
    buffer_append_text(pen->out, " RG\n");
    pen->stroke = colour;
  }
  if (pen->stroke_width == width && pen->pitch == pitch) return;
  put_length(pen->out, width);
  buffer_append_text(pen->out, " w ");
  if (pitch) {
    buffer_append_byte(pen->out, '[');
    put_length(pen->out, width);
    buffer_append_byte(pen->out, ' ');
    put_length(pen->out, pitch - width);
    buffer_append_text(pen->out, "]0 d\n");
  } else {
    buffer_append_text(pen->out, "[]0 d\n");
  }
  pen->stroke_width = width;
  pen->pitch = pitch;
}

static void set_font(struct pen *pen, uint32_t font, mpt size) {
  if (pen->font == font && pen->size == size) return;
  buffer_printf(pen->out, "/F%u ", font);
  put_length(pen->out, size);
  buffer_append_text(pen->out, " Tf\n");
  pen->font = font;
  pen->size = size;
}

static void set_rise(struct pen *pen, mpt rise) {
  if (pen->rise == rise) return;
  put_length(pen->out, rise);
  buffer_append_text(pen->out, " Ts\n");
  pen->rise = rise;
}

/* --- text --------------------------------------------------------------------------------- */

/* Codes that wait to be shown by one TJ. */
struct shown {
  struct buffer codes;
  struct buffer array; /* finished parts of the array */
  bool adjusted;
};

static void shown_end_string(struct shown *shown) {
  if (shown->codes.length == 0) return;
  put_bytes(&shown->array, shown->codes.data, shown->codes.length);
  buffer_clear(&shown->codes);
}

static void shown_adjust(struct shown *shown, int64_t thousandths) {
  shown_end_string(shown);
  put_integer(&shown->array, thousandths);
  shown->adjusted = true;
}

static void shown_flush(struct shown *shown, struct buffer *out) {
  shown_end_string(shown);
  if (shown->array.length > 0) {
    if (shown->adjusted) buffer_append_byte(out, '[');
    buffer_append(out, shown->array.data, shown->array.length);
    buffer_append_text(out, shown->adjusted ? "]TJ\n" : "Tj\n");
  }
  buffer_clear(&shown->array);
  shown->adjusted = false;
}

static int64_t divide(int64_t value, int64_t by) {
  return (value * 2 + (value < 0 ? -by : by)) / (by * 2);
}

static void move_to(struct pen *pen, mpt x, mpt y) {
  put_length(pen->out, (int64_t)x - pen->line_x);
  buffer_append_byte(pen->out, ' ');
  put_length(pen->out, (int64_t)y - pen->line_y);
  buffer_append_text(pen->out, " Td\n");
  pen->line_x = x;
  pen->line_y = y;
}

/* Before a part: the font that reads it right and its height. What waits is shown first. */
static void prepare_part(struct pen *pen, struct shown *shown, const struct part *part) {
  struct font_use use = fonts_find(pen->fonts, part);
  pen->subset = use.subset;
  if (use.resource == pen->font && part->run->size == pen->size) return;
  if (part->cluster.first_glyph + part->first > 0) pen->one_font = false;
  shown_flush(shown, pen->out);
  set_font(pen, use.resource, part->run->size);
}

static void show_glyph(struct pen *pen, struct shown *shown, const struct glyph_run *run,
                       uint32_t index, int64_t *at) {
  const struct glyph *glyph = &run->glyphs[index];
  mpt rise = glyph_rise(run, index);
  if (rise != pen->rise) {
    shown_flush(shown, pen->out);
    set_rise(pen, rise);
  }
  int64_t wanted = divide((int64_t)(glyph->x - run->glyphs[0].x) * 1000, run->size);
  int64_t off = *at - wanted;
  if (off > TOLERANCE || off < -TOLERANCE) {
    shown_adjust(shown, off);
    *at = wanted;
  }
  unsigned code = pen->subset->codes[glyph->id];
  buffer_append_byte(&shown->codes, (char)(code >> 8));
  buffer_append_byte(&shown->codes, (char)(code & 0xFF));
  *at += pen->subset->widths[code];
}

static void show_run(struct pen *pen, const struct glyph_run *run, const char *source) {
  struct shown shown = {0};
  int64_t at = 0; /* from the run's first glyph, in thousandths of an em */
  pen->one_font = true;
  for (struct part part = {.run = run, .source = source}; part_next(&part);) {
    prepare_part(pen, &shown, &part);
    for (uint32_t i = 0; i < part.count; i++)
      show_glyph(pen, &shown, run, part.cluster.first_glyph + part.first + i, &at);
  }
  size_t start = pen->out->length;
  shown_flush(&shown, pen->out);
  if (pen->one_font && !run->offsets)
    fonts_keep_shown(pen->fonts, run, pen->font, pen->out->data + start, pen->out->length - start);
  buffer_finish(&shown.codes);
  buffer_finish(&shown.array);
}

static void draw_text(struct pen *pen, const struct item *item) {
  const struct glyph_run *run = item->text.run;
  if (run->glyph_count == 0) return;
  begin_text(pen);
  set_fill(pen, run->style->colour);
  move_to(pen, item->text.x + run->glyphs[0].x, pen->page->height - item->text.baseline);
  const struct shown_run *shown = fonts_find_shown(pen->fonts, run);
  if (shown) {
    set_font(pen, shown->resource, run->size);
    set_rise(pen, run->style->rise);
    buffer_append(pen->out, shown->text, shown->length);
  } else {
    show_run(pen, run, item->text.source);
  }
}

/* --- drawings -------------------------------------------------------------------------------- */

static void put_point(const struct pen *pen, mpt x, mpt y) {
  put_length(pen->out, x);
  buffer_append_byte(pen->out, ' ');
  put_length(pen->out, (int64_t)pen->page->height - y);
  buffer_append_byte(pen->out, ' ');
}

/* From one corner to the opposite one, sideways first. */
static void put_rectangle(const struct pen *pen, mpt x, mpt y, mpt to_x, mpt to_y) {
  put_point(pen, x, y);
  put_length(pen->out, (int64_t)to_x - x);
  buffer_append_byte(pen->out, ' ');
  put_length(pen->out, (int64_t)y - to_y);
}

static void draw_rectangle(struct pen *pen, const struct item *item) {
  end_text(pen);
  set_fill(pen, item->rectangle.fill);
  put_rectangle(pen, item->rectangle.left, item->rectangle.bottom, item->rectangle.right,
                item->rectangle.top);
  buffer_append_text(pen->out, " re f\n");
}

static const struct {
  size_t points;
  const char *operator;
} path_operators[] = {
    [PATH_MOVE] = {1, "m\n"},
    [PATH_LINE] = {1, "l\n"},
    [PATH_CURVE] = {3, "c\n"},
    [PATH_CLOSE] = {0, "h\n"},
};

/* Sideways, up or down, back and home: what a QR code and bars are made of. */
static bool is_rectangle(const struct path_step *steps, size_t count) {
  static const enum path_step_kind kinds[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE,
                                              PATH_CLOSE};
  if (count < 5) return false;
  for (int i = 0; i < 5; i++)
    if (steps[i].kind != kinds[i]) return false;
  return steps[0].y[2] == steps[1].y[2] && steps[1].x[2] == steps[2].x[2] &&
         steps[2].y[2] == steps[3].y[2] && steps[3].x[2] == steps[0].x[2];
}

/* How many steps it wrote. */
static size_t put_steps(struct pen *pen, const struct path_step *steps, size_t count) {
  if (is_rectangle(steps, count)) {
    put_rectangle(pen, steps[0].x[2], steps[0].y[2], steps[2].x[2], steps[2].y[2]);
    buffer_append_text(pen->out, " re\n");
    return 5;
  }
  size_t points = path_operators[steps->kind].points;
  for (size_t p = 3 - points; p < 3; p++) put_point(pen, steps->x[p], steps->y[p]);
  buffer_append_text(pen->out, path_operators[steps->kind].operator);
  return 1;
}

static void draw_path(struct pen *pen, const struct item *item) {
  bool stroked = item->path.stroke_width > 0;
  if (!stroked && !item->path.filled) return;
  end_text(pen);
  if (item->path.filled) set_fill(pen, item->path.fill);
  if (stroked) set_stroke(pen, item->path.stroke, item->path.stroke_width, item->path.pitch);
  for (size_t i = 0; i < item->path.step_count;)
    i += put_steps(pen, item->path.steps + i, item->path.step_count - i);
  buffer_append_text(pen->out, stroked && item->path.filled ? "B\n" : stroked ? "S\n" : "f\n");
}

/* From a square of a picture as it is stored, its last row below, to a rectangle where it is to
 * be seen: the matrix of `cm`, in widths and heights, and where its origin goes. */
static const struct {
  signed char xx, xy, yx, yy;
  bool right, top;
} turns[] = {
    [TURN_TOP_LEFT] = {1, 0, 0, 1, false, false},
    [TURN_TOP_RIGHT] = {-1, 0, 0, 1, true, false},
    [TURN_BOTTOM_RIGHT] = {-1, 0, 0, -1, true, true},
    [TURN_BOTTOM_LEFT] = {1, 0, 0, -1, false, true},
    [TURN_LEFT_TOP] = {0, -1, -1, 0, true, true},
    [TURN_RIGHT_TOP] = {0, -1, 1, 0, false, true},
    [TURN_RIGHT_BOTTOM] = {0, 1, 1, 0, false, false},
    [TURN_LEFT_BOTTOM] = {0, 1, -1, 0, true, false},
};

static void draw_image(struct pen *pen, const struct item *item) {
  end_text(pen);
  const struct image *picture = item->image.picture;
  const char *name = images_resource(pen->images, picture, pen->number);
  if (!name) return;
  enum turn turn = picture->turn;
  int64_t width = (int64_t)item->image.right - item->image.left;
  int64_t height = (int64_t)item->image.bottom - item->image.top;
  const int64_t matrix[] = {turns[turn].xx * width, turns[turn].xy * height,
                            turns[turn].yx * width, turns[turn].yy * height};
  buffer_append_text(pen->out, "q ");
  for (size_t i = 0; i < 4; i++) {
    put_length(pen->out, matrix[i]);
    buffer_append_byte(pen->out, ' ');
  }
  put_point(pen, turns[turn].right ? item->image.right : item->image.left,
            turns[turn].top ? item->image.top : item->image.bottom);
  buffer_printf(pen->out, "cm /%s Do Q\n", name);
}

static void draw(struct pen *pen, const struct item *item) {
  switch (item->kind) {
  case ITEM_TEXT:
    draw_text(pen, item);
    break;
  case ITEM_RECTANGLE:
    draw_rectangle(pen, item);
    break;
  case ITEM_PATH:
    draw_path(pen, item);
    break;
  case ITEM_IMAGE:
    draw_image(pen, item);
    break;
  }
}

void content_write(const struct page *page, size_t number, const struct fonts *fonts,
                   struct images *images, struct structure *structure, struct buffer *out) {
  struct pen pen = {
      .page = page,
      .number = number,
      .fonts = fonts,
      .images = images,
      .structure = structure,
      .out = out,
      .font = NO_FONT,
      .fill = -1,
      .stroke = -1,
      .stroke_width = -1,
  };
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    mark(&pen, item->element);
    draw(&pen, item);
  }
  end_mark(&pen);
}

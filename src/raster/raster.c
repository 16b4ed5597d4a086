/* Draws a display list with cairo. Glyphs are drawn as outlines that HarfBuzz gives,
 * so that the picture has the very shapes of the PDF and needs no second font
 * library; without hinting, the same outlines make the same bytes everywhere.
 *
 * What is drawn is in milli-points, y downwards; a glyph's outline is in units of its
 * face, y upwards. One cairo transformation for each takes them to pixels. */
#include "raster/raster.h"

#include <cairo.h>
#include <hb.h>
#include <string.h>

struct raster {
  cairo_t *cairo;
  hb_draw_funcs_t *outlines;
};

/* --- outlines ------------------------------------------------------------------ */

static void move_to(hb_draw_funcs_t *funcs, void *cairo, hb_draw_state_t *state, float x, float y,
                    void *data) {
  (void)funcs, (void)state, (void)data;
  cairo_move_to(cairo, (double)x, (double)y);
}

static void line_to(hb_draw_funcs_t *funcs, void *cairo, hb_draw_state_t *state, float x, float y,
                    void *data) {
  (void)funcs, (void)state, (void)data;
  cairo_line_to(cairo, (double)x, (double)y);
}

static void cubic_to(hb_draw_funcs_t *funcs, void *cairo, hb_draw_state_t *state, float x1,
                     float y1, float x2, float y2, float x, float y, void *data) {
  (void)funcs, (void)state, (void)data;
  cairo_curve_to(cairo, (double)x1, (double)y1, (double)x2, (double)y2, (double)x, (double)y);
}

static void close_path(hb_draw_funcs_t *funcs, void *cairo, hb_draw_state_t *state, void *data) {
  (void)funcs, (void)state, (void)data;
  cairo_close_path(cairo);
}

/* HarfBuzz raises the quadratic curves of TrueType to cubic ones where no function
 * for them is set. */
static hb_draw_funcs_t *outlines_new(void) {
  hb_draw_funcs_t *funcs = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
  hb_draw_funcs_make_immutable(funcs);
  return funcs;
}

/* --- items ------------------------------------------------------------------------ */

static void set_colour(cairo_t *cairo, rgb colour) {
  cairo_set_source_rgb(cairo, ((colour >> 16) & 0xFF) / 255.0, ((colour >> 8) & 0xFF) / 255.0,
                       (colour & 0xFF) / 255.0);
}

static void draw_text(struct raster *raster, const struct item *item) {
  cairo_t *cairo = raster->cairo;
  const struct glyph_run *run = item->text.run;
  double scale = (double)run->size / run->face->units_per_em;
  set_colour(cairo, run->style->colour);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
  for (size_t i = 0; i < run->glyph_count; i++) {
    const struct glyph *glyph = &run->glyphs[i];
    cairo_save(cairo);
    cairo_translate(cairo, item->text.x + glyph->x, item->text.baseline - glyph_rise(run, i));
    cairo_scale(cairo, scale, -scale);
    cairo_new_path(cairo);
    hb_font_get_glyph_shape(run->face->hb_font, glyph->id, raster->outlines, cairo);
    cairo_fill(cairo);
    cairo_restore(cairo);
  }
}

static void draw_rectangle(cairo_t *cairo, const struct item *item) {
  cairo_rectangle(cairo, item->rectangle.left, item->rectangle.top,
                  item->rectangle.right - item->rectangle.left,
                  item->rectangle.bottom - item->rectangle.top);
  set_colour(cairo, item->rectangle.fill);
  cairo_fill(cairo);
}

static void add_step(cairo_t *cairo, const struct path_step *step) {
  switch (step->kind) {
  case PATH_MOVE:
    cairo_move_to(cairo, step->x[2], step->y[2]);
    break;
  case PATH_LINE:
    cairo_line_to(cairo, step->x[2], step->y[2]);
    break;
  case PATH_CURVE:
    cairo_curve_to(cairo, step->x[0], step->y[0], step->x[1], step->y[1], step->x[2], step->y[2]);
    break;
  case PATH_CLOSE:
    cairo_close_path(cairo);
    break;
  }
}

static void draw_path(cairo_t *cairo, const struct item *item) {
  cairo_new_path(cairo);
  for (size_t i = 0; i < item->path.step_count; i++) add_step(cairo, &item->path.steps[i]);
  if (item->path.filled) {
    set_colour(cairo, item->path.fill);
    cairo_fill_preserve(cairo);
  }
  if (item->path.stroke_width > 0) {
    double dots[] = {item->path.stroke_width, item->path.pitch - item->path.stroke_width};
    set_colour(cairo, item->path.stroke);
    cairo_set_line_width(cairo, item->path.stroke_width);
    cairo_set_dash(cairo, dots, item->path.pitch ? 2 : 0, 0);
    cairo_stroke_preserve(cairo);
  }
  cairo_new_path(cairo);
}

struct unread {
  const unsigned char *bytes;
  size_t length;
};

static cairo_status_t read_bytes(void *closure, unsigned char *to, unsigned int length) {
  struct unread *unread = closure;
  if (length > unread->length) return CAIRO_STATUS_READ_ERROR;
  memcpy(to, unread->bytes, length);
  unread->bytes += length;
  unread->length -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* cairo reads PNG alone; what the covers of our themes hold is drawn, not pictured. */
static bool draw_image(cairo_t *cairo, const struct item *item, struct messages *messages) {
  struct unread unread = {item->image.picture->bytes, item->image.picture->length};
  cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_bytes, &unread);
  bool good = cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS;
  if (!good) {
    message_error(messages, NULL, "raster-image", "the picture '%s' cannot be drawn: %s",
                  item->image.picture->target, cairo_status_to_string(cairo_surface_status(picture)));
  } else {
    cairo_save(cairo);
    cairo_translate(cairo, item->image.left, item->image.top);
    cairo_scale(
        cairo,
        (double)(item->image.right - item->image.left) / cairo_image_surface_get_width(picture),
        (double)(item->image.bottom - item->image.top) / cairo_image_surface_get_height(picture));
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
  }
  cairo_surface_destroy(picture);
  return good;
}

static bool draw_item(struct raster *raster, const struct item *item, struct messages *messages) {
  switch (item->kind) {
  case ITEM_TEXT:
    draw_text(raster, item);
    return true;
  case ITEM_RECTANGLE:
    draw_rectangle(raster->cairo, item);
    return true;
  case ITEM_PATH:
    draw_path(raster->cairo, item);
    return true;
  case ITEM_IMAGE:
    return draw_image(raster->cairo, item, messages);
  }
  return true;
}

/* --- the picture --------------------------------------------------------------------- */

static cairo_status_t append_bytes(void *out, const unsigned char *bytes, unsigned length) {
  buffer_append(out, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static bool draw_page(cairo_t *cairo, const struct page *page, double scale,
                      struct messages *messages) {
  struct raster raster = {.cairo = cairo, .outlines = outlines_new()};
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  cairo_scale(cairo, scale, scale);
  bool good = true;
  for (size_t i = 0; i < page->item_count; i++)
    good = draw_item(&raster, &page->items[i], messages) && good;
  hb_draw_funcs_destroy(raster.outlines);
  return good;
}

bool raster_write_png(const struct page *page, int width, struct buffer *out,
                      struct messages *messages) {
  double scale = (double)width / page->width;
  int height = (int)((double)page->height * scale + 0.5);
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cairo = cairo_create(surface);
  size_t length = out->length;
  bool good = draw_page(cairo, page, scale, messages);
  cairo_status_t status = cairo_status(cairo);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream(surface, append_bytes, out);
  if (status != CAIRO_STATUS_SUCCESS) {
    message_io_error(messages, NULL, "raster", "the page cannot be drawn: %s",
                     cairo_status_to_string(status));
    good = false;
  }
  if (!good) out->length = length;
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
  return good;
}

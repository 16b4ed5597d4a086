/* A page with one rectangle and one path becomes a picture of the right size. */
#include "check.h"
#include "raster/raster.h"

#include <cairo.h>

struct reading {
  const struct buffer *bytes;
  size_t at;
};

static cairo_status_t read_bytes(void *closure, unsigned char *out, unsigned length) {
  struct reading *reading = closure;
  if (reading->at + length > reading->bytes->length) return CAIRO_STATUS_READ_ERROR;
  memcpy(out, reading->bytes->data + reading->at, length);
  reading->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y) {
  const unsigned char *row =
      cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface);
  uint32_t value;
  memcpy(&value, row + 4 * x, sizeof value);
  return value & 0xFFFFFF;
}

int main(void) {
  static const struct path_step steps[] = {
      {PATH_MOVE, {0, 0, 60000}, {0, 0, 10000}},
      {PATH_LINE, {0, 0, 90000}, {0, 0, 10000}},
      {PATH_CURVE, {90000, 90000, 60000}, {20000, 40000, 40000}},
      {PATH_CLOSE, {0}, {0}},
  };
  const struct item items[] = {
      {.kind = ITEM_RECTANGLE, .rectangle = {0, 0, 50000, 160000, 0x204060}},
      {.kind = ITEM_PATH, .path = {steps, 4, 0, 0xFF0000, 0, true, 0}},
  };
  const struct page page = {.width = 100000, .height = 160000, .items = items, .item_count = 2};
  struct messages *messages = messages_new(stderr, MESSAGES_SHORT, false);
  struct buffer first = {0}, second = {0};
  CHECK(raster_write_png(&page, 200, &first, messages));
  CHECK(raster_write_png(&page, 200, &second, messages));
  CHECK(first.length == second.length && memcmp(first.data, second.data, first.length) == 0);
  struct reading reading = {.bytes = &first};
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &reading);
  CHECK(cairo_image_surface_get_width(surface) == 200);
  CHECK(cairo_image_surface_get_height(surface) == 320);
  CHECK(pixel(surface, 20, 300) == 0x204060);
  CHECK(pixel(surface, 130, 40) == 0xFF0000);
  CHECK(pixel(surface, 190, 300) == 0xFFFFFF);
  cairo_surface_destroy(surface);
  buffer_finish(&first);
  buffer_finish(&second);
  messages_free(messages);
  return check_summary();
}

/* A JPEG goes into the PDF as it is, by libharu. A PNG is decoded by libpng here, since
 * libharu leaves libpng no way out of a damaged file but to abort the program. A
 * picture that is on many pages, or on one of them often, is written once. */
#include "pdf/images.h"

#include <png.h>
#include <stdlib.h>

struct picture {
  const struct image *source;
  HPDF_Image image; /* NULL where it could not be read */
};

struct images {
  struct document *document;
  struct picture *pictures;
  size_t count, capacity;
  bool failed;
};

struct images *images_new(struct document *document) {
  struct images *images = memory_alloc(sizeof *images);
  images->document = document;
  return images;
}

void images_free(struct images *images) {
  if (!images) return;
  free(images->pictures);
  free(images);
}

bool images_good(const struct images *images) {
  return !images->failed;
}

/* --- PNG ----------------------------------------------------------------------------- */

/* Every `channels`-th byte goes to `alpha`, the others to `colours`. */
static void split(const unsigned char *pixels, size_t length, size_t channels,
                  struct buffer *colours, struct buffer *alpha) {
  for (size_t at = 0; at < length; at += channels) {
    buffer_append(colours, pixels + at, channels - 1);
    buffer_append_byte(alpha, (char)pixels[at + channels - 1]);
  }
}

static HPDF_Image add_pixels(struct document *document, const png_image *png, const char *space,
                             const struct buffer *bytes, HPDF_Image mask) {
  struct buffer entries = {0};
  buffer_printf(&entries,
                "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/%s/BitsPerComponent 8",
                png->width, png->height, space);
  if (mask) buffer_printf(&entries, "/SMask %u 0 R", object_number(mask));
  HPDF_Image image = document_add_shared(document, entries.data, bytes);
  buffer_finish(&entries);
  return image;
}

static HPDF_Image add_png(struct document *document, const png_image *png,
                          const unsigned char *pixels) {
  const char *space = png->format & PNG_FORMAT_FLAG_COLOR ? "DeviceRGB" : "DeviceGray";
  struct buffer colours = {0}, alpha = {0};
  HPDF_Image mask = NULL;
  if (png->format & PNG_FORMAT_FLAG_ALPHA) {
    split(pixels, PNG_IMAGE_SIZE(*png), PNG_IMAGE_PIXEL_SIZE(png->format), &colours, &alpha);
    mask = add_pixels(document, png, "DeviceGray", &alpha, NULL);
  } else {
    buffer_append(&colours, pixels, PNG_IMAGE_SIZE(*png));
  }
  HPDF_Image image = add_pixels(document, png, space, &colours, mask);
  buffer_finish(&colours);
  buffer_finish(&alpha);
  return image;
}

/* In sRGB, 8 bits to a channel; one that does not say is in sRGB, of 16 bits too. NULL where it is
 * damaged. */
static HPDF_Image load_png(struct document *document, const struct image *picture) {
  png_image png = {.version = PNG_IMAGE_VERSION};
  HPDF_Image image = NULL;
  if (!png_image_begin_read_from_memory(&png, picture->bytes, picture->length)) return NULL;
  png.format &= PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA;
  png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  unsigned char *pixels = memory_alloc(PNG_IMAGE_SIZE(png));
  if (png_image_finish_read(&png, NULL, pixels, 0, NULL)) image = add_png(document, &png, pixels);
  free(pixels);
  return image;
}

/* --- any ----------------------------------------------------------------------------- */

static HPDF_Image decode(struct document *document, const struct image *picture) {
  switch (picture->format) {
  case IMAGE_PNG:
    return load_png(document, picture);
  case IMAGE_JPEG:
    return HPDF_LoadJpegImageFromMem(document->haru, picture->bytes, (HPDF_UINT)picture->length);
  }
  return NULL;
}

static HPDF_Image load(struct document *document, const struct image *picture) {
  HPDF_Image image = decode(document, picture);
  if (image) hash_add(document->hash, picture->bytes, picture->length);
  else
    message_error(document->messages, NULL, "bad-picture", "%s: not a PNG or JPEG file",
                  picture->target);
  return image;
}

static const struct picture *picture_find(struct images *images, const struct image *source) {
  for (size_t i = 0; i < images->count; i++) {
    if (images->pictures[i].source == source) return &images->pictures[i];
  }
  images->pictures =
      array_reserve(images->pictures, images->count, &images->capacity, sizeof *images->pictures);
  struct picture *picture = &images->pictures[images->count++];
  picture->source = source;
  picture->image = load(images->document, source);
  if (!picture->image) images->failed = true;
  return picture;
}

const char *images_resource(struct images *images, const struct image *source, size_t page) {
  const struct picture *picture = picture_find(images, source);
  if (!picture->image) return NULL;
  return HPDF_Page_GetXObjectName(images->document->pages[page], picture->image);
}

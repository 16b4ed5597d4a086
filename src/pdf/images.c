/* libharu reads PNG and JPEG. It is given the bytes that the guide holds; a picture
 * that is on many pages, or on one of them often, is written once. */
#include "pdf/images.h"

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

static HPDF_Image decode(struct document *document, const struct image *picture) {
  const HPDF_BYTE *data = picture->bytes;
  HPDF_UINT size = (HPDF_UINT)picture->length;
  switch (picture->format) {
  case IMAGE_PNG:
    return HPDF_LoadPngImageFromMem(document->haru, data, size);
  case IMAGE_JPEG:
    return HPDF_LoadJpegImageFromMem(document->haru, data, size);
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

/* libharu reads PNG and JPEG. It is given the whole file from memory, read by
 * us, because its own reader of files does not tell a missing file from a bad one. */
#include "pdf/images.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A picture larger than this is a mistake, or an attack. */
#define FILE_LIMIT (256u * 1024 * 1024)

struct picture {
  char *file;
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

static bool read_file(const char *path, struct buffer *bytes, struct messages *messages) {
  FILE *file = fopen(path, "rb");
  char part[65536];
  size_t length;
  bool ok = file != NULL;
  while (ok && bytes->length <= FILE_LIMIT && (length = fread(part, 1, sizeof part, file)) > 0) {
    buffer_append(bytes, part, length);
  }
  ok = ok && !ferror(file) && bytes->length <= FILE_LIMIT;
  if (!ok) {
    message_io_error(messages, NULL, "cannot-read", "%s: %s", path,
                     bytes->length > FILE_LIMIT ? "larger than a picture may be" : strerror(errno));
  }
  if (file) fclose(file);
  return ok;
}

static HPDF_Image decode(struct document *document, const struct buffer *bytes) {
  const HPDF_BYTE *data = (const HPDF_BYTE *)bytes->data;
  HPDF_UINT size = (HPDF_UINT)bytes->length;
  if (size > 8 && memcmp(data, "\x89PNG\r\n\x1A\n", 8) == 0) {
    return HPDF_LoadPngImageFromMem(document->haru, data, size);
  }
  if (size > 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0) {
    return HPDF_LoadJpegImageFromMem(document->haru, data, size);
  }
  return NULL;
}

static HPDF_Image load(struct document *document, const char *path) {
  struct buffer bytes = {0};
  HPDF_Image image = NULL;
  if (read_file(path, &bytes, document->messages)) {
    image = decode(document, &bytes);
    if (image) hash_add(document->hash, bytes.data, bytes.length);
    else message_error(document->messages, NULL, "bad-picture", "%s: not a PNG or JPEG file", path);
  }
  buffer_finish(&bytes);
  return image;
}

static const struct picture *picture_find(struct images *images, const char *file) {
  for (size_t i = 0; i < images->count; i++) {
    if (strcmp(images->pictures[i].file, file) == 0) return &images->pictures[i];
  }
  images->pictures =
      array_reserve(images->pictures, images->count, &images->capacity, sizeof *images->pictures);
  struct picture *picture = &images->pictures[images->count++];
  picture->file = arena_strdup(images->document->arena, file);
  picture->image = load(images->document, file);
  if (!picture->image) images->failed = true;
  return picture;
}

const char *images_resource(struct images *images, const char *file, size_t page) {
  const struct picture *picture = picture_find(images, file);
  if (!picture->image) return NULL;
  return HPDF_Page_GetXObjectName(images->document->pages[page], picture->image);
}

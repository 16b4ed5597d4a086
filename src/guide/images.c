/* Pictures are read once, with the guide: what kind they are, how large, and that the
 * file is whole, for which a PNG is decoded once. A header that promises a gigabyte of
 * pixels is refused before anyone makes room for them. */
#include "guide/load.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct header {
  enum image_format format;
  uint32_t width, height;
  enum turn turn;
  bool alpha;
  const char *wrong; /* what is wrong with the file, or NULL */
};

static uint32_t number(const unsigned char *bytes, size_t count) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; i++) value = value << 8 | bytes[i];
  return value;
}

static bool is_too_large(uint32_t width, uint32_t height) {
  return (uint64_t)width * height > limit_of(LIMIT_PIXELS);
}

/* --- PNG ---------------------------------------------------------------------------- */

/* To the last chunk, which libpng does not ask for. Chunks are four bytes of length, four
 * of type, the data, four of checksum. */
static bool is_whole(const unsigned char *bytes, size_t length) {
  for (size_t at = 8, size; length - at >= 12; at += size + 12) {
    size = number(bytes + at, 4);
    if (memcmp(bytes + at + 4, "IEND", 4) == 0) return true;
    if (size > length - at - 12) return false;
  }
  return false;
}

static const char *damage(struct arena *arena, const png_image *png) {
  return arena_printf(arena, "the PNG file is cut short or damaged: %s", png->message);
}

/* All of it is decoded, to grey and thrown away: what is damaged is told here. */
static struct header read_png(struct arena *arena, const unsigned char *bytes, size_t length) {
  struct header header = {.format = IMAGE_PNG, .turn = TURN_TOP_LEFT};
  png_image png = {.version = PNG_IMAGE_VERSION};
  if (!png_image_begin_read_from_memory(&png, bytes, length)) {
    header.wrong = damage(arena, &png);
    return header;
  }
  header.width = png.width;
  header.height = png.height;
  header.alpha = png.format & PNG_FORMAT_FLAG_ALPHA;
  if (!is_whole(bytes, length)) header.wrong = "the PNG file is cut short";
  png.format &= PNG_FORMAT_FLAG_ALPHA;
  if (!is_too_large(png.width, png.height) && !header.wrong) {
    void *pixels = memory_alloc(PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, NULL, pixels, 0, NULL)) header.wrong = damage(arena, &png);
    free(pixels);
  }
  png_image_free(&png);
  return header;
}

/* --- JPEG ---------------------------------------------------------------------------- */

/* The marker of a frame: C0 to CF but for tables (C4), arithmetic (C8, CC). */
static bool is_frame(unsigned char marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* What PDF can hold of them; inks would want a profile of the press (ISO 19005-2, 6.2.4.3). */
static const char *wrong_frame(unsigned char marker, unsigned char bits, unsigned char channels) {
  if (marker > 0xC2) return "this kind of JPEG (lossless, arithmetic) is not read";
  if (bits != 8) return "a JPEG of more than 8 bits is not read";
  if (channels == 4) return "a JPEG of four inks (CMYK) is not read: save it as RGB";
  return channels == 1 || channels == 3 ? NULL : "a JPEG of so many channels is not read";
}

/* How the camera was held: tag 274 of the first directory of a TIFF file in the segment (Exif
 * 2.32, 4.5 and 4.6). Bytes are in the order that its first two tell. */
#define TAG_ORIENTATION 274
#define ENTRY_SIZE      12

static uint32_t exif_number(const unsigned char *tiff, size_t at, size_t count) {
  uint32_t value = 0;
  bool little = tiff[0] == 'I';
  for (size_t i = 0; i < count; i++) value = value << 8 | tiff[at + (little ? count - 1 - i : i)];
  return value;
}

/* The turn of a segment APP1 that is Exif and tells one; else `turn`. */
static enum turn exif_turn(const unsigned char *bytes, size_t length, enum turn turn) {
  static const char name[6] = "Exif\0";
  if (length < sizeof name + 8 || memcmp(bytes, name, sizeof name) != 0) return turn;
  const unsigned char *tiff = bytes + sizeof name;
  length -= sizeof name;
  size_t at = exif_number(tiff, 4, 4);
  if (at > length - 2) return turn;
  size_t count = exif_number(tiff, at, 2);
  for (at += 2; count > 0 && length - at >= ENTRY_SIZE; count--, at += ENTRY_SIZE) {
    if (exif_number(tiff, at, 2) != TAG_ORIENTATION) continue;
    uint32_t value = exif_number(tiff, at + 8, 2);
    return value >= TURN_TOP_LEFT && value <= TURN_LEFT_BOTTOM ? (enum turn)value : turn;
  }
  return turn;
}

static void swap_sides(struct header *header) {
  uint32_t width = header->width;
  header->width = header->height;
  header->height = width;
}

/* A frame, which has the size, and then a scan, of which no more is read. */
static struct header read_jpeg(const unsigned char *bytes, size_t length) {
  struct header header = {.format = IMAGE_JPEG,
                          .turn = TURN_TOP_LEFT,
                          .wrong = "the JPEG file is cut short or damaged"};
  const char *wrong = header.wrong;
  for (size_t at = 2, size; length - at >= 4 && bytes[at] == 0xFF; at += size) {
    unsigned char marker = bytes[at + 1];
    if (marker == 0xFF) {
      header.wrong = "a JPEG with padding between its parts is not read";
      break;
    }
    size = 2 + number(bytes + at + 2, 2);
    if (size < 4 || size > length - at) break;
    if (marker == 0xDA) {
      header.wrong = wrong;
      break;
    }
    if (marker == 0xE1) header.turn = exif_turn(bytes + at + 4, size - 4, header.turn);
    if (!is_frame(marker) || size < 10) continue;
    header.height = number(bytes + at + 5, 2);
    header.width = number(bytes + at + 7, 2);
    wrong = wrong_frame(marker, bytes[at + 4], bytes[at + 9]);
  }
  if (header.turn >= TURN_LEFT_TOP) swap_sides(&header);
  bool ended = length >= 4 && memcmp(bytes + length - 2, "\xFF\xD9", 2) == 0;
  if (!header.wrong && !ended) header.wrong = "the JPEG file is cut short";
  return header;
}

/* --- any ------------------------------------------------------------------------------ */

static struct header read_header(struct arena *arena, const unsigned char *bytes, size_t length) {
  static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  struct header header = {.wrong = "it is neither PNG nor JPEG"};
  if (length >= sizeof png && memcmp(bytes, png, sizeof png) == 0) {
    header = read_png(arena, bytes, length);
  } else if (length >= 4 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) {
    header = read_jpeg(bytes, length);
  }
  if (!header.wrong && (!header.width || !header.height)) header.wrong = "it has no size";
  return header;
}

static void read_image(struct loading *loading, const char *target, const struct place *place) {
  size_t length;
  const unsigned char *bytes = files_below(loading, target, LIMIT_PICTURE, place, &length);
  if (!bytes) return;
  struct header header = read_header(loading->arena, bytes, length);
  if (is_too_large(header.width, header.height)) {
    limit_report(loading->messages, place, LIMIT_PIXELS, target);
    message_note(loading->messages, NULL, "its header says %u × %u", header.width, header.height);
    return;
  }
  if (header.wrong) {
    message_error(loading->messages, place, "bad-image", "%.80s: %s", target, header.wrong);
    return;
  }
  struct image *image = arena_alloc(loading->arena, sizeof *image);
  *image = (struct image){target,       header.format, header.width, header.height, header.turn,
                          header.alpha, bytes,         length,       loading->guide->images};
  loading->guide->images = image;
}

static void read_once(struct loading *loading, struct ids *seen, const struct node *node,
                      const char *target) {
  if (ids_add(seen, target, node)) return;
  const struct node *block = node;
  while (block->parent && block->kind == NODE_VARIANT) block = block->parent;
  read_image(loading, target, &block->place);
}

void images_read(struct loading *loading, const struct node *root) {
  struct ids *seen = ids_new();
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    if (!walk.entering) continue;
    bool image = node->kind == NODE_IMAGE;
    bool other = node->kind == NODE_VARIANT && node->parent && node->parent->kind == NODE_IMAGE;
    if ((image || other) && node->target) read_once(loading, seen, node, node->target);
  }
  ids_free(seen);
}

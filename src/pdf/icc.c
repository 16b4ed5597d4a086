/* sRGB needs 500 bytes: three primaries, one curve, the white, and two texts that the
 * standard asks for. Made here rather than read from a file, so that a PDF never lacks it.
 *
 * Sources: ICC.1:2004-10 (header 7.2, tags 9.2, types 10), IEC 61966-2-1 for the
 * curve; the primaries are those of sRGB, adapted to the white D50 by Bradford. */
#include "pdf/icc.h"

#include <stdint.h>
#include <string.h>

#define HEADER_SIZE 128
#define TAG_LIMIT   10

struct profile {
  struct buffer data; /* of the tags, without header and table */
  struct {
    const char *name;
    size_t offset, size;
  } tags[TAG_LIMIT];
  size_t count;
};

static void put_16(struct buffer *out, unsigned value) {
  buffer_append_byte(out, (char)(value >> 8));
  buffer_append_byte(out, (char)value);
}

static void put_32(struct buffer *out, uint32_t value) {
  put_16(out, value >> 16);
  put_16(out, value & 0xFFFF);
}

/* Type signatures, and the four reserved bytes after them. */
static void put_type(struct buffer *out, const char *type) {
  buffer_append(out, type, 4);
  put_32(out, 0);
}

static void put_zeros(struct buffer *out, size_t count) {
  while (count-- > 0) buffer_append_byte(out, '\0');
}

static void tag_begin(struct profile *profile, const char *name) {
  profile->tags[profile->count].name = name;
  profile->tags[profile->count++].offset = profile->data.length;
}

static void tag_end(struct profile *profile) {
  size_t last = profile->count - 1;
  profile->tags[last].size = profile->data.length - profile->tags[last].offset;
  while (profile->data.length % 4 != 0) buffer_append_byte(&profile->data, '\0');
}

static void add_text(struct profile *profile, const char *name, const char *text) {
  size_t length = strlen(text);
  tag_begin(profile, name);
  put_type(&profile->data, "mluc");
  put_32(&profile->data, 1);  /* one record */
  put_32(&profile->data, 12); /* of this size */
  buffer_append(&profile->data, "enUS", 4);
  put_32(&profile->data, (uint32_t)length * 2);
  put_32(&profile->data, 28); /* where the text is */
  for (size_t i = 0; i < length; i++) put_16(&profile->data, (unsigned char)text[i]);
  tag_end(profile);
}

/* Numbers are in units of 1/65536. */
static void add_numbers(struct profile *profile, const char *name, const char *type,
                        const int32_t *values, size_t count) {
  tag_begin(profile, name);
  put_type(&profile->data, type);
  for (size_t i = 0; i < count; i++) put_32(&profile->data, (uint32_t)values[i]);
  tag_end(profile);
}

/* Three channels, one curve: (a x + b)^g from d on, c x below it. */
static void add_curves(struct profile *profile) {
  static const uint32_t parameters[] = {0x00026666, 0x0000F2A7, 0x00000D59, 0x000013D0, 0x00000A5B};
  tag_begin(profile, "rTRC");
  put_type(&profile->data, "para");
  put_16(&profile->data, 3); /* the function with these five parameters */
  put_16(&profile->data, 0);
  for (size_t i = 0; i < 5; i++) put_32(&profile->data, parameters[i]);
  tag_end(profile);
  for (const char *name = "gTRC"; name; name = *name == 'g' ? "bTRC" : NULL) {
    profile->tags[profile->count] = profile->tags[profile->count - 1];
    profile->tags[profile->count++].name = name;
  }
}

static void put_header(struct buffer *out, size_t size) {
  put_32(out, (uint32_t)size);
  put_32(out, 0);
  put_32(out, 0x04200000); /* version 4.2 */
  buffer_append(out, "mntrRGB XYZ ", 12);
  put_16(out, 2026);
  put_16(out, 1);
  put_16(out, 1);
  put_zeros(out, 6); /* the time of day */
  buffer_append(out, "acsp", 4);
  put_zeros(out, 28); /* platform, flags, device, intent */
  put_32(out, 0x0000F6D6);
  put_32(out, 0x00010000);
  put_32(out, 0x0000D32D); /* D50 */
  put_zeros(out, HEADER_SIZE - 80);
}

void icc_write_srgb(struct buffer *out) {
  static const int32_t white[] = {0xF6D6, 0x10000, 0xD32D};
  static const int32_t red[] = {0x6FA2, 0x38F5, 0x0390};
  static const int32_t green[] = {0x6299, 0xB785, 0x18DA};
  static const int32_t blue[] = {0x24A0, 0x0F84, 0xB6CF};
  static const int32_t adaptation[] = {0x10C42, 0x05DE,  -0x0CDB, 0x0793, 0xFD90,
                                       -0x045C, -0x025D, 0x03DC,  0xC06E};
  struct profile profile = {0};
  add_text(&profile, "desc", "sRGB");
  add_text(&profile, "cprt", "No copyright, use freely");
  add_numbers(&profile, "wtpt", "XYZ ", white, 3);
  add_numbers(&profile, "chad", "sf32", adaptation, 9);
  add_numbers(&profile, "rXYZ", "XYZ ", red, 3);
  add_numbers(&profile, "gXYZ", "XYZ ", green, 3);
  add_numbers(&profile, "bXYZ", "XYZ ", blue, 3);
  add_curves(&profile);
  size_t data = HEADER_SIZE + 4 + profile.count * 12;
  put_header(out, data + profile.data.length);
  put_32(out, (uint32_t)profile.count);
  for (size_t i = 0; i < profile.count; i++) {
    buffer_append(out, profile.tags[i].name, 4);
    put_32(out, (uint32_t)(data + profile.tags[i].offset));
    put_32(out, (uint32_t)profile.tags[i].size);
  }
  buffer_append(out, profile.data.data, profile.data.length);
  buffer_finish(&profile.data);
}

/* Deflating: that zlib reads it, that what is kept is what was asked for however many
 * were asked for since, and that a document's answers last until the next trim. */
#include "check.h"

#include "base/packer.h"

#include <zlib.h>

/* Different numbers, different bytes, of different lengths. */
static void make_plain(struct buffer *plain, unsigned number) {
  buffer_clear(plain);
  for (unsigned i = 0; i < 40 + number % 7; i++) buffer_printf(plain, "%u of %u, ", i, number);
}

static bool unpacks(const char *bytes, size_t length, enum pack_form form,
                    const struct buffer *plain) {
  char room[4096];
  z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes,
                     .avail_in = (uInt)length,
                     .next_out = (Bytef *)room,
                     .avail_out = sizeof room};
  inflateInit2(&stream, form == PACK_ZLIB ? MAX_WBITS : -MAX_WBITS);
  bool good = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 &&
              stream.total_out == plain->length && memcmp(room, plain->data, plain->length) == 0;
  inflateEnd(&stream);
  return good;
}

static void test_form(enum pack_form form) {
  struct packer *packer = packer_new(form);
  struct buffer plain = {0}, packed = {0}, empty = {0};
  struct packed kept[2000];
  for (unsigned i = 0; i < 2000; i++) {
    make_plain(&plain, i);
    kept[i] = packer_keep(packer, plain.data, plain.length, i % 2 ? PACK_FAST : PACK_SMALL);
  }
  size_t good = 0, same = 0;
  for (unsigned i = 0; i < 2000; i++) {
    make_plain(&plain, i);
    buffer_clear(&packed);
    packer_deflate(packer, plain.data, plain.length, i % 2 ? PACK_FAST : PACK_SMALL, &packed);
    same += packed.length == kept[i].length &&
            memcmp(packed.data, kept[i].bytes, packed.length) == 0;
    good += unpacks(kept[i].bytes, kept[i].length, form, &plain) &&
            kept[i].plain_length == plain.length &&
            kept[i].crc == crc32(0, (const Bytef *)plain.data, (uInt)plain.length);
  }
  CHECK(good == 2000);
  CHECK(same == 2000);
  struct packed nothing = packer_keep(packer, NULL, 0, PACK_FAST);
  buffer_append(&empty, "", 0);
  CHECK(unpacks(nothing.bytes, nothing.length, form, &empty));
  packer_free(packer);
  buffer_finish(&plain);
  buffer_finish(&packed);
  buffer_finish(&empty);
}

/* Asked for again and again, while others come and go, it is kept; what is not, is not. */
static void test_generations(void) {
  struct packer *packer = packer_new(PACK_BARE);
  struct buffer plain = {0}, large = {0};
  make_plain(&plain, 7);
  for (unsigned i = 0; i < 60; i++) {
    struct packed first = packer_keep(packer, plain.data, plain.length, PACK_FAST);
    buffer_clear(&large);
    while (large.length < 1 << 20) buffer_printf(&large, "%u %zu ", i, large.length);
    packer_keep(packer, large.data, large.length, PACK_FAST);
    struct packed again = packer_keep(packer, plain.data, plain.length, PACK_FAST);
    CHECK(first.bytes == again.bytes && unpacks(again.bytes, again.length, PACK_BARE, &plain));
    packer_trim(packer);
  }
  packer_free(packer);
  buffer_finish(&plain);
  buffer_finish(&large);
}

int main(void) {
  test_form(PACK_ZLIB);
  test_form(PACK_BARE);
  test_generations();
  return check_summary();
}

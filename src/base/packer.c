/* libdeflate: at its first level it is three times as fast as zlib at its fourth, and no
 * larger, on content streams. */
#include "base/packer.h"

#include "base/arena.h"
#include "base/keeper.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

static const int levels[] = {[PACK_FAST] = 1, [PACK_SMALL] = 6};
#define EFFORTS (sizeof levels / sizeof *levels)

struct packer {
  enum pack_form form;
  struct libdeflate_compressor *compressors[EFFORTS]; /* as they are needed */
  struct keeper *keepers[EFFORTS];                    /* plain bytes: a struct packed, its bytes */
  struct buffer value;
};

struct packer *packer_new(enum pack_form form) {
  struct packer *packer = memory_alloc(sizeof *packer);
  packer->form = form;
  for (size_t i = 0; i < EFFORTS; i++) packer->keepers[i] = keeper_new();
  return packer;
}

void packer_free(struct packer *packer) {
  if (!packer) return;
  for (size_t i = 0; i < EFFORTS; i++) {
    libdeflate_free_compressor(packer->compressors[i]);
    keeper_free(packer->keepers[i]);
  }
  buffer_finish(&packer->value);
  free(packer);
}

void packer_trim(struct packer *packer) {
  for (size_t i = 0; i < EFFORTS; i++) keeper_trim(packer->keepers[i]);
}

void packer_deflate(struct packer *packer, const void *bytes, size_t length,
                    enum pack_effort effort, struct buffer *out) {
  struct libdeflate_compressor **compressor = &packer->compressors[effort];
  if (!*compressor) *compressor = memory_check(libdeflate_alloc_compressor(levels[effort]));
  bool zlib = packer->form == PACK_ZLIB;
  size_t bound = zlib ? libdeflate_zlib_compress_bound(*compressor, length)
                      : libdeflate_deflate_compress_bound(*compressor, length);
  char *room = buffer_room(out, bound);
  out->length += zlib ? libdeflate_zlib_compress(*compressor, bytes, length, room, bound)
                      : libdeflate_deflate_compress(*compressor, bytes, length, room, bound);
  out->data[out->length] = '\0';
}

struct packed packer_pack(struct packer *packer, const void *bytes, size_t length,
                          enum pack_effort effort, struct buffer *out) {
  size_t start = out->length;
  packer_deflate(packer, bytes, length, effort, out);
  return (struct packed){.bytes = out->data + start,
                         .length = out->length - start,
                         .plain_length = length,
                         .crc = libdeflate_crc32(0, bytes, length)};
}

/* The bytes come right after. */
static struct packed as_packed(const struct kept *kept) {
  struct packed packed;
  memcpy(&packed, kept->value, sizeof packed);
  packed.bytes = (const char *)kept->value + sizeof packed;
  return packed;
}

struct packed packer_keep(struct packer *packer, const void *bytes, size_t length,
                          enum pack_effort effort) {
  struct keeper *keeper = packer->keepers[effort];
  const struct kept *known = keeper_find(keeper, bytes, length);
  if (known) return as_packed(known);
  struct buffer *value = &packer->value;
  struct packed packed = {0};
  buffer_clear(value);
  buffer_append(value, &packed, sizeof packed);
  packed = packer_pack(packer, bytes, length, effort, value);
  memcpy(value->data, &packed, sizeof packed);
  return as_packed(keeper_add(keeper, bytes, length, value->data, value->length));
}

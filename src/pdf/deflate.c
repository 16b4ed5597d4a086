/* One call for all that is deflated, with the settings measured for each kind of bytes. */
#include "pdf/deflate.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

static const int levels[] = {
    /* Content is numbers and codes: more than 4 takes twice the time for nothing. */
    [DEFLATE_FAST] = 4,
    [DEFLATE_SMALL] = 6,
};

/* zlib's memory ends where all memory ends: in base/. */
static void *zlib_alloc(void *owner, unsigned count, unsigned size) {
  (void)owner;
  return memory_grow(NULL, (size_t)count * size); /* not cleared: zlib does what it needs */
}

static void zlib_free(void *owner, void *memory) {
  (void)owner;
  free(memory);
}

void deflate_bytes(const void *bytes, size_t length, enum deflate deflate_as, struct buffer *out) {
  z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free};
  int status =
      deflateInit2(&stream, levels[deflate_as], Z_DEFLATED, MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  assert(status == Z_OK);
  size_t bound = deflateBound(&stream, length);
  char *room = memory_alloc(bound);
  stream.next_in = (Bytef *)(uintptr_t)bytes;
  stream.avail_in = (uInt)length;
  stream.next_out = (Bytef *)room;
  stream.avail_out = (uInt)bound;
  status = deflate(&stream, Z_FINISH);
  assert(status == Z_STREAM_END);
  (void)status;
  buffer_append(out, room, stream.total_out);
  deflateEnd(&stream);
  free(room);
}

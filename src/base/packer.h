/* Deflating, and remembering what was deflated: handouts of one guide hold many of the
 * same streams, and deflating is the dearest thing that is done to them. */
#ifndef HANDOUT_BASE_PACKER_H
#define HANDOUT_BASE_PACKER_H

#include "base/buffer.h"

#include <stdint.h>

/* zlib's form is what PDF's FlateDecode wants, the bare one what stands in an archive. */
enum pack_form { PACK_ZLIB, PACK_BARE };

/* How hard it pays to look for repetitions: little in what is made anew for each reader. */
enum pack_effort { PACK_FAST, PACK_SMALL };

struct packed {
  const char *bytes;
  size_t length;
  size_t plain_length;
  uint32_t crc; /* of the plain bytes: CRC-32 */
};

/* One for each thread. */
struct packer;
struct packer *packer_new(enum pack_form form);
void packer_free(struct packer *packer);

/* Appends the deflated bytes: the same bytes, the same result. */
void packer_deflate(struct packer *packer, const void *bytes, size_t length,
                    enum pack_effort effort, struct buffer *out);

/* The same, with what an archive wants to know of it. Points into `out`. */
struct packed packer_pack(struct packer *packer, const void *bytes, size_t length,
                          enum pack_effort effort, struct buffer *out);

/* The same, kept for the next who asks. Borrowed until packer_trim. */
struct packed packer_keep(struct packer *packer, const void *bytes, size_t length,
                          enum pack_effort effort);
/* Between documents. */
void packer_trim(struct packer *packer);

#endif

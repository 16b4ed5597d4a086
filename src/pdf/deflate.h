/* Deflate, as PDF's FlateDecode wants it. */
#ifndef HANDOUT_PDF_DEFLATE_H
#define HANDOUT_PDF_DEFLATE_H

#include "base/buffer.h"

/* What the bytes are: how hard it pays to look for repetitions in them. */
enum deflate { DEFLATE_NONE, DEFLATE_FAST, DEFLATE_SMALL };

/* Appends the deflated bytes. Not for DEFLATE_NONE. */
void deflate_bytes(const void *bytes, size_t length, enum deflate deflate_as, struct buffer *out);

#endif

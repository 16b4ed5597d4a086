/* The colour profile that gives the file's RGB its meaning. */
#ifndef HANDOUT_PDF_ICC_H
#define HANDOUT_PDF_ICC_H

#include "base/buffer.h"

/* Appends an ICC profile (version 4.2, display, matrix and curves) of sRGB. */
void icc_write_srgb(struct buffer *out);

#endif

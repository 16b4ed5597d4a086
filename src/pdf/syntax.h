/* Writing the syntax of PDF into a buffer: numbers, names and strings. */
#ifndef HANDOUT_PDF_SYNTAX_H
#define HANDOUT_PDF_SYNTAX_H

#include "base/buffer.h"
#include "base/units.h"

#include <stdint.h>

void put_integer(struct buffer *out, int64_t value);
/* A length in points, exact, without needless zeros: 12500 is "12.5". */
void put_length(struct buffer *out, int64_t length);
/* Three numbers from 0 to 1. */
void put_colour(struct buffer *out, rgb colour);
/* "/Name": bytes that a name cannot hold are written as #xx. */
void put_name(struct buffer *out, const char *name);
/* A byte string in parentheses. */
void put_bytes(struct buffer *out, const void *bytes, size_t length);
/* A text string: ASCII as it is, else UTF-16BE after its mark. */
void put_text(struct buffer *out, const char *text);
/* UTF-16BE in hexadecimal digits, without brackets: for character maps. */
void put_utf16_digits(struct buffer *out, const char *text, size_t length);
/* "12 0 R" */
void put_reference(struct buffer *out, uint32_t number);

#endif

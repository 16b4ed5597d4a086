/* UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef HANDOUT_BASE_UTF8_H
#define HANDOUT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX
#define UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* The code point at `text`, and its length in bytes; UTF8_INVALID and 1 where the
 * bytes are not UTF-8. `left` is at least 1. */
uint32_t utf8_decode(const char *text, size_t left, size_t *length);

/* Writes 1 to 4 bytes and returns how many. */
size_t utf8_encode(uint32_t codepoint, char out[4]);

/* Bytes before the first that is not UTF-8, or `length`. */
size_t utf8_valid_prefix(const char *text, size_t length);

/* Code points in `length` bytes of valid UTF-8. */
size_t utf8_count(const char *text, size_t length);

/* The embeddings, overrides and isolates of UAX 9: what follows is not read as it is written. */
bool utf8_turns_direction(uint32_t codepoint);
/* U+FFFE, U+FDD0 and the others that are never to be a character; UTF8_INVALID. */
bool utf8_is_noncharacter(uint32_t codepoint);

#endif

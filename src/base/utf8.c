/* The ranges are those of table 3-7 of the Unicode standard. */
#include "base/utf8.h"

static size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

static int second_byte_fits(unsigned char lead, unsigned char second) {
  unsigned char low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  return second >= low && second <= high;
}

uint32_t utf8_decode(const char *text, size_t left, size_t *length) {
  const unsigned char *byte = (const unsigned char *)text;
  size_t wanted = sequence_length(byte[0]);
  *length = 1;
  if (wanted == 1) return byte[0];
  if (wanted == 0 || wanted > left || !second_byte_fits(byte[0], byte[1])) return UTF8_INVALID;
  uint32_t codepoint = byte[0] & (0x7Fu >> wanted);
  for (size_t i = 1; i < wanted; i++) {
    if ((byte[i] & 0xC0) != 0x80) return UTF8_INVALID;
    codepoint = codepoint << 6 | (byte[i] & 0x3Fu);
  }
  *length = wanted;
  return codepoint;
}

size_t utf8_encode(uint32_t codepoint, char out[4]) {
  if (codepoint < 0x80) {
    out[0] = (char)codepoint;
    return 1;
  }
  size_t length = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--) {
    out[i] = (char)(0x80 | (codepoint & 0x3F));
    codepoint >>= 6;
  }
  out[0] = (char)((0xF00u >> length & 0xF0u) | codepoint);
  return length;
}

size_t utf8_valid_prefix(const char *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    size_t step;
    if (utf8_decode(text + at, length - at, &step) == UTF8_INVALID) break;
    at += step;
  }
  return at;
}

size_t utf8_count(const char *text, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ((unsigned char)text[i] & 0xC0) != 0x80;
  return count;
}

bool utf8_turns_direction(uint32_t codepoint) {
  return (codepoint >= 0x202A && codepoint <= 0x202E) ||
         (codepoint >= 0x2066 && codepoint <= 0x2069);
}

bool utf8_is_noncharacter(uint32_t codepoint) {
  return (codepoint & 0xFFFE) == 0xFFFE || (codepoint >= 0xFDD0 && codepoint <= 0xFDEF);
}

/* PDF's syntax has few traps, all of them in strings: parentheses and backslashes
 * are escaped, and so is a carriage return, which a reader would turn into a line
 * feed. Everything else may stand in a string as it is, so literal strings are
 * little more than half as long as hexadecimal ones (ISO 32000-1, 7.3.4). */
#include "pdf/syntax.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

/* Numbers are most of what is written, so printf is passed by. */
static void put_digits(struct buffer *out, uint64_t value, int at_least) {
  char digits[20];
  int at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0 || (int)sizeof digits - at < at_least);
  buffer_append(out, digits + at, sizeof digits - (size_t)at);
}

static uint64_t put_sign(struct buffer *out, int64_t value) {
  if (value >= 0) return (uint64_t)value;
  buffer_append_byte(out, '-');
  return 0 - (uint64_t)value;
}

void put_integer(struct buffer *out, int64_t value) {
  put_digits(out, put_sign(out, value), 1);
}

void put_length(struct buffer *out, int64_t length) {
  uint64_t size = put_sign(out, length);
  put_digits(out, size / MPT_PER_POINT, 1);
  unsigned rest = (unsigned)(size % MPT_PER_POINT);
  int digits = 3;
  if (rest == 0) return;
  for (; rest % 10 == 0; rest /= 10) digits--;
  buffer_append_byte(out, '.');
  put_digits(out, rest, digits);
}

static void put_channel(struct buffer *out, unsigned value) {
  put_length(out, (int64_t)(value * 1000 + 127) / 255);
}

void put_colour(struct buffer *out, rgb colour) {
  put_channel(out, colour >> 16 & 0xFF);
  buffer_append_byte(out, ' ');
  put_channel(out, colour >> 8 & 0xFF);
  buffer_append_byte(out, ' ');
  put_channel(out, colour & 0xFF);
}

void put_name(struct buffer *out, const char *name) {
  buffer_append_byte(out, '/');
  for (; *name; name++) {
    unsigned char byte = (unsigned char)*name;
    if (byte > 0x20 && byte < 0x7F && !strchr("#/()<>[]{}%", byte)) buffer_append_byte(out, *name);
    else buffer_printf(out, "#%02X", byte);
  }
}

static void put_string_byte(struct buffer *out, char byte) {
  if (byte == '\r') {
    buffer_append(out, "\\r", 2);
    return;
  }
  if (byte == '(' || byte == ')' || byte == '\\') buffer_append_byte(out, '\\');
  buffer_append_byte(out, byte);
}

void put_bytes(struct buffer *out, const void *bytes, size_t length) {
  const char *byte = bytes;
  buffer_append_byte(out, '(');
  for (size_t i = 0; i < length; i++) put_string_byte(out, byte[i]);
  buffer_append_byte(out, ')');
}

static size_t utf16_units(uint32_t codepoint, uint16_t units[2]) {
  if (codepoint < 0x10000) {
    units[0] = (uint16_t)codepoint;
    return 1;
  }
  units[0] = (uint16_t)(0xD800 + ((codepoint - 0x10000) >> 10));
  units[1] = (uint16_t)(0xDC00 + ((codepoint - 0x10000) & 0x3FF));
  return 2;
}

static bool is_ascii(const char *text) {
  while (isprint((unsigned char)*text) && (unsigned char)*text < 0x7F) text++;
  return *text == '\0';
}

void put_text(struct buffer *out, const char *text) {
  size_t length = strlen(text);
  if (is_ascii(text)) {
    put_bytes(out, text, length);
    return;
  }
  buffer_append(out, "(\xFE\xFF", 3);
  for (size_t at = 0, step; at < length; at += step) {
    uint16_t units[2];
    size_t count = utf16_units(utf8_decode(text + at, length - at, &step), units);
    for (size_t i = 0; i < count; i++) {
      put_string_byte(out, (char)(units[i] >> 8));
      put_string_byte(out, (char)(units[i] & 0xFF));
    }
  }
  buffer_append_byte(out, ')');
}

/* Of these two, which mean the same, a map may not hold the first (ISO 14289-1, 7.21.7). */
#define BYTE_ORDER_MARK 0xFEFF
#define WORD_JOINER     0x2060

void put_utf16_digits(struct buffer *out, const char *text, size_t length) {
  for (size_t at = 0, step; at < length; at += step) {
    uint16_t units[2];
    uint32_t codepoint = utf8_decode(text + at, length - at, &step);
    size_t count = utf16_units(codepoint == BYTE_ORDER_MARK ? WORD_JOINER : codepoint, units);
    for (size_t i = 0; i < count; i++) buffer_printf(out, "%04X", units[i]);
  }
}

void put_reference(struct buffer *out, uint32_t number) {
  put_digits(out, number, 1);
  buffer_append(out, " 0 R", 4);
}

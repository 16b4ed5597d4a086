/* In a renumbered subset glyph 5 may still be called CID 31,416: the charset keeps
 * the old names. PDF looks glyphs up by CID, so the charset is overwritten with
 * "CID = glyph number". The new charset is never longer than the old one: one range
 * is the least that any charset of that many glyphs can take.
 *
 * Source: Adobe Technical Note 5176, sections 4 (DICT), 5 (INDEX), 13 (charsets). */
#include "pdf/cff.h"

#define OPERATOR_CHARSET 15
#define OPERATOR_ESCAPE  12
#define OPERATOR_ROS     30 /* after the escape: the font is CID-keyed */

struct cursor {
  const uint8_t *bytes;
  size_t at, end;
};

static uint32_t read_number(struct cursor *cursor, size_t size) {
  uint32_t value = 0;
  for (size_t i = 0; i < size && cursor->at < cursor->end; i++) {
    value = value << 8 | cursor->bytes[cursor->at++];
  }
  return value;
}

/* Enters the first item of an INDEX, or passes over the whole of it. */
static bool index_enter(struct cursor *cursor, struct cursor *first) {
  uint32_t count = read_number(cursor, 2);
  if (count == 0) return false;
  size_t size = read_number(cursor, 1);
  size_t offsets = cursor->at;
  if (size < 1 || size > 4 || offsets + (count + 1) * size > cursor->end) return false;
  size_t data = offsets + (count + 1) * size - 1;
  struct cursor offset = {cursor->bytes, offsets, cursor->end};
  size_t start = data + read_number(&offset, size);
  size_t stop = data + read_number(&offset, size);
  offset.at = offsets + count * size;
  size_t end = data + read_number(&offset, size);
  if (start > stop || stop > end || end > cursor->end) return false;
  *first = (struct cursor){cursor->bytes, start, stop};
  cursor->at = end;
  return true;
}

/* Reads an operand of a DICT; real numbers are passed over. */
static uint32_t read_operand(struct cursor *dict, uint8_t lead) {
  if (lead == 28) return read_number(dict, 2);
  if (lead == 29) return read_number(dict, 4);
  if (lead == 30) {
    while (dict->at < dict->end && (read_number(dict, 1) & 0x0F) != 0x0F) continue;
    return 0;
  }
  if (lead <= 246) return (uint32_t)lead - 139;
  uint32_t next = read_number(dict, 1);
  return lead <= 250 ? (uint32_t)(lead - 247) * 256 + next + 108 : 0;
}

static bool find_charset(struct cursor dict, bool *cid_keyed, uint32_t *charset) {
  uint32_t operand = 0;
  *cid_keyed = false;
  *charset = 0;
  while (dict.at < dict.end) {
    uint8_t byte = (uint8_t)read_number(&dict, 1);
    if (byte >= 28) {
      operand = read_operand(&dict, byte);
    } else if (byte == OPERATOR_ESCAPE) {
      if (read_number(&dict, 1) == OPERATOR_ROS) *cid_keyed = true;
    } else if (byte == OPERATOR_CHARSET) {
      *charset = operand;
    }
  }
  return true;
}

bool cff_make_identity(uint8_t *table, size_t length, unsigned glyph_count) {
  if (length < 4) return false;
  struct cursor cursor = {table, table[2], length};
  struct cursor item;
  bool cid_keyed;
  uint32_t charset;
  if (!index_enter(&cursor, &item)) return false;
  if (!index_enter(&cursor, &item)) return false;
  if (!find_charset(item, &cid_keyed, &charset)) return false;
  if (!cid_keyed || glyph_count < 2) return true;
  unsigned left = glyph_count - 2;
  if (charset < 4 || charset + 5 > length) return false;
  uint8_t *out = table + charset;
  size_t at = 0;
  out[at++] = left == 0 ? 0 : left < 256 ? 1 : 2;
  out[at++] = 0;
  out[at++] = 1;
  if (left >= 256) out[at++] = (uint8_t)(left >> 8);
  if (left > 0) out[at++] = (uint8_t)left;
  return true;
}

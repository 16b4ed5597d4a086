/* Text and glyphs correspond by whole clusters; PDF maps code by code. One glyph
 * takes all text of its cluster ("fi", or the two em dashes that Chinese sets as one
 * bar). Of several glyphs each takes one character, the last one the rest; where there
 * are fewer characters than glyphs, the character that is left is taken apart (an
 * accented letter that the face draws as two glyphs). A glyph without any
 * text is a hyphen that line breaking added: a soft hyphen, which is no part of the word. */
#include "pdf/tounicode.h"

#include "base/utf8.h"
#include "pdf/syntax.h"

#include <string.h>

#define SOFT_HYPHEN      "\xC2\xAD"
#define ZERO_WIDTH_SPACE "\xE2\x80\x8B"

/* More entries than this in a block are refused by old readers. */
#define BLOCK_LIMIT 100

/* Glyphs of a part: many marks may stand on one letter. */
#define PART_LIMIT 16

bool reading_equals(struct reading a, struct reading b) {
  return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

static size_t characters_length(const char *text, size_t length, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < length; count--) {
    size_t step;
    utf8_decode(text + at, length - at, &step);
    at += step;
  }
  return at;
}

uint32_t part_glyph(const struct part *part, uint32_t index) {
  return part->run->glyphs[part->cluster.first_glyph + part->first + index].id;
}

struct reading part_reading(const struct part *part, uint32_t index) {
  const struct cluster *cluster = &part->cluster;
  const char *text = part->source + part->text_start;
  size_t length = cluster->text_end - part->text_start;
  if (cluster->text_start == cluster->text_end)
    return (struct reading){SOFT_HYPHEN, sizeof SOFT_HYPHEN - 1};
  size_t start = characters_length(text, length, index), end = length;
  if (start == length) return (struct reading){ZERO_WIDTH_SPACE, sizeof ZERO_WIDTH_SPACE - 1};
  if (part->first + index + 1 < cluster->glyph_count)
    end = start + characters_length(text + start, length - start, 1);
  return (struct reading){text + start, (uint32_t)(end - start)};
}

/* An author's soft hyphen that breaks no line: in a PDF it would say that one ends here
 * (ISO 32000-1, 14.8.2.2.3), and part the word for who copies or searches. */
static bool is_hint(const struct part *part, uint32_t index) {
  static const struct reading hint = {SOFT_HYPHEN, sizeof SOFT_HYPHEN - 1};
  return part->cluster.text_start < part->cluster.text_end &&
         reading_equals(part_reading(part, index), hint);
}

/* Is the next glyph one of the part's, read otherwise there? */
static bool comes_back(const struct part *part) {
  for (uint32_t i = 0; i < part->count; i++) {
    if (part_glyph(part, i) == part_glyph(part, part->count) &&
        !reading_equals(part_reading(part, i), part_reading(part, part->count)))
      return true;
  }
  return false;
}

static bool is_full(const struct part *part) {
  return part->count == PART_LIMIT || part->first + part->count == part->cluster.glyph_count ||
         is_hint(part, part->count) || comes_back(part);
}

static bool next_glyph(struct part *part) {
  part->text_start += (uint32_t)characters_length(
      part->source + part->text_start, part->cluster.text_end - part->text_start, part->count);
  part->first += part->count;
  if (part->first == part->cluster.glyph_count) {
    if (!cluster_next(part->run, &part->cluster)) return false;
    part->first = 0;
    part->text_start = part->cluster.text_start;
  }
  part->count = 1;
  return true;
}

bool part_next(struct part *part) {
  while (next_glyph(part)) {
    if (is_hint(part, 0)) continue;
    while (!is_full(part)) part->count++;
    return true;
  }
  return false;
}

static size_t count_known(const struct reading *readings, size_t count) {
  size_t known = 0;
  for (size_t i = 0; i < count; i++) known += readings[i].length > 0;
  return known;
}

void tounicode_write(const struct reading *readings, size_t count, struct buffer *out) {
  buffer_append_text(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                          "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                          "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                          "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
  size_t left = count_known(readings, count), room = 0;
  for (size_t code = 0; code < count; code++) {
    if (readings[code].length == 0) continue;
    if (room == 0) {
      room = left < BLOCK_LIMIT ? left : BLOCK_LIMIT;
      buffer_printf(out, "%zu beginbfchar\n", room);
    }
    buffer_printf(out, "<%04zX><", code);
    put_utf16_digits(out, readings[code].text, readings[code].length);
    buffer_append_text(out, ">\n");
    left--;
    if (--room == 0) buffer_append_text(out, "endbfchar\n");
  }
  buffer_append_text(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}

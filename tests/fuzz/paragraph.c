/* The paragraph engine: any text in any runs, at any measure, in any way of setting. No
 * character is lost and none stands twice: lines cover the text end to end, clusters
 * lie in their lines one after the other, and what they leave out is white space or
 * what cannot be seen.
 *
 *   byte 0: alignment, strictness, punctuation   byte 1: flags, where runs part
 *   bytes 2, 3: measure   byte 4: first indent   the rest: text
 */
#include "fuzz.h"

#include "font/font.h"
#include "text/text.h"

#include <unicode/uchar.h>

enum { HEAD = 5, MOST_RUNS = 8 };

struct setting_up {
  struct messages *messages;
  struct font_library *families;
  struct text_engine *engine;
  struct font_set fonts;
  struct text_style styles[4];
};

static const struct setting_up *set_up(void) {
  static struct setting_up s;
  if (s.engine) return &s;
  struct font_options options = {0};
  s.messages = messages_new(stderr, MESSAGES_SHORT, false);
  s.families = font_library_new(&options, s.messages);
  s.engine = text_engine_new(s.messages);
  PROMISE(s.families && s.engine);
  s.fonts.faces[FONT_SCRIPT_LATIN][0] =
      font_library_find(s.families, "Noto Serif", 400, FONT_UPRIGHT, s.messages);
  s.fonts.faces[FONT_SCRIPT_HAN][0] =
      font_library_find(s.families, "Noto Serif CJK SC", 400, FONT_UPRIGHT, s.messages);
  PROMISE(s.fonts.faces[0][0] && s.fonts.faces[1][0]);
  for (int i = 0; i < 4; i++)
    s.styles[i] = (struct text_style){.fonts = &s.fonts,
                                      .size = 9000 + 1500 * i,
                                      .language = i % 2 ? "en" : "zh-Hans",
                                      .verbatim = i == 3,
                                      .emphasis_dots = i == 2};
  return &s;
}

/* Bytes above 0x7F stand for what is awkward, so that a text need not be valid UTF-8 to
 * be one. */
static void expand(const uint8_t *data, size_t size, struct buffer *out) {
  static const char *const awkward[] = {
      "汉", "字", "，", "。", "“", "”", "（", "）", "！", "——", "……", "·", "\u00AD", "\u200B",
      "\u2028", "é", "e\u0301", "\u200D", "\uFE0F", "①", "５", "年", "％", "\u00A0", "\u3000",
      "ｆ", "℃", "￥", "‰", "𠮷", "か", "international", "https://a.b/c?d=e", "ﬁ", "\u2060",
      "\u0301", "\u202F", "\uFEFF", "\u2029", "\xC2\x85", "\u00A0\u0301", "葛\U000E0100", "-", "—"};
  for (size_t i = 0; i < size; i++) {
    if (data[i] >= 0x80)
      buffer_append_text(out, awkward[data[i] % (sizeof awkward / sizeof *awkward)]);
    else if (data[i]) buffer_append_byte(out, (char)data[i]);
  }
}

static bool is_unseen(uint32_t c) {
  return u_isUWhiteSpace((UChar32)c) || u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         u_charType((UChar32)c) == U_CONTROL_CHAR;
}

static void check_skipped(const struct paragraph *paragraph, uint32_t from, uint32_t to) {
  PROMISE(from <= to);
  for (size_t step; from < to; from += (uint32_t)step) {
    uint32_t c = utf8_decode(paragraph->text + from, to - from, &step);
    PROMISE(is_unseen(c));
  }
}

static void check_line(const struct paragraph *paragraph, const struct line *line) {
  uint32_t at = line->text_start;
  for (size_t r = 0; r < line->run_count; r++) {
    const struct glyph_run *run = &line->runs[r];
    uint32_t glyphs = 0;
    for (struct cluster cluster = {0}; !run->dots && cluster_next(run, &cluster);) {
      PROMISE(cluster.first_glyph == glyphs && cluster.text_end <= line->text_end);
      glyphs += cluster.glyph_count;
      if (cluster.text_start == cluster.text_end) continue;
      check_skipped(paragraph, at, cluster.text_start);
      at = cluster.text_end;
    }
    PROMISE(run->dots || glyphs == run->glyph_count);
  }
  check_skipped(paragraph, at, line->text_end);
}

static void check_paragraph(const struct paragraph *paragraph, const struct buffer *text) {
  PROMISE(paragraph->text_length == text->length);
  PROMISE(!text->length || memcmp(paragraph->text, text->data, text->length) == 0);
  uint32_t at = 0;
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    PROMISE(line->text_start == at && line->text_end > at);
    check_line(paragraph, line);
    at = line->text_end;
  }
  PROMISE(at == text->length);
}

/* The text in runs of some characters each, the last with the rest. */
static size_t cut_runs(const struct setting_up *s, const struct buffer *text, uint8_t how,
                       struct text_run *runs) {
  size_t count = 0, at = 0, wanted = 1 + how % 7;
  while (at < text->length || count == 0) {
    size_t from = at;
    for (size_t n = 0, step; n < wanted && at < text->length; n++, at += step)
      utf8_decode(text->data + at, text->length - at, &step);
    if (count + 1 == MOST_RUNS || how % 3 == 0) at = text->length;
    runs[count] = (struct text_run){.text = text->length ? text->data + from : "",
                                    .length = at - from,
                                    .mark = (uint32_t)count,
                                    .style = &s->styles[(count + how) % 4]};
    count++;
  }
  return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const struct setting_up *s = set_up();
  if (size < HEAD) return 0;
  struct buffer text = {0};
  bool raw = data[1] & 0x80;
  if (!raw) expand(data + HEAD, size - HEAD, &text);
  else if (utf8_valid_prefix((const char *)data + HEAD, size - HEAD) == size - HEAD)
    buffer_append(&text, data + HEAD, size - HEAD);
  struct text_run runs[MOST_RUNS];
  struct paragraph_spec spec = {.runs = runs,
                                .run_count = cut_runs(s, &text, data[1] & 0x1F, runs),
                                .language = data[1] & 0x20 ? "en" : "zh-Hans",
                                .measure = (mpt)(data[2] << 8 | data[3]) * 12,
                                .first_indent = ((mpt)data[4] - 64) * 500,
                                .alignment = data[0] & 3,
                                .strictness = (data[0] >> 2 & 3) % 3,
                                .punctuation = data[0] >> 4 & 3,
                                .hyphenate = data[0] >> 6 & 1,
                                .balanced = data[0] >> 7};
  struct sink *sink = sink_open();
  struct arena *arena = arena_new();
  const struct paragraph *paragraph = paragraph_set(s->engine, arena, &spec, sink->messages);
  sink_agrees(sink, paragraph != NULL);
  if (paragraph) check_paragraph(paragraph, &text);
  PROMISE((paragraph_natural_width(s->engine, &spec, sink->messages) < 0) <= !paragraph);
  messages_flush(sink->messages);
  arena_free(arena);
  text_engine_trim(s->engine);
  sink_close(sink);
  buffer_finish(&text);
  return 0;
}

/* The door's promises: lines that fill the measure, text that can be had back from
 * the clusters, and an error for a character that no face has. */
#include "check.h"
#include "sample.h"

/* The text behind a paragraph's glyphs, in order. */
static char *recover(struct arena *arena, const struct paragraph *paragraph) {
  struct buffer out = {0};
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    for (size_t r = 0; r < line->run_count; r++) {
      const struct glyph_run *run = &line->runs[r];
      for (struct cluster cluster = {0}; cluster_next(run, &cluster);)
        buffer_append(&out, paragraph->text + cluster.text_start,
                      cluster.text_end - cluster.text_start);
    }
  }
  char *text = arena_strndup(arena, out.data ? out.data : "", out.length);
  buffer_finish(&out);
  return text;
}

static const char mixed[] =
    "他说：“你好（世界）。”她用 Python 3.11和C++写了2024年8月的程序——很好……真的！！"
    "中国·北京，价格￥8,000元/月，共3～5年，office efficient ﬁnal. 👍";

static void test_lines(struct sample *sample) {
  char *text = strdup(mixed);
  text[strlen(text) - 5] = '\0'; /* the emoji is for test_missing */
  struct arena *arena = arena_new();
  struct text_run run = sample_run(sample, text);
  for (int measure = 8; measure < 40; measure++) {
    struct paragraph_spec spec = sample_spec(sample, &run, measure);
    const struct paragraph *paragraph =
        paragraph_set(sample->engine, arena, &spec, sample->messages);
    CHECK_TEXT(recover(arena, paragraph), text);
    uint32_t at = 0;
    for (size_t i = 0; i < paragraph->line_count; i++) {
      const struct line *line = &paragraph->lines[i];
      CHECK(line->text_start == at && line->text_end > at);
      CHECK(line->width <= spec.measure); /* narrow lines may be left short */
      CHECK(line->width == spec.measure || line->forced || measure < 20);
      at = line->text_end;
    }
    CHECK(at == strlen(text));
  }
  arena_free(arena);
  free(text);
}

static void test_empty(struct sample *sample) {
  struct arena *arena = arena_new();
  struct text_run run = sample_run(sample, "");
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  CHECK(paragraph->line_count == 0 && paragraph->text_length == 0);
  arena_free(arena);
}

static void test_forced(struct sample *sample) {
  struct arena *arena = arena_new();
  struct text_run run = sample_run(sample, "甲\u2028\u2028乙丙");
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  CHECK(paragraph->line_count == 3);
  CHECK(paragraph->lines[0].forced && paragraph->lines[0].width == 10000);
  CHECK(paragraph->lines[1].width == 0 && paragraph->lines[2].width == 20000);
  CHECK(paragraph_natural_width(sample->engine, &spec, sample->messages) == 20000);
  arena_free(arena);
}

/* A word that would fit, but for the indent, is broken: nothing stands beyond the margin. */
static void test_indents(struct sample *sample) {
  struct arena *arena = arena_new();
  for (int sign = -1; sign <= 1; sign += 2) {
    struct text_run run = sample_run(sample, "——————————————————一二三四");
    struct paragraph_spec spec = sample_spec(sample, &run, 19);
    spec.first_indent = sign * 20000;
    const struct paragraph *paragraph =
        paragraph_set(sample->engine, arena, &spec, sample->messages);
    for (size_t i = 0; i < paragraph->line_count; i++)
      CHECK(paragraph->lines[i].width <= spec.measure - (!i == (sign > 0) ? 20000 : 0));
  }
  arena_free(arena);
}

static void test_missing(struct sample *sample) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  struct messages *messages = messages_new(stream, MESSAGES_HUMAN, false);
  struct arena *arena = arena_new();
  const char line[] = "# Well *done* 👍 👍\n";
  const struct source *source =
      source_from_memory(arena, "guide.en.md", line, sizeof line - 1, messages);
  struct text_run run = sample_run(sample, "done 👍 👍");
  run.place = source_place(source, 8, 4);
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  CHECK(paragraph_set(sample->engine, arena, &spec, messages) == NULL);
  messages_free(messages);
  fclose(stream);
  CHECK_TEXT(text, "guide.en.md:1:15: error: no face has '👍' (U+1F44D THUMBS UP SIGN) [no-glyph]\n"
                   "  # Well *done* 👍 👍\n"
                   "                ^~\n"
                   "note: tried NotoSerifCJKsc-Regular, NotoSerif-Regular\n"
                   "hint: write it otherwise, or name a family that has it in the theme\n");
  free(text);
  arena_free(arena);
}

/* More characters on one letter than a cluster has room for: nothing of them is lost. */
static void test_endless_cluster(struct sample *sample, const char *start, const char *more) {
  struct arena *arena = arena_new();
  struct buffer text = {0};
  buffer_append_text(&text, start);
  for (int i = 0; i < 20000; i++) buffer_append_text(&text, more);
  buffer_append_text(&text, " end");
  struct text_run run = sample_run(sample, text.data);
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  CHECK(paragraph != NULL);
  if (paragraph) CHECK_TEXT(recover(arena, paragraph), text.data);
  buffer_finish(&text);
  arena_free(arena);
}

/* Strings of what is awkward, at any measure, in any way of setting: nothing is lost,
 * nothing is wider than a measure of two em, and no tool finds fault with the memory. */
static void test_random(struct sample *sample) {
  static const char *const pieces[] = {"汉",
                                       "字",
                                       "，",
                                       "。",
                                       "“",
                                       "”",
                                       "（",
                                       "）",
                                       "！",
                                       "？",
                                       "——",
                                       "……",
                                       "·",
                                       "a",
                                       "office",
                                       "-",
                                       "  ",
                                       " ",
                                       "\u00AD",
                                       "\u200B",
                                       "\u2028",
                                       "\n",
                                       "\t",
                                       "é",
                                       "e\u0301",
                                       "\u200D",
                                       "\uFE0F",
                                       "①",
                                       "5",
                                       "5,000",
                                       "年",
                                       "第",
                                       "％",
                                       "https://a.b/c?d=e",
                                       "x@y.org",
                                       "+86 10 1234 5678",
                                       "’",
                                       "‘",
                                       "～",
                                       "/",
                                       "／",
                                       "\u00A0",
                                       "\u3000",
                                       "ｆ",
                                       "℃",
                                       "$",
                                       "￥",
                                       "‰",
                                       "𠮷",
                                       "か",
                                       "international"};
  uint32_t state = 7;
#define NEXT(limit) ((state = state * 1664525u + 1013904223u) >> 8) % (limit)
  for (int round = 0; round < 600; round++) {
    struct arena *arena = arena_new();
    struct buffer text = {0};
    for (uint32_t left = 1 + NEXT(60); left > 0; left--) {
      buffer_append_text(&text, pieces[NEXT(sizeof pieces / sizeof *pieces)]);
    }
    sample->style.language = NEXT(2) ? "zh-Hans" : "en";
    sample->style.verbatim = NEXT(8) == 0;
    struct text_run run = sample_run(sample, text.data);
    struct paragraph_spec spec = sample_spec(sample, &run, 0);
    spec.measure = (mpt)(NEXT(300000));
    spec.first_indent = (mpt)(NEXT(3)) * 10000 - 10000;
    spec.alignment = NEXT(4);
    spec.balanced = NEXT(4) == 0;
    spec.hanging = NEXT(2);
    spec.strictness = NEXT(3);
    spec.punctuation = NEXT(4);
    const struct paragraph *paragraph =
        paragraph_set(sample->engine, arena, &spec, sample->messages);
    CHECK(paragraph && paragraph->text_length == text.length);
    uint32_t at = 0;
    for (size_t i = 0; paragraph && i < paragraph->line_count; i++) {
      const struct line *line = &paragraph->lines[i];
      CHECK(line->text_start == at && line->text_end > at);
      bool indented = i ? spec.first_indent < 0 : spec.first_indent > 0;
      mpt room = spec.measure - (indented ? 10000 : 0);
      if (spec.measure > 60000) CHECK(line->width <= room);
      at = line->text_end;
    }
    CHECK(at == text.length);
    buffer_finish(&text);
    arena_free(arena);
  }
  sample->style.language = "zh-Hans";
  sample->style.verbatim = false;
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  test_lines(&sample);
  test_empty(&sample);
  test_forced(&sample);
  test_indents(&sample);
  test_missing(&sample);
  test_endless_cluster(&sample, "a", "\u0301");
  test_endless_cluster(&sample, "a", "\u200D");
  test_endless_cluster(&sample, "a", "\u0327\u0301\u0308");
  test_endless_cluster(&sample, "a", "\uFE0F");
  test_endless_cluster(&sample, "汉", "\U000E0100");
  test_random(&sample);
  CHECK(messages_errors(sample.messages) == 0);
  sample_free(&sample);
  return check_summary();
}

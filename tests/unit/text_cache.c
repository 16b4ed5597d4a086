/* A paragraph that was set before comes back with the same glyphs, and with the marks
 * and styles of whoever asks. */
#include "check.h"
#include "sample.h"

#include "base/arena.h"

static const char sentence[] = "机器学习工程师 earns a living，也写 Python 代码。";

struct asking {
  struct text_style styles[2];
  struct text_run runs[2];
  struct paragraph_spec spec;
};

/* The sentence twice, the second time larger; colours and marks as given. */
static void ask(const struct sample *sample, struct asking *asking, uint32_t mark, rgb colour,
                mpt measure) {
  for (size_t i = 0; i < 2; i++) {
    asking->styles[i] = sample->style;
    asking->styles[i].colour = colour + (rgb)i;
    asking->styles[i].size += (mpt)i * 2000;
    asking->runs[i] = sample_run(sample, sentence);
    asking->runs[i].style = &asking->styles[i];
    asking->runs[i].mark = mark + (uint32_t)i;
  }
  asking->spec = sample_spec(sample, asking->runs, 0);
  asking->spec.run_count = 2;
  asking->spec.measure = measure;
}

static const struct glyph_run *first_run(const struct paragraph *paragraph) {
  return &paragraph->lines[0].runs[0];
}
static const struct glyph_run *last_run(const struct paragraph *paragraph) {
  const struct line *line = &paragraph->lines[paragraph->line_count - 1];
  return &line->runs[line->run_count - 1];
}

static void test_asked_again(struct sample *sample) {
  struct arena *arena = arena_new();
  struct asking one, two, narrow;
  ask(sample, &one, 10, 0x112233, 150000);
  ask(sample, &two, 77, 0x445566, 150000);
  ask(sample, &narrow, 10, 0x112233, 90000);
  const struct paragraph *a = paragraph_set(sample->engine, arena, &one.spec, sample->messages);
  const struct paragraph *b = paragraph_set(sample->engine, arena, &two.spec, sample->messages);
  const struct paragraph *c = paragraph_set(sample->engine, arena, &narrow.spec, sample->messages);
  CHECK(first_run(a)->glyphs == first_run(b)->glyphs); /* not set a second time */
  CHECK(first_run(a)->mark == 10 && first_run(b)->mark == 77);
  CHECK(last_run(a)->mark == 11 && last_run(b)->mark == 78);
  CHECK(first_run(a)->style == &one.styles[0] && first_run(b)->style == &two.styles[0]);
  CHECK(last_run(a)->style == &one.styles[1] && last_run(b)->style == &two.styles[1]);
  CHECK(a->line_count == b->line_count && c->line_count > a->line_count);
  CHECK_TEXT(b->text, a->text);
  arena_free(arena);
}

static void test_what_makes_a_difference(struct sample *sample) {
  struct arena *arena = arena_new();
  struct asking asking;
  ask(sample, &asking, 0, 0, 150000);
  const struct paragraph *first =
      paragraph_set(sample->engine, arena, &asking.spec, sample->messages);
  struct paragraph_spec others[7];
  struct text_run upright = asking.runs[0], longer[2] = {asking.runs[0], asking.runs[1]};
  longer[0].length -= 3;
  for (size_t i = 0; i < 7; i++) others[i] = asking.spec;
  others[0].first_indent = 1000;
  others[1].alignment = ALIGN_CENTRE;
  others[2].punctuation = PUNCTUATION_NONE;
  others[3].language = "en";
  others[4].runs = &upright, others[4].run_count = 1;
  others[5].runs = longer;
  others[6].hanging = true;
  for (size_t i = 0; i < 7; i++) {
    const struct paragraph *other =
        paragraph_set(sample->engine, arena, &others[i], sample->messages);
    CHECK(first_run(other)->glyphs != first_run(first)->glyphs);
  }
  arena_free(arena);
}

static void test_many(struct sample *sample) {
  struct arena *arena = arena_new();
  for (int i = 0; i < 3000; i++) {
    char text[32];
    snprintf(text, sizeof text, "第 %d 段", i % 1500);
    struct text_run run = sample_run(sample, text);
    struct paragraph_spec spec = sample_spec(sample, &run, 20);
    const struct paragraph *set = paragraph_set(sample->engine, arena, &spec, sample->messages);
    CHECK_TEXT(set->text, text);
  }
  text_engine_trim(sample->engine);
  arena_free(arena);
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  test_asked_again(&sample);
  test_what_makes_a_difference(&sample);
  test_many(&sample);
  sample_free(&sample);
  return check_summary();
}

/* Nanoseconds of processor time per glyph of the stages of a paragraph, over mixed Chinese and
 * English paragraphs; then how the time grows with the length of one paragraph. Of several rounds
 * the fastest counts, stage by stage: the machine does other things too.
 *
 *   text [ROUNDS [paragraphs]]    default 20; with a second word, no growth */
#include "corpus.h"
#include "sample.h"
#include "text/setting.h"

#include <stdio.h>
#include <time.h>

enum stage {
  STAGE_ITEMISE,
  STAGE_SHAPE,
  STAGE_OPPORTUNITIES,
  STAGE_FIT,
  STAGE_COMPOSE,
  STAGE_COUNT
};

static const char *const stage_names[STAGE_COUNT] = {"itemise", "shape", "squeeze, opportunities",
                                                     "break", "justify, compose"};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

struct clock {
  double last, stages[STAGE_COUNT];
  size_t glyphs;
};

static void lap(struct clock *clock, enum stage stage) {
  double time = now();
  clock->stages[stage] += time - clock->last;
  clock->last = time;
}

static void set_paragraph(struct sample *sample, const char *text, double measure,
                          struct clock *clock) {
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, measure);
  struct setting s = {.engine = sample->engine, .spec = &spec, .messages = sample->messages};
  struct arena *arena = arena_new();
  clock->last = now();
  setting_init(&s, arena);
  itemise(&s);
  s.joints = arena_alloc_array(s.scratch, (size_t)s.count + 1, sizeof *s.joints);
  lap(clock, STAGE_ITEMISE);
  shape(&s);
  lap(clock, STAGE_SHAPE);
  squeeze(&s);
  find_opportunities(&s);
  lap(clock, STAGE_OPPORTUNITIES);
  fit_lines(&s);
  lap(clock, STAGE_FIT);
  compose(&s, arena);
  lap(clock, STAGE_COMPOSE);
  clock->glyphs += s.glyph_count;
  setting_finish(&s);
  arena_free(arena);
}

static void report(const char *name, const struct clock *clock) {
  double total = 0;
  printf("%s: %zu glyphs\n", name, clock->glyphs);
  for (int i = 0; i < STAGE_COUNT; i++) {
    printf("  %-24s %6.0f ns a glyph\n", stage_names[i], clock->stages[i] / (double)clock->glyphs);
    total += clock->stages[i];
  }
  printf("  %-24s %6.0f ns a glyph\n", "all", total / (double)clock->glyphs);
}

static struct clock run_round(struct sample *sample, double measure) {
  struct clock clock = {0};
  struct corpus corpus = {2024};
  struct buffer text = {0};
  for (int i = 0; i < 50; i++) {
    corpus_paragraph(&corpus, &text);
    set_paragraph(sample, text.data, measure, &clock);
  }
  buffer_finish(&text);
  return clock;
}

static void bench_paragraphs(struct sample *sample, int rounds, double measure) {
  struct clock best = run_round(sample, measure);
  for (int round = 1; round < rounds; round++) {
    struct clock clock = run_round(sample, measure);
    for (int i = 0; i < STAGE_COUNT; i++) {
      if (clock.stages[i] < best.stages[i]) best.stages[i] = clock.stages[i];
    }
  }
  char name[64];
  snprintf(name, sizeof name, "paragraphs at %g em", measure);
  report(name, &best);
}

/* The same text over and over, as one paragraph of so many bytes. */
static void bench_length(struct sample *sample, const char *name, const char *unit, size_t bytes) {
  struct buffer text = {0};
  while (text.length < bytes) buffer_append_text(&text, unit);
  struct clock clock = {0};
  double start = now();
  set_paragraph(sample, text.data, 30, &clock);
  printf("%-24s %8zu bytes %9.1f ms\n", name, text.length, (now() - start) / 1e6);
  buffer_finish(&text);
}

static void bench_lengths(struct sample *sample) {
  static const size_t sizes[] = {1 << 16, 1 << 18, 1 << 20};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (size_t k = 0; k < sizeof monotonies / sizeof *monotonies; k++)
      bench_length(sample, monotonies[k].name, monotonies[k].unit, sizes[i]);
}

int main(int count, char **arguments) {
  int rounds = count > 1 ? atoi(arguments[1]) : 20;
  struct sample sample;
  sample_init(&sample);
  bench_paragraphs(&sample, rounds, 20);
  bench_paragraphs(&sample, rounds, 36);
  if (count < 3) bench_lengths(&sample);
  sample_free(&sample);
  return 0;
}

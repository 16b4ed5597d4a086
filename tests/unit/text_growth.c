/* A paragraph four times as long takes about four times as long to set, whatever it is made of:
 * no stage of text/ may grow faster than the text. Processor time, the best of three. */
#include "check.h"
#include "corpus.h"
#include "sample.h"

#include <time.h>

/* What four times the text may take; a stage that is quadratic takes sixteen times as long. */
enum { MOST = 8, BYTES = 16384 };

static double milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* `salt` makes each text another, so that none is found in the engine's cache. */
static double time_of(struct sample *sample, const char *unit, size_t bytes, const char *salt) {
  struct buffer text = {0};
  struct arena *arena = arena_new();
  buffer_append_text(&text, salt);
  while (text.length < bytes) buffer_append_text(&text, unit);
  struct text_run run = sample_run(sample, text.data);
  struct paragraph_spec spec = sample_spec(sample, &run, 30);
  double start = milliseconds();
  CHECK(paragraph_set(sample->engine, arena, &spec, sample->messages) != NULL);
  double time = milliseconds() - start;
  arena_free(arena);
  buffer_finish(&text);
  return time;
}

static double best_time(struct sample *sample, const char *unit, size_t bytes) {
  static const char *const salts[] = {"x", "y", "z"};
  double best = 0;
  for (size_t i = 0; i < sizeof salts / sizeof *salts; i++) {
    double time = time_of(sample, unit, bytes, salts[i]);
    if (i == 0 || time < best) best = time;
  }
  return best;
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  for (size_t i = 0; i < sizeof monotonies / sizeof *monotonies; i++) {
    double one = best_time(&sample, monotonies[i].unit, BYTES);
    double four = best_time(&sample, monotonies[i].unit, 4 * BYTES);
    CHECK(four < MOST * one);
    printf("%-20s %7.1f ms, four times as long %7.1f ms\n", monotonies[i].name, one, four);
  }
  sample_free(&sample);
  return check_summary();
}

/* In which order a line gives way: pressed together by A17, drawn apart by A18. One line is
 * set at every measure from its narrowest to its widest; at each of them a step may only have
 * begun when all steps before it have given all that they can. Read off the positions. */
#include "check.h"
#include "sample.h"

enum { ORDER_LIMIT = 64 };

/* The distances that belong to a step: between the origins of two characters, in thousandths
 * of an em, as it is and when the step has given all. */
struct distance {
  const char *name;
  size_t from, to; /* characters of the line */
  int step, natural, limit;
};

static size_t places_of(struct sample *sample, const struct paragraph_spec *spec, double *places) {
  struct arena *arena = arena_new();
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, spec, sample->messages);
  const struct line *line = &paragraph->lines[0];
  size_t count = 0;
  for (size_t r = 0; r < line->run_count; r++)
    for (struct cluster cluster = {0}; cluster_next(&line->runs[r], &cluster);)
      if (count < ORDER_LIMIT)
        places[count++] =
            1000.0 * line->runs[r].glyphs[cluster.first_glyph].x / sample->style.size;
  arena_free(arena);
  return count;
}

/* How much of its way a distance has gone, from 0 to 1. */
static double share_of(const struct distance *distance, const double *places) {
  double now = places[distance->to] - places[distance->from];
  return (now - distance->natural) / (distance->limit - distance->natural);
}

/* The steps before the last that has begun are done, within what rounding may take. */
static void check_steps(const struct distance *distances, const double *places, double measure) {
  int begun = -1;
  for (const struct distance *d = distances; d->name; d++)
    if (share_of(d, places) > 0.01 && d->step > begun) begun = d->step;
  for (const struct distance *d = distances; d->name; d++) {
    double share = share_of(d, places);
    bool right = share > -0.01 && share < 1.01 && (d->step >= begun || share > 0.99);
    CHECK(right);
    if (!right) printf("  %s at %g em: %g of what it may give\n", d->name, measure, share);
  }
}

static void check_all_measures(struct sample *sample, const char *text, double from, double to,
                               const struct distance *distances) {
  struct text_run run = sample_run(sample, text);
  for (double measure = from; measure <= to; measure += 0.01) {
    struct paragraph_spec spec = sample_spec(sample, &run, measure);
    spec.hyphenate = false;
    double places[ORDER_LIMIT];
    places_of(sample, &spec, places);
    check_steps(distances, places, measure);
  }
}

/*  0  1 2 3 4  5  6  7  8  9 10 11 12 13 14 15 16
 *  说 A _ b 是 中 ·  国 （ 人 ） 大 ，  好 。 了 吗 */
static const char pressed[] = "说A b是中·国（人）大，好。了吗";
static const struct distance pressing[] = {
    {"word space", 2, 3, 1, 260, 250},
    {"interpunct", 5, 7, 2, 1500, 1250},
    {"opening bracket", 7, 9, 3, 2000, 1500},
    {"closing bracket", 9, 11, 3, 2000, 1500},
    {"comma", 11, 13, 4, 2000, 1500},
    {"Han and Latin", 0, 1, 5, 1250, 1125},
    {"full stop", 13, 15, 6, 2000, 1500},
    {NULL, 0, 0, 0, 0, 0},
};

/*  0  1 2 3 4  5  6  7 */
static const char drawn[] = "说A b是中国人supercalifragil";
static const struct distance drawing[] = {
    {"word space", 2, 3, 1, 260, 500},
    {"Han and Latin", 0, 1, 2, 1250, 1333},
    {"Han", 4, 5, 3, 1000, 1250},
    {"Han", 5, 6, 3, 1000, 1250},
    {NULL, 0, 0, 0, 0, 0},
};

int main(void) {
  struct sample sample;
  sample_init(&sample);
  check_all_measures(&sample, pressed, 13.5, 15.6, pressing);
  check_all_measures(&sample, drawn, 7.08, 8.2, drawing);
  sample_free(&sample);
  return check_summary();
}

/* Four hundred made paragraphs, and those of the templates, at four measures: no line
 * breaks a hard rule of A3 to A5, none starts with a dash, no paragraph ends in a
 * lone character; and the places between Han stay shut (A19).
 *
 * Everything is read off the finished lines, the clusters and their positions. */
#include "check.h"
#include "corpus.h"
#include "sample.h"

#include "base/utf8.h"

#include <math.h>

/* --- the rules, by the text of two neighbouring lines ------------------------------ */

static uint32_t code_before(const char *text, uint32_t at) {
  size_t step;
  while (at > 0 && text[at - 1] == ' ') at--;
  if (at == 0) return 0;
  do at--;
  while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
  return utf8_decode(text + at, 4, &step);
}

static uint32_t code_after(const char *text, uint32_t at) {
  size_t step;
  return text[at] ? utf8_decode(text + at, strlen(text + at), &step) : 0;
}

static bool is_in(uint32_t code, const char *set) {
  char one[5] = "";
  utf8_encode(code, one);
  return code && strstr(set, one);
}

static bool is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static const char never_first[] = "，。、；：！？）》」』】〉〕］｝”’·・‧—–～~/／%‰℃…⋯⸺";
static const char never_last[] = "（《「『【〈〔［｛“‘￥¥$€£№";

/* Names that do not come apart. */
static const char *const wholes[] = {"C++",     "C#",    ".NET",  "O*NET", "R&D",  "0.001", "5,000",
                                     "120,000", "4,200", "8:1:1", "12.5%", "GB/T", NULL};

static bool splits_whole(const char *text, uint32_t at) {
  for (size_t i = 0; wholes[i]; i++) {
    size_t length = strlen(wholes[i]);
    for (size_t back = 1; back < length && back <= at; back++) {
      if (strncmp(text + at - back, wholes[i], length) == 0) return true;
    }
  }
  return false;
}

static const char *violation(const char *text, uint32_t at, bool address) {
  uint32_t before = code_before(text, at), after = code_after(text, at);
  if (is_in(after, never_first)) return "starts a line";
  if (is_in(before, never_last)) return "ends a line";
  if (address) return NULL;
  if (is_in(before, "/")) return "ends a line with a solidus";
  if (before == 0x7B2C && is_digit(after)) return "splits 第 and its number";
  if (is_digit(before) && is_digit(after) && text[at - 1] != ' ') return "splits a number";
  return splits_whole(text, at) ? "splits a name" : NULL;
}

/* Between a number and its unit. */
static bool is_soft(const char *text, uint32_t at) {
  return is_digit(code_before(text, at)) && is_in(code_after(text, at), "年月日元万亿个章条周级");
}

/* --- the figures ---------------------------------------------------------------------- */

struct figures {
  size_t lines, loose, very_loose, pairs, violations, lone, hyphens;
  double gaps, worst;
  size_t shorts, softs;
};

struct spot {
  uint32_t code;
  double x;
};

static size_t spots_of(const struct paragraph *paragraph, const struct line *line,
                       struct spot *spots) {
  size_t count = 0, step;
  for (size_t r = 0; r < line->run_count; r++) {
    const struct glyph_run *run = &line->runs[r];
    for (struct cluster cluster = {0}; cluster_next(run, &cluster);) {
      if (cluster.text_start == cluster.text_end) continue;
      spots[count++] = (struct spot){
          utf8_decode(paragraph->text + cluster.text_start, 4, &step),
          (double)run->glyphs[cluster.first_glyph].x / run->size,
      };
    }
  }
  return count;
}

static bool is_han(uint32_t c) {
  return c >= 0x4E00 && c <= 0x9FFF;
}

static void measure_gaps(const struct spot *spots, size_t count, struct figures *figures) {
  double sum = 0, widest = 0;
  size_t pairs = 0;
  for (size_t i = 1; i < count; i++) {
    if (!is_han(spots[i - 1].code) || !is_han(spots[i].code)) continue;
    double gap = spots[i].x - spots[i - 1].x - 1;
    sum += gap;
    pairs++;
    if (gap > widest) widest = gap;
  }
  figures->lines++;
  figures->pairs += pairs;
  figures->gaps += sum;
  figures->loose += widest > 0.1;
  figures->very_loose += widest > 0.25;
  if (widest > figures->worst) figures->worst = widest;
}

static bool is_in_address(const char *text, uint32_t at) {
  uint32_t start = at;
  while (start > 0 && (unsigned char)text[start - 1] > ' ' && (unsigned char)text[start - 1] < 0x7F)
    start--;
  size_t length = at - start;
  for (size_t i = 0; i < length; i++) {
    if (strncmp(text + start + i, "://", 3) == 0 || text[start + i] == '@') return true;
  }
  return strncmp(text + start, "www.", 4) == 0;
}

/* A last line with one Han and no letter. */
static bool is_lone(const struct spot *spots, size_t count) {
  size_t letters = 0;
  for (size_t i = 0; i < count; i++) {
    letters += is_han(spots[i].code)                                 ? 1
               : is_letter(spots[i].code) || is_digit(spots[i].code) ? 2
                                                                     : 0;
  }
  return letters < 2;
}

static void check_line(const struct paragraph *paragraph, size_t i, mpt measure,
                       struct figures *figures) {
  const struct line *line = &paragraph->lines[i];
  struct spot spots[512];
  size_t count = spots_of(paragraph, line, spots);
  if (i + 1 == paragraph->line_count) {
    if (i > 0 && is_lone(spots, count)) figures->lone++;
    return;
  }
  measure_gaps(spots, count, figures);
  figures->hyphens += line->hyphenated;
  figures->softs += is_soft(paragraph->text, line->text_end);
  figures->shorts += line->width < measure;
  const char *text = paragraph->text;
  const char *wrong = violation(text, line->text_end, is_in_address(text, line->text_end));
  if (!wrong) return;
  figures->violations++;
  printf("%s: %.*s\n", wrong, (int)(line->text_end - line->text_start), text + line->text_start);
}

static void check_paragraph(struct sample *sample, const char *text, int measure,
                            struct figures *figures) {
  struct arena *arena = arena_new();
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, measure);
  spec.first_indent = 2 * sample->style.size;
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  for (size_t i = 0; paragraph && i < paragraph->line_count; i++) {
    check_line(paragraph, i, i ? spec.measure : spec.measure - spec.first_indent, figures);
  }
  arena_free(arena);
}

/* --- the texts ------------------------------------------------------------------------- */

static void check_made(struct sample *sample, int measure, struct figures *figures) {
  struct corpus corpus = {2024};
  struct buffer text = {0};
  for (int i = 0; i < 400; i++) {
    corpus_paragraph(&corpus, &text);
    check_paragraph(sample, text.data, measure, figures);
  }
  buffer_finish(&text);
}

/* The paragraphs of a guide: lines of prose without markup. */
static void check_guide(struct sample *sample, const char *path, int measure,
                        struct figures *figures) {
  FILE *file = fopen(path, "r");
  char line[8192];
  CHECK(file != NULL);
  while (file && corpus_prose(file, line, sizeof line))
    check_paragraph(sample, line[0] == '-' ? line + 2 : line, measure, figures);
  if (file) fclose(file);
}

static void report(const char *name, int measure, const struct figures *f) {
  printf("%s %d em: %zu lines, mean gap %.4f em, over 0.1: %zu (%.2f%%), over 0.25: %zu, worst "
         "%.3f, short %zu, units %zu, hyphens %zu, violations %zu, lone %zu\n",
         name, measure, f->lines, f->gaps / (double)f->pairs, f->loose,
         100.0 * (double)f->loose / (double)f->lines, f->very_loose, f->worst, f->shorts, f->softs,
         f->hyphens, f->violations, f->lone);
}

static void check_measure(struct sample *sample, int measure, bool guides) {
  struct figures figures = {0};
  if (guides) {
    check_guide(sample, "templates/ml-engineer/guide.zh-Hans.md", measure, &figures);
    check_guide(sample, "templates/solar-technician/guide.zh-Hans.md", measure, &figures);
  } else {
    check_made(sample, measure, &figures);
  }
  report(guides ? "guides" : "corpus", measure, &figures);
  CHECK(figures.violations == 0);
  CHECK(figures.lone == 0);
  CHECK(figures.very_loose == 0);
  CHECK(figures.loose <= 1 + figures.lines * 6 / 1000); /* the guides are few lines */
  CHECK(figures.gaps / (double)figures.pairs < 0.005);
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  static const int measures[] = {20, 25, 30, 36};
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
    check_measure(&sample, measures[i], false);
    check_measure(&sample, measures[i], true);
  }
  sample_free(&sample);
  return check_summary();
}

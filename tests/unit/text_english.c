/* English text: where words are divided (A28), over the guides of the templates and made
 * paragraphs of long words, in columns from very narrow to wide. Read off the finished lines. */
#include "check.h"
#include "corpus.h"
#include "sample.h"

#include <ctype.h>

struct scan {
  size_t lines, hyphens, rows;
};

static bool is_letter(char c) {
  return isalpha((unsigned char)c);
}

/* The word around byte `at` of the text. */
struct word {
  size_t start, end;
};

static struct word word_around(const char *text, size_t at) {
  struct word word = {at, at};
  while (word.start > 0 && is_letter(text[word.start - 1])) word.start--;
  while (is_letter(text[word.end])) word.end++;
  return word;
}

static bool has_letters(const char *text) {
  while (*text && !is_letter(*text)) text++;
  return *text != '\0';
}

static const char *fault_of(const char *text, size_t at) {
  struct word word = word_around(text, at);
  if (at - word.start < 3 || word.end - at < 3) return "fewer than three letters on a side";
  if (word.end - word.start < 6) return "a short word";
  for (size_t i = word.start + 1; i < word.end; i++)
    if (isupper((unsigned char)text[i])) return "a name in capitals";
  return has_letters(text + word.end) ? NULL : "the last word";
}

static void check_paragraph(struct sample *sample, const char *text, double measure,
                            struct scan *scan) {
  struct arena *arena = arena_new();
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, measure);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  size_t row = 0;
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    row = line->hyphenated ? row + 1 : 0;
    scan->lines++;
    scan->hyphens += line->hyphenated;
    scan->rows += row == 2;
    const char *fault = line->hyphenated ? fault_of(text, line->text_end) : NULL;
    if (row > 2) fault = "a third hyphen in a row";
    CHECK(!fault);
    if (fault)
      printf("  %s at %g em: %.*s\n", fault, measure, (int)(line->text_end - line->text_start),
             text + line->text_start);
  }
  arena_free(arena);
}

static void scan_guide(struct sample *sample, const char *path, double measure, struct scan *scan) {
  FILE *file = fopen(path, "r");
  char line[8192];
  CHECK(file != NULL);
  while (file && corpus_prose(file, line, sizeof line))
    check_paragraph(sample, line, measure, scan);
  if (file) fclose(file);
}

/* Words that are long for a narrow column, one after the other. */
static const char *const words[] = {
    "international", "responsibility",  "NASA",        "experimental",  "the",     "documentation",
    "university",    "of",              "mathematics", "communication", "JavaScript", "probability",
    "understanding", "administration,", "a",           "recommendation"};

static void scan_made(struct sample *sample, double measure, struct scan *scan) {
  uint32_t state = 11;
  struct buffer text = {0};
  for (int i = 0; i < 60; i++) {
    buffer_clear(&text);
    for (int k = 0; k < 40; k++) {
      state = state * 1664525u + 1013904223u;
      buffer_append_text(&text, words[(state >> 8) % (sizeof words / sizeof *words)]);
      buffer_append_text(&text, " ");
    }
    buffer_append_text(&text, "at the university.");
    check_paragraph(sample, text.data, measure, scan);
  }
  buffer_finish(&text);
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  sample.style.language = "en";
  struct scan scan = {0};
  for (double measure = 8; measure <= 32; measure += 2) {
    scan_guide(&sample, "templates/ml-engineer/guide.en.md", measure, &scan);
    scan_guide(&sample, "templates/solar-technician/guide.en.md", measure, &scan);
    scan_made(&sample, measure, &scan);
  }
  printf("%zu lines, %zu hyphens, %zu times two in a row\n", scan.lines, scan.hyphens, scan.rows);
  CHECK(scan.hyphens > 100 && scan.rows > 10); /* or nothing was tried */
  sample_free(&sample);
  return check_summary();
}

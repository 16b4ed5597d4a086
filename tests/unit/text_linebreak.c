/* Unicode's LineBreakTest 15.0 (Debian's unicode-data) against the iterators that
 * lines are broken with. What differs is named here, with the reason; nothing else
 * may differ, and what is named must. */
#include "check.h"
#include "sample.h"
#include "text/setting.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

#define TEST_FILE "/usr/share/unicode/auxiliary/LineBreakTest.txt"

struct test_line {
  char text[256];
  size_t length;
  bool breaks[64]; /* before character i */
  size_t count;
};

/* "× 0023 ÷ 0020 ÷ # comment" */
static bool parse(char *line, struct test_line *test) {
  *test = (struct test_line){0};
  line[strcspn(line, "#\n")] = '\0';
  bool breaks = false;
  for (char *word = strtok(line, " \t"); word; word = strtok(NULL, " \t")) {
    if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0) {
      breaks = strcmp(word, "÷") == 0;
      test->breaks[test->count] = breaks;
      continue;
    }
    uint32_t code = (uint32_t)strtoul(word, NULL, 16);
    test->length += utf8_encode(code, test->text + test->length);
    test->count++;
  }
  return test->count > 0;
}

/* The first character before which ICU differs; `count` where it does not. */
static size_t first_difference(struct sample *sample, const struct test_line *test) {
  struct text_run run = sample_run(sample, test->text);
  run.length = test->length;
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  struct setting s = {.engine = sample->engine, .spec = &spec, .messages = sample->messages};
  struct arena *arena = arena_new();
  setting_init(&s, arena);
  read_characters(&s);
  for (uint32_t i = 0; i < s.count; i++) { /* white space as it stands in the test */
    size_t step;
    s.codes[i] = utf8_decode(s.text + s.characters[i].offset, 4, &step);
  }
  s.joints = arena_alloc_array(s.scratch, (size_t)s.count + 1, sizeof *s.joints);
  CHECK(ask_icu(&s) && s.count == test->count);
  size_t at = 1;
  while (at < s.count && (s.joints[at].penalty == 0) == test->breaks[at]) at++;
  setting_finish(&s);
  arena_free(arena);
  return at;
}

/* --- what may differ ------------------------------------------------------------- */

/* Classes before and after the place, whether the file breaks there, how often in a
 * run of the file, and why ICU 72 does otherwise. All are its own departures from the
 * default rules, taken over by later versions of UAX #14. */
struct departure {
  const char *name, *before, *after;
  bool breaks;
  size_t wanted;
  size_t found;
};

static struct departure *departures(void) {
  static const struct departure table[] = {
      {"a point and the digits after it hold together", "IS", "NU", true, 12, 0},
      {"a number may start with a point", "SP", "IS", false, 1, 0},
      {"a hyphen that starts a word holds to it", "HY", "AL", true, 1, 0},
      {"a hyphen that starts a word holds to it", "HY", "AI", true, 1, 0},
      {"a hyphen that starts a word holds to it", "HY", "SA", true, 1, 0},
      {"a hyphen that starts a word holds to it", "HY", "XX", true, 1, 0},
      {"the same with a mark over the hyphen", "CM", "AL", true, 1, 0},
      {"the same with a mark over the hyphen", "CM", "AI", true, 1, 0},
      {"the same with a mark over the hyphen", "CM", "SA", true, 1, 0},
      {"the same with a mark over the hyphen", "CM", "XX", true, 1, 0},
      {"the same with a mark over the hyphen", "CM", "NU", true, 1, 0},
      {NULL, NULL, NULL, false, 0, 0},
  };
  struct departure *copy = memory_alloc(sizeof table);
  memcpy(copy, table, sizeof table);
  return copy;
}

static const char *class_of(const struct test_line *test, size_t index) {
  size_t at = 0, step = 0;
  uint32_t code = 0;
  for (size_t i = 0; i <= index; i++, at += step) {
    code = utf8_decode(test->text + at, test->length - at, &step);
  }
  int value = u_getIntPropertyValue((UChar32)code, UCHAR_LINE_BREAK);
  return u_getPropertyValueName(UCHAR_LINE_BREAK, value, U_SHORT_PROPERTY_NAME);
}

static void note_difference(const struct test_line *test, size_t at, struct departure *table) {
  const char *before = class_of(test, at - 1), *after = class_of(test, at);
  for (struct departure *d = table; d->name; d++) {
    bool same = strcmp(d->before, before) == 0 && strcmp(d->after, after) == 0;
    if (same && d->breaks == test->breaks[at]) {
      d->found++;
      return;
    }
  }
  CHECK(!"a difference that has no name");
  printf("  %s %s %s\n", before, test->breaks[at] ? "÷" : "×", after);
}

static void run_language(struct sample *sample, const char *language) {
  sample->style.language = language;
  FILE *file = fopen(TEST_FILE, "r");
  CHECK(file != NULL);
  struct departure *table = departures();
  char line[1024];
  size_t total = 0;
  while (file && fgets(line, sizeof line, file)) {
    struct test_line test;
    if (!parse(line, &test)) continue;
    total++;
    size_t at = first_difference(sample, &test);
    if (at < test.count) note_difference(&test, at, table);
  }
  if (file) fclose(file);
  CHECK(total == 7654);
  for (struct departure *d = table; d->name; d++) CHECK(d->found == d->wanted);
  free(table);
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  run_language(&sample, "en");
  run_language(&sample, "zh-Hans");
  sample_free(&sample);
  return check_summary();
}

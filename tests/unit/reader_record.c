/* Records from YAML: what is set, what is refused, and what is said of it. */
#include "check.h"

#include "reader/reader.h"

#include <stdlib.h>
#include <unistd.h>

static const char *languages[] = {"en", "zh-Hans"};
static const char *regions[] = {"US", "CN"}, *skills[] = {"python", "sql"}, *eight[] = {"8"};
static struct field fields[] = {
    {.name = "region", .type = FIELD_CHOICE, .choices = regions, .choice_count = 2},
    {.name = "skills", .type = FIELD_SET, .choices = skills, .choice_count = 2},
    {.name = "hours",
     .type = FIELD_NUMBER,
     .min = "1",
     .max = "60",
     .defaults = eight,
     .default_count = 1},
    {.name = "years", .type = FIELD_INTEGER},
    {.name = "start", .type = FIELD_DATE, .min = "2026-01-01"},
    {.name = "member", .type = FIELD_TRUTH},
    {.name = "adviser", .type = FIELD_TEXT, .max = "10"},
    {.name = "tags", .type = FIELD_SET},
};
static struct guide guide = {.languages = languages, .language_count = 2};

struct attempt {
  struct reader *reader;
  char *said;
  size_t size;
};

static struct attempt attempt(const char *text) {
  size_t length = strlen(text);
  char path[] = "/tmp/reader_record.XXXXXX";
  int file = mkstemp(path);
  struct attempt attempt = {0};
  FILE *stream = open_memstream(&attempt.said, &attempt.size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  CHECK(write(file, text, length) == (ssize_t)length);
  close(file);
  attempt.reader = reader_load(path, &guide, messages);
  unlink(path);
  messages_free(messages);
  fclose(stream);
  return attempt;
}

static void finish(struct attempt *attempt) {
  reader_free(attempt->reader);
  free(attempt->said);
}

/* The text is refused, and what is said after the file's name is `said`. */
static void check_refused(const char *text, const char *said) {
  struct attempt refused = attempt(text);
  CHECK(!refused.reader);
  const char *after = strchr(refused.said, ':');
  CHECK_TEXT(after ? after + 1 : refused.said, said);
  finish(&refused);
}

static void test_good(void) {
  const char *text = "id: li-wei_1\nname: 李伟\nlanguages: [zh-hans, en]\nmode: parallel\n"
                     "edition: large-print\npaper: B5\ntheme: modern\nnumbered: yes\n";
  struct attempt good = attempt(text);
  CHECK_TEXT(good.said, "");
  CHECK(good.reader);
  CHECK_TEXT(good.reader->id, "li-wei_1");
  CHECK_TEXT(good.reader->name, "李伟");
  CHECK(good.reader->language_count == 2);
  CHECK_TEXT(good.reader->languages[0], "zh-Hans");
  CHECK_TEXT(good.reader->languages[1], "en");
  CHECK(good.reader->mode == MODE_PARALLEL);
  CHECK(good.reader->style == STYLE_LARGE_PRINT);
  CHECK(good.reader->paper == PAPER_B5);
  CHECK_TEXT(good.reader->theme, "modern");
  CHECK(good.reader->numbered == 1);
  finish(&good);
}

static void test_defaults(void) {
  struct attempt bare = attempt("id: a\n");
  CHECK_TEXT(bare.said, "");
  CHECK(bare.reader->mode == MODE_INTERLEAVED && bare.reader->language_count == 0);
  CHECK(bare.reader->numbered == -1 && bare.reader->paper == PAPER_A4);
  finish(&bare);
  bare = attempt("id: a\nlanguages: en\nname:\n");
  CHECK_TEXT(bare.said, "");
  CHECK(bare.reader->mode == MODE_SINGLE && !bare.reader->name);
  finish(&bare);
  struct reader *anonymous = reader_new_anonymous(&guide);
  CHECK(!anonymous->id && !anonymous->name && anonymous->mode == MODE_INTERLEAVED);
  reader_free(anonymous);
}

static void test_refused(void) {
  check_refused("id: a\nnmae: x\n",
                "2:1: error: a reader record of this guide has no key 'nmae' [unknown-key]\n");
  check_refused("name: x\n", " error: a reader record needs an id [no-id]\n");
  check_refused("id: ../x\n", "1:5: error: id: '../x' is not an id: 1 to 64 letters from a to z, "
                              "digits, - and _ [bad-value]\n");
  check_refused("id: a\npaper: A3\n", "2:8: error: paper: 'A3' is not one of 'a4', 'letter', "
                                      "'a5' or 'b5' [bad-value]\n");
  check_refused("id: a\nlanguages: [en, fr]\n",
                "2:17: error: languages: 'fr' is not one of 'en' or 'zh-Hans' [bad-value]\n");
  check_refused("id: a\nlanguages: [en_US!]\n",
                "2:13: error: languages: 'en_US!' is not a language (BCP 47), such as 'en' or "
                "'zh-Hans' [bad-value]\n");
  check_refused("id: a\nlanguages: [en, EN]\n",
                "2:17: error: languages: 'EN' is not new: it stands here a second time "
                "[bad-value]\n");
  check_refused("id: [a, b]\n", "1:9: error: id: one value is allowed, not several [bad-value]\n");
  check_refused("id: a\nname: {first: x}\n",
                "2:7: error: name: a map stands where a text is wanted [bad-value]\n");
  check_refused("id: a\nname: \"\\u202Egnp\"\n",
                "2:8: error: name: U+202E turns the direction of writing round and cannot stand in "
                "a value [bad-character]\n");
  check_refused("id: a\nname: \"a\\tb\"\n",
                "2:8: error: name: U+0009 is a control character and cannot stand in a value "
                "[bad-character]\n");
  check_refused("- a\n", "1:1: error: a reader record is a map of keys and values, such as "
                         "'name: …' [bad-record]\n");
  check_refused("id: a\nmode: double\n",
                "2:7: error: mode: 'double' is not one of 'single', 'interleaved', 'parallel' or "
                "'sequential' [bad-value]\n");
}

/* What looks like markup or a path is text; it comes through in NFC, byte for byte else. */
static void test_hostile_names(void) {
  static const char *const names[] = {"']]>'",      "</script>", "../../etc/passwd",
                                      "'%PDF-1.7'", "=cmd()",    "'👩‍💻 𠮷'",
                                      "'&amp; <b>'"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char text[128];
    snprintf(text, sizeof text, "id: a\nname: %s\n", names[i]);
    struct attempt hostile = attempt(text);
    CHECK_TEXT(hostile.said, "");
    CHECK(hostile.reader && strlen(hostile.reader->name) >= 3);
    finish(&hostile);
  }
  struct attempt composed = attempt("id: a\nname: Ame\xCC\x81lie 李\n");
  CHECK_TEXT(composed.reader->name, "Am\xC3\xA9lie 李");
  finish(&composed);
}

static void test_long_name(void) {
  char *text = calloc(1, 5100);
  strcpy(text, "id: a\nname: ");
  memset(text + 12, 'x', 5000);
  struct attempt refused = attempt(text);
  CHECK(!refused.reader);
  CHECK(strstr(refused.said, "5000 characters are more than the 200 that are allowed") != NULL);
  finish(&refused);
  free(text);
}

static const char *value_of(const struct attempt *attempt, const char *name, size_t index) {
  const struct field_value *value = attempt->reader ? reader_field(attempt->reader, name) : NULL;
  return value && index < value->value_count ? value->values[index] : NULL;
}

static void test_fields(void) {
  struct attempt good = attempt("id: a\nregion: CN\nskills: [sql, python, sql]\nyears: +3\n"
                                "start: 2026-08-01\nmember: true\nadviser: 'Max\n\n  M.'\n"
                                "tags: [a b, '|']\n");
  CHECK_TEXT(good.said, "");
  CHECK_TEXT(value_of(&good, "region", 0), "CN");
  CHECK_TEXT(value_of(&good, "skills", 0), "sql");
  CHECK_TEXT(value_of(&good, "skills", 1), "python");
  CHECK(!value_of(&good, "skills", 2));
  CHECK_TEXT(value_of(&good, "hours", 0), "8");
  CHECK(reader_field(good.reader, "hours")->is_default);
  CHECK_TEXT(value_of(&good, "years", 0), "3");
  CHECK_TEXT(value_of(&good, "member", 0), "yes");
  CHECK_TEXT(value_of(&good, "adviser", 0), "Max\nM.");
  CHECK_TEXT(value_of(&good, "tags", 1), "|");
  CHECK(reader_field(good.reader, "start")->place.line == 5);
  finish(&good);
  good = attempt("id: a\nmember: no\nhours: []\n");
  CHECK_TEXT(good.said, "");
  CHECK(reader_field(good.reader, "member") && !value_of(&good, "member", 0));
  CHECK(!value_of(&good, "hours", 0));
  CHECK(!reader_field(good.reader, "region"));
  finish(&good);
}

static void test_bad_fields(void) {
  check_refused("id: a\nregoin: CN\n", "2:1: error: a reader record of this guide has no key "
                                       "'regoin' [unknown-key]\n");
  check_refused("id: a\nregion: DE\n",
                "2:9: error: region: 'DE' is not one of 'US' or 'CN' [bad-value]\n");
  check_refused("id: a\nskills: [sql, java]\n",
                "2:15: error: skills: 'java' is not one of 'python' or 'sql' [bad-value]\n");
  check_refused("id: a\nhours: 61\n",
                "2:8: error: hours: '61' is not a number (such as 8 or 7.5) from 1 to 60 "
                "[bad-value]\n");
  static const char *const numbers[] = {
      "1e3", "0x10", "1,5", "NaN", "inf", ".5", "5.", "--1", "1234567890123456"};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    char text[64];
    snprintf(text, sizeof text, "id: a\nhours: '%s'\n", numbers[i]);
    struct attempt refused = attempt(text);
    CHECK(!refused.reader && strstr(refused.said, "is not a number"));
    finish(&refused);
  }
  check_refused("id: a\nyears: 1.5\n",
                "2:8: error: years: '1.5' is not a whole number [bad-value]\n");
  check_refused("id: a\nstart: 2026-02-30\n",
                "2:8: error: start: '2026-02-30' is not a date of the calendar (such as "
                "2026-08-01) from 2026-01-01 on [bad-value]\n");
  check_refused("id: a\nstart: 2025-12-31\n",
                "2:8: error: start: '2025-12-31' is not a date of the calendar (such as "
                "2026-08-01) from 2026-01-01 on [bad-value]\n");
  check_refused("id: a\nadviser: 12345678901\n",
                "2:10: error: adviser: 11 characters are more than "
                "the 10 that are allowed [value-too-long]\n");
  check_refused("id: a\nmember: maybe\n", "2:9: error: member: 'maybe' is not one of 'yes', 'no', "
                                          "'true' or 'false' [bad-value]\n");
  fields[0].required = true;
  check_refused("id: a\n", " error: the field 'region' has no value [no-value]\n");
  fields[0].required = false;
}

int main(void) {
  for (size_t i = 1; i < sizeof fields / sizeof *fields; i++) fields[i - 1].next = &fields[i];
  guide.fields = fields;
  test_good();
  test_defaults();
  test_refused();
  test_hostile_names();
  test_long_name();
  test_fields();
  test_bad_fields();
  return check_summary();
}

/* Records from YAML: what is set, what is refused, and what is said of it. */
#include "check.h"

#include "reader/reader.h"

#include <stdlib.h>
#include <unistd.h>

static const char *languages[] = {"en", "zh-Hans"};
static const struct guide guide = {.languages = languages, .language_count = 2};

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
                     "edition: large-print\npaper: b5\ntheme: modern\nnumbered: yes\n";
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
                "2:1: error: a reader record has no key 'nmae' [unknown-key]\n");
  check_refused("name: x\n", " error: a reader record needs an id [no-id]\n");
  check_refused("id: ../x\n", "1:5: error: id: '../x' is not an id: 1 to 64 letters from a to z, "
                              "digits, - and _ [bad-value]\n");
  check_refused("id: a\npaper: A4\n", "2:8: error: paper: 'A4' is not one of 'a4', 'letter', "
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

int main(void) {
  test_good();
  test_defaults();
  test_refused();
  test_hostile_names();
  test_long_name();
  return check_summary();
}

/* Plain text: headings, sections, languages, line breaks, ids, the XML dump, and
 * what is refused. */
#include "guide/guide.h"

#include "base/buffer.h"
#include "check.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct outcome {
  struct guide *guide;
  enum status status;
  char *said;
};

static struct outcome load(const char *text, size_t length, const struct setting *settings,
                           size_t count) {
  struct outcome outcome = {0};
  char path[] = "/tmp/guide-text-XXXXXX";
  int file = mkstemp(path);
  CHECK(write(file, text, length) == (ssize_t)length);
  close(file);
  size_t size;
  FILE *stream = open_memstream(&outcome.said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  outcome.guide = guide_load(path, settings, count, messages);
  outcome.status = messages_status(messages);
  messages_free(messages);
  fclose(stream);
  unlink(path);
  return outcome;
}

static void drop(struct outcome *outcome) {
  guide_free(outcome->guide);
  free(outcome->said);
}

static void check_tree(const char *text, bool places, const char *wanted) {
  struct setting title = {"title", "T"};
  struct outcome outcome = load(text, strlen(text), &title, 1);
  struct buffer xml = {0};
  struct messages *messages = messages_new(stdout, MESSAGES_HUMAN, false);
  CHECK(outcome.guide != NULL);
  if (outcome.guide) {
    CHECK(tree_write_xml(outcome.guide, outcome.guide->root, places, &xml, messages));
  }
  CHECK_TEXT(xml.data, wanted);
  messages_free(messages);
  buffer_finish(&xml);
  drop(&outcome);
}

static void check_shapes(void) {
  check_tree(
      "\xEF\xBB\xBFHello there,\r\nreader & friend.\r\n\r\n\r\nWhy read?\n\nThe first reason\n\n"
      "One.\n\nThe second\n\nTwo.\n",
      false,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<guide languages=\"en\">\n"
      "  <title language=\"en\">T</title>\n"
      "  <paragraph>\n"
      "    <variant language=\"en\">Hello there, reader &amp; friend.</variant>\n"
      "  </paragraph>\n"
      "  <section id=\"why-read\">\n"
      "    <heading id=\"why-read-title\" level=\"1\">\n"
      "      <variant language=\"en\">Why read?</variant>\n"
      "    </heading>\n"
      "    <section id=\"the-first-reason\">\n"
      "      <heading id=\"the-first-reason-title\" level=\"2\">\n"
      "        <variant language=\"en\">The first reason</variant>\n"
      "      </heading>\n"
      "      <paragraph>\n"
      "        <variant language=\"en\">One.</variant>\n"
      "      </paragraph>\n"
      "    </section>\n"
      "    <section id=\"the-second\">\n"
      "      <heading id=\"the-second-title\" level=\"2\">\n"
      "        <variant language=\"en\">The second</variant>\n"
      "      </heading>\n"
      "      <paragraph>\n"
      "        <variant language=\"en\">Two.</variant>\n"
      "      </paragraph>\n"
      "    </section>\n"
      "  </section>\n"
      "</guide>\n");
  check_tree(
      "第一章\n\n  中文的段落，\n分两行。\nA line\nmore。\n", true,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<guide place=\"1:1\" languages=\"zh-Hans\">\n"
      "  <title language=\"en\">T</title>\n"
      "  <section id=\"s-1\" place=\"1:1\">\n"
      "    <heading id=\"s-1-title\" level=\"1\" place=\"1:1\">\n"
      "      <variant language=\"zh-Hans\" place=\"1:1\"><text "
      "place=\"1:1\">第一章</text></variant>\n"
      "    </heading>\n"
      "    <paragraph place=\"3:3\">\n"
      "      <variant language=\"zh-Hans\" place=\"3:3\"><text place=\"3:3\">中文的段落，</text>"
      "<text place=\"4:1\">分两行。 </text><text place=\"5:1\">A line </text>"
      "<text place=\"6:1\">more。</text></variant>\n"
      "    </paragraph>\n"
      "  </section>\n"
      "</guide>\n");
}

static void check_lists(void) {
  check_tree("To do:\n\n- one\n• two – and\n\n- not\na list", false,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<guide languages=\"en\">\n"
             "  <title language=\"en\">T</title>\n"
             "  <paragraph>\n    <variant language=\"en\">To do:</variant>\n  </paragraph>\n"
             "  <list>\n"
             "    <item>\n      <paragraph>\n"
             "        <variant language=\"en\">one</variant>\n"
             "      </paragraph>\n    </item>\n"
             "    <item>\n      <paragraph>\n"
             "        <variant language=\"en\">two – and</variant>\n"
             "      </paragraph>\n    </item>\n"
             "  </list>\n"
             "  <paragraph>\n    <variant language=\"en\">- not a list</variant>\n"
             "  </paragraph>\n"
             "</guide>\n");
}

static const struct node *child(const struct node *node, int index) {
  node = node->first;
  while (node && index-- > 0) node = node->next;
  return node;
}

static void check_titles(void) {
  static const char text[] =
      "The Guide\n\nA chapter\n\nAll of the text.\n\n第二章\n\n内容。\n\nA chapter\n\nMore.";
  struct outcome outcome = load(text, strlen(text), NULL, 0);
  struct guide *guide = outcome.guide;
  CHECK(guide != NULL);
  CHECK_TEXT(guide->titles->text, "The Guide");
  CHECK_TEXT(guide->titles->language, "en");
  CHECK_TEXT(child(guide->root, 0)->id, "a-chapter");
  CHECK(child(guide->root, 0)->first->level == 1);
  CHECK_TEXT(child(guide->root, 1)->id, "s-2");
  CHECK_TEXT(child(guide->root, 2)->id, "a-chapter-2");
  CHECK(guide->language_count == 2);
  CHECK_TEXT(guide->languages[1], "zh-Hans");
  drop(&outcome);
  struct setting settings[] = {{"title.zh-Hans", "指南"}, {"author", "Cafe\xCC\x81"}};
  outcome = load(text, strlen(text), settings, 2);
  CHECK_TEXT(words_in(outcome.guide->titles, "zh"), "指南");
  CHECK_TEXT(words_in(outcome.guide->titles, "en"), "The Guide");
  CHECK_TEXT(words_in(outcome.guide->titles, "de"), "The Guide");
  CHECK_TEXT(outcome.guide->authors->text, "Café");
  drop(&outcome);
}

/* Two ideographic spaces begin a paragraph, without a blank line before. */
static void check_indented(void) {
  static const char text[] = "　　甲。\n　　乙，\n丙。\n\n　　- 丁\n　　- 戊\n";
  struct outcome outcome = load(text, strlen(text), NULL, 0);
  const struct node *second = outcome.guide->root->first->next;
  CHECK_TEXT(second->first->first->text, "乙，");
  CHECK(second->next->kind == NODE_LIST && second->next == outcome.guide->root->last);
  drop(&outcome);
}

/* A list of names is no run of headings, and the last line heads nothing. */
static void check_not_headings(void) {
  static const char text[] =
      "One\n\nTwo\n\nThree\n\nFour\n\nA sentence.\n\n- item\n\nEnd.\n\nYours";
  struct outcome outcome = load(text, strlen(text), NULL, 0);
  for (const struct node *node = outcome.guide->root->first; node; node = node->next) {
    CHECK(node->kind == NODE_PARAGRAPH || node->kind == NODE_LIST);
  }
  drop(&outcome);
}

static void check_refused(const char *text, size_t length, const char *code) {
  struct outcome outcome = load(text, length, NULL, 0);
  CHECK(!outcome.guide && outcome.status == STATUS_DOCUMENT);
  CHECK(outcome.said && strstr(outcome.said, code));
  drop(&outcome);
}

static void check_paths(void) {
  struct messages *messages = messages_new(fopen("/dev/null", "w"), MESSAGES_SHORT, false);
  CHECK(!guide_load("/nowhere/at/all.txt", NULL, 0, messages));
  CHECK(messages_status(messages) == STATUS_IO);
  messages_free(messages);
  char folder[] = "/tmp/guide-text-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  messages = messages_new(stdout, MESSAGES_SHORT, false);
  CHECK(!guide_load(folder, NULL, 0, messages));
  CHECK(messages_status(messages) == STATUS_DOCUMENT);
  messages_free(messages);
  rmdir(folder);
}

static double seconds_for(size_t size, const char *unit) {
  struct buffer text = {0};
  while (text.length < size) buffer_append_text(&text, unit);
  clock_t start = clock();
  struct outcome outcome = load(text.data, text.length, NULL, 0);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  CHECK(outcome.guide != NULL);
  drop(&outcome);
  buffer_finish(&text);
  return seconds;
}

/* One line of 2 MB, half a million lines, thirty thousand sections of one name. */
static void check_linear(void) {
  CHECK(seconds_for(2u << 20, "一行很长的话 and words. ") < 10);
  CHECK(seconds_for(1u << 20, "a\n") < 10);
  CHECK(seconds_for(1u << 19, "Same name\n\nText.\n\n") < 10);
}

static void check_settings_taken_back(void) {
  struct setting taken[] = {{"title", "One"}, {"title.zh-Hans", "一"}, {"title.zh-Hans", ""}, {"date", ""},
                            {"author", ""},   {"theme", ""}};
  const char *text = "Text.\n";
  struct outcome outcome = load(text, strlen(text), taken, 6);
  const struct guide *guide = outcome.guide;
  CHECK(guide && !guide->titles->next && !guide->date && !guide->authors && !guide->theme);
  if (guide) CHECK_TEXT(guide->titles->text, "One");
  drop(&outcome);
  taken[0].value = "";
  outcome = load(text, strlen(text), taken, 1);
  if (outcome.guide) CHECK_TEXT(outcome.guide->titles->text, outcome.guide->name);
  drop(&outcome);
}

static void check_settings_refused(void) {
  static const struct {
    struct setting setting;
    const char *said;
  } wrong[] = {
      {{"date", "foo"}, "handout: error: --set date=foo: not a date like 2026-11-21 [usage]\n"},
      {{"date", "2026-02-30"},
       "handout: error: --set date=2026-02-30: not a date like 2026-11-21 [usage]\n"},
      {{"title", "a\xFF" "b"}, "handout: error: --set title: the value is not UTF-8 [usage]\n"},
      {{"title.<", "a"},
       "handout: error: --set title.<: not a language such as 'en' or 'zh-Hans' [usage]\n"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct outcome outcome = load("Text.\n", 6, &wrong[i].setting, 1);
    CHECK(!outcome.guide && outcome.status == STATUS_USAGE);
    CHECK_TEXT(outcome.said, wrong[i].said);
    drop(&outcome);
  }
}

int main(void) {
  check_settings_taken_back();
  check_settings_refused();
  check_shapes();
  check_lists();
  check_titles();
  check_indented();
  check_not_headings();
  check_refused("", 0, "[empty-guide]");
  check_refused(" \n\t\n", 4, "[empty-guide]");
  check_refused("a\xFF", 2, "[not-utf-8]");
  check_refused("a\0b", 3, "[nul-byte]");
  check_refused("a\x1B[1m", 5, "[control-character]");
  check_paths();
  if (!check_quick()) check_linear();
  return check_summary();
}

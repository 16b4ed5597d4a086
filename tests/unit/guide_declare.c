/* What a guide declares, in whatever file: nothing is lost in silence, and nothing stands twice. */
#include "guide_folder.h"

/* --- handout.yaml, and the front matter of a text ----------------------------------------- */

static char *tree_of(const char *yaml, const char *en, const char *zh) {
  struct file files[] = {
      {"handout.yaml", yaml, 0}, {"guide.en.md", en, 0}, {"guide.zh-Hans.md", zh, 0}};
  return folder_tree(files, 3, NULL, false);
}

static void check_part(int line, char *xml, const char *wanted) {
  bool holds = xml && strstr(xml, wanted);
  if (!holds) printf("%s:%d: no «%s» in\n%s\n", __FILE__, line, wanted, xml ? xml : "(nothing)");
  CHECK(holds);
  free(xml);
}

#define PART(xml, wanted) check_part(__LINE__, xml, wanted)

/* A text in the file of a language is of that language, and takes nothing from the others. */
static void check_titles(void) {
  PART(tree_of("theme: classic\n", "---\ntitle: Wood\n---\nx\n", "---\ntitle: 木头\n---\n一\n"),
       "<title language=\"en\">Wood</title>\n  <title language=\"zh-Hans\">木头</title>\n");
  PART(tree_of("title: {en: A, zh-Hans: 甲}\nauthor: Ann\n", "x\n",
               "---\ntitle: DIY\nauthor: 安\n---\n一\n"),
       "<title language=\"en\">A</title>\n  <title language=\"zh-Hans\">DIY</title>\n"
       "  <author language=\"en\">Ann</author>\n  <author language=\"zh-Hans\">安</author>\n");
  struct file one[] = {{"handout.yaml", "title: A\n", 0},
                       {"guide.md", "---\ntitle: 乙\n---\n一\n", 0}};
  PART(folder_tree(one, 2, NULL, false),
       "<guide languages=\"zh-Hans\">\n  <title language=\"zh-Hans\">乙</title>\n  <par");
}

static void check_more(void) {
  PART(tree_of("fields: {a: }\nskills: {s: }\nfacts: {f: 1}\n",
               "---\nfields: {b: }\nskills: {t: {requires: [s]}}\nfacts: {g: 2}\n---\n{{ a }}\n",
               "---\nfields: {c: {type: choice, choices: skills, default: t}}\n---\n{{ a }}\n"),
       "  <field name=\"a\" type=\"text\"/>\n  <field name=\"b\" type=\"text\"/>\n"
       "  <field name=\"c\" type=\"choice\">\n    <default>t</default>\n    <choice>s</choice>\n"
       "    <choice>t</choice>\n  </field>\n  <skill id=\"s\"/>\n  <skill id=\"t\">\n"
       "    <requires>s</requires>\n  </skill>\n"
       "  <fact name=\"f\" value=\"1\"/>\n  <fact name=\"g\" value=\"2\"/>\n");
}

/* A table may name the data of any file that was read before it. */
static void check_data(void) {
  struct file files[] = {{"handout.yaml", "data: {a: a.csv}\n", 0},
                         {"guide.md", "---\ndata: {b: b.csv}\n---\n\n::: {.table data=a}\n:::\n\n"
                                      "::: {.table data=b}\n:::\n", 0},
                         {"a.csv", "x,y\nOak,20\n", 0},
                         {"b.csv", "x,y\nAsh,15\n", 0}};
  char *xml = folder_tree(files, 4, NULL, false);
  CHECK(strstr(xml, "Oak") && strstr(xml, "Ash"));
  free(xml);
}

static void check_both(int line, const char *yaml, const char *front, const char *wanted) {
  char text[200];
  snprintf(text, sizeof text, "---\n%s\n---\nx\n", front);
  struct file files[] = {
      {"handout.yaml", yaml, 0}, {"guide.en.md", text, 0}, {"guide.zh-Hans.md", "一\n", 0}};
  check_said(line, files, 3, NULL, false, wanted);
}

#define BOTH(yaml, front, wanted) check_both(__LINE__, yaml, front, wanted)

static void check_twice(void) {
  BOTH("fields: {a: }\n", "fields: {a: }",
       "guide.en.md:2:10: error: 'a' is the name of a field already [duplicate-name]\n");
  BOTH("facts: {a: 1}\n", "fields: {a: }",
       "guide.en.md:2:10: error: 'a' is the name of a fact already [duplicate-name]\n");
  BOTH("skills: {a: }\n", "skills: {a: }",
       "guide.en.md:2:10: error: 'a' is the name of a skill already [duplicate-name]\n");
  BOTH("skills: {a: }\n", "fields: {a: }", "");
  BOTH("data: {a: a.csv}\n", "data: {b: b.csv, a: c.csv}",
       "guide.en.md:2:18: error: 'a' is the name of data already [duplicate-name]\n");
  BOTH("languages: [en, zh-Hans]\n", "languages: [en]",
       "guide.en.md:2:1: error: this file is in one language; which the guide has, handout.yaml "
       "says [misplaced-key]\n");
  BOTH("theme: classic\n", "languages: [en, zh-Hans]", "");
}

/* A limit that no record could be held to is refused where it stands. */
static void check_limits(void) {
#define LIMIT(type, limit) "fields: {a: {type: " type ", " limit "}}\n"
#define REFUSED(type, limit, column, why)                                                          \
  BOTH(LIMIT(type, limit), "", "handout.yaml:1:" column ": error: " why " [bad-value]\n")
  REFUSED("number", "max: 123456789012345.5", "33",
          "max: '123456789012345.5' is not a number of at most 15 digits");
  REFUSED("number", "min: 1e3", "33", "min: '1e3' is not a number");
  REFUSED("text", "max: -5", "31", "max: '-5' is not a number of characters, at least 1");
  REFUSED("text", "max: 0", "31", "max: '0' is not a number of characters, at least 1");
  REFUSED("text", "max: 2.5", "31", "max: '2.5' is not a number of characters, at least 1");
  REFUSED("text", "min: -1", "31", "min: '-1' is not a number of characters");
  REFUSED("integer", "default: +5", "38", "default: '+5' is not a whole number");
  BOTH(LIMIT("number", "min: -1.5, max: 12345678901234.5, default: 12345678901234.25"), "",
       "handout.yaml:1:71: error: default: '12345678901234.25' is not a number of at most 15 digits "
       "[bad-value]\n");
  BOTH(LIMIT("text", "min: 0, max: 60"), "", "");
}

/* --- guide.xml: the same rules -------------------------------------------------------------- */

static void check_xml(int line, const char *head, const char *wanted) {
  char text[600];
  snprintf(text, sizeof text,
           "<guide>\n%s\n<paragraph><variant language=\"en\">x</variant></paragraph></guide>", head);
  struct file file = {"guide.xml", text, 0};
  check_said(line, &file, 1, NULL, false, wanted);
}

#define XML(head, wanted) check_xml(__LINE__, head, wanted)
#define FIELD(type, in) "<field name=\"n\" type=\"" type "\"" in "</field>"

static void check_refused_xml(void) {
  XML(FIELD("integer", " min=\"abc\">"),
      "guide.xml:2:37: error: min: 'abc' is not a number [bad-value]\n");
  XML(FIELD("integer", "><default>xyz</default>"),
      "guide.xml:2:32: error: default: 'xyz' is not a whole number [bad-value]\n");
  XML(FIELD("number", " max=\"4\">\n<default>5</default>"),
      "guide.xml:3:1: error: default: '5' is not between min and max [bad-value]\n");
  XML(FIELD("date", "><default>2026-01-01</default><default>2026-01-02</default>"),
      "guide.xml:2:58: error: default: the field 'n' has one value, not several [bad-value]\n");
  XML(FIELD("choice", " min=\"4\"><choice>a</choice>"),
      "guide.xml:2:36: error: a choice has no min [bad-value]\n");
  XML(FIELD("text", "><choice>a</choice>"),
      "guide.xml:2:1: error: a text has no choices [bad-value]\n");
  XML(FIELD("choice", ">"), "guide.xml:2:1: error: the choice 'n' has no choices [no-choices]\n");
  XML(FIELD("text", ">") FIELD("text", ">"),
      "guide.xml:2:37: error: 'n' is the name of a field already [duplicate-name]\n");
  XML("<fact name=\"n\" value=\"1\"/>\n<fact name=\"n\" value=\"2\"/>",
      "guide.xml:3:1: error: 'n' is the name of a fact already [duplicate-name]\n");
  XML("<field name=\"id\" type=\"text\"/>",
      "guide.xml:2:1: error: no field can be called 'id': a reader record has a key of that name "
      "[reserved-name]\n");
  XML("<skill id=\"saw\">\n<requires>sow</requires></skill>",
      "guide.xml:3:1: error: no skill is called 'sow' [unknown-skill]\n");
  XML("<fact name=\"n\" value=\"1\" date=\"2026-13\"/>",
      "guide.xml:2:32: error: date: '2026-13' is not a date like 2026-11-21 or 2026-11 "
      "[bad-value]\n");
}

static void check_truth(const char *value, const char *wanted) {
  char text[300];
  snprintf(text, sizeof text,
           "<guide><field name=\"n\" type=\"truth\"><default>%s</default></field><paragraph>"
           "<variant language=\"en\">x</variant></paragraph></guide>", value);
  struct file file = {"guide.xml", text, 0};
  PART(folder_tree(&file, 1, NULL, false), wanted);
}

/* A name that one file declares may be used in another, whichever is read first. */
static void check_across(void) {
  BOTH("fields: {a: {type: set, choices: skills, default: [s, t]}}\nskills: {t: {requires: [s]}}\n",
       "skills: {s: }", "");
  BOTH("skills: {t: {requires: [r]}}\n", "skills: {s: }",
       "handout.yaml:1:25: error: no skill is called 'r' [unknown-skill]\n");
}

int main(void) {
  check_titles();
  check_more();
  check_twice();
  check_data();
  check_across();
  check_limits();
  check_refused_xml();
  check_truth("no", "<field name=\"n\" type=\"truth\"/>");
  check_truth("true", "<field name=\"n\" type=\"truth\">\n    <default>yes</default>");
  return check_summary();
}

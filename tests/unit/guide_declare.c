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
  BOTH("languages: [en, zh-Hans]\n", "languages: [en]",
       "guide.en.md:2:1: error: this file is in one language; which the guide has, handout.yaml "
       "says [misplaced-key]\n");
  BOTH("theme: classic\n", "languages: [en, zh-Hans]", "");
}

int main(void) {
  check_titles();
  check_more();
  check_twice();
  return check_summary();
}

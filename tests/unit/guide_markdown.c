/* Markdown: places to the column, what Pandoc's notation adds, and each mistake at its
 * place. */
#include "guide_folder.h"

#include <time.h>

/* --- what comes out ------------------------------------------------------------------ */

static void check_part(int line, const char *text, bool places, const char *wanted) {
  struct file file = {"a.md", text, 0};
  char *xml = folder_tree(&file, 1, "a.md", places);
  bool holds = xml && strstr(xml, wanted);
  if (!holds) printf("%s:%d: no «%s» in\n%s\n", __FILE__, line, wanted, xml ? xml : "(nothing)");
  CHECK(holds);
  free(xml);
}

#define HOLDS(text, wanted)  check_part(__LINE__, text, false, wanted)
#define PLACES(text, wanted) check_part(__LINE__, text, true, wanted)

static void check_places(void) {
  PLACES("> one\n> *two*\n", "<emphasis place=\"2:3\"><text place=\"2:4\">two</text></emphasis>");
  PLACES("- a\n\n  b\n  **c**\n", "<strong place=\"4:3\"><text place=\"4:5\">c</text></strong>");
  PLACES("> one\nlazy `x`\n", "<code place=\"2:6\">x</code>");
  PLACES("&amp;&copy; \\* *a*\n", "<emphasis place=\"1:16\">");
  PLACES("中文 *强调* 之后 `码`\n", "<code place=\"1:12\">码</code>");
  PLACES("[a](<x y> \"t (\") *b*\n\n[c]: /\n", "[dead-link]");
  PLACES("[a](https://x.org \"t (\") *b*\n", "<emphasis place=\"1:26\">");
  PLACES("[a][r] *b*\n\n[r]: https://x.org\n", "<emphasis place=\"1:8\">");
  PLACES("[a] (*b*)\n\n[a]: https://x.org\n", "<emphasis place=\"1:6\">");
  PLACES("a {{ name }} *b*\n", "<fill-in place=\"1:6\">name</fill-in>");
  PLACES("a {{ name }} *b*\n", "<emphasis place=\"1:14\">");
  PLACES("[a *b*]{lang=de .tip} *c*\n", "<emphasis place=\"1:23\">");
  PLACES("| a | b |\n|--|--|\n| x\\|y | *z* |\n", "<emphasis place=\"3:10\">");
  PLACES("text\n| a |\n|--|\n| *z* |\n", "<emphasis place=\"4:3\">");
  PLACES("# *A* {#a}\n", "<emphasis place=\"1:3\">");
  PLACES("*A*\n===\n\nb\n\n# c\n", "<emphasis place=\"1:1\">");
  PLACES("a[^n] *b*\n\n[^n]: c *d*\n", "<emphasis place=\"3:9\">");
  PLACES("a\\\n  *b*\n", "<emphasis place=\"2:3\">");
  PLACES("- [ ] *t* u\n", "<emphasis place=\"1:7\">");
  PLACES("---\ntitle: T\n---\n\n*a*\n", "<emphasis place=\"5:1\">");
  PLACES("::: callout\n*a*\n:::\n", "<emphasis place=\"2:1\">");
  PLACES("a\r\n*b*\r\n", "<emphasis place=\"2:1\">");
}

static void check_notation(void) {
  HOLDS("# A {#x .unnumbered when=\"a < 5\"}\n\n# B\n",
        "<section id=\"x\" when=\"a &lt; 5\" class=\"unnumbered\">");
  HOLDS("A {when=\"a * b * c\"}\n", "<paragraph when=\"a * b * c\">");
  HOLDS("- a {when='b'}\n- c\n", "<item when=\"b\">");
  HOLDS("| a |\n|--|\n| b {when=c} |\n", "<row when=\"c\">");
  HOLDS("[](#x) [y](#x)\n\n# A {#x}\n\n# B\n",
        "<reference target=\"x\"/> <link target=\"#x\">y</link>");
  HOLDS("[a](https://x.org){.qr}\n", "<qr target=\"https://x.org\">");
  HOLDS("**{{ a }}**“{{ 'b}}' }}”\n", "<strong><fill-in>a</fill-in></strong>“<fill-in>'b}}'");
  HOLDS("{{ a\n  | b }}\n", "<fill-in>a   | b</fill-in>");
  HOLDS("::: {.callout title=\"Hi, {{ name }}\"}\nx\n:::\n",
        "<variant language=\"en\">Hi, <fill-in>name</fill-in></variant>");
  HOLDS("　　甲 {.x}\n\n- 　乙\n", "\">甲");
  HOLDS("- 　**乙** 丙\n", "\"><strong>乙");
  HOLDS("::: page-break\n:::\n", "<page-break/>");
  HOLDS(":::: callout\n::: worksheet\nx\n:::\n::::\n", "<callout>\n    <worksheet>");
  HOLDS("::: glossary\n- T\n\n  M.\n:::\n", "<entry>\n      <term>");
  HOLDS("| a |\n|--|\n| b |\n: Cap {#t .row-headers}\n",
        "<table id=\"t\" class=\"row-headers\">\n    <caption>");
  HOLDS("一\n二 three\nfour\n", "一二 three four");
  HOLDS("a<br>b\n", "a<line-break/>b");
  HOLDS("a {b} {} {c d} e\n", "a {b} {} {c d} e");
  HOLDS("# [Pay]{lang=en} [薪资]{lang=zh-Hans} {#pay}\n\n# B\n",
        "<variant language=\"zh-Hans\">薪资</variant>");
  HOLDS("# Pay\n# 薪资\n\nIt depends.\n\n看情况。\n\n# B\n",
        "<variant language=\"en\">It depends.</variant>\n      <variant language=\"zh-Hans\">");
  HOLDS("::: {lang=en}\n- a\n- b\n:::\n\n::: {lang=de}\n- c\n- d\n:::\n",
        "<variant language=\"en\">b</variant>\n        <variant language=\"de\">d</variant>");
  HOLDS("# Title\n\n## A\n\ntext\n", "<title language=\"en\">Title</title>\n  <section id=\"a\">");
}

/* --- mistakes ---------------------------------------------------------------------------- */

static void check_wrong(int line, const char *text, const char *wanted) {
  struct file file = {"a.md", text, 0};
  check_said(line, &file, 1, "a.md", false, wanted);
}

#define WRONG(text, wanted) check_wrong(__LINE__, text, wanted)

static void check_mistakes(void) {
  WRONG("", "a.md: error: there is no text in this file [empty-guide]\n");
  WRONG("a {.tip} b\n",
        "a.md:1:3: error: these attributes belong to nothing [stray-attributes]\n");
  WRONG("a [b]{#c\n", "a.md:1:5: error: these attributes cannot be read [bad-attributes]\n");
  WRONG("a {{ b\n", "a.md:1:3: error: this fill-in is not closed [unclosed-fill-in]\n");
  WRONG("a {{ }}\n", "a.md:1:6: error: this fill-in names nothing [empty-fill-in]\n");
  WRONG("[a](https://x.org/{{ b }})\n",
        "a.md:1:1: error: an address cannot hold a fill-in [fill-in-in-address]\n");
  WRONG("| a |\n|--|\n| b | {{ c }} |\n",
        "a.md:3:10: error: a fill-in cannot stand here [stray-fill-in]\n");
  WRONG("a\n\n:::\n", "a.md:3:1: error: these colons close no div [unopened-div]\n");
  WRONG("> ::: callout\n> a\n\nb\n", "a.md:1:7: error: this div is not closed [unclosed-div]\n");
  WRONG("::: callout {lines=2}\na\n:::\n",
        "a.md:1:14: error: a callout has no attribute 'lines' [unknown-attribute]\n");
  WRONG("::: {.worksheet lines=many}\na\n:::\n",
        "a.md:1:17: error: lines: 'many' is not a number from 1 to 100 [bad-value]\n");
  WRONG("::: callout =\na\n:::\n", "a.md:1:13: error: what follows the colons is not a name or "
                                   "attributes [bad-attributes]\n");
  WRONG("a <b>c</b>\n", "a.md:1:3: error: HTML cannot stand in a guide [raw-html]\n");
  WRONG("a ![b](c.png)\n", "a.md:1:3: error: c.png: No such file or directory [no-file]\n"
                           "a.md:1:3: error: a picture stands in a paragraph of its own "
                           "[inline-image]\n");
  WRONG("![b](/etc/passwd)\n",
        "a.md:1:1: error: '/etc/passwd' is not below the guide's folder [outside-folder]\n");
  WRONG("![b](../../etc/passwd)\n",
        "a.md:1:1: error: '../../etc/passwd' is not below the guide's folder [outside-folder]\n");
  WRONG("![b](a.md)\n", "a.md:1:1: error: a.md: it is neither PNG nor JPEG [bad-image]\n");
  WRONG("a\n\n[^b]: c\n\n[^d]: e\n\n    {{\n",
        "a.md:3:1: warning: no mark points to this footnote [unused-footnote]\n"
        "a.md:5:1: warning: no mark points to this footnote [unused-footnote]\n");
  WRONG("| a |\n|--|\n| b \\| c |\n| d | e |\n",
        "a.md:4:7: error: this cell has no column: the head of the table has 1 "
        "[too-many-cells]\n");
  WRONG("a[^b]\n", "a.md:1:2: error: there is no such footnote [dead-reference]\n");
  WRONG("[a](javascript:b)\n",
        "a.md:1:1: error: 'javascript:b' leads nowhere from a printed page [dead-link]\n");
  WRONG("[a](https:b)\n", "a.md:1:1: error: 'https:b' is not an address [dead-link]\n");
  WRONG("[a](http:///b)\n", "a.md:1:1: error: 'http:///b' is not an address [dead-link]\n");
  WRONG("[a](https://)\n", "a.md:1:1: error: 'https://' is not an address [dead-link]\n");
  WRONG("::: {.chart type=bar alt=a}\n:::\n",
        "a.md:1:6: error: this chart holds no table [empty-chart]\n");
  WRONG("::: {.chart type=bar alt=a data=b}\n:::\n",
        "a.md:1:6: error: no data of this guide are called 'b' [unknown-data]\n"
        "a.md:1:6: error: this chart holds no table [empty-chart]\n");
}

static void check_lint(void) {
  struct file file = {"a.md",
                      "“好”,真的.也许?(是)吗: 3.5 和 Python, R\n\n"
                      "Wait... it's 1--2 \"x\" 5' of the way\n\n２０ 《甲《乙》》 3～5 8~9\n\n中~文\n",
                      0};
  check_said(__LINE__, &file, 1, "a.md", true,
             "a.md:1:4: warning: ',' in Chinese is '，' [half-width]\n"
             "a.md:1:7: warning: '.' in Chinese is '。' [half-width]\n"
             "a.md:1:10: warning: '?' in Chinese is '？' [half-width]\n"
             "a.md:1:11: warning: '(' in Chinese is '（' [half-width]\n"
             "a.md:1:13: warning: ')' in Chinese is '）' [half-width]\n"
             "a.md:1:15: warning: ':' in Chinese is '：' [half-width]\n"
             "a.md:3:5: warning: '...' is '…' [three-dots]\n"
             "a.md:3:11: warning: ''' is a straight quotation mark; ’ is the apostrophe "
             "[straight-quote]\n"
             "a.md:3:15: warning: '--' is '–' [two-hyphens]\n"
             "a.md:3:19: warning: '\"' is a straight quotation mark; “ ” are the pair "
             "[straight-quote]\n"
             "a.md:3:21: warning: '\"' is a straight quotation mark; “ ” are the pair "
             "[straight-quote]\n"
             "a.md:5:1: warning: a full-width digit is '2' [full-width]\n"
             "a.md:5:2: warning: a full-width digit is '0' [full-width]\n"
             "a.md:5:6: warning: a title inside 《》 stands in 〈〉 [nested-titles]\n"
             "a.md:5:16: warning: '~' stands here, and '～' elsewhere in this guide "
             "[mixed-tildes]\n");
}

/* --- size --------------------------------------------------------------------------------- */

static double seconds_for(size_t size, const char *unit, bool good) {
  struct buffer text = {0};
  while (text.length < size) buffer_append_text(&text, unit);
  struct file file = {"a.md", text.data, text.length};
  struct folder folder = folder_new(&file, 1);
  clock_t start = clock();
  struct loaded loaded = folder_load(&folder, "a.md", false);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  if ((loaded.guide != NULL) != good) printf("%.6s…: %.200s\n", unit, loaded.said);
  CHECK((loaded.guide != NULL) == good);
  loaded_free(&loaded);
  folder_remove(&folder);
  buffer_finish(&text);
  return seconds;
}

/* Twice the text, about twice the time; the limit is far above what a busy machine
 * needs and far below what a square would. (In one paragraph of a megabyte, cmark
 * itself takes a square of the links and asterisks: there they do not come together.) */
static void check_linear(void) {
  static const char *const units[] = {
      "*a* `b` {{ c }} [d]{.tip} 中文 ",
      "`b` {{ c }} [d]{.tip} [e](https://x.org) 中文 ",
      "# Same\n\nA *b* {{ c }} [e](https://x.org).\n\n- [d]{.tip}\n\n| a | b |\n|--|--|\n| {{ c "
      "}} | d |\n\n",
      "a\nb\n",
  };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double half = seconds_for(1u << 17, units[i], true);
    double whole = seconds_for(1u << 18, units[i], true);
    if (whole > 3.5 * half + 0.5) printf("%zu: %.2f s and %.2f s\n", i, half, whole);
    CHECK(whole <= 3.5 * half + 0.5);
  }
}

/* Nesting: blocks end in an error, inlines are read as far as they go. */
static void check_bombs(void) {
  CHECK(seconds_for(4000, ">", false) < 20);
  CHECK(seconds_for(4000, "1. ", false) < 20);
  seconds_for(20000, "[", true);
  seconds_for(20000, "{{", false);
  seconds_for(20000, "*a _b ", true);
  seconds_for(20000, "[a](", false);
  seconds_for(20000, "{#", true);
  seconds_for(20000, ":::a\n", false);
}

int main(void) {
  check_places();
  check_notation();
  check_mistakes();
  check_lint();
  check_linear();
  check_bombs();
  return check_summary();
}

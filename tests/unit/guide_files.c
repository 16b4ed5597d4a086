/* Folders and files: handout.yaml, languages that are paired, XML back and forth, data,
 * pictures, and what is refused of each. */
#include "guide_folder.h"

#include <sys/stat.h>
#include <zlib.h>

static const struct file config = {
    "handout.yaml",
    "title: {en: Wood, zh-Hans: 木头}\nlanguages: [en, zh-Hans]\nnumbered: yes\nstale-after: 12\n"
    "fields:\n  region: {type: choice, choices: [north, south], default: north}\n"
    "  age: {type: integer, min: 10, max: 99, required: true, label: {en: Age, zh-Hans: 年龄}}\n"
    "  able: {type: set, choices: skills}\n"
    "skills:\n  saw: {name: {en: Sawing, zh-Hans: 锯}, hours: 12.5}\n"
    "  plane: {name: Planing, level: good, requires: [saw]}\n"
    "facts:\n  pay: {value: 1200, unit: EUR, source: A survey, date: 2026-05}\n"
    "data:\n  prices: {en: en.csv, zh-Hans: zh.csv}\n",
    0};

static const struct file english = {
    "guide.en.md",
    "# Saws {#saws}\n\nOne {{ region }}.\n\n- a\n- b\n\n# More\n\nTwo.\n\nThree.\n\n"
    "::: {.chart type=bar data=prices alt=\"Prices\" unit=euros}\n: Prices of wood\n:::\n\n"
    "::: {.callout title=\"Mind\"}\nYour fingers[^f].\n:::\n\n[^f]: All ten.\n",
    0};

static const struct file chinese = {
    "guide.zh-Hans.md",
    "# 锯子 {#saws}\n\n一{{ region }}。\n\n- 甲\n- 乙\n\n# 更多\n\n二。\n\n三。\n\n"
    "::: {.chart type=bar data=prices alt=\"价格\" unit=欧元}\n: 木头的价格\n:::\n\n"
    "::: {.callout title=\"小心\"}\n手指[^f]。\n:::\n\n[^f]: 十个都要。\n",
    0};

static const struct file data_en = {"en.csv", "Wood,Price\nOak,20\n\"Ash, white\",15\n", 0};
static const struct file data_zh = {"zh.csv", "木头;价格\n橡木;20\n白蜡木;15\n", 0};

static void check_part(int line, const char *xml, const char *wanted) {
  bool holds = xml && strstr(xml, wanted);
  if (!holds) printf("%s:%d: no «%s» in\n%s\n", __FILE__, line, wanted, xml ? xml : "(nothing)");
  CHECK(holds);
}

#define PART(xml, wanted) check_part(__LINE__, xml, wanted)

static void check_whole(void) {
  struct file files[] = {config, english, chinese, data_en, data_zh};
  char *xml = folder_tree(files, 5, NULL, false);
  PART(xml,
       "<guide numbered=\"yes\" languages=\"en zh-Hans\" missing=\"show\" stale-after=\"12\">");
  PART(xml, "<field name=\"age\" type=\"integer\" required=\"yes\" min=\"10\" max=\"99\">");
  PART(xml, "<skill id=\"saw\" hours=\"12.5\">");
  PART(xml, "<choice>plane</choice>");
  PART(xml,
       "<fact name=\"pay\" value=\"1200\" unit=\"EUR\" source=\"A survey\" date=\"2026-05\"/>");
  PART(xml, "<variant language=\"en\">One <fill-in>region</fill-in>.</variant>\n"
            "      <variant language=\"zh-Hans\">一<fill-in>region</fill-in>。</variant>");
  PART(xml, "alt=\"Prices\" unit=\"euros\" alt.zh-Hans=\"价格\" unit.zh-Hans=\"欧元\"");
  PART(xml, "<variant language=\"en\">Ash, white</variant>\n"
            "            <variant language=\"zh-Hans\">白蜡木</variant>");
  PART(xml, "<cell align=\"right\">");
  PART(xml, "<variant language=\"en\">Mind</variant>\n"
            "        <variant language=\"zh-Hans\">小心</variant>");
  PART(xml, "<footnote id=\"fn-f\">");
  /* the tree, written and read, is the tree */
  struct file again = {"guide.xml", xml, 0};
  char *twice = folder_tree(&again, 1, NULL, false);
  CHECK_TEXT(twice, xml);
  free(twice);
  free(xml);
}

/* guide.xml says more than handout.yaml beside it, and takes nothing away. */
static void check_xml_beside_yaml(void) {
  struct file files[] = {
      {"handout.yaml", "theme: modern\ndate: 2026-01-05\nlanguages: [en, zh-Hans, de]\n", 0},
      {"guide.xml",
       "<guide languages=\"en zh-Hans\" date=\"2026-02-06\"><paragraph><variant language=\"en\">x"
       "</variant></paragraph></guide>",
       0}};
  char *xml = folder_tree(files, 2, NULL, false);
  PART(xml, "<guide date=\"2026-02-06\" theme=\"modern\" languages=\"en zh-Hans\">");
  free(xml);
}

static void check_places_of_xml(void) {
  struct file file = {"a.xml",
                      "<guide><title language=\"en\">T</title><paragraph when=\"name\">\n"
                      "  <variant language=\"en\">A &amp; <strong>b</strong>\n    c"
                      "</variant>\n</paragraph></guide>",
                      0};
  struct folder folder = folder_new(&file, 1);
  struct loaded loaded = folder_load(&folder, "a.xml", false);
  CHECK(loaded.guide != NULL);
  const struct node *paragraph = loaded.guide->root->first;
  CHECK(paragraph->place.line == 1 && paragraph->place.column == 38);
  CHECK(paragraph->when_place.column == 55);
  const struct node *text = paragraph->first->first, *strong = text->next;
  CHECK(text->place.line == 2 && text->place.column == 26);
  CHECK_TEXT(text->text, "A & ");
  CHECK(strong->place.column == 34);
  CHECK_TEXT(strong->next->text, " c");
  loaded_free(&loaded);
  folder_remove(&folder);
}

/* --- pairing ---------------------------------------------------------------------------- */

static void check_pairs(int line, const char *en, const char *zh, const char *wanted) {
  struct file files[] = {{"guide.en.md", en, 0}, {"guide.zh-Hans.md", zh, 0}};
  check_said(line, files, 2, NULL, false, wanted);
}

#define PAIRS(en, zh, wanted) check_pairs(__LINE__, en, zh, wanted)

static void check_pairing(void) {
  PAIRS("# A {#a}\n\nx\n\n# B {#b}\n\ny\n", "# 乙 {#b}\n\n二\n\n# 甲 {#a}\n\n一\n", "");
  PAIRS("x\n\ny\n\n- z\n", "一\n\n- 三\n",
        "guide.en.md:3:1: warning: this paragraph has no translation in zh-Hans "
        "[missing-translation]\n");
  PAIRS("x\n\n- z\n", "一\n\n二\n\n- 三\n",
        "guide.zh-Hans.md:3:1: warning: this paragraph has no translation in en "
        "[missing-translation]\n");
  PAIRS("x\n\n> y\n\nz\n", "一\n\n- 二\n\n三\n",
        "guide.zh-Hans.md:3:1: warning: list here, quote in en: neither translates "
        "the other [translation-shape]\n");
  PAIRS("- x\n- y\n", "- 一\n",
        "guide.en.md:2:1: warning: this item has no translation in zh-Hans "
        "[missing-translation]\n");
  PAIRS("::: {when=\"a\"}\nx\n:::\n", "::: {when=\"b\"}\n一\n:::\n",
        "guide.zh-Hans.md:1:12: error: the condition differs from language to language "
        "[translation-condition]\n");
  PAIRS("::: {when=\"a\"}\nx\n:::\n\n::: {when=\"b\"}\ny\n:::\n", "::: {when=\"b\"}\n二\n:::\n",
        "guide.en.md:1:1: warning: this div has no translation in zh-Hans "
        "[missing-translation]\n");
  PAIRS("| a | b |\n|--|--|\n", "| 甲 |\n|--|\n",
        "guide.zh-Hans.md:1:1: warning: this table does not translate the one of en: it has "
        "another number of columns [translation-shape]\n");
}

static void check_missing_error(void) {
  struct file files[] = {{"handout.yaml", "missing: error\n", 0},
                         {"guide.en.md", "x\n\ny\n", 0},
                         {"guide.zh-Hans.md", "一\n", 0}};
  check_said(__LINE__, files, 3, NULL, false,
             "guide.en.md:3:1: error: this paragraph has no translation in zh-Hans "
             "[missing-translation]\n");
}

/* --- handout.yaml -------------------------------------------------------------------------- */

static void check_config(int line, const char *yaml, const char *wanted) {
  struct file files[] = {{"handout.yaml", yaml, 0}, {"guide.md", "x\n", 0}};
  check_said(line, files, 2, NULL, false, wanted);
}

#define CONFIG(yaml, wanted) check_config(__LINE__, yaml, wanted)

static void check_configs(void) {
  check_config(__LINE__, "theme: clasic\n",
               "handout.yaml:1:8: error: there is no theme 'clasic' [no-theme]\n");
  CONFIG("titel: x\n", "handout.yaml:1:1: error: handout.yaml has no key 'titel' [unknown-key]\n");
  CONFIG("title: [x]\n",
         "handout.yaml:1:8: error: title: a list stands where a text is wanted [bad-value]\n");
  CONFIG("title: {english: x}\n", "handout.yaml:1:9: error: 'english' is not a language such as "
                                  "'en' or 'zh-Hans' [bad-language]\n");
  CONFIG("date: 2026-02-30\n",
         "handout.yaml:1:7: error: date: '2026-02-30' is not a date like 2026-11-21 [bad-value]\n");
  CONFIG("date: 0999-02-28\n",
         "handout.yaml:1:7: error: date: '0999-02-28' is not a date like 2026-11-21 [bad-value]\n");
  CONFIG("numbered: maybe\n",
         "handout.yaml:1:11: error: numbered: 'maybe' is not 'yes' or 'no' [bad-value]\n");
  CONFIG("fields: {Age: {type: number}}\n",
         "handout.yaml:1:10: error: the name of a field is made of a-z, 0-9 and -, and begins "
         "with a letter: 'Age' [bad-name]\n");
  CONFIG("fields: {mode: {type: text}}\n",
         "handout.yaml:1:10: error: no field can be called 'mode': a reader record has a key of "
         "that name [reserved-name]\n");
  CONFIG("fields: {a: {type: chioce}}\n",
         "handout.yaml:1:20: error: type: 'chioce' is not one of 'text', 'number', 'integer', "
         "'date', 'truth', 'choice', 'set' [bad-value]\n");
  CONFIG("fields: {a: {type: integer, min: 5, default: 3}}\n",
         "handout.yaml:1:46: error: default: '3' is not between min and max [bad-value]\n");
  CONFIG("fields: {a: {type: choice}}\n",
         "handout.yaml:1:10: error: the choice 'a' has no choices [no-choices]\n");
  CONFIG("facts: {a: {unit: x}}\n",
         "handout.yaml:1:9: error: the fact 'a' has no value [no-value]\n");
  CONFIG("fields: {a: }\nfacts: {a: 1}\n",
         "handout.yaml:2:9: error: 'a' is the name of a field already [duplicate-name]\n");
}

/* --- XML that is refused ---------------------------------------------------------------------- */

/* What is missing is told where it was promised; without its declarations a text is not judged. */
static void check_promises(void) {
  struct file missing[] = {{"handout.yaml", "title: x\nlanguages: [en, fr]\n", 0},
                           {"guide.en.md", "x\n", 0}};
  struct folder folder = folder_new(missing, 2);
  struct loaded loaded = folder_load(&folder, NULL, true);
  CHECK(strstr(loaded.said, "handout.yaml:2:12: error: 'fr' is one of the guide's languages"));
  loaded_free(&loaded);
  folder_remove(&folder);
  struct file broken[] = {{"handout.yaml", "fields:\n\tlevel: x\n", 0},
                          {"guide.en.md", "[x]{when=\"level = 1\"}\n", 0}};
  folder = folder_new(broken, 2);
  loaded = folder_load(&folder, NULL, true);
  CHECK(strstr(loaded.said, "[yaml-syntax]") && !strstr(loaded.said, "[unknown-name]"));
  loaded_free(&loaded);
  folder_remove(&folder);
}

static void check_xml(int line, const char *xml, const char *wanted) {
  struct file file = {"a.xml", xml, 0};
  check_said(line, &file, 1, "a.xml", false, wanted);
}

#define XML(xml, wanted) check_xml(__LINE__, xml, wanted)

static void check_refused_xml(void) {
  XML("<!DOCTYPE g [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<guide>&b;</guide>",
      "a.xml:1:1: error: a guide has no document type: entities are not read [xml-doctype]\n");
  XML("<guide>\n<x>", "a.xml:2:4: error: Premature end of data in tag x line 2 [xml-syntax]\n");
  XML("<guide><paragraf/></guide>",
      "a.xml:1:8: error: no element is called 'paragraf' [unknown-element]\n");
  XML("<guide><callout lines=\"3\"/></guide>",
      "a.xml:1:8: error: a callout has no attribute 'lines' [unknown-attribute]\n");
  XML("<guide/>", "a.xml:1:1: error: there is no text in this file [empty-guide]\n");
  XML("", "a.xml: error: there is no text in this file [empty-guide]\n");
  struct file file = {"a.xml", "<guide><section><rule/></section></guide>", 0};
  struct folder folder = folder_new(&file, 1);
  struct loaded loaded = folder_load(&folder, "a.xml", false);
  CHECK(!loaded.guide && strstr(loaded.said, "[xml-schema]"));
  loaded_free(&loaded);
  folder_remove(&folder);
}

static void check_xml_depth(void) {
  struct buffer xml = {0};
  buffer_append_text(&xml, "<guide>");
  for (int i = 0; i < 100000; i++) buffer_append_text(&xml, "<quote>");
  struct file file = {"a.xml", xml.data, xml.length};
  struct folder folder = folder_new(&file, 1);
  struct loaded loaded = folder_load(&folder, "a.xml", false);
  CHECK(!loaded.guide && strstr(loaded.said, "[xml-syntax]"));
  loaded_free(&loaded);
  folder_remove(&folder);
  buffer_finish(&xml);
}

/* --- pictures -----------------------------------------------------------------------------------
 */

static void put_number(struct buffer *out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    buffer_append_byte(out, (char)(unsigned char)(value >> shift));
  }
}

static void put_chunk(struct buffer *out, const char *type, const void *data, uint32_t length) {
  put_number(out, length);
  size_t start = out->length;
  buffer_append_text(out, type);
  buffer_append(out, data, length);
  unsigned long sum = crc32(0, (const unsigned char *)out->data + start, length + 4);
  put_number(out, (uint32_t)sum);
}

/* A file with this header and little behind it. */
static struct buffer png(uint32_t width, uint32_t height, char colour) {
  struct buffer out = {0}, header = {0};
  put_number(&header, width);
  put_number(&header, height);
  buffer_append_byte(&header, 8);
  buffer_append_byte(&header, colour);
  buffer_append(&header, "\0\0\0", 3);
  buffer_append(&out, "\x89PNG\r\n\x1a\n", 8);
  put_chunk(&out, "IHDR", header.data, (uint32_t)header.length);
  /* lines of 30 pixels at most, each with its filter byte */
  static const unsigned char lines[20 * (1 + 30 * 4)];
  unsigned char packed[400];
  uLongf size = sizeof packed;
  CHECK(compress(packed, &size, lines, sizeof lines) == Z_OK);
  put_chunk(&out, "IDAT", (const char *)packed, (uint32_t)size);
  put_chunk(&out, "IEND", "", 0);
  buffer_finish(&header);
  return out;
}

static void check_image(const struct buffer *bytes, size_t length, const char *wanted) {
  struct file files[] = {{"a.md", "![b](c.png)\n", 0}, {"c.png", bytes->data, length}};
  struct folder folder = folder_new(files, 2);
  struct loaded loaded = folder_load(&folder, "a.md", false);
  if (wanted) {
    CHECK(!loaded.guide && strstr(loaded.said, wanted));
  } else {
    const struct image *image = loaded.guide ? guide_image(loaded.guide, "c.png") : NULL;
    CHECK(image && image->width == 30 && image->height == 20 && image->alpha);
    CHECK(image && image->length == length && image->format == IMAGE_PNG);
  }
  loaded_free(&loaded);
  folder_remove(&folder);
}

static void check_images(void) {
  struct buffer good = png(30, 20, 6), huge = png(30000, 30000, 2), flat = png(0, 5, 2);
  check_image(&good, good.length, NULL);
  check_image(&good, good.length - 5, "cut short");
  check_image(&good, 20, "cut short");
  check_image(&huge, huge.length, "more than 50000000 pixels");
  check_image(&flat, flat.length, "Invalid IHDR");
  good.data[good.length / 2] ^= 1;
  check_image(&good, good.length, "damaged");
  buffer_finish(&good);
  buffer_finish(&huge);
  buffer_finish(&flat);
}

/* A link that leads out of the folder is followed, and refused: `link` to a file elsewhere, in
 * a folder with `file`, of which `name` is loaded. */
static void check_link_out(const char *link, struct file file, const char *name) {
  struct folder folder = folder_new(&file, 1);
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder.path, link);
  CHECK(symlink("/etc/passwd", path) == 0);
  struct loaded loaded = folder_load(&folder, name, false);
  CHECK(!loaded.guide && strstr(loaded.said, "[outside-folder]"));
  CHECK(!strstr(loaded.said, "root:"));
  loaded_free(&loaded);
  unlink(path);
  folder_remove(&folder);
}

static void check_links_out(void) {
  static const struct file text = {"a.md", "x\n", 0};
  check_link_out("c.png", (struct file){"a.md", "![b](c.png)\n", 0}, "a.md");
  check_link_out("handout.yaml", text, "a.md");
  check_link_out("guide.md", text, NULL);
  check_link_out("guide.en.md", text, NULL);
  check_link_out("notes.txt", text, NULL);
  check_link_out("c.csv", (struct file){"guide.md",
                                        "---\ndata: {c: c.csv}\n---\n\n::: {.table data=c}\n:::\n", 0},
                 NULL);
  check_link_out("mine.yaml", (struct file){"guide.md", "---\ntheme: ./mine.yaml\n---\n\nx\n", 0},
                 NULL);
}

/* What would never end, or is a door to something else. */
static void check_pipe(void) {
  struct file file = {"a.txt", "x\n", 0};
  struct folder folder = folder_new(&file, 1);
  char path[128];
  snprintf(path, sizeof path, "%s/guide.md", folder.path);
  CHECK(mkfifo(path, 0600) == 0);
  struct loaded loaded = folder_load(&folder, NULL, false);
  CHECK_TEXT(loaded.said, "handout: error: guide.md: not a regular file [no-file]\n");
  loaded_free(&loaded);
  unlink(path);
  folder_remove(&folder);
}

/* A guide's own theme is one of its files, and what it says counts in the digest. */
static void check_own_theme(void) {
  struct file files[] = {{"guide.md", "---\ntheme: ./mine.yaml\n---\n\nx\n", 0},
                         {"mine.yaml", "page: {}\n", 0}};
  struct folder folder = folder_new(files, 2);
  struct loaded loaded = folder_load(&folder, NULL, false);
  char path[128];
  uint8_t digest[HASH_SIZE];
  snprintf(path, sizeof path, "%s/./mine.yaml", folder.path);
  CHECK_TEXT(loaded.guide->theme, "./mine.yaml");
  CHECK_TEXT(loaded.guide->theme_file, path);
  memcpy(digest, loaded.guide->digest, HASH_SIZE);
  loaded_free(&loaded);
  FILE *file = fopen(path, "w");
  fputs("page: {margins: 1}\n", file);
  fclose(file);
  loaded = folder_load(&folder, NULL, false);
  CHECK(memcmp(digest, loaded.guide->digest, HASH_SIZE) != 0);
  loaded_free(&loaded);
  folder_remove(&folder);
}

/* --- translations --------------------------------------------------------------------------------
 */

static void check_translations(void) {
  struct file files[] = {{"guide.en.md", "x\n\ny\n", 0}, {"guide.zh-Hans.md", "一\n\n二\n", 0}};
  struct folder folder = folder_new(files, 2);
  struct loaded loaded = folder_load(&folder, NULL, true);
  struct messages *messages = messages_new(stdout, MESSAGES_SHORT, false);
  CHECK(loaded.guide && guide_update_translations(loaded.guide, messages));
  messages_free(messages);
  loaded_free(&loaded);
  char path[128];
  snprintf(path, sizeof path, "%s/guide.en.md", folder.path);
  FILE *file = fopen(path, "w");
  fputs("x\n\nchanged\n", file);
  fclose(file);
  loaded = folder_load(&folder, NULL, true);
  CHECK_TEXT(loaded.said, "guide.zh-Hans.md:3:1: warning: this text is older than the en text that "
                          "it translates [stale-translation]\n");
  loaded_free(&loaded);
  folder.names[folder.count++] = "translations.yaml";
  folder_remove(&folder);
}

/* Whatever lies there under that name: neither read nor written is what is no file of the guide's. */
typedef bool put_there(const char *path, const char *elsewhere);

static void check_translations_at(const char *what, put_there *put) {
  struct file files[] = {{"guide.en.md", "x\n", 0}, {"guide.zh-Hans.md", "一\n", 0}};
  struct file victim = {"victim", "mine: [\n", 0};
  struct folder folder = folder_new(files, 2), other = folder_new(&victim, 1);
  char path[128], elsewhere[128], text[16] = "";
  snprintf(path, sizeof path, "%s/translations.yaml", folder.path);
  snprintf(elsewhere, sizeof elsewhere, "%s/victim", other.path);
  struct loaded good = folder_load(&folder, NULL, true);
  CHECK(put(path, elsewhere));
  struct loaded loaded = folder_load(&folder, NULL, true);
  CHECK(strstr(loaded.said, what) && !strstr(loaded.said, "yaml-syntax"));
  struct messages *messages = messages_new_silent();
  CHECK(!guide_update_translations(good.guide, messages) && messages_errors(messages) == 1);
  messages_free(messages);
  FILE *file = fopen(elsewhere, "r");
  CHECK(file && fgets(text, sizeof text, file));
  if (file) fclose(file);
  CHECK_TEXT(text, "mine: [\n");
  loaded_free(&loaded);
  loaded_free(&good);
  unlink(path);
  folder_remove(&folder);
  folder_remove(&other);
}

static bool put_link(const char *path, const char *elsewhere) {
  return symlink(elsewhere, path) == 0;
}

static bool put_pipe(const char *path, const char *elsewhere) {
  (void)elsewhere;
  return mkfifo(path, 0600) == 0;
}

static void check_translations_elsewhere(void) {
  check_translations_at("[outside-folder]", put_link);
  check_translations_at("[no-file]", put_pipe);
}

int main(void) {
  check_whole();
  check_xml_beside_yaml();
  check_places_of_xml();
  check_pairing();
  check_missing_error();
  check_configs();
  check_promises();
  check_refused_xml();
  check_xml_depth();
  check_images();
  check_links_out();
  check_pipe();
  check_own_theme();
  check_translations();
  check_translations_elsewhere();
  return check_summary();
}

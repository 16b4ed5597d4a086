/* Blocks that are kept from one layout to the next: pages are the same, begin at the same places
 * and are told by the same elements as those that are set anew.
 *
 * Every case and template; readers made by chance of the demonstration guide, whose passages come
 * and go; and a guide of all kinds of blocks, each below something else for each reader. */
#include "check.h"
#include "guide_folder.h"

#include "edition/edition.h"
#include "page/page.h"

#include <glob.h>

#define ROUNDS 3 /* a block is met, kept, placed again */

struct rig {
  struct messages *messages;
  struct font_library *fonts;
  struct text_engine *engine;
  struct theme *themes[STYLE_COUNT];
  struct pages_cache *cache;
  struct edition_maker *maker;
  size_t placed, made; /* pages with and without runs of the pages before */
};

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

/* What pages_dump does not tell. */
static bool same_rest(const struct pages *a, const struct pages *b) {
  bool same = a->page_count == b->page_count && a->element_count == b->element_count &&
              a->destination_count == b->destination_count;
  for (size_t i = 0; same && i < a->page_count; i++)
    same = a->starts[i].node == b->starts[i].node && a->starts[i].offset == b->starts[i].offset &&
           a->pages[i].item_count == b->pages[i].item_count &&
           a->pages[i].link_count == b->pages[i].link_count;
  for (size_t i = 0; same && i < a->destination_count; i++)
    same = a->destinations[i].page == b->destinations[i].page &&
           a->destinations[i].top == b->destinations[i].top &&
           same_text(a->destinations[i].id, b->destinations[i].id);
  for (size_t i = 0; same && i < a->element_count; i++) {
    const struct element *x = &a->elements[i], *y = &b->elements[i];
    same = x->role == y->role && x->parent == y->parent && x->scope == y->scope &&
           x->numbering == y->numbering && same_text(x->language, y->language) &&
           same_text(x->alternative, y->alternative) && same_text(x->id, y->id) &&
           x->bounds_page == y->bounds_page && memcmp(x->bounds, y->bounds, sizeof x->bounds) == 0;
  }
  return same;
}

static bool same_dump(const struct pages *a, const struct pages *b) {
  struct buffer one = {0}, other = {0};
  pages_dump(a, &one);
  pages_dump(b, &other);
  bool same = one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
  buffer_finish(&one);
  buffer_finish(&other);
  return same;
}

/* Only what was kept is the same run in both. */
static bool share_runs(const struct pages *a, const struct pages *b) {
  for (size_t i = 0; i < a->page_count && i < b->page_count; i++) {
    const struct page *one = &a->pages[i], *other = &b->pages[i];
    for (size_t k = 0; k < one->item_count && k < other->item_count; k++)
      if (one->items[k].kind == ITEM_TEXT && other->items[k].kind == ITEM_TEXT &&
          one->items[k].text.run == other->items[k].text.run)
        return true;
  }
  return false;
}

static void lay_out(struct rig *rig, const struct reader *reader, const char *name) {
  struct edition *edition = edition_make(rig->maker, reader, rig->messages);
  if (!edition) return;
  const struct theme *theme = rig->themes[edition->style];
  struct pages *pages[ROUNDS] = {NULL};
  struct pages *anew = pages_new(edition, theme, rig->engine, NULL, rig->messages);
  for (size_t i = 0; i < ROUNDS; i++)
    pages[i] = pages_new(edition, theme, rig->engine, rig->cache, rig->messages);
  for (size_t i = 0; i < ROUNDS; i++) {
    bool same = !anew == !pages[i];
    if (anew && pages[i]) same = same_dump(anew, pages[i]) && same_rest(anew, pages[i]);
    if (!same) printf("%s, time %zu: pages differ\n", name, i);
    CHECK(same);
  }
  if (pages[ROUNDS - 1] && share_runs(pages[ROUNDS - 2], pages[ROUNDS - 1])) rig->placed++;
  else rig->made++;
  for (size_t i = 0; i < ROUNDS; i++) pages_free(pages[i]);
  pages_free(anew);
  edition_free(edition);
  pages_cache_trim(rig->cache, rig->engine);
}

/* --- records ------------------------------------------------------------------------------- */

static uint32_t random_state = 11;

static unsigned chance(unsigned below) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % below;
}

#define ONE_OF(...)                                                                                \
  ((const char *const[]){__VA_ARGS__})[chance(sizeof((const char *const[]){__VA_ARGS__}) /         \
                                              sizeof(const char *))]

static void try_chance(struct rig *rig, const struct guide *guide) {
  for (int i = 0; i < 20; i++) {
    struct reader *reader = reader_new_anonymous(guide);
    const struct setting settings[] = {
        {"name", ONE_OF("", "Ann Example", "Ben Example", "李四")},
        {"languages", ONE_OF("en", "zh-Hans", "en|zh-Hans", "zh-Hans|en")},
        {"mode", ONE_OF("single", "interleaved", "parallel", "sequential")},
        {"edition", ONE_OF("standard", "large-print", "mono")},
        {"region", ONE_OF("US", "CN", "EU", "other")},
        {"role", ONE_OF("student", "software-engineer", "data-analyst", "other")},
        {"experience", ONE_OF("0", "1", "30")},
        {"skills", ONE_OF("", "python", "python|pandas|sql", "communication|python")},
        {"start", ONE_OF("", "2026-08-03")},
        {"hours", ONE_OF("5", "40")},
    };
    CHECK(reader_apply(reader, guide, settings, sizeof settings / sizeof *settings, rig->messages));
    lay_out(rig, reader, "templates/ml-engineer by chance");
    reader_free(reader);
  }
}

/* --- surroundings -------------------------------------------------------------------------------- */

static const char configuration[] =
    "title: Surroundings\nlanguages: [en]\nfields:\n  above: { type: choice, default: none, choices:"
    " [none, words, direct, list, rule, code, break, table, address, callout] }\n";

#define ROW "| one | two |\n"
#define TEN ROW ROW ROW ROW ROW ROW ROW ROW ROW ROW

/* Some of them have an effect on what follows, each another. */
static const char above[] = "# Section %d\n\nFirst words.\n\n"
                            "::: {when=\"above = 'words'\"}\nWords above.\n:::\n\n"
                            "::: {when=\"above = 'list'\"}\n- A list\n:::\n\n"
                            "::: {when=\"above = 'rule'\"}\n---\n:::\n\n"
                            "::: {when=\"above = 'code'\"}\n```\nCode\n```\n:::\n\n"
                            "::: {when=\"above = 'break'\"}\nWords above.\n\n::: page-break\n:::\n:::\n\n"
                            "::: {when=\"above = 'table'\"}\n| a | b |\n| - | - |\n" TEN TEN ":::\n\n"
                            "::: {when=\"above = 'callout'\"}\n::: callout\nCalled out.\n:::\n:::\n\n"
                            "[Words above.]{when=\"above = 'direct'\"}\n\n"
                            "[Above](https://example.org/above){.qr when=\"above = 'address'\"}\n\n";

static const char *const blocks[] = {
    "A paragraph with [a link](https://example.org) and `code` in it, of more than one line: it goes "
    "on for some more words, so that it is broken at least once.\n\nAnother.\n",
    "- An item\n- Another\n  - below it\n",
    "3. An item\n4. Another\n\n   More of it.\n",
    "- [ ] To do\n- [x] Done\n",
    "> A quotation.\n>\n> - with a list\n",
    "```\nCode\n  of two lines\n```\n",
    "::: {.callout title=\"A title\"}\nA callout.\n\n- a list\n:::\n",
    "::: {.callout}\n::: page-break\n:::\n\nA callout with a break.\n:::\n",
    ROW "| --- | --- |\n" TEN TEN TEN TEN,
    "::: {.worksheet lines=3}\nA question?\n:::\n",
    "::: {.worksheet lines=3}\n:::\n",
    "::: {.chart unit=\"hours\" alt=\"A chart\" source=\"The test\" date=\"2026-01-01\"}\n"
    "| What | Hours |\n| --- | --- |\n| One | 10 |\n| Two | 20 |\n:::\n",
    "[Some code](https://example.org/one){.qr}\n\n[More](https://example.org/two){.qr}\n",
    "---\n",
    "::: {#named}\nA paragraph.\n:::\n",
};

static void write_guide(struct buffer *out) {
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
    int number = (int)i + 1;
    buffer_printf(out, above, number);
    buffer_append_text(out, blocks[i]);
    buffer_append_text(out, "\nWords below.\n\n");
  }
  buffer_append_text(out, "# The same for all, but for its number\n\nWords.\n\n" ROW
                          "| --- | --- |\n" TEN TEN TEN TEN "\n: A caption {#last}\n");
}

static void lay_out_chance(struct rig *rig, const struct guide *guide) {
  struct reader *reader = reader_new_anonymous(guide);
  const struct setting settings[] = {
      {"above", ONE_OF("none", "words", "direct", "list", "rule", "code", "break", "table",
                       "address", "callout")},
      {"edition", ONE_OF("standard", "large-print")},
  };
  CHECK(reader_apply(reader, guide, settings, sizeof settings / sizeof *settings, rig->messages));
  char name[64];
  snprintf(name, sizeof name, "surroundings, %s", settings[0].value);
  lay_out(rig, reader, name);
  reader_free(reader);
}

static void try_surroundings(struct rig *rig) {
  struct buffer text = {0};
  write_guide(&text);
  const struct file files[] = {{"handout.yaml", configuration, 0}, {"guide.md", text.data, 0}};
  struct folder folder = folder_new(files, 2);
  struct loaded loaded = folder_load(&folder, NULL, false);
  CHECK_TEXT(loaded.said, "");
  rig->maker = loaded.guide ? edition_maker_new(loaded.guide, rig->messages) : NULL;
  pages_cache_forget(rig->cache);
  for (int i = 0; rig->maker && i < 60; i++) lay_out_chance(rig, loaded.guide);
  edition_maker_free(rig->maker);
  loaded_free(&loaded);
  folder_remove(&folder);
  buffer_finish(&text);
}

/* --- readers that differ in what no block says -------------------------------------------------- */

static const char three_languages[] = "title: Turns\nlanguages: [en, zh-Hans, zh-Hant]\n";

/* Where its words stand, and the source of the chart, is not for the blocks to say. */
static const char in_turn[] =
    "# One\n\nA paragraph of a few words.\n\n::: {lang=zh-Hans}\n几个字的段落。\n:::\n\n"
    "::: {lang=zh-Hant}\n幾個字的段落。\n:::\n\n---\n\n"
    "::: {.chart unit=hours alt=\"A chart\" alt.zh-Hans=\"图表\" alt.zh-Hant=\"圖表\" source=\"The test\" "
    "date=2026}\n| What | Hours |\n| --- | --- |\n| One | 10 |\n| Two | 20 |\n:::\n";

/* Margins that columns side by side cannot take anything from: their pages are as wide as others. */
#define TURNS 8
static void try_turns(struct rig *rig) {
  const struct file files[] = {{"handout.yaml", three_languages, 0}, {"guide.md", in_turn, 0}};
  static const char *const turns[TURNS][2] = {
      {"interleaved", "en|zh-Hans"}, {"interleaved", "en|zh-Hant"}, {"parallel", "en|zh-Hans"},
      {"interleaved", "zh-Hans|en"}, {"sequential", "en|zh-Hans"},  {"sequential", "zh-Hans|en"},
      {"single", "en"},              {"single", "zh-Hans"},
  };
  struct folder folder = folder_new(files, 2);
  struct loaded loaded = folder_load(&folder, NULL, false);
  CHECK_TEXT(loaded.said, "");
  rig->maker = loaded.guide ? edition_maker_new(loaded.guide, rig->messages) : NULL;
  pages_cache_forget(rig->cache);
  struct theme *theme = rig->themes[STYLE_STANDARD];
  const mpt inner = theme->margin_inner, outer = theme->margin_outer;
  theme->margin_inner = theme->margin_outer = MPT_MILLIMETRES(16);
  for (size_t i = 0; rig->maker && i < 2 * TURNS; i++) { /* what is new to the first is not kept */
    struct reader *reader = reader_new_anonymous(loaded.guide);
    const char *const *turn = turns[i % TURNS];
    const struct setting settings[] = {{"mode", turn[0]}, {"languages", turn[1]}};
    CHECK(reader_apply(reader, loaded.guide, settings, 2, rig->messages));
    lay_out(rig, reader, turn[0]);
    reader_free(reader);
  }
  theme->margin_inner = inner;
  theme->margin_outer = outer;
  edition_maker_free(rig->maker);
  loaded_free(&loaded);
  folder_remove(&folder);
}

/* --- cases ------------------------------------------------------------------------------------------ */

/* Twice: a block that is met for the first time is not kept. */
static void try_record(struct rig *rig, const struct guide *guide, const char *name,
                       const char *record) {
  for (int i = 0; i < 2; i++) {
    struct reader *reader =
        record ? reader_load(record, guide, rig->messages) : reader_new_anonymous(guide);
    if (reader) lay_out(rig, reader, record ? record : name);
    reader_free(reader);
  }
}

static void try_records(struct rig *rig, const struct guide *guide, const char *folder) {
  char pattern[512];
  glob_t records;
  snprintf(pattern, sizeof pattern, "%sreader*.yaml", folder);
  bool found = glob(pattern, 0, NULL, &records) == 0;
  for (size_t i = 0; found && i < records.gl_pathc; i++)
    try_record(rig, guide, folder, records.gl_pathv[i]);
  if (found) globfree(&records);
  else try_record(rig, guide, folder, NULL);
}

static void try_guide(struct rig *rig, const char *path, const char *folder) {
  struct guide *guide = guide_load(path, NULL, 0, rig->messages);
  rig->maker = guide ? edition_maker_new(guide, rig->messages) : NULL;
  pages_cache_forget(rig->cache);
  if (rig->maker) try_records(rig, guide, folder);
  if (rig->maker && strstr(folder, "ml-engineer")) try_chance(rig, guide);
  messages_flush(rig->messages);
  edition_maker_free(rig->maker);
  guide_free(guide);
}

static void try_folders(struct rig *rig, const char *pattern) {
  static const char *const names[] = {"handout.yaml", "guide.txt", "guide.md", "guide.xml"};
  glob_t folders;
  CHECK(glob(pattern, GLOB_MARK, NULL, &folders) == 0);
  for (size_t i = 0; i < folders.gl_pathc; i++) {
    const char *folder = folders.gl_pathv[i];
    for (size_t k = 0; k < 4 && !strstr(folder, "/bad-"); k++) {
      char path[512];
      snprintf(path, sizeof path, "%s%s", folder, names[k]);
      FILE *file = fopen(path, "r");
      if (!file) continue;
      fclose(file);
      try_guide(rig, k ? path : folder, folder);
      break;
    }
  }
  globfree(&folders);
}

int main(void) {
  FILE *nowhere = fopen("/dev/null", "w"); /* what is wrong with a guide is the business of others */
  struct font_options options = {0};
  struct rig rig = {.messages = messages_new(nowhere, MESSAGES_SHORT, false)};
  rig.fonts = font_library_new(&options, rig.messages);
  rig.engine = text_engine_new(rig.messages);
  rig.cache = pages_cache_new();
  for (enum style style = STYLE_STANDARD; style < STYLE_COUNT; style++)
    rig.themes[style] = theme_load("classic", style, PAPER_A4, rig.fonts, rig.messages);
  try_surroundings(&rig);
  try_turns(&rig);
  try_folders(&rig, "tests/cases/*/");
  try_folders(&rig, "templates/*/");
  CHECK(rig.placed > rig.made);
  for (enum style style = STYLE_STANDARD; style < STYLE_COUNT; style++) theme_free(rig.themes[style]);
  pages_cache_free(rig.cache);
  text_engine_free(rig.engine);
  font_library_free(rig.fonts);
  messages_free(rig.messages);
  fclose(nowhere);
  return check_summary();
}

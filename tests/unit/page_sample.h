/* Guides made by a generator: every kind of block, nested and in any order, in two
 * languages; the same seed, the same guide. */
#ifndef HANDOUT_TESTS_PAGE_SAMPLE_H
#define HANDOUT_TESTS_PAGE_SAMPLE_H

#include "base/arena.h"
#include "guide/guide.h"

#include <stdio.h>

struct page_sample {
  struct guide guide;
  struct words titles[2], author;
  struct node *at;
  uint32_t state;
  int next_id;
  int depth;
};

static const char *const sample_languages[] = {"en", "zh-Hans"};

static uint32_t sample_random(struct page_sample *sample, uint32_t limit) {
  sample->state = sample->state * 1664525u + 1013904223u;
  return (sample->state >> 8) % limit;
}

static struct node *sample_open(struct page_sample *sample, enum node_kind kind) {
  struct node *node = node_new(sample->guide.arena, kind, (struct place){0});
  node_append(sample->at, node);
  return sample->at = node;
}

static void sample_close(struct page_sample *sample) {
  sample->at = sample->at->parent;
}

/* --- text ------------------------------------------------------------------------- */

static const char *const sample_english[] = {
    "people",         "learn",    "to",     "weld",      "pipes",     "and",
    "read",           "plans",    "before", "they",      "start",     "an",
    "electrician’s",  "training", "in",     "workshops", "near",      "the",
    "river",          "$4,200",   "per",    "month",     "well-paid", "jobs",
    "responsibility", "for",      "safety", "C++",
};
static const char *const sample_chinese[] = {
    "学习",   "焊接",     "的",   "人",     "先看",       "图纸，", "再", "开始",
    "工作。", "安全",     "很",   "重要；", "每月",       "8,000",  "元", "“师傅”",
    "说：",   "慢慢来，", "不要", "急。",   "（见下文）", "Python",
};

static char *sample_words(struct page_sample *sample, size_t language, uint32_t count) {
  char *text = "";
  struct arena *arena = sample->guide.arena;
  for (uint32_t i = 0; i < count; i++) {
    if (language == 0)
      text = arena_printf(
          arena, "%s%s%s", text, i ? " " : "",
          sample_english[sample_random(sample, sizeof sample_english / sizeof *sample_english)]);
    else
      text = arena_printf(
          arena, "%s%s", text,
          sample_chinese[sample_random(sample, sizeof sample_chinese / sizeof *sample_chinese)]);
  }
  return text;
}

static struct node *sample_text(struct page_sample *sample, const char *text) {
  struct node *node = sample_open(sample, NODE_TEXT);
  node->text = text;
  sample_close(sample);
  return node;
}

static void sample_inline(struct page_sample *sample, size_t language) {
  static const enum node_kind kinds[] = {NODE_STRONG, NODE_EMPHASIS, NODE_LINK, NODE_CODE,
                                         NODE_SPAN};
  struct node *node = sample_open(sample, kinds[sample_random(sample, 5)]);
  if (node->kind == NODE_LINK) node->target = "https://example.org/a/long/path?with=a&query=1";
  if (node->kind == NODE_SPAN) node->language = sample_languages[1 - language];
  if (node->kind == NODE_CODE) node->text = "make(check)";
  else
    sample_text(sample, sample_words(sample, node->kind == NODE_SPAN ? 1 - language : language, 3));
  sample_close(sample);
}

/* The variants of a block: both languages, now and then one alone. */
static void sample_variants(struct page_sample *sample, uint32_t words, bool rich) {
  uint32_t only = sample_random(sample, 12);
  for (size_t language = 0; language < 2; language++) {
    if (only < 2 && only != language) continue;
    struct node *variant = sample_open(sample, NODE_VARIANT);
    variant->language = sample_languages[language];
    sample_text(sample, sample_words(sample, language, 1 + sample_random(sample, words)));
    for (uint32_t i = 0; rich && i < sample_random(sample, 3); i++) {
      sample_text(sample, language ? "，" : " ");
      sample_inline(sample, language);
      sample_text(sample, sample_words(sample, language, 1 + sample_random(sample, words)));
    }
    sample_close(sample);
  }
}

static struct node *sample_bearing(struct page_sample *sample, enum node_kind kind, uint32_t words,
                                   bool rich) {
  struct node *node = sample_open(sample, kind);
  sample_variants(sample, words, rich);
  sample_close(sample);
  return node;
}

/* --- blocks ------------------------------------------------------------------------ */

static void sample_block(struct page_sample *sample);

static void sample_blocks(struct page_sample *sample, uint32_t most) {
  uint32_t count = 1 + sample_random(sample, most);
  sample->depth++;
  for (uint32_t i = 0; i < count; i++) sample_block(sample);
  sample->depth--;
}

static void sample_list(struct page_sample *sample) {
  struct node *list = sample_open(sample, NODE_LIST);
  list->ordered = sample_random(sample, 3) == 0;
  list->start = (int)sample_random(sample, 200);
  bool task = !list->ordered && sample_random(sample, 3) == 0;
  uint32_t count = 1 + sample_random(sample, 6);
  for (uint32_t i = 0; i < count; i++) {
    struct node *item = sample_open(sample, NODE_ITEM);
    item->task = task;
    item->ticked = task && sample_random(sample, 2);
    if (sample_random(sample, 4) == 0) sample_blocks(sample, 2);
    else sample_bearing(sample, NODE_PARAGRAPH, 15, true);
    sample_close(sample);
  }
  sample_close(sample);
}

static void sample_table(struct page_sample *sample, bool figures) {
  struct node *table = sample_open(sample, NODE_TABLE);
  table->id = arena_printf(sample->guide.arena, "table-%d", sample->next_id++);
  if (!figures && sample_random(sample, 2)) sample_bearing(sample, NODE_CAPTION, 8, false);
  uint32_t columns = figures ? 4 : 1 + sample_random(sample, 6);
  uint32_t rows = 1 + sample_random(sample, figures ? 8 : 40);
  for (uint32_t r = 0; r <= rows; r++) {
    sample_open(sample, NODE_ROW)->header = r == 0;
    for (uint32_t c = 0; c < columns; c++) {
      if (!figures || r == 0 || c == 0) {
        sample_bearing(sample, NODE_CELL, figures ? 3 : 14, false);
        continue;
      }
      sample_open(sample, NODE_CELL);
      struct node *variant = sample_open(sample, NODE_VARIANT);
      variant->language = "en";
      sample_text(sample,
                  arena_printf(sample->guide.arena, "%u", c * 100 + sample_random(sample, 90)));
      sample_close(sample);
      sample_close(sample);
    }
    sample_close(sample);
  }
  sample_close(sample);
}

static void sample_chart(struct page_sample *sample) {
  static const char *const types[] = {"bar", "line", "range"};
  struct node *chart = sample_open(sample, NODE_CHART);
  chart->id = arena_printf(sample->guide.arena, "chart-%d", sample->next_id++);
  node_set_attribute(sample->guide.arena, chart, "type", types[sample_random(sample, 3)],
                     (struct place){0});
  node_set_attribute(sample->guide.arena, chart, "alt", "It goes up.", (struct place){0});
  sample_table(sample, true);
  sample_bearing(sample, NODE_CAPTION, 10, false);
  sample_close(sample);
}

static void sample_code(struct page_sample *sample) {
  struct node *block = sample_open(sample, NODE_CODE_BLOCK);
  struct node *variant = sample_open(sample, NODE_VARIANT);
  variant->language = "en";
  sample_text(sample,
              "for each of the pipes:\n\n    weld(pipe, until=cold, and_then=check_the_seam_"
              "twice_before_the_water_goes_in, with_the_pressure_of=12.5)\n\tdone  # 好了\n");
  sample_close(sample);
  sample_close(sample);
  (void)block;
}

/* A footnote, and a paragraph that marks it. */
static void sample_note(struct page_sample *sample) {
  char *id = arena_printf(sample->guide.arena, "note-%d", sample->next_id++);
  struct node *paragraph = sample_open(sample, NODE_PARAGRAPH);
  for (size_t language = 0; language < 2; language++) {
    struct node *variant = sample_open(sample, NODE_VARIANT);
    variant->language = sample_languages[language];
    sample_text(sample, sample_words(sample, language, 10));
    sample_open(sample, NODE_FOOTNOTE_MARK)->target = id;
    sample_close(sample);
    sample_text(sample, sample_words(sample, language, 5));
    sample_close(sample);
  }
  sample_close(sample);
  (void)paragraph;
  struct node *note = sample_open(sample, NODE_FOOTNOTE);
  note->id = id;
  sample_bearing(sample, NODE_PARAGRAPH, 60, true);
  sample_close(sample);
}

static void sample_glossary(struct page_sample *sample) {
  sample_open(sample, NODE_GLOSSARY);
  for (uint32_t i = 0; i < 3; i++) {
    sample_open(sample, NODE_ENTRY);
    sample_bearing(sample, NODE_TERM, 2, false);
    sample_bearing(sample, NODE_PARAGRAPH, 20, true);
    sample_close(sample);
  }
  sample_close(sample);
}

static void sample_titled(struct page_sample *sample, enum node_kind kind) {
  struct node *node = sample_open(sample, kind);
  if (kind == NODE_WORKSHEET)
    node_set_attribute(sample->guide.arena, node, "lines", "7", (struct place){0});
  if (kind != NODE_QUOTE && sample_random(sample, 2))
    sample_bearing(sample, NODE_CAPTION, 4, false);
  sample_blocks(sample, 3);
  sample_close(sample);
}

static void sample_block(struct page_sample *sample) {
  uint32_t kind = sample_random(sample, sample->depth > 3 ? 8 : 22);
  switch (kind) {
  case 8:
  case 9:
  case 10:
    sample_list(sample);
    break;
  case 11:
    sample_table(sample, false);
    break;
  case 12:
    sample_chart(sample);
    break;
  case 13:
    sample_code(sample);
    break;
  case 14:
    sample_note(sample);
    break;
  case 15:
    sample_glossary(sample);
    break;
  case 16:
    sample_titled(sample, NODE_CALLOUT);
    break;
  case 17:
    sample_titled(sample, NODE_QUOTE);
    break;
  case 18:
    sample_titled(sample, NODE_WORKSHEET);
    break;
  case 19:
    sample_bearing(sample, NODE_QR, 4, false)->target = "https://example.org/learn/to/weld";
    break;
  case 20:
    sample_open(sample, sample_random(sample, 2) ? NODE_RULE : NODE_PAGE_BREAK);
    sample_close(sample);
    break;
  default:
    sample_bearing(sample, NODE_PARAGRAPH, 60, true);
    break;
  }
}

static void sample_section(struct page_sample *sample, int level) {
  struct node *section = sample_open(sample, NODE_SECTION);
  section->id = arena_printf(sample->guide.arena, "section-%d", sample->next_id++);
  struct node *heading = sample_bearing(sample, NODE_HEADING, level == 1 ? 6 : 9, false);
  heading->level = level;
  heading->id = arena_printf(sample->guide.arena, "%s-title", section->id);
  sample_blocks(sample, 4);
  for (uint32_t i = 0; level < 4 && i < sample_random(sample, 4); i++)
    sample_section(sample, level + 1);
  sample_close(sample);
}

static void sample_make(struct page_sample *sample, uint32_t seed, int chapters) {
  *sample = (struct page_sample){.state = seed * 2654435761u + 1};
  struct guide *guide = &sample->guide;
  guide->arena = arena_new();
  guide->name = "sample";
  guide->folder = ".";
  guide->languages = (const char **)sample_languages;
  guide->language_count = 2;
  sample->author = (struct words){.language = "en", .text = "A Sample Author"};
  guide->authors = &sample->author;
  guide->date = "2026-11-21";
  guide->numbered = seed % 2;
  guide->missing = FALLBACK_SHOW;
  sample->titles[0] = (struct words){
      .language = "en", .text = "Pipes, Plans and People", .next = &sample->titles[1]};
  sample->titles[1] = (struct words){.language = "zh-Hans", .text = "管道、图纸与人"};
  guide->titles = sample->titles;
  guide->root = sample->at = node_new(guide->arena, NODE_GUIDE, (struct place){0});
  for (int i = 0; i < chapters; i++) sample_section(sample, 1);
}

static void sample_free(struct page_sample *sample) {
  arena_free(sample->guide.arena);
}

#endif

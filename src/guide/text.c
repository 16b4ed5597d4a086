/* Plain text: blocks between blank lines, headings told from paragraphs.
 *
 *   What is a career?           a short line without a closing mark, and before
 *                               another such line: a heading one level up
 *   Careers then and now        such a line before a paragraph: a heading
 *
 *   Once upon a time …          a paragraph
 *
 *   - first                     lines with bullets, and indented ones that go on
 *   - second, which goes on     with them: a list
 *     here
 *
 * A run of headings ends on the deepest level that the text has, so that a heading
 * alone stands beside its sisters and not beside their parent. */
#include "guide/load.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A heading has no more than this: code points, a Han character counting twice. */
#define LONGEST_HEADING 110
/* A longer run of short lines is a list or an address, not headings. */
#define LONGEST_RUN 3

struct text_block {
  size_t start; /* offsets in the source; without outer white space */
  size_t end;
  bool one_line;
  bool heading;
  int level;
};

struct text_blocks {
  struct text_block *items;
  size_t count;
  size_t capacity;
};

/* --- lines and blocks ------------------------------------------------------------- */

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The ideographic space indents Chinese paragraphs; it is white space here. */
static size_t blank_length(const char *text, size_t left) {
  if (left >= 3 && memcmp(text, "\xE3\x80\x80", 3) == 0) return 3;
  return left > 0 && is_blank(*text) ? 1 : 0;
}

static void trim(const char *text, size_t *start, size_t *end) {
  size_t step;
  while ((step = blank_length(text + *start, *end - *start)) > 0) *start += step;
  for (;;) {
    if (*end > *start && is_blank(text[*end - 1])) (*end)--;
    else if (*end >= *start + 3 && blank_length(text + *end - 3, 3) == 3) *end -= 3;
    else break;
  }
}

static void add_line(struct text_blocks *blocks, size_t start, size_t end, bool *open) {
  if (*open) {
    blocks->items[blocks->count - 1].end = end;
    blocks->items[blocks->count - 1].one_line = false;
    return;
  }
  blocks->items =
      array_reserve(blocks->items, blocks->count, &blocks->capacity, sizeof *blocks->items);
  blocks->items[blocks->count++] =
      (struct text_block){.start = start, .end = end, .one_line = true};
  *open = true;
}

/* The length of a bullet, or 0. */
static size_t bullet_length(const char *text, size_t length) {
  static const char *const bullets[] = {"- ", "* ", "+ ", "• ", "•", "·", "– ", "— "};
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
    size_t size = strlen(bullets[i]);
    if (length > size && memcmp(text, bullets[i], size) == 0) return size;
  }
  return 0;
}

/* Blank lines part blocks; and ideographic spaces begin a paragraph, if it is no item. */
static struct text_blocks split(const struct source *source) {
  struct text_blocks blocks = {0};
  bool open = false;
  for (uint32_t line = 1; line <= source->line_count; line++) {
    size_t length;
    size_t start = (size_t)(source_line(source, line, &length) - source->text);
    size_t end = start + length;
    bool indented = blank_length(source->text + start, length) == 3;
    trim(source->text, &start, &end);
    indented = indented && !bullet_length(source->text + start, end - start);
    if (start == end || indented) open = false;
    if (start < end) add_line(&blocks, start, end, &open);
  }
  return blocks;
}

/* --- headings ----------------------------------------------------------------------- */

static const char *const closing_marks[] = {".",  ",",  ";", ":",  "!", "。", "，", "；",
                                            "：", "！", "…", "、", "—", "-",  "|"};
static const char *const closing_brackets[] = {"\"", "'", ")", "]", "”", "’", "）", "》", "」"};

static bool cut_ending(const char *text, size_t *length, const char *const *endings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    size_t size = strlen(endings[i]);
    if (*length < size || memcmp(text + *length - size, endings[i], size) != 0) continue;
    *length -= size;
    return true;
  }
  return false;
}

/* A question mark may close a heading; a full stop inside quotes may not. */
static bool has_closing_mark(const char *text, size_t length) {
  size_t bracket_count = sizeof closing_brackets / sizeof *closing_brackets;
  while (cut_ending(text, &length, closing_brackets, bracket_count)) continue;
  return cut_ending(text, &length, closing_marks, sizeof closing_marks / sizeof *closing_marks);
}

static bool is_short(const char *text, size_t length) {
  if (length > LONGEST_HEADING * 4) return false;
  size_t width = 0;
  for (size_t at = 0; at < length;) {
    size_t step;
    width += utf8_decode(text + at, length - at, &step) >= 0x2E80 ? 2 : 1;
    at += step;
  }
  return width <= LONGEST_HEADING;
}

static bool looks_like_heading(const struct source *source, const struct text_block *block) {
  const char *text = source->text + block->start;
  size_t length = block->end - block->start;
  return block->one_line && is_short(text, length) && !has_closing_mark(text, length) &&
         bullet_length(text, length) == 0;
}

/* Headings that stand right before one another, and how many there are. */
static size_t run_length(const struct text_blocks *blocks, size_t from) {
  size_t end = from;
  while (end < blocks->count && blocks->items[end].heading) end++;
  return end - from;
}

static void unmark(struct text_block *items, size_t count) {
  for (size_t i = 0; i < count; i++) items[i].heading = false;
}

/* The deepest level: the longest run. What closes the text heads nothing. */
static int find_headings(const struct source *source, struct text_blocks *blocks) {
  size_t deepest = 1;
  for (size_t i = 0; i < blocks->count; i++) {
    blocks->items[i].heading = looks_like_heading(source, &blocks->items[i]);
  }
  for (size_t i = 0; i < blocks->count;) {
    size_t run = run_length(blocks, i);
    bool kept = run <= LONGEST_RUN && i + run < blocks->count;
    if (!kept) unmark(blocks->items + i, run);
    else if (run > deepest) deepest = run;
    i += run ? run : 1;
  }
  return (int)deepest;
}

static void set_levels(struct text_blocks *blocks, int deepest) {
  int open = 0;
  for (size_t i = 0; i < blocks->count;) {
    size_t run = run_length(blocks, i);
    for (size_t k = 0; k < run; k++) {
      int level = deepest - (int)(run - 1 - k);
      if (level > open + 1) level = open + 1;
      blocks->items[i + k].level = open = level;
    }
    i += run ? run : 1;
  }
}

/* --- nodes ---------------------------------------------------------------------------- */

/* One text node for each line of the source, so that a place is exact. */
static void add_text_line(struct loading *loading, const struct source *source,
                          struct node *variant, size_t start, size_t end, bool space) {
  struct node *node = node_new(loading->arena, NODE_TEXT, source_place(source, start, end - start));
  const char *text = source->text + start;
  size_t length = end - start;
  if (space) {
    char *spaced = memory_alloc(length + 2);
    memcpy(spaced, text, length);
    spaced[length] = ' ';
    node->text = script_normalise(loading->arena, spaced, length + 1);
    free(spaced);
  } else {
    node->text = script_normalise(loading->arena, text, length);
  }
  node_append(variant, node);
}

static void add_lines(struct loading *loading, const struct source *source, struct node *variant,
                      const struct text_block *block) {
  const char *text = source->text;
  for (size_t start = block->start; start < block->end;) {
    const char *newline = memchr(text + start, '\n', block->end - start);
    size_t end = newline ? (size_t)(newline - text) : block->end;
    size_t next = end, limit = block->end;
    trim(text, &start, &end);
    trim(text, &next, &limit);
    bool space = script_needs_space(text + start, end - start, text + next, limit - next);
    add_text_line(loading, source, variant, start, end, space);
    start = next;
  }
}

static struct node *make_block(struct loading *loading, const struct source *source,
                               const struct text_block *block) {
  struct place place = source_place(source, block->start, 0);
  enum node_kind kind = block->heading ? NODE_HEADING : NODE_PARAGRAPH;
  struct node *node = node_new(loading->arena, kind, place);
  node->level = block->level;
  struct node *variant = node_new(loading->arena, NODE_VARIANT, place);
  node_append(node, variant);
  add_lines(loading, source, variant, block);
  return node;
}

/* --- lists ------------------------------------------------------------------------------ */

/* Where the line that starts here ends, and where the next one starts. */
static size_t line_at(const struct source *source, const struct text_block *block, size_t *start,
                      size_t *end) {
  const char *newline = memchr(source->text + *start, '\n', block->end - *start);
  *end = newline ? (size_t)(newline - source->text) : block->end;
  size_t next = *end < block->end ? *end + 1 : block->end;
  trim(source->text, start, end);
  return next;
}

/* Every line of the block begins with a bullet, or goes on with an item: it is indented. */
static bool is_list(const struct source *source, const struct text_block *block) {
  for (size_t start = block->start, next, end; start < block->end; start = next) {
    bool goes_on =
        start > block->start && blank_length(source->text + start, block->end - start) > 0;
    next = line_at(source, block, &start, &end);
    if (!goes_on && bullet_length(source->text + start, end - start) == 0) return false;
  }
  return true;
}

/* Where the item that starts here ends, and where the next one starts. */
static size_t item_at(const struct source *source, const struct text_block *block, size_t *start,
                      size_t *end) {
  size_t next = line_at(source, block, start, end);
  while (next < block->end) {
    size_t line = next, line_end;
    size_t after = line_at(source, block, &line, &line_end);
    if (bullet_length(source->text + line, line_end - line) > 0) break;
    *end = line_end;
    next = after;
  }
  return next;
}

static struct node *make_list(struct loading *loading, const struct source *source,
                              const struct text_block *block) {
  struct node *list = node_new(loading->arena, NODE_LIST, source_place(source, block->start, 0));
  for (size_t start = block->start, next, end; start < block->end; start = next) {
    next = item_at(source, block, &start, &end);
    struct text_block line = {.start = start, .end = end};
    struct node *item = node_new(loading->arena, NODE_ITEM, source_place(source, start, 0));
    line.start += bullet_length(source->text + start, end - start);
    trim(source->text, &line.start, &line.end);
    node_append(item, make_block(loading, source, &line));
    node_append(list, item);
  }
  return list;
}

/* --- the whole ---------------------------------------------------------------------------- */

/* A heading that opens the text and has no sister is the guide's title, unless the
 * command line gives one: then nothing may be lost. */
static bool opens_with_title(const struct loading *loading, const struct text_blocks *blocks) {
  size_t top = 0;
  for (size_t i = 0; i < blocks->count; i++) {
    top += blocks->items[i].heading && blocks->items[i].level == 1;
  }
  return blocks->items[0].heading && top == 1 && !loading_setting(loading, "title");
}

static void take_title(struct loading *loading, const struct source *source,
                       struct text_blocks *blocks) {
  struct node *heading = make_block(loading, source, &blocks->items[0]);
  struct words *title = arena_alloc(loading->arena, sizeof *title);
  title->text = node_text(loading->arena, heading);
  title->language = script_language(loading->guide, title->text, strlen(title->text));
  title->place = heading->place;
  loading->guide->titles = title;
  for (size_t i = 1; i < blocks->count; i++) blocks->items[i].level -= blocks->items[i].heading;
}

static struct node *make_tree(struct loading *loading, const struct source *source,
                              const struct text_blocks *blocks, size_t from) {
  struct node *root = node_new(loading->arena, NODE_GUIDE, source_place(source, 0, 0));
  struct outline outline = outline_start(loading->arena, root);
  for (size_t i = from; i < blocks->count; i++) {
    struct node *node = is_list(source, &blocks->items[i])
                            ? make_list(loading, source, &blocks->items[i])
                            : make_block(loading, source, &blocks->items[i]);
    if (node->kind == NODE_HEADING) outline_add_heading(&outline, node);
    else node_append(outline_here(&outline), node);
  }
  return root;
}

bool text_read(struct loading *loading, const struct source *source) {
  struct text_blocks blocks = split(source);
  if (blocks.count == 0) {
    struct place place = {.source = source};
    message_error(loading->messages, &place, "empty-guide", "there is no text in this file");
    return false;
  }
  set_levels(&blocks, find_headings(source, &blocks));
  bool titled = opens_with_title(loading, &blocks);
  if (titled) take_title(loading, source, &blocks);
  loading->guide->root = make_tree(loading, source, &blocks, titled);
  languages_settle(loading, loading->guide->root);
  loading->guide->missing = FALLBACK_OMIT;
  free(blocks.items);
  return true;
}

/* A small book made by hand: every kind of block and inline, two languages, pages. */
#include "base/hash.h"
#include "check.h"
#include "epub/epub.h"

#include <stdlib.h>

static const struct place nowhere;

static struct node *add(struct arena *arena, struct node *parent, enum node_kind kind) {
  struct node *node = node_new(arena, kind, nowhere);
  if (parent) node_append(parent, node);
  return node;
}

static struct node *add_text(struct arena *arena, struct node *parent, const char *text) {
  struct node *node = add(arena, parent, NODE_TEXT);
  node->text = text;
  return node;
}

/* A block with a variant in each of two languages, or in one. */
static struct node *add_block(struct arena *arena, struct node *parent, enum node_kind kind,
                              const char *english, const char *chinese) {
  struct node *block = add(arena, parent, kind);
  const char *texts[] = {english, chinese}, *languages[] = {"en", "zh-Hans"};
  for (int i = 0; i < 2; i++) {
    if (!texts[i]) continue;
    struct node *variant = add(arena, block, NODE_VARIANT);
    variant->language = languages[i];
    add_text(arena, variant, texts[i]);
  }
  return block;
}

static struct node *add_section(struct arena *arena, struct node *parent, const char *id, int level,
                                const char *english, const char *chinese) {
  struct node *section = add(arena, parent, NODE_SECTION);
  section->id = id;
  struct node *heading = add_block(arena, section, NODE_HEADING, english, chinese);
  heading->level = level;
  heading->id = arena_printf(arena, "%s-title", id);
  return section;
}

static void add_table(struct arena *arena, struct node *parent) {
  struct node *table = add(arena, parent, NODE_TABLE);
  table->id = "hours";
  node_set_attribute(arena, table, "class", "row-headers", nowhere);
  add_block(arena, table, NODE_CAPTION, "Hours", "小时");
  for (int i = 0; i < 3; i++) {
    struct node *row = add(arena, table, NODE_ROW);
    row->header = i == 0;
    for (int j = 0; j < 2; j++) add_block(arena, row, NODE_CELL, "cell", "格");
  }
}

static void add_inlines(struct arena *arena, struct node *section) {
  struct node *variant = add_block(arena, section, NODE_PARAGRAPH, "One ", NULL)->first;
  add_text(arena, add(arena, variant, NODE_STRONG), "strong");
  add_text(arena, add(arena, variant, NODE_EMPHASIS), "stressed");
  add(arena, variant, NODE_CODE)->text = "x < y && z";
  struct node *link = add(arena, variant, NODE_LINK);
  link->target = "https://example.org/?a=1&b=2";
  add_text(arena, link, "link");
  struct node *reference = add(arena, variant, NODE_REFERENCE);
  reference->target = "1 odd id";
  add_text(arena, reference, "reference");
  add(arena, variant, NODE_FOOTNOTE_MARK)->target = "note";
  add(arena, variant, NODE_LINE_BREAK);
  struct node *span = add(arena, variant, NODE_SPAN);
  span->language = "zh-Hans";
  add_text(arena, span, "中文");
}

static void add_containers(struct arena *arena, struct node *section) {
  static const enum node_kind kinds[] = {NODE_CALLOUT, NODE_QUOTE,     NODE_SKILLS,  NODE_PLAN,
                                         NODE_FIGURE,  NODE_WORKSHEET, NODE_DIVISION};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    add_block(arena, add(arena, section, kinds[i]), NODE_PARAGRAPH, "Inside", "里面");
  struct node *list = add(arena, section, NODE_LIST);
  list->ordered = true;
  list->start = 3;
  struct node *item = add(arena, list, NODE_ITEM);
  item->task = item->ticked = true;
  add_block(arena, item, NODE_PARAGRAPH, "Item", NULL);
  struct node *glossary = add(arena, section, NODE_GLOSSARY);
  struct node *entry = add(arena, glossary, NODE_ENTRY);
  add_block(arena, entry, NODE_TERM, "Model", "模型");
  add_block(arena, entry, NODE_PARAGRAPH, "A thing that learns", "能学习的东西");
  add_block(arena, section, NODE_CODE_BLOCK, "a\n  b", NULL);
  add_block(arena, section, NODE_QR, "Look", NULL)->target = "https://example.org/";
  add(arena, section, NODE_RULE);
  add(arena, section, NODE_PAGE_BREAK);
  struct node *footnote = add(arena, section, NODE_FOOTNOTE);
  footnote->id = "note";
  footnote->number = "1";
  add_block(arena, footnote, NODE_PARAGRAPH, "A note", "一条注");
}

struct fixture {
  struct arena *arena;
  struct messages *messages;
  struct guide guide;
  struct reader *reader;
  struct edition *edition;
};

static struct node *build_tree(struct arena *arena) {
  struct node *root = add(arena, NULL, NODE_GUIDE);
  add_block(arena, root, NODE_PARAGRAPH, "Before all headings", "标题之前");
  struct node *first = add_section(arena, root, "first", 1, "First", "第一");
  add_inlines(arena, first);
  add_containers(arena, first);
  struct node *inner = add_section(arena, first, "1 odd id", 2, "Inner", NULL);
  add_table(arena, inner);
  add_section(arena, root, "second", 1, "Second", NULL);
  return root;
}

static void fixture_init(struct fixture *fixture) {
  *fixture = (struct fixture){.arena = arena_new()};
  fixture->messages = messages_new(stderr, MESSAGES_SHORT, false);
  static const char *languages[] = {"en", "zh-Hans"};
  struct words *title = arena_alloc(fixture->arena, sizeof *title);
  *title = (struct words){.language = "en", .text = "A & B"};
  fixture->guide = (struct guide){.arena = fixture->arena,
                                  .name = "small",
                                  .folder = ".",
                                  .titles = title,
                                  .languages = languages,
                                  .language_count = 2,
                                  .date = "2026-11-01"};
  fixture->guide.root = build_tree(fixture->arena);
  fixture->reader = reader_new_anonymous(&fixture->guide);
  fixture->reader->mode = MODE_INTERLEAVED;
  fixture->edition = edition_new(&fixture->guide, fixture->reader, fixture->messages);
}

static void fixture_finish(struct fixture *fixture) {
  edition_free(fixture->edition);
  reader_free(fixture->reader);
  messages_free(fixture->messages);
  arena_free(fixture->arena);
}

static bool holds(const struct buffer *bytes, const char *text) {
  size_t length = strlen(text);
  for (size_t i = 0; i + length <= bytes->length; i++)
    if (memcmp(bytes->data + i, text, length) == 0) return true;
  return false;
}

static void test_bytes(const struct fixture *fixture) {
  struct epub_options options = {0};
  struct buffer first = {0}, second = {0};
  CHECK(epub_write(fixture->edition, &options, NULL, &first, fixture->messages));
  CHECK(epub_write(fixture->edition, &options, NULL, &second, fixture->messages));
  CHECK(first.length > 1000 && first.length == second.length);
  CHECK(memcmp(first.data, second.data, first.length) == 0);
  CHECK(memcmp(first.data, "PK\3\4", 4) == 0);
  CHECK(memcmp(first.data + 26, "\10\0\0\0", 4) == 0); /* a name of 8, no extra field */
  CHECK(memcmp(first.data + 30, "mimetypeapplication/epub+zipPK", 30) == 0);
  CHECK(holds(&first, "EPUB/chapter-003.xhtml"));
  CHECK(holds(&first, "EPUB/introduction.xhtml"));
  buffer_finish(&first);
  buffer_finish(&second);
}

/* Pages change the book, and a book with pages is the same each time. */
static void test_pages(const struct fixture *fixture) {
  const struct node *section = fixture->edition->root->first->next;
  const struct node *paragraph = section->first->next;
  struct page_start starts[] = {
      {.label = "i"},
      {.label = "ii"},
      {.label = "1", .node = section->first->first, .offset = 0},
      {.label = "2", .node = paragraph->first, .offset = 7},
      {.label = "3"},
  };
  struct epub_options options = {.starts = starts, .start_count = 5};
  struct buffer plain = {0}, paged = {0}, again = {0};
  CHECK(epub_write(fixture->edition, &(struct epub_options){0}, NULL, &plain, fixture->messages));
  CHECK(epub_write(fixture->edition, &options, NULL, &paged, fixture->messages));
  CHECK(epub_write(fixture->edition, &options, NULL, &again, fixture->messages));
  CHECK(paged.length > plain.length);
  CHECK(paged.length == again.length && memcmp(paged.data, again.data, paged.length) == 0);
  const char *path = getenv("EPUB_BOOK");
  FILE *file = path ? fopen(path, "wb") : NULL;
  if (file) {
    fwrite(paged.data, 1, paged.length, file);
    fclose(file);
  }
  buffer_finish(&plain);
  buffer_finish(&paged);
  buffer_finish(&again);
}

static void add_code(struct arena *arena, struct node *section, size_t length) {
  char *code = arena_alloc(arena, length + 1);
  memset(code, 'x', length);
  add_block(arena, section, NODE_CODE_BLOCK, code, NULL);
}

/* A heading and what it stands over go into one document, be it ever so large; what can be
 * parted is, also further down. */
static void test_large_blocks(const struct fixture *fixture) {
  struct guide guide = fixture->guide;
  guide.root = add(fixture->arena, NULL, NODE_GUIDE);
  struct node *section = add_section(fixture->arena, guide.root, "large", 1, "Large", NULL);
  add_code(fixture->arena, section, 200000);
  add_block(fixture->arena, section, NODE_PARAGRAPH, "After it.", NULL);
  section = add_section(fixture->arena, section, "inside", 2, "Inside", NULL);
  add_code(fixture->arena, section, 100000);
  add_code(fixture->arena, section, 100000);
  struct edition *edition = edition_new(&guide, fixture->reader, fixture->messages);
  struct buffer book = {0};
  CHECK(edition && epub_write(edition, &(struct epub_options){0}, NULL, &book, fixture->messages));
  CHECK(holds(&book, "EPUB/chapter-004.xhtml") && !holds(&book, "EPUB/chapter-005.xhtml"));
  buffer_finish(&book);
  edition_free(edition);
}

int main(void) {
  struct fixture fixture;
  fixture_init(&fixture);
  CHECK(fixture.edition != NULL);
  if (fixture.edition) {
    test_bytes(&fixture);
    test_pages(&fixture);
    test_large_blocks(&fixture);
  }
  fixture_finish(&fixture);
  return check_summary();
}

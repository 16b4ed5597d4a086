/* The contents twice: nav.xhtml for EPUB 3, toc.ncx for older reading systems. Both
 * are made from one list of entries and one of pages, so they cannot differ (C5, C8).
 * Nested lists are built with a stack of the open entries by level. */
#include "epub/markup.h"
#include "base/keeper.h"
#include "epub/page_list.h"
#include "epub/piece.h"
#include "epub/writer.h"

#include <stdlib.h>
#include <string.h>

#define NCX_NAME_SPACE "http://www.daisy.org/z3986/2005/ncx/"
#define LEVELS         8

struct entry {
  const struct node *heading; /* NULL: the title page */
  const char *address;
  int level; /* from 1 */
};

struct entries {
  struct entry *list;
  size_t count, room;
  bool have_likeness; /* all the headings */
};

/* --- what is listed ------------------------------------------------------------------- */

static void add_entry(struct entries *entries, struct entry entry) {
  entries->list = array_reserve(entries->list, entries->count, &entries->room, sizeof entry);
  entries->list[entries->count++] = entry;
}

static void collect_headings(struct book *book, const struct chapter *chapter,
                             struct entries *entries) {
  for (const struct node *block = chapter->first; block != chapter->end; block = block->next) {
    struct walk walk = walk_start(block);
    while (walk_next(&walk)) {
      const struct node *node = walk.node;
      if (walk.entering && node->likeness && !(node->likeness->kinds & KIND_BIT(NODE_HEADING)))
        walk_skip(&walk);
      if (!walk.entering || node->kind != NODE_HEADING || node->level > LEVELS) continue;
      const char *id = node->id ? node->id : node->parent->id;
      const char *address = id ? book_address(book, id, "") : chapter->file;
      add_entry(entries, (struct entry){node, address, node->level < 1 ? 1 : node->level});
    }
  }
}

static struct entries collect_entries(struct book *book) {
  struct entries entries = {.have_likeness = true};
  add_entry(&entries, (struct entry){NULL, BOOK_TITLE_PAGE "#page.title", 1});
  for (size_t i = 0; i < book->chapter_count; i++)
    collect_headings(book, &book->chapters[i], &entries);
  for (size_t i = 1; i < entries.count; i++)
    if (!entries.list[i].heading->likeness) entries.have_likeness = false;
  return entries;
}

/* --- what lists are made of: the keys of their pieces ------------------------------------- */

static struct markup *open_entries(struct book *book, enum piece_kind kind, struct markup *parent,
                                   const struct entries *entries) {
  struct buffer *key = piece_key(book, kind, parent);
  for (size_t i = 0; entries->have_likeness && i < entries->count; i++) {
    const struct entry *entry = &entries->list[i];
    key_add_number(key, entry->heading ? entry->heading->likeness->number : 0);
    key_add_number(key, (uint64_t)entry->level);
    key_add_text(key, entry->address);
  }
  return piece_open(book, parent, entries->have_likeness);
}

static struct markup *open_pages(struct book *book, enum piece_kind kind, struct markup *parent) {
  struct buffer *key = piece_key(book, kind, parent);
  for (size_t i = 0; i < book->options->start_count; i++) {
    key_add_text(key, book->options->starts[i].label);
    key_add_text(key, page_list_address(book, i));
  }
  return piece_open(book, parent, true);
}

/* --- nav.xhtml -------------------------------------------------------------------------- */

static struct markup *add_nav(struct book *book, struct markup *parent, const char *type,
                              const char *role, const char *label) {
  struct markup *nav = markup_add_block(parent, "nav");
  markup_set_type(nav, type);
  markup_set(nav, "role", role);
  markup_set(nav, "id", type);
  markup_set(nav, "aria-label", label);
  markup_set_language(nav, book->language);
  return nav;
}

static void add_toc_link(struct book *book, struct markup *item, const struct entry *entry) {
  struct writer writer = {.book = book, .file = BOOK_NAV, .without_links = true};
  struct markup *link = markup_add(item, "a");
  markup_set(link, "href", entry->address);
  if (entry->heading) {
    inline_write_heading(&writer, link, entry->heading);
    return;
  }
  markup_set_language(link, book->title_language);
  markup_add_text(link, book->edition->title, strlen(book->edition->title));
}

static void write_toc(struct book *book, struct markup *parent, const struct entries *entries) {
  struct markup *nav = open_entries(book, PIECE_TOC, parent, entries);
  if (!nav) return;
  struct markup *lists[LEVELS + 1] = {markup_add_block(nav, "ol")};
  struct markup *items[LEVELS + 1] = {NULL};
  int levels[LEVELS + 1] = {1};
  int depth = 0;
  for (size_t i = 0; i < entries->count; i++) {
    const struct entry *entry = &entries->list[i];
    while (depth > 0 && entry->level < levels[depth]) depth--;
    if (items[depth] && entry->level > levels[depth] && depth < LEVELS) {
      depth++;
      lists[depth] = markup_add_block(items[depth - 1], "ol");
      levels[depth] = entry->level;
    }
    items[depth] = markup_add_block(lists[depth], "li");
    add_toc_link(book, items[depth], entry);
  }
  piece_close(book, parent, nav);
}

static void add_landmark(struct markup *list, const char *type, const char *address,
                         const char *text, const char *language) {
  struct markup *link = markup_add(markup_add_block(list, "li"), "a");
  markup_set_type(link, type);
  markup_set(link, "href", address);
  markup_set_language(link, language);
  markup_add_text(link, text, strlen(text));
}

static void write_landmarks(struct book *book, struct markup *parent) {
  const struct edition *edition = book->edition;
  struct buffer *key = piece_key(book, PIECE_LANDMARKS, parent);
  key_add_number(key, book->options->cover != NULL);
  key_add_text(key, book->chapter_count ? book->chapters[0].file : NULL);
  struct markup *body = piece_open(book, parent, true);
  if (!body) return;
  struct markup *nav =
      add_nav(book, body, "landmarks", NULL, edition_word(edition, WORD_LANDMARKS, book->language));
  markup_set(nav, "hidden", "hidden");
  struct markup *list = markup_add_block(nav, "ol");
  if (book->options->cover)
    add_landmark(list, "cover", BOOK_COVER, edition_word(edition, WORD_COVER, book->language),
                 NULL);
  add_landmark(list, "toc", BOOK_NAV "#toc", edition_word(edition, WORD_CONTENTS, book->language),
               NULL);
  if (book->chapter_count)
    add_landmark(list, "bodymatter", book->chapters[0].file, edition->title, book->title_language);
  piece_close(book, parent, body);
}

static void write_page_list(struct book *book, struct markup *parent) {
  if (!book->options->start_count) return;
  struct markup *body = open_pages(book, PIECE_PAGE_LIST, parent);
  if (!body) return;
  const char *word = edition_word(book->edition, WORD_PAGES, book->language);
  struct markup *nav = add_nav(book, body, "page-list", "doc-pagelist", word);
  markup_set(nav, "hidden", "hidden");
  struct markup *list = markup_add_block(nav, "ol");
  for (size_t i = 0; i < book->options->start_count; i++) {
    struct markup *link = markup_add(markup_add_block(list, "li"), "a");
    const char *label = book->options->starts[i].label;
    markup_set(link, "href", page_list_address(book, i));
    markup_add_text(link, label, strlen(label));
  }
  piece_close(book, parent, body);
}

static void write_nav(struct book *book, const struct entries *entries) {
  const char *word = edition_word(book->edition, WORD_CONTENTS, book->language);
  struct page_markup page =
      page_markup_new(book->cache->markup, book->language, word, book->language);
  markup_set_type(page.body, "frontmatter");
  size_t front = page_list_front_count(book);
  for (size_t i = 1; i < front; i++) page_list_mark(book, page.body, BOOK_NAV, i);
  struct markup *nav = add_nav(book, page.body, "toc", "doc-toc", word);
  markup_add_text_element(nav, "h1", word);
  write_toc(book, nav, entries);
  write_landmarks(book, page.body);
  write_page_list(book, page.body);
  markup_write(book->cache->writer, page.html, &book->resources[book->nav_resource].bytes);
}

/* --- toc.ncx ------------------------------------------------------------------------------ */

static struct markup *add_meta(struct markup *head, const char *name, const char *content) {
  struct markup *meta = markup_add_block(head, "meta");
  markup_set(meta, "name", name);
  markup_set(meta, "content", content);
  return meta;
}

static struct markup *add_label(struct markup *parent, const char *name, const char *text) {
  struct markup *label = markup_add_block(parent, name);
  markup_add_text_element(label, "text", text);
  return label;
}

static void add_nav_point(struct book *book, struct markup *point, const struct entry *entry,
                          size_t i) {
  markup_set(point, "id", arena_printf(book->arena, "entry-%zu", i + 1));
  const char *text = entry->heading ? edition_heading_text(entry->heading, book->arena)
                                    : book->edition->title;
  add_label(point, "navLabel", text);
  markup_set(markup_add_block(point, "content"), "src", entry->address);
}

static void write_nav_map(struct book *book, struct markup *parent, const struct entries *entries) {
  struct markup *root = open_entries(book, PIECE_NAV_MAP, parent, entries);
  if (!root) return;
  struct markup *points[LEVELS + 1] = {markup_add_block(root, "navMap")};
  int levels[LEVELS + 1] = {0};
  int depth = 0;
  for (size_t i = 0; i < entries->count; i++) {
    const struct entry *entry = &entries->list[i];
    while (depth > 0 && entry->level <= levels[depth]) depth--;
    struct markup *above = points[depth];
    if (depth < LEVELS) depth++;
    points[depth] = markup_add_block(above, "navPoint");
    levels[depth] = entry->level;
    add_nav_point(book, points[depth], entry, i);
  }
  piece_close(book, parent, root);
}

static bool is_decimal(const char *label) {
  return *label && strspn(label, "0123456789") == strlen(label);
}

static void write_page_targets(struct book *book, struct markup *parent) {
  if (!book->options->start_count) return;
  struct markup *root = open_pages(book, PIECE_PAGE_TARGETS, parent);
  if (!root) return;
  struct markup *list = markup_add_block(root, "pageList");
  for (size_t i = 0; i < book->options->start_count; i++) {
    const char *label = book->options->starts[i].label;
    struct markup *target = markup_add_block(list, "pageTarget");
    markup_set(target, "id", arena_printf(book->arena, "page-%zu", i + 1));
    markup_set(target, "type", is_decimal(label) ? "normal" : "front");
    if (is_decimal(label)) markup_set(target, "value", label);
    add_label(target, "navLabel", label);
    markup_set(markup_add_block(target, "content"), "src", page_list_address(book, i));
  }
  piece_close(book, parent, root);
}

static void write_ncx(struct book *book, const struct entries *entries) {
  struct markup *root = markup_new(book->cache->markup, "ncx", NCX_NAME_SPACE);
  markup_set(root, "version", "2005-1");
  markup_set_xml_language(root, book->language);
  struct markup *head = markup_add_block(root, "head");
  add_meta(head, "dtb:uid", arena_printf(book->arena, "urn:uuid:%s", book->edition->uuid));
  add_label(root, "docTitle", book->edition->title);
  write_nav_map(book, root, entries);
  write_page_targets(book, root);
  struct resource resource = {.id = "ncx",
                              .file = BOOK_NCX,
                              .media_type = "application/x-dtbncx+xml",
                              .place = RESOURCE_ASIDE};
  markup_write(book->cache->writer, root, &resource.bytes);
  book_add(book, resource);
}

void navigation_write(struct book *book) {
  struct entries entries = collect_entries(book);
  write_nav(book, &entries);
  write_ncx(book, &entries);
  free(entries.list);
}

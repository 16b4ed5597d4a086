/* A document for each chapter: its blocks, then its footnotes. */
#include "epub/markup.h"
#include "epub/page_list.h"
#include "epub/writer.h"

#include <stdlib.h>
#include <string.h>

/* The language in force at the blocks: of the part of a sequential edition, or the
 * edition's main one. */
static const char *chapter_language(const struct book *book, const struct chapter *chapter) {
  const char *language = node_language(chapter->root);
  return language ? language : book->language;
}

static const struct node *chapter_heading(const struct chapter *chapter) {
  if (chapter->section) return section_heading(chapter->section);
  return chapter->first->kind == NODE_SECTION ? section_heading(chapter->first) : NULL;
}

static void write_notes(struct writer *writer, size_t chapter) {
  struct book *book = writer->book;
  struct markup *parent = writer->current, *group = NULL;
  for (size_t i = 0; i < book->placed_count; i++) {
    struct note *note = book->placed_notes[i];
    if (note->chapter != chapter) continue;
    if (!group) {
      group = markup_add_block(parent, "section");
      markup_set_type(group, "footnotes");
      markup_set(group, "class", "footnotes");
    }
    writer->current = group;
    writer->note = note;
    block_write(writer, note->footnote);
  }
  writer->current = parent;
}

/* The element that holds a chapter: the section itself has its own. */
static void mark_kind(const struct chapter *chapter, struct markup *body) {
  if (chapter->is_introduction) return;
  struct markup *section = body->first;
  while (section && !(section->name && strcmp(section->name, "section") == 0))
    section = section->next;
  if (!section) return;
  markup_set_type(section, "chapter");
  markup_set(section, "role", "doc-chapter");
}

/* The element that the blocks of a chapter go into. */
static struct markup *open_chapter(struct book *book, const struct chapter *chapter,
                                   struct markup *body, const char *title,
                                   const char *title_language) {
  if (chapter->section) {
    struct markup *section = markup_add_block(body, "section");
    bool is_inside = chapter->section->parent->kind == NODE_SECTION;
    if (!chapter->is_continued) markup_set(section, "id", book_id(book, chapter->section->id));
    if (chapter->is_continued || is_inside) markup_set(section, "class", "continued");
    return section;
  }
  if (!chapter->is_introduction) return body;
  struct markup *section = markup_add_block(body, "section");
  markup_set_type(section, "introduction");
  markup_set(section, "role", "doc-introduction");
  markup_set(section, "aria-label", title);
  markup_set_language(section, title_language);
  return section;
}

static void write_chapter(struct book *book, size_t index) {
  struct chapter *chapter = &book->chapters[index];
  const struct node *heading = chapter_heading(chapter);
  const char *language = chapter_language(book, chapter);
  const char *title = heading ? book_heading_text(book, heading) : book->edition->title;
  const char *title_language =
      heading && heading->first ? heading->first->language : book->title_language;
  struct page_markup page = page_markup_new(book->cache->markup, language, title, title_language);
  markup_set_type(page.body, "bodymatter");
  struct writer writer = {.book = book, .file = chapter->file};
  writer.current = open_chapter(book, chapter, page.body, title, title_language);
  for (const struct node *block = chapter->first; block != chapter->end; block = block->next)
    if (block->kind != NODE_FOOTNOTE) block_write(&writer, block);
  write_notes(&writer, index);
  mark_kind(chapter, page.body);
  struct resource resource = {.id = arena_printf(book->arena, "chapter-%03zu", index + 1),
                              .file = chapter->file,
                              .media_type = "application/xhtml+xml",
                              .properties = writer.has_svg ? "svg" : NULL};
  markup_write(book->cache->writer, page.html, &resource.bytes);
  book_add(book, resource);
}

void chapters_write(struct book *book) {
  for (size_t i = 0; i < book->chapter_count; i++) write_chapter(book, i);
}

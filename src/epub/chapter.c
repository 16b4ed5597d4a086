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
  return chapter->is_introduction ? NULL : section_heading(chapter->first);
}

static void write_notes(struct writer *writer, size_t chapter) {
  struct book *book = writer->book;
  xmlNode *parent = writer->current, *group = NULL;
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
static void mark_kind(const struct chapter *chapter, xmlNode *body) {
  if (chapter->is_introduction) return;
  xmlNode *section = xmlFirstElementChild(body);
  while (section && strcmp((const char *)section->name, "section") != 0)
    section = xmlNextElementSibling(section);
  if (!section) return;
  markup_set_type(section, "chapter");
  markup_set(section, "role", "doc-chapter");
}

static void write_chapter(struct book *book, size_t index) {
  struct chapter *chapter = &book->chapters[index];
  const struct node *heading = chapter_heading(chapter);
  const char *language = chapter_language(book, chapter);
  const char *title = heading ? book_heading_text(book, heading) : book->edition->title;
  const char *title_language =
      heading && heading->first ? heading->first->language : book->title_language;
  struct page_markup page = page_markup_new(language, title, title_language);
  markup_set_type(page.body, "bodymatter");
  struct writer writer = {.book = book, .file = chapter->file, .current = page.body};
  if (chapter->is_introduction) {
    writer.current = markup_add_block(page.body, "section");
    markup_set_type(writer.current, "introduction");
    markup_set(writer.current, "role", "doc-introduction");
    markup_set(writer.current, "aria-label", title);
    markup_set_language(writer.current, title_language);
  }
  for (const struct node *block = chapter->first; block != chapter->end; block = block->next)
    if (block->kind != NODE_FOOTNOTE) block_write(&writer, block);
  write_notes(&writer, index);
  mark_kind(chapter, page.body);
  struct resource resource = {.id = arena_printf(book->arena, "chapter-%03zu", index + 1),
                              .file = chapter->file,
                              .media_type = "application/xhtml+xml",
                              .properties = writer.has_svg ? "svg" : NULL};
  markup_write(page.document, &resource.bytes);
  book_add(book, resource);
}

void chapters_write(struct book *book) {
  for (size_t i = 0; i < book->chapter_count; i++) write_chapter(book, i);
}

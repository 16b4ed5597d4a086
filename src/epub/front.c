/* What stands before the text: the cover with its picture, and the title page. */
#include "epub/markup.h"
#include "epub/page_list.h"
#include "epub/writer.h"

#include <string.h>

#define COVER_PICTURE "cover.png"

static void add_page(struct book *book, struct page_markup page, const char *id, const char *file) {
  struct resource resource = {.id = id, .file = file, .media_type = "application/xhtml+xml"};
  markup_write(book->cache->writer, page.html, &resource.bytes);
  book_add(book, resource);
}

static void write_cover(struct book *book) {
  const struct edition *edition = book->edition;
  const char *word = edition_word(edition, WORD_COVER, book->language);
  struct page_markup page =
      page_markup_new(book->cache->markup, book->language, word, book->language);
  markup_set_type(page.body, "frontmatter");
  markup_set(page.body, "class", "cover");
  struct markup *section = markup_add_block(page.body, "section");
  markup_set_type(section, "cover");
  if (page_list_front_count(book)) page_list_mark(book, section, BOOK_COVER, 0);
  struct markup *picture = markup_add_block(section, "img");
  markup_set(picture, "role", "doc-cover");
  markup_set(picture, "src", COVER_PICTURE);
  markup_set(picture, "alt", edition->title);
  markup_set_language(picture, book->title_language);
  add_page(book, page, "cover", BOOK_COVER);

  struct resource image = {.id = "cover-image",
                           .file = COVER_PICTURE,
                           .media_type = "image/png",
                           .properties = "cover-image",
                           .place = RESOURCE_ASIDE,
                           .kind = ARCHIVE_STORED};
  buffer_append(&image.bytes, book->options->cover, book->options->cover_length);
  book_add(book, image);
}

static void add_line(struct markup *parent, const char *class, const char *text,
                     const char *language) {
  if (!text) return;
  struct markup *line = markup_add_text_element(parent, "p", text);
  markup_set(line, "class", class);
  markup_set_language(line, language);
}

/* "Made for 李四": the name may be in another language than the words around it. */
static void add_made_for(struct book *book, struct markup *section) {
  const char *text = edition_made_for(book->edition, book->language);
  const char *name = book->edition->reader->name;
  const char *at = text && name ? strstr(text, name) : NULL;
  if (!at) {
    add_line(section, "made-for", text, book->language);
    return;
  }
  struct markup *line = markup_add_block(section, "p");
  markup_set(line, "class", "made-for");
  markup_add_text(line, text, (size_t)(at - text));
  struct markup *span = markup_add(line, "span");
  markup_set(span, "class", "name");
  markup_set_language(span, book_text_language(book, name));
  markup_add_text(span, name, strlen(name));
  markup_add_text(line, at + strlen(name), strlen(at) - strlen(name));
}

/* The title in the other languages of the edition. */
static void add_other_titles(const struct book *book, struct markup *section) {
  const struct edition *edition = book->edition;
  for (const struct words *words = edition->titles; words; words = words->next) {
    if (strcmp(words->text, edition->title) == 0) continue;
    struct markup *line = markup_add_text_element(section, "p", words->text);
    markup_set_type(line, "subtitle");
    markup_set(line, "role", "doc-subtitle");
    markup_set(line, "class", "subtitle");
    markup_set_language(line, words->language);
  }
}

static void write_title_page(struct book *book) {
  const struct edition *edition = book->edition;
  struct page_markup page = page_markup_new(book->cache->markup, book->language, edition->title,
                                            book->title_language);
  markup_set_type(page.body, "frontmatter");
  struct markup *section = markup_add_block(page.body, "section");
  markup_set_type(section, "titlepage");
  markup_set(section, "class", "title-page");
  if (!book->options->cover && page_list_front_count(book))
    page_list_mark(book, section, BOOK_TITLE_PAGE, 0);
  struct markup *title = markup_add_text_element(section, "h1", edition->title);
  markup_set(title, "id", "page.title");
  markup_set_type(title, "title");
  markup_set_language(title, book->title_language);
  add_other_titles(book, section);
  add_made_for(book, section);
  if (edition->author)
    add_line(section, "author", edition->author, book_text_language(book, edition->author));
  add_line(section, "date", edition->date_text, book->language);
  add_page(book, page, "title-page", BOOK_TITLE_PAGE);
}

void front_write(struct book *book) {
  if (book->options->cover) write_cover(book);
  write_title_page(book);
}

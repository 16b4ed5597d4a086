/* Markup as a tree: documents begun, elements added, bytes written. Markup is never
 * printed, so it is always well-formed and always escaped. Names, values and texts are
 * borrowed until the document is written. */
#ifndef HANDOUT_EPUB_MARKUP_H
#define HANDOUT_EPUB_MARKUP_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>

struct markup_attribute {
  const char *name, *value;
  struct markup_attribute *next;
};

/* An element, or a text between elements. */
struct markup {
  const char *name; /* NULL: a text */
  const char *text;
  size_t length;
  const char *language; /* its xml:lang, or NULL */
  struct markup_attribute *first_attribute, *last_attribute;
  struct markup *parent, *previous, *next, *first, *last;
  struct arena *arena; /* the document's own */
  bool is_written;     /* a text that is markup already … */
  bool is_element;     /* … and ends in an element */
};

/* An XHTML document of the book. */
struct page_markup {
  struct markup *html, *head, *body;
};

/* Begins a document in a language, with a title and the book's style sheet. */
struct page_markup page_markup_new(struct arena *arena, const char *language, const char *title,
                                   const char *title_language);

/* The root element of a document in that name space; nothing else may be in the arena. */
struct markup *markup_new(struct arena *arena, const char *root, const char *name_space);

/* Adds an element after what the parent holds. */
struct markup *markup_add(struct markup *parent, const char *name);
/* The same on a line of its own. */
struct markup *markup_add_block(struct markup *parent, const char *name);
/* An element that holds only a text. */
struct markup *markup_add_text_element(struct markup *parent, const char *name, const char *text);
/* Text; what XML cannot hold (control characters) is left out: guides have none. */
void markup_add_text(struct markup *parent, const char *text, size_t length);

/* A value of NULL: no attribute. */
void markup_set(struct markup *node, const char *name, const char *value);
/* epub:type. */
void markup_set_type(struct markup *node, const char *type);
/* xml:lang and lang, where it is not already the language in force. NULL: none. */
void markup_set_language(struct markup *node, const char *language);
/* xml:lang alone, for what is not XHTML. */
void markup_set_xml_language(struct markup *node, const char *language);

/* The language in force, or NULL. */
const char *markup_language(const struct markup *node);
/* The last element that it holds, or NULL. */
struct markup *markup_last_element(const struct markup *node);

/* What stands last in it is text (white space between blocks, too). */
bool markup_ends_in_text(const struct markup *node);

/* --- parts: what a parent is to hold, apart from it ------------------------------------ */

/* A nameless parent in the same state as that one: its children are as they would be there. */
struct markup *markup_new_part(struct markup *parent);
/* Moves what the part holds to its parent. */
void markup_move_part(struct markup *parent, struct markup *part);
/* Adds what a part was written as. */
void markup_add_written(struct markup *parent, const char *bytes, size_t length,
                        bool ends_in_text);

/* --- writing ------------------------------------------------------------------------------ */

struct markup_writer;
struct markup_writer *markup_writer_new(void);
void markup_writer_free(struct markup_writer *to);

/* Appends the document as UTF-8, and clears its arena. */
void markup_write(struct markup_writer *to, struct markup *root, struct buffer *out);
/* Appends what a part holds. */
void markup_write_part(struct markup_writer *to, const struct markup *part,
                       struct buffer *out);

#endif

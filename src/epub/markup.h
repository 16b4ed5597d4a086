/* Markup as a tree of libxml2: documents begun, elements added, bytes written.
 * Markup is never printed, so it is always well-formed and always escaped. */
#ifndef HANDOUT_EPUB_MARKUP_H
#define HANDOUT_EPUB_MARKUP_H

#include "base/buffer.h"
#include "base/message.h"

#include <libxml/tree.h>

/* An XHTML document of the book. */
struct page_markup {
  xmlDoc *document; /* owned */
  xmlNode *head, *body;
};

/* Begins a document in a language, with a title and the book's style sheet. */
struct page_markup page_markup_new(const char *language, const char *title,
                                   const char *title_language);

/* A document with a root element in that name space. */
xmlDoc *markup_new(const char *root, const char *name_space);

/* Adds an element in its parent's name space, after what the parent holds. */
xmlNode *markup_add(xmlNode *parent, const char *name);
/* The same on a line of its own. */
xmlNode *markup_add_block(xmlNode *parent, const char *name);
/* An element that holds only a text. */
xmlNode *markup_add_text_element(xmlNode *parent, const char *name, const char *text);
/* Text; control characters that XML cannot hold are left out (guides have none). */
void markup_add_text(xmlNode *parent, const char *text, size_t length);

void markup_set(xmlNode *node, const char *name, const char *value);
/* epub:type. */
void markup_set_type(xmlNode *node, const char *type);
/* xml:lang and lang, where it is not already the language in force. NULL: none. */
void markup_set_language(xmlNode *node, const char *language);
/* xml:lang alone, for what is not XHTML. */
void markup_set_xml_language(xmlNode *node, const char *language);

/* Appends the document as UTF-8, and frees it. */
void markup_write(xmlDoc *document, struct buffer *out);

#endif

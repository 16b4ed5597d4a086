/* A tree in an arena, and a walk that hands it to libxml2's writer: a book has thousands of
 * elements for each reader, and in libxml2's own tree each name, value and text takes a heap
 * block. libxml2 fails only for want of memory, which ends in base/. The white
 * space between blocks is for people who open a file: it stands only where XHTML has no
 * meaning for it. */
#include "epub/markup.h"

#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#define XHTML_NAME_SPACE "http://www.w3.org/1999/xhtml"
#define OPS_NAME_SPACE   "http://www.idpf.org/2007/ops"

/* --- the tree ------------------------------------------------------------------------ */

static struct markup *append(struct markup *parent) {
  struct markup *node = arena_alloc(parent->arena, sizeof *node);
  node->arena = parent->arena;
  node->parent = parent;
  node->previous = parent->last;
  if (parent->last) parent->last->next = node;
  else parent->first = node;
  parent->last = node;
  return node;
}

struct markup *markup_new(struct arena *arena, const char *root, const char *name_space) {
  struct markup *node = arena_alloc(arena, sizeof *node);
  node->arena = arena;
  node->name = root;
  markup_set(node, "xmlns", name_space);
  return node;
}

struct markup *markup_add(struct markup *parent, const char *name) {
  struct markup *node = append(parent);
  node->name = name;
  return node;
}

struct markup *markup_add_block(struct markup *parent, const char *name) {
  if (!markup_ends_in_text(parent)) markup_add_text(parent, "\n", 1);
  struct markup *node = markup_add(parent, name);
  markup_add_text(parent, "\n", 1);
  return node;
}

struct markup *markup_add_text_element(struct markup *parent, const char *name, const char *text) {
  struct markup *node = markup_add_block(parent, name);
  markup_add_text(node, text, strlen(text));
  return node;
}

void markup_add_text(struct markup *parent, const char *text, size_t length) {
  if (!length) return;
  struct markup *node = append(parent);
  node->text = text;
  node->length = length;
}

void markup_set(struct markup *node, const char *name, const char *value) {
  if (!value) return;
  struct markup_attribute *attribute = arena_alloc(node->arena, sizeof *attribute);
  *attribute = (struct markup_attribute){.name = name, .value = value};
  if (node->last_attribute) node->last_attribute->next = attribute;
  else node->first_attribute = attribute;
  node->last_attribute = attribute;
}

void markup_set_type(struct markup *node, const char *type) {
  markup_set(node, "epub:type", type);
}

void markup_set_xml_language(struct markup *node, const char *language) {
  markup_set(node, "xml:lang", language);
  node->language = language;
}

void markup_set_language(struct markup *node, const char *language) {
  if (!language) return;
  const char *in_force = markup_language(node);
  if (in_force && strcmp(in_force, language) == 0) return;
  markup_set_xml_language(node, language);
  markup_set(node, "lang", language);
}

const char *markup_language(const struct markup *node) {
  while (node && !node->language) node = node->parent;
  return node ? node->language : NULL;
}

bool markup_ends_in_text(const struct markup *node) {
  return node->last && !node->last->name && !node->last->is_element;
}

struct markup *markup_new_part(struct markup *parent) {
  struct markup *part = arena_alloc(parent->arena, sizeof *part);
  part->arena = parent->arena;
  part->language = markup_language(parent);
  if (markup_ends_in_text(parent)) append(part); /* an empty text */
  return part;
}

void markup_move_part(struct markup *parent, struct markup *part) {
  if (!part->first) return;
  for (struct markup *node = part->first; node; node = node->next) node->parent = parent;
  part->first->previous = parent->last;
  if (parent->last) parent->last->next = part->first;
  else parent->first = part->first;
  parent->last = part->last;
}

void markup_add_written(struct markup *parent, const char *bytes, size_t length,
                        bool ends_in_text) {
  struct markup *node = append(parent);
  node->text = bytes;
  node->length = length;
  node->is_written = true;
  node->is_element = !ends_in_text;
}

struct markup *markup_last_element(const struct markup *node) {
  struct markup *last = node->last;
  while (last && !last->name) last = last->previous;
  return last;
}

struct page_markup page_markup_new(struct arena *arena, const char *language, const char *title,
                                   const char *title_language) {
  struct page_markup page = {.html = markup_new(arena, "html", XHTML_NAME_SPACE)};
  markup_set(page.html, "xmlns:epub", OPS_NAME_SPACE);
  markup_set_language(page.html, language);
  page.head = markup_add_block(page.html, "head");
  struct markup *charset = markup_add_block(page.head, "meta");
  markup_set(charset, "charset", "utf-8");
  markup_set_language(markup_add_text_element(page.head, "title", title), title_language);
  struct markup *link = markup_add_block(page.head, "link");
  markup_set(link, "rel", "stylesheet");
  markup_set(link, "type", "text/css");
  markup_set(link, "href", "book.css");
  page.body = markup_add_block(page.html, "body");
  return page;
}

/* --- writing, by libxml2 ------------------------------------------------------------------ */

static const xmlChar *xml(const char *text) {
  return (const xmlChar *)text;
}

struct markup_writer {
  xmlTextWriter *writer;
  xmlDoc *document; /* for its encoding alone */
  xmlBuffer *value;
  struct buffer scratch;
  struct buffer *out; /* of the document that is written */
  int worst;          /* of libxml2's answers: negative for want of memory */
};

static int take_bytes(void *context, const char *bytes, int length) {
  const struct markup_writer *to = context;
  if (length) buffer_append(to->out, bytes, (size_t)length);
  return length;
}

struct markup_writer *markup_writer_new(void) {
  struct markup_writer *to = memory_alloc(sizeof *to);
  xmlOutputBuffer *bytes = memory_check(xmlOutputBufferCreateIO(take_bytes, NULL, to, NULL));
  to->writer = memory_check(xmlNewTextWriter(bytes));
  to->document = memory_check(xmlNewDoc(xml("1.0")));
  to->document->encoding = memory_check(xmlStrdup(xml("UTF-8")));
  to->value = memory_check(xmlBufferCreate());
  return to;
}

void markup_writer_free(struct markup_writer *to) {
  if (!to) return;
  xmlFreeTextWriter(to->writer);
  xmlFreeDoc(to->document);
  xmlBufferFree(to->value);
  buffer_finish(&to->scratch);
  free(to);
}

static void note(struct markup_writer *to, int answer) {
  if (answer < to->worst) to->worst = answer;
}

/* Control characters, and U+FFFE and U+FFFF: what XML 1.0 cannot hold. */
static bool is_barred(const char *at, size_t left) {
  unsigned char byte = (unsigned char)*at;
  if (byte < 0x20) return byte != '\t' && byte != '\n' && byte != '\r';
  return byte == 0xEF && left >= 3 && (unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE;
}

/* Stands in markup for itself, whatever is around it. */
static bool is_plain(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    if (byte < 0x20 ? byte != '\n' : byte == '<' || byte == '>' || byte == '&' || byte == '"' || byte == 0xEF)
      return false;
  }
  return true;
}

/* The text without what is barred, until the next is asked for. */
static const xmlChar *allowed(struct buffer *scratch, const char *text, size_t length) {
  size_t start = 0;
  buffer_clear(scratch);
  for (size_t i = 0; i < length; i++) {
    if (!is_barred(text + i, length - i)) continue;
    buffer_append(scratch, text + start, i - start);
    start = i + ((unsigned char)text[i] == 0xEF ? 3 : 1);
    i = start - 1;
  }
  buffer_append(scratch, text + start, length - start);
  return xml(scratch->data);
}

/* The writer alone has no encoding, and would write all but ASCII as references. */
static void put_attribute(struct markup_writer *to, const struct markup_attribute *attribute) {
  const xmlChar *value = allowed(&to->scratch, attribute->value, strlen(attribute->value));
  xmlBufferEmpty(to->value);
  xmlAttrSerializeTxtContent(to->value, to->document, NULL, value);
  note(to, xmlTextWriterStartAttribute(to->writer, xml(attribute->name)));
  note(to, xmlTextWriterWriteRaw(to->writer, xmlBufferContent(to->value)));
  note(to, xmlTextWriterEndAttribute(to->writer));
}

/* Also of a part, where the writer knows of no element that the text is in. */
static void put_text(struct markup_writer *to, const struct markup *node) {
  if (node->is_written || is_plain(node->text, node->length)) {
    note(to, xmlTextWriterWriteRawLen(to->writer, xml(node->text), (int)node->length));
    return;
  }
  const xmlChar *text = allowed(&to->scratch, node->text, node->length);
  xmlChar *escaped = memory_check(xmlEncodeSpecialChars(NULL, text));
  note(to, xmlTextWriterWriteRaw(to->writer, escaped));
  xmlFree(escaped);
}

static void put_start(struct markup_writer *to, const struct markup *node) {
  if (!node->name) {
    if (node->length) put_text(to, node);
    return;
  }
  note(to, xmlTextWriterStartElement(to->writer, xml(node->name)));
  for (const struct markup_attribute *each = node->first_attribute; each; each = each->next)
    put_attribute(to, each);
}

/* The node below `top` that is written next; the elements that end before it are ended. */
static const struct markup *step(struct markup_writer *to, const struct markup *node,
                                 const struct markup *top) {
  if (node->first) return node->first;
  if (node->name) note(to, xmlTextWriterEndElement(to->writer));
  while (node != top && !node->next) {
    node = node->parent;
    if (node->name) note(to, xmlTextWriterEndElement(to->writer));
  }
  return node != top ? node->next : NULL;
}

/* The tree, or what a part holds. */
static void put_tree(struct markup_writer *to, const struct markup *top) {
  const struct markup *node = top->name ? top : top->first;
  for (; node; node = step(to, node, top))
    put_start(to, node);
}

static void finish(struct markup_writer *to) {
  note(to, xmlTextWriterFlush(to->writer));
  memory_check(to->worst < 0 ? NULL : to);
  to->out = NULL;
}

void markup_write_part(struct markup_writer *to, const struct markup *part, struct buffer *out) {
  to->out = out;
  put_tree(to, part);
  finish(to);
}

void markup_write(struct markup_writer *to, struct markup *root, struct buffer *out) {
  to->out = out;
  note(to, xmlTextWriterWriteRaw(to->writer, xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")));
  if (strcmp(root->name, "html") == 0)
    note(to, xmlTextWriterWriteRaw(to->writer, xml("<!DOCTYPE html>\n")));
  put_tree(to, root);
  note(to, xmlTextWriterWriteRaw(to->writer, xml("\n")));
  finish(to);
  arena_clear(root->arena);
}

/* A tree in an arena, and a walk that writes it: a book has thousands of elements for
 * each reader, and libxml2's take a heap block for each name, value and text. The white
 * space between blocks is for people who open a file: it stands only where XHTML has no
 * meaning for it. */
#include "epub/markup.h"

#include <stdbool.h>
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
  if (!parent->last || parent->last->name) markup_add_text(parent, "\n", 1);
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

/* --- writing --------------------------------------------------------------------------- */

/* What an ASCII character is written as: NULL where as it is. */
static const char *escape(unsigned char byte, bool in_value) {
  switch (byte) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '\r':
    return "&#13;";
  case '"':
    return in_value ? "&quot;" : NULL;
  case '\n':
    return in_value ? "&#10;" : NULL;
  case '\t':
    return in_value ? "&#9;" : NULL;
  default:
    return byte < 0x20 ? "" : NULL;
  }
}

/* U+FFFE and U+FFFF, the only others that XML 1.0 cannot hold. */
static bool is_barred(const char *at, size_t left) {
  return left >= 3 && memcmp(at, "\xEF\xBF", 2) == 0 && (unsigned char)at[2] >= 0xBE;
}

static void put_escaped(struct buffer *out, const char *text, size_t length, bool in_value) {
  size_t start = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    if (byte > '>' && byte != 0xEF) continue;
    bool barred = byte == 0xEF && is_barred(text + i, length - i);
    const char *written = barred ? "" : escape(byte, in_value);
    if (!written) continue;
    buffer_append(out, text + start, i - start);
    buffer_append_text(out, written);
    if (barred) i += 2;
    start = i + 1;
  }
  buffer_append(out, text + start, length - start);
}

static void put_start(struct buffer *out, const struct markup *node) {
  if (!node->name) {
    put_escaped(out, node->text, node->length, false);
    return;
  }
  buffer_append_byte(out, '<');
  buffer_append_text(out, node->name);
  for (const struct markup_attribute *each = node->first_attribute; each; each = each->next) {
    buffer_append_byte(out, ' ');
    buffer_append_text(out, each->name);
    buffer_append_text(out, "=\"");
    put_escaped(out, each->value, strlen(each->value), true);
    buffer_append_byte(out, '"');
  }
  buffer_append_text(out, node->first ? ">" : "/>");
}

static void put_end(struct buffer *out, const struct markup *node) {
  buffer_append_text(out, "</");
  buffer_append_text(out, node->name);
  buffer_append_byte(out, '>');
}

/* The node that is written next; the elements that end before it are ended. */
static const struct markup *step(struct buffer *out, const struct markup *node) {
  if (node->first) return node->first;
  while (node && !node->next) {
    node = node->parent;
    if (node) put_end(out, node);
  }
  return node ? node->next : NULL;
}

void markup_write(struct markup *root, struct buffer *out) {
  buffer_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  if (strcmp(root->name, "html") == 0) buffer_append_text(out, "<!DOCTYPE html>\n");
  for (const struct markup *node = root; node; node = step(out, node)) put_start(out, node);
  buffer_append_byte(out, '\n');
  arena_clear(root->arena);
}

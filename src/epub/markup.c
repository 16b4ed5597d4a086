/* A thin layer over libxml2's tree: each element is made by markup_add, in its
 * parent's name space. libxml2 returns NULL only for want of memory, which ends in
 * base/. The white space between blocks is for people who open a file: it stands
 * only where XHTML has no meaning for it. */
#include "epub/markup.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <libxml/xmlsave.h>
#include <string.h>

#define XHTML_NAME_SPACE "http://www.w3.org/1999/xhtml"
#define OPS_NAME_SPACE   "http://www.idpf.org/2007/ops"

static const xmlChar *xml(const char *text) {
  return (const xmlChar *)text;
}

/* libxml2's own way to append a text joins it to the text before, which costs the
 * length of both each time; so the node is linked here. */
static void append_text_node(xmlNode *parent, const char *text, size_t length) {
  if (!length) return;
  xmlNode *node = memory_check(xmlNewDocTextLen(parent->doc, xml(text), (int)length));
  node->parent = parent;
  node->prev = parent->last;
  if (parent->last) parent->last->next = node;
  else parent->children = node;
  parent->last = node;
}

xmlDoc *markup_new(const char *root, const char *name_space) {
  xmlDoc *document = memory_check(xmlNewDoc(xml("1.0")));
  xmlNode *node = memory_check(xmlNewDocNode(document, NULL, xml(root), NULL));
  xmlDocSetRootElement(document, node);
  xmlSetNs(node, memory_check(xmlNewNs(node, xml(name_space), NULL)));
  return document;
}

xmlNode *markup_add(xmlNode *parent, const char *name) {
  return memory_check(xmlNewChild(parent, parent->ns, xml(name), NULL));
}

xmlNode *markup_add_block(xmlNode *parent, const char *name) {
  if (!parent->last || parent->last->type != XML_TEXT_NODE) append_text_node(parent, "\n", 1);
  xmlNode *node = markup_add(parent, name);
  append_text_node(parent, "\n", 1);
  return node;
}

xmlNode *markup_add_text_element(xmlNode *parent, const char *name, const char *text) {
  xmlNode *node = markup_add_block(parent, name);
  markup_add_text(node, text, strlen(text));
  return node;
}

/* The characters of XML 1.0. */
static bool is_allowed(uint32_t character) {
  if (character < 0x20) return character == '\t' || character == '\n' || character == '\r';
  return character != 0xFFFE && character != 0xFFFF;
}

void markup_add_text(xmlNode *parent, const char *text, size_t length) {
  size_t start = 0;
  for (size_t i = 0, step; i < length; i += step) {
    if (is_allowed(utf8_decode(text + i, length - i, &step))) continue;
    append_text_node(parent, text + start, i - start);
    start = i + step;
  }
  append_text_node(parent, text + start, length - start);
}

void markup_set(xmlNode *node, const char *name, const char *value) {
  if (value) memory_check(xmlNewProp(node, xml(name), xml(value)));
}

void markup_set_type(xmlNode *node, const char *type) {
  if (!type) return;
  xmlNs *ops = memory_check(xmlSearchNsByHref(node->doc, node, xml(OPS_NAME_SPACE)));
  memory_check(xmlNewNsProp(node, ops, xml("type"), xml(type)));
}

void markup_set_xml_language(xmlNode *node, const char *language) {
  if (language) xmlNodeSetLang(node, xml(language));
}

void markup_set_language(xmlNode *node, const char *language) {
  if (!language) return;
  xmlChar *in_force = xmlNodeGetLang(node);
  if (!in_force || strcmp((const char *)in_force, language) != 0) {
    markup_set_xml_language(node, language);
    markup_set(node, "lang", language);
  }
  xmlFree(in_force);
}

struct page_markup page_markup_new(const char *language, const char *title,
                                   const char *title_language) {
  xmlDoc *document = markup_new("html", XHTML_NAME_SPACE);
  memory_check(xmlCreateIntSubset(document, xml("html"), NULL, NULL));
  xmlNode *html = xmlDocGetRootElement(document);
  memory_check(xmlNewNs(html, xml(OPS_NAME_SPACE), xml("epub")));
  markup_set_language(html, language);
  struct page_markup page = {.document = document};
  page.head = markup_add_block(html, "head");
  xmlNode *charset = markup_add_block(page.head, "meta");
  markup_set(charset, "charset", "utf-8");
  markup_set_language(markup_add_text_element(page.head, "title", title), title_language);
  xmlNode *link = markup_add_block(page.head, "link");
  markup_set(link, "rel", "stylesheet");
  markup_set(link, "type", "text/css");
  markup_set(link, "href", "book.css");
  page.body = markup_add_block(html, "body");
  return page;
}

void markup_write(xmlDoc *document, struct buffer *out) {
  xmlBuffer *bytes = memory_check(xmlBufferCreate());
  xmlSaveCtxt *save = memory_check(xmlSaveToBuffer(bytes, "UTF-8", XML_SAVE_AS_XML));
  xmlSaveDoc(save, document);
  xmlSaveClose(save);
  buffer_append(out, xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
  xmlBufferFree(bytes);
  xmlFreeDoc(document);
}

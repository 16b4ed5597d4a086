/* libxml2 parses and validates; it keeps the line of a node and no column, so its SAX
 * events are listened to on the way and each node keeps the offset where it begins.
 * A document type is refused as soon as it is seen: there are no entities to expand,
 * nothing to fetch, and no bomb to go off. */
#include "guide/xml.h"

#include "base/assets.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <string.h>

/* --- offsets ----------------------------------------------------------------------- */

/* _private is NULL where no offset is known, so one is added. */
static void keep_offset(xmlNodePtr node, size_t offset) {
  if (!node || node->_private) return;
  node->_private = (void *)(uintptr_t)(offset + 1);
}

struct place xml_place(struct xml_file *file, const xmlNode *node) {
  while (node && !node->_private) node = node->parent;
  size_t offset = node ? (size_t)(uintptr_t)node->_private - 1 : 0;
  return source_place(file->source, offset, 0);
}

struct place xml_attribute_place(struct xml_file *file, const xmlNode *element, const char *name) {
  size_t offset = element->_private ? (size_t)(uintptr_t)element->_private - 1 : 0;
  const char *text = file->source->text, *tag = text + offset;
  size_t size = strlen(name);
  for (const char *end = tag; *end && *end != '>'; end++) {
    if (*end == '"' || *end == '\'') {
      const char *close = strchr(end + 1, *end);
      const char *equals = end;
      while (equals > tag && strchr(" \t\r\n=", equals[-1])) equals--;
      bool same = (size_t)(equals - tag) > size && memcmp(equals - size, name, size) == 0 &&
                  strchr(" \t\r\n", equals[-(ptrdiff_t)size - 1]);
      if (same) return source_place(file->source, (size_t)(end + 1 - text), 0);
      if (!close) break;
      end = close;
    }
  }
  return xml_place(file, element);
}

static size_t consumed(xmlParserCtxtPtr parser) {
  long bytes = xmlByteConsumed(parser);
  return bytes > 0 ? (size_t)bytes : 0;
}

/* The parser stands at the end of the start tag; no attribute can hold a "<". */
static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int default_count, const xmlChar **attributes) {
  xmlParserCtxtPtr parser = context;
  const struct xml_file *file = parser->_private;
  xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
                        default_count, attributes);
  size_t offset = consumed(parser);
  if (offset > file->source->length) offset = file->source->length;
  while (offset > 0 && file->source->text[offset] != '<') offset--;
  keep_offset(parser->node, offset);
}

/* A text begins where its first piece does. */
static void on_text(void *context, const xmlChar *text, int length) {
  xmlParserCtxtPtr parser = context;
  const xmlNode *before = parser->node ? parser->node->last : NULL;
  xmlSAX2Characters(context, text, length);
  if (!parser->node || parser->node->last == before) return;
  const struct xml_file *file = parser->_private;
  size_t end = consumed(parser), size = (size_t)length;
  size_t offset = end >= size ? end - size : 0;
  bool same =
      offset + size <= file->source->length && memcmp(file->source->text + offset, text, size) == 0;
  /* in libxml2's fast path the text is still ahead */
  if (!same && end + size <= file->source->length &&
      memcmp(file->source->text + end, text, size) == 0) {
    offset = end;
  }
  keep_offset(parser->node->last, offset);
}

/* --- what is refused ----------------------------------------------------------------- */

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system) {
  (void)name, (void)external, (void)system;
  xmlParserCtxtPtr parser = context;
  struct xml_file *file = parser->_private;
  const char *found = strstr(file->source->text, "<!DOCTYPE");
  struct place place =
      source_place(file->source, found ? (size_t)(found - file->source->text) : 0, found ? 9 : 0);
  message_error(file->loading->messages, &place, "xml-doctype",
                "a guide has no document type: entities are not read");
  file->failed = true;
  xmlStopParser(parser);
}

static void report(struct xml_file *file, const char *code, const char *text,
                   const struct place *place) {
  if (file->failed) return;
  file->failed = true;
  size_t length = strcspn(text, "\n");
  message_error(file->loading->messages, place, code, "%.*s", (int)length, text);
}

static void on_syntax_error(void *context, xmlErrorPtr error) {
  struct xml_file *file = context;
  if (error->level < XML_ERR_ERROR) return;
  struct place place = {.source = file->source};
  if (error->line > 0 && (size_t)error->line <= file->source->line_count) {
    size_t start = file->source->line_starts[error->line - 1];
    size_t column = error->int2 > 0 ? (size_t)error->int2 - 1 : 0;
    place = source_place(file->source, start + column, 0);
  }
  report(file, "xml-syntax", error->message ? error->message : "this is not XML", &place);
}

static void on_schema_error(void *context, xmlErrorPtr error) {
  struct xml_file *file = context;
  struct place place = xml_place(file, error->node);
  report(file, "xml-schema", error->message ? error->message : "this does not fit the schema",
         &place);
}

/* --- parsing and validating ------------------------------------------------------------ */

static bool parse(struct xml_file *file) {
  xmlParserCtxtPtr parser =
      xmlCreateMemoryParserCtxt(file->source->text, (int)file->source->length);
  if (!parser) {
    struct place place = {.source = file->source};
    report(file, "empty-guide", "there is no text in this file", &place);
    return false;
  }
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES |
                                XML_PARSE_IGNORE_ENC);
  parser->_private = file;
  parser->sax->startElementNs = on_start;
  parser->sax->characters = on_text;
  parser->sax->cdataBlock = on_text;
  parser->sax->internalSubset = on_doctype;
  parser->sax->error = NULL;
  xmlSetStructuredErrorFunc(file, on_syntax_error);
  xmlParseDocument(parser);
  xmlSetStructuredErrorFunc(NULL, NULL);
  file->document = parser->myDoc;
  bool good = parser->wellFormed && !file->failed;
  xmlFreeParserCtxt(parser);
  return good;
}

/* What libxml2 would print of a schema that it cannot read; we say it once. */
static void say_nothing(void *context, xmlErrorPtr error) {
  (void)context, (void)error;
}

static xmlRelaxNGPtr load_schema(struct xml_file *file) {
  const char *path = asset_path(file->loading->arena, "schema/guide.rng");
  xmlSetStructuredErrorFunc(NULL, say_nothing);
  xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
  if (parser) xmlRelaxNGSetParserStructuredErrors(parser, say_nothing, NULL);
  xmlRelaxNGPtr schema = parser ? xmlRelaxNGParse(parser) : NULL;
  xmlRelaxNGFreeParserCtxt(parser);
  xmlSetStructuredErrorFunc(NULL, NULL);
  if (!schema) {
    message_io_error(file->loading->messages, NULL, "no-schema", "%s: cannot be read", path);
    file->failed = true;
  }
  return schema;
}

static bool validate(struct xml_file *file) {
  xmlRelaxNGPtr schema = load_schema(file);
  xmlRelaxNGValidCtxtPtr validator = schema ? xmlRelaxNGNewValidCtxt(schema) : NULL;
  bool good = false;
  if (validator) {
    xmlRelaxNGSetValidStructuredErrors(validator, on_schema_error, file);
    good = xmlRelaxNGValidateDoc(validator, file->document) == 0;
  }
  xmlRelaxNGFreeValidCtxt(validator);
  xmlRelaxNGFree(schema);
  if (!good && !file->failed) {
    struct place place = {.source = file->source};
    report(file, "xml-schema", "this does not fit the schema of a guide", &place);
  }
  return good;
}

/* --- names that nobody knows -------------------------------------------------------------- */

static const char *const head_names[] = {"title", "author",  "field",  "skill",    "fact", "label",
                                         "name",  "default", "choice", "requires", "level"};
#define HEAD_COUNT (sizeof head_names / sizeof *head_names)

static bool is_known(const char *name) {
  for (size_t i = 0; i < HEAD_COUNT; i++) {
    if (strcmp(head_names[i], name) == 0) return true;
  }
  return node_kind_find(name) != NODE_KIND_COUNT;
}

static void check_name(struct xml_file *file, const xmlNode *element) {
  const char *name = (const char *)element->name;
  if (is_known(name)) return;
  struct place place = xml_place(file, element);
  message_error(file->loading->messages, &place, "unknown-element", "no element is called '%.60s'",
                name);
  file->failed = true;
  const char *names[NODE_KIND_COUNT + HEAD_COUNT];
  for (int i = 0; i < NODE_KIND_COUNT; i++) names[i] = node_kind_name((enum node_kind)i);
  for (size_t i = 0; i < HEAD_COUNT; i++) names[NODE_KIND_COUNT + i] = head_names[i];
  const char *nearest = message_nearest(name, names, NODE_KIND_COUNT + HEAD_COUNT);
  if (nearest) message_hint(file->loading->messages, "did you mean '%s'?", nearest);
}

/* Before the schema, which can only say that something did not fit. */
static bool check_names(struct xml_file *file) {
  const xmlNode *root = xmlDocGetRootElement(file->document), *node = root;
  while (node) {
    if (node->type == XML_ELEMENT_NODE) check_name(file, node);
    if (node->type == XML_ELEMENT_NODE && node->children) {
      node = node->children;
      continue;
    }
    while (node != root && !node->next) node = node->parent;
    node = node == root ? NULL : node->next;
  }
  return !file->failed;
}

bool xml_parse(struct xml_file *file) {
  return parse(file) && check_names(file) && validate(file);
}

void xml_finish(struct xml_file *file) {
  if (file->document) xmlFreeDoc(file->document);
}

/* guide.xml: the tree that libxml2 read becomes ours. What the schema has checked
 * (which element may stand where) is taken for granted here. */
#include "guide/xml.h"

#include "guide/vocabulary.h"

#include <stdlib.h>
#include <string.h>

/* Sections, variants and inlines are elements too. */
#define ELEMENTS_A_BLOCK 2

struct xml_reading {
  struct xml_file *file;
  struct loading *loading;
  struct arena *arena;
  struct node *here;
  int depth;
};

/* --- attributes --------------------------------------------------------------------- */

static const char *value_of(struct xml_reading *reading, const xmlAttr *attribute) {
  xmlChar *value = xmlNodeGetContent((const xmlNode *)attribute);
  const char *text = (const char *)value;
  const char *copy = text ? script_normalise(reading->arena, text, strlen(text)) : "";
  xmlFree(value);
  return copy;
}

static void add_classes(struct xml_reading *reading, struct node *node, const char *classes) {
  node_set_attribute(reading->arena, node, "class", classes, node->place);
  while (*classes) {
    size_t length = strcspn(classes, " ");
    const char *name = arena_strndup(reading->arena, classes, length);
    if (length) {
      vocabulary_check_class(reading->loading->messages, node->kind, name, &node->place);
    }
    classes += length + strspn(classes + length, " ");
  }
}

/* True where the attribute is a member of the node. */
static bool set_member(struct node *node, const char *name, const char *value) {
  if (strcmp(name, "id") == 0) node->id = value;
  else if (strcmp(name, "language") == 0) node->language = value;
  else if (strcmp(name, "when") == 0) node->when = value;
  else if (strcmp(name, "target") == 0) node->target = value;
  else if (strcmp(name, "level") == 0) node->level = (int)strtol(value, NULL, 10);
  else if (strcmp(name, "ordered") == 0) node->ordered = true;
  else if (strcmp(name, "start") == 0 && node->kind == NODE_LIST) node->start = (int)strtol(value, NULL, 10);
  else if (strcmp(name, "header") == 0) node->header = true;
  else if (strcmp(name, "task") == 0) node->task = true;
  else if (strcmp(name, "ticked") == 0) node->ticked = true;
  else return strcmp(name, "place") == 0 || strcmp(name, "number") == 0;
  return true;
}

static void read_attributes(struct xml_reading *reading, struct node *node,
                            const xmlNode *element) {
  for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next) {
    const char *name = (const char *)attribute->name;
    const char *value = value_of(reading, attribute);
    if (set_member(node, name, value)) continue;
    name = arena_strdup(reading->arena, name);
    if (strcmp(name, "class") == 0) {
      add_classes(reading, node, value);
    } else if (vocabulary_check_attribute(reading->loading->messages, node->kind, name, value,
                                          &node->place)) {
      node_set_attribute(reading->arena, node, name, value, node->place);
    }
  }
  if (node->when) node->when_place = xml_attribute_place(reading->file, element, "when");
}

/* --- text --------------------------------------------------------------------------------- */

static bool is_blank(const char *text) {
  return strspn(text, " \t\r\n") == strlen(text);
}

/* White space around a line break is what indentation made of it. */
static const char *join_lines(struct xml_reading *reading, const char *text, bool first,
                              bool last) {
  struct buffer out = {0};
  bool broken = false;
  while (*text) {
    size_t length = strcspn(text, "\r\n");
    const char *end = text + length;
    const char *next = end + strspn(end, " \t\r\n");
    size_t kept = length;
    while (*end && kept > 0 && (text[kept - 1] == ' ' || text[kept - 1] == '\t')) kept--;
    bool space = broken && out.length &&
                 script_needs_space(out.data, out.length, text, kept ? kept : strlen(text));
    if (space || (broken && !out.length && !first)) buffer_append_byte(&out, ' ');
    buffer_append(&out, text, kept);
    broken = *end != '\0';
    text = next;
  }
  if (broken && !last) buffer_append_byte(&out, ' ');
  const char *joined = script_normalise(reading->arena, out.data ? out.data : "", out.length);
  buffer_finish(&out);
  return joined;
}

static void read_text(struct xml_reading *reading, const xmlNode *text) {
  enum node_kind kind = reading->here->kind;
  bool holds_text = kind == NODE_CODE || kind == NODE_FILL_IN || kind == NODE_TEXT;
  bool inline_place = kind == NODE_VARIANT || node_is_inline(reading->here);
  const char *content = (const char *)text->content;
  if (!inline_place || !content) return;
  if (holds_text) {
    if (kind == NODE_FILL_IN) reading->here->place = xml_place(reading->file, text);
    reading->here->text = script_normalise(reading->arena, content, strlen(content));
    return;
  }
  bool lines = strpbrk(content, "\r\n") != NULL;
  bool first = kind == NODE_VARIANT && !text->prev, last = kind == NODE_VARIANT && !text->next;
  if (lines && is_blank(content) && (first || last)) return;
  struct node *node = node_new(reading->arena, NODE_TEXT, xml_place(reading->file, text));
  node->text = lines ? join_lines(reading, content, first, last)
                     : script_normalise(reading->arena, content, strlen(content));
  if (node->text[0]) node_append(reading->here, node);
}

/* --- elements ------------------------------------------------------------------------------ */

static bool enter_element(struct xml_reading *reading, const xmlNode *element) {
  if (reading->here->kind == NODE_GUIDE && xml_read_declaration(reading->file, element)) {
    return false;
  }
  struct place place = xml_place(reading->file, element);
  if ((size_t)reading->depth >= ELEMENTS_A_BLOCK * limit_of(LIMIT_DEPTH)) {
    limit_report(reading->loading->messages, &place, LIMIT_DEPTH, NULL);
    reading->file->failed = true;
    return false;
  }
  struct node *node = node_new(reading->arena, node_kind_find((const char *)element->name), place);
  read_attributes(reading, node, element);
  if (node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_FILL_IN) {
    node->text = "";
  }
  node_append(reading->here, node);
  reading->here = node;
  reading->depth++;
  return true;
}

static void leave_element(struct xml_reading *reading) {
  reading->here = reading->here->parent;
  reading->depth--;
}

static void read_children(struct xml_reading *reading, const xmlNode *root) {
  const xmlNode *node = root->children;
  while (node && !reading->file->failed) {
    bool entered = node->type == XML_ELEMENT_NODE && enter_element(reading, node);
    if (node->type == XML_TEXT_NODE) read_text(reading, node);
    if (entered && node->children) {
      node = node->children;
      continue;
    }
    if (entered) leave_element(reading);
    while (node != root && !node->next) {
      node = node->parent;
      if (node != root) leave_element(reading);
    }
    node = node == root ? NULL : node->next;
  }
}

bool xml_read(struct loading *loading, const struct source *source) {
  struct xml_file file = {.loading = loading, .source = source};
  bool good = xml_parse(&file);
  if (good) {
    const xmlNode *root = xmlDocGetRootElement(file.document);
    struct node *guide = node_new(loading->arena, NODE_GUIDE, xml_place(&file, root));
    struct xml_reading reading = {&file, loading, loading->arena, guide, 0};
    xml_read_head(&file, root);
    read_children(&reading, root);
    loading->guide->root = guide;
    good = !file.failed;
  }
  xml_finish(&file);
  if (good && !loading->guide->root->first) {
    message_error(loading->messages, &loading->guide->root->place, "empty-guide",
                  "there is no text in this file");
  }
  return good && loading->guide->root->first;
}

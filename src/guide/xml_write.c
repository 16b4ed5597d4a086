/* The tree as XML, by libxml2's writer. Blocks stand on lines of their own; inside
 * a variant white space counts, so nothing is added there.
 *
 *   <section id="s-1">
 *     <heading level="1"><variant language="en">What <strong>is</strong> …
 *
 * With places, each node says where it was written, and each text is an element
 * of its own, so that it can say so too. */
#include "guide/guide.h"

#include "base/buffer.h"
#include "base/file.h"
#include "guide/xml.h"

#include <string.h>

struct xml_writer {
  xmlTextWriterPtr writer;
  const struct source *main; /* the source that places leave unnamed */
  bool with_places;
  bool ok;
  int depth;
};

/* --- libxml2's writer ------------------------------------------------------------ */

static void check(struct xml_writer *xml, int result) {
  if (result < 0) xml->ok = false;
}

static void start(struct xml_writer *xml, const char *name) {
  check(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST name));
}

static void end(struct xml_writer *xml) {
  check(xml, xmlTextWriterEndElement(xml->writer));
}

static void put_text(struct xml_writer *xml, const char *text) {
  check(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST text));
}

static void put_attribute(struct xml_writer *xml, const char *name, const char *value) {
  if (value) check(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST value));
}

static void put_number(struct xml_writer *xml, const char *name, int value) {
  check(xml, xmlTextWriterWriteFormatAttribute(xml->writer, BAD_CAST name, "%d", value));
}

static void put_truth(struct xml_writer *xml, const char *name, bool value) {
  if (value) put_attribute(xml, name, "yes");
}

static void new_line(struct xml_writer *xml) {
  static const char spaces[] = "                                                                ";
  int width = xml->depth * 2 < (int)sizeof spaces - 1 ? xml->depth * 2 : (int)sizeof spaces - 1;
  put_text(xml, "\n");
  put_text(xml, spaces + sizeof spaces - 1 - width);
}

/* --- nodes ------------------------------------------------------------------------ */

static void put_place(struct xml_writer *xml, const struct place *place) {
  if (!xml->with_places || !place->source || !place->line) return;
  if (place->source == xml->main) {
    check(xml, xmlTextWriterWriteFormatAttribute(xml->writer, BAD_CAST "place", "%u:%u",
                                                 place->line, place->column));
    return;
  }
  check(xml, xmlTextWriterWriteFormatAttribute(xml->writer, BAD_CAST "place", "%s:%u:%u",
                                               file_name(place->source->name), place->line,
                                               place->column));
}

static void put_members(struct xml_writer *xml, const struct node *node) {
  put_attribute(xml, "id", node->id);
  put_attribute(xml, "language", node->language);
  if (node->level) put_number(xml, "level", node->level);
  put_attribute(xml, "number", node->number);
  put_truth(xml, "ordered", node->ordered);
  if (node->ordered) put_number(xml, "start", node->start);
  put_truth(xml, "header", node->header);
  put_truth(xml, "task", node->task);
  put_truth(xml, "ticked", node->ticked);
  put_attribute(xml, "target", node->target);
  put_attribute(xml, "when", node->when);
  for (const struct attribute *attribute = node->attributes; attribute;
       attribute = attribute->next) {
    put_attribute(xml, attribute->name, attribute->value);
  }
  put_place(xml, &node->place);
}

/* A variant's inside is one line; everything above it is indented. */
static bool is_laid_out(const struct node *node) {
  return !node_is_inline(node) && node->kind != NODE_VARIANT;
}

static void enter(struct xml_writer *xml, const struct node *node) {
  if (node->kind == NODE_TEXT && !xml->with_places) {
    put_text(xml, node->text);
    return;
  }
  if (!node_is_inline(node)) new_line(xml);
  start(xml, node_kind_name(node->kind));
  put_members(xml, node);
  if (node->text) put_text(xml, node->text);
  xml->depth++;
}

static void leave(struct xml_writer *xml, const struct node *node) {
  if (node->kind == NODE_TEXT && !xml->with_places) return;
  xml->depth--;
  if (is_laid_out(node) && node->first) new_line(xml);
  end(xml);
}

static void put_words(struct xml_writer *xml, const char *name, const struct words *words) {
  for (; words; words = words->next) {
    new_line(xml);
    start(xml, name);
    put_attribute(xml, "language", words->language);
    put_text(xml, words->text);
    end(xml);
  }
}

/* An edition's tree has the guide's titles above it, and nothing else of its head. */
static void start_root(struct xml_writer *xml, const struct guide *guide, const struct node *root) {
  start(xml, node_kind_name(root->kind));
  put_members(xml, root);
  xml->depth++;
  if (root->kind != NODE_GUIDE) return;
  if (root == guide->root) xml_write_head(xml->writer, guide);
  put_words(xml, "title", guide->titles);
  if (root == guide->root) put_words(xml, "author", guide->authors);
  if (root == guide->root) xml_write_declarations(xml->writer, guide);
}

static void put_tree(struct xml_writer *xml, const struct guide *guide, const struct node *root) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.node == root && walk.entering) {
      start_root(xml, guide, root);
    } else if (walk.entering) {
      enter(xml, walk.node);
    } else {
      leave(xml, walk.node);
    }
  }
}

bool tree_write_xml(const struct guide *guide, const struct node *root, bool with_places,
                    struct buffer *out, struct messages *messages) {
  struct xml_writer xml = {.main = root->place.source, .with_places = with_places, .ok = true};
  xmlBufferPtr bytes = xmlBufferCreate();
  xml.writer = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL;
  if (!xml.writer) {
    xml.ok = false;
    goto out;
  }
  check(&xml, xmlTextWriterStartDocument(xml.writer, NULL, "UTF-8", NULL));
  put_tree(&xml, guide, root);
  check(&xml, xmlTextWriterEndDocument(xml.writer));
  check(&xml, xmlTextWriterFlush(xml.writer));
  if (xml.ok) buffer_append(out, xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
out:
  if (!xml.ok) message_io_error(messages, NULL, "xml-writer", "the tree cannot be written as XML");
  if (xml.writer) xmlFreeTextWriter(xml.writer);
  if (bytes) xmlBufferFree(bytes);
  return xml.ok;
}

/* Markup: what is written of a tree, read back by libxml2 as what went in. */
#include "check.h"

#include "epub/markup.h"

#include <libxml/parser.h>

static const char hostile[] = "a < b & \"c\" > 'd'\t\n\r]]> \xE4\xB8\xAD \xF0\x9F\x98\x80";

static void write_document(struct markup *root, struct buffer *out) {
  struct markup_writer *writer = markup_writer_new();
  markup_write(writer, root, out);
  markup_writer_free(writer);
}

static void test_bytes(void) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct markup *root = markup_new(arena, "list", "urn:list");
  struct markup *item = markup_add_block(root, "item");
  markup_set(item, "kind", "a\"b");
  markup_set(item, "none", NULL);
  markup_add_text(item, "x & y", 5);
  markup_add(item, "end");
  markup_add_text(item, "", 0);
  markup_add_block(root, "item");
  write_document(root, &out);
  CHECK_TEXT(out.data, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<list xmlns=\"urn:list\">\n"
                       "<item kind=\"a&quot;b\">x &amp; y<end/></item>\n<item/>\n</list>\n");
  buffer_finish(&out);
  arena_free(arena);
}

/* Whatever XML can hold comes back. */
static void test_round_trip(void) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct markup *root = markup_new(arena, "root", "urn:root");
  markup_set(root, "value", hostile);
  markup_add_text(root, hostile, sizeof hostile - 1);
  write_document(root, &out);
  xmlDoc *document = xmlReadMemory(out.data, (int)out.length, NULL, NULL, XML_PARSE_NOERROR);
  CHECK(document != NULL);
  xmlNode *read = xmlDocGetRootElement(document);
  xmlChar *text = xmlNodeGetContent(read), *value = xmlGetProp(read, BAD_CAST "value");
  CHECK_TEXT((char *)text, hostile);
  CHECK_TEXT((char *)value, hostile);
  xmlFree(text);
  xmlFree(value);
  xmlFreeDoc(document);
  buffer_finish(&out);
  arena_free(arena);
}

static void test_left_out(void) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct markup *root = markup_new(arena, "r", NULL);
  const char *text = "a\x01" "b\xEF\xBF\xBE" "c\xEF\xBF\xBD" "d\xEF\xBF\xBF";
  markup_add_text(root, text, strlen(text));
  write_document(root, &out);
  CHECK_TEXT(out.data, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r>abc\xEF\xBF\xBD" "d</r>\n");
  buffer_finish(&out);
  arena_free(arena);
}

static void test_languages(void) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct markup *root = markup_new(arena, "r", NULL);
  markup_set_language(root, "en");
  struct markup *inner = markup_add(root, "i");
  markup_set_language(inner, "en");
  CHECK_TEXT(markup_language(inner), "en");
  struct markup *other = markup_add(inner, "o");
  markup_set_language(other, "zh");
  CHECK_TEXT(markup_language(other), "zh");
  markup_add_text(root, "t", 1);
  CHECK(markup_last_element(root) == inner);
  CHECK(markup_last_element(other) == NULL);
  write_document(root, &out);
  CHECK_TEXT(out.data, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r xml:lang=\"en\" lang=\"en\"><i>"
                       "<o xml:lang=\"zh\" lang=\"zh\"/></i>t</r>\n");
  buffer_finish(&out);
  arena_free(arena);
}

int main(void) {
  test_bytes();
  test_round_trip();
  test_left_out();
  test_languages();
  return check_summary();
}

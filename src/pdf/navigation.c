/* Everything points to named destinations, so that links, outline and other documents
 * share one list of places. */
#include "pdf/navigation.h"

#include "pdf/key_tree.h"
#include "pdf/syntax.h"

#include <stdlib.h>
#include <string.h>

/* --- links ------------------------------------------------------------------------- */

static void put_box(struct buffer *out, const struct link_area *area, mpt page_height) {
  put_length(out, area->left);
  buffer_append_byte(out, ' ');
  put_length(out, (int64_t)page_height - area->bottom);
  buffer_append_byte(out, ' ');
  put_length(out, area->right);
  buffer_append_byte(out, ' ');
  put_length(out, (int64_t)page_height - area->top);
}

static void put_pair(struct buffer *out, mpt x, int64_t y) {
  put_length(out, x);
  buffer_append_byte(out, ' ');
  put_length(out, y);
  buffer_append_byte(out, ' ');
}

/* Upper left, upper right, lower left, lower right: the order that readers expect,
 * which is not the one that the standard draws. */
static void put_quad(struct buffer *out, const struct link_area *area, mpt page_height) {
  int64_t top = (int64_t)page_height - area->top;
  int64_t bottom = (int64_t)page_height - area->bottom;
  put_pair(out, area->left, top);
  put_pair(out, area->right, top);
  put_pair(out, area->left, bottom);
  put_pair(out, area->right, bottom);
}

/* An address may have letters of any kind; a URI has ASCII (ISO 32000-1, 12.6.4.7), and what it
 * has not is written as the bytes of UTF-8 (RFC 3987, 3.1). */
static void put_address(struct buffer *out, const char *address) {
  struct buffer uri = {0};
  for (; *address; address++) {
    unsigned char byte = (unsigned char)*address;
    if (byte > 0x20 && byte < 0x7F) buffer_append_byte(&uri, *address);
    else buffer_printf(&uri, "%%%02X", byte);
  }
  put_bytes(out, uri.data, uri.length);
  buffer_finish(&uri);
}

static struct link_area united(const struct link_area *areas, size_t count) {
  struct link_area whole = areas[0];
  for (size_t i = 1; i < count; i++) {
    if (areas[i].left < whole.left) whole.left = areas[i].left;
    if (areas[i].top < whole.top) whole.top = areas[i].top;
    if (areas[i].right > whole.right) whole.right = areas[i].right;
    if (areas[i].bottom > whole.bottom) whole.bottom = areas[i].bottom;
  }
  return whole;
}

/* One annotation for all lines of a link on a page. */
static HPDF_Dict add_link(const struct link_area *areas, size_t count, const struct page *page,
                          HPDF_Dict annotation, unsigned key, struct document *document) {
  struct buffer text = {0};
  struct link_area whole = united(areas, count);
  buffer_append_text(&text, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
  put_box(&text, &whole, page->height);
  buffer_append_text(&text, "]/QuadPoints[");
  for (size_t i = 0; i < count; i++) put_quad(&text, &areas[i], page->height);
  buffer_printf(&text, "]/StructParent %u", key);
  if (whole.contents) {
    buffer_append_text(&text, "/Contents");
    put_text(&text, whole.contents);
  }
  if (whole.address) {
    buffer_append_text(&text, "/A<</S/URI/URI");
    put_address(&text, whole.address);
    buffer_append_text(&text, ">>");
  } else if (whole.destination) {
    buffer_append_text(&text, "/Dest");
    put_bytes(&text, whole.destination, strlen(whole.destination));
  }
  document_fill(document, annotation, &text);
  buffer_finish(&text);
  return annotation;
}

void navigation_add_links(const struct pages *pages, size_t page, struct structure *structure,
                          struct document *document) {
  const struct page *from = &pages->pages[page];
  if (from->link_count == 0) return;
  HPDF_Array list = HPDF_Array_New(document->haru->mmgr);
  document_check(document, list ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM);
  for (size_t i = 0, next; i < from->link_count && document->error == HPDF_OK; i = next) {
    const struct link_area *area = &from->links[i];
    for (next = i + 1; next < from->link_count; next++) {
      if (from->links[next].element != area->element) break;
    }
    HPDF_Dict annotation = document_reserve(document);
    unsigned key = structure_annotate(structure, area->element, page, object_number(annotation));
    add_link(area, next - i, from, annotation, key, document);
    document_check(document, HPDF_Array_Add(list, annotation));
  }
  document_refer(document, document->pages[page], "Annots", list);
}

/* --- destinations ---------------------------------------------------------------------- */

static int compare_destinations(const void *a, const void *b) {
  return strcmp((*(const struct destination *const *)a)->id,
                (*(const struct destination *const *)b)->id);
}

static void put_place(const struct pages *pages, const struct destination *destination,
                      struct document *document, struct buffer *out) {
  mpt height = pages->pages[destination->page].height;
  buffer_printf(out, "[%u 0 R/XYZ null ", object_number(document->pages[destination->page]));
  put_length(out, (int64_t)height - destination->top);
  buffer_append_text(out, " null]");
}

uint32_t navigation_add_destinations(const struct pages *pages, struct document *document) {
  size_t count = pages->destination_count;
  const struct destination **sorted = memory_alloc(count * sizeof *sorted);
  struct key_tree tree = {.document = document, .kind = "Names"};
  struct buffer key = {0};
  for (size_t i = 0; i < count; i++) sorted[i] = &pages->destinations[i];
  qsort(sorted, count, sizeof *sorted, compare_destinations);
  for (size_t i = 0; i < count; i++) {
    buffer_clear(&key);
    put_bytes(&key, sorted[i]->id, strlen(sorted[i]->id));
    put_place(pages, sorted[i], document, key_tree_add(&tree, &key));
  }
  buffer_finish(&key);
  free(sorted);
  return key_tree_write(&tree);
}

/* --- the outline --------------------------------------------------------------------------- */

#define DEEPEST 16

/* An entry's neighbours, by index + 1; 0: none. The root is entry 0. */
struct outline_node {
  HPDF_Dict object;
  size_t parent, previous, next, first, last;
  size_t below; /* entries below it, at any depth */
};

static struct outline_node *nest(const struct pages *pages) {
  size_t count = pages->outline_count;
  struct outline_node *nodes = memory_alloc((count + 1) * sizeof *nodes);
  size_t open[DEEPEST + 1] = {0}; /* the last entry of each depth; [0] is the root */
  int levels[DEEPEST + 1] = {0};
  int depth = 0;
  for (size_t i = 1; i <= count; i++) {
    int level = pages->outline[i - 1].level;
    while (depth > 0 && (levels[depth] >= level || depth == DEEPEST)) depth--;
    size_t parent = open[depth];
    nodes[i].parent = parent;
    nodes[i].previous = nodes[parent].last;
    if (nodes[parent].last) nodes[nodes[parent].last].next = i;
    else nodes[parent].first = i;
    nodes[parent].last = i;
    depth++;
    open[depth] = i;
    levels[depth] = level;
  }
  for (size_t i = count; i > 0; i--) nodes[nodes[i].parent].below += nodes[i].below + 1;
  return nodes;
}

static void put_neighbour(struct buffer *out, const char *key, const struct outline_node *nodes,
                          size_t index) {
  if (index) buffer_printf(out, "/%s %u 0 R", key, object_number(nodes[index].object));
}

static void put_children(struct buffer *out, const struct outline_node *nodes, size_t index) {
  put_neighbour(out, "First", nodes, nodes[index].first);
  put_neighbour(out, "Last", nodes, nodes[index].last);
  if (nodes[index].below) buffer_printf(out, "/Count %zu", nodes[index].below);
}

static void write_entry(const struct outline_entry *entry, const struct outline_node *nodes,
                        size_t index, uint32_t heading, struct document *document) {
  struct buffer text = {0};
  buffer_append_text(&text, "/Title");
  put_text(&text, entry->text);
  buffer_printf(&text, "/Parent %u 0 R", object_number(nodes[nodes[index].parent].object));
  put_neighbour(&text, "Prev", nodes, nodes[index].previous);
  put_neighbour(&text, "Next", nodes, nodes[index].next);
  put_children(&text, nodes, index);
  buffer_printf(&text, "/SE %u 0 R", heading);
  if (entry->destination) {
    buffer_append_text(&text, "/Dest");
    put_bytes(&text, entry->destination, strlen(entry->destination));
  }
  document_fill(document, nodes[index].object, &text);
  buffer_finish(&text);
}

uint32_t navigation_add_outline(const struct pages *pages, const struct structure *structure,
                                struct document *document) {
  if (pages->outline_count == 0) return 0;
  struct outline_node *nodes = nest(pages);
  struct buffer text = {0};
  for (size_t i = 0; i <= pages->outline_count; i++) nodes[i].object = document_reserve(document);
  for (size_t i = 1; i <= pages->outline_count; i++) {
    const struct outline_entry *entry = &pages->outline[i - 1];
    write_entry(entry, nodes, i, structure_object(structure, entry->element), document);
  }
  buffer_append_text(&text, "/Type/Outlines");
  put_children(&text, nodes, 0);
  document_fill(document, nodes[0].object, &text);
  uint32_t root = object_number(nodes[0].object);
  buffer_finish(&text);
  free(nodes);
  return root;
}

/* --- page labels ------------------------------------------------------------------------------ */

uint32_t navigation_add_labels(const struct pages *pages, struct document *document) {
  struct key_tree tree = {.document = document, .kind = "Nums"};
  for (size_t i = 0; i < pages->label_count; i++) {
    const struct label_range *range = &pages->labels[i];
    struct buffer *value = key_tree_add_number(&tree, (unsigned)range->first_page);
    buffer_printf(value, "<</S/%s/St %d>>", range->style == LABEL_ROMAN ? "r" : "D",
                  range->first_number);
  }
  return key_tree_write(&tree);
}

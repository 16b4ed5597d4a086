/* A page that begins in no node (one that holds a drawing alone, or nothing) is
 * marked where the next page that has one begins; those at the front belong to the
 * cover and to the contents, which the book has too. A page whose node the book does
 * not show is listed with the marker of the page before it. */
#include "epub/page_list.h"

#include "epub/markup.h"

#include <stdlib.h>

static int compare_markers(const void *a, const void *b) {
  const struct marker *first = a, *second = b;
  if (first->block != second->block)
    return (uintptr_t)first->block < (uintptr_t)second->block ? -1 : 1;
  if (first->node != second->node) return (uintptr_t)first->node < (uintptr_t)second->node ? -1 : 1;
  return first->page < second->page ? -1 : first->page > second->page;
}

size_t page_list_front_count(const struct book *book) {
  size_t count = 0;
  while (count < book->options->start_count && !book->options->starts[count].node) count++;
  return count == book->options->start_count ? 0 : count;
}

/* A row or a list cannot hold a marker: its first text does, or what else is in it first. */
static const struct node *marked_node(const struct node *node) {
  static const bool holds_no_marker[NODE_KIND_COUNT] = {
      [NODE_ROW] = true,  [NODE_TABLE] = true, [NODE_LIST] = true,
      [NODE_ITEM] = true, [NODE_ENTRY] = true, [NODE_GLOSSARY] = true,
  };
  if (!holds_no_marker[node->kind]) return node;
  struct walk walk = walk_start(node);
  while (walk_next(&walk))
    if (walk.entering && walk.node->kind == NODE_VARIANT) return walk.node;
  if (node->kind == NODE_TABLE || node->kind == NODE_LIST || node->kind == NODE_GLOSSARY) return node;
  return node->first ? node->first : node->parent;
}

/* The block with a likeness that holds a node, or is it; NULL where there is none. */
static const struct node *block_of(const struct node *node) {
  while (node && !node->likeness) node = node->parent;
  return node;
}

void page_list_init(struct book *book) {
  const struct epub_options *options = book->options;
  size_t count = options->start_count;
  book->markers = memory_alloc(count * sizeof *book->markers);
  book->marker_files = memory_alloc(count * sizeof *book->marker_files);
  size_t front = page_list_front_count(book);
  const struct page_start *next = NULL;
  for (size_t i = count; i > front; i--) {
    const struct page_start *start = &options->starts[i - 1];
    if (start->node) next = start;
    if (!next) continue;
    struct marker *marker = &book->markers[book->marker_count++];
    *marker =
        (struct marker){.node = marked_node(next->node), .offset = next->offset, .page = i - 1};
    marker->block = block_of(marker->node);
  }
  qsort(book->markers, book->marker_count, sizeof *book->markers, compare_markers);
}

/* The first marker that is not below (block, node). */
static const struct marker *first_marker(const struct book *book, const struct node *block,
                                         const struct node *node) {
  const struct marker wanted = {.block = block, .node = node};
  size_t low = 0, high = book->marker_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_markers(&book->markers[middle], &wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return &book->markers[low];
}

const struct marker *page_list_markers(const struct book *book, const struct node *node,
                                       size_t *count) {
  const struct marker *end = book->markers + book->marker_count;
  const struct marker *first = first_marker(book, block_of(node), node), *after = first;
  while (after < end && after->node == node) after++;
  *count = (size_t)(after - first);
  return first;
}

const struct marker *page_list_block(const struct book *book, const struct node *block,
                                     size_t *count) {
  const struct marker *end = book->markers + book->marker_count;
  const struct marker *first = first_marker(book, block, NULL), *after = first;
  while (after < end && after->block == block) after++;
  *count = (size_t)(after - first);
  return first;
}

void page_list_mark(struct book *book, struct markup *parent, const char *file, size_t page) {
  if (book->marker_files[page]) return;
  struct markup *span = markup_add(parent, "span");
  markup_set(span, "id", arena_printf(book->arena, "page.%zu", page + 1));
  markup_set_type(span, "pagebreak");
  markup_set(span, "role", "doc-pagebreak");
  markup_set(span, "aria-label", book->options->starts[page].label);
  book->marker_files[page] = file;
}

void page_list_mark_node(struct book *book, struct markup *parent, const char *file,
                         const struct node *node) {
  size_t count;
  const struct marker *markers = page_list_markers(book, node, &count);
  for (size_t i = 0; i < count; i++) page_list_mark(book, parent, file, markers[i].page);
}

const char *page_list_address(struct book *book, size_t page) {
  size_t marked = page;
  while (marked > 0 && !book->marker_files[marked]) marked--;
  while (marked < book->options->start_count && !book->marker_files[marked]) marked++;
  if (marked == book->options->start_count) return book->chapters[0].file;
  return arena_printf(book->arena, "%s#page.%zu", book->marker_files[marked], marked + 1);
}

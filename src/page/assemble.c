/* From pieces that have their pages to display lists: counts first, then one pass
 * over the items in reading order that puts each on its page. */
#include "page/kept.h"

#include <stdlib.h>
#include <string.h>

struct assembly {
  struct layout *layout;
  size_t page_count;
  struct item *items; /* of all pages, page after page */
  size_t *starts;     /* where each page's items start; one more than pages */
  size_t *filled;     /* where its next item goes */
};

static bool is_drawn(const struct item *item) {
  return item->kind != ITEM_TEXT || item->text.run;
}

/* --- items ------------------------------------------------------------------------------ */

static void move_item(struct item *item, mpt right, mpt down) {
  switch (item->kind) {
  case ITEM_TEXT:
    item->text.x += right;
    item->text.baseline += down;
    break;
  case ITEM_RECTANGLE:
    item->rectangle.left += right;
    item->rectangle.right += right;
    item->rectangle.top += down;
    item->rectangle.bottom += down;
    break;
  case ITEM_PATH:
    break; /* its steps are moved where they are copied */
  case ITEM_IMAGE:
    item->image.left += right;
    item->image.right += right;
    item->image.top += down;
    item->image.bottom += down;
    break;
  }
}

static void move_path(struct arena *arena, struct item *item, mpt right, mpt down) {
  if (item->kind != ITEM_PATH) return;
  size_t count = item->path.step_count;
  struct path_step *steps = arena_alloc_array(arena, count, sizeof *steps);
  memcpy(steps, item->path.steps, count * sizeof *steps);
  for (size_t i = 0; i < count; i++)
    for (int k = 0; k < 3; k++) {
      steps[i].x[k] += right;
      steps[i].y[k] += down;
    }
  item->path.steps = steps;
}

/* What reaches the edge of the page goes on beyond it. */
static void bleed(const struct layout *layout, struct item *item) {
  mpt right = layout->slug + layout->theme->page_width;
  mpt bottom = layout->slug + layout->theme->page_height;
  if (item->rectangle.left <= layout->slug) item->rectangle.left = layout->slug - PRINT_BLEED;
  if (item->rectangle.top <= layout->slug) item->rectangle.top = layout->slug - PRINT_BLEED;
  if (item->rectangle.right >= right) item->rectangle.right = right + PRINT_BLEED;
  if (item->rectangle.bottom >= bottom) item->rectangle.bottom = bottom + PRINT_BLEED;
}

static void put(struct assembly *assembly, const struct item *item, uint32_t page, mpt top,
                bool artifact) {
  struct layout *layout = assembly->layout;
  struct item *to = &assembly->items[assembly->filled[page]++];
  *to = *item;
  if (artifact) to->element = ELEMENT_ARTIFACT;
  mpt right = layout->slug + layout_shift(layout, page);
  mpt down = layout->slug + layout->theme->margin_top + top;
  move_item(to, right, down);
  move_path(layout->arena, to, right, down);
  if (layout->slug && to->kind == ITEM_RECTANGLE) bleed(layout, to);
}

static void put_range(struct assembly *assembly, size_t from, size_t to) {
  struct layout *layout = assembly->layout;
  for (size_t i = from; i < to; i++) {
    const struct placed_item *placed = &layout->items[i];
    const struct piece *piece = &layout->pieces[placed->piece];
    if (is_drawn(&placed->item)) put(assembly, &placed->item, piece->page, piece->top, false);
  }
}

/* The pieces of a head follow each other from the page's top. */
static void put_repeats(struct assembly *assembly) {
  struct layout *layout = assembly->layout;
  for (size_t i = 0; i < layout->repeats_count; i++) {
    const struct table_head *head = &layout->tables[layout->repeats[i].table];
    for (uint32_t k = 0; k < head->item_count; k++) {
      const struct placed_item *placed = &layout->items[head->first_item + k];
      mpt top = layout->pieces[placed->piece].top - layout->pieces[head->first_piece].top;
      if (is_drawn(&placed->item)) put(assembly, &placed->item, layout->repeats[i].page, top, true);
    }
  }
}

static void count_items(struct assembly *assembly) {
  struct layout *layout = assembly->layout;
  size_t *counts = assembly->starts + 1;
  for (size_t i = 0; i < layout->items_count; i++)
    if (is_drawn(&layout->items[i].item)) counts[layout->pieces[layout->items[i].piece].page]++;
  for (size_t i = 0; i < layout->repeats_count; i++) {
    const struct table_head *head = &layout->tables[layout->repeats[i].table];
    for (uint32_t k = 0; k < head->item_count; k++)
      counts[layout->repeats[i].page] += is_drawn(&layout->items[head->first_item + k].item);
  }
  for (size_t i = 0; i < assembly->page_count; i++) {
    counts[i] += assembly->starts[i];
    assembly->filled[i] = assembly->starts[i];
  }
}

static void assemble_items(struct assembly *assembly, size_t ground, size_t furniture) {
  struct layout *layout = assembly->layout;
  count_items(assembly);
  size_t total = assembly->starts[assembly->page_count];
  assembly->items = arena_alloc_array(layout->arena, total, sizeof *assembly->items);
  put_range(assembly, ground, furniture);
  put_range(assembly, 0, ground);
  put_repeats(assembly);
  put_range(assembly, furniture, layout->items_count);
}

/* --- links, destinations, outline ------------------------------------------------------------ */

static void assemble_links(struct layout *layout, struct page *pages, size_t count) {
  size_t *next = memory_alloc((count + 1) * sizeof *next);
  memset(next, 0, (count + 1) * sizeof *next);
  for (size_t i = 0; i < layout->links_count; i++)
    next[layout->pieces[layout->links[i].piece].page + 1]++;
  for (size_t i = 0; i < count; i++) next[i + 1] += next[i];
  struct link_area *links = arena_alloc_array(layout->arena, layout->links_count, sizeof *links);
  for (size_t i = 0; i < count; i++) {
    pages[i].links = links + next[i];
    pages[i].link_count = next[i + 1] - next[i];
  }
  for (size_t i = 0; i < layout->links_count; i++) {
    const struct piece *piece = &layout->pieces[layout->links[i].piece];
    struct link_area *to = &links[next[piece->page]++];
    mpt right = layout->slug + layout_shift(layout, piece->page);
    mpt down = layout->slug + layout->theme->margin_top + piece->top;
    *to = layout->links[i].area;
    to->left += right;
    to->right += right;
    to->top += down;
    to->bottom += down;
  }
  free(next);
}

/* By page; anchors of one page stay in their order, for theirs are counted. */
static void assemble_destinations(struct layout *layout, struct pages *pages) {
  size_t count = layout->anchors_count;
  size_t *next = memory_alloc((pages->page_count + 1) * sizeof *next);
  memset(next, 0, (pages->page_count + 1) * sizeof *next);
  for (size_t i = 0; i < count; i++) next[layout->pieces[layout->anchors[i].piece].page + 1]++;
  for (size_t i = 0; i < pages->page_count; i++) next[i + 1] += next[i];
  struct destination *destinations = arena_alloc_array(layout->arena, count, sizeof *destinations);
  for (size_t i = 0; i < count; i++) {
    const struct piece *piece = &layout->pieces[layout->anchors[i].piece];
    destinations[next[piece->page]++] =
        (struct destination){.id = layout->anchors[i].id,
                             .page = piece->page,
                             .top = layout->slug + layout->theme->margin_top + piece->top};
  }
  free(next);
  pages->destinations = destinations;
  pages->destination_count = count;
}

/* What headings say in the reader's languages (B19). */
static void assemble_outline(struct layout *layout, struct pages *pages) {
  struct outline_entry *outline =
      arena_alloc_array(layout->arena, layout->headings_count, sizeof *outline);
  for (size_t i = 0; i < layout->headings_count; i++) {
    const struct heading *heading = &layout->headings[i];
    if (heading->piece == NONE || !heading->destination) continue;
    outline[pages->outline_count++] =
        (struct outline_entry){.text = edition_heading_text(heading->node, layout->arena),
                               .level = heading->level,
                               .destination = heading->destination,
                               .element = heading->element};
  }
  pages->outline = outline;
}

static void assemble_starts(struct layout *layout, struct pages *pages,
                            const struct sheet *sheets) {
  struct page_start *starts = arena_alloc_array(layout->arena, pages->page_count, sizeof *starts);
  for (size_t i = 0; i < pages->page_count; i++) starts[i].label = sheets[i].label;
  for (size_t i = 0; i < layout->pieces_count; i++) {
    const struct piece *piece = &layout->pieces[i];
    struct page_start *start = &starts[piece->page];
    if (piece->is_note || !piece->node || start->node) continue;
    start->node = piece_node(piece);
    start->offset = piece->offset;
  }
  pages->starts = starts;
}

static void assemble_labels(struct layout *layout, struct pages *pages, uint32_t body) {
  struct label_range *labels = arena_alloc_array(layout->arena, 2, sizeof *labels);
  labels[0] = (struct label_range){0, LABEL_ROMAN, 1};
  labels[1] = (struct label_range){body, LABEL_DECIMAL, 1};
  pages->labels = labels;
  pages->label_count = body < pages->page_count ? 2 : 1;
}

static void assemble_elements(struct layout *layout, struct pages *pages) {
  struct element *elements =
      arena_alloc_array(layout->arena, layout->elements_count, sizeof *elements);
  memcpy(elements, layout->elements, layout->elements_count * sizeof *elements);
  for (size_t i = 0; i < layout->extents_count; i++) {
    const struct extent *extent = &layout->extents[i];
    const struct piece *piece = &layout->pieces[extent->piece];
    mpt right = layout->slug + layout_shift(layout, piece->page);
    mpt down = layout->slug + layout->theme->margin_top + piece->top;
    struct element *element = &elements[extent->element];
    element->bounds[0] = extent->left + right;
    element->bounds[1] = extent->top + down;
    element->bounds[2] = extent->right + right;
    element->bounds[3] = extent->bottom + down;
    element->bounds_page = piece->page;
  }
  pages->elements = elements;
  pages->element_count = layout->elements_count;
}

/* --- the whole ----------------------------------------------------------------------------------
 */

static struct page *assemble_pages(struct assembly *assembly, const struct sheet *sheets) {
  struct layout *layout = assembly->layout;
  struct page *pages = arena_alloc_array(layout->arena, assembly->page_count, sizeof *pages);
  for (size_t i = 0; i < assembly->page_count; i++)
    pages[i] = (struct page){.width = layout->theme->page_width + 2 * layout->slug,
                             .height = layout->theme->page_height + 2 * layout->slug,
                             .label = sheets[i].label,
                             .items = assembly->items + assembly->starts[i],
                             .item_count = assembly->starts[i + 1] - assembly->starts[i]};
  for (size_t i = 0; layout->slug && i < assembly->page_count; i++) {
    pages[i].bleed = PRINT_BLEED;
    pages[i].trim[0] = pages[i].trim[1] = layout->slug;
    pages[i].trim[2] = layout->slug + layout->theme->page_width;
    pages[i].trim[3] = layout->slug + layout->theme->page_height;
  }
  assemble_links(layout, pages, assembly->page_count);
  return pages;
}

struct pages *assemble(struct layout *layout, const struct sheet *sheets, size_t count,
                       size_t ground, size_t furniture, uint32_t body) {
  struct assembly assembly = {.layout = layout, .page_count = count};
  assembly.starts = memory_alloc((count + 1) * 2 * sizeof *assembly.starts);
  memset(assembly.starts, 0, (count + 1) * 2 * sizeof *assembly.starts);
  assembly.filled = assembly.starts + count + 1;
  assemble_items(&assembly, ground, furniture);
  struct pages *pages = arena_alloc(layout->arena, sizeof *pages);
  *pages = (struct pages){.arena = layout->arena,
                          .edition = layout->edition,
                          .page_count = count,
                          .text_left = layout->left,
                          .text_right = layout->left + layout->width};
  pages->pages = assemble_pages(&assembly, sheets);
  free(assembly.starts);
  assemble_elements(layout, pages);
  assemble_destinations(layout, pages);
  assemble_outline(layout, pages);
  assemble_starts(layout, pages, sheets);
  assemble_labels(layout, pages, body);
  return pages;
}

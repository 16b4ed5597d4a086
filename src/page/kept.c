/* What a block has become is kept, and put in its place again for the next reader for whom the
 * same block stands in the same surroundings.
 *
 *   likeness of the block, page, level, what stands above ──▶ key
 *   its part of each of the layout's arrays               ──▶ kept, as it was
 *   now: the same parts, their numbers counted from where the block begins this time
 *
 * Keys are compared whole. A block for which a key cannot say all (headings and notes are
 * numbered by the layout, codes stand beside each other, a message was given) is set anew. What
 * is kept borrows its glyphs and their text from the engine, so it is dropped with them. */
#include "page/kept.h"

#include "base/buffer.h"
#include "base/keeper.h"
#include "page/blocks.h"

#include <stdlib.h>
#include <string.h>

/* When more than this is kept, all of it is dropped. */
#define MOST_BYTES (6u * 1024 * 1024)

/* Larger blocks are rare, and would take the room of many. */
#define MOST_NODES 4000

/* How many of each a layout holds. */
struct held {
  size_t pieces, items, elements, links, frames, tables, anchors, extents;
};

/* A block that is being set for the first time in its surroundings. */
struct recording {
  const struct node *block; /* NULL: none */
  struct held start;
  uint32_t above; /* the piece before it in the flow, or NONE */
  size_t pending; /* ids from before it, which wait for its first piece */
  size_t told;
};

struct pages_cache {
  struct keeper *codes;
  struct keeper *index; /* values are addresses of kept blocks */
  struct arena *arena;  /* of those */
  size_t bytes;
  struct buffer key; /* of the last block that was looked for */
  struct recording recording;
};

struct kept_item {
  struct placed_item placed;
  struct glyph_run run; /* of a text */
};

/* All numbers are as they were when it was set. */
struct kept_block {
  struct held start, count;
  struct piece *pieces; /* `node` says only whether there is one, `below` which */
  struct kept_item *items;
  struct element *elements;
  struct placed_link *links;
  struct frame *frames;
  struct table_head *tables;
  struct anchor *anchors;
  struct extent *extents;
  mpt space; /* wanted after it */
  bool breaks, breaks_recto;
  enum keep above; /* of the piece before it, from now on */
};

struct pages_cache *pages_cache_new(void) {
  struct pages_cache *cache = memory_alloc(sizeof *cache);
  cache->codes = keeper_new();
  cache->index = keeper_new();
  cache->arena = arena_new();
  return cache;
}

void pages_cache_free(struct pages_cache *cache) {
  if (!cache) return;
  keeper_free(cache->codes);
  keeper_free(cache->index);
  arena_free(cache->arena);
  buffer_finish(&cache->key);
  free(cache);
}

void pages_cache_forget(struct pages_cache *cache) {
  keeper_free(cache->index);
  arena_free(cache->arena);
  cache->index = keeper_new();
  cache->arena = arena_new();
  cache->bytes = 0;
}

void pages_cache_trim(struct pages_cache *cache, struct text_engine *engine) {
  keeper_trim(cache->codes);
  if (!text_engine_trim(engine) && cache->bytes <= MOST_BYTES) return;
  pages_cache_forget(cache);
  memory_return(); /* else what is kept next would be beside what was, in the gaps that it left */
}

void kept_start(struct layout *layout, struct pages_cache *cache) {
  layout->cache = cache;
  layout->codes = cache ? cache->codes : NULL;
  if (cache) cache->recording.block = NULL;
}

/* --- a block and what surrounds it ------------------------------------------------------- */

/* Not for a block that is met for the first time: most of those are a reader's own. */
static bool may_be_kept(struct layout *layout, const struct node *block) {
  static const uint64_t numbered = KIND_BIT(NODE_HEADING) | KIND_BIT(NODE_FOOTNOTE) |
                                   KIND_BIT(NODE_FOOTNOTE_MARK) | KIND_BIT(NODE_PAGE_BREAK);
  const struct likeness *likeness = block->likeness;
  return layout->cache && likeness && !likeness->is_new && !(likeness->kinds & numbered) &&
         block->kind != NODE_QR && likeness->node_count <= MOST_NODES && !layout->in_notes &&
         !layout->markers_count;
}

/* What it stands in, sections and divisions, has no look of its own. */
static void make_key(struct layout *layout, const struct node *block, struct buffer *key) {
  const struct edition *edition = layout->edition;
  const struct piece *above = piece_above(layout);
  const struct node *previous = block->previous;
  const int64_t numbers[] = {
      (int64_t)block->likeness->number,
      (intptr_t)layout->theme,
      edition->mode,
      layout->left,
      layout->width,
      layout->space,
      layout->breaks << 1 | layout->breaks_recto,
      above ? (int64_t)above->keep : -1,
      follows_paragraph(block) << 1 | (previous && previous->kind == NODE_PARAGRAPH),
  };
  buffer_clear(key);
  buffer_append(key, numbers, sizeof numbers);
  key_add_text(key, element_language(layout));
  for (size_t i = 0; i < edition->language_count; i++) key_add_text(key, edition->languages[i]);
}

static size_t told(const struct layout *layout) {
  return messages_errors(layout->messages) + messages_warnings(layout->messages);
}

/* Frames are counted from 1. */
static struct held held_now(const struct layout *layout) {
  return (struct held){.pieces = layout->pieces_count,
                       .items = layout->items_count,
                       .elements = layout->elements_count,
                       .links = layout->links_count,
                       .frames = layout->frames_count ? layout->frames_count : 1,
                       .tables = layout->tables_count,
                       .anchors = layout->anchors_count,
                       .extents = layout->extents_count};
}

/* --- keeping ------------------------------------------------------------------------------- */

static void *keep(struct pages_cache *cache, const void *from, size_t count, size_t size) {
  void *copy = arena_alloc_array(cache->arena, count, size);
  if (count) memcpy(copy, from, count * size);
  cache->bytes += count * size;
  return copy;
}

static const char *keep_text(struct pages_cache *cache, const char *text) {
  return text ? keep(cache, text, strlen(text) + 1, 1) : NULL;
}

#define KEEP(name)                                                                                 \
  (kept->count.name = layout->name##_count - kept->start.name,                                     \
   kept->name = keep(cache, kept->count.name ? layout->name + kept->start.name : NULL,             \
                     kept->count.name, sizeof *layout->name))

/* How many nodes of the block come before each piece's. False where it is of another block. */
static bool find_nodes(struct kept_block *kept, const struct node *block) {
  for (size_t i = 0; i < kept->count.pieces; i++) {
    struct piece *piece = &kept->pieces[i];
    struct walk walk = walk_start(block);
    bool found = !piece->node;
    uint32_t before = 0;
    while (!found && walk_next(&walk)) {
      if (!walk.entering) continue;
      found = walk.node == piece->node;
      if (!found) before++;
    }
    if (!found) return false;
    piece->below = before;
  }
  return true;
}

static const struct text_style *keep_style(struct pages_cache *cache,
                                           const struct text_style *style) {
  struct text_style *copy = keep(cache, style, 1, sizeof *style);
  copy->language = keep_text(cache, style->language);
  return copy;
}

static void keep_items(struct pages_cache *cache, const struct layout *layout,
                       struct kept_block *kept) {
  const struct text_style *style = NULL, *copy = NULL;
  kept->count.items = layout->items_count - kept->start.items;
  kept->items = arena_alloc_array(cache->arena, kept->count.items, sizeof *kept->items);
  cache->bytes += kept->count.items * sizeof *kept->items;
  for (size_t i = 0; i < kept->count.items; i++) {
    struct kept_item *to = &kept->items[i];
    to->placed = layout->items[kept->start.items + i];
    struct item *item = &to->placed.item;
    if (item->kind == ITEM_PATH)
      item->path.steps =
          keep(cache, item->path.steps, item->path.step_count, sizeof *item->path.steps);
    if (item->kind != ITEM_TEXT) continue;
    to->run = *item->text.run;
    if (to->run.style != style) copy = keep_style(cache, style = to->run.style);
    to->run.style = copy;
    item->text.run = &to->run;
  }
}

static void keep_texts(struct pages_cache *cache, struct kept_block *kept) {
  for (size_t i = 0; i < kept->count.elements; i++) {
    struct element *element = &kept->elements[i];
    element->language = keep_text(cache, element->language);
    element->alternative = keep_text(cache, element->alternative);
    element->id = keep_text(cache, element->id);
  }
  for (size_t i = 0; i < kept->count.links; i++) {
    struct link_area *area = &kept->links[i].area;
    area->address = keep_text(cache, area->address);
    area->destination = keep_text(cache, area->destination);
    area->contents = keep_text(cache, area->contents);
  }
  for (size_t i = 0; i < kept->count.anchors; i++)
    kept->anchors[i].id = keep_text(cache, kept->anchors[i].id);
}

void kept_take(struct layout *layout, const struct node *block) {
  struct pages_cache *cache = layout->cache;
  if (!cache || cache->recording.block != block) return;
  struct recording *recording = &cache->recording;
  recording->block = NULL;
  bool is_set = layout->pieces_count > recording->start.pieces && !layout->markers_count &&
                !layout->pending_ids_count;
  if (!is_set || told(layout) != recording->told) return;
  struct kept_block *kept = arena_alloc(cache->arena, sizeof *kept);
  *kept = (struct kept_block){.start = recording->start,
                              .space = layout->space,
                              .breaks = layout->breaks,
                              .breaks_recto = layout->breaks_recto};
  kept->start.anchors += recording->pending;
  if (recording->above != NONE) kept->above = layout->pieces[recording->above].keep;
  KEEP(pieces);
  if (!find_nodes(kept, block)) return;
  keep_items(cache, layout, kept);
  KEEP(elements);
  KEEP(links);
  KEEP(tables);
  KEEP(anchors);
  KEEP(extents);
  if (layout->frames_count) KEEP(frames);
  keep_texts(cache, kept);
  cache->bytes += cache->key.length + sizeof *kept;
  keeper_add(cache->index, cache->key.data, cache->key.length, &kept, sizeof kept);
}

/* --- placing again --------------------------------------------------------------------------- */

static uint32_t moved(uint32_t index, size_t from, size_t to) {
  return index == NONE ? NONE : (uint32_t)(index - from + to);
}

/* What stood around the block then is what stands around it now. */
static uint32_t moved_element(const struct layout *layout, const struct kept_block *kept,
                              uint32_t index, size_t to) {
  if (index < kept->start.elements) return layout->open[layout->open_count - 1];
  return moved(index, kept->start.elements, to);
}

static void place_elements(struct layout *layout, const struct kept_block *kept) {
  size_t to = layout->elements_count;
  const char *around = element_language(layout);
  for (size_t i = 0; i < kept->count.elements; i++) {
    struct element *element = LAYOUT_PUSH(layout, elements);
    *element = kept->elements[i];
    element->parent = moved_element(layout, kept, element->parent, to);
    *LAYOUT_PUSH(layout, element_languages) = around; /* none of them is open any more */
  }
}

static void place_pieces(struct layout *layout, const struct kept_block *kept,
                         const struct node *block, const struct held *now) {
  for (size_t i = 0; i < kept->count.pieces; i++) {
    struct piece *piece = LAYOUT_PUSH(layout, pieces);
    *piece = kept->pieces[i];
    if (piece->node) piece->node = block;
    if (piece->frame) piece->frame = moved(piece->frame, kept->start.frames, now->frames);
    piece->table = moved(piece->table, kept->start.tables, now->tables);
  }
}

static void place_items(struct layout *layout, const struct kept_block *kept,
                        const struct held *now) {
  for (size_t i = 0; i < kept->count.items; i++) {
    struct placed_item *placed = LAYOUT_PUSH(layout, items);
    *placed = kept->items[i].placed;
    placed->piece = moved(placed->piece, kept->start.pieces, now->pieces);
    placed->item.element = moved_element(layout, kept, placed->item.element, now->elements);
  }
  for (size_t i = 0; i < kept->count.links; i++) {
    struct placed_link *placed = LAYOUT_PUSH(layout, links);
    *placed = kept->links[i];
    placed->piece = moved(placed->piece, kept->start.pieces, now->pieces);
    placed->area.element = moved_element(layout, kept, placed->area.element, now->elements);
  }
}

static void place_frames(struct layout *layout, const struct kept_block *kept,
                         const struct held *now) {
  for (size_t i = 0; i < kept->count.frames; i++) {
    struct frame frame = kept->frames[i];
    if (frame.parent) frame.parent = moved(frame.parent, kept->start.frames, now->frames);
    frame_add(layout, &frame);
  }
}

static void place_rest(struct layout *layout, const struct kept_block *kept,
                       const struct held *now) {
  for (size_t i = 0; i < kept->count.tables; i++) {
    struct table_head *head = LAYOUT_PUSH(layout, tables);
    *head = kept->tables[i];
    head->first_piece = moved(head->first_piece, kept->start.pieces, now->pieces);
    head->first_item = moved(head->first_item, kept->start.items, now->items);
  }
  for (size_t i = 0; i < kept->count.anchors; i++) {
    struct anchor *anchor = LAYOUT_PUSH(layout, anchors);
    *anchor = kept->anchors[i];
    anchor->piece = moved(anchor->piece, kept->start.pieces, now->pieces);
  }
  for (size_t i = 0; i < kept->count.extents; i++) {
    struct extent *extent = LAYOUT_PUSH(layout, extents);
    *extent = kept->extents[i];
    extent->piece = moved(extent->piece, kept->start.pieces, now->pieces);
    extent->element = moved_element(layout, kept, extent->element, now->elements);
  }
}

static void place_again(struct layout *layout, const struct kept_block *kept,
                        const struct node *block) {
  struct held now = held_now(layout);
  if (piece_above(layout)) piece_above(layout)->keep = kept->above;
  place_elements(layout, kept);
  place_pieces(layout, kept, block, &now);
  place_items(layout, kept, &now);
  place_frames(layout, kept, &now);
  anchors_place(layout, (uint32_t)now.pieces);
  place_rest(layout, kept, &now);
  layout->space = kept->space;
  layout->breaks = kept->breaks;
  layout->breaks_recto = kept->breaks_recto;
}

bool kept_place(struct layout *layout, const struct node *block) {
  if (!may_be_kept(layout, block)) return false;
  struct pages_cache *cache = layout->cache;
  make_key(layout, block, &cache->key);
  const struct kept *known = keeper_find(cache->index, cache->key.data, cache->key.length);
  if (known) {
    const struct kept_block *kept;
    memcpy(&kept, known->value, sizeof kept);
    place_again(layout, kept, block);
    return true;
  }
  const struct piece *above = piece_above(layout);
  cache->recording = (struct recording){.block = block,
                                        .start = held_now(layout),
                                        .above = above ? (uint32_t)(above - layout->pieces) : NONE,
                                        .pending = layout->pending_ids_count,
                                        .told = told(layout)};
  return false;
}

const struct node *piece_node(const struct piece *piece) {
  struct walk walk = walk_start(piece->node);
  uint32_t left = piece->below + 1;
  while (left && walk_next(&walk)) left -= walk.entering;
  return walk.node;
}

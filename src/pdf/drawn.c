/* The content of a page follows from its display list and the fonts' names and codes. Those
 * of prepared fonts are the same in all documents; so the key of a page is their number and
 * its display list, where a text is the identity of its glyph run. Elements count by kind
 * and by where one begins; which they are is the structure tree's matter, which grows
 * for a page that was drawn before as it does for one that is drawn now.
 *
 * A page that shows a glyph of its document's own, or a picture, is always drawn. */
#include "pdf/drawn.h"

#include "pdf/content.h"

#include <string.h>

/* --- keys --------------------------------------------------------------------------- */

/* No artifact's number. */
#define ROLE_SAME (ELEMENT_FOOT - 1)

static uint32_t role_at(const struct pages *pages, const struct page *page, size_t i) {
  uint32_t element = page->items[i].element;
  if (i > 0 && page->items[i - 1].element == element) return ROLE_SAME;
  return element_is_artifact(element) ? element : pages->elements[element].role;
}

/* What of an item decides how it is drawn, of each kind: its kind and the role of an element
 * that begins here, then this. Without padding, for keys are compared as bytes. */
struct text_key {
  uint64_t run;
  mpt x, baseline, rise;
  rgb colour;
};
struct rectangle_key {
  mpt left, top, right, bottom;
  rgb fill;
};
struct path_key {
  uint64_t step_count;
  rgb stroke, fill;
  mpt stroke_width, pitch;
  uint64_t filled;
};

/* False where the item must be drawn each time. */
static bool put_item(const struct item *item, uint32_t role, struct buffer *out) {
  const uint32_t head[] = {item->kind, role};
  buffer_append(out, head, sizeof head);
  switch (item->kind) {
  case ITEM_TEXT: {
    const struct glyph_run *run = item->text.run;
    struct text_key key = {run->identity, item->text.x, item->text.baseline, run->style->rise,
                           run->style->colour};
    buffer_append(out, &key, sizeof key);
    return run->identity != 0;
  }
  case ITEM_RECTANGLE: {
    struct rectangle_key key = {item->rectangle.left, item->rectangle.top, item->rectangle.right,
                                item->rectangle.bottom, item->rectangle.fill};
    buffer_append(out, &key, sizeof key);
    return true;
  }
  case ITEM_PATH: {
    struct path_key key = {item->path.step_count,   item->path.stroke, item->path.fill,
                           item->path.stroke_width, item->path.pitch,  item->path.filled};
    buffer_append(out, &key, sizeof key);
    buffer_append(out, item->path.steps, item->path.step_count * sizeof *item->path.steps);
    return true;
  }
  case ITEM_IMAGE:
    return false;
  }
  return false;
}

_Static_assert(sizeof(struct text_key) == sizeof(uint64_t) + 3 * sizeof(mpt) + sizeof(rgb) &&
                   sizeof(struct rectangle_key) == 4 * sizeof(mpt) + sizeof(rgb) &&
                   sizeof(struct path_key) == 2 * (sizeof(uint64_t) + sizeof(mpt) + sizeof(rgb)),
               "keys have no padding");
_Static_assert(sizeof(struct path_step) == sizeof(enum path_step_kind) + 6 * sizeof(mpt),
               "steps are compared as bytes, so there is no padding");

/* --- the first pass -------------------------------------------------------------------- */

struct drawn_page {
  const struct kept *kept;       /* what was drawn before; NULL: to be drawn */
  size_t key_start, key_length;  /* to keep it by; without length: it cannot be kept */
  bool *used;                    /* prepared fonts, a flag for each */
};

struct drawn {
  const struct pages *pages;
  struct keeper *keeper;
  struct fonts *fonts;
  struct document *document;
  struct drawn_page *drawn; /* by page; in the document's arena */
  struct buffer keys;       /* one after the other */
  struct buffer content, value; /* of the page at hand */
};

struct drawn *drawn_new(const struct pages *pages, struct keeper *keeper, struct fonts *fonts,
                        struct document *document) {
  struct arena *arena = document->arena;
  struct drawn *drawn = arena_alloc(arena, sizeof *drawn);
  *drawn = (struct drawn){pages, keeper, fonts, document, .drawn = NULL};
  drawn->drawn = arena_alloc_array(arena, pages->page_count, sizeof *drawn->drawn);
  return drawn;
}

void drawn_free(struct drawn *drawn) {
  if (!drawn) return;
  buffer_finish(&drawn->keys);
  buffer_finish(&drawn->content);
  buffer_finish(&drawn->value);
}

/* Appends the key of a page; false where it has none. */
static bool put_page(struct drawn *drawn, const struct page *page) {
  const int64_t head[] = {(int64_t)fonts_prepared_number(drawn->fonts), page->height};
  if (!head[0]) return false;
  buffer_append(&drawn->keys, head, sizeof head);
  for (size_t i = 0; i < page->item_count; i++) {
    if (!put_item(&page->items[i], role_at(drawn->pages, page, i), &drawn->keys)) return false;
  }
  return true;
}

static bool note_glyphs(const struct page *page, struct fonts *fonts, bool *used) {
  bool prepared = true;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind == ITEM_TEXT)
      prepared = fonts_note_run(fonts, item->text.run, item->text.source, used) && prepared;
  }
  return prepared;
}

/* What is kept: the flags of the prepared fonts, then the deflated content. */
static void note_page(struct drawn *drawn, size_t number) {
  struct drawn_page *to = &drawn->drawn[number];
  const struct page *page = &drawn->pages->pages[number];
  size_t count = fonts_prepared_count(drawn->fonts), start = drawn->keys.length;
  to->used = arena_alloc(drawn->document->arena, count + 1);
  bool keeps = put_page(drawn, page);
  size_t length = drawn->keys.length - start;
  if (keeps) to->kept = keeper_find(drawn->keeper, drawn->keys.data + start, length);
  if (to->kept) memcpy(to->used, to->kept->value, count);
  else keeps = note_glyphs(page, drawn->fonts, to->used) && keeps;
  to->key_start = start;
  if (keeps && !to->kept) to->key_length = length;
  else drawn->keys.length = start;
  fonts_use_prepared(drawn->fonts, to->used);
}

/* Most items are texts. */
static void make_room(struct drawn *drawn) {
  size_t items = 0;
  for (size_t i = 0; i < drawn->pages->page_count; i++) items += drawn->pages->pages[i].item_count;
  buffer_room(&drawn->keys, items * (2 * sizeof(uint32_t) + sizeof(struct text_key)));
}

void drawn_note(struct drawn *drawn) {
  if (fonts_prepared_number(drawn->fonts)) make_room(drawn);
  for (size_t i = 0; i < drawn->pages->page_count; i++) note_page(drawn, i);
}

/* --- the second pass ------------------------------------------------------------------- */

/* The marks that drawing the page would have made. */
static void replay_marks(const struct page *page, size_t number, struct structure *structure) {
  uint32_t last = ELEMENT_ARTIFACT;
  for (size_t i = 0; i < page->item_count; i++) {
    uint32_t element = page->items[i].element;
    if (element != last && !element_is_artifact(element)) structure_mark(structure, element, number);
    last = element;
  }
}

/* Keeps what was drawn, or gives it to the document alone; where it lies then. */
static const char *keep(struct drawn *drawn, const struct drawn_page *page) {
  const struct buffer *value = &drawn->value;
  if (!page->key_length) return arena_strndup(drawn->document->arena, value->data, value->length);
  return keeper_add(drawn->keeper, drawn->keys.data + page->key_start, page->key_length,
                    value->data, value->length)
      ->value;
}

void drawn_write(struct drawn *drawn, size_t number, struct images *images,
                 struct structure *structure) {
  const struct drawn_page *from = &drawn->drawn[number];
  const struct page *page = &drawn->pages->pages[number];
  struct document *document = drawn->document;
  size_t count = fonts_prepared_count(drawn->fonts);
  if (from->kept) {
    replay_marks(page, number, structure);
    document_set_content(document, number, (const char *)from->kept->value + count,
                         from->kept->length - count);
    return;
  }
  buffer_clear(&drawn->content);
  buffer_clear(&drawn->value);
  content_write(page, number, drawn->fonts, images, structure, &drawn->content);
  buffer_append(&drawn->value, from->used, count * sizeof *from->used);
  packer_deflate(document->packer, drawn->content.data, drawn->content.length, PACK_FAST,
                 &drawn->value);
  document_set_content(document, number, keep(drawn, from) + count, drawn->value.length - count);
}

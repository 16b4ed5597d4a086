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

#define ROLE_SAME     UINT32_MAX
#define ROLE_ARTIFACT (UINT32_MAX - 1)

static uint32_t role_at(const struct pages *pages, const struct page *page, size_t i) {
  uint32_t element = page->items[i].element;
  if (i > 0 && page->items[i - 1].element == element) return ROLE_SAME;
  return element == ELEMENT_ARTIFACT ? ROLE_ARTIFACT : pages->elements[element].role;
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

static bool put_page(const struct pages *pages, const struct page *page, uint64_t repertoire,
                     struct buffer *out) {
  int64_t head[] = {(int64_t)repertoire, page->height};
  buffer_append(out, head, sizeof head);
  for (size_t i = 0; i < page->item_count; i++) {
    if (!put_item(&page->items[i], role_at(pages, page, i), out)) return false;
  }
  return true;
}

/* --- the first pass -------------------------------------------------------------------- */

static bool note_page(const struct page *page, struct fonts *fonts, bool *used) {
  bool prepared = true;
  for (size_t i = 0; i < page->item_count; i++) {
    const struct item *item = &page->items[i];
    if (item->kind == ITEM_TEXT)
      prepared = fonts_note_run(fonts, item->text.run, item->text.source, used) && prepared;
  }
  return prepared;
}

/* What is kept: the flags of the prepared fonts, then the deflated content. */
void drawn_note(struct drawn_page *drawn, const struct pages *pages, size_t number,
                struct fonts *fonts, struct keeper *keeper, struct document *document) {
  const struct page *page = &pages->pages[number];
  uint64_t repertoire = fonts_prepared_number(fonts);
  size_t count = fonts_prepared_count(fonts);
  drawn->used = arena_alloc(document->arena, count + 1);
  bool keeps = repertoire && put_page(pages, page, repertoire, &drawn->key);
  drawn->kept = keeps ? keeper_find(keeper, drawn->key.data, drawn->key.length) : NULL;
  if (drawn->kept) memcpy(drawn->used, drawn->kept->value, count);
  else keeps = note_page(page, fonts, drawn->used) && keeps;
  if (!keeps || drawn->kept) buffer_clear(&drawn->key);
  fonts_use_prepared(fonts, drawn->used);
}

/* --- the second pass ------------------------------------------------------------------- */

/* The marks that drawing the page would have made. */
static void replay_marks(const struct page *page, size_t number, struct structure *structure) {
  uint32_t last = ELEMENT_ARTIFACT;
  for (size_t i = 0; i < page->item_count; i++) {
    uint32_t element = page->items[i].element;
    if (element != last && element != ELEMENT_ARTIFACT) structure_mark(structure, element, number);
    last = element;
  }
}

void drawn_write(struct drawn_page *drawn, const struct page *page, size_t number,
                 const struct fonts *fonts, struct keeper *keeper, struct images *images,
                 struct structure *structure, struct document *document) {
  size_t count = fonts_prepared_count(fonts);
  if (drawn->kept) {
    replay_marks(page, number, structure);
    document_set_content(document, number, (const char *)drawn->kept->value + count,
                         drawn->kept->length - count);
    return;
  }
  struct buffer content = {0}, value = {0};
  content_write(page, number, fonts, images, structure, &content);
  buffer_append(&value, drawn->used, count * sizeof *drawn->used);
  packer_deflate(document->packer, content.data, content.length, PACK_FAST, &value);
  const char *kept =
      drawn->key.length
          ? keeper_add(keeper, drawn->key.data, drawn->key.length, value.data, value.length)->value
          : arena_strndup(document->arena, value.data, value.length);
  document_set_content(document, number, kept + count, value.length - count);
  buffer_finish(&drawn->key);
  buffer_finish(&content);
  buffer_finish(&value);
}

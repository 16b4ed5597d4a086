/* Pages as text, one thing to a line, lengths in points: for goldens, and for
 * people who want to know where something stands. */
#include "page/page.h"

/* Half away from zero, to a tenth of a point: what a change of less than that moves is
 * of no interest in a golden. */
static void put_length(struct buffer *out, mpt length) {
  int64_t tenths = ((length < 0 ? -(int64_t)length : length) + 50) / 100;
  buffer_printf(out, "%s%d.%d", length < 0 && tenths ? "-" : "", (int)(tenths / 10),
                (int)(tenths % 10));
}

static void put_lengths(struct buffer *out, const mpt *lengths, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i) buffer_append_byte(out, ' ');
    put_length(out, lengths[i]);
  }
}

static void put_element(struct buffer *out, const struct pages *pages, uint32_t element) {
  if (element_is_artifact(element)) buffer_append_text(out, "-");
  else buffer_printf(out, "%s:%u", role_name(pages->elements[element].role), element);
}

static void put_text(struct buffer *out, const struct item *item) {
  const struct glyph_run *run = item->text.run;
  mpt place[] = {item->text.x + run->start, item->text.baseline, run->end - run->start};
  buffer_append_text(out, "text ");
  put_lengths(out, place, 3);
  buffer_printf(out, " %s ", run->face->postscript_name);
  put_length(out, run->size);
  buffer_printf(out, " %06x \"", run->style->colour);
  for (struct cluster cluster = {0}; cluster_next(run, &cluster);)
    buffer_append(out, item->text.source + cluster.text_start,
                  cluster.text_end - cluster.text_start);
  buffer_append_text(out, "\"");
}

static void put_rectangle(struct buffer *out, const struct item *item) {
  const mpt sides[] = {item->rectangle.left, item->rectangle.top, item->rectangle.right,
                       item->rectangle.bottom};
  buffer_append_text(out, "rectangle ");
  put_lengths(out, sides, 4);
  buffer_printf(out, " %06x", item->rectangle.fill);
}

static void put_path(struct buffer *out, const struct item *item) {
  static const int points[] = {
      [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
  mpt box[4] = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
  for (size_t i = 0; i < item->path.step_count; i++) {
    const struct path_step *step = &item->path.steps[i];
    for (int k = 3 - points[step->kind]; k < 3; k++) {
      if (step->x[k] < box[0]) box[0] = step->x[k];
      if (step->y[k] < box[1]) box[1] = step->y[k];
      if (step->x[k] > box[2]) box[2] = step->x[k];
      if (step->y[k] > box[3]) box[3] = step->y[k];
    }
  }
  buffer_append_text(out, "path ");
  put_lengths(out, box, 4);
  buffer_printf(out, " %zu steps", item->path.step_count);
}

static void put_image(struct buffer *out, const struct item *item) {
  const mpt sides[] = {item->image.left, item->image.top, item->image.right, item->image.bottom};
  buffer_append_text(out, "image ");
  put_lengths(out, sides, 4);
  buffer_printf(out, " %s", item->image.picture->target);
}

static void put_item(struct buffer *out, const struct pages *pages, const struct item *item) {
  buffer_append_text(out, "  ");
  switch (item->kind) {
  case ITEM_TEXT:
    put_text(out, item);
    break;
  case ITEM_RECTANGLE:
    put_rectangle(out, item);
    break;
  case ITEM_PATH:
    put_path(out, item);
    break;
  case ITEM_IMAGE:
    put_image(out, item);
    break;
  }
  buffer_append_byte(out, ' ');
  put_element(out, pages, item->element);
  buffer_append_byte(out, '\n');
}

static void put_link(struct buffer *out, const struct link_area *link) {
  const mpt sides[] = {link->left, link->top, link->right, link->bottom};
  buffer_append_text(out, "  link ");
  put_lengths(out, sides, 4);
  if (link->address) buffer_printf(out, " %s", link->address);
  else buffer_printf(out, " #%s", link->destination);
  buffer_printf(out, " Link:%u\n", link->element);
}

static void put_page(struct buffer *out, const struct pages *pages, size_t index) {
  const struct page *page = &pages->pages[index];
  const mpt size[] = {page->width, page->height};
  buffer_printf(out, "page %zu \"%s\" ", index + 1, page->label);
  put_lengths(out, size, 2);
  buffer_append_byte(out, '\n');
  for (size_t i = 0; i < page->item_count; i++) put_item(out, pages, &page->items[i]);
  for (size_t i = 0; i < page->link_count; i++) put_link(out, &page->links[i]);
}

static void put_outline(struct buffer *out, const struct pages *pages) {
  buffer_append_text(out, "outline\n");
  for (size_t i = 0; i < pages->outline_count; i++) {
    const struct outline_entry *entry = &pages->outline[i];
    buffer_printf(out, "%*s%s #%s\n", entry->level * 2, "", entry->text, entry->destination);
  }
}

static void put_structure(struct buffer *out, const struct pages *pages) {
  buffer_append_text(out, "structure\n");
  for (size_t i = 0; i < pages->element_count; i++) {
    const struct element *element = &pages->elements[i];
    buffer_printf(out, "  %s:%zu", role_name(element->role), i);
    if (i) buffer_printf(out, " in %u", element->parent);
    if (element->language) buffer_printf(out, " %s", element->language);
    if (element->id) buffer_printf(out, " #%s", element->id);
    if (element->alternative) buffer_printf(out, " \"%s\"", element->alternative);
    buffer_append_byte(out, '\n');
  }
}

void pages_dump(const struct pages *pages, struct buffer *out) {
  for (size_t i = 0; i < pages->page_count; i++) put_page(out, pages, i);
  put_outline(out, pages);
  put_structure(out, pages);
}

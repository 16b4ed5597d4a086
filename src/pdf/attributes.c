/* Attributes belong to an owner (List, Table, Layout; ISO 32000-1, 14.8.5), and each
 * role has at most one owner here, so one attribute object is enough. */
#include "pdf/attributes.h"

#include "pdf/syntax.h"

#include <string.h>

static const char *const numbering_names[] = {
    [LIST_NONE] = "None",
    [LIST_DISC] = "Disc",
    [LIST_DECIMAL] = "Decimal",
};

static void put_list(const struct element *element, struct buffer *out) {
  buffer_printf(out, "/A<</O/List/ListNumbering/%s>>", numbering_names[element->numbering]);
}

static void put_headings(const struct tables *tables, uint32_t index, struct buffer *out) {
  size_t count;
  const uint32_t *headings = tables_headings(tables, index, &count);
  if (count == 0) return;
  buffer_append_text(out, "/Headers[");
  for (size_t i = 0; i < count; i++) {
    const char *identifier = tables_identifier(tables, headings[i]);
    put_bytes(out, identifier, strlen(identifier));
  }
  buffer_append_byte(out, ']');
}

static const char *const scope_entries[] = {
    [SCOPE_NONE] = "",
    [SCOPE_ROW] = "/Scope/Row",
    [SCOPE_COLUMN] = "/Scope/Column",
};

static void put_cell(const struct element *element, const struct tables *tables, uint32_t index,
                     struct buffer *out) {
  buffer_append_text(out, "/A<</O/Table");
  if (element->role == ROLE_TH) buffer_append_text(out, scope_entries[element->scope]);
  put_headings(tables, index, out);
  buffer_append_text(out, ">>");
}

static void put_box(const struct pages *pages, const struct element *element, struct buffer *out) {
  const mpt *bounds = element->bounds;
  if (bounds[0] == bounds[2] || element->bounds_page >= pages->page_count) return;
  mpt height = pages->pages[element->bounds_page].height;
  mpt box[4] = {bounds[0], height - bounds[3], bounds[2], height - bounds[1]};
  buffer_append_text(out, "/A<</O/Layout/Placement/Block/BBox[");
  for (int i = 0; i < 4; i++) {
    if (i > 0) buffer_append_byte(out, ' ');
    put_length(out, box[i]);
  }
  buffer_append_text(out, "]>>");
}

static void put_string(struct buffer *out, const char *key, const char *bytes) {
  if (!bytes) return;
  buffer_append_text(out, key);
  put_bytes(out, bytes, strlen(bytes));
}

/* What stands before an item of a list without numbers is drawn, and stands for a character. */
static bool is_disc(const struct pages *pages, const struct element *element) {
  const struct element *item = &pages->elements[element->parent];
  return element->role == ROLE_LBL && !element->alternative && item->role == ROLE_LI &&
         pages->elements[item->parent].numbering == LIST_DISC;
}

void attributes_put(const struct pages *pages, const struct tables *tables, uint32_t index,
                    struct buffer *out) {
  const struct element *element = &pages->elements[index];
  const char *heading = tables_identifier(tables, index);
  put_string(out, "/Lang", element->language);
  if (element->alternative) {
    buffer_append_text(out, "/Alt");
    put_text(out, element->alternative);
  }
  if (is_disc(pages, element)) {
    buffer_append_text(out, "/ActualText");
    put_text(out, "\xE2\x80\xA2");
  }
  put_string(out, "/ID", heading ? heading : element->id);
  if (element->role == ROLE_L) put_list(element, out);
  else if (element->role == ROLE_TH || element->role == ROLE_TD) {
    put_cell(element, tables, index, out);
  } else if (element->role == ROLE_FIGURE || element->role == ROLE_FORM) {
    put_box(pages, element, out);
  }
}

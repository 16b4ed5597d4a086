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

static void put_cell(const struct element *element, struct buffer *out) {
  bool scoped = element->role == ROLE_TH && element->scope != SCOPE_NONE;
  if (!scoped && element->column_span < 2 && element->row_span < 2) return;
  buffer_append_text(out, "/A<</O/Table");
  if (scoped) {
    buffer_append_text(out, element->scope == SCOPE_ROW ? "/Scope/Row" : "/Scope/Column");
  }
  if (element->column_span > 1) buffer_printf(out, "/ColSpan %u", element->column_span);
  if (element->row_span > 1) buffer_printf(out, "/RowSpan %u", element->row_span);
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

void attributes_put(const struct pages *pages, const struct element *element, struct buffer *out) {
  if (element->language) {
    buffer_append_text(out, "/Lang");
    put_bytes(out, element->language, strlen(element->language));
  }
  if (element->alternative) {
    buffer_append_text(out, "/Alt");
    put_text(out, element->alternative);
  }
  if (element->id) {
    buffer_append_text(out, "/ID");
    put_bytes(out, element->id, strlen(element->id));
  }
  if (element->role == ROLE_L) put_list(element, out);
  else if (element->role == ROLE_TH || element->role == ROLE_TD) put_cell(element, out);
  else if (element->role == ROLE_FIGURE || element->role == ROLE_FORM) put_box(pages, element, out);
}

/* The structure tree in the making. Elements are added in reading order below the
 * innermost that is open, so a parent always stands before its children. */
#include "page/layout.h"

#include <assert.h>
#include <string.h>

const char *element_language(const struct layout *layout) {
  if (!layout->open_count) return layout->edition->languages[0];
  return layout->element_languages[layout->open[layout->open_count - 1]];
}

uint32_t element_add(struct layout *layout, enum role role, const char *language) {
  const char *around = element_language(layout);
  uint32_t parent = layout->open_count ? layout->open[layout->open_count - 1] : 0;
  bool differs = language && strcmp(language, around) != 0;
  uint32_t index = (uint32_t)layout->elements_count;
  *LAYOUT_PUSH(layout, elements) =
      (struct element){.role = role, .parent = parent, .language = differs ? language : NULL};
  *LAYOUT_PUSH(layout, element_languages) = differs ? language : around;
  return index;
}

uint32_t element_open(struct layout *layout, enum role role, const char *language) {
  uint32_t index = element_add(layout, role, language);
  *LAYOUT_PUSH(layout, open) = index;
  return index;
}

void element_close(struct layout *layout) {
  layout->open_count--;
}

void element_close_to(struct layout *layout, size_t count) {
  layout->open_count = count;
}

static const char *const role_names[] = {
    [ROLE_DOCUMENT] = "Document",
    [ROLE_PART] = "Part",
    [ROLE_SECT] = "Sect",
    [ROLE_DIV] = "Div",
    [ROLE_H1] = "H1",
    [ROLE_H2] = "H2",
    [ROLE_H3] = "H3",
    [ROLE_H4] = "H4",
    [ROLE_H5] = "H5",
    [ROLE_H6] = "H6",
    [ROLE_P] = "P",
    [ROLE_L] = "L",
    [ROLE_LI] = "LI",
    [ROLE_LBL] = "Lbl",
    [ROLE_LBODY] = "LBody",
    [ROLE_TABLE] = "Table",
    [ROLE_THEAD] = "THead",
    [ROLE_TBODY] = "TBody",
    [ROLE_TR] = "TR",
    [ROLE_TH] = "TH",
    [ROLE_TD] = "TD",
    [ROLE_CAPTION] = "Caption",
    [ROLE_TOC] = "TOC",
    [ROLE_TOCI] = "TOCI",
    [ROLE_REFERENCE] = "Reference",
    [ROLE_LINK] = "Link",
    [ROLE_NOTE] = "Note",
    [ROLE_FIGURE] = "Figure",
    [ROLE_BLOCK_QUOTE] = "BlockQuote",
    [ROLE_CODE] = "Code",
    [ROLE_SPAN] = "Span",
    [ROLE_FORM] = "Form",
};
static_assert(sizeof role_names / sizeof *role_names == ROLE_COUNT, "a name for each role");

const char *role_name(enum role role) {
  return role_names[role];
}

/* The structure tree in the making. Elements are added in reading order below the
 * innermost that is open, so a parent always stands before its children. */
#include "page/layout.h"

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

/* A text in several languages, and the one that fits a reader best. */
#include "guide/guide.h"

#include <string.h>

static bool same_language(const char *a, const char *b) {
  size_t length = strcspn(a, "-");
  return length == strcspn(b, "-") && memcmp(a, b, length) == 0;
}

const char *words_in(const struct words *words, const char *language) {
  const struct words *near = NULL;
  for (const struct words *word = words; word && language; word = word->next) {
    if (!word->language) continue;
    if (strcmp(word->language, language) == 0) return word->text;
    if (!near && same_language(word->language, language)) near = word;
  }
  if (near) return near->text;
  return words ? words->text : NULL;
}

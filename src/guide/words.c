/* A text in several languages, and the one that fits a reader best. */
#include "guide/guide.h"

#include <string.h>

static bool same_language(const char *a, const char *b) {
  size_t length = strcspn(a, "-");
  return length == strcspn(b, "-") && memcmp(a, b, length) == 0;
}

bool language_is_tag(const char *text) {
  size_t first = strcspn(text, "-");
  if (first < 2 || first > 3 || strlen(text) > 35) return false;
  for (size_t part = 0, parts = 0; *text; text++) {
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    bool digit = parts && *text >= '0' && *text <= '9';
    if (!letter && !digit && *text != '-') return false;
    parts += *text == '-';
    part = *text == '-' ? 0 : part + 1;
    if (part > 8 || (!part && (!text[1] || text[1] == '-'))) return false;
  }
  return true;
}

bool language_is_among(const char *language, const char *const *languages, size_t count) {
  for (size_t i = 0; language && i < count; i++) {
    if (strcmp(languages[i], language) == 0) return true;
  }
  return false;
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

bool words_have(const struct words *words, const char *language) {
  while (words && !(words->language && same_language(words->language, language)))
    words = words->next;
  return words != NULL;
}

void words_put(struct words **words, struct words *word) {
  while (*words && strcmp((*words)->language, word->language) != 0) words = &(*words)->next;
  word->next = *words ? (*words)->next : NULL;
  *words = *word->text ? word : word->next;
}

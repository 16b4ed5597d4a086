/* English words divided by the patterns of libhyphen (A28): six letters at least,
 * three before and three after; no names in capitals, no words with digits or
 * hyphens in them, not the last word of a paragraph. A division near a word's end
 * costs more than one in its middle. */
#include "text/setting.h"

#include "base/sandbox.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef HANDOUT_HYPHEN_FOLDER
#define HANDOUT_HYPHEN_FOLDER "/usr/share/hyphen"
#endif

enum { SHORTEST_WORD = 6, LONGEST_WORD = 64, LEAST_BEFORE = 3, LEAST_AFTER = 3 };

struct hyphenator {
  HyphenDict *english;
};

/* Without them lines would break elsewhere: the same input would not give the same bytes. */
struct hyphenator *hyphenator_new(struct messages *messages) {
  static const char path[] = HANDOUT_HYPHEN_FOLDER "/hyph_en_US.dic";
  HyphenDict *english = hnj_hyphen_load(path);
  if (!english) {
    message_io_error(messages, NULL, "no-hyphenation", "%s: the patterns cannot be read", path);
    message_hint(messages, "the Debian package hyphen-en-us brings them");
    return NULL;
  }
  struct hyphenator *hyphenator = memory_alloc(sizeof *hyphenator);
  hyphenator->english = english;
  return hyphenator;
}

void hyphenator_free(struct hyphenator *hyphenator) {
  if (!hyphenator) return;
  hnj_hyphen_free(hyphenator->english);
  free(hyphenator);
}

/* Lower case of a word that may be divided: a capital at its start alone. */
static bool copy_word(const struct setting *s, uint32_t start, uint32_t length, char *word) {
  for (uint32_t i = 0; i < length; i++) {
    uint32_t c = s->codes[start + i];
    bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z')) return false;
    if (upper && i > 0) return false;
    word[i] = (char)(upper ? c + 0x20 : c);
  }
  word[length] = '\0';
  return true;
}

static int32_t hyphen_penalty(uint32_t before, uint32_t after) {
  uint32_t edge = before < after ? before : after;
  return PENALTY_HYPHEN + (edge <= 3 ? PENALTY_EDGE : edge == 4 ? PENALTY_EDGE / 3 : 0);
}

static void divide(struct setting *s, uint32_t start, uint32_t length) {
  char word[LONGEST_WORD + 1], hyphens[LONGEST_WORD + 5] = "";
  char **replacements = NULL;
  int *positions = NULL, *cuts = NULL;
  if (!copy_word(s, start, length, word)) return;
  bool failed = hnj_hyphen_hyphenate3(s->engine->hyphenator->english, word, (int)length, hyphens,
                                      NULL, &replacements, &positions, &cuts, LEAST_BEFORE,
                                      LEAST_AFTER, LEAST_BEFORE, LEAST_AFTER);
  for (uint32_t i = LEAST_BEFORE; !failed && i + LEAST_AFTER <= length; i++) {
    if (hyphens[i - 1] % 2 == 0 || s->joints[start + i].penalty != BREAK_NEVER) continue;
    s->joints[start + i] = (struct joint){hyphen_penalty(i, length - i), BREAK_HYPHEN};
  }
  for (uint32_t i = 0; replacements && i < length; i++) free(replacements[i]);
  free(replacements);
  free(positions);
  free(cuts);
}

/* --- which words ------------------------------------------------------------------ */

static enum kind kind_at(const struct setting *s, int64_t i) {
  return i < 0 || i >= s->count ? KIND_SPACE : (enum kind)s->characters[i].kind;
}

static bool is_apostrophe(const struct setting *s, int64_t i) {
  return i < s->count && (s->codes[i] == 0x2019 || s->codes[i] == '\'');
}

static bool is_dash(const struct setting *s, int64_t i) {
  return i >= 0 && i < s->count && s->codes[i] >= 0x2013 && s->codes[i] <= 0x2015;
}

static bool is_free_before(enum kind kind) {
  return kind_is_space(kind) || kind_is_han(kind) || kind == KIND_LATIN_OPEN;
}

/* Not part of an address, a name like "scikit-learn", a file name. */
static bool stands_alone(const struct setting *s, uint32_t start, uint32_t end) {
  int64_t before = (int64_t)start - 1;
  if (!is_free_before(kind_at(s, before)) && !is_dash(s, before)) return false;
  enum kind after = kind_at(s, end), beyond = kind_at(s, (int64_t)end + 1);
  if (is_apostrophe(s, end) || is_dash(s, end)) return true;
  if (after == KIND_POINT) return beyond != KIND_LETTER && beyond != KIND_DIGIT;
  bool closes = after == KIND_LATIN_CLOSE || after == KIND_NOTE;
  return kind_is_space(after) || kind_is_han(after) || closes;
}

/* English, or Latin words of Chinese text; the patterns are wrong for all else. */
static bool is_english(const struct setting *s, uint32_t i) {
  const char *language = character_style(s, &s->characters[i])->language;
  if (!language) language = s->spec->language;
  return s->characters[i].han_language || strncmp(language, "en", 2) == 0;
}

static uint32_t last_letter(const struct setting *s) {
  for (uint32_t i = s->count; i > 0; i--) {
    if (s->characters[i - 1].kind == KIND_LETTER || s->characters[i - 1].kind == KIND_HAN) return i;
  }
  return 0;
}

void hyphenate(struct setting *s) {
  uint32_t last = last_letter(s);
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->characters[i].kind != KIND_LETTER) continue;
    uint32_t start = i;
    while (i < s->count && s->characters[i].kind == KIND_LETTER) i++;
    uint32_t length = i - start;
    bool long_enough = length >= SHORTEST_WORD && length <= LONGEST_WORD;
    if (!long_enough || i >= last || s->characters[start].verbatim) continue;
    if (is_english(s, start) && stands_alone(s, start, i)) divide(s, start, length);
  }
}

void text_let_read(struct sandbox *sandbox) {
  sandbox_may_read(sandbox, HANDOUT_HYPHEN_FOLDER);
}

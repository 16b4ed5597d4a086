/* What the characters of a text say: its normal form, its language, and whether a
 * line break in the source was a space. ICU knows the characters. */
#include "guide/load.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* --- normalisation form C -------------------------------------------------------- */

/* Below U+0300 every text is in its normal form. */
static bool is_plain(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if ((unsigned char)text[i] >= 0xCC) return false;
  }
  return true;
}

static char *to_utf8(struct arena *arena, const UChar *text, int32_t length) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t size = 0;
  u_strToUTF8(NULL, 0, &size, text, length, &error);
  char *copy = arena_alloc(arena, (size_t)size + 1);
  error = U_ZERO_ERROR;
  u_strToUTF8(copy, size + 1, NULL, text, length, &error);
  return copy;
}

static char *compose(struct arena *arena, const UNormalizer2 *nfc, const UChar *wide,
                     int32_t count) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t size = unorm2_normalize(nfc, wide, count, NULL, 0, &error);
  UChar *composed = memory_alloc(((size_t)size + 1) * sizeof *composed);
  error = U_ZERO_ERROR;
  unorm2_normalize(nfc, wide, count, composed, size + 1, &error);
  char *copy = to_utf8(arena, composed, size);
  free(composed);
  return copy;
}

char *script_normalise(struct arena *arena, const char *text, size_t length) {
  if (is_plain(text, length)) return arena_strndup(arena, text, length);
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  UChar *wide = memory_alloc((length + 1) * sizeof *wide);
  int32_t count = 0;
  u_strFromUTF8(wide, (int32_t)length + 1, &count, text, (int32_t)length, &error);
  bool normal = unorm2_isNormalized(nfc, wide, count, &error);
  char *copy = normal ? arena_strndup(arena, text, length) : compose(arena, nfc, wide, count);
  free(wide);
  return copy;
}

/* --- languages ------------------------------------------------------------------- */

/* An English sentence may cite a Chinese word; a Chinese one is full of names in
 * Latin letters. One character of Han weighs as much as a Latin word or two. */
#define HAN_WEIGHT 8

static const char *declared(const struct guide *guide, bool han, const char *usual) {
  for (size_t i = 0; i < guide->language_count; i++) {
    const char *language = guide->languages[i];
    bool is_han = strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0;
    if (is_han == han) return language;
  }
  return usual;
}

/* Of a text: its letters, and the words that go on in small letters after another. */
struct letters {
  size_t han, other, running;
  bool ends; /* with the mark of a sentence */
};

static bool is_end(UChar32 c) {
  return (c < 0x80 && c && strchr(".?!:;", (int)c)) || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
         c == 0xFF1A || c == 0xFF1B;
}

static struct letters count_letters(const char *text, size_t length) {
  struct letters letters = {0};
  UChar32 before = 0, last = 0;
  for (size_t at = 0, step; at < length; at += step) {
    UChar32 c = (UChar32)utf8_decode(text + at, length - at, &step);
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = c < 0x80 ? USCRIPT_LATIN : uscript_getScript(c, &error);
    bool letter = c < 0x80 ? u_isalpha(c) : script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
    if (letter && script == USCRIPT_HAN) letters.han++;
    else if (letter) letters.other++;
    if (letter && script != USCRIPT_HAN && !u_isupper(c) && last == ' ' && u_isalpha(before))
      letters.running++;
    if (c != ' ') letters.ends = is_end(c);
    before = last;
    last = c;
  }
  return letters;
}

static bool is_chinese(const struct letters *letters) {
  return letters->han > 0 && letters->han * HAN_WEIGHT >= letters->other;
}

/* A name seldom has as many, or as many running words. */
#define HAN_SENTENCE     4
#define RUNNING_SENTENCE 2

enum script_says script_says(const char *text, size_t length) {
  struct letters letters = count_letters(text, length);
  if (letters.han + letters.other == 0) return SCRIPT_SAYS_NOTHING;
  bool sentence = is_chinese(&letters)
                      ? letters.han >= HAN_SENTENCE
                      : letters.running >= RUNNING_SENTENCE || (letters.running && letters.ends);
  return sentence ? SCRIPT_SAYS_SENTENCE : SCRIPT_SAYS_NAME;
}

bool script_ends_sentence(const char *text, size_t length) {
  return count_letters(text, length).ends;
}

const char *script_language(const struct guide *guide, const char *text, size_t length) {
  struct letters letters = count_letters(text, length);
  bool chinese = is_chinese(&letters);
  return declared(guide, chinese, chinese ? "zh-Hans" : "en");
}

const char *script_block_language(const struct guide *guide, const char *text, size_t length) {
  const char *language = script_language(guide, text, length);
  bool listed = language_is_among(language, guide->languages, guide->language_count);
  return listed || !guide->language_count ? language : guide->languages[0];
}

/* --- line breaks in the source ---------------------------------------------------- */

static bool is_wide(UChar32 c) {
  int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  UErrorCode error = U_ZERO_ERROR;
  return (width == U_EA_FULLWIDTH || width == U_EA_WIDE || width == U_EA_HALFWIDTH) &&
         uscript_getScript(c, &error) != USCRIPT_HANGUL;
}

/* Quotation marks, dashes and ellipses belong to either script. */
static bool is_shared_mark(UChar32 c) {
  return (c >= 0x2014 && c <= 0x201D) || c == 0x2026 || c == 0x22EF || c == 0xB7;
}

static UChar32 last_character(const char *text, size_t length) {
  size_t start = length - 1, step;
  while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80) start--;
  return (UChar32)utf8_decode(text + start, length - start, &step);
}

bool script_needs_space(const char *before, size_t before_length, const char *after,
                        size_t after_length) {
  if (before_length == 0 || after_length == 0) return false;
  size_t step;
  UChar32 left = last_character(before, before_length);
  UChar32 right = (UChar32)utf8_decode(after, after_length, &step);
  bool left_wide = is_wide(left), right_wide = is_wide(right);
  if (left_wide && right_wide) return false;
  return !(left_wide && is_shared_mark(right)) && !(right_wide && is_shared_mark(left));
}

/* --- what no text may hold ---------------------------------------------------------- */

static bool is_forbidden(uint32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  return (c >= 0x7F && c < 0xA0) || utf8_is_noncharacter(c) || utf8_turns_direction(c);
}

/* The first such character, or the end. */
static size_t find_forbidden(const char *text, size_t length, uint32_t *c, size_t *step) {
  size_t at = 0;
  for (; at < length; at += *step) {
    *c = utf8_decode(text + at, length - at, step);
    if (is_forbidden(*c)) break;
  }
  return at;
}

static bool report_forbidden(const struct place *place, uint32_t c, struct messages *messages) {
  message_error(messages, place, "control-character",
                "a control character cannot stand in a text: U+%04X", c);
  return false;
}

bool script_check(const struct source *source, struct messages *messages) {
  uint32_t c;
  size_t step, at = find_forbidden(source->text, source->length, &c, &step);
  if (at == source->length) return true;
  struct place place = source_place(source, at, step);
  return report_forbidden(&place, c, messages);
}

bool script_check_text(const char *text, const struct place *place, struct messages *messages) {
  uint32_t c;
  size_t step, length = text ? strlen(text) : 0;
  bool good = find_forbidden(text, length, &c, &step) == length;
  return good || report_forbidden(place->source ? place : NULL, c, messages);
}

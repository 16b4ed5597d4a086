/* Values are text and stay text. What a value may not be is refused here, with the
 * reason, before anything is built of it: so no later room needs to ask again. */
#include "reader/record.h"

#include "base/buffer.h"
#include "base/limit.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define LONGEST_ID       64
#define LONGEST_LANGUAGE 35 /* RFC 5646, 4.4.1 */

void value_refuse(struct record *record, const char *key, const struct cell *cell,
                  const char *allowed) {
  record->good = false;
  message_error(record->messages, &cell->place, "bad-value", "%s: '%.60s' is not %s", key,
                cell->text, allowed);
}

bool value_too_many(struct record *record, const char *key, const struct cell *cells,
                    size_t count) {
  size_t most = count > 1 ? limit_of(LIMIT_VALUES) : count; /* one is always allowed */
  if (count <= most) return false;
  record->good = false;
  limit_report(record->messages, &cells[most].place, LIMIT_VALUES, key);
  return true;
}

/* "'a4', 'letter', 'a5' or 'b5'" */
static char *list_names(struct arena *arena, const char *const *names, size_t count) {
  struct buffer list = {0};
  for (size_t i = 0; i < count; i++) {
    const char *before = i == 0 ? "" : i + 1 < count ? ", " : " or ";
    buffer_printf(&list, "%s'%s'", before, names[i]);
  }
  return buffer_take(&list, arena);
}

void value_refuse_choice(struct record *record, const char *key, const struct cell *cell,
                         const char *const *names, size_t count, const char *nearest) {
  record->good = false;
  message_error(record->messages, &cell->place, "bad-value", "%s: '%.60s' is not one of %s", key,
                cell->text, list_names(record->reader->arena, names, count));
  if (nearest) message_hint(record->messages, "did you mean '%s'?", nearest);
}

int value_choose(struct record *record, const char *key, const struct cell *cell,
                 const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(cell->text, names[i]) == 0) return (int)i;
  }
  for (size_t i = 0; i < count; i++) {
    if (strcasecmp(cell->text, names[i]) == 0) return (int)i;
  }
  value_refuse_choice(record, key, cell, names, count,
                      message_nearest(cell->text, names, count));
  return -1;
}

void value_hint_several(struct record *record, const struct cell *cell) {
  if (strpbrk(cell->text, ",;/"))
    message_hint(record->messages, "several values are [a, b] in YAML, and a | b in a table");
}

/* --- text ------------------------------------------------------------------------ */

static bool is_control(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static bool check_characters(struct record *record, const char *key, const struct cell *cell,
                             bool may_have_lines) {
  size_t left = strlen(cell->text), step;
  for (const char *at = cell->text; left > 0; at += step, left -= step) {
    uint32_t c = utf8_decode(at, left, &step);
    const char *what = NULL;
    if (utf8_turns_direction(c)) what = "turns the direction of writing round";
    else if (utf8_is_noncharacter(c)) what = "is no character";
    else if (is_control(c) && !(may_have_lines && c == '\n')) what = "is a control character";
    if (!what) continue;
    record->good = false;
    message_error(record->messages, &cell->place, "bad-character",
                  "%s: U+%04X %s and cannot stand in a value", key, (unsigned)c, what);
    return false;
  }
  return true;
}

/* A reader who looks at it would take it for empty. */
static bool check_visible(struct record *record, const char *key, const struct cell *cell) {
  size_t left = strlen(cell->text), step;
  bool is_hidden = false;
  for (const char *at = cell->text; left > 0; at += step, left -= step) {
    UChar32 c = (UChar32)utf8_decode(at, left, &step);
    if (u_isgraph(c)) return true;
    is_hidden |= u_charType(c) == U_FORMAT_CHAR;
  }
  if (!is_hidden) return true;
  record->good = false;
  message_error(record->messages, &cell->place, "bad-character",
                "%s: the value has characters but shows nothing", key);
  return false;
}

static bool check_length(struct record *record, const char *key, const struct cell *cell,
                         size_t longest) {
  size_t length = utf8_count(cell->text, strlen(cell->text));
  if (length <= longest) return true;
  record->good = false;
  message_error(record->messages, &cell->place, "value-too-long",
                "%s: %zu characters are more than the %zu that are allowed", key, length, longest);
  return false;
}

/* Most texts are in NFC already; a quick look at the bytes saves the rest. */
static bool is_latin_1(const char *text) {
  for (; *text; text++) {
    if ((unsigned char)*text > 0xC3) return false;
  }
  return true;
}

static char *normalise(struct arena *arena, const char *text) {
  size_t length = strlen(text);
  if (is_latin_1(text)) return arena_strndup(arena, text, length);
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  int32_t size = (int32_t)length + 1;
  UChar *before = memory_alloc((size_t)size * sizeof *before);
  UChar *after = memory_alloc((size_t)size * 3 * sizeof *after);
  int32_t units = 0;
  u_strFromUTF8(before, size, &units, text, (int32_t)length, &status);
  units = unorm2_normalize(nfc, before, units, after, size * 3, &status);
  int32_t bytes = units * 3 + 1;
  char *out = arena_alloc(arena, (size_t)bytes);
  u_strToUTF8(out, bytes, &bytes, after, units, &status);
  free(before);
  free(after);
  return U_SUCCESS(status) ? out : arena_strndup(arena, text, length);
}

const char *value_text(struct record *record, const char *key, const struct cell *cell,
                       size_t longest, bool may_have_lines) {
  if (!check_length(record, key, cell, longest)) return NULL;
  if (!check_characters(record, key, cell, may_have_lines)) return NULL;
  if (!check_visible(record, key, cell)) return NULL;
  char *text = normalise(record->reader->arena, cell->text);
  for (size_t end = strlen(text); end > 0 && text[end - 1] == '\n'; end--) text[end - 1] = '\0';
  return text;
}

/* --- ids and languages ------------------------------------------------------------- */

static bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

bool value_is_id(const char *text) {
  size_t length = 0;
  while (is_id_letter(text[length])) length++;
  return length >= 1 && length <= LONGEST_ID && !text[length];
}

bool value_is_language(const char *text) {
  char locale[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  UErrorCode status = U_ZERO_ERROR;
  size_t length = strlen(text);
  if (length < 2 || length > LONGEST_LANGUAGE) return false;
  uloc_forLanguageTag(text, locale, sizeof locale, &parsed, &status);
  return U_SUCCESS(status) && (size_t)parsed == length;
}

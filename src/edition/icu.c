/* Formatters of ICU, opened once. Opening one costs ICU more than a hundred uses of
 * it, so each is kept under its kind, locale and skeleton. A use costs more than finding what
 * it gave before: readers of one guide see the same prices and many of the same days. */
#include "edition/icu.h"

#include "base/buffer.h"
#include "base/keeper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define LANGUAGE_SIZE 64

struct opened {
  enum opened_kind kind;
  char language[LANGUAGE_SIZE];
  char skeleton[SKELETON_SIZE];
  void *formatter; /* NULL: ICU has none */
  struct opened *next;
};

struct formats *formats_new(void) {
  UErrorCode status = U_ZERO_ERROR;
  struct formats *formats = memory_alloc(sizeof *formats);
  formats->texts = keeper_new();
  formats->number = memory_check(unumf_openResult(&status));
  formats->range = memory_check(unumrf_openResult(&status));
  return formats;
}

static void close_formatter(enum opened_kind kind, void *formatter) {
  switch (kind) {
  case OPENED_NUMBER:
    unumf_close(formatter);
    break;
  case OPENED_RANGE:
    unumrf_close(formatter);
    break;
  case OPENED_DATE:
    udat_close(formatter);
    break;
  case OPENED_LIST:
    ulistfmt_close(formatter);
    break;
  case OPENED_PLURALS:
    uplrules_close(formatter);
    break;
  }
}

void formats_free(struct formats *formats) {
  if (!formats) return;
  for (struct opened *opened = formats->opened; opened;) {
    struct opened *next = opened->next;
    if (opened->formatter) close_formatter(opened->kind, opened->formatter);
    free(opened);
    opened = next;
  }
  keeper_free(formats->texts);
  unumf_closeResult(formats->number);
  unumrf_closeResult(formats->range);
  free(formats);
}

/* --- opening ------------------------------------------------------------------------------ */

void icu_locale(const char *language, char locale[ULOC_FULLNAME_CAPACITY]) {
  UErrorCode status = U_ZERO_ERROR;
  uloc_forLanguageTag(language, locale, ULOC_FULLNAME_CAPACITY, NULL, &status);
  if (U_FAILURE(status)) snprintf(locale, ULOC_FULLNAME_CAPACITY, "en");
}

static UDateFormat *open_date(const char *locale, const UChar *skeleton, UErrorCode *status) {
  static const UChar utc[] = {'U', 'T', 'C', 0};
  UChar pattern[SKELETON_SIZE];
  UDateTimePatternGenerator *generator = udatpg_open(locale, status);
  int32_t length = udatpg_getBestPattern(generator, skeleton, -1, pattern, SKELETON_SIZE, status);
  udatpg_close(generator);
  return udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, length, status);
}

static void *open_formatter(enum opened_kind kind, const char *locale, const char *skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  UChar units[SKELETON_SIZE];
  void *formatter = NULL;
  u_uastrcpy(units, skeleton);
  switch (kind) {
  case OPENED_NUMBER:
    formatter = unumf_openForSkeletonAndLocale(units, -1, locale, &status);
    break;
  case OPENED_RANGE:
    formatter = unumrf_openForSkeletonWithCollapseAndIdentityFallback(
        units, -1, UNUM_RANGE_COLLAPSE_AUTO, UNUM_IDENTITY_FALLBACK_SINGLE_VALUE, locale, NULL,
        &status);
    break;
  case OPENED_DATE:
    formatter = open_date(locale, units, &status);
    break;
  case OPENED_LIST:
    formatter =
        ulistfmt_openForType(locale, *skeleton == 'o' ? ULISTFMT_TYPE_OR : ULISTFMT_TYPE_AND,
                             ULISTFMT_WIDTH_WIDE, &status);
    break;
  case OPENED_PLURALS:
    formatter = uplrules_openForType(locale, UPLURAL_TYPE_CARDINAL, &status);
    break;
  }
  if (U_SUCCESS(status)) return formatter;
  if (formatter) close_formatter(kind, formatter);
  return NULL;
}

void *icu_formatter(struct formats *formats, enum opened_kind kind, const char *language,
                    const char *skeleton) {
  char locale[ULOC_FULLNAME_CAPACITY];
  for (struct opened *opened = formats->opened; opened; opened = opened->next) {
    if (opened->kind == kind && strcmp(opened->language, language) == 0 &&
        strcmp(opened->skeleton, skeleton) == 0) {
      return opened->formatter;
    }
  }
  struct opened *opened = memory_alloc(sizeof *opened);
  opened->kind = kind;
  snprintf(opened->language, sizeof opened->language, "%s", language);
  snprintf(opened->skeleton, sizeof opened->skeleton, "%s", skeleton);
  icu_locale(language, locale);
  opened->formatter = open_formatter(kind, locale, skeleton);
  opened->next = formats->opened;
  formats->opened = opened;
  return opened->formatter;
}

/* --- what was formatted before ------------------------------------------------------- */

static struct buffer key_of(const struct formatted *formatted) {
  struct buffer key = {0};
  buffer_append(&key, &formatted->kind, sizeof formatted->kind);
  buffer_append(&key, &formatted->value, sizeof formatted->value);
  buffer_append(&key, formatted->language, strlen(formatted->language) + 1);
  buffer_append_text(&key, formatted->skeleton);
  return key;
}

char *icu_find(struct formats *formats, struct arena *arena, const struct formatted *formatted) {
  struct buffer key = key_of(formatted);
  const struct kept *kept = keeper_find(formats->texts, key.data, key.length);
  buffer_finish(&key);
  return kept ? arena_strndup(arena, kept->value, kept->length) : NULL;
}

char *icu_keep(struct formats *formats, const struct formatted *formatted, char *text) {
  if (!text) return NULL;
  struct buffer key = key_of(formatted);
  keeper_trim(formats->texts);
  keeper_add(formats->texts, key.data, key.length, text, strlen(text));
  buffer_finish(&key);
  return text;
}

/* --- texts -------------------------------------------------------------------------- */

char *icu_text(struct arena *arena, const UChar *units, int32_t length, bool no_breaks) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t size = 0, room = length * 3 + 1;
  char *bytes = arena_alloc(arena, (size_t)room);
  u_strToUTF8(bytes, room, &size, units, length, &status);
  if (U_FAILURE(status)) return NULL;
  if (!no_breaks || !strchr(bytes, ' ')) return bytes;
  char *text = arena_alloc(arena, (size_t)size * 2 + 1), *end = text;
  for (int32_t i = 0; i < size; i++) {
    if (bytes[i] == ' ') end = stpcpy(end, NO_BREAK_SPACE);
    else *end++ = bytes[i];
  }
  return text;
}

/* Dates, lists and plurals: what ICU writes with words. Never in the machine's locale
 * or time zone: the language is the reader's, and a date is a day, in UTC. */
#include "edition/icu.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/ulistformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define MILLISECONDS_A_DAY 86400000.0

static char *date_by(struct formats *formats, struct arena *arena, const char *language,
                     struct date date, const char *skeleton) {
  struct date first = {date.year, date.month, date.day ? date.day : 1};
  struct formatted formatted = {FORMATTED_DATE, language, skeleton, (double)date_to_days(first)};
  char *known = icu_find(formats, arena, &formatted);
  if (known) return known;
  UChar units[LONGEST_RESULT];
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *formatter = icu_formatter(formats, OPENED_DATE, language, skeleton);
  if (!formatter) return NULL;
  double time = formatted.value * MILLISECONDS_A_DAY;
  int32_t length = udat_format(formatter, time, units, LONGEST_RESULT, NULL, &status);
  if (U_FAILURE(status)) return NULL;
  return icu_keep(formats, &formatted, icu_text(arena, units, length, false));
}

char *format_date(struct formats *formats, struct arena *arena, const char *language,
                  struct date date) {
  return date_by(formats, arena, language, date, date.day ? "yMMMMd" : "yMMMM");
}

char *format_short_date(struct formats *formats, struct arena *arena, const char *language,
                        struct date date) {
  return date_by(formats, arena, language, date, date.day ? "yMMMd" : "yMMM");
}

/* A text as UTF-16, in the arena. */
static UChar *wide_text(struct arena *arena, const char *text, int32_t *length) {
  UErrorCode status = U_ZERO_ERROR;
  size_t size = strlen(text);
  UChar *units = arena_alloc_array(arena, size + 1, sizeof *units);
  u_strFromUTF8(units, (int32_t)size + 1, length, text, (int32_t)size, &status);
  return units;
}

char *format_list(struct formats *formats, struct arena *arena, const char *language,
                  const char *const *items, size_t count, bool alternatives) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t room = 64 * ((int32_t)count + 1);
  UListFormatter *formatter =
      icu_formatter(formats, OPENED_LIST, language, alternatives ? "or" : "and");
  if (!formatter) return NULL;
  const UChar **texts = arena_alloc_array(arena, count, sizeof *texts);
  int32_t *lengths = arena_alloc_array(arena, count, sizeof *lengths);
  for (size_t i = 0; i < count; i++) {
    texts[i] = wide_text(arena, items[i], &lengths[i]);
    room += lengths[i];
  }
  UChar *units = arena_alloc_array(arena, (size_t)room, sizeof *units);
  int32_t length = ulistfmt_format(formatter, texts, lengths, (int32_t)count, units, room, &status);
  return U_SUCCESS(status) ? icu_text(arena, units, length, false) : NULL;
}

bool format_is_one(struct formats *formats, const char *language, double number) {
  static const UChar one[] = {'o', 'n', 'e', 0};
  UChar category[16];
  UErrorCode status = U_ZERO_ERROR;
  UPluralRules *rules = icu_formatter(formats, OPENED_PLURALS, language, "");
  if (!rules) return number == 1;
  int32_t length = uplrules_select(rules, number, category, 16, &status);
  return U_SUCCESS(status) && length == 3 && u_strncmp(category, one, 3) == 0;
}

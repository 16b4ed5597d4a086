/* What ICU writes. Never in the machine's locale or time zone: the language is the
 * reader's, and a date is a day of the calendar, in UTC. */
#include "edition/maker.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define FORMATTED_SIZE 128

static void locale_of(const char *language, char locale[ULOC_FULLNAME_CAPACITY]) {
  UErrorCode status = U_ZERO_ERROR;
  uloc_forLanguageTag(language, locale, ULOC_FULLNAME_CAPACITY, NULL, &status);
  if (U_FAILURE(status)) snprintf(locale, ULOC_FULLNAME_CAPACITY, "en");
}

static bool read_date(const char *text, int *year, int *month, int *day) {
  int used = 0;
  return sscanf(text, "%4d-%2d-%2d%n", year, month, day, &used) == 3 && !text[used];
}

static UDate day_in_utc(int year, int month, int day, UErrorCode *status) {
  static const UChar utc[] = {'U', 'T', 'C', 0};
  UCalendar *calendar = ucal_open(utc, -1, "en", UCAL_GREGORIAN, status);
  ucal_clear(calendar);
  ucal_setDate(calendar, year, month - 1, day, status);
  UDate date = ucal_getMillis(calendar, status);
  ucal_close(calendar);
  return date;
}

char *format_date(struct arena *arena, const char *date, const char *language) {
  static const UChar utc[] = {'U', 'T', 'C', 0};
  char locale[ULOC_FULLNAME_CAPACITY];
  UChar units[FORMATTED_SIZE];
  char text[FORMATTED_SIZE * 3];
  int year, month, day;
  if (!read_date(date, &year, &month, &day)) return NULL;
  locale_of(language, locale);
  UErrorCode status = U_ZERO_ERROR;
  UDate millis = day_in_utc(year, month, day, &status);
  UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, locale, utc, -1, NULL, 0, &status);
  udat_format(format, millis, units, FORMATTED_SIZE, NULL, &status);
  udat_close(format);
  u_strToUTF8(text, sizeof text, NULL, units, -1, &status);
  return U_SUCCESS(status) ? arena_strdup(arena, text) : NULL;
}

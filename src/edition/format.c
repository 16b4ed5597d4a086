/* Numbers, percentages, units, money and ranges. Chinese money and ranges are built
 * here of ICU's numbers: ICU has no 12 万美元, and its 8,000-12,000 is not how Chinese
 * is set. All else is ICU's, but for its plain spaces. */
#include "edition/icu.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/ustring.h>

/* What is rounded to nothing has no sign. */
#define ROUNDED "rounding-mode-half-up sign-negative"

/* --- texts ---------------------------------------------------------------------- */

static char *format_by(struct formats *formats, struct arena *arena, const char *language,
                       const char *skeleton, double number) {
  struct formatted formatted = {FORMATTED_NUMBER, language, skeleton, number};
  char *known = icu_find(formats, arena, &formatted);
  if (known) return known;
  UErrorCode status = U_ZERO_ERROR;
  UChar units[LONGEST_RESULT];
  UNumberFormatter *formatter = icu_formatter(formats, OPENED_NUMBER, language, skeleton);
  if (!formatter) return NULL;
  unumf_formatDouble(formatter, number, formats->number, &status);
  int32_t length = unumf_resultToString(formats->number, units, LONGEST_RESULT, &status);
  if (U_FAILURE(status)) return NULL;
  return icu_keep(formats, &formatted, icu_text(arena, units, length, true));
}

static bool is_chinese(const char *language) {
  return strncmp(language, "zh", 2) == 0 && (language[2] == '-' || !language[2]);
}

static bool is_traditional(const char *language) {
  return strstr(language, "Hant") || strstr(language, "-TW") || strstr(language, "-HK");
}

static bool is_whole(double number) {
  return floor(number) == number;
}

/* --- plain numbers --------------------------------------------------------------------------- */

char *format_number(struct formats *formats, struct arena *arena, const char *language,
                    double number, int decimals) {
  char skeleton[SKELETON_SIZE];
  char places[16] = "######";
  if (decimals >= 0) snprintf(places, sizeof places, "%.*s", decimals, "000000000");
  snprintf(skeleton, sizeof skeleton, "%s%s " ROUNDED,
           *places ? "." : "precision-integer", places);
  return format_by(formats, arena, language, skeleton, number);
}

char *format_percent(struct formats *formats, struct arena *arena, const char *language,
                     double number) {
  return format_by(formats, arena, language, "percent .## " ROUNDED, number);
}

/* The place after the number that a text begins with, where a word follows at once. */
static const char *find_seam(const char *text) {
  const char *seam = text;
  for (const char *at = text; *at; at++) {
    if (*at >= '0' && *at <= '9') seam = at + 1;
  }
  return seam > text && (unsigned char)*seam >= 0xE0 ? seam : NULL;
}

char *format_unit(struct formats *formats, struct arena *arena, const char *language, double number,
                  const char *unit) {
  char skeleton[SKELETON_SIZE];
  if (strlen(unit) > 40 || strspn(unit, "abcdefghijklmnopqrstuvwxyz-") != strlen(unit)) return NULL;
  snprintf(skeleton, sizeof skeleton, "unit/%s unit-width-full-name .## " ROUNDED,
           unit);
  char *text = format_by(formats, arena, language, skeleton, number);
  const char *seam = text ? find_seam(text) : NULL;
  if (!seam) return text;
  return arena_printf(arena, "%.*s%s%s", (int)(seam - text), text, NO_BREAK_SPACE, seam);
}

/* --- money --------------------------------------------------------------------------------------
 */

static bool is_currency(const char *code, UChar units[4]) {
  if (strlen(code) != 3 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) return false;
  u_uastrcpy(units, code);
  return ucurr_getNumericCode(units) != 0;
}

static const char *money_precision(double amount, enum money_style style) {
  if (is_whole(amount)) return "precision-integer";
  return style == MONEY_EXACT ? ".00#######" : "precision-currency-standard";
}

static char *money_by_icu(struct formats *formats, struct arena *arena, const char *language,
                          double amount, const char *currency, enum money_style style) {
  char skeleton[SKELETON_SIZE];
  if (style == MONEY_COMPACT) {
    snprintf(skeleton, sizeof skeleton, "compact-short currency/%s " ROUNDED,
             currency);
  } else {
    snprintf(skeleton, sizeof skeleton, "currency/%s %s " ROUNDED, currency,
             money_precision(amount, style));
  }
  return format_by(formats, arena, language, skeleton, amount);
}

/* "美元"; of the yuan "元", as it is said behind a figure. */
static char *currency_name(struct formats *formats, struct arena *arena, const char *language,
                           const char *currency) {
  if (strcmp(currency, "CNY") == 0) return arena_strdup(arena, "元");
  struct formatted formatted = {FORMATTED_CURRENCY, language, currency, 0};
  char *known = icu_find(formats, arena, &formatted);
  if (known) return known;
  char locale[ULOC_FULLNAME_CAPACITY];
  UChar code[4];
  UBool choice = 0;
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  icu_locale(language, locale);
  u_uastrcpy(code, currency);
  const UChar *name = ucurr_getPluralName(code, locale, &choice, "other", &length, &status);
  if (U_FAILURE(status)) return NULL;
  return icu_keep(formats, &formatted, icu_text(arena, name, length, true));
}

/* Ten thousands and hundred millions, where they are said: always in the compact
 * style, else where one decimal is enough. */
struct scale {
  double factor;
  const char *word; /* "" for one */
};

static bool fits_scale(double amount, double factor, enum money_style style) {
  if (style == MONEY_COMPACT) return fabs(amount) >= factor * (1 - 5e-6); /* 9,999.95万 is 1亿 */
  return style == MONEY_USUAL && fabs(amount) >= factor && fmod(amount, factor / 10) == 0;
}

static struct scale scale_of(const char *language, double amount, enum money_style style) {
  bool traditional = is_traditional(language);
  if (fits_scale(amount, 1e8, style)) return (struct scale){1e8, traditional ? "億" : "亿"};
  if (fits_scale(amount, 1e4, style)) return (struct scale){1e4, traditional ? "萬" : "万"};
  return (struct scale){1, ""};
}

static char *chinese_money(struct formats *formats, struct arena *arena, const char *language,
                           double amount, const char *currency, enum money_style style) {
  struct scale scale = scale_of(language, amount, style);
  double scaled = amount / scale.factor;
  const char *places = scale.factor > 1 ? ".#" : money_precision(amount, style);
  char skeleton[SKELETON_SIZE];
  if (strcmp(currency, "CNY") == 0) {
    snprintf(skeleton, sizeof skeleton, "currency/CNY unit-width-narrow %s " ROUNDED,
             places);
    char *text = format_by(formats, arena, language, skeleton, scaled);
    return text ? arena_printf(arena, "%s%s", text, scale.word) : NULL;
  }
  bool cents = scale.factor == 1 && !is_whole(amount) && style != MONEY_EXACT;
  snprintf(skeleton, sizeof skeleton, "%s " ROUNDED, cents ? ".00" : places);
  char *text = format_by(formats, arena, language, skeleton, scaled);
  char *name = currency_name(formats, arena, language, currency);
  if (!text || !name) return NULL;
  return arena_printf(arena, "%s" NO_BREAK_SPACE "%s%s", text, scale.word, name);
}

char *format_money(struct formats *formats, struct arena *arena, const char *language,
                   double amount, const char *currency, enum money_style style) {
  UChar code[4];
  if (!is_currency(currency, code)) return NULL;
  if (is_chinese(language)) {
    return chinese_money(formats, arena, language, amount, currency, style);
  }
  return money_by_icu(formats, arena, language, amount, currency, style);
}

/* --- ranges -------------------------------------------------------------------------------------
 */

static char *chinese_range(struct formats *formats, struct arena *arena, const char *language,
                           double low, double high, const char *currency) {
  const char *from = format_number(formats, arena, language, low, -1);
  const char *to = format_number(formats, arena, language, high, -1);
  const char *name = currency ? currency_name(formats, arena, language, currency) : "";
  if (!from || !to || !name) return NULL;
  if (low == high) return arena_printf(arena, "%s%s", from, name);
  return arena_printf(arena, "%s～%s%s", from, to, name);
}

/* ICU puts spaces round the dash of some ranges; the dash alone is enough. */
static char *close_up(char *text) {
  static const char spaced[] = NO_BREAK_SPACE "–" NO_BREAK_SPACE;
  char *at = strstr(text, spaced);
  if (!at) return text;
  size_t length = strlen(at + sizeof spaced - 1);
  memmove(at, "–", 3);
  memmove(at + 3, at + sizeof spaced - 1, length + 1);
  return text;
}

char *format_range(struct formats *formats, struct arena *arena, const char *language, double low,
                   double high, const char *currency) {
  UChar code[4], units[LONGEST_RESULT];
  char skeleton[SKELETON_SIZE] = ".###### " ROUNDED;
  if (currency && !is_currency(currency, code)) return NULL;
  if (is_chinese(language)) return chinese_range(formats, arena, language, low, high, currency);
  if (currency) {
    double both = is_whole(low) ? high : low;
    snprintf(skeleton, sizeof skeleton, "currency/%s %s " ROUNDED, currency,
             money_precision(both, MONEY_FULL));
  }
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  UNumberRangeFormatter *formatter = icu_formatter(formats, OPENED_RANGE, language, skeleton);
  if (!formatter) return NULL;
  unumrf_formatDoubleRange(formatter, low, high, formats->range, &status);
  const UFormattedValue *value = unumrf_resultAsValue(formats->range, &status);
  const UChar *text = ufmtval_getString(value, &length, &status);
  if (U_FAILURE(status) || length > LONGEST_RESULT) return NULL;
  u_strncpy(units, text, length);
  char *bytes = icu_text(arena, units, length, true);
  return bytes ? close_up(bytes) : NULL;
}

/* What the files that ask ICU share. Not for others. */
#ifndef HANDOUT_EDITION_ICU_H
#define HANDOUT_EDITION_ICU_H

#include "edition/format.h"

#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/unumberrangeformatter.h>

#define NO_BREAK_SPACE "\xC2\xA0"
#define LONGEST_RESULT 512 /* UTF-16 units */
#define SKELETON_SIZE  128

enum opened_kind { OPENED_NUMBER, OPENED_RANGE, OPENED_DATE, OPENED_LIST, OPENED_PLURALS };

struct opened;

struct formats {
  struct opened *opened;
  struct keeper *texts; /* that were formatted before */
  UFormattedNumber *number;
  UFormattedNumberRange *range;
};

/* ICU's name of a BCP 47 tag. */
void icu_locale(const char *language, char locale[ULOC_FULLNAME_CAPACITY]);

/* A formatter of that kind, owned by the formats; NULL where ICU has none. The skeleton
 * is of numbers (ICU's own), of dates ("yMMMMd"), of lists ("and", "or") or empty. */
void *icu_formatter(struct formats *formats, enum opened_kind kind, const char *language,
                    const char *skeleton);

/* What a value was formatted to before: a number, a day, or (of a currency, whose code is the
 * skeleton) nothing. NULL where it is not known. */
enum formatted_kind { FORMATTED_NUMBER, FORMATTED_DATE, FORMATTED_CURRENCY };
struct formatted {
  enum formatted_kind kind;
  const char *language, *skeleton;
  double value;
};
char *icu_find(struct formats *formats, struct arena *arena, const struct formatted *formatted);
/* Keeps the text, if there is one, and returns it. */
char *icu_keep(struct formats *formats, const struct formatted *formatted, char *text);

/* ICU's text in UTF-8, with no-break spaces for plain ones where asked. NULL where it is
 * too long. */
char *icu_text(struct arena *arena, const UChar *units, int32_t length, bool no_breaks);

#endif

/* Numbers, money, dates and lists as a language writes them, by ICU (D9 to D12). Not
 * for other rooms.
 *
 * All texts are in the arena that is given. Between a number and its unit stands a
 * no-break space, never a plain one (D11). NULL where a unit or currency is unknown. */
#ifndef HANDOUT_EDITION_FORMAT_H
#define HANDOUT_EDITION_FORMAT_H

#include "base/arena.h"
#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/* Formatters that were opened, kept for the next record. One for each thread. */
struct formats;
struct formats *formats_new(void);
void formats_free(struct formats *formats);

enum money_style {
  MONEY_USUAL,   /* $120,000; 12 万美元; ¥12.5万, where nothing is lost by it */
  MONEY_FULL,    /* $120,000; 120,000 美元; ¥125,000 */
  MONEY_EXACT,   /* as the full one; $0.0005, too */
  MONEY_COMPACT, /* $120K; 12 万美元; CN¥125K */
};

/* `decimals` below 0: as many as there are, six at most. */
char *format_number(struct formats *formats, struct arena *arena, const char *language,
                    double number, int decimals);
char *format_percent(struct formats *formats, struct arena *arena, const char *language,
                     double number);
char *format_money(struct formats *formats, struct arena *arena, const char *language,
                   double amount, const char *currency, enum money_style style);
/* `currency` may be NULL: plain numbers. */
char *format_range(struct formats *formats, struct arena *arena, const char *language, double low,
                   double high, const char *currency);
/* A unit of CLDR: "hour", "week", "kilometer" … */
char *format_unit(struct formats *formats, struct arena *arena, const char *language, double number,
                  const char *unit);
/* Long: "August 1, 2026"; of a month: "August 2026". */
char *format_date(struct formats *formats, struct arena *arena, const char *language,
                  struct date date);
/* For an axis: "Aug 1, 2026", "Aug 2026"; "2026年8月1日". */
char *format_short_date(struct formats *formats, struct arena *arena, const char *language,
                        struct date date);
/* "A, B, and C"; "A、B和C"; with `alternatives` "A, B, or C". */
char *format_list(struct formats *formats, struct arena *arena, const char *language,
                  const char *const *items, size_t count, bool alternatives);
/* The language counts this number as one: "1 hour", not "hours". */
bool format_is_one(struct formats *formats, const char *language, double number);

#endif

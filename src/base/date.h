/* Days of the calendar, without clocks and time zones. */
#ifndef HANDOUT_BASE_DATE_H
#define HANDOUT_BASE_DATE_H

#include <stdbool.h>

struct date {
  int year, month, day; /* day 0: a month as a whole */
};

/* Reads YYYY-MM-DD, from the year 1000 to 9999. False where it is not in the calendar. */
bool date_read(const char *text, struct date *date);
/* The same, or YYYY-MM, for which `day` is 0. */
bool date_read_month(const char *text, struct date *date);

/* Days since 1 January 1970, and back. */
long date_to_days(struct date date);
struct date date_from_days(long days);

#endif

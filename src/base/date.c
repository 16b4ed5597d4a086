/* The Gregorian calendar by arithmetic: eras of 400 years have 146097 days, and a
 * year that begins in March has its leap day at the end (Howard Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms"). */
#include "base/date.h"

#include <string.h>

static bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int read_digits(const char *text, int count) {
  int number = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

bool date_read_month(const char *text, struct date *date) {
  size_t length = strlen(text);
  if ((length != 7 && length != 10) || text[4] != '-') return false;
  *date = (struct date){read_digits(text, 4), read_digits(text + 5, 2), 0};
  if (date->year < 1000 || date->month < 1 || date->month > 12) return false;
  if (length == 7) return true;
  date->day = read_digits(text + 8, 2);
  return text[7] == '-' && date->day >= 1 && date->day <= days_in_month(date->year, date->month);
}

bool date_read(const char *text, struct date *date) {
  return date_read_month(text, date) && date->day > 0;
}

long date_to_days(struct date date) {
  long year = date.month > 2 ? date.year : date.year - 1;
  long era = year / 400, year_of_era = year % 400;
  long month = date.month > 2 ? date.month - 3 : date.month + 9;
  long day_of_year = (153 * month + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

struct date date_from_days(long days) {
  days += 719468;
  long era = days / 146097, day_of_era = days % 146097;
  long year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  long month = (5 * day_of_year + 2) / 153;
  int day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
  int year = (int)(era * 400 + year_of_era + (month >= 10));
  return (struct date){year, (int)(month < 10 ? month + 3 : month - 9), day};
}

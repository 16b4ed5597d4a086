/* Every day of four centuries there and back; what is no day is refused. */
#include "check.h"

#include "base/date.h"

#include <stddef.h>

static bool reads(const char *text) {
  struct date date;
  return date_read(text, &date);
}

int main(void) {
  struct date date;
  CHECK(date_read("1970-01-01", &date) && date_to_days(date) == 0);
  CHECK(date_read("2000-03-01", &date) && date_to_days(date) == 11017);
  CHECK(date_read_month("2026-08", &date) && date.day == 0 && date.month == 8);
  CHECK(!reads("2026-08"));
  CHECK(reads("2024-02-29") && reads("2000-02-29") && reads("9999-12-31"));
  static const char *const wrong[] = {"2023-02-29", "1900-02-29",  "2026-13-01", "2026-00-01",
                                      "2026-04-31", "2026-01-00",  "0999-01-01", "2026/01/01",
                                      "2026-1-1",   "2026-01-011", "",           "2026-01-0x",
                                      "２026-01-01"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CHECK(!reads(wrong[i]));
  struct date before = {1799, 12, 31};
  long first = date_to_days((struct date){1800, 1, 1});
  long last = date_to_days((struct date){2200, 12, 31});
  bool good = true;
  for (long day = first; day <= last; day++) {
    struct date now = date_from_days(day);
    bool next_day =
        now.year == before.year && now.month == before.month && now.day == before.day + 1;
    bool next_month = now.year == before.year && now.month == before.month + 1 && now.day == 1;
    bool next_year = now.year == before.year + 1 && now.month == 1 && now.day == 1;
    good = good && date_to_days(now) == day && (next_day || next_month || next_year);
    before = now;
  }
  CHECK(good && before.year == 2200);
  return check_summary();
}

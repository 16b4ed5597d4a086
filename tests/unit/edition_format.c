/* Numbers, money, dates and lists as they are printed (D9 to D12). A ~ in what is
 * wanted is a no-break space. */
#include "check.h"

#include "edition/format.h"

#include <stdlib.h>

static struct formats *formats;
static struct arena *arena;

static void check_found(int line, const char *found, const char *wanted) {
  char shown[512] = "(null)";
  size_t length = 0;
  for (; found && *found && length < sizeof shown - 1; length++) {
    bool space = strncmp(found, "\xC2\xA0", 2) == 0;
    shown[length] = space ? '~' : *found;
    shown[length + 1] = '\0';
    found += space ? 2 : 1;
  }
  check_text(__FILE__, line, shown, wanted);
}

#define FOUND(found, wanted) check_found(__LINE__, found, wanted)

static char *money(const char *language, double amount, const char *currency,
                   enum money_style style) {
  return format_money(formats, arena, language, amount, currency, style);
}

static void test_money(void) {
  FOUND(money("en", 120000, "USD", MONEY_USUAL), "$120,000");
  FOUND(money("zh-Hans", 120000, "USD", MONEY_USUAL), "12~万美元");
  FOUND(money("zh-Hans", 125000, "CNY", MONEY_USUAL), "¥12.5万");
  FOUND(money("en", 125000, "CNY", MONEY_COMPACT), "CN¥125K");
  FOUND(money("en", 125000, "CNY", MONEY_USUAL), "CN¥125,000");
  FOUND(money("en", 120000, "USD", MONEY_COMPACT), "$120K");
  FOUND(money("zh-Hans", 8000, "CNY", MONEY_USUAL), "¥8,000");
  FOUND(money("zh-Hans", 8000, "USD", MONEY_USUAL), "8,000~美元");
  FOUND(money("zh-Hans", 123456, "USD", MONEY_USUAL), "123,456~美元");
  FOUND(money("zh-Hans", 123456, "USD", MONEY_COMPACT), "12.3~万美元");
  FOUND(money("zh-Hans", 123500, "USD", MONEY_COMPACT), "12.4~万美元"); /* half goes up */
  FOUND(money("zh-Hans", 120000, "USD", MONEY_FULL), "120,000~美元");
  FOUND(money("zh-Hans", 125000, "CNY", MONEY_FULL), "¥125,000");
  FOUND(money("zh-Hans", 120000000, "USD", MONEY_USUAL), "1.2~亿美元");
  FOUND(money("zh-Hant", 120000, "USD", MONEY_USUAL), "12~萬美元");
  FOUND(money("zh-Hans", 99.5, "USD", MONEY_USUAL), "99.50~美元");
  FOUND(money("zh-Hans", 99.5, "CNY", MONEY_USUAL), "¥99.50");
  FOUND(money("en", 99.5, "USD", MONEY_USUAL), "$99.50");
  FOUND(money("en", 2.675, "USD", MONEY_USUAL), "$2.68");
  FOUND(money("en", -5, "USD", MONEY_USUAL), "-$5");
  FOUND(money("zh-Hans", -120000, "USD", MONEY_USUAL), "-12~万美元");
  FOUND(money("en", 1200, "JPY", MONEY_USUAL), "¥1,200");
  FOUND(money("de", 1200, "EUR", MONEY_USUAL), "1.200~€");
  FOUND(money("zh-Hans", 99999500, "CNY", MONEY_COMPACT), "¥1亿");
  FOUND(money("zh-Hans", 99999400, "CNY", MONEY_COMPACT), "¥9,999.9万");
  FOUND(money("en", -0.001, "USD", MONEY_USUAL), "$0.00");
  FOUND(money("en", 0.0005, "USD", MONEY_EXACT), "$0.0005");
  FOUND(money("en", 12.5, "USD", MONEY_EXACT), "$12.50");
  FOUND(money("zh-Hans", 0.0005, "USD", MONEY_EXACT), "0.0005~美元");
  FOUND(money("zh-Hans", 0.125, "CNY", MONEY_EXACT), "¥0.125");
  FOUND(money("zh-Hans", 120000, "USD", MONEY_EXACT), "120,000~美元");
  CHECK(!money("en", 1, "usd", MONEY_USUAL));
  CHECK(!money("en", 1, "QQQ", MONEY_USUAL));
  CHECK(!money("zh-Hans", 1, "US D", MONEY_USUAL));
}

static void test_numbers(void) {
  FOUND(format_number(formats, arena, "en", 1234567.5, -1), "1,234,567.5");
  FOUND(format_number(formats, arena, "en", 2.5, 0), "3");
  FOUND(format_number(formats, arena, "zh-Hans", 1234.565, 2), "1,234.57");
  FOUND(format_number(formats, arena, "en", 3, 2), "3.00");
  FOUND(format_number(formats, arena, "en", -0.4, 0), "0");
  FOUND(format_number(formats, arena, "zh-Hans", -0.6, 0), "-1");
  FOUND(format_percent(formats, arena, "en", -0.001), "0%");
  FOUND(format_percent(formats, arena, "en", 12.5), "12.5%");
  FOUND(format_percent(formats, arena, "zh-Hans", 60), "60%");
  FOUND(format_unit(formats, arena, "en", 1, "hour"), "1~hour");
  FOUND(format_unit(formats, arena, "en", 1200, "hour"), "1,200~hours");
  FOUND(format_unit(formats, arena, "zh-Hans", 120, "hour"), "120~小时");
  FOUND(format_unit(formats, arena, "zh-Hant", 7.5, "hour"), "7.5~小時");
  CHECK(!format_unit(formats, arena, "en", 1, "hour per fortnight"));
  CHECK(!format_unit(formats, arena, "en", 1, "nonsense"));
}

static void test_ranges(void) {
  FOUND(format_range(formats, arena, "zh-Hans", 8000, 12000, "CNY"), "8,000～12,000元");
  FOUND(format_range(formats, arena, "zh-Hans", 3, 5, NULL), "3～5");
  FOUND(format_range(formats, arena, "en", 8000, 12000, "CNY"), "CN¥8,000–12,000");
  FOUND(format_range(formats, arena, "en", 80000, 120000, "USD"), "$80,000–$120,000");
  FOUND(format_range(formats, arena, "en", 3, 5, NULL), "3–5");
  FOUND(format_range(formats, arena, "en", 5, 5, NULL), "5");
  FOUND(format_range(formats, arena, "zh-Hans", 5, 5, "USD"), "5美元");
}

static void test_dates(void) {
  struct date day = {2026, 8, 1}, month = {2026, 8, 0};
  FOUND(format_date(formats, arena, "en", day), "August 1, 2026");
  FOUND(format_date(formats, arena, "en-GB", day), "1 August 2026");
  FOUND(format_date(formats, arena, "zh-Hans", day), "2026年8月1日");
  FOUND(format_date(formats, arena, "zh-Hant", day), "2026年8月1日");
  FOUND(format_date(formats, arena, "en", month), "August 2026");
  FOUND(format_date(formats, arena, "zh-Hans", month), "2026年8月");
}

static void test_lists(void) {
  static const char *const items[] = {"A", "B", "C"};
  FOUND(format_list(formats, arena, "zh-Hans", items, 3, false), "A、B和C");
  FOUND(format_list(formats, arena, "en", items, 3, false), "A, B, and C");
  FOUND(format_list(formats, arena, "en-GB", items, 3, false), "A, B and C");
  FOUND(format_list(formats, arena, "en", items, 2, true), "A or B");
  FOUND(format_list(formats, arena, "zh-Hans", items, 2, true), "A或B");
  FOUND(format_list(formats, arena, "en", items, 1, false), "A");
  CHECK(format_is_one(formats, "en", 1) && !format_is_one(formats, "en", 0));
  CHECK(!format_is_one(formats, "zh-Hans", 1));
}

int main(void) {
  formats = formats_new();
  arena = arena_new();
  test_money();
  test_numbers();
  test_ranges();
  test_dates();
  test_lists();
  arena_free(arena);
  formats_free(formats);
  return check_summary();
}

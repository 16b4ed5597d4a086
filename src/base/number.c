/* Numbers as people write them into records, the same in every locale. */
#include "base/number.h"

#include <string.h>

#define MOST_DIGITS 15
#define DIGITS      "0123456789"

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Up to 15 digits, so that the quotient of two exact doubles is the nearest double. */
bool number_read(const char *text, double *number) {
  double mantissa = 0, divisor = 1;
  int digits = 0;
  const char *at = *text == '-' || *text == '+' ? text + 1 : text;
  const char *start = at;
  for (; is_digit(*at); at++, digits++) mantissa = mantissa * 10 + (*at - '0');
  if (at == start) return false;
  if (*at == '.') {
    const char *fraction = ++at;
    for (; is_digit(*at); at++, digits++, divisor *= 10) mantissa = mantissa * 10 + (*at - '0');
    if (at == fraction) return false;
  }
  if (*at || digits > MOST_DIGITS) return false;
  *number = (*text == '-' ? -mantissa : mantissa) / divisor;
  return true;
}

/* Groups of two (lakh) or three digits, the first of one to three, the last of three. */
static size_t grouped_span(const char *text) {
  size_t at = strspn(text, DIGITS), group = at, least = 1;
  while (text[at] == ',' && is_digit(text[at + 1])) {
    if (group < least || group > 3) return 0;
    group = strspn(text + at + 1, DIGITS);
    at += 1 + group;
    least = 2;
  }
  return least == 2 && group != 3 ? 0 : at;
}

size_t number_span(const char *text) {
  size_t at = grouped_span(text);
  if (!at && *text != '.') return 0;
  if (text[at] == '.' && is_digit(text[at + 1])) at += 1 + strspn(text + at + 1, DIGITS);
  size_t more = strspn(text + at, "., \xC2\xA0\xE2\x80\x89\xAF'");
  return more && is_digit(text[at + more]) ? 0 : at;
}

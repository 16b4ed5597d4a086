/* Numbers as people write them into records, the same in every locale. */
#include "base/number.h"

#define MOST_DIGITS 15

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

/* Addresses and telephone numbers (A8). An address breaks only after one of its own
 * marks, beyond the scheme, and never gets a hyphen; a telephone number does not
 * break. Both are found by their form, in one pass over the words. */
#include "text/setting.h"

static bool is_address_character(uint32_t c) {
  if (c <= ' ' || c >= 0x7F) return false;
  return c != '<' && c != '>' && c != '"' && c != '\\' && c != '^' && c != '`' && c != '{' &&
         c != '|' && c != '}';
}

static bool is_break_mark(uint32_t c) {
  return c == '/' || c == '?' || c == '&' || c == '=' || c == '#' || c == '.' || c == '-';
}

static bool is_alphanumeric(uint32_t c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Where the part that may be broken starts: after "https://", "www.", "name@"; 0 where
 * the word is no address. */
static uint32_t address_body(const uint32_t *codes, uint32_t start, uint32_t end) {
  for (uint32_t i = start + 1; i + 2 < end; i++) {
    if (codes[i] == ':' && codes[i + 1] == '/' && codes[i + 2] == '/') return i + 3;
    bool inside = is_alphanumeric(codes[i - 1]) && is_alphanumeric(codes[i + 1]);
    if (codes[i] == '@' && inside) return i;
  }
  bool www = end - start > 4 && codes[start] == 'w' && codes[start + 1] == 'w' &&
             codes[start + 2] == 'w' && codes[start + 3] == '.';
  return www ? start + 4 : 0;
}

static void filter_address(struct setting *s, uint32_t start, uint32_t body, uint32_t end) {
  for (uint32_t i = start + 1; i < end; i++) {
    bool after_mark = i > body && is_break_mark(s->codes[i - 1]) && !is_break_mark(s->codes[i]);
    bool inside = is_alphanumeric(s->codes[i]) && i + 1 < end;
    s->joints[i].penalty = after_mark && inside ? PENALTY_ADDRESS : BREAK_NEVER;
  }
}

/* "+86 (10) 1234 5678": a plus, then digits in groups; "010-1234-5678". The end, or
 * `start` where there is none. */
static uint32_t telephone_end(const struct setting *s, uint32_t start) {
  bool plus = s->codes[start] == '+';
  uint32_t digits = 0, end = start;
  for (uint32_t i = start + plus; i < s->count; i++) {
    uint32_t c = s->codes[i];
    bool group = c == '-' || (plus && (c == ' ' || c == '(' || c == ')'));
    if (c >= '0' && c <= '9') {
      digits++;
      end = i + 1;
    } else if (!group || i - end > plus) {
      break;
    }
  }
  return digits >= 7 ? end : start;
}

static bool starts_word(const struct setting *s, uint32_t i) {
  return i == 0 || !is_address_character(s->codes[i - 1]);
}

void filter_tokens(struct setting *s) {
  for (uint32_t i = 0; i < s->count;) {
    uint32_t end = i;
    while (end < s->count && is_address_character(s->codes[end])) end++;
    if (end == i) {
      i++;
      continue;
    }
    uint32_t body = starts_word(s, i) ? address_body(s->codes, i, end) : 0;
    uint32_t telephone = telephone_end(s, i);
    if (body) filter_address(s, i, body, end);
    for (uint32_t k = i + 1; k < telephone; k++) s->joints[k].penalty = BREAK_NEVER;
    i = telephone > end ? telephone : end;
  }
}

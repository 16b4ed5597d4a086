/* The filter over ICU's opportunities: the rules of Chinese composition that ICU 72
 * does not know (A3 to A7). Each rule looks at one joint: the characters before and
 * after it, spaces aside.
 *
 * Three answers: never, at a price (soft: a number and its unit hold together unless
 * that would tear the line open), or as ICU says. Prohibitions outweigh. */
#include "text/setting.h"

#include "base/utf8.h"

#include <string.h>

enum { SOFT_HYPHEN = 0xAD, NO_BREAK_HYPHEN = 0x2011 };

struct context {
  const struct setting *s;
  uint32_t before, after; /* characters beside the joint */
  bool spaced;            /* with a space between them */
};

static enum kind kind_of(const struct context *x, int64_t i) {
  return i < 0 || i >= x->s->count ? KIND_FORCED : (enum kind)x->s->characters[i].kind;
}
static uint32_t code_of(const struct context *x, int64_t i) {
  return i < 0 || i >= x->s->count ? 0 : x->s->codes[i];
}

static bool is_listed(uint32_t code, const uint32_t *codes) {
  for (; *codes; codes++) {
    if (*codes == code) return true;
  }
  return false;
}

/* --- never at the start of a line ------------------------------------------------ */

static const uint32_t signs_after_numbers[] = {'%',    0x2030, 0x2103, 0x2109, 0xB0,
                                               0xFF05, 0x2032, 0x2033, 0};
static const uint32_t closing_points[] = {'.', ',', ':', ';', '!', '?', 0x2026, 0};

/* "Bonjour !", "a ... b": no word begins with it, as ".NET" does. */
static bool is_point_alone(const struct context *x) {
  int64_t i = x->after;
  if (is_listed(code_of(x, i), signs_after_numbers)) return true;
  if (!is_listed(code_of(x, i), closing_points)) return false;
  while (is_listed(code_of(x, i), closing_points)) i++;
  return kind_of(x, i) != KIND_LETTER && kind_of(x, i) != KIND_DIGIT && kind_of(x, i) != KIND_HAN;
}

static bool forbids_start(const struct context *x) {
  enum kind kind = kind_of(x, x->after);
  switch (kind) {
  case KIND_CLOSE:
  case KIND_COMMA:
  case KIND_STOP:
  case KIND_EXCLAIM:
  case KIND_INTERPUNCT:
  case KIND_CONNECTOR:
  case KIND_SOLIDUS:
  case KIND_LATIN_CLOSE:
    return true;
  case KIND_POINT:
    return !x->spaced || is_point_alone(x);
  case KIND_DASH:
  case KIND_ELLIPSIS:
    return x->s->spec->strictness == STRICTNESS_STRICT || kind_of(x, x->before) == kind;
  case KIND_HYPHEN:
    return code_of(x, x->after) >= 0x2012;
  default:
    if (x->spaced && code_of(x, x->after) == 0xB0) return false;
    return is_listed(code_of(x, x->after), signs_after_numbers);
  }
}

/* --- never at the end of a line ---------------------------------------------------- */

static const uint32_t signs_before_numbers[] = {'$', 0xA3, 0xA5, 0x20AC, 0xFFE5, 0xFF04, 0x2116, 0};

static bool is_digit(const struct context *x, int64_t i) {
  uint32_t code = code_of(x, i);
  bool circled = code >= 0x2460 && code <= 0x2473;
  return kind_of(x, i) == KIND_DIGIT || (code >= 0xFF10 && code <= 0xFF19) || circled;
}

static bool forbids_end(const struct context *x) {
  enum kind kind = kind_of(x, x->before);
  uint32_t code = code_of(x, x->before);
  if (kind == KIND_OPEN || kind == KIND_LATIN_OPEN) return true;
  if (is_listed(code, signs_before_numbers)) return true;
  if (code == 0x7B2C) return is_digit(x, x->after); /* 第 */
  bool solidus = code == '/' || code == 0xFF0F;
  return solidus && x->s->spec->strictness != STRICTNESS_BASIC &&
         x->s->characters[x->before].han_language;
}

/* --- inside words of Latin letters --------------------------------------------------- */

static bool is_latin(enum kind kind) {
  return kind <= KIND_HYPHEN;
}

/* A hyphen that is written is a place to break where both parts are words. */
static bool is_word_hyphen(const struct context *x) {
  return kind_of(x, x->before) == KIND_HYPHEN && code_of(x, x->before) != NO_BREAK_HYPHEN &&
         kind_of(x, x->after) == KIND_LETTER &&
         kind_of(x, (int64_t)x->after + 1) == KIND_LETTER &&
         kind_of(x, (int64_t)x->before - 1) == KIND_LETTER &&
         kind_of(x, (int64_t)x->before - 2) == KIND_LETTER;
}

static bool is_dash(uint32_t code) {
  return code >= 0x2012 && code <= 0x2015;
}

static bool is_slash_between_words(const struct context *x) {
  return code_of(x, x->before) == '/' && kind_of(x, x->after) == KIND_LETTER &&
         kind_of(x, (int64_t)x->after + 1) == KIND_LETTER &&
         kind_of(x, (int64_t)x->before - 1) == KIND_LETTER &&
         kind_of(x, (int64_t)x->before - 2) == KIND_LETTER;
}

static int32_t latin_penalty(const struct context *x) {
  if (is_word_hyphen(x) || is_slash_between_words(x)) return PENALTY_DASH;
  if (is_dash(code_of(x, x->before))) return is_digit(x, x->after) ? PENALTY_SOFT : PENALTY_DASH;
  return BREAK_NEVER;
}

/* --- numbers and what belongs to them -------------------------------------------------- */

/* 年月日元万亿岁人个级章节条, and others that are counted with; then those that Taiwan writes
 * otherwise. */
static const uint32_t units[] = {0x5E74, 0x6708, 0x65E5, 0x5143, 0x4E07, 0x4EBF, 0x5C81, 0x4EBA,
                                 0x4E2A, 0x7EA7, 0x7AE0, 0x8282, 0x6761, 0x5929, 0x5468, 0x65F6,
                                 0x5206, 0x79D2, 0x500D, 0x6B21, 0x79CD, 0x540D, 0x4F4D, 0x9879,
                                 0x6B65, 0x9875, 0x53F7, 0x5343, 0x767E, 0x95E8, 0x5C0F, 0x7F8E,
                                 0x5EA6, 0x7C73, 0x5B63, 0x671F, 0x5C4A, 0x70B9, 0x842C, 0x5104,
                                 0x6B72, 0x500B, 0x7D1A, 0x7BC0, 0x689D, 0x9031, 0x6642, 0x7A2E,
                                 0x9805, 0x9801, 0x865F, 0x9580, 0x5C46, 0x9EDE, 0};
/* 十百千万亿萬億: numbers that a unit follows. */
static const uint32_t multipliers[] = {0x5341, 0x767E, 0x5343, 0x4E07, 0x4EBF, 0x842C, 0x5104, 0};
/* 元人美, and what is counted in 万 and 亿. */
static const uint32_t counted[] = {0x5143, 0x4EBA, 0x7F8E, 0x4E07, 0x4EBF, 0x842C, 0x5104, 0};

static bool is_number_end(const struct context *x, int64_t i) {
  if (is_digit(x, i)) return true;
  uint32_t code = code_of(x, i);
  bool scaled = code == 'K' || code == 'k' || code == 'M' || code == 'B' || code == '+';
  return scaled && is_digit(x, i - 1);
}

static bool is_counted_in(const struct context *x) {
  return is_listed(code_of(x, x->before), multipliers) && is_listed(code_of(x, x->after), counted);
}

static bool is_number_and_unit(const struct context *x) {
  return is_number_end(x, x->before) && is_listed(code_of(x, x->after), units);
}

/* The length of the Latin word that ends there, in letters and signs. */
static int word_length(const struct context *x, int64_t i) {
  int length = 0;
  for (; length <= 6 && (kind_of(x, i) == KIND_LETTER || kind_of(x, i) == KIND_SYMBOL ||
                         kind_of(x, i) == KIND_POINT);
       i--) {
    length++;
  }
  return length;
}

static bool is_upper(uint32_t code) {
  return (code >= 'A' && code <= 'Z') || code == '/';
}

/* "10 km", "20 °C": the units that numbers are printed with. */
static const char *const latin_units[] = {
    "km", "kg", "cm",  "mm",  "m",   "g",   "mg",  "l",   "ml",  "h",  "s", "min",
    "ms", "GB", "MB",  "TB",  "KB",  "Hz",  "kHz", "W",   "kW",  "MW", "V", "A",
    "°C", "°F", "USD", "EUR", "CNY", "RMB", "GHz", "MHz", "kWh", NULL};

static bool matches(const struct context *x, int64_t i, const char *word) {
  for (size_t left = strlen(word), step; left > 0; word += step, left -= step, i++) {
    if (code_of(x, i) != utf8_decode(word, left, &step)) return false;
  }
  return kind_of(x, i) != KIND_LETTER && kind_of(x, i) != KIND_HYPHEN;
}

static bool is_number_and_latin_unit(const struct context *x) {
  if (!x->spaced || !is_number_end(x, x->before)) return false;
  for (const char *const *unit = latin_units; *unit; unit++) {
    if (matches(x, x->after, *unit)) return true;
  }
  return false;
}

/* "USD 5,000", "GB/T 15834", "No. 5": a short word in capitals, or an abbreviation. */
static bool is_code_and_number(const struct context *x) {
  if (!x->spaced || !is_digit(x, x->after)) return false;
  int length = word_length(x, x->before);
  if (length == 0 || length > 5) return false;
  if (code_of(x, x->before) == '.') return is_upper(code_of(x, (int64_t)x->before - length + 1));
  for (int k = 0; k < length; k++) {
    if (!is_upper(code_of(x, (int64_t)x->before - k))) return false;
  }
  return true;
}

/* After the mark of a range: 3～|5. */
static bool is_inside_range(const struct context *x) {
  return kind_of(x, x->before) == KIND_CONNECTOR &&
         (is_digit(x, x->after) || is_number_end(x, (int64_t)x->before - 1));
}

/* --- the joint ------------------------------------------------------------------------- */

/* ICU takes ‘’ for quotes of Latin text, which hold to both sides, and holds “a” (b)
 * together; and a Chinese dash or closing mark lets go of what follows. */
static bool frees(const struct context *x) {
  enum kind before = kind_of(x, x->before), after = kind_of(x, x->after);
  if (before == KIND_FIXED_SPACE || after == KIND_FIXED_SPACE) return false;
  if (x->spaced || is_inside_range(x)) return true;
  if (after == KIND_OPEN) return before != KIND_OPEN && before != KIND_LATIN_OPEN;
  bool closes = kind_is_mark(before) && before != KIND_OPEN;
  return closes || before == KIND_DASH || before == KIND_ELLIPSIS;
}

/* Korean breaks at its spaces alone (A31); a word of it in Chinese text may stand off from that. */
static bool is_inside_korean_word(const struct context *x) {
  bool before = is_hangul(code_of(x, x->before)), after = is_hangul(code_of(x, x->after));
  if (x->spaced || !(before || after)) return false;
  const struct character *characters = x->s->characters;
  bool han = characters[x->before].han_language || characters[x->after].han_language;
  return (before && after) || !han;
}

/* A5: "１２３", as it should not be written. */
static bool is_inside_wide_number(const struct context *x) {
  uint32_t before = code_of(x, x->before), after = code_of(x, x->after);
  return before >= 0xFF10 && before <= 0xFF19 && after >= 0xFF10 && after <= 0xFF19;
}

static int32_t joint_penalty(const struct context *x, int32_t icu) {
  enum kind before = kind_of(x, x->before), after = kind_of(x, x->after);
  if (before == KIND_HAN && after == KIND_HAN && !x->spaced) { /* most joints, by far */
    if (icu == BREAK_NEVER || is_inside_korean_word(x)) return BREAK_NEVER;
    return is_counted_in(x) ? PENALTY_SOFT : 0;
  }
  if (forbids_start(x) || forbids_end(x)) return BREAK_NEVER;
  if (is_inside_korean_word(x) || is_inside_wide_number(x)) return BREAK_NEVER;
  if (!x->spaced && is_latin(before) && is_latin(after)) {
    return icu == BREAK_NEVER && before != KIND_HYPHEN ? BREAK_NEVER : latin_penalty(x);
  }
  if (icu == BREAK_NEVER && !frees(x)) return BREAK_NEVER;
  bool soft = is_counted_in(x) || is_number_and_unit(x) || is_number_and_latin_unit(x) ||
              is_code_and_number(x) || is_inside_range(x);
  return soft ? PENALTY_SOFT : 0;
}

void filter_joints(struct setting *s) {
  struct context x = {.s = s};
  for (uint32_t i = 1; i < s->count; i++) {
    enum kind kind = (enum kind)s->characters[i].kind;
    if (kind_is_space(kind) || kind == KIND_INVISIBLE || !s->characters[i].starts_cluster) continue;
    x.after = i;
    x.before = i - 1;
    while (x.before > 0 && s->characters[x.before].kind == KIND_SPACE) x.before--;
    x.spaced = x.before != i - 1;
    enum kind before = (enum kind)s->characters[x.before].kind;
    if (s->codes[x.before] == SOFT_HYPHEN && !x.spaced && s->joints[i].penalty == 0) {
      s->joints[i] = (struct joint){PENALTY_HYPHEN, BREAK_HYPHEN};
    }
    if (before == KIND_INVISIBLE || kind_is_space(before)) continue;
    if (s->characters[i].verbatim && x.spaced) continue;
    s->joints[i].penalty = joint_penalty(&x, s->joints[i].penalty);
  }
}

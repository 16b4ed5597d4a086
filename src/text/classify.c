/* What each character is to the composer, by its code and then by its context.
 *
 * Unicode's line-breaking classes are not enough: one code point serves two
 * typographies. A curly quote, a dash, an ellipsis or a middle dot is a full-width
 * mark in a Chinese sentence and a Latin mark in an English one (A7); the language of
 * the run decides, and the neighbours where even that is not enough. */
#include "text/setting.h"

#include <string.h>
#include <unicode/uchar.h>

enum {
  QUOTE_OPEN = 0x2018,
  QUOTE_CLOSE = 0x2019,
  DOUBLE_OPEN = 0x201C,
  DOUBLE_CLOSE = 0x201D,
  EN_DASH = 0x2013,
  EM_DASH = 0x2014,
  ELLIPSIS = 0x2026,
  MIDDLE_DOT = 0xB7,
  IDEOGRAPHIC_SPACE = 0x3000,
  LINE_SEPARATOR = 0x2028
};

/* --- by code -------------------------------------------------------------- */

static bool is_one_of(uint32_t code, const uint32_t *codes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (codes[i] == code) return true;
  }
  return false;
}
#define ONE_OF(code, ...)                                                                          \
  is_one_of(code, (const uint32_t[]){__VA_ARGS__},                                                 \
            sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* Brackets of 3008 to 301B stand in pairs, the opening one even; 3012 and 3013 are none. */
static enum kind classify_cjk_mark(uint32_t c) {
  if (ONE_OF(c, 0x3001, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF64)) return KIND_COMMA;
  if (ONE_OF(c, 0x3002, 0xFF0E, 0xFF61)) return KIND_STOP;
  if (ONE_OF(c, 0xFF01, 0xFF1F)) return KIND_EXCLAIM;
  if (c >= 0x3008 && c <= 0x301B && c != 0x3012 && c != 0x3013) {
    return c % 2 == 0 ? KIND_OPEN : KIND_CLOSE;
  }
  if (ONE_OF(c, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0x301D)) return KIND_OPEN;
  if (ONE_OF(c, 0xFF09, 0xFF3D, 0xFF5D, 0xFF60, 0xFF63, 0x301E, 0x301F)) return KIND_CLOSE;
  if (ONE_OF(c, 0x30FB, 0xFF65)) return KIND_INTERPUNCT;
  if (ONE_OF(c, 0xFF5E, 0x301C)) return KIND_CONNECTOR;
  if (c == 0xFF0F) return KIND_SOLIDUS;
  return KIND_WIDE;
}

static bool is_han_letter(uint32_t c) {
  return (c >= 0x2E80 && c < 0x3000) || (c >= 0x3005 && c <= 0x3007) ||
         (c >= 0x3021 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x1B000 && c <= 0x1B2FF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

static enum kind classify_ascii(uint32_t c) {
  if (c >= '0' && c <= '9') return KIND_DIGIT;
  if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return KIND_LETTER;
  if (c <= ' ' || c == 0x7F) return KIND_SPACE;
  if (c == '-') return KIND_HYPHEN;
  if (c == '(' || c == '[' || c == '{') return KIND_LATIN_OPEN;
  if (c == ')' || c == ']' || c == '}') return KIND_LATIN_CLOSE;
  return strchr(".,:;!?'\"", (int)c) ? KIND_POINT : KIND_SYMBOL;
}

static enum kind classify_by_category(uint32_t c) {
  int8_t category = u_charType((UChar32)c);
  switch (category) {
  case U_DECIMAL_DIGIT_NUMBER:
    return KIND_DIGIT;
  case U_START_PUNCTUATION:
  case U_INITIAL_PUNCTUATION:
    return KIND_LATIN_OPEN;
  case U_END_PUNCTUATION:
  case U_FINAL_PUNCTUATION:
    return KIND_LATIN_CLOSE;
  case U_SPACE_SEPARATOR:
    return c == 0xA0 || c == 0x2007 || c == 0x202F ? KIND_FIXED_SPACE : KIND_SPACE;
  case U_LINE_SEPARATOR:
  case U_PARAGRAPH_SEPARATOR:
    return KIND_FORCED;
  case U_DASH_PUNCTUATION:
    return KIND_HYPHEN;
  case U_OTHER_PUNCTUATION:
    return KIND_POINT;
  default:
    return u_isalpha((UChar32)c) || U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK ? KIND_LETTER
                                                                            : KIND_SYMBOL;
  }
}

static bool is_dingbat(uint32_t c) {
  return (c >= 0x2460 && c <= 0x27BF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

enum kind classify_alone(uint32_t c) {
  if (c >= 0x4E00 && c <= 0x9FFF) return KIND_HAN;
  if (c < 0x80) return classify_ascii(c);
  if (is_han_letter(c) && c != 0x30FB) return KIND_HAN;
  if (c == 0x2E3A) return KIND_DASH;
  if ((c >= 0x3000 && c <= 0x33FF) || (c >= 0xFF00 && c <= 0xFFEF)) return classify_cjk_mark(c);
  if (is_dingbat(c)) return KIND_WIDE;
  if (u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return KIND_INVISIBLE;
  return classify_by_category(c);
}

/* --- by context ------------------------------------------------------------- */

static enum kind kind_at(const struct setting *s, int64_t i) {
  return i < 0 || i >= s->count ? KIND_SPACE : (enum kind)s->characters[i].kind;
}
static uint32_t code_at(const struct setting *s, int64_t i) {
  return i < 0 || i >= s->count ? 0 : s->codes[i];
}

static bool is_alphanumeric(enum kind kind) {
  return kind == KIND_LETTER || kind == KIND_DIGIT;
}

/* ’ between letters, or after a letter where no ‘ is open: an apostrophe. */
static bool is_apostrophe(const struct setting *s, uint32_t i, bool single_open) {
  if (!is_alphanumeric(kind_at(s, (int64_t)i - 1))) return false;
  return is_alphanumeric(kind_at(s, (int64_t)i + 1)) || !single_open;
}

/* In Latin text the neighbours tell, where they can: „so“ and »so« in German, ”så” in Swedish. */
static enum kind latin_quote_kind(const struct setting *s, uint32_t i, bool opens) {
  enum kind before = kind_at(s, (int64_t)i - 1), after = kind_at(s, (int64_t)i + 1);
  bool starts = kind_is_space(before) || before == KIND_LATIN_OPEN;
  bool ends = kind_is_space(after) || after == KIND_POINT || after == KIND_LATIN_CLOSE;
  if (starts && is_alphanumeric(after)) opens = true;
  if (!starts && ends) opens = false;
  return opens ? KIND_LATIN_OPEN : KIND_LATIN_CLOSE;
}

static enum kind quote_kind(const struct setting *s, uint32_t i, bool *single_open) {
  uint32_t code = s->codes[i];
  bool han = s->characters[i].han_language;
  bool opens = code == QUOTE_OPEN || code == DOUBLE_OPEN;
  if (code == QUOTE_CLOSE && is_apostrophe(s, i, *single_open)) return KIND_SYMBOL;
  if (code == QUOTE_OPEN || code == QUOTE_CLOSE) *single_open = opens;
  if (han) return opens ? KIND_OPEN : KIND_CLOSE;
  return latin_quote_kind(s, i, opens);
}

static enum kind straight_quote_kind(const struct setting *s, uint32_t i) {
  enum kind before = kind_at(s, (int64_t)i - 1), after = kind_at(s, (int64_t)i + 1);
  if (s->codes[i] == '\'' && is_alphanumeric(before) && is_alphanumeric(after)) return KIND_SYMBOL;
  bool opens = kind_is_space(before) || before == KIND_LATIN_OPEN || kind_is_han(before);
  return opens && !kind_is_space(after) ? KIND_LATIN_OPEN : KIND_LATIN_CLOSE;
}

/* Marks that are Chinese in Chinese text, given what stands beside them. */
static enum kind han_mark_kind(const struct setting *s, uint32_t i) {
  enum kind before = kind_at(s, (int64_t)i - 1), after = kind_at(s, (int64_t)i + 1);
  bool beside_han = kind_is_han(before) || kind_is_han(after);
  switch (s->codes[i]) {
  case EM_DASH: {
    bool paired = code_at(s, (int64_t)i - 1) == EM_DASH || code_at(s, (int64_t)i + 1) == EM_DASH;
    return paired ? KIND_DASH : KIND_CONNECTOR;
  }
  case ELLIPSIS:
  case 0x22EF:
    return KIND_ELLIPSIS;
  case EN_DASH:
  case '~':
    return KIND_CONNECTOR;
  case MIDDLE_DOT:
  case 0x2027:
  case 0x2022:
    return beside_han ? KIND_INTERPUNCT : KIND_POINT;
  case '/':
    return beside_han ? KIND_SOLIDUS : KIND_SYMBOL;
  case 0x2103:
  case 0x2109:
    return KIND_WIDE;
  default:
    return (enum kind)s->characters[i].kind;
  }
}

/* White space that the author typed: a line break is a space, or in code the end of
 * a line; a tab is a space. */
static void classify_space(struct setting *s, struct character *c, uint32_t i) {
  uint32_t code = s->codes[i];
  if (code == IDEOGRAPHIC_SPACE) return;
  if (code == LINE_SEPARATOR || (code == '\n' && c->verbatim)) c->kind = KIND_FORCED;
  else if (c->kind == KIND_SPACE) s->codes[i] = ' ';
}

void classify(struct setting *s) {
  for (uint32_t i = 0; i < s->count; i++) {
    struct character *c = &s->characters[i];
    c->kind = (uint8_t)classify_alone(s->codes[i]);
    if (c->kind == KIND_SPACE || c->kind == KIND_FORCED) classify_space(s, c, i);
  }
  bool single_open = false;
  for (uint32_t i = 0; i < s->count; i++) {
    struct character *c = &s->characters[i];
    uint32_t code = s->codes[i];
    if (s->spec->runs[c->item].note) {
      c->kind = KIND_NOTE;
    } else if (code >= QUOTE_OPEN && code <= DOUBLE_CLOSE && code != 0x201A && code != 0x201B) {
      c->kind = (uint8_t)quote_kind(s, i, &single_open);
    } else if (code == 0xAB || code == 0xBB || code == 0x2039 || code == 0x203A) {
      c->kind = (uint8_t)latin_quote_kind(s, i, code == 0xAB || code == 0x2039);
    } else if (code == '"' || code == '\'') {
      c->kind = (uint8_t)straight_quote_kind(s, i);
    } else if (c->han_language && !c->verbatim && code < 0x2E80) {
      c->kind = (uint8_t)han_mark_kind(s, i);
    }
  }
}

/* The source lint (A30): signs that a keyboard gives and a page should not have. Each
 * rule looks at one character with its neighbours. */
#include "guide/checks.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uscript.h>

struct lint {
  struct loading *loading;
  const struct node *text; /* being read */
  const char *language;
  uint32_t before, here, after;
  size_t offset;
  int book_titles;         /* 《 that are open */
  const struct node *wave; /* the first ～ in Chinese */
  struct place wave_place;
  bool tilde_said;
};

static bool is_han(uint32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return c >= 0x2E80 && uscript_getScript((UChar32)c, &error) == USCRIPT_HAN;
}

static bool is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

static bool is_chinese(const struct lint *lint) {
  return lint->language && strncmp(lint->language, "zh", 2) == 0;
}

__attribute__((format(printf, 4, 5))) static void warn(struct lint *lint, size_t length,
                                                       const char *code, const char *format, ...) {
  struct place place;
  if (!checks_place(lint->text, lint->offset, length, &place)) return;
  va_list arguments;
  va_start(arguments, format);
  const char *what = arena_vprintf(lint->loading->arena, format, arguments);
  va_end(arguments);
  message_warning(lint->loading->messages, &place, code, "%s", what);
}

/* --- rules --------------------------------------------------------------------------- */

struct width_pair {
  char half;
  const char *full;
};

static const struct width_pair widths[] = {{',', "，"}, {'.', "。"}, {':', "："}, {';', "；"},
                                           {'?', "？"}, {'!', "！"}, {'(', "（"}, {')', "）"}};

/* "中文,中文" and "中文." but not "3.5" or "Python, R". */
static void lint_half_width(struct lint *lint) {
  bool opens = lint->here == '(';
  uint32_t inner = opens ? lint->after : lint->before;
  bool beside = is_han(inner) || (lint->here != '.' && is_han(opens ? lint->before : lint->after));
  if (!is_chinese(lint) || !beside || (is_digit(lint->before) && is_digit(lint->after))) return;
  for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
    if ((uint32_t)widths[i].half != lint->here) continue;
    warn(lint, 1, "half-width", "'%c' in Chinese is '%s'", widths[i].half, widths[i].full);
  }
}

static bool starts(const struct lint *lint, const char *what) {
  return strncmp(lint->text->text + lint->offset, what, strlen(what)) == 0;
}

static void lint_dots(struct lint *lint) {
  if (lint->before == '.' || !starts(lint, "...")) return;
  warn(lint, 3, "three-dots", "'...' is '%s'", is_chinese(lint) ? "……" : "…");
}

static void lint_hyphens(struct lint *lint) {
  if (lint->before == '-' || !starts(lint, "--")) return;
  warn(lint, 2, "two-hyphens", "'--' is '%s'", is_chinese(lint) ? "——" : "–");
}

static void lint_quote(struct lint *lint) {
  if (lint->here == '\'' && is_digit(lint->before)) return;
  warn(lint, 1, "straight-quote", "'%c' is a straight quotation mark; %s", (char)lint->here,
       lint->here == '"' ? "“ ” are the pair" : "’ is the apostrophe");
}

static void lint_full_width(struct lint *lint) {
  bool digit = lint->here >= 0xFF10 && lint->here <= 0xFF19;
  char half = (char)(lint->here - 0xFEE0);
  warn(lint, 3, "full-width", "a full-width %s is '%c'", digit ? "digit" : "letter", half);
}

static void lint_book_title(struct lint *lint) {
  if (lint->here == 0x300B && lint->book_titles > 0) lint->book_titles--;
  if (lint->here == 0x300A && lint->book_titles++ > 0) {
    warn(lint, 3, "nested-titles", "a title inside 《》 stands in 〈〉");
  }
}

/* Either may be right; both in one guide are not. */
static void lint_tilde(struct lint *lint) {
  if (!is_chinese(lint)) return;
  if (lint->here == 0xFF5E) {
    if (!lint->wave) checks_place(lint->text, lint->offset, 3, &lint->wave_place);
    lint->wave = lint->text;
  } else if (lint->wave && !lint->tilde_said) {
    warn(lint, 1, "mixed-tildes", "'~' stands here, and '～' elsewhere in this guide");
    message_note(lint->loading->messages, &lint->wave_place, "'～' stands here");
    lint->tilde_said = true;
  }
}

static void lint_character(struct lint *lint) {
  uint32_t c = lint->here;
  if (c == '.') lint_dots(lint);
  if (c == '-') lint_hyphens(lint);
  if (c == '"' || c == '\'') lint_quote(lint);
  if (c == 0x300A || c == 0x300B) lint_book_title(lint);
  if (c == '~' || c == 0xFF5E) lint_tilde(lint);
  if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
      (c >= 0xFF41 && c <= 0xFF5A)) {
    lint_full_width(lint);
  }
  if (c < 0x80 && c && strchr(",.:;?!()", (int)c) && !(c == '.' && starts(lint, ".."))) {
    lint_half_width(lint);
  }
}

/* --- texts ------------------------------------------------------------------------------ */

static uint32_t next_character(const char *text, size_t offset, size_t length) {
  size_t step;
  return offset < length ? utf8_decode(text + offset, length - offset, &step) : 0;
}

static void lint_text(struct lint *lint) {
  const char *text = lint->text->text;
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    size_t step;
    lint->offset = at;
    lint->here = utf8_decode(text + at, length - at, &step);
    lint->after = next_character(text, at + step, length);
    lint_character(lint);
    lint->before = lint->here;
    at += step;
  }
}

void checks_lint(struct loading *loading, const struct node *root) {
  struct lint lint = {.loading = loading};
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (walk.node->kind == NODE_CODE_BLOCK) walk_skip(&walk);
    if (walk.node->kind == NODE_VARIANT) {
      lint.before = 0;
      lint.book_titles = 0;
    }
    if (walk.node->kind != NODE_TEXT) continue;
    lint.text = walk.node;
    lint.language = node_language(walk.node);
    lint_text(&lint);
  }
}

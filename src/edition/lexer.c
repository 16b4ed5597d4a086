/* The tokens of an expression, by the rules of XPath 1.0, section 3.7: a name is an
 * operator where an operator can stand, a function before "(", an axis before "::".
 * It reads what libxml2 has already compiled, so it need not find mistakes. */
#include "edition/expression.h"

#include <string.h>

struct lexer {
  struct arena *arena;
  const char *text;
  size_t at;
  struct token *tokens;
  size_t count;
};

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool continues_name(char c) {
  return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}

static void add(struct lexer *lexer, enum token_kind kind, size_t start, size_t length) {
  struct token *token = &lexer->tokens[lexer->count++];
  *token =
      (struct token){kind, arena_strndup(lexer->arena, lexer->text + start, length), start, length};
  lexer->at = start + length;
}

static bool is_text(const struct token *token, const char *text) {
  return strcmp(token->text, text) == 0;
}

/* Whether an operator can stand here: after something that is a value. */
static bool operator_can_stand(const struct lexer *lexer) {
  if (lexer->count == 0) return false;
  const struct token *last = &lexer->tokens[lexer->count - 1];
  if (last->kind == TOKEN_OPERATOR || last->kind == TOKEN_AXIS) return false;
  if (last->kind != TOKEN_OTHER) return true;
  return !is_text(last, "(") && !is_text(last, "[") && !is_text(last, ",") && !is_text(last, "@") &&
         !is_text(last, "::");
}

static char next_visible(const struct lexer *lexer, size_t at) {
  while (is_space(lexer->text[at])) at++;
  return lexer->text[at];
}

static void read_name(struct lexer *lexer) {
  size_t length = 1;
  while (continues_name(lexer->text[lexer->at + length])) length++;
  enum token_kind kind = TOKEN_NAME;
  char next = next_visible(lexer, lexer->at + length);
  if (operator_can_stand(lexer)) kind = TOKEN_OPERATOR;
  else if (next == '(') kind = TOKEN_FUNCTION;
  else if (next == ':') kind = TOKEN_AXIS;
  add(lexer, kind, lexer->at, length);
}

static bool read_literal(struct lexer *lexer) {
  const char *start = lexer->text + lexer->at + 1;
  const char *end = strchr(start, start[-1]);
  if (!end) return false;
  add(lexer, TOKEN_LITERAL, lexer->at + 1, (size_t)(end - start));
  lexer->at++; /* the quote */
  return true;
}

static void read_number(struct lexer *lexer) {
  size_t length = 0;
  while (is_digit(lexer->text[lexer->at + length]) || lexer->text[lexer->at + length] == '.') {
    length++;
  }
  add(lexer, TOKEN_NUMBER, lexer->at, length);
}

/* Marks, the longer before the shorter. */
static bool read_mark(struct lexer *lexer) {
  static const struct {
    const char *text;
    enum token_kind kind;
  } marks[] = {
      {"//", TOKEN_OPERATOR}, {"!=", TOKEN_OPERATOR}, {"<=", TOKEN_OPERATOR},
      {">=", TOKEN_OPERATOR}, {"..", TOKEN_OTHER},    {"::", TOKEN_OTHER},
      {"/", TOKEN_OPERATOR},  {"=", TOKEN_OPERATOR},  {"<", TOKEN_OPERATOR},
      {">", TOKEN_OPERATOR},  {"+", TOKEN_OPERATOR},  {"-", TOKEN_OPERATOR},
      {"|", TOKEN_OPERATOR},  {"(", TOKEN_OTHER},     {")", TOKEN_OTHER},
      {"[", TOKEN_OTHER},     {"]", TOKEN_OTHER},     {",", TOKEN_OTHER},
      {".", TOKEN_OTHER},     {"@", TOKEN_OTHER},     {"$", TOKEN_OTHER},
  };
  if (lexer->text[lexer->at] == '*') {
    add(lexer, operator_can_stand(lexer) ? TOKEN_OPERATOR : TOKEN_OTHER, lexer->at, 1);
    return true;
  }
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t length = strlen(marks[i].text);
    if (strncmp(lexer->text + lexer->at, marks[i].text, length) != 0) continue;
    add(lexer, marks[i].kind, lexer->at, length);
    return true;
  }
  return false;
}

struct token *lexer_read(struct arena *arena, const char *text, size_t *count) {
  struct lexer lexer = {.arena = arena, .text = text};
  lexer.tokens = arena_alloc_array(arena, strlen(text) + 1, sizeof *lexer.tokens);
  while (next_visible(&lexer, lexer.at)) {
    while (is_space(text[lexer.at])) lexer.at++;
    char c = text[lexer.at];
    bool fraction = c == '.' && is_digit(text[lexer.at + 1]);
    bool known = true;
    if (starts_name(c)) read_name(&lexer);
    else if (is_digit(c) || fraction) read_number(&lexer);
    else if (c == '"' || c == '\'') known = read_literal(&lexer);
    else known = read_mark(&lexer);
    if (!known) return NULL;
  }
  *count = lexer.count;
  return lexer.tokens;
}

/* What an author can get wrong in an expression although it is good XPath: a name
 * that nothing has, a function that is not there, a value that its field can never
 * hold, an order asked of what has none. All of it is found when the guide is loaded,
 * not when the one reader comes whom it would have hurt. */
#include "edition/expression.h"

#include "base/date.h"
#include "base/utf8.h"

#include <string.h>

const char *const record_names[] = {"id", "name", "languages", "mode", "edition", "paper"};
const size_t record_name_count = sizeof record_names / sizeof *record_names;

struct checking {
  struct expression *expression;
  const struct guide *guide;
  struct arena *arena;
  struct messages *messages;
  const struct token *tokens;
  size_t count;
  bool good;
};

/* The place of a part of the expression. */
static struct place part_place(const struct checking *checking, const struct token *token) {
  const char *text = checking->expression->text;
  struct place place = checking->expression->place;
  place.column += (uint32_t)utf8_count(text, token->start);
  place.length = (uint32_t)utf8_count(text + token->start, token->length);
  return place;
}

static bool is_token(const struct checking *checking, size_t at, enum token_kind kind,
                     const char *text) {
  return at < checking->count && checking->tokens[at].kind == kind &&
         (!text || strcmp(checking->tokens[at].text, text) == 0);
}

/* --- names ------------------------------------------------------------------------------ */

static size_t count_names(const struct guide *guide) {
  size_t count = record_name_count;
  for (const struct field *field = guide->fields; field; field = field->next) count++;
  for (const struct fact *fact = guide->facts; fact; fact = fact->next) count++;
  return count;
}

static const char **list_names(const struct guide *guide, struct arena *arena, size_t *count) {
  *count = count_names(guide);
  const char **names = arena_alloc_array(arena, *count, sizeof *names), **end = names;
  for (size_t i = 0; i < record_name_count; i++) *end++ = record_names[i];
  for (const struct field *field = guide->fields; field; field = field->next) *end++ = field->name;
  for (const struct fact *fact = guide->facts; fact; fact = fact->next) *end++ = fact->name;
  return names;
}

static bool is_known(const struct guide *guide, const char *name) {
  for (size_t i = 0; i < record_name_count; i++) {
    if (strcmp(record_names[i], name) == 0) return true;
  }
  return guide_field(guide, name) || guide_fact(guide, name);
}

static void keep_name(struct checking *checking, const char *name) {
  struct expression *expression = checking->expression;
  for (size_t i = 0; i < expression->name_count; i++) {
    if (strcmp(expression->names[i], name) == 0) return;
  }
  expression->names[expression->name_count++] = name;
}

static void check_name(struct checking *checking, const struct token *token) {
  if (is_known(checking->guide, token->text)) {
    keep_name(checking, token->text);
    return;
  }
  struct place place = part_place(checking, token);
  size_t count;
  const char **names = list_names(checking->guide, checking->arena, &count);
  const char *nearest = message_nearest(token->text, names, count);
  checking->good = false;
  message_error(checking->messages, &place, "unknown-name",
                "no field or fact of this guide is called '%s'", token->text);
  if (nearest) message_hint(checking->messages, "did you mean '%s'?", nearest);
  else message_hint(checking->messages, "a text stands in quotes: '%s'", token->text);
}

/* --- functions ----------------------------------------------------------------------------- */

/* How many arguments the call at `at` has: commas at its own depth, and one. */
static int count_arguments(const struct checking *checking, size_t at) {
  int depth = 0, commas = 0;
  if (is_token(checking, at + 2, TOKEN_OTHER, ")")) return 0;
  for (size_t i = at + 1; i < checking->count; i++) {
    if (is_token(checking, i, TOKEN_OTHER, "(")) depth++;
    if (is_token(checking, i, TOKEN_OTHER, ")") && --depth == 0) break;
    if (is_token(checking, i, TOKEN_OTHER, ",") && depth == 1) commas++;
  }
  return commas + 1;
}

static void report_function(struct checking *checking, const struct token *token) {
  struct place place = part_place(checking, token);
  const char **names = arena_alloc_array(checking->arena, function_row_count, sizeof *names);
  for (size_t i = 0; i < function_row_count; i++) names[i] = function_rows[i].name;
  const char *nearest = message_nearest(token->text, names, function_row_count);
  checking->good = false;
  message_error(checking->messages, &place, "unknown-function", "there is no function '%s'",
                token->text);
  if (nearest) message_hint(checking->messages, "did you mean '%s'?", nearest);
}

static void check_function(struct checking *checking, size_t at) {
  const struct token *token = &checking->tokens[at];
  const struct function_row *row = function_rows;
  while (row < function_rows + function_row_count && strcmp(row->name, token->text) != 0) row++;
  if (row == function_rows + function_row_count) {
    report_function(checking, token);
    return;
  }
  int count = count_arguments(checking, at);
  if (count >= row->least && count <= row->most) return;
  struct place place = part_place(checking, token);
  checking->good = false;
  if (row->least == row->most) {
    message_error(checking->messages, &place, "argument-count", "%s() takes %d argument%s, not %d",
                  row->name, row->least, row->least == 1 ? "" : "s", count);
  } else {
    message_error(checking->messages, &place, "argument-count",
                  "%s() takes %d to %d arguments, not %d", row->name, row->least, row->most, count);
  }
}

/* --- values ------------------------------------------------------------------------------------
 */

static void note_field(struct checking *checking, const struct field *field) {
  if (field->place.source) message_note(checking->messages, &field->place, "the field is declared");
}

#define MOST_OWN_VALUES 8
_Static_assert((int)MODE_COUNT <= MOST_OWN_VALUES && (int)STYLE_COUNT <= MOST_OWN_VALUES &&
                   (int)PAPER_COUNT <= MOST_OWN_VALUES,
               "all of them have room");

/* What the name can hold, of a few; none where that is anything. */
struct choices {
  const char *own[MOST_OWN_VALUES]; /* of what every record has */
  const char *const *items;
  size_t count;
};

static void find_choices(const struct guide *guide, const char *name, struct choices *choices) {
  *choices = (struct choices){.own = {"yes"}, .items = choices->own};
  const struct field *field = guide_field(guide, name);
  if (field && field->type == FIELD_TRUTH) {
    choices->count = 1;
  } else if (field) {
    choices->items = field->choices;
    choices->count = field->choice_count;
  } else if (strcmp(name, "languages") == 0) {
    choices->items = guide->languages;
    choices->count = guide->language_count;
  } else if (strcmp(name, "mode") == 0) {
    for (enum mode i = 0; i < MODE_COUNT; i++) choices->own[choices->count++] = mode_name(i);
  } else if (strcmp(name, "edition") == 0) {
    for (enum style i = 0; i < STYLE_COUNT; i++) choices->own[choices->count++] = style_name(i);
  } else if (strcmp(name, "paper") == 0) {
    for (enum paper i = 0; i < PAPER_COUNT; i++) choices->own[choices->count++] = paper_name(i);
  }
}

/* A text that a name is compared with must be one that it can hold. */
static void check_value(struct checking *checking, const struct token *name,
                        const struct token *literal) {
  const struct field *field = guide_field(checking->guide, name->text);
  bool truth = field && field->type == FIELD_TRUTH;
  struct choices choices;
  find_choices(checking->guide, name->text, &choices);
  for (size_t i = 0; i < choices.count; i++) {
    if (strcmp(choices.items[i], literal->text) == 0) return;
  }
  if (choices.count == 0 || !*literal->text) return;
  struct place place = part_place(checking, literal);
  checking->good = false;
  message_error(checking->messages, &place, "never-true", "'%s' is never '%s'", name->text,
                literal->text);
  if (field) note_field(checking, field);
  const char *nearest =
      truth ? NULL : message_nearest(literal->text, choices.items, choices.count);
  if (nearest) message_hint(checking->messages, "did you mean '%s'?", nearest);
  if (truth) message_hint(checking->messages, "write %s, or not(%s)", name->text, name->text);
}

static bool is_equality(const struct checking *checking, size_t at) {
  return is_token(checking, at, TOKEN_OPERATOR, "=") ||
         is_token(checking, at, TOKEN_OPERATOR, "!=");
}

static bool is_order(const struct checking *checking, size_t at) {
  return is_token(checking, at, TOKEN_OPERATOR, "<") ||
         is_token(checking, at, TOKEN_OPERATOR, ">") ||
         is_token(checking, at, TOKEN_OPERATOR, "<=") ||
         is_token(checking, at, TOKEN_OPERATOR, ">=");
}

/* has(skills, 'a', 'b') */
static void check_has(struct checking *checking, size_t at) {
  const struct token *name = &checking->tokens[at + 2];
  if (!is_token(checking, at + 2, TOKEN_NAME, NULL)) return;
  for (size_t i = at + 3;
       is_token(checking, i, TOKEN_OTHER, ",") && is_token(checking, i + 1, TOKEN_LITERAL, NULL);
       i += 2) {
    check_value(checking, name, &checking->tokens[i + 1]);
  }
}

/* before(start, '2026-08-01'): of what is no date, nothing is before anything. */
static void check_before(struct checking *checking, size_t at) {
  int depth = 0;
  for (size_t i = at + 1; i < checking->count; i++) {
    const struct token *token = &checking->tokens[i];
    if (is_token(checking, i, TOKEN_OTHER, "(")) depth++;
    if (is_token(checking, i, TOKEN_OTHER, ")") && --depth == 0) return;
    struct date date;
    if (depth > 1 || token->kind != TOKEN_LITERAL || date_read(token->text, &date)) continue;
    struct place place = part_place(checking, token);
    checking->good = false;
    message_error(checking->messages, &place, "never-true", "'%s' is no day: before() is never true",
                  token->text);
    message_hint(checking->messages, "a day is written YYYY-MM-DD");
  }
}

/* Numbers alone have an order in XPath; all else compares as "not a number". */
static void check_order(struct checking *checking, const struct token *name) {
  const struct field *field = guide_field(checking->guide, name->text);
  if (!field || field->type == FIELD_NUMBER || field->type == FIELD_INTEGER) return;
  struct place place = part_place(checking, name);
  checking->good = false;
  message_error(checking->messages, &place, "no-order", "'%s' is no number and has no order",
                name->text);
  note_field(checking, field);
  if (field->type == FIELD_DATE) {
    message_hint(checking->messages, "dates are compared by before(%s, '2026-08-01')", name->text);
  }
}

static void check_comparison(struct checking *checking, size_t at) {
  const struct token *left = at ? &checking->tokens[at - 1] : NULL;
  const struct token *right = at + 1 < checking->count ? &checking->tokens[at + 1] : NULL;
  if (!left || !right) return;
  if (is_equality(checking, at)) {
    if (left->kind == TOKEN_NAME && right->kind == TOKEN_LITERAL) {
      check_value(checking, left, right);
    }
    if (right->kind == TOKEN_NAME && left->kind == TOKEN_LITERAL) {
      check_value(checking, right, left);
    }
  } else if (is_order(checking, at)) {
    if (left->kind == TOKEN_NAME) check_order(checking, left);
    if (right->kind == TOKEN_NAME) check_order(checking, right);
  }
}

/* "level = 'a' or 'b'": a text is true, whatever stands in it. */
static bool is_junction(const struct checking *checking, size_t at) {
  return is_token(checking, at, TOKEN_OPERATOR, "and") || is_token(checking, at, TOKEN_OPERATOR, "or");
}

static void check_operand(struct checking *checking, size_t at) {
  bool opens = at == 0 || is_token(checking, at - 1, TOKEN_OTHER, "(");
  bool closes = at + 1 == checking->count || is_token(checking, at + 1, TOKEN_OTHER, ")");
  bool before = at > 0 && is_junction(checking, at - 1), after = is_junction(checking, at + 1);
  if (!(before && (after || closes)) && !(after && opens)) return;
  struct place place = part_place(checking, &checking->tokens[at]);
  checking->good = false;
  message_error(checking->messages, &place, "always-true", "'%s' by itself is always true",
                checking->tokens[at].text);
  message_hint(checking->messages, "say what it is compared with: level = 'a' or level = 'b'");
}

/* --- all of it
 * ------------------------------------------------------------------------------------ */

static void check_token(struct checking *checking, size_t at) {
  const struct token *token = &checking->tokens[at];
  switch (token->kind) {
  case TOKEN_NAME:
    check_name(checking, token);
    break;
  case TOKEN_FUNCTION:
    check_function(checking, at);
    if (strcmp(token->text, "has") == 0) check_has(checking, at);
    if (strcmp(token->text, "before") == 0) check_before(checking, at);
    break;
  case TOKEN_OPERATOR:
    check_comparison(checking, at);
    break;
  case TOKEN_LITERAL:
    check_operand(checking, at);
    break;
  case TOKEN_AXIS:
  case TOKEN_NUMBER:
  case TOKEN_OTHER:
    break;
  }
}

bool expression_check(struct expression *expression, const struct guide *guide, struct arena *arena,
                      struct messages *messages) {
  struct checking checking = {
      .expression = expression, .guide = guide, .arena = arena, .messages = messages, .good = true};
  checking.tokens = lexer_read(arena, expression->text, &checking.count);
  if (!checking.tokens) {
    message_error(messages, &expression->place, "bad-expression",
                  "this expression holds what XPath does not know");
    return false;
  }
  expression->names = arena_alloc_array(arena, checking.count + 1, sizeof *expression->names);
  for (size_t i = 0; i < checking.count; i++) check_token(&checking, i);
  return checking.good;
}

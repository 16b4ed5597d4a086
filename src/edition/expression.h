/* Conditions and fill-ins: XPath 1.0 over a reader's record. Not for other rooms.
 *
 *   a guide's texts ──compile, check names──▶ expressions (once for a guide)
 *   a record ──▶ <record><region>CN</region><skills>sql</skills>…</record>
 *   expression + record + language ──▶ true or false, or a text
 *
 * Nothing of a record is ever parsed: its values are text nodes of that document. */
#ifndef HANDOUT_EDITION_EXPRESSION_H
#define HANDOUT_EDITION_EXPRESSION_H

#include "base/message.h"
#include "guide/guide.h"
#include "reader/reader.h"

/* --- lexer.c: the tokens of XPath 1.0 (3.7) ---------------------------------------- */

enum token_kind {
  TOKEN_NAME,     /* of an element: a field or a fact */
  TOKEN_FUNCTION, /* before a ( */
  TOKEN_AXIS,     /* before a :: */
  TOKEN_LITERAL,  /* without its quotes */
  TOKEN_NUMBER,
  TOKEN_OPERATOR, /* and or div mod * = != < <= > >= + - | / // */
  TOKEN_OTHER     /* ( ) [ ] , . .. @ :: $name */
};

struct token {
  enum token_kind kind;
  const char *text; /* in the arena, NUL at the end */
  size_t start, length;
};

/* The text is one that libxml2 has compiled; NULL where it holds what we do not know. */
struct token *lexer_read(struct arena *arena, const char *text, size_t *count);

/* --- expression.c -------------------------------------------------------------------- */

struct expression {
  const char *text;
  struct place place;
  void *compiled;     /* xmlXPathCompExpr */
  const char **names; /* of the fields and facts in it, each once */
  size_t name_count;
  unsigned long run; /* the record that these were found for: */
  bool holds, holds_known;
  const char *language, *value; /* of a fill-in; in that run's arena */
};

struct expressions;

/* `formats` is borrowed. */
struct formats;
struct expressions *expressions_new(const struct guide *guide, struct formats *formats);
void expressions_free(struct expressions *expressions);

/* Compiles a text that stands at `place`, once. NULL and messages where it is no
 * expression or names what there is not. */
const struct expression *expressions_add(struct expressions *expressions, const char *text,
                                         const struct place *place, struct messages *messages);
struct expression *expressions_find(const struct expressions *expressions, const char *text);

/* Some expression has this name in it. */
bool expressions_name(const struct expressions *expressions, const char *name);

/* What follows is asked about this record, until the next; texts live in the arena. */
void expressions_start(struct expressions *expressions, const struct reader *reader,
                       struct arena *arena);

/* Whether a condition is true. False and a message where it cannot be worked out;
 * then `good` is made false. */
bool expression_holds(struct expressions *expressions, const char *text, bool *good,
                      struct messages *messages);

/* What a fill-in prints in a language: never an empty text. NULL and a message at
 * `place` where there is nothing to print. */
const char *expression_text(struct expressions *expressions, const char *text, const char *language,
                            const struct place *place, struct messages *messages);

/* The same where nothing may be there: NULL without a message. */
const char *expression_value(struct expressions *expressions, const char *text);

/* The values of a name in the record that is asked about. */
const struct field_value *expression_field(const struct expressions *expressions, const char *name);

/* --- check.c: names, functions, and values that can never be ------------------------------ */

bool expression_check(struct expression *expression, const struct guide *guide, struct arena *arena,
                      struct messages *messages);

/* The names of a record that are no fields of the guide. */
extern const char *const record_names[];
extern const size_t record_name_count;

/* --- functions.c ----------------------------------------------------------------------------- */

/* What the functions of one evaluation share. */
struct evaluation {
  struct formats *formats;
  const struct guide *guide;
  struct arena *arena;
  const char *language;
  const char *problem; /* why it failed, in the arena; or NULL */
  size_t offset;       /* where in the expression, in bytes; 0 where that is not known */
};

/* The values of a node set (xmlNodeSet) as a list in the evaluation's language, ids of
 * skills by their names; NULL where there are none. */
const char *function_list(struct evaluation *evaluation, void *nodes, bool alternatives);

/* `context` is an xmlXPathContext, whose userData is the evaluation. */
void functions_register(void *context);

/* Names and numbers of arguments of all functions that an expression may call. */
struct function_row {
  const char *name;
  int least, most;
};
extern const struct function_row function_rows[];
extern const size_t function_row_count;

#endif

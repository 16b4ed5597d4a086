/* libxml2 compiles and evaluates. Each different text is compiled once for a guide;
 * a condition is worked out once for a record, a fill-in once for a record and a
 * language. The work of one evaluation is bounded, so that no guide can hang a batch. */
#include "edition/expression.h"

#include "base/hash.h"
#include "base/limit.h"
#include "base/utf8.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

#define TABLE_SIZE 256 /* a power of two; chains take what is more */

struct link {
  struct expression expression;
  struct link *next, *all;
};

struct expressions {
  struct arena *arena;
  const struct guide *guide;
  xmlXPathContextPtr context;
  xmlDocPtr record;
  const struct reader *reader;
  struct evaluation evaluation;
  unsigned long run;
  struct link *table[TABLE_SIZE];
  struct link *all;
};

/* --- libxml2's complaints --------------------------------------------------------------- */

/* libxml2 gives a code and, while it compiles, an offset; the words are ours. */
static const char *complaint_text(int code) {
  switch (code - XML_XPATH_EXPRESSION_OK) {
  case XPATH_NUMBER_ERROR:
    return "a number is written wrongly";
  case XPATH_UNFINISHED_LITERAL_ERROR:
  case XPATH_START_LITERAL_ERROR:
    return "a quote is not closed";
  case XPATH_VARIABLE_REF_ERROR:
  case XPATH_UNDEF_VARIABLE_ERROR:
    return "there are no variables here";
  case XPATH_INVALID_PREDICATE_ERROR:
  case XPATH_UNCLOSED_ERROR:
    return "a bracket is not closed";
  case XPATH_UNKNOWN_FUNC_ERROR:
    return "there is no such function";
  case XPATH_INVALID_OPERAND:
  case XPATH_INVALID_TYPE:
    return "a value is of the wrong kind";
  case XPATH_UNDEF_PREFIX_ERROR:
    return "names have no prefix here";
  case XPATH_OP_LIMIT_EXCEEDED:
  case XPATH_RECURSION_LIMIT_EXCEEDED:
    return "it takes more steps than the limit 'steps' allows";
  default:
    return "something is missing or out of place";
  }
}

static void take_complaint(void *data, xmlErrorPtr error) {
  struct evaluation *evaluation = data;
  if (evaluation->problem || !error) return;
  evaluation->problem = complaint_text(error->code);
  evaluation->offset = error->int1 > 0 ? (size_t)error->int1 : 0;
}

/* --- the table of expressions --------------------------------------------------------------- */

struct expressions *expressions_new(const struct guide *guide, struct formats *formats) {
  struct arena *arena = arena_new();
  struct expressions *expressions = arena_alloc(arena, sizeof *expressions);
  expressions->arena = arena;
  expressions->guide = guide;
  expressions->evaluation =
      (struct evaluation){.formats = formats, .guide = guide, .arena = arena, .language = "en"};
  expressions->context = memory_check(xmlXPathNewContext(NULL));
  expressions->context->opLimit = limit_of(LIMIT_STEPS);
  expressions->context->userData = &expressions->evaluation;
  expressions->context->error = take_complaint;
  xmlXPathContextSetCache(expressions->context, 1, -1, 0);
  functions_register(expressions->context);
  return expressions;
}

void expressions_free(struct expressions *expressions) {
  if (!expressions) return;
  for (struct link *link = expressions->all; link; link = link->all) {
    xmlXPathFreeCompExpr(link->expression.compiled);
  }
  xmlXPathFreeContext(expressions->context);
  xmlFreeDoc(expressions->record);
  arena_free(expressions->arena);
}

static size_t slot_of(const char *text) {
  return hash_quick(text, strlen(text), HASH_QUICK_SEED) & (TABLE_SIZE - 1);
}

struct expression *expressions_find(const struct expressions *expressions, const char *text) {
  struct link *link = expressions->table[slot_of(text)];
  while (link && strcmp(link->expression.text, text) != 0) link = link->next;
  return link ? &link->expression : NULL;
}

static xmlXPathCompExprPtr compile(struct expressions *expressions, const char *text,
                                   const struct place *place, struct messages *messages) {
  if (strlen(text) > limit_of(LIMIT_EXPRESSION)) {
    limit_report(messages, place, LIMIT_EXPRESSION, NULL);
    return NULL;
  }
  expressions->evaluation.problem = NULL;
  expressions->evaluation.offset = 0;
  expressions->context->opCount = 0;
  xmlXPathCompExprPtr compiled = xmlXPathCtxtCompile(expressions->context, BAD_CAST text);
  if (compiled) return compiled;
  const char *problem = expressions->evaluation.problem;
  struct place there = *place;
  size_t length = strlen(text), offset = expressions->evaluation.offset;
  there.column += (uint32_t)utf8_count(text, offset < length ? offset : length);
  there.length = 0;
  message_error(messages, &there, "bad-expression", "this is not an XPath expression: %s",
                problem ? problem : "it cannot be read");
  message_hint(messages, "such as: region = 'CN' and not(skills = 'python')");
  return NULL;
}

const struct expression *expressions_add(struct expressions *expressions, const char *text,
                                         const struct place *place, struct messages *messages) {
  const struct expression *known = expressions_find(expressions, text);
  if (known) return known;
  xmlXPathCompExprPtr compiled = compile(expressions, text, place, messages);
  if (!compiled) return NULL;
  struct link *link = arena_alloc(expressions->arena, sizeof *link);
  struct link **chain = &expressions->table[slot_of(text)];
  link->expression = (struct expression){.text = text, .place = *place, .compiled = compiled};
  link->all = expressions->all;
  expressions->all = link;
  bool good = expression_check(&link->expression, expressions->guide, expressions->arena, messages);
  if (!good) return NULL;
  link->next = *chain;
  *chain = link;
  return &link->expression;
}

bool expressions_name(const struct expressions *expressions, const char *name) {
  for (const struct link *link = expressions->all; link; link = link->all) {
    for (size_t i = 0; i < link->expression.name_count; i++) {
      if (strcmp(link->expression.names[i], name) == 0) return true;
    }
  }
  return false;
}

/* --- the record as a document ------------------------------------------------------------------
 */

static void add_element(xmlNodePtr parent, const char *name, const char *value) {
  if (!value) return;
  memory_check(xmlNewTextChild(parent, NULL, BAD_CAST name, BAD_CAST value));
}

static xmlDocPtr make_record(const struct guide *guide, const struct reader *reader) {
  xmlDocPtr document = memory_check(xmlNewDoc(BAD_CAST "1.0"));
  xmlNodePtr root = memory_check(xmlNewDocNode(document, NULL, BAD_CAST "record", NULL));
  xmlDocSetRootElement(document, root);
  add_element(root, "id", reader->id);
  add_element(root, "name", reader->name);
  for (size_t i = 0; i < reader->language_count; i++) {
    add_element(root, "languages", reader->languages[i]);
  }
  for (size_t i = 0; reader->language_count == 0 && i < guide->language_count; i++) {
    add_element(root, "languages", guide->languages[i]);
  }
  add_element(root, "mode", mode_name(reader->mode));
  add_element(root, "edition", style_name(reader->style));
  add_element(root, "paper", paper_name(reader->paper));
  for (const struct field_value *field = reader->fields; field; field = field->next) {
    for (size_t i = 0; i < field->value_count; i++) {
      add_element(root, field->name, field->values[i]);
    }
  }
  for (const struct fact *fact = guide->facts; fact; fact = fact->next) {
    add_element(root, fact->name, fact->value);
  }
  return document;
}

void expressions_start(struct expressions *expressions, const struct reader *reader,
                       struct arena *arena) {
  xmlFreeDoc(expressions->record);
  expressions->record = make_record(expressions->guide, reader);
  expressions->reader = reader;
  expressions->evaluation.arena = arena;
  expressions->run++;
}

const struct field_value *expression_field(const struct expressions *expressions,
                                           const char *name) {
  return reader_field(expressions->reader, name);
}

/* --- evaluating
 * ------------------------------------------------------------------------------------ */

static xmlXPathObjectPtr evaluate(struct expressions *expressions, struct expression *expression,
                                  const char *language) {
  xmlXPathContextPtr context = expressions->context;
  context->doc = expressions->record;
  context->node = xmlDocGetRootElement(expressions->record);
  context->opCount = 0;
  expressions->evaluation.language = language;
  expressions->evaluation.problem = NULL;
  return xmlXPathCompiledEval(expression->compiled, context);
}

static void forget_other_runs(const struct expressions *expressions,
                              struct expression *expression) {
  if (expression->run == expressions->run) return;
  expression->run = expressions->run;
  expression->holds_known = false;
  expression->value = NULL;
}

static void report_failure(const struct expressions *expressions, const char *text,
                           const struct place *place, struct messages *messages) {
  const char *problem = expressions->evaluation.problem;
  const char *id = expressions->reader->id;
  message_error(messages, place, "cannot-fill-in", "{{ %s }}: %s%s%s%s", text,
                problem ? problem : "there is nothing to print", id ? " for reader '" : "",
                id ? id : "", id ? "'" : "");
}

static bool is_missing(const struct expressions *expressions, const char *name) {
  if (strcmp(name, "name") == 0) return !expressions->reader->name;
  const struct field *field = guide_field(expressions->guide, name);
  const struct field_value *value = field ? expression_field(expressions, name) : NULL;
  return field && !(value && value->value_count);
}

/* The first name in the expression that the record has no value for, or NULL. */
static const char *missing_name(const struct expressions *expressions,
                                const struct expression *expression) {
  for (size_t i = 0; i < expression->name_count; i++)
    if (is_missing(expressions, expression->names[i])) return expression->names[i];
  return NULL;
}

/* There may be none of a set, and what is not said is not true; else the text would have a hole. */
static bool has_hole(const struct expressions *expressions, const struct expression *expression) {
  const char *name = missing_name(expressions, expression);
  const struct field *field = name ? guide_field(expressions->guide, name) : NULL;
  return name && !(field && (field->type == FIELD_SET || field->type == FIELD_TRUTH));
}

/* The likely cause. */
static void note_missing(const struct expressions *expressions, const struct expression *expression,
                         struct messages *messages) {
  const char *name = missing_name(expressions, expression);
  const struct field *field = name ? guide_field(expressions->guide, name) : NULL;
  if (!name) return;
  message_note(messages, field && field->place.source ? &field->place : NULL,
               "the record has no value for '%s'", name);
  message_hint(messages, "give the field a default, or the passage a condition: when=\"%s\"", name);
}

bool expression_holds(struct expressions *expressions, const char *text, bool *good,
                      struct messages *messages) {
  struct expression *expression = expressions_find(expressions, text);
  if (!expression) return false;
  forget_other_runs(expressions, expression);
  if (expression->holds_known) return expression->holds;
  xmlXPathObjectPtr result = evaluate(expressions, expression, "en");
  expression->holds = result && xmlXPathCastToBoolean(result);
  expression->holds_known = true;
  if (!result) {
    *good = false;
    const char *problem = expressions->evaluation.problem;
    message_error(messages, &expression->place, "cannot-decide", "%s: %s", text,
                  problem ? problem : "this cannot be worked out");
  }
  xmlXPathFreeObject(result);
  return expression->holds;
}

/* A number or a text as XPath has it; several values as a list. */
static const char *print_result(struct expressions *expressions, xmlXPathObjectPtr result) {
  struct evaluation *evaluation = &expressions->evaluation;
  if (result->type == XPATH_NODESET) return function_list(evaluation, result->nodesetval, false);
  if (result->type == XPATH_NUMBER && !isfinite(result->floatval)) {
    evaluation->problem = "the result is no number";
    return NULL;
  }
  if (result->type == XPATH_BOOLEAN) {
    evaluation->problem = "true and false are no text to print";
    return NULL;
  }
  xmlChar *text = memory_check(xmlXPathCastToString(result));
  const char *copy = arena_strdup(evaluation->arena, (const char *)text);
  xmlFree(text);
  return copy;
}

/* The text of an expression in a language, worked out once; NULL where there is none. */
static const char *find_text(struct expressions *expressions, struct expression *expression,
                             const char *language) {
  forget_other_runs(expressions, expression);
  if (expression->value && strcmp(expression->language, language) == 0) return expression->value;
  xmlXPathObjectPtr result = evaluate(expressions, expression, language);
  const char *value = result ? print_result(expressions, result) : NULL;
  xmlXPathFreeObject(result);
  expression->language = language;
  expression->value = value && *value ? value : NULL;
  return expression->value;
}

const char *expression_value(struct expressions *expressions, const char *text) {
  struct expression *expression = expressions_find(expressions, text);
  return expression ? find_text(expressions, expression, "en") : NULL;
}

const char *expression_text(struct expressions *expressions, const char *text, const char *language,
                            const struct place *place, struct messages *messages) {
  struct expression *expression = expressions_find(expressions, text);
  if (!expression) return NULL;
  const char *value = find_text(expressions, expression, language);
  if (value && !has_hole(expressions, expression)) return value;
  report_failure(expressions, text, place, messages);
  note_missing(expressions, expression, messages);
  return NULL;
}

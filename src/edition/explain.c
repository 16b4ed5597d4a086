/* Why a passage is in or out (D15). Each condition of the guide is worked out for a
 * record, whether or not it stands inside of a passage that is out already; of a
 * condition made of parts (a or b, a and b) those parts are named that settled it:
 *
 *   a or b   true: the parts that are true     false: all of them
 *   a and b  true: all of them                 false: the parts that are false
 *
 * Asked about many records, it counts how often each condition is true: one that
 * never is, for any record, guards text that nobody reads. */
#include "edition/maker.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

/* --- the parts of a condition -------------------------------------------------------------- */

struct parts {
  const char *joint; /* "or", "and"; NULL: one part */
  const char **texts;
  size_t count;
};

static bool is_word(const struct token *token, const char *word) {
  return token->kind == TOKEN_OPERATOR && strcmp(token->text, word) == 0;
}

static int depth_after(int depth, const struct token *token) {
  if (token->kind != TOKEN_OTHER) return depth;
  if (*token->text == '(' || *token->text == '[') return depth + 1;
  if (*token->text == ')' || *token->text == ']') return depth - 1;
  return depth;
}

static size_t count_joints(const struct token *tokens, size_t count, const char *joint) {
  int depth = 0;
  size_t joints = 0;
  for (size_t i = 0; i < count; i++) {
    depth = depth_after(depth, &tokens[i]);
    joints += depth == 0 && is_word(&tokens[i], joint);
  }
  return joints;
}

/* Splits at the outermost "or"s, else at the outermost "and"s. */
static struct parts split(struct arena *arena, const char *text) {
  size_t count = 0, start = 0;
  const struct token *tokens = lexer_read(arena, text, &count);
  struct parts parts = {0};
  if (tokens && count_joints(tokens, count, "or")) parts.joint = "or";
  else if (tokens && count_joints(tokens, count, "and")) parts.joint = "and";
  parts.texts = arena_alloc_array(arena, count + 1, sizeof *parts.texts);
  int depth = 0;
  for (size_t i = 0; parts.joint && i < count; i++) {
    depth = depth_after(depth, &tokens[i]);
    if (depth != 0 || !is_word(&tokens[i], parts.joint)) continue;
    parts.texts[parts.count++] = arena_strndup(arena, text + start, tokens[i].start - start);
    start = tokens[i].start + tokens[i].length;
  }
  parts.texts[parts.count++] = arena_strdup(arena, text + start);
  return parts;
}

/* --- decisions ---------------------------------------------------------------------------------
 */

static void add_names(struct decision *decision, const struct expression *expression) {
  for (size_t i = 0; i < expression->name_count; i++) {
    size_t k = 0;
    while (k < decision->name_count && strcmp(decision->names[k], expression->names[i]) != 0) k++;
    if (k == decision->name_count) decision->names[decision->name_count++] = expression->names[i];
  }
}

/* The names in the parts that settled the condition. */
static void find_deciders(struct edition_maker *maker, struct decision *decision,
                          struct arena *arena, struct messages *messages) {
  const struct expression *whole = expressions_find(maker->expressions, decision->condition);
  struct parts parts = split(arena, decision->condition);
  bool good = true;
  decision->names = arena_alloc_array(arena, whole->name_count + 1, sizeof *decision->names);
  for (size_t i = 0; parts.joint && i < parts.count; i++) {
    const char *text = parts.texts[i];
    const struct expression *part = expressions_find(maker->expressions, text);
    if (!part) {
      text = arena_strdup(maker->arena, text); /* it is kept as long as the maker */
      part = expressions_add(maker->expressions, text, &whole->place, messages);
    }
    if (!part) continue;
    bool holds = expression_holds(maker->expressions, text, &good, messages);
    bool settles = (*parts.joint == 'o') == holds;
    if (settles || decision->holds == (*parts.joint == 'a')) add_names(decision, part);
  }
  if (decision->name_count == 0) add_names(decision, whole);
}

static size_t count_conditions(const struct guide *guide) {
  size_t count = 0;
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) count += walk.entering && walk.node->when;
  return count;
}

struct decisions edition_decide(struct edition_maker *maker, const struct reader *reader,
                                struct arena *arena, struct messages *messages) {
  struct decisions decisions = {0};
  const struct node *out = NULL; /* the outermost passage that is out */
  bool good = true;
  decisions.items =
      arena_alloc_array(arena, count_conditions(maker->guide) + 1, sizeof *decisions.items);
  expressions_start(maker->expressions, reader, arena);
  struct walk walk = walk_start(maker->guide->root);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    if (!walk.entering && node == out) out = NULL;
    if (!walk.entering || !node->when) continue;
    struct decision *decision = &decisions.items[decisions.count++];
    decision->node = node;
    decision->condition = node->when;
    decision->inside_out = out != NULL;
    decision->holds = expression_holds(maker->expressions, node->when, &good, messages);
    find_deciders(maker, decision, arena, messages);
    if (!decision->holds && !out) out = node;
  }
  return decisions;
}

/* --- in words: one reader -----------------------------------------------------------------------
 */

static void put_place(struct buffer *out, const struct place *place) {
  if (!place->source) return;
  buffer_append_text(out, place->source->name);
  if (place->line) buffer_printf(out, ":%u:%u", place->line, place->column);
}

static void put_values(struct buffer *out, const char *const *values, size_t count) {
  for (size_t i = 0; i < count; i++) buffer_printf(out, "%s'%s'", i ? ", " : "", values[i]);
}

static void put_field(struct buffer *out, const struct field_value *value) {
  if (value->value_count) put_values(out, value->values, value->value_count);
  else buffer_append_text(out, "nothing");
  buffer_append_text(out, value->is_default ? " (the default, " : " (");
  put_place(out, &value->place);
  buffer_append_text(out, value->place.source ? ")" : "as the command line says)");
}

/* What a record is besides its fields. */
static void put_own(struct buffer *out, const struct reader *reader, const char *name) {
  const char *text = NULL;
  if (strcmp(name, "id") == 0) text = reader->id;
  if (strcmp(name, "name") == 0) text = reader->name;
  if (strcmp(name, "mode") == 0) text = mode_name(reader->mode);
  if (strcmp(name, "edition") == 0) text = style_name(reader->style);
  if (strcmp(name, "paper") == 0) text = paper_name(reader->paper);
  if (strcmp(name, "languages") == 0 && reader->language_count) {
    put_values(out, reader->languages, reader->language_count);
    return;
  }
  if (text) put_values(out, &text, 1);
  else buffer_append_text(out, "nothing (the record does not say)");
}

static void put_name(struct buffer *out, const struct guide *guide, const struct reader *reader,
                     const char *name) {
  const struct field_value *value = reader_field(reader, name);
  const struct fact *fact = guide_fact(guide, name);
  buffer_printf(out, "    %s is ", name);
  if (value) {
    put_field(out, value);
  } else if (guide_field(guide, name)) {
    buffer_append_text(out, "nothing (the record does not say)");
  } else if (fact) {
    buffer_printf(out, "'%s' (", fact->value);
    put_place(out, &fact->place);
    buffer_append_text(out, ")");
  } else {
    put_own(out, reader, name);
  }
  buffer_append_byte(out, '\n');
}

static void put_decision(struct buffer *out, const struct guide *guide, const struct reader *reader,
                         const struct decision *decision) {
  put_place(out, &decision->node->when_place);
  buffer_printf(out, ": %s  %s: %s%s\n", decision->holds ? "in " : "out",
                node_kind_name(decision->node->kind), decision->condition,
                decision->inside_out ? " (inside a passage that is out)" : "");
  for (size_t i = 0; i < decision->name_count; i++) {
    put_name(out, guide, reader, decision->names[i]);
  }
}

void edition_explain(struct edition_maker *maker, const struct reader *reader, struct buffer *out,
                     struct messages *messages) {
  struct arena *arena = arena_new();
  struct decisions decisions = edition_decide(maker, reader, arena, messages);
  for (size_t i = 0; i < decisions.count; i++) {
    put_decision(out, maker->guide, reader, &decisions.items[i]);
  }
  if (decisions.count == 0) buffer_append_text(out, "the guide has no conditions\n");
  arena_free(arena);
}

/* --- many readers -------------------------------------------------------------------------------
 */

struct edition_survey {
  struct edition_maker *maker;
  const struct node **nodes;
  size_t *counts;
  size_t node_count, record_count;
};

struct edition_survey *edition_survey_new(struct edition_maker *maker) {
  struct edition_survey *survey = memory_alloc(sizeof *survey);
  size_t count = count_conditions(maker->guide);
  survey->maker = maker;
  survey->nodes = memory_alloc((count + 1) * sizeof *survey->nodes);
  survey->counts = memory_alloc((count + 1) * sizeof *survey->counts);
  struct walk walk = walk_start(maker->guide->root);
  while (walk_next(&walk)) {
    if (walk.entering && walk.node->when) survey->nodes[survey->node_count++] = walk.node;
  }
  return survey;
}

void edition_survey_free(struct edition_survey *survey) {
  if (!survey) return;
  free(survey->nodes);
  free(survey->counts);
  free(survey);
}

void edition_survey_add(struct edition_survey *survey, const struct reader *reader,
                        struct messages *messages) {
  struct arena *arena = arena_new();
  bool good = true;
  expressions_start(survey->maker->expressions, reader, arena);
  for (size_t i = 0; i < survey->node_count; i++) {
    survey->counts[i] +=
        expression_holds(survey->maker->expressions, survey->nodes[i]->when, &good, messages);
  }
  survey->record_count++;
  arena_free(arena);
}

static void warn_of_unused(const struct edition_survey *survey, struct messages *messages) {
  const struct guide *guide = survey->maker->guide;
  for (const struct field *field = guide->fields; field; field = field->next) {
    if (expressions_name(survey->maker->expressions, field->name)) continue;
    message_warning(messages, field->place.source ? &field->place : NULL, "unused-field",
                    "nothing in the guide asks for the field '%s'", field->name);
  }
}

void edition_survey_write(const struct edition_survey *survey, struct buffer *out,
                          struct messages *messages) {
  for (size_t i = 0; i < survey->node_count; i++) {
    const struct node *node = survey->nodes[i];
    put_place(out, &node->when_place);
    buffer_printf(out, ": %zu of %zu  %s: %s\n", survey->counts[i], survey->record_count,
                  node_kind_name(node->kind), node->when);
    if (survey->counts[i] || survey->record_count == 0) continue;
    message_warning(messages, &node->when_place, "dead-passage",
                    "this is true for none of the %zu records", survey->record_count);
  }
  warn_of_unused(survey, messages);
}

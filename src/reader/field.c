/* The fields that a guide declares: what a value must be, by its type, and what holds
 * where a record says nothing. Values are kept as text, in one way of writing: a
 * number without a plus sign, a truth value as "yes" or not at all, so that the
 * condition `member` is true exactly for members. */
#include "reader/record.h"

#include "base/date.h"
#include "base/number.h"
#include "base/utf8.h"

#include <string.h>

#define LONGEST_TEXT   4000 /* code points, unless the field says otherwise */
#define LONGEST_MEMBER 200

/* --- a value against its field ------------------------------------------------------- */

static void refuse(struct record *record, const struct field *field, const struct cell *cell,
                   const char *allowed) {
  value_refuse(record, field->name, cell, allowed);
  if (field->place.source) message_note(record->messages, &field->place, "the field is declared");
}

/* "a number from 0 to 60" */
static const char *range_text(struct arena *arena, const struct field *field, const char *what) {
  if (field->min && field->max) {
    return arena_printf(arena, "%s from %s to %s", what, field->min, field->max);
  }
  if (field->min) return arena_printf(arena, "%s from %s on", what, field->min);
  if (field->max) return arena_printf(arena, "%s up to %s", what, field->max);
  return what;
}

static const char *check_number(struct record *record, const struct field *field,
                                const struct cell *cell) {
  bool whole = field->type == FIELD_INTEGER;
  const char *what = whole ? "a whole number" : "a number (such as 8 or 7.5)";
  struct arena *arena = record->reader->arena;
  double number, limit;
  bool fits = number_read(cell->text, &number) && !(whole && strchr(cell->text, '.'));
  if (fits && field->min && number_read(field->min, &limit)) fits = number >= limit;
  if (fits && field->max && number_read(field->max, &limit)) fits = number <= limit;
  if (fits) return arena_strdup(arena, cell->text + (*cell->text == '+'));
  refuse(record, field, cell, range_text(arena, field, what));
  return NULL;
}

/* Dates in this form are in the order of their texts. */
static const char *check_date(struct record *record, const struct field *field,
                              const struct cell *cell) {
  struct arena *arena = record->reader->arena;
  struct date date;
  bool fits = date_read(cell->text, &date) && !(field->min && strcmp(cell->text, field->min) < 0) &&
              !(field->max && strcmp(cell->text, field->max) > 0);
  if (fits) return arena_strdup(arena, cell->text);
  refuse(record, field, cell,
         range_text(arena, field, "a date of the calendar (such as 2026-08-01)"));
  return NULL;
}

static const char *check_choice(struct record *record, const struct field *field,
                                const struct cell *cell) {
  int chosen = value_choose(record, field->name, cell, field->choices, field->choice_count);
  if (chosen >= 0) return field->choices[chosen];
  if (field->place.source) message_note(record->messages, &field->place, "the field is declared");
  if (field->type == FIELD_SET) value_hint_several(record, cell);
  return NULL;
}

static const char *check_text(struct record *record, const struct field *field,
                              const struct cell *cell) {
  double longest = LONGEST_TEXT, least = 0;
  if (field->max) number_read(field->max, &longest);
  if (field->min) number_read(field->min, &least);
  const char *text = value_text(record, field->name, cell, (size_t)longest, true);
  if (!text || !*text || (double)utf8_count(text, strlen(text)) >= least) return text;
  refuse(record, field, cell,
         arena_printf(record->reader->arena, "a text of %s characters at least", field->min));
  return NULL;
}

static const char *check_truth(struct record *record, const struct field *field,
                               const struct cell *cell) {
  static const char *const truths[] = {"yes", "no", "true", "false"};
  int chosen = value_choose(record, field->name, cell, truths, sizeof truths / sizeof *truths);
  return chosen < 0 ? NULL : chosen % 2 ? "" : "yes";
}

/* The value as it is kept; NULL and a message where it is not allowed. */
static const char *check_value(struct record *record, const struct field *field,
                               const struct cell *cell) {
  switch (field->type) {
  case FIELD_TEXT:
    return check_text(record, field, cell);
  case FIELD_NUMBER:
  case FIELD_INTEGER:
    return check_number(record, field, cell);
  case FIELD_DATE:
    return check_date(record, field, cell);
  case FIELD_TRUTH:
    return check_truth(record, field, cell);
  case FIELD_CHOICE:
    return check_choice(record, field, cell);
  case FIELD_SET:
    if (field->choice_count) return check_choice(record, field, cell);
    return value_text(record, field->name, cell, LONGEST_MEMBER, false);
  case FIELD_TYPE_COUNT:
    break;
  }
  return NULL;
}

/* --- into the record -------------------------------------------------------------------- */

static bool holds(const struct field_value *value, const char *text) {
  for (size_t i = 0; i < value->value_count; i++) {
    if (strcmp(value->values[i], text) == 0) return true;
  }
  return false;
}

static struct field_value *add_value(struct record *record, const struct field *field,
                                     size_t most) {
  struct arena *arena = record->reader->arena;
  struct field_value *value = arena_alloc(arena, sizeof *value);
  value->name = field->name;
  value->values = arena_alloc_array(arena, most, sizeof *value->values);
  value->next = record->reader->fields;
  record->reader->fields = value;
  return value;
}

static void report_missing(struct record *record, const struct field *field,
                           const struct place *place) {
  record->good = false;
  message_error(record->messages, place, "no-value", "the field '%s' has no value", field->name);
  if (field->place.source)
    message_note(record->messages, &field->place, "the field is declared as required");
}

static bool is_empty(const struct cell *cells, size_t count) {
  while (count > 0 && !*cells[count - 1].text) count--;
  return count == 0;
}

void field_set(struct record *record, const struct field *field, const struct cell *cells,
               size_t count) {
  if (value_too_many(record, field->name, cells, count)) return;
  struct field_value *value = add_value(record, field, count + 1);
  value->place = cells->place;
  for (size_t i = 0; i < count; i++) {
    const char *text = check_value(record, field, &cells[i]);
    if (text && *text && !holds(value, text)) value->values[value->value_count++] = text;
  }
  if (field->required && is_empty(cells, count)) report_missing(record, field, &cells->place);
}

struct field_value *field_unlink(struct reader *reader, const char *name) {
  struct field_value **link = &reader->fields;
  while (*link && strcmp((*link)->name, name) != 0) link = &(*link)->next;
  struct field_value *value = *link;
  if (!value) return NULL;
  *link = value->next;
  value->next = NULL;
  return value;
}

const struct field_value *reader_field(const struct reader *reader, const char *name) {
  const struct field_value *value = reader->fields;
  while (value && strcmp(value->name, name) != 0) value = value->next;
  return value;
}

void field_set_default(struct record *record, const struct field *field,
                       const struct place *place) {
  if (reader_field(record->reader, field->name)) return;
  if (field->default_count) {
    struct field_value *value = add_value(record, field, field->default_count);
    memcpy(value->values, field->defaults, field->default_count * sizeof *value->values);
    value->value_count = field->default_count;
    value->place = field->place;
    value->is_default = true;
  } else if (field->required && place) {
    report_missing(record, field, place);
  }
}

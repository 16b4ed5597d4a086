/* What in handout.yaml names another part of it, checked once all of it is read. */
#include "guide/config.h"

#include <stdlib.h>
#include <string.h>

static const char **skill_ids(struct loading *loading, size_t *count) {
  *count = 0;
  for (const struct skill *skill = loading->guide->skills; skill; skill = skill->next) (*count)++;
  const char **ids = arena_alloc_array(loading->arena, *count, sizeof *ids);
  size_t i = 0;
  for (const struct skill *skill = loading->guide->skills; skill; skill = skill->next) {
    ids[i++] = skill->id;
  }
  return ids;
}

static bool is_one_of(const char *text, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i], text) == 0) return true;
  }
  return false;
}

static void hint(struct loading *loading, const char *wrong, const char *const *names,
                 size_t count) {
  const char *nearest = message_nearest(wrong, names, count);
  if (nearest) message_hint(loading->messages, "did you mean '%s'?", nearest);
}

/* --- skills -------------------------------------------------------------------------- */

static void check_requirements(struct loading *loading, const struct yaml *skills) {
  size_t count;
  const char **ids = skill_ids(loading, &count);
  for (const struct yaml *entry = skills->first; entry; entry = entry->next) {
    const struct yaml *needs = entry->kind == YAML_MAP ? yaml_find(entry, "requires") : NULL;
    const struct yaml *item = !needs || needs->kind == YAML_SCALAR ? needs : needs->first;
    for (; item; item = item == needs ? NULL : item->next) {
      if (item->kind != YAML_SCALAR || is_one_of(item->value, ids, count)) continue;
      message_error(loading->messages, &item->place, "unknown-skill", "no skill is called '%.60s'",
                    item->value);
      hint(loading, item->value, ids, count);
    }
  }
}

/* --- defaults -------------------------------------------------------------------------- */

static const char *why_unfit(const struct field *field, const char *value) {
  switch (field->type) {
  case FIELD_NUMBER:
    return config_is_number(value) ? NULL : "a number";
  case FIELD_INTEGER:
    return config_is_number(value) && !strchr(value, '.') ? NULL : "a whole number";
  case FIELD_DATE:
    return config_is_date(value, false) ? NULL : "a date like 2026-11-21";
  case FIELD_TRUTH:
    return is_one_of(value, (const char *const[]){"yes", "no", "true", "false"}, 4)
               ? NULL
               : "'yes' or 'no'";
  case FIELD_CHOICE:
  case FIELD_SET:
    return field->choice_count == 0 || is_one_of(value, field->choices, field->choice_count)
               ? NULL
               : "one of its choices";
  case FIELD_TEXT:
  case FIELD_TYPE_COUNT:
    break;
  }
  return NULL;
}

/* Dates compare as texts, numbers do not. */
static bool is_outside(const struct field *field, const char *value) {
  if (field->type == FIELD_DATE) {
    return (field->min && strcmp(value, field->min) < 0) ||
           (field->max && strcmp(value, field->max) > 0);
  }
  if (field->type != FIELD_NUMBER && field->type != FIELD_INTEGER) return false;
  double number = strtod(value, NULL);
  return (field->min && number < strtod(field->min, NULL)) ||
         (field->max && number > strtod(field->max, NULL));
}

/* A truth that is "no" is a field without a value, and so is its default. */
static void link_default(struct loading *loading, struct field *field, const struct yaml *value) {
  field->defaults = config_list(loading, value, &field->default_count);
  if (field->default_count > 1 && field->type != FIELD_SET) {
    message_error(loading->messages, &value->place, "bad-value",
                  "default: the field '%s' has one value, not several", field->name);
  }
  for (size_t i = 0; i < field->default_count; i++) {
    const char *wanted = why_unfit(field, field->defaults[i]);
    if (!wanted && is_outside(field, field->defaults[i])) wanted = "between min and max";
    if (!wanted) continue;
    message_error(loading->messages, &value->place, "bad-value", "default: '%.60s' is not %s",
                  field->defaults[i], wanted);
    hint(loading, field->defaults[i], field->choices, field->choice_count);
  }
  if (field->type != FIELD_TRUTH || field->default_count == 0) return;
  bool yes = is_one_of(field->defaults[0], (const char *const[]){"yes", "true"}, 2);
  field->defaults[0] = "yes";
  if (!yes) field->default_count = 0;
}

static void link_field(struct loading *loading, struct field *field, const struct yaml *entry) {
  const struct yaml *choices = yaml_find(entry, "choices");
  bool skills = choices && choices->kind == YAML_SCALAR && strcmp(choices->value, "skills") == 0;
  if (skills) field->choices = skill_ids(loading, &field->choice_count);
  const struct yaml *value = yaml_find(entry, "default");
  if (value) link_default(loading, field, value);
}

void config_link(struct loading *loading, const struct yaml *root) {
  const struct yaml *skills = yaml_find(root, "skills"), *fields = yaml_find(root, "fields");
  if (skills && skills->kind == YAML_MAP) check_requirements(loading, skills);
  if (!fields || fields->kind != YAML_MAP) return;
  for (struct field *field = loading->guide->fields; field; field = field->next) {
    const struct yaml *entry = yaml_find(fields, field->name);
    if (entry && entry->kind == YAML_MAP) link_field(loading, field, entry);
  }
}

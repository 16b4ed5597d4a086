/* What handout.yaml declares: fields of a reader's record, skills, facts. */
#include "guide/config.h"
#include "guide/declare.h"

#include <stdlib.h>
#include <string.h>

/* --- fields -------------------------------------------------------------------------- */

static void read_limit(struct loading *loading, const struct field *field, const struct yaml *value,
                       const char **limit) {
  const char *text = value ? config_text(loading, value) : NULL;
  if (text) declare_limit(loading, field, value->key, text, &value->place, limit);
}

static enum field_type read_type(struct loading *loading, const struct yaml *map) {
  const struct yaml *value = yaml_find(map, "type");
  if (!value) return yaml_find(map, "choices") ? FIELD_CHOICE : FIELD_TEXT;
  int type = config_choice(loading, value, field_types, FIELD_TYPE_COUNT);
  return type < 0 ? FIELD_TEXT : (enum field_type)type;
}

static void read_choices(struct loading *loading, struct field *field, const struct yaml *map) {
  const struct yaml *value = yaml_find(map, "choices");
  static const char *const lists[] = {"skills"};
  bool named = value && value->kind == YAML_SCALAR;
  field->chooses_skills = named && strcmp(value->value, lists[0]) == 0;
  if (named && !field->chooses_skills) {
    message_error(loading->messages, &value->place, "bad-value",
                  "choices are a list, or 'skills', not '%.60s'", value->value);
    const char *nearest = message_nearest(value->value, lists, 1);
    if (nearest) message_hint(loading->messages, "did you mean '%s'?", nearest);
    else message_hint(loading->messages, "a list of one is [%.60s]", value->value);
    return;
  }
  if (value && !named)
    field->choices = config_list(loading, value, &field->choice_count, NULL);
  declare_choices(loading, field, value ? &value->place : &field->place);
}

static struct field *read_field(struct loading *loading, const struct yaml *entry) {
  static const char *const keys[] = {"type", "required", "default", "min",
                                     "max",  "choices",  "label"};
  struct field *field = arena_alloc(loading->arena, sizeof *field);
  field->name = entry->key;
  field->place = entry->key_place;
  if (entry->kind == YAML_NULL) return field;
  if (!config_is_map(loading, entry)) return field;
  yaml_check_keys(entry, keys, sizeof keys / sizeof *keys, "a field", loading->messages);
  field->type = read_type(loading, entry);
  const struct yaml *required = yaml_find(entry, "required");
  if (required) field->required = config_truth(loading, required, false);
  read_limit(loading, field, yaml_find(entry, "min"), &field->min);
  read_limit(loading, field, yaml_find(entry, "max"), &field->max);
  read_choices(loading, field, entry);
  const struct yaml *label = yaml_find(entry, "label"), *given = yaml_find(entry, "default");
  if (given)
    field->defaults = config_list(loading, given, &field->default_count, &field->default_places);
  if (label) field->label = config_words(loading, label);
  return field;
}

void config_fields(struct loading *loading, const struct yaml *map) {
  struct field **end = &loading->guide->fields;
  if (!config_is_map(loading, map)) return;
  while (*end) end = &(*end)->next;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    if (!declare_name(loading, DECLARED_FIELD, entry->key, &entry->key_place)) continue;
    *end = read_field(loading, entry);
    end = &(*end)->next;
  }
}

/* --- skills ---------------------------------------------------------------------------- */

static struct skill *read_skill(struct loading *loading, const struct yaml *entry) {
  static const char *const keys[] = {"name", "level", "hours", "requires"};
  struct skill *skill = arena_alloc(loading->arena, sizeof *skill);
  skill->id = entry->key;
  skill->place = entry->key_place;
  if (!config_is_map(loading, entry)) return skill;
  yaml_check_keys(entry, keys, sizeof keys / sizeof *keys, "a skill", loading->messages);
  const struct yaml *name = yaml_find(entry, "name"), *level = yaml_find(entry, "level");
  const struct yaml *hours = yaml_find(entry, "hours"), *needs = yaml_find(entry, "requires");
  if (name) skill->names = config_words(loading, name);
  if (level) skill->levels = config_words(loading, level);
  if (hours) skill->hours = config_number(loading, hours);
  if (hours && skill->hours < 0) {
    message_error(loading->messages, &hours->place, "bad-value", "hours cannot be less than 0");
  }
  if (needs)
    skill->requires = config_list(loading, needs, &skill->require_count, &skill->require_places);
  return skill;
}

void config_skills(struct loading *loading, const struct yaml *map) {
  struct skill **end = &loading->guide->skills;
  if (!config_is_map(loading, map)) return;
  while (*end) end = &(*end)->next;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    if (!declare_name(loading, DECLARED_SKILL, entry->key, &entry->key_place)) continue;
    *end = read_skill(loading, entry);
    end = &(*end)->next;
  }
}

/* --- facts ------------------------------------------------------------------------------- */

static struct fact *read_fact(struct loading *loading, const struct yaml *entry) {
  static const char *const keys[] = {"value", "unit", "source", "region", "date"};
  struct fact *fact = arena_alloc(loading->arena, sizeof *fact);
  fact->name = entry->key;
  fact->place = entry->key_place;
  fact->value = "";
  if (entry->kind == YAML_SCALAR) {
    fact->value = config_text(loading, entry);
    return fact;
  }
  if (!config_is_map(loading, entry)) return fact;
  yaml_check_keys(entry, keys, sizeof keys / sizeof *keys, "a fact", loading->messages);
  const char **members[] = {&fact->value, &fact->unit, &fact->source, &fact->region};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    const struct yaml *value = yaml_find(entry, keys[i]);
    const char *text = value ? config_text(loading, value) : NULL;
    if (text) *members[i] = text;
  }
  const struct yaml *date = yaml_find(entry, "date");
  if (date) fact->date = config_date(loading, date, true);
  if (!yaml_find(entry, "value")) {
    message_error(loading->messages, &fact->place, "no-value", "the fact '%s' has no value",
                  fact->name);
  }
  return fact;
}

void config_facts(struct loading *loading, const struct yaml *map) {
  struct fact **end = &loading->guide->facts;
  if (!config_is_map(loading, map)) return;
  while (*end) end = &(*end)->next;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    if (!declare_name(loading, DECLARED_FACT, entry->key, &entry->key_place)) continue;
    *end = read_fact(loading, entry);
    end = &(*end)->next;
  }
}

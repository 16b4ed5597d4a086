/* Fields, facts and skills, wherever a guide declares them: handout.yaml, front matter or
 * guide.xml. Their names turn up in conditions, so each is there once, and in few letters. */
#include "guide/declare.h"

#include "base/index.h"
#include "base/number.h"
#include "guide/config.h"

#include <assert.h>
#include <string.h>

const char *const field_types[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = "text", [FIELD_NUMBER] = "number", [FIELD_INTEGER] = "integer",
    [FIELD_DATE] = "date", [FIELD_TRUTH] = "truth",   [FIELD_CHOICE] = "choice",
    [FIELD_SET] = "set",
};

/* --- names --------------------------------------------------------------------------- */

static const char *const kinds[] = {
    [DECLARED_FIELD] = "field", [DECLARED_FACT] = "fact", [DECLARED_SKILL] = "skill"};

static_assert(sizeof kinds / sizeof *kinds == DECLARED_COUNT, "a kind has no name");

/* Keys of a reader record that no field may take. */
static const char *const reserved[] = {"id",    "name",  "languages", "mode", "edition",
                                       "paper", "theme", "numbered"};

struct declaration {
  enum declared what;
  const struct place *place;
};

static bool is_reserved(const char *name) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
    if (strcmp(reserved[i], name) == 0) return true;
  }
  return false;
}

bool declare_name(struct loading *loading, enum declared what, const char *name,
                  const struct place *place) {
  bool skill = what == DECLARED_SKILL; /* no field of a record, but a value of one */
  struct index *names = skill ? loading->skill_names : loading->names;
  const struct declaration *first = index_find(names, name);
  if (!config_is_name(name)) {
    message_error(loading->messages, place, "bad-name",
                  "the name of a %s is made of a-z, 0-9 and -, and begins with a letter: '%.60s'",
                  kinds[what], name);
  } else if (!skill && is_reserved(name)) {
    message_error(loading->messages, place, "reserved-name",
                  "no %s can be called '%s': a reader record has a key of that name", kinds[what],
                  name);
  } else if (first) {
    message_error(loading->messages, place, "duplicate-name", "'%s' is the name of a %s already",
                  name, kinds[first->what]);
    message_note(loading->messages, first->place, "the %s is declared here", kinds[first->what]);
  } else {
    struct declaration *declaration = arena_alloc(loading->arena, sizeof *declaration);
    *declaration = (struct declaration){what, place};
    return index_add(names, name, declaration);
  }
  return false;
}

/* --- what a field's type allows --------------------------------------------------------- */

static const char *a_number(const char *text) {
  bool digits = strspn(text, "-.0123456789") == strlen(text);
  return digits && strlen(text) > 15 ? "a number of at most 15 digits" : "a number";
}

static bool is_count(const char *text, bool some) {
  size_t length = strlen(text);
  return config_is_number(text) && strspn(text, "0123456789") == length &&
         !(some && strspn(text, "0") == length);
}

/* NULL where it is one, "" where nothing is. */
static const char *why_no_limit(enum field_type type, bool most, const char *text) {
  switch (type) {
  case FIELD_TEXT:
    if (is_count(text, most)) return NULL;
    return most ? "a number of characters, at least 1" : "a number of characters";
  case FIELD_NUMBER:
  case FIELD_INTEGER:
    return config_is_number(text) ? NULL : a_number(text);
  case FIELD_DATE:
    return config_is_date(text, false) ? NULL : "a date like 2026-11-21";
  case FIELD_TRUTH:
  case FIELD_CHOICE:
  case FIELD_SET:
    return "";
  case FIELD_TYPE_COUNT:
    break;
  }
  return NULL;
}

static bool is_reversed(const struct field *field) {
  double least, most;
  if (!field->min || !field->max) return false;
  if (field->type == FIELD_DATE) return strcmp(field->min, field->max) > 0;
  return number_read(field->min, &least) && number_read(field->max, &most) && least > most;
}

void declare_limit(struct loading *loading, const struct field *field, const char *name,
                   const char *text, const struct place *place, const char **limit) {
  const char *wanted = why_no_limit(field->type, strcmp(name, "max") == 0, text);
  if (!wanted) *limit = text;
  else if (!*wanted)
    message_error(loading->messages, place, "bad-value", "a %s has no %s", field_types[field->type],
                  name);
  else
    message_error(loading->messages, place, "bad-value", "%s: '%.60s' is not %s", name, text,
                  wanted);
  if (is_reversed(field))
    message_error(loading->messages, place, "bad-value", "max: '%.60s' is less than min, '%.60s'",
                  field->max, field->min);
}

void declare_choices(struct loading *loading, const struct field *field,
                     const struct place *place) {
  bool chosen = field->type == FIELD_CHOICE || field->type == FIELD_SET;
  bool some = field->choice_count > 0 || field->chooses_skills;
  if (some && !chosen) {
    message_error(loading->messages, place, "bad-value", "a %s has no choices",
                  field_types[field->type]);
  } else if (!some && field->type == FIELD_CHOICE) {
    message_error(loading->messages, place, "no-choices", "the choice '%s' has no choices",
                  field->name);
  }
}

/* --- what names something else ------------------------------------------------------------ */

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

static void link_skills(struct loading *loading, const char *const *ids, size_t count) {
  for (const struct skill *skill = loading->guide->skills; skill; skill = skill->next) {
    for (size_t i = 0; i < skill->require_count; i++) {
      if (index_find(loading->skill_names, skill->requires[i])) continue;
      message_error(loading->messages, &skill->require_places[i], "unknown-skill",
                    "no skill is called '%.60s'", skill->requires[i]);
      hint(loading, skill->requires[i], ids, count);
    }
  }
}

static const char *why_unfit(const struct field *field, const char *value) {
  switch (field->type) {
  case FIELD_NUMBER:
    return config_is_number(value) ? NULL : a_number(value);
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
  double number, limit;
  return number_read(value, &number) &&
         ((field->min && number_read(field->min, &limit) && number < limit) ||
          (field->max && number_read(field->max, &limit) && number > limit));
}

/* A truth that is "no" is a field without a value, and so is its default. */
static void link_defaults(struct loading *loading, struct field *field) {
  if (field->default_count > 1 && field->type != FIELD_SET) {
    message_error(loading->messages, &field->default_places[1], "bad-value",
                  "default: the field '%s' has one value, not several", field->name);
  }
  for (size_t i = 0; i < field->default_count; i++) {
    const char *wanted = why_unfit(field, field->defaults[i]);
    if (!wanted && is_outside(field, field->defaults[i])) wanted = "between min and max";
    if (!wanted) continue;
    message_error(loading->messages, &field->default_places[i], "bad-value",
                  "default: '%.60s' is not %s", field->defaults[i], wanted);
    hint(loading, field->defaults[i], field->choices, field->choice_count);
  }
  if (field->type != FIELD_TRUTH || field->default_count == 0) return;
  bool yes = is_one_of(field->defaults[0], (const char *const[]){"yes", "true"}, 2);
  field->defaults[0] = "yes";
  if (!yes) field->default_count = 0;
}

/* --- translations ----------------------------------------------------------------------- */

/* What is said in one of the guide's languages is said in all, as a block is (pairing.c). */
static void check_words(struct loading *loading, const struct words *words, const char *what) {
  const struct guide *guide = loading->guide;
  for (size_t i = 0; words && words->by_language && i < guide->language_count; i++) {
    if (words_have(words, guide->languages[i])) continue;
    const struct place *place = words->place.source ? &words->place : NULL;
    static const char text[] = "this %s has no translation in %s";
    if (guide->missing == FALLBACK_ERROR)
      message_error(loading->messages, place, "missing-translation", text, what,
                    guide->languages[i]);
    else
      message_warning(loading->messages, place, "missing-translation", text, what,
                      guide->languages[i]);
  }
}

static void check_all_words(struct loading *loading) {
  const struct words *authors = loading->guide->authors;
  check_words(loading, loading->guide->titles, "title");
  if (authors && authors->next) check_words(loading, authors, "author"); /* a name needs none */
  for (const struct skill *skill = loading->guide->skills; skill; skill = skill->next) {
    check_words(loading, skill->names, "name");
    check_words(loading, skill->levels, "level");
  }
}

void declare_link(struct loading *loading) {
  size_t count;
  check_all_words(loading);
  const char **ids = skill_ids(loading, &count);
  link_skills(loading, ids, count);
  for (struct field *field = loading->guide->fields; field; field = field->next) {
    if (field->chooses_skills) {
      field->choices = ids;
      field->choice_count = count;
      if (count == 0 && field->type == FIELD_CHOICE)
        message_error(loading->messages, &field->place, "no-choices",
                      "the choice '%s' has no choices: this guide has no skills", field->name);
    }
    link_defaults(loading, field);
  }
}

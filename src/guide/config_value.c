/* Values of handout.yaml. Each function says in the author's words what it wanted. */
#include "guide/config.h"

#include "base/date.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

static const char *in_words(enum yaml_kind kind) {
  switch (kind) {
  case YAML_NULL:
    return "nothing";
  case YAML_SCALAR:
    return "a text";
  case YAML_LIST:
    return "a list";
  case YAML_MAP:
    return "a map";
  }
  return "";
}

static void report_kind(struct loading *loading, const struct yaml *value, const char *wanted) {
  message_error(loading->messages, &value->place, "bad-value", "%s: %s stands where %s is wanted",
                value->key ? value->key : "this item", in_words(value->kind), wanted);
}

static void report_value(struct loading *loading, const struct yaml *value, const char *wanted) {
  message_error(loading->messages, &value->place, "bad-value", "%s: '%.60s' is not %s",
                value->key ? value->key : "this item", value->value, wanted);
}

const char *config_text(struct loading *loading, const struct yaml *value) {
  if (value->kind != YAML_SCALAR) {
    report_kind(loading, value, "a text");
    return NULL;
  }
  return script_normalise(loading->arena, value->value, strlen(value->value));
}

bool config_is_map(struct loading *loading, const struct yaml *value) {
  if (value->kind == YAML_MAP) return true;
  if (value->kind != YAML_NULL) report_kind(loading, value, "a map of names");
  return false;
}

/* --- texts in several languages --------------------------------------------------- */

static struct words *one_word(struct loading *loading, const struct yaml *value,
                              const char *language) {
  const char *text = config_text(loading, value);
  if (!text) return NULL;
  struct words *word = arena_alloc(loading->arena, sizeof *word);
  word->text = text;
  word->place = value->place;
  if (!language) language = loading->language;
  word->by_language = language != NULL;
  word->language = language ? language : script_language(loading->guide, text, strlen(text));
  return word;
}

struct words *config_words(struct loading *loading, const struct yaml *value) {
  if (value->kind != YAML_MAP) return one_word(loading, value, NULL);
  struct words *words = NULL, **end = &words;
  for (const struct yaml *entry = value->first; entry; entry = entry->next) {
    if (!loading_check_language(loading, entry->key, &entry->key_place)) continue;
    *end = one_word(loading, entry, entry->key);
    if (*end) end = &(*end)->next;
  }
  return words;
}

/* --- lists ---------------------------------------------------------------------------- */

const char **config_list(struct loading *loading, const struct yaml *value, size_t *count,
                         const struct place **places) {
  *count = 0;
  if (value->kind == YAML_NULL) return NULL;
  if (value->kind == YAML_MAP) {
    report_kind(loading, value, "a list");
    return NULL;
  }
  size_t size = value->kind == YAML_SCALAR;
  for (const struct yaml *item = value->first; item; item = item->next) size++;
  const char **list = arena_alloc_array(loading->arena, size, sizeof *list);
  struct place *at = places ? arena_alloc_array(loading->arena, size, sizeof *at) : NULL;
  const struct yaml *item = value->kind == YAML_SCALAR ? value : value->first;
  for (; item; item = item == value ? NULL : item->next) {
    const char *text = config_text(loading, item);
    if (text && at) at[*count] = item->place;
    if (text) list[(*count)++] = text;
  }
  if (places) *places = at;
  return list;
}

/* --- numbers, dates, truth ------------------------------------------------------------- */

/* As in a record, but in the one way of writing that values are kept in. */
bool config_is_number(const char *text) {
  double number;
  return *text != '+' && number_read(text, &number);
}

double config_number(struct loading *loading, const struct yaml *value) {
  const char *text = config_text(loading, value);
  if (!text) return 0;
  double number = 0;
  if (!number_read(text, &number)) report_value(loading, value, "a number");
  return number;
}

long config_integer(struct loading *loading, const struct yaml *value, long least, long most) {
  const char *text = config_text(loading, value);
  if (!text) return least;
  long number = config_is_number(text) && !strchr(text, '.') ? strtol(text, NULL, 10) : least - 1;
  if (number >= least && number <= most) return number;
  const char *wanted = arena_printf(loading->arena, "a whole number from %ld to %ld", least, most);
  report_value(loading, value, wanted);
  return least;
}

bool config_is_date(const char *text, bool month) {
  struct date date;
  return month ? date_read_month(text, &date) : date_read(text, &date);
}

const char *config_date(struct loading *loading, const struct yaml *value, bool month) {
  const char *text = config_text(loading, value);
  if (!text || config_is_date(text, month)) return text;
  report_value(loading, value,
               month ? "a date like 2026-11-21 or 2026-11" : "a date like 2026-11-21");
  return NULL;
}

bool config_truth(struct loading *loading, const struct yaml *value, bool fallback) {
  static const char *const yes[] = {"yes", "true", "on"}, *const no[] = {"no", "false", "off"};
  const char *text = config_text(loading, value);
  for (size_t i = 0; text && i < 3; i++) {
    if (strcmp(text, yes[i]) == 0) return true;
    if (strcmp(text, no[i]) == 0) return false;
  }
  if (text) report_value(loading, value, "'yes' or 'no'");
  return fallback;
}

int config_choice(struct loading *loading, const struct yaml *value, const char *const *names,
                  size_t count) {
  const char *text = config_text(loading, value);
  if (!text) return -1;
  const char *list = "";
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i], text) == 0) return (int)i;
    list = arena_printf(loading->arena, "%s%s'%s'", list, i ? ", " : "", names[i]);
  }
  report_value(loading, value, arena_printf(loading->arena, "one of %s", list));
  const char *nearest = message_nearest(text, names, count);
  if (nearest) message_hint(loading->messages, "did you mean '%s'?", nearest);
  return -1;
}

bool config_is_name(const char *text) {
  if (*text < 'a' || *text > 'z') return false;
  return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

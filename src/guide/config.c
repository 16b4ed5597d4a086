/* handout.yaml, or the front matter of a text: what the guide is, apart from its
 * text. One row for each key. */
#include "guide/config.h"

#include <string.h>

struct config_key {
  const char *name;
  void (*read)(struct loading *loading, const struct yaml *value);
};

/* Of the file of a language, its words alone: those of the others stay what they are. */
static void read_words(struct loading *loading, struct words **words, const struct yaml *value) {
  if (!loading->language) *words = NULL;
  for (struct words *word = config_words(loading, value), *next; word; word = next) {
    next = word->next;
    words_put(words, word);
  }
}

static void read_title(struct loading *loading, const struct yaml *value) {
  read_words(loading, &loading->guide->titles, value);
}

static void read_author(struct loading *loading, const struct yaml *value) {
  read_words(loading, &loading->guide->authors, value);
}

static void read_checked_by(struct loading *loading, const struct yaml *value) {
  loading->guide->checked_by = config_text(loading, value);
}

static void read_date(struct loading *loading, const struct yaml *value) {
  loading->guide->date = config_date(loading, value, false);
}

/* The files of the languages are being read: it is too late to say which there are. */
static void check_same_languages(struct loading *loading, const struct yaml *value,
                                 const char *const *languages, size_t count) {
  const struct guide *guide = loading->guide;
  bool same = count == guide->language_count;
  for (size_t i = 0; same && i < count; i++) same = strcmp(languages[i], guide->languages[i]) == 0;
  if (same) return;
  message_error(loading->messages, &value->key_place, "misplaced-key",
                "this file is in one language; which the guide has, handout.yaml says");
}

static void read_languages(struct loading *loading, const struct yaml *value) {
  struct guide *guide = loading->guide;
  size_t count;
  const char **languages = config_list(loading, value, &count, NULL);
  if (loading->language) {
    check_same_languages(loading, value, languages, count);
    return;
  }
  guide->languages = languages;
  guide->language_count = count;
  loading->languages_place = value->place;
  for (size_t i = 0; i < guide->language_count; i++)
    loading_check_language(loading, guide->languages[i], &value->place);
}

static void read_theme(struct loading *loading, const struct yaml *value) {
  loading->guide->theme = config_text(loading, value);
  loading->theme_place = value->place;
}

static void read_numbered(struct loading *loading, const struct yaml *value) {
  loading->guide->numbered = config_truth(loading, value, false);
}

static void read_stale_after(struct loading *loading, const struct yaml *value) {
  loading->guide->stale_after = (int)config_integer(loading, value, 0, 1200);
}

static void read_missing(struct loading *loading, const struct yaml *value) {
  static const char *const names[] = {
      [FALLBACK_OMIT] = "omit", [FALLBACK_SHOW] = "show", [FALLBACK_ERROR] = "error"};
  int choice = config_choice(loading, value, names, FALLBACK_COUNT);
  if (choice < 0) return;
  loading->guide->missing = (enum fallback)choice;
  loading->missing_given = true;
}

/* Copies go behind what earlier files name: an entry is linked with the others of its own. */
static void read_data(struct loading *loading, const struct yaml *value) {
  struct yaml *copies = NULL, **end = &copies, **last = &loading->data.first;
  if (!config_is_map(loading, value)) return;
  for (const struct yaml *entry = value->first; entry; entry = entry->next) {
    const struct yaml *first = yaml_find(&loading->data, entry->key);
    if (first) {
      message_error(loading->messages, &entry->key_place, "duplicate-name",
                    "'%.60s' is the name of data already", entry->key);
      message_note(loading->messages, &first->key_place, "they are named here");
      continue;
    }
    *end = arena_alloc(loading->arena, sizeof **end);
    **end = *entry;
    (*end)->next = NULL;
    end = &(*end)->next;
  }
  while (*last) last = &(*last)->next;
  *last = copies;
}

/* Languages come first: they say in which language a text without one is. */
static const struct config_key keys[] = {
    {"languages", read_languages},
    {"title", read_title},
    {"author", read_author},
    {"accessibility-checked-by", read_checked_by},
    {"date", read_date},
    {"theme", read_theme},
    {"numbered", read_numbered},
    {"fields", config_fields},
    {"skills", config_skills},
    {"facts", config_facts},
    {"data", read_data},
    {"stale-after", read_stale_after},
    {"missing", read_missing},
};

#define KEY_COUNT (sizeof keys / sizeof *keys)

void config_read(struct loading *loading, const struct yaml *root) {
  const char *names[KEY_COUNT];
  for (size_t i = 0; i < KEY_COUNT; i++) names[i] = keys[i].name;
  if (root->kind != YAML_MAP) {
    message_error(loading->messages, &root->place, "bad-value",
                  "handout.yaml is a map of keys and values, such as 'title: …'");
    return;
  }
  yaml_check_keys(root, names, KEY_COUNT, "handout.yaml", loading->messages);
  for (size_t i = 0; i < KEY_COUNT; i++) {
    const struct yaml *value = yaml_find(root, keys[i].name);
    if (value && value->kind != YAML_NULL) keys[i].read(loading, value);
  }
}

/* The words that the program itself prints, from assets/words/LANGUAGE.yaml. A
 * language without such a file gets the English ones, and a warning. */
#include "edition/maker.h"

#include "base/assets.h"
#include "base/buffer.h"
#include "base/yaml.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unistd.h>

static const char *const keys[] = {
    [WORD_CONTENTS] = "contents",
    [WORD_COVER] = "cover",
    [WORD_MADE_FOR] = "made-for",
    [WORD_PAGE] = "page",
    [WORD_NOTES] = "notes",
    [WORD_BACK_TO_TEXT] = "back-to-text",
    [WORD_UNTRANSLATED] = "untranslated",
    [WORD_SECTION_REFERENCE] = "section-reference",
    [WORD_REFERENCE] = "reference",
    [WORD_SKILL_LEVEL] = "skill-level",
    [WORD_SKILL_HOURS] = "skill-hours",
    [WORD_HOURS_LEFT] = "hours-left",
    [WORD_NOTHING_LEFT] = "nothing-left",
    [WORD_PLAN_CAPTION] = "plan-caption",
    [WORD_PLAN_SKILL] = "plan-skill",
    [WORD_PLAN_HOURS] = "plan-hours",
    [WORD_PLAN_FROM] = "plan-from",
    [WORD_PLAN_TO] = "plan-to",
    [WORD_PLAN_TOTAL] = "plan-total",
    [WORD_SOURCE] = "source",
    [WORD_LANDMARKS] = "landmarks",
    [WORD_PAGES] = "pages",
    [WORD_ACCESSIBILITY] = "accessibility",
};
_Static_assert(sizeof keys / sizeof *keys == WORD_COUNT, "a key for each word");

struct entry {
  const char *language;
  const char *words[WORD_COUNT];
};

struct lexicon {
  struct entry *entries;
  size_t count;
};

#define SUBTAG_SIZE 12

/* "zh-Hans" of "zh-CN": the script that is likely. */
static char *with_script(struct arena *arena, const char *language) {
  char locale[ULOC_FULLNAME_CAPACITY], likely[ULOC_FULLNAME_CAPACITY];
  char base[SUBTAG_SIZE], script[SUBTAG_SIZE];
  UErrorCode status = U_ZERO_ERROR;
  uloc_forLanguageTag(language, locale, sizeof locale, NULL, &status);
  uloc_addLikelySubtags(locale, likely, sizeof likely, &status);
  uloc_getLanguage(likely, base, sizeof base, &status);
  uloc_getScript(likely, script, sizeof script, &status);
  if (status != U_ZERO_ERROR) return NULL;
  return arena_printf(arena, "%s-%s", base, script);
}

/* The file of the language itself, of its script, of the language alone; or NULL. */
static const char *find_file(struct arena *arena, const char *language) {
  size_t base = strcspn(language, "-");
  const char *candidates[] = {language, with_script(arena, language),
                              arena_strndup(arena, language, base)};
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    if (!candidates[i]) continue;
    const char *path = asset_path(arena, arena_printf(arena, "words/%s.yaml", candidates[i]));
    if (access(path, R_OK) == 0) return path;
  }
  return NULL;
}

static bool set_words(struct entry *entry, const struct yaml *root, const struct source *source,
                      struct messages *messages) {
  bool ok = yaml_check_keys(root, keys, WORD_COUNT, "a file of words", messages);
  struct place whole = {.source = source};
  for (int i = 0; i < WORD_COUNT; i++) {
    const struct yaml *value = yaml_find(root, keys[i]);
    if (value && value->kind == YAML_SCALAR) {
      entry->words[i] = value->value;
      continue;
    }
    ok = false;
    message_error(messages, value ? &value->place : &whole, "no-word",
                  "there is no text for the key '%s'", keys[i]);
  }
  return ok;
}

static bool load_entry(struct entry *entry, struct arena *arena, const char *language,
                       struct messages *messages) {
  entry->language = language;
  const char *path = find_file(arena, language);
  if (!path) {
    message_warning(messages, NULL, "no-words",
                    "the program has no words of its own in '%s'; English ones are used", language);
    path = asset_path(arena, "words/en.yaml");
  }
  const struct source *source = source_load(arena, path, LIMIT_FILE, messages);
  const struct yaml *root = source ? yaml_read(arena, source, 0, source->length, messages) : NULL;
  return root && set_words(entry, root, source, messages);
}

struct lexicon *lexicon_load(struct arena *arena, const struct guide *guide,
                             struct messages *messages) {
  struct lexicon *lexicon = arena_alloc(arena, sizeof *lexicon);
  size_t count = guide->language_count ? guide->language_count : 1;
  lexicon->entries = arena_alloc_array(arena, count, sizeof *lexicon->entries);
  lexicon->count = count;
  bool ok = true;
  for (size_t i = 0; i < count; i++) {
    const char *language = guide->language_count ? guide->languages[i] : "en";
    ok = load_entry(&lexicon->entries[i], arena, language, messages) && ok;
  }
  return ok ? lexicon : NULL;
}

const char *lexicon_word(const struct lexicon *lexicon, enum word word, const char *language) {
  for (size_t i = 0; language && i < lexicon->count; i++) {
    if (strcmp(lexicon->entries[i].language, language) == 0) return lexicon->entries[i].words[word];
  }
  return lexicon->entries[0].words[word];
}

static const char *value_of(const char *const (*values)[2], size_t count, const char *name,
                            size_t length) {
  for (size_t i = 0; i < count; i++) {
    if (strlen(values[i][0]) == length && memcmp(values[i][0], name, length) == 0) {
      return values[i][1];
    }
  }
  return NULL;
}

char *phrase_fill(struct arena *arena, const char *pattern, const char *const (*values)[2],
                  size_t count) {
  struct buffer out = {0};
  while (*pattern) {
    size_t length = *pattern == '{' ? strcspn(pattern, "}") : 0;
    const char *value =
        length && pattern[length] ? value_of(values, count, pattern + 1, length - 1) : NULL;
    if (value) buffer_append_text(&out, value);
    else buffer_append_byte(&out, *pattern);
    pattern += value ? length + 1 : 1;
  }
  return buffer_take(&out, arena);
}

/* Loading a guide: which files it has, which reader reads them, what the command
 * line says over them; then what every guide gets, whatever it was written in:
 * ids, languages, a title, a digest. */
#include "guide/guide.h"

#include "base/assets.h"
#include "base/index.h"
#include "base/utf8.h"
#include "guide/checks.h"
#include "guide/config.h"
#include "guide/declare.h"
#include "guide/files.h"
#include "guide/load.h"

#include <stdlib.h>
#include <string.h>

/* --- settings and sources ------------------------------------------------------- */

const char *loading_setting(const struct loading *loading, const char *name) {
  const char *value = NULL;
  for (size_t i = 0; i < loading->setting_count; i++) {
    if (strcmp(loading->settings[i].name, name) == 0) value = loading->settings[i].value;
  }
  return value;
}

bool loading_check_language(struct loading *loading, const char *text, const struct place *place) {
  if (language_is_tag(text)) return true;
  message_error(loading->messages, place, "bad-language",
                "'%.40s' is not a language such as 'en' or 'zh-Hans'", text);
  return false;
}

const struct source *loading_source(struct loading *loading, const char *path) {
  const struct source *source = source_load(loading->arena, path, LIMIT_FILE, loading->messages);
  if (!source || !script_check(source, loading->messages)) return NULL;
  hash_add(loading->hash, source->text, source->length);
  hash_add(loading->hash, &source->length, sizeof source->length);
  return source;
}

static struct words *words_new(struct loading *loading, const char *language, const char *text) {
  struct arena *arena = loading->arena;
  struct words *words = arena_alloc(arena, sizeof *words);
  words->text = script_normalise(arena, text, strlen(text));
  words->language = language ? arena_strdup(arena, language)
                             : script_language(loading->guide, text, strlen(text));
  return words;
}

static void set_title(struct loading *loading, const char *language, const char *text) {
  words_put(&loading->guide->titles, words_new(loading, language, text));
}

/* The guide's own theme is one of its files; one that the user names may lie anywhere. */
static void find_theme(struct loading *loading) {
  struct guide *guide = loading->guide;
  size_t length;
  if (!guide->theme) return;
  if (!strchr(guide->theme, '/')) {
    if (asset_theme(loading->arena, guide->theme, &loading->theme_place, loading->messages))
      guide->theme_file = guide->theme;
  } else if (files_below(loading, guide->theme, LIMIT_RECORD, &loading->theme_place, &length)) {
    guide->theme_file = arena_printf(loading->arena, "%s/%s", guide->folder, guide->theme);
  }
}

/* A setting has no place: what is wrong with it is wrong usage. */
static void check_setting(struct loading *loading, const struct setting *setting) {
  const char *name = setting->name, *value = setting->value;
  if (utf8_valid_prefix(value, strlen(value)) < strlen(value))
    message_usage(loading->messages, "--set %s: the value is not UTF-8", name);
  else if (strcmp(name, "date") == 0 && *value && !config_is_date(value, false))
    message_usage(loading->messages, "--set date=%s: not a date like 2026-11-21", value);
  else if (strncmp(name, "title.", 6) == 0 && !language_is_tag(name + 6))
    message_usage(loading->messages, "--set %s: not a language such as 'en' or 'zh-Hans'", name);
}

/* `title` replaces every title; `title.zh-Hans` the one of its language; an empty
 * value takes back what the guide says. */
static void apply_settings(struct loading *loading) {
  struct guide *guide = loading->guide;
  for (size_t i = 0; i < loading->setting_count; i++)
    check_setting(loading, &loading->settings[i]);
  const char *title = loading_setting(loading, "title");
  if (title) {
    guide->titles = NULL;
    set_title(loading, NULL, title);
  }
  for (size_t i = 0; i < loading->setting_count; i++) {
    const struct setting *setting = &loading->settings[i];
    if (strncmp(setting->name, "title.", 6) == 0) {
      set_title(loading, setting->name + 6, setting->value);
    }
    hash_add_text(loading->hash, setting->name);
    hash_add_text(loading->hash, setting->value);
  }
  const char *author = loading_setting(loading, "author");
  const char *date = loading_setting(loading, "date");
  const char *theme = loading_setting(loading, "theme");
  if (author) guide->authors = *author ? words_new(loading, NULL, author) : NULL;
  if (date) guide->date = *date ? arena_strdup(loading->arena, date) : NULL;
  if (theme) guide->theme = guide->theme_file = *theme ? arena_strdup(loading->arena, theme) : NULL;
  else find_theme(loading);
}

/* --- what every guide gets --------------------------------------------------------- */

static bool is_too_large(struct loading *loading) {
  size_t limit = limit_of(LIMIT_NODES), count = 0;
  struct walk walk = walk_start(loading->guide->root);
  while (count <= limit && walk_next(&walk)) count += walk.entering;
  if (count > limit) limit_report(loading->messages, NULL, LIMIT_NODES, loading->guide->name);
  return count > limit;
}

static void finish(struct loading *loading) {
  struct guide *guide = loading->guide;
  apply_settings(loading);
  checks_ids(loading, guide->root);
  outline_make_ids(guide->arena, guide->root);
  if (!guide->language_count)
    guide->languages = languages_of(guide->arena, guide->root, &guide->language_count);
  images_read(loading, guide->root);
  checks_tree(loading, guide->root);
  if (!guide->titles) set_title(loading, NULL, guide->name);
}

/* --- the door ------------------------------------------------------------------------ */

/* `check`: the lint too, and the guide even where it has errors. */
static struct guide *load(const char *path, const struct setting *settings, size_t setting_count,
                          bool check, struct messages *messages) {
  struct arena *arena = arena_new();
  struct guide *guide = arena_alloc(arena, sizeof *guide);
  struct loading loading = {
      .arena = arena,
      .guide = guide,
      .hash = hash_new(),
      .names = index_new(),
      .skill_names = index_new(),
      .data = {.kind = YAML_MAP},
      .settings = settings,
      .setting_count = setting_count,
      .messages = messages,
  };
  guide->arena = arena;
  guide->name = files_name(arena, path);
  guide->folder = files_folder(arena, path);
  size_t errors = messages_errors(messages);
  bool read = files_read(&loading, path);
  declare_link(&loading);
  if (guide->root && is_too_large(&loading)) read = check = false;
  if (guide->root && (read || check)) {
    finish(&loading);
    if (check) {
      translations_check(&loading);
      checks_lint(&loading, guide->root);
    }
  }
  hash_take(loading.hash, guide->digest);
  index_free(loading.names);
  index_free(loading.skill_names);
  bool good = read && messages_errors(messages) == errors;
  if (guide->root && (good || check)) return guide;
  messages_flush(messages); /* while the sources that they point into are there */
  arena_free(arena);
  return NULL;
}

struct guide *guide_load(const char *path, const struct setting *settings, size_t setting_count,
                         struct messages *messages) {
  return load(path, settings, setting_count, false, messages);
}

struct guide *guide_check(const char *path, const struct setting *settings, size_t setting_count,
                          struct messages *messages) {
  return load(path, settings, setting_count, true, messages);
}

void guide_free(struct guide *guide) {
  if (guide) arena_free(guide->arena);
}

/* --- finding ------------------------------------------------------------------------- */

const struct image *guide_image(const struct guide *guide, const char *target) {
  const struct image *image = guide->images;
  while (image && strcmp(image->target, target) != 0) image = image->next;
  return image;
}

const struct field *guide_field(const struct guide *guide, const char *name) {
  const struct field *field = guide->fields;
  while (field && strcmp(field->name, name) != 0) field = field->next;
  return field;
}

const struct skill *guide_skill(const struct guide *guide, const char *id) {
  const struct skill *skill = guide->skills;
  while (skill && strcmp(skill->id, id) != 0) skill = skill->next;
  return skill;
}

const struct fact *guide_fact(const struct guide *guide, const char *name) {
  const struct fact *fact = guide->facts;
  while (fact && strcmp(fact->name, name) != 0) fact = fact->next;
  return fact;
}

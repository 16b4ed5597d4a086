/* A theme's file, key by key. What a key may hold is said once, in the tables
 * below: its kind, its range, and where in the theme it goes. A value that does
 * not fit is reported at its place with what would fit; all mistakes of a file are
 * reported, not only the first. */
#include "page/theme_file.h"

#include "base/assets.h"
#include "base/buffer.h"
#include "base/yaml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum value_kind { VALUE_LENGTH, VALUE_WHOLE, VALUE_COLOUR, VALUE_WORD, VALUE_FLAG };

/* One key of a map: where its value goes, as an offset from `base` of read_map. */
struct key {
  const char *name;
  enum value_kind kind;
  unsigned offset;
  long least, most; /* of a length in milli-points, of a number as it is */
  unsigned roles;   /* of a text: bits of those that have a use for it; 0: all */
  const char *const *words;
  size_t word_count;
};

struct reading {
  struct theme *theme;
  struct theme_file *file;
  struct messages *messages;
  mpt em; /* of the role that is being read */
  bool ok;
};

static const char *const role_names[] = {
    [THEME_BODY] = "body",           [THEME_HEADING_1] = "heading-1",
    [THEME_HEADING_2] = "heading-2", [THEME_HEADING_3] = "heading-3",
    [THEME_HEADING_4] = "heading-4", [THEME_TITLE] = "title",
    [THEME_SUBTITLE] = "subtitle",   [THEME_CAPTION] = "caption",
    [THEME_TABLE] = "table",         [THEME_NOTE] = "note",
    [THEME_CODE] = "code",           [THEME_CONTENTS] = "contents",
    [THEME_FURNITURE] = "furniture",
};
static_assert(sizeof role_names / sizeof *role_names == THEME_ROLE_COUNT, "a name for each role");

static const char *const family_names[] = {
    [FAMILY_READING] = "reading",
    [FAMILY_DISPLAY] = "display",
    [FAMILY_CODE] = "code",
    [FAMILY_SANS] = "sans",
};
static_assert(sizeof family_names / sizeof *family_names == FAMILY_COUNT, "a name for each");

static const char *const colour_names[] = {
    [COLOUR_TEXT] = "text",
    [COLOUR_MUTED] = "muted",
    [COLOUR_ACCENT] = "accent",
    [COLOUR_RULE] = "rule",
    [COLOUR_LINK] = "link",
    [COLOUR_TINT] = "tint",
    [COLOUR_BACKGROUND] = "background",
    [COLOUR_COVER] = "cover",
    [COLOUR_COVER_TEXT] = "cover-text",
};
static_assert(sizeof colour_names / sizeof *colour_names == THEME_COLOUR_COUNT, "a name for each");

static const char *const alignment_names[] = {"start", "justify", "centre", "end"};
static const char *const strictness_names[] = {"strict", "gb", "basic"};
static const char *const punctuation_names[] = {"quanjiao", "kaiming", "banjiao", "none"};
static const char *const cover_names[] = {"block", "band", "rules"};

#define COUNT(array)       (sizeof(array) / sizeof *(array))
#define WORDS(array)       .words = (array), .word_count = COUNT(array)
#define FLAG(type, member) .kind = VALUE_FLAG, .offset = offsetof(type, member)
#define POINTS(least_points, most_points)                                                          \
  .kind = VALUE_LENGTH, .least = MPT_POINTS(least_points), .most = MPT_POINTS(most_points)

static const struct key page_keys[] = {
    {"top", POINTS(20, 200), .offset = offsetof(struct theme, margin_top)},
    {"bottom", POINTS(20, 200), .offset = offsetof(struct theme, margin_bottom)},
    {"inner", POINTS(20, 200), .offset = offsetof(struct theme, margin_inner)},
    {"outer", POINTS(20, 200), .offset = offsetof(struct theme, margin_outer)},
};

static const struct key layout_keys[] = {
    {"cover", VALUE_WORD, offsetof(struct theme, cover), WORDS(cover_names)},
    {"list-indent", POINTS(8, 60), .offset = offsetof(struct theme, list_indent)},
    {"column-gap", POINTS(8, 60), .offset = offsetof(struct theme, column_gap)},
    {"table-padding", POINTS(1, 20), .offset = offsetof(struct theme, table_padding)},
    {"rule-width", POINTS(0.25, 3), .offset = offsetof(struct theme, rule_width)},
    {"strictness", VALUE_WORD, offsetof(struct theme, strictness), WORDS(strictness_names)},
    {"punctuation", VALUE_WORD, offsetof(struct theme, punctuation), WORDS(punctuation_names)},
    {"widow-lines", VALUE_WHOLE, offsetof(struct theme, widow_lines), .least = 1, .most = 5},
    {"orphan-lines", VALUE_WHOLE, offsetof(struct theme, orphan_lines), .least = 1, .most = 5},
    {"chapters-on-new-page", FLAG(struct theme, chapters_on_new_page)},
    {"chapters-on-recto", FLAG(struct theme, chapters_on_recto)},
    {"underline-links", FLAG(struct theme, underline_links)},
};

#define ROLE(name)  (1u << THEME_##name)
#define ROLES_CLOSE (ROLE(TABLE) | ROLE(NOTE) | ROLE(CONTENTS))

/* Nothing is set below 8 points (A24). */
static const struct key text_keys[] = {
    {"size", POINTS(8, 96), .offset = offsetof(struct theme_text, size)},
    {"leading", POINTS(9, 160), .offset = offsetof(struct theme_text, leading)},
    {"before", POINTS(0, 200), .offset = offsetof(struct theme_text, space_before),
     .roles = ~(ROLES_CLOSE | ROLE(BODY) | ROLE(TITLE) | ROLE(SUBTITLE) | ROLE(FURNITURE))},
    {"after", POINTS(0, 200), .offset = offsetof(struct theme_text, space_after),
     .roles = ~ROLES_CLOSE},
    {"weight", VALUE_WHOLE, offsetof(struct theme_text, weight), .least = 100, .most = 900},
    {"colour", .kind = VALUE_COLOUR, .offset = offsetof(struct theme_text, colour),
     .roles = ~ROLE(SUBTITLE)},
    {"align", VALUE_WORD, offsetof(struct theme_text, alignment), WORDS(alignment_names),
     .roles = ~(ROLE(CODE) | ROLE(CONTENTS) | ROLE(FURNITURE))},
    {"han-indent", POINTS(0, 100), .offset = offsetof(struct theme_text, han_indent),
     .roles = ROLE(BODY)},
    {"latin-indent", POINTS(0, 100), .offset = offsetof(struct theme_text, latin_indent),
     .roles = ROLE(BODY)},
    {"hyphenate", FLAG(struct theme_text, hyphenate)},
    {"hanging", FLAG(struct theme_text, hanging)},
    {"emphasis-dots", FLAG(struct theme_text, emphasis_dots)},
};

/* --- values ------------------------------------------------------------------- */

static void refuse(struct reading *reading, const struct yaml *entry, const char *wanted) {
  reading->ok = false;
  message_error(reading->messages, &entry->place, "theme-value", "'%s' must be %s", entry->key,
                wanted);
}

/* The end of the number in `text`, or NULL; no locale has a say in it. */
static const char *read_number(const char *text, double *number) {
  double value = 0, place = 0.1;
  const char *at = text;
  while (*at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
  if (*at == '.') {
    for (at++; *at >= '0' && *at <= '9'; place /= 10) value += (*at++ - '0') * place;
  }
  *number = value;
  return at > text + (*text == '.') ? at : NULL;
}

static bool read_length(struct reading *reading, const struct yaml *entry, const struct key *key,
                        mpt *length) {
  double number;
  const char *unit = entry->value ? read_number(entry->value, &number) : NULL;
  double points = -1;
  if (unit && strcmp(unit, "pt") == 0) points = number * MPT_PER_POINT;
  else if (unit && strcmp(unit, "mm") == 0) points = number * MPT_PER_POINT * 72 / 25.4;
  else if (unit && strcmp(unit, "em") == 0 && reading->em) points = number * reading->em;
  if (points < 0) {
    refuse(reading, entry, reading->em ? "a length in pt, mm or em" : "a length in pt or mm");
    return false;
  }
  if (points < (double)key->least || points > (double)key->most) {
    reading->ok = false;
    message_error(reading->messages, &entry->place, "theme-range", "'%s' must be from %gpt to %gpt",
                  key->name, (double)key->least / MPT_PER_POINT, (double)key->most / MPT_PER_POINT);
    return false;
  }
  *length = (mpt)(points + 0.5);
  return true;
}

static void read_whole(struct reading *reading, const struct yaml *entry, const struct key *key,
                       int *number) {
  double value;
  const char *end = entry->value ? read_number(entry->value, &value) : NULL;
  bool is_whole = end && !*end && (value > INT32_MAX || value == (double)(long)value);
  if (!is_whole) {
    refuse(reading, entry, "a whole number");
  } else if (value < (double)key->least || value > (double)key->most) {
    reading->ok = false;
    message_error(reading->messages, &entry->place, "theme-range", "'%s' must be from %ld to %ld",
                  key->name, key->least, key->most);
  } else {
    *number = (int)value;
  }
}

static void read_scale(struct reading *reading, const struct yaml *entry, int *scale) {
  double value;
  const char *end = entry->value ? read_number(entry->value, &value) : NULL;
  if (!end || *end || value < 0.8 || value > 1.2) refuse(reading, entry, "from 0.8 to 1.2");
  else *scale = (int)(value * 1000 + 0.5);
}

static void refuse_word(struct reading *reading, const struct yaml *entry, const char *const *words,
                        size_t count) {
  struct buffer list = {0};
  for (size_t i = 0; i < count; i++)
    buffer_printf(&list, "%s'%s'", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i]);
  refuse(reading, entry, list.data);
  const char *near = entry->value ? message_nearest(entry->value, words, count) : NULL;
  if (near) message_hint(reading->messages, "did you mean '%s'?", near);
  buffer_finish(&list);
}

static size_t find_word(const char *value, const char *const *words, size_t count) {
  size_t at = 0;
  while (at < count && (!value || strcmp(value, words[at]) != 0)) at++;
  return at;
}

static void read_word(struct reading *reading, const struct yaml *entry, const char *const *words,
                      size_t count, int *word) {
  size_t at = find_word(entry->value, words, count);
  if (at == count) refuse_word(reading, entry, words, count);
  else *word = (int)at;
}

static void read_flag(struct reading *reading, const struct yaml *entry, bool *flag) {
  static const char *const words[] = {"false", "true"};
  int word = *flag;
  read_word(reading, entry, words, COUNT(words), &word);
  *flag = word;
}

/* "#rrggbb", or the name of one of the theme's colours. */
static void read_colour(struct reading *reading, const struct yaml *entry, rgb *colour) {
  const char *value = entry->value ? entry->value : "";
  size_t named = find_word(value, colour_names, THEME_COLOUR_COUNT);
  bool is_hex =
      value[0] == '#' && strlen(value) == 7 && strspn(value + 1, "0123456789abcdefABCDEF") == 6;
  if (named < THEME_COLOUR_COUNT) *colour = reading->theme->colours[named];
  else if (is_hex) *colour = (rgb)strtoul(value + 1, NULL, 16);
  else refuse(reading, entry, "a colour like \"#1f4e79\", or the name of one of 'colours'");
}

static void read_value(struct reading *reading, const struct yaml *entry, const struct key *key,
                       void *base) {
  void *to = (char *)base + key->offset;
  switch (key->kind) {
  case VALUE_LENGTH:
    read_length(reading, entry, key, to);
    break;
  case VALUE_WHOLE:
    read_whole(reading, entry, key, to);
    break;
  case VALUE_COLOUR:
    read_colour(reading, entry, to);
    break;
  case VALUE_WORD:
    read_word(reading, entry, key->words, key->word_count, to);
    break;
  case VALUE_FLAG:
    read_flag(reading, entry, to);
    break;
  }
}

/* --- maps ----------------------------------------------------------------------- */

static bool is_map(struct reading *reading, const struct yaml *entry) {
  if (entry->kind == YAML_MAP) return true;
  refuse(reading, entry, "a map of keys and values");
  return false;
}

static const struct key *find_key(const struct key *keys, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(keys[i].name, name) == 0) return &keys[i];
  return NULL;
}

static void refuse_key(struct reading *reading, const struct yaml *entry, const struct key *keys,
                       size_t count) {
  const char *names[32];
  assert(count <= COUNT(names));
  for (size_t i = 0; i < count; i++) names[i] = keys[i].name;
  reading->ok = false;
  message_error(reading->messages, &entry->key_place, "unknown-key", "a theme has no key '%s' here",
                entry->key);
  const char *near = message_nearest(entry->key, names, count);
  if (near) message_hint(reading->messages, "did you mean '%s'?", near);
}

static void read_map(struct reading *reading, const struct yaml *map, const struct key *keys,
                     size_t count, void *base) {
  if (!map || !is_map(reading, map)) return;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    const struct key *key = find_key(keys, count, entry->key);
    if (key) read_value(reading, entry, key, base);
    else refuse_key(reading, entry, keys, count);
  }
}

static bool is_named(const struct yaml *entry) {
  return find_word(entry->value, colour_names, THEME_COLOUR_COUNT) < THEME_COLOUR_COUNT;
}

/* Those that are another's name come last, whatever their order; no name leads to a name. */
static void read_colours(struct reading *reading, const struct yaml *map) {
  if (!map || !is_map(reading, map)) return;
  if (!yaml_check_keys(map, colour_names, THEME_COLOUR_COUNT, "a theme's 'colours'",
                       reading->messages))
    reading->ok = false;
  for (size_t i = 0; i < 2 * THEME_COLOUR_COUNT; i++) {
    const struct yaml *entry = yaml_find(map, colour_names[i % THEME_COLOUR_COUNT]);
    if (!entry || is_named(entry) != (i >= THEME_COLOUR_COUNT)) continue;
    const struct yaml *other = is_named(entry) ? yaml_find(map, entry->value) : NULL;
    if (other && is_named(other)) refuse(reading, entry, "a colour, or the name of one that is");
    else read_colour(reading, entry, &reading->theme->colours[i % THEME_COLOUR_COUNT]);
  }
}

static void read_series(struct reading *reading, const struct yaml *list) {
  if (!list) return;
  size_t count = 0;
  for (const struct yaml *item = list->first; item && list->kind == YAML_LIST; item = item->next) {
    struct yaml named = *item;
    named.key = list->key;
    if (count < THEME_SERIES_LIMIT) read_colour(reading, &named, &reading->theme->series[count]);
    count++;
  }
  if (count != THEME_SERIES_LIMIT) refuse(reading, list, "a list of six colours");
}

static void read_family(struct reading *reading, const struct yaml *map, struct family_pair *pair) {
  static const char *const names[] = {"latin", "han", "latin-scale"};
  if (!is_map(reading, map)) return;
  if (!yaml_check_keys(map, names, COUNT(names), "a family", reading->messages))
    reading->ok = false;
  const struct yaml *latin = yaml_find(map, "latin");
  const struct yaml *han = yaml_find(map, "han");
  const struct yaml *scale = yaml_find(map, "latin-scale");
  pair->place = map->place;
  pair->names[FONT_SCRIPT_LATIN] = latin ? latin->value : NULL;
  pair->names[FONT_SCRIPT_HAN] = han ? han->value : NULL;
  pair->latin_scale = 1000;
  if (scale) read_scale(reading, scale, &pair->latin_scale);
  if (!pair->names[FONT_SCRIPT_LATIN] || !pair->names[FONT_SCRIPT_HAN])
    refuse(reading, map, "a map with a family for 'latin' and one for 'han'");
}

static void read_others(struct reading *reading, const struct yaml *list) {
  struct theme_file *file = reading->file;
  for (const struct yaml *item = list->first; item && list->kind == YAML_LIST; item = item->next) {
    if (file->other_count == THEME_OTHERS_LIMIT || item->kind != YAML_SCALAR) {
      refuse(reading, list, "a list of at most seven families");
      return;
    }
    file->others[file->other_count++] = item->value;
  }
}

static void read_families(struct reading *reading, const struct yaml *root) {
  const struct yaml *map = yaml_find(root, "families");
  if (!map || !is_map(reading, map)) return;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    size_t at = find_word(entry->key, family_names, FAMILY_COUNT);
    if (at < FAMILY_COUNT) read_family(reading, entry, &reading->file->families[at]);
    else if (strcmp(entry->key, "others") == 0) read_others(reading, entry);
    else refuse_key(reading, entry, NULL, 0);
  }
}

/* `family` chooses the faces and is not a value of the text itself; the size comes
 * first, because an em is of it. */
static void read_text(struct reading *reading, const struct yaml *map, enum theme_role role) {
  struct theme_text *text = &reading->theme->texts[role];
  if (!is_map(reading, map)) return;
  const struct yaml *size = yaml_find(map, "size");
  if (size && !read_length(reading, size, &text_keys[0], &text->size)) return;
  reading->em = text->size;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    const struct key *key = find_key(text_keys, COUNT(text_keys), entry->key);
    int family = (int)reading->file->family_of[role];
    if (strcmp(entry->key, "family") == 0) {
      read_word(reading, entry, family_names, FAMILY_COUNT, &family);
      reading->file->family_of[role] = (enum theme_family)family;
    } else if (!key) {
      refuse_key(reading, entry, text_keys, COUNT(text_keys));
    } else if (key->roles && !(key->roles & 1u << role)) {
      reading->ok = false;
      message_error(reading->messages, &entry->key_place, "unknown-key",
                    "'%s' has no use for '%s'", role_names[role], entry->key);
    } else if (entry != size) {
      read_value(reading, entry, key, text);
    }
  }
  reading->em = 0;
}

static void read_texts(struct reading *reading, const struct yaml *map) {
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    reading->theme->texts[i].colour = reading->theme->colours[COLOUR_TEXT];
    reading->theme->texts[i].weight = 400;
  }
  if (!map || !is_map(reading, map)) return;
  if (!yaml_check_keys(map, role_names, THEME_ROLE_COUNT, "a theme's 'text'", reading->messages))
    reading->ok = false;
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    const struct yaml *entry = yaml_find(map, role_names[i]);
    if (entry) read_text(reading, entry, (enum theme_role)i);
  }
}

/* --- the whole -------------------------------------------------------------------- */

static void require(struct reading *reading, const struct yaml *root, const char *in,
                    const char *name, const struct place *place) {
  const struct yaml *map = yaml_find(root, in);
  if (map && yaml_find(map, name)) return;
  reading->ok = false;
  message_error(reading->messages, place, "theme-incomplete", "'%s' has no '%s'", in, name);
}

/* Words and flags may be left out: their first is as good as any. */
static void require_lengths(struct reading *reading, const struct yaml *root, const char *in,
                            const struct key *keys, size_t count, const struct place *place) {
  for (size_t i = 0; i < count; i++)
    if (keys[i].kind == VALUE_LENGTH || keys[i].kind == VALUE_WHOLE)
      require(reading, root, in, keys[i].name, place);
}

/* What a theme must say, because nothing sensible can be supposed. */
static void check_complete(struct reading *reading, const struct yaml *root,
                           const struct place *place) {
  for (size_t i = 0; i < FAMILY_COUNT; i++) {
    if (reading->file->families[i].place.source) continue;
    reading->ok = false;
    message_error(reading->messages, place, "theme-incomplete", "no family is called '%s'",
                  family_names[i]);
  }
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    const struct theme_text *text = &reading->theme->texts[i];
    if (text->size && text->leading >= text->size) continue;
    reading->ok = false;
    message_error(reading->messages, place, "theme-incomplete",
                  text->size ? "the leading of '%s' is less than its size"
                             : "'%s' of 'text' has no size",
                  role_names[i]);
  }
  require_lengths(reading, root, "page", page_keys, COUNT(page_keys), place);
  require_lengths(reading, root, "layout", layout_keys, COUNT(layout_keys), place);
  for (size_t i = 0; i < THEME_COLOUR_COUNT; i++)
    require(reading, root, "colours", colour_names[i], place);
  if (yaml_find(root, "series")) return;
  reading->ok = false;
  message_error(reading->messages, place, "theme-incomplete", "there is no 'series'");
}

static void read_root(struct reading *reading, const struct yaml *root) {
  static const char *const names[] = {"families", "page", "colours", "series", "text", "layout"};
  if (!yaml_check_keys(root, names, COUNT(names), "a theme", reading->messages))
    reading->ok = false;
  struct theme *theme = reading->theme;
  read_families(reading, root);
  read_map(reading, yaml_find(root, "page"), page_keys, COUNT(page_keys), theme);
  read_colours(reading, yaml_find(root, "colours"));
  read_series(reading, yaml_find(root, "series"));
  read_texts(reading, yaml_find(root, "text"));
  read_map(reading, yaml_find(root, "layout"), layout_keys, COUNT(layout_keys), theme);
}

bool theme_read(struct theme *theme, struct theme_file *file, const char *name,
                struct messages *messages) {
  const char *path =
      strchr(name, '/') ? name : asset_theme(theme->arena, name, NULL, messages);
  if (!path) return false;
  const struct source *source = source_load(theme->arena, path, LIMIT_RECORD, messages);
  const struct yaml *root =
      source ? yaml_read(theme->arena, source, 0, source->length, messages) : NULL;
  if (!root) return false;
  struct reading reading = {.theme = theme, .file = file, .messages = messages, .ok = true};
  struct place whole = {.source = source};
  read_root(&reading, root);
  if (reading.ok) check_complete(&reading, root, &whole);
  return reading.ok;
}

/* The keys of a record are rows of a table, each with the function that sets it, so
 * that a new key is one row. What a value may be is said in the message: a record is
 * often written by someone who has never seen the documentation. */
#include "reader/record.h"

#include <string.h>
#include <strings.h>

#define LONGEST_NAME 200

/* --- names of what can be chosen ----------------------------------------------- */

static const char *const mode_names[] = {
    [MODE_SINGLE] = "single",
    [MODE_INTERLEAVED] = "interleaved",
    [MODE_PARALLEL] = "parallel",
    [MODE_SEQUENTIAL] = "sequential",
};
_Static_assert(sizeof mode_names / sizeof *mode_names == MODE_COUNT, "a name for each mode");

static const char *const style_names[] = {
    [STYLE_STANDARD] = "standard",
    [STYLE_LARGE_PRINT] = "large-print",
    [STYLE_HIGH_CONTRAST] = "high-contrast",
    [STYLE_DYSLEXIA_FRIENDLY] = "dyslexia-friendly",
    [STYLE_MONO] = "mono",
};
_Static_assert(sizeof style_names / sizeof *style_names == STYLE_COUNT, "a name for each style");

static const char *const paper_names[] = {
    [PAPER_A4] = "a4",
    [PAPER_LETTER] = "letter",
    [PAPER_A5] = "a5",
    [PAPER_B5] = "b5",
};
_Static_assert(sizeof paper_names / sizeof *paper_names == PAPER_COUNT, "a name for each paper");

const char *mode_name(enum mode mode) {
  return mode_names[mode];
}

const char *style_name(enum style style) {
  return style_names[style];
}

const char *paper_name(enum paper paper) {
  return paper_names[paper];
}

/* --- setters: one for each key ---------------------------------------------------- */

static void set_id(struct record *record, const char *key, const struct cell *cells, size_t count) {
  (void)count;
  if (value_is_id(cells->text)) {
    record->reader->id = arena_strdup(record->reader->arena, cells->text);
  } else {
    value_refuse(record, key, cells, "an id: 1 to 64 letters from a to z, digits, - and _");
  }
}

static void set_name(struct record *record, const char *key, const struct cell *cells,
                     size_t count) {
  (void)count;
  record->reader->name = value_text(record, key, cells, LONGEST_NAME, false);
  record->reader->name_place = cells->place;
}

static const char *guide_language(const struct guide *guide, const char *language) {
  for (size_t i = 0; i < guide->language_count; i++) {
    if (strcasecmp(guide->languages[i], language) == 0) return guide->languages[i];
  }
  return NULL;
}

static bool has_language(const struct reader *reader, const char *language) {
  for (size_t i = 0; i < reader->language_count; i++) {
    if (reader->languages[i] == language) return true;
  }
  return false;
}

/* "zh", "zh-CN" and "cn" where the guide has "zh-Hans". */
static const char *meant_language(const struct guide *guide, const char *text) {
  size_t length = strcspn(text, "-_");
  if (strcasecmp(text, "cn") == 0 || strcasecmp(text, "chinese") == 0) text = "zh", length = 2;
  for (size_t i = 0; i < guide->language_count; i++) {
    const char *language = guide->languages[i];
    if (strncasecmp(language, text, length) == 0 && (!language[length] || language[length] == '-'))
      return language;
  }
  return message_nearest(text, guide->languages, guide->language_count);
}

static void add_language(struct record *record, const char *key, const struct cell *cell) {
  const struct guide *guide = record->guide;
  struct reader *reader = record->reader;
  const char *language = guide_language(guide, cell->text);
  if (!value_is_language(cell->text)) {
    value_refuse(record, key, cell, "a language (BCP 47), such as 'en' or 'zh-Hans'");
    value_hint_several(record, cell);
  } else if (!language) {
    value_refuse_choice(record, key, cell, guide->languages, guide->language_count,
                        meant_language(guide, cell->text));
  } else if (has_language(reader, language)) {
    value_refuse(record, key, cell, "new: it stands here a second time");
  } else {
    reader->languages[reader->language_count++] = language;
  }
}

static void set_languages(struct record *record, const char *key, const struct cell *cells,
                          size_t count) {
  struct reader *reader = record->reader;
  if (value_too_many(record, key, cells, count)) return;
  reader->languages = arena_alloc_array(reader->arena, count, sizeof *reader->languages);
  reader->language_count = 0;
  for (size_t i = 0; i < count; i++) add_language(record, key, &cells[i]);
}

static void set_mode(struct record *record, const char *key, const struct cell *cells,
                     size_t count) {
  (void)count;
  int chosen = value_choose(record, key, cells, mode_names, MODE_COUNT);
  if (chosen < 0) return;
  record->reader->mode = (enum mode)chosen;
  record->reader->mode_given = true;
}

static void set_style(struct record *record, const char *key, const struct cell *cells,
                      size_t count) {
  (void)count;
  int chosen = value_choose(record, key, cells, style_names, STYLE_COUNT);
  if (chosen >= 0) record->reader->style = (enum style)chosen;
}

static void set_paper(struct record *record, const char *key, const struct cell *cells,
                      size_t count) {
  (void)count;
  int chosen = value_choose(record, key, cells, paper_names, PAPER_COUNT);
  if (chosen >= 0) record->reader->paper = (enum paper)chosen;
}

static void set_theme(struct record *record, const char *key, const struct cell *cells,
                      size_t count) {
  (void)count;
  if (value_is_id(cells->text)) {
    record->reader->theme = arena_strdup(record->reader->arena, cells->text);
  } else {
    value_refuse(record, key, cells, "a theme's name: letters from a to z, digits, - and _");
  }
}

static void set_numbered(struct record *record, const char *key, const struct cell *cells,
                         size_t count) {
  static const char *const truths[] = {"false", "no", "true", "yes"};
  (void)count;
  int chosen = value_choose(record, key, cells, truths, sizeof truths / sizeof *truths);
  if (chosen >= 0) record->reader->numbered = chosen >= 2;
}

enum key {
  KEY_ID,
  KEY_NAME,
  KEY_LANGUAGES,
  KEY_MODE,
  KEY_EDITION,
  KEY_PAPER,
  KEY_THEME,
  KEY_NUMBERED,
  KEY_COUNT
};

static const struct key_row {
  const char *name;
  bool many;
  void (*set)(struct record *record, const char *key, const struct cell *cells, size_t count);
} keys[] = {
    [KEY_ID] = {"id", false, set_id},
    [KEY_NAME] = {"name", false, set_name},
    [KEY_LANGUAGES] = {"languages", true, set_languages},
    [KEY_MODE] = {"mode", false, set_mode},
    [KEY_EDITION] = {"edition", false, set_style},
    [KEY_PAPER] = {"paper", false, set_paper},
    [KEY_THEME] = {"theme", false, set_theme},
    [KEY_NUMBERED] = {"numbered", false, set_numbered},
};
_Static_assert(sizeof keys / sizeof *keys == KEY_COUNT, "a row for each key");

/* --- a record ----------------------------------------------------------------------- */

static struct reader *reader_new(void) {
  struct arena *arena = arena_new();
  struct reader *reader = arena_alloc(arena, sizeof *reader);
  reader->arena = arena;
  reader->numbered = -1;
  return reader;
}

/* All of the guide's languages, in the order of the source, where none is asked for. */
static void settle_languages(struct reader *reader, const struct guide *guide) {
  size_t count = reader->language_count ? reader->language_count : guide->language_count;
  if (!reader->mode_given) reader->mode = count > 1 ? MODE_INTERLEAVED : MODE_SINGLE;
}

void reader_free(struct reader *reader) {
  if (reader) arena_free(reader->arena);
}

void record_start(struct record *record, const struct guide *guide, struct messages *messages) {
  *record =
      (struct record){.reader = reader_new(), .guide = guide, .messages = messages, .good = true};
}

static size_t count_fields(const struct guide *guide) {
  size_t count = 0;
  for (const struct field *field = guide->fields; field; field = field->next) count++;
  return count;
}

static const struct key_row *find_key(const char *name) {
  for (size_t i = 0; i < KEY_COUNT; i++) {
    if (strcmp(keys[i].name, name) == 0) return &keys[i];
  }
  return NULL;
}

const char *reader_nearest_key(const struct guide *guide, struct arena *arena, const char *key) {
  size_t count = KEY_COUNT + count_fields(guide);
  const char **names = arena_alloc_array(arena, count, sizeof *names);
  for (int i = 0; i < KEY_COUNT; i++) names[i] = keys[i].name;
  const char **end = names + KEY_COUNT;
  for (const struct field *field = guide->fields; field; field = field->next) *end++ = field->name;
  return message_nearest(key, names, count);
}

static void report_unknown(struct record *record, const char *key, const struct place *place) {
  const char *nearest = reader_nearest_key(record->guide, record->reader->arena, key);
  record->good = false;
  message_error(record->messages, place, "unknown-key",
                "a reader record of this guide has no key '%.60s'", key);
  if (nearest) message_hint(record->messages, "did you mean '%s'?", nearest);
}

bool reader_knows_key(const struct guide *guide, const char *key) {
  return find_key(key) || guide_field(guide, key);
}

bool record_key_is_set(const struct guide *guide, const char *key) {
  const struct key_row *row = find_key(key);
  const struct field *field = row ? NULL : guide_field(guide, key);
  return row ? row->many : field && field->type == FIELD_SET;
}

void record_set(struct record *record, const char *key, const struct place *key_place,
                const struct cell *cells, size_t count) {
  const struct key_row *row = find_key(key);
  const struct field *field = row ? NULL : guide_field(record->guide, key);
  if (!row && !field) {
    report_unknown(record, key, key_place);
  } else if (count > 1 && !record_key_is_set(record->guide, key)) {
    record->good = false;
    message_error(record->messages, &cells[1].place, "bad-value",
                  "%s: one value is allowed, not several", key);
  } else if (row) {
    if (count == 0) return; /* an empty list: as if the key were not there */
    row->set(record, key, cells, count);
  } else {
    field_set(record, field, cells, count);
  }
}

/* Every field has its value, and they stand in the order of the guide. */
static void settle_fields(struct record *record, const struct place *place) {
  struct field_value *ordered = NULL, **end = &ordered;
  for (const struct field *field = record->guide->fields; field; field = field->next) {
    field_set_default(record, field, place);
    struct field_value *value = field_unlink(record->reader, field->name);
    if (!value) continue;
    *end = value;
    end = &value->next;
  }
  record->reader->fields = ordered;
}

struct reader *reader_new_anonymous(const struct guide *guide) {
  struct record record;
  record_start(&record, guide, NULL);
  settle_fields(&record, NULL);
  settle_languages(record.reader, guide);
  return record.reader;
}

struct reader *record_finish(struct record *record, const struct place *place) {
  struct reader *reader = record->reader;
  if (record->good && !reader->id) {
    record->good = false;
    message_error(record->messages, place, "no-id", "a reader record needs an id");
    bool in_table = place->line > 0;
    message_hint(record->messages, in_table ? "fill in the column 'id'; it names the files"
                                            : "add a line such as 'id: reader-1'; it names the files");
  }
  settle_fields(record, place);
  settle_languages(reader, record->guide);
  if (record->good) return reader;
  messages_flush(record->messages); /* what is held back points into the reader's arena */
  reader_free(reader);
  return NULL;
}

/* --- flags over records ------------------------------------------------------------------ */

static bool is_of_guide(const char *name) {
  static const char *const names[] = {"title", "author", "date", "theme"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], name) == 0) return true;
  }
  return strncmp(name, "title.", 6) == 0;
}

/* An empty value takes back what the record says, so that the default holds; it must have an id. */
static void clear_key(struct record *record, const char *name, const struct cell *empty) {
  struct reader *reader = record->reader;
  const struct key_row *row = find_key(name);
  switch (row ? (enum key)(row - keys) : KEY_COUNT) {
  case KEY_ID:
    set_id(record, name, empty, 1);
    break;
  case KEY_NAME:
    reader->name = NULL;
    break;
  case KEY_LANGUAGES:
    reader->language_count = 0;
    break;
  case KEY_MODE:
    reader->mode_given = false;
    break;
  case KEY_EDITION:
    reader->style = STYLE_STANDARD;
    break;
  case KEY_PAPER:
    reader->paper = PAPER_A4;
    break;
  case KEY_THEME:
    reader->theme = NULL;
    break;
  case KEY_NUMBERED:
    reader->numbered = -1;
    break;
  case KEY_COUNT:
    field_unlink(reader, name);
    field_set_default(record, guide_field(record->guide, name), &empty->place);
    break;
  }
}

bool reader_apply(struct reader *reader, const struct guide *guide, const struct setting *settings,
                  size_t setting_count, struct messages *messages) {
  struct place nowhere = {0};
  struct record record = {.reader = reader, .guide = guide, .messages = messages, .good = true};
  for (size_t i = 0; i < setting_count; i++) {
    const char *name = settings[i].name;
    struct cell cell = {settings[i].value, nowhere};
    if (strcmp(name, "theme") == 0) reader->theme = NULL; /* the guide's is the one set */
    if (is_of_guide(name)) continue;
    if (!reader_knows_key(guide, name)) report_unknown(&record, name, &nowhere);
    else if (*cell.text) record_set_cell(&record, name, &cell);
    else clear_key(&record, name, &cell);
  }
  settle_fields(&record, NULL);
  settle_languages(reader, guide);
  return record.good;
}

/* --- the digest of a record ----------------------------------------------------------------- */

static void hash_optional(struct hash *hash, const char *text) {
  uint8_t there = text != NULL;
  hash_add(hash, &there, 1);
  hash_add_text(hash, text ? text : "");
}

void reader_hash(const struct reader *reader, struct hash *hash) {
  uint8_t small[] = {(uint8_t)reader->mode, (uint8_t)reader->style, (uint8_t)reader->paper,
                     (uint8_t)(reader->numbered + 1)};
  hash_optional(hash, reader->id);
  hash_optional(hash, reader->name);
  hash_optional(hash, reader->theme);
  hash_add(hash, small, sizeof small);
  for (size_t i = 0; i < reader->language_count; i++) hash_optional(hash, reader->languages[i]);
  hash_optional(hash, NULL);
  for (const struct field_value *field = reader->fields; field; field = field->next) {
    hash_optional(hash, field->name);
    for (size_t i = 0; i < field->value_count; i++) hash_optional(hash, field->values[i]);
    hash_optional(hash, NULL);
  }
}

/* A record from a YAML file: a map of texts and lists of texts. */
#include "reader/record.h"

#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

static bool check_scalar(struct record *record, const char *key, const struct yaml *value) {
  if (value->kind == YAML_SCALAR) return true;
  record->good = false;
  const char *found = value->kind == YAML_MAP    ? "a map"
                      : value->kind == YAML_LIST ? "a list inside a list"
                                                 : "nothing";
  message_error(record->messages, &value->place, "bad-value",
                "%s: %s stands where a text is wanted", key, found);
  return false;
}

static void set_list(struct record *record, const struct yaml *entry) {
  size_t count = 0;
  for (const struct yaml *item = entry->first; item; item = item->next) count++;
  struct cell *cells = memory_alloc((count + 1) * sizeof *cells);
  cells->place = entry->place;
  bool ok = true;
  count = 0;
  for (const struct yaml *item = entry->first; item; item = item->next) {
    ok = check_scalar(record, entry->key, item) && ok;
    cells[count++] = (struct cell){item->value, item->place};
  }
  if (ok) record_set(record, entry->key, &entry->key_place, cells, count);
  free(cells);
}

/* An entry without a value ("adviser:") is as if it were not there. */
static void set_entry(struct record *record, const struct yaml *entry) {
  struct cell cell = {entry->value, entry->place};
  switch (entry->kind) {
  case YAML_NULL:
    return;
  case YAML_SCALAR:
    record_set(record, entry->key, &entry->key_place, &cell, 1);
    return;
  case YAML_LIST:
    set_list(record, entry);
    return;
  case YAML_MAP:
    check_scalar(record, entry->key, entry);
    return;
  }
}

static bool check_map(struct record *record, const struct yaml *root) {
  if (root->kind == YAML_MAP) return true;
  message_error(record->messages, &root->place, "bad-record",
                "a reader record is a map of keys and values, such as 'name: …'");
  return false;
}

/* The source lives as long as the reader: its fields' places point into it. */
static void set_entries(struct record *record, const struct source *source) {
  struct arena *arena = record->reader->arena;
  const struct yaml *root =
      source ? yaml_read(arena, source, 0, source->length, record->messages) : NULL;
  record->good = root && check_map(record, root);
  if (!record->good) return;
  for (const struct yaml *entry = root->first; entry; entry = entry->next) set_entry(record, entry);
}

struct reader *reader_load(const char *path, const struct guide *guide, struct messages *messages) {
  struct record record;
  record_start(&record, guide, messages);
  const struct source *source = source_load(record.reader->arena, path, LIMIT_RECORD, messages);
  set_entries(&record, source);
  struct place whole = {.source = source};
  return record_finish(&record, &whole);
}

struct reader *reader_from_memory(const char *name, const char *text, size_t length,
                                  const struct setting *pairs, size_t pair_count,
                                  const struct guide *guide, struct messages *messages) {
  struct record record;
  record_start(&record, guide, messages);
  struct place whole = {0};
  if (text && length > limit_of(LIMIT_RECORD)) {
    limit_report(messages, NULL, LIMIT_RECORD, name);
    record.good = false;
  } else if (text) {
    whole.source = source_from_memory(record.reader->arena, name, text, length, messages);
    set_entries(&record, whole.source);
  }
  for (size_t i = 0; i < pair_count; i++) {
    struct cell cell = {pairs[i].value, {0}};
    record_set_cell(&record, pairs[i].name, &cell);
  }
  return record_finish(&record, &whole);
}

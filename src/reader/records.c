/* Many records, one at a time: the rows of a CSV, or the YAML files of a folder in the
 * order of their names. A row becomes a record through the same checks as a YAML file;
 * only the places differ. */
#include "reader/csv.h"
#include "reader/record.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/limit.h"

#include <stdlib.h>
#include <string.h>

struct records {
  struct arena *arena;
  const struct guide *guide;
  const struct setting *settings;
  size_t setting_count;
  struct messages *messages;   /* for the first row; flushed on closing */
  const struct source *source; /* of a CSV: its name alone */
  struct csv *csv;             /* NULL: YAML files */
  const char **columns;        /* keys; NULL where a column is not used */
  size_t column_count, id_column;
  char **paths;       /* of YAML files */
  const char *folder; /* that they were found in; NULL: the one was named */
  size_t path_count, path_next;
  struct place place;
  char id[80];
  bool has_id;
};

/* --- the first row ------------------------------------------------------------------------ */

static struct place cell_place(const struct source *source, size_t row, size_t column) {
  return (struct place){.source = source, .line = (uint32_t)row, .column = (uint32_t)column + 1};
}

static bool column_repeats(const struct records *records, size_t column) {
  for (size_t i = 0; i < column; i++) {
    if (records->columns[i] && strcmp(records->columns[i], records->columns[column]) == 0) {
      return true;
    }
  }
  return false;
}

/* A column that is no key may be a slip of the pen, which would cost every reader
 * a value: near names are errors, others are left out with a warning. */
static bool take_unknown_column(struct records *records, const char *name,
                                const struct place *place) {
  const char *nearest = reader_nearest_key(records->guide, records->arena, name);
  if (!nearest) {
    message_warning(records->messages, place, "unused-column",
                    "the guide has no field '%.60s'; this column is not used", name);
    return true;
  }
  message_error(records->messages, place, "unknown-key",
                "a reader record of this guide has no key '%.60s'", name);
  message_hint(records->messages, "did you mean '%s'?", nearest);
  return false;
}

static bool take_column(struct records *records, const char *name, size_t column) {
  struct place place = cell_place(records->source, 1, column);
  if (!reader_knows_key(records->guide, name)) return take_unknown_column(records, name, &place);
  records->columns[column] = arena_strdup(records->arena, name);
  if (strcmp(name, "id") == 0) records->id_column = column;
  if (!column_repeats(records, column)) return true;
  message_error(records->messages, &place, "duplicate-key", "the column '%s' stands here again",
                name);
  return false;
}

static bool take_columns(struct records *records, const struct csv_row *row) {
  bool good = true;
  records->columns = arena_alloc_array(records->arena, row->count, sizeof *records->columns);
  records->column_count = records->id_column = row->count;
  for (size_t i = 0; i < row->count; i++) good = take_column(records, row->cells[i], i) && good;
  if (!good || records->id_column < row->count) return good;
  struct place place = cell_place(records->source, 1, 0);
  message_error(records->messages, &place, "no-id", "no column is called 'id'");
  message_hint(records->messages, "the id of a record names its files");
  return false;
}

static void report_broken(const struct records *records, struct messages *messages) {
  struct place place = cell_place(records->source, csv_row_number(records->csv), 0);
  if (csv_row_is_too_long(records->csv)) limit_report(messages, &place, LIMIT_RECORD, "this row");
  else message_error(messages, &place, "bad-table", "in this row: %s", csv_problem(records->csv));
  message_note(messages, NULL, "the rows after it are not read");
}

static bool open_csv(struct records *records, const char *path) {
  struct source *source = arena_alloc(records->arena, sizeof *source);
  source->name = strcmp(path, "-") == 0 ? "<standard input>" : arena_strdup(records->arena, path);
  records->source = source;
  records->place = cell_place(source, 1, 0);
  records->csv = csv_open(path, records->messages);
  struct csv_row row;
  if (!records->csv) return false;
  if (csv_next(records->csv, &row)) return take_columns(records, &row);
  if (csv_problem(records->csv)) report_broken(records, records->messages);
  else message_error(records->messages, &records->place, "empty-table", "there are no records");
  return false;
}

/* --- YAML files ------------------------------------------------------------------------------ */

static bool is_yaml(const char *path) {
  return file_ends_in(path, ".yaml") || file_ends_in(path, ".yml");
}

static bool list_folder(struct records *records, const char *path) {
  struct folder in;
  if (!folder_read(&in, path, "", records->arena, records->messages)) return false;
  records->folder = arena_strdup(records->arena, path);
  records->paths = memory_alloc(in.count * sizeof *records->paths);
  for (size_t i = 0; i < in.count; i++) {
    if (is_yaml(in.names[i]))
      records->paths[records->path_count++] =
          arena_printf(records->arena, "%s/%s", path, in.names[i]);
  }
  if (records->path_count > 0) return true;
  message_error(records->messages, NULL, "empty-table", "%s: no records (.yaml files)", path);
  return false;
}

static bool open_yaml(struct records *records, const char *path) {
  records->paths = memory_alloc(sizeof *records->paths);
  records->paths[records->path_count++] = arena_strdup(records->arena, path);
  return true;
}

/* --- opening and closing ------------------------------------------------------------------------
 */

/* What the command line says over a record. NULL and messages where it is wrong. */
static struct reader *apply_settings(const struct records *records, struct reader *reader,
                                     struct messages *messages) {
  if (reader_apply(reader, records->guide, records->settings, records->setting_count, messages))
    return reader;
  messages_flush(messages); /* what is held back points into the record */
  reader_free(reader);
  return NULL;
}

/* What is wrong with a setting is told once, not for each record. */
static bool check_settings(const struct records *records) {
  struct reader *nobody = reader_new_anonymous(records->guide);
  nobody = apply_settings(records, nobody, records->messages);
  bool good = nobody != NULL;
  reader_free(nobody);
  return good;
}

static struct records *records_new(const struct guide *guide, const struct setting *settings,
                                   size_t setting_count, struct messages *messages) {
  struct arena *arena = arena_new();
  struct records *records = arena_alloc(arena, sizeof *records);
  *records = (struct records){.arena = arena,
                              .guide = guide,
                              .settings = settings,
                              .setting_count = setting_count,
                              .messages = messages};
  return records;
}

struct records *records_open(const char *path, const struct guide *guide,
                             const struct setting *settings, size_t setting_count,
                             struct messages *messages) {
  struct records *records = records_new(guide, settings, setting_count, messages);
  bool good = file_is_folder(path) ? list_folder(records, path)
              : is_yaml(path)      ? open_yaml(records, path)
                                   : open_csv(records, path);
  if (good && check_settings(records)) return records;
  records_close(records);
  return NULL;
}

struct records *records_open_again(const struct records *listed, const char *path,
                                   struct messages *messages) {
  if (!listed->folder)
    return records_open(path, listed->guide, listed->settings, listed->setting_count, messages);
  struct records *records =
      records_new(listed->guide, listed->settings, listed->setting_count, messages);
  size_t size = listed->path_count * sizeof *records->paths;
  records->folder = listed->folder;
  records->paths = memcpy(memory_alloc(size), listed->paths, size);
  records->path_count = listed->path_count;
  return records;
}

void records_close(struct records *records) {
  if (!records) return;
  messages_flush(records->messages); /* what is held back points into the arena */
  csv_close(records->csv);
  free(records->paths);
  arena_free(records->arena);
}

struct place records_place(const struct records *records) {
  return records->place;
}

const char *records_id(const struct records *records) {
  return records->has_id ? records->id : NULL;
}

/* --- a row as a record -------------------------------------------------------------------------
 */

static void keep_id(struct records *records, const char *id) {
  records->has_id = value_is_id(id);
  if (records->has_id) memcpy(records->id, id, strlen(id) + 1);
}

/* "a | b" as two cells; the texts live in the reader's arena. */
static size_t split_set(struct record *record, const struct cell *cell, struct cell **parts) {
  size_t count = 1;
  for (const char *at = cell->text; *at; at++) count += *at == '|';
  *parts = arena_alloc_array(record->reader->arena, count, sizeof **parts);
  count = 0;
  for (const char *at = cell->text;;) {
    size_t length = strcspn(at, "|"), start = strspn(at, " ");
    size_t end = length;
    while (end > start && at[end - 1] == ' ') end--;
    if (start < end) {
      const char *text = arena_strndup(record->reader->arena, at + start, end - start);
      (*parts)[count++] = (struct cell){text, cell->place};
    }
    if (!at[length]) return count;
    at += length + 1;
  }
}

void record_set_cell(struct record *record, const char *key, const struct cell *cell) {
  struct cell *parts;
  if (!*cell->text) return; /* an empty cell says nothing */
  if (!record_key_is_set(record->guide, key)) {
    record_set(record, key, &cell->place, cell, 1);
    return;
  }
  size_t count = split_set(record, cell, &parts);
  if (count) record_set(record, key, &cell->place, parts, count);
}

/* Line ends within a cell are as the spreadsheet wrote them. */
static const char *unify_lines(struct arena *arena, const char *text) {
  if (!strchr(text, '\r')) return text;
  char *copy = arena_strdup(arena, text), *end = copy;
  for (; *text; text++) {
    if (*text != '\r') *end++ = *text;
    else if (text[1] != '\n') *end++ = '\n';
  }
  *end = '\0';
  return copy;
}

static void set_row(struct records *records, struct record *record, const struct csv_row *row,
                    const struct source *source) {
  for (size_t i = 0; i < row->count; i++) {
    struct cell cell = {row->cells[i], cell_place(source, row->number, i)};
    if (!records->columns[i]) continue;
    if (strlen(cell.text) < row->lengths[i]) {
      record->good = false;
      message_error(record->messages, &cell.place, "nul-byte", "a NUL byte cannot stand in a text");
      continue;
    }
    cell.text = unify_lines(record->reader->arena, cell.text);
    record_set_cell(record, records->columns[i], &cell);
  }
}

static struct reader *read_row(struct records *records, const struct csv_row *row,
                               struct messages *messages) {
  struct record record;
  record_start(&record, records->guide, messages);
  struct source *source = arena_alloc(record.reader->arena, sizeof *source);
  source->name = arena_strdup(record.reader->arena, records->source->name);
  struct place place = cell_place(source, row->number, 0);
  if (row->count != records->column_count) {
    record.good = false;
    message_error(messages, &place, "bad-table", "this row has %zu cells, the first has %zu",
                  row->count, records->column_count);
    message_hint(messages, "a text that holds the separator stands in quotes");
  } else {
    keep_id(records, row->cells[records->id_column]);
    set_row(records, &record, row, source);
  }
  return record_finish(&record, &place);
}

/* --- the next record -----------------------------------------------------------------------------
 */

static enum record_status next_row(struct records *records, struct reader **reader,
                                   struct messages *messages) {
  struct csv_row row;
  if (!records->csv) return RECORD_END;
  if (!csv_next(records->csv, &row)) {
    bool broken = csv_problem(records->csv) != NULL;
    records->place = cell_place(records->source, csv_row_number(records->csv), 0);
    if (broken) {
      report_broken(records, messages);
      messages_flush(messages);
    }
    csv_close(records->csv); /* what comes after cannot be told into rows */
    records->csv = NULL;
    return broken ? RECORD_BAD : RECORD_END;
  }
  records->place = cell_place(records->source, row.number, 0);
  *reader = read_row(records, &row, messages);
  return *reader ? RECORD_GOOD : RECORD_BAD;
}

/* What a stranger put into the folder leads nowhere else, and nobody waits for it. */
static bool check_file(const char *folder, const char *path, struct messages *messages) {
  bool below = file_is_below(folder, path);
  if (below && !file_is_special(path)) return true;
  if (below) message_error(messages, NULL, "no-file", "%s: not a regular file", path);
  else message_error(messages, NULL, "outside-folder", "%s leads out of the folder of records", path);
  return false;
}

static enum record_status next_file(struct records *records, struct reader **reader,
                                    struct messages *messages) {
  if (records->path_next == records->path_count) return RECORD_END;
  const char *path = records->paths[records->path_next++];
  struct source *source = arena_alloc(records->arena, sizeof *source);
  source->name = path;
  records->place = (struct place){.source = source};
  if (!records->folder || check_file(records->folder, path, messages))
    *reader = reader_load(path, records->guide, messages);
  if (*reader) keep_id(records, (*reader)->id);
  return *reader ? RECORD_GOOD : RECORD_BAD;
}

enum record_status records_next(struct records *records, struct reader **reader,
                                struct messages *messages) {
  *reader = NULL;
  records->has_id = false;
  enum record_status status = records->paths ? next_file(records, reader, messages)
                                             : next_row(records, reader, messages);
  if (status == RECORD_GOOD) *reader = apply_settings(records, *reader, messages);
  return status == RECORD_GOOD && !*reader ? RECORD_BAD : status;
}

/* A row that breaks the table is a record, as it is to records_next. */
static bool skip_row(struct records *records) {
  struct csv_row row;
  if (!records->csv) return false;
  if (csv_next(records->csv, &row)) return true;
  bool broken = csv_problem(records->csv) != NULL;
  csv_close(records->csv);
  records->csv = NULL;
  return broken;
}

static bool skip_file(struct records *records) {
  if (records->path_next == records->path_count) return false;
  records->path_next++;
  return true;
}

size_t records_skip(struct records *records, size_t count) {
  size_t skipped = 0;
  while (skipped < count && (records->paths ? skip_file(records) : skip_row(records))) skipped++;
  return skipped;
}

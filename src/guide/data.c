/* Data for charts and tables: CSV files that handout.yaml names. libcsv takes them
 * apart; it is fed byte by byte, because that says where each cell began. The first
 * row is the header; a column of numbers is set to the right. */
#include "guide/config.h"
#include "guide/load.h"

#include <csv.h>
#include <string.h>

#define MOST_COLUMNS 24
#define MOST_ROWS    500

struct data_reading {
  struct loading *loading;
  const struct source *source;
  const char *language; /* or NULL, as yet */
  struct node *table;
  struct node *row; /* or NULL between rows */
  size_t offset;    /* of the byte that libcsv has now */
  size_t start;     /* of the cell */
  size_t columns, rows;
  bool bad;
};

/* --- rows and cells ------------------------------------------------------------------ */

static size_t count_children(const struct node *node) {
  size_t count = 0;
  for (const struct node *child = node->first; child; child = child->next) count++;
  return count;
}

static struct node *variant_new(struct data_reading *reading, const char *text, size_t length,
                                struct place place) {
  struct arena *arena = reading->loading->arena;
  struct node *variant = node_new(arena, NODE_VARIANT, place);
  variant->language = reading->language;
  if (length == 0) return variant;
  struct node *node = node_new(arena, NODE_TEXT, place);
  node->text = script_normalise(arena, text, length);
  node_append(variant, node);
  return variant;
}

static void add_cell(void *text, size_t length, void *closure) {
  struct data_reading *reading = closure;
  struct arena *arena = reading->loading->arena;
  struct place place = source_place(reading->source, reading->start, length);
  reading->start = reading->offset + 1;
  if (!reading->row) {
    reading->row = node_new(arena, NODE_ROW, place);
    reading->row->header = reading->rows == 0;
  }
  struct node *cell = node_new(arena, NODE_CELL, place);
  node_append(cell, variant_new(reading, text ? text : "", length, place));
  node_append(reading->row, cell);
}

static void report_row(struct data_reading *reading, size_t cells) {
  if (reading->bad) return;
  reading->bad = true;
  message_error(reading->loading->messages, &reading->row->place, "bad-data",
                "this row has %zu cells, and the first has %zu", cells, reading->columns);
}

static void end_row(int end, void *closure) {
  (void)end;
  struct data_reading *reading = closure;
  reading->start = reading->offset + 1;
  if (!reading->row) return;
  size_t cells = count_children(reading->row);
  if (reading->rows == 0) reading->columns = cells;
  if (cells != reading->columns) report_row(reading, cells);
  if (reading->rows++ <= MOST_ROWS) node_append(reading->table, reading->row);
  reading->row = NULL;
}

/* --- a file ------------------------------------------------------------------------------ */

/* The separator that the first line has most of. */
static unsigned char separator(const struct source *source) {
  static const char candidates[] = {',', ';', '\t'};
  size_t length, most = 0;
  const char *line = source_line(source, 1, &length);
  char best = ',';
  for (size_t i = 0; i < sizeof candidates; i++) {
    size_t count = 0;
    for (size_t k = 0; k < length; k++) count += line[k] == candidates[i];
    if (count > most) {
      most = count;
      best = candidates[i];
    }
  }
  return (unsigned char)best;
}

static bool parse(struct data_reading *reading) {
  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return false;
  csv_set_delim(&parser, separator(reading->source));
  bool ok = true;
  for (reading->offset = 0; ok && reading->offset < reading->source->length; reading->offset++) {
    const char *byte = reading->source->text + reading->offset;
    ok = csv_parse(&parser, byte, 1, add_cell, end_row, reading) == 1;
  }
  ok = ok && csv_fini(&parser, add_cell, end_row, reading) == 0;
  csv_free(&parser);
  if (ok) return true;
  struct place place = source_place(reading->source, reading->start, 0);
  message_error(reading->loading->messages, &place, "bad-data",
                "the quotation marks of this cell do not match");
  return false;
}

static bool is_number(const char *text) {
  return *text && strspn(text, "0123456789.,-+% ") == strlen(text) && strpbrk(text, "0123456789");
}

static struct node *cell_at(const struct node *row, size_t column) {
  struct node *cell = row->first;
  while (cell && column-- > 0) cell = cell->next;
  return cell;
}

static void align_numbers(struct data_reading *reading, size_t column) {
  struct arena *arena = reading->loading->arena;
  for (const struct node *row = reading->table->first; row; row = row->next) {
    if (row->kind == NODE_ROW && !row->header &&
        !is_number(node_text(arena, cell_at(row, column)))) {
      return;
    }
  }
  for (const struct node *row = reading->table->first; row; row = row->next) {
    if (row->kind != NODE_ROW) continue;
    struct node *cell = cell_at(row, column);
    node_set_attribute(arena, cell, "align", "right", cell->place);
  }
}

static void read_table(struct data_reading *reading, const struct place *place) {
  if (!parse(reading) || reading->bad) return;
  if (reading->rows < 2 || reading->rows > MOST_ROWS || reading->columns > MOST_COLUMNS) {
    message_error(reading->loading->messages, place, "bad-data",
                  "%zu rows and %zu columns: 2 to %d rows and %d columns make a table",
                  reading->rows, reading->columns, MOST_ROWS, MOST_COLUMNS);
    return;
  }
  for (size_t column = 1; column < reading->columns; column++) align_numbers(reading, column);
}

/* --- names --------------------------------------------------------------------------------- */

/* "pay: pay.csv", or "pay: {en: pay.en.csv, zh-Hans: …}". */
static const struct yaml *find_file(struct loading *loading, const char *name,
                                    const char *language) {
  const struct yaml *entry = yaml_find(&loading->data, name);
  if (!entry || entry->kind == YAML_SCALAR) return entry;
  if (entry->kind != YAML_MAP) return NULL;
  const struct yaml *file = language ? yaml_find(entry, language) : NULL;
  return file ? file : entry->first;
}

static void report_unknown(struct loading *loading, const struct node *node, const char *name) {
  message_error(loading->messages, &node->place, "unknown-data",
                "no data of this guide are called '%.60s'", name);
  const char *names[64];
  size_t count = 0;
  const struct yaml *entry = loading->data.first;
  for (; entry && count < 64; entry = entry->next) names[count++] = entry->key;
  const char *nearest = message_nearest(name, names, count);
  if (nearest) message_hint(loading->messages, "did you mean '%s'?", nearest);
}

static const struct source *load(struct loading *loading, const struct yaml *file) {
  if (file->kind != YAML_SCALAR) return NULL;
  size_t length;
  const unsigned char *bytes =
      files_below(loading, file->value, LIMIT_FILE, &file->place, &length);
  if (!bytes) return NULL;
  const char *path = files_beside(loading, file->value);
  const struct source *source =
      source_from_memory(loading->arena, path, (const char *)bytes, length, loading->messages);
  return source && script_check(source, loading->messages) ? source : NULL;
}

static void fill(struct loading *loading, struct node *node, const char *name,
                 const char *language) {
  const struct yaml *file = find_file(loading, name, language);
  if (!file) {
    report_unknown(loading, node, name);
    return;
  }
  const struct source *source = load(loading, file);
  if (!source) return;
  struct data_reading reading = {.loading = loading,
                                 .source = source,
                                 .language = language,
                                 .table = node};
  if (node->kind != NODE_TABLE) {
    reading.table = node_new(loading->arena, NODE_TABLE, node->place);
    node_append(node, reading.table);
  }
  read_table(&reading, &file->place);
}

static bool has_rows(const struct node *node) {
  const struct node *child = node->first;
  while (child && child->kind != NODE_TABLE && child->kind != NODE_ROW) child = child->next;
  return child != NULL;
}

void data_fill(struct loading *loading, struct node *root, const char *language) {
  for (struct node *node = root; node; node = node_next_block(root, node)) {
    const char *name = node_attribute(node, "data");
    if (name && !has_rows(node)) fill(loading, node, name, language);
  }
}

/* The widths of a table's columns.
 *
 *   natural width of a column: its longest cell on one line
 *   least width: its longest unbreakable part
 *
 * Where all natural widths fit, columns have them, and what is over is shared out.
 * Where not even the least widths fit (large print on small paper), cells stand below
 * each other, each under its column's name. Between the two, columns are narrowed step
 * by step, from one line to two, to three …: each time the one that for the room it
 * gives adds least to the table's height. Lines are counted from natural widths, which
 * costs no setting and errs by a line here and there. */
#include "page/table.h"

#include <stdlib.h>
#include <string.h>

/* Ems: a cell of up to this width is better not broken, which counts as a line; so
 * much a column of a table that is narrower than its page is wider than its longest cell. */
#define WHOLE_CELL 12
#define SPREAD     5
/* A step on the way to two lines is worth taking where it gives a quarter of the width. */
#define STEP_PERCENT 75
/* Rows after this one are taken to be like those before. */
#define ROW_LIMIT 256
/* A broken line is not quite full. */
#define RAGGED_PERCENT 108

/* A variant of a cell. */
struct sample {
  size_t row, column;
  mpt natural;
};

struct fitting {
  struct table *table;
  struct sample *samples;
  size_t count, capacity;
  size_t row_count;
  int *lines; /* row by row, of each column at its width now */
};

struct manner table_manner(const struct table *table, const struct node *variant, bool header) {
  struct manner manner = manner_of(table->layout, THEME_TABLE, variant->language);
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  if (header) manner.look.weight = THEME_STRONG;
  return manner;
}

/* --- what the cells ask for ------------------------------------------------------------ */

/* The width of the longest word of Latin, or four Han. A letter is about as wide as the
 * cell's are on average, and a word of wide ones a fifth wider. */
static mpt least_width(const struct table *table, const struct node *variant, mpt natural) {
  struct layout *layout = table->layout;
  const char *text = node_text(layout->arena, variant);
  int64_t longest = 0, run = 0, count = 0, size = layout->theme->texts[THEME_TABLE].size;
  for (;; text++) {
    bool joins = memcmp(text, "\xC2\xA0", *text ? 2 : 1) == 0; /* no-break space */
    if (joins) text++;
    count += (*text & 0xC0) != 0x80;
    bool breaks = !joins && (!*text || *text == ' ' || (*text & 0x80));
    if (!breaks) run++;
    if (breaks && run > longest) longest = run;
    if (breaks) run = 0;
    if (!*text) break;
  }
  int64_t letter = (int64_t)natural * 120 / 100 / (count > 1 ? count - 1 : 1);
  if (letter > size * 62 / 100) letter = size * 62 / 100;
  mpt width = (mpt)(longest * letter > size * 4 ? longest * letter : size * 4);
  return width < natural ? width : natural;
}

/* Figures, signs and units: "$120,000", "12 万", "3–5 年". */
static bool looks_numeric(const char *text) {
  size_t digits = 0, letters = 0;
  bool dated = strstr(text, "\xE5\xB9\xB4") != NULL; /* a date is words: 2027年5月1日 */
  for (; *text; text++) {
    digits += *text >= '0' && *text <= '9';
    letters += (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    letters += (*text & 0xF0) == 0xE0; /* Han, and signs like it */
  }
  return digits > 0 && letters <= 3 && letters < digits && !dated;
}

static bool measure_cell(struct fitting *fitting, const struct node *cell, struct sample at,
                         bool header) {
  struct table *table = fitting->table;
  struct column *column = &table->columns[at.column];
  FOR_EACH(variant, cell, NODE_VARIANT) {
    struct manner manner = table_manner(table, variant, header);
    at.natural = inline_natural_width(table->layout, variant, &manner);
    if (at.natural < 0) return false;
    mpt least = least_width(table, variant, at.natural);
    if (at.natural > column->natural) column->natural = at.natural;
    if (least > column->least) column->least = least;
    if (!header && !looks_numeric(node_text(table->layout->arena, variant)))
      column->worded = true;
    if (at.row >= ROW_LIMIT) continue;
    fitting->samples = array_reserve(fitting->samples, fitting->count, &fitting->capacity,
                                     sizeof *fitting->samples);
    fitting->samples[fitting->count++] = at;
  }
  return true;
}

static bool measure(struct fitting *fitting) {
  struct table *table = fitting->table;
  struct sample at = {0};
  bool has_body = false;
  FOR_EACH(row, table->node, NODE_ROW) {
    at.column = 0;
    FOR_EACH(cell, row, NODE_CELL) {
      if (at.column == COLUMN_LIMIT) {
        message_error(table->layout->messages, &cell->place, "table-columns",
                      "a table has %d columns at most", COLUMN_LIMIT);
        return false;
      }
      if (!measure_cell(fitting, cell, at, row->header)) return false;
      at.column++;
    }
    if (at.column > table->column_count) table->column_count = at.column;
    if (!row->header) has_body = true;
    at.row++;
  }
  fitting->row_count = at.row < ROW_LIMIT ? at.row : ROW_LIMIT;
  for (size_t i = 0; i < COLUMN_LIMIT; i++)
    table->columns[i].numeric = i > 0 && has_body && !table->columns[i].worded;
  return true;
}

/* --- from one line to two, to three … --------------------------------------------------- */

static mpt whole_cell(const struct table *table) {
  return table->layout->theme->texts[THEME_TABLE].size * WHOLE_CELL;
}

/* The longest cell that is better not broken, and much shorter than its column's longest. */
static void find_whole(struct fitting *fitting) {
  for (size_t i = 0; i < fitting->count; i++) {
    const struct sample *sample = &fitting->samples[i];
    struct column *column = &fitting->table->columns[sample->column];
    bool is_short = sample->natural <= whole_cell(fitting->table) &&
                    sample->natural < (int64_t)column->natural * STEP_PERCENT / 100;
    if (is_short && sample->natural > column->whole) column->whole = sample->natural;
  }
}

static int lines_at(mpt natural, mpt width) {
  if (natural <= width) return 1;
  return (int)((int64_t)natural * RAGGED_PERCENT / 100 / width) + 1;
}

/* The lines of that column's cells were it so wide; and in half lines, what it costs that
 * some which are better whole are broken. */
static int64_t count_lines(const struct fitting *fitting, size_t column, mpt width, int *lines) {
  mpt whole = whole_cell(fitting->table);
  int64_t broken = 0;
  memset(lines, 0, fitting->row_count * sizeof *lines);
  for (size_t i = 0; i < fitting->count; i++) {
    const struct sample *sample = &fitting->samples[i];
    if (sample->column != column) continue;
    lines[sample->row] += lines_at(sample->natural, width);
    broken += sample->natural > width && sample->natural <= whole ? 2 : 0;
  }
  return broken;
}

/* Half lines that the table is higher with `lines` in that column, by the other columns. */
static int64_t height_with(const struct fitting *fitting, size_t column, const int *lines) {
  size_t columns = fitting->table->column_count;
  int64_t height = 0;
  for (size_t row = 0; row < fitting->row_count; row++) {
    int most = lines[row];
    for (size_t i = 0; i < columns; i++) {
      int own = fitting->lines[i * fitting->row_count + row];
      if (i != column && own > most) most = own;
    }
    height += 2 * most;
  }
  return height;
}

/* The width at which the column's longest cell has a line more than it has now; but on the
 * way there, the one that just holds those which are better not broken. */
static mpt narrower(const struct column *column) {
  int64_t full = (int64_t)column->natural * RAGGED_PERCENT / 100;
  int64_t lines = lines_at(column->natural, column->width);
  mpt width = (mpt)(full / lines) + 1;
  if (width >= column->width) width = (mpt)(full / (lines + 1)) + 1;
  if (width >= column->width) width = column->width - 1;
  if (column->whole > width && column->whole < column->width) width = column->whole;
  return width > column->least ? width : column->least;
}

/* What a unit of room costs in that column, in thousandths of a half line; -1 where there
 * is none to be had. */
static int64_t price(const struct fitting *fitting, size_t index, int *lines) {
  const struct column *column = &fitting->table->columns[index];
  const int *now = &fitting->lines[index * fitting->row_count];
  mpt width = narrower(column);
  if (width >= column->width) return -1;
  int64_t broken = count_lines(fitting, index, column->width, lines);
  broken = count_lines(fitting, index, width, lines) - broken;
  int64_t higher = height_with(fitting, index, lines) - height_with(fitting, index, now);
  return (higher + broken) * 1000 * MPT_POINTS(1) / (column->width - width);
}

static void set_width(struct fitting *fitting, size_t index, mpt width) {
  fitting->table->columns[index].width = width;
  count_lines(fitting, index, width, &fitting->lines[index * fitting->row_count]);
}

/* The column that gives its room at the lowest price; COLUMN_LIMIT where none has any. */
static size_t choose_column(const struct fitting *fitting, int *trial) {
  size_t best = COLUMN_LIMIT;
  int64_t lowest = INT64_MAX;
  for (size_t i = 0; i < fitting->table->column_count; i++) {
    int64_t cost = price(fitting, i, trial);
    if (cost < 0 || cost >= lowest) continue;
    lowest = cost;
    best = i;
  }
  return best;
}

static int64_t widths(const struct table *table) {
  int64_t sum = 0;
  for (size_t i = 0; i < table->column_count; i++) sum += table->columns[i].width;
  return sum;
}

/* Columns are as narrow as they must be; what is over is for those that lack most. */
static void narrow(struct fitting *fitting, int64_t room) {
  struct table *table = fitting->table;
  find_whole(fitting);
  int *trial = memory_alloc(fitting->row_count * sizeof *trial);
  fitting->lines = memory_alloc(fitting->row_count * table->column_count * sizeof *trial);
  for (size_t i = 0; i < table->column_count; i++)
    set_width(fitting, i, table->columns[i].natural);
  while (widths(table) > room) {
    size_t index = choose_column(fitting, trial);
    if (index == COLUMN_LIMIT) break;
    set_width(fitting, index, narrower(&table->columns[index]));
  }
  free(fitting->lines);
  free(trial);
  int64_t over = room - widths(table), lacks = 0;
  for (size_t i = 0; i < table->column_count; i++)
    lacks += table->columns[i].natural - table->columns[i].width;
  for (size_t i = 0; lacks && i < table->column_count; i++)
    table->columns[i].width +=
        (mpt)(over * (table->columns[i].natural - table->columns[i].width) / lacks);
}

/* --- places ------------------------------------------------------------------------------ */

static void stack(struct table *table) {
  table->stacked = true;
  for (size_t i = 0; i < table->column_count; i++) {
    struct column *column = &table->columns[i];
    column->left = level_left(table->layout) + table->padding;
    column->width = table->width - 2 * table->padding;
    column->numeric = false;
  }
}

/* What is over, in proportion. */
static void widen(struct table *table, int64_t natural, int64_t room) {
  for (size_t i = 0; i < table->column_count; i++) {
    struct column *column = &table->columns[i];
    column->width = natural ? (mpt)(room * column->natural / natural) : 0;
  }
}

static void choose(struct fitting *fitting) {
  struct table *table = fitting->table;
  mpt columns = (mpt)table->column_count, gaps = 2 * table->padding * columns;
  int64_t least = 0, natural = 0, room = table->width - gaps;
  for (size_t i = 0; i < table->column_count; i++) {
    least += table->columns[i].least;
    natural += table->columns[i].natural;
  }
  if (least > room) {
    stack(table);
    return;
  }
  int64_t size = table->layout->theme->texts[THEME_TABLE].size;
  if (natural + size * SPREAD * columns < room) room = natural + size * SPREAD * columns;
  table->width = (mpt)room + gaps;
  if (natural <= room) widen(table, natural, room);
  else narrow(fitting, room);
  mpt left = level_left(table->layout);
  for (size_t i = 0; i < table->column_count; i++) {
    table->columns[i].left = left + table->padding;
    left += table->columns[i].width + 2 * table->padding;
  }
}

bool columns_place(struct table *table) {
  struct fitting fitting = {.table = table};
  bool ok = measure(&fitting);
  if (ok && table->column_count) choose(&fitting);
  free(fitting.samples);
  return ok;
}

/* libcsv pushes cells as it finds them; rows are wanted one at a time. So cells wait
 * in a list until their row is asked for:
 *
 *   decoder ──4 KB──▶ libcsv ──▶ cells of finished rows, cells of the open row
 *
 * When all finished rows are used up, the open row moves to the front of the list and
 * more is parsed. Memory is bounded by the longest row. */
#include "reader/csv.h"

#include "base/arena.h"
#include "base/limit.h"
#include "base/utf8.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_SIZE 4096

static const char too_long[] = "it is too long";

struct waiting_cell {
  size_t start, length; /* in the text */
};

struct waiting_row {
  size_t first, count; /* cells */
  size_t number;
};

struct csv {
  struct decoder *decoder;
  struct csv_parser parser;
  const char *piece; /* decoded and not yet parsed */
  size_t piece_left;
  bool ended;
  const char *problem;
  size_t longest; /* row, in bytes */

  char *text; /* of the waiting cells, each with a NUL behind it */
  size_t text_length, text_room;
  struct waiting_cell *cells;
  size_t cell_count, cell_room;
  struct waiting_row *rows;
  size_t row_count, row_room, row_next;
  size_t open_first; /* the first cell of the row that is not finished */
  size_t row_number; /* of that row */
  int last_end;      /* the mark that ended the row before, where no cell came since */

  const char **given; /* the cells of the row last returned */
  size_t *given_lengths;
  size_t given_room;
};

/* --- what libcsv calls ------------------------------------------------------------------- */

static void take_cell(void *bytes, size_t length, void *data) {
  struct csv *csv = data;
  while (csv->text_room < csv->text_length + length + 1) {
    csv->text_room = csv->text_room ? csv->text_room * 2 : PIECE_SIZE;
    csv->text = memory_grow(csv->text, csv->text_room);
  }
  csv->cells = array_reserve(csv->cells, csv->cell_count, &csv->cell_room, sizeof *csv->cells);
  csv->cells[csv->cell_count++] = (struct waiting_cell){csv->text_length, length};
  if (length) memcpy(csv->text + csv->text_length, bytes, length);
  csv->text[csv->text_length + length] = '\0';
  if (utf8_valid_prefix(csv->text + csv->text_length, length) < length && !csv->problem) {
    csv->problem = "a byte that is not UTF-8, as the file's beginning is";
  }
  csv->text_length += length + 1;
  csv->last_end = 0;
  size_t row_length = csv->text_length - csv->cells[csv->open_first].start;
  if (row_length > csv->longest && !csv->problem) csv->problem = too_long;
}

/* Cells of the open row that have nothing in them. */
static bool is_blank(const struct csv *csv) {
  for (size_t i = csv->open_first; i < csv->cell_count; i++)
    if (csv->cells[i].length) return false;
  return true;
}

/* Every end of a line is reported, so that empty rows, of which spreadsheets write the
 * separators, are counted; a line feed after a carriage return is the same end. */
static void take_row(int end, void *data) {
  struct csv *csv = data;
  size_t count = csv->cell_count - csv->open_first;
  if (csv->problem) return; /* the broken row stays open: it is the one to be named */
  if (count == 0 && end == '\n' && csv->last_end == '\r') {
    csv->last_end = 0;
    return;
  }
  if (!is_blank(csv)) {
    csv->rows = array_reserve(csv->rows, csv->row_count, &csv->row_room, sizeof *csv->rows);
    csv->rows[csv->row_count++] = (struct waiting_row){csv->open_first, count, csv->row_number};
  }
  csv->open_first = csv->cell_count;
  csv->row_number++;
  csv->last_end = end;
}

/* --- opening -------------------------------------------------------------------------------- */

/* The mark that stands most often in the first row, outside of quotes. */
static char find_separator(const char *text, size_t length) {
  static const char marks[] = ",;\t";
  size_t counts[3] = {0, 0, 0}, best = 0;
  bool quoted = false;
  for (size_t i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
    const char *mark = text[i] ? strchr(marks, text[i]) : NULL;
    if (text[i] == '"') quoted = !quoted;
    if (mark && !quoted) counts[mark - marks]++;
  }
  for (size_t i = 1; i < 3; i++) {
    if (counts[i] > counts[best]) best = i;
  }
  return marks[best];
}

static bool read_piece(struct csv *csv) {
  if (csv->piece_left) return true;
  if (!decoder_read(csv->decoder, &csv->piece, &csv->piece_left)) {
    csv->problem = decoder_problem(csv->decoder);
    return false;
  }
  csv->ended = csv->piece_left == 0;
  return true;
}

/* "sep=;", which spreadsheets take for no row. */
static void pass_separator_line(struct csv *csv) {
  size_t length = csv->piece_left, at = 5;
  if (length < 6 || memcmp(csv->piece, "sep=", 4) != 0) return;
  if (csv->piece[at] == '\r' && at + 1 < length) at++;
  if (csv->piece[at] != '\n') return;
  csv_set_delim(&csv->parser, (unsigned char)csv->piece[4]);
  csv->piece += at + 1;
  csv->piece_left -= at + 1;
  csv->row_number++;
}

struct csv *csv_open(const char *path, struct messages *messages) {
  struct decoder *decoder = decoder_open(path, messages);
  if (!decoder) return NULL;
  struct csv *csv = memory_alloc(sizeof *csv);
  csv->decoder = decoder;
  csv->row_number = 1;
  csv->longest = limit_of(LIMIT_RECORD);
  csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
  if (read_piece(csv) && !csv->ended) {
    csv_set_delim(&csv->parser, (unsigned char)find_separator(csv->piece, csv->piece_left));
    pass_separator_line(csv);
  }
  return csv;
}

void csv_close(struct csv *csv) {
  if (!csv) return;
  csv_free(&csv->parser);
  decoder_close(csv->decoder);
  free(csv->text);
  free(csv->cells);
  free(csv->rows);
  free(csv->given);
  free(csv->given_lengths);
  free(csv);
}

const char *csv_problem(const struct csv *csv) {
  return csv->problem;
}

bool csv_row_is_too_long(const struct csv *csv) {
  return csv->problem == too_long;
}

size_t csv_row_number(const struct csv *csv) {
  return csv->row_number;
}

/* --- rows ---------------------------------------------------------------------------------------
 */

/* Throws away what has been given out, and moves the open row to the front. */
static void move_open_row(struct csv *csv) {
  size_t kept = csv->cell_count - csv->open_first;
  size_t start = kept ? csv->cells[csv->open_first].start : csv->text_length;
  for (size_t i = 0; i < kept; i++) {
    csv->cells[i] = csv->cells[csv->open_first + i];
    csv->cells[i].start -= start;
  }
  if (csv->text) memmove(csv->text, csv->text + start, csv->text_length - start);
  csv->text_length -= start;
  csv->cell_count = kept;
  csv->open_first = 0;
  csv->row_count = csv->row_next = 0;
}

static void parse_piece(struct csv *csv) {
  if (!read_piece(csv)) return;
  if (csv->ended) {
    if (csv_fini(&csv->parser, take_cell, take_row, csv) != 0) {
      csv->problem = "a quote that is opened and not closed";
    }
    return;
  }
  size_t length = csv->piece_left < PIECE_SIZE ? csv->piece_left : PIECE_SIZE;
  size_t parsed = csv_parse(&csv->parser, csv->piece, length, take_cell, take_row, csv);
  csv->piece += length;
  csv->piece_left -= length;
  if (parsed < length && !csv->problem) {
    csv->problem = "a quote in the middle of a cell; quotes inside of quotes are doubled";
  }
  size_t pending = csv->text_length + csv->parser.entry_pos;
  if (csv->row_count == 0 && pending > csv->longest) csv->problem = too_long;
}

static void give_row(struct csv *csv, const struct waiting_row *waiting, struct csv_row *row) {
  if (waiting->count > csv->given_room) {
    csv->given_room = waiting->count;
    csv->given = memory_grow(csv->given, csv->given_room * sizeof *csv->given);
    csv->given_lengths =
        memory_grow(csv->given_lengths, csv->given_room * sizeof *csv->given_lengths);
  }
  for (size_t i = 0; i < waiting->count; i++) {
    csv->given[i] = csv->text + csv->cells[waiting->first + i].start;
    csv->given_lengths[i] = csv->cells[waiting->first + i].length;
  }
  *row = (struct csv_row){csv->given, csv->given_lengths, waiting->count, waiting->number};
}

bool csv_next(struct csv *csv, struct csv_row *row) {
  if (csv->row_next == csv->row_count) {
    move_open_row(csv);
    while (csv->row_count == 0 && !csv->ended && !csv->problem) parse_piece(csv);
  }
  if (csv->row_next == csv->row_count) return false;
  give_row(csv, &csv->rows[csv->row_next++], row);
  return true;
}

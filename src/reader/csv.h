/* A table of cells out of a file, row by row. Not for other rooms. */
#ifndef HANDOUT_READER_CSV_H
#define HANDOUT_READER_CSV_H

#include "base/message.h"

#include <stdbool.h>
#include <stddef.h>

/* --- decode.c: bytes of any of the three encodings, out as UTF-8 --------------------- */

struct decoder;

/* NULL and an I/O message where the file cannot be opened. */
struct decoder *decoder_open(const char *path, struct messages *messages);
/* Some more UTF-8 without a byte order mark, borrowed until the next call; a length of
 * 0 at the end. False at a byte that the encoding does not have, or where reading
 * fails; then `decoder_problem` says why. What UTF-8 input has is not checked here. */
bool decoder_read(struct decoder *decoder, const char **text, size_t *length);
const char *decoder_problem(const struct decoder *decoder);
void decoder_close(struct decoder *decoder);

/* --- csv.c ---------------------------------------------------------------------------- */

struct csv_row {
  const char *const *cells; /* borrowed until the next row is asked for */
  const size_t *lengths;    /* a cell may hold NUL bytes: then it is longer than its text */
  size_t count;
  size_t number; /* in the table, from 1; empty rows count */
};

struct csv;
struct csv *csv_open(const char *path, struct messages *messages);
/* False at the end, and where the table is broken; then `csv_problem` is not NULL. */
bool csv_next(struct csv *csv, struct csv_row *row);
const char *csv_problem(const struct csv *csv);
/* The problem is that a row goes past the limit 'record'. */
bool csv_row_is_too_long(const struct csv *csv);
/* Of the row that is being read when a problem shows. */
size_t csv_row_number(const struct csv *csv);
void csv_close(struct csv *csv);

#endif

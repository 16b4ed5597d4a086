/* A text file that a user wrote, and places in it.
 *
 * Every node, field and message points back into a source, so that a mistake is
 * shown at the line where it was made. */
#ifndef HANDOUT_BASE_SOURCE_H
#define HANDOUT_BASE_SOURCE_H

#include "base/arena.h"
#include "base/limit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct messages;

struct source {
  const char *name;          /* as the user gave it: what messages show */
  const char *text;          /* UTF-8 without byte order mark, ends of lines LF or CRLF; NUL after it */
  size_t length;             /* bytes */
  const size_t *line_starts; /* byte offset of each line */
  const size_t *marks;       /* code points before each 1024th byte */
  size_t line_count;         /* 0: only the name is kept, as of a table that is streamed */
};

/* Where something stands. `line` and `column` count from 1, a column is a code
 * point; `length` is in code points and may be 0. `source` is NULL where there is
 * no file (a command line flag), `line` 0 where the whole file is meant. */
struct place {
  const struct source *source;
  uint32_t line;
  uint32_t column;
  uint32_t length;
};

/* Reads a file ("-" is standard input) into the arena. NULL and one message
 * where it cannot be read (I/O), is larger than the limit says, is not UTF-8 or holds
 * a NUL byte. */
const struct source *source_load(struct arena *arena, const char *path, enum limit limit,
                                 struct messages *messages);

/* A source from memory; `text` is copied. The same checks and messages. */
const struct source *source_from_memory(struct arena *arena, const char *name, const char *text,
                                        size_t length, struct messages *messages);

/* The place of `length` bytes at byte `offset`, and back: the byte of a line's column, or the end
 * of that line. O(log of the file), however long the line is. */
struct place source_place(const struct source *source, size_t offset, size_t length);
size_t source_offset(const struct source *source, uint32_t line, uint32_t column);

/* A line without its end of line, borrowed from the source. `line` from 1. */
const char *source_line(const struct source *source, uint32_t line, size_t *length);

#endif

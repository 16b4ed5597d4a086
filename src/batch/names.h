/* What the files of a record are called, and that no two are called alike. */
#ifndef HANDOUT_BATCH_NAMES_H
#define HANDOUT_BATCH_NAMES_H

#include "base/buffer.h"
#include "batch/digests.h"
#include "guide/guide.h"
#include "reader/reader.h"

#include <stdbool.h>
#include <stdint.h>

/* "{guide}", "{id}", "{lang}" and "{row}" between letters, digits, "-", "_" and ".".
 * False and a usage message where the pattern holds anything else. */
bool name_check_pattern(const char *pattern, struct messages *messages);

/* Writes the name, without ending. Only an id, a language and a number can come from a
 * record, and none of them can hold a slash. */
void name_make(const char *pattern, const struct guide *guide, const struct reader *reader,
               uint64_t row, struct buffer *out);

/* The row that had this name before, upper and lower case being the same; 0 where it is new,
 * and this row's from now on. */
uint64_t names_add(struct digests *rows, const char *name, uint64_t row);

#endif

/* A record while it is read, shared by the readers of YAML and CSV: each gives keys
 * with values and places, and this checks them. Not for other rooms. */
#ifndef HANDOUT_READER_RECORD_H
#define HANDOUT_READER_RECORD_H

#include "reader/reader.h"

/* A value as written, with its place. */
struct cell {
  const char *text; /* UTF-8, NUL at the end */
  struct place place;
};

struct record {
  struct reader *reader;
  const struct guide *guide;
  struct messages *messages;
  bool good; /* nothing wrong so far */
};

/* The record's reader gets an arena of its own. */
void record_start(struct record *record, const struct guide *guide, struct messages *messages);

/* Sets what `key` stands for. What is wrong is reported and spoils the record. With a
 * `count` of 0 a field is said to have no value, at the place of the first cell. */
void record_set(struct record *record, const char *key, const struct place *key_place,
                const struct cell *cells, size_t count);

/* What is required, and what follows from the rest. NULL where anything was wrong;
 * then nothing is left. `place` is of the whole record. */
struct reader *record_finish(struct record *record, const struct place *place);

/* Sets a key from one cell of a table or a flag: "a|b" where it holds several values;
 * an empty cell says nothing. */
void record_set_cell(struct record *record, const char *key, const struct cell *cell);

/* Whether a key holds several values. */
bool record_key_is_set(const struct guide *guide, const char *key);

/* --- values: value.c ------------------------------------------------------------ */

/* Reports that a cell "is not `allowed`". */
void value_refuse(struct record *record, const char *key, const struct cell *cell,
                  const char *allowed);

/* Reports that a cell is none of the names, of which `nearest` (NULL: none) may be meant. */
void value_refuse_choice(struct record *record, const char *key, const struct cell *cell,
                         const char *const *names, size_t count, const char *nearest);
/* Reports what goes past the limit `values`. */
bool value_too_many(struct record *record, const char *key, const struct cell *cells,
                    size_t count);
/* How several values are written, after a message on a cell that seems to hold some. */
void value_hint_several(struct record *record, const struct cell *cell);

/* The index of the cell's text among `names`, in capitals or not, or -1 and a message
 * that lists them. */
int value_choose(struct record *record, const char *key, const struct cell *cell,
                 const char *const *names, size_t count);

/* The text in NFC, in the reader's arena; NULL and a message where it is longer than
 * `longest` code points or holds what cannot be printed as it is: control characters,
 * marks that turn the direction of writing round, what is no character. */
const char *value_text(struct record *record, const char *key, const struct cell *cell,
                       size_t longest, bool may_have_lines);

bool value_is_id(const char *text);
bool value_is_language(const char *text);

/* --- fields that the guide declares: field.c -------------------------------------- */

void field_set(struct record *record, const struct field *field, const struct cell *cells,
               size_t count);
/* Where the record has none: the default, or an error where one is required and
 * `place` is not NULL. */
void field_set_default(struct record *record, const struct field *field, const struct place *place);

/* Takes a field's value out of the list; NULL where there is none. */
struct field_value *field_unlink(struct reader *reader, const char *name);

#endif

/* The door of reader/: one record, who the handout is for. */
#ifndef HANDOUT_READER_READER_H
#define HANDOUT_READER_READER_H

#include "base/message.h"
#include "guide/guide.h"

/* How several languages share a page. */
enum mode { MODE_SINGLE, MODE_INTERLEAVED, MODE_PARALLEL, MODE_SEQUENTIAL, MODE_COUNT };

/* Ready-made changes on top of a theme. */
enum style {
  STYLE_STANDARD,
  STYLE_LARGE_PRINT,
  STYLE_HIGH_CONTRAST,
  STYLE_DYSLEXIA_FRIENDLY,
  STYLE_MONO,
  STYLE_COUNT
};

enum paper { PAPER_A4, PAPER_LETTER, PAPER_A5, PAPER_B5, PAPER_COUNT };

/* A field's value: one text, or several for a set ("skills"). */
struct field_value {
  const char *name;
  const char **values;
  size_t value_count; /* 0: the record says that there is none */
  struct place place; /* in the record, or of the field that has this default */
  bool is_default;
  struct field_value *next;
};

struct reader {
  struct arena *arena;
  const char *id;         /* letters, digits, - and _; part of file names; NULL for no reader */
  const char *name;       /* NULL for no reader */
  struct place name_place;
  const char **languages; /* BCP 47, the first first; none: all of the guide's */
  size_t language_count;
  enum mode mode;
  bool mode_given; /* else it follows from the languages */
  enum style style; /* key "edition" */
  enum paper paper;
  const char *theme;          /* or NULL */
  int numbered;               /* -1: as the guide says; 0, 1 */
  struct field_value *fields; /* what the guide declares */
};

/* A record from a YAML file. NULL and a message for each thing that is wrong. */
struct reader *reader_load(const char *path, const struct guide *guide, struct messages *messages);
/* The same from memory: YAML text (`name` is what messages call it), and then pairs over
 * it, sets as `a|b`. Without a text the pairs are the whole record. */
struct reader *reader_from_memory(const char *name, const char *text, size_t length,
                                  const struct setting *pairs, size_t pair_count,
                                  const struct guide *guide, struct messages *messages);
/* The handout for no one in particular. */
struct reader *reader_new_anonymous(const struct guide *guide);
void reader_free(struct reader *reader);

/* The value of a field that the guide declares; NULL where there is none. */
const struct field_value *reader_field(const struct reader *reader, const char *name);

/* What a command line says of a reader over the record: `--set field=value`, sets as
 * `a|b`, nothing for the default. Settings that are the guide's own (title, author, date, theme) are passed
 * over. False and messages where one is wrong. */
bool reader_apply(struct reader *reader, const struct guide *guide, const struct setting *settings,
                  size_t setting_count, struct messages *messages);

/* Whether a record of this guide has such a key; the nearest that it has, or NULL. */
bool reader_knows_key(const struct guide *guide, const char *key);
const char *reader_nearest_key(const struct guide *guide, struct arena *arena, const char *key);

/* Adds all of a record, in one order, whatever it was read from. */
void reader_hash(const struct reader *reader, struct hash *hash);

/* --- many records -------------------------------------------------------------------- */

/* A CSV file, a YAML file with one record, or a folder of YAML files in the order of
 * their names. A CSV is streamed; it is UTF-8 (with or without a byte order mark),
 * UTF-16 or GB18030, separated by commas, semicolons or tabs; its first row names the
 * columns; sets are written a|b. A place in it is row and column of the table, the
 * first row being 1. Ids may repeat; whoever names files by them must look. */
struct records;
enum record_status { RECORD_END, RECORD_GOOD, RECORD_BAD };

/* NULL and messages where it cannot be read, its first row is wrong, or a setting is: they go over
 * each record, as reader_apply has it. "-" is standard input. Guide, settings and messages must
 * live until it is closed. */
struct records *records_open(const char *path, const struct guide *guide,
                             const struct setting *settings, size_t setting_count,
                             struct messages *messages);
/* The same list of `path` from its beginning: a folder's as it was, whatever came to it since. What
 * was listed must live until this is closed. */
struct records *records_open_again(const struct records *listed, const char *path,
                                   struct messages *messages);
/* The caller frees the reader, which is NULL unless the record is good. A bad one has
 * been reported; what follows it can still be read. */
enum record_status records_next(struct records *records, struct reader **reader,
                                struct messages *messages);
/* Passes over records without looking at them. Returns how many there were. */
size_t records_skip(struct records *records, size_t count);
/* Of the record last returned. */
struct place records_place(const struct records *records);
/* Its id, also of a bad one; NULL where it has none that could name a file. */
const char *records_id(const struct records *records);
void records_close(struct records *records);

const char *mode_name(enum mode mode);
const char *style_name(enum style style);
const char *paper_name(enum paper paper);

#endif

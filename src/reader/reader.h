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
  const char **languages; /* BCP 47, the first first; none: all of the guide's */
  size_t language_count;
  enum mode mode;
  enum style style; /* key "edition" */
  enum paper paper;
  const char *theme;          /* or NULL */
  int numbered;               /* -1: as the guide says; 0, 1 */
  struct field_value *fields; /* what the guide declares */
};

/* A record from a YAML file. NULL and a message for each thing that is wrong. */
struct reader *reader_load(const char *path, const struct guide *guide, struct messages *messages);
/* The handout for no one in particular. */
struct reader *reader_new_anonymous(const struct guide *guide);
void reader_free(struct reader *reader);

/* The value of a field that the guide declares; NULL where there is none. */
const struct field_value *reader_field(const struct reader *reader, const char *name);

const char *mode_name(enum mode mode);
const char *style_name(enum style style);
const char *paper_name(enum paper paper);

#endif

/* libhandout: one guide, made out for each reader as an accessible PDF and EPUB.
 *
 *   guide = handout_open("my-guide", take, NULL);             read once, shared by all
 *   builder = handout_builder_new(guide, &setup);             one for each thread
 *   handout_build(builder, &record, &pdf, &epub);             as often as there are readers
 *
 * Text is UTF-8, ended by a NUL, and borrowed for the time of the call. Every struct may
 * be started from zeros: what is NULL, 0 or false is as if it were not given.
 *
 * Threads: different objects may be used in different threads at the same time, and any
 * number of builders may share one guide. One builder is for one thread at a time.
 * Callbacks are called in the thread that made the call, before it returns. The library
 * has no state of its own but its objects, writes no file and prints nothing; it reads
 * the environment (HANDOUT_ASSETS, SOURCE_DATE_EPOCH), which must not be changed
 * meanwhile. Where there is no memory left the process ends with status 5.
 *
 * See libhandout(3); the notation of guides is in handout-guide(5). */
#ifndef HANDOUT_H
#define HANDOUT_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0" of the library that runs. */
const char *handout_version(void);

/* --- messages ----------------------------------------------------------------- */

/* `file` is NULL where there is none, `line` 0 where the whole file is meant. Lines and
 * columns count from 1, columns and `length` in characters (code points). */
struct handout_place {
  const char *file;
  unsigned line, column, length;
};

enum handout_severity { HANDOUT_WARNING, HANDOUT_ERROR };

/* What belongs to a message: another place, or how to mend it. */
struct handout_remark {
  bool is_hint;
  const char *text;
  struct handout_place place;
};

/* Nothing in it outlives the callback. `code` is a word that stays the same from
 * release to release ("unknown-name"). */
struct handout_message {
  enum handout_severity severity;
  const char *code, *text;
  struct handout_place place;
  const struct handout_remark *remarks;
  size_t remark_count;
};

typedef void handout_take_message(void *context, const struct handout_message *message);

/* --- guides ----------------------------------------------------------------------- */

struct handout_guide;

/* Reads a guide: a folder with handout.yaml, or a .md, .xml or .txt file. NULL, and at
 * least one error to `take`, where it cannot be read or has errors. `take` may be NULL.
 * The caller closes it, after all builders of it. */
struct handout_guide *handout_open(const char *path, handout_take_message *take, void *context);
void handout_close(struct handout_guide *guide); /* accepts NULL */

/* --- builders ------------------------------------------------------------------------ */

struct handout_setup {
  const char *const *font_folders; /* looked in before the system's */
  size_t font_folder_count;
  bool ignore_system_fonts;
  const char *theme;       /* over what records and the guide say */
  bool for_print;          /* PDFs with bleed, crop marks and a gutter */
  bool epub_without_fonts; /* a much smaller book, shown in the faces of the device */
  handout_take_message *take;
  void *context;
};

/* Everything that would stop a build or spoil a page goes to `take`; nothing is made.
 * True where there is no error. `setup` may be NULL. */
bool handout_check(const char *path, const struct handout_setup *setup);

struct handout_builder;

/* Opens faces and sets up what handouts of one guide share; the first handout is the
 * slowest. `setup` may be NULL, and what it points to must live as long as the builder.
 * NULL, with an error, where it cannot be set up. */
struct handout_builder *handout_builder_new(const struct handout_guide *guide,
                                            const struct handout_setup *setup);
void handout_builder_free(struct handout_builder *builder); /* accepts NULL */

/* --- a handout ------------------------------------------------------------------------ */

/* `value` of a set: "a|b". */
struct handout_pair {
  const char *name, *value;
};

/* Who it is for: YAML as in a reader's file, pairs, or both, and then pairs say the last
 * word. The record as a whole needs an `id`. */
struct handout_record {
  const char *yaml;
  size_t yaml_length;
  const struct handout_pair *pairs;
  size_t pair_count;
};

/* Takes the next `length` bytes of a finished file. False ends the writing. */
typedef bool handout_write(void *context, const void *bytes, size_t length);

struct handout_output {
  handout_write *write;
  void *context;
};

enum handout_status {
  HANDOUT_DONE = 0,
  HANDOUT_REFUSED = 1, /* the guide or the record has errors */
  HANDOUT_FAILED = 5,  /* input could not be read, or a callback said false */
};

/* Makes a handout: a PDF, an EPUB, or both with the same pages. Nothing is written unless
 * both are finished; then the PDF goes first. `record` NULL: for no one in particular. An
 * output that is NULL is not made. The same input gives the same bytes. A record that is
 * refused leaves the builder as it was. */
enum handout_status handout_build(struct handout_builder *builder,
                                  const struct handout_record *record,
                                  const struct handout_output *pdf,
                                  const struct handout_output *epub);

#ifdef __cplusplus
}
#endif

#endif

/* The one message sink: what is wrong, where, and how to mend it.
 *
 *   guide.en.md:12:5: error: no field is called 'nmae' [unknown-name]
 *     Dear {{ nmae }},
 *             ^~~~
 *   note: fields are declared in handout.yaml:8:1
 *   hint: did you mean 'name'?
 *
 * Whoever knows the cause reports it once; callers only pass `false` on. The
 * sink keeps the worst status, which is what the program exits with. */
#ifndef HANDOUT_BASE_MESSAGE_H
#define HANDOUT_BASE_MESSAGE_H

#include "base/source.h"

#include <stdbool.h>
#include <stdio.h>

enum message_format { MESSAGES_HUMAN, MESSAGES_SHORT, MESSAGES_JSON };

/* Exit statuses of the program. */
enum status {
  STATUS_DONE = 0,
  STATUS_DOCUMENT = 1, /* the document or a record has errors */
  STATUS_USAGE = 2,
  STATUS_WARNINGS = 3, /* warnings made fatal */
  STATUS_RECORDS = 4,  /* some records of a batch failed */
  STATUS_IO = 5,       /* input or output failed */
};

struct messages;

struct remark {
  bool hint; /* else a note */
  struct place place;
  char *text;
};

/* A message with all that belongs to it, for whoever shows it in a way of their own;
 * borrowed for as long as it is being shown. */
struct message {
  bool is_error; /* else a warning */
  const char *code, *text;
  struct place place;
  const struct remark *remarks;
  size_t remark_count;
};
typedef void message_taker(void *context, const struct message *message);

/* `stream` is borrowed. */
struct messages *messages_new(FILE *stream, enum message_format format, bool colour);
/* Messages are counted and not shown. */
struct messages *messages_new_silent(void);
/* Each message is given to `take`, which may be NULL, in place of being printed. */
struct messages *messages_new_for(message_taker *take, void *context);
/* Prints what is still held back, then frees. Accepts NULL. */
void messages_free(struct messages *messages);
void messages_flush(struct messages *messages);

size_t messages_errors(const struct messages *messages);
size_t messages_warnings(const struct messages *messages);
enum status messages_status(const struct messages *messages);

/* `place` may be NULL; it is copied. `code` is a short name, in kebab case, that
 * stays the same from release to release. No full stop at the end of a text. */
void message_error(struct messages *messages, const struct place *place, const char *code,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
void message_io_error(struct messages *messages, const struct place *place, const char *code,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));
void message_usage(struct messages *messages, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void message_warning(struct messages *messages, const struct place *place, const char *code,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* These belong to the message before them. */
void message_note(struct messages *messages, const struct place *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void message_hint(struct messages *messages, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The nearest of `count` names to `wrong`, or NULL where none is near: for hints. */
const char *message_nearest(const char *wrong, const char *const *names, size_t count);

#endif

/* The verbs: a file for each, and their table in verbs.c. */
#ifndef HANDOUT_CLI_VERBS_H
#define HANDOUT_CLI_VERBS_H

#include "cli/options.h"

#include <stdio.h>

/* Runs a verb; what went wrong is in `messages`, whose status the program ends with.
 * A verb with an end of its own (a batch) returns it, others STATUS_DONE. */
typedef int verb_run(const struct options *options, struct messages *messages);

verb_run verb_build, verb_batch, verb_tree, verb_pages, verb_fonts, verb_check, verb_init,
    verb_explain, verb_watch;

struct verb {
  const char *name;
  const char *operands;
  const char *usage; /* what most people add, after the name */
  const char *summary;
  const char *output; /* what -o is here */
  uint64_t taken;
  verb_run *run;
};

/* NULL and a message where there is none of that name. */
const struct verb *verb_find(const char *name, struct messages *messages);
void verb_print_help(const struct verb *verb);
void verbs_print(FILE *stream);
/* "batch, check": the verbs that take an option. */
void verbs_taking(enum option option, char *text, size_t size);

/* The one operand, a guide's path; NULL with a message where there is none or another. */
const char *one_guide(const struct options *options, struct messages *messages);

/* What most verbs begin with: the guide, with the settings applied. NULL with messages. */
struct guide *load_guide(const struct options *options, struct messages *messages);
/* From start_clock (load_guide) on the processor's time is limited, until stop_clock: for what
 * has a clock for each record. */
void start_clock(void);
void stop_clock(void);

/* From here on this process opens nothing but the records, fonts that `builder` (or NULL) knows and
 * the program's own files; and writes to the target alone, or where that is NULL, to -o. False and
 * a message. */
struct target;
struct builder;
bool confine(const struct options *options, const struct target *target,
             const struct builder *builder, struct messages *messages);

/* --reader, or the reader who is no one in particular. NULL with messages. */
struct reader *load_reader(const struct options *options, const struct guide *guide,
                           struct messages *messages);

/* A builder of that guide, with the faces of --font-path, and for --print. NULL with messages. */
struct builder *load_builder(const struct options *options, const struct guide *guide,
                             struct messages *messages);

/* A text to -o, or to standard output; not after a warning where that is to be fatal. */
bool write_text(const struct options *options, const struct buffer *text,
                struct messages *messages);

#endif

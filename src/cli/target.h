/* Where one reader's handout goes: `handout build` and `handout watch`. */
#ifndef HANDOUT_CLI_TARGET_H
#define HANDOUT_CLI_TARGET_H

#include "cli/options.h"

/* Into a folder, or into files. */
struct target {
  struct build_request request;
  const char *folder;   /* NULL: `files` */
  const char *files[2]; /* of the PDF and of the EPUB, or of a text; NULL where there is none */
};

/* Whether a path ends as a document's does, and is no folder: mistyped where one is wanted. */
bool names_a_document(const char *path);

/* From -o and --to. False with a usage message. */
bool target_init(struct target *target, const struct options *options, struct messages *messages);

/* Makes the folder, and lets a sandbox write there. False and a message. */
struct sandbox;
bool target_confine(const struct target *target, struct sandbox *sandbox,
                    struct messages *messages);

/* Writes what was asked for and prints the names, unless `quiet`. */
bool target_write(const struct target *target, const struct options *options,
                  const struct guide *guide, const struct reader *reader,
                  const struct handout *handout, struct messages *messages);

#endif

/* What a run may use: bounds that whoever runs the program sets, and no guide or record.
 *
 *   $HANDOUT_LIMITS, "pages=500,pixels=1000000"      then --limit pages=500, which adds to it
 *
 * The environment is where they are kept: it is the operator's, every room can ask, and
 * worker processes inherit it. Past a limit there is an error "limit-NAME". */
#ifndef HANDOUT_BASE_LIMIT_H
#define HANDOUT_BASE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>

struct messages;
struct place;

enum limit {
  LIMIT_FILE,    /* bytes of a text file, or of a table's data */
  LIMIT_RECORD,  /* bytes of one record, of a theme */
  LIMIT_PICTURE, /* bytes of a picture's file */
  LIMIT_PIXELS,
  LIMIT_DEPTH, /* of blocks in blocks, of YAML */
  LIMIT_NODES,
  LIMIT_EXPRESSION, /* bytes of one condition or fill-in */
  LIMIT_STEPS,      /* of one condition or fill-in */
  LIMIT_VALUES,     /* of one field of a record */
  LIMIT_PAGES,
  LIMIT_SECONDS, /* for one record; of processor time where there is one record alone */
  LIMIT_COUNT
};

/* Nothing may be nested deeper, whatever the limit says. */
#define LIMIT_DEEPEST 64

size_t limit_of(enum limit limit);

/* The error, about `subject` (a file's name) where that is not NULL. */
void limit_report(struct messages *messages, const struct place *place, enum limit limit,
                  const char *subject);

/* Adds "NAME=N", or several with commas. False with a usage message; `from` is what the
 * user wrote it after. Before anything else runs. */
bool limit_add(const char *text, const char *from, struct messages *messages);
/* The same check for what the environment says. */
bool limit_check_environment(struct messages *messages);

#endif

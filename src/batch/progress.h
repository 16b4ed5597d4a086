/* What a batch tells while it runs: one line that changes on a terminal, a line now and
 * then elsewhere, nothing when quiet. */
#ifndef HANDOUT_BATCH_PROGRESS_H
#define HANDOUT_BATCH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct tally {
  uint64_t total; /* of this shard */
  uint64_t done, failed, unchanged;
};

/* Failures that the summary lists; the journal has them all. */
#define PROGRESS_LISTED 20

struct progress {
  bool quiet;
  bool terminal;
  bool shown;            /* a line stands on the terminal */
  int64_t started, last; /* milliseconds of the monotonic clock */
  char *failures[PROGRESS_LISTED];
};

void progress_start(struct progress *progress, bool quiet);
/* Shows how far it is, if it is time to. */
void progress_show(struct progress *progress, const struct tally *tally);
/* Takes the line off the terminal, so that a message can be printed. */
void progress_hide(struct progress *progress);
/* For the summary: where in the readers' file the record is, its id, what happened. */
void progress_failed(struct progress *progress, const char *place, const char *id,
                     const char *reason);
/* The summary. */
void progress_finish(struct progress *progress, const struct tally *tally, const char *how);

/* In any case, at the end. */
void progress_free(struct progress *progress);

#endif

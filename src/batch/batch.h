/* The door of batch/: one guide, a list of records, a folder full of handouts.
 *
 *             ┌── worker ── builder ── files, written whole
 *   records ──┤                 │
 *     parent  └── worker …      └─ result ──▶ parent ──▶ journal, progress, summary
 *
 * The parent prepares the guide and the faces, forks the workers, which share them,
 * and hands each one record at a time. A worker that crashes or takes too long costs
 * its one record. The journal says what is done, so that a batch that was broken off
 * at any moment can go on with --resume. */
#ifndef HANDOUT_BATCH_BATCH_H
#define HANDOUT_BATCH_BATCH_H

#include "base/message.h"
#include "build/build.h"

#include <stdbool.h>
#include <stdint.h>

struct batch_options {
  const char *records; /* a CSV or YAML file, or a folder of YAML files */
  const char *folder;  /* where the handouts go */
  const char *pattern; /* of file names, without ending; NULL: "{guide}-{id}" */
  unsigned jobs;       /* workers; 0: as many as processors */
  bool resume;
  unsigned shard, shard_count; /* 1 of 1: everything */
  unsigned seconds;            /* for one record; 0: as the limit says */
  bool print; /* PDFs for the print shop */
  bool quiet;
  bool fail_if_warnings; /* a record with a warning has failed, and nothing of it is written */
  enum message_format format;
  const struct setting *settings; /* over each record; borrowed */
  size_t setting_count;
  struct build_request request;
};

/* How it ended, for the exit status. */
enum batch_end { BATCH_DONE, BATCH_SOME_FAILED, BATCH_REFUSED, BATCH_INTERRUPTED };

enum batch_end batch_run(const struct guide *guide, const struct font_options *fonts,
                         const struct batch_options *wanted, struct messages *messages);

/* Joins the journals of shards in `folder` into one; false where they disagree. */
bool batch_merge(const char *folder, struct messages *messages);

/* "3/8", or "auto": from SLURM_ARRAY_TASK_ID/COUNT or JOB_COMPLETION_INDEX/COMPLETIONS. */
bool batch_parse_shard(const char *text, unsigned *shard, unsigned *count,
                       struct messages *messages);

#endif

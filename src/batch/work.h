/* A worker's work: records in by number, files out, results up. */
#ifndef HANDOUT_BATCH_WORK_H
#define HANDOUT_BATCH_WORK_H

#include "batch/batch.h"

struct sandbox;

/* What parent and workers share; made before the first fork and then only read. */
struct work {
  const struct guide *guide;
  struct builder *builder;
  const struct batch_options *options;
  const struct sandbox *sandbox;
  struct records *records; /* the parent's, which the workers open again */
  const char *parts; /* the folder for files that are not whole yet */
  uint8_t content[HASH_SIZE]; /* of all that the records do not say */
};

/* The list, with the settings over each record. NULL and messages. */
struct records *work_records(const struct work *work, struct messages *messages);

/* Of all that a record's files depend on, their name too. */
void work_key(const struct work *work, const struct reader *reader, const char *name,
              uint8_t key[HASH_SIZE]);

/* A pool_work; `context` is a struct work. */
void work_run(int socket, void *context);

/* The ending of the n-th file of a handout, or NULL where it is not asked for. */
const char *work_ending(const struct build_request *request, size_t file);

#endif

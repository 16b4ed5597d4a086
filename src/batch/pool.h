/* Worker processes, each with one record in hand at a time.
 *
 * Workers are forked from the parent once guide and faces are loaded, and again when
 * one has died. Parent and worker speak over a socket: a record's number and key down,
 * a result and its messages up. */
#ifndef HANDOUT_BATCH_POOL_H
#define HANDOUT_BATCH_POOL_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/message.h"
#include "batch/journal.h"

#include <stdbool.h>
#include <stdint.h>

/* What a worker is to make. By the key it knows the record again: the list may have changed. */
struct task {
  uint64_t record;
  uint8_t key[HASH_SIZE];
};

/* What a worker answers; `text_length` bytes of messages follow it. */
struct result {
  uint64_t record; /* 0: it cannot begin */
  bool done;
  bool warned; /* not done because of its warnings alone */
  uint32_t pages, warnings, milliseconds;
  uint64_t sizes[JOURNAL_FILES];
  uint8_t digests[JOURNAL_FILES][HASH_SIZE];
  uint32_t text_length;
};

enum pool_event_kind {
  POOL_NOTHING, /* interrupted by a signal, or nothing in hand */
  POOL_RESULT,
  POOL_UNABLE,  /* a worker cannot begin; `text` says why */
  POOL_CRASHED, /* `signal` or, when 0, `exit_status` */
  POOL_TOO_SLOW
};

struct pool_event {
  enum pool_event_kind kind;
  uint64_t record;
  int signal, exit_status;
  struct result result;
  const char *text; /* messages; borrowed until the next pool_wait */
};

/* A worker's life: reads tasks from the socket until it closes. Does not
 * return to the caller of pool_new. */
typedef void pool_work(int socket, void *context);

struct pool;
struct pool *pool_new(unsigned workers, unsigned seconds, pool_work *work, void *context);
/* Lets idle workers go and waits for them, not for long; those that are at work are killed. */
void pool_free(struct pool *pool);

bool pool_has_idle(const struct pool *pool);
unsigned pool_busy(const struct pool *pool);

/* Hands a record to an idle worker. False where none can be started; with a message, unless one of
 * those at work may take it later. */
bool pool_send(struct pool *pool, const struct task *task, struct messages *messages);

/* Waits for the next thing to happen. */
void pool_wait(struct pool *pool, struct pool_event *event);

/* The worker's side. False where the parent is gone. */
bool pool_receive(int socket, struct task *task);
bool pool_answer(int socket, const struct result *result, const char *text);

#endif

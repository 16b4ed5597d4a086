/* The journal: JSON lines, one for each record that is done or has failed.
 *
 * A line is appended after the record's files are whole. A line that was cut off by
 * a crash is dropped when the journal is read again; its record is built again, to
 * the same bytes. */
#ifndef HANDOUT_BATCH_JOURNAL_H
#define HANDOUT_BATCH_JOURNAL_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/message.h"

#include <stdbool.h>
#include <stdint.h>

#define JOURNAL_FILES 2

struct journal_file {
  const char *name; /* NULL where the output was not asked for */
  uint64_t size;
  uint8_t digest[HASH_SIZE];
};

struct journal_entry {
  const char *id;
  uint64_t row;
  bool done;
  uint8_t key[HASH_SIZE]; /* digest of all that its files depend on, their names too */
  struct journal_file files[JOURNAL_FILES];
  uint32_t pages, warnings, milliseconds;
  const char *reason; /* of a failure, in short; or NULL */
  const char *place;  /* of a failure in the readers' file: "readers.csv:17"; or NULL */
};

struct journal;

/* Opens `path` for appending. What it holds is read when `resume`, else it is begun
 * afresh. `folder`, a file descriptor, is where the handouts are; borrowed. NULL and a
 * message where it fails, and where another process has this journal open. */
struct journal *journal_open(const char *path, bool resume, int folder, struct messages *messages);
/* False and a message where what was held back could not be brought to the disk. */
bool journal_close(struct journal *journal, struct messages *messages);

/* A record of this key is done, and its files are there in the sizes they had. */
bool journal_has(const struct journal *journal, const uint8_t key[HASH_SIZE]);

/* An entry is held back until the next sync, which brings the files to the disk
 * before it appends the entries: what the journal says is true after a power cut. A sync
 * goes on beside the batch; that it failed is told by the next one, or at the end. */
void journal_add(struct journal *journal, const struct journal_entry *entry);
bool journal_sync(struct journal *journal, struct messages *messages);
size_t journal_waiting(const struct journal *journal);

/* For merging: the whole lines of a journal after those of others; then all of them as a journal
 * in place of the one that there is, written whole. False and messages, also where a batch is at
 * work on the file. */
bool journal_read(const char *path, struct buffer *lines, struct messages *messages);
bool journal_replace(const char *path, const struct buffer *lines, struct messages *messages);

#endif

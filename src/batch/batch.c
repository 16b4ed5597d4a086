/* The records are gone through twice: first for their names alone, because a batch
 * with two files of one name is refused before anything is built; then to hand them
 * out. Neither time are they held in memory. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "batch/batch.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limit.h"
#include "base/sandbox.h"
#include "batch/journal.h"
#include "batch/names.h"
#include "batch/pool.h"
#include "batch/progress.h"
#include "batch/shard.h"
#include "batch/work.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The disk is brought up to date, and the journal with it, every so many records. */
#define SYNC_EVERY 256

struct batch {
  struct arena *arena;
  const struct batch_options *options;
  struct messages *messages;
  struct work work;
  struct sandbox *sandbox;
  uint64_t row; /* of the record that was read last, from 1 */
  int folder;
  struct journal *journal;
  struct pool *pool;
  struct tally tally;
  struct progress progress;
  struct pending *pending; /* one for each worker */
};

/* A record in a worker's hands: what the journal will say of it. */
struct pending {
  struct task task; /* of record 0: free */
  char *id;
  char *name;
  struct place place; /* in the readers' file */
};

/* Set by SIGINT and SIGTERM: the one thing that a signal handler can reach. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal) {
  (void)signal;
  interrupted = 1;
}

/* --- names ----------------------------------------------------------------------- */

static bool check_name(struct batch *batch, struct digests *names, const struct reader *reader,
                       uint64_t row, struct buffer *name) {
  buffer_clear(name);
  name_make(batch->options->pattern, batch->work.guide, reader, row, name);
  uint64_t earlier = names_add(names, name->data, row);
  if (!earlier) return true;
  struct place place = records_place(batch->work.records);
  message_error(batch->messages, &place, "same-name",
                "record %llu makes the same file as record %llu: '%s'", (unsigned long long)row,
                (unsigned long long)earlier, name->data);
  return false;
}

/* Standard input and pipes are gone once they were read. */
static bool can_be_read_again(const char *path, struct messages *messages) {
  bool stream = strcmp(path, "-") == 0 || (file_is_special(path) && !file_is_folder(path));
  if (!stream) return true;
  message_usage(messages, "--readers %s: the records are read more than once", path);
  message_hint(messages, "write them into a file first");
  return false;
}

/* Counts the records of this shard, and checks that no two make one file. */
static bool survey(struct batch *batch) {
  struct messages *silent = messages_new_silent();
  struct digests *names = digests_new();
  struct buffer name = {0};
  struct reader *reader;
  bool ok = true;
  uint64_t row = 0;
  enum record_status status;
  struct records *records = batch->work.records = work_records(&batch->work, batch->messages);
  while (records && (status = records_next(records, &reader, silent)) != RECORD_END) {
    row++;
    const char *id = records_id(records);
    if (shard_holds(batch->options->shard, batch->options->shard_count, id, row))
      batch->tally.total++;
    if (status == RECORD_GOOD) ok = check_name(batch, names, reader, row, &name) && ok;
    reader_free(reader);
  }
  ok = ok && records;
  if (ok && row == 0)
    message_warning(batch->messages, NULL, "no-records", "%s: a head and no records",
                    batch->options->records);
  records_close(records);
  batch->work.records = NULL;
  buffer_finish(&name);
  digests_free(names);
  messages_free(silent);
  return ok;
}

/* --- results ---------------------------------------------------------------------- */

static struct pending *pending_find(struct batch *batch, uint64_t record) {
  for (unsigned i = 0; i < batch->options->jobs; i++) {
    if (batch->pending[i].task.record == record) return &batch->pending[i];
  }
  return NULL;
}

static void pending_clear(struct pending *pending) {
  free(pending->id);
  free(pending->name);
  *pending = (struct pending){0};
}

/* "readers.csv:17", or the record's own file. */
static void put_place(const struct place *place, struct buffer *out) {
  if (place->source) buffer_append_text(out, place->source->name);
  if (place->line) buffer_printf(out, ":%u", place->line);
}

static void record_failed(struct batch *batch, const struct pending *pending, const char *reason,
                          uint32_t milliseconds) {
  struct buffer place = {0};
  put_place(&pending->place, &place);
  struct journal_entry entry = {.id = pending->id,
                                .row = pending->task.record,
                                .place = place.data,
                                .reason = reason,
                                .milliseconds = milliseconds};
  memcpy(entry.key, pending->task.key, HASH_SIZE);
  journal_add(batch->journal, &entry);
  progress_failed(&batch->progress, place.data, pending->id, reason);
  batch->tally.failed++;
  buffer_finish(&place);
}

static void record_done(struct batch *batch, const struct pending *pending,
                        const struct result *result) {
  struct journal_entry entry = {.id = pending->id,
                                .row = pending->task.record,
                                .done = true,
                                .pages = result->pages,
                                .warnings = result->warnings,
                                .milliseconds = result->milliseconds};
  char *names[JOURNAL_FILES] = {NULL};
  memcpy(entry.key, pending->task.key, HASH_SIZE);
  for (size_t i = 0; i < JOURNAL_FILES; i++) {
    const char *ending = work_ending(&batch->options->request, i);
    if (!ending) continue;
    size_t size = strlen(pending->name) + strlen(ending) + 1;
    names[i] = memory_alloc(size);
    memcpy(names[i], pending->name, strlen(pending->name));
    memcpy(names[i] + strlen(pending->name), ending, strlen(ending) + 1);
    entry.files[i].name = names[i];
    entry.files[i].size = result->sizes[i];
    memcpy(entry.files[i].digest, result->digests[i], HASH_SIZE);
  }
  journal_add(batch->journal, &entry);
  for (size_t i = 0; i < JOURNAL_FILES; i++) free(names[i]);
  batch->tally.done++;
}

static void show_text(struct batch *batch, const char *text) {
  if (!*text) return;
  progress_hide(&batch->progress);
  messages_flush(batch->messages);
  fputs(text, stderr);
}

static void take_result(struct batch *batch, struct pending *pending,
                        const struct pool_event *event) {
  show_text(batch, event->text);
  if (event->result.done) {
    record_done(batch, pending, &event->result);
    return;
  }
  progress_hide(&batch->progress);
  message_error(batch->messages, &pending->place, "record-failed", "record %llu (%s) failed",
                (unsigned long long)pending->task.record, pending->id);
  record_failed(batch, pending, event->result.warned ? "warnings" : "errors",
                event->result.milliseconds);
}

static void take_crash(struct batch *batch, struct pending *pending,
                       const struct pool_event *event) {
  progress_hide(&batch->progress);
  bool slow = event->kind == POOL_TOO_SLOW;
  if (slow) {
    message_error(batch->messages, &pending->place, "record-too-slow",
                  "record %llu (%s) took longer than %u s",
                  (unsigned long long)pending->task.record, pending->id, batch->options->seconds);
  } else {
    message_error(batch->messages, &pending->place, "worker-crashed",
                  "the worker with record %llu (%s) ended with %s %d",
                  (unsigned long long)pending->task.record, pending->id,
                  event->signal ? "signal" : "status",
                  event->signal ? event->signal : event->exit_status);
  }
  record_failed(batch, pending, slow ? "too slow" : "crashed", 0);
}

/* The next worker could not begin either. False: the batch cannot go on. */
static bool take_refusal(struct batch *batch, const struct pool_event *event) {
  show_text(batch, event->text);
  progress_hide(&batch->progress);
  message_io_error(batch->messages, NULL, "no-worker", "a worker cannot begin its work");
  message_hint(batch->messages, "what is done stays done: --resume goes on from there");
  return false;
}

static bool keep_journal(struct batch *batch) {
  return journal_waiting(batch->journal) < SYNC_EVERY ||
         journal_sync(batch->journal, batch->messages);
}

/* Waits for one thing to happen and notes it. False where the journal cannot be kept. */
static bool take_event(struct batch *batch) {
  struct pool_event event;
  pool_wait(batch->pool, &event);
  if (event.kind == POOL_UNABLE) return take_refusal(batch, &event);
  struct pending *pending = event.kind == POOL_NOTHING ? NULL : pending_find(batch, event.record);
  if (pending) {
    if (event.kind == POOL_RESULT) take_result(batch, pending, &event);
    else take_crash(batch, pending, &event);
    pending_clear(pending);
  }
  progress_show(&batch->progress, &batch->tally);
  return keep_journal(batch);
}

/* --- handing out --------------------------------------------------------------------- */

static char *copy_text(const char *text) {
  size_t size = strlen(text) + 1;
  return memcpy(memory_alloc(size), text, size);
}

/* Waits until a worker has taken it. Where the machine has no room for as many as were wanted, those
 * that there are do the work. */
static bool send_record(struct batch *batch, const struct task *task) {
  while (!pool_has_idle(batch->pool) || !pool_send(batch->pool, task, batch->messages)) {
    if (!pool_busy(batch->pool) || !take_event(batch)) return false;
  }
  return true;
}

/* Hands the record that was just read to a worker, when one is free. */
static bool hand_out(struct batch *batch, const struct reader *reader) {
  struct buffer name = {0};
  struct task task = {.record = batch->row};
  bool ok = true;
  name_make(batch->options->pattern, batch->work.guide, reader, batch->row, &name);
  work_key(&batch->work, reader, name.data, task.key);
  if (batch->options->resume && journal_has(batch->journal, task.key)) {
    batch->tally.unchanged++;
  } else {
    ok = send_record(batch, &task);
    struct pending *pending = ok ? pending_find(batch, 0) : NULL;
    if (pending) {
      *pending = (struct pending){.task = task,
                                  .id = copy_text(reader->id ? reader->id : "-"),
                                  .name = copy_text(name.data),
                                  .place = records_place(batch->work.records)};
    }
  }
  buffer_finish(&name);
  return ok;
}

static bool note_bad_record(struct batch *batch) {
  struct pending bad = {.task.record = batch->row, .place = records_place(batch->work.records)};
  const char *id = records_id(batch->work.records);
  bad.id = copy_text(id ? id : "-");
  record_failed(batch, &bad, "bad record", 0);
  pending_clear(&bad);
  return keep_journal(batch);
}

/* One record of the list. False where the batch cannot go on. */
static bool next_record(struct batch *batch, bool *more) {
  struct reader *reader = NULL;
  progress_hide(&batch->progress);
  enum record_status status = records_next(batch->work.records, &reader, batch->messages);
  bool ok = true;
  *more = status != RECORD_END;
  batch->row++;
  if (*more && shard_holds(batch->options->shard, batch->options->shard_count,
                           records_id(batch->work.records), batch->row)) {
    ok = status == RECORD_GOOD ? hand_out(batch, reader) : note_bad_record(batch);
  }
  reader_free(reader);
  return ok;
}

static bool run_records(struct batch *batch) {
  struct messages *told = messages_new_silent(); /* what the survey said */
  batch->work.records = work_records(&batch->work, told);
  bool ok = batch->work.records, more = true;
  if (!ok)
    message_io_error(batch->messages, NULL, "records-changed", "the records changed meanwhile");
  while (ok && more && !interrupted) ok = next_record(batch, &more);
  while (ok && pool_busy(batch->pool)) ok = take_event(batch);
  messages_flush(batch->messages); /* places in them go with the records */
  records_close(batch->work.records);
  messages_free(told);
  return ok;
}

/* --- setting up ------------------------------------------------------------------------ */

/* All in it is going to be removed: it is no link to another's. */
static bool is_own_folder(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Files that were not whole when an earlier run was broken off. */
static void empty_parts(const char *parts) {
  DIR *folder = opendir(parts);
  if (!folder) return;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] != '.') unlinkat(dirfd(folder), entry->d_name, 0);
  }
  closedir(folder);
}

/* "handout.journal", or that of one shard. */
static const char *journal_path(struct batch *batch) {
  const struct batch_options *options = batch->options;
  if (options->shard_count == 1)
    return arena_printf(batch->arena, "%s/handout.journal", options->folder);
  return arena_printf(batch->arena, "%s/handout.%u-of-%u.journal", options->folder, options->shard,
                      options->shard_count);
}

/* The journal first: what else lies there may be another batch's. */
static bool open_folder(struct batch *batch) {
  if (!file_make_folder(batch->options->folder, batch->messages)) return false;
  batch->folder = open(batch->options->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (batch->folder < 0) {
    message_io_error(batch->messages, NULL, "cannot-open", "%s: %s", batch->options->folder,
                     strerror(errno));
    return false;
  }
  batch->journal =
      journal_open(journal_path(batch), batch->options->resume, batch->folder, batch->messages);
  if (!batch->journal) return false;
  const char *parts = arena_printf(batch->arena, "%s/.parts-%u-of-%u", batch->options->folder,
                                   batch->options->shard, batch->options->shard_count);
  if (!file_make_folder(parts, batch->messages)) return false;
  if (!is_own_folder(parts)) {
    message_io_error(batch->messages, NULL, "cannot-write", "%s: Not a directory", parts);
    return false;
  }
  batch->work.parts = parts;
  empty_parts(parts);
  return true;
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

/* Records that lie in files of their own are opened one by one. */
static bool confine(struct batch *batch) {
  const struct batch_options *options = batch->options;
  batch->sandbox = sandbox_new(batch->messages);
  if (!batch->sandbox) return false;
  builder_confine(batch->work.builder, options->request.theme, batch->sandbox);
  sandbox_may_read(batch->sandbox, options->records);
  sandbox_may_write(batch->sandbox, options->folder);
  batch->work.sandbox = batch->sandbox;
  return true;
}

static bool set_up(struct batch *batch, const struct font_options *fonts) {
  struct work *work = &batch->work;
  work->builder = builder_new(work->guide, fonts, batch->messages);
  if (!work->builder) return false;
  builder_for_many(work->builder);
  if (batch->options->print) builder_for_print(work->builder);
  builder_warm(work->builder);
  builder_digest(work->builder, &batch->options->request, work->content);
  if (batch->options->fail_if_warnings && messages_warnings(batch->messages)) return false;
  if (!open_folder(batch) || !confine(batch)) return false;
  unsigned jobs = batch->options->jobs;
  batch->pool = pool_new(jobs, batch->options->seconds, work_run, work);
  batch->pending = memory_alloc(jobs * sizeof *batch->pending);
  catch_signals();
  progress_start(&batch->progress, batch->options->quiet);
  return true;
}

static bool tear_down(struct batch *batch) {
  pool_free(batch->pool);
  if (batch->work.parts) {
    empty_parts(batch->work.parts);
    rmdir(batch->work.parts);
  }
  bool ok = !batch->journal || journal_close(batch->journal, batch->messages);
  if (batch->folder >= 0) close(batch->folder);
  for (unsigned i = 0; batch->pending && i < batch->options->jobs; i++)
    pending_clear(&batch->pending[i]);
  free(batch->pending);
  progress_free(&batch->progress);
  builder_free(batch->work.builder);
  sandbox_free(batch->sandbox);
  arena_free(batch->arena);
  return ok;
}

static enum batch_end finish(struct batch *batch, bool ran) {
  bool cut = interrupted;
  if (ran) {
    progress_finish(&batch->progress, &batch->tally, cut ? "interrupted" : "finished");
    if (cut && !batch->progress.quiet) fputs("go on with --resume\n", stderr);
  }
  bool some_failed = batch->tally.failed > 0;
  bool kept = tear_down(batch);
  if (!ran || !kept) return BATCH_REFUSED;
  if (cut) return BATCH_INTERRUPTED;
  return some_failed ? BATCH_SOME_FAILED : BATCH_DONE;
}

/* Those that this process may use: a job of a cluster has a part of the machine. */
static unsigned processors(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
  return count > 0 ? (unsigned)count : (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
}

enum batch_end batch_run(const struct guide *guide, const struct font_options *fonts,
                         const struct batch_options *wanted, struct messages *messages) {
  struct batch_options options = *wanted;
  if (!options.pattern) options.pattern = "{guide}-{id}";
  if (!options.jobs) options.jobs = processors();
  if (!options.seconds) options.seconds = (unsigned)limit_of(LIMIT_SECONDS);
  struct batch batch = {.arena = arena_new(),
                        .options = &options,
                        .messages = messages,
                        .work = {.guide = guide, .options = &options},
                        .folder = -1};
  bool ran = name_check_pattern(options.pattern, messages) &&
             can_be_read_again(options.records, messages) && survey(&batch) &&
             set_up(&batch, fonts) && run_records(&batch);
  return finish(&batch, ran);
}

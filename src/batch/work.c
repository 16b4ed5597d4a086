/* A worker reads the records itself and goes forward to the one it is told: numbers
 * only ever rise, so that nothing of a record has to pass through the socket. */
#include "batch/work.h"

#include "base/arena.h"
#include "base/digester.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "batch/names.h"
#include "batch/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* One of them, and what it has for itself. */
struct worker {
  const struct work *work;
  struct records *records;
  uint64_t at; /* the number of the record that was read last */
  struct digester *digester;
  int socket;
};

static const char *const endings[JOURNAL_FILES] = {".pdf", ".epub"};

const char *work_ending(const struct build_request *request, size_t file) {
  bool wanted = file == 0 ? request->pdf : request->epub;
  return wanted ? endings[file] : NULL;
}

struct records *work_records(const struct work *work, struct messages *messages) {
  const struct batch_options *options = work->options;
  return records_open(options->records, work->guide, options->settings, options->setting_count,
                      messages);
}

void work_key(const struct work *work, const struct reader *reader, const char *name,
              uint8_t key[HASH_SIZE]) {
  struct hash *hash = hash_new();
  hash_add(hash, work->content, HASH_SIZE);
  hash_add_text(hash, name);
  if (work->options->fail_if_warnings) hash_add_text(hash, "no warnings");
  reader_hash(reader, hash);
  hash_take(hash, key);
}

/* Goes forward to a record, and names its files; NULL where the list is not what it was: the record
 * of this number may be another by now. */
static struct reader *find_record(struct worker *worker, const struct task *task,
                                  struct buffer *name, struct messages *messages) {
  const struct work *work = worker->work;
  struct reader *reader = NULL;
  uint8_t key[HASH_SIZE] = {0};
  worker->at += records_skip(worker->records, (size_t)(task->record - worker->at - 1));
  if (worker->at == task->record - 1 &&
      records_next(worker->records, &reader, messages) != RECORD_END)
    worker->at++;
  if (reader) {
    name_make(work->options->pattern, work->guide, reader, task->record, name);
    work_key(work, reader, name->data, key);
  }
  if (reader && memcmp(key, task->key, HASH_SIZE) == 0) return reader;
  message_error(messages, NULL, "records-changed", "the records changed meanwhile");
  message_hint(messages, "when they change no more, --resume goes on from here");
  messages_flush(messages); /* what is held back points into the record */
  reader_free(reader);
  return NULL;
}

static bool write_file(const struct work *work, const struct buffer *bytes, const char *name,
                       const char *ending, struct messages *messages) {
  struct arena *arena = arena_new();
  const char *path = arena_printf(arena, "%s/%s%s", work->options->folder, name, ending);
  const char *part = arena_printf(arena, "%s/%ld%s", work->parts, (long)getpid(), ending);
  bool ok = file_replace(path, part, bytes->data, bytes->length, messages);
  arena_free(arena);
  return ok;
}

static bool write_handout(const struct worker *worker, const struct handout *handout,
                          const char *name, struct result *result, struct messages *messages) {
  const struct work *work = worker->work;
  const struct buffer *files[JOURNAL_FILES] = {&handout->pdf, &handout->epub};
  bool ok = true;
  for (size_t i = 0; ok && i < JOURNAL_FILES; i++) {
    const char *ending = work_ending(&work->options->request, i);
    if (!ending) continue;
    result->sizes[i] = files[i]->length;
    digester_take(worker->digester, files[i]->data, files[i]->length, result->digests[i]);
    ok = write_file(work, files[i], name, ending, messages);
  }
  return ok;
}

static bool make_record(const struct worker *worker, const struct reader *reader, const char *name,
                        struct result *result, struct messages *messages) {
  const struct work *work = worker->work;
  struct handout handout;
  bool ok = builder_make(work->builder, reader, &work->options->request, &handout, messages);
  result->warned = ok && work->options->fail_if_warnings && messages_warnings(messages);
  if (ok && !result->warned) {
    ok = write_handout(worker, &handout, name, result, messages);
    result->pages = (uint32_t)handout.page_count;
  }
  handout_finish(&handout);
  return ok && !result->warned;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* One record, its messages gathered as text. False where the parent is gone. */
static bool work_record(struct worker *worker, const struct task *task) {
  char *text = NULL;
  size_t text_length = 0;
  FILE *stream = open_memstream(&text, &text_length);
  if (!stream) return false;
  struct messages *messages = messages_new(stream, worker->work->options->format, false);
  struct result result = {.record = task->record};
  struct buffer name = {0};
  int64_t started = now();
  struct reader *reader = find_record(worker, task, &name, messages);
  result.done = reader && make_record(worker, reader, name.data, &result, messages);
  messages_flush(messages); /* what is held back points into the record */
  reader_free(reader);
  buffer_finish(&name);
  result.milliseconds = (uint32_t)(now() - started);
  result.warnings = (uint32_t)messages_warnings(messages);
  messages_free(messages);
  fclose(stream);
  result.text_length = (uint32_t)text_length;
  bool ok = pool_answer(worker->socket, &result, text);
  free(text);
  return ok;
}

/* What a worker needs before its first record; NULL where it cannot begin. */
static struct records *begin(const struct work *work, struct messages *messages) {
  struct records *records = records_open_again(work->records, work->options->records, messages);
  if (!records || sandbox_enter(work->sandbox, messages)) return records;
  records_close(records);
  return NULL;
}

/* The record that was handed to a worker which cannot begin goes back with the reason. */
static void refuse(int socket, const char *text, size_t length) {
  struct task task;
  struct result result = {.text_length = (uint32_t)length};
  if (pool_receive(socket, &task)) pool_answer(socket, &result, text);
}

void work_run(int socket, void *context) {
  const struct work *work = context;
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  struct messages *messages = messages_new(stream, work->options->format, false);
  struct worker worker = {.work = work, .digester = digester_new(), .socket = socket};
  worker.records = begin(work, messages);
  struct task task;
  messages_flush(messages);
  if (stream) fflush(stream);
  if (!worker.records) refuse(socket, text ? text : "", length);
  while (worker.records && pool_receive(socket, &task)) {
    if (!work_record(&worker, &task)) break;
  }
  records_close(worker.records);
  digester_free(worker.digester);
  messages_free(messages);
  if (stream) fclose(stream);
  free(text);
}

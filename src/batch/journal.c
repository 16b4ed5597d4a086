/* Lines are read once, at the start: of each only the key, the names' place in the
 * file and the sizes are kept, some 80 bytes a record, so that a million records fit.
 * Whether the files are still there is looked up when a record's turn comes. */
#define _GNU_SOURCE /* syncfs */
#include "batch/journal.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"
#include "batch/digests.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Entries held back while the disk is slow, before the batch waits for it. */
#define MOST_WAITING 4096

/* A record that is done. */
struct known {
  char *names; /* of its files, one after the other, each with its NUL; NULL: one was replaced */
  uint64_t sizes[JOURNAL_FILES];
};

struct journal {
  char *path;
  FILE *file;
  int folder;
  struct arena *names;
  struct known *known;
  size_t known_count, known_capacity;
  struct digests *numbers; /* of the known, + 1, by key */
  struct digests *writers; /* the same by a file's name: who wrote it last; NULL when all is read */
  struct buffer waiting;
  size_t waiting_count;

  /* Bringing the files to the disk takes as long as the disk takes: a thread does it,
   * and while it is at work these are its own, and the file. */
  pthread_t thread;
  bool syncing;
  atomic_bool synced;
  struct buffer going;
  int error; /* once there is one, nothing more is written */
};

/* --- what is known ----------------------------------------------------------- */

bool journal_has(const struct journal *journal, const uint8_t key[HASH_SIZE]) {
  uint64_t number = digests_get(journal->numbers, key);
  if (!number) return false;
  const struct known *known = &journal->known[number - 1];
  const char *name = known->names;
  if (!name) return false;
  for (size_t i = 0; i < JOURNAL_FILES; i++, name += strlen(name) + 1) {
    struct stat status;
    if (!*name) continue;
    if (fstatat(journal->folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return false;
    if (!S_ISREG(status.st_mode) || (uint64_t)status.st_size != known->sizes[i]) return false;
  }
  return true;
}

/* --- reading ------------------------------------------------------------------ */

static bool parse_digest(const char *text, uint8_t digest[HASH_SIZE]) {
  if (!text || strlen(text) != 2 * HASH_SIZE) return false;
  for (size_t i = 0; i < HASH_SIZE; i++) {
    unsigned byte;
    if (sscanf(text + 2 * i, "%2x", &byte) != 1) return false;
    digest[i] = (uint8_t)byte;
  }
  return true;
}

static bool safe_name(const char *name) {
  return name && *name && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* What was there by this name is there no more, if only its size is the same. */
static void replace_file(struct journal *journal, const char *name) {
  uint8_t digest[HASH_SIZE];
  struct hash *hash = hash_new();
  hash_add_text(hash, name);
  hash_take(hash, digest);
  uint64_t earlier = digests_get(journal->writers, digest);
  if (earlier && earlier != journal->known_count) journal->known[earlier - 1].names = NULL;
  digests_set(journal->writers, digest, journal->known_count);
}

static bool remember_entry(struct journal *journal, const json_t *line) {
  struct known fresh = {0};
  uint8_t key[HASH_SIZE];
  const char *status = json_string_value(json_object_get(line, "status"));
  if (!parse_digest(json_string_value(json_object_get(line, "key")), key)) return false;
  if (!status || strcmp(status, "done") != 0) return true;
  struct buffer names = {0};
  const json_t *files = json_object_get(line, "files");
  bool ok = json_array_size(files) >= 1 && json_array_size(files) <= JOURNAL_FILES;
  for (size_t i = 0; ok && i < JOURNAL_FILES; i++) {
    const json_t *file = json_array_get(files, i);
    const char *name = json_string_value(json_object_get(file, "name"));
    ok = !file || safe_name(name);
    fresh.sizes[i] = (uint64_t)json_integer_value(json_object_get(file, "size"));
    if (ok) buffer_append(&names, name ? name : "", name ? strlen(name) + 1 : 1);
  }
  if (ok) {
    fresh.names = arena_alloc(journal->names, names.length);
    memcpy(fresh.names, names.data, names.length);
    journal->known = array_reserve(journal->known, journal->known_count, &journal->known_capacity,
                                   sizeof *journal->known);
    journal->known[journal->known_count++] = fresh;
    digests_set(journal->numbers, key, journal->known_count);
    const char *name = fresh.names;
    for (size_t i = 0; i < JOURNAL_FILES; i++, name += strlen(name) + 1)
      if (*name) replace_file(journal, name);
  }
  buffer_finish(&names);
  return ok;
}

static bool remember(void *context, const char *text, size_t length) {
  json_t *line = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
  bool ok = remember_entry(context, line);
  json_decref(line);
  return ok;
}

static bool report(const char *path, const char *code, struct messages *messages) {
  message_io_error(messages, NULL, code, "%s: %s", path, strerror(errno));
  return false;
}

/* Calls `take` for each whole line of a journal; a line cut off at the end is passed
 * over, any other bad line is an error. */
static bool read_lines(const char *path, FILE *file,
                       bool (*take)(void *context, const char *text, size_t length), void *context,
                       struct messages *messages) {
  char *text = NULL;
  size_t size = 0, line = 0;
  bool ok = true;
  for (ssize_t length; ok && (length = getline(&text, &size, file)) > 0;) {
    line++;
    if (text[length - 1] != '\n') break;
    ok = take(context, text, (size_t)length);
    if (!ok) {
      message_error(messages, NULL, "bad-journal", "%s:%zu: not a line of a journal", path, line);
      message_hint(messages, "take the file away to begin afresh");
    }
  }
  free(text);
  return ok && (!ferror(file) || report(path, "cannot-read", messages));
}

/* A line that was cut off must not be joined to the next one that is appended. */
static bool drop_cut_line(FILE *file) {
  long end;
  if (fseek(file, 0, SEEK_END) != 0 || (end = ftell(file)) < 0) return false;
  while (end > 0) {
    if (fseek(file, end - 1, SEEK_SET) != 0) return false;
    if (getc(file) == '\n') break;
    end--;
  }
  return ftruncate(fileno(file), end) == 0 && fseek(file, 0, SEEK_END) == 0;
}

/* --- opening -------------------------------------------------------- */

static void journal_free(struct journal *journal) {
  if (journal->file) fclose(journal->file);
  buffer_finish(&journal->waiting);
  buffer_finish(&journal->going);
  arena_free(journal->names);
  free(journal->known);
  digests_free(journal->numbers);
  digests_free(journal->writers);
  free(journal->path);
  free(journal);
}

/* The lock (F_WRLCK; F_RDLCK to read) is the process's own: workers do not hold it, and it ends
 * with the batch, however that ends. Where a file system has no locks there is none. */
static bool is_in_use(int file, short lock) {
  struct flock whole = {.l_type = lock, .l_whence = SEEK_SET};
  return fcntl(file, F_SETLK, &whole) != 0 && (errno == EACCES || errno == EAGAIN);
}

static bool report_in_use(const char *path, struct messages *messages) {
  message_io_error(messages, NULL, "in-use", "%s: another batch is at work here", path);
  return false;
}

/* A link in its place would have us empty someone else's file; a pipe is not waited for. */
static FILE *open_file(const char *path, int how, const char *mode) {
  int file = open(path, how | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
  struct stat status;
  if (file < 0) return NULL;
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) return fdopen(file, mode);
  close(file);
  errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
  return NULL;
}

static bool open_alone(struct journal *journal, bool resume, bool *in_use) {
  journal->file = open_file(journal->path, O_RDWR | O_APPEND | O_CREAT, "a+");
  if (!journal->file) return false;
  int file = fileno(journal->file);
  *in_use = is_in_use(file, F_WRLCK);
  return !*in_use && (resume || ftruncate(file, 0) == 0);
}

struct journal *journal_open(const char *path, bool resume, int folder, struct messages *messages) {
  struct journal *journal = memory_alloc(sizeof *journal);
  journal->names = arena_new();
  journal->numbers = digests_new();
  journal->folder = folder;
  size_t length = strlen(path) + 1;
  journal->path = memcpy(memory_alloc(length), path, length);
  bool in_use = false;
  bool ok = open_alone(journal, resume, &in_use);
  if (ok && resume) {
    journal->writers = digests_new();
    rewind(journal->file);
    if (!read_lines(path, journal->file, remember, journal, messages)) {
      journal_free(journal);
      return NULL;
    }
    digests_free(journal->writers);
    journal->writers = NULL;
    ok = drop_cut_line(journal->file);
  }
  if (ok) return journal;
  if (in_use) report_in_use(path, messages);
  else report(path, "cannot-write", messages);
  journal_free(journal);
  return NULL;
}

/* --- writing --------------------------------------------------------------------- */

static json_t *digest_json(const uint8_t digest[HASH_SIZE]) {
  char text[2 * HASH_SIZE + 1];
  for (size_t i = 0; i < HASH_SIZE; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
  return json_string(text);
}

/* A file's name may be no UTF-8, which JSON must be. NULL for NULL. */
static json_t *text_json(const char *text) {
  if (!text) return NULL;
  struct buffer valid = {0};
  buffer_append_text(&valid, "");
  for (size_t left = strlen(text), step; left > 0; text += step, left -= step) {
    bool good = utf8_decode(text, left, &step) != UTF8_INVALID;
    if (good) buffer_append(&valid, text, step);
    else buffer_append_text(&valid, UTF8_REPLACEMENT);
  }
  json_t *json = json_stringn(valid.data, valid.length);
  buffer_finish(&valid);
  return json;
}

static json_t *files_json(const struct journal_entry *entry) {
  json_t *files = json_array();
  for (size_t i = 0; i < JOURNAL_FILES && entry->done; i++) {
    const struct journal_file *file = &entry->files[i];
    if (!file->name) continue;
    json_array_append_new(files,
                          json_pack("{s:o, s:I, s:o}", "name", text_json(file->name), "size",
                                    (json_int_t)file->size, "sha256", digest_json(file->digest)));
  }
  return files;
}

void journal_add(struct journal *journal, const struct journal_entry *entry) {
  const char *status = entry->done ? "done" : "failed";
  json_t *line = json_pack("{s:s*, s:I, s:o*, s:s, s:o, s:o, s:i, s:i, s:i, s:o*}",
                           "id", entry->id,
                           "row", (json_int_t)entry->row,
                           "place", text_json(entry->place),
                           "status", status,
                           "key", digest_json(entry->key),
                           "files", files_json(entry),
                           "pages", (int)entry->pages,
                           "warnings", (int)entry->warnings,
                           "milliseconds", (int)entry->milliseconds,
                           "reason", text_json(entry->reason));
  char *text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
  if (text) buffer_printf(&journal->waiting, "%s\n", text);
  journal->waiting_count++;
  free(text);
  json_decref(line);
}

size_t journal_waiting(const struct journal *journal) {
  return journal->waiting_count;
}

/* All of it or nothing. A part that cannot be taken back is dropped when it is read. */
static bool append(int file, const struct buffer *bytes) {
  off_t end = lseek(file, 0, SEEK_END);
  bool ok = end >= 0 && file_append(file, bytes->data, bytes->length) && fdatasync(file) == 0;
  int reason = errno;
  if (!ok && end >= 0 && ftruncate(file, end) == 0) fdatasync(file);
  errno = reason;
  return ok;
}

static void *sync_files(void *context) {
  struct journal *journal = context;
  bool ok = syncfs(journal->folder) == 0 && append(fileno(journal->file), &journal->going);
  journal->error = ok ? 0 : errno;
  atomic_store(&journal->synced, true);
  return NULL;
}

/* Told once. */
static bool check_error(const struct journal *journal, struct messages *messages) {
  errno = journal->error;
  return journal->error == 0 || report(journal->path, "cannot-write", messages);
}

/* Waits for the thread, if there is one. */
static bool sync_end(struct journal *journal, struct messages *messages) {
  if (!journal->syncing) return journal->error == 0;
  pthread_join(journal->thread, NULL);
  journal->syncing = false;
  return check_error(journal, messages);
}

/* Signals are the parent's. */
static void sync_begin(struct journal *journal) {
  struct buffer empty = journal->going;
  sigset_t all, before;
  buffer_clear(&empty);
  journal->going = journal->waiting;
  journal->waiting = empty;
  journal->waiting_count = 0;
  atomic_store(&journal->synced, false);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  journal->syncing = pthread_create(&journal->thread, NULL, sync_files, journal) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (!journal->syncing) sync_files(journal);
}

bool journal_sync(struct journal *journal, struct messages *messages) {
  bool slow = journal->syncing && !atomic_load(&journal->synced);
  if (slow && journal->waiting_count < MOST_WAITING) return true;
  if (!sync_end(journal, messages)) return false;
  if (journal->waiting.length) sync_begin(journal);
  /* what the thread finds wrong is told later */
  return journal->syncing || check_error(journal, messages);
}

bool journal_close(struct journal *journal, struct messages *messages) {
  bool ok = sync_end(journal, messages) && journal_sync(journal, messages) &&
            sync_end(journal, messages);
  journal_free(journal);
  return ok;
}

/* --- merging --------------------------------------------------------------------- */

static bool copy_line(void *context, const char *text, size_t length) {
  json_t *line = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
  bool ok = json_is_object(line);
  json_decref(line);
  buffer_append(context, text, length);
  return ok;
}

bool journal_read(const char *path, struct buffer *lines, struct messages *messages) {
  FILE *file = open_file(path, O_RDONLY, "r");
  if (!file) return report(path, "cannot-read", messages);
  bool ok = is_in_use(fileno(file), F_RDLCK) ? report_in_use(path, messages)
                                             : read_lines(path, file, copy_line, lines, messages);
  fclose(file);
  return ok;
}

bool journal_replace(const char *path, const struct buffer *lines, struct messages *messages) {
  int file = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  bool ok = file >= 0 && is_in_use(file, F_WRLCK)
                ? report_in_use(path, messages)
                : file_write(path, lines->data, lines->length, messages);
  if (file >= 0) close(file);
  return ok;
}

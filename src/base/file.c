/* write, fsync, rename, and fsync of the folder: see file.h. */
#include "base/file.h"

#include "base/arena.h"
#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_append(int file, const void *from, size_t length) {
  const char *bytes = from;
  while (length > 0) {
    ssize_t count = write(file, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes += count;
    length -= (size_t)count;
  }
  return true;
}

const char *file_folder(struct arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return ".";
  return arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

bool file_ends_in(const char *path, const char *ending) {
  size_t length = strlen(path), size = strlen(ending);
  return length > size && strcmp(path + length - size, ending) == 0;
}

/* A folder into which one may write but not look has no door for this: the file is whole. */
static bool sync_folder(const char *path) {
  struct arena *arena = arena_new();
  int folder = open(file_folder(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  arena_free(arena);
  if (folder < 0) return errno == EACCES;
  bool ok = fsync(folder) == 0 || errno == EINVAL;
  close(folder);
  return ok;
}

/* Who may read a file may read the one that takes its place, and no one else; a new one is for
 * whom the mask says. */
static mode_t mode_for(const char *path) {
  struct stat status;
  if (lstat(path, &status) == 0 && S_ISREG(status.st_mode)) return status.st_mode & 0777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* Closes the file in any case; errno is of what went wrong first. A file system that knows no such
 * mode (FAT) has one of its own for all. */
static bool fill(int file, const void *bytes, size_t length, mode_t mode, bool flush) {
  bool ok = file_append(file, bytes, length) && (fchmod(file, mode) == 0 || errno == EPERM);
  ok = ok && (!flush || fsync(file) == 0);
  int reason = errno;
  if (close(file) != 0 && ok) return false;
  errno = reason;
  return ok;
}

/* What was not filled well goes. */
static bool put_in_place(const char *temporary, const char *path, bool filled) {
  if (filled && rename(temporary, path) == 0) return true;
  int reason = errno;
  unlink(temporary);
  errno = reason;
  return false;
}

/* Blocks (or unblocks) what ends a run. */
static void set_signals(int how, sigset_t *before) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGHUP);
  sigaddset(&ending, SIGPROF);
  sigprocmask(how, &ending, before);
}

void file_hold_signals(sigset_t *before) {
  set_signals(SIG_BLOCK, before);
}

void file_release_signals(const sigset_t *before) {
  int reason = errno;
  sigprocmask(SIG_SETMASK, before, NULL);
  errno = reason;
}

static bool write_and_rename(const char *path, const char *bytes, size_t length) {
  static const char ending[] = ".XXXXXX";
  size_t size = strlen(path) + sizeof ending;
  char *temporary = memory_alloc(size);
  sigset_t before;
  snprintf(temporary, size, "%s%s", path, ending);
  file_hold_signals(&before);
  int file = mkstemp(temporary);
  bool ok = file >= 0 && put_in_place(temporary, path, fill(file, bytes, length, mode_for(path), true));
  file_release_signals(&before);
  free(temporary);
  return ok && sync_folder(path);
}

static bool open_and_write(const char *path, const char *bytes, size_t length) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool ok = file_append(file, bytes, length);
  int reason = errno;
  bool closed = close(file) == 0;
  if (!ok) errno = reason;
  return ok && closed;
}

/* There is nothing here to keep whole, and a pipe may wait for ever for one who reads it: even
 * where signals are held back, one ends this. */
static bool write_directly(const char *path, const char *bytes, size_t length) {
  sigset_t before;
  set_signals(SIG_UNBLOCK, &before);
  bool ok = open_and_write(path, bytes, length);
  file_release_signals(&before);
  return ok;
}

bool file_write(const char *path, const void *bytes, size_t length, struct messages *messages) {
  bool ok;
  if (strcmp(path, "-") == 0) ok = file_append(STDOUT_FILENO, bytes, length);
  else if (file_is_special(path)) ok = write_directly(path, bytes, length);
  else ok = write_and_rename(path, bytes, length);
  if (!ok) message_io_error(messages, NULL, "cannot-write", "%s: %s", path, strerror(errno));
  return ok;
}

bool file_replace(const char *path, const char *temporary, const void *bytes, size_t length,
                  struct messages *messages) {
  unlink(temporary); /* of one that was killed; and a link or a pipe in the way is not opened */
  int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0 &&
      put_in_place(temporary, path, fill(file, bytes, length, mode_for(path), false)))
    return true;
  message_io_error(messages, NULL, "cannot-write", "%s: %s", path, strerror(errno));
  return false;
}

bool file_is_special(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

bool file_is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_is_below(const char *folder, const char *path) {
  char *above = realpath(folder, NULL), *real = realpath(path, NULL);
  size_t length = above ? strlen(above) : 0;
  bool below = !above || !real || strcmp(above, "/") == 0 ||
               (strncmp(above, real, length) == 0 && real[length] == '/');
  free(above);
  free(real);
  return below;
}

bool file_exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

static bool make_one(const char *path) {
  if (mkdir(path, 0777) == 0) return true;
  int reason = errno == EEXIST ? ENOTDIR : errno;
  if (file_is_folder(path)) return true;
  errno = reason;
  return false;
}

bool file_make_folder(const char *path, struct messages *messages) {
  size_t length = strlen(path);
  char *partial = memory_alloc(length + 1);
  memcpy(partial, path, length + 1);
  bool ok = true;
  for (size_t i = 1; ok && i < length; i++) {
    if (partial[i] != '/') continue;
    partial[i] = '\0';
    ok = make_one(partial);
    partial[i] = '/';
  }
  ok = ok && make_one(partial);
  int reason = errno;
  free(partial);
  if (!ok) {
    message_io_error(messages, NULL, "cannot-make-folder", "%s: %s", path, strerror(reason));
  }
  return ok;
}

/* Files that a text names: only from below the guide's folder, whatever the name and
 * whatever links lie on the way, and no larger than they may be. */
#include "guide/load.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool report_outside(struct messages *messages, const char *target,
                           const struct place *place) {
  message_error(messages, place, "outside-folder",
                "'%.80s' is not below the guide's folder", target);
  return false;
}

/* The real path, when that is below the real folder. */
static bool resolve(struct loading *loading, const char *target, const struct place *place,
                    char **path) {
  if (target[0] == '/' || strncmp(target, "../", 3) == 0 || strstr(target, "/../")) {
    return report_outside(loading->messages, target, place);
  }
  if (strchr(target, ':')) {
    message_error(loading->messages, place, "not-a-file",
                  "'%.80s' is not a file; a guide brings its pictures and data along", target);
    return false;
  }
  const char *joined = arena_printf(loading->arena, "%s/%s", loading->guide->folder, target);
  *path = realpath(joined, NULL);
  if (!*path) {
    message_error(loading->messages, place, "no-file", "%.80s: %s", target, strerror(errno));
    return false;
  }
  return file_is_below(loading->guide->folder, *path) ||
         report_outside(loading->messages, target, place);
}

bool files_check_below(const struct guide *guide, const char *path, struct messages *messages) {
  if (!file_is_below(guide->folder, path)) return report_outside(messages, path, NULL);
  if (!file_is_special(path)) return true;
  message_error(messages, NULL, "no-file", "%.80s: not a regular file", path);
  return false;
}

static bool read_bytes(int file, unsigned char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = read(file, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    length -= (size_t)count;
  }
  return true;
}

static const unsigned char *read_file(struct loading *loading, const char *path, const char *target,
                                      enum limit limit, const struct place *place, size_t *length) {
  const unsigned char *read = NULL;
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 || fstat(file, &status) != 0) {
    message_io_error(loading->messages, place, "cannot-read", "%.80s: %s", target, strerror(errno));
  } else if (!S_ISREG(status.st_mode)) {
    message_error(loading->messages, place, "no-file", "%.80s: not a regular file", target);
  } else if ((unsigned long long)status.st_size > limit_of(limit)) {
    limit_report(loading->messages, place, limit, target);
  } else {
    *length = (size_t)status.st_size;
    unsigned char *bytes = arena_alloc(loading->arena, *length + 1);
    if (read_bytes(file, bytes, *length)) read = bytes;
    else {
      message_io_error(loading->messages, place, "cannot-read", "%.80s: it ended early", target);
    }
  }
  if (file >= 0) close(file);
  return read;
}

const unsigned char *files_below(struct loading *loading, const char *target, enum limit limit,
                                 const struct place *place, size_t *length) {
  char *path = NULL;
  const unsigned char *bytes = NULL;
  if (resolve(loading, target, place, &path)) {
    bytes = read_file(loading, path, target, limit, place, length);
  }
  if (bytes) {
    hash_add(loading->hash, bytes, *length);
    hash_add(loading->hash, length, sizeof *length);
  }
  free(path);
  return bytes;
}

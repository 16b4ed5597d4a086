/* Files that are put in place: where the folder can be written to but not read; over others. */
#include "check.h"

#include "base/file.h"
#include "base/message.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_unreadable_folder(void) {
  char folder[] = "/tmp/file.XXXXXX", path[sizeof folder + 8];
  struct messages *messages = messages_new(stderr, MESSAGES_SHORT, false);
  CHECK(mkdtemp(folder) && chmod(folder, 0333) == 0);
  snprintf(path, sizeof path, "%s/made", folder);
  bool privileged = geteuid() == 0; /* may read everything */
  if (privileged) CHECK(seteuid(65534) == 0);
  CHECK(file_write(path, "text", 4, messages));
  CHECK(messages_status(messages) == 0);
  if (privileged) CHECK(seteuid(0) == 0);
  struct stat status;
  CHECK(stat(path, &status) == 0 && status.st_size == 4);
  unlink(path);
  rmdir(folder);
  messages_free(messages);
}

/* Both ways to replace a file leave it to whom it was. */
static void check_modes(void) {
  char folder[] = "/tmp/file.XXXXXX", path[sizeof folder + 8], part[sizeof folder + 8];
  struct messages *messages = messages_new(stderr, MESSAGES_SHORT, false);
  struct stat status;
  CHECK(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/made", folder);
  snprintf(part, sizeof part, "%s/part", folder);
  mode_t mask = umask(027);
  CHECK(file_write(path, "new", 3, messages));
  CHECK(stat(path, &status) == 0 && (status.st_mode & 07777) == 0640);
  static const mode_t modes[] = {0600, 0444, 0664};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    CHECK(chmod(path, modes[i]) == 0 && file_write(path, "again", 5, messages));
    CHECK(stat(path, &status) == 0 && (status.st_mode & 07777) == modes[i]);
    CHECK(file_replace(path, part, "again", 5, messages));
    CHECK(stat(path, &status) == 0 && (status.st_mode & 07777) == modes[i]);
  }
  unlink(path);
  CHECK(file_replace(path, part, "new", 3, messages));
  CHECK(stat(path, &status) == 0 && (status.st_mode & 07777) == 0640);
  umask(mask);
  unlink(path);
  CHECK(rmdir(folder) == 0);
  messages_free(messages);
}

int main(void) {
  check_modes();
  check_unreadable_folder();
  return check_summary();
}

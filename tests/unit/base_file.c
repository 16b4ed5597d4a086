/* Files that are put in place: where the folder can be written to but not read; over others; where
 * something strange is in the way. */
#include "check.h"

#include "base/file.h"
#include "base/message.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

/* A link, a pipe or a file of old at the name of the part. */
static void check_parts(void) {
  char folder[] = "/tmp/file.XXXXXX", path[sizeof folder + 8], part[sizeof folder + 8],
       other[sizeof folder + 8];
  struct messages *messages = messages_new(stderr, MESSAGES_SHORT, false);
  struct stat status;
  CHECK(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/made", folder);
  snprintf(part, sizeof part, "%s/part", folder);
  snprintf(other, sizeof other, "%s/other", folder);
  CHECK(file_write(other, "theirs", 6, messages));
  CHECK(symlink(other, part) == 0 && file_replace(path, part, "ours", 4, messages));
  CHECK(stat(other, &status) == 0 && status.st_size == 6);
  CHECK(lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 4);
  alarm(10);
  CHECK(mkfifo(part, 0600) == 0 && file_replace(path, part, "ours", 4, messages));
  CHECK(file_write(part, "old", 3, messages) && file_replace(path, part, "ours", 4, messages));
  alarm(0);
  CHECK(stat(path, &status) == 0 && status.st_size == 4);
  unlink(path);
  unlink(other);
  CHECK(rmdir(folder) == 0);
  messages_free(messages);
}

/* A pipe that no one reads is waited for, but no longer than one wants. */
static void check_pipe(void) {
  char folder[] = "/tmp/file.XXXXXX", path[sizeof folder + 8];
  CHECK(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/pipe", folder);
  CHECK(mkfifo(path, 0600) == 0);
  pid_t child = fork();
  if (child == 0) {
    sigset_t before;
    file_hold_signals(&before);
    _exit(file_write(path, "text", 4, messages_new_silent()));
  }
  poll(NULL, 0, 100);
  CHECK(kill(child, SIGTERM) == 0);
  int status = 0;
  pid_t ended = 0;
  for (int i = 0; i < 100 && ended == 0; i++) {
    poll(NULL, 0, 50);
    ended = waitpid(child, &status, WNOHANG);
  }
  CHECK(ended == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  kill(child, SIGKILL);
  unlink(path);
  CHECK(rmdir(folder) == 0);
}

int main(void) {
  check_modes();
  check_parts();
  check_pipe();
  check_unreadable_folder();
  return check_summary();
}

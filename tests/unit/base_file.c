/* Files that are put in place where the folder can be written to but not read. */
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

int main(void) {
  check_unreadable_folder();
  return check_summary();
}

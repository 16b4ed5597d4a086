/* What code of a stranger would try if it came to run in the middle of a build. Loaded before
 * the C library; when the program puts its first file in place, or at its end (INTRUDER_WAITS),
 * it tries each thing once and says on standard error how that went: "NAME allowed", or "NAME" and
 * the error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *name, bool allowed) {
  const char *how = allowed ? "allowed" : strerrorname_np(errno);
  char line[80];
  int length = snprintf(line, sizeof line, "%s %s\n", name, how);
  if (write(STDERR_FILENO, line, (size_t)length) < 0) _exit(70);
}

static void try_open(const char *name, const char *variable, int flags) {
  const char *path = getenv(variable);
  int file = path ? open(path, flags, 0600) : -1;
  tell(name, file >= 0);
  if (file >= 0) close(file);
}

static void try_all(void) {
  static char *nothing[] = {NULL};
  try_open("read-outside", "INTRUDER_OUTSIDE", O_RDONLY);
  try_open("write-outside", "INTRUDER_OUTSIDE", O_WRONLY);
  try_open("make-outside", "INTRUDER_NEW", O_WRONLY | O_CREAT);
  try_open("write-assets", "INTRUDER_ASSET", O_WRONLY);
  try_open("list-root", "INTRUDER_ROOT", O_RDONLY | O_DIRECTORY);
  try_open("read-assets", "INTRUDER_ASSET", O_RDONLY);
  try_open("make-inside", "INTRUDER_INSIDE", O_WRONLY | O_CREAT);
  execve("/no/such/program", nothing, nothing);
  tell("exec", errno == ENOENT);
  pid_t child = fork();
  if (child == 0) _exit(0);
  tell("fork", child > 0);
  if (child > 0) waitpid(child, NULL, 0);
  tell("socket-inet", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  tell("socket-unix", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  struct sockaddr address = {.sa_family = AF_INET};
  tell("connect", connect(-1, &address, sizeof address) == 0 || errno == EBADF);
  tell("new-code", mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                       MAP_FAILED);
  tell("signal", kill(getppid(), 0) == 0);
  tell("signal-by-file", fcntl(STDERR_FILENO, F_SETOWN, getppid()) == 0);
  tell("ptrace", ptrace(PTRACE_DETACH, getppid(), NULL, NULL) == 0 || errno == ESRCH);
  tell("io-uring", syscall(SYS_io_uring_setup, 0, NULL) == 0 || errno == EINVAL ||
                       errno == EFAULT);
}

/* What a sandbox begins with. */
int prctl(int option, ...) {
  va_list arguments;
  unsigned long words[4];
  va_start(arguments, option);
  for (size_t i = 0; i < 4; i++) words[i] = va_arg(arguments, unsigned long);
  va_end(arguments);
  if (!getenv("INTRUDER_REFUSES"))
    return (int)syscall(SYS_prctl, option, words[0], words[1], words[2], words[3]);
  errno = EPERM;
  return -1;
}

static void try_once(void) {
  static bool tried;
  if (!tried) try_all();
  tried = true;
}

__attribute__((destructor)) static void end(void) {
  if (getenv("INTRUDER_WAITS")) try_once();
}

int rename(const char *from, const char *to) {
  try_once();
  return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

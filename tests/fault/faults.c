/* Makes one call fail: preloaded into the program (LD_PRELOAD) by tests/fault/check.
 *
 *   FAULT_COUNTS=FILE        counts the calls of all processes together, in rows of the file
 *   FAULT=write:3:ENOSPC     the third write of all fails with that errno (a number)
 *   FAULT=write:3:short      it writes half of what it should
 *   FAULT=any:90:SIGTERM     that signal (a number) comes before the 90th of all these calls
 *   FAULT=memory:7:12        the seventh allocation fails, in the program or in a library
 *   FAULT=memory:each:100:7  every hundredth allocation fails, those whose numbers leave 7, each in
 *                            a process of its own, forked there: it must end with status 5; what
 *                            else it does goes to FAULT_LOG
 *
 * Allocations are seen where the program hands them on to the C library (src/cli/memory.c). */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- counters ------------------------------------------------------------------------------ */

#define CALLS(X)                                                                                   \
  X(any) X(memory) X(open) X(fopen) X(mkstemp) X(mkdir) X(opendir) X(readdir) X(read) X(mmap)      \
  X(write) X(fwrite) X(fflush) X(fsync) X(fdatasync) X(syncfs) X(fchmod) X(ftruncate) X(close)     \
  X(fclose) X(rename) X(unlink) X(rmdir) X(fork) X(socketpair) X(send) X(recv) X(poll) X(waitpid)

#define ROW(name) CALL_##name,
enum call { CALLS(ROW) CALL_COUNT };
#define NAME(name) #name,
static const char *const names[CALL_COUNT] = {CALLS(NAME)};

struct row {
  char name[24];
  _Atomic uint64_t count;
};

static struct row alone[CALL_COUNT], *rows = alone;

static struct fault {
  enum call call;
  uint64_t number, stride; /* stride: at each so many, in a process of its own; number: the rest */
  int error, signal;
  bool is_short;
} fault = {.call = CALL_COUNT};

static bool chosen; /* in the process where the fault happens */

static enum call find_call(const char *name, size_t length) {
  for (enum call call = 0; call < CALL_COUNT; call++)
    if (strlen(names[call]) == length && strncmp(names[call], name, length) == 0) return call;
  return CALL_COUNT;
}

static void read_fault(const char *text) {
  const char *colon = strchr(text, ':');
  fault.call = find_call(text, (size_t)(colon - text));
  const char *what = strchr(colon + 1, ':') + 1;
  bool each = strncmp(colon + 1, "each", 4) == 0;
  if (each) fault.stride = strtoull(what, NULL, 10);
  fault.number = strtoull(each ? strchr(what, ':') + 1 : colon + 1, NULL, 10);
  fault.error = fault.stride ? ENOMEM : atoi(what);
  fault.is_short = strcmp(what, "short") == 0;
  if (strncmp(what, "SIG", 3) == 0) fault.signal = atoi(what + 3);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *counts = getenv("FAULT_COUNTS"), *text = getenv("FAULT");
  if (counts) {
    int file = REAL(open)(counts, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || REAL(ftruncate)(file, sizeof alone) != 0) _exit(99);
    rows = REAL(mmap)(NULL, sizeof alone, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    REAL(close)(file);
  }
  for (enum call call = 0; call < CALL_COUNT; call++)
    strncpy(rows[call].name, names[call], sizeof rows[call].name - 1);
  if (text) read_fault(text);
}

/* For a process that counts what it reaches, at its end (tests/coverage/exit.c). */
void no_more_faults(void);
void no_more_faults(void) { fault.call = CALL_COUNT; }

/* --- whether this is the call that fails ---------------------------------------------------- */

static bool is_chosen(enum call call) {
  uint64_t number = atomic_fetch_add(&rows[call].count, 1) + 1;
  uint64_t any = atomic_fetch_add(&rows[CALL_any].count, 1) + 1;
  if (fault.call != call && fault.call != CALL_any) return false;
  return fault.number == (fault.call == CALL_any ? any : number);
}

static bool fails(enum call call) {
  if (!is_chosen(call)) return false;
  if (fault.signal) raise(fault.signal);
  if (fault.signal || fault.is_short) return false;
  errno = fault.error;
  return true;
}

/* --- memory --------------------------------------------------------------------------------- */

static void log_child(uint64_t number, int status) {
  char line[96];
  const char *path = getenv("FAULT_LOG");
  if (!path) return;
  int file = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int length = snprintf(line, sizeof line, "allocation %llu: %s %d\n", (unsigned long long)number,
                        WIFSIGNALED(status) ? "signal" : "status",
                        WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
  if (REAL(write)(file, line, (size_t)length) < 0) _exit(99);
  REAL(close)(file);
}

/* A process that goes on without this allocation; true in it. */
static bool fork_without(uint64_t number) {
  int status = 0;
  pid_t child = REAL(fork)();
  if (child == 0) {
    chosen = true;
    alarm(60); /* it hangs */
    return true;
  }
  while (child > 0 && REAL(waitpid)(child, &status, 0) < 0 && errno == EINTR) continue;
  if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 5) log_child(number, status);
  return false;
}

static bool memory_fails(void) {
  if (chosen) return false;
  uint64_t number = atomic_fetch_add(&rows[CALL_memory].count, 1) + 1;
  if (fault.call != CALL_memory) return false;
  int error = errno;
  bool lost = fault.stride ? number % fault.stride == fault.number && fork_without(number)
                           : number == fault.number;
  errno = lost ? ENOMEM : error;
  return lost;
}

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *__libc_malloc(size_t size) {
  static void *(*real)(size_t);
  if (!real) real = REAL(__libc_malloc);
  return memory_fails() ? NULL : real(size);
}
void *__libc_calloc(size_t count, size_t size) {
  static void *(*real)(size_t, size_t);
  if (!real) real = REAL(__libc_calloc);
  return memory_fails() ? NULL : real(count, size);
}
void *__libc_realloc(void *block, size_t size) {
  static void *(*real)(void *, size_t);
  if (!real) real = REAL(__libc_realloc);
  return size && memory_fails() ? NULL : real(block, size);
}
void *__libc_memalign(size_t alignment, size_t size) {
  static void *(*real)(size_t, size_t);
  if (!real) real = REAL(__libc_memalign);
  return memory_fails() ? NULL : real(alignment, size);
}

/* --- files ------------------------------------------------------------------------------------ */

static mode_t mode_of(int flags, va_list arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
  int name(const char *path, int flags, ...) {                                                     \
    va_list arguments;                                                                             \
    va_start(arguments, flags);                                                                    \
    mode_t mode = mode_of(flags, arguments);                                                       \
    va_end(arguments);                                                                             \
    return fails(CALL_open) ? -1 : REAL(name)(path, flags, mode);                                  \
  }
OPEN(open)
OPEN(open64)

int openat(int folder, const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return fails(CALL_open) ? -1 : REAL(openat)(folder, path, flags, mode);
}

/* name, what it gives, what it gives when it fails, parameters, arguments */
#define WRAP(name, call, type, failure, parameters, arguments)                                     \
  type name parameters { return fails(CALL_##call) ? failure : REAL(name) arguments; }

WRAP(fopen, fopen, FILE *, NULL, (const char *path, const char *mode), (path, mode))
WRAP(fopen64, fopen, FILE *, NULL, (const char *path, const char *mode), (path, mode))
WRAP(mkstemp, mkstemp, int, -1, (char *path), (path))
WRAP(mkstemp64, mkstemp, int, -1, (char *path), (path))
WRAP(mkdir, mkdir, int, -1, (const char *path, mode_t mode), (path, mode))
WRAP(mkdirat, mkdir, int, -1, (int folder, const char *path, mode_t mode), (folder, path, mode))
WRAP(opendir, opendir, DIR *, NULL, (const char *path), (path))
WRAP(fdopendir, opendir, DIR *, NULL, (int file), (file))
WRAP(readdir, readdir, struct dirent *, NULL, (DIR * folder), (folder))
WRAP(readdir64, readdir, struct dirent64 *, NULL, (DIR * folder), (folder))
WRAP(read, read, ssize_t, -1, (int file, void *bytes, size_t length), (file, bytes, length))
WRAP(mmap, mmap, void *, MAP_FAILED,
     (void *at, size_t length, int protection, int flags, int file, off_t offset),
     (at, length, protection, flags, file, offset))
WRAP(mmap64, mmap, void *, MAP_FAILED,
     (void *at, size_t length, int protection, int flags, int file, off64_t offset),
     (at, length, protection, flags, file, offset))
WRAP(fwrite, fwrite, size_t, 0, (const void *bytes, size_t size, size_t count, FILE *stream),
     (bytes, size, count, stream))
WRAP(fflush, fflush, int, EOF, (FILE * stream), (stream))
WRAP(fsync, fsync, int, -1, (int file), (file))
WRAP(fdatasync, fdatasync, int, -1, (int file), (file))
WRAP(syncfs, syncfs, int, -1, (int file), (file))
WRAP(fchmod, fchmod, int, -1, (int file, mode_t mode), (file, mode))
WRAP(ftruncate, ftruncate, int, -1, (int file, off_t length), (file, length))
WRAP(rename, rename, int, -1, (const char *from, const char *to), (from, to))
WRAP(renameat, rename, int, -1, (int a, const char *from, int b, const char *to), (a, from, b, to))
WRAP(unlink, unlink, int, -1, (const char *path), (path))
WRAP(unlinkat, unlink, int, -1, (int folder, const char *path, int flags), (folder, path, flags))
WRAP(rmdir, rmdir, int, -1, (const char *path), (path))
WRAP(fork, fork, pid_t, -1, (void), ())
WRAP(socketpair, socketpair, int, -1, (int domain, int type, int protocol, int pair[2]),
     (domain, type, protocol, pair))
WRAP(poll, poll, int, -1, (struct pollfd * polled, nfds_t count, int timeout),
     (polled, count, timeout))
WRAP(waitpid, waitpid, pid_t, -1, (pid_t pid, int *status, int options), (pid, status, options))
WRAP(recv, recv, ssize_t, -1, (int file, void *bytes, size_t length, int flags),
     (file, bytes, length, flags))

/* These may do a part of it. */
static size_t part_of(size_t length, bool half) {
  return half && length > 1 ? length / 2 : length;
}

ssize_t write(int file, const void *bytes, size_t length) {
  uint64_t before = atomic_load(&rows[CALL_write].count);
  bool half = fault.is_short && fault.call == CALL_write && before + 1 == fault.number;
  return fails(CALL_write) ? -1 : REAL(write)(file, bytes, part_of(length, half));
}
ssize_t send(int file, const void *bytes, size_t length, int flags) {
  uint64_t before = atomic_load(&rows[CALL_send].count);
  bool half = fault.is_short && fault.call == CALL_send && before + 1 == fault.number;
  return fails(CALL_send) ? -1 : REAL(send)(file, bytes, part_of(length, half), flags);
}

/* What is closed is closed, also where that is said to have failed. */
int close(int file) {
  bool failed = fails(CALL_close);
  int error = errno, done = REAL(close)(file);
  if (!failed) return done;
  errno = error;
  return -1;
}
int fclose(FILE *stream) {
  bool failed = fails(CALL_fclose);
  int error = errno, done = REAL(fclose)(stream);
  if (!failed) return done;
  errno = error;
  return EOF;
}

/* Both are asked for by number, since the C library has no words for them and the kernel's
 * headers may be older than the kernel. The list of system calls says what is allowed; what is
 * not on it fails with EPERM, as if there were no right to it. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include "base/arena.h"
#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct sandbox {
  int rules; /* Landlock's; -1: there are none */
};

/* --- files: Landlock -------------------------------------------------------------------- */

/* Renaming from one folder to another can be allowed from the second version on. */
#define OLDEST_LANDLOCK 2

#define TRUNCATE   (UINT64_C(1) << 14) /* version 3 */
#define DEVICE     (UINT64_C(1) << 15) /* version 5 */
#define FIRST_FEW  ((UINT64_C(1) << 14) - 1)
#define NETWORK    UINT64_C(3) /* bind and connect; version 4 */
#define OTHERS     UINT64_C(3) /* abstract sockets and signals; version 6 */
#define OF_A_FILE                                                                                  \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |     \
   TRUNCATE | DEVICE)

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING                                                                                    \
  (READING | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |                         \
   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REFER | TRUNCATE)

/* As newer kernels have it; an older one takes what is zero beyond its own size. */
struct handled {
  uint64_t files, network, others;
};

static long landlock_version(void) {
  return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static uint64_t handled_files(long version) {
  return FIRST_FEW | (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? DEVICE : 0);
}

static int new_rules(void) {
  long version = landlock_version();
  if (version < OLDEST_LANDLOCK) return -1;
  struct handled handled = {.files = handled_files(version),
                            .network = version >= 4 ? NETWORK : 0,
                            .others = version >= 6 ? OTHERS : 0};
  return (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
}

static void allow(const struct sandbox *sandbox, const char *path, uint64_t access) {
  struct stat status;
  struct landlock_path_beneath_attr rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
  if (rule.parent_fd < 0) return;
  bool folder = fstat(rule.parent_fd, &status) == 0 && S_ISDIR(status.st_mode);
  rule.allowed_access = access & handled_files(landlock_version()) & (folder ? UINT64_MAX : OF_A_FILE);
  /* a pipe has no place among the files, and is never forbidden */
  syscall(SYS_landlock_add_rule, sandbox->rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(rule.parent_fd);
}

void sandbox_may_read(struct sandbox *sandbox, const char *path) {
  if (sandbox->rules >= 0) allow(sandbox, path, READING);
}

void sandbox_may_write(struct sandbox *sandbox, const char *path) {
  if (sandbox->rules >= 0) allow(sandbox, path, WRITING);
}

/* --- all else: seccomp -------------------------------------------------------------------- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

static const int allowed[] = {
    /* memory and time */
    SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_clock_gettime, SYS_gettimeofday,
    SYS_clock_nanosleep, SYS_nanosleep, SYS_getrandom, SYS_sysinfo, SYS_sched_yield,
    /* files: which of them is Landlock's */
    SYS_read, SYS_readv, SYS_pread64, SYS_write, SYS_writev, SYS_lseek, SYS_close, SYS_openat,
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_faccessat2, SYS_readlinkat,
    SYS_getdents64, SYS_getcwd, SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_fchmod,
    SYS_umask, SYS_renameat, SYS_renameat2, SYS_unlinkat, SYS_mkdirat,
#ifdef __x86_64__
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_rename, SYS_unlink, SYS_rmdir,
    SYS_mkdir, SYS_time, SYS_poll,
#endif
    /* the socket and the watch that there are; new ones cannot be made */
    SYS_recvfrom, SYS_sendto, SYS_shutdown, SYS_ppoll, SYS_inotify_add_watch,
    /* the process itself */
    SYS_getpid, SYS_gettid, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
    SYS_sigaltstack, SYS_restart_syscall, SYS_setitimer, SYS_exit, SYS_exit_group};

/* Allowed where `mask` of an argument is `value`. */
struct conditional {
  int number, argument;
  uint32_t mask, value;
};

#define ALLOWED     (sizeof allowed / sizeof *allowed)
#define CONDITIONAL 5
#define STEPS       (3 + ALLOWED + 4 * CONDITIONAL + 2)

#define LOAD(what)         ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what))
#define JUMP(value, yes, no)                                                                       \
  ((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), (uint8_t)(yes),      \
                                (uint8_t)(no)))
#define ANSWER(what) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what))
#define FIELD(name)  ((uint32_t)offsetof(struct seccomp_data, name))

/* A filter is a program; jumps are counted forward from the next step. Its last two steps are
 * the two answers. The lower half of an argument comes first: both machines are little-endian. */
static size_t write_filter(struct sock_filter *steps) {
  const struct conditional conditions[CONDITIONAL] = {
      {SYS_mmap, 2, PROT_EXEC, 0},
      {SYS_mprotect, 2, PROT_EXEC, 0},
      {SYS_ioctl, 1, UINT32_MAX, TCGETS},              /* is it a terminal? */
      {SYS_fcntl, 1, ~(uint32_t)F_SETLKW, 0},          /* flags and locks; no owner, no signal */
      {SYS_tgkill, 0, UINT32_MAX, (uint32_t)getpid()}, /* abort */
  };
  const size_t refuse = STEPS - 2, accept = STEPS - 1;
  size_t n = 0;
  steps[n++] = LOAD(FIELD(arch));
  steps[n] = JUMP(ARCHITECTURE, 0, refuse - n - 1), n++;
  steps[n++] = LOAD(FIELD(nr));
  for (size_t i = 0; i < ALLOWED; i++, n++) steps[n] = JUMP(allowed[i], accept - n - 1, 0);
  for (size_t i = 0; i < CONDITIONAL; i++) {
    const struct conditional *c = &conditions[i];
    steps[n++] = JUMP(c->number, 0, 3);
    steps[n++] = LOAD(FIELD(args) + (uint32_t)c->argument * (uint32_t)sizeof(uint64_t));
    steps[n++] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, c->mask);
    steps[n] = JUMP(c->value, accept - n - 1, refuse - n - 1), n++;
  }
  steps[n++] = ANSWER(SECCOMP_RET_ERRNO | EPERM);
  steps[n++] = ANSWER(SECCOMP_RET_ALLOW);
  return n;
}

static bool has_filters(void) {
  uint32_t action = SECCOMP_RET_ERRNO;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* Speculation is left as it is: no code of a stranger runs here. */
static bool enter_filter(void) {
  struct sock_filter steps[STEPS];
  struct sock_fprog program = {.len = (unsigned short)write_filter(steps), .filter = steps};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0;
}

#else
static bool has_filters(void) {
  return false;
}
static bool enter_filter(void) {
  return false;
}
#endif

/* --- the door ---------------------------------------------------------------------------------- */

static bool is_set_to(const char *value) {
  const char *set = getenv("HANDOUT_SANDBOX");
  return set && strcmp(set, value) == 0;
}

static bool is_required(void) {
  return is_set_to("required");
}

static bool is_wanted(void) {
#ifdef __SANITIZE_ADDRESS__
  return is_required();
#else
  return !is_set_to("off");
#endif
}

struct sandbox *sandbox_new(struct messages *messages) {
  struct sandbox *sandbox = memory_alloc(sizeof *sandbox);
  sandbox->rules = is_wanted() ? new_rules() : -1;
  if (!is_required() || (sandbox->rules >= 0 && has_filters())) return sandbox;
  message_io_error(messages, NULL, "no-sandbox", "this system has no %s for a sandbox",
                   sandbox->rules < 0 ? "Landlock" : "seccomp");
  message_hint(messages, "HANDOUT_SANDBOX=required asks for it");
  sandbox_free(sandbox);
  return NULL;
}

void sandbox_free(struct sandbox *sandbox) {
  if (sandbox && sandbox->rules >= 0) close(sandbox->rules);
  free(sandbox);
}

bool sandbox_enter(const struct sandbox *sandbox, struct messages *messages) {
  if (!is_wanted()) return true;
  bool alone = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  bool files = alone && sandbox->rules >= 0 &&
               syscall(SYS_landlock_restrict_self, sandbox->rules, 0) == 0;
  bool calls = alone && enter_filter();
  if ((files && calls) || !is_required()) return true;
  message_io_error(messages, NULL, "no-sandbox", "the sandbox cannot be entered");
  message_hint(messages, "HANDOUT_SANDBOX=required asks for it");
  return false;
}

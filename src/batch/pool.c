/* One record in hand for each worker: when a worker dies, exactly one record is in
 * doubt. Workers ignore SIGINT, which a terminal sends to all, so that the parent can
 * let them finish what they have in hand. */
#include "batch/pool.h"

#include "base/arena.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
  pid_t pid; /* 0: not started, or gone */
  int socket;
  bool busy;
  uint64_t record;
  int64_t deadline;     /* milliseconds of the monotonic clock */
  struct buffer answer; /* as much of it as has come */
};

struct pool {
  struct worker *workers;
  unsigned count;
  unsigned seconds;
  pool_work *work;
  void *context;
  struct pollfd *polled;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct pool *pool_new(unsigned workers, unsigned seconds, pool_work *work, void *context) {
  struct pool *pool = memory_alloc(sizeof *pool);
  pool->workers = memory_alloc(workers * sizeof *pool->workers);
  pool->polled = memory_alloc(workers * sizeof *pool->polled);
  pool->count = workers;
  pool->seconds = seconds;
  pool->work = work;
  pool->context = context;
  return pool;
}

/* --- a worker's start and end ------------------------------------------------ */

static _Noreturn void worker_run(struct pool *pool, int socket) {
  for (unsigned i = 0; i < pool->count; i++) {
    if (pool->workers[i].pid) close(pool->workers[i].socket);
  }
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  pool->work(socket, pool->context);
  _exit(0);
}

/* Files that the parent opens meanwhile: records, the journal's. */
#define SPARE_FILES 8

/* False and errno where there are not enough processes or files for one more. */
static bool worker_start(struct pool *pool, struct worker *worker) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return false;
  bool room = pair[1] + SPARE_FILES < sysconf(_SC_OPEN_MAX);
  errno = EMFILE;
  pid_t pid = room ? fork() : -1;
  if (pid == 0) {
    close(pair[0]);
    worker_run(pool, pair[1]);
  }
  close(pair[1]);
  if (pid < 0) {
    close(pair[0]);
    return false;
  }
  *worker = (struct worker){.pid = pid, .socket = pair[0]};
  return true;
}

/* The status as waitpid gives it. */
static int worker_reap(struct worker *worker) {
  int status = 0;
  close(worker->socket);
  while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) continue;
  buffer_finish(&worker->answer);
  *worker = (struct worker){0};
  return status;
}

/* How long an idle worker may take to end (milliseconds). */
#define PATIENCE 2000

static void worker_dismiss(struct worker *worker) {
  struct pollfd gone = {.fd = worker->socket, .events = POLLIN};
  shutdown(worker->socket, SHUT_WR);
  if (worker->busy || poll(&gone, 1, PATIENCE) <= 0) kill(worker->pid, SIGKILL);
  worker_reap(worker);
}

void pool_free(struct pool *pool) {
  if (!pool) return;
  for (unsigned i = 0; i < pool->count; i++) {
    if (pool->workers[i].pid) worker_dismiss(&pool->workers[i]);
  }
  free(pool->workers);
  free(pool->polled);
  free(pool);
}

/* --- the sockets --------------------------------------------------------------- */

static bool send_all(int socket, const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t count = send(socket, at, length, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    length -= (size_t)count;
  }
  return true;
}

static bool receive_all(int socket, void *bytes, size_t length) {
  char *at = bytes;
  while (length > 0) {
    ssize_t count = recv(socket, at, length, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    length -= (size_t)count;
  }
  return true;
}

bool pool_receive(int socket, struct task *task) {
  return receive_all(socket, task, sizeof *task);
}

bool pool_answer(int socket, const struct result *result, const char *text) {
  return send_all(socket, result, sizeof *result) && send_all(socket, text, result->text_length);
}

/* --- handing out ----------------------------------------------------------------- */

/* One that runs before one that is to be started. */
static struct worker *find_idle(const struct pool *pool) {
  struct worker *idle = NULL;
  for (unsigned i = 0; i < pool->count; i++) {
    struct worker *worker = &pool->workers[i];
    if (!worker->busy && (worker->pid || !idle)) idle = worker;
    if (idle && idle->pid) break;
  }
  return idle;
}

bool pool_has_idle(const struct pool *pool) {
  return find_idle(pool) != NULL;
}

unsigned pool_busy(const struct pool *pool) {
  unsigned busy = 0;
  for (unsigned i = 0; i < pool->count; i++) busy += pool->workers[i].busy;
  return busy;
}

bool pool_send(struct pool *pool, const struct task *task, struct messages *messages) {
  struct worker *worker = find_idle(pool);
  /* an idle worker may have been killed from outside: then once more with a new one */
  for (int tries = 0; tries < 2; tries++) {
    if (!worker->pid && !worker_start(pool, worker)) break;
    if (send_all(worker->socket, task, sizeof *task)) {
      worker->busy = true;
      worker->record = task->record;
      buffer_clear(&worker->answer);
      worker->deadline = now() + (int64_t)pool->seconds * 1000;
      return true;
    }
    worker_reap(worker);
  }
  if (!pool_busy(pool))
    message_io_error(messages, NULL, "cannot-fork", "no worker can be started: %s",
                     strerror(errno));
  return false;
}

/* --- waiting ---------------------------------------------------------------------- */

static void worker_failed(struct worker *worker, enum pool_event_kind kind,
                          struct pool_event *event) {
  event->kind = kind;
  event->record = worker->record;
  kill(worker->pid, SIGKILL); /* one that has closed its socket may hold on */
  int status = worker_reap(worker);
  event->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  event->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

/* Takes what has come and waits for no more: a worker may stop in the middle of its answer. False
 * where it is gone. */
static bool worker_listen(struct worker *worker) {
  char chunk[16384];
  ssize_t count = recv(worker->socket, chunk, sizeof chunk, MSG_DONTWAIT);
  if (count > 0) buffer_append(&worker->answer, chunk, (size_t)count);
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

/* Whether the answer is whole; then it is the event. */
static bool worker_answered(struct worker *worker, struct pool_event *event) {
  struct result result;
  const struct buffer *answer = &worker->answer;
  if (answer->length < sizeof result) return false;
  memcpy(&result, answer->data, sizeof result);
  if (answer->length - sizeof result < result.text_length) return false;
  event->kind = result.record ? POOL_RESULT : POOL_UNABLE;
  event->record = worker->record;
  event->result = result;
  event->text = answer->data + sizeof result;
  worker->busy = false;
  return true;
}

/* What has happened to a worker at work; false where nothing has. */
static bool worker_look(struct worker *worker, bool came, struct pool_event *event) {
  if (came && !worker_listen(worker)) worker_failed(worker, POOL_CRASHED, event);
  else if (came && worker_answered(worker, event)) return true;
  else if (now() >= worker->deadline) worker_failed(worker, POOL_TOO_SLOW, event);
  else return false;
  return true;
}

/* The parent looks up at least this often: for a signal, for its progress line. */
#define LOOK_UP 250

/* Fills `polled` with the busy workers' sockets, in their order (no more than there may be
 * files); how many milliseconds to wait. */
static int prepare_poll(struct pool *pool, nfds_t *count) {
  int64_t first = now() + LOOK_UP;
  for (unsigned i = 0; i < pool->count; i++) {
    const struct worker *worker = &pool->workers[i];
    if (!worker->busy) continue;
    pool->polled[(*count)++] = (struct pollfd){.fd = worker->socket, .events = POLLIN};
    if (worker->deadline < first) first = worker->deadline;
  }
  int64_t left = first - now();
  return left < 0 ? 0 : (int)left;
}

/* A poll that was so late (milliseconds) was stopped, and its workers with it: that time is not
 * theirs. */
#define LATE 500

static void give_time(struct pool *pool, int64_t late) {
  for (unsigned i = 0; late > LATE && i < pool->count; i++) pool->workers[i].deadline += late;
}

void pool_wait(struct pool *pool, struct pool_event *event) {
  *event = (struct pool_event){.kind = POOL_NOTHING};
  if (!pool_busy(pool)) return;
  nfds_t count = 0;
  int timeout = prepare_poll(pool, &count);
  int64_t started = now();
  int found = poll(pool->polled, count, timeout);
  give_time(pool, now() - started - timeout);
  if (found < 0) return;
  const struct pollfd *polled = pool->polled;
  for (unsigned i = 0; i < pool->count; i++) {
    struct worker *worker = &pool->workers[i];
    if (worker->busy && worker_look(worker, (polled++)->revents, event)) return;
  }
}

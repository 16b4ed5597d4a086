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
  int64_t deadline; /* milliseconds of the monotonic clock */
};

struct pool {
  struct worker *workers;
  unsigned count;
  unsigned seconds;
  pool_work *work;
  void *context;
  struct buffer text;
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

static bool worker_start(struct pool *pool, struct worker *worker) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return false;
  pid_t pid = fork();
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
  *worker = (struct worker){0};
  return status;
}

void pool_free(struct pool *pool) {
  if (!pool) return;
  for (unsigned i = 0; i < pool->count; i++) {
    struct worker *worker = &pool->workers[i];
    if (!worker->pid) continue;
    if (worker->busy) kill(worker->pid, SIGKILL);
    shutdown(worker->socket, SHUT_WR);
    worker_reap(worker);
  }
  buffer_finish(&pool->text);
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

bool pool_receive(int socket, uint64_t *record) {
  return receive_all(socket, record, sizeof *record);
}

bool pool_answer(int socket, const struct result *result, const char *text) {
  return send_all(socket, result, sizeof *result) && send_all(socket, text, result->text_length);
}

/* --- handing out ----------------------------------------------------------------- */

static struct worker *find_idle(const struct pool *pool) {
  for (unsigned i = 0; i < pool->count; i++) {
    if (!pool->workers[i].busy) return &pool->workers[i];
  }
  return NULL;
}

bool pool_has_idle(const struct pool *pool) {
  return find_idle(pool) != NULL;
}

unsigned pool_busy(const struct pool *pool) {
  unsigned busy = 0;
  for (unsigned i = 0; i < pool->count; i++) busy += pool->workers[i].busy;
  return busy;
}

bool pool_send(struct pool *pool, uint64_t record, struct messages *messages) {
  struct worker *worker = find_idle(pool);
  /* an idle worker may have been killed from outside: then once more with a new one */
  for (int tries = 0; tries < 2; tries++) {
    if (!worker->pid && !worker_start(pool, worker)) break;
    if (send_all(worker->socket, &record, sizeof record)) {
      worker->busy = true;
      worker->record = record;
      worker->deadline = now() + (int64_t)pool->seconds * 1000;
      return true;
    }
    worker_reap(worker);
  }
  message_io_error(messages, NULL, "cannot-fork", "no worker can be started: %s", strerror(errno));
  return false;
}

/* --- waiting ---------------------------------------------------------------------- */

static void worker_failed(struct worker *worker, enum pool_event_kind kind,
                          struct pool_event *event) {
  event->kind = kind;
  event->record = worker->record;
  if (kind == POOL_TOO_SLOW) kill(worker->pid, SIGKILL);
  int status = worker_reap(worker);
  event->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  event->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

static void worker_answered(struct pool *pool, struct worker *worker, struct pool_event *event) {
  struct result *result = &event->result;
  bool whole = receive_all(worker->socket, result, sizeof *result);
  buffer_clear(&pool->text);
  char chunk[4096];
  for (size_t left = whole ? result->text_length : 0; whole && left > 0;) {
    size_t part = left < sizeof chunk ? left : sizeof chunk;
    whole = receive_all(worker->socket, chunk, part);
    buffer_append(&pool->text, chunk, part);
    left -= part;
  }
  if (!whole) {
    worker_failed(worker, POOL_CRASHED, event);
    return;
  }
  event->kind = POOL_RESULT;
  event->record = worker->record;
  event->text = pool->text.data ? pool->text.data : "";
  worker->busy = false;
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

void pool_wait(struct pool *pool, struct pool_event *event) {
  *event = (struct pool_event){.kind = POOL_NOTHING};
  if (!pool_busy(pool)) return;
  nfds_t count = 0;
  int timeout = prepare_poll(pool, &count);
  if (poll(pool->polled, count, timeout) < 0) return;
  int64_t time = now();
  const struct pollfd *polled = pool->polled;
  for (unsigned i = 0; i < pool->count; i++) {
    struct worker *worker = &pool->workers[i];
    if (!worker->busy) continue;
    if ((polled++)->revents) {
      worker_answered(pool, worker, event);
      return;
    }
    if (time >= worker->deadline) {
      worker_failed(worker, POOL_TOO_SLOW, event);
      return;
    }
  }
}

/* Workers that answer, crash, hang, stop, and cannot begin: each costs its one record at most. */
#include "check.h"

#include "base/message.h"
#include "batch/pool.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CRASHES 3
#define EXITS   5
#define HANGS   7
#define HALVES  8 /* stops in the middle of its answer */
#define CLOSES  9 /* is gone from its socket, but not gone */
#define STOPS   1000
#define UNABLE  1001

static void work(int socket, void *context) {
  struct task task;
  while (pool_receive(socket, &task)) {
    uint64_t record = task.record;
    if (record == CRASHES) raise(SIGKILL);
    if (record == EXITS) _exit(9);
    if (record == HANGS) pause();
    struct result result = {.record = record, .done = true, .text_length = 2};
    if (record == HALVES) {
      CHECK(send(socket, &result, sizeof result, 0) == sizeof result);
      raise(SIGSTOP);
    }
    if (record == CLOSES) {
      close(socket);
      pause();
    }
    if (record == UNABLE) result.record = 0;
    if (!pool_answer(socket, &result, context)) return;
    if (record == STOPS) raise(SIGSTOP);
  }
}

static bool hand_out(struct pool *pool, uint64_t record, struct messages *messages) {
  struct task task = {.record = record};
  return pool_send(pool, &task, messages);
}

static struct pool_event run_one(struct pool *pool, uint64_t record, struct messages *messages) {
  struct pool_event event = {.kind = POOL_NOTHING};
  CHECK(hand_out(pool, record, messages));
  while (event.kind == POOL_NOTHING) pool_wait(pool, &event);
  CHECK(event.record == record);
  return event;
}

static void test_each_fate(void) {
  struct messages *messages = messages_new_silent();
  struct pool *pool = pool_new(1, 1, work, "ok");
  for (uint64_t record = 1; record <= 11; record++) {
    struct pool_event event = run_one(pool, record, messages);
    if (record == CRASHES) {
      CHECK(event.kind == POOL_CRASHED && event.signal == SIGKILL);
    } else if (record == EXITS) {
      CHECK(event.kind == POOL_CRASHED && event.exit_status == 9);
    } else if (record == HANGS || record == HALVES) {
      CHECK(event.kind == POOL_TOO_SLOW);
    } else if (record == CLOSES) {
      CHECK(event.kind == POOL_CRASHED);
    } else {
      CHECK(event.kind == POOL_RESULT && event.result.done);
      CHECK_TEXT(event.text, "ok");
    }
    CHECK(pool_has_idle(pool) && pool_busy(pool) == 0);
  }
  pool_free(pool);
  messages_free(messages);
}

/* A worker that has stopped when its work was done, and one that cannot begin. */
static void test_idle_and_unable(void) {
  struct messages *messages = messages_new_silent();
  struct pool *pool = pool_new(1, 10, work, "ok");
  struct pool_event event = run_one(pool, UNABLE, messages);
  CHECK(event.kind == POOL_UNABLE);
  CHECK_TEXT(event.text, "ok");
  CHECK(run_one(pool, STOPS, messages).kind == POOL_RESULT);
  pool_free(pool);
  messages_free(messages);
}

static void test_many_workers(void) {
  struct messages *messages = messages_new_silent();
  struct pool *pool = pool_new(3, 10, work, "ok");
  unsigned answers = 0;
  uint64_t sum = 0;
  for (uint64_t record = 10; record < 200;) {
    while (record < 200 && pool_has_idle(pool)) CHECK(hand_out(pool, record++, messages));
    struct pool_event event;
    pool_wait(pool, &event);
    if (event.kind == POOL_RESULT) {
      answers++;
      sum += event.record;
    }
  }
  for (struct pool_event event; pool_busy(pool);) {
    pool_wait(pool, &event);
    if (event.kind != POOL_RESULT) continue;
    answers++;
    sum += event.record;
  }
  CHECK(answers == 190 && sum == 190 * (10 + 199) / 2);
  pool_free(pool);
  messages_free(messages);
}

/* More than files can be open: those that are not at work count for nothing. */
static void test_more_than_files(void) {
  struct messages *messages = messages_new_silent();
  struct rlimit before, few = {.rlim_cur = 32};
  CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
  few.rlim_max = before.rlim_max;
  CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
  struct pool *pool = pool_new(64, 10, work, "ok");
  struct pool_event event = {.kind = POOL_NOTHING};
  CHECK(hand_out(pool, 10, messages));
  for (int i = 0; i < 100 && event.kind == POOL_NOTHING; i++) pool_wait(pool, &event);
  CHECK(event.kind == POOL_RESULT && event.record == 10);
  uint64_t record = 11;
  while (record < 64 && hand_out(pool, record, messages)) record++;
  CHECK(record < 64 && pool_busy(pool) == record - 11 && messages_errors(messages) == 0);
  do pool_wait(pool, &event);
  while (event.kind == POOL_NOTHING);
  CHECK(hand_out(pool, record, messages)); /* the one that is free takes it */
  while (pool_busy(pool)) pool_wait(pool, &event);
  pool_free(pool);
  CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
  messages_free(messages);
}

int main(void) {
  test_each_fate();
  test_idle_and_unable();
  test_many_workers();
  test_more_than_files();
  return check_summary();
}

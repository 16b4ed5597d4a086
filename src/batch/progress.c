/* To standard error, so that standard output stays free. */
#include "batch/progress.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds between two lines. */
#define TERMINAL_PAUSE 200
#define PLAIN_PAUSE    10000

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static uint64_t handled(const struct tally *tally) {
  return tally->done + tally->failed + tally->unchanged;
}

void progress_start(struct progress *progress, bool quiet) {
  *progress = (struct progress){.quiet = quiet, .terminal = isatty(STDERR_FILENO)};
  progress->started = progress->last = now();
}

void progress_hide(struct progress *progress) {
  if (progress->shown) fputs("\r\033[K", stderr);
  progress->shown = false;
}

void progress_show(struct progress *progress, const struct tally *tally) {
  int64_t time = now();
  int64_t pause = progress->terminal ? TERMINAL_PAUSE : PLAIN_PAUSE;
  if (progress->quiet || time - progress->last < pause) return;
  progress->last = time;
  double seconds = (double)(time - progress->started) / 1000;
  double rate = (double)(tally->done + tally->failed) / seconds;
  uint64_t left = tally->total - handled(tally);
  progress_hide(progress);
  fprintf(stderr, "%llu of %llu, %.0f a second, %llu failed", (unsigned long long)handled(tally),
          (unsigned long long)tally->total, rate, (unsigned long long)tally->failed);
  if (rate > 0) fprintf(stderr, ", %.0f s left", (double)left / rate);
  if (progress->terminal) fflush(stderr);
  else fputc('\n', stderr);
  progress->shown = progress->terminal;
}

void progress_failed(struct progress *progress, const char *place, const char *id,
                     const char *reason) {
  size_t at = 0;
  while (at < PROGRESS_LISTED && progress->failures[at]) at++;
  if (at == PROGRESS_LISTED) return;
  struct buffer line = {0};
  buffer_printf(&line, "%s: %s: %s", place, id, reason);
  progress->failures[at] = line.data;
}

/* Failures were told one by one, far apart perhaps: here they stand together. */
static void list_failures(const struct progress *progress, const struct tally *tally) {
  for (size_t i = 0; i < PROGRESS_LISTED && progress->failures[i]; i++)
    fprintf(stderr, "  failed: %s\n", progress->failures[i]);
  if (tally->failed > PROGRESS_LISTED)
    fprintf(stderr, "  and %llu more: the journal has them all\n",
            (unsigned long long)(tally->failed - PROGRESS_LISTED));
}

void progress_finish(struct progress *progress, const struct tally *tally, const char *how) {
  progress_hide(progress);
  double seconds = (double)(now() - progress->started) / 1000;
  if (progress->quiet) return;
  fprintf(stderr, "%s: %llu done, %llu unchanged, %llu failed, of %llu, in %.1f s\n", how,
          (unsigned long long)tally->done, (unsigned long long)tally->unchanged,
          (unsigned long long)tally->failed, (unsigned long long)tally->total, seconds);
  list_failures(progress, tally);
}

void progress_free(struct progress *progress) {
  for (size_t i = 0; i < PROGRESS_LISTED; i++) free(progress->failures[i]);
}

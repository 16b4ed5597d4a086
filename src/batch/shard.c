/* Slurm and Kubernetes tell a task which one it is in their own words: Slurm's arrays
 * may start at any number, a Kubernetes Indexed Job counts from 0. */
#include "batch/shard.h"

#include "base/hash.h"
#include "batch/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool shard_holds(unsigned shard, unsigned count, const char *id, uint64_t row) {
  if (count == 1) return true;
  uint64_t number = id ? hash_quick(id, strlen(id), HASH_QUICK_SEED) : row;
  return number % count == shard - 1;
}

/* A whole number without sign; false where the text is anything else. */
static bool parse_number(const char *text, const char *end, unsigned *number) {
  if (!text || *text < '0' || *text > '9') return false;
  char *stop;
  errno = 0;
  unsigned long value = strtoul(text, &stop, 10);
  if (errno || stop != (end ? end : text + strlen(text)) || value > UINT32_MAX) return false;
  *number = (unsigned)value;
  return true;
}

static bool shard_of_slurm(unsigned *shard, unsigned *count) {
  unsigned task, first;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_ID"), NULL, &task)) return false;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_COUNT"), NULL, count)) return false;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_MIN"), NULL, &first)) first = 0;
  *shard = task - first + 1;
  return true;
}

static bool shard_of_kubernetes(unsigned *shard, unsigned *count) {
  unsigned index;
  if (!parse_number(getenv("JOB_COMPLETION_INDEX"), NULL, &index)) return false;
  if (!parse_number(getenv("JOB_COMPLETIONS"), NULL, count)) return false;
  *shard = index + 1;
  return true;
}

bool batch_parse_shard(const char *text, unsigned *shard, unsigned *count,
                       struct messages *messages) {
  bool known;
  if (strcmp(text, "auto") == 0) {
    known = shard_of_slurm(shard, count) || shard_of_kubernetes(shard, count);
    if (!known) {
      message_usage(messages, "--shard auto: neither a Slurm array nor an Indexed Job is set");
      message_hint(messages, "SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, or "
                             "JOB_COMPLETION_INDEX and JOB_COMPLETIONS, say which shard it is");
      return false;
    }
  } else {
    const char *slash = strchr(text, '/');
    known = slash && parse_number(text, slash, shard) && parse_number(slash + 1, NULL, count);
  }
  if (known && *shard >= 1 && *shard <= *count) return true;
  message_usage(messages, "--shard %s: not of the form K/N with K from 1 to N", text);
  return false;
}

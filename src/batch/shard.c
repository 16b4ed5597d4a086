/* Slurm and Kubernetes tell a task which one it is in their own words: Slurm's arrays
 * may start at any number and take any step, a Kubernetes Indexed Job counts from 0. */
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
  unsigned task, first, step;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_ID"), NULL, &task)) return false;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_COUNT"), NULL, count)) return false;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_MIN"), NULL, &first)) first = 0;
  if (!parse_number(getenv("SLURM_ARRAY_TASK_STEP"), NULL, &step) || !step) step = 1;
  bool is_step = (task - first) % step == 0;
  *shard = is_step ? (task - first) / step + 1 : 0;
  return true;
}

static bool shard_of_kubernetes(unsigned *shard, unsigned *count) {
  unsigned index;
  if (!parse_number(getenv("JOB_COMPLETION_INDEX"), NULL, &index)) return false;
  if (!parse_number(getenv("JOB_COMPLETIONS"), NULL, count)) return false;
  *shard = index + 1;
  return true;
}

static bool parse_auto(unsigned *shard, unsigned *count, struct messages *messages) {
  bool slurm = shard_of_slurm(shard, count);
  if (!slurm && !shard_of_kubernetes(shard, count)) {
    message_usage(messages, "--shard auto: neither a Slurm array nor an Indexed Job is set");
    message_hint(messages, "SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, or "
                           "JOB_COMPLETION_INDEX and JOB_COMPLETIONS, say which shard it is");
    return false;
  }
  if (*shard >= 1 && *shard <= *count) return true;
  message_usage(messages, "--shard auto: %s would make this shard %u of %u",
                slurm ? "SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT"
                      : "JOB_COMPLETION_INDEX and JOB_COMPLETIONS",
                *shard, *count);
  if (slurm) message_hint(messages, "where its numbers have gaps, say --shard K/N");
  return false;
}

bool batch_parse_shard(const char *text, unsigned *shard, unsigned *count,
                       struct messages *messages) {
  if (strcmp(text, "auto") == 0) return parse_auto(shard, count, messages);
  const char *slash = strchr(text, '/');
  bool known = slash && parse_number(text, slash, shard) && parse_number(slash + 1, NULL, count);
  if (known && *shard >= 1 && *shard <= *count) return true;
  message_usage(messages, "--shard %s: not of the form K/N with K from 1 to N", text);
  return false;
}

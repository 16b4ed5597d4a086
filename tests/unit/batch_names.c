/* Names of files, and which shard makes which record. */
#include "check.h"

#include "base/arena.h"
#include "batch/batch.h"
#include "batch/names.h"
#include "batch/shard.h"

#include <stdlib.h>

static bool accepted(const char *pattern) {
  struct messages *messages = messages_new_silent();
  bool ok = name_check_pattern(pattern, messages);
  CHECK(ok == (messages_errors(messages) == 0));
  messages_free(messages);
  return ok;
}

static void test_patterns(void) {
  CHECK(accepted("{guide}-{id}"));
  CHECK(accepted("{row}_{lang}.x"));
  CHECK(!accepted("{guide}"));
  CHECK(!accepted("../{id}"));
  CHECK(!accepted(".{id}"));
  CHECK(!accepted("{id}/{row}"));
  CHECK(!accepted("{name}-{id}"));
  CHECK(!accepted("{id}\n"));
}

static void test_made_names(void) {
  const char *languages[] = {"zh-Hans", "en"};
  struct guide guide = {.name = "ml", .languages = languages, .language_count = 2};
  struct reader reader = {.id = "li-wei"};
  struct buffer name = {0};
  name_make("{guide}.{id}_{lang}-{row}", &guide, &reader, 12, &name);
  CHECK_TEXT(name.data, "ml.li-wei_zh-Hans-12");
  buffer_finish(&name);
}

static void test_same_names(void) {
  struct arena *arena = arena_new();
  struct digests *names = digests_new();
  for (unsigned i = 1; i <= 3000; i++)
    CHECK(names_add(names, arena_printf(arena, "guide-%u", i), i) == 0);
  CHECK(names_add(names, "guide-77", 5000) == 77);
  CHECK(names_add(names, "GUIDE-78", 5001) == 78);
  digests_free(names);
  arena_free(arena);
}

static void test_partition(void) {
  struct arena *arena = arena_new();
  unsigned held[4] = {0};
  for (unsigned i = 0; i < 4000; i++) {
    const char *id = arena_printf(arena, "reader-%u", i);
    unsigned owners = 0;
    for (unsigned shard = 1; shard <= 4; shard++) {
      bool holds = shard_holds(shard, 4, id, i);
      owners += holds;
      held[shard - 1] += holds;
    }
    CHECK(owners == 1);
    CHECK(shard_holds(1, 1, id, i));
  }
  for (unsigned shard = 0; shard < 4; shard++) CHECK(held[shard] > 800 && held[shard] < 1200);
  arena_free(arena);
}

static bool parsed(const char *text, unsigned shard, unsigned count) {
  struct messages *messages = messages_new_silent();
  unsigned k = 0, n = 0;
  bool ok = batch_parse_shard(text, &k, &n, messages);
  messages_free(messages);
  return ok && k == shard && n == count;
}

static void test_parse(void) {
  CHECK(parsed("3/8", 3, 8));
  CHECK(parsed("1/1", 1, 1));
  CHECK(!parsed("0/8", 0, 8));
  CHECK(!parsed("9/8", 9, 8));
  CHECK(!parsed("3", 3, 0));
  CHECK(!parsed("3/8x", 3, 8));
  CHECK(!parsed("-1/8", 1, 8));
  CHECK(!parsed("auto", 0, 0));
  setenv("JOB_COMPLETION_INDEX", "0", 1);
  setenv("JOB_COMPLETIONS", "5", 1);
  CHECK(parsed("auto", 1, 5));
  setenv("SLURM_ARRAY_TASK_ID", "12", 1);
  setenv("SLURM_ARRAY_TASK_COUNT", "3", 1);
  setenv("SLURM_ARRAY_TASK_MIN", "10", 1);
  CHECK(parsed("auto", 3, 3));
  setenv("SLURM_ARRAY_TASK_STEP", "1", 1);
  CHECK(parsed("auto", 3, 3));
}

/* --array=1-7:2 */
static void test_steps(void) {
  static const char *const tasks[] = {"1", "3", "5", "7"}, *const none[] = {"0", "2", "9"};
  setenv("SLURM_ARRAY_TASK_COUNT", "4", 1);
  setenv("SLURM_ARRAY_TASK_MIN", "1", 1);
  setenv("SLURM_ARRAY_TASK_STEP", "2", 1);
  for (unsigned i = 0; i < 4; i++) {
    setenv("SLURM_ARRAY_TASK_ID", tasks[i], 1);
    CHECK(parsed("auto", i + 1, 4));
  }
  for (unsigned i = 0; i < 3; i++) {
    unsigned shard, count;
    char *said;
    size_t size;
    FILE *stream = open_memstream(&said, &size);
    struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
    setenv("SLURM_ARRAY_TASK_ID", none[i], 1);
    CHECK(!batch_parse_shard("auto", &shard, &count, messages));
    messages_free(messages);
    fclose(stream);
    CHECK(strstr(said, "SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT"));
    free(said);
  }
}

int main(void) {
  test_patterns();
  test_made_names();
  test_same_names();
  test_partition();
  test_parse();
  test_steps();
  return check_summary();
}

/* The journals of all shards of one batch become one, as if one machine had made it. */
#include "batch/batch.h"

#include "base/arena.h"
#include "batch/journal.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Of how many shards there are journals here; 0 with a message where they disagree. */
static unsigned count_shards(const glob_t *found, struct messages *messages) {
  unsigned count = 0;
  for (size_t i = 0; i < found->gl_pathc; i++) {
    const char *slash = strrchr(found->gl_pathv[i], '/');
    unsigned shard, of;
    if (sscanf(slash + 1, "handout.%u-of-%u.journal", &shard, &of) != 2) continue;
    if (count && of != count) {
      message_error(messages, NULL, "mixed-shards", "%s: others here are of %u", found->gl_pathv[i],
                    count);
      return 0;
    }
    count = of;
  }
  return count;
}

static bool merge_all(const char *folder, int descriptor, unsigned count,
                      struct messages *messages) {
  struct arena *arena = arena_new();
  struct journal *journal =
      journal_open(arena_printf(arena, "%s/handout.journal", folder), false, descriptor, messages);
  bool ok = journal != NULL;
  for (unsigned shard = 1; ok && shard <= count; shard++) {
    const char *path = arena_printf(arena, "%s/handout.%u-of-%u.journal", folder, shard, count);
    ok = journal_copy(journal, path, messages);
  }
  if (journal) ok = journal_close(journal, messages) && ok;
  arena_free(arena);
  return ok;
}

bool batch_merge(const char *folder, struct messages *messages) {
  struct arena *arena = arena_new();
  glob_t found;
  unsigned count = 0;
  if (glob(arena_printf(arena, "%s/handout.*-of-*.journal", folder), 0, NULL, &found) == 0) {
    count = count_shards(&found, messages);
    globfree(&found);
  }
  arena_free(arena);
  if (!count && !messages_errors(messages))
    message_error(messages, NULL, "no-shards", "%s: no journals of shards here", folder);
  int descriptor = count ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (descriptor < 0) return false;
  bool ok = merge_all(folder, descriptor, count, messages);
  close(descriptor);
  return ok;
}

/* The journals of all shards of one batch become one, as if one machine had made it. */
#include "batch/batch.h"

#include "base/arena.h"
#include "base/folder.h"
#include "batch/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Of how many shards there are journals here; 0 with a message where there are none, or they
 * disagree. */
static unsigned count_shards(const char *path, const struct folder *found,
                             struct messages *messages) {
  unsigned count = 0, shard, of;
  for (size_t i = 0; i < found->count; i++) {
    if (sscanf(found->names[i], "handout.%u-of-%u", &shard, &of) != 2) continue;
    if (count && of != count) {
      message_error(messages, NULL, "mixed-shards", "%s/%s.journal: others here are of %u", path,
                    found->names[i], count);
      return 0;
    }
    count = of;
  }
  if (!count) message_error(messages, NULL, "no-shards", "%s: no journals of shards here", path);
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
  struct folder found;
  bool listed = folder_read(&found, folder, ".journal", arena, messages);
  unsigned count = listed ? count_shards(folder, &found, messages) : 0;
  arena_free(arena);
  int descriptor = count ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (descriptor < 0) return false;
  bool ok = merge_all(folder, descriptor, count, messages);
  close(descriptor);
  return ok;
}

/* The journals of all shards of one batch become one, as if one machine had made it. */
#include "batch/batch.h"

#include "base/arena.h"
#include "base/folder.h"
#include "batch/journal.h"

#include <stdio.h>

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

/* All are read before the first word is written: the journal that there is stays if one of them
 * is lacking. */
static bool merge_all(const char *folder, unsigned count, struct messages *messages) {
  struct arena *arena = arena_new();
  struct buffer lines = {0};
  bool ok = true;
  for (unsigned shard = 1; ok && shard <= count; shard++) {
    const char *path = arena_printf(arena, "%s/handout.%u-of-%u.journal", folder, shard, count);
    ok = journal_read(path, &lines, messages);
  }
  ok = ok && journal_replace(arena_printf(arena, "%s/handout.journal", folder), &lines, messages);
  buffer_finish(&lines);
  arena_free(arena);
  return ok;
}

bool batch_merge(const char *folder, struct messages *messages) {
  struct arena *arena = arena_new();
  struct folder found;
  bool listed = folder_read(&found, folder, ".journal", arena, messages);
  unsigned count = listed ? count_shards(folder, &found, messages) : 0;
  arena_free(arena);
  return count && merge_all(folder, count, messages);
}

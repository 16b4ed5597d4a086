/* What lies in a folder. */
#ifndef HANDOUT_BASE_FOLDER_H
#define HANDOUT_BASE_FOLDER_H

#include "base/arena.h"

#include <stdbool.h>

struct messages;

/* Names in the order of their bytes; none begins with a dot. */
struct folder {
  const char **names;
  size_t count;
};

/* Those that end in `ending` (""), without it; in the arena. False and one I/O message where the
 * folder cannot be read to its end. */
bool folder_read(struct folder *folder, const char *path, const char *ending, struct arena *arena,
                 struct messages *messages);

/* "blank, ml-engineer": names for a message. */
const char *folder_list(const struct folder *folder, struct arena *arena);

#endif

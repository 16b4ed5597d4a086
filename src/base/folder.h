/* What lies in a folder. */
#ifndef HANDOUT_BASE_FOLDER_H
#define HANDOUT_BASE_FOLDER_H

#include "base/arena.h"

/* The names in a folder that end in `ending` (""), without it, in the order of their bytes;
 * none that begins with a dot. Heap, the names the arena's; NULL and 0 where there are none
 * or no folder. */
const char **folder_names(struct arena *arena, const char *path, const char *ending,
                          size_t *count);

/* "blank, ml-engineer": names for a message. */
const char *folder_list(struct arena *arena, const char *const *names, size_t count);

#endif

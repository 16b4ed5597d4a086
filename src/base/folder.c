/* Listing a folder in an order that does not depend on the file system. */
#include "base/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **folder_names(struct arena *arena, const char *path, const char *ending,
                          size_t *count) {
  const char **names = NULL;
  size_t capacity = 0, tail = strlen(ending);
  *count = 0;
  DIR *folder = opendir(path);
  if (!folder) return NULL;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    const char *name = entry->d_name;
    size_t length = strlen(name);
    if (name[0] == '.' || length <= tail || strcmp(name + length - tail, ending) != 0) continue;
    names = array_reserve(names, *count, &capacity, sizeof *names);
    names[(*count)++] = arena_strndup(arena, name, length - tail);
  }
  closedir(folder);
  if (*count) qsort(names, *count, sizeof *names, compare);
  return names;
}

const char *folder_list(struct arena *arena, const char *const *names, size_t count) {
  const char *list = "";
  for (size_t i = 0; i < count; i++)
    list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", names[i]);
  return list;
}

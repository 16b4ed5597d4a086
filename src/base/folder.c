/* Listing a folder in an order that does not depend on the file system. */
#include "base/folder.h"

#include "base/file.h"
#include "base/message.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The next name, or NULL: at the end with errno 0. */
static const char *next_name(DIR *folder) {
  errno = 0;
  const struct dirent *entry = readdir(folder);
  return entry ? entry->d_name : NULL;
}

bool folder_read(struct folder *folder, const char *path, const char *ending, struct arena *arena,
                 struct messages *messages) {
  const char **names = NULL;
  size_t count = 0, capacity = 0;
  DIR *stream = opendir(path);
  for (const char *name; stream && (name = next_name(stream));) {
    if (name[0] == '.' || !file_ends_in(name, ending)) continue;
    names = array_reserve(names, count, &capacity, sizeof *names);
    names[count++] = arena_strndup(arena, name, strlen(name) - strlen(ending));
  }
  int reason = errno;
  if (count) qsort(names, count, sizeof *names, compare);
  *folder = (struct folder){arena_alloc_array(arena, count, sizeof *names), count};
  if (count) memcpy(folder->names, names, count * sizeof *names);
  free(names);
  bool ok = stream && reason == 0;
  if (stream) closedir(stream);
  if (!ok) message_io_error(messages, NULL, "cannot-read", "%s: %s", path, strerror(reason));
  return ok;
}

const char *folder_list(const struct folder *folder, struct arena *arena) {
  const char *list = "";
  for (size_t i = 0; i < folder->count; i++)
    list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", folder->names[i]);
  return list;
}

/* The first of three places that holds the file: see assets.h. Where the program
 * itself lies is asked of the system, not of argv, which anyone may set. */
#include "base/assets.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef HANDOUT_ASSETS_FOLDER
#define HANDOUT_ASSETS_FOLDER "/usr/local/share/handout/assets"
#endif

/* "<folder above the program>/share/handout/assets" where it is installed below a prefix;
 * "<folder above the program>/assets" or, for a program deeper down (a test in
 * build/check/), the next folder up that has one. NULL where the system does not tell. */
#define FOLDERS_UP 3

static char *program_folder(struct arena *arena) {
  char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0 || length == sizeof path) return NULL;
  char *folder = arena_strndup(arena, path, (size_t)length);
  char *slash = strrchr(folder, '/');
  if (!slash) return NULL;
  *slash = '\0';
  return folder;
}

static char *beside_program(struct arena *arena, const char *name) {
  char *folder = program_folder(arena);
  for (int i = 0; folder && i < FOLDERS_UP; i++) {
    char *slash = strrchr(folder, '/');
    if (!slash) return NULL;
    *slash = '\0';
    char *path = arena_printf(arena, "%s/share/handout/assets/%s", folder, name);
    if (i == 0 && access(path, R_OK) == 0) return path;
    path = arena_printf(arena, "%s/assets/%s", folder, name);
    if (access(path, R_OK) == 0) return path;
  }
  return NULL;
}

char *asset_path(struct arena *arena, const char *name) {
  const char *folder = getenv("HANDOUT_ASSETS");
  if (folder && *folder) {
    char *path = arena_printf(arena, "%s/%s", folder, name);
    if (access(path, R_OK) == 0) return path;
  }
  char *path = beside_program(arena, name);
  return path ? path : arena_printf(arena, "%s/%s", HANDOUT_ASSETS_FOLDER, name);
}

/* The first place that holds the file: see assets.h. Where the program
 * itself lies is asked of the system, not of argv, which anyone may set. */
#include "base/assets.h"

#include "base/folder.h"
#include "base/sandbox.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef HANDOUT_ASSETS_FOLDER
#define HANDOUT_ASSETS_FOLDER "/usr/local/share/handout/assets"
#endif

/* "<folder above the program>/share/handout/assets" where it is installed below a prefix;
 * "<folder above the program>/assets" or, for a program deeper down (a test in
 * build/check/), the next folder up that has one. */
#define FOLDERS_UP 3

/* Takes the last part off a path. */
static bool go_up(char *path) {
  char *slash = path ? strrchr(path, '/') : NULL;
  if (slash) *slash = '\0';
  return slash;
}

/* NULL where the system does not tell. */
static char *program_folder(struct arena *arena) {
  char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0 || length == sizeof path) return NULL;
  char *folder = arena_strndup(arena, path, (size_t)length);
  return go_up(folder) ? folder : NULL;
}

size_t asset_folders(struct arena *arena, const char *folders[ASSET_FOLDERS]) {
  size_t count = 0;
  const char *given = getenv("HANDOUT_ASSETS");
  if (given && *given) folders[count++] = given;
  char *above = program_folder(arena);
  for (int i = 0; i < FOLDERS_UP && go_up(above); i++) {
    if (i == 0) folders[count++] = arena_printf(arena, "%s/share/handout/assets", above);
    folders[count++] = arena_printf(arena, "%s/assets", above);
  }
  folders[count++] = HANDOUT_ASSETS_FOLDER;
  return count;
}

char *asset_path(struct arena *arena, const char *name) {
  const char *folders[ASSET_FOLDERS];
  size_t count = asset_folders(arena, folders);
  char *path = NULL;
  for (size_t i = 0; i < count; i++) {
    path = arena_printf(arena, "%s/%s", folders[i], name);
    if (access(path, R_OK) == 0) break;
  }
  return path;
}

const char *asset_theme(struct arena *arena, const char *name, const struct place *place,
                        struct messages *messages) {
  struct folder themes;
  if (!folder_read(&themes, asset_path(arena, "themes"), ".yaml", arena, messages)) return NULL;
  for (size_t i = 0; i < themes.count; i++) {
    if (strcmp(name, themes.names[i]) == 0)
      return asset_path(arena, arena_printf(arena, "themes/%s.yaml", name));
  }
  message_error(messages, place, "no-theme", "there is no theme '%s'", name);
  const char *near = message_nearest(name, themes.names, themes.count);
  if (near) message_hint(messages, "did you mean '%s'?", near);
  else
    message_hint(messages, "there are: %s; or name a file with its path: ./mine.yaml",
                 folder_list(&themes, arena));
  return NULL;
}

void assets_let_read(struct sandbox *sandbox) {
  struct arena *arena = arena_new();
  const char *folders[ASSET_FOLDERS];
  size_t count = asset_folders(arena, folders);
  for (size_t i = 0; i < count; i++) {
    sandbox_may_read(sandbox, folders[i]);
    sandbox_may_read(sandbox, arena_printf(arena, "%s/../fonts/manifest.yaml", folders[i]));
  }
  arena_free(arena);
}

/* The files that are still opened while handouts are made: the program's own, and faces. */
#include "build/builder.h"

#include "base/assets.h"
#include "base/sandbox.h"

#include <string.h>

static void let_read_theme(struct sandbox *sandbox, const char *theme) {
  if (theme && strchr(theme, '/')) sandbox_may_read(sandbox, theme);
}

void builder_confine(const struct builder *builder, const struct build_request *request,
                     struct sandbox *sandbox) {
  struct arena *arena = arena_new();
  const char *folders[ASSET_FOLDERS];
  size_t count = asset_folders(arena, folders);
  for (size_t i = 0; i < count; i++) {
    sandbox_may_read(sandbox, folders[i]);
    sandbox_may_read(sandbox, arena_printf(arena, "%s/../fonts/manifest.yaml", folders[i]));
  }
  arena_free(arena);
  font_library_let_read(builder->fonts, sandbox);
  let_read_theme(sandbox, builder->guide->theme_file);
  let_read_theme(sandbox, request->theme);
}

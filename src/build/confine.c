/* The files that are still opened while handouts are made, or a new builder: the program's own, and
 * faces. */
#include "build/builder.h"

#include "base/assets.h"
#include "base/sandbox.h"

#include <string.h>

static void let_read_theme(struct sandbox *sandbox, const char *theme) {
  if (theme && strchr(theme, '/')) sandbox_may_read(sandbox, theme);
}

void builder_confine(const struct builder *builder, const char *theme, struct sandbox *sandbox) {
  assets_let_read(sandbox);
  font_library_let_read(builder->fonts, sandbox);
  let_read_theme(sandbox, builder->guide->theme_file);
  let_read_theme(sandbox, theme);
}

bool builders_confine(const struct font_options *options, struct sandbox *sandbox,
                      struct messages *messages) {
  struct font_library *fonts = font_library_new(options, messages);
  if (!fonts) return false;
  assets_let_read(sandbox);
  text_let_read(sandbox);
  font_library_let_read(fonts, sandbox);
  font_library_let_find(fonts, sandbox);
  font_library_free(fonts);
  return true;
}

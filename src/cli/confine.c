/* The sandbox that a verb works in once its guide is read. Fonts are found outside of it, so what
 * finds them comes before, or (watch, which finds them again) they are let in. */
#include "base/assets.h"
#include "base/sandbox.h"
#include "build/build.h"
#include "cli/target.h"
#include "cli/verbs.h"

bool confine(const struct options *options, const struct target *target,
             const struct builder *builder, struct messages *messages) {
  struct sandbox *sandbox = sandbox_new(messages);
  if (!sandbox) return false;
  const char *path = options->values[OPTION_OUTPUT];
  struct target text = {.files = {path ? path : "-"}};
  bool ok = target_confine(target ? target : &text, sandbox, messages);
  if (builder) builder_confine(builder, options->values[OPTION_THEME], sandbox);
  else assets_let_read(sandbox);
  const char *records[] = {options->values[OPTION_READER], options->values[OPTION_READERS]};
  for (size_t i = 0; i < 2; i++) {
    if (records[i]) sandbox_may_read(sandbox, records[i]);
  }
  ok = ok && sandbox_enter(sandbox, messages);
  sandbox_free(sandbox);
  return ok;
}

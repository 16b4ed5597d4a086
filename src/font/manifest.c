/* The manifest is read only when a family is missing, to tell how to mend that; so
 * a manifest that cannot be read is no error of its own. */
#include "font/manifest.h"

#include "base/assets.h"
#include "base/message.h"
#include "base/source.h"
#include "base/yaml.h"

#include <string.h>
#include <strings.h>

static const struct yaml *read_manifest(struct arena *arena) {
  struct messages *unheard = messages_new_silent();
  const char *path = asset_path(arena, "../fonts/manifest.yaml");
  const struct source *source = source_load(arena, path, LIMIT_RECORD, unheard);
  const struct yaml *manifest = NULL;
  if (source) manifest = yaml_read(arena, source, 0, source->length, unheard);
  messages_free(unheard);
  return manifest;
}

const char *manifest_package(struct arena *arena, const char *family) {
  const struct yaml *manifest = read_manifest(arena);
  const struct yaml *families = manifest ? yaml_find(manifest, "families") : NULL;
  for (const struct yaml *entry = families ? families->first : NULL; entry; entry = entry->next) {
    const struct yaml *name = yaml_find(entry, "name");
    if (!name || !name->value || strcasecmp(name->value, family) != 0) continue;
    const struct yaml *package = yaml_find(entry, "package");
    return package ? package->value : NULL;
  }
  return NULL;
}

/* fonts/manifest.yaml: which package brings which family. Within font/ only. */
#ifndef HANDOUT_FONT_MANIFEST_H
#define HANDOUT_FONT_MANIFEST_H

#include "base/arena.h"

/* The package that brings a family, in the arena; NULL where the manifest has no
 * such family or cannot be read. */
const char *manifest_package(struct arena *arena, const char *family);

#endif

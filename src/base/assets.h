/* Where the program's own files are: themes, style sheets, words, schema. */
#ifndef HANDOUT_BASE_ASSETS_H
#define HANDOUT_BASE_ASSETS_H

#include "base/arena.h"
#include "base/message.h"

/* The path of "themes/classic.yaml" and its like. Looked for in $HANDOUT_ASSETS, in
 * ../share/handout/assets (installed) and ../assets (a build tree) seen from the running
 * program, and in the place that was set when it was built. The last is returned where none
 * has it, so that opening it tells the user. */
char *asset_path(struct arena *arena, const char *name);
/* Those places, in that order; how many. */
#define ASSET_FOLDERS 6
size_t asset_folders(struct arena *arena, const char *folders[ASSET_FOLDERS]);

/* The path of the program's own theme of that name. NULL where there is none, and an error
 * at `place` that says which there are. */
const char *asset_theme(struct arena *arena, const char *name, const struct place *place,
                        struct messages *messages);

/* Lets a sandbox read all of them, and the manifest of faces. */
struct sandbox;
void assets_let_read(struct sandbox *sandbox);

#endif

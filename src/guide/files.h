/* Inside guide/: which files a guide is made of. */
#ifndef HANDOUT_GUIDE_FILES_H
#define HANDOUT_GUIDE_FILES_H

#include "guide/load.h"

/* Reads everything that `path` names: the tree, handout.yaml, titles. False where
 * there is nothing to go on with. */
bool files_read(struct loading *loading, const char *path);

/* "ml-engineer" of "guides/ml-engineer.txt" and of "guides/ml-engineer/". */
const char *files_name(struct arena *arena, const char *path);
/* The folder that data and images are looked for in. */
const char *files_folder(struct arena *arena, const char *path);

#endif

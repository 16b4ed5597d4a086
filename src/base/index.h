/* Things by name. */
#ifndef HANDOUT_BASE_INDEX_H
#define HANDOUT_BASE_INDEX_H

#include <stdbool.h>

struct index;
struct index *index_new(void);
void index_free(struct index *index);

/* False where there is a thing of that name. Both are borrowed for as long as the index lives. */
bool index_add(struct index *index, const char *name, void *thing);
/* NULL where there is none. */
void *index_find(const struct index *index, const char *name);

#endif

/* Inside guide/: what a guide declares, whichever form it is read from. */
#ifndef HANDOUT_GUIDE_DECLARE_H
#define HANDOUT_GUIDE_DECLARE_H

#include "guide/load.h"

enum declared { DECLARED_FIELD, DECLARED_FACT, DECLARED_SKILL, DECLARED_COUNT };

/* Takes the name for what is declared there; name and place are borrowed. False and a message
 * where it is no name, or is taken. */
bool declare_name(struct loading *loading, enum declared what, const char *name,
                  const struct place *place);

extern const char *const field_types[FIELD_TYPE_COUNT];

/* A field's `min` or `max`: into `*limit` where its type has one, and as such; else a message. */
void declare_limit(struct loading *loading, const struct field *field, const char *name,
                   const char *text, const struct place *place, const char **limit);
/* Its choices, once it has them: a message where its type has none, or needs some. */
void declare_choices(struct loading *loading, const struct field *field, const struct place *place);

/* Once all is declared: what requires and chooses skills, and defaults, which must be what a
 * record could say. */
void declare_link(struct loading *loading);

#endif

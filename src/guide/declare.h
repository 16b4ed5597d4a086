/* Inside guide/: what a guide declares, whichever form it is read from. */
#ifndef HANDOUT_GUIDE_DECLARE_H
#define HANDOUT_GUIDE_DECLARE_H

#include "guide/load.h"

enum declared { DECLARED_FIELD, DECLARED_FACT, DECLARED_SKILL, DECLARED_COUNT };

/* Takes the name for what is declared there; name and place are borrowed. False and a message
 * where it is no name, or is taken. */
bool declare_name(struct loading *loading, enum declared what, const char *name,
                  const struct place *place);

#endif

/* Outlines of drawings: steps of a pen, in milli-points, y downwards. */
#ifndef HANDOUT_BASE_PATH_H
#define HANDOUT_BASE_PATH_H

#include "base/units.h"

enum path_step_kind { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

struct path_step {
  enum path_step_kind kind;
  mpt x[3], y[3]; /* [2] is where it ends; curves have controls in [0] and [1] */
};

/* A move or a line to there. */
static inline struct path_step path_to(enum path_step_kind kind, mpt x, mpt y) {
  return (struct path_step){.kind = kind, .x = {0, 0, x}, .y = {0, 0, y}};
}

#endif

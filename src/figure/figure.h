/* The door of figure/: charts and codes as drawings that both backends render.
 *
 * A drawing is shapes and labels in milli-points from its top left corner, y
 * downwards. Colours are inks: page/ takes them from the theme, epub/ from its
 * style sheet. What series mean is never said by ink alone: each has a pattern of
 * its own, drawn as lines, and a name or a figure beside it (B20). */
#ifndef HANDOUT_FIGURE_FIGURE_H
#define HANDOUT_FIGURE_FIGURE_H

#include "base/message.h"
#include "base/path.h"
#include "edition/edition.h"

struct keeper;

enum figure_ink {
  INK_TEXT,
  INK_MUTED,
  INK_RULE,
  INK_PAPER, /* the page's ground */
  INK_SERIES_1,
  INK_SERIES_2,
  INK_SERIES_3,
  INK_SERIES_4,
  INK_SERIES_5,
  INK_SERIES_6,
  INK_COUNT,
  INK_NONE
};

struct figure_shape {
  const struct path_step *steps;
  size_t step_count;
  enum figure_ink fill;   /* INK_NONE: not filled */
  enum figure_ink stroke; /* INK_NONE: no line */
  mpt stroke_width;
};

enum figure_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct figure_label {
  const char *text;
  const char *language; /* BCP 47 */
  mpt x, baseline;      /* x of its start, middle or end */
  mpt size;
  enum figure_anchor anchor;
  enum figure_ink ink;
  bool strong;
};

struct figure_drawing {
  mpt width, height;
  size_t next; /* the first row of data that had no room any more, or 0 */
  const struct figure_shape *shapes;
  size_t shape_count;
  const struct figure_label *labels;
  size_t label_count;
};

/* How large it is to be drawn: `size` is that of its labels. A chart that would be
 * higher than `height` (0: any height) is drawn in parts: from row `first` of its
 * data as far as there is room. */
struct figure_space {
  mpt width, height;
  mpt size;
  size_t first;
};

/* Draws a NODE_CHART from its table, in `arena`. The attribute "type" is bar (several
 * columns: grouped), line or range (least, middle, most). NULL and messages at their
 * places where its data are not figures. */
const struct figure_drawing *figure_chart(struct arena *arena, const struct edition *edition,
                                          const struct node *chart,
                                          const struct figure_space *space,
                                          struct messages *messages);

/* What no reader could have a chart or a code of: errors at their places. What a condition or
 * a fill-in decides is passed over. */
void figures_check(const struct guide *guide, struct messages *messages);

/* A QR code of level M with its quiet zone of four modules, each `module` wide: one
 * shape in INK_TEXT. NULL and a message where the text is too long for a code. What `codes`
 * (NULL: none) holds of an earlier one is not made again. */
const struct figure_drawing *figure_qr(struct arena *arena, struct keeper *codes,
                                       const char *text, mpt module, const struct place *place,
                                       struct messages *messages);

#endif

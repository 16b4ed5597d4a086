/* Inside guide/: what is wrong with a tree once it is whole. */
#ifndef HANDOUT_GUIDE_CHECKS_H
#define HANDOUT_GUIDE_CHECKS_H

#include "guide/load.h"

/* Before ids are made: an id that stands twice. */
void checks_ids(struct loading *loading, const struct node *root);
/* With all ids: references, links, footnotes, headings, alternative texts; and markup
 * that was meant but is not (an unclosed fill-in). */
void checks_tree(struct loading *loading, const struct node *root);
/* What typographers would mend (A30), and what looks like a slip. */
void checks_lint(struct loading *loading, const struct node *root);

/* --- checks_text.c ---------------------------------------------------------------- */

/* Markup left in a text: "{{", "[^", "]{" … */
void checks_text(struct loading *loading, const struct node *text);
/* The place `offset` bytes into a text's node; true where the source has the same
 * bytes there, so that nothing was escaped. */
bool checks_place(const struct node *text, size_t offset, size_t length, struct place *place);

#endif

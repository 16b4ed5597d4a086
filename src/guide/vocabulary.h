/* Inside guide/: the names that an author may use, and nothing else. */
#ifndef HANDOUT_GUIDE_VOCABULARY_H
#define HANDOUT_GUIDE_VOCABULARY_H

#include "guide/guide.h"

/* The kind that a div of that name is ("callout", "page-break"); NODE_DIVISION
 * where the name is none of them. */
enum node_kind vocabulary_div(const char *name);

/* False and an error where nodes of this kind have no such attribute, or where it
 * cannot have this value. */
bool vocabulary_check_attribute(struct messages *messages, enum node_kind kind, const char *name,
                                const char *value, const struct place *place);
/* A class that nothing gives a meaning to is a warning. */
bool vocabulary_check_class(struct messages *messages, enum node_kind kind, const char *name,
                            const struct place *place);

/* A text in an attribute that differs from language to language: alt, source … */
bool vocabulary_is_words(const char *name);

#endif

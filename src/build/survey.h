/* What the faces of a theme set of a guide: `handout fonts`, and a part of a check. */
#ifndef HANDOUT_BUILD_SURVEY_H
#define HANDOUT_BUILD_SURVEY_H

#include "font/font.h"
#include "guide/guide.h"

struct survey;

/* `guide` may be NULL, so may `theme`, which then is the guide's. Each character that no
 * face has is reported at its first place. NULL and messages where there is no such theme. */
struct survey *survey_new(const struct guide *guide, const char *theme,
                          const struct font_options *fonts, struct messages *messages);
void survey_free(struct survey *survey);

size_t survey_face_count(const struct survey *survey);
/* The face, and how many different characters of the guide it sets. */
const struct face *survey_face(const struct survey *survey, size_t index, size_t *characters);

#endif

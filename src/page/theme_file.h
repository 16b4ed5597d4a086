/* Inside page/ only: the two steps of theme_load. */
#ifndef HANDOUT_PAGE_THEME_FILE_H
#define HANDOUT_PAGE_THEME_FILE_H

#include "page/theme.h"

enum theme_family { FAMILY_READING, FAMILY_DISPLAY, FAMILY_CODE, FAMILY_SANS, FAMILY_COUNT };

#define THEME_OTHERS_LIMIT (FONT_STACK_LIMIT - 1)

/* A pair of families that are set together, Latin scaled to match (A27). */
struct family_pair {
  const char *names[FONT_SCRIPT_COUNT];
  int latin_scale; /* per mille */
  struct place place;
};

/* What a theme's file says, before faces are looked for. */
struct theme_file {
  struct family_pair families[FAMILY_COUNT];
  const char *others[THEME_OTHERS_LIMIT];
  size_t other_count;
  enum theme_family family_of[THEME_ROLE_COUNT];
  bool italics;
};

/* Fills `theme` (for A4) and `file`. False and messages where the file has errors. */
bool theme_read(struct theme *theme, struct theme_file *file, const char *name,
                struct messages *messages);

/* Changes a theme for a style and a paper. */
void theme_set_style(struct theme *theme, struct theme_file *file, enum style style);
void theme_set_paper(struct theme *theme, enum paper paper);

#endif

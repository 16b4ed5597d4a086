/* How a handout looks: read from assets/themes/NAME.yaml, then changed by the
 * edition's style (large print …) and paper.
 *
 * One theme drives the PDF's pages and the book's style sheet. */
#ifndef HANDOUT_PAGE_THEME_H
#define HANDOUT_PAGE_THEME_H

#include "base/message.h"
#include "base/units.h"
#include "font/font.h"
#include "reader/reader.h"
#include "text/text.h"

enum theme_role { /* what kind of text */
                  THEME_BODY,
                  THEME_HEADING_1,
                  THEME_HEADING_2,
                  THEME_HEADING_3,
                  THEME_HEADING_4,
                  THEME_TITLE,
                  THEME_SUBTITLE,
                  THEME_CAPTION,
                  THEME_TABLE,
                  THEME_NOTE,
                  THEME_CODE,
                  THEME_CONTENTS,
                  THEME_FURNITURE, /* running heads and folios */
                  THEME_ROLE_COUNT
};

enum theme_weight {
  THEME_REGULAR,
  THEME_STRONG,
  THEME_EMPHASIS,
  THEME_STRONG_EMPHASIS,
  THEME_WEIGHT_COUNT
};

/* How one kind of text is set. */
struct theme_text {
  struct font_set fonts[THEME_WEIGHT_COUNT];
  const char *families[FONT_SCRIPT_COUNT]; /* for the book's style sheet */
  int weight;                              /* CSS, of the regular face */
  mpt size;
  mpt leading; /* from baseline to baseline */
  mpt space_before, space_after;
  rgb colour;
  enum text_alignment alignment;
  mpt han_indent, latin_indent; /* of a paragraph's first line */
  bool hyphenate;
  bool hanging; /* marks at line ends stand partly in the margin */
  bool emphasis_dots;
};

enum theme_colour {
  COLOUR_TEXT,
  COLOUR_MUTED, /* secondary text: second languages of headings, captions, folios */
  COLOUR_ACCENT,
  COLOUR_RULE,
  COLOUR_LINK,
  COLOUR_TINT, /* behind callouts and the heads of tables */
  COLOUR_BACKGROUND,
  COLOUR_COVER,
  COLOUR_COVER_TEXT,
  THEME_COLOUR_COUNT
};

/* What the cover is made of. */
enum theme_cover { COVER_BLOCK, COVER_BAND, COVER_RULES, THEME_COVER_COUNT };

/* Fills of a chart's series differ in lightness as well as in hue (B20). */
#define THEME_SERIES_LIMIT 6

struct theme {
  struct arena *arena;
  const char *name;
  mpt page_width, page_height;
  mpt margin_top, margin_bottom, margin_inner, margin_outer;
  struct theme_text texts[THEME_ROLE_COUNT];
  rgb colours[THEME_COLOUR_COUNT];
  rgb series[THEME_SERIES_LIMIT];
  mpt list_indent;
  mpt column_gap;    /* between languages side by side */
  mpt table_padding; /* between a cell's edge and its text, at each side */
  mpt rule_width;
  mpt least_size; /* nothing is smaller, not even a footnote mark */
  enum theme_cover cover;
  enum text_strictness strictness;
  enum text_punctuation punctuation;
  int widow_lines, orphan_lines;
  bool has_background;
  bool chapters_on_new_page; /* headings of level 1 */
  bool chapters_on_recto;
  bool underline_links;
  bool print; /* bleed, crop marks, mirrored margins */
};

/* Reads a theme (a name in assets/themes/, or a path with a slash), sets it for a
 * style and a paper, and finds its faces. NULL and messages where it has errors. */
struct theme *theme_load(const char *name, enum style style, enum paper paper,
                         struct font_library *library, struct messages *messages);
/* Makes it a theme for the print shop (B21): a gutter, margins that mirror, bleed. */
void theme_set_print(struct theme *theme);
void theme_free(struct theme *theme);

#endif

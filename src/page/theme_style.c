/* Styles and papers as changes on top of a theme. A style is a row of a table:
 * what must be large, what must be plain; so that each works with every theme. */
#include "page/theme_file.h"

#include <assert.h>

/* The smallest size in large print, and its body (B23). */
#define LARGE_PRINT_SIZE MPT_POINTS(18)

struct style_change {
  mpt body;       /* size of the body; the other roles in proportion; 0: as it is */
  mpt least;      /* no role is smaller */
  int leading;    /* at least, per cent of the size; 0: as it is */
  bool plain;     /* sans, flush left, no italics, no split words, gaps, not indents */
  bool lines_gap; /* a blank line between paragraphs */
  int keep_lines; /* at a page's foot and head; 0: as it is */
  bool cream;     /* paper on the screen */
  bool black;     /* all text black on white */
  bool grey;      /* colours as their greys */
  int margins;    /* per cent of the theme's */
};

static const struct style_change changes[] = {
    [STYLE_STANDARD] = {.margins = 100},
    [STYLE_LARGE_PRINT] = {.body = LARGE_PRINT_SIZE,
                           .least = LARGE_PRINT_SIZE,
                           .leading = 150,
                           .plain = true,
                           .lines_gap = true,
                           .keep_lines = 3,
                           .margins = 70},
    [STYLE_HIGH_CONTRAST] = {.black = true, .margins = 100},
    [STYLE_DYSLEXIA_FRIENDLY] = {.body = MPT_POINTS(13),
                                 .least = MPT_POINTS(12),
                                 .leading = 150,
                                 .plain = true,
                                 .lines_gap = true,
                                 .cream = true,
                                 .margins = 90},
    [STYLE_MONO] = {.grey = true, .margins = 100},
};
static_assert(sizeof changes / sizeof *changes == STYLE_COUNT, "a change for each style");

#define CREAM     0xFBF6E9
#define INK       0x000000
#define DARK_BLUE 0x00308F

static mpt scaled(mpt length, int64_t numerator, int64_t denominator) {
  return (mpt)((length * numerator + denominator / 2) / denominator);
}

/* Lightness by Rec. 709, so that what differed in lightness still does. */
static rgb grey_of(rgb colour) {
  rgb red = colour >> 16 & 0xFF, green = colour >> 8 & 0xFF, blue = colour & 0xFF;
  rgb grey = (red * 2126 + green * 7152 + blue * 722 + 5000) / 10000;
  return grey << 16 | grey << 8 | grey;
}

/* Headings grow less than the body does: at 18 points, twice the size is a poster. */
static void set_size(struct theme_text *text, enum theme_role role, mpt old_body,
                     const struct style_change *change) {
  mpt old = text->size, size = old;
  bool is_large = role >= THEME_HEADING_1 && role <= THEME_SUBTITLE && old > old_body;
  if (change->body > old_body) /* a theme may be large already */
    size = is_large ? change->body + (old - old_body) * 3 / 4 : scaled(old, change->body, old_body);
  if (size < change->least) size = change->least;
  text->size = size;
  text->leading = scaled(text->leading, size, old);
  text->space_before = scaled(text->space_before, size, old);
  text->space_after = scaled(text->space_after, size, old);
  text->han_indent = scaled(text->han_indent, size, old);
  text->latin_indent = scaled(text->latin_indent, size, old);
}

static void set_sizes(struct theme *theme, const struct style_change *change) {
  mpt old_body = theme->texts[THEME_BODY].size;
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    struct theme_text *text = &theme->texts[i];
    if (change->body) set_size(text, (enum theme_role)i, old_body, change);
    bool is_running = i == THEME_BODY || i == THEME_NOTE || i == THEME_CODE || i == THEME_TABLE;
    if (is_running && text->leading < scaled(text->size, change->leading, 100))
      text->leading = scaled(text->size, change->leading, 100);
  }
  theme->list_indent = scaled(theme->list_indent, theme->texts[THEME_BODY].size, old_body);
  theme->table_padding = scaled(theme->table_padding, theme->texts[THEME_BODY].size, old_body);
}

static void make_plain(struct theme *theme, struct theme_file *file, bool gaps) {
  file->italics = false;
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    struct theme_text *text = &theme->texts[i];
    if (file->family_of[i] != FAMILY_CODE) file->family_of[i] = FAMILY_SANS;
    if (text->alignment == ALIGN_JUSTIFY) text->alignment = ALIGN_START;
    text->hyphenate = false;
    text->emphasis_dots = false;
    if (gaps) text->han_indent = text->latin_indent = 0;
  }
  struct theme_text *body = &theme->texts[THEME_BODY];
  if (gaps) body->space_after = body->leading;
}

static void blacken(struct theme *theme) {
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) theme->texts[i].colour = INK;
  theme->texts[THEME_TITLE].colour = 0xFFFFFF;
  static const rgb colours[] = {
      [COLOUR_TEXT] = INK,
      [COLOUR_MUTED] = INK,
      [COLOUR_ACCENT] = INK,
      [COLOUR_RULE] = INK,
      [COLOUR_LINK] = DARK_BLUE,
      [COLOUR_TINT] = 0xFFFFFF,
      [COLOUR_BACKGROUND] = 0xFFFFFF,
      [COLOUR_COVER] = INK,
      [COLOUR_COVER_TEXT] = 0xFFFFFF,
  };
  static_assert(sizeof colours / sizeof *colours == THEME_COLOUR_COUNT, "one for each");
  for (size_t i = 0; i < THEME_COLOUR_COUNT; i++) theme->colours[i] = colours[i];
  theme->underline_links = true;
}

static void make_grey(struct theme *theme) {
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++)
    theme->texts[i].colour = grey_of(theme->texts[i].colour);
  for (size_t i = 0; i < THEME_COLOUR_COUNT; i++) theme->colours[i] = grey_of(theme->colours[i]);
  for (size_t i = 0; i < THEME_SERIES_LIMIT; i++) theme->series[i] = grey_of(theme->series[i]);
  theme->underline_links = true;
}

void theme_set_style(struct theme *theme, struct theme_file *file, enum style style) {
  const struct style_change *change = &changes[style];
  if (change->body) set_sizes(theme, change);
  if (change->plain) make_plain(theme, file, change->lines_gap);
  theme->least_size = change->least ? change->least : MPT_POINTS(8);
  if (change->keep_lines) theme->widow_lines = theme->orphan_lines = change->keep_lines;
  if (change->black) blacken(theme);
  if (change->grey) make_grey(theme);
  if (change->cream) {
    if (theme->colours[COLOUR_TINT] == theme->colours[COLOUR_BACKGROUND])
      theme->colours[COLOUR_TINT] = CREAM;
    theme->colours[COLOUR_BACKGROUND] = CREAM;
  }
  theme->has_background = theme->colours[COLOUR_BACKGROUND] != 0xFFFFFF;
  theme->margin_inner = scaled(theme->margin_inner, change->margins, 100);
  theme->margin_outer = scaled(theme->margin_outer, change->margins, 100);
  theme->margin_top = scaled(theme->margin_top, change->margins, 100);
  theme->margin_bottom = scaled(theme->margin_bottom, change->margins, 100);
}

/* --- papers --------------------------------------------------------------------- */

static const struct {
  mpt width, height;
} papers[] = {
    [PAPER_A4] = {MPT_MILLIMETRES(210), MPT_MILLIMETRES(297)},
    [PAPER_LETTER] = {MPT_POINTS(612), MPT_POINTS(792)},
    [PAPER_A5] = {MPT_MILLIMETRES(148), MPT_MILLIMETRES(210)},
    [PAPER_B5] = {MPT_MILLIMETRES(176), MPT_MILLIMETRES(250)},
};
static_assert(sizeof papers / sizeof *papers == PAPER_COUNT, "a size for each paper");

/* The measure is a whole number of ems of the body, at most 40 (A24), and a page
 * a whole number of lines; what is over goes to the margins. */
static void fit_text(struct theme *theme) {
  mpt em = theme->texts[THEME_BODY].size, line = theme->texts[THEME_BODY].leading;
  mpt width = theme->page_width - theme->margin_inner - theme->margin_outer;
  mpt height = theme->page_height - theme->margin_top - theme->margin_bottom;
  mpt ems = width / em > 40 ? 40 : width / em;
  mpt spare = width - ems * em;
  theme->margin_inner += spare / 2;
  theme->margin_outer += spare - spare / 2;
  theme->margin_bottom += height % line;
}

/* The gutter comes from the outer margin, as far as that can spare it. */
#define GUTTER       MPT_MILLIMETRES(5)
#define OUTER_MARGIN MPT_MILLIMETRES(12)

void theme_set_print(struct theme *theme) {
  mpt spare = theme->margin_outer - OUTER_MARGIN;
  mpt gutter = spare < 0 ? 0 : spare < GUTTER ? spare : GUTTER;
  theme->print = true;
  theme->has_background = false;
  theme->margin_inner += gutter;
  theme->margin_outer -= gutter;
}

void theme_set_paper(struct theme *theme, enum paper paper) {
  theme->page_width = papers[paper].width;
  theme->page_height = papers[paper].height;
  mpt width = papers[PAPER_A4].width, height = papers[PAPER_A4].height;
  theme->margin_inner = scaled(theme->margin_inner, theme->page_width, width);
  theme->margin_outer = scaled(theme->margin_outer, theme->page_width, width);
  theme->margin_top = scaled(theme->margin_top, theme->page_height, height);
  theme->margin_bottom = scaled(theme->margin_bottom, theme->page_height, height);
  /* running heads and folios have their room, whatever their size */
  mpt room = theme->texts[THEME_FURNITURE].size * 3;
  if (theme->margin_top < room) theme->margin_top = room;
  if (theme->margin_bottom < room) theme->margin_bottom = room;
  fit_text(theme);
}

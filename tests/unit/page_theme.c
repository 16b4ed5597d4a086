/* Themes: what the program's own hold (contrast, sizes, measures, in every style and
 * on every paper), and what is said of mistakes in one. */
#include "check.h"

#include "page/theme.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

struct rig {
  char *said;
  size_t size;
  FILE *stream;
  struct messages *messages;
  struct font_library *fonts;
};

/* --- contrast (WCAG 2.2, 1.4.3) ------------------------------------------------------ */

static double linear(unsigned part) {
  double value = part / 255.0;
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(rgb colour) {
  return 0.2126 * linear(colour >> 16 & 0xFF) + 0.7152 * linear(colour >> 8 & 0xFF) +
         0.0722 * linear(colour & 0xFF);
}

static double contrast(rgb a, rgb b) {
  double one = luminance(a), other = luminance(b);
  return one > other ? (one + 0.05) / (other + 0.05) : (other + 0.05) / (one + 0.05);
}

static double lightness(rgb colour) {
  double y = luminance(colour);
  return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y;
}

static void check_colours(const struct theme *theme) {
  const rgb *colours = theme->colours;
  static const enum theme_colour texts[] = {COLOUR_TEXT, COLOUR_MUTED, COLOUR_ACCENT, COLOUR_LINK};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    CHECK(contrast(colours[texts[i]], colours[COLOUR_BACKGROUND]) >= 4.5);
    CHECK(contrast(colours[texts[i]], colours[COLOUR_TINT]) >= 4.5);
  }
  if (theme->has_background) CHECK(colours[COLOUR_TINT] != 0xFFFFFF); /* no brighter than paper */
  rgb ground = theme->cover == COVER_BLOCK ? colours[COLOUR_COVER] : colours[COLOUR_BACKGROUND];
  rgb title = theme->cover == COVER_BLOCK ? colours[COLOUR_COVER_TEXT] : colours[COLOUR_COVER];
  CHECK(contrast(title, ground) >= 4.5);
  for (int i = 0; i < THEME_SERIES_LIMIT; i++)
    CHECK(contrast(theme->series[i], colours[COLOUR_BACKGROUND]) >= 3);
  for (int i = 0; i + 1 < THEME_SERIES_LIMIT; i++)
    CHECK(fabs(lightness(theme->series[i]) - lightness(theme->series[i + 1])) >= 15);
}

/* --- sizes ---------------------------------------------------------------------------- */

static void check_measures(const struct theme *theme, enum style style) {
  const struct theme_text *body = &theme->texts[THEME_BODY];
  mpt measure = theme->page_width - theme->margin_inner - theme->margin_outer;
  mpt height = theme->page_height - theme->margin_top - theme->margin_bottom;
  CHECK(measure % body->size == 0);
  CHECK(measure <= 40 * body->size);
  CHECK(height % body->leading == 0);
  CHECK(body->size >= MPT_POINTS(10.5));
  CHECK(body->leading * 10 >= body->size * 15 && body->leading <= body->size * 2);
  for (int i = 0; i < THEME_ROLE_COUNT; i++) {
    CHECK(theme->texts[i].size >= MPT_POINTS(8));
    int scale = theme->texts[i].fonts[THEME_REGULAR].scale[FONT_SCRIPT_LATIN]; /* A27 */
    CHECK(scale >= 950 && scale <= 1080);
    if (style != STYLE_LARGE_PRINT) continue;
    CHECK(theme->texts[i].size >= MPT_POINTS(18));
    CHECK(!theme->texts[i].hyphenate);
    CHECK(theme->texts[i].alignment != ALIGN_JUSTIFY);
  }
}

static void check_theme(struct rig *rig, const char *name, enum style style, enum paper paper) {
  struct theme *theme = theme_load(name, style, paper, rig->fonts, rig->messages);
  CHECK(theme != NULL);
  if (!theme) return;
  check_colours(theme);
  check_measures(theme, style);
  theme_free(theme);
}

static void check_all(struct rig *rig) {
  static const char *const names[] = {"classic", "modern", "plain"};
  for (size_t i = 0; i < 3; i++)
    for (int style = 0; style < STYLE_COUNT; style++)
      for (int paper = 0; paper < PAPER_COUNT; paper++)
        check_theme(rig, names[i], (enum style)style, (enum paper)paper);
}

/* --- mistakes ---------------------------------------------------------------------------- */

/* The first message about a theme that says this and nothing else. */
static void check_mistake(struct rig *rig, const char *yaml, const char *wanted) {
  char path[] = "/tmp/handout-theme-XXXXXX";
  int file = mkstemp(path);
  CHECK(file >= 0 && write(file, yaml, strlen(yaml)) == (ssize_t)strlen(yaml));
  close(file);
  rewind(rig->stream);
  CHECK(theme_load(path, STYLE_STANDARD, PAPER_A4, rig->fonts, rig->messages) == NULL);
  messages_flush(rig->messages);
  fflush(rig->stream);
  unlink(path);
  CHECK(rig->size > sizeof path);
  CHECK(strstr(rig->said, wanted) != NULL);
  if (!strstr(rig->said, wanted)) printf("said: %.300s\n", rig->said);
}

static void check_mistakes(struct rig *rig) {
  check_mistake(rig, "colors: {text: \"#000\"}\n", "[unknown-key]");
  check_mistake(rig, "colours: {text: black}\n", ":1:17: error: 'text' must be a colour");
  check_mistake(rig, "colours: {txet: \"#000000\"}\n", "txet");
  check_mistake(rig, "page: {top: 3em}\n", "'top' must be a length in pt or mm");
  check_mistake(rig, "page: {top: 300mm}\n", "'top' must be from 20pt to 200pt");
  check_mistake(rig, "text: {body: {size: 6pt}}\n", "'size' must be from 8pt to 96pt");
  check_mistake(rig, "text: {body: {size: 10pt, align: left}}\n", "'align' must be 'start',");
  check_mistake(rig, "text: {body: {size: 10pt, sise: 3pt}}\n", "a theme has no key 'sise' here");
  check_mistake(rig, "layout: {widow-lines: two}\n", "'widow-lines' must be a whole number");
  check_mistake(rig, "families: {reading: {latin: Noto Serif}}\n", "one for 'han'");
  check_mistake(rig, "series: [\"#000000\"]\n", "a list of six colours");
  check_mistake(rig, "{}\n", "no family is called 'reading'");
}

int main(void) {
  struct rig rig = {0};
  struct font_options options = {0};
  rig.stream = open_memstream(&rig.said, &rig.size);
  rig.messages = messages_new(rig.stream, MESSAGES_SHORT, false);
  rig.fonts = font_library_new(&options, rig.messages);
  check_all(&rig);
  check_mistakes(&rig);
  CHECK(theme_load("clasic", STYLE_STANDARD, PAPER_A4, rig.fonts, rig.messages) == NULL);
  font_library_free(rig.fonts);
  messages_free(rig.messages);
  fclose(rig.stream);
  free(rig.said);
  return check_summary();
}

/* Themes: what the program's own hold (contrast, sizes, measures, in every style and
 * on every paper), and what is said of mistakes in one. */
#include "check.h"

#include "base/buffer.h"
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

/* A theme like one of the program's but for a few words, in a file of its own. */
static void write_changed(char *path, const char *from, const char *to) {
  struct buffer text = {0};
  char line[512];
  size_t found = 0;
  FILE *in = fopen("assets/themes/classic.yaml", "r"), *out = fdopen(mkstemp(path), "w");
  while (in && fgets(line, sizeof line, in)) buffer_append_text(&text, line);
  const char *rest = text.data;
  for (const char *at; out && (at = strstr(rest, from)); rest = at + strlen(from), found++)
    fprintf(out, "%.*s%s", (int)(at - rest), rest, to);
  CHECK(found > 0);
  if (out) fputs(rest, out);
  if (out) fclose(out);
  if (in) fclose(in);
  buffer_finish(&text);
}

static struct theme *load_changed(struct rig *rig, const char *from, const char *to,
                                  enum style style, enum paper paper) {
  char path[] = "/tmp/handout-theme-XXXXXX";
  write_changed(path, from, to);
  rewind(rig->stream);
  struct theme *theme = theme_load(path, style, paper, rig->fonts, rig->messages);
  messages_flush(rig->messages);
  fflush(rig->stream);
  unlink(path);
  return theme;
}

static void check_refused(struct rig *rig, const char *from, const char *to, const char *wanted) {
  CHECK(load_changed(rig, from, to, STYLE_LARGE_PRINT, PAPER_A5) == NULL);
  CHECK(strstr(rig->said, wanted) != NULL);
  if (!strstr(rig->said, wanted)) printf("said: %.300s\n", rig->said);
}

/* What is left out, or leaves no room, is not supposed to be nothing, or black. */
static void check_incomplete(struct rig *rig) {
  check_refused(rig, ", outer: 30mm", "", "'page' has no 'outer'");
  check_refused(rig, "  tint: \"#f5f1ea\"\n", "", "'colours' has no 'tint'");
  check_refused(rig, "  list-indent: 21pt\n", "", "'layout' has no 'list-indent'");
  check_refused(rig, "series: [", "# [", "there is no 'series'");
  check_refused(rig, "before: 34pt", "before: .pt", "'before' must be a length");
  check_refused(rig, "before: 34pt", "before: 12345678901234pt", "'before' must be from 0pt to 200pt");
  check_refused(rig, "9.5pt, leading: 14pt", "9.5pt, leading: 14pt, before: 3pt",
                "'table' has no use for 'before'");
  check_refused(rig, "\"#5b5854\"", "muted", "'muted' must be a colour, or the name of one");
  check_refused(rig, "8.5pt, leading: 12pt, colour: muted", "96pt, leading: 160pt",
                "no line fits between the margins");
}

/* A colour may have another's name before that one is told, and large print makes nothing smaller. */
static void check_changed(struct rig *rig) {
  struct theme *theme =
      load_changed(rig, "\"#1c1b1a\"", "accent", STYLE_STANDARD, PAPER_A4);
  CHECK(theme && theme->colours[COLOUR_TEXT] == 0x7d2e26);
  theme_free(theme);
  theme = load_changed(rig, "\"#ffffff\"\n  cover:", "\"#fff8e0\"\n  cover:", STYLE_STANDARD, PAPER_A4);
  CHECK(theme && theme->has_background);
  theme_free(theme);
  theme = load_changed(rig, "size: 10.5pt, leading: 17pt, after: 0pt",
                       "size: 24pt, leading: 36pt, after: 0pt", STYLE_LARGE_PRINT, PAPER_A4);
  CHECK(theme && theme->texts[THEME_BODY].size == MPT_POINTS(24));
  CHECK(theme && theme->texts[THEME_TITLE].size == MPT_POINTS(34));
  CHECK(theme && theme->texts[THEME_NOTE].size == MPT_POINTS(18));
  theme_free(theme);
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
  check_mistake(rig, "text: {body: {before: 4pt}}\n", ":1:15: error: 'body' has no use for 'before'");
  check_mistake(rig, "text: {subtitle: {colour: text}}\n", "'subtitle' has no use for 'colour'");
  check_mistake(rig, "text: {caption: {han-indent: 1em}}\n", "'caption' has no use for 'han-indent'");
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
  check_incomplete(&rig);
  check_changed(&rig);
  CHECK(theme_load("clasic", STYLE_STANDARD, PAPER_A4, rig.fonts, rig.messages) == NULL);
  font_library_free(rig.fonts);
  messages_free(rig.messages);
  fclose(rig.stream);
  free(rig.said);
  return check_summary();
}

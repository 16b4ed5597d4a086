/* A theme's file, in every style and on every paper: the measure that comes out is one
 * that a line of text fits. */
#include "fuzz.h"

#include "page/theme.h"

static void check_theme(const struct theme *theme) {
  PROMISE(theme->page_width > theme->margin_inner + theme->margin_outer);
  PROMISE(theme->page_height > theme->margin_top + theme->margin_bottom);
  for (int role = 0; role < THEME_ROLE_COUNT; role++) {
    const struct theme_text *text = &theme->texts[role];
    PROMISE(text->size > 0 && text->leading >= text->size);
    for (int weight = 0; weight < THEME_WEIGHT_COUNT; weight++)
      PROMISE(text->fonts[weight].faces[FONT_SCRIPT_LATIN][0]);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct font_library *library;
  if (size == 0) return 0;
  enum style style = data[0] % STYLE_COUNT;
  enum paper paper = data[0] / STYLE_COUNT % PAPER_COUNT;
  struct sink *sink = sink_open();
  struct font_options fonts = {0};
  if (!library) library = font_library_new(&fonts, sink->messages);
  PROMISE(library);
  struct theme *theme = theme_load(fuzz_file("some.yaml", data + 1, size - 1), style, paper,
                                   library, sink->messages);
  sink_agrees(sink, theme != NULL);
  if (theme && data[0] >= STYLE_COUNT * PAPER_COUNT * 5) theme_set_print(theme);
  if (theme) check_theme(theme);
  theme_free(theme);
  sink_close(sink);
  return 0;
}

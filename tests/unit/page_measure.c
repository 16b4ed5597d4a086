/* Every style × mode × paper × theme, on generated guides, measured on the display
 * lists (page_rules.h); every third for the print shop.
 *
 *   page_measure            all combinations, one seed each
 *   page_measure SEED FILE  writes one as a PDF, to be looked at */
#include "check.h"

#include "page_rules.h"
#include "page_sample.h"
#include "pdf/pdf.h"

/* --- the combinations ---------------------------------------------------------------- */

struct rig {
  struct messages *messages;
  struct font_library *fonts;
  struct text_engine *engine;
};

struct combination {
  uint32_t seed;
  const char *theme;
  enum style style;
  enum mode mode;
  enum paper paper;
  bool print;
};

static void try(struct rig *rig, const struct combination *one, const char *file) {
  struct page_sample sample;
  sample_make(&sample, one->seed, 2);
  struct reader *reader = reader_new_anonymous(&sample.guide);
  reader->style = one->style;
  reader->mode = one->mode;
  reader->paper = one->paper;
  struct edition *edition = edition_new(&sample.guide, reader, rig->messages);
  struct theme *theme = theme_load(one->theme, one->style, one->paper, rig->fonts, rig->messages);
  if (theme && one->print) theme_set_print(theme);
  struct pages *pages =
      edition && theme ? pages_new(edition, theme, rig->engine, rig->messages) : NULL;
  CHECK(pages != NULL);
  struct measured measured = {.pages = pages, .theme = theme};
  snprintf(measured.what, sizeof measured.what, "seed %u, %s, %s, %s, %s%s", one->seed, one->theme,
           style_name(one->style), mode_name(one->mode), paper_name(one->paper), one->print ? ", print" : "");
  if (pages) measure(&measured);
  CHECK(measured.faults == 0);
  struct buffer out = {0};
  if (pages && file && pdf_write(pages, NULL, NULL, &out, rig->messages))
    file_write(file, out.data, out.length, rig->messages);
  buffer_finish(&out);
  messages_flush(rig->messages);
  pages_free(pages);
  theme_free(theme);
  edition_free(edition);
  reader_free(reader);
  sample_free(&sample);
}

/* A seed is a place in the table of all combinations; after its end it begins again. */
static struct combination combination_of(uint32_t seed) {
  static const char *const themes[] = {"classic", "modern", "plain"};
  uint32_t at = seed - 1;
  return (struct combination){seed,
                              themes[seed % 3],
                              (enum style)(at / PAPER_COUNT / MODE_COUNT % STYLE_COUNT),
                              (enum mode)(at / PAPER_COUNT % MODE_COUNT),
                              (enum paper)(at % PAPER_COUNT),
                              at / 3 % 3 == 2};
}

/* Twice: the second time with other themes. */
static void try_all(struct rig *rig) {
  for (uint32_t seed = 1; seed <= 2 * STYLE_COUNT * MODE_COUNT * PAPER_COUNT; seed++) {
    struct combination one = combination_of(seed);
    try(rig, &one, NULL);
  }
}

int main(int count, char **arguments) {
  struct rig rig = {.messages = messages_new(stderr, MESSAGES_SHORT, false)};
  struct font_options options = {0};
  rig.fonts = font_library_new(&options, rig.messages);
  rig.engine = text_engine_new(rig.messages);
  struct combination one = combination_of(count > 1 ? (uint32_t)atoi(arguments[1]) : 1);
  if (count > 1) try(&rig, &one, count > 2 ? arguments[2] : NULL);
  else try_all(&rig);
  text_engine_free(rig.engine);
  font_library_free(rig.fonts);
  messages_free(rig.messages);
  return check_summary();
}

/* One guide laid out in one way, and measured. For page_measure and page_cases. */
#ifndef HANDOUT_TESTS_PAGE_TRY_H
#define HANDOUT_TESTS_PAGE_TRY_H

#include "check.h"
#include "page_rules.h"
#include "page_tops.h"
#include "pdf/pdf.h"

struct rig {
  struct messages *messages;
  struct font_library *fonts;
  struct text_engine *engine;
};

static void rig_open(struct rig *rig, FILE *sink) {
  struct font_options options = {0};
  rig->messages = messages_new(sink, MESSAGES_SHORT, false);
  rig->fonts = font_library_new(&options, rig->messages);
  rig->engine = text_engine_new(rig->messages);
}

static void rig_close(struct rig *rig) {
  text_engine_free(rig->engine);
  font_library_free(rig->fonts);
  messages_free(rig->messages);
}

struct combination {
  const char *theme;
  enum style style;
  enum mode mode;
  enum paper paper;
  bool print;
};
#define COMBINATIONS (STYLE_COUNT * MODE_COUNT * PAPER_COUNT)

/* The table of all combinations; after its end it begins again, with other themes. */
static struct combination combination_of(uint32_t at) {
  static const char *const themes[] = {"classic", "modern", "plain"};
  return (struct combination){themes[(at + 1) % 3],
                              (enum style)(at / PAPER_COUNT / MODE_COUNT % STYLE_COUNT),
                              (enum mode)(at / PAPER_COUNT % MODE_COUNT),
                              (enum paper)(at % PAPER_COUNT), at / 3 % 3 == 2};
}

/* Changes the reader's record. With `file` the PDF is written too, to be looked at. */
static void try_guide(struct rig *rig, const struct guide *guide, struct reader *reader,
                      const struct combination *one, const char *name, const char *file) {
  reader->style = one->style;
  reader->mode = one->mode;
  reader->paper = one->paper;
  struct edition *edition = edition_new(guide, reader, rig->messages);
  struct theme *theme = theme_load(one->theme, one->style, one->paper, rig->fonts, rig->messages);
  if (theme && one->print) theme_set_print(theme);
  if (theme) theme->chapters_on_recto = one->print;
  struct pages *pages =
      edition && theme ? pages_new(edition, theme, rig->engine, NULL, rig->messages) : NULL;
  struct measured measured = {.pages = pages, .theme = theme};
  snprintf(measured.what, sizeof measured.what, "%s, %s, %s, %s, %s%s", name, one->theme,
           style_name(one->style), mode_name(one->mode), paper_name(one->paper),
           one->print ? ", print" : "");
  if (pages) measure(&measured);
  if (pages) measure_tops(&measured);
  CHECK(pages && measured.faults == 0);
  struct buffer out = {0};
  if (pages && file && pdf_write(pages, NULL, NULL, &out, rig->messages))
    file_write(file, out.data, out.length, rig->messages);
  buffer_finish(&out);
  messages_flush(rig->messages);
  pages_free(pages);
  theme_free(theme);
  edition_free(edition);
}

#endif

/* What tests of text/ share: faces, an engine, a paragraph from a string, and its
 * lines as text with their positions. */
#ifndef HANDOUT_TESTS_SAMPLE_H
#define HANDOUT_TESTS_SAMPLE_H

#include "base/buffer.h"
#include "font/font.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

struct sample {
  struct messages *messages;
  struct font_library *library;
  struct text_engine *engine;
  struct font_set fonts;
  struct text_style style;
};

static inline void sample_init(struct sample *sample) {
  struct font_options options = {0};
  struct messages *messages = messages_new(stderr, MESSAGES_HUMAN, false);
  *sample = (struct sample){.messages = messages};
  sample->library = font_library_new(&options, messages);
  sample->engine = text_engine_new(messages);
  sample->fonts.faces[FONT_SCRIPT_LATIN][0] =
      font_library_find(sample->library, "Noto Serif", 400, FONT_UPRIGHT, messages);
  sample->fonts.faces[FONT_SCRIPT_HAN][0] =
      font_library_find(sample->library, "Noto Serif CJK SC", 400, FONT_UPRIGHT, messages);
  sample->style =
      (struct text_style){.fonts = &sample->fonts, .size = 10000, .language = "zh-Hans"};
}

static inline void sample_free(struct sample *sample) {
  text_engine_free(sample->engine);
  font_library_free(sample->library);
  messages_free(sample->messages);
}

/* A justified paragraph of one run, `measure` in em, in the sample's style. */
static inline struct paragraph_spec sample_spec(const struct sample *sample,
                                                const struct text_run *run, double measure) {
  return (struct paragraph_spec){
      .runs = run,
      .run_count = 1,
      .language = sample->style.language,
      .measure = (mpt)(measure * sample->style.size),
      .alignment = ALIGN_JUSTIFY,
      .hyphenate = true,
  };
}

static inline struct text_run sample_run(const struct sample *sample, const char *text) {
  return (struct text_run){.text = text, .length = strlen(text), .style = &sample->style};
}

#endif

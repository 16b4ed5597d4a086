/* handout fonts: the families of the theme and the faces found for them; with a guide,
 * how many of its characters each sets, and each character that none has. */
#include "base/utf8.h"
#include "cli/verbs.h"
#include "guide/guide.h"
#include "page/page.h"

#include <stdlib.h>
#include <string.h>

#define CHARACTERS 0x110000

struct survey {
  struct font_library *fonts;
  struct theme *theme;
  uint8_t *seen;  /* a bit for each character */
  size_t *counts; /* characters that a face sets */
  struct messages *messages;
};

static bool first_seen(struct survey *survey, uint32_t c) {
  uint8_t bit = (uint8_t)(1u << (c % 8));
  bool fresh = !(survey->seen[c / 8] & bit);
  survey->seen[c / 8] |= bit;
  return fresh;
}

/* Han and its punctuation begin here; the rest goes by coverage. */
static enum font_script script_of(uint32_t c) {
  return c >= 0x2E80 ? FONT_SCRIPT_HAN : FONT_SCRIPT_LATIN;
}

static void survey_text(struct survey *survey, const struct node *node) {
  const struct font_set *set = &survey->theme->texts[THEME_BODY].fonts[THEME_REGULAR];
  size_t length = strlen(node->text);
  for (size_t at = 0, step; at < length; at += step) {
    uint32_t c = utf8_decode(node->text + at, length - at, &step);
    if (c < 0x20 || !first_seen(survey, c)) continue;
    const struct face *face = font_set_face(set, script_of(c), c);
    if (face) survey->counts[face->index]++;
    else
      message_error(survey->messages, &node->place, "missing-glyph",
                    "no face of the theme has U+%04X", (unsigned)c);
  }
}

static void survey_guide(struct survey *survey, const struct guide *guide) {
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    if (walk.entering && walk.node->text) survey_text(survey, walk.node);
  }
}

static void list_faces(const struct survey *survey, bool counted, struct buffer *out) {
  for (size_t i = 0; i < font_library_count(survey->fonts); i++) {
    const struct face *face = font_library_face(survey->fonts, i);
    buffer_printf(out, "%-24s %d%s", face->family, face->weight,
                  face->slant == FONT_ITALIC ? " italic" : "");
    if (counted) buffer_printf(out, "\t%zu characters", survey->counts[i]);
    buffer_printf(out, "\t%s\n", face->path);
  }
}

static struct survey survey_new(const struct options *options, const struct guide *guide,
                                struct messages *messages) {
  const char *name = options->values[OPTION_THEME];
  if (!name) name = guide && guide->theme ? guide->theme : "classic";
  struct font_options faces = options_fonts(options);
  struct survey survey = {.fonts = font_library_new(&faces, messages), .messages = messages};
  if (!survey.fonts) return survey;
  survey.theme = theme_load(name, STYLE_STANDARD, PAPER_A4, survey.fonts, messages);
  survey.seen = memory_alloc(CHARACTERS / 8);
  survey.counts = memory_alloc(font_library_count(survey.fonts) * sizeof(size_t));
  if (survey.theme && guide) survey_guide(&survey, guide);
  return survey;
}

static void survey_finish(struct survey *survey) {
  free(survey->seen);
  free(survey->counts);
  theme_free(survey->theme);
  font_library_free(survey->fonts);
}

void check_glyphs(const struct options *options, const struct guide *guide,
                  struct messages *messages) {
  struct survey survey = survey_new(options, guide, messages);
  survey_finish(&survey);
}

int verb_fonts(const struct options *options, struct messages *messages) {
  bool counted = options->operand_count > 0;
  struct guide *guide = counted ? load_guide(options, messages) : NULL;
  if (counted && !guide) return STATUS_DONE;
  struct survey survey = survey_new(options, guide, messages);
  struct buffer text = {0};
  if (survey.theme) {
    list_faces(&survey, counted, &text);
    write_text(options, &text, messages);
  }
  buffer_finish(&text);
  survey_finish(&survey);
  messages_flush(messages);
  guide_free(guide);
  return STATUS_DONE;
}

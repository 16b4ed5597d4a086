/* Every different character of a guide, asked of the theme's body faces once. */
#include "build/survey.h"

#include "base/utf8.h"
#include "page/page.h"

#include <stdlib.h>
#include <string.h>

#define CHARACTERS 0x110000

struct survey {
  struct font_library *fonts;
  struct theme *theme;
  uint8_t *seen;  /* a bit for each character */
  size_t *counts; /* characters that a face sets */
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

static void survey_text(struct survey *survey, const char *text, const struct place *place,
                        struct messages *messages) {
  const struct font_set *set = &survey->theme->texts[THEME_BODY].fonts[THEME_REGULAR];
  size_t length = strlen(text);
  for (size_t at = 0, step; at < length; at += step) {
    uint32_t c = utf8_decode(text + at, length - at, &step);
    if (c < 0x20 || !first_seen(survey, c)) continue;
    const struct face *face = is_right_to_left(c) ? NULL : font_set_face(set, script_of(c), c);
    if (face) survey->counts[face->index]++;
    else report_missing_glyph(set, c, place, messages);
  }
}

static void survey_words(struct survey *survey, const struct words *words,
                         struct messages *messages) {
  for (; words; words = words->next) survey_text(survey, words->text, &words->place, messages);
}

/* What a node prints that is no text of its own: where a code leads, a chart's unit and source. */
static void survey_node(struct survey *survey, const struct node *node, struct messages *messages) {
  bool is_code = node->kind == NODE_QR || (node->kind == NODE_VARIANT && node->parent->kind == NODE_QR);
  if (node->text) survey_text(survey, node->text, &node->place, messages);
  if (is_code && node->target) survey_text(survey, node->target, &node->place, messages);
  const struct attribute *at = node->kind == NODE_CHART ? node->attributes : NULL;
  for (; at; at = at->next)
    if (strncmp(at->name, "unit", 4) == 0 || strncmp(at->name, "source", 6) == 0)
      survey_text(survey, at->value, &at->place, messages);
}

static void survey_guide(struct survey *survey, const struct guide *guide,
                         struct messages *messages) {
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk))
    if (walk.entering) survey_node(survey, walk.node, messages);
  survey_words(survey, guide->titles, messages);
  survey_words(survey, guide->authors, messages);
  for (const struct skill *skill = guide->skills; skill; skill = skill->next) {
    survey_words(survey, skill->names, messages);
    survey_words(survey, skill->levels, messages);
  }
}

struct survey *survey_new(const struct guide *guide, const char *theme,
                          const struct font_options *fonts, struct messages *messages) {
  struct survey *survey = memory_alloc(sizeof *survey);
  if (!theme) theme = guide && guide->theme_file ? guide->theme_file : DEFAULT_THEME;
  survey->fonts = font_library_new(fonts, messages);
  if (survey->fonts)
    survey->theme = theme_load(theme, STYLE_STANDARD, PAPER_A4, survey->fonts, messages);
  if (!survey->theme) {
    survey_free(survey);
    return NULL;
  }
  survey->seen = memory_alloc(CHARACTERS / 8);
  survey->counts = memory_alloc(font_library_count(survey->fonts) * sizeof *survey->counts);
  if (guide) survey_guide(survey, guide, messages);
  return survey;
}

void survey_free(struct survey *survey) {
  if (!survey) return;
  free(survey->seen);
  free(survey->counts);
  theme_free(survey->theme);
  font_library_free(survey->fonts);
  free(survey);
}

size_t survey_face_count(const struct survey *survey) {
  return font_library_count(survey->fonts);
}

const struct face *survey_face(const struct survey *survey, size_t index, size_t *characters) {
  *characters = survey->counts[index];
  return font_library_face(survey->fonts, index);
}

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
  const struct font_library *library;
  const struct theme *theme;
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
  for (size_t i = 0; i < font_library_count(survey->library); i++) {
    const struct face *face = font_library_face(survey->library, i);
    buffer_printf(out, "%-24s %d%s", face->family, face->weight,
                  face->slant == FONT_ITALIC ? " italic" : "");
    if (counted) buffer_printf(out, "\t%zu characters", survey->counts[i]);
    buffer_printf(out, "\t%s\n", face->path);
  }
}

int verb_fonts(const struct options *options, struct messages *messages) {
  const char *name = options->values[OPTION_THEME];
  struct font_options faces = options_fonts(options);
  bool counted = options->operand_count > 0;
  struct guide *guide = counted ? load_guide(options, messages) : NULL;
  if (counted && !guide) return STATUS_DONE;
  if (!name) name = guide && guide->theme ? guide->theme : "classic";
  struct font_library *library = font_library_new(&faces, messages);
  struct theme *theme =
      library ? theme_load(name, STYLE_STANDARD, PAPER_A4, library, messages) : NULL;
  if (theme) {
    struct buffer text = {0};
    struct survey survey = {library, theme, memory_alloc(CHARACTERS / 8),
                            memory_alloc(font_library_count(library) * sizeof(size_t)), messages};
    if (guide) survey_guide(&survey, guide);
    list_faces(&survey, counted, &text);
    write_text(options, &text, messages);
    buffer_finish(&text);
    free(survey.seen);
    free(survey.counts);
  }
  messages_flush(messages);
  theme_free(theme);
  font_library_free(library);
  guide_free(guide);
  return STATUS_DONE;
}

/* handout fonts: the families of the theme and the faces found for them; with a guide,
 * how many of its characters each sets, and each character that none has. */
#include "build/build.h"
#include "cli/verbs.h"

static void list_faces(const struct survey *survey, bool counted, struct buffer *out) {
  for (size_t i = 0; i < survey_face_count(survey); i++) {
    size_t characters;
    const struct face *face = survey_face(survey, i, &characters);
    buffer_printf(out, "%-24s %d%s", face->family, face->weight,
                  face->slant == FONT_ITALIC ? " italic" : "");
    if (counted) buffer_printf(out, "\t%zu characters", characters);
    buffer_printf(out, "\t%s\n", face->path);
  }
}

int verb_fonts(const struct options *options, struct messages *messages) {
  bool counted = options->operand_count > 0;
  struct guide *guide = counted ? load_guide(options, messages) : NULL;
  if (counted && !guide) return STATUS_DONE;
  struct font_options fonts = options_fonts(options);
  struct survey *survey = survey_new(guide, options->values[OPTION_THEME], &fonts, messages);
  struct buffer text = {0};
  if (survey) {
    list_faces(survey, counted, &text);
    write_text(options, &text, messages);
  }
  buffer_finish(&text);
  messages_flush(messages);
  survey_free(survey);
  guide_free(guide);
  return STATUS_DONE;
}

/* A theme in three steps: what its file says, what the style and the paper change,
 * which faces set it. Faces come last, so that a style may choose other families. */
#include "page/theme.h"

#include "page/theme_file.h"

#include <stdlib.h>
#include <string.h>

static int strong_weight(int weight) {
  return weight >= 600 ? weight + 200 > 900 ? 900 : weight + 200 : 700;
}

/* Faces of one weight and slant; the others come after the Latin ones. */
static bool find_faces(struct font_set *set, const struct theme_file *file,
                       const struct family_pair *pair, int weight, enum font_slant slant,
                       struct font_library *library, struct messages *messages) {
  for (int script = 0; script < FONT_SCRIPT_COUNT; script++) {
    const struct face **faces = set->faces[script];
    size_t count = 0;
    faces[count++] = font_library_find(library, pair->names[script], weight, slant, messages);
    if (!faces[0]) return false;
    set->scale[script] = script == FONT_SCRIPT_LATIN ? pair->latin_scale : 1000;
    for (size_t i = 0; script == FONT_SCRIPT_LATIN && i < file->other_count; i++) {
      const struct face *face =
          font_library_find(library, file->others[i], weight, FONT_UPRIGHT, messages);
      if (!face) return false;
      if (count < FONT_STACK_LIMIT - 1) faces[count++] = face;
    }
  }
  return true;
}

static bool find_role_faces(struct theme *theme, const struct theme_file *file,
                            enum theme_role role, struct font_library *library,
                            struct messages *messages) {
  struct theme_text *text = &theme->texts[role];
  const struct family_pair *pair = &file->families[file->family_of[role]];
  for (int script = 0; script < FONT_SCRIPT_COUNT; script++)
    text->families[script] = pair->names[script];
  int strong = strong_weight(text->weight);
  /* without italics, emphasis is strong */
  const struct {
    int weight;
    enum font_slant slant;
  } wanted[] = {
      [THEME_REGULAR] = {text->weight, FONT_UPRIGHT},
      [THEME_STRONG] = {strong, FONT_UPRIGHT},
      [THEME_EMPHASIS] = {file->italics ? text->weight : strong,
                          file->italics ? FONT_ITALIC : FONT_UPRIGHT},
      [THEME_STRONG_EMPHASIS] = {strong, file->italics ? FONT_ITALIC : FONT_UPRIGHT},
  };
  for (int i = 0; i < THEME_WEIGHT_COUNT; i++)
    if (!find_faces(&text->fonts[i], file, pair, wanted[i].weight, wanted[i].slant, library,
                    messages))
      return false;
  return true;
}

/* Large running heads widen the margins of a small paper. */
static bool has_line(const struct theme *theme, const struct theme_file *file,
                     struct messages *messages) {
  mpt height = theme->page_height - theme->margin_top - theme->margin_bottom;
  if (height >= theme->texts[THEME_BODY].leading) return true;
  struct place place = {.source = file->families[FAMILY_READING].place.source};
  message_error(messages, &place, "theme-room", "on this paper no line fits between the margins");
  return false;
}

struct theme *theme_load(const char *name, enum style style, enum paper paper,
                         struct font_library *library, struct messages *messages) {
  struct arena *arena = arena_new();
  struct theme *theme = arena_alloc(arena, sizeof *theme);
  theme->arena = arena;
  theme->name = arena_strdup(arena, name);
  struct theme_file file = {.italics = true};
  bool ok = theme_read(theme, &file, name, messages);
  if (ok) {
    theme_set_style(theme, &file, style);
    theme_set_paper(theme, paper);
    ok = has_line(theme, &file, messages);
  }
  for (int role = 0; ok && role < THEME_ROLE_COUNT; role++)
    ok = find_role_faces(theme, &file, (enum theme_role)role, library, messages);
  if (ok) return theme;
  messages_flush(messages); /* the places of what is held back are in the theme's file */
  theme_free(theme);
  return NULL;
}

void theme_free(struct theme *theme) {
  if (theme) arena_free(theme->arena);
}

/* Faces are found by their exact family, share outlines within a collection, and
 * say what they cover; what is missing is told with the package that brings it. */
#include "check.h"

#include "font/font.h"

#include <stdlib.h>

static void test_faces(struct messages *messages) {
  struct font_options options = {0};
  struct font_library *library = font_library_new(&options, messages);
  CHECK(library != NULL);
  const struct face *song =
      font_library_find(library, "Noto Serif CJK SC", 400, FONT_UPRIGHT, messages);
  const struct face *japanese =
      font_library_find(library, "Noto Serif CJK JP", 400, FONT_UPRIGHT, messages);
  const struct face *bold =
      font_library_find(library, "Noto Serif CJK SC", 700, FONT_ITALIC, messages);
  const struct face *serif = font_library_find(library, "Noto Serif", 400, FONT_UPRIGHT, messages);
  const struct face *italic = font_library_find(library, "Noto Serif", 400, FONT_ITALIC, messages);
  const struct face *mono =
      font_library_find(library, "Noto Sans Mono", 400, FONT_UPRIGHT, messages);
  CHECK(song && japanese && bold && serif && italic && mono);
  CHECK_TEXT(song->postscript_name, "NotoSerifCJKsc-Regular");
  CHECK(song->collection_index == 2 && song->is_cff && song->is_serif && !song->is_monospaced);
  CHECK(song != japanese && song->outlines == japanese->outlines);
  CHECK(bold->outlines != song->outlines && bold->weight == 700 && bold->slant == FONT_UPRIGHT);
  CHECK(italic->slant == FONT_ITALIC && italic->italic_angle < 0);
  CHECK(serif->units_per_em == 1000 && serif->x_height > 0 && serif->cap_height > serif->x_height);
  CHECK(!serif->is_cff && mono->is_monospaced && !mono->is_serif);
  CHECK(song == font_library_find(library, "noto serif cjk sc", 450, FONT_UPRIGHT, messages));
  CHECK(font_library_face(library, song->index) == song && font_library_count(library) == 6);
  CHECK(face_glyph_width(song, face_glyph(song, 0x6C49)) == 1000);
  CHECK(face_glyph(serif, 0x6C49) == 0);
  struct font_set set = {.faces = {{serif}, {song}}};
  CHECK(font_set_face(&set, FONT_SCRIPT_LATIN, 'a') == serif);
  CHECK(font_set_face(&set, FONT_SCRIPT_LATIN, 0x6C49) == song);
  CHECK(font_set_face(&set, FONT_SCRIPT_HAN, 0xE000) == NULL);
  CHECK(messages_errors(messages) == 0);
  font_library_free(library);
}

static void test_missing(void) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  struct messages *messages = messages_new(stream, MESSAGES_HUMAN, false);
  const char *folders[] = {"/nonexistent"};
  struct font_options options = {folders, 1, true};
  struct font_library *library = font_library_new(&options, messages);
  CHECK(font_library_find(library, "Noto Sans CJK SC", 400, FONT_UPRIGHT, messages) == NULL);
  messages_free(messages);
  fclose(stream);
  CHECK_TEXT(text, "handout: error: there is no font family 'Noto Sans CJK SC' [no-font]\n"
                   "note: looked in /nonexistent\n"
                   "note: the system's fonts were left out\n"
                   "hint: the Debian package fonts-noto-cjk brings it\n");
  free(text);
  font_library_free(library);
}

/* A family that comes as Type 1, too, where it is there at all (Ghostscript brings it). */
static void test_formats(void) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  struct font_options options = {0};
  struct font_library *library = font_library_new(&options, messages);
  const struct face *roman =
      font_library_find(library, "Nimbus Roman", 400, FONT_UPRIGHT, messages);
  messages_free(messages);
  fclose(stream);
  CHECK(roman ? roman->is_cff : strstr(text, "[no-font]") != NULL);
  font_library_free(library);
  free(text);
}

int main(void) {
  struct messages *messages = messages_new(stderr, MESSAGES_HUMAN, false);
  test_faces(messages);
  test_missing();
  test_formats();
  messages_free(messages);
  return check_summary();
}

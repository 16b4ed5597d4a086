/* A character that no face has: an error with its name, its place and the faces
 * that were tried. Nothing is ever printed as a box, and nothing backwards: there is
 * no bidirectional setting here, so what runs from right to left is an error too.
 *
 * A run knows only where it starts in its source, and markup may stand between its
 * characters; so the character itself is looked for from there on. */
#include "text/text.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

/* How far from the run's start its characters may lie in the source. */
#define SEARCH_LIMIT 100000

static struct place place_of(struct place place, uint32_t code) {
  const struct source *source = place.source;
  if (!source || !place.line || place.line > source->line_count) return place;
  size_t from = source_offset(source, place.line, place.column), step;
  for (size_t at = from; at < source->length && at - from < SEARCH_LIMIT; at += step) {
    if (utf8_decode(source->text + at, source->length - at, &step) == code) {
      return source_place(source, at, step);
    }
  }
  return place;
}

static void note_faces(const struct font_set *set, struct messages *messages) {
  struct buffer names = {0};
  for (int script = FONT_SCRIPT_COUNT - 1; script >= 0; script--) {
    for (int i = 0; i < FONT_STACK_LIMIT && set->faces[script][i]; i++) {
      const char *name = set->faces[script][i]->postscript_name;
      if (names.data && strstr(names.data, name)) continue;
      buffer_printf(&names, "%s%s", names.length ? ", " : "", name);
    }
  }
  message_note(messages, NULL, "tried %s", names.data ? names.data : "no face at all");
  buffer_finish(&names);
}

bool is_right_to_left(uint32_t code) {
  if (code < 0x590 || (code >= 0x2E80 && code <= 0xD7FF)) return false; /* the most, and quickly */
  switch (u_charDirection((UChar32)code)) {
  case U_RIGHT_TO_LEFT:
  case U_RIGHT_TO_LEFT_ARABIC:
  case U_RIGHT_TO_LEFT_EMBEDDING:
  case U_RIGHT_TO_LEFT_OVERRIDE:
  case U_RIGHT_TO_LEFT_ISOLATE: return true;
  default: return false;
  }
}

void report_missing_glyph(const struct font_set *faces, uint32_t code, const struct place *from,
                          struct messages *messages) {
  char name[128] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_charName((UChar32)code, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
  char shown[5] = "";
  if (u_isgraph((UChar32)code)) utf8_encode(code, shown);
  struct place place = place_of(*from, code);
  if (is_right_to_left(code)) {
    message_error(messages, &place, "right-to-left",
                  "'%s' (U+%04X %s) runs from right to left, which cannot be set", shown, code, name);
    return;
  }
  message_error(messages, &place, "no-glyph", "no face has '%s' (U+%04X %s)", shown, code, name);
  note_faces(faces, messages);
  message_hint(messages, "write it otherwise, or name a family that has it in the theme");
}

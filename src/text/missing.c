/* A character that no face has: an error with its name, its place and the faces
 * that were tried. Nothing is ever printed as a box.
 *
 * A run knows only where it starts in its source, and markup may stand between its
 * characters; so the character itself is looked for from there on. */
#include "text/setting.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

/* How far from the run's start its characters may lie in the source. */
#define SEARCH_LIMIT 100000

static struct place place_of(const struct text_run *run, uint32_t code) {
  struct place place = run->place;
  const struct source *source = place.source;
  if (!source || !place.line) return place;
  size_t from = source->line_starts[place.line - 1], step;
  for (uint32_t i = 1; i < place.column && from < source->length; i++) {
    utf8_decode(source->text + from, source->length - from, &step);
    from += step;
  }
  for (size_t at = from; at < source->length && at - from < SEARCH_LIMIT; at += step) {
    if (utf8_decode(source->text + at, source->length - at, &step) == code) {
      return source_place(source, at, step);
    }
  }
  return place;
}

static void note_faces(const struct setting *s, const struct font_set *set) {
  struct arena *arena = s->scratch;
  const char *names = NULL;
  for (int script = FONT_SCRIPT_COUNT - 1; script >= 0; script--) {
    for (int i = 0; i < FONT_STACK_LIMIT && set->faces[script][i]; i++) {
      const char *name = set->faces[script][i]->postscript_name;
      if (names && strstr(names, name)) continue;
      names = names ? arena_printf(arena, "%s, %s", names, name) : name;
    }
  }
  message_note(s->messages, NULL, "tried %s", names ? names : "no face at all");
}

void report_missing(const struct setting *s, uint32_t character, const struct text_run *run) {
  uint32_t code = s->codes[character];
  char name[128] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_charName((UChar32)code, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
  char shown[5] = "";
  if (u_isgraph((UChar32)code)) utf8_encode(code, shown);
  struct place place = place_of(run, code);
  message_error(s->messages, &place, "no-glyph", "no face has '%s' (U+%04X %s)", shown, code, name);
  note_faces(s, run->style->fonts);
  message_hint(s->messages, "write it otherwise, or name a family that has it in the theme");
}

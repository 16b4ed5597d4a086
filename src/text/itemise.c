/* Text into characters, characters into items: stretches of one run, one face and
 * one script, which HarfBuzz shapes in one go.
 *
 * The Han stack sets what classify.c calls Han, the Latin stack all else; a
 * character that its own stack lacks is looked for in the other. Characters that
 * belong to no script (spaces, digits) go with what stands before them. */
#include "text/setting.h"

#include "base/utf8.h"

#include <assert.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

/* --- decoding -------------------------------------------------------------- */

bool is_han_language(const char *language) {
  return strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0 ||
         strncmp(language, "yue", 3) == 0;
}

static void join_text(struct setting *s) {
  size_t length = 0;
  for (size_t i = 0; i < s->spec->run_count; i++) length += s->spec->runs[i].length;
  s->text[length] = '\0';
  s->text_length = length;
  char *out = s->text;
  for (size_t i = 0; i < s->spec->run_count; i++) {
    if (s->spec->runs[i].length) memcpy(out, s->spec->runs[i].text, s->spec->runs[i].length);
    out += s->spec->runs[i].length;
  }
}

/* Until items exist, a character's `item` is its run. */
static void decode(struct setting *s) {
  size_t at = 0;
  for (size_t r = 0; r < s->spec->run_count; r++) {
    const struct text_run *run = &s->spec->runs[r];
    const char *language = run->style->language ? run->style->language : s->spec->language;
    bool han = language && is_han_language(language);
    for (size_t end = at + run->length; at < end;) {
      size_t step;
      assert(s->count < s->capacity); /* the runs are UTF-8 */
      s->codes[s->count] = utf8_decode(s->text + at, end - at, &step);
      s->characters[s->count++] = (struct character){
          .offset = (uint32_t)at,
          .item = (uint32_t)r,
          .han_language = han,
          .verbatim = run->style->verbatim,
      };
      at += step;
    }
  }
}

/* --- faces ----------------------------------------------------------------- */

static enum font_script stack_of(uint32_t code, const struct character *c) {
  if (kind_is_han((enum kind)c->kind) || code >= 0x2E80) return FONT_SCRIPT_HAN;
  return c->kind == KIND_CONNECTOR && code == 0x2014 ? FONT_SCRIPT_HAN : FONT_SCRIPT_LATIN;
}

static bool is_unprinted(enum kind kind) {
  return kind == KIND_INVISIBLE || kind == KIND_FORCED;
}

/* The face of a character; that of the one before where the character is not seen. */
static const struct face *choose_face(const struct setting *s, uint32_t i,
                                      const struct item *last) {
  const struct character *c = &s->characters[i];
  const struct font_set *set = s->spec->runs[c->item].style->fonts;
  uint32_t code = s->codes[i];
  if (c->kind == KIND_FORCED) return NULL;
  if (c->kind == KIND_INVISIBLE) {
    const struct face *face = last && last->face ? last->face : set->faces[FONT_SCRIPT_LATIN][0];
    return face ? face : set->faces[FONT_SCRIPT_HAN][0];
  }
  enum font_script script = stack_of(code, c);
  const struct face *first = set->faces[script][0];
  if (first && face_glyph(first, code)) return first;
  const struct face *face = font_set_face(set, script, code);
  if (!face && c->kind == KIND_FIXED_SPACE) face = font_set_face(set, script, ' ');
  return face;
}

static hb_script_t script_of(uint32_t code, bool han) {
  if (code >= 'a' && code <= 'z') return HB_SCRIPT_LATIN;
  hb_script_t script = han && code >= 0x4E00 && code <= 0x9FFF
                           ? HB_SCRIPT_HAN
                           : hb_unicode_script(hb_unicode_funcs_get_default(), code);
  bool shared =
      script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
  if (shared) return han ? HB_SCRIPT_HAN : HB_SCRIPT_COMMON;
  return script;
}

static bool is_in_stack(const struct font_set *set, enum font_script script,
                        const struct face *face) {
  for (int i = 0; i < FONT_STACK_LIMIT && set->faces[script][i]; i++) {
    if (set->faces[script][i] == face) return true;
  }
  return false;
}

/* --- items ----------------------------------------------------------------- */

static mpt scaled_size(const struct text_style *style, const struct face *face) {
  bool han = is_in_stack(style->fonts, FONT_SCRIPT_HAN, face);
  bool latin = is_in_stack(style->fonts, FONT_SCRIPT_LATIN, face);
  int scale = style->fonts->scale[han && !latin ? FONT_SCRIPT_HAN : FONT_SCRIPT_LATIN];
  return scale ? (mpt)((int64_t)style->size * scale / 1000) : style->size;
}

static bool continues(const struct setting *s, struct item *last, const struct item *next) {
  uint32_t length = last->end - last->start;
  bool space = s->characters[last->end - 1].kind == KIND_SPACE;
  if (length >= ITEM_LONGEST || (length >= ITEM_LONG && space)) return false;
  if (last->run != next->run || last->face != next->face || last->han != next->han) return false;
  if (last->script == HB_SCRIPT_COMMON) last->script = next->script;
  return next->script == HB_SCRIPT_COMMON || next->script == last->script;
}

static void add_character(struct setting *s, uint32_t i, const struct face *face) {
  struct character *c = &s->characters[i];
  struct item *last = s->item_count ? &s->items[s->item_count - 1] : NULL;
  bool han = stack_of(s->codes[i], c) == FONT_SCRIPT_HAN;
  struct item next = {.start = i, .end = i + 1, .run = c->item, .face = face, .han = han};
  next.script = is_unprinted((enum kind)c->kind) ? HB_SCRIPT_COMMON : script_of(s->codes[i], han);
  if (c->kind == KIND_INVISIBLE && last) next.han = last->han;
  if (last && continues(s, last, &next)) {
    last->end = i + 1;
  } else {
    if (face) next.size = scaled_size(s->spec->runs[next.run].style, face);
    s->items = array_reserve(s->items, s->item_count, &s->item_capacity, sizeof *s->items);
    s->items[s->item_count++] = next;
  }
  c->item = (uint32_t)s->item_count - 1;
}

/* True the first time that this character is missing. */
static bool is_first_missing(const struct setting *s, uint32_t i, uint32_t **missing, size_t *count,
                             size_t *capacity) {
  for (size_t k = 0; k < *count; k++) {
    if ((*missing)[k] == s->codes[i]) return false;
  }
  *missing = array_reserve(*missing, *count, capacity, sizeof **missing);
  (*missing)[(*count)++] = s->codes[i];
  return true;
}

/* Enough to see what is the matter: a text in a script that no face has. */
#define MISSING_LIMIT 20

void read_characters(struct setting *s) {
  join_text(s);
  decode(s);
  classify(s);
}

bool itemise(struct setting *s) {
  read_characters(s);
  uint32_t *missing = NULL;
  size_t missing_count = 0, capacity = 0;
  for (uint32_t i = 0; i < s->count && missing_count < MISSING_LIMIT; i++) {
    const struct text_run *run = &s->spec->runs[s->characters[i].item];
    const struct item *last = s->item_count ? &s->items[s->item_count - 1] : NULL;
    const struct face *face = is_right_to_left(s->codes[i]) ? NULL : choose_face(s, i, last);
    if (!face && s->characters[i].kind != KIND_FORCED &&
        is_first_missing(s, i, &missing, &missing_count, &capacity)) {
      report_missing_glyph(run->style->fonts, s->codes[i], &run->place, s->messages);
    }
    add_character(s, i, face);
  }
  free(missing);
  return missing_count == 0;
}

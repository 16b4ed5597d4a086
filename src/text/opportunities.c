/* Where a line may end: ICU's line iterator, Chinese strict or English by the
 * language of the text (A1), then the filter of filter.c, addresses, hyphens.
 *
 * Headings that are balanced prefer to break between words; ICU 72 has a dictionary
 * of phrases for that under `ja` only, and it serves Chinese too (A22). */
#include "text/setting.h"

#include <stdlib.h>
#include <unicode/ubrk.h>

struct break_iterators {
  UBreakIterator *han, *latin, *phrase;
};

static UBreakIterator *open_iterator(const char *locale, struct messages *messages) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_LINE, locale, NULL, 0, &status);
  if (U_SUCCESS(status)) return iterator;
  message_io_error(messages, NULL, "no-line-breaking", "ICU has no line breaking for %s: %s",
                   locale, u_errorName(status));
  return NULL;
}

struct break_iterators *break_iterators_new(struct messages *messages) {
  struct break_iterators *iterators = memory_alloc(sizeof *iterators);
  iterators->han = open_iterator("zh@lb=strict", messages);
  iterators->latin = open_iterator("en", messages);
  iterators->phrase = open_iterator("ja@lb=strict;lw=phrase", messages);
  if (iterators->han && iterators->latin && iterators->phrase) return iterators;
  break_iterators_free(iterators);
  return NULL;
}

void break_iterators_free(struct break_iterators *iterators) {
  if (!iterators) return;
  if (iterators->han) ubrk_close(iterators->han);
  if (iterators->latin) ubrk_close(iterators->latin);
  if (iterators->phrase) ubrk_close(iterators->phrase);
  free(iterators);
}

/* --- the text as ICU wants it ---------------------------------------------------- */

struct utf16 {
  UChar *units;
  int32_t length;
  uint32_t *starts; /* unit at which each character starts; one more at the end */
};

static struct utf16 to_utf16(const struct setting *s) {
  struct utf16 text = {.units = arena_alloc_array(s->scratch, (size_t)s->count * 2, sizeof(UChar))};
  text.starts = arena_alloc_array(s->scratch, (size_t)s->count + 1, sizeof *text.starts);
  for (uint32_t i = 0; i < s->count; i++) {
    uint32_t code = s->codes[i];
    text.starts[i] = (uint32_t)text.length;
    if (code > 0xFFFF) {
      text.units[text.length++] = U16_LEAD(code);
      text.units[text.length++] = U16_TRAIL(code);
    } else {
      text.units[text.length++] = (UChar)code;
    }
  }
  text.starts[s->count] = (uint32_t)text.length;
  return text;
}

/* --- from ICU's boundaries to joints ----------------------------------------------- */

enum side { SIDE_HAN, SIDE_LATIN };

static enum side side_of(const struct setting *s, uint32_t i) {
  bool han = s->characters[i].han_language || s->characters[i - 1].han_language;
  return han ? SIDE_HAN : SIDE_LATIN;
}

static bool open_text(UBreakIterator *iterator, const struct utf16 *text,
                      struct messages *messages) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(iterator, text->units, text->length, &status);
  if (U_SUCCESS(status)) return true;
  message_io_error(messages, NULL, "no-line-breaking", "ICU: %s", u_errorName(status));
  return false;
}

/* Calls ICU for the whole text and opens the joints of one side. */
static bool open_joints(struct setting *s, const struct utf16 *text, enum side side) {
  struct break_iterators *iterators = s->engine->iterators;
  UBreakIterator *iterator = side == SIDE_HAN ? iterators->han : iterators->latin;
  if (!open_text(iterator, text, s->messages)) return false;
  uint32_t i = 0;
  for (int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
    while (text->starts[i] < (uint32_t)at) i++;
    if (i > 0 && i < s->count && text->starts[i] == (uint32_t)at && side_of(s, i) == side) {
      s->joints[i].penalty = 0;
    }
  }
  return true;
}

/* 师员者家们的了吗呢吧性化: ICU takes them for words, but they lean on what is before. */
static bool is_suffix(uint32_t code) {
  static const uint32_t suffixes[] = {0x5E08, 0x5458, 0x8005, 0x5BB6, 0x4EEC, 0x7684,
                                      0x4E86, 0x5417, 0x5462, 0x5427, 0x6027, 0x5316};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    if (suffixes[i] == code) return true;
  }
  return false;
}

static void hold_together(struct setting *s, uint32_t i) {
  bool han = s->characters[i - 1].kind == KIND_HAN && s->characters[i].kind == KIND_HAN;
  if (han && s->joints[i].penalty < PENALTY_PHRASE) s->joints[i].penalty = PENALTY_PHRASE;
}

/* Breaks that are not between phrases are made dear. */
static bool prefer_phrases(struct setting *s, const struct utf16 *text) {
  UBreakIterator *iterator = s->engine->iterators->phrase;
  if (!open_text(iterator, text, s->messages)) return false;
  uint32_t i = 1;
  for (int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
    for (; i < s->count && text->starts[i] < (uint32_t)at; i++) {
      hold_together(s, i);
    }
    if (i < s->count && text->starts[i] == (uint32_t)at) {
      if (is_suffix(s->codes[i])) hold_together(s, i);
      i++;
    }
  }
  return true;
}

static void force_breaks(struct setting *s) {
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->characters[i].kind != KIND_FORCED) continue;
    if (s->joints[i].kind != BREAK_FORCED) s->joints[i].penalty = BREAK_NEVER;
    s->joints[i + 1] = (struct joint){0, BREAK_FORCED};
  }
  s->joints[s->count] = (struct joint){0, BREAK_FORCED};
}

/* --- what is wider than a line ------------------------------------------------------- */

/* A stretch without a joint that is wider than the measure may be broken anywhere
 * between clusters, at a price: nothing is printed beyond the margin. */
static void open_stretch(struct setting *s, uint32_t start, uint32_t end) {
  for (uint32_t i = start + 1; i < end; i++) {
    const struct character *c = &s->characters[i];
    if (!c->starts_cluster || c->kind == KIND_INVISIBLE || kind_is_space((enum kind)c->kind))
      continue;
    if (s->joints[i].penalty == BREAK_NEVER) s->joints[i].penalty = PENALTY_EMERGENCY;
  }
}

static void open_long_stretches(struct setting *s) {
  uint32_t start = 0;
  int64_t width = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    bool open = s->joints[i].penalty != BREAK_NEVER && s->joints[i].kind != BREAK_HYPHEN;
    if (open) {
      if (width > s->spec->measure) open_stretch(s, start, i);
      start = i;
      width = 0;
    }
    width += s->characters[i].gap + character_cell(&s->characters[i]);
  }
  if (width > s->spec->measure) open_stretch(s, start, s->count);
}

static bool open_sides(struct setting *s, const struct utf16 *text) {
  bool han = false, latin = false;
  for (uint32_t i = 0; i <= s->count; i++) s->joints[i].penalty = BREAK_NEVER;
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->characters[i].han_language) han = true;
    else latin = true;
  }
  if (han && !open_joints(s, text, SIDE_HAN)) return false;
  return !latin || open_joints(s, text, SIDE_LATIN);
}

bool ask_icu(struct setting *s) {
  struct utf16 text = to_utf16(s);
  return open_sides(s, &text);
}

bool find_opportunities(struct setting *s) {
  struct utf16 text = to_utf16(s);
  if (!open_sides(s, &text)) return false;
  filter_joints(s);
  filter_tokens(s);
  if (s->spec->balanced && !prefer_phrases(s, &text)) return false;
  if (s->spec->hyphenate) hyphenate(s);
  force_breaks(s);
  open_long_stretches(s);
  return true;
}

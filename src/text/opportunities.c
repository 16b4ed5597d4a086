/* Where a line may end: ICU's line iterator, Chinese strict or English by the
 * language of the text (A1), then the filter of filter.c, addresses, hyphens.
 *
 * Headings that are balanced prefer to break between words. ICU 72 breaks by its dictionary
 * under `ja` only, and serves Chinese too (A22); but it leaves 工程|师, 计算|机 and 太阳|能
 * apart, so a character alone is held to what it leans on. */
#include "text/setting.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
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

/* Of the characters that the dictionary leaves alone these belong to what follows:
 * prepositions, conjunctions, adverbs, verbs, numbers. All others belong to what is before:
 * 师员者家们机的了里个种. */
static bool leans_forward(uint32_t code) {
  static const char forward[] = "从從与與和或按在对對为為把被让讓给給用向以由于於不很太更最这這那哪每各第"
                                "看选選做问問学學说說写寫读讀找走怎如若当當比跟同及又再还還只都就才也"
                                "一二三四五六七八九十两兩几幾百千万萬";
  char one[5] = "";
  utf8_encode(code, one);
  return strstr(forward, one) != NULL;
}

static void hold_together(struct setting *s, uint32_t i, int32_t penalty) {
  if (s->joints[i].penalty < penalty) s->joints[i].penalty = penalty;
}

/* One word of the dictionary; `held` when the one before it leans on it. Whether this leans
 * on the next. */
static bool hold_word(struct setting *s, uint32_t start, uint32_t end, bool held) {
  for (uint32_t i = start + 1; i < end; i++) hold_together(s, i, PENALTY_WORD);
  while (end - start > 1 && s->characters[end - 1].kind == KIND_SPACE) end--;
  bool alone = end - start == 1 && s->characters[start].kind == KIND_HAN;
  bool forward = alone && leans_forward(s->codes[start]);
  if (start > 0 && (held || (alone && !forward))) hold_together(s, start, PENALTY_PHRASE);
  return forward;
}

/* Breaks inside words are made dear, and such as tear off a character that leans. */
static bool prefer_phrases(struct setting *s, const struct utf16 *text) {
  UBreakIterator *iterator = s->engine->iterators->phrase;
  if (!open_text(iterator, text, s->messages)) return false;
  uint32_t start = 0, end = 0;
  bool forward = false;
  for (int32_t at = ubrk_next(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
    while (text->starts[end] < (uint32_t)at) end++;
    forward = hold_word(s, start, end, forward);
    start = end;
  }
  return true;
}

/* A name of up to so many Han within Latin words is not divided, unless that would tear the
 * line open. */
#define NAME_LENGTH 4

static bool is_latin_beside(const struct setting *s, uint32_t i) {
  return i < s->count && !s->characters[i].han_language;
}

static void hold_names(struct setting *s) {
  uint32_t start = 0;
  for (uint32_t i = 0; i <= s->count; i++) {
    if (i < s->count && s->characters[i].kind == KIND_HAN) continue;
    bool is_short = i - start > 1 && i - start <= NAME_LENGTH;
    if (is_short && start > 0 && is_latin_beside(s, start - 1) && is_latin_beside(s, i))
      for (uint32_t k = start + 1; k < i; k++) hold_together(s, k, PENALTY_SOFT);
    start = i + 1;
  }
}

/* No line begins with a note's number. */
static void hold_notes(struct setting *s) {
  for (size_t i = 0; i < s->item_count; i++) {
    const struct item *item = &s->items[i];
    if (!s->spec->runs[item->run].note) continue;
    for (uint32_t c = item->start; c < item->end; c++) s->joints[c].penalty = BREAK_NEVER;
  }
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
    bool holds = c->kind == KIND_INVISIBLE || c->kind == KIND_NOTE;
    if (!c->starts_cluster || holds || kind_is_space((enum kind)c->kind)) continue;
    if (s->joints[i].penalty == BREAK_NEVER) s->joints[i].penalty = PENALTY_EMERGENCY;
  }
}

static void open_long_stretches(struct setting *s) {
  uint32_t start = 0;
  int64_t width = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    bool open = s->joints[i].penalty != BREAK_NEVER && s->joints[i].kind != BREAK_HYPHEN;
    if (open) {
      if (width > s->spec->measure - line_indent(s, start)) open_stretch(s, start, i);
      start = i;
      width = 0;
    }
    width += s->characters[i].gap + character_cell(&s->characters[i]);
  }
  if (width > s->spec->measure - line_indent(s, start)) open_stretch(s, start, s->count);
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
  hold_names(s);
  hold_notes(s);
  force_breaks(s);
  open_long_stretches(s);
  return true;
}
